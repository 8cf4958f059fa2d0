"""Read models follow the feed from where they left off."""

from __future__ import annotations

from build import CLERK, at, order

from orderlib.case.repository import History
from orderlib.desk.desk import OrderDesk
from orderlib.desk.follow import follow
from orderlib.intake.message import ReceiveOrder
from orderlib.simulation.clock import WorldClock


class Names:
    """The names of all events."""

    def __init__(self):
        self.seen = []

    def apply(self, recorded):
        """Remember its name."""
        self.seen.append(type(recorded.event).__name__)


def test_a_read_model_takes_each_event_once():
    """It stops at a limit, and goes on behind the position that came back."""
    desk = OrderDesk(clock=WorldClock(at()))
    for number in ("1", "2"):
        desk.handle(ReceiveOrder(order(id=number), case_id=number, by=CLERK))
    assert isinstance(desk.repository, History)
    model, every = Names(), [type(recorded.event).__name__ for _, recorded in desk.repository.feed()]
    position = follow(desk.repository, model, limit=1)
    assert (position, model.seen) == (1, every[:1])
    position = follow(desk.repository, model, position)
    assert (position, model.seen) == (len(every), every)
    assert follow(desk.repository, model, position) == position
