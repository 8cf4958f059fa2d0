"""How inspection becomes milder and more severe, lot by lot."""

from __future__ import annotations

import pytest

from orderlib.errors import InvalidValueError
from orderlib.inspection.sampling import sampling_plan
from orderlib.inspection.switching import SamplingScheme, tighter_acceptance

ISO = "ISO 2859-1:1999"


def fold(scheme, *founds, lot=1000, **more):
    """The scheme after lots in which so many were found, and what was said of the last."""
    said = None
    for number, found in enumerate(founds):
        scheme, said = scheme.follow(scheme.plan(lot).outcome(f"L-{number}", found, **more))
    return scheme, said


def codes(said):
    """The reasons, and what would have changed it."""
    return [each.code for each in said.reasons], [each.code for each in said.otherwise]


@pytest.mark.parametrize("rules", ["MIL-STD-105E", ISO])
class TestBothRuleSets:
    def test_two_of_five_tighten(self, rules):
        """The second rejected lot among five consecutive ones."""
        scheme, said = fold(SamplingScheme("x", aql="1.0", rule_set=rules), 9, 0, 0, 0, 9)
        assert (scheme.severity, codes(said)) == ("tightened", (["switching.tighten"], []))
        assert scheme.recent == ()

    def test_two_of_six_do_not(self, rules):
        """The first has left the window."""
        scheme, _ = fold(SamplingScheme("x", aql="1.0", rule_set=rules), 9, 0, 0, 0, 0, 9)
        assert scheme.severity == "normal"

    def test_two_at_once(self, rules):
        """Five need not have been seen."""
        assert fold(SamplingScheme("x", aql="1.0", rule_set=rules), 9, 9)[0].severity == "tightened"

    def test_five_accepted_in_a_row_relax(self, rules):
        """A rejected one among them begins the row anew."""
        tight = SamplingScheme("x", aql="1.0", rule_set=rules, severity="tightened")
        still, said = fold(tight, 0, 0, 9, 0, 0, 0, 0)
        assert (still.severity, codes(said)) == ("tightened", (["switching.stays"], ["switching.row"]))
        relaxed, said = fold(still, 0)
        assert (relaxed.severity, codes(said)[0]) == ("normal", ["switching.relax"])
        assert (relaxed.tightened, relaxed.rejected, relaxed.score) == (0, 0, 0)

    def test_a_lot_submitted_again_counts_for_nothing(self, rules):
        """Original inspection alone is looked at."""
        scheme = SamplingScheme("x", aql="1.0", rule_set=rules)
        assert fold(scheme, 9, 9, 9, original=False)[0] is scheme

    def test_another_plan_does_not_belong_here(self, rules):
        """Other rules, another limit, another severity."""
        scheme = SamplingScheme("x", aql="1.0", rule_set=rules)
        for plan in (
            sampling_plan(1000, "1.5", rule_set=rules),
            sampling_plan(1000, "1.0", severity="reduced", rule_set=rules),
        ):
            with pytest.raises(InvalidValueError) as caught:
                scheme.follow(plan.outcome("L", 0))
            assert (caught.value.code, caught.value.findings[0].address) == ("switching.other-plan", "/plan")

    @pytest.mark.parametrize(
        ("more", "code"),
        [
            ({"steady": False, "reduced_wished": True}, "switching.back-irregular"),
            ({"reduced_wished": False}, "switching.back-unwished"),
        ],
    )
    def test_reduced_inspection_ends_with_its_conditions(self, rules, more, code):
        """Irregular production, or nobody who wants it."""
        reduced = SamplingScheme("x", aql="1.0", rule_set=rules, severity="reduced")
        assert fold(reduced, 0, reduced_wished=True)[0] is reduced
        scheme, said = fold(reduced, 0, **more)
        assert (scheme.severity, codes(said)[0]) == ("normal", [code])

    def test_a_rejected_lot_ends_reduced_inspection(self, rules):
        """The one is enough."""
        reduced = SamplingScheme("x", aql="1.0", rule_set=rules, severity="reduced")
        scheme, said = fold(reduced, 9, reduced_wished=True)
        assert (scheme.severity, said.reasons[0].code) == ("normal", "switching.back-lot")

    def test_nothing_passes_while_it_is_discontinued(self, rules):
        """Until the supplier has acted; then it goes on tightened."""
        stopped = SamplingScheme("x", aql="1.0", rule_set=rules, severity="discontinued")
        with pytest.raises(InvalidValueError) as caught:
            stopped.plan(1000)
        assert caught.value.code == "sampling.discontinued"
        resumed, said = stopped.resume()
        assert (resumed.severity, codes(said)[0]) == ("tightened", ["switching.resume"])
        with pytest.raises(InvalidValueError) as caught:
            resumed.resume()
        assert caught.value.code == "switching.not-discontinued"


class TestByLimitNumbers:
    def test_ten_clean_lots_reduce(self):
        """800 units at AQL 1.0: the limit is 4."""
        nine = [1, 0, 0, 1, 0, 1, 0, 1, 0]
        scheme, said = fold(SamplingScheme("x", aql="1.0"), *nine, reduced_wished=True)
        assert (scheme.severity, codes(said)[1]) == ("normal", ["switching.run"])
        reduced, said = fold(scheme, 0, reduced_wished=True)
        assert (reduced.severity, codes(said)[0]) == ("reduced", ["switching.run", "switching.reduce"])

    def test_too_much_was_found(self):
        """All ten lots were accepted, but five were found in 800 units."""
        scheme, said = fold(SamplingScheme("x", aql="1.0"), 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, reduced_wished=True)
        assert scheme.severity == "normal"
        assert said.otherwise[0].message() == (
            "10 of 10 lots in a row were accepted; 5 were found in 800 units, the limit is 4"
        )

    def test_the_window_is_ten_lots(self):
        """What was found in the eleventh before counts no more."""
        scheme, _ = fold(SamplingScheme("x", aql="1.0"), 2, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, reduced_wished=True)
        assert scheme.severity == "reduced"

    def test_a_rejected_lot_begins_the_run_anew(self):
        """One rejected lot does not tighten, but nine after it are not ten."""
        scheme, said = fold(SamplingScheme("x", aql="1.0"), 9, *[0] * 9, reduced_wished=True)
        assert (scheme.severity, dict(said.otherwise[0].evidence)["lots"]) == ("normal", "9")
        assert fold(scheme, 0, reduced_wished=True)[0].severity == "reduced"

    def test_both_conditions_must_be_said(self):
        """Otherwise it stays, and says what is missing."""
        scheme, said = fold(SamplingScheme("x", aql="1.0"), *[0] * 10)
        assert (scheme.severity, codes(said)[1]) == ("normal", ["switching.run", "switching.conditions"])
        assert fold(scheme, 0, steady=False, reduced_wished=True)[0].severity == "normal"

    def test_more_lots_where_ten_say_too_little(self):
        """Ten samples of 13 make 130 units; at AQL 1.0 there is no limit number below 200."""
        scheme, said = fold(SamplingScheme("x", aql="1.0"), *[0] * 15, lot=90, reduced_wished=True)
        assert (scheme.severity, len(scheme.recent)) == ("normal", 15)
        assert dict(said.otherwise[0].evidence)["limit"] == "-"
        assert fold(scheme, 0, lot=90, reduced_wished=True)[0].severity == "reduced"

    def test_the_window_does_not_grow_for_ever(self):
        """Lots of two at the finest limit would never say enough."""
        scheme, _ = fold(SamplingScheme("x", aql="0.010"), *[0] * 520, lot=2)
        assert len(scheme.recent) <= 501

    def test_a_marginal_lot_is_accepted_and_ends_reduced_inspection(self):
        """Between the numbers."""
        reduced = SamplingScheme("x", aql="1.0", severity="reduced")
        outcome = reduced.plan(3000).outcome("L-1", 2, reduced_wished=True)
        assert outcome.verdict.passes
        scheme, said = reduced.follow(outcome)
        assert scheme.severity == "normal"
        assert said.reasons[0].message("zh") == "放宽检验中批 L-1 的结果为 marginal：恢复正常检验"

    def test_ten_lots_that_remain_on_tightened_discontinue(self):
        """Accepted or not, unless five in a row were."""
        tight = SamplingScheme("x", aql="1.0", severity="tightened")
        scheme, said = fold(tight, 0, 0, 0, 9, 0, 0, 0, 0, 9, 0)
        assert (scheme.severity, codes(said)[0]) == ("discontinued", ["switching.stop-remain"])
        assert fold(tight, 9, 9, 9, 9, 9, 0, 0, 0, 0, 0)[0].severity == "normal"
        hasty = SamplingScheme("x", aql="1.0", severity="tightened", remain=3)
        assert fold(hasty, 9, 0, 0)[0].severity == "discontinued"


class TestBySwitchingScore:
    def test_three_points_for_a_lot_that_a_tighter_limit_would_pass(self):
        """J at 1.0 passes with 2; one step tighter, with 1."""
        scheme = SamplingScheme("x", aql="1.0", rule_set=ISO)
        assert fold(scheme, 1)[0].score == 3
        assert fold(scheme, 1, 2)[0].score == 0
        assert fold(scheme, 1, 1, 9)[0].score == 0

    def test_two_points_where_the_acceptance_number_is_small(self):
        """Zero or one."""
        scheme = SamplingScheme("x", aql="0.65", rule_set=ISO)
        assert scheme.plan(1000).accept == 1
        assert fold(scheme, 1, 1)[0].score == 4

    def test_thirty_points_reduce(self):
        """Ten lots by threes, fifteen by twos."""
        scheme, said = fold(SamplingScheme("x", aql="1.0", rule_set=ISO), *[1] * 9, reduced_wished=True)
        assert (scheme.score, codes(said)[1]) == (27, ["switching.score"])
        reduced, said = fold(scheme, 0, reduced_wished=True)
        assert (reduced.severity, codes(said)[0]) == ("reduced", ["switching.score", "switching.reduce"])
        by_twos, _ = fold(SamplingScheme("x", aql="0.65", rule_set=ISO), *[0] * 15, reduced_wished=True)
        assert by_twos.severity == "reduced"

    def test_the_score_stands_until_the_conditions_are_there(self):
        """They may come later."""
        scheme, said = fold(SamplingScheme("x", aql="1.0", rule_set=ISO), *[0] * 11)
        assert (scheme.score, codes(said)[1]) == (33, ["switching.score", "switching.conditions"])
        assert fold(scheme, 0, reduced_wished=True)[0].severity == "reduced"

    def test_five_rejected_on_tightened_discontinue(self):
        """In one sequence, whatever lies between them."""
        tight = SamplingScheme("x", aql="1.0", rule_set=ISO, severity="tightened")
        scheme, said = fold(tight, 9, 0, 0, 0, 0, 9, 9, 0, 9, 0, 0, 0, 9)
        assert (scheme.severity, codes(said)[0]) == ("discontinued", ["switching.stop-rejected"])
        assert said.reasons[0].severity == "warning"

    def test_the_tighter_plan_is_that_of_the_same_sample(self):
        """After arrows, the row that is used counts."""
        plan = sampling_plan(91, "100", rule_set=ISO)
        assert (plan.letter, plan.accept, tighter_acceptance(plan)) == ("E", 21, 14)
        assert tighter_acceptance(sampling_plan(10**6, "0.010")) is None
        assert tighter_acceptance(sampling_plan(1000, "0.25")) is None


@pytest.mark.parametrize("wrong", [{"score": -1}, {"remain": 0}, {"severity": "x"}, {"aql": "3"}, {"counting": "x"}])
def test_what_is_no_scheme(wrong):
    """Each part is checked."""
    with pytest.raises(InvalidValueError):
        SamplingScheme("x", **{"aql": "1.0"} | wrong)
