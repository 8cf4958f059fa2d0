"""Risks are entered, treated, closed, come true, and are looked at in time."""

from __future__ import annotations

import pytest
from build import CLERK, SELLER, Story, at

from orderlib.case.deciding import allowed
from orderlib.case.message import PassTime
from orderlib.case.policies import PolicySet
from orderlib.errors import InvalidValueError
from orderlib.risk.message import (
    CloseRisk,
    IdentifyRisk,
    ReportRiskOccurred,
    RiskIdentified,
    RiskReviewLapsed,
    RiskTreated,
    TreatRisk,
)
from orderlib.risk.process import lapse
from orderlib.risk.record import Rating, Treatment
from orderlib.values.decision import Decided
from orderlib.values.instant import instant
from orderlib.values.message import Stamp
from orderlib.values.party import SYSTEM, Actor

CASE = "case-1"


def identify(story, risk_id="R-1", rating=(3, 4), cause="supply", **more):
    """Somebody sees a risk."""
    story.tell(IdentifyRisk(CASE, risk_id, "late castings", cause, Rating(*rating), by=CLERK, **more))


@pytest.fixture
def story():
    """A case with one grave supply risk."""
    story = Story()
    identify(story)
    return story


def state(story, risk_id="R-1"):
    """How it stands with a risk."""
    return story.case.risks.risks[risk_id].state


class TestIdentified:
    def test_with_an_owner_and_a_source(self, story):
        """Whoever saw it is the source; the department owns it, unless another one shall."""
        risk = story.one(RiskIdentified).risk
        assert (risk.owner, risk.source, risk.state) == ("customer-service", "mei", "identified")
        identify(story, "R-2", owner="purchasing", review_at=at(9))
        assert story.case.risks.risks["R-2"].owner == "purchasing"
        assert story.case.next_due == instant(at(9))

    def test_an_id_serves_once_and_the_day_lies_ahead(self, story):
        """Both are said at once."""
        again = IdentifyRisk(CASE, "R-1", "x", "supply", Rating(1, 1), by=CLERK, review_at=at(1))
        assert story.refused(again) == ("risk.review-past", "risk.used-id")

    def test_words_are_checked_at_the_door(self):
        """Before anything is decided."""
        with pytest.raises(InvalidValueError) as caught:
            IdentifyRisk(CASE, "R-1", "x", "weather", Rating(1, 1), by=CLERK)
        assert caught.value.code == "code.unknown"
        with pytest.raises(InvalidValueError) as caught:
            TreatRisk(CASE, "R-1", "pray", by=CLERK)
        assert caught.value.code == "code.unknown"
        with pytest.raises(InvalidValueError) as caught:
            TreatRisk(CASE, "R-1", by=CLERK, review_at="soon")
        assert caught.value.findings[0].address == "/review_at"

    def test_not_everybody_keeps_the_register(self):
        """The matrix names those who do."""
        stranger = IdentifyRisk(CASE, "R-1", "x", "supply", Rating(1, 1), by=Actor("lou", "logistics"))
        assert Story().refused(stranger) == ("authority.department",)


class TestTreated:
    def test_by_policy_where_nobody_says_how(self, story):
        """Both judgements are on record; what it leaves is one step on the scale that it works on."""
        story.tell(TreatRisk(CASE, "R-1", by=SELLER, measure="second foundry"))
        assert [each.slot for each in story.events if isinstance(each, Decided)] == ["risk_criteria", "risk_response"]
        risk = story.case.risks.risks["R-1"]
        assert (risk.treatment, risk.residual, risk.measure) == (Treatment.SHARE, Rating(3, 3), "second foundry")
        assert risk.state == "treated"

    @pytest.mark.parametrize(
        ("treatment", "residual"),
        [
            ("avoid", (1, 4)),
            ("remove-source", (1, 4)),
            ("change-likelihood", (2, 4)),
            ("change-consequence", (3, 3)),
            ("share", (3, 3)),
            ("take", (3, 4)),
            ("retain", (3, 4)),
        ],
    )
    def test_what_each_treatment_leaves(self, story, treatment, residual):
        """Unless somebody rates it."""
        story.tell(TreatRisk(CASE, "R-1", treatment, by=SELLER))
        assert story.one(RiskTreated).residual == Rating(*residual)
        assert story.events == (story.one(RiskTreated),)

    def test_the_scale_ends_at_one(self):
        """The least cannot become less."""
        story = Story()
        identify(story, rating=(1, 1))
        story.tell(TreatRisk(CASE, "R-1", "change-likelihood", by=SELLER))
        story.tell(TreatRisk(CASE, "R-1", "change-consequence", by=SELLER))
        assert story.case.risks.risks["R-1"].residual == Rating(1, 1)

    def test_rated_by_a_person(self, story):
        """Not above the inherent rating, and looked at again on a day that lies ahead."""
        story.tell(TreatRisk(CASE, "R-1", "share", "insured", Rating(2, 2), by=SELLER, review_at=at(20)))
        assert story.case.next_due == instant(at(20))
        worse = TreatRisk(CASE, "R-1", "share", "", Rating(5, 5), by=SELLER, review_at=at(1))
        assert story.refused(worse) == ("risk.review-past", "risk.residual-worse")

    def test_again(self, story):
        """What was done before is replaced."""
        story.tell(TreatRisk(CASE, "R-1", "share", by=SELLER, review_at=at(20)))
        story.tell(TreatRisk(CASE, "R-1", "avoid", by=SELLER))
        risk = story.case.risks.risks["R-1"]
        assert (risk.treatment, risk.review_at, risk.state) == (Treatment.AVOID, None, "treated")


class TestEnded:
    def test_closed_for_a_reason(self, story):
        """Nothing of it is awaited any more."""
        story.tell(TreatRisk(CASE, "R-1", by=SELLER, review_at=at(20)))
        assert story.refused(CloseRisk(CASE, "R-1", by=SELLER)) == ("risk.reason-missing",)
        story.tell(CloseRisk(CASE, "R-1", by=SELLER, reason="castings arrived"))
        assert (state(story), story.case.next_due) == ("closed", None)

    def test_come_true(self, story):
        """What was feared has happened; it is no risk any more."""
        story.tell(ReportRiskOccurred(CASE, "R-1", by=SELLER))
        assert state(story) == "occurred"
        assert story.case.risks.live == ()

    @pytest.mark.parametrize("command", [TreatRisk, CloseRisk, ReportRiskOccurred])
    def test_not_twice_and_not_what_there_is_not(self, story, command):
        """An ended risk takes nothing, an unknown one neither."""
        assert story.refused(command(CASE, "R-9", by=SELLER)) == ("risk.unknown",)
        assert Story().refused(command(CASE, "R-1", by=SELLER)) == ("risk.unknown",)
        story.tell(CloseRisk(CASE, "R-1", by=SELLER, reason="castings arrived"))
        assert story.refused(command(CASE, "R-1", by=SELLER)) == ("risk.state",)


class TestLookedAt:
    def test_once_the_day_has_passed(self, story):
        """Its owner is late; the day is taken off, and the risk still stands."""
        identify(story, "R-2", review_at=at(9))
        identify(story, "R-3", review_at=at(12))
        story.tell(PassTime(CASE, by=CLERK, at=at(10)))
        assert [each.risk_id for each in story.events if isinstance(each, RiskReviewLapsed)] == ["R-2"]
        assert state(story, "R-2") == "identified"
        assert story.case.next_due == instant(at(12))

    def test_nothing_is_awaited_without_a_register(self):
        """A case that knows of no risk."""
        story = Story()
        stamp = Stamp("c", SYSTEM, story.now, story.now)
        assert tuple(lapse(story.case, story.now, stamp, story.policies)) == ()


def test_what_is_offered():
    """Any case may hear of a risk; the others concern what stands."""

    def about(story):
        return {each.command: each.about for each in allowed(story.case, PolicySet()) if each.stage == "risk"}

    story = Story()
    assert about(story) == {"IdentifyRisk": ()}
    identify(story)
    identify(story, "R-2")
    story.tell(CloseRisk(CASE, "R-1", by=SELLER, reason="castings arrived"))
    assert about(story) == {
        "IdentifyRisk": (),
        "TreatRisk": ("R-2",),
        "CloseRisk": ("R-2",),
        "ReportRiskOccurred": ("R-2",),
    }
