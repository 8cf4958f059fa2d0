"""Asking for changes: as a difference, or by sending the order as it should be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

import attrs

from orderlib.change.consent import applied, consented
from orderlib.change.firm import known_items, revision_of
from orderlib.change.message import (
    ChangeAccepted,
    ChangeAgreed,
    ChangeRejected,
    ChangeRequested,
    ChangeSuperseded,
    ChangeWithdrawn,
    ChargeWithdrawn,
    ReceiveOrderChange,
    RequestChange,
    WithdrawChange,
)
from orderlib.change.policy import ImpactDecision, Progress
from orderlib.change.record import ChangeCause, ChangeImpact, ChangeRequest, Consent, Side
from orderlib.change.slice import ChangeCase, ChangePolicies, log_of, order_of
from orderlib.change.table import CHANGE_REQUEST
from orderlib.errors import Finding, FindingCode, RefusedError, Severity
from orderlib.order.compare import AGREED_ORDER_FIELDS, compare_orders
from orderlib.order.field import Aspect
from orderlib.order.record import Order
from orderlib.order.revision import apply, difference, reused_lines
from orderlib.values.decision import Decided
from orderlib.values.dispatch import View
from orderlib.values.identifier import DocumentId
from orderlib.values.instant import Instant, later
from orderlib.values.message import Event, Stamp

__all__ = ["assessed", "found_request", "receive", "request", "used_id", "withdraw_change", "withdrawn_charge"]

USED_ID: Final = FindingCode("change.used-id", Severity.ERROR, "{id} was used before", "标识 {id} 已被使用")
UNKNOWN: Final = FindingCode("change.unknown", Severity.ERROR, "no change {id} is known", "不存在变更 {id}")
STATE: Final = FindingCode(
    "change.state", Severity.ERROR, "change {id} is {state} and takes no {move}", "变更 {id} 处于 {state}，不能 {move}"
)
NOTHING: Final = FindingCode("change.nothing", Severity.ERROR, "nothing would change", "没有任何变更")
REASON: Final = FindingCode("change.reason-missing", Severity.ERROR, "this needs a reason", "此操作必须说明原因")
DUE_PAST: Final = FindingCode(
    "change.due-past", Severity.ERROR, "an answer by {due} would be due before it is asked for", "答复期限 {due} 已过"
)
OTHER_ORDER: Final = FindingCode(
    "change.other-order",
    Severity.ERROR,
    "the change is for order {found} of {found_buyer}; this is order {expected} of {expected_buyer}",
    "变更针对 {found_buyer} 的订单 {found}，而此处为 {expected_buyer} 的订单 {expected}",
)
SEQUENCE: Final = FindingCode(
    "change.sequence", Severity.ERROR, "number {found} does not come after {last}", "顺序号 {found} 不大于 {last}"
)

#: what both sides must agree on, so that the customer's order counts as the one that we proposed
_AGREED: Final = AGREED_ORDER_FIELDS


def used_id(case: ChangeCase, new_id: str, address: str) -> Iterator[Finding]:
    """The finding that a change or cancellation with this id is known already."""
    log = log_of(case)
    if new_id in log.requests or new_id in log.cancellations:
        yield USED_ID(address, id=new_id)


def found_request(case: ChangeCase, change_id: str, move: str) -> ChangeRequest:
    """The change, where it can take that move; raises `RefusedError` (`change.unknown`, `change.state`)."""
    known = log_of(case).requests.get(change_id)
    if known is None:
        raise RefusedError(UNKNOWN("/change_id", id=change_id))
    if CHANGE_REQUEST.target(known.state, move) is None:
        raise RefusedError(STATE("/change_id", id=change_id, state=known.state, move=move))
    return known


def _due(due: Instant | None, now: Instant) -> Iterator[Finding]:
    if due is not None and due <= now:
        yield DUE_PAST("/due_at", due=due)


def request(view: View[ChangeCase], command: RequestChange, policies: ChangePolicies) -> Iterable[Event]:
    """The change is on record; what is harmless is applied at once, what is impossible rejected at once."""
    case, order, stamp = view.case, order_of(view.case), command.stamp()
    wrong = [*used_id(case, command.change_id, "/change_id"), *_due(command.due_at, command.moment)]
    if not command.wanted:
        wrong.append(NOTHING("/wanted"))
    if command.whose is Side.SUPPLIER and not command.reason:
        wrong.append(REASON("/reason"))
    revised, more = revision_of(case, order, command.wanted)
    wrong += more
    if wrong or revised is None:
        raise RefusedError(*wrong)
    asked = ChangeRequest(
        id=command.change_id,
        cause=command.cause,
        side=command.whose,
        wanted=command.wanted,
        by=command.by,
        requested_at=stamp.occurred_at,
        due_at=command.due_at or stamp.recorded_at,
        reason=command.reason,
    )
    return _entered(view, stamp, asked, revised, policies, given=command.due_at)


def assessed(view: View[ChangeCase], asked: ChangeRequest, revised: Order, policies: ChangePolicies) -> ImpactDecision:
    """What the change does to the order as it stands."""
    case = view.case
    progress = Progress(case.state, asked.side, case.ledger.lines)
    decision = policies.change_impact(order_of(case), revised, asked.wanted, progress)
    if isinstance(decision, ImpactDecision):
        return decision
    return ImpactDecision(
        decision.outcome, decision.reasons, decision.otherwise, policy=decision.policy, override=decision.override
    )


def _entered(
    view: View[ChangeCase],
    stamp: Stamp,
    asked: ChangeRequest,
    revised: Order,
    policies: ChangePolicies,
    *,
    given: Instant | None,
) -> Iterator[Event]:
    """The request with its impact; and what follows at once."""
    case, order = view.case, order_of(view.case)
    impact = assessed(view, asked, revised, policies)
    yield Decided(stamp, "change_impact", impact, (("wanted", asked.wanted),))
    noted = (*impact.reasons, *reused_lines(asked.wanted, known_items(case)))
    due_at = given or later(stamp.recorded_at, impact.answer_within)
    asked = attrs.evolve(asked, impact=impact.ruling, findings=noted, due_at=due_at)
    yield ChangeRequested(stamp, asked)
    answer: dict[str, Any] = {
        "change_id": asked.id,
        "order_id": order.id,
        "customer": order.buyer,
        "sequence": asked.sequence,
    }
    if impact.ruling is ChangeImpact.IMPOSSIBLE:
        yield ChangeRejected(stamp, **answer, reasons=impact.reasons)
    elif impact.ruling is ChangeImpact.HARMLESS and (
        asked.side is Side.CUSTOMER or asked.wanted.aspects <= {Aspect.OTHER}
    ):
        by, side, wanted = stamp.by, asked.side, asked.wanted
        decided, consent = consented(view, stamp, wanted, revised, side=side, by=by, policies=policies)
        yield from decided
        if not consent.again:
            yield ChangeAccepted(stamp, **answer, reasons=impact.reasons)
            yield from applied(view, stamp, asked, consent)


def receive(view: View[ChangeCase], command: ReceiveOrderChange, policies: ChangePolicies) -> Iterable[Event]:
    """The customer's new order becomes a request against the one that stands, or agrees to what we proposed."""
    case, order, stamp = view.case, order_of(view.case), command.stamp()
    wrong = [*used_id(case, command.change_id, "/change_id"), *_due(command.due_at, command.moment)]
    new, last = command.order, log_of(case).sequence
    if (new.id, new.buyer.id) != (order.id, order.buyer.id):
        other = OTHER_ORDER(
            "/order/id", found=new.id, found_buyer=new.buyer.id, expected=order.id, expected_buyer=order.buyer.id
        )
        raise RefusedError(*wrong, other)
    if command.sequence is not None and command.sequence <= last:
        wrong.append(SEQUENCE("/sequence", found=command.sequence, last=last))
    wanted = difference(order, new)
    proposal = _proposed(case, order, new)
    if not wanted and proposal is None:
        wrong.append(NOTHING("/order"))
    revised, more = revision_of(case, order, wanted)
    wrong += more
    if wrong or revised is None:
        raise RefusedError(*wrong)
    asked = ChangeRequest(
        id=command.change_id,
        cause=ChangeCause.CUSTOMER,
        side=Side.CUSTOMER,
        wanted=wanted,
        by=command.by,
        requested_at=stamp.occurred_at,
        due_at=command.due_at or stamp.recorded_at,
        reason=command.reason,
        sequence=command.sequence,
        answers=proposal.id if proposal is not None else None,
    )
    earlier = tuple(_superseded(case, stamp, asked.id))
    if proposal is not None:
        return (*earlier, *_confirmed(view, stamp, asked, proposal))
    return (*earlier, *_entered(view, stamp, asked, revised, policies, given=command.due_at))


def _proposed(case: ChangeCase, order: Order, new: Order) -> ChangeRequest | None:
    """What we have proposed and the customer now sends as its order: alike in all that both sides agree on."""
    for proposal in log_of(case).proposals:
        if proposal.wanted.revision == order.revision and not compare_orders(
            new, apply(order, proposal.wanted), _AGREED
        ):
            return proposal
    return None


def _confirmed(view: View[ChangeCase], stamp: Stamp, asked: ChangeRequest, proposal: ChangeRequest) -> Iterator[Event]:
    order = order_of(view.case)
    yield ChangeRequested(stamp, asked)
    yield ChangeAgreed(stamp, proposal.id)
    yield ChangeAccepted(
        stamp, change_id=asked.id, order_id=order.id, customer=order.buyer, sequence=asked.sequence, reasons=()
    )
    yield from applied(view, stamp, asked, proposal.consent or Consent(by=stamp.by), agrees=True)


def _superseded(case: ChangeCase, stamp: Stamp, by_change: DocumentId) -> Iterator[Event]:
    """The customer's earlier wishes that are still open."""
    for known in log_of(case).open_requests:
        if known.side is Side.CUSTOMER:
            yield from withdrawn_charge(case, stamp, known.id)
            yield ChangeSuperseded(stamp, known.id, by_change)


def withdrawn_charge(case: ChangeCase, stamp: Stamp, about: str) -> Iterator[Event]:
    """The open charge for a change or cancellation that is no longer wanted."""
    for charge in log_of(case).open_charges:
        if charge.about == about:
            yield ChargeWithdrawn(stamp, charge.id)


def withdraw_change(view: View[ChangeCase], command: WithdrawChange, _policies: ChangePolicies) -> Iterable[Event]:
    """The change is no longer wanted."""
    known = found_request(view.case, command.change_id, "withdraw")
    stamp = command.stamp()
    return (*withdrawn_charge(view.case, stamp, known.id), ChangeWithdrawn(stamp, known.id))
