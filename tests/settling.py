"""A case that runs already, with short words for what its settlement needs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from build import CLERK, Story, order

from orderlib.acceptance.message import ReportAcceptance, ReportReturned
from orderlib.case.deciding import allowed
from orderlib.case.evolution import evolve_all
from orderlib.case.message import AdoptOrder
from orderlib.case.rooms import rule_of
from orderlib.fulfilment.message import ReportDespatched, ReportReceived
from orderlib.ledger.record import LineQuantity
from orderlib.order.message import OrderRevised
from orderlib.order.record import Order
from orderlib.order.revision import difference
from orderlib.settlement.message import (
    ConfirmStatement,
    DraftStatement,
    IssueCreditNote,
    IssueInvoice,
    ReportPayment,
)
from orderlib.settlement.record import Invoice, InvoiceKind, Settlement
from orderlib.values.identifier import CommandId
from orderlib.values.message import Command, Event, Stamp
from orderlib.values.money import Money
from orderlib.values.party import Actor

AUTHOR, ISSUER = Actor("lin", "finance"), Actor("kim", "finance")
CUSTOMER, CARRIER = Actor("buyer", "customer"), Actor("leo", "logistics")
BOSS = Actor("ada", "sales", roles=("management",))


def eur(amount: Any) -> Money:
    """Euros."""
    return Money(amount, "EUR")


class Settling(Story):
    """An order in execution (3 pumps at 199.90 EUR and 19 %, unless another is given), taken over from elsewhere."""

    def __init__(self, ordered: Order | None = None, *, state: str = "in_execution", **more: Any) -> None:
        super().__init__(**more)
        self.tell(AdoptOrder(ordered if ordered is not None else order(), state, case_id="case-1", by=CLERK))

    @property
    def record(self) -> Settlement:
        """The settlement."""
        return self.case.settlement or Settlement()

    @property
    def invoice(self) -> Invoice:
        """The latest invoice."""
        return list(self.record.invoices)[-1]

    def deliver(self, *quantities: tuple[str, Any], accept: bool = True) -> None:
        """Goods leave, arrive, and are accepted."""
        lines = tuple(LineQuantity(line, Decimal(quantity)) for line, quantity in quantities)
        despatch = f"d{self.told}"
        self.tell(ReportDespatched("case-1", lines, despatch, by=CARRIER))
        self.tell(ReportReceived("case-1", despatch, lines, by=CARRIER))
        if accept:
            self.tell(ReportAcceptance("case-1", lines, by=CUSTOMER))

    def give_back(self, line: str, quantity: Any, *, replace: bool = False) -> None:
        """Goods come back."""
        self.tell(ReportReturned("case-1", (LineQuantity(line, Decimal(quantity)),), replace, by=CLERK))

    def draft(self, kind: InvoiceKind = InvoiceKind.GOODS, **more: Any) -> str:
        """A statement; gives its id."""
        self.tell(DraftStatement("case-1", kind, by=AUTHOR, **more))
        return self.record.live[-1].id

    def bill(self, kind: InvoiceKind = InvoiceKind.GOODS, **more: Any) -> Invoice:
        """From statement to invoice; gives it."""
        statement = self.draft(kind, **more)
        self.tell(ConfirmStatement("case-1", statement, by=CUSTOMER))
        self.tell(IssueInvoice("case-1", statement, by=ISSUER))
        return self.invoice

    def pay(self, payment: str, amount: Any, reference: str = "", **more: Any) -> None:
        """Money comes in."""
        money = amount if isinstance(amount, Money) else eur(amount)
        self.tell(ReportPayment("case-1", payment, money, reference, by=AUTHOR, **more))

    def credit(self, invoice: str) -> None:
        """A credit note."""
        self.tell(IssueCreditNote("case-1", invoice, by=AUTHOR))

    def happens(self, *events: Any) -> None:
        """Events of other rooms: classes with their fields, stamped now."""
        stamp = Stamp(CommandId(f"event-{self.told}"), CLERK, self.now, self.now)
        self.case = evolve_all(self.case, [kind(stamp, *fields) for kind, *fields in events])

    def revise(self, new: Order) -> None:
        """The order gets its next revision."""
        self.happens((OrderRevised, difference(self.case.order, new)))

    def about(self, kind: type[Command]) -> tuple[str, ...]:
        """What a command could concern now."""
        about = rule_of(kind).about
        return tuple(about(self.case)) if about is not None else ()

    def offered(self, *kinds: type[Command]) -> list[str]:
        """Those of the commands that are offered now."""
        names = {kind.__name__ for kind in kinds}
        return [each.command for each in allowed(self.case, self.policies) if each.command in names]


def of_kind(events: tuple[Event, ...], kind: type[Any]) -> list[Any]:
    """The events of one kind."""
    return [event for event in events if isinstance(event, kind)]
