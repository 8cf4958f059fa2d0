"""Money in whole minor units."""

from __future__ import annotations

import copy
import pickle
from decimal import Decimal
from fractions import Fraction

import pytest
from attrs.exceptions import FrozenInstanceError

from orderlib.errors import InvalidValueError, PolicyError
from orderlib.values.money import Money, sum_money
from orderlib.values.rounding import DOWN, HALF_EVEN, HALF_UP, UP

lunch = Money("12.50", "EUR")
LIMIT = 10**18


@pytest.mark.parametrize(
    ("amount", "currency", "minor", "text"),
    [
        ("12.50", "EUR", 1250, "12.50 EUR"),
        ("12.5", "EUR", 1250, "12.50 EUR"),
        ("12.500", "EUR", 1250, "12.50 EUR"),
        ("-0.01", "EUR", -1, "-0.01 EUR"),
        (100, "JPY", 100, "100 JPY"),
        (Decimal("1.234"), "KWD", 1234, "1.234 KWD"),
        (0, "USD", 0, "0.00 USD"),
        ("9999999999999999.99", "EUR", LIMIT - 1, "9999999999999999.99 EUR"),
    ],
)
def test_an_amount_is_held_in_minor_units(amount, currency, minor, text):
    """Major units go in, an integer is kept, all digits of the minor unit come out."""
    money = Money(amount, currency)
    assert (money.minor, money.currency, str(money)) == (minor, currency, text)
    assert money == Money.of_minor(minor, currency) == Money(money.amount, currency)
    assert repr(money) == f"Money('{text.split()[0]}', '{currency}')"
    assert f"{money.amount:f}" == text.split()[0]


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [
        ("1.234", "EUR", {("money.too-fine", "/amount")}),
        ("0.5", "JPY", {("money.too-fine", "/amount")}),
        (10**16, "EUR", {("money.out-of-bounds", "/amount")}),
        (-(10**18), "JPY", {("money.out-of-bounds", "/amount")}),
        ("1e2", "EUR", {("decimal.malformed", "/amount")}),
        (12.5, "EUR", {("decimal.type", "/amount")}),
        ("1", "XAU", {("currency.no-minor-unit", "/currency")}),
        ("1", "DEM", {("currency.withdrawn", "/currency")}),
        ("-0", "euro", {("decimal.minus-zero", "/amount"), ("currency.malformed", "/currency")}),
        (None, None, {("decimal.type", "/amount"), ("currency.malformed", "/currency")}),
    ],
)
def test_a_bad_amount_is_refused_with_every_fault(amount, currency, expected):
    """Each fault has its code and its address."""
    with pytest.raises(InvalidValueError) as refusal:
        Money(amount, currency)
    assert {(finding.code, finding.address) for finding in refusal.value.findings} == expected


@pytest.mark.parametrize(
    ("minor", "currency", "code"),
    [
        (1.0, "EUR", "money.not-integer"),
        (True, "EUR", "money.not-integer"),
        ("1", "EUR", "money.not-integer"),
        (LIMIT, "EUR", "money.out-of-bounds"),
        (-LIMIT, "EUR", "money.out-of-bounds"),
        (1, "QQQ", "currency.unknown"),
        (1, [], "currency.malformed"),
    ],
)
def test_minor_units_are_a_bounded_integer(minor, currency, code):
    """The other way in is as strict."""
    with pytest.raises(InvalidValueError) as refusal:
        Money.of_minor(minor, currency)
    assert refusal.value.code == code


def test_arithmetic_stays_in_minor_units():
    """Sum, difference, sign and whole multiples are exact."""
    assert lunch + Money("0.01", "EUR") == Money("12.51", "EUR")
    assert lunch - Money("20", "EUR") == Money("-7.50", "EUR")
    assert -lunch == Money("-12.50", "EUR")
    assert abs(-lunch) == abs(lunch) == +lunch == lunch
    assert lunch * 3 == 3 * lunch == Money("37.50", "EUR")
    assert not Money.zero("EUR")
    assert lunch
    assert lunch.digits == 2


@pytest.mark.parametrize("large", [5 * 10**8, 10**12, LIMIT // 2])
def test_large_amounts_add_as_small_ones_do(large):
    """The everyday range is only a shortcut."""
    money = Money.of_minor(large, "EUR")
    one = Money.of_minor(1, "EUR")
    assert ((money + one).minor, (-money - one).minor) == (large + 1, -large - 1)
    assert sum_money([money, one], "EUR").minor == large + 1


@pytest.mark.parametrize(
    "operation",
    [
        lambda most: most + most,
        lambda most: -most - most,
        lambda most: most * 2,
        lambda most: most.times("1.5"),
        lambda most: sum_money([most, most], "EUR"),
        lambda most: most.to_step(10**17),
    ],
)
def test_every_result_is_bounded(operation):
    """No way leads out of the bounds."""
    with pytest.raises(InvalidValueError, match=r"money.out-of-bounds"):
        operation(Money.of_minor(LIMIT - 1, "EUR"))


OPERATIONS = [
    lambda left, right: left + right,
    lambda left, right: left - right,
    lambda left, right: left < right,
    lambda left, right: left <= right,
    lambda left, right: left > right,
    lambda left, right: left >= right,
    lambda left, right: left.share_of(right),
]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_two_currencies_do_not_mix(operation):
    """Without a rate there is no answer."""
    with pytest.raises(InvalidValueError, match=r"money.currency-mismatch.*EUR and USD"):
        operation(lunch, Money(1, "USD"))


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("stranger", [1, "12.50 EUR", None, Decimal(1)])
def test_money_combines_with_money_only(operation, stranger):
    """A number has no currency."""
    with pytest.raises(InvalidValueError, match=r"money.not-money"):
        operation(lunch, stranger)


def test_a_number_in_front_changes_nothing():
    """Nor does the order help; the plain `sum` starts with such a number."""
    for attempt in (lambda: 1 + lunch, lambda: 1 - lunch, lambda: sum([lunch, lunch])):
        with pytest.raises(InvalidValueError, match=r"money.not-money"):
            attempt()


@pytest.mark.parametrize("factor", [1.5, "2", True, Decimal(2), None])
def test_a_plain_product_takes_integers(factor):
    """What needs rounding names its rule, in `times`."""
    with pytest.raises(InvalidValueError, match=r"money.not-integer"):
        lunch * factor


def test_comparison_is_by_amount_and_equality_by_both():
    """Equal amounts of two currencies are two things."""
    more = Money("12.51", "EUR")
    assert lunch < more
    assert more > lunch
    assert lunch <= more
    assert lunch <= lunch + Money.zero("EUR")
    assert more >= lunch
    assert more >= more + Money.zero("EUR")
    assert not lunch > more
    assert max(lunch, more) is more
    assert Money(1, "EUR") != Money(1, "USD")
    assert Money(1, "EUR") != 1
    assert Money(1, "EUR") != "1.00 EUR"
    assert len({Money(1, "EUR"), Money("1.00", "EUR"), Money(1, "USD")}) == 2


@pytest.mark.parametrize(
    ("factor", "rule", "expected"),
    [
        ("0.19", HALF_UP, "2.38"),
        (Fraction(1, 3), HALF_UP, "4.17"),
        (Fraction(1, 3), DOWN, "4.16"),
        (Decimal("-0.1"), HALF_UP, "-1.25"),
        ("0.0044", HALF_EVEN, "0.06"),
        (2, UP, "25.00"),
    ],
)
def test_a_factor_is_rounded_once_by_its_rule(factor, rule, expected):
    """The product is exact until then."""
    assert lunch.times(factor, rule) == Money(expected, "EUR")


def test_what_is_finer_than_a_cent_is_rounded_on_request():
    """By a rule that has a name."""
    assert Money.rounded("1.235", "EUR") == Money("1.24", "EUR")
    assert Money.rounded(Fraction(-1, 3), "JPY", UP) == Money(-1, "JPY")
    assert Money.of_ratio(2, 3, "KWD", DOWN) == Money("0.666", "KWD")
    with pytest.raises(InvalidValueError, match=r"decimal.type.*/amount"):
        Money.rounded(0.1, "EUR")
    with pytest.raises(InvalidValueError, match=r"rounding.ratio"):
        Money.of_ratio(1, 0, "EUR")
    with pytest.raises(PolicyError, match=r"rounding.not-integer"):
        Money.rounded("1.5", "EUR", lambda numerator, denominator: numerator / denominator)


def test_cash_is_rounded_to_its_smallest_coin():
    """Five centimes in Switzerland."""
    assert Money("12.33", "CHF").to_step(5) == Money("12.35", "CHF")
    with pytest.raises(InvalidValueError, match=r"rounding.step"):
        lunch.to_step(0)


def test_a_share_is_an_exact_fraction():
    """Of anything but nothing."""
    assert Money("2.50", "EUR").share_of(lunch) == Fraction(1, 5)
    with pytest.raises(InvalidValueError, match=r"money.zero-whole"):
        lunch.share_of(Money.zero("EUR"))


def test_shares_sum_to_the_whole():
    """By weights, and evenly; a negative amount is mirrored."""
    assert [share.minor for share in Money("1", "EUR").allocate([1, 1, 1])] == [34, 33, 33]
    assert [share.minor for share in Money("-0.05", "EUR").allocate(["0.7", "0.3"])] == [-4, -1]
    assert [share.minor for share in lunch.split(4)] == [313, 313, 312, 312]
    assert {share.currency for share in lunch.split(4)} == {"EUR"}
    with pytest.raises(InvalidValueError, match=r"allocation.weights"):
        lunch.allocate([0])
    with pytest.raises(InvalidValueError, match=r"allocation.parts"):
        lunch.split(0)


def test_a_sum_has_a_currency_even_of_nothing():
    """And takes any iterable."""
    assert sum_money([], "EUR") == Money.zero("EUR")
    assert sum_money((lunch for _ in range(4)), "EUR") == lunch * 4


class Stranger:
    """Looks like money, and is not."""

    currency = lunch.currency
    minor = 0.5


@pytest.mark.parametrize(
    ("amounts", "currency", "message"),
    [
        ([lunch, Money(1, "USD")], "EUR", r"money.currency-mismatch.*EUR and USD"),
        ([lunch, 1], "EUR", r"money.not-money.*not with int"),
        (iter([lunch, "1"]), "EUR", r"money.not-money.*not with list_iterator"),
        ([lunch, None], "EUR", r"money.not-money.*not with NoneType"),
        (7, "EUR", r"money.not-money.*not with int"),
        ([Stranger()], "EUR", r"money.not-integer.*not float"),
        ([], "XXX", r"currency.no-minor-unit"),
        ([], ["EUR"], r"currency.malformed"),
    ],
)
def test_a_sum_of_what_does_not_add_up_is_refused(amounts, currency, message):
    """With the reason."""
    with pytest.raises(InvalidValueError, match=message):
        sum_money(amounts, currency)


def test_money_cannot_be_changed():
    """Neither written to, nor deleted from, nor extended."""
    money = Money("1", "EUR")
    for change in (
        lambda: setattr(money, "minor", 5),
        lambda: setattr(money, "currency", "USD"),
        lambda: setattr(money, "note", "x"),
        lambda: delattr(money, "minor"),
    ):
        with pytest.raises(FrozenInstanceError):
            change()
    assert not hasattr(money, "__dict__")
    assert (money.minor, money.currency) == (100, "EUR")


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_money_travels(protocol):
    """A pickle is read through the strict door; a copy is the thing itself."""
    again = pickle.loads(pickle.dumps(lunch, protocol))
    assert again == lunch
    assert again.currency is lunch.currency
    assert type(again) is Money
    assert copy.copy(lunch) is copy.deepcopy(lunch) is lunch


def test_money_can_be_matched():
    """By amount and currency."""
    match lunch:
        case Money(amount, "EUR"):
            assert amount == Decimal("12.50")
        case _:
            pytest.fail("no match")
