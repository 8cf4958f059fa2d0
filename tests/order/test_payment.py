"""Terms of payment lead to days and amounts."""

from __future__ import annotations

from datetime import date

import pytest

from orderlib.errors import InvalidValueError
from orderlib.order.payment import Due, DueRule, Instalment, PaymentTerms, ShareOf, due_dates
from orderlib.values.money import Money
from orderlib.values.rounding import DOWN


def eur(amount):
    """So many euros."""
    return Money(amount, "EUR")


def codes(make):
    """Code and address of everything that the call refuses."""
    with pytest.raises(InvalidValueError) as caught:
        make()
    return [(each.code, each.address) for each in caught.value.findings]


@pytest.mark.parametrize(
    ("rule", "on", "due"),
    [
        (DueRule(), "2026-03-31", "2026-03-31"),
        (DueRule(days=30), "2026-03-31", "2026-04-30"),
        (DueRule(weeks=2, days=1), "2026-03-31", "2026-04-15"),
        (DueRule(months=1), "2026-01-31", "2026-02-28"),
        (DueRule(months=1), "2028-01-31", "2028-02-29"),
        (DueRule(months=13), "2026-12-05", "2028-01-05"),
        (DueRule(end_of_month=True), "2026-02-10", "2026-02-28"),
        (DueRule(days=30, end_of_month=True), "2026-01-15", "2026-02-28"),
        (DueRule(months=1, day_of_month=10), "2026-01-31", "2026-02-10"),
        (DueRule(day_of_month=31), "2026-02-10", "2026-02-28"),
        (DueRule(month=6, day_of_month=15), "2026-02-10", "2026-06-15"),
        (DueRule(months=2, day_of_month=15, days=30), "2011-10-01", "2012-01-14"),
        (DueRule(weekday=5), "2026-03-31", "2026-04-03"),
        (DueRule(weekday=2), "2026-03-31", "2026-03-31"),
    ],
)
def test_a_rule_leads_from_a_day_to_a_day(rule, on, due):
    """Months, then the set day, then weeks and days, then the month's end, then the weekday."""
    assert rule(date.fromisoformat(on)) == date.fromisoformat(due)


@pytest.mark.parametrize("field", ["days", "weeks", "months", "month", "day_of_month", "weekday"])
@pytest.mark.parametrize("value", [-1, 100_000, True, "3"])
def test_a_rule_counts_in_whole_numbers_within_bounds(field, value):
    """Anything else names its field."""
    assert codes(lambda: DueRule(**{field: value})) == [("number.whole", f"/{field}")]


def test_a_day_beyond_the_calendar_is_a_documented_error():
    """The year 9999 is the last."""
    assert codes(lambda: DueRule(days=1)(date.max)) == [("payment.due-range", "")]
    assert codes(lambda: DueRule(months=1)(date.max)) == [("payment.due-range", "")]


@pytest.mark.parametrize(
    ("make", "code", "address"),
    [
        (lambda: Instalment("0"), "payment.percent", "/share"),
        (lambda: Instalment("101"), "payment.percent", "/share"),
        (lambda: Instalment("x"), "decimal.malformed", "/share"),
        (lambda: Instalment("40", divisor=2), "payment.divisor", "/divisor"),
        (lambda: Instalment("33", divisor=3), "payment.divisor", "/divisor"),
        (lambda: Instalment("33.34", divisor=3), "payment.divisor", "/divisor"),
        (lambda: Instalment(divisor=0), "number.whole", "/divisor"),
        (lambda: Instalment("50", amount=eur(1)), "payment.share-and-amount", "/amount"),
        (lambda: Instalment(divisor=2, amount=eur(1)), "payment.share-and-amount", "/amount"),
        (lambda: Instalment(amount=eur(0)), "payment.amount", "/amount"),
        (lambda: Instalment("50", of="half"), "code.unknown", "/of"),
    ],
)
def test_an_instalment_that_cannot_be_is_refused(make, code, address):
    """It is a share, an amount or what is left."""
    assert codes(make) == [(code, address)]


def test_a_share_may_be_said_as_a_divisor():
    """Percent beside it must be the same as far as they go."""
    assert Instalment("50", divisor=2).fraction == Instalment(divisor=2).fraction
    assert Instalment("33.33", divisor=3).fraction * 3 == 1
    assert Instalment("33.34").fraction * 10_000 == 3334


@pytest.mark.parametrize(
    ("make", "code", "address"),
    [
        (lambda: PaymentTerms(net_days=-1), "number.whole", "/net_days"),
        (lambda: PaymentTerms(discount_days=4000), "number.whole", "/discount_days"),
        (lambda: PaymentTerms(advance=-1), "payment.percent", "/advance"),
        (lambda: PaymentTerms(discount="100.5"), "payment.percent", "/discount"),
        (lambda: PaymentTerms(advance=60, retention=50), "payment.percent", "/retention"),
        (lambda: PaymentTerms(instalments=[Instalment("50")]), "payment.shares", "/instalments"),
        (lambda: PaymentTerms(instalments=[Instalment(amount=eur(5))]), "payment.shares", "/instalments"),
        (
            lambda: PaymentTerms(instalments=[Instalment("100"), Instalment(amount=eur(5))]),
            "payment.shares",
            "/instalments",
        ),
        (lambda: PaymentTerms(instalments=[Instalment(), Instalment("50")]), "payment.rest", "/instalments/0"),
        (lambda: PaymentTerms(instalments=[Instalment(), Instalment()]), "payment.rest", "/instalments/0"),
    ],
)
def test_terms_leave_nothing_open_and_nothing_twice(make, code, address):
    """Shares make up the whole, or one instalment, the last, takes what is left."""
    assert codes(make) == [(code, address)]


def test_shares_of_the_remainder_count_by_what_is_left():
    """Half, then half of the rest, then all of the rest."""
    parts = [Instalment("50"), Instalment("50", of="remainder"), Instalment("100", of=ShareOf.REMAINDER)]
    dues = due_dates(PaymentTerms(instalments=parts), eur("100"), date(2026, 3, 1))
    assert [each.amount for each in dues] == [eur("50"), eur("25"), eur("25")]


def test_thirds_sum_to_the_cent():
    """The last takes what rounding left."""
    terms = PaymentTerms(instalments=[Instalment(divisor=3, due=DueRule(months=n)) for n in range(3)])
    dues = due_dates(terms, eur("100"), date(2026, 1, 31))
    assert dues == (
        Due(date(2026, 1, 31), eur("33.33")),
        Due(date(2026, 2, 28), eur("33.33")),
        Due(date(2026, 3, 31), eur("33.34")),
    )


def test_without_instalments_all_is_due_after_the_net_days():
    """Thirty, unless told otherwise."""
    assert due_dates(PaymentTerms(), eur("5"), "2026-03-01") == (Due(date(2026, 3, 31), eur("5")),)


def test_nothing_is_due_at_once():
    """An amount of zero has one line, on the day itself."""
    terms = PaymentTerms(instalments=[Instalment("50", DueRule(days=9)), Instalment()])
    assert due_dates(terms, eur("0"), date(2026, 3, 1)) == (Due(date(2026, 3, 1), eur("0")),)


def test_no_part_passes_what_is_left():
    """A cent split by four shares is due once, and a fixed amount stops at the whole."""
    quarters = PaymentTerms(instalments=[Instalment("25")] * 4)
    assert [each.amount for each in due_dates(quarters, eur("0.02"), date(2026, 3, 1))] == [eur("0.01"), eur("0.01")]
    fixed = PaymentTerms(instalments=[Instalment(amount=eur("400")), Instalment()])
    assert [each.amount for each in due_dates(fixed, eur("300"), date(2026, 3, 1))] == [eur("300")]


def test_a_credit_falls_due_in_the_same_shares():
    """With the sign turned round."""
    terms = PaymentTerms(instalments=[Instalment(amount=eur("4")), Instalment("50"), Instalment()])
    dues = due_dates(terms, eur("-10"), date(2026, 3, 1))
    assert [each.amount for each in dues] == [eur("-4"), eur("-5"), eur("-1")]


def test_shares_are_rounded_by_the_rule():
    """Commercially, unless another is named."""
    terms = PaymentTerms(instalments=[Instalment("50"), Instalment()])
    assert due_dates(terms, eur("0.05"), date(2026, 3, 1))[0].amount == eur("0.03")
    assert due_dates(terms, eur("0.05"), date(2026, 3, 1), rule=DOWN)[0].amount == eur("0.02")


def test_a_fixed_amount_is_in_the_currency_of_the_whole():
    """Otherwise it cannot be taken off it."""
    terms = PaymentTerms(instalments=[Instalment(amount=eur("4")), Instalment()])
    wrong = lambda: due_dates(terms, Money("10", "USD"), date(2026, 3, 1))
    assert codes(wrong) == [("payment.currency", "/instalments/0/amount/currency")]
