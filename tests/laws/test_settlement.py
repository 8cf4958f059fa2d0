"""Law 5: not a cent is lost, whatever is delivered, returned, billed, credited and paid in which order."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

import attrs
from build import CLERK, Story, line, order
from hypothesis import given, settings
from hypothesis import strategies as st

from orderlib.acceptance.message import GoodsAccepted, GoodsReturned
from orderlib.case.evolution import evolve_all
from orderlib.case.message import AdoptOrder, PassTime
from orderlib.fulfilment.message import GoodsDespatched, GoodsReceived, LineShortClosed
from orderlib.ledger.record import LineQuantity
from orderlib.order.message import OrderRevised
from orderlib.order.payment import PaymentTerms
from orderlib.order.record import Order
from orderlib.order.revision import difference
from orderlib.order.terms import AllowanceCharge, Pricing, TaxCategory
from orderlib.order.totals import TaxSubtotal, Totals
from orderlib.settlement.balance import settled
from orderlib.settlement.billing import billed_quantity, value_of
from orderlib.settlement.brought import BroughtInvoice, BroughtPayment
from orderlib.settlement.credit import creditable
from orderlib.settlement.message import (
    AllocatePayment,
    ConfirmStatement,
    DraftStatement,
    IssueCreditNote,
    IssueInvoice,
    RefundPayment,
    ReportPayment,
    WriteOffAmount,
)
from orderlib.settlement.payment import allocatable
from orderlib.settlement.record import InvoiceKind, Settlement
from orderlib.settlement.statement import draftable
from orderlib.settlement.table import INVOICE, PAYMENT
from orderlib.values.identifier import CommandId
from orderlib.values.message import Stamp
from orderlib.values.money import Money
from orderlib.values.party import Actor
from orderlib.values.rounding import RoundingScope

AUTHOR, ISSUER = Actor("fin", "finance"), Actor("kit", "finance")
TAXES = (TaxCategory("S", "19"), TaxCategory("AA", "7"), TaxCategory("Z", "0"), TaxCategory("O"), None)
ZERO = Decimal(0)


def euros(minor: int) -> Money:
    """So many cents."""
    return Money.of_minor(minor, "EUR")


percent = st.decimals(0, 50, places=1)
quantities = st.integers(1, 40).map(lambda count: Decimal(count) / 4)


@st.composite
def orders(draw: Any) -> Order:
    """Orders of up to four lines with any mixture of taxes, allowances, charges, and terms of payment."""
    lines = [
        line(
            str(number),
            quantity=draw(quantities),
            price=draw(st.decimals(0, 200, places=4)),
            tax=draw(st.sampled_from(TAXES)),
            allowance_charges=draw(allowances(with_tax=False)),
        )
        for number in range(draw(st.integers(1, 4)))
    ]
    retention = draw(st.sampled_from([ZERO, ZERO, draw(percent)]))
    terms = PaymentTerms(
        advance=draw(st.sampled_from([ZERO, Decimal(100) if not retention else ZERO, draw(percent)])),
        retention=retention,
        discount=draw(st.sampled_from([ZERO, Decimal(2)])),
        discount_days=10,
        net_days=draw(st.integers(0, 40)),
    )
    return order(
        *lines,
        payment=terms,
        allowance_charges=draw(allowances(with_tax=True)),
        pricing=Pricing(scope=draw(st.sampled_from(list(RoundingScope)))),
        prepaid=draw(st.one_of(st.none(), st.integers(1, 3000).map(euros))),
        rounding=draw(st.one_of(st.none(), st.integers(-4, 5).map(euros))),
    )


@st.composite
def allowances(draw: Any, *, with_tax: bool) -> tuple[AllowanceCharge, ...]:
    """Up to two allowances or charges."""
    taxes = st.sampled_from(TAXES) if with_tax else st.none()
    one = st.builds(AllowanceCharge, st.integers(0, 3000).map(euros), st.booleans(), tax=taxes)
    return tuple(draw(st.lists(one, max_size=2)))


class World:
    """The seam to the rooms below: goods move by their events, money by commands."""

    def __init__(self, ordered: Order) -> None:
        self.story = Story()
        self.story.tell(AdoptOrder(ordered, "in_execution", case_id="case-1", by=CLERK))
        self.count = 0

    @property
    def case(self) -> Any:
        """The case now."""
        return self.story.case

    @property
    def record(self) -> Settlement:
        """Its settlement."""
        return self.case.settlement or Settlement()

    def goods(self, kind: Any, line_id: str, quantity: Decimal, *more: Any) -> None:
        """Goods move."""
        moment = self.story.now
        stamp = Stamp(CommandId("goods"), CLERK, moment, moment)
        self.story.case = evolve_all(self.case, [kind(stamp, (LineQuantity(line_id, quantity),), *more)])

    def deliver(self, line_id: str, part: Decimal) -> None:
        """Goods reach the customer, who accepts them; no more than is wanted."""
        quantity = min(part, self.case.ledger.lines[line_id].to_despatch)
        if quantity > 0:
            self.count += 1
            self.goods(GoodsDespatched, line_id, quantity, f"d{self.count}")
            self.goods(GoodsReceived, line_id, quantity, f"d{self.count}")
            self.goods(GoodsAccepted, line_id, quantity)

    def give_back(self, line_id: str, part: Decimal) -> None:
        """Goods come back for credit; no more than the customer has."""
        counted = self.case.ledger.lines[line_id]
        quantity = min(part, counted.delivered - counted.returned)
        if quantity > 0:
            self.goods(GoodsReturned, line_id, quantity)

    def short_close(self, line_id: str) -> None:
        """The rest of a line will not come."""
        if outstanding := self.case.ledger.lines[line_id].outstanding:
            self.goods(LineShortClosed, line_id, outstanding)

    def bill(self, kind: InvoiceKind) -> None:
        """From statement to invoice, where there is something to bill."""
        if kind not in tuple(draftable(self.case)):
            return
        self.story.tell(DraftStatement("case-1", kind, by=AUTHOR))
        statement_id = self.record.live[-1].id
        self.story.tell(ConfirmStatement("case-1", statement_id, by=AUTHOR))
        self.story.tell(IssueInvoice("case-1", statement_id, by=ISSUER))

    def credit(self) -> None:
        """The first credit note that is due."""
        for invoice_id in tuple(creditable(self.case))[:1]:
            self.story.tell(IssueCreditNote("case-1", invoice_id, by=AUTHOR))

    def pay(self, minor: int, *, named: bool) -> None:
        """Money comes in."""
        self.count += 1
        wanted = self.record.open_invoices
        reference = wanted[-1].id if named and wanted else ""
        self.story.tell(ReportPayment("case-1", f"p{self.count}", euros(minor), reference, by=AUTHOR))

    def pay_all(self) -> None:
        """Every open invoice is paid."""
        for invoice in self.record.open_invoices:
            self.pay(invoice.open.minor, named=False)

    def clear(self) -> None:
        """A payment with a rest finds an open invoice."""
        for payment_id in tuple(allocatable(self.case))[:1]:
            self.story.tell(AllocatePayment("case-1", payment_id, by=AUTHOR))

    def refund(self) -> None:
        """A payment with a rest goes back."""
        for payment in self.record.unallocated[:1]:
            self.story.tell(RefundPayment("case-1", payment.id, by=AUTHOR, reason="too much"))

    def write_off(self, minor: int) -> None:
        """A little is given up."""
        for invoice in self.record.open_invoices[:1]:
            amount = min(invoice.open, euros(minor))
            self.story.tell(WriteOffAmount("case-1", invoice.id, amount, by=AUTHOR, reason="not worth a letter"))

    def wait(self, days: int) -> None:
        """Time passes."""
        self.story.tell(PassTime("case-1", by=CLERK, at=self.story.now.add(days=days)))


line_ids = st.sampled_from("0123")
STEPS = st.one_of(
    st.tuples(st.just("deliver"), line_ids, quantities),
    st.tuples(st.just("deliver"), line_ids, quantities),
    st.tuples(st.just("give_back"), line_ids, quantities),
    st.tuples(st.just("short_close"), line_ids),
    st.tuples(st.just("bill"), st.just(InvoiceKind.GOODS)),
    st.tuples(st.just("bill"), st.just(InvoiceKind.GOODS)),
    st.tuples(st.just("bill"), st.just(InvoiceKind.ADVANCE)),
    st.tuples(st.just("credit")),
    st.tuples(st.just("pay"), st.integers(1, 500_000)),
    st.tuples(st.just("pay_all")),
    st.tuples(st.just("clear")),
    st.tuples(st.just("refund")),
    st.tuples(st.just("write_off"), st.integers(1, 500)),
    st.tuples(st.just("wait"), st.integers(1, 800)),
)


def play(world: World, steps: list[Any]) -> None:
    """Take the steps, and look after each whether the sums are right."""
    for name, *given_ in steps:
        if given_ and isinstance(given_[0], str) and name != "bill" and given_[0] not in world.case.order.lines:
            continue
        if name == "pay":
            world.pay(given_[0], named=given_[0] % 2 == 0)
        else:
            getattr(world, name)(*given_)
        balances(world)


def balances(world: World) -> None:
    """What holds at every moment, whatever has happened."""
    record = world.record
    nothing = euros(0)
    for invoice in record.invoices:
        parts = (
            invoice.received,
            invoice.discount,
            invoice.credited,
            invoice.written_off,
            invoice.deducted,
            invoice.retained,
            invoice.open,
        )
        assert sum(each.minor for each in parts) == invoice.gross.minor
        assert invoice.open >= nothing
        assert all(part >= nothing for part in parts[2:6])
        assert nothing <= invoice.used <= max(nothing, invoice.gross)
        assert (invoice.state == "cleared") == (invoice.open == nothing)
        notes = [note for note in record.credit_notes if note.invoice_id == invoice.id]
        assert sum(note.gross.minor for note in notes) == invoice.credited.minor
        assert invoice.gross.minor <= 0 or invoice.credited <= invoice.gross
        assert all(ZERO <= each.credited <= each.quantity for each in invoice.lines)
    for payment in record.payments:
        assert payment.amount == payment.allocated + payment.refunded + payment.left
        assert payment.left >= nothing
        assert sum(each.amount.minor for each in payment.allocations) == payment.allocated.minor
        assert (payment.state == "used") == (payment.left == nothing)
    received = sum(invoice.received.minor for invoice in record.invoices)
    assert received == sum(payment.allocated.minor for payment in record.payments)
    taken_off = Counter[str]()
    for invoice in record.invoices:
        for deduction in invoice.deductions:
            taken_off[deduction.invoice_id] += deduction.amount.minor
    assert all(invoice.used.minor == taken_off[invoice.id] for invoice in record.invoices)


def billed_net(record: Settlement) -> int:
    """Invoices for goods less their credit notes, before tax."""
    goods = sum(each.totals.tax_exclusive.minor for each in record.invoices if each.kind is InvoiceKind.GOODS)
    notes = [note for note in record.credit_notes if record.invoices[note.invoice_id].kind is InvoiceKind.GOODS]
    return goods - sum(note.totals.tax_exclusive.minor for note in notes)


def billed_now(world: World) -> dict[str, Decimal]:
    """The quantities billed, net of credits."""
    return {each.id: billed_quantity(each) for each in world.case.ledger.lines if each.id in world.case.order.lines}


def settle(world: World) -> None:
    """Whatever is left to bill, credit, pay and refund is done, in this order, until nothing is."""
    for _ in range(40):
        case = world.case
        if any(True for _ in draftable(case)):
            world.bill(next(iter(draftable(case))))
        elif tuple(creditable(case)):
            world.credit()
        elif allocatable(case):
            world.clear()
        elif world.record.open_invoices:
            world.pay_all()
        elif world.record.unallocated:
            world.refund()
        else:
            return
        balances(world)
    raise AssertionError("settlement goes round in circles")


@settings(max_examples=60)
@given(orders(), st.lists(STEPS, max_size=14))
def test_every_amount_is_somewhere(ordered: Order, steps: list[Any]) -> None:
    """Per invoice: gross = received + discount + credited + written off + set off + retained + open; and receipts."""
    play(World(ordered), steps)


@settings(max_examples=60)
@given(orders(), st.lists(STEPS, max_size=14))
def test_invoices_less_credits_are_what_the_quantities_are_worth(ordered: Order, steps: list[Any]) -> None:
    """Before tax, to the cent and at every moment: invoiced net of credits = value of the quantities billed."""
    world = World(ordered)
    for step in steps:
        play(world, [step])
        assert billed_net(world.record) == value_of(ordered, billed_now(world)).minor


@settings(max_examples=60)
@given(orders(), st.lists(STEPS, max_size=10))
def test_an_order_delivered_in_any_parts_comes_to_its_own_total(ordered: Order, steps: list[Any]) -> None:
    """Whatever the parts: nothing returned and nothing short, and the invoices are the order before tax."""
    world = World(ordered)
    play(world, [step for step in steps if step[0] not in ("give_back", "short_close")])
    for each in ordered.lines:
        world.deliver(each.id, each.quantity.value)
    settle(world)
    assert billed_net(world.record) == ordered.totals.tax_exclusive.minor
    assert value_of(ordered, billed_now(world)) == ordered.totals.tax_exclusive


@settings(max_examples=60)
@given(orders(), st.lists(STEPS, max_size=12))
def test_every_life_can_be_settled(ordered: Order, steps: list[Any]) -> None:
    """From any moment: deliver the rest, do what is offered, and everything is billed, credited, paid and refunded."""
    world = World(ordered)
    play(world, steps)
    for each in ordered.lines:
        world.deliver(each.id, each.quantity.value)
    settle(world)
    assert settled(world.record, world.case)
    kept = {each.id: each.delivered - each.returned for each in world.case.ledger.lines}
    assert billed_net(world.record) == value_of(ordered, kept).minor
    goods = sum(each.gross.minor for each in world.record.invoices if each.kind is InvoiceKind.GOODS)
    notes = sum(
        each.gross.minor
        for each in world.record.credit_notes
        if world.record.invoices[each.invoice_id].kind is InvoiceKind.GOODS
    )
    paid = sum(each.amount.minor - each.refunded.minor for each in world.record.payments)
    lost = sum(each.discount.minor + each.written_off.minor + each.retained.minor for each in world.record.invoices)
    assert goods - notes == paid + lost


def moved(world: World) -> int:
    """The order runs on in another company's books, from what an export of them says; gives what stays behind.

    Invoices for nothing, or less, cannot be brought: they are settled, and the counts know of them.
    """
    known, record = world.case, world.record
    brought = [each for each in record.invoices if each.gross.minor > 0]
    behind = [each for each in record.invoices if each.gross.minor <= 0 and each.kind is InvoiceKind.GOODS]
    invoices = [
        BroughtInvoice(
            id=each.id,
            kind=each.kind,
            issued_on=each.issued_on,
            gross=each.gross,
            lines=each.lines,
            shares=each.shares,
            paid=each.received,
            written_off=each.written_off + each.discount,
            set_off=each.deductions,
            retained=each.retained,
            retained_until=each.retained_until,
        )
        for each in brought
    ]
    payments = [
        BroughtPayment(id=each.id, amount=each.left, received_at=each.received_at) for each in record.unallocated
    ]
    counts, ordered = tuple(known.ledger.lines), known.order
    told, now = world.story.told, world.story.now
    world.story = Story()
    world.story.told, world.story.now = told, now
    world.story.tell(
        AdoptOrder(ordered, "in_execution", counts, case_id="case-1", by=CLERK, invoices=invoices, payments=payments)
    )
    for before in brought:
        after = world.record.invoices[before.id]
        assert (after.gross, after.open, after.advance_left) == (before.gross, before.open, before.advance_left)
    return sum(each.totals.tax_exclusive.minor for each in behind)


@settings(max_examples=60)
@given(orders(), st.lists(STEPS, max_size=8), st.lists(STEPS, max_size=8))
def test_an_order_that_moves_in_the_middle_comes_to_the_same(
    ordered: Order, before: list[Any], after: list[Any]
) -> None:
    """Adopted with what its books say: nothing is billed twice or forgotten, and all is settled in the end."""
    world = World(ordered)
    play(world, [step for step in before if step[0] not in ("give_back", "short_close", "credit")])
    behind = moved(world)
    balances(world)
    assert billed_net(world.record) + behind == value_of(ordered, billed_now(world)).minor
    play(world, after)
    for each in ordered.lines:
        world.deliver(each.id, each.quantity.value)
    settle(world)
    assert settled(world.record, world.case)
    kept = {each.id: each.delivered - each.returned for each in world.case.ledger.lines}
    if not behind:  # what stayed behind cannot be credited
        assert billed_net(world.record) == value_of(ordered, kept).minor


def arithmetic(totals: Totals) -> None:
    """BR-CO-10 to BR-CO-16."""
    assert totals.tax_exclusive == totals.line_extension - totals.allowance_total + totals.charge_total
    assert totals.tax.minor == sum(each.tax.minor for each in totals.subtotals)
    assert totals.tax_exclusive.minor == sum(each.taxable.minor for each in totals.subtotals)
    assert totals.tax_inclusive == totals.tax_exclusive + totals.tax
    assert totals.payable == totals.tax_inclusive - totals.prepaid + totals.rounding


def taxed_right(each: TaxSubtotal, slack: int) -> bool:
    """BR-CO-17, within so many cents."""
    rate = each.category.rate if each.category is not None else None
    exact = each.taxable.minor * (rate or ZERO) / 100
    return abs(each.tax.minor - exact) <= Decimal("0.5") + slack


@settings(max_examples=60)
@given(orders(), st.lists(STEPS, max_size=12))
def test_every_document_obeys_the_arithmetic_of_the_standard(ordered: Order, steps: list[Any]) -> None:
    """EN 16931 BR-CO-10 to BR-CO-16 on every invoice and credit note; BR-CO-17 where tax is rounded by document."""
    world = World(ordered)
    play(world, steps)
    for invoice in world.record.invoices:
        arithmetic(invoice.totals)
        assert invoice.totals.line_extension.minor == sum(each.net.minor for each in invoice.lines) or not invoice.lines
        assert sum(each.amount.minor for each in invoice.dues) <= max(0, invoice.totals.payable.minor)
        if ordered.pricing.scope is RoundingScope.DOCUMENT or invoice.kind is InvoiceKind.ADVANCE:
            assert all(taxed_right(each, 0) for each in invoice.totals.subtotals)
    for note in world.record.credit_notes:
        arithmetic(note.totals)


@settings(max_examples=60)
@given(orders(), st.lists(STEPS, max_size=8), st.lists(st.decimals(0, 200, places=2), min_size=4, max_size=4))
def test_a_change_of_prices_is_billed_in_the_end(ordered: Order, steps: list[Any], prices: list[Decimal]) -> None:
    """After a revision, corrections bring what was invoiced to the value of the revision."""
    world = World(ordered)
    play(world, [step for step in steps if step[0] not in ("give_back", "short_close")])
    lines = [
        attrs.evolve(each, price=attrs.evolve(each.price, amount=price))
        for each, price in zip(ordered.lines, prices, strict=False)
    ]
    revised = attrs.evolve(ordered, lines=ordered.lines.replace(lines), revision=2)
    moment = world.story.now
    stamp = Stamp(CommandId("change"), CLERK, moment, moment)
    world.story.case = evolve_all(world.case, [OrderRevised(stamp, difference(ordered, revised))])
    for each in ordered.lines:
        world.deliver(each.id, each.quantity.value)
    for statement in world.record.live:
        raise AssertionError(statement.id)  # every statement was billed before the change
    settle(world)
    assert billed_net(world.record) == revised.totals.tax_exclusive.minor
    assert settled(world.record, world.case)


def test_the_states_of_invoices_and_payments_are_those_of_their_charts() -> None:
    """The laws above speak of all states that there are."""
    assert set(INVOICE.states) == {"open", "cleared"}
    assert set(PAYMENT.states) == {"open", "used"}
