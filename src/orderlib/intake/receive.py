"""Taking orders in: the first time, and again after they were returned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from orderlib.errors import Finding, FindingCode, RefusedError, Severity
from orderlib.intake.message import OrderReceived, OrderResubmitted, ReceiveOrder, ResubmitOrder
from orderlib.intake.record import Receipt
from orderlib.intake.slice import IntakeCase, IntakePolicies
from orderlib.intake.term import clock
from orderlib.order.record import Order
from orderlib.values.dispatch import Needs, View
from orderlib.values.identifier import CaseId, ItemId, LineId
from orderlib.values.instant import Instant, later
from orderlib.values.message import Event, Stamp

__all__ = ["duplicates", "receive", "receive_needs", "resubmit"]

RECEIVED_FUTURE: Final = FindingCode(
    "intake.received-in-future",
    Severity.ERROR,
    "the order was received at {received}, which lies after {now}",
    "接收时间 {received} 晚于当前时间 {now}",
)
RESPONSE_PAST: Final = FindingCode(
    "intake.response-past",
    Severity.ERROR,
    "an answer by {due} would be due before the order came in",
    "答复期限 {due} 早于订单接收时间",
)
OTHER_CUSTOMER: Final = FindingCode(
    "intake.other-customer",
    Severity.ERROR,
    "the enquiry came from {expected}; an order of {found} is a case of its own",
    "询价方为 {expected}；{found} 的订单应另立案例",
)
OTHER_BUYER: Final = FindingCode(
    "intake.other-buyer",
    Severity.ERROR,
    "the order was returned to {expected}; {found} cannot resubmit it",
    "订单退回给 {expected}，{found} 不能重新提交",
)


def _reference(order: Order) -> tuple[str, str]:
    return "order", f"{order.buyer.id}/{order.id}"


def receive_needs(_case: IntakeCase, command: ReceiveOrder | ResubmitOrder, /) -> Needs:
    """Other cases with the same customer's order number."""
    return Needs(look_ups=(_reference(command.order),))


def duplicates(view: View[IntakeCase], order: Order) -> tuple[CaseId, ...]:
    """Other cases with the same customer's order number, as far as they were looked up."""
    own = view.case.id
    found = view.found.get(_reference(order), ())
    return tuple(CaseId(key.id) for key in found if key.kind == "case" and key.id != own)


def _wrong(command: ReceiveOrder | ResubmitOrder) -> Iterator[Finding]:
    received, by = command.received_at, command.respond_by_at
    if received is not None and received > command.moment:
        yield RECEIVED_FUTURE("/received_at", received=received, now=command.moment)
    if by is not None and by <= (received or command.moment):
        yield RESPONSE_PAST("/respond_by_at", due=by)


def _receipt(
    view: View[IntakeCase], command: ReceiveOrder | ResubmitOrder, number: int, noted: Iterable[Finding] = ()
) -> Receipt:
    return Receipt(
        number=number,
        channel=command.channel,
        received_at=command.received_at or command.moment,
        document=command.document,
        stated=command.stated,
        duplicates=duplicates(view, command.order),
        noted=tuple(noted),
    )


def _answer_by(
    command: ReceiveOrder | ResubmitOrder, stamp: Stamp, policies: IntakePolicies
) -> tuple[Instant, tuple[Event, ...]]:
    """When the customer must have an answer, and the decision that says so."""
    if command.respond_by_at is not None:
        return command.respond_by_at, ()
    decided, times = clock(policies, command.order, command.channel, stamp)
    return later(stamp.occurred_at, times.respond_within), (decided,)


def receive(view: View[IntakeCase], command: ReceiveOrder, policies: IntakePolicies) -> Iterable[Event]:
    """The order stands as received; a proposal that it names and that still holds is confirmed by it.

    On the case of an enquiry only its customer orders.
    """
    wrong = [*_wrong(command)]
    enquiry, buyer = view.case.enquiry, command.order.buyer
    if enquiry is not None and enquiry.customer.id != buyer.id:
        wrong.append(OTHER_CUSTOMER("/order/buyer/id", expected=enquiry.customer.id, found=buyer.id))
    if wrong:
        raise RefusedError(*wrong)
    stamp = command.stamp()
    by, decided = _answer_by(command, stamp, policies)
    received = OrderReceived(stamp, command.order, _receipt(view, command, 1), by)
    return (*_concluded(view.case, command.order, stamp), *decided, received)


def _concluded(case: IntakeCase, order: Order, stamp: Stamp) -> Iterable[Event]:
    """What the order does to the enquiry before it: a proposal that it names is confirmed by it."""
    if case.enquiry is None:
        return ()
    from orderlib.enquiry.confirm import ordered  # noqa: PLC0415 - most orders come without an enquiry

    return ordered(case.enquiry, order.proposal_id, stamp)


def resubmit(view: View[IntakeCase], command: ResubmitOrder, policies: IntakePolicies) -> Iterable[Event]:
    """The returned order stands as it came back; a line id that now means another item is noted."""
    from orderlib.order.revision import difference, reused_lines  # noqa: PLC0415 - first receipts need none of it

    case, order = view.case, command.order
    wrong = list(_wrong(command))
    before = case.order
    assert before is not None  # noqa: S101 - only what was received can have been returned
    if order.buyer.id != before.buyer.id:
        wrong.append(OTHER_BUYER("/order/buyer/id", expected=before.buyer.id, found=order.buyer.id))
    if wrong:
        raise RefusedError(*wrong)
    stamp = command.stamp()
    known: dict[LineId, ItemId] = dict(case.intake.gone) if case.intake else {}
    noted = reused_lines(difference(before, order), known)
    known |= {line.id: line.item.id for line in before.lines}
    gone = tuple((line_id, item_id) for line_id, item_id in known.items() if line_id not in order.lines)
    number = len(case.intake.receipts) + 1 if case.intake else 1
    by, decided = _answer_by(command, stamp, policies)
    return (*decided, OrderResubmitted(stamp, order, _receipt(view, command, number, noted), gone, by))
