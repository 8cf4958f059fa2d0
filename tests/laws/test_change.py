"""Laws of changes: what is refused leaves no trace, lines stay who they are, nothing is approved unseen.

Orders are changed, charged and cancelled at random, at random points of their lives.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from decimal import Decimal
from random import Random

import attrs
import pytest
from build import CLERK, SELLER, line, order
from changing import CASE, other, running
from hypothesis import given
from hypothesis import strategies as st
from reviewing import accepted

from orderlib.acceptance.message import ReportReturned
from orderlib.case.evolution import evolve_all
from orderlib.case.message import PassTime
from orderlib.case.record import OrderCase
from orderlib.change.lifecycle import CancellationLifecycle, ChangeRequestLifecycle, ChargeLifecycle
from orderlib.change.message import (
    AnswerChange,
    AnswerCharge,
    CompleteCompensation,
    DecideCancellation,
    DecideChange,
    ReceiveOrderChange,
    RequestCancellation,
    RequestChange,
    TerminateOrder,
    WithdrawCancellation,
    WithdrawChange,
)
from orderlib.change.record import CancellationRuling, ChangeLog
from orderlib.change.table import CANCELLATION, CHANGE_REQUEST, CHARGE
from orderlib.errors import RefusedError
from orderlib.fulfilment.message import ReportDespatched, ReportProduced, ReportReceived
from orderlib.ledger.record import Account, LineQuantity
from orderlib.order.revision import difference
from orderlib.values.decision import Decision
from orderlib.values.money import Money
from orderlib.values.party import SYSTEM
from orderlib.values.rate import UnitPrice
from orderlib.wire.codec import dumps, loads

#: how likely each kind of command is, in the order of `Life.command`; an order that ends at once has no life
WEIGHTS = (4, 4, 6, 6, 6, 2, 1, 1, 4, 2, 6, 3, 3)
NONE = "nothing"
SUBJECTS = ("change_id", "charge_id", "cancellation_id", "item_id")
OVER = ("cancelled", "terminated")
NOTHING = {"change": None, "version": 0, "next_due": None}


class Life:
    """One order, and somebody who does something at random with each step."""

    def __init__(self, seed):
        self.dice = Random(seed)
        self.story = self._begin()
        self.number = 0
        self.moves = Counter()
        self.refusals = 0

    def _begin(self):
        kind = self.dice.randrange(6)
        if kind == 0:
            return accepted(line("10", quantity=6, price="100"), line("20", item="V-2", quantity=4, price="20"))
        state = self.dice.choice(["in_review", "conditionally_accepted", "accepted", "released", "in_execution"])
        policies = None
        if kind in (1, 2):
            from orderlib.case.policies import PolicySet

            policies = PolicySet(cancellation=lambda *args: Decision(CancellationRuling.REVIEW))
        known = order(line("10", quantity=6, price="100"), line("20", item="V-2", quantity=4, price="20"))
        return running(state=state, of=known, policies=policies)

    def new_id(self):
        """An id that nothing has."""
        self.number += 1
        return f"N{self.number}"

    def one(self, ids):
        """One of them, or something that there is not."""
        known = list(ids)
        return self.dice.choice(known) if known else NONE

    def wanted(self):
        """Another order: quantities, lines, prices or notes."""
        known, dice = self.story.case.order, self.dice
        quantities = {f"q{each}": dice.randint(1, 9) for each in known.lines.ids() if dice.random() < 0.5}
        without = [each for each in known.lines.ids() if dice.random() < 0.15]
        add = [line("30", item=dice.choice(["S-1", "P-7"]), quantity=2, price="5")] if dice.random() < 0.2 else []
        add = [each for each in add if each.id not in known.lines]
        new = other(known, *without, add=add, **quantities) if len(known.lines) > len(without) else known
        if dice.random() < 0.2 and len(new.lines):
            some = new.lines[self.one(new.lines.ids())]
            cheap = attrs.evolve(some, price=UnitPrice(dice.choice(["99", "50", "130"]), "EUR"))
            new = attrs.evolve(new, lines=new.lines.replace([cheap]))
        return attrs.evolve(new, note=dice.choice(["", "", "x"]))

    def fact(self):
        """Goods are made, leave, arrive, or come back."""
        lines = [LineQuantity(self.one(self.story.case.ledger.lines.ids()), Decimal(self.dice.randint(1, 3)))]
        kind = self.dice.randrange(4)
        if kind == 0:
            return ReportProduced(CASE, lines, by=SELLER)
        if kind in (1, 2):
            return ReportDespatched(CASE, lines, self.new_id(), by=SELLER)
        if kind == 2 and self.story.case.fulfilment is not None and self.story.case.fulfilment.despatches:
            despatch = self.dice.choice(list(self.story.case.fulfilment.despatches))
            return ReportReceived(CASE, despatch.id, despatch.lines, by=SELLER)
        return ReportReturned(CASE, lines, by=SELLER)

    def command(self):
        """Anything that the room takes, about anything that it knows."""
        case, dice = self.story.case, self.dice
        log = case.change or ChangeLog()
        yes, charge = dice.random() < 0.7, dice.choice([None, None, Money(0, "EUR"), Money(25, "EUR")])
        lines = dice.choice([(), (), ("10",), ("20",)])
        whose = dice.choice(["customer", "supplier"])
        due = log.next_due
        counter = difference(case.order, self.wanted()) if not yes and dice.random() < 0.4 else None
        wish = {"keep_delivered": dice.random() < 0.3, "side": whose, "by": CLERK, "reason": "so"}
        last = log.proposals[-1].wanted if log.proposals else None
        commands = [
            RequestChange(
                CASE, self.new_id(), difference(case.order, self.wanted()), side=whose, by=CLERK, reason="so"
            ),
            ReceiveOrderChange(CASE, self.new_id(), self._agreed(last), log.sequence + 1, by=CLERK),
            DecideChange(
                CASE,
                self.one(each.id for each in log.requests if each.state == "requested"),
                yes,
                counter=counter,
                charge=charge,
                by=SELLER,
                reason="so",
            ),
            AnswerChange(CASE, self.one(each.id for each in log.proposals), yes, by=CLERK),
            AnswerCharge(CASE, self.one(each.id for each in log.open_charges), yes, by=CLERK),
            WithdrawChange(CASE, self.one(log.requests.ids()), by=CLERK),
            RequestCancellation(CASE, self.new_id(), line_ids=lines, **wish),
            TerminateOrder(CASE, self.new_id(), **wish),
            DecideCancellation(CASE, self.one(log.cancellations.ids()), yes, charge=charge, by=SELLER, reason="so"),
            WithdrawCancellation(CASE, self.one(log.cancellations.ids()), by=CLERK),
            CompleteCompensation(
                CASE,
                self.one(item.id for each in log.open_cancellations for item in each.unfinished),
                "seen",
                by=SYSTEM,
            ),
            self.fact(),
            PassTime(CASE, by=CLERK, at=due) if due and due > self.story.now else self.fact(),
        ]
        return dice.choices(commands, self._weights(commands))[0]

    def _weights(self, commands):
        """What concerns nothing is tried, too, but seldom."""
        return [
            weight if NONE not in (getattr(each, name, "") for name in SUBJECTS) else weight / 20
            for weight, each in zip(WEIGHTS, commands, strict=True)
        ]

    def _agreed(self, wanted):
        if wanted is not None and wanted.revision == self.story.case.order.revision and self.dice.random() < 0.7:
            from orderlib.order.revision import apply

            return apply(self.story.case.order, wanted)
        return self.wanted()

    def step(self):
        """One command, which may be refused; what came before it, and the command."""
        before, command = self.story.case, self.command()
        self.story.events = ()
        try:
            self.story.tell(command)
        except RefusedError:
            self.refusals += 1
            assert self.story.case is before
            return before, None
        self._count(before)
        return before, command

    def end(self):
        """The order ends, whatever was in question."""
        before = self.story.case
        with contextlib.suppress(RefusedError):
            self.story.tell(RequestCancellation(CASE, self.new_id(), side="supplier", by=CLERK, reason="enough"))
            log = self.story.case.change
            for item in [item for each in log.open_cancellations for item in each.unfinished]:
                self.story.tell(CompleteCompensation(CASE, item.id, "seen", by=SYSTEM))
        self._count(before)

    def _count(self, before):
        """Which moves the things of the room made."""
        known, log = before.change or ChangeLog(), self.story.case.change or ChangeLog()
        pairs = (("requests", CHANGE_REQUEST), ("charges", CHARGE), ("cancellations", CANCELLATION))
        for name, table in pairs:
            for new in getattr(log, name):
                old = getattr(known, name).get(new.id)
                start = table.initial if old is None else old.state
                if start != new.state:
                    self.moves[table.name, start, new.state] += 1


@pytest.fixture(scope="module")
def moves():
    """All moves that a few hundred lives made."""
    total = Counter()
    for seed in range(240):
        life = Life(seed)
        for step in range(30):
            log = life.story.case.change
            if life.story.case.state in OVER or (step > 12 and seed % 3 == 0 and log and log.proposals):
                break
            life.step()
        if life.story.case.state not in OVER:
            life.end()
        total += life.moves
    return total


@pytest.mark.parametrize("chart", [CancellationLifecycle, ChangeRequestLifecycle, ChargeLifecycle])
def test_every_declared_move_is_made(chart, moves):
    """None is declared for show."""
    from orderlib.chart.compile import compile_chart

    table = compile_chart(chart)
    declared = {(table.name, start, end) for start, leaving in table.moves.items() for end in leaving.values()}
    assert declared - set(moves) == set()


@given(st.integers(0, 10**6))
def test_what_does_not_change_the_order_leaves_only_its_record(seed):
    """Law 8, and the same for changes: a wish that is refused, declined, withdrawn or lapsed moves nothing else."""
    life = Life(seed)
    for _ in range(20):
        before, command = life.step()
        wish = (RequestChange, ReceiveOrderChange, DecideChange, AnswerChange, AnswerCharge, WithdrawChange)
        ending = (RequestCancellation, TerminateOrder, DecideCancellation, WithdrawCancellation)
        after = life.story.case
        if isinstance(command, wish) and "OrderRevised" not in life.story.names and not _begun(life):
            assert attrs.evolve(after, **NOTHING) == attrs.evolve(before, **NOTHING)
        if isinstance(command, ending) and not _begun(life):
            assert attrs.evolve(after, **NOTHING) == attrs.evolve(before, **NOTHING)


def _begun(life):
    return bool({"CancellationBegun", "CancellationCompleted"} & set(life.story.names))


@given(st.integers(0, 10**6))
def test_lines_keep_who_they_are_and_what_was_counted(seed):
    """A revision moves what is ordered of a line; no change and no cancellation takes back what has happened."""
    life = Life(seed)
    for _ in range(20):
        before, _ = life.step()
        after = life.story.case
        if "OrderRevised" in life.story.names:
            for known in before.ledger.lines:
                new = after.ledger.lines.get(known.id)
                if any(getattr(known, account) for account in Account):
                    assert attrs.evolve(new, ordered=known.ordered) == known
            assert [
                each.id for each in after.order.lines if after.ledger.lines[each.id].ordered != each.quantity.value
            ] == []
            assert after.order.revision == before.order.revision + 1


@given(st.integers(0, 10**6))
def test_quantities_balance(seed):
    """Law 6: whatever was changed, cancelled or delivered."""
    life = Life(seed)
    for _ in range(20):
        life.step()
        for each in life.story.case.ledger.lines:
            right = each.delivered + each.outstanding + each.cancelled + each.short_closed
            assert each.ordered + each.over_delivered == right
            assert min(each.cancelled, each.outstanding, each.over_delivered) >= 0


@given(st.integers(0, 10**6))
def test_no_approval_survives_a_change_of_what_it_was_given_for(seed):
    """Law 7: after a change of its scope an acceptance is void, or was given anew for the new revision."""
    life = Life(6 * seed)
    life.story = accepted(line("10", quantity=6, price="100"), line("20", item="V-2", quantity=4, price="20"))
    for _ in range(12):
        before, _ = life.step()
        known = before.review.approval
        after = life.story.case.review.approval
        for event in life.story.events:
            if type(event).__name__ == "OrderRevised" and event.difference.touches(*known.scope):
                assert after.void or (after.revision == life.story.case.order.revision and after != known)


@given(st.integers(0, 10**6))
def test_never_two_open_charges_on_one_line(seed):
    """Law 9: nor one on the order beside one on a line; and what is open has a day on which silence declines it."""
    life = Life(seed)
    for _ in range(20):
        life.step()
        log = life.story.case.change or ChangeLog()
        taken = [line_id for each in log.open_charges for line_id in each.line_ids]
        assert len(taken) == len(set(taken))
        assert len(log.open_charges) <= 1 or all(each.line_ids for each in log.open_charges)
        if life.story.case.state not in OVER:
            open_ones = [each.due_at for each in (*log.open_requests, *log.open_charges)]
            assert all(log.next_due <= due for due in open_ones)


@given(st.integers(0, 10**6))
def test_ended_means_nothing_is_left(seed):
    """A cancelled or terminated order has nothing open, nothing out, nothing asked; and its history makes it again."""
    life = Life(seed)
    for _ in range(30):
        life.step()
        case = life.story.case
        if case.state in OVER:
            assert all(each.outstanding == 0 and each.in_transit == 0 for each in case.ledger.lines)
            assert all(each.delivered <= each.returned for each in case.ledger.lines)
            assert case.change.quiet
            assert case.next_due is None
            break
    own = [event for event in life.story.history if event.stream_id is None]
    assert evolve_all(OrderCase(id=life.story.case.id), own) == life.story.case


@given(st.integers(0, 10**6))
def test_everything_survives_being_written(seed):
    """Law 14, and law 1 from bytes: commands, events and the case they lead to, written and read."""
    life, known = Life(seed), []
    for _ in range(15):
        _, command = life.step()
        known += [command] if command is not None else []
    own = [event for event in life.story.history if event.stream_id is None]
    assert [loads(type(each), dumps(each)) for each in known] == known
    read = [loads(type(event), dumps(event)) for event in own]
    assert read == own
    assert evolve_all(OrderCase(id=life.story.case.id), read) == life.story.case
    assert loads(OrderCase, dumps(life.story.case)) == life.story.case
