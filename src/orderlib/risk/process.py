"""Keeping the risk register."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Any, Final, Protocol

import attrs

from orderlib.errors import Finding, FindingCode, RefusedError, Severity
from orderlib.risk.message import (
    CloseRisk,
    IdentifyRisk,
    ReportRiskOccurred,
    RiskClosed,
    RiskIdentified,
    RiskOccurred,
    RiskReviewLapsed,
    RiskTreated,
    TreatRisk,
)
from orderlib.risk.policy import CriteriaPolicy, ResponsePolicy
from orderlib.risk.record import Rating, Risk, RiskRegister, Treatment
from orderlib.risk.table import RISK
from orderlib.values.decision import Decided
from orderlib.values.dispatch import Rule, View
from orderlib.values.instant import Instant
from orderlib.values.lines import Lines
from orderlib.values.message import Event, Stamp
from orderlib.values.twin import changer, maker

__all__ = ["CLOCKS", "FOLDS", "RULES", "lapse"]

RISK_UNKNOWN: Final = FindingCode("risk.unknown", Severity.ERROR, "no risk {risk} is known", "不存在风险 {risk}")
RISK_TWICE: Final = FindingCode("risk.used-id", Severity.ERROR, "risk {risk} exists already", "风险 {risk} 已存在")
RISK_STATE: Final = FindingCode(
    "risk.state", Severity.ERROR, "a risk that is {state} takes no {move}", "状态为 {state} 的风险不能执行 {move}"
)
RISK_WORSE: Final = FindingCode(
    "risk.residual-worse",
    Severity.ERROR,
    "a residual rating of {residual} is above the inherent one of {inherent}",
    "剩余等级 {residual} 高于固有等级 {inherent}",
)
RISK_PAST: Final = FindingCode(
    "risk.review-past", Severity.ERROR, "it would be looked at again at {at}, which has passed", "复查时间 {at} 已过"
)
RISK_REASON: Final = FindingCode(
    "risk.reason-missing", Severity.ERROR, "closing a risk needs a reason", "关闭风险必须说明原因"
)


_NO_RISKS: Final[Lines[Risk]] = Lines()
_risk = maker(Risk, "id", "title", "cause", "inherent", "owner", "source", "review_at")
_register, _risk_id = maker(RiskRegister), attrgetter("risk_id")
_risk_identified, _risk_treated, _risk_closed = maker(RiskIdentified), maker(RiskTreated), maker(RiskClosed)
_set_ended = changer(Risk, "state", "review_at")
_set_treated = changer(Risk, "state", "treatment", "measure", "residual", "review_at")


class RiskCase(Protocol):
    """The part of a case that the register looks at."""

    @property
    def risks(self) -> RiskRegister | None:
        """The register, once there is a risk."""
        ...


class RiskPolicies(Protocol):
    """The policies that the register asks."""

    @property
    def risk_criteria(self) -> CriteriaPolicy:
        """How grave a rating is."""
        ...

    @property
    def risk_response(self) -> ResponsePolicy:
        """What to do about a risk."""
        ...


def _identify(view: View[RiskCase], command: IdentifyRisk, _policies: RiskPolicies) -> Iterable[Event]:
    known = view.case.risks
    wrong = _past(command.review_at, command.moment)
    if known is not None and command.risk_id in known.risks:
        wrong.append(RISK_TWICE("/risk_id", risk=command.risk_id))
    if wrong:
        raise RefusedError(*wrong)
    by = command.by
    owner = command.owner or by.department
    risk = _risk(command.risk_id, command.title, command.cause, command.rating, owner, by.id, command.review_at)
    return (_risk_identified(command.stamp(), risk),)


def _past(review_at: Instant | None, now: Instant) -> list[Finding]:
    return [RISK_PAST("/review_at", at=review_at)] if review_at is not None and review_at <= now else []


def _found(case: RiskCase, risk_id: str, move: str) -> Risk:
    risk = case.risks.risks.get(risk_id) if case.risks is not None else None
    if risk is None:
        raise RefusedError(RISK_UNKNOWN("/risk_id", risk=risk_id))
    if RISK.target(risk.state, move) is None:
        raise RefusedError(RISK_STATE("/risk_id", state=risk.state, move=move))
    return risk


def _treat(view: View[RiskCase], command: TreatRisk, policies: RiskPolicies) -> Iterable[Event]:
    risk = _found(view.case, command.risk_id, "treat")
    stamp = command.stamp()
    events: list[Event] = []
    treatment = command.treatment
    if treatment is None:
        level = policies.risk_criteria(risk.inherent)
        response = policies.risk_response(risk, level.ruling)
        events += [Decided(stamp, "risk_criteria", level), Decided(stamp, "risk_response", response)]
        treatment = response.ruling
    residual = command.residual or _residual(risk.inherent, treatment)
    wrong = [*_past(command.review_at, command.moment)]
    if residual.score > risk.inherent.score:
        wrong.append(RISK_WORSE("/residual", residual=residual.score, inherent=risk.inherent.score))
    if wrong:
        raise RefusedError(*wrong)
    events.append(_risk_treated(stamp, risk.id, treatment, command.measure, residual, command.review_at))
    return events


def _residual(inherent: Rating, treatment: Treatment) -> Rating:
    """What a treatment leaves where nobody rated it: one step on the scale that it works on."""
    likelihood, consequence = inherent.likelihood, inherent.consequence
    if treatment in (Treatment.AVOID, Treatment.REMOVE_SOURCE):
        return Rating(1, consequence)
    if treatment is Treatment.CHANGE_LIKELIHOOD:
        return Rating(max(1, likelihood - 1), consequence)
    if treatment in (Treatment.CHANGE_CONSEQUENCE, Treatment.SHARE):
        return Rating(likelihood, max(1, consequence - 1))
    return inherent


def _close(view: View[RiskCase], command: CloseRisk, _policies: RiskPolicies) -> Iterable[Event]:
    risk = _found(view.case, command.risk_id, "close")
    if not command.reason:
        raise RefusedError(RISK_REASON("/reason"))
    return (_risk_closed(command.stamp(), risk.id),)


def _occurred(view: View[RiskCase], command: ReportRiskOccurred, _policies: RiskPolicies) -> Iterable[Event]:
    return (RiskOccurred(command.stamp(), _found(view.case, command.risk_id, "occur").id),)


def lapse(case: RiskCase, now: Instant, stamp: Stamp, _policies: RiskPolicies) -> Iterable[Event]:
    """Every risk that should have been looked at by now."""
    live = case.risks.live if case.risks is not None else ()
    return tuple(RiskReviewLapsed(stamp, risk.id) for risk in live if risk.review_at and risk.review_at <= now)


def _entered(register: RiskRegister | None, event: RiskIdentified) -> RiskRegister:
    known = register.risks if register is not None else _NO_RISKS
    return _register(known.add((event.risk,)))


def _treated(register: RiskRegister, event: RiskTreated) -> RiskRegister:
    return _register(register.risks.revise((event,), _risk_id, _as_treated))


def _as_treated(risk: Risk, event: RiskTreated) -> Risk:
    state = RISK.moves[risk.state]["treat"]
    return _set_treated(risk, state, event.treatment, event.measure, event.residual, event.review_at)


def _ended(move: str) -> Callable[[RiskRegister, Any], RiskRegister]:
    def end(risk: Risk, _event: Event) -> Risk:
        return _set_ended(risk, RISK.moves[risk.state][move], None)

    def fold(register: RiskRegister, event: Any) -> RiskRegister:
        return _register(register.risks.revise((event,), _risk_id, end))

    return fold


def _unreviewed(register: RiskRegister, event: RiskReviewLapsed) -> RiskRegister:
    return RiskRegister(register.risks.update((event.risk_id,), lambda risk: attrs.evolve(risk, review_at=None)))


def _live(case: RiskCase) -> Iterable[str]:
    return [risk.id for risk in case.risks.live] if case.risks is not None else ()


RULES: Final[tuple[Rule[Any], ...]] = (
    Rule(command=IdentifyRisk, handle=_identify, stage="risk"),
    Rule(command=TreatRisk, handle=_treat, stage="risk", about=_live),
    Rule(command=CloseRisk, handle=_close, stage="risk", about=_live),
    Rule(command=ReportRiskOccurred, handle=_occurred, stage="risk", about=_live),
)

#: where each event says when a risk has to be looked at that had not
CLOCKS: Final[Mapping[type[Event], str]] = {
    RiskIdentified: "risk.review_at",
    RiskTreated: "review_at",
    RiskClosed: "",
    RiskOccurred: "",
    RiskReviewLapsed: "",
}

FOLDS: Final[Mapping[type[Event], Callable[[Any, Any], RiskRegister]]] = {
    RiskIdentified: _entered,
    RiskTreated: _treated,
    RiskClosed: _ended("close"),
    RiskOccurred: _ended("occur"),
    RiskReviewLapsed: _unreviewed,
}
