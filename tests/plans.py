"""An accepted order, and those who plan it."""

from __future__ import annotations

from build import CLERK, Story, line, order

from orderlib.case.message import AdoptOrder
from orderlib.values.party import Actor

PLANNER = Actor("lin", department="planning")


def accepted(*lines, state="accepted", **more):
    """A story whose order is in a state: two lines unless others are given."""
    story = Story()
    story.tell(AdoptOrder(order(*(lines or (line("10"), line("20", item="P-9"))), **more), state, by=CLERK))
    return story
