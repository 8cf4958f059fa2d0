"""The life of a confirmation: declared, compiled, and really lived."""

from __future__ import annotations

from build import CLERK, Story, at, order

from orderlib.case.message import PassTime
from orderlib.chart.compile import prove_equal
from orderlib.chart.graph import check_graph
from orderlib.intake.lifecycle import ConfirmationLifecycle
from orderlib.intake.message import AnswerConfirmation, ConfirmBack, ReceiveOrder
from orderlib.intake.table import CONFIRMATION
from orderlib.order.record import Attachment


def test_table_and_declaration_say_the_same():
    """The shipped table does what the declared machine does, and its graph has no hole."""
    assert prove_equal(ConfirmationLifecycle, CONFIRMATION) == ()
    assert check_graph(CONFIRMATION) == ()


COMMANDS = {
    "write_back": lambda: ConfirmBack("case-1", due_at=at(20), by=CLERK),
    "confirm": lambda: AnswerConfirmation("case-1", document=Attachment("letter"), by=CLERK),
    "dispute": lambda: AnswerConfirmation("case-1", agrees=False, reason="misheard", by=CLERK),
    "lapse": lambda: PassTime("case-1", by=CLERK, at=at(20)),
}


def test_every_move_is_a_command_that_leads_where_the_table_says():
    """From each state by each move, on a spoken order."""
    for state, moves in CONFIRMATION.moves.items():
        for move, target in moves.items():
            story = Story()
            story.tell(ReceiveOrder(order(), case_id="case-1", channel="TE", by=CLERK))
            for before in CONFIRMATION.path(CONFIRMATION.initial, state):
                story.tell(COMMANDS[before]())
            story.tell(COMMANDS[move]())
            assert story.case.intake.confirmation.state == target
