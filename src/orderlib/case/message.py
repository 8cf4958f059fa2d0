"""Commands and events of the case itself."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from orderlib.hold.record import Hold
from orderlib.ledger.record import LineLedger
from orderlib.order.message import OrderSet
from orderlib.order.record import Order
from orderlib.values.identifier import CaseId
from orderlib.values.key import Key
from orderlib.values.message import CaseCommand, Command
from orderlib.values.typed import tuple_of

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


@attrs.frozen
class AdoptOrder(Command):
    """Take over an order that already runs elsewhere, with its balances.

    `state` is where it stands in the commercial life (`received` … `in_execution`); `balances` holds, for
    each line that has any, what is produced, despatched, received, accepted, returned, cancelled, invoiced,
    credited so far, in the unit of the line; `holds` those that stand. Amounts that are open (advances,
    retention, invoices, payments) follow as the settlement's own commands and facts.
    """

    order: Order
    state: str
    balances: tuple[LineLedger, ...] = attrs.field(default=(), converter=_balances)
    holds: tuple[Hold, ...] = attrs.field(default=(), converter=_holds)
    case_id: CaseId | None = attrs.field(default=None, converter=_case_id, kw_only=True)

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
