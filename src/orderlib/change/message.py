"""Commands and events of changes, charges and cancellations."""

from __future__ import annotations

from typing import ClassVar

import attrs

from orderlib.change.record import (
    Cancellation,
    ChangeCause,
    ChangeRequest,
    Charge,
    Compensation,
    Consent,
    Ending,
    Side,
    cause_of,
    items_of,
    line_ids_of,
    reasons_of,
    side_of,
)
from orderlib.errors import Finding
from orderlib.ledger.message import QuantitiesPosted
from orderlib.ledger.record import Account
from orderlib.order.record import Order
from orderlib.order.revision import Difference
from orderlib.values.codelist import whole
from orderlib.values.identifier import DocumentId, LineId, OrderId, text
from orderlib.values.instant import Instant, instant
from orderlib.values.lines import Lines
from orderlib.values.message import CaseCommand, Event
from orderlib.values.money import Money
from orderlib.values.party import Party

__all__ = [
    "AnswerChange", "AnswerCharge", "CancellationBegun", "CancellationCompleted", "CancellationDeclined",
    "CancellationLapsed", "CancellationRefused", "CancellationRequested", "CancellationWithdrawn", "ChangeAccepted",
    "ChangeAgreed", "ChangeAnswered", "ChangeCountered", "ChangeDeclined", "ChangeLapsed", "ChangeProposed",
    "ChangeRejected", "ChangeRequested", "ChangeSuperseded", "ChangeWithdrawn", "ChargeAccepted", "ChargeDeclined",
    "ChargeLapsed", "ChargeQuoted", "ChargeWithdrawn", "CompensationDone", "CompensationOverdue",
    "CompleteCompensation", "DecideCancellation", "DecideChange", "OrderCancelled", "OrderTerminated",
    "QuantitiesCancelled", "ReceiveOrderChange", "RequestCancellation", "RequestChange", "TerminateOrder",
    "WithdrawCancellation", "WithdrawChange",
]  # fmt: skip


def _due(value: str | Instant | None) -> Instant | None:
    return None if value is None else instant(value, address="/due_at")


def _sequence(value: int | None) -> int | None:
    return None if value is None else whole(value, 1, 10**9, "/sequence")


@attrs.frozen
class RequestChange(CaseCommand):
    """Ask for a change, as a difference against the order as it stands.

    `side` says whose wish it is (the customer's, where that is the cause; else ours). Whoever has the word has it
    until `due_at` (by policy, where it is left out); silence declines.
    """

    change_id: DocumentId = attrs.field(converter=DocumentId)
    wanted: Difference
    cause: ChangeCause = attrs.field(default=ChangeCause.CUSTOMER, converter=cause_of)
    side: Side | None = attrs.field(default=None, converter=attrs.converters.optional(side_of), kw_only=True)
    due_at: Instant | None = attrs.field(default=None, converter=_due, kw_only=True)

    @property
    def whose(self) -> Side:
        """Whose wish it is."""
        if self.side is not None:
            return self.side
        return Side.CUSTOMER if self.cause is ChangeCause.CUSTOMER else Side.SUPPLIER


@attrs.frozen
class ReceiveOrderChange(CaseCommand):
    """The customer has sent the order as it should be from now on (UBL OrderChange).

    `sequence` is the message's number, which must grow. A change that asks for what we have proposed agrees to it; any
    other takes the place of the customer's earlier wish.
    """

    change_id: DocumentId = attrs.field(converter=DocumentId)
    order: Order
    sequence: int | None = attrs.field(default=None, converter=_sequence)
    due_at: Instant | None = attrs.field(default=None, converter=_due, kw_only=True)


@attrs.frozen
class WithdrawChange(CaseCommand):
    """Whoever wanted a change no longer does."""

    change_id: DocumentId = attrs.field(converter=DocumentId)


@attrs.frozen
class DecideChange(CaseCommand):
    """Decide on a change for our side; the reason is the command's.

    What the customer wants is accepted, rejected, or answered by a `counter` proposal. What we want is put to the
    customer, or dropped. `charge` is what it costs the customer (nothing: zero); left out, the policy says.
    """

    change_id: DocumentId = attrs.field(converter=DocumentId)
    accept: bool
    counter: Difference | None = attrs.field(default=None, kw_only=True)
    charge: Money | None = attrs.field(default=None, kw_only=True)


@attrs.frozen
class AnswerChange(CaseCommand):
    """The customer's word on a change that we proposed."""

    change_id: DocumentId = attrs.field(converter=DocumentId)
    agrees: bool


@attrs.frozen
class AnswerCharge(CaseCommand):
    """The customer's word on a charge."""

    charge_id: DocumentId = attrs.field(converter=DocumentId)
    accepts: bool


@attrs.frozen
class RequestCancellation(CaseCommand):
    """Ask for the end of the order, or of some of its lines, before its time; the reason is the command's.

    `keep_delivered` leaves with the customer what is there or on its way.
    """

    cancellation_id: DocumentId = attrs.field(converter=DocumentId)
    line_ids: tuple[LineId, ...] = attrs.field(default=(), converter=line_ids_of, kw_only=True)
    side: Side = attrs.field(default=Side.CUSTOMER, converter=side_of, kw_only=True)
    keep_delivered: bool = attrs.field(default=False, kw_only=True)


@attrs.frozen
class TerminateOrder(CaseCommand):
    """End an order on which work has been released, for a cause; the reason is the command's."""

    cancellation_id: DocumentId = attrs.field(converter=DocumentId)
    side: Side = attrs.field(default=Side.SUPPLIER, converter=side_of, kw_only=True)
    keep_delivered: bool = attrs.field(default=False, kw_only=True)


@attrs.frozen
class DecideCancellation(CaseCommand):
    """Grant or refuse a cancellation that a person has to judge; reason and charge as in `DecideChange`."""

    cancellation_id: DocumentId = attrs.field(converter=DocumentId)
    grant: bool
    charge: Money | None = attrs.field(default=None, kw_only=True)


@attrs.frozen
class WithdrawCancellation(CaseCommand):
    """The order shall go on after all."""

    cancellation_id: DocumentId = attrs.field(converter=DocumentId)


@attrs.frozen
class CompleteCompensation(CaseCommand):
    """A part of what was begun is undone; `evidence` shows it."""

    item_id: DocumentId = attrs.field(converter=DocumentId)
    evidence: str = attrs.field(converter=text)


@attrs.frozen
class ChangeRequested(Event):
    """Somebody wants a change."""

    request: ChangeRequest


@attrs.frozen(kw_only=True)
class ChangeAnswered(Event):
    """The seller's answer to a change, with all that an OrderResponse needs (UNCL 4343 in `response`)."""

    response: ClassVar[str] = ""

    change_id: DocumentId
    order_id: OrderId
    customer: Party
    sequence: int | None = None
    reasons: tuple[Finding, ...] = attrs.field(default=(), converter=reasons_of)


@attrs.frozen(kw_only=True)
class ChangeAccepted(ChangeAnswered):
    """A change is accepted; the revision follows in the same commit."""

    response: ClassVar[str] = "AP"


@attrs.frozen(kw_only=True)
class ChangeProposed(ChangeAnswered):
    """We put a change to the customer, whose word is awaited until `due_at`."""

    response: ClassVar[str] = "CA"

    wanted: Difference
    due_at: Instant
    consent: Consent


@attrs.frozen(kw_only=True)
class ChangeCountered(ChangeAnswered):
    """A change is not accepted as it stands; what we propose instead follows in the same commit."""

    response: ClassVar[str] = "CA"


@attrs.frozen(kw_only=True)
class ChangeRejected(ChangeAnswered):
    """A change is rejected; the stamp carries a person's reason, `reasons` a policy's."""

    response: ClassVar[str] = "RE"


@attrs.frozen(kw_only=True)
class ChangeLapsed(ChangeAnswered):
    """Nobody gave the word that was awaited: that is a no."""

    response: ClassVar[str] = "RE"

    due_at: Instant


@attrs.frozen
class ChangeAgreed(Event):
    """The customer has agreed to a change that we proposed; the revision follows in the same commit."""

    change_id: DocumentId


@attrs.frozen
class ChangeDeclined(Event):
    """The customer has not agreed to a change that we proposed, or to the charge for one."""

    change_id: DocumentId


@attrs.frozen
class ChangeWithdrawn(Event):
    """Whoever wanted a change no longer does."""

    change_id: DocumentId


@attrs.frozen
class ChangeSuperseded(Event):
    """The customer has sent another change in its place."""

    change_id: DocumentId
    by_change: DocumentId


@attrs.frozen
class ChargeQuoted(Event):
    """A change or cancellation that we would do costs something; the customer's word is awaited."""

    charge: Charge
    consent: Consent | None = None


@attrs.frozen
class ChargeAccepted(Event):
    """The customer accepts a charge."""

    charge_id: DocumentId


@attrs.frozen
class ChargeDeclined(Event):
    """The customer declines a charge."""

    charge_id: DocumentId


@attrs.frozen
class ChargeLapsed(Event):
    """The customer said nothing to a charge: that is a no."""

    charge_id: DocumentId
    due_at: Instant


@attrs.frozen
class ChargeWithdrawn(Event):
    """What a charge was for is no longer wanted."""

    charge_id: DocumentId


@attrs.frozen
class CancellationRequested(Event):
    """Somebody wants the order, or lines of it, to end before its time."""

    cancellation: Cancellation


@attrs.frozen
class CancellationRefused(Event):
    """A cancellation is refused; the order goes on as if nobody had asked."""

    cancellation_id: DocumentId
    order_id: OrderId | None
    reasons: tuple[Finding, ...] = attrs.field(default=(), converter=reasons_of)


@attrs.frozen
class CancellationDeclined(Event):
    """The customer has not accepted what a cancellation costs; the order goes on."""

    cancellation_id: DocumentId


@attrs.frozen
class CancellationWithdrawn(Event):
    """The order shall go on after all."""

    cancellation_id: DocumentId


@attrs.frozen
class CancellationLapsed(Event):
    """A cancellation was neither granted nor refused in time, or its charge not answered: the order goes on."""

    cancellation_id: DocumentId
    due_at: Instant


@attrs.frozen
class CancellationBegun(Event):
    """A cancellation is granted; what was begun is undone first."""

    cancellation_id: DocumentId
    items: Lines[Compensation] = attrs.field(converter=items_of)


@attrs.frozen
class CompensationDone(Event):
    """A part of what was begun is undone."""

    cancellation_id: DocumentId
    item_id: DocumentId
    evidence: str


@attrs.frozen
class CompensationOverdue(Event):
    """A part of what was begun should be undone by now; `owner` owes it."""

    cancellation_id: DocumentId
    item_id: DocumentId
    owner: str


@attrs.frozen
class QuantitiesCancelled(QuantitiesPosted):
    """What was open of lines will not be delivered."""

    account: ClassVar[Account] = Account.CANCELLED

    cancellation_id: DocumentId


@attrs.frozen
class CancellationCompleted(Event):
    """A cancellation is complete: nothing of what it is about is left to do."""

    cancellation_id: DocumentId


@attrs.frozen
class OrderCancelled(Event):
    """The order is cancelled."""

    move: ClassVar[str] = Ending.CANCEL.value

    cancellation_id: DocumentId


@attrs.frozen
class OrderTerminated(Event):
    """The order is terminated."""

    move: ClassVar[str] = Ending.TERMINATE.value

    cancellation_id: DocumentId
