"""Plans as values, and what a sample says."""

from __future__ import annotations

import pytest

from orderlib.errors import InvalidValueError
from orderlib.inspection.sampling import LotOutcome, SampleVerdict, SamplingPlan, every_unit, sampling_plan


class TestPlan:
    def test_by_size_level_and_limit(self):
        """Letter, sample and numbers follow from the tables."""
        plan = sampling_plan(3000, "2.5", "S-4", "tightened", "ISO 2859-1:1999")
        assert (plan.letter, plan.sample_size, plan.accept, plan.reject) == ("G", 32, 1, 2)
        assert str(plan) == "32 of 3000: passes with 1, fails with 2 (G, AQL 2.5, tightened, ISO 2859-1:1999)"

    def test_the_whole_lot_where_the_sample_would_be_larger(self):
        """Every unit is looked at, by the numbers of the plan."""
        plan = sampling_plan(40, "0.10")
        assert (plan.sample_size, plan.accept, plan.whole_lot) == (40, 0, True)
        assert sampling_plan(1, "6.5").whole_lot
        assert not sampling_plan(1000, "1.0").whole_lot

    def test_what_is_counted_follows_from_the_limit(self):
        """Percent up to 10, nonconformities above; either can be counted below."""
        assert sampling_plan(1000, "10").counting == "units"
        assert sampling_plan(1000, "15").counting == "nonconformities"
        assert sampling_plan(1000, "1.0", counting="nonconformities").counting == "nonconformities"
        with pytest.raises(InvalidValueError) as caught:
            sampling_plan(1000, "15", counting="units")
        assert caught.value.code == "sampling.percent"

    def test_a_plan_of_ones_own(self):
        """Any numbers that make sense; those that do not are named."""
        own = {"aql": "1.0", "letter": "J", "lot_size": 100, "sample_size": 50, "accept": 0, "reject": 1}
        assert SamplingPlan(**own).verdict(0).passes
        assert str(every_unit(20)) == "20 of 20: passes with 0, fails with 1"
        for wrong, code in (
            ({"sample_size": 101}, "sampling.sample-exceeds-lot"),
            ({"reject": 0}, "sampling.numbers"),
            ({"sample_size": 0}, "number.whole"),
            ({"accept": -1}, "number.whole"),
            ({"letter": "I"}, "code.unknown"),
            ({"counting": "boxes"}, "code.unknown"),
            ({"lot_size": 0}, "sampling.lot-size"),
        ):
            with pytest.raises(InvalidValueError) as caught:
                SamplingPlan(**own | wrong)
            assert caught.value.code == code


class TestVerdict:
    @pytest.mark.parametrize(
        ("found", "verdict"), [(0, "accepted"), (1, "accepted"), (2, "marginal"), (3, "marginal"), (4, "rejected")]
    )
    def test_between_the_numbers_a_lot_is_marginal(self, found, verdict):
        """Reduced inspection by MIL-STD-105E accepts it."""
        plan = sampling_plan(3000, "1.0", severity="reduced")
        assert plan.verdict(found) == verdict
        assert plan.verdict(found).passes is (verdict != "rejected")

    def test_no_gap_in_the_other_rules(self):
        """ISO 2859-1:1999 knows none."""
        plan = sampling_plan(3000, "1.0", severity="reduced", rule_set="ISO 2859-1:1999")
        assert {plan.verdict(found) for found in range(51)} == {SampleVerdict.ACCEPTED, SampleVerdict.REJECTED}

    @pytest.mark.parametrize(
        ("found", "code"),
        [(-1, "number.whole"), (81, "sampling.found"), ("3", "number.whole"), (10**30, "number.whole")],
    )
    def test_what_cannot_have_been_found(self, found, code):
        """A number of units within the sample."""
        with pytest.raises(InvalidValueError) as caught:
            sampling_plan(1000, "1.0").verdict(found)
        assert (caught.value.code, caught.value.findings[0].address) == (code, "/found")

    def test_a_unit_may_have_many_nonconformities(self):
        """More of them than units is no mistake."""
        assert sampling_plan(1000, "100").verdict(500) is SampleVerdict.REJECTED


class TestOutcome:
    def test_it_remembers_what_the_switching_rules_ask_for(self):
        """Steady production is assumed, reduced inspection must be wished."""
        outcome = sampling_plan(1000, "1.0").outcome("L-1", 3)
        assert (outcome.verdict, outcome.original, outcome.steady, outcome.reduced_wished) == (
            "rejected",
            True,
            True,
            False,
        )

    def test_what_it_is_made_of_is_checked(self):
        """A number that cannot be, and a flag that is none."""
        plan = sampling_plan(1000, "1.0")
        with pytest.raises(InvalidValueError) as caught:
            LotOutcome("L-1", plan, 99)
        assert caught.value.code == "sampling.found"
        with pytest.raises(InvalidValueError) as caught:
            LotOutcome("L-1", "J", 1, steady="yes")
        assert [each.address for each in caught.value.findings] == ["/plan", "/steady"]
