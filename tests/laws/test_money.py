"""What holds for money whatever the amounts: nothing is lost, nothing is invented, nothing hostile comes in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from orderlib.errors import InvalidValueError, known_codes
from orderlib.values.currency import PRICED
from orderlib.values.decimals import decimal
from orderlib.values.money import Money, sum_money
from orderlib.values.quantity import Quantity
from orderlib.values.rate import ExchangeRate, Percentage, UnitPrice
from orderlib.values.rounding import DOWN, ROUNDINGS, ToStep

DAY = date(2026, 3, 2)
codes = st.sampled_from(sorted(PRICED))
minors = st.integers(-(10**15), 10**15)
amounts = st.builds(Money.of_minor, minors, codes)
euros = st.builds(Money.of_minor, minors, st.just("EUR"))
weights = st.lists(
    st.integers(0, 10**6) | st.decimals(0, 1000, places=3) | st.fractions(0, 1000, max_denominator=97),
    min_size=1,
    max_size=12,
).filter(any)
rules = st.sampled_from(list(ROUNDINGS.values()))
ratios = st.tuples(st.integers(-(10**9), 10**9), st.integers(1, 10**4))


@given(amounts)
def test_what_is_written_is_read_again(money):
    """An amount survives its text, its Decimal and its repr."""
    text, code = str(money).split()
    assert money == Money(text, code) == Money(money.amount, code) == eval(repr(money))
    assert Decimal(text) == money.amount


@given(euros, euros, euros)
def test_addition_is_that_of_integers(one, two, three):
    """Associative, commutative, with an inverse and a zero; the same as over decimals."""
    assert (one + two) + three == one + (two + three)
    assert one + two == two + one
    assert one + two - two == one
    assert one - one == Money.zero("EUR")
    assert one - two == -(two - one)
    assert (one + two).amount == one.amount + two.amount
    assert (one < two) == (one.amount < two.amount)


@given(st.lists(euros, max_size=20), st.randoms(use_true_random=False))
def test_a_sum_does_not_depend_on_the_order(terms, chance):
    """However the lines stand, the total is the same."""
    shuffled = terms.copy()
    chance.shuffle(shuffled)
    assert sum_money(terms, "EUR") == sum_money(shuffled, "EUR")
    assert sum_money(terms, "EUR").minor == sum(term.minor for term in terms)


@given(amounts, weights)
@example(Money("0.05", "EUR"), [3, 7])
def test_shares_sum_to_the_cent_and_are_fair(money, parts):
    """Every share is within one minor unit of its exact value, and no share gets what another lost more of."""
    shares = money.allocate(parts)
    assert sum_money(shares, money.currency) == money
    whole = sum(map(Fraction, parts))
    exact = [abs(money.minor) * Fraction(part) / whole for part in parts]
    over = [abs(share.minor) - part for share, part in zip(shares, exact, strict=True)]
    assert all(-1 < each < 1 for each in over)
    assert all(share.minor == 0 for share, part in zip(shares, parts, strict=True) if not part)
    assert max(over) - min(over) <= 1
    assert (-money).allocate(parts) == tuple(-share for share in shares)


@given(amounts, st.integers(1, 50))
def test_an_even_split_differs_by_one_unit_at_most(money, parts):
    """And is the same as equal weights."""
    shares = money.split(parts)
    assert len(shares) == parts
    assert max(shares).minor - min(shares).minor <= 1
    assert shares == money.allocate([7] * parts)


@given(amounts, st.lists(st.integers(0, 1000), min_size=2, max_size=8).filter(any), st.integers(1, 50))
def test_only_the_proportion_of_the_weights_matters(money, parts, scale):
    """Cents or euros, tenths or hundreds."""
    assert money.allocate(parts) == money.allocate([part * scale for part in parts])
    assert money.allocate(parts) == money.allocate([Fraction(part, scale) for part in parts])


@given(rules, ratios)
def test_rounding_is_near_and_idempotent(rule, ratio):
    """Directed rules stay within one unit, the others within half of one; an integer stays as it is."""
    numerator, denominator = ratio
    result = rule(numerator, denominator)
    distance = abs(result - Fraction(numerator, denominator))
    assert distance <= Fraction(1, 2) if rule.name.startswith("HALF") else distance < 1
    assert rule(result) == result
    assert rule(numerator * 6, denominator * 6) == result


@given(rules, ratios, ratios)
def test_rounding_keeps_the_order(rule, one, two):
    """What was not greater does not become greater."""
    smaller, larger = sorted([Fraction(*one), Fraction(*two)])
    assert rule(*smaller.as_integer_ratio()) <= rule(*larger.as_integer_ratio())


@given(euros, st.integers(1, 10**4), rules)
def test_a_step_is_near_and_idempotent(money, step, rule):
    """What is rounded to a step is a multiple of it, less than a step away."""
    rounded = money.to_step(step, rule)
    assert rounded.minor % step == 0
    assert abs(rounded.minor - money.minor) < step
    assert rounded.to_step(step, rule) == rounded
    assert ToStep(step, rule)(money.minor) == rounded.minor


@given(euros, st.decimals(-100, 100, places=4), rules)
def test_a_factor_is_exact_until_it_is_rounded(money, factor, rule):
    """One rounding of the exact product, also where the factor is a percentage."""
    product = Fraction(money.minor) * Fraction(factor)
    factor = factor + 0  # the strategy makes minus zero too
    assert money.times(factor, rule).minor == rule(*product.as_integer_ratio())
    assert Percentage(factor).of(money, rule) == money.times(Fraction(factor) / 100, rule)


@given(st.decimals("0.01", 1000, places=4), st.decimals(0, 1000, places=3), st.integers(1, 1000))
def test_a_price_per_base_is_the_price_of_one_divided(amount, count, per):
    """Extending is linear before it is rounded."""
    price = UnitPrice(amount, "EUR", per)
    exact = price.exact(Quantity(count))
    assert exact == Fraction(amount) * Fraction(count) / per
    assert abs(Fraction(price.extend(Quantity(count)).amount) - exact) <= Fraction(1, 200)
    assert price.extend(Quantity(count), DOWN).amount <= exact


@given(euros, st.decimals("0.5", 2, places=6))
def test_a_rate_there_and_back_is_off_by_its_rounding_only(money, rate):
    """Half a minor unit on the way there, divided by the rate, and half on the way back."""
    exchange = ExchangeRate("EUR", "USD", rate, on=DAY)
    back = exchange.convert_back(exchange.convert(money))
    assert abs(back.minor - money.minor) <= Fraction(1, 2) / Fraction(rate) + Fraction(1, 2)


LONG = 100_000
HOSTILE = {
    "exponent": "1e5",
    "capital exponent": "1E5",
    "huge exponent": "1e1000000",
    "tiny exponent": "1e-1000000",
    "not a number": "NaN",
    "signalling": "sNaN",
    "infinity": "Infinity",
    "minus infinity": "-inf",
    "plus": "+5",
    "empty": "",
    "blank": " ",
    "leading blank": " 1",
    "trailing blank": "1 ",
    "newline": "1\n",
    "no-break space": "1\u00a0000",
    "underscore": "1_000",
    "comma": "1,5",
    "thousands": "1,000.00",
    "no fraction": "1.",
    "no whole": ".5",
    "two signs": "--1",
    "two points": "1.2.3",
    "hexadecimal": "0x10",
    "Arabic digits": "\u0661\u0662",
    "full-width digit": "1\uff12",
    "a half": "\u00bd",
    "superscript": "1\u00b2",
    "NUL": "1\x00",
    "bidi": "\u202e12",
    "zero width": "1\u200b2",
    "minus sign": "\u22125",
    "surrogate": "1\ud800",
    "currency": "12 EUR",
    "minus zero": "-0",
    "minus nought point nought": "-0.00",
    "long digits": "1" * LONG,
    "long fraction": "0." + "0" * LONG + "1",
    "long signs": "-" * LONG,
    "long letters": "x" * LONG,
    "long payload": "NaN" + "1" * LONG,
    "Decimal NaN": Decimal("NaN"),
    "Decimal sNaN": Decimal("sNaN1"),
    "Decimal NaN with payload": Decimal("NaN" + "1" * LONG),
    "Decimal infinity": Decimal("-Infinity"),
    "Decimal minus zero": Decimal("-0.0"),
    "Decimal huge": Decimal("1e1000000"),
    "Decimal tiny": Decimal("1e-1000000"),
    "Decimal long": Decimal("1" * LONG),
    "Decimal long fraction": Decimal("0." + "1" * LONG),
    "int long": 10**LONG,
    "int negative long": -(10**LONG),
    "float": 1.5,
    "float nan": float("nan"),
    "float infinity": float("inf"),
    "complex": 1 + 2j,
    "true": True,
    "false": False,
    "none": None,
    "bytes": b"1",
    "list": [1],
    "long list": ["1"] * LONG,
    "tuple": (1, 2),
    "dict": {"amount": 1},
    "fraction": Fraction(1, 2),
    "object": object(),
    "class": int,
    "function": len,
}
DOORS = {
    "decimal": ("/x", lambda amount: decimal(amount, address="/x")),
    "money": ("/amount", lambda amount: Money(amount, "EUR")),
    "quantity": ("/value", lambda amount: Quantity(amount, "KGM")),
    "price": ("/amount", lambda amount: UnitPrice(amount, "EUR")),
    "base": ("/per", lambda amount: UnitPrice(1, "EUR", amount)),
    "rate": ("/rate", lambda amount: ExchangeRate("EUR", "USD", amount, on=DAY)),
    "percentage": ("/value", Percentage),
}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("kind", HOSTILE)
def test_every_hostile_amount_is_refused(kind, door):
    """At every door: one documented error, a known code, the address, and a short message."""
    address, enter = DOORS[door]
    with pytest.raises(InvalidValueError) as refusal:
        enter(HOSTILE[kind])
    (finding,) = refusal.value.findings
    assert finding.code in known_codes()
    assert finding.address == address
    assert finding.message("en").isprintable()
    assert len(finding.message("en")) < 160
    assert finding.message("zh").isprintable()


def attempt(make):
    """What is made, and the refusal if there is one."""
    try:
        return make(), None
    except InvalidValueError as refusal:
        return None, refusal


@given(st.text(max_size=40) | st.from_regex(r"[-+]?[0-9eE._ ]{0,30}", fullmatch=True))
def test_any_text_is_read_exactly_or_refused(text):
    """What comes in is the number that was written; there is no third way."""
    number, refusal = attempt(lambda: decimal(text))
    if refusal is None:
        assert text.isascii()
        assert number == Decimal(text)
        assert "E" not in str(number)
    else:
        assert all(finding.code in known_codes() for finding in refusal.findings)


@given(st.decimals())
def test_any_decimal_is_read_exactly_or_refused(given_number):
    """Whatever a Decimal may hold."""
    number, refusal = attempt(lambda: decimal(given_number))
    if refusal is None:
        assert number == given_number
        assert "E" not in str(number)
        assert decimal(f"{number:f}") == number
    else:
        assert all(finding.code in known_codes() for finding in refusal.findings)


@given(
    st.none()
    | st.booleans()
    | st.floats()
    | st.binary()
    | st.lists(st.integers())
    | st.text()
    | st.integers()
    | st.decimals()
)
def test_any_thing_is_money_or_refused(thing):
    """No other error comes out, and what is taken can be written and read again."""
    money, refusal = attempt(lambda: Money(thing, "EUR"))
    if refusal is None:
        assert isinstance(thing, str | int | Decimal)
        assert Money(str(money).split()[0], "EUR") == money
    else:
        assert {finding.address for finding in refusal.findings} == {"/amount"}


@given(amounts, st.lists(st.integers(1, 1000), min_size=1, max_size=20))
def test_weights_are_taken_in_their_order_from_anywhere(money, parts):
    """A list, a tuple and an iterator give the same shares."""
    assert money.allocate(parts) == money.allocate(tuple(parts)) == money.allocate(iter(parts))
