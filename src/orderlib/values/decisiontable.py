"""Decision tables: a policy that a person can read as a table, after DMN 1.5 (OMG), clause 8.

    amount,     dunning, outcome, reason
    <= 1000,    0,       yes,     small and clean
    > 1000,     0,       review,  large
    -,          > 0,     no,      the customer is dunned

Every input has a type, every cell is a unary test (`orderlib.values.unarytest`), and the whole table is checked when
it is made: cases that no rule covers, rules that overlap where the hit policy does not allow it, and rules that can
never apply are findings. At run time an input that is missing or of another type, and a case that no rule covers,
give `doubt`, which is never the best outcome.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from inspect import isclass
from typing import Any, Final

import attrs

from orderlib.errors import Finding, FindingCode, InvalidValueError, Severity
from orderlib.values.codelist import member
from orderlib.values.decimals import excerpt
from orderlib.values.decision import Decision, Verdict
from orderlib.values.identifier import text
from orderlib.values.parameter import of_type
from orderlib.values.typed import tuple_of, values_of
from orderlib.values.unarytest import UnaryTest, probes, unary_test

__all__ = ["DecisionTable", "HitPolicy", "Input", "TableRule"]

APPLIES: Final = FindingCode("table.rule", Severity.INFO, "rule {rule} applies: {said}", "规则 {rule} 适用：{said}")
WOULD: Final = FindingCode(
    "table.would",
    Severity.INFO,
    "with {input} {cell} rule {rule} would apply: {outcome}",
    "若 {input} 为 {cell}，则适用规则 {rule}：{outcome}",
)
UNCOVERED: Final = FindingCode("table.no-rule", Severity.WARNING, "no rule covers {case}", "没有规则覆盖 {case}")
INPUT_TYPE: Final = FindingCode(
    "table.input",
    Severity.WARNING,
    "{input} is {found}, where {expected} is needed",
    "{input} 为 {found}，应为 {expected}",
)
GAP: Final = FindingCode("table.gap", Severity.ERROR, "no rule covers {case}", "没有规则覆盖 {case}")
OVERLAP: Final = FindingCode(
    "table.overlap", Severity.ERROR, "rules {rules} both cover {case}", "规则 {rules} 同时覆盖 {case}"
)
MASKED: Final = FindingCode(
    "table.masked", Severity.ERROR, "rule {rule} never applies: others come first", "规则 {rule} 永远不会生效"
)
HEADER: Final = FindingCode(
    "table.header",
    Severity.ERROR,
    "the first line names {expected}, not {found}",
    "首行应为 {expected}，而不是 {found}",
)
WIDTH: Final = FindingCode(
    "table.width", Severity.ERROR, "{found} cells where {expected} belong", "单元格数为 {found}，应为 {expected}"
)
OUTCOME: Final = FindingCode(
    "table.outcome", Severity.ERROR, "{outcome} is not one of {expected}", "{outcome} 不在 {expected} 之中"
)
UNREADABLE: Final = FindingCode(
    "table.unreadable", Severity.ERROR, "the table cannot be read: {error}", "无法读取决策表：{error}"
)
OUTCOMES: Final = FindingCode(
    "table.outcomes", Severity.ERROR, "outcomes are a StrEnum, not {kind}", "结果须为 StrEnum，而不是 {kind}"
)
EMPTY: Final = FindingCode("table.empty", Severity.ERROR, "a table needs inputs and rules", "决策表必须有输入和规则")
TOO_LARGE: Final = FindingCode("table.too-large", Severity.ERROR, "more than {limit} {what}", "{what} 超过 {limit}")
DOUBT_BEST: Final = FindingCode(
    "table.doubt-best",
    Severity.ERROR,
    "{doubt} is the best outcome; doubt cannot be",
    "{doubt} 是最佳结果，不能作为存疑结果",
)

_MOST_RULES: Final = 2000
_MOST_STEPS: Final = 200_000
_SHOWN: Final = 20
_REASON: Final = "reason"
_RESULT: Final = "outcome"


class HitPolicy(StrEnum):
    """What becomes of a case that several rules cover (DMN 1.5, 8.2.8)."""

    UNIQUE = "U"
    """No two rules may cover one case."""
    ANY = "A"
    """They must all say the same."""
    FIRST = "F"
    """The first in the table rules."""
    PRIORITY = "P"
    """The worst outcome rules."""
    COLLECT = "C"
    """All are reasons, and the worst outcome rules."""


@attrs.frozen
class Input:
    """One column: its type (`Decimal`, `int`, `date`, `str`, `bool` or a `StrEnum`), and how it is read.

    `read` takes what the policy is given. Left out, the policy is given a mapping, and the column's name is the key.
    """

    kind: type[Any]
    read: Callable[..., object] | None = None

    def __call__(self, name: str, /, *given: Any) -> Any:
        """The value of the column of this name, of what the policy was given."""
        return given[0][name] if self.read is None else self.read(*given)

    def __str__(self) -> str:
        return self.kind.__name__  # a decision records it: a function would show where it lies in memory


@attrs.frozen
class TableRule:
    """One row: a test for each input, the outcome, and what to say of it."""

    tests: tuple[UnaryTest, ...]
    outcome: StrEnum
    said: str = attrs.field(default="", converter=text)

    def __str__(self) -> str:
        return f"{', '.join(map(str, self.tests))} → {self.outcome}"


def _columns(given: Mapping[str, Input]) -> dict[str, Input]:
    return values_of(Input, given, "/inputs")


def _rules(given: Iterable[TableRule]) -> tuple[TableRule, ...]:
    return tuple_of(TableRule, given, "/rules")


def _hit(value: str) -> HitPolicy:
    return member(HitPolicy, value, "/hit")


@attrs.frozen
class DecisionTable:
    """A decision table as a policy, checked when it is made.

    `inputs` are the columns by name; `rules` come in their order. Raises `InvalidValueError` with all findings
    (`value.type`, `table.gap`, `table.overlap`, `table.masked`, `table.empty`, `table.too-large`, `table.doubt-best`);
    with `gaps=True` uncovered cases are left to `doubt`.
    """

    inputs: Mapping[str, Input] = attrs.field(converter=_columns)
    rules: tuple[TableRule, ...] = attrs.field(converter=_rules)
    hit: HitPolicy = attrs.field(default=HitPolicy.UNIQUE, converter=_hit)
    doubt: StrEnum = attrs.field(default=Verdict.REVIEW, validator=of_type(StrEnum))
    gaps: bool = attrs.field(default=False, kw_only=True)
    version: str = attrs.field(default="unversioned", kw_only=True)

    def __attrs_post_init__(self) -> None:
        wrong: list[Finding] = []
        if not self.inputs or not self.rules:
            wrong.append(EMPTY())
        if len(self.rules) > _MOST_RULES:
            wrong.append(TOO_LARGE("/rules", limit=_MOST_RULES, what="rules"))
        if _rank(self.doubt) == 0:
            wrong.append(DOUBT_BEST("/doubt", doubt=self.doubt))
        wrong = wrong or list(_Check(self).findings())
        if wrong:
            raise InvalidValueError(*wrong)

    @classmethod
    def from_csv(
        cls,
        source: str | Iterable[str],
        *,
        inputs: Mapping[str, Input | type[Any]],
        hit: HitPolicy = HitPolicy.UNIQUE,
        outcomes: type[StrEnum] = Verdict,
        doubt: StrEnum | None = None,
        gaps: bool = False,
        version: str = "unversioned",
    ) -> DecisionTable:
        """Read a table from CSV text, or from its lines: the inputs by name, then `outcome`, then perhaps `reason`.

        `doubt` is the member of `outcomes` called `review` or `undecided`, else the worst, where it is left out.
        Raises `InvalidValueError` with all findings (`table.unreadable`, `table.header`, `table.width`,
        `table.cell`, `table.outcome`, `table.outcomes`, and those of the class).
        """
        named: Mapping[str, Any] = values_of(object, inputs, "/inputs")
        columns = {name: each if isinstance(each, Input) else Input(each) for name, each in named.items()}
        kind: Any = outcomes
        if not isclass(kind) or not issubclass(kind, StrEnum):
            raise InvalidValueError(OUTCOMES("/outcomes", kind=type(kind).__name__[:40]))
        rules = _read(source, columns, outcomes)
        return cls(columns, rules, hit, doubt or _doubt_of(outcomes), gaps=gaps, version=version)

    def __call__(self, *given: Any) -> Decision[Any]:
        """The outcome by the rules, which rule it was, and what would lead to another outcome."""
        values, wrong = self._values(given)
        if wrong:
            return Decision(self.doubt, wrong)
        hits = [place for place, rule in enumerate(self.rules) if _covers(rule, values)]
        if not hits:
            return Decision(self.doubt, (UNCOVERED("/inputs", case=_case(self.inputs, values)),))
        if self.hit is HitPolicy.FIRST:
            hits = hits[:1]
        worst = max(hits, key=lambda place: _rank(self.rules[place].outcome))
        ruling = hits if self.hit is HitPolicy.COLLECT else [worst]
        outcome = self.rules[worst].outcome
        return Decision(outcome, tuple(map(self._applies, ruling)), tuple(self._would(values, outcome)))

    def _values(self, given: tuple[Any, ...]) -> tuple[list[Any], tuple[Finding, ...]]:
        """The inputs' values, and a finding for each that is missing or of another type."""
        values: list[Any] = []
        wrong: list[Finding] = []
        for name, column in self.inputs.items():
            try:
                value = column(name, *given)
            except (TypeError, ValueError, LookupError, ArithmeticError, AttributeError):
                value = None
            if column.kind is Decimal and type(value) is int:
                value = Decimal(value)
            if type(value) is not column.kind or (isinstance(value, Decimal) and not value.is_finite()):
                found = "missing" if value is None else type(value).__name__
                wrong.append(INPUT_TYPE(f"/inputs/{name}", input=name, found=found, expected=column.kind.__name__))
            values.append(value)
        return values, tuple(wrong)

    def _applies(self, place: int) -> Finding:
        rule = self.rules[place]
        return APPLIES(f"/rules/{place}", rule=place + 1, said=rule.said or str(rule))

    def _would(self, values: list[Any], outcome: StrEnum) -> Iterator[Finding]:
        """Rules with a better outcome that a single input keeps from applying."""
        for place, rule in enumerate(self.rules):
            if _rank(rule.outcome) >= _rank(outcome):
                continue
            failing = [number for number, test in enumerate(rule.tests) if not test.passes(values[number])]
            if len(failing) == 1:
                name, cell = list(self.inputs)[failing[0]], rule.tests[failing[0]]
                yield WOULD(f"/rules/{place}", input=name, cell=cell, rule=place + 1, outcome=rule.outcome)


def _rank(outcome: StrEnum) -> int:
    return list(type(outcome)).index(outcome)


def _doubt_of(outcomes: type[StrEnum]) -> StrEnum:
    members = list(outcomes)
    return next((each for each in members[1:] if each.value in ("review", "undecided")), members[-1])


def _covers(rule: TableRule, values: Iterable[Any]) -> bool:
    return all(test.passes(value) for test, value in zip(rule.tests, values, strict=True))


def _case(names: Iterable[str], values: Iterable[object]) -> str:
    return ", ".join(f"{name} = {value}" for name, value in zip(names, values, strict=False))


def _read(source: str | Iterable[str], columns: Mapping[str, Input], outcomes: type[StrEnum]) -> tuple[TableRule, ...]:
    """The rules in a CSV text; all findings at once."""
    try:
        lines = source.splitlines() if isinstance(source, str) else source
        rows = [[cell.strip() for cell in row] for row in csv.reader(lines, skipinitialspace=True) if any(row)]
    except (csv.Error, TypeError, AttributeError) as error:
        raise InvalidValueError(UNREADABLE(error=str(error)[:200])) from None
    expected = [*columns, _RESULT]
    if not rows or rows[0] not in (expected, [*expected, _REASON]):
        found = ", ".join(rows[0]) if rows else "-"
        raise InvalidValueError(HEADER("/0", expected=", ".join(expected), found=excerpt(found, 80)))
    if len(rows) - 1 > _MOST_RULES:
        raise InvalidValueError(TOO_LARGE(limit=_MOST_RULES, what="rules"))
    rules: list[TableRule] = []
    wrong: list[Finding] = []
    for number, row in enumerate(rows[1:], 1):
        try:
            rules.append(_rule(row, columns, outcomes, f"/{number}", len(rows[0])))
        except InvalidValueError as error:
            wrong += error.findings
    if wrong:
        raise InvalidValueError(*wrong)
    return tuple(rules)


def _rule(row: list[str], columns: Mapping[str, Input], outcomes: type[StrEnum], address: str, width: int) -> TableRule:
    if len(row) != width:
        raise InvalidValueError(WIDTH(address, found=len(row), expected=width))
    wrong: list[Finding] = []
    tests: list[UnaryTest] = []
    for cell, (name, column) in zip(row, columns.items(), strict=False):
        try:
            tests.append(unary_test(cell, column.kind, f"{address}/{name}"))
        except InvalidValueError as error:
            wrong += error.findings
    said = row[len(columns)]
    outcome = next((each for each in outcomes if each.value == said), None)
    if outcome is None:
        expected = ", ".join(outcomes)
        wrong.append(OUTCOME(f"{address}/{_RESULT}", outcome=excerpt(said), expected=expected))
    if wrong or outcome is None:
        raise InvalidValueError(*wrong)
    return TableRule(tuple(tests), outcome, row[-1] if width > len(columns) + 1 else "")


class _Check:
    """Goes through every case that the table can tell apart: input by input, with the rules that still apply."""

    def __init__(self, table: DecisionTable) -> None:
        self._table = table
        self._names = list(table.inputs)
        self._probes = [
            probes(column.kind, (rule.tests[number] for rule in table.rules))
            for number, column in enumerate(table.inputs.values())
        ]
        self._seen: set[tuple[int, tuple[int, ...]]] = set()
        self._used: set[int] = set()
        self._found: dict[str, Finding] = {}

    def findings(self) -> Iterator[Finding]:
        """Gaps, overlaps, and rules that never apply; the first of each kind of case."""
        self._walk((), tuple(range(len(self._table.rules))))
        yield from list(self._found.values())[:_SHOWN]
        if self._table.hit is HitPolicy.FIRST:
            idle = (place for place in range(len(self._table.rules)) if place not in self._used)
            yield from (MASKED(f"/rules/{place}", rule=place + 1) for place in idle)

    def _walk(self, values: tuple[Any, ...], rules: tuple[int, ...]) -> None:
        depth = len(values)
        if not rules:
            if not self._table.gaps:
                self._found.setdefault(f"gap {depth}", GAP("/rules", case=_case(self._names, values) or "anything"))
            return
        if (depth, rules) in self._seen:
            return  # the same rules stand before the same inputs: nothing new can come of it
        self._seen.add((depth, rules))
        if len(self._seen) > _MOST_STEPS:
            raise InvalidValueError(TOO_LARGE("/rules", limit=_MOST_STEPS, what="cases to tell apart"))
        if depth == len(self._names):
            self._leaf(values, rules)
            return
        tests = [(place, self._table.rules[place].tests[depth]) for place in rules]
        for value in self._probes[depth]:
            self._walk((*values, value), tuple(place for place, test in tests if test.passes(value)))

    def _leaf(self, values: tuple[Any, ...], rules: tuple[int, ...]) -> None:
        hit = self._table.hit
        self._used.add(rules[0])
        outcomes = {self._table.rules[place].outcome for place in rules}
        if len(rules) > 1 and (hit is HitPolicy.UNIQUE or (hit is HitPolicy.ANY and len(outcomes) > 1)):
            numbers = " and ".join(str(place + 1) for place in rules)
            self._found.setdefault(numbers, OVERLAP("/rules", rules=numbers, case=_case(self._names, values)))
