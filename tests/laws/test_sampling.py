"""Laws of the sampling tables, the switching rules and the operating characteristics."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderlib.inspection.curve import acceptance_probability, oc_curve
from orderlib.inspection.letter import CodeLetter, InspectionLevel, code_letter
from orderlib.inspection.limits import _ROWS, limit_number
from orderlib.inspection.master import (
    AQLS,
    AcceptanceNumbers,
    Arrow,
    InspectionSeverity,
    RuleSet,
    letters_of,
    master_cell,
    resolved_cell,
    sample_size_of,
)
from orderlib.inspection.sampling import SampleVerdict, sampling_plan
from orderlib.inspection.switching import SamplingScheme

MIL, ISO = RuleSet
KINDS = [severity for severity in InspectionSeverity if severity is not InspectionSeverity.DISCONTINUED]
TABLES = [(rules, severity) for rules in RuleSet for severity in KINDS]
LETTERS = letters_of(MIL, "normal")
NORMAL_SERIES = [0, 1, 2, 3, 5, 7, 10, 14, 21, 30, 44]
TIGHTENED_SERIES = [0, 1, 2, 3, 5, 8, 12, 18, 27, 41]


def numbers(rules, severity, letter, aql):
    """The plan that stands in a cell, or nothing."""
    cell = master_cell(rules, severity, letter, aql)
    return cell if isinstance(cell, AcceptanceNumbers) else None


@pytest.mark.parametrize(("rules", "severity"), TABLES)
class TestTables:
    def test_every_letter_and_limit_has_a_plan(self, rules, severity):
        """An arrow always leads to one, in its own direction, and over arrows of its own kind alone."""
        for aql in AQLS:
            for row in LETTERS:
                letter, found = resolved_cell(rules, severity, row, aql)
                assert numbers(rules, severity, letter, aql) == found
                cell = master_cell(rules, severity, row, aql)
                if isinstance(cell, Arrow):
                    assert (letter > row) is (cell is Arrow.DOWN)

    def test_the_acceptance_numbers_are_those_of_the_series(self, rules, severity):
        """Re is Ac + 1, save in reduced inspection with a gap."""
        gap = severity is InspectionSeverity.REDUCED and rules is MIL
        known = TIGHTENED_SERIES if severity is InspectionSeverity.TIGHTENED else NORMAL_SERIES
        if severity is InspectionSeverity.REDUCED and rules is ISO:
            known = [*NORMAL_SERIES, 6, 8]
        for aql in AQLS:
            for row in LETTERS:
                plan = numbers(rules, severity, row, aql)
                if plan is not None:
                    assert plan.accept in known
                    assert plan.reject - plan.accept in ((1, 2, 3) if gap else (1,))

    def test_a_looser_limit_never_accepts_less(self, rules, severity):
        """Along a row, in the cells that hold a plan."""
        for row in letters_of(rules, severity):
            plans = [each for aql in AQLS if (each := numbers(rules, severity, row, aql)) is not None]
            assert all(one.accept <= other.accept and one.reject <= other.reject for one, other in pairwise(plans))

    def test_a_larger_sample_never_accepts_less(self, rules, severity):
        """Down a column, in the cells that hold a plan."""
        for aql in AQLS:
            plans = [each for row in LETTERS if (each := numbers(rules, severity, row, aql)) is not None]
            assert all(one.accept <= other.accept for one, other in pairwise(plans))

    def test_samples_grow_with_the_letter(self, rules, severity):
        """Reduced inspection looks at no more than normal."""
        sizes = [sample_size_of(row, severity) for row in letters_of(rules, severity)]
        assert sizes == sorted(sizes)
        normal = [sample_size_of(row, "normal") for row in LETTERS]
        assert all(here <= there for here, there in zip(sizes, normal, strict=False))

    def test_one_step_down_and_one_back_is_the_same_plan(self, rules, severity):
        """The diagonals, below the first two rows, up to where the corner is cut off."""
        rows = LETTERS[2:]
        for upper, lower in pairwise(rows):
            for column in range(1, len(AQLS)):
                above = numbers(rules, severity, upper, AQLS[column])
                below = numbers(rules, severity, lower, AQLS[column - 1])
                if above is not None and below is not None:
                    assert above == below


class TestBetweenTables:
    def test_normal_is_the_same_in_both_rule_sets(self):
        """Every cell, arrows too."""
        for row in LETTERS:
            for aql in AQLS:
                assert master_cell(MIL, "normal", row, aql) == master_cell(ISO, "normal", row, aql)

    def test_tightened_differs_in_one_cell(self):
        """Letter A at AQL 10."""
        differ = [
            (row, aql)
            for row in LETTERS
            for aql in AQLS
            if master_cell(MIL, "tightened", row, aql) != master_cell(ISO, "tightened", row, aql)
        ]
        assert differ == [(CodeLetter.A, Decimal(10))]

    def test_tightened_is_normal_of_the_next_stricter_limit(self):
        """As far as its acceptance number is 5; above, it is milder than that by less than a step."""
        for row in LETTERS[1:]:
            for stricter, aql in pairwise(AQLS):
                tight, normal = numbers(ISO, "tightened", row, aql), numbers(ISO, "normal", row, stricter)
                if tight is not None and normal is not None:
                    if normal.accept <= 5:
                        assert tight == normal
                    else:
                        milder = numbers(ISO, "normal", row, aql)
                        assert tight.accept > normal.accept
                        assert milder is None or tight.accept < milder.accept

    def test_tightened_never_accepts_more_and_reduced_never_less_for_its_size(self):
        """With the same letter: fewer accepted out of as many; as a share of the sample, more out of fewer.

        Letters A and B, whose samples cannot become smaller in step, are left out.
        """
        for rules in RuleSet:
            for row in LETTERS[2:]:
                for aql in AQLS:
                    normal = numbers(rules, "normal", row, aql)
                    tight, reduced = numbers(rules, "tightened", row, aql), numbers(rules, "reduced", row, aql)
                    if normal is None:
                        continue
                    assert tight is None or tight.accept <= normal.accept
                    if reduced is not None:
                        share = Fraction(reduced.reject - 1, sample_size_of(row, "reduced"))
                        assert share >= Fraction(normal.accept, sample_size_of(row, "normal"))

    def test_limit_numbers_leave_one_chance_in_ten(self):
        """With the mean found at the limit, 1.28 standard deviations below it; two cells are known to differ by one."""
        differ = []
        for aql in AQLS:
            for units in _ROWS:
                mean = units * aql / 100
                below = mean - Decimal("1.28") * mean.sqrt()
                expected = None if below < 0 else int(below.to_integral_value(ROUND_FLOOR))
                found = limit_number(units, aql)
                last = units >= 50 and found == limit_number(units - 1, aql)  # the column has ended
                if found != expected and not last:
                    differ.append((units, str(aql), expected, found))
        assert differ == [(130, "10", 8, 7), (30, "650", 177, 178)]


LOTS = st.integers(2, 10**7)
LIMITS = st.sampled_from(AQLS)


@given(LOTS, LOTS, st.sampled_from(InspectionLevel))
def test_a_larger_lot_has_no_smaller_letter(one, other, level):
    """And a higher general level has no smaller one either."""
    small, large = sorted((one, other))
    assert code_letter(small, level) <= code_letter(large, level)
    assert code_letter(one, "I") <= code_letter(one, "II") <= code_letter(one, "III")
    assert code_letter(one, "S-1") <= code_letter(one, "S-2") <= code_letter(one, "S-3") <= code_letter(one, "S-4")


@given(LOTS, LIMITS, st.sampled_from(InspectionLevel), st.sampled_from(TABLES))
def test_every_lot_has_a_plan_that_decides(size, aql, level, table):
    """The sample is no larger than the lot, and every number found means one thing."""
    rules, severity = table
    plan = sampling_plan(size, aql, level, severity, rules)
    assert 1 <= plan.sample_size <= size
    said = [plan.verdict(found) for found in range(min(plan.sample_size, plan.reject) + 1)]
    order = list(SampleVerdict)
    assert [order.index(each) for each in said] == sorted(order.index(each) for each in said)


@given(LOTS, LIMITS, st.sampled_from(TABLES), st.integers(0, 10**8), st.integers(0, 10**8))
def test_worse_quality_passes_no_more_often(size, aql, table, one, other):
    """The curve falls, whatever the distribution."""
    rules, severity = table
    plan = sampling_plan(size, aql, "II", severity, rules)
    better, worse = (Decimal(each).scaleb(-6) for each in sorted((one, other)))
    for kind in ("binomial", "poisson", "hypergeometric"):
        first, second = oc_curve(plan, [better, worse], kind)
        assert 0 <= second.probability <= first.probability <= 1


@given(st.integers(1, 200), st.integers(0, 20), st.integers(0, 100))
def test_the_finite_lot_tends_to_the_process(sample, accept, percent):
    """A lot of a thousand million is as good as endless."""
    finite = acceptance_probability(sample, accept, percent, "hypergeometric", lot_size=10**9)
    assert abs(finite - acceptance_probability(sample, accept, percent)) < Decimal("1e-5")


FOUND = st.lists(st.tuples(st.integers(0, 80), st.booleans(), st.booleans()), max_size=60)


def folded(rules, lots):
    """The schemes after each lot."""
    scheme = SamplingScheme("x", aql="1.0", rule_set=rules)
    schemes = [scheme]
    for number, (found, steady, wished) in enumerate(lots):
        if scheme.severity is InspectionSeverity.DISCONTINUED:
            scheme, _ = scheme.resume()
        plan = scheme.plan(1000)
        counted = min(found, plan.sample_size)
        scheme, said = scheme.follow(plan.outcome(f"L-{number}", counted, steady=steady, reduced_wished=wished))
        assert said.outcome is scheme.severity
        assert said.reasons
        schemes.append(scheme)
    return schemes


@given(st.sampled_from(RuleSet), FOUND)
def test_switching_is_a_fold_that_moves_one_step_at_a_time(rules, lots):
    """The same lots give the same state; reduced and tightened are never neighbours."""
    schemes = folded(rules, lots)
    assert schemes == folded(rules, lots)
    for before, after in pairwise(schemes):
        assert {before.severity, after.severity} != {"reduced", "tightened"}
        assert (before.severity, after.severity) != ("normal", "discontinued")


@given(st.sampled_from(RuleSet), st.lists(st.integers(3, 80), min_size=15, max_size=30))
def test_bad_lots_are_never_met_mildly(rules, founds):
    """Where every lot is rejected, the second tightens and inspection ends soon after."""
    schemes = folded(rules, [(found, True, True) for found in founds])
    assert schemes[2].severity == "tightened"
    assert "reduced" not in {each.severity for each in schemes}
    assert any(each.severity == "discontinued" for each in schemes)
