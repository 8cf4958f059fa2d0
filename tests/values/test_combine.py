from __future__ import annotations

from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderlib.errors import Finding, InvalidValueError
from orderlib.values.combine import AllOf, AtLeast, FirstMatch, VetoedBy, WeightOf, WorstOf
from orderlib.values.decision import Decision, Verdict

YES, REVIEW, NO = Verdict.YES, Verdict.REVIEW, Verdict.NO


def says(outcome):
    """A policy with one answer."""

    def policy(*_inputs):
        return None if outcome is None else Decision(outcome, (Finding(f"test.{outcome}"),))

    policy.__qualname__ = f"says-{outcome}"
    return policy


def broken(*_inputs):
    """A policy that was made for something else."""
    raise TypeError("made for something else")


def codes(decision):
    """The codes of the reasons."""
    return [reason.code for reason in decision.reasons]


class Other(StrEnum):
    FINE = "fine"
    BAD = "bad"


@pytest.mark.parametrize(
    ("outcomes", "expected", "why"),
    [
        ((None, NO, YES), NO, "test.no"),
        ((None, None), REVIEW, "combine.no-match"),
        ((YES,), YES, "test.yes"),
    ],
)
def test_the_first_answer_rules(outcomes, expected, why):
    """Parts without an answer are passed over; where nobody has one it is in doubt."""
    decision = FirstMatch([says(each) for each in outcomes], REVIEW)("order")
    assert (decision.outcome, codes(decision)) == (expected, [why])


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [((YES, YES), YES), ((NO, NO), NO), ((YES, NO), REVIEW), ((None, YES), YES), ((None,), REVIEW)],
)
def test_all_must_agree(outcomes, expected):
    """Parts that disagree leave it in doubt, with both sides' reasons."""
    decision = AllOf([says(each) for each in outcomes], REVIEW)()
    assert decision.outcome is expected
    if set(outcomes) == {YES, NO}:
        assert codes(decision) == ["combine.disagree", "test.yes", "test.no"]


@pytest.mark.parametrize(
    ("outcomes", "expected"), [((YES, REVIEW, NO), NO), ((YES, REVIEW), REVIEW), ((YES,), YES), ((None,), REVIEW)]
)
def test_the_worst_answer_rules(outcomes, expected):
    """One no is a no."""
    assert WorstOf([says(each) for each in outcomes], REVIEW)().outcome is expected


@pytest.mark.parametrize(
    ("outcomes", "least", "expected"),
    [((YES, YES, NO), 2, YES), ((YES, REVIEW, NO), 2, REVIEW), ((NO, NO, YES), 2, NO), ((YES, None), 2, REVIEW)],
)
def test_a_quorum_needs_enough_voices(outcomes, least, expected):
    """The best outcome that so many give, or something better."""
    assert AtLeast([says(each) for each in outcomes], REVIEW, least=least)().outcome is expected


@pytest.mark.parametrize(
    ("outcomes", "weights", "expected"),
    [((YES, NO), (3, 1), YES), ((YES, NO), (1, 3), NO), ((YES, None), (1, 9), YES), ((None, None), (1, 1), REVIEW)],
)
def test_weight_decides(outcomes, weights, expected):
    """More than half of the weight of those who answer."""
    decision = WeightOf([says(each) for each in outcomes], REVIEW, weights=weights, needed="0.6")()
    assert decision.outcome is expected


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [((YES, NO), NO), ((NO, YES), NO), ((YES, YES, REVIEW), REVIEW), ((None, YES), REVIEW), ((YES, None), YES)],
)
def test_a_veto_holds_the_decision_down(outcomes, expected):
    """The first decides, the others only take away; and the veto names who gave it."""
    decision = VetoedBy([says(each) for each in outcomes], REVIEW)()
    assert decision.outcome is expected
    assert ("combine.veto" in codes(decision)) == (outcomes in ((YES, NO), (YES, YES, REVIEW)))


@pytest.mark.parametrize("bad", [broken, lambda: "yes", lambda: Decision(Other.FINE)])
@pytest.mark.parametrize(
    "combine",
    [
        lambda part: FirstMatch([part], REVIEW),
        lambda part: AllOf([part], REVIEW),
        lambda part: WorstOf([part, says(YES)], REVIEW),
        lambda part: AtLeast([part], REVIEW, least=1),
        lambda part: WeightOf([part], REVIEW, weights=[1]),
        lambda part: VetoedBy([part], REVIEW),
    ],
)
def test_who_cannot_judge_is_in_doubt(combine, bad):
    """A part that fails or answers nonsense is never a yes, and is named."""
    decision = combine(bad)()
    assert decision.outcome is REVIEW
    assert "combine.part-failed" in codes(decision)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: WorstOf([], REVIEW), "combine.no-parts"),
        (lambda: WorstOf([says(YES)], YES), "combine.doubt-best"),
        (lambda: WeightOf([says(YES)], REVIEW, weights=[1, 2]), "combine.weights"),
        (lambda: WeightOf([says(YES)], REVIEW, weights=[-1]), "combine.weights"),
        (lambda: WeightOf([says(YES)], REVIEW, weights=[0]), "combine.weights"),
        (lambda: WeightOf([says(YES)], REVIEW, weights=["NaN"]), "decimal.malformed"),
        (lambda: WeightOf([says(YES)], YES, weights=[1]), "combine.doubt-best"),
        (lambda: WeightOf([says(YES)], REVIEW, weights=[1], needed=0), "combine.share"),
    ],
)
def test_a_combination_without_sense_is_refused(make, code):
    """Nothing to combine, the best outcome as doubt, weights that do not fit."""
    with pytest.raises(InvalidValueError) as caught:
        make()
    assert caught.value.code == code


outcomes_of_parts = st.lists(st.sampled_from([YES, REVIEW, NO, None]), min_size=1, max_size=5)


@given(outcomes_of_parts)
def test_nothing_is_accepted_that_nobody_accepts(outcomes):
    """No combination says yes unless some part does."""
    parts = [says(each) for each in outcomes]
    every = [
        FirstMatch(parts, REVIEW),
        AllOf(parts, REVIEW),
        WorstOf(parts, REVIEW),
        AtLeast(parts, REVIEW, least=1),
        WeightOf(parts, REVIEW, weights=[1] * len(parts)),
        VetoedBy(parts, REVIEW),
    ]
    if YES not in outcomes:
        assert all(combined().outcome is not YES for combined in every)


@pytest.mark.parametrize(
    "make",
    [
        lambda: FirstMatch(None, Verdict.REVIEW),
        lambda: FirstMatch(["policy"], Verdict.REVIEW),
        lambda: WorstOf([lambda: None], "review"),
        lambda: AtLeast([lambda: None], Verdict.REVIEW, least="two"),
        lambda: WeightOf([lambda: None], Verdict.REVIEW, weights=1),
    ],
)
def test_a_combination_of_what_is_no_policy_is_not_made(make):
    """The parts can be called, the doubt is an outcome, weights are numbers."""
    with pytest.raises(InvalidValueError):
        make()
