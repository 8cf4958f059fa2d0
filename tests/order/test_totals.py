"""Totals follow EN 16931: each test names its rule."""

from __future__ import annotations

from decimal import Decimal

import attrs
import pytest

from orderlib.errors import InvalidValueError
from orderlib.order.line import Item, OrderLine
from orderlib.order.terms import AllowanceCharge, Pricing, TaxCategory
from orderlib.order.totals import StatedTotals, compare_totals, line_net, totals_of
from orderlib.values.money import Money
from orderlib.values.quantity import Conversion, Quantity
from orderlib.values.rate import UnitPrice


def eur(amount):
    """So many euros."""
    return Money(amount, "EUR")


def off(amount, **more):
    """An allowance of so many euros."""
    return AllowanceCharge(eur(amount), **more)


def on_top(amount, **more):
    """A charge of so many euros."""
    return AllowanceCharge(eur(amount), True, **more)


S19, S7, ZERO = TaxCategory("S", "19"), TaxCategory("S", "7"), TaxCategory("Z", "0")


def test_a_line_is_quantity_times_price_less_allowances_plus_charges(make_order, make_line):
    """BT-131: rounded once, before the allowances."""
    line = make_line(quantity="2.5", price="0.333", allowance_charges=[off("0.10"), on_top("0.30")])
    assert line_net(make_order(line), line) == eur("1.03")


def test_a_price_may_be_for_a_base_quantity(make_order, make_line):
    """BT-149: 12.345 for a hundred."""
    line = make_line(quantity=250, price=UnitPrice("12.345", "EUR", per=100))
    assert line_net(make_order(line), line) == eur("30.86")


def test_a_price_may_be_for_another_unit(make_order):
    """BT-150: by the conversion of units, or the item's own."""
    metal = OrderLine("1", Item("A"), Quantity(500, "GRM"), UnitPrice("5", "EUR", unit="KGM"))
    boxes = Item("B", conversions=[Conversion("XBX", "C62", 12)])
    boxed = OrderLine("2", boxes, Quantity(2, "XBX"), UnitPrice("0.5", "EUR", unit="C62"))
    assert totals_of(make_order(metal, boxed)).line_extension == eur("14.50")


def test_the_fast_product_is_the_exact_one(make_order, make_line):
    """What totals multiply by hand is what the price itself says."""
    price = UnitPrice("7.77777", "EUR", per="3")
    line = make_line(quantity="123.456789", price=price)
    assert line_net(make_order(line), line) == price.extend(line.quantity)


def test_a_line_without_price_counts_as_nothing(make_order, make_line):
    """Screening reports it; its allowances count."""
    line = make_line(price=None, allowance_charges=[off("1")])
    assert totals_of(make_order(line)).line_extension == eur("-1")


def test_every_total_follows_from_the_others(make_order, make_line):
    """BR-CO-10 to BR-CO-16 on one order with everything."""
    order = make_order(
        make_line("1", 3),
        make_line("2", 1, "50", tax=S7),
        allowance_charges=[off("30", tax=S19), on_top("10", tax=S7)],
        prepaid=eur("100"),
        rounding=eur("0.40"),
    )
    totals = totals_of(order)
    assert totals.line_extension == eur("350")
    assert (totals.allowance_total, totals.charge_total) == (eur("30"), eur("10"))
    assert totals.tax_exclusive == eur("330")
    assert [(each.category, each.taxable, each.tax) for each in totals.subtotals] == [
        (S19, eur("270"), eur("51.30")),
        (S7, eur("60"), eur("4.20")),
    ]
    assert totals.tax == eur("55.50")
    assert totals.tax_inclusive == eur("385.50")
    assert (totals.prepaid, totals.rounding) == (eur("100"), eur("0.40"))
    assert totals.payable == eur("285.90")


def test_tax_is_rounded_once_for_each_category_and_rate(make_order, make_line):
    """BR-CO-17: three times 0.10 at 5 % is 0.02, not three times 0.01."""
    lines = [make_line(str(n), 1, "0.10", tax=TaxCategory("S", "5")) for n in range(3)]
    assert totals_of(make_order(*lines)).tax == eur("0.02")


def test_tax_may_be_rounded_line_by_line(make_order, make_line):
    """Where the order says so."""
    lines = [make_line(str(n), 1, "0.10", tax=TaxCategory("S", "5")) for n in range(3)]
    order = make_order(*lines, allowance_charges=[off("0.10")], pricing=Pricing(scope="line"))
    totals = totals_of(order)
    assert totals.tax == eur("0.02")
    assert [(each.taxable, each.tax) for each in totals.subtotals] == [(eur("0.20"), eur("0.02"))]


def test_the_order_keeps_its_rounding_rule(make_order, make_line):
    """0.125 is 0.13, or 0.12 to the even cent."""
    line = make_line(quantity=1, price="0.125")
    assert totals_of(make_order(line)).line_extension == eur("0.13")
    assert totals_of(make_order(line, pricing=Pricing(rounding="HALF_EVEN"))).line_extension == eur("0.12")


def test_equal_rates_of_different_schemes_stand_apart(make_order, make_line):
    """A group is a scheme, a category and a rate (BR-S-08)."""
    lines = [
        make_line("1", tax=S19),
        make_line("2", tax=TaxCategory("S", "19", scheme="GST")),
        make_line("3", tax=ZERO),
    ]
    assert [each.tax for each in totals_of(make_order(*lines)).subtotals] == [eur("19"), eur("19"), eur("0")]


def test_what_has_no_category_bears_no_tax(make_order, make_line):
    """It stands in a subtotal of its own."""
    totals = totals_of(make_order(make_line("1", tax=None), make_line("2")))
    assert [(each.category, each.taxable, each.tax) for each in totals.subtotals] == [
        (None, eur("100"), eur("0")),
        (S19, eur("100"), eur("19")),
    ]


def test_an_allowance_takes_the_one_category_of_all_lines(make_order, make_line):
    """Where lines differ, or one has none, it stands apart without tax."""
    alike = make_order(make_line("1"), make_line("2"), allowance_charges=[off("100")])
    assert totals_of(alike).tax == eur("19")
    mixed = make_order(make_line("1"), make_line("2", tax=S7), allowance_charges=[off("100")])
    assert totals_of(mixed).subtotals[-1].category is None
    assert totals_of(mixed).tax == eur("26")


def test_currencies_without_cents_round_to_whole_units(make_order, make_line):
    """The minor unit is the currency's."""
    yen = make_line(quantity=3, price="33.4", currency="JPY")
    totals = totals_of(make_order(yen, currency="JPY"))
    assert (totals.line_extension, totals.tax) == (Money("100", "JPY"), Money("19", "JPY"))


def test_an_order_without_lines_is_worth_nothing(make_order):
    """All zero, no subtotal."""
    totals = totals_of(attrs.evolve(make_order(), lines=()))
    assert totals.payable == eur("0")
    assert totals.subtotals == ()


def test_a_total_beyond_all_bounds_is_a_documented_error(make_order, make_line):
    """Lines that are fine one by one may pass the bound together."""
    lines = [make_line(str(n), 999_999_999, "9999999") for n in range(3)]
    with pytest.raises(InvalidValueError) as caught:
        totals_of(make_order(*lines))
    assert caught.value.code == "money.out-of-bounds"


class TestParts:
    """The value of a part of an order."""

    @pytest.fixture
    def order(self, make_order, make_line):
        """Two lines with an allowance each way, something prepaid."""
        return make_order(
            make_line("1", 3, "0.35", allowance_charges=[off("0.10")]),
            make_line("2", 7, "1.11"),
            allowance_charges=[off("1"), on_top("0.50")],
            prepaid=eur("1"),
            rounding=eur("0.01"),
        )

    def test_only_named_lines_count(self, order):
        """Allowances in proportion; prepayment and rounding belong to the whole."""
        part = totals_of(order, {"1": Decimal(1)})
        assert part.line_extension == eur("0.32")
        assert part.allowance_total == eur("0.04")
        assert part.payable == part.tax_inclusive

    def test_every_line_whole_is_the_whole(self, order):
        """Before what was prepaid and rounded."""
        whole, parts = totals_of(order), totals_of(order, {line.id: line.quantity.value for line in order.lines})
        assert parts.tax_inclusive == whole.tax_inclusive
        assert parts.subtotals == whole.subtotals

    def test_growing_parts_sum_to_the_whole(self, order):
        """Whatever the steps, the differences add up to the cent."""
        steps = [{"1": Decimal(1)}, {"1": Decimal(2), "2": Decimal("0.5")}, {"1": Decimal(3), "2": Decimal(7)}]
        values = [totals_of(order, step).tax_inclusive for step in steps]
        billed = [values[0], values[1] - values[0], values[2] - values[1]]
        assert billed[0] + billed[1] + billed[2] == totals_of(order).tax_inclusive

    def test_nothing_delivered_is_nothing(self, order):
        """Neither lines nor the allowances of the order."""
        assert totals_of(order, {}).payable == eur("0")

    def test_an_order_worth_nothing_keeps_its_charges(self, make_order, make_line):
        """There is no proportion of zero: the order's charges count whole."""
        free = make_order(make_line("1", 2, "0"), allowance_charges=[on_top("5")])
        assert totals_of(free, {"1": Decimal(1)}).charge_total == eur("5")

    def test_what_was_ordered_as_nothing_carries_its_charges_once(self, make_order, make_line):
        """A line cancelled to zero and delivered all the same."""
        line = make_line("1", 0, "10", allowance_charges=[on_top("3")])
        order = make_order(line)
        assert line_net(order, line, Decimal(2)) == eur("23")
        assert line_net(order, line, Decimal(0)) == eur("0")


class TestStated:
    """What a document states is compared, never repaired."""

    def test_what_agrees_is_silent(self, make_order):
        """So is whatever was left out."""
        order = make_order()
        stated = StatedTotals(line_extension=eur("100"), payable=eur("119"), tax=eur("19"), lines=[("10", eur("100"))])
        assert compare_totals(order, stated) == ()
        assert compare_totals(order, StatedTotals()) == ()

    def test_every_difference_is_a_finding(self, make_order):
        """Each with its own code and place."""
        one = eur("1")
        stated = StatedTotals(
            line_extension=one,
            allowance_total=one,
            charge_total=one,
            tax_exclusive=one,
            tax=one,
            tax_inclusive=one,
            prepaid=one,
            rounding=one,
            payable=one,
            lines=[("10", one), ("99", one)],
        )
        found = compare_totals(make_order(), stated)
        assert [(each.code, each.address) for each in found] == [
            ("totals.line-net", "/lines/0/net"),
            ("totals.unknown-line", "/lines"),
            ("totals.line-extension", "/totals/line_extension"),
            ("totals.allowance-total", "/totals/allowance_total"),
            ("totals.charge-total", "/totals/charge_total"),
            ("totals.tax-exclusive", "/totals/tax_exclusive"),
            ("totals.tax", "/totals/tax"),
            ("totals.tax-inclusive", "/totals/tax_inclusive"),
            ("totals.prepaid", "/totals/prepaid"),
            ("totals.rounding", "/totals/rounding"),
            ("totals.payable", "/totals/payable"),
        ]
        assert found[-1].message() == "the payable amount is 119.00 EUR, stated as 1.00 EUR"

    def test_another_currency_differs(self, make_order):
        """The same number of dollars is not the same amount."""
        found = compare_totals(make_order(), StatedTotals(payable=Money("119", "USD")))
        assert [each.code for each in found] == ["totals.payable"]
