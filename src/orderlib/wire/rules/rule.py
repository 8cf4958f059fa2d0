"""Rules of a standard: predicates over the untyped tree, attached to a context, run before typed reading.

A `Rule` says where it applies (`context`, in a small part of XPath), what must hold there (`test`) and how
a breach is called and told (`code`). `check` walks a tree once and gives a `Finding` for every node that
breaks a rule, with the node's path as its address. A rule looks at its node and what it needs around it,
so a fragment of a document can be checked as well as the whole.

A context is one or more patterns, separated by `|`, of steps separated by `/`: `cbc:PriceAmount`,
`cac:Price/cac:AllowanceCharge`, `cac:AnticipatedMonetaryTotal/cbc:*`, `cbc:*Amount`. A pattern matches at any
depth; one that begins with `/` is counted from the root: `/*/cac:AllowanceCharge`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow, localcontext
from typing import Any, Final, TypeVar, cast

import attrs

from orderlib.errors import Finding, FindingCode, Severity
from orderlib.wire.limits import Limits
from orderlib.wire.xmltree import NAMESPACES, Element

__all__ = ["MORE_FINDINGS", "Clause", "Evidence", "Rule", "RuleSet", "Scope", "Test", "UnreadableNumberError", "check"]

T = TypeVar("T")

MORE_FINDINGS: Final = FindingCode(
    "ubl.more-findings",
    Severity.WARNING,
    "{count} more findings are not listed; the limit is {limit}",
    "另有 {count} 条结果未列出，上限为 {limit}",
)

_DECIMAL: Final = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_BLANKS: Final = " \t\r\n"
_EXACT: Final = Context(prec=1000, Emin=-9999, Emax=9999, traps=[InvalidOperation, DivisionByZero, Overflow, Inexact])


class UnreadableNumberError(Exception):
    """A number that a rule needs cannot be read; the rule has nothing to say, another one names the number."""


@attrs.define(eq=False)
class Scope:
    """What the tests of one check share: the root of the tree, the limits, and facts worked out once."""

    root: Element
    limits: Limits
    _facts: dict[Any, Any] = attrs.field(factory=dict[Any, Any], init=False)

    def fact(self, work_out: Callable[[Scope], T]) -> T:
        """What `work_out` says of the whole document, asked once for each check."""
        if work_out not in self._facts:
            self._facts[work_out] = work_out(self)
        return cast("T", self._facts[work_out])

    def readable(self, text: str) -> bool:
        """Whether the text is a decimal (XML Schema Part 2, 3.2.3) within the limit of digits."""
        text = text.strip(_BLANKS)
        if len(text) > self.limits.max_digits + 2 or _DECIMAL.fullmatch(text) is None:
            return False
        return sum(map(str.isdigit, text)) <= self.limits.max_digits

    def number(self, element: Element) -> Decimal:
        """The element's number, exact. Raises `UnreadableNumberError`, which `check` takes for silence."""
        if not self.readable(element.text):
            raise UnreadableNumberError
        return Decimal(element.text.strip(_BLANKS))

    def number_at(self, element: Element, path: str) -> Decimal | None:
        """The first number along the steps, None if there is no such element."""
        found = element.child(path)
        return None if found is None else self.number(found)

    def amount(self, element: Element, path: str) -> Decimal:
        """The first number along the steps, nought if there is no such element."""
        found = element.child(path)
        return Decimal(0) if found is None else self.number(found)

    def sum(self, elements: Iterable[Element]) -> Decimal:
        """The exact sum of the elements' numbers."""
        return sum(map(self.number, elements), Decimal(0))


Evidence = Mapping[str, object]
Test = Callable[[Element, Scope], "Evidence | None"]
"""None where the rule holds, else the facts of the breach (an empty mapping is a breach too)."""


@attrs.frozen
class _Step:
    """One step of a context: a namespace or any, and a name, the end of a name behind `*`, or any."""

    namespace: str | None
    name: str
    is_ending: bool

    @classmethod
    def read(cls, text: str) -> _Step:
        prefix, colon, name = text.rpartition(":")
        return cls(NAMESPACES[prefix] if colon else None, name.removeprefix("*"), name.startswith("*"))

    def matches(self, element: Element) -> bool:
        if self.namespace is not None and element.namespace != self.namespace:
            return False
        return element.name.endswith(self.name) if self.is_ending else element.name == self.name


@attrs.frozen
class _Pattern:
    """One alternative of a context: the steps that a node and those above it must match, innermost first."""

    steps: tuple[_Step, ...]
    anchored: bool

    @classmethod
    def read(cls, text: str) -> _Pattern:
        steps = (_Step.read(each) for each in reversed(text.removeprefix("/").split("/")))
        return cls(tuple(steps), text.startswith("/"))

    def matches(self, element: Element) -> bool:
        here: Element | None = element
        for step in self.steps:
            if here is None or not step.matches(here):
                return False
            here = here.parent
        return here is None or not self.anchored


def _patterns(context: str) -> tuple[_Pattern, ...]:
    return tuple(_Pattern.read(each.strip()) for each in context.split("|"))


@attrs.frozen
class Rule:
    """One rule: its code and sentences, the nodes that it applies to, and what must hold there."""

    code: FindingCode
    context: str
    test: Test
    _patterns: tuple[_Pattern, ...] = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_patterns", _patterns(self.context))

    @property
    def patterns(self) -> tuple[_Pattern, ...]:
        """The alternatives of the context."""
        return self._patterns

    def applies_to(self, element: Element) -> bool:
        """Whether the element matches the context."""
        return any(each.matches(element) for each in self._patterns)


@attrs.frozen
class Clause:
    """A rule that several standards share, before one of them has given it its code."""

    context: str
    test: Test
    en: str
    zh: str
    severity: Severity = Severity.ERROR

    def named(self, code: str, severity: Severity | None = None) -> Rule:
        """The clause as a rule of that code."""
        return Rule(FindingCode(code, severity or self.severity, self.en, self.zh), self.context, self.test)


@attrs.frozen
class RuleSet:
    """The rules of one kind of document, indexed by the names that they apply to."""

    name: str
    rules: tuple[Rule, ...] = attrs.field(converter=tuple[Rule, ...])
    _by_name: Mapping[str, tuple[Rule, ...]] = attrs.field(init=False, repr=False, eq=False)
    _open: tuple[tuple[tuple[str, ...], Rule], ...] = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        by_name: dict[str, list[Rule]] = {}
        left_open: list[tuple[tuple[str, ...], Rule]] = []
        for rule in self.rules:
            steps = [pattern.steps[0] for pattern in rule.patterns]
            if any(step.is_ending for step in steps):
                left_open.append((tuple(step.name for step in steps), rule))
            else:
                for name in {step.name for step in steps}:
                    by_name.setdefault(name, []).append(rule)
        object.__setattr__(self, "_by_name", {name: tuple(rules) for name, rules in by_name.items()})
        object.__setattr__(self, "_open", tuple(left_open))

    @property
    def codes(self) -> frozenset[str]:
        """The codes of all rules in the set."""
        return frozenset(rule.code.code for rule in self.rules)

    def applying_to(self, element: Element) -> tuple[Rule, ...]:
        """The rules whose context the element matches."""
        given = [*self._by_name.get(element.name, ())]
        given.extend(rule for endings, rule in self._open if element.name.endswith(endings))
        return tuple(rule for rule in given if rule.applies_to(element))


@attrs.define(eq=False)
class _Place:
    """Where elements stand, by the names from the top down to theirs: the rules there, and the places below."""

    rules: tuple[Rule, ...]
    below: dict[tuple[str, str], _Place] = attrs.field(factory=dict[tuple[str, str], Any])


def _placed(element: Element, ruleset: RuleSet) -> Iterator[tuple[Element, tuple[Rule, ...]]]:
    """Every element that rules apply to, in document order with them; they are sought once for each place."""
    top = _Place(ruleset.applying_to(element))
    yield element, top.rules
    ways = [(iter(element.children), top.below)]
    while ways:
        children, below = ways[-1]
        for child in children:
            name = (child.namespace, child.name)
            found = below.get(name)
            if found is None:
                found = below[name] = _Place(ruleset.applying_to(child))
            if found.rules:
                yield child, found.rules
            if child.children:
                ways.append((iter(child.children), found.below))
                break
        else:
            ways.pop()


@attrs.define
class _Tally:
    """Breaches in document order, as many of each weight as may be reported."""

    limit: int
    kept: list[tuple[int, Rule, Element, Evidence]] = attrs.field(factory=list[Any])
    errors: int = 0
    others: int = 0

    def add(self, rule: Rule, element: Element, evidence: Evidence) -> None:
        error = rule.code.severity is Severity.ERROR
        number = self.errors if error else self.others
        if number < self.limit:
            self.kept.append((self.errors + self.others, rule, element, evidence))
        if error:
            self.errors += 1
        else:
            self.others += 1

    def findings(self) -> tuple[Finding, ...]:
        """Errors take precedence where not everything fits; a last finding counts what is not listed."""
        told = sorted(self.kept, key=lambda each: (each[1].code.severity is not Severity.ERROR, each[0]))[: self.limit]
        found = [
            _finding(rule, element, evidence) for _, rule, element, evidence in sorted(told, key=lambda each: each[0])
        ]
        untold = self.errors + self.others - len(found)
        if untold:
            found.append(MORE_FINDINGS(count=untold, limit=self.limit))
        return tuple(found)


def _finding(rule: Rule, element: Element, evidence: Evidence) -> Finding:
    told = tuple((name, _shown(fact)) for name, fact in evidence.items())
    return Finding(rule.code.code, rule.code.severity, element.path, told)


def _shown(fact: object) -> str:
    text = format(fact, "f") if isinstance(fact, Decimal) else str(fact)
    return text if len(text) <= 200 else text[:199] + "…"


def check(element: Element, rules: RuleSet | Iterable[Rule], limits: Limits | None = None) -> tuple[Finding, ...]:
    """Every breach of the rules in the element and below it, in document order.

    Arithmetic in the tests is exact decimal arithmetic. At most `limits.max_faults` findings are listed,
    errors first; what is left out is counted in a last finding.
    """
    limits = limits or Limits()
    ruleset = rules if isinstance(rules, RuleSet) else RuleSet("given", tuple(rules))
    scope, tally = Scope(element.root, limits), _Tally(limits.max_faults)
    with localcontext(_EXACT):
        for node, applying in _placed(element, ruleset):
            for rule in applying:
                _try(rule, node, scope, tally)
    return tally.findings()


def _try(rule: Rule, node: Element, scope: Scope, tally: _Tally) -> None:
    try:
        evidence = rule.test(node, scope)
    except UnreadableNumberError:
        return
    if evidence is not None:
        tally.add(rule, node, evidence)
