"""The same life of an order, as peers would have it written; all of them keep and check what `life_book` says.

Every peer declares the whole commercial life of an order and the lives of risks and despatches, with the states and
moves that ours have, keeps them by its own means, and takes the ten commands of the life, which make twelve records.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from eventsourcing.domain import Aggregate, event
from life_book import GUARDS, WORKING, Book, Despatch, Hold, RefusedError, Risk
from statemachine import State, StateMachine
from transitions import Machine

from orderlib.case.table import ORDER
from orderlib.chart.table import Table
from orderlib.fulfilment.table import DESPATCH
from orderlib.risk.table import RISK

__all__ = [
    "MachineOrder",
    "PlainOrder",
    "SourcedOrder",
    "TransitionsOrder",
    "forget",
    "live",
    "live_by_events",
    "live_sourced",
    "shared_model",
]

#: ten commands, by what the peers call them
STEPS = (
    "adopt",
    "place_hold",
    "identify_risk",
    "identify_risk",
    "treat_risk",
    "lift_hold",
    "despatch",
    "receive",
    "close_risk",
    "close_risk",
)
#: the same, where a machine has an event of its own for every state that an order is adopted into
TRIGGERS = ("adopt_released", *STEPS[1:])
#: the states in which a peer takes commands that do not move the order
LIVE = ("accepted", "released", "in_execution")


def receipt(book: Book, command: Any) -> tuple[Despatch, tuple[Any, ...], str]:
    """The despatch that a receipt names, what is missing of it, and how it arrived."""
    despatch = book.despatches.get(command.despatch_id)
    if despatch is None:
        despatch = book.despatch_kind(command.despatch_id, command.received, command.at)
        book.begin_despatch(despatch)
        book.note("despatch-noted", command, despatch.id)
    above = [each for each in command.received if each.quantity > book.lines[each.line_id].in_transit]
    missing = book.missing(despatch, command) if command.complete else ()
    return despatch, missing, "differ" if above or missing or command.refused else "arrive"


class Booking(Book):
    """Each command as one change of the book, with its records."""

    state = "new"

    def book_adopted(self, command: Any) -> None:
        """An order that ran elsewhere is ours."""
        self.open_lines(command.order)
        self.note("order-adopted", command, command.order, command.state)

    def book_hold(self, command: Any) -> None:
        """A hold stands."""
        hold = self.new_hold(command)
        self.hold(hold)
        self.note("hold-placed", command, hold)

    def book_lifted(self, command: Any) -> None:
        """A hold was lifted."""
        self.unhold(command.hold_id)
        self.note("hold-lifted", command, command.hold_id)

    def book_risk(self, command: Any) -> None:
        """A risk stands in the register."""
        risk = self.new_risk(command)
        self.begin_risk(risk)
        self.note("risk-identified", command, risk)

    def book_treated_risk(self, command: Any) -> None:
        """Something is done about a risk."""
        self.treat(self.risks[command.risk_id], command)
        self.note("risk-treated", command, command.risk_id, command.treatment, command.measure, command.residual)

    def book_closed_risk(self, command: Any) -> None:
        """A risk stands no longer."""
        self.move_risk(self.risks[command.risk_id], "close")
        self.note("risk-closed", command, command.risk_id)

    def book_started(self, command: Any) -> None:
        """Work has begun."""
        self.note("execution-started", command)

    def book_despatch(self, command: Any) -> None:
        """Goods have left."""
        despatch = self.send(command)
        self.note("goods-despatched", command, despatch.id, command.lines, command.carrier, command.tracking)

    def book_receipt(self, command: Any) -> None:
        """Goods have come."""
        despatch, missing, move = receipt(self, command)
        self.count("received", command.received)
        self.note("goods-received", command, despatch.id, command.received)
        if command.refused:
            self.count("refused", command.refused)
            self.note("goods-refused", command, despatch.id, command.refused)
        for line_id, quantity in missing:
            self.lines[line_id].lost += quantity
            self.note("goods-lost", command, despatch.id, line_id, quantity)
        self.move_despatch(despatch, move)
        despatch.arrived_at = command.at
        self.note("despatch-moved", command, despatch.id, move)


class PlainOrder(Booking):
    """A mutable class, as one would write it by hand."""

    def __init__(self) -> None:
        super().__init__()
        self.state = "new"

    def permit(self, name: str, command: Any, states: Iterable[str]) -> None:
        """Refuse what state, department or the facts forbid, and say what."""
        if self.state not in states:
            raise RefusedError(f"{name} is not possible while the order is {self.state}")
        for guard in GUARDS[name]:
            if not getattr(self, guard)(command):
                raise RefusedError(f"{name} is not possible: {guard}")

    def move(self, name: str) -> None:
        """Go where a move leads."""
        target = ORDER.moves[self.state].get(name)
        if target is None:
            raise RefusedError(f"{name} does not leave {self.state}")
        self.state = target

    def adopt(self, command: Any) -> None:
        """Take over an order that runs elsewhere."""
        self.permit("adopt", command, ("new",))
        self.move(f"adopt_{command.state}")
        self.book_adopted(command)

    def place_hold(self, command: Any) -> None:
        """Stop a part of the work."""
        self.lapse(command)
        self.permit("place_hold", command, LIVE)
        self.book_hold(command)

    def lift_hold(self, command: Any) -> None:
        """Let it go on."""
        self.lapse(command)
        self.permit("lift_hold", command, LIVE)
        self.book_lifted(command)

    def identify_risk(self, command: Any) -> None:
        """Enter a risk."""
        self.lapse(command)
        self.permit("identify_risk", command, LIVE)
        self.book_risk(command)

    def treat_risk(self, command: Any) -> None:
        """Do something about a risk."""
        self.lapse(command)
        self.permit("treat_risk", command, LIVE)
        self.book_treated_risk(command)

    def close_risk(self, command: Any) -> None:
        """Take a risk off."""
        self.lapse(command)
        self.permit("close_risk", command, LIVE)
        self.book_closed_risk(command)

    def despatch(self, command: Any) -> None:
        """Send goods."""
        self.lapse(command)
        self.permit("despatch", command, WORKING)
        if self.state == "released":
            self.move("start")
            self.book_started(command)
        self.book_despatch(command)

    def receive(self, command: Any) -> None:
        """Take down what came."""
        self.lapse(command)
        self.permit("receive", command, ORDER.states)
        self.book_receipt(command)


class MachineRisk(StateMachine):
    """The life of a risk."""

    identified = State(initial=True)
    treated = State()
    closed = State(final=True)
    occurred = State(final=True)

    treat = identified.to(treated) | treated.to.itself(internal=True)
    close = identified.to(closed) | treated.to(closed)
    occur = identified.to(occurred) | treated.to(occurred)


class MachineDespatch(StateMachine):
    """The life of a despatch."""

    in_transit = State(initial=True)
    partly_arrived = State()
    arrived = State(final=True)
    arrived_with_differences = State(final=True)

    arrive_partly = in_transit.to(partly_arrived) | partly_arrived.to.itself(internal=True)
    arrive = in_transit.to(arrived) | partly_arrived.to(arrived)
    differ = in_transit.to(arrived_with_differences) | partly_arrived.to(arrived_with_differences)


class MachineBooking(Booking):
    """A book in which risks and despatches are models of machines of their own."""

    def __init__(self) -> None:
        super().__init__()
        self.lives: dict[str, StateMachine] = {}

    def begin_risk(self, risk: Risk) -> None:
        """A risk gets its machine, which keeps the risk's state."""
        super().begin_risk(risk)
        self.lives[risk.id] = MachineRisk(risk, state_field="state")

    def move_risk(self, risk: Risk, move: str) -> None:
        """The machine moves the risk."""
        self.lives[risk.id].send(move)

    def begin_despatch(self, despatch: Despatch) -> None:
        """A despatch gets its machine, which keeps the despatch's state."""
        super().begin_despatch(despatch)
        self.lives[despatch.id] = MachineDespatch(despatch, state_field="state")

    def move_despatch(self, despatch: Despatch, move: str) -> None:
        """The machine moves the despatch."""
        self.lives[despatch.id].send(move)


class MachineOrder(StateMachine):
    """python-statemachine, one live machine per order: its own conditions guard, its own actions keep the book."""

    new = State(initial=True)
    enquired = State()
    proposed = State()
    received = State()
    returned = State()
    in_review = State()
    accepted = State()
    conditionally_accepted = State()
    released = State()
    in_execution = State()
    closed = State()
    rejected = State(final=True)
    expired = State(final=True)
    declined = State(final=True)
    cancelled = State(final=True)
    terminated = State(final=True)

    enquire = new.to(enquired)
    propose = enquired.to(proposed) | proposed.to(proposed, internal=True)
    receive_order = new.to(received) | enquired.to(received) | proposed.to(received)
    return_to_customer = received.to(returned)
    resubmit = returned.to(received)
    reject_at_screening = received.to(rejected)
    start_review = received.to(in_review)
    accept = in_review.to(accepted)
    accept_conditionally = in_review.to(conditionally_accepted)
    reject = in_review.to(rejected)
    agree = conditionally_accepted.to(accepted)
    review_again = conditionally_accepted.to(in_review) | accepted.to(in_review) | released.to(in_review)
    release = accepted.to(released)
    close = in_execution.to(closed)
    reopen = closed.to(in_execution)
    decline = enquired.to(declined) | proposed.to(declined) | conditionally_accepted.to(declined)
    lapse_order = enquired.to(expired) | proposed.to(expired) | returned.to(expired)
    lapse_counter_offer = conditionally_accepted.to(declined)
    cancel = cancelled.from_(
        new, enquired, proposed, received, returned, in_review, accepted, conditionally_accepted, released, in_execution
    )
    terminate = released.to(terminated) | in_execution.to(terminated)
    # the commands of this life
    adopt_enquired = new.to(enquired, cond=GUARDS["adopt"], on="book_adopted")
    adopt_proposed = new.to(proposed, cond=GUARDS["adopt"], on="book_adopted")
    adopt_received = new.to(received, cond=GUARDS["adopt"], on="book_adopted")
    adopt_returned = new.to(returned, cond=GUARDS["adopt"], on="book_adopted")
    adopt_in_review = new.to(in_review, cond=GUARDS["adopt"], on="book_adopted")
    adopt_accepted = new.to(accepted, cond=GUARDS["adopt"], on="book_adopted")
    adopt_conditionally_accepted = new.to(conditionally_accepted, cond=GUARDS["adopt"], on="book_adopted")
    adopt_released = new.to(released, cond=GUARDS["adopt"], on="book_adopted")
    adopt_in_execution = new.to(in_execution, cond=GUARDS["adopt"], on="book_adopted")
    place_hold = (
        accepted.to.itself(internal=True, cond=GUARDS["place_hold"], on="book_hold")
        | released.to.itself(internal=True, cond=GUARDS["place_hold"], on="book_hold")
        | in_execution.to.itself(internal=True, cond=GUARDS["place_hold"], on="book_hold")
    )
    lift_hold = (
        accepted.to.itself(internal=True, cond=GUARDS["lift_hold"], on="book_lifted")
        | released.to.itself(internal=True, cond=GUARDS["lift_hold"], on="book_lifted")
        | in_execution.to.itself(internal=True, cond=GUARDS["lift_hold"], on="book_lifted")
    )
    identify_risk = (
        accepted.to.itself(internal=True, cond=GUARDS["identify_risk"], on="book_risk")
        | released.to.itself(internal=True, cond=GUARDS["identify_risk"], on="book_risk")
        | in_execution.to.itself(internal=True, cond=GUARDS["identify_risk"], on="book_risk")
    )
    treat_risk = (
        accepted.to.itself(internal=True, cond=GUARDS["treat_risk"], on="book_treated_risk")
        | released.to.itself(internal=True, cond=GUARDS["treat_risk"], on="book_treated_risk")
        | in_execution.to.itself(internal=True, cond=GUARDS["treat_risk"], on="book_treated_risk")
    )
    close_risk = (
        accepted.to.itself(internal=True, cond=GUARDS["close_risk"], on="book_closed_risk")
        | released.to.itself(internal=True, cond=GUARDS["close_risk"], on="book_closed_risk")
        | in_execution.to.itself(internal=True, cond=GUARDS["close_risk"], on="book_closed_risk")
    )
    despatch = released.to(
        in_execution, cond=GUARDS["despatch"], on=["book_started", "book_despatch"]
    ) | in_execution.to.itself(internal=True, cond=GUARDS["despatch"], on="book_despatch")
    receive = released.to(
        in_execution, cond=GUARDS["receive"], on=["book_started", "book_receipt"]
    ) | in_execution.to.itself(internal=True, cond=GUARDS["receive"], on="book_receipt")

    def __init__(self, book: MachineBooking | None = None) -> None:
        self.book = MachineBooking() if book is None else book
        super().__init__(self.book, state_field="state")  # the model keeps the state, guards and acts

    def handle(self, name: str, command: Any) -> None:
        """Let lapse what is due, then send the event."""
        self.book.lapse(command)
        self.send(name, command=command)


class ModelRisk(Risk):
    """A risk to which `transitions` can give its methods: it has room for them."""


class ModelDespatch(Despatch):
    """A despatch to which `transitions` can give its methods."""


class TransitionsOrder(Booking):
    """A model on one shared machine of `transitions`: its own conditions guard, its own callbacks keep the book.

    Risks and despatches are models on shared machines of theirs.
    """

    risk_kind = ModelRisk
    despatch_kind = ModelDespatch

    def handle(self, name: str, command: Any) -> None:
        """Let lapse what is due, then trigger."""
        self.lapse(command)
        if not getattr(self, name)(command):
            raise RefusedError(name)

    def begin_risk(self, risk: Risk) -> None:
        """A risk goes on the machine of risks."""
        super().begin_risk(risk)
        SHARED_RISKS.add_model(risk)

    def move_risk(self, risk: Any, move: str) -> None:
        """The machine moves the risk."""
        getattr(risk, move)()

    def begin_despatch(self, despatch: Despatch) -> None:
        """A despatch goes on the machine of despatches."""
        super().begin_despatch(despatch)
        SHARED_DESPATCHES.add_model(despatch)

    def move_despatch(self, despatch: Any, move: str) -> None:
        """The machine moves the despatch."""
        getattr(despatch, move)()


def _moves(table: Table) -> list[dict[str, Any]]:
    """The moves of a declared life."""
    return [
        {"trigger": move, "source": state, "dest": target}
        for state, moves in table.moves.items()
        for move, target in moves.items()
    ]


def _triggers() -> list[dict[str, Any]]:
    """The moves of the lifecycle, and the commands."""
    found: list[dict[str, Any]] = []
    for state, moves in ORDER.moves.items():
        for move, target in moves.items():
            if move.startswith("adopt_"):
                checked = {"conditions": GUARDS["adopt"], "after": "book_adopted"}
                found.append({"trigger": move, "source": state, "dest": target, **checked})
            elif move != "start":
                found.append({"trigger": f"move_{move}", "source": state, "dest": target})
    header = {
        "place_hold": "book_hold",
        "lift_hold": "book_lifted",
        "identify_risk": "book_risk",
        "treat_risk": "book_treated_risk",
        "close_risk": "book_closed_risk",
    }
    for name, after in header.items():
        checked = {"conditions": GUARDS[name], "after": after}
        found.append({"trigger": name, "source": list(LIVE), "dest": None, **checked})
    sending, coming = GUARDS["despatch"], GUARDS["receive"]
    started = {"source": "released", "dest": "in_execution"}
    running = {"source": "in_execution", "dest": None}
    found += [
        {"trigger": "despatch", **started, "conditions": sending, "after": ["book_started", "book_despatch"]},
        {"trigger": "despatch", **running, "conditions": sending, "after": "book_despatch"},
        {"trigger": "receive", **started, "conditions": coming, "after": ["book_started", "book_receipt"]},
        {"trigger": "receive", **running, "conditions": coming, "after": "book_receipt"},
    ]
    return found


SHARED = Machine(model=None, states=list(ORDER.states), initial="new", transitions=_triggers())
SHARED_RISKS = Machine(model=None, states=list(RISK.states), initial="identified", transitions=_moves(RISK))
SHARED_DESPATCHES = Machine(
    model=None, states=list(DESPATCH.states), initial="in_transit", transitions=_moves(DESPATCH)
)


class SourcedOrder(Aggregate):
    """An aggregate of `eventsourcing`, without saving: its events are its records."""

    @event("OrderAdopted")
    def __init__(self, cause: str, by: Any, at: Any, reason: str, order: Any, state: str) -> None:
        self.state = ORDER.moves["new"][f"adopt_{state}"]
        self.book = Book()
        self.book.open_lines(order)

    @classmethod
    def adopt(cls, command: Any) -> SourcedOrder:
        """Take over an order that runs elsewhere."""
        book = Book()
        if f"adopt_{command.state}" not in ORDER.moves["new"]:
            raise RefusedError(f"an order is not adopted as {command.state}")
        for guard in GUARDS["adopt"]:
            if not getattr(book, guard)(command):
                raise RefusedError(f"the order cannot be adopted: {guard}")
        return cls(command.id, command.by, command.at, command.reason, command.order, command.state)

    def permit(self, name: str, command: Any, states: Iterable[str]) -> None:
        """Refuse what state, department or the facts forbid, and say what."""
        if self.state not in states:
            raise RefusedError(f"{name} is not possible while the order is {self.state}")
        book = self.book
        for guard in GUARDS[name]:
            if not getattr(book, guard)(command):
                raise RefusedError(f"{name} is not possible: {guard}")

    def lapse(self, command: Any) -> None:
        """Let holds lapse whose time was over before the command."""
        book = self.book
        while book.next_due is not None and book.next_due <= command.at:
            for hold in [hold for hold in book.holds.values() if hold.expires_at == book.next_due]:
                self._lifted(command.id, command.by, command.at, "lapsed", hold.id)

    @event("HoldPlaced")
    def _held(self, cause: str, by: Any, at: Any, reason: str, hold: Hold) -> None:
        self.book.hold(hold)

    @event("HoldLifted")
    def _lifted(self, cause: str, by: Any, at: Any, reason: str, hold_id: str) -> None:
        self.book.unhold(hold_id)

    @event("RiskIdentified")
    def _identified(self, cause: str, by: Any, at: Any, reason: str, risk: Risk) -> None:
        self.book.begin_risk(risk)

    @event("RiskTreated")
    def _treated(self, cause: str, by: Any, at: Any, reason: str, command: Any) -> None:
        self.book.treat(self.book.risks[command.risk_id], command)

    @event("RiskClosed")
    def _closed(self, cause: str, by: Any, at: Any, reason: str, risk_id: str) -> None:
        self.book.move_risk(self.book.risks[risk_id], "close")

    @event("ExecutionStarted")
    def _started(self, cause: str, by: Any, at: Any, reason: str) -> None:
        self.state = ORDER.moves[self.state]["start"]

    @event("GoodsDespatched")
    def _despatched(self, cause: str, by: Any, at: Any, reason: str, despatch: Despatch) -> None:
        self.book.count("despatched", despatch.lines)
        self.book.begin_despatch(despatch)

    @event("GoodsReceived")
    def _received(self, cause: str, by: Any, at: Any, reason: str, despatch_id: str, lines: Any) -> None:
        self.book.count("received", lines)

    @event("GoodsRefused")
    def _refused(self, cause: str, by: Any, at: Any, reason: str, despatch_id: str, lines: Any) -> None:
        self.book.count("refused", lines)

    @event("GoodsLost")
    def _lost(self, cause: str, by: Any, at: Any, reason: str, line_id: str, quantity: Any) -> None:
        self.book.lines[line_id].lost += quantity

    @event("DespatchMoved")
    def _moved(self, cause: str, by: Any, at: Any, reason: str, despatch_id: str, move: str) -> None:
        despatch = self.book.despatches[despatch_id]
        self.book.move_despatch(despatch, move)
        despatch.arrived_at = at

    def place_hold(self, command: Any) -> None:
        """Stop a part of the work."""
        self.lapse(command)
        self.permit("place_hold", command, LIVE)
        self._held(command.id, command.by, command.at, command.reason, self.book.new_hold(command))

    def lift_hold(self, command: Any) -> None:
        """Let it go on."""
        self.lapse(command)
        self.permit("lift_hold", command, LIVE)
        self._lifted(command.id, command.by, command.at, command.reason, command.hold_id)

    def identify_risk(self, command: Any) -> None:
        """Enter a risk."""
        self.lapse(command)
        self.permit("identify_risk", command, LIVE)
        self._identified(command.id, command.by, command.at, command.reason, self.book.new_risk(command))

    def treat_risk(self, command: Any) -> None:
        """Do something about a risk."""
        self.lapse(command)
        self.permit("treat_risk", command, LIVE)
        self._treated(command.id, command.by, command.at, command.reason, command)

    def close_risk(self, command: Any) -> None:
        """Take a risk off."""
        self.lapse(command)
        self.permit("close_risk", command, LIVE)
        self._closed(command.id, command.by, command.at, command.reason, command.risk_id)

    def despatch(self, command: Any) -> None:
        """Send goods."""
        self.lapse(command)
        self.permit("despatch", command, WORKING)
        stamp = (command.id, command.by, command.at, command.reason)
        if self.state == "released":
            self._started(*stamp)
        sent = Despatch(command.despatch_id, command.lines, command.at, command.carrier, command.tracking)
        self._despatched(*stamp, sent)

    def receive(self, command: Any) -> None:
        """Take down what came."""
        self.lapse(command)
        self.permit("receive", command, ORDER.states)
        stamp = (command.id, command.by, command.at, command.reason)
        despatch, missing, move = receipt(self.book, command)
        self._received(*stamp, despatch.id, command.received)
        if command.refused:
            self._refused(*stamp, despatch.id, command.refused)
        for line_id, quantity in missing:
            self._lost(*stamp, line_id, quantity)
        self._moved(*stamp, despatch.id, move)


def live(order: PlainOrder, commands: Iterable[Any]) -> None:
    """The whole life, by calls."""
    for name, command in zip(STEPS, commands, strict=True):
        getattr(order, name)(command)


def live_sourced(commands: Iterable[Any]) -> SourcedOrder:
    """The whole life, by calls; the first founds the aggregate."""
    first, *rest = commands
    order = SourcedOrder.adopt(first)
    for name, command in zip(STEPS[1:], rest, strict=True):
        getattr(order, name)(command)
    order.told = order.collect_events()
    return order


def live_by_events(order: MachineOrder | TransitionsOrder, commands: Iterable[Any]) -> None:
    """The whole life, by the names of the machine's events."""
    for name, command in zip(TRIGGERS, commands, strict=True):
        order.handle(name, command)


def shared_model() -> TransitionsOrder:
    """A new order on the shared machine."""
    order = TransitionsOrder()
    SHARED.add_model(order)
    return order


def forget(order: TransitionsOrder) -> None:
    """Take the order and its parts off the machines, which would keep them for ever."""
    SHARED.remove_model(order)
    for risk in order.risks.values():
        SHARED_RISKS.remove_model(risk)
    for despatch in order.despatches.values():
        SHARED_DESPATCHES.remove_model(despatch)
