"""The published units of Peppol's ordering rules: each fragment breaks the rule in scope, or keeps it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from orderlib.errors import Severity
from orderlib.wire.rules import RULE_SETS, RuleSet, check, rules_for
from orderlib.wire.xmltree import Element, parse_xml

TRANSACTION = re.compile(r"PEPPOL-(T[0-9]+)-|peppolbis-(t[0-9]+)-")

pytestmark = pytest.mark.conformance


class Unit(NamedTuple):
    """One `<test>`: the fragment, and for each rule in its assertion the verdict and the number of breaches."""

    name: str
    rules: RuleSet | None
    transaction: str
    fragment: Element
    expected: tuple[tuple[str, str, int | None], ...]


def transaction_of(code: str, configuration: str) -> str:
    """`T01`, by the rule's own code, else by the configuration of the test set."""
    found = TRANSACTION.search(code) or TRANSACTION.search(configuration)
    return "" if found is None else (found.group(1) or found.group(2)).upper()


def units_of(path: Path) -> list[Unit]:
    """Every `<test>` of one file."""
    test_set = parse_xml(path.read_bytes())
    scope = test_set.value_of("assert/scope") or path.stem
    transaction = transaction_of(scope, test_set.attributes.get("configuration", ""))
    found: list[Unit] = []
    for number, test in enumerate(test_set.all("test"), 1):
        asserted, fragment = test.children[0], test.children[-1]
        expected = tuple(
            (each.value, each.name, int(count) if (count := each.attributes.get("number")) else None)
            for each in asserted.children
            if each.name in {"success", "warning", "error", "fatal"}
        )
        standing_alone = parse_alone(fragment)
        found.append(Unit(f"{path.stem} #{number}", RULE_SETS.get(transaction), transaction, standing_alone, expected))
    return found


def parse_alone(fragment: Element) -> Element:
    """The fragment as a document of its own: the unit wraps it, so the root is cut loose."""
    fragment.parent = None
    return fragment


def is_right(unit: Unit, breaches: Counter[str], severities: dict[str, Severity]) -> bool:
    """Whether each rule in the assertion gave the verdict, as often and as gravely as the unit states."""
    for code, verdict, number in unit.expected:
        if verdict == "success":
            right = breaches[code] == 0
        else:
            weight = Severity.WARNING if verdict == "warning" else Severity.ERROR
            right = breaches[code] == (number or 1) and severities.get(code) is weight
        if not right:
            return False
    return True


def units_below(data: Path) -> list[Unit]:
    """Every unit in the folder, whatever it holds."""
    paths = sorted((data / "02_peppol_ordering").glob("rule_units/*/*.xml"))
    if not paths:
        pytest.skip("no rule units among the real documents")
    return [unit for path in paths for unit in units_of(path)]


def test_every_unit_gets_the_verdict_that_it_states(data: Path, cases_run: list[str]) -> None:
    """Every unit of a transaction that the model knows; what is out of scope is listed with its element."""
    units = units_below(data)
    excluded = [unit for unit in units if unit.rules is None]
    wrong: list[str] = []
    for unit in units:
        if unit.rules is None:
            continue
        findings = check(unit.fragment, unit.rules)
        breaches = Counter(finding.code for finding in findings)
        if not is_right(unit, breaches, {finding.code: finding.severity for finding in findings}):
            wrong.append(f"{unit.name}: expected {unit.expected}, found {dict(breaches)}")
    run = len(units) - len(excluded)
    cases_run.append(f"Peppol rule units: {run} run, {run - len(wrong)} verdicts right, {len(excluded)} excluded")
    cases_run.extend(f"Peppol rule units: excluded {each.name}, {each.fragment.name}" for each in excluded)
    assert run
    assert not wrong, "\n".join(wrong)


def test_every_rule_that_a_unit_names_is_known(data: Path) -> None:
    """A unit whose rule we lack would pass by silence; none does."""
    named = {(unit.name, code) for unit in units_below(data) if unit.rules for code, _, _ in unit.expected}
    known = {code for rules in RULE_SETS.values() for code in rules.codes}
    assert not [each for each in sorted(named) if each[1] not in known]


def test_the_examples_break_no_rule_of_their_transaction(data: Path, cases_run: list[str]) -> None:
    """Peppol's own example documents are free of errors."""
    paths = sorted((data / "02_peppol_ordering" / "examples").rglob("*.xml"))
    if not paths:
        pytest.skip("no Peppol examples among the real documents")
    broken: dict[str, list[str]] = {}
    for path in paths:
        root = parse_xml(path.read_bytes())
        errors = [str(each) for each in check(root, rules_for(root)) if each.severity is Severity.ERROR]
        if errors:
            broken[path.name] = errors
    cases_run.append(f"Peppol examples under rules: {len(paths)} run, {len(broken)} with errors")
    assert not broken
