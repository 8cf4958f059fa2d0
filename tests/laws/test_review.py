"""Laws of review, over generated panels, changes, inputs and whole walks through the room."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import attrs
import pytest
from build import BUYER, CLERK, at, line, order
from hypothesis import given, settings
from hypothesis import strategies as st
from reviewing import BOSS, CHAIR, GOOD, account, convened, expert, revised, under_review

from orderlib.case.deciding import allowed, lapses
from orderlib.case.evolution import evolve
from orderlib.case.history import replay
from orderlib.case.message import PassTime
from orderlib.case.policies import SLOTS, PolicySet
from orderlib.order.field import Aspect
from orderlib.order.payment import PaymentTerms
from orderlib.order.record import OrderType
from orderlib.order.terms import DeliveryTerms
from orderlib.review.condition import CUSTOMER, ConditionDraft
from orderlib.review.exposure import NoRestrictedTrade
from orderlib.review.message import (
    AgreeToConditions,
    ApproveReview,
    ConvenePanel,
    DeclareConflict,
    DeclineConditions,
    MeetCondition,
    OrderReviewed,
    ReopenReview,
    ReviewOrder,
    RunAssessors,
    SubmitAssessment,
    WaiveCondition,
)
from orderlib.review.policy import ASSESSORS, OUTCOMES, Circumstances, Involved
from orderlib.review.record import Approval, Assessment, Opinion, ReviewOutcome, Reviews
from orderlib.review.table import ASSESSMENT, CONDITION, COUNTER_OFFER
from orderlib.review.verdict import Quorum, Veto, Weighted, WorstFinding
from orderlib.risk.record import Rating, Risk, RiskCause
from orderlib.values.dispatch import Gate
from orderlib.values.fact import Facts
from orderlib.values.instant import instant
from orderlib.values.party import Actor, Address, Party
from orderlib.values.period import DayPeriod
from orderlib.values.quantity import Quantity
from orderlib.values.rate import ExchangeRate, UnitPrice

NOW = instant(at())
DISCIPLINES = ("technology", "production", "purchasing", "market", "finance", "legal", "quality")
POLICIES = (WorstFinding(), Quorum(3), Weighted(), Weighted(Decimal("0.5"), {"finance": Decimal(3)}), Veto(("legal",)))

opinions = st.sampled_from(Opinion)
panels = st.lists(st.sampled_from(DISCIPLINES), unique=True, max_size=7).flatmap(
    lambda names: st.tuples(*(st.builds(Assessment, discipline=st.just(name), opinion=opinions) for name in names))
)


def rank(member: Any) -> int:
    """The place of an outcome in its list, best first."""
    return list(type(member)).index(member)


# -- deciding ---------------------------------------------------------------------------------------------------------


@given(panels, st.randoms(use_true_random=False))
@pytest.mark.parametrize("policy", POLICIES, ids=repr)
def test_the_decision_does_not_depend_on_who_spoke_first(policy, panel, dice):
    """The same assessments in any order give the same decision, to the last finding."""
    shuffled = dice.sample(panel, len(panel))
    assert policy(order(), tuple(shuffled)) == policy(order(), panel)


@given(panels.filter(bool), st.data())
@pytest.mark.parametrize("policy", [WorstFinding(), Weighted(), Veto(("legal",))], ids=repr)
def test_a_worse_opinion_never_makes_a_better_decision(policy, panel, data):
    """Worsen any one of them, and the outcome is the same or worse."""
    place = data.draw(st.integers(0, len(panel) - 1))
    worse = data.draw(st.sampled_from(list(Opinion)[rank(panel[place].opinion) :]))
    changed = (*panel[:place], attrs.evolve(panel[place], opinion=worse), *panel[place + 1 :])
    assert rank(policy(order(), changed).outcome) >= rank(policy(order(), panel).outcome)


@given(panels)
@pytest.mark.parametrize("policy", POLICIES, ids=repr)
def test_nobody_is_accepted_on_what_nobody_judged(policy, panel):
    """A panel of which nobody has spoken never accepts."""
    silent = tuple(attrs.evolve(each, opinion=Opinion.REVIEW) for each in panel)
    assert not policy(order(), silent).outcome.accepting


# -- changes ----------------------------------------------------------------------------------------------------------

CHANGES = {
    "quantity": lambda: {"lines": (line(quantity=4),)},
    "price": lambda: {"lines": (line(price="150"),)},
    "date": lambda: {"lines": (line(requested_period=DayPeriod(None, "2026-05-31")),)},
    "place": lambda: {"delivery": DeliveryTerms(address=Address(country="FR"))},
    "specification": lambda: {"lines": (line(item="P-8"),)},
    "party": lambda: {"buyer": attrs.evolve(BUYER, name="Waterworks Ltd")},
    "terms": lambda: {"payment": PaymentTerms(note="30 days")},
    "other": lambda: {"note": "call first"},
}
scopes = st.frozensets(st.sampled_from(Aspect))
changes = st.lists(st.sampled_from(sorted(CHANGES)), min_size=1, max_size=4, unique=True)


@given(scopes, st.lists(scopes, max_size=4), changes)
def test_no_approval_survives_a_change_that_touches_its_scope(scope, judged, names):
    """Void is what the change touches: the approval by its scope, each assessment by its own, and nothing else."""
    story = convened()
    current = story.case.review.current
    said = tuple(
        Assessment(discipline=DISCIPLINES[place], opinion="accept", state="submitted", scope=each)
        for place, each in enumerate(judged)
    )
    decided = attrs.evolve(current, assessments=said, outcome=ReviewOutcome.ACCEPTED)
    approval = Approval(outcome=ReviewOutcome.ACCEPTED, round="1", revision=1, scope=scope, at=NOW)
    case = attrs.evolve(story.case, review=Reviews(rounds=(decided,), approval=approval))
    wanted: dict[str, Any] = {}
    for name in names:
        wanted |= CHANGES[name]()
    story.case = case
    event = revised(story, **wanted)
    after = evolve(case, event).review
    aspects = event.difference.aspects
    assert after.approved is not bool(aspects & scope)
    for assessment in after.current.assessments:
        assert (assessment.state == "voided") is bool(aspects & assessment.scope)


# -- defaults ---------------------------------------------------------------------------------------------------------

amounts = st.sampled_from(["1", "99", "1500", "40000", "400000"])
prices = st.builds(
    UnitPrice, st.sampled_from(["1", "80", "120", "2000", "90000"]), st.sampled_from(["EUR", "EUR", "EUR", "CNY"])
)
words = st.sampled_from(["", "fit", "adapt: drawing", "unfit: too hot", "yes", "9", "9000000", "x"])
parties = st.builds(
    Party, st.sampled_from(["C1", "BAD"]), address=st.builds(Address, country=st.sampled_from(["", "DE", "KP"]))
)


@st.composite
def orders(draw):
    """Orders of one or two lines, ordinary and not."""
    lines = [
        line(str(number), price=draw(amounts), quantity=draw(st.integers(1, 200)), tax=None, currency="EUR")
        for number in range(draw(st.integers(1, 2)))
    ]
    rate = draw(st.none() | st.just(ExchangeRate("CNY", "EUR", "0.125", on=date(2026, 3, 2))))
    wanted = draw(st.sampled_from([None, DayPeriod(None, "2026-03-04"), DayPeriod(None, "2026-06-30")]))
    return order(
        *(attrs.evolve(each, requested_period=wanted) for each in lines),
        buyer=draw(parties),
        type=draw(st.sampled_from([OrderType.ORDER, OrderType.RUSH, OrderType.REPAIR])),
        exchange_rate=rate,
    )


@st.composite
def facts(draw):
    """Facts of which any may be missing."""

    def known(values):
        return {"P-7": draw(values)} if draw(st.integers(0, 3)) else {}

    load = draw(st.none() | st.sampled_from([Decimal("0.1"), Decimal("0.9"), Decimal(2)]))
    other = {key: draw(words) for key in ("technical/P-7", "strategic/C1", "follow-on/C1", "competitors/P-7")}
    return Facts(
        stock=known(st.builds(Quantity, st.integers(0, 300))),
        unit_cost=known(prices),
        market_price=known(prices),
        lead_time=known(st.builds(timedelta, days=st.sampled_from([1, 20, 400]))),
        load={} if load is None else {"production": load},
        other=other,
    )


@st.composite
def circumstances(draw):
    """What an assessor may see."""
    credit = draw(
        st.none()
        | st.builds(
            account, st.sampled_from([None, "10", "99999999"]), blocked=st.booleans(), dunning_level=st.integers(0, 3)
        )
    )
    risks = draw(
        st.lists(
            st.builds(
                Risk,
                st.just("r"),
                st.just("A risk"),
                st.sampled_from(RiskCause),
                st.builds(Rating, st.integers(1, 5), st.integers(1, 5)),
            ),
            max_size=1,
        )
    )
    return Circumstances(at=NOW, facts=draw(facts()), credit=credit and credit.position(), risks=tuple(risks))


actors = st.builds(
    Actor,
    st.sampled_from(["mei", "sam", "bo"]),
    st.sampled_from(["", "customer-service", "sales", "management", "legal"]),
    roles=st.just(()) | st.just(("system",)),
)
involvements = st.builds(
    Involved,
    received_by=st.none() | st.just("mei"),
    proposed_by=st.none() | actors,
    assessed_by=st.just(()) | st.just(("sam",)),
)
LISTS = NoRestrictedTrade(parties={"BAD"}, countries={"KP"}, licences={("P-7", "DE")})
INPUTS = {
    "panel": st.tuples(orders(), st.just(NOW), facts()),
    **dict.fromkeys(ASSESSORS, st.tuples(orders(), circumstances())),
    "review": st.tuples(orders(), panels),
    "approval": st.tuples(orders(), st.sampled_from(ReviewOutcome), actors, involvements),
    "conflict": st.tuples(orders(), actors, involvements),
}


@pytest.mark.parametrize("slot", sorted(slot for slot, room in SLOTS.items() if room == "review"))
def test_every_default_has_more_than_one_answer(slot):
    """A default with one answer would be a stub; each answer explains itself, and the worst says what would help."""
    policy = getattr(PolicySet(assess_trade=LISTS), slot)
    seen: Counter[str] = Counter()

    @given(INPUTS[slot])
    @settings(max_examples=80)
    def ask(inputs):
        decision = policy(*inputs)
        assert decision.reasons
        assert decision == policy(*inputs)
        seen[decision.outcome] += 1

    ask()
    assert len(seen) >= 2, seen
    if slot in OUTCOMES and slot not in ("approval", "conflict"):
        assert len(seen) >= len(OUTCOMES[slot]) - 1, seen


# -- walks ------------------------------------------------------------------------------------------------------------


class Walk:
    """A stand-in that sees what is allowed and due, and does any of it; it counts the moves that it saw."""

    def __init__(self, dice: Random, moves: Counter[str]) -> None:
        self.random, self.moves = dice, moves
        big = dice.random() < 0.4
        self.story = under_review(line(quantity=1000 if big else 3))
        self.view = {"facts": GOOD} if dice.random() < 0.1 else {}

    def condition(self) -> ConditionDraft:
        """A condition of the customer's or our own."""
        owner = self.random.choice([CUSTOMER, "planning", "finance"])
        gate = self.random.choice([None, Gate.RELEASE, Gate.PRODUCE])
        return ConditionDraft(wording=f"Condition {self.random.randint(1, 3)}", owner=owner, gate=gate)

    def submit(self, discipline: str) -> SubmitAssessment:
        """What somebody who holds the seat says."""
        opinion = self.random.choice(["accept"] * 9 + ["accept-with-conditions"] * 9 + ["reject"])
        conditions = (self.condition(),) if opinion == "accept-with-conditions" else ()
        department = self.story.case.review.sitting.assessment(discipline).department
        by = attrs.evolve(expert(department), id=f"{department}-{self.random.randint(1, 9)}")
        return SubmitAssessment("case-1", discipline, opinion, conditions=conditions, by=by, reason="so be it")

    def command(self, name: str, about: str) -> Any:
        """The command that a name stands for."""
        case = self.story.case
        make = {
            "ConvenePanel": lambda: ConvenePanel("case-1", by=CLERK),
            "RunAssessors": lambda: RunAssessors("case-1", by=CLERK),
            "SubmitAssessment": lambda: self.submit(about),
            "DeclareConflict": lambda: DeclareConflict(
                "case-1", about, by=expert(case.review.sitting.assessment(about).department), reason="kin"
            ),
            "ReviewOrder": lambda: ReviewOrder("case-1", by=CHAIR),
            "ApproveReview": lambda: ApproveReview("case-1", approved=self.random.random() < 0.8, by=BOSS, reason="no"),
            "AgreeToConditions": lambda: AgreeToConditions("case-1", by=CLERK),
            "DeclineConditions": lambda: DeclineConditions("case-1", by=CLERK),
            "MeetCondition": lambda: MeetCondition("case-1", about, "seen", by=BOSS),
            "WaiveCondition": lambda: WaiveCondition("case-1", about, by=BOSS, reason="not worth it"),
            "ReopenReview": lambda: ReopenReview("case-1", by=CHAIR, reason="the market has moved"),
        }
        return make[name]() if name in make else None

    def step(self) -> None:
        """One command of the room that is allowed, a change of the order, or time."""
        case, story = self.story.case, self.story
        before = case.review
        story.events = ()
        dice = self.random.random()
        if dice < 0.2 and case.next_due is not None:
            story.tell(PassTime("case-1", by=CLERK, at=max(case.next_due, story.now)), **self.view)
        elif dice < 0.24 and before is not None:
            wanted = CHANGES[self.random.choice(["quantity", "date", "other", "terms"])]()
            event = revised(story, **wanted)
            story.history += (event,)
            story.case = evolve(case, event)
        else:
            offered = [each for each in allowed(case, story.policies) if self.command_names(each)]
            if offered:
                chosen = self.random.choice(offered)
                about = self.random.choice(sorted(chosen.about))
                story.tell(self.command(chosen.command, about), **self.view)
        self.count(before, story.case.review)
        self.check()

    def command_names(self, each: Any) -> bool:
        """Whether the walk knows the command; it does not decline or reopen as often as it might."""
        rare = each.command in ("DeclineConditions", "DeclareConflict")
        return each.kind.__module__ == "orderlib.review.message" and (not rare or self.random.random() < 0.3)

    def count(self, before: Reviews | None, after: Reviews | None) -> None:
        """The moves that the record shows."""
        if after is None:
            return
        old = before or Reviews()
        for mine in after.conditions:
            theirs = old.conditions.get(mine.id)
            self._moved("condition", CONDITION, theirs.state if theirs else None, mine.state)
        offer = after.counter_offer
        if offer is not None and old.counter_offer is not None and old.counter_offer.conditions == offer.conditions:
            self._moved("counter_offer", COUNTER_OFFER, old.counter_offer.state, offer.state)
        rounds = {each.id: each for each in old.rounds}
        for each in after.rounds:
            known = rounds.get(each.id)
            for new in (*each.assessments, *each.evidence):
                was = known.assessment(new.discipline) if known is not None else None
                if was is not None and was is not new:
                    self._moved("assessment", ASSESSMENT, was.state, new.state)

    def _moved(self, name: str, table: Any, old: str | None, new: str) -> None:
        for move, target in table.moves.get(old or "", {}).items():
            if target == new and old != new:
                self.moves[f"{name} {old} {move}"] += 1

    def check(self) -> None:
        """What holds after every step."""
        case, reviews = self.story.case, self.story.case.review
        decided = [event for event in self.story.events if isinstance(event, OrderReviewed)]
        for event in decided:
            current = reviews.rounds[-1]
            if event.outcome.accepting:
                assert current.quorate
                required = [a for a in current.assessments if current.seats[a.discipline].required]
                assert all(each.state == "submitted" for each in required)
        if case.state in ("accepted", "released") and reviews is not None and not reviews.voided:
            assert reviews.approved
        if reviews is not None:
            unmet = {each.hold_id for each in reviews.conditions if each.unmet and each.gate is not None}
            if not reviews.closed:
                assert unmet <= {hold.id for hold in case.holds.standing}
        assert case.next_due is None or lapses(case, case.next_due, self.story.policies)


def test_no_walk_leads_to_an_acceptance_below_quorum():
    """Whatever is allowed is done in any order: quorum, approvals and holds keep their word, and replay agrees."""
    moves: Counter[str] = Counter()
    for seed in range(200):
        walk = Walk(Random(seed), moves)
        for _ in range(36):
            walk.step()
        assert replay("case-1", walk.story.history) == walk.story.case
    every = {
        f"{name} {state} {move}"
        for name, table in (("assessment", ASSESSMENT), ("condition", CONDITION), ("counter_offer", COUNTER_OFFER))
        for state, leaving in table.moves.items()
        for move, target in leaving.items()
        if target != state
    }
    assert every - moves.keys() == set()
