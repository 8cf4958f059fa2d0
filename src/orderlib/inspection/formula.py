"""Formulas over named measurements: a small language of its own, which can do sums and nothing else.

    expression = term { ("+" | "-") term }
    term       = factor { ("*" | "/") factor }
    factor     = "-" factor | number | name | name "(" expression { "," expression } ")" | "(" expression ")"

Numbers are written plainly (`12`, `0.25`), names are those of measurements; functions are `abs`, `sqrt`, `min`, `max`
and `mean`. Text, depth and size of what comes out are bounded, so that a formula may come from anywhere. Sums are taken
with 28 digits, the same everywhere; a result has at most 12 digits behind the point, half to even.

>>> formula = Formula("(inner + outer) / 2")
>>> formula.names, str(formula.evaluate({"inner": Decimal("4.98"), "outer": Decimal("5.01")}))
(('inner', 'outer'), '4.995')
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from typing import Any, Final

import attrs

from orderlib.errors import FindingCode, InvalidValueError, Severity
from orderlib.values.decimals import canonical, decimal, excerpt

__all__ = ["FUNCTIONS", "Formula"]


def _code(name: str, en: str, zh: str) -> FindingCode:
    return FindingCode(f"formula.{name}", Severity.ERROR, en, zh)


NOT_TEXT: Final = _code("not-text", "a formula is text, not {found}", "公式必须是文本，而不是 {found}")
SYNTAX: Final = _code(
    "syntax",
    "{found} is not expected at position {position}",
    "第 {position} 位不应出现 {found}",
)
TOO_LONG: Final = _code("too-long", "a formula has at most {limit} characters", "公式最多 {limit} 个字符")
TOO_DEEP: Final = _code("too-deep", "a formula nests at most {limit} deep", "公式嵌套最多 {limit} 层")
UNKNOWN_FUNCTION: Final = _code(
    "unknown-function",
    "there is no function {name}; there are {known}",
    "没有函数 {name}；可用函数为 {known}",
)
ARGUMENTS: Final = _code(
    "arguments", "{name} takes {expected} arguments, not {found}", "{name} 需要 {expected} 个参数，而不是 {found} 个"
)
MISSING: Final = _code("missing", "{name} was not measured", "未测量 {name}")
UNDEFINED: Final = _code(
    "undefined",
    "the formula has no value here: a division by zero or the root of a negative number",
    "公式在此无定义：除数为零或对负数开方",
)
TOO_LARGE: Final = _code("too-large", "the formula gives 10^15 or more", "公式结果达到或超过 10^15")

_LONGEST: Final = 500
_DEEPEST: Final = 20
_BOUND: Final = Decimal(10**15)
_PLACES: Final = Decimal("1e-12")
_SUMS: Final = Context(
    prec=28, rounding=ROUND_HALF_EVEN, Emin=-999, Emax=999, traps=[DivisionByZero, InvalidOperation, Overflow]
)
_WIDE: Final = Context(prec=60, rounding=ROUND_HALF_EVEN, traps=[])
_TOKEN: Final = re.compile(r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[^\W\d]\w*)|(?P<sign>[-+*/(),]))")


def _mean(*values: Decimal) -> Decimal:
    total = Decimal(0)
    for value in values:
        total = _SUMS.add(total, value)
    return _SUMS.divide(total, Decimal(len(values)))


_Operation = Callable[..., Decimal]
_SIGNS: Final[Mapping[str, _Operation]] = {
    "+": _SUMS.add,
    "-": _SUMS.subtract,
    "*": _SUMS.multiply,
    "/": _SUMS.divide,
}
_ONE_ARGUMENT: Final = ("abs", "sqrt")
_FUNCTIONS: Final[Mapping[str, _Operation]] = {
    "abs": _SUMS.abs,
    "sqrt": _SUMS.sqrt,
    "min": min,
    "max": max,
    "mean": _mean,
}
FUNCTIONS: Final = tuple(_FUNCTIONS)
"""The functions that a formula may use."""


@attrs.frozen
class _Step:
    """One step of a program for a stack: a number, a name, or an operation on so many of the last values."""

    number: Decimal | None = None
    name: str = ""
    operation: _Operation | None = None
    count: int = 0


@attrs.define
class _Parser:
    """Reads a formula from left to right into steps for a stack, and raises at the first place that is wrong."""

    text: str
    at: int = 0
    depth: int = 0
    steps: list[_Step] = attrs.field(factory=list[_Step])

    def read(self) -> tuple[_Step, ...]:
        self.expression()
        if self.text[self.at :].strip():
            raise self.unexpected()
        return tuple(self.steps)

    def unexpected(self) -> InvalidValueError:
        rest = self.text[self.at :].lstrip()
        found = excerpt(rest[:1]) if rest else "the end"
        return InvalidValueError(SYNTAX("/text", found=found, position=len(self.text) - len(rest) + 1))

    def peek(self) -> re.Match[str] | None:
        return _TOKEN.match(self.text, self.at)

    def take(self, *signs: str) -> str:
        """The next sign, if it is one of these."""
        token = self.peek()
        if token is None or token["sign"] not in signs:
            return ""
        self.at = token.end()
        return str(token["sign"])

    def operate(self, operation: _Operation, count: int) -> None:
        self.steps.append(_Step(operation=operation, count=count))

    def expression(self) -> None:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise InvalidValueError(TOO_DEEP("/text", limit=_DEEPEST))
        self.term()
        while sign := self.take("+", "-"):
            self.term()
            self.operate(_SIGNS[sign], 2)
        self.depth -= 1

    def term(self) -> None:
        self.factor()
        while sign := self.take("*", "/"):
            self.factor()
            self.operate(_SIGNS[sign], 2)

    def factor(self) -> None:
        negative = False
        while self.take("-"):
            negative = not negative
        if self.take("("):
            self.expression()
            self.close()
        else:
            self.atom()
        if negative:
            self.operate(_SUMS.minus, 1)

    def atom(self) -> None:
        token = self.peek()
        if token is None or token["sign"]:
            raise self.unexpected()
        self.at = token.end()
        if token["number"]:
            self.steps.append(_Step(number=decimal(token["number"], address="/text")))
        elif self.take("("):
            self.function(str(token["name"]))
        else:
            self.steps.append(_Step(name=str(token["name"])))

    def function(self, name: str) -> None:
        if name not in FUNCTIONS:
            raise InvalidValueError(UNKNOWN_FUNCTION("/text", name=excerpt(name), known=", ".join(FUNCTIONS)))
        count = 0
        while not count or self.take(","):
            self.expression()
            count += 1
        self.close()
        if name in _ONE_ARGUMENT and count != 1:
            raise InvalidValueError(ARGUMENTS("/text", name=name, expected=1, found=count))
        self.operate(_FUNCTIONS[name], count)

    def close(self) -> None:
        if not self.take(")"):
            raise self.unexpected()


def _text(value: Any) -> str:
    if type(value) is not str:
        raise InvalidValueError(NOT_TEXT("/text", found=type(value).__name__[:40]))
    if len(value) > _LONGEST:
        raise InvalidValueError(TOO_LONG("/text", limit=_LONGEST))
    return unicodedata.normalize("NFC", value)


@attrs.frozen
class Formula:
    """A formula that was understood; `names` are the measurements that it needs, in the order in which they occur.

    Raises `InvalidValueError` at `/text` (`formula.not-text`, `formula.too-long`, `formula.syntax`,
    `formula.too-deep`, `formula.unknown-function`, `formula.arguments`, `decimal.*`).
    """

    text: str = attrs.field(converter=_text)
    _steps: tuple[_Step, ...] = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_steps", _Parser(self.text).read())

    @property
    def names(self) -> tuple[str, ...]:
        """The measurements that it needs."""
        return tuple(dict.fromkeys(step.name for step in self._steps if step.name))

    def evaluate(self, values: Mapping[str, Decimal]) -> Decimal:
        """The value for these measurements.

        Raises `InvalidValueError`: `formula.missing` for each measurement that is not there, `formula.undefined`,
        `formula.too-large`.
        """
        missing = [MISSING(f"/{name}", name=name) for name in self.names if name not in values]
        if missing:
            raise InvalidValueError(*missing)
        try:
            result = self._run(values)
        except (DivisionByZero, InvalidOperation):
            raise InvalidValueError(UNDEFINED("/text")) from None
        except Overflow:
            raise InvalidValueError(TOO_LARGE("/text")) from None
        if not -_BOUND < result < _BOUND:
            raise InvalidValueError(TOO_LARGE("/text"))
        return canonical(_WIDE.quantize(result, _PLACES))

    def _run(self, values: Mapping[str, Decimal]) -> Decimal:
        stack: list[Decimal] = []
        for step in self._steps:
            if step.operation is not None:
                taken = stack[-step.count :]
                del stack[-step.count :]
                stack.append(step.operation(*taken))
            else:
                stack.append(values[step.name] if step.number is None else step.number)
        return stack.pop()

    def __str__(self) -> str:
        return self.text
