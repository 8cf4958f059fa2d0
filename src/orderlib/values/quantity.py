"""Quantities: a bounded decimal number of one unit.

Quantities of one unit add and compare; between units only exact conversions help: those that the table of
`unit` knows (1 KGM = 1000 GRM) and those that are declared for an item (1 XBX = 12 C62). Nothing is rounded
unless a rule is named, and a result that no decimal equals is a finding, not an approximation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, NoReturn

import attrs

from orderlib.errors import Finding, FindingCode, InvalidValueError, PolicyError, Severity
from orderlib.values.allocation import apportion, split_evenly
from orderlib.values.decimals import EXACT, MAX_SCALE, Number, canonical, decimal, from_ratio, ratio
from orderlib.values.rounding import HALF_UP, RoundingRule, rounded
from orderlib.values.unit import UnitRounding
from orderlib.values.unit import unit as unit_of

__all__ = ["Conversion", "Quantity", "UnitDigits", "conversion_factor", "sum_quantities"]

_BOUND: Final = Decimal(10**15)
_COUNT_DIGITS: Final = 40
_BY_UNIT: Final = UnitRounding()

UnitDigits = Callable[[str], int]
"""Tells for the code of a unit how many digits behind the point it is rounded to; `UnitRounding` is one."""

OUT_OF_BOUNDS = FindingCode(
    "quantity.out-of-bounds", Severity.ERROR, "a quantity stays below 10^15", "数量须小于 10^15"
)
MISMATCH = FindingCode(
    "quantity.unit-mismatch",
    Severity.ERROR,
    "{left} and {right} cannot be combined without a conversion",
    "没有换算关系，{left} 与 {right} 不能合并计算",
)
NOT_QUANTITY = FindingCode(
    "quantity.not-quantity",
    Severity.ERROR,
    "a quantity combines with a quantity, not with {type}",
    "数量只能与数量运算，不能与 {type} 运算",
)
NOT_COUNT = FindingCode(
    "quantity.not-integer",
    Severity.ERROR,
    "an integer is needed here, not {type}; other factors go through times(factor)",
    "此处须为整数，而不是 {type}；其他系数请使用 times(factor)",
)
INEXACT = FindingCode(
    "quantity.inexact",
    Severity.ERROR,
    "{quantity} makes no exact number of {unit}; name a rounding rule",
    "{quantity} 不能精确换算为 {unit}；请指定舍入规则",
)
ZERO_WHOLE = FindingCode("quantity.zero-whole", Severity.ERROR, "nothing is a share of zero", "不能计算占零的比例")
BAD_DIGITS = FindingCode(
    "quantity.digits",
    Severity.ERROR,
    "the rule for the digits of {unit} gave no integer from 0 to {limit}",
    "{unit} 的小数位规则未给出 0 至 {limit} 的整数",
)
NO_CONVERSION = FindingCode(
    "conversion.missing",
    Severity.ERROR,
    "nothing says how {source} converts to {target}",
    "没有 {source} 到 {target} 的换算关系",
)
CONTRADICTION = FindingCode(
    "conversion.contradiction",
    Severity.ERROR,
    "the conversions of {unit} contradict each other",
    "{unit} 的换算关系互相矛盾",
)
BAD_CONVERSION = FindingCode(
    "conversion.malformed",
    Severity.ERROR,
    "a conversion leads from one unit to another by a factor above zero",
    "换算须从一个单位到另一个单位，且系数大于零",
)


@attrs.frozen(init=False, order=False, repr=False)
class Quantity:
    """An immutable amount of a unit: `Quantity("12.5", "KGM")`; pieces without a unit count as `C62` (one).

    `value` is a canonical Decimal below 10**15 with at most 12 digits behind the point, `unit` a code of UN/ECE
    Recommendation 20 or, behind an X, 21. Raises `InvalidValueError` with every fault: those of
    `decimals.decimal` and `quantity.out-of-bounds` at `/value`, those of `unit.unit` at `/unit`.
    """

    value: Decimal
    unit: str = "C62"

    def __init__(self, value: Number, unit: str = "C62") -> None:
        faults: list[Finding] = []
        number = Decimal(0)
        try:
            number = decimal(value, address="/value")
        except InvalidValueError as error:
            faults += error.findings
        else:
            if not -_BOUND < number < _BOUND:
                faults.append(OUT_OF_BOUNDS("/value"))
        try:
            code = unit_of(unit, address="/unit").code
        except InvalidValueError as error:
            raise InvalidValueError(*faults, *error.findings) from None
        if faults:
            raise InvalidValueError(*faults)
        object.__setattr__(self, "value", number)
        object.__setattr__(self, "unit", code)

    @classmethod
    def zero(cls, unit: str = "C62") -> Quantity:
        """None of that unit."""
        return cls(0, unit)

    def __add__(self, other: Quantity, /) -> Quantity:
        return _checked(EXACT.add(self.value, _same(self, other).value), self.unit)

    def __sub__(self, other: Quantity, /) -> Quantity:
        return _checked(EXACT.subtract(self.value, _same(self, other).value), self.unit)

    def __radd__(self, other: object, /) -> NoReturn:
        raise InvalidValueError(NOT_QUANTITY(type=type(other).__name__[:40]))

    __rsub__ = __radd__

    def __neg__(self) -> Quantity:
        return _made(EXACT.minus(self.value), self.unit)

    def __pos__(self) -> Quantity:
        return self

    def __abs__(self) -> Quantity:
        return _made(EXACT.abs(self.value), self.unit)

    def __mul__(self, count: int, /) -> Quantity:
        if type(count) is not int:
            raise InvalidValueError(NOT_COUNT(type=type(count).__name__[:40]))
        return _checked(EXACT.multiply(self.value, decimal(count, address="/factor")), self.unit)

    __rmul__ = __mul__

    def times(self, factor: Number | Fraction) -> Quantity:
        """The quantity times a factor, exactly; `decimal.too-fine` where no decimal equals the product."""
        above, below = ratio(factor, address="/factor")
        numerator, denominator = self.value.as_integer_ratio()
        return _checked(from_ratio(numerator * above, denominator * below, address="/value"), self.unit)

    def share_of(self, whole: Quantity) -> Fraction:
        """This quantity as an exact fraction of another, which must not be zero (`quantity.zero-whole`)."""
        if not _same(self, whole).value:
            raise InvalidValueError(ZERO_WHOLE())
        return Fraction(self.value) / Fraction(whole.value)

    def convert(
        self,
        to: str,
        conversions: Iterable[Conversion] = (),
        *,
        rule: RoundingRule | None = None,
        digits: UnitDigits = _BY_UNIT,
    ) -> Quantity:
        """The same quantity in another unit, by the table and by what is declared for the item.

        Exact unless a rule is named, which then rounds to the unit's digits. Raises `InvalidValueError`:
        `conversion.missing`, `conversion.contradiction`, and `quantity.inexact` without a rule.
        """
        target = unit_of(to, address="/unit").code
        factor = conversion_factor(self.unit, target, conversions)
        numerator, denominator = self.value.as_integer_ratio()
        numerator, denominator = numerator * factor.numerator, denominator * factor.denominator
        if rule is not None:
            return _rounded(numerator, denominator, target, rule, _digits(digits, target))
        if numerator * 10**MAX_SCALE % denominator:
            raise InvalidValueError(INEXACT(quantity=self, unit=target))
        return _of_count(numerator * 10**MAX_SCALE // denominator, MAX_SCALE, target)

    def rounded(self, rule: RoundingRule = HALF_UP, *, digits: UnitDigits = _BY_UNIT) -> Quantity:
        """The quantity with as many digits behind the point as its unit has."""
        numerator, denominator = self.value.as_integer_ratio()
        return _rounded(numerator, denominator, self.unit, rule, _digits(digits, self.unit))

    def allocate(self, weights: Iterable[Number | Fraction], *, digits: UnitDigits = _BY_UNIT) -> tuple[Quantity, ...]:
        """Shares in proportion to the weights, which sum to this quantity; the rule is that of `allocation`.

        Shares have the unit's digits behind the point, or as many as the quantity itself where it has more.
        """
        scale = max(_digits(digits, self.unit), self._scale())
        shares = apportion(self._count(scale), weights)
        return tuple(_of_count(share, scale, self.unit) for share in shares)

    def split(self, parts: int, *, digits: UnitDigits = _BY_UNIT) -> tuple[Quantity, ...]:
        """As many equal shares, the earlier ones larger by what is left over."""
        scale = max(_digits(digits, self.unit), self._scale())
        return tuple(_of_count(share, scale, self.unit) for share in split_evenly(self._count(scale), parts))

    def _scale(self) -> int:
        return -int(self.value.as_tuple().exponent)

    def _count(self, scale: int) -> int:
        return int(EXACT.scaleb(self.value, scale))

    def __lt__(self, other: Quantity, /) -> bool:
        return self.value < _same(self, other).value

    def __le__(self, other: Quantity, /) -> bool:
        return self.value <= _same(self, other).value

    def __gt__(self, other: Quantity, /) -> bool:
        return self.value > _same(self, other).value

    def __ge__(self, other: Quantity, /) -> bool:
        return self.value >= _same(self, other).value

    def __bool__(self) -> bool:
        return bool(self.value)

    def __str__(self) -> str:
        return f"{self.value:f} {self.unit}"

    def __repr__(self) -> str:
        return f"Quantity('{self.value:f}', '{self.unit}')"


class _Draft(Quantity):
    """A quantity while it is being made from values known to be valid; it becomes `Quantity` by its class."""

    __slots__ = ()
    __setattr__ = object.__setattr__
    __delattr__ = object.__delattr__


def _made(value: Decimal, code: str) -> Quantity:
    draft: Any = _Draft.__new__(_Draft)
    draft.value = value
    draft.unit = code
    draft.__class__ = Quantity
    made: Quantity = draft
    return made


def _checked(value: Decimal, code: str) -> Quantity:
    if -_BOUND < value < _BOUND:
        return _made(canonical(value), code)
    raise InvalidValueError(OUT_OF_BOUNDS("/value"))


def _of_count(count: int, scale: int, code: str) -> Quantity:
    """So many units of the last digit kept."""
    return _checked(EXACT.scaleb(decimal(count, address="/value", max_digits=_COUNT_DIGITS), -scale), code)


def _digits(digits: UnitDigits, code: str) -> int:
    found = digits(code)
    if type(found) is not int or not 0 <= found <= MAX_SCALE:
        raise PolicyError(BAD_DIGITS(unit=code, limit=MAX_SCALE))
    return found


def _rounded(numerator: int, denominator: int, code: str, rule: RoundingRule, scale: int) -> Quantity:
    return _of_count(rounded(rule, numerator * 10**scale, denominator), scale, code)


def _same(quantity: Quantity, other: Quantity) -> Quantity:
    if other.__class__ is not Quantity:
        raise InvalidValueError(NOT_QUANTITY(type=type(other).__name__[:40]))
    if other.unit != quantity.unit:
        raise InvalidValueError(MISMATCH(left=quantity.unit, right=other.unit))
    return other


def sum_quantities(quantities: Iterable[Quantity], unit: str = "C62") -> Quantity:
    """The sum of quantities of one unit; zero for none.

    Raises `InvalidValueError`: `quantity.unit-mismatch`, `quantity.not-quantity`, `quantity.out-of-bounds`.
    """
    start = Quantity.zero(unit)
    total = start.value
    many: Any = quantities
    if not hasattr(many, "__iter__"):
        raise InvalidValueError(NOT_QUANTITY(type=type(many).__name__[:40]))
    for each in quantities:
        total = EXACT.add(total, _same(start, each).value)
    return _checked(total, start.unit)


def _from_unit(code: str) -> str:
    return unit_of(code, address="/from_unit").code


def _to_unit(code: str) -> str:
    return unit_of(code, address="/to_unit").code


def _factor(value: Number | Fraction) -> Fraction:
    above, below = ratio(value, address="/factor")
    if above <= 0:
        raise InvalidValueError(BAD_CONVERSION("/factor"))
    return Fraction(above, below)


@attrs.frozen
class Conversion:
    """One `from_unit` makes `factor` of `to_unit`, exactly: `Conversion("XBX", "C62", 12)`.

    Raises `InvalidValueError`: `conversion.malformed` for a factor of zero or below or two equal units, and
    the findings of `unit.unit` and `decimals.ratio`.
    """

    from_unit: str = attrs.field(converter=_from_unit)
    to_unit: str = attrs.field(converter=_to_unit)
    factor: Fraction = attrs.field(converter=_factor)

    def __attrs_post_init__(self) -> None:
        if self.from_unit == self.to_unit:
            raise InvalidValueError(BAD_CONVERSION("/to_unit"))


def conversion_factor(source: str, target: str, conversions: Iterable[Conversion] = ()) -> Fraction:
    """How many of the target unit one of the source unit makes, by the table and the conversions declared.

    Conversions are followed both ways and in chains, in whatever order they are given. Raises
    `InvalidValueError`: `conversion.missing`, and `conversion.contradiction` where two ways disagree.
    """
    declared = tuple(conversions)
    if source == target and not declared:
        return Fraction(1)
    steps: dict[str, list[tuple[str, Fraction]]] = {}
    codes = {source, target, *(each.from_unit for each in declared), *(each.to_unit for each in declared)}
    for each in declared:
        _link(steps, each.from_unit, each.to_unit, each.factor)
    for code in sorted(codes):
        known = unit_of(code)
        if known.dimension is not None and known.factor is not None:
            _link(steps, code, f"/{known.dimension}", known.factor)
    reached = {source: Fraction(1)}
    waiting = [source]
    while waiting:
        here = waiting.pop()
        for there, factor in steps.get(here, ()):
            makes = reached[here] * factor
            if there not in reached:
                reached[there] = makes
                waiting.append(there)
            elif reached[there] != makes:
                raise InvalidValueError(CONTRADICTION(unit=source))
    if target not in reached:
        raise InvalidValueError(NO_CONVERSION(source=source, target=target))
    return reached[target]


def _link(steps: dict[str, list[tuple[str, Fraction]]], source: str, target: str, factor: Fraction) -> None:
    steps.setdefault(source, []).append((target, factor))
    steps.setdefault(target, []).append((source, 1 / factor))
