"""What a cell of a decision table asks of one input: unary tests after DMN 1.5, 7.3.13 and S-FEEL, for typed inputs.

    -  (or nothing)      anything
    5   > 5   <= 5       a number, or a day (`2026-03-01`), or what lies on one side of it
    [1..5]   (1..5]      an interval; a square bracket includes its end, a round one does not
    a, b                 one of several
    not(a, b)            none of them

Numbers and days have all of these; text, codes and truth values (`yes`, `no`) only the list and its negation. A test
knows the values at which its answer changes, so that a whole table can be checked for gaps and overlaps.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

import attrs

from orderlib.errors import FindingCode, InvalidValueError, Severity
from orderlib.values.decimals import EXACT, decimal, excerpt
from orderlib.values.instant import day

__all__ = ["UnaryTest", "probes", "unary_test"]

CELL: Final = FindingCode(
    "table.cell", Severity.ERROR, "{cell} says nothing about {kind}", "单元格 {cell} 不能用于 {kind}"
)
KIND: Final = FindingCode(
    "table.input-type", Severity.ERROR, "{kind} is not a type of input", "{kind} 不是可用的输入类型"
)

_ORDERED: Final = (Decimal, int, date)
_COMPARISON: Final = re.compile(r"(<=|>=|<|>)(.+)", re.DOTALL).fullmatch
_INTERVAL: Final = re.compile(r"([\[(\]])(.+?)\.\.(.+?)([\])\[])", re.DOTALL).fullmatch
_NEGATED: Final = re.compile(r"not\((.*)\)", re.DOTALL).fullmatch
_COMMAS: Final = re.compile(r',(?=(?:[^"]*"[^"]*")*[^"]*$)').split  # those outside quotation marks
_LONGEST: Final = 1000
_TRUTH: Final = {"yes": True, "true": True, "no": False, "false": False}


@attrs.frozen
class _Span:
    """Values from `low` to `high`; None is without end."""

    low: Any = None
    high: Any = None
    low_in: bool = True
    high_in: bool = True

    def __contains__(self, value: Any) -> bool:
        above = self.low is None or value > self.low or (self.low_in and value == self.low)
        return above and (self.high is None or value < self.high or (self.high_in and value == self.high))


@attrs.frozen
class UnaryTest:
    """One cell: `written` as it stood, and whether a value passes it."""

    written: str
    spans: tuple[_Span, ...] = attrs.field(default=(), repr=False)
    negated: bool = attrs.field(default=False, repr=False)

    @property
    def open(self) -> bool:
        """Whether anything passes."""
        return not self.spans

    def passes(self, value: Any) -> bool:
        """Whether the value, which is of the input's type, passes."""
        return self.open or any(value in span for span in self.spans) is not self.negated

    def edges(self) -> Iterator[Any]:
        """The values at which the answer may change."""
        for span in self.spans:
            yield from (edge for edge in (span.low, span.high) if edge is not None)

    def __str__(self) -> str:
        return self.written or "-"


def _reader(kind: type[Any]) -> Callable[[str], Any]:
    """How a value of an input's type is written; raises `InvalidValueError` (`table.input-type`)."""
    if kind is bool:
        return lambda word: _TRUTH[word.lower()]
    if kind is int:
        return _whole
    readers: dict[type[Any], Callable[[str], Any]] = {Decimal: decimal, date: day, str: _quoted}
    if kind in readers:
        return readers[kind]
    if issubclass(kind, StrEnum):
        return lambda word: kind(_quoted(word))
    raise InvalidValueError(KIND("/inputs", kind=kind.__name__[:60]))


def _whole(word: str) -> int:
    number = decimal(word)
    if number != number.to_integral_value():
        raise InvalidValueError(CELL(cell=excerpt(word), kind="int"))
    return int(number)


def _quoted(word: str) -> str:
    return word[1:-1] if len(word) > 1 and word[0] == word[-1] == '"' else word


def unary_test(cell: str, kind: type[Any], address: str = "") -> UnaryTest:
    """Read a cell for an input of a type: `Decimal`, `int`, `date`, `str`, `bool` or a `StrEnum`.

    Raises `InvalidValueError` (`table.cell`, `table.input-type`).
    """
    read = _reader(kind)
    body = cell.strip()
    if body in ("", "-"):
        return UnaryTest(body)
    if len(body) > _LONGEST:
        raise InvalidValueError(CELL(address, cell=excerpt(cell), kind=kind.__name__))
    negated = _NEGATED(body)
    words = _COMMAS(negated[1] if negated else body)
    try:
        spans = tuple(_span(word.strip(), read, ordered=kind in _ORDERED) for word in words)
    except (InvalidValueError, KeyError, ValueError):
        raise InvalidValueError(CELL(address, cell=excerpt(cell), kind=kind.__name__)) from None
    return UnaryTest(body, spans, negated is not None)


def _span(word: str, read: Callable[[str], Any], *, ordered: bool) -> _Span:
    if not word:
        raise ValueError(word)
    if ordered and (side := _COMPARISON(word)):
        value = read(side[2].strip())
        inside = side[1].endswith("=")
        return _Span(high=value, high_in=inside) if side[1][0] == "<" else _Span(low=value, low_in=inside)
    if ordered and (ends := _INTERVAL(word)):
        low, high = read(ends[2].strip()), read(ends[3].strip())
        if low > high:
            raise ValueError(word)
        return _Span(low, high, ends[1] == "[", ends[4] == "]")
    value = read(word)
    return _Span(value, value)


def probes(kind: type[Any], tests: Iterable[UnaryTest]) -> tuple[Any, ...]:
    """Values of an input's type that between them pass the tests in every possible combination.

    For an ordered type: every edge, and a value between each two neighbours and beyond the outer ones, where there
    is one; for codes and truth values all of them; for text those that are named, and one that is not.
    """
    if kind is bool:
        return (True, False)
    if issubclass(kind, StrEnum):
        return tuple(kind)
    named = dict.fromkeys(edge for test in tests for edge in test.edges())
    if kind is str:
        return (*named, _other(named))
    return tuple(_between(kind, sorted(named)))


def _other(named: Iterable[str]) -> str:
    return "".join(named) + "?"  # longer than each of them


def _between(kind: type[Any], edges: list[Any]) -> Iterator[Any]:
    if not edges:
        yield date(2000, 1, 1) if kind is date else kind(0)
        return
    step: Any = 1
    if kind is date:
        yield from _days(edges)
        return
    yield edges[0] - step
    for place, edge in enumerate(edges):
        yield edge
        if place + 1 == len(edges):
            yield edge + step
        elif kind is Decimal:
            yield EXACT.divide(EXACT.add(edge, edges[place + 1]), Decimal(2))
        elif edges[place + 1] - edge > 1:
            yield edge + 1


def _days(edges: list[date]) -> Iterator[date]:
    found: set[int] = set()
    for edge in edges:
        found |= {edge.toordinal() + step for step in (-1, 0, 1)}
    yield from (
        date.fromordinal(each) for each in sorted(found) if date.min.toordinal() <= each <= date.max.toordinal()
    )
