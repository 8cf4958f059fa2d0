"""The lives inside an enquiry: declared, compiled, and all of them really lived."""

from __future__ import annotations

import random
from collections import Counter

import attrs
import pytest
from build import BUYER, SELLER, Story, line, order

from orderlib.case.message import PassTime
from orderlib.chart.compile import prove_equal
from orderlib.chart.graph import check_graph
from orderlib.enquiry import message as told
from orderlib.enquiry.fold import fold_all
from orderlib.enquiry.lifecycle import ProposalLifecycle, QuestionLifecycle, RequirementLifecycle
from orderlib.enquiry.record import Requirement
from orderlib.enquiry.table import PROPOSAL, QUESTION, REQUIREMENT
from orderlib.errors import RefusedError
from orderlib.values.period import DayPeriod
from orderlib.values.quantity import Quantity

CHARTS = [(RequirementLifecycle, REQUIREMENT), (QuestionLifecycle, QUESTION), (ProposalLifecycle, PROPOSAL)]
GOOD = Requirement("R1", "Pump, 40 l/s", Quantity(3), DayPeriod(None, "2026-12-29"))
#: where two moves lead from one state to the same other, the event says which it was
NAMED = {told.RequirementRevised: "revise", told.ProposalRevised: "revise", told.QuestionAnswered: "clarify"}


@pytest.mark.parametrize(("chart", "table"), CHARTS)
def test_table_and_declaration_say_the_same(chart, table):
    """The shipped table does what the declared machine does, and its graph has no hole."""
    assert prove_equal(chart, table) == ()
    assert check_graph(table) == ()


def requirement(dice: random.Random, name: str) -> Requirement:
    """Something wanted: clear, unclear or impossible."""
    change = dice.choice([{}, {"quantity": None}, {"wanted": DayPeriod(None, "2026-03-02")}])
    return attrs.evolve(GOOD, id=name, **change)


def next_command(dice: random.Random, story: Story):
    """Any command that could mean something now."""
    enquiry, about = story.case.enquiry, "case-1"
    name = dice.choice(["R1", "R2"])
    proposal_id = dice.choice([*enquiry.proposals.ids(), "P-0"])
    question_id = dice.choice([*enquiry.questions.ids(), "Q-0"])
    offer = order(line(requested_period=DayPeriod(None, "2026-12-29")))
    return dice.choice(
        [
            lambda: told.AddRequirement(about, requirement(dice, name), by=SELLER),
            lambda: told.ReviseRequirement(about, requirement(dice, name), by=SELLER),
            lambda: told.WithdrawRequirement(about, name, by=SELLER),
            lambda: told.AskQuestion(about, "why?", by=SELLER),
            lambda: told.AnswerQuestion(about, question_id, "so", by=SELLER),
            lambda: told.AnalyseEnquiry(about, by=SELLER),
            lambda: told.AnalyseEnquiry(about, override="complete", reason="it is", by=SELLER),
            lambda: told.DraftProposal(about, offer, by=SELLER),
            lambda: told.ProposeOffer(about, offer, by=SELLER),
            lambda: told.ProposeOffer(about, proposal_id=proposal_id, by=SELLER),
            lambda: told.ReviseProposal(about, proposal_id, offer, by=SELLER),
            lambda: told.WithdrawProposal(about, proposal_id, by=SELLER),
            lambda: told.ConfirmProposal(about, proposal_id, by=SELLER),
            lambda: told.DeclineProposal(about, proposal_id, by=SELLER),
            lambda: PassTime(about, by=SELLER, at=max(story.case.next_due or story.now, story.now)),
        ]
    )()


def lived(before, events) -> Counter[tuple[str, str, str]]:
    """Chart, state and move of everything that the events moved."""
    found: Counter[tuple[str, str, str]] = Counter()
    for event in events:
        after = fold_all(before, [event])
        for kind, (_, table) in zip(("requirements", "questions", "proposals"), CHARTS, strict=True):
            for old in getattr(before, kind):
                new = getattr(after, kind)[old.id]
                if new is not old:
                    moves = [move for move, target in table.moves[old.state].items() if target == new.state]
                    named = NAMED.get(type(event))
                    found[table.name, old.state, named if named in moves else moves[0]] += 1
        before = after
    return found


def test_every_move_is_taken_in_generated_runs(cases_run):
    """Five hundred enquiries, led by dice, take every declared move of every life."""
    dice = random.Random(7)
    taken: Counter[tuple[str, str, str]] = Counter()
    for _ in range(500):
        story = Story()
        story.tell(told.OpenEnquiry(BUYER, [GOOD, requirement(dice, "R2")], case_id="case-1", by=SELLER))
        for _ in range(25):
            before = story.case.enquiry
            try:
                events = story.tell(next_command(dice, story))
            except RefusedError:
                continue
            taken += lived(before, events)
            if story.case.state not in ("enquired", "proposed"):
                break
    declared = {
        (table.name, state, move) for _, table in CHARTS for state, moves in table.moves.items() for move in moves
    }
    cases_run += [f"enquiry: {chart} {state} {move}: {times}" for (chart, state, move), times in taken.items()]
    assert declared - taken.keys() == set()
