from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderlib.errors import InvalidValueError
from orderlib.values.decision import Verdict, policy_ref
from orderlib.values.decisiontable import DecisionTable, HitPolicy, Input

CREDIT = """
amount,  dunning, outcome, reason
<= 1000, 0,       yes,     small and clean
> 1000,  0,       review,  large
-,       > 0,     no,      the customer is dunned
-,       < 0,     review,  no such level
"""
INPUTS = {"amount": Decimal, "dunning": int}


def table(source=CREDIT, **more):
    """The table, with two numbers as inputs unless others are given."""
    return DecisionTable.from_csv(source, inputs=more.pop("inputs", INPUTS), **more)


def codes(findings):
    """The codes of findings."""
    return [each.code for each in findings]


def refused(source, **more):
    """The findings with which a table is refused."""
    with pytest.raises(InvalidValueError) as caught:
        table(source, **more)
    return caught.value.findings


@pytest.mark.parametrize(
    ("amount", "dunning", "outcome"), [("999.99", 0, "yes"), ("1000.01", 0, "review"), ("5", 3, "no")]
)
def test_a_table_decides_and_says_which_rule(amount, dunning, outcome):
    """The reason is the row's own word."""
    decision = table()({"amount": Decimal(amount), "dunning": dunning})
    assert decision.outcome == outcome
    assert codes(decision.reasons) == ["table.rule"]


def test_a_table_says_what_would_have_changed_it():
    """One input further, a better outcome."""
    decision = table()({"amount": Decimal(5), "dunning": 1})
    assert decision.reasons[0].message() == "rule 3 applies: the customer is dunned"
    said = [each.message() for each in decision.otherwise]
    assert said == ["with dunning 0 rule 1 would apply: yes", "with dunning < 0 rule 4 would apply: review"]


def test_inputs_are_read_from_what_a_policy_is_given():
    """A column may say how it is read; its rule is the same at every run."""
    credit = table(
        inputs={
            "amount": Input(Decimal, lambda order, _more: order["total"]),
            "dunning": Input(int, lambda _order, more: more),
        }
    )
    assert credit({"total": 7}, 0).outcome is Verdict.YES
    assert "0x" not in str(policy_ref(credit).parameters)


@pytest.mark.parametrize(
    "given_",
    [
        {"amount": "5", "dunning": 0},
        {"amount": 5.0, "dunning": 0},
        {"amount": Decimal("NaN"), "dunning": 0},
        {"amount": Decimal(5), "dunning": True},
        {"amount": Decimal(5)},
        {"amount": None, "dunning": 0},
        None,
    ],
)
def test_what_is_missing_or_of_another_type_is_reviewed(given_):
    """A type error is never a yes."""
    decision = table()(given_)
    assert decision.outcome is Verdict.REVIEW
    assert set(codes(decision.reasons)) == {"table.input"}


def test_an_uncovered_case_is_a_finding_on_loading():
    """Nobody says what happens above 1000 where nobody is dunned."""
    (gap,) = refused("amount,dunning,outcome\n<= 1000,-,yes\n> 1000,> 0,no")
    assert (gap.code, dict(gap.evidence)["case"]) == ("table.gap", "amount = 1001, dunning = -1")


def test_gaps_may_be_left_to_doubt():
    """Then the case is reviewed."""
    partly = table("amount,dunning,outcome\n<= 1000,-,yes", gaps=True)
    decision = partly({"amount": Decimal(2000), "dunning": 0})
    assert (decision.outcome, codes(decision.reasons)) == (Verdict.REVIEW, ["table.no-rule"])


OVERLAPPING = "amount,dunning,outcome\n<= 1000,-,yes\n>= 1000,-,no"


@pytest.mark.parametrize(
    ("hit", "outcome"), [(HitPolicy.FIRST, "yes"), (HitPolicy.PRIORITY, "no"), (HitPolicy.COLLECT, "no")]
)
def test_the_hit_policy_says_what_becomes_of_overlaps(hit, outcome):
    """First in the table, worst of all, or all of them as reasons."""
    decision = table(OVERLAPPING, hit=hit)({"amount": Decimal(1000), "dunning": 0})
    assert decision.outcome == outcome
    assert len(decision.reasons) == (2 if hit is HitPolicy.COLLECT else 1)


def test_overlaps_are_found_on_loading():
    """Unique rules may not overlap; rules of which any will do may, where they agree."""
    assert codes(refused(OVERLAPPING)) == ["table.overlap"]
    assert codes(refused(OVERLAPPING, hit=HitPolicy.ANY)) == ["table.overlap"]
    same = OVERLAPPING.replace("no", "yes")
    assert table(same, hit=HitPolicy.ANY)({"amount": 1000, "dunning": 0}).outcome is Verdict.YES


def test_a_rule_that_never_applies_is_found_on_loading():
    """Everything it covers, an earlier one covers."""
    masked = "amount,dunning,outcome\n<= 1000,-,yes\n-,-,review\n> 5,-,no"
    assert [each.address for each in refused(masked, hit=HitPolicy.FIRST)] == ["/rules/2"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", ["table.header"]),
        ("amount,outcome\n1,yes", ["table.header"]),
        ("amount,dunning,outcome", ["table.empty"]),
        ("amount,dunning,outcome\n1,yes", ["table.width"]),
        ("amount,dunning,outcome\none,x,perhaps", ["table.cell", "table.cell", "table.outcome"]),
        (b"amount", ["table.unreadable"]),
        (7, ["table.unreadable"]),
        ("amount,dunning,outcome\n" + "1,1,yes\n" * 2001, ["table.too-large"]),
    ],
)
def test_what_is_no_table_is_refused(source, expected):
    """With every fault in it, each at its place."""
    assert codes(refused(source)) == expected


def test_doubt_is_never_the_best():
    """A table cannot be told to accept what it does not cover."""
    assert codes(refused(CREDIT, doubt=Verdict.YES)) == ["table.doubt-best"]


class Grade(StrEnum):
    GOOD = "good"
    POOR = "poor"


def test_other_outcomes_have_a_doubt_of_their_own():
    """Where none is called review, it is the worst."""
    grades = table("dunning,outcome\n> 0,poor\n<= 0,good", inputs={"dunning": int}, outcomes=Grade)
    assert grades({}).outcome is Grade.POOR


numbers = st.integers(-3, 3)
tests = st.one_of(
    st.just("-"), st.builds("{}".format, numbers), st.builds("{} {}".format, st.sampled_from(["<", ">="]), numbers)
)


@given(
    st.lists(st.tuples(tests, tests, st.sampled_from(["yes", "no"])), min_size=1, max_size=5),
    st.sampled_from(HitPolicy),
)
def test_a_table_that_loads_has_no_gap_and_no_forbidden_overlap(rows, hit):
    """What the check lets pass holds for every single case; what it refuses has a case to show."""
    source = "\n".join(["amount,dunning,outcome", *(",".join(row) for row in rows)])
    cases = [{"amount": Decimal(a), "dunning": b} for a in range(-5, 6) for b in range(-5, 6)]
    made = None
    with suppress(InvalidValueError):
        made = table(source, hit=hit)
    if made is not None:
        assert all("table.no-rule" not in codes(made(case).reasons) for case in cases)
    else:
        assert set(codes(refused(source, hit=hit))) <= {"table.gap", "table.overlap", "table.masked"}


@pytest.mark.parametrize(
    "wrong",
    [{"inputs": ["x"]}, {"inputs": {1: int}}, {"outcomes": int}, {"outcomes": "a"}, {"hit": "best"}, {"doubt": "no"}],
)
def test_a_table_of_what_is_none_is_not_made(wrong):
    """Inputs are columns by name, outcomes a code list, and a hit policy one of those that there are."""
    given = {"inputs": {"x": bool}, "outcomes": Verdict, **wrong}
    with pytest.raises(InvalidValueError):
        DecisionTable.from_csv("x,outcome\nyes,yes\nno,no\n", **given)
