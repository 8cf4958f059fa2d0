"""Totals of any order obey EN 16931, and dues sum to the cent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from orderlib.order.line import Item, OrderLine
from orderlib.order.payment import DueRule, Instalment, PaymentTerms, due_dates
from orderlib.order.record import Order
from orderlib.order.terms import AllowanceCharge, Pricing, RoundingName, TaxCategory
from orderlib.order.totals import StatedTotals, compare_totals, line_net, totals_of
from orderlib.values.money import Money, sum_money
from orderlib.values.party import Party
from orderlib.values.quantity import Quantity
from orderlib.values.rate import UnitPrice

CURRENCIES = st.sampled_from(["EUR", "JPY", "KWD"])
CATEGORIES = st.none() | st.builds(
    TaxCategory, st.sampled_from(["S", "Z", "AE"]), st.sampled_from(["0", "7", "19", "5.5"])
)
QUANTITIES = st.decimals(0, 10_000, places=3)
PRICES = st.decimals(-100, 10_000, places=4)


@st.composite
def orders(draw):
    """Orders with every kind of amount on them."""
    currency = draw(CURRENCIES)
    money = st.integers(0, 10**6).map(lambda minor: Money.of_minor(minor, currency))
    extras = st.lists(st.builds(AllowanceCharge, money, st.booleans(), tax=CATEGORIES), max_size=2)
    prices = st.none() | st.builds(UnitPrice, PRICES, st.just(currency), st.sampled_from([1, 3, 100]))
    quantities = QUANTITIES.map(lambda value: Quantity(abs(value)))
    lines = [
        OrderLine(
            str(number),
            Item("P"),
            draw(quantities),
            draw(prices),
            tax=draw(CATEGORIES),
            allowance_charges=draw(extras),
        )
        for number in range(draw(st.integers(0, 5)))
    ]
    return Order(
        "1",
        Party("C"),
        Party("S"),
        currency,
        lines,
        allowance_charges=draw(extras),
        prepaid=draw(st.none() | money),
        rounding=draw(st.none() | money),
        pricing=Pricing(
            rounding=draw(st.sampled_from(RoundingName)), scope=draw(st.sampled_from(["line", "document"]))
        ),
    )


@given(orders())
def test_totals_obey_the_sums_of_the_standard(order):
    """BR-CO-10 to BR-CO-16, and BR-S-08: taxable amounts make up the total without tax."""
    totals, currency = totals_of(order), order.currency
    net = sum_money([line_net(order, line) for line in order.lines], currency)
    assert totals.line_extension == net
    assert totals.allowance_total == sum_money([e.amount for e in order.allowance_charges if not e.charge], currency)
    assert totals.charge_total == sum_money([e.amount for e in order.allowance_charges if e.charge], currency)
    assert totals.tax_exclusive == net - totals.allowance_total + totals.charge_total
    assert totals.tax == sum_money([each.tax for each in totals.subtotals], currency)
    assert totals.tax_inclusive == totals.tax_exclusive + totals.tax
    assert totals.payable == totals.tax_inclusive - totals.prepaid + totals.rounding
    assert sum_money([each.taxable for each in totals.subtotals], currency) == totals.tax_exclusive


@given(orders())
def test_tax_is_within_a_unit_of_its_exact_value_for_every_amount_rounded(order):
    """BR-CO-17: one rounding for each group, or one for each amount in it."""
    roundings = 1 if order.pricing.scope == "document" else len(order.lines) + len(order.allowance_charges)
    for each in totals_of(order).subtotals:
        rate = each.category.rate if each.category else Decimal(0)
        exact = Fraction(each.taxable.minor) * Fraction(rate) / 100
        assert abs(each.tax.minor - exact) < roundings or each.tax.minor == exact


@given(orders())
def test_an_order_agrees_with_the_totals_that_it_makes(order):
    """Stating our own totals finds no difference."""
    totals = totals_of(order)
    stated = StatedTotals(
        line_extension=totals.line_extension,
        tax=totals.tax,
        payable=totals.payable,
        lines=[(line.id, line_net(order, line)) for line in order.lines],
    )
    assert compare_totals(order, stated) == ()


@given(orders(), st.data())
def test_parts_grow_into_the_whole(order, data):
    """The whole in parts is the whole before prepayment and rounding."""
    whole = totals_of(order)
    everything = {line.id: line.quantity.value for line in order.lines}
    # a line ordered as nothing is not delivered by delivering all of it
    if all(everything.values()):
        parts = totals_of(order, everything)
        assert (parts.tax_inclusive, parts.subtotals) == (whole.tax_inclusive, whole.subtotals)
    share = {line_id: data.draw(st.sampled_from([Decimal(0), value])) for line_id, value in everything.items()}
    part = totals_of(order, share)
    assert part.tax_inclusive == part.tax_exclusive + part.tax


INSTALMENTS = st.one_of(
    st.builds(
        Instalment,
        st.decimals("0.01", 100, places=2),
        st.builds(DueRule, months=st.integers(0, 3), days=st.integers(0, 90), end_of_month=st.booleans()),
        of=st.sampled_from(["total", "remainder"]),
    ),
    st.builds(lambda minor: Instalment(amount=Money.of_minor(minor, "EUR")), st.integers(1, 10**6)),
)


@given(
    st.lists(INSTALMENTS, max_size=6),
    st.integers(-(10**8), 10**8),
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
)
def test_dues_sum_to_the_cent_and_never_turn_round(parts, minor, on):
    """No part has another sign than the whole, and none is due before it was invoiced."""
    amount = Money.of_minor(minor, "EUR")
    dues = due_dates(PaymentTerms(instalments=[*parts, Instalment()]), amount, on)
    assert sum_money([each.amount for each in dues], "EUR") == amount
    assert all(each.on >= on for each in dues)
    assert all(each.amount.minor * minor > 0 for each in dues) or not minor


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 24))
def test_the_end_of_the_month_is_the_last_day_of_a_month(on, months):
    """The next day is a first."""
    due = DueRule(months=months, end_of_month=True)(on)
    assert date.fromordinal(due.toordinal() + 1).day == 1
    assert (due.year * 12 + due.month) - (on.year * 12 + on.month) == months
