"""Gaps, ambiguities and impossibilities are found; what is clear is left alone."""

from __future__ import annotations

from datetime import date, timedelta

import attrs
import pytest
from build import BUYER, at

from orderlib.enquiry.analysis import CompleteAndUnambiguous
from orderlib.enquiry.record import AnalysisOutcome, Enquiry, Question, Requirement
from orderlib.values.fact import NO_FACTS, Facts
from orderlib.values.instant import instant
from orderlib.values.party import Address, Party
from orderlib.values.period import DayPeriod
from orderlib.values.quantity import Quantity

ON = date(2026, 3, 2)
GOOD = Requirement("R1", "Pump, 40 l/s, stainless", Quantity(3), DayPeriod("2026-05-01", "2026-05-20"))


def enquiry(*requirements, customer=BUYER, questions=()) -> Enquiry:
    """An enquiry that holds these."""
    return Enquiry(customer=customer, opened_at=instant(at()), requirements=requirements, questions=questions)


def analysed(*requirements, policy=None, facts=NO_FACTS, **more):
    """The policy's word on the 2nd of March."""
    return (policy or CompleteAndUnambiguous())(enquiry(*requirements, **more), ON, facts)


def found(*requirements, **more) -> set[tuple[str, str]]:
    """Code (without the room) and aspect of each issue."""
    decision = analysed(*requirements, **more)
    return {(each.finding.code.removeprefix("enquiry."), str(each.aspect)) for each in decision.issues}


def test_a_good_requirement_is_complete():
    """Nothing to ask, a reason all the same, and what would have changed it."""
    decision = analysed(GOOD)
    assert decision.outcome is AnalysisOutcome.COMPLETE
    assert [each.code for each in decision.reasons] == ["enquiry.requirements-clear"]
    assert decision.otherwise


def test_nothing_wanted_is_a_question():
    """An enquiry without a requirement is not complete."""
    withdrawn = attrs.evolve(GOOD, state="withdrawn")
    assert analysed().outcome is AnalysisOutcome.QUESTIONS
    assert analysed(withdrawn).outcome is AnalysisOutcome.QUESTIONS


def test_every_gap_is_asked_about_at_once():
    """What, how much, when and where."""
    assert found(Requirement("R1"), customer=Party("C1", "W")) == {
        ("specification-missing", "specification"),
        ("quantity-missing", "quantity"),
        ("date-missing", "date"),
        ("place-missing", "place"),
    }


@pytest.mark.parametrize(
    ("change", "issue"),
    [
        ({"specification": "about 40 l/s"}, ("specification-vague", "specification")),
        ({"specification": "KSB or similar"}, ("specification-vague", "specification")),
        ({"specification": "不锈钢水泵，大约 40 l/s"}, ("specification-vague", "specification")),
        ({"quantity": Quantity(0)}, ("quantity-missing", "quantity")),
        ({"quantity_to": Quantity(5)}, ("quantity-range", "quantity")),
        ({"wanted": DayPeriod("2026-05-01")}, ("date-missing", "date")),
        ({"wanted": DayPeriod(None, "2026-03-01")}, ("wanted-past", "date")),
        ({"wanted": DayPeriod("2026-04-01", "2026-08-01")}, ("date-wide", "date")),
    ],
)
def test_each_ambiguity_is_asked_about(change, issue):
    """A detail that is promised and not given, or given in two ways."""
    decision = analysed(attrs.evolve(GOOD, **change))
    assert decision.outcome is AnalysisOutcome.QUESTIONS
    assert {(each.finding.code.removeprefix("enquiry."), str(each.aspect)) for each in decision.issues} == {issue}


def test_a_word_inside_a_word_is_not_vague():
    """`some` is vague, `handsome` is not."""
    assert found(attrs.evolve(GOOD, specification="a handsome pump")) == set()


def test_an_article_needs_no_words():
    """Whoever names our article has specified it; the same quantity twice is no range."""
    article = attrs.evolve(GOOD, specification="", item_id="P-7", quantity_to=Quantity(3))
    assert found(article) == set()


@pytest.mark.parametrize(
    ("change", "policy", "code"),
    [
        ({"wanted": DayPeriod(None, "2026-03-02")}, CompleteAndUnambiguous(), "too-soon"),
        ({"item_class": "9301"}, CompleteAndUnambiguous(not_offered={"93": "no arms"}), "not-offered"),
        ({"place": Address(country="ZZ")}, CompleteAndUnambiguous(not_served={"ZZ": "embargo"}), "not-served"),
    ],
)
def test_what_cannot_be_done_is_refused_with_the_reason(change, policy, code):
    """Too soon, not our trade, not a country that we serve."""
    decision = analysed(attrs.evolve(GOOD, **change), policy=policy)
    assert decision.outcome is AnalysisOutcome.UNFEASIBLE
    assert {each.code for each in decision.reasons} == {f"enquiry.{code}"}
    assert analysed(GOOD, policy=policy).outcome is AnalysisOutcome.COMPLETE


def test_a_known_lead_time_counts():
    """Where the facts know how long an article takes, that decides."""
    article = attrs.evolve(GOOD, item_id="P-7")
    slow = Facts(lead_time={"P-7": timedelta(days=200)})
    quick = Facts(lead_time={"P-7": timedelta(days=2)})
    assert analysed(article, facts=slow).outcome is AnalysisOutcome.UNFEASIBLE
    assert analysed(article, facts=quick).outcome is AnalysisOutcome.COMPLETE


def test_where_only_a_part_cannot_be_done_the_customer_is_asked():
    """The rest may still be wanted."""
    late = attrs.evolve(GOOD, id="R2", wanted=DayPeriod(None, "2026-03-02"))
    decision = analysed(GOOD, late)
    assert decision.outcome is AnalysisOutcome.QUESTIONS
    assert [(each.requirement_id, each.feasible) for each in decision.issues] == [("R2", False)]
    assert decision.reasons[0].address == "/requirements/1/wanted"


def test_what_was_answered_in_words_is_not_asked_again():
    """The same point is settled; another one is not, and no answer makes the impossible possible."""
    vague = attrs.evolve(GOOD, specification="about 40 l/s", quantity=None)
    (issue,) = (each for each in analysed(vague).issues if each.aspect == "specification")
    when = instant(at())
    answered = Question(
        id="Q1",
        wording="?",
        requirement_id="R1",
        asked_at=when,
        due_at=when,
        issue=issue.finding,
        answer="38 to 42",
        state="answered",
    )
    assert found(vague, questions=[answered]) == {("quantity-missing", "quantity")}
