"""Commands and events of intake: received, screened, confirmed back, returned, resubmitted, passed on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

import attrs

from orderlib.errors import Finding
from orderlib.intake.record import Channel, OrderDeviation, Receipt, Resolution, ScreeningOutcome
from orderlib.order.message import OrderSet
from orderlib.order.record import Attachment, Order
from orderlib.values.codelist import member
from orderlib.values.identifier import CaseId, DocumentId, ItemId, LineId, OrderId
from orderlib.values.instant import Instant, instant
from orderlib.values.key import Key
from orderlib.values.message import CaseCommand, Command, Event, Stamp
from orderlib.values.party import Party
from orderlib.values.typed import instance_of, pairs_of, tuple_of

if TYPE_CHECKING:
    from orderlib.order.totals import StatedTotals

__all__ = [
    "AcknowledgeOrder",
    "AnswerConfirmation",
    "ConfirmBack",
    "DeviationResolved",
    "OrderAcknowledged",
    "OrderConfirmationLapsed",
    "OrderConfirmedBack",
    "OrderConfirmedByCustomer",
    "OrderDisputedByCustomer",
    "OrderPassedToReview",
    "OrderReceived",
    "OrderRejectedAtScreening",
    "OrderRepriced",
    "OrderResubmitted",
    "OrderReturned",
    "OrderScreened",
    "ReceiveOrder",
    "ResolveDeviation",
    "ResponseOverdue",
    "ResubmitOrder",
    "ReturnLapsed",
    "ReturnOrder",
    "ScreenOrder",
]


def _case_id(value: str | None) -> CaseId | None:
    return None if value is None else CaseId(value)


def _channel(value: str) -> Channel:
    return member(Channel, value, "/channel")


def _stated(value: StatedTotals | None) -> StatedTotals | None:
    if value is None:
        return None
    from orderlib.order.totals import StatedTotals  # noqa: PLC0415 - few orders come with stated totals

    return instance_of(StatedTotals, value, "/stated")


def _outcome(value: str | None) -> ScreeningOutcome | None:
    return None if value is None else member(ScreeningOutcome, value, "/override")


def _resolution(value: str) -> Resolution:
    return member(Resolution, value, "/resolution")


def _received_at(value: str | Instant | None) -> Instant | None:
    return None if value is None else instant(value, address="/received_at")


def _due_at(value: str | Instant | None) -> Instant | None:
    return None if value is None else instant(value, address="/due_at")


def _respond_by_at(value: str | Instant | None) -> Instant | None:
    return None if value is None else instant(value, address="/respond_by_at")


def _findings(given: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple_of(Finding, given, "/findings")


def _deviations(given: Iterable[OrderDeviation]) -> tuple[OrderDeviation, ...]:
    return tuple_of(OrderDeviation, given, "/deviations")


def _items(given: Iterable[tuple[str, str]]) -> tuple[tuple[LineId, ItemId], ...]:
    return tuple((LineId(line), ItemId(item)) for line, item in pairs_of(given, "/gone"))


def _line_ids(given: Iterable[str]) -> tuple[LineId, ...]:
    return tuple(LineId(each) for each in tuple_of(str, given, "/lines"))


def _came_in(stamp: Stamp, received_at: Instant | None) -> Stamp:
    """The stamp of an order that reached us before it was taken down."""
    if received_at is None:
        return stamp
    return Stamp(stamp.cause, stamp.by, received_at, stamp.recorded_at, stamp.reason)


@attrs.frozen
class ReceiveOrder(Command):
    """An order has come in: on an enquiry's case, or (without `case_id`) on a new one.

    `received_at` is when it reached us, the command's moment where it is left out. `document` names the
    paper or message, `stated` the totals that it states. Spoken orders have no document and are confirmed
    back. `respond_by_at` is when the customer must have an answer; left out, the policy says it.
    """

    order: Order
    case_id: CaseId | None = attrs.field(default=None, converter=_case_id, kw_only=True)
    channel: Channel = attrs.field(default=Channel.EDI, converter=_channel, kw_only=True)
    received_at: Instant | None = attrs.field(default=None, converter=_received_at, kw_only=True)
    document: Attachment | None = attrs.field(default=None, kw_only=True)
    stated: StatedTotals | None = attrs.field(default=None, converter=_stated, kw_only=True)
    respond_by_at: Instant | None = attrs.field(default=None, converter=_respond_by_at, kw_only=True)

    @property
    def target(self) -> Key[object] | None:
        """The case; None where a new one is to be founded."""
        return None if self.case_id is None else Key("case", self.case_id)

    def stamp(self) -> Stamp:
        """The stamp, with the moment at which the order reached us."""
        return _came_in(super().stamp(), self.received_at)


@attrs.frozen
class ScreenOrder(CaseCommand):
    """Screen the order: everything that is missing, wrong or forbidden, at once, and every difference to what was
    agreed. `override` is a person's ruling against the policy's; it needs the command's reason, and against a rejection
    the management's word.
    """

    override: ScreeningOutcome | None = attrs.field(default=None, converter=_outcome, kw_only=True)


@attrs.frozen
class ResolveDeviation(CaseCommand):
    """Resolve a difference: accept the order's side, put the agreed price in its place, or return it."""

    deviation_id: DocumentId = attrs.field(converter=DocumentId)
    resolution: Resolution = attrs.field(converter=_resolution)


@attrs.frozen
class ConfirmBack(CaseCommand):
    """Write to the customer what we understood of a spoken order; `due_at` is until when we wait for a word."""

    document: Attachment | None = attrs.field(default=None, kw_only=True)
    due_at: Instant | None = attrs.field(default=None, converter=_due_at, kw_only=True)


@attrs.frozen
class AnswerConfirmation(CaseCommand):
    """The customer agrees with what we understood, or (`agrees=False`) says that it is wrong, with the reason.

    Before we have written back, it takes the customer's own `document` to agree.
    """

    agrees: bool = True
    document: Attachment | None = attrs.field(default=None, kw_only=True)


@attrs.frozen
class AcknowledgeOrder(CaseCommand):
    """Tell the customer that the order has arrived and is looked at (UNCL 4343 `AB`)."""


@attrs.frozen
class ReturnOrder(CaseCommand):
    """Send the order back to the customer, with the command's reason and what is to be put right.

    It may be resubmitted until `due_at`; left out, the policy says how long.
    """

    findings: tuple[Finding, ...] = attrs.field(default=(), converter=_findings)
    due_at: Instant | None = attrs.field(default=None, converter=_due_at, kw_only=True)


@attrs.frozen
class ResubmitOrder(CaseCommand):
    """The customer sends the order anew, put right; a line keeps its identity by keeping its id."""

    order: Order
    channel: Channel = attrs.field(default=Channel.EDI, converter=_channel, kw_only=True)
    received_at: Instant | None = attrs.field(default=None, converter=_received_at, kw_only=True)
    document: Attachment | None = attrs.field(default=None, kw_only=True)
    stated: StatedTotals | None = attrs.field(default=None, converter=_stated, kw_only=True)
    respond_by_at: Instant | None = attrs.field(default=None, converter=_respond_by_at, kw_only=True)

    def stamp(self) -> Stamp:
        """The stamp, with the moment at which the order reached us."""
        return _came_in(super().stamp(), self.received_at)


@attrs.frozen
class OrderReceived(OrderSet):
    """An order was received; the customer gets an answer by `respond_by_at`.

    For the receipt that the customer is sent: order number, customer and contact stand in the order, the
    channel in the receipt.
    """

    move: ClassVar[str] = "receive"

    receipt: Receipt
    respond_by_at: Instant | None = None


@attrs.frozen
class OrderResubmitted(OrderSet):
    """A returned order came back; its lines are told by their ids. `gone` are the lines, with their items, that were
    ordered in an earlier version and are no more.
    """

    move: ClassVar[str] = "resubmit"

    receipt: Receipt
    gone: tuple[tuple[LineId, ItemId], ...] = attrs.field(default=(), converter=_items)
    respond_by_at: Instant | None = None


@attrs.frozen
class OrderScreened(Event):
    """Screening has ruled: its findings, and the differences to what was agreed, resolved or open."""

    outcome: ScreeningOutcome
    findings: tuple[Finding, ...] = attrs.field(default=(), converter=_findings)
    deviations: tuple[OrderDeviation, ...] = attrs.field(default=(), converter=_deviations)


@attrs.frozen
class DeviationResolved(Event):
    """A person has resolved a difference."""

    deviation_id: DocumentId
    resolution: Resolution


@attrs.frozen
class OrderRepriced(OrderSet):
    """Agreed prices stand in the order in place of its own, on these lines."""

    lines: tuple[LineId, ...] = attrs.field(default=(), converter=_line_ids)


@attrs.frozen
class OrderConfirmedBack(Event):
    """We wrote to the customer what we understood; the customer's word is awaited until `due_at`."""

    order_id: OrderId
    customer: Party
    due_at: Instant
    document: Attachment | None = None


@attrs.frozen
class OrderConfirmedByCustomer(Event):
    """The customer has confirmed the spoken order."""

    document: Attachment | None = None


@attrs.frozen
class OrderDisputedByCustomer(Event):
    """The customer says that we understood the spoken order wrongly; the reason stands in the stamp."""

    document: Attachment | None = None


@attrs.frozen
class OrderConfirmationLapsed(Event):
    """The customer has not confirmed the spoken order in time."""

    due_at: Instant


@attrs.frozen
class OrderAcknowledged(Event):
    """The customer was told that the order is being looked at."""

    order_id: OrderId
    customer: Party
    channel: Channel


@attrs.frozen
class OrderReturned(Event):
    """The order went back to the customer, who may put right what the findings say until `due_at`."""

    move: ClassVar[str] = "return_to_customer"

    order_id: OrderId
    customer: Party
    channel: Channel
    findings: tuple[Finding, ...] = attrs.field(converter=_findings)
    due_at: Instant


@attrs.frozen
class ReturnLapsed(Event):
    """The customer has not resubmitted the returned order in time."""

    move: ClassVar[str] = "lapse"

    due_at: Instant


@attrs.frozen
class OrderRejectedAtScreening(Event):
    """Screening has rejected the order; the customer is told why."""

    move: ClassVar[str] = "reject_at_screening"

    order_id: OrderId
    customer: Party
    channel: Channel
    findings: tuple[Finding, ...] = attrs.field(converter=_findings)


@attrs.frozen
class OrderPassedToReview(Event):
    """The order is complete, accurate and as agreed, or its differences are resolved: it may be reviewed."""

    move: ClassVar[str] = "start_review"


@attrs.frozen
class ResponseOverdue(Event):
    """The customer should have had an answer by now; `owner` is the department that owes it."""

    due_at: Instant
    owner: str = "customer-service"
