"""What is done about what does not conform: dispositions with authority, and corrective actions with an owner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Final

from orderlib.errors import Finding, FindingCode, RefusedError, Severity
from orderlib.inspection.correction import (
    AgreeCorrectiveAction,
    CancelCorrectiveAction,
    CheckEffectiveness,
    CorrectiveActionAgreed,
    CorrectiveActionCancelled,
    CorrectiveActionConfirmed,
    CorrectiveActionFailed,
    CorrectiveActionImplemented,
    CorrectiveActionOverdue,
    DecideDisposition,
    DispositionCarriedOut,
    DispositionDecided,
    NonconformityClosed,
    NonconformityRaised,
    NonconformityReopened,
    NonconformityWithdrawn,
    RaiseNonconformity,
    ReportActionImplemented,
    ReportDispositionCarriedOut,
    VerifyDisposition,
    WithdrawNonconformity,
)
from orderlib.inspection.examine import REASON, register_of, resubmitted
from orderlib.inspection.message import LotConceded, LotDisposed
from orderlib.inspection.policy import InspectionCase, InspectionPolicies
from orderlib.inspection.record import (
    CorrectiveAction,
    Disposition,
    InspectionLot,
    Nonconformity,
    QualityRegister,
)
from orderlib.inspection.table import CORRECTIVE_ACTION, NONCONFORMITY
from orderlib.values.decision import Decided, Verdict
from orderlib.values.dispatch import View
from orderlib.values.instant import Instant
from orderlib.values.message import Event, Stamp

__all__ = [
    "agree",
    "cancel_action",
    "carried_out",
    "check",
    "decide",
    "implemented",
    "overdue",
    "raise_nonconformity",
    "verify",
    "withdraw",
]


def _error(code: str, en: str, zh: str) -> FindingCode:
    return FindingCode(code, Severity.ERROR, en, zh)


UNKNOWN: Final = _error("nonconformity.unknown", "there is no nonconformity {id}", "不存在不合格 {id}")
TWICE: Final = _error("nonconformity.used-id", "nonconformity {id} exists already", "不合格 {id} 已存在")
LOT_UNKNOWN: Final = _error("nonconformity.unknown-lot", "there is no inspection lot {lot}", "不存在检验批 {lot}")
EVIDENCE: Final = _error("nonconformity.evidence-missing", "evidence is needed", "必须提供证据")
ACTION_UNKNOWN: Final = _error("corrective-action.unknown", "there is no corrective action {id}", "不存在纠正措施 {id}")
ACTION_TWICE: Final = _error(
    "corrective-action.used-id", "corrective action {id} exists already", "纠正措施 {id} 已存在"
)
ACTION_OWNER: Final = _error("corrective-action.no-owner", "a corrective action has an owner", "纠正措施必须有责任人")
ACTION_PAST: Final = _error(
    "corrective-action.past", "its day {at} lies ahead of the moment at which it is agreed", "期限 {at} 须晚于商定时刻"
)
ACTION_DUE: Final = _error(
    "corrective-action.no-due-date", "one that has not helped needs another day", "无效的纠正措施须重新约定期限"
)


def _fault(case: InspectionCase, fault_id: str, move: str) -> Nonconformity:
    fault = register_of(case).nonconformities.get(fault_id)
    if fault is None:
        raise RefusedError(UNKNOWN("/nonconformity_id", id=fault_id))
    if NONCONFORMITY.target(fault.state, move) is None:
        raise RefusedError(NONCONFORMITY.refusal(fault.state, move, "/nonconformity_id"))
    return fault


def _action(case: InspectionCase, action_id: str, move: str) -> CorrectiveAction:
    action = register_of(case).actions.get(action_id)
    if action is None:
        raise RefusedError(ACTION_UNKNOWN("/action_id", id=action_id))
    if CORRECTIVE_ACTION.target(action.state, move) is None:
        raise RefusedError(CORRECTIVE_ACTION.refusal(action.state, move, "/action_id"))
    return action


def raise_nonconformity(
    view: View[InspectionCase], command: RaiseNonconformity, _policies: InspectionPolicies
) -> Iterable[Event]:
    """Something does not conform."""
    known = register_of(view.case)
    wrong: list[Finding] = []
    if command.nonconformity_id in known.nonconformities:
        wrong.append(TWICE("/nonconformity_id", id=command.nonconformity_id))
    if command.lot_id is not None and command.lot_id not in known.lots:
        wrong.append(LOT_UNKNOWN("/lot_id", lot=command.lot_id))
    if wrong:
        raise RefusedError(*wrong)
    fault = Nonconformity(
        id=command.nonconformity_id,
        item_id=command.item_id,
        quantity=command.quantity,
        stage=command.stage,
        grade=command.grade,
        description=command.description,
        lot_id=command.lot_id,
        line_ids=command.line_ids,
    )
    return (NonconformityRaised(command.stamp(), fault),)


def decide(view: View[InspectionCase], command: DecideDisposition, policies: InspectionPolicies) -> Iterable[Event]:
    """What is done is said, by a person or by rule, and by somebody who may."""
    fault = _fault(view.case, command.nonconformity_id, "decide")
    stamp = command.stamp()
    events: list[Event] = []
    disposition = command.disposition
    if disposition is None:
        proposal = policies.disposition(fault)
        events.append(Decided(stamp, "disposition", proposal))
        disposition = proposal.ruling
    authority = policies.disposition_authority(fault, disposition, command.by)
    if authority.ruling is not Verdict.YES:
        raise RefusedError(*authority.reasons)
    events.append(Decided(stamp, "disposition_authority", authority))
    events.append(DispositionDecided(stamp, fault.id, disposition, command.by.id, command.reason))
    return events


def carried_out(
    view: View[InspectionCase], command: ReportDispositionCarriedOut, _policies: InspectionPolicies
) -> Iterable[Event]:
    """What was decided has been done."""
    fault = _fault(view.case, command.nonconformity_id, "carry_out")
    if not command.evidence:
        raise RefusedError(EVIDENCE("/evidence"))
    return (DispositionCarriedOut(command.stamp(), fault.id, command.evidence),)


def verify(view: View[InspectionCase], command: VerifyDisposition, _policies: InspectionPolicies) -> Iterable[Event]:
    """It has helped, or it is decided anew; the last one of a lot moves the lot."""
    fault = _fault(view.case, command.nonconformity_id, "verify")
    stamp = command.stamp()
    if not command.succeeded:
        return (NonconformityReopened(stamp, fault.id, command.evidence),)
    closed = NonconformityClosed(stamp, fault.id, command.evidence)
    return (closed, *_consequence(stamp, register_of(view.case), fault))


def withdraw(
    view: View[InspectionCase], command: WithdrawNonconformity, _policies: InspectionPolicies
) -> Iterable[Event]:
    """It was none; a lot that had failed for it alone is looked at again."""
    fault = _fault(view.case, command.nonconformity_id, "withdraw")
    if not command.reason:
        raise RefusedError(REASON("/reason"))
    stamp = command.stamp()
    return (
        NonconformityWithdrawn(stamp, fault.id),
        *_consequence(stamp, register_of(view.case), fault, withdrawn=True),
    )


def _consequence(
    stamp: Stamp, register: QualityRegister, ended: Nonconformity, *, withdrawn: bool = False
) -> Iterator[Event]:
    """What becomes of a failed lot once nothing is open about it any more.

    Rework asks for another look; concession, repair and regrading let it pass as it is; where all of it was scrapped
    or went back nothing is left, and where a part was, what is left is looked at again.
    """
    lot = register.lots.get(ended.lot_id) if ended.lot_id is not None else None
    if lot is None or lot.state != "failed":
        return
    others = [each for each in register.of_lot(lot.id) if each.id != ended.id]
    if any(each.live for each in others):
        return
    done = [*others, *([] if withdrawn else [ended])]
    kinds = {each.disposition for each in done if each.state != "withdrawn"}
    gone = [each for each in done if each.disposition in _GONE and each.state != "withdrawn"]
    left = _left(lot, gone)
    if not left:
        yield LotDisposed(stamp, lot.id)
    elif kinds - _GONE - {Disposition.REWORK} and Disposition.REWORK not in kinds:
        yield LotConceded(stamp, lot.id)
    else:
        yield resubmitted(stamp, lot, left)


_GONE: Final = frozenset({Disposition.SCRAP, Disposition.RETURN_TO_SUPPLIER})


def _left(lot: InspectionLot, gone: list[Nonconformity]) -> int:
    """How many units are left where some are gone."""
    size = Fraction(lot.quantity.value)
    lost = sum((Fraction(each.quantity.value) for each in gone if each.quantity.unit == lot.quantity.unit), Fraction(0))
    return max(0, int((size - lost) / size * lot.units))


def agree(view: View[InspectionCase], command: AgreeCorrectiveAction, _policies: InspectionPolicies) -> Iterable[Event]:
    """Somebody has to see to it that it does not come again."""
    known = register_of(view.case)
    wrong: list[Finding] = []
    if command.nonconformity_id not in known.nonconformities:
        wrong.append(UNKNOWN("/nonconformity_id", id=command.nonconformity_id))
    if command.action_id in known.actions:
        wrong.append(ACTION_TWICE("/action_id", id=command.action_id))
    if not command.owner:
        wrong.append(ACTION_OWNER("/owner"))
    wrong += _past(command.due_at, command.moment)
    if wrong:
        raise RefusedError(*wrong)
    action = CorrectiveAction(
        id=command.action_id,
        nonconformity_id=command.nonconformity_id,
        description=command.description,
        owner=command.owner,
        due_at=command.due_at,
        root_cause=command.root_cause,
    )
    return (CorrectiveActionAgreed(command.stamp(), action),)


def _past(due_at: Instant, now: Instant) -> list[Finding]:
    return [ACTION_PAST("/due_at", at=due_at)] if due_at <= now else []


def implemented(
    view: View[InspectionCase], command: ReportActionImplemented, _policies: InspectionPolicies
) -> Iterable[Event]:
    """It has been done."""
    action = _action(view.case, command.action_id, "implement")
    if not command.evidence:
        raise RefusedError(EVIDENCE("/evidence"))
    return (CorrectiveActionImplemented(command.stamp(), action.id, command.evidence),)


def check(view: View[InspectionCase], command: CheckEffectiveness, _policies: InspectionPolicies) -> Iterable[Event]:
    """It has helped, or it is due again."""
    action = _action(view.case, command.action_id, "confirm")
    stamp = command.stamp()
    if command.effective:
        return (CorrectiveActionConfirmed(stamp, action.id, command.evidence),)
    if command.due_at is None:
        raise RefusedError(ACTION_DUE("/due_at"))
    wrong = _past(command.due_at, command.moment)
    if wrong:
        raise RefusedError(*wrong)
    return (CorrectiveActionFailed(stamp, action.id, command.due_at, command.evidence),)


def cancel_action(
    view: View[InspectionCase], command: CancelCorrectiveAction, _policies: InspectionPolicies
) -> Iterable[Event]:
    """It is given up."""
    action = _action(view.case, command.action_id, "cancel")
    if not command.reason:
        raise RefusedError(REASON("/reason"))
    return (CorrectiveActionCancelled(command.stamp(), action.id),)


def overdue(register: QualityRegister, now: Instant, stamp: Stamp) -> Iterator[Event]:
    """Every corrective action that should have been implemented by now."""
    for each in register.actions:
        if each.state == "agreed" and not each.warned and each.due_at <= now:
            yield CorrectiveActionOverdue(stamp, each.id)
