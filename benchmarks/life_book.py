"""What every peer keeps of an order, and what it checks before it does.

The same facts as ours: the order, twelve accounts a line in exact decimals, holds, risks and despatches with their
lines and states, and one record for each thing that happened, with its cause, actor, both moments and reason. The
same guards: the declared lives of order, risk and despatch, department, holds, ids used before, quantities, terms, and what lapsed before the command.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from orderlib.fulfilment.table import DESPATCH
from orderlib.risk.table import RISK

__all__ = ["DEPARTMENTS", "GUARDS", "WORKING", "Book", "Despatch", "Hold", "RefusedError", "Risk"]

ZERO = Decimal(0)
WORKING = frozenset({"released", "in_execution"})
#: what each command must pass, besides the state of the order
GUARDS = {
    "adopt": ("authorised", "balances_match", "holds_match"),
    "place_hold": ("authorised", "reason_given", "gates_given", "line_known", "hold_is_new", "lapses_later"),
    "lift_hold": ("authorised", "hold_stands", "may_lift"),
    "identify_risk": ("authorised", "risk_is_new"),
    "treat_risk": ("authorised", "risk_known", "no_worse"),
    "close_risk": ("authorised", "risk_known", "reason_given"),
    "despatch": (
        "authorised",
        "not_held",
        "lines_given",
        "quantities_positive",
        "lines_known",
        "despatch_is_new",
        "within_order",
        "within_terms",
    ),
    "receive": ("has_happened", "counts_positive"),
}
#: who may do what; what is not named is open to everybody
DEPARTMENTS = {
    "AdoptOrder": frozenset({"customer-service", "sales"}),
    "IdentifyRisk": frozenset({"management", "sales", "planning", "customer-service", "finance", "quality"}),
    "TreatRisk": frozenset({"management", "sales", "planning", "customer-service", "finance", "quality"}),
    "CloseRisk": frozenset({"management", "sales", "planning", "customer-service", "finance", "quality"}),
    "DespatchGoods": frozenset({"logistics", "production", "customer-service"}),
}


class RefusedError(Exception):
    """The order does not take this now."""


@dataclass(slots=True)
class Line:
    """The accounts of one line."""

    id: str
    ordered: Decimal
    produced: Decimal = ZERO
    despatched: Decimal = ZERO
    received: Decimal = ZERO
    refused: Decimal = ZERO
    lost: Decimal = ZERO
    replaced: Decimal = ZERO
    returned: Decimal = ZERO
    accepted: Decimal = ZERO
    cancelled: Decimal = ZERO
    short_closed: Decimal = ZERO
    invoiced: Decimal = ZERO
    credited: Decimal = ZERO

    @property
    def in_transit(self) -> Decimal:
        """On its way."""
        return max(ZERO, self.despatched - self.received - self.refused - self.lost)

    @property
    def to_despatch(self) -> Decimal:
        """Still to send."""
        wanted = self.ordered - self.cancelled - self.short_closed
        return max(ZERO, wanted - (self.received - self.replaced) - self.in_transit)


@dataclass(slots=True)
class Hold:
    """What stops a part of the work."""

    id: str
    gates: frozenset[str]
    reason: str
    owner: str
    placed_at: datetime
    line_id: str | None = None
    expires_at: datetime | None = None


@dataclass(slots=True)
class Risk:
    """What may happen."""

    id: str
    title: str
    cause: str
    likelihood: int
    consequence: int
    owner: str
    source: str
    state: str = "identified"
    treatment: str | None = None
    measure: str = ""
    residual: int | None = None


@dataclass(slots=True)
class Despatch:
    """Goods that left together."""

    id: str
    lines: tuple[Any, ...]
    sent_at: datetime
    carrier: str = ""
    tracking: str = ""
    state: str = "in_transit"
    arrived_at: datetime | None = None


@dataclass(slots=True)
class Record:
    """One thing that happened."""

    name: str
    cause: str
    by: Any
    occurred_at: datetime
    recorded_at: datetime
    reason: str
    facts: tuple[Any, ...] = field(default=())


def sums_of(lines: Iterable[Any]) -> dict[str, Decimal]:
    """The quantity of each line."""
    sums: dict[str, Decimal] = {}
    for each in lines:
        sums[each.line_id] = sums.get(each.line_id, ZERO) + each.quantity
    return sums


class Book:
    """The facts of one order, the guards of its commands, and what each fact does to the others."""

    risk_kind: ClassVar[type[Risk]] = Risk
    despatch_kind: ClassVar[type[Despatch]] = Despatch

    def __init__(self) -> None:
        self.order: Any = None
        self.lines: dict[str, Line] = {}
        self.holds: dict[str, Hold] = {}
        self.ended_holds: set[str] = set()
        self.risks: dict[str, Risk] = {}
        self.despatches: dict[str, Despatch] = {}
        self.next_due: datetime | None = None
        self.log: list[Record] = []

    # guards: each says one thing, so that a refusal can say what was missing

    def authorised(self, command: Any) -> bool:
        """The actor's department may do it."""
        may = DEPARTMENTS.get(command.__class__.__name__)
        return may is None or command.by.department in may or "management" in command.by.roles

    def balances_match(self, command: Any) -> bool:
        """What the order brings along fits its lines."""
        known = command.order.lines
        return all(line.id in known and line.received >= line.accepted for line in command.balances)

    def holds_match(self, command: Any) -> bool:
        """The holds that the order brings along fit its lines."""
        return all(hold.line_id is None or hold.line_id in command.order.lines for hold in command.holds)

    def reason_given(self, command: Any) -> bool:
        """Somebody says why."""
        return bool(command.reason)

    def gates_given(self, command: Any) -> bool:
        """The hold stops something."""
        return bool(command.gates)

    def line_known(self, command: Any) -> bool:
        """The line is one of the order's."""
        return command.line_id is None or command.line_id in self.lines

    def hold_is_new(self, command: Any) -> bool:
        """No hold had the id before."""
        return command.hold_id not in self.holds and command.hold_id not in self.ended_holds

    def lapses_later(self, command: Any) -> bool:
        """The hold does not lapse before it stands."""
        return command.expires_at is None or command.expires_at > command.at

    def hold_stands(self, command: Any) -> bool:
        """There is such a hold."""
        return command.hold_id in self.holds

    def may_lift(self, command: Any) -> bool:
        """It is the actor's to lift."""
        owner = self.holds[command.hold_id].owner
        return not owner or owner == command.by.department or "management" in command.by.roles

    def risk_is_new(self, command: Any) -> bool:
        """No risk had the id before."""
        return command.risk_id not in self.risks

    def risk_known(self, command: Any) -> bool:
        """There is such a risk."""
        return command.risk_id in self.risks

    def no_worse(self, command: Any) -> bool:
        """What is left of the risk is no graver than it was."""
        risk = self.risks[command.risk_id]
        return command.residual.score <= risk.likelihood * risk.consequence

    def not_held(self, command: Any) -> bool:
        """No hold stops the goods."""
        if not self.holds:
            return True
        lines = {each.line_id for each in command.lines}
        return not any(
            "despatch" in hold.gates and (hold.line_id is None or hold.line_id in lines) for hold in self.holds.values()
        )

    def lines_given(self, command: Any) -> bool:
        """Something is sent."""
        return bool(command.lines)

    def lines_known(self, command: Any) -> bool:
        """What is sent is the order's."""
        return all(each.line_id in self.lines for each in command.lines)

    def quantities_positive(self, command: Any) -> bool:
        """Something of each is sent."""
        return all(each.quantity.is_finite() and each.quantity > 0 for each in command.lines)

    def despatch_is_new(self, command: Any) -> bool:
        """No despatch had the id before."""
        return command.despatch_id not in self.despatches

    def within_order(self, command: Any) -> bool:
        """No more is sent than is wanted."""
        return all(quantity <= self.lines[line_id].to_despatch for line_id, quantity in sums_of(command.lines).items())

    def within_terms(self, command: Any) -> bool:
        """All is sent at once where the terms want that."""
        if not self.order.delivery.complete_only:
            return True
        sums = sums_of(command.lines)
        return all(sums.get(line.id, ZERO) == line.to_despatch for line in self.lines.values())

    def has_happened(self, command: Any) -> bool:
        """What is reported does not lie in the future."""
        return command.occurred_at is None or command.occurred_at <= command.at

    def counts_positive(self, command: Any) -> bool:
        """Something of each has come."""
        return all(each.quantity.is_finite() and each.quantity > 0 for each in (*command.received, *command.refused))

    # the lives of risks and despatches, which a peer may keep by its own means

    def begin_risk(self, risk: Risk) -> None:
        """A risk begins its life."""
        self.risks[risk.id] = risk

    def move_risk(self, risk: Risk, move: str) -> None:
        """A risk moves on."""
        target = RISK.moves[risk.state].get(move)
        if target is None:
            raise RefusedError(f"a risk that is {risk.state} takes no {move}")
        risk.state = target

    def begin_despatch(self, despatch: Despatch) -> None:
        """A despatch begins its life."""
        self.despatches[despatch.id] = despatch

    def move_despatch(self, despatch: Despatch, move: str) -> None:
        """A despatch moves on."""
        target = DESPATCH.moves[despatch.state].get(move)
        if target is None:
            raise RefusedError(f"a despatch that is {despatch.state} takes no {move}")
        despatch.state = target

    # what happens

    def note(self, name: str, command: Any, *facts: Any) -> None:
        """Keep what happened."""
        at = command.at
        self.log.append(
            Record(name, command.id, command.by, getattr(command, "occurred_at", None) or at, at, command.reason, facts)
        )

    def open_lines(self, order: Any) -> None:
        """Take the order, with accounts for its lines."""
        self.order = order
        self.lines = {line.id: Line(line.id, line.quantity.value) for line in order.lines}

    def new_hold(self, command: Any) -> Hold:
        """The hold that a command asks for."""
        owner = command.owner or command.by.department
        return Hold(
            command.hold_id, command.gates, command.reason, owner, command.at, command.line_id, command.expires_at
        )

    def hold(self, hold: Hold) -> None:
        """A hold stands."""
        self.holds[hold.id] = hold
        self.see_what_is_due()

    def unhold(self, hold_id: str) -> None:
        """A hold stands no more."""
        del self.holds[hold_id]
        self.ended_holds.add(hold_id)
        self.see_what_is_due()

    def new_risk(self, command: Any) -> Risk:
        """The risk that a command names."""
        return self.risk_kind(
            command.risk_id,
            command.title,
            command.cause,
            command.rating.likelihood,
            command.rating.consequence,
            command.owner or command.by.department,
            command.by.id,
        )

    def treat(self, risk: Risk, command: Any) -> None:
        """Something is done about a risk."""
        self.move_risk(risk, "treat")
        risk.treatment = command.treatment
        risk.measure = command.measure
        risk.residual = command.residual.score

    def count(self, account: str, lines: tuple[Any, ...]) -> None:
        """Add quantities to an account of their lines."""
        for each in lines:
            line = self.lines[each.line_id]
            setattr(line, account, getattr(line, account) + each.quantity)

    def send(self, command: Any) -> Despatch:
        """Goods leave."""
        self.count("despatched", command.lines)
        despatch = self.despatch_kind(command.despatch_id, command.lines, command.at, command.carrier, command.tracking)
        self.begin_despatch(despatch)
        return despatch

    def missing(self, despatch: Despatch, command: Any) -> tuple[tuple[str, Decimal], ...]:
        """What left with a despatch, and neither came nor is on its way with another."""
        came = sums_of((*command.received, *command.refused))
        others: dict[str, Decimal] = {}
        for other in self.despatches.values():
            if other is not despatch and other.state == "in_transit":
                for each in other.lines:
                    others[each.line_id] = others.get(each.line_id, ZERO) + each.quantity
        found = []
        for each in despatch.lines:
            line_id = each.line_id
            left = self.lines[line_id].in_transit - others.get(line_id, ZERO) - came.get(line_id, ZERO)
            if left > 0:
                found.append((line_id, left))
        return tuple(found)

    def see_what_is_due(self) -> None:
        """Find out which hold lapses next."""
        self.next_due = min((hold.expires_at for hold in self.holds.values() if hold.expires_at), default=None)

    def lapse(self, command: Any) -> None:
        """Let holds lapse whose time was over before the command."""
        while self.next_due is not None and self.next_due <= command.at:
            for hold in [hold for hold in self.holds.values() if hold.expires_at == self.next_due]:
                self.note("hold-expired", command, hold.id)
                self.unhold(hold.id)
