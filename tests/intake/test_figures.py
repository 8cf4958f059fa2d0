"""Figures that cannot be meant are found, and those that can be are not."""

from __future__ import annotations

from datetime import date

import attrs
import pytest
from build import BUYER, line, order

from orderlib.intake.figures import plausible
from orderlib.intake.record import Receipt
from orderlib.intake.screening import EveryFinding
from orderlib.intake.submission import Submission
from orderlib.order.line import OrderLine
from orderlib.order.terms import AllowanceCharge, TaxCategory
from orderlib.order.totals import StatedTotals
from orderlib.values.money import Money
from orderlib.values.quantity import Quantity

SUBMISSION = Submission(screened_on=date(2026, 3, 2))


def euro(amount: str) -> Money:
    """So many euros."""
    return Money(amount, "EUR")


def pieces(quantity: str, unit: str) -> OrderLine:
    """A line of so much of a unit."""
    return attrs.evolve(line(), quantity=Quantity(quantity, unit))


def said(given) -> set[tuple[str, str]]:
    """Code (without the room) and address of all that is found."""
    return {(each.code.removeprefix("intake."), each.address) for each in plausible(given, SUBMISSION)}


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (order(), None),
        (order(line(price="0")), None),
        (order(line(price=None)), None),
        (order(seller=BUYER), ("same-party", "/seller/id")),
        (order(line(), line("20", price="-5")), ("price-negative", "/lines/1/price")),
        (order(line(allowance_charges=[AllowanceCharge(euro("599.70"))])), None),
        (
            order(line(allowance_charges=[AllowanceCharge(euro("599.71"))])),
            ("line-negative", "/lines/0/allowance_charges"),
        ),
        (order(allowance_charges=[AllowanceCharge(euro("599.70"))]), None),
        (order(allowance_charges=[AllowanceCharge(euro("599.71"))]), ("total-negative", "/allowance_charges")),
        (order(prepaid=euro("713.64")), None),
        (order(prepaid=euro("713.65")), ("prepaid", "/prepaid")),
        (order(prepaid=euro("-0.01")), ("prepaid", "/prepaid")),
        (order(rounding=euro("-7.13")), None),
        (order(rounding=euro("7.14")), ("rounding-large", "/rounding")),
        (order(line(price="1"), rounding=euro("1")), None),
        (order(line(price="1"), rounding=euro("1.01")), ("rounding-large", "/rounding")),
        (order(line(tax=TaxCategory("S", 0))), ("tax-rate", "/lines/0/tax/rate")),
        (order(line(tax=TaxCategory("AE", 19))), ("tax-rate", "/lines/0/tax/rate")),
        (order(line(tax=TaxCategory("L", 0))), None),
        (order(line(tax=TaxCategory("O"))), None),
        (
            order(allowance_charges=[AllowanceCharge(euro("1"), True, tax=TaxCategory("Z", 7))]),
            ("tax-rate", "/allowance_charges/0/tax/rate"),
        ),
        (order(pieces("2.5", "H87")), ("quantity-fraction", "/lines/0/quantity")),
        (order(pieces("2.5", "KGM")), None),
        (order(pieces("2", "H87")), None),
    ],
)
def test_what_cannot_be_meant_is_found_at_its_place(given, found):
    """To the cent, and nothing else."""
    assert said(given) == (set() if found is None else {found})


def test_sums_that_money_cannot_hold_go_back_to_the_customer():
    """Also where the document states some: the rules go on, and the finding says what is wrong."""
    giant = order(line(quantity="999999999999999", price="9999999999"))
    assert said(giant) == {("money.out-of-bounds", "/totals")}
    receipt = Receipt(channel="EI", received_at="2026-03-02T08:00:00Z", stated=StatedTotals(payable=euro("1")))
    decision = EveryFinding()(giant, attrs.evolve(SUBMISSION, receipt=receipt))
    assert decision.outcome == "return"
    assert [each.code for each in decision.reasons] == ["money.out-of-bounds"]
