"""Everything that cannot be of brought invoices and payments is named at once."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from build import CLERK, Story, line, order
from settling import eur

from orderlib.case.message import AdoptOrder
from orderlib.ledger.record import LineLedger
from orderlib.order.payment import Due
from orderlib.order.terms import TaxCategory
from orderlib.settlement.brought import BroughtInvoice, BroughtPayment
from orderlib.settlement.record import Deduction, InvoiceLine, Share
from orderlib.values.instant import day
from orderlib.values.money import Money

VAT = TaxCategory("S", "19")
USD = Money(5, "USD")


def invoice(**more: Any) -> BroughtInvoice:
    """An invoice over 119 EUR, unless said otherwise."""
    facts: dict[str, Any] = {"id": "I-1", "issued_on": "2026-02-20", "gross": eur(119), **more}
    return BroughtInvoice(**facts)


def billed(quantity: Any, net: Any = 100, line_id: str = "10") -> InvoiceLine:
    """A line of an invoice."""
    return InvoiceLine(line_id, Decimal(quantity), net if isinstance(net, Money) else eur(net), VAT)


def refused(*invoices: BroughtInvoice, payments: Any = (), **more: Any) -> tuple[str, ...]:
    """The codes with which an order of ten pumps, of which two are billed, is not adopted."""
    counted = LineLedger(id="10", ordered=0, invoiced=Decimal(3), credited=Decimal(1))
    wanted = order(line(quantity=10, price="100"))
    return Story().refused(
        AdoptOrder(wanted, "in_execution", [counted], invoices=invoices, payments=payments, by=CLERK, **more)
    )


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"gross": USD}, "adopt.currency"),
        ({"paid": USD}, "adopt.currency"),
        ({"dues": [Due(day("2026-03-01"), USD)]}, "adopt.currency"),
        ({"lines": [billed(1, USD)]}, "adopt.currency"),
        ({"shares": [Share(0, USD)]}, "adopt.currency"),
        ({"gross": eur(0)}, "adopt.amount"),
        ({"retained": eur(-1)}, "adopt.amount"),
        ({"used": eur(1)}, "adopt.amount"),
        ({"lines": [billed(-1)]}, "adopt.amount"),
        ({"gross": None, "lines": [billed(1, 0)]}, "adopt.amount"),
        ({"gross": None}, "adopt.no-amount"),
        ({"lines": [billed(1, 90)]}, "adopt.other-sum"),
        ({"paid": eur(100), "retained": eur(20)}, "adopt.above-invoiced"),
        ({"paid": eur(100), "written_off": eur("19.01")}, "adopt.above-invoiced"),
        ({"kind": "386", "used": eur(120)}, "adopt.above-invoiced"),
        ({"set_off": [Deduction("A-1", eur(1))]}, "adopt.unknown-advance"),
        ({"lines": [billed(1, line_id="77")]}, "adopt.unknown-line"),
        ({"lines": [billed(3)]}, "adopt.above-billed"),
        ({"shares": [Share(0, eur(1))]}, "adopt.unknown-share"),
        ({"kind": "383", "shares": [Share(-1, eur(100), VAT, "K-1")]}, "adopt.unknown-share"),
    ],
)
def test_each_contradiction_has_its_code(wrong, code):
    """Another currency, below nothing, more than there was, what nobody brought."""
    assert code in refused(invoice(**wrong))


def test_what_is_set_off_twice_over_is_more_than_the_advance():
    """What invoices set off counts together with what older ones did."""
    advance = invoice(id="A-1", kind="386", used=eur(100))
    assert "adopt.above-invoiced" in refused(advance, invoice(set_off=[Deduction("A-1", eur(20))]))
    foreign = invoice(set_off=[Deduction("A-1", eur(1)), Deduction("A-1", USD)])
    assert refused(advance, foreign) == ("adopt.currency",)


def test_money_is_above_nothing_and_nothing_comes_twice():
    """Payments, invoices, and what was paid of an invoice under the name that it will have."""
    nothing = BroughtPayment(id="p", amount=eur(0), received_at="2026-01-10T10:00:00Z")
    taken = BroughtPayment(id="paid of I-1", amount=eur(1), received_at="2026-01-10T10:00:00Z")
    found = refused(invoice(paid=eur(1)), invoice(id="I-2"), invoice(id="I-2"), payments=[nothing, nothing, taken])
    assert sorted(found) == ["adopt.amount", "adopt.amount", *["adopt.twice"] * 3]


def test_everything_is_said_at_once():
    """Also what is wrong of the state and of the other invoice."""
    found = refused(invoice(gross=USD), invoice(id="I-2", lines=[billed(3), billed(1, line_id="77")], gross=None))
    assert set(found) == {"adopt.currency", "adopt.unknown-line", "adopt.above-billed"}
