"""The same twelve steps of an order's life, as peers would have them written.

Each peer keeps what ours keeps: the state, the counts of each line in exact decimals, who did it and when, and
the list of what happened; each refuses what its state forbids.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from eventsourcing.domain import Aggregate, event
from statemachine import State, StateMachine
from transitions import Machine

__all__ = ["LINES", "STEPS", "Counts", "MachineOrder", "PlainOrder", "SourcedOrder", "TransitionsOrder", "live"]

LINES = tuple(str(number) for number in range(1, 6))
AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
#: the twelve steps: name, and the account with a quantity for every line where goods are counted
STEPS: tuple[tuple[str, str, Decimal], ...] = (
    ("adopt", "", Decimal(0)),
    ("hold", "", Decimal(0)),
    ("lift", "", Decimal(0)),
    ("start", "", Decimal(0)),
    ("produce", "produced", Decimal(4)),
    ("despatch", "despatched", Decimal(2)),
    ("receive", "received", Decimal(2)),
    ("arrive", "", Decimal(0)),
    ("despatch", "despatched", Decimal(2)),
    ("receive", "received", Decimal(2)),
    ("arrive", "", Decimal(0)),
    ("hold", "", Decimal(0)),
)
MAY = {
    "new": {"adopt": "released"},
    "released": {"hold": "released", "lift": "released", "start": "running"},
    "running": dict.fromkeys(("hold", "lift", "produce", "despatch", "receive", "arrive"), "running"),
}


class Counts:
    """What every peer counts, line by line."""

    def __init__(self) -> None:
        self.counts = {
            line: {"produced": Decimal(0), "despatched": Decimal(0), "received": Decimal(0)} for line in LINES
        }
        self.holds: list[str] = []
        self.log: list[object] = []

    def book(self, step: str, account: str, quantity: Decimal, by: str, at: datetime) -> None:
        """Count, and note what happened."""
        if account:
            for line in LINES:
                counts = self.counts[line]
                if quantity <= 0 or (account == "despatched" and counts[account] + quantity > 4):
                    raise ValueError(line)
                counts[account] += quantity
        elif step == "hold":
            self.holds.append("h-1")
        elif step == "lift":
            self.holds.remove("h-1")
        self.log.append({"step": step, "account": account, "quantity": quantity, "by": by, "at": at, "lines": LINES})


class PlainOrder(Counts):
    """A mutable class, as one would write it by hand."""

    def __init__(self) -> None:
        super().__init__()
        self.state = "new"

    def step(self, name: str, account: str, quantity: Decimal, by: str, at: datetime) -> None:
        """Guard, count, move."""
        target = MAY[self.state].get(name)
        if target is None:
            raise ValueError(f"{name} is not possible while {self.state}")
        self.book(name, account, quantity, by, at)
        self.state = target


class MachineOrder(StateMachine):
    """python-statemachine, one live machine per order."""

    new = State(initial=True)
    released = State()
    running = State()

    adopt = new.to(released)
    start = released.to(running)
    hold = released.to(released, internal=True) | running.to(running, internal=True)
    lift = released.to(released, internal=True) | running.to(running, internal=True)
    produce = running.to(running, internal=True)
    despatch = running.to(running, internal=True)
    receive = running.to(running, internal=True)
    arrive = running.to(running, internal=True)

    def __init__(self, start_value: str | None = None) -> None:
        self.book = Counts()
        super().__init__(start_value=start_value)

    def step(self, name: str, account: str, quantity: Decimal, by: str, at: datetime) -> None:
        """Send the event, then count."""
        self.send(name)
        self.book.book(name, account, quantity, by, at)


class TransitionsOrder(Counts):
    """A model on one shared machine of `transitions`."""

    state = "new"

    def step(self, name: str, account: str, quantity: Decimal, by: str, at: datetime) -> None:
        """Trigger, then count."""
        getattr(self, name)()
        self.book(name, account, quantity, by, at)


SHARED = Machine(
    model=None,
    states=list(MAY),
    initial="new",
    transitions=[
        {"trigger": step, "source": source, "dest": target}
        for source, moves in MAY.items()
        for step, target in moves.items()
    ],
    auto_transitions=False,
)


class SourcedOrder(Aggregate):
    """An aggregate of `eventsourcing`, without saving."""

    @event("Created")
    def __init__(self) -> None:
        self.state = "new"
        self.book = Counts()

    @event("Stepped")
    def _stepped(self, name: str, account: str, quantity: Decimal, by: str, at: datetime) -> None:
        self.book.book(name, account, quantity, by, at)
        self.state = MAY[self.state][name]

    def step(self, name: str, account: str, quantity: Decimal, by: str, at: datetime) -> None:
        """Guard, then apply an event."""
        if name not in MAY[self.state]:
            raise ValueError(name)
        self._stepped(name=name, account=account, quantity=quantity, by=by, at=at)


def live(order: PlainOrder | MachineOrder | TransitionsOrder | SourcedOrder) -> None:
    """All twelve steps."""
    for name, account, quantity in STEPS:
        order.step(name, account, quantity, "mei", AT)


def shared_model() -> TransitionsOrder:
    """A new order on the shared machine."""
    order = TransitionsOrder()
    SHARED.add_model(order)
    return order


def forget(order: TransitionsOrder) -> None:
    """Take the order off the machine, which would keep it for ever."""
    SHARED.remove_model(order)
