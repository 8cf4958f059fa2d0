"""Money: whole minor units of one currency.

An amount is an integer of cents, so that adding is exact and cheap; whatever could be finer, a unit
price, a rate, a percentage, lives in `rate` and comes here through a named rounding rule. An amount is
below 10**18 minor units on either side of zero, and every result is checked against that.

Sharing out (`allocate`, `split`) never loses or invents a cent; which share gets the cents left over is
the rule of `allocation`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Context, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, NoReturn, final

from attrs.exceptions import FrozenInstanceError

from orderlib.errors import Finding, FindingCode, InvalidValueError, Severity
from orderlib.values.allocation import apportion, split_evenly
from orderlib.values.currency import PRICED, priced_currency
from orderlib.values.decimals import Number, decimal, plain_parts, ratio
from orderlib.values.rounding import HALF_UP, RoundingRule, ToStep, rounded

__all__ = ["Money", "sum_money"]

_BOUND: Final = 10**18
_FLOOR: Final = -_BOUND
_SHORT: Final = 13  # characters that are within the bound in every currency
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
ZERO_WHOLE = FindingCode("money.zero-whole", Severity.ERROR, "nothing is a share of zero", "不能计算占零的比例")

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

    def __new__(cls, amount: Number, currency: str) -> Money:
        """Read an amount in major units; it must fit the minor unit exactly."""
        if type(amount) is str:  # the everyday case, without a Decimal on the way
            parts = plain_parts(amount, _SHORT)
            try:
                code, digits = PRICED[currency]
            except (KeyError, TypeError):
                return cls._read(amount, currency)
            if parts is not None and len(parts[1]) <= digits:
                return _made(int(parts[0] + parts[1].ljust(digits, "0")), code)
        return cls._read(amount, currency)

    @classmethod
    def _read(cls, amount: Number, currency: str) -> Money:
        """The long way in, which finds every fault."""
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
        numerator, denominator = ratio(value, address="/amount")
        return cls.of_ratio(numerator, denominator, currency, rule)

    @classmethod
    def of_ratio(cls, numerator: int, denominator: int, currency: str, rule: RoundingRule = HALF_UP) -> Money:
        """An exact ratio of major units (denominator above zero), rounded by the rule."""
        code, digits = priced_currency(currency, address="/currency")
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
            if -536_870_912 < minor < 536_870_912 or _FLOOR < minor < _BOUND:
                draft.currency = code
                draft.__class__ = Money
                return draft  # type: ignore[no-any-return]
        return _checked(self.minor + _same(self, other).minor, code)

    def __sub__(self, other: Money, /) -> Money:
        code = self.currency
        if other.__class__ is Money and other.currency is code:  # type: ignore[redundant-expr]
            draft: Any = _Draft()
            draft.minor = minor = self.minor - other.minor
            if -536_870_912 < minor < 536_870_912 or _FLOOR < minor < _BOUND:
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
        """This amount as an exact fraction of another, which must not be zero (`money.zero-whole`)."""
        if not _same(self, whole).minor:
            raise InvalidValueError(ZERO_WHOLE())
        return Fraction(self.minor, whole.minor)

    def to_step(self, step: int, rule: RoundingRule = HALF_UP) -> Money:
        """The amount in whole steps of so many minor units, as cash wants it."""
        return _checked(ToStep(step, rule)(self.minor), self.currency)

    def allocate(self, weights: Iterable[Number | Fraction]) -> tuple[Money, ...]:
        """Shares in proportion to the weights, which sum to this amount to the cent.

        Each share is within one minor unit of its exact value; the rule is that of `allocation`. Raises
        `InvalidValueError` (`allocation.weights`) unless weights are at least zero and not all zero.
        """
        return _many(apportion(self.minor, weights), self.currency)

    def split(self, parts: int) -> tuple[Money, ...]:
        """As many equal shares, the earlier ones larger by a cent left over; `allocation.parts` for too many."""
        return _many(split_evenly(self.minor, parts), self.currency)

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
    try:
        code = PRICED[currency][0]
    except (KeyError, TypeError):
        code = priced_currency(currency, address="/currency")[0]
    total = 0
    each: Any
    try:
        for each in amounts:
            if each.currency is code:
                total += each.minor
            else:
                raise InvalidValueError(MISMATCH(left=code, right=str(each.currency)[:40]))
    except (AttributeError, TypeError):
        raise InvalidValueError(NOT_MONEY(type=_name_of_stranger(amounts))) from None
    if type(total) is int and (-536_870_912 < total < 536_870_912 or _FLOOR < total < _BOUND):
        draft: Any = _Draft()
        draft.minor = total
        draft.currency = code
        draft.__class__ = Money
        return draft  # type: ignore[no-any-return]
    return _checked(_integer(total), code)


def _name_of_stranger(amounts: Iterable[object]) -> str:
    if not isinstance(amounts, Sequence):
        return type(amounts).__name__[:40]
    return next((type(each).__name__[:40] for each in amounts if each.__class__ is not Money), "?")


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
    if _FLOOR < minor < _BOUND:
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
