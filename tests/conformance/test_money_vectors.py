"""Published cases of allocation and rounding: the invariant on all, the exact split where their rule is ours."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from orderlib.values.money import Money, sum_money
from orderlib.values.rounding import ROUNDINGS

pytestmark = pytest.mark.conformance

# The published names of four rules differ from ours; `up` there means towards plus infinity.
NAMES = {
    "HALF_POSITIVE_INFINITY": "HALF_CEILING",
    "HALF_NEGATIVE_INFINITY": "HALF_FLOOR",
    "UP": "CEILING",
    "DOWN": "FLOOR",
}


def load(data: Path) -> list[tuple[str, dict]]:
    """Every case of every file of vectors about money, with the name of its list."""
    return [
        (kind, case)
        for path in sorted((data / "50_vectors").glob("money*.json"))
        for kind, cases in json.loads(path.read_text(encoding="utf-8")).items()
        if isinstance(cases, list)
        for case in cases
    ]


def rule_of(mode: str):
    """Our rule for a published mode."""
    name = mode.removeprefix("ROUND_")
    return ROUNDINGS[NAMES.get(name, name)]


def is_by_largest_remainder(amount: int, weights: list[str | int], split: list[int]) -> bool:
    """Whether a published split gives what is left over to those that lost most, the earlier first, mirrored."""
    parts = [Fraction(weight) for weight in weights]
    sign = 1 if amount >= 0 else -1
    exact = [abs(amount) * part / sum(parts) for part in parts]
    extra = [sign * share - int(value) for share, value in zip(split, exact, strict=True)]
    lost = [value - int(value) for value in exact]
    order = sorted(range(len(parts)), key=lambda place: (-lost[place], place))
    flags = [extra[place] for place in order]
    return set(flags) <= {0, 1} and flags == sorted(flags, reverse=True)


def test_published_allocations(data, cases_run):
    """Every split sums to its amount; where the published rule is largest remainder, ours is the same split."""
    cases = [(kind, case) for kind, case in load(data) if "expect" in case and ("ratios" in case or "parts" in case)]
    exact, other = 0, []
    for kind, case in cases:
        weights = case.get("ratios") or [1] * case["parts"]
        money = Money.of_minor(case["amount"], "EUR")
        shares = money.allocate(weights) if "ratios" in case else money.split(case["parts"])
        split = [share.minor for share in shares]
        assert sum_money(shares, "EUR") == money
        assert len(split) == len(case["expect"])
        assert sum(case["expect"]) == case["amount"]
        if is_by_largest_remainder(case["amount"], weights, case["expect"]):
            assert split == case["expect"], (kind, case)
            exact += 1
        else:
            assert is_by_largest_remainder(case["amount"], weights, split)
            assert all(abs(ours - theirs) <= 1 for ours, theirs in zip(split, case["expect"], strict=True))
            other.append(f"{case['amount']} by {case.get('ratios') or case['parts']} ({kind})")
    assert exact > len(other)
    cases_run.append(f"money vectors: {len(cases)} allocations, {len(cases)} sum to the unit, {exact} splits the same")
    cases_run.extend(f"money vectors: split by another rule: {case[:100]}" for case in other)


def test_published_roundings(data, cases_run):
    """Every published value rounds as published, under the rule of the same meaning."""
    cases = [case for _, case in load(data) if "mode" in case and "value" in case]
    for case in cases:
        result = rule_of(case["mode"])(*Fraction(case["value"]).as_integer_ratio())
        assert result == int(case["expect"]), case
    assert cases
    cases_run.append(f"money vectors: {len(cases)} roundings, {len(cases)} right")


def test_published_roundings_to_a_unit(data, cases_run):
    """Every amount rounds to the published multiple of a power of ten."""
    cases = [case for _, case in load(data) if "round_to_10_pow" in case]
    for case in cases:
        money = Money.of_minor(case["minor_units"], "EUR")
        assert money.to_step(10 ** case["round_to_10_pow"], rule_of(case["mode"])).minor == case["expect"], case
    assert cases
    cases_run.append(f"money vectors: {len(cases)} roundings to a step, {len(cases)} right")


def test_no_case_is_left_out(data):
    """Each case of the file belongs to one of the tests above."""
    assert all(("expect" in case and ("ratios" in case or "parts" in case)) or "mode" in case for _, case in load(data))
