"""Commands and events of the case itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import attrs

from orderlib.hold.record import Hold
from orderlib.ledger.record import LineLedger
from orderlib.order.message import OrderSet
from orderlib.order.record import Order
from orderlib.values.identifier import CaseId
from orderlib.values.key import Key
from orderlib.values.message import CaseCommand, Command
from orderlib.values.typed import tuple_of

if TYPE_CHECKING:
    from orderlib.change.record import ChangeRequest, Charge
    from orderlib.settlement.brought import BroughtInvoice, BroughtPayment

__all__ = ["AdoptOrder", "OrderAdopted", "PassTime"]


@attrs.frozen
class PassTime(CaseCommand):
    """Time has come to the command's moment: whatever is due by then lapses.

    `stream` is the kind of stream that `case_id` names, for those that orders share.
    """

    stream: str = attrs.field(default="case", kw_only=True)

    @property
    def target(self) -> Key[object] | None:
        """The stream for which time passes."""
        return Key(self.stream, self.case_id)


def _case_id(value: str | None) -> CaseId | None:
    return None if value is None else CaseId(value)


def _balances(given: Iterable[LineLedger]) -> tuple[LineLedger, ...]:
    return tuple_of(LineLedger, given, "/balances")


def _holds(given: Iterable[Hold]) -> tuple[Hold, ...]:
    return tuple_of(Hold, given, "/holds")


# most orders bring nothing of these, and need not pay for their rooms
def _invoices(given: Iterable[BroughtInvoice]) -> tuple[BroughtInvoice, ...]:
    if given == ():
        return ()
    from orderlib.settlement.brought import BroughtInvoice  # noqa: PLC0415

    return tuple_of(BroughtInvoice, given, "/invoices")


def _payments(given: Iterable[BroughtPayment]) -> tuple[BroughtPayment, ...]:
    if given == ():
        return ()
    from orderlib.settlement.brought import BroughtPayment  # noqa: PLC0415

    return tuple_of(BroughtPayment, given, "/payments")


def _changes(given: Iterable[ChangeRequest]) -> tuple[ChangeRequest, ...]:
    if given == ():
        return ()
    from orderlib.change.record import ChangeRequest  # noqa: PLC0415

    return tuple_of(ChangeRequest, given, "/changes")


def _charges(given: Iterable[Charge]) -> tuple[Charge, ...]:
    if given == ():
        return ()
    from orderlib.change.record import Charge  # noqa: PLC0415

    return tuple_of(Charge, given, "/charges")


@attrs.frozen
class AdoptOrder(Command):
    """Take over an order that already runs elsewhere, with its balances.

    `state` is where it stands in the commercial life (`received` … `in_execution`). What is released has no count of
    its own: work is released for the order as a whole, and `released` or `in_execution` says that it was. `balances`
    holds, for each line that has any, what is produced, despatched, received, accepted, returned, cancelled, invoiced,
    credited so far, in the unit of the line; `holds` those that stand.

    `invoices` are those of which something is open or retained, and advances that are not wholly set off; `payments`
    money that pays nothing yet. `changes` are those that are not decided or answered, `charges` those that await an
    answer (their change comes along, `charged`) or are accepted; one that an invoice here names is billed.
    Everything then goes on as if it had begun here. Raises `InvalidValueError` (`value.type`, `id.*`).
    """

    order: Order
    state: str
    balances: tuple[LineLedger, ...] = attrs.field(default=(), converter=_balances)
    holds: tuple[Hold, ...] = attrs.field(default=(), converter=_holds)
    case_id: CaseId | None = attrs.field(default=None, converter=_case_id, kw_only=True)
    invoices: tuple[BroughtInvoice, ...] = attrs.field(default=(), converter=_invoices, kw_only=True)
    payments: tuple[BroughtPayment, ...] = attrs.field(default=(), converter=_payments, kw_only=True)
    changes: tuple[ChangeRequest, ...] = attrs.field(default=(), converter=_changes, kw_only=True)
    charges: tuple[Charge, ...] = attrs.field(default=(), converter=_charges, kw_only=True)

    @property
    def target(self) -> Key[object] | None:
        """The case that is founded, once it has an id."""
        return None if self.case_id is None else Key("case", self.case_id)


@attrs.frozen
class OrderAdopted(OrderSet):
    """An order that ran elsewhere is a case from now on."""

    state: str

    @property
    def move(self) -> str:  # type: ignore[override]
        """The move of adoption into the state."""
        return f"adopt_{self.state}"
