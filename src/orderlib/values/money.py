"""Money: whole minor units of one currency.

An amount is an integer of cents, so that adding is exact and cheap; whatever could be finer, a unit
price, a rate, a percentage, lives in `rate` and comes here through a named rounding rule. An amount is
below 10**18 minor units on either side of zero, and every result is checked against that.

Sharing out (`allocate`, `split`) never loses or invents a cent: each share is cut off towards zero,
and the cents left over go, one each, to the shares that lost most, the earlier one where two lost the
same. Minus 5 is shared as 5 is, mirrored.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Context, Decimal
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Any, Final, NoReturn, Self, final

from attrs.exceptions import FrozenInstanceError

from orderlib.errors import Finding, FindingCode, InvalidValueError, Severity
from orderlib.values.currency import priced_currency
from orderlib.values.decimals import Number, decimal, ratio
from orderlib.values.rounding import HALF_UP, RoundingRule, rounded

__all__ = ["MAX_PARTS", "Money", "sum_money"]

MAX_PARTS: Final = 100_000
"""Into how many parts an amount may be split."""

_BOUND: Final = 10**18
_MAX_WEIGHT_BITS: Final = 512
_MAX_DIGITS: Final = 24  # of an amount as written: more than the bound, so that the bound has its own finding
_PLAIN: Final = Context(prec=40, traps=[])

OUT_OF_BOUNDS = FindingCode(
    "money.out-of-bounds",
    Severity.ERROR,
    "an amount stays below 10^18 minor units",
    "金额须小于 10^18 个最小货币单位",
)
TOO_FINE = FindingCode(
    "money.too-fine",
    Severity.ERROR,
    "{amount} {currency} is finer than the {digits} digits of the minor unit",
    "{amount} {currency} 的精度超过最小货币单位的 {digits} 位小数",
)
MISMATCH = FindingCode(
    "money.currency-mismatch",
    Severity.ERROR,
    "{left} and {right} cannot be combined without an exchange rate",
    "没有汇率，{left} 与 {right} 不能合并计算",
)
NOT_MONEY = FindingCode(
    "money.not-money",
    Severity.ERROR,
    "money combines with money, not with {type}",
    "金额只能与金额运算，不能与 {type} 运算",
)
NOT_COUNT = FindingCode(
    "money.not-integer",
    Severity.ERROR,
    "an integer is needed here, not {type}; other factors go through times(factor, rule)",
    "此处须为整数，而不是 {type}；其他系数请使用 times(factor, rule)",
)
BAD_WEIGHTS = FindingCode(
    "money.weights",
    Severity.ERROR,
    "weights are numbers of at least zero, and at least one is above zero",
    "权重须为不小于零的数，且至少有一个大于零",
)
BAD_PARTS = FindingCode(
    "money.parts", Severity.ERROR, "an amount splits into 1 to {limit} parts", "金额可拆分为 1 至 {limit} 份"
)

if TYPE_CHECKING:

    class _Fields:
        @property
        def minor(self) -> int: ...
        @property
        def currency(self) -> str: ...

else:

    class _Fields:
        __slots__ = ("currency", "minor")


class _Draft(_Fields):
    """Money while it is being made: it can be written to, and turns into `Money` by its class."""

    __slots__ = ()


@final
class Money(_Fields):
    """An immutable amount in major units of an ISO 4217 currency: `Money("12.50", "EUR")`.

    `minor` is the integer of minor units, `currency` the code, `amount` the Decimal in major units with
    all digits of the minor unit. Raises `InvalidValueError` with every fault: those of `decimals.decimal`
    and `money.too-fine`, `money.out-of-bounds` at `/amount`, those of `priced_currency` at `/currency`.
    Combining two currencies raises `money.currency-mismatch`; two amounts are equal only in one currency.
    """

    __slots__ = ()
    __match_args__ = ("amount", "currency")

    def __new__(cls, amount: Number, currency: str) -> Self:
        """Read an amount in major units; it must fit the minor unit exactly."""
        faults: list[Finding] = []
        number, code, digits = Decimal(0), "", 0
        try:
            number = decimal(amount, address="/amount", max_digits=_MAX_DIGITS)
        except InvalidValueError as error:
            faults += error.findings
        try:
            code, digits = priced_currency(currency, address="/currency")
        except InvalidValueError as error:
            faults += error.findings
        if faults:
            raise InvalidValueError(*faults)
        scaled = number.scaleb(digits, _PLAIN)
        minor = int(scaled)
        if minor != scaled:
            raise InvalidValueError(TOO_FINE("/amount", amount=number, currency=code, digits=digits))
        return _checked(minor, code, "/amount")

    @classmethod
    def of_minor(cls, minor: int, currency: str) -> Money:
        """The amount of that many minor units: `Money.of_minor(1250, "EUR")` is 12.50 EUR."""
        code, _ = priced_currency(currency, address="/currency")
        return _checked(_integer(minor, "/minor"), code, "/minor")

    @classmethod
    def zero(cls, currency: str) -> Money:
        """Nothing, in that currency."""
        return cls.of_minor(0, currency)

    @classmethod
    def rounded(cls, value: Number | Fraction, currency: str, rule: RoundingRule = HALF_UP) -> Money:
        """An amount in major units that may be finer than the minor unit, rounded by the rule."""
        code, digits = priced_currency(currency, address="/currency")
        numerator, denominator = ratio(value, address="/amount")
        return _checked(rounded(rule, numerator * 10**digits, denominator), code, "/amount")

    @property
    def digits(self) -> int:
        """Digits of the minor unit behind the point: 2 for EUR, 0 for JPY."""
        return priced_currency(self.currency)[1]

    @property
    def amount(self) -> Decimal:
        """The amount in major units, with all digits of the minor unit."""
        return Decimal(self.minor).scaleb(-self.digits, _PLAIN)

    def __add__(self, other: Money, /) -> Money:
        code = self.currency
        if other.__class__ is Money and other.currency is code:  # type: ignore[redundant-expr]
            draft: Any = _Draft()
            draft.minor = minor = self.minor + other.minor
            # The first range is the everyday one: it fits one machine digit and costs a third of the other.
            if -536_870_912 < minor < 536_870_912 or -_BOUND < minor < _BOUND:
                draft.currency = code
                draft.__class__ = Money
                return draft  # type: ignore[no-any-return]
        return _checked(self.minor + _same(self, other).minor, code)

    def __sub__(self, other: Money, /) -> Money:
        code = self.currency
        if other.__class__ is Money and other.currency is code:  # type: ignore[redundant-expr]
            draft: Any = _Draft()
            draft.minor = minor = self.minor - other.minor
            if -536_870_912 < minor < 536_870_912 or -_BOUND < minor < _BOUND:
                draft.currency = code
                draft.__class__ = Money
                return draft  # type: ignore[no-any-return]
        return _checked(self.minor - _same(self, other).minor, code)

    def __radd__(self, other: object, /) -> NoReturn:
        raise InvalidValueError(NOT_MONEY(type=type(other).__name__[:40]))

    __rsub__ = __radd__

    def __neg__(self) -> Money:
        return _made(-self.minor, self.currency)

    def __pos__(self) -> Money:
        return self

    def __abs__(self) -> Money:
        return self if self.minor >= 0 else _made(-self.minor, self.currency)

    def __mul__(self, count: int, /) -> Money:
        return _checked(self.minor * _integer(count), self.currency)

    __rmul__ = __mul__

    def times(self, factor: Number | Fraction, rule: RoundingRule = HALF_UP) -> Money:
        """The amount times a factor, computed exactly and rounded once, by the rule."""
        numerator, denominator = ratio(factor, address="/factor")
        return _checked(rounded(rule, self.minor * numerator, denominator), self.currency)

    def share_of(self, whole: Money) -> Fraction:
        """This amount as an exact fraction of another, which must not be zero (`money.weights`)."""
        if not _same(self, whole).minor:
            raise InvalidValueError(BAD_WEIGHTS())
        return Fraction(self.minor, whole.minor)

    def to_step(self, step: int, rule: RoundingRule = HALF_UP) -> Money:
        """The amount in whole steps of so many minor units, as cash wants it."""
        return _checked(step * rounded(rule, self.minor, step), self.currency)

    def allocate(self, weights: Iterable[Number | Fraction]) -> tuple[Money, ...]:
        """Shares in proportion to the weights, which sum to this amount to the cent.

        Each share is within one minor unit of its exact value. Weights are numbers of at least zero, not
        all zero (`money.weights`); a weight of zero gets nothing.
        """
        parts = _whole_weights(weights)
        total = sum(parts)
        minor = self.minor
        size = minor if minor >= 0 else -minor
        shares = [size * part // total for part in parts]
        left = size - sum(shares)
        if left:
            lost = [size * part % total for part in parts]
            for place in sorted(range(len(parts)), key=lost.__getitem__, reverse=True)[:left]:
                shares[place] += 1
        return _many(shares if minor >= 0 else [-share for share in shares], self.currency)

    def split(self, parts: int) -> tuple[Money, ...]:
        """As many equal shares, the earlier ones larger by the cents left over; 1 to `MAX_PARTS` (`money.parts`)."""
        if not 1 <= _integer(parts, "/parts") <= MAX_PARTS:
            raise InvalidValueError(BAD_PARTS("/parts", limit=MAX_PARTS))
        share, left = divmod(abs(self.minor), parts)
        sign = 1 if self.minor >= 0 else -1
        return _many([sign * (share + 1)] * left + [sign * share] * (parts - left), self.currency)

    def __eq__(self, other: object, /) -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        return self.minor == other.minor and self.currency == other.currency

    def __hash__(self) -> int:
        return hash((self.minor, self.currency))

    def __lt__(self, other: Money, /) -> bool:
        return self.minor < _same(self, other).minor

    def __le__(self, other: Money, /) -> bool:
        return self.minor <= _same(self, other).minor

    def __gt__(self, other: Money, /) -> bool:
        return self.minor > _same(self, other).minor

    def __ge__(self, other: Money, /) -> bool:
        return self.minor >= _same(self, other).minor

    def __bool__(self) -> bool:
        return self.minor != 0

    def __str__(self) -> str:
        return f"{self.amount:f} {self.currency}"

    def __repr__(self) -> str:
        return f"Money('{self.amount:f}', '{self.currency}')"

    def __setattr__(self, name: str, value: object, /) -> NoReturn:
        raise FrozenInstanceError

    def __delattr__(self, name: str, /) -> NoReturn:
        raise FrozenInstanceError

    def __reduce__(self) -> tuple[Any, ...]:
        return Money.of_minor, (self.minor, self.currency)

    def __copy__(self) -> Money:
        return self

    def __deepcopy__(self, memo: object, /) -> Money:
        return self


def sum_money(amounts: Iterable[Money], currency: str) -> Money:
    """The sum of amounts in one currency; zero for none.

    Raises `InvalidValueError`: `money.currency-mismatch`, `money.not-money`, `money.out-of-bounds`.
    """
    code, _ = priced_currency(currency, address="/currency")
    total = 0
    each: Any
    try:
        for each in amounts:
            if each.currency is not code:
                raise InvalidValueError(MISMATCH(left=code, right=str(each.currency)[:40]))
            total += each.minor
    except (AttributeError, TypeError):
        raise InvalidValueError(NOT_MONEY(type=_name_of_stranger(amounts))) from None
    return _checked(_integer(total), code)


def _name_of_stranger(amounts: object) -> str:
    if not isinstance(amounts, list | tuple):
        return type(amounts).__name__[:40]
    kinds: Iterable[type] = map(type, amounts)
    return next((kind.__name__[:40] for kind in kinds if kind is not Money), "?")


def _made(minor: int, code: str) -> Money:
    """Money from values known to be valid; filling a draft costs a third of writing past the frozen class."""
    draft: Any = _Draft()
    draft.minor = minor
    draft.currency = code
    draft.__class__ = Money
    return draft  # type: ignore[no-any-return]


def _many(minors: Sequence[int], code: str) -> tuple[Money, ...]:
    made: list[Any] = []
    for minor in minors:
        draft: Any = _Draft()
        draft.minor = minor
        draft.currency = code
        draft.__class__ = Money
        made.append(draft)
    return tuple(made)


def _checked(minor: int, code: str, address: str = "") -> Money:
    if -_BOUND < minor < _BOUND:
        return _made(minor, code)
    raise InvalidValueError(OUT_OF_BOUNDS(address))


def _same(money: Money, other: Money) -> Money:
    if other.__class__ is not Money:
        raise InvalidValueError(NOT_MONEY(type=type(other).__name__[:40]))
    if other.currency != money.currency:
        raise InvalidValueError(MISMATCH(left=money.currency, right=other.currency))
    return other


def _integer(value: int, address: str = "") -> int:
    if type(value) is not int:
        raise InvalidValueError(NOT_COUNT(address, type=type(value).__name__[:40]))
    return value


def _whole_weights(weights: Iterable[Number | Fraction]) -> list[int]:
    """The weights as integers in the same proportion."""
    try:
        given = list(weights)
    except TypeError:
        raise InvalidValueError(BAD_WEIGHTS("/weights")) from None
    if set(map(type, given)) == {int}:
        whole: list[int] = given  # type: ignore[assignment]
    else:
        ratios = [ratio(weight, address=f"/weights/{place}") for place, weight in enumerate(given)]
        common = 1
        for _, denominator in ratios:
            common = lcm(common, denominator)
            if common.bit_length() > _MAX_WEIGHT_BITS:
                raise InvalidValueError(BAD_WEIGHTS("/weights"))
        whole = [numerator * (common // denominator) for numerator, denominator in ratios]
    if not whole or min(whole) < 0 or not 0 < max(whole).bit_length() <= _MAX_WEIGHT_BITS:
        raise InvalidValueError(BAD_WEIGHTS("/weights"))
    return whole
