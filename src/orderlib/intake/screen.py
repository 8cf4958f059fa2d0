"""Screening an order, holding it against what was agreed, and passing it on once nothing is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

import attrs

from orderlib.errors import Finding, FindingCode, PolicyError, RefusedError, Severity
from orderlib.intake.agreed import order_under, repriceable, repriced
from orderlib.intake.fold import FOLDS, screened
from orderlib.intake.message import (
    DeviationResolved,
    OrderPassedToReview,
    OrderRejectedAtScreening,
    OrderRepriced,
    OrderReturned,
    OrderScreened,
    ResolveDeviation,
    ReturnOrder,
    ScreenOrder,
)
from orderlib.intake.receive import duplicates
from orderlib.intake.record import Intake, OrderDeviation, Resolution, ScreeningOutcome
from orderlib.intake.slice import IntakeCase, IntakePolicies
from orderlib.intake.term import clock
from orderlib.order.record import Order
from orderlib.values.decision import Decided
from orderlib.values.dispatch import Needs, View
from orderlib.values.identifier import DocumentId
from orderlib.values.instant import Instant, later, naive_utc
from orderlib.values.key import Key
from orderlib.values.message import Event, Stamp

if TYPE_CHECKING:
    from orderlib.intake.submission import Submission
    from orderlib.order.compare import Deviation

__all__ = ["onward", "resolve", "return_order", "returned", "screen", "screen_needs"]

OVERRIDE_REASON: Final = FindingCode(
    "intake.override-reason", Severity.ERROR, "overruling a decision needs a reason", "改判必须说明原因"
)
OVERRIDE_BAN: Final = FindingCode(
    "intake.override-ban",
    Severity.ERROR,
    "what screening rejects only the management lets pass",
    "初审拒绝的订单只有管理层可以放行",
)
RETURN_REASON: Final = FindingCode(
    "intake.return-reason", Severity.ERROR, "an order is returned for a reason", "退回订单必须说明原因"
)
RETURN_PAST: Final = FindingCode(
    "intake.return-past", Severity.ERROR, "the order would lapse at {due}, which is over", "重新提交期限 {due} 已过"
)
DEVIATION_UNKNOWN: Final = FindingCode(
    "intake.deviation-unknown", Severity.ERROR, "there is no deviation {deviation}", "不存在差异 {deviation}"
)
DEVIATION_DONE: Final = FindingCode(
    "intake.deviation-resolved",
    Severity.ERROR,
    "deviation {deviation} is resolved: {resolution}",
    "差异 {deviation} 已解决：{resolution}",
)
RESOLUTION: Final = FindingCode(
    "intake.resolution", Severity.ERROR, "to leave a deviation open does not resolve it", "保持未决不是解决"
)
NOT_REPRICEABLE: Final = FindingCode(
    "intake.not-repriceable",
    Severity.ERROR,
    "no agreed price would resolve deviation {deviation}",
    "没有可用于解决差异 {deviation} 的约定价格",
)
RESOLVE_REASON: Final = FindingCode(
    "intake.resolution-reason", Severity.ERROR, "resolving a deviation needs a reason", "解决差异必须说明原因"
)
DEVIATION_COUNT: Final = FindingCode(
    "intake.deviation-count",
    Severity.ERROR,
    "{policy} gave {found} resolutions for {expected} deviations",
    "{policy} 为 {expected} 项差异给出了 {found} 项处理",
)
RETURNED_DEVIATION: Final = FindingCode(
    "intake.deviation-not-taken",
    Severity.ERROR,
    "{expected} was agreed; {found} is not accepted",
    "约定为 {expected}；不接受 {found}",
)
RETURNED_FOR: Final = FindingCode("intake.returned", Severity.ERROR, "returned: {why}", "退回原因：{why}")


def screen_needs(case: IntakeCase, _command: ScreenOrder, /) -> Needs:
    """Other cases with the same customer's order number, and the framework agreement that the order names."""
    order = case.order
    if order is None:
        return Needs()
    key = agreement_key(order)
    return Needs(() if key is None else (key,), (("order", f"{order.buyer.id}/{order.id}"),))


def agreement_key(order: Order) -> Key[Any] | None:
    """The stream of the framework agreement that an order names."""
    return None if order.agreement_id is None else Key("agreement", order.agreement_id)


def screen(view: View[IntakeCase], command: ScreenOrder, policies: IntakePolicies) -> Iterator[Event]:
    """Every finding at once; then back, out, or on."""
    if command.override is not None and not command.reason:
        raise RefusedError(OVERRIDE_REASON("/reason"))
    case, stamp, order = view.case, command.stamp(), _order(view.case)
    submission = _submission(view, order, command.moment)
    decision = policies.screening(order, submission)
    if command.override is not None:
        banned = decision.outcome is ScreeningOutcome.REJECT and command.override is not ScreeningOutcome.REJECT
        if banned and "management" not in (command.by.department, *command.by.roles):
            raise RefusedError(OVERRIDE_BAN("/override"), *decision.reasons)
        decision = decision.overridden(command.override, by=command.by, reason=command.reason)
    yield Decided(stamp, "screening", decision, _inputs(submission))
    ruling = decision.ruling
    intake = case.intake or Intake()
    if ruling is not ScreeningOutcome.PASS:
        yield OrderScreened(stamp, ruling, decision.reasons)
        faults = tuple(each for each in decision.reasons if each.severity is not Severity.INFO)
        faults = faults or (RETURNED_FOR(why=command.reason),)
        if ruling is ScreeningOutcome.REJECT:
            yield OrderRejectedAtScreening(stamp, order.id, order.buyer, intake.channel, faults)
        elif ruling is ScreeningOutcome.RETURN:
            yield from returned(order, intake, stamp, policies, faults)
        return
    source = _source(view, order)
    decided, deviations, order = _held_against(submission, source, order, intake, policies, stamp)
    passed = OrderScreened(stamp, ruling, decision.reasons, deviations)
    yield from decided
    yield passed
    yield from onward(order, screened(intake, passed), stamp, policies)


def _order(case: IntakeCase) -> Order:
    assert case.order is not None  # noqa: S101 - a received order stands on its case
    return case.order


def _submission(view: View[IntakeCase], order: Order, moment: Instant) -> Submission:
    case = view.case
    key = agreement_key(order)
    account = None if key is None else view.streams.get(key)
    baseline = case.enquiry.baseline if case.enquiry is not None else None
    agreed = baseline.order if baseline is not None else None
    if agreed is None and account is not None:
        agreed = order_under(order, account)
    from orderlib.intake.submission import Submission  # noqa: PLC0415 - receiving orders needs no agreement

    return Submission(
        case_id=case.id,
        receipt=case.intake.receipt if case.intake is not None else None,
        screened_on=naive_utc(moment).date(),
        duplicates=duplicates(view, order),
        agreed=agreed,
        agreement=account,
        enquired=case.enquiry is not None,
        proposals=(baseline.proposal_id,) if baseline is not None else (),
        unnamed=_unnamed(case, order),
        facts=view.facts,
    )


def _unnamed(case: IntakeCase, order: Order) -> tuple[str, ...]:
    """The proposals of which the order could have named one."""
    if case.enquiry is None or order.proposal_id is not None:
        return ()
    from orderlib.enquiry.confirm import passed_over  # noqa: PLC0415 - most orders come without an enquiry

    return passed_over(case.enquiry)


def _inputs(submission: Submission) -> tuple[tuple[str, object], ...]:
    """What screening saw beyond the case."""
    found: list[tuple[str, object]] = [("facts", submission.facts)]
    if submission.duplicates:
        found.append(("duplicates", ", ".join(submission.duplicates)))
    if submission.agreement is not None:
        found.append(("agreement", submission.agreement))
    return tuple(found)


def _source(view: View[IntakeCase], order: Order) -> str:
    enquiry = view.case.enquiry
    if enquiry is not None and enquiry.baseline is not None:
        return f"proposal/{enquiry.baseline.proposal_id}"
    return f"agreement/{order.agreement_id}"


def _rule(
    found: tuple[Deviation, ...], order: Order, agreed: Order, policies: IntakePolicies, stamp: Stamp
) -> tuple[Decided, tuple[Resolution, ...]]:
    """The policy's word on each difference."""
    from orderlib.intake.deviation import DeviationDecision  # noqa: PLC0415 - most orders deviate from nothing

    decision = policies.deviation(found, order, agreed)
    resolutions = decision.resolutions if isinstance(decision, DeviationDecision) else (decision.ruling,) * len(found)
    if len(resolutions) != len(found):
        policy = decision.policy.name if decision.policy else "deviation"
        wrong = DEVIATION_COUNT("/deviation", policy=policy, found=len(resolutions), expected=len(found))
        raise PolicyError(wrong)
    return Decided(stamp, "deviation", decision, (("agreed", agreed),)), resolutions


def _differences(order: Order, agreed: Order) -> tuple[Deviation, ...]:
    from orderlib.order.compare import compare_orders  # noqa: PLC0415 - for most orders nothing was agreed before

    return compare_orders(order, agreed)


def _held_against(
    submission: Submission, source: str, order: Order, intake: Intake, policies: IntakePolicies, stamp: Stamp
) -> tuple[tuple[Event, ...], tuple[OrderDeviation, ...], Order]:
    """The order held against what was agreed: what was decided, every difference, and the order with agreed prices.

    What a person accepted before stays accepted. A price that nothing can put right waits for a person.
    """
    agreed = submission.agreed
    found = _differences(order, agreed) if agreed is not None else ()
    if agreed is None or not found:
        return (), (), order
    decided, resolutions = _rule(found, order, agreed, policies, stamp)
    settled = {each.deviation: each for each in intake.deviations if each.resolution is Resolution.ACCEPTED}
    kept: list[OrderDeviation] = []
    for number, (deviation, resolution) in enumerate(zip(found, resolutions, strict=True), 1):
        known = settled.get(deviation)
        if known is not None:
            kept.append(attrs.evolve(known, id=DocumentId(f"D{number}")))
            continue
        if resolution is Resolution.REPRICED and not repriceable(deviation, order, agreed):
            resolution = Resolution.OPEN  # noqa: PLW2901 - the policy asked for what cannot be done
        kept.append(OrderDeviation(id=f"D{number}", deviation=deviation, source=source, resolution=resolution))
    priced = [each.deviation for each in kept if each.resolution is Resolution.REPRICED]
    if not priced:
        return (decided,), tuple(kept), order
    order, lines = repriced(order, agreed, priced)
    return (decided, OrderRepriced(stamp, order, lines)), tuple(kept), order


def onward(order: Order, intake: Intake, stamp: Stamp, policies: IntakePolicies) -> Iterator[Event]:
    """Back to the customer or on to review, once nothing is left to resolve."""
    if intake.screening is not ScreeningOutcome.PASS or any(each.open for each in intake.deviations):
        return
    refused = [each.deviation for each in intake.deviations if each.resolution is Resolution.RETURNED]
    if refused:
        faults = tuple(RETURNED_DEVIATION(each.address, expected=each.expected, found=each.found) for each in refused)
        yield from returned(order, intake, stamp, policies, faults)
    elif not intake.unresolved:
        yield OrderPassedToReview(stamp)


def returned(
    order: Order,
    intake: Intake,
    stamp: Stamp,
    policies: IntakePolicies,
    findings: tuple[Finding, ...],
    due_at: Instant | None = None,
) -> Iterator[Event]:
    """The events that send an order back to its customer."""
    if due_at is None:
        decided, times = clock(policies, order, intake.channel, stamp)
        due_at = later(stamp.recorded_at, times.wait_within)
        yield decided
    yield OrderReturned(stamp, order.id, order.buyer, intake.channel, findings, due_at)


def resolve(view: View[IntakeCase], command: ResolveDeviation, policies: IntakePolicies) -> Iterator[Event]:
    """A person resolves a difference; with the last one the order goes on, or back."""
    case, order = view.case, _order(view.case)
    intake = case.intake or Intake()
    known = intake.deviations.get(command.deviation_id)
    wrong = [] if command.reason else [RESOLVE_REASON("/reason")]
    if command.resolution is Resolution.OPEN:
        wrong.append(RESOLUTION("/resolution"))
    agreed = _submission(view, order, command.moment).agreed
    if known is None:
        wrong.append(DEVIATION_UNKNOWN("/deviation_id", deviation=command.deviation_id))
    elif not known.open:
        wrong.append(DEVIATION_DONE("/deviation_id", deviation=known.id, resolution=known.resolution))
    elif command.resolution is Resolution.REPRICED and not repriceable(known.deviation, order, agreed):
        wrong.append(NOT_REPRICEABLE("/deviation_id", deviation=known.id))
    if wrong or known is None:
        raise RefusedError(*wrong)
    stamp = command.stamp()
    if command.resolution is Resolution.REPRICED and agreed is not None:
        order, lines = repriced(order, agreed, [known.deviation])
        yield OrderRepriced(stamp, order, lines)
    said = DeviationResolved(stamp, known.id, command.resolution)
    yield said
    yield from onward(order, FOLDS[DeviationResolved](intake, said), stamp, policies)


def return_order(view: View[IntakeCase], command: ReturnOrder, policies: IntakePolicies) -> Iterable[Event]:
    """A person sends the order back."""
    wrong = [] if command.reason else [RETURN_REASON("/reason")]
    if command.due_at is not None and command.due_at <= command.moment:
        wrong.append(RETURN_PAST("/due_at", due=command.due_at))
    if wrong:
        raise RefusedError(*wrong)
    findings = command.findings or (RETURNED_FOR(why=command.reason),)
    intake = view.case.intake or Intake()
    return tuple(returned(_order(view.case), intake, command.stamp(), policies, findings, command.due_at))
