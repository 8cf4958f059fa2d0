"""Law 2: from every reachable live case some sequence of commands leads to an end; every wait is somebody's."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from orderlib.case.table import ORDER
from orderlib.simulation.everyone import EVERYONE
from orderlib.simulation.world import Temper, World
from orderlib.testing.cases import histories
from orderlib.values.key import Key

KIND = Temper(defect=0, partial=0, lost=0, late_payer=0, refuses_offer=0, answers_return=1)
#: a life is a whole story: making it smaller takes longer than reading it
LIVES = settings(
    max_examples=20,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TAKEN = frozenset({"accepted", "released", "in_execution"})


@LIVES
@given(histories(most_steps=60), st.integers(1, 1000))
def test_from_anywhere_in_its_life_an_order_can_come_to_its_end(life, seed):
    """Whatever has happened so far, people of good will bring it to an end; once accepted, to `closed`.

    Nobody cancels, terminates or overrules.
    """
    accepted = life.case.state in TAKEN
    world = World(life.desk, life.clock, EVERYONE, seed=seed, temper=KIND)
    given_commands = [type(outcome.command).__name__ for outcome in world.drive(life.case.id)]
    after = life.desk.load(life.case.id)
    assert after.state in ORDER.ends
    assert not {"RequestCancellation", "TerminateOrder"} & set(given_commands)
    if accepted:
        assert after.state == "closed"


@LIVES
@given(histories(most_steps=60))
def test_an_end_awaits_nothing_but_the_after_sales(life):
    """Closed means closed: nothing that is due is open, and the ledger balances line by line."""
    world = World(life.desk, life.clock, EVERYONE, seed=7, temper=KIND)
    for _ in world.drive(life.case.id):
        pass
    case = life.desk.load(life.case.id)
    if case.state != "closed":
        return
    assert not case.holds.standing
    assert case.acceptance is not None
    assert not case.acceptance.open_defects
    assert all(line.settled for line in case.ledger.lines)
    for line in case.ledger.lines:
        wanted = line.ordered + line.over_delivered
        assert wanted == line.delivered + line.outstanding + line.cancelled + line.short_closed
    assert life.desk.repository.load(Key("case", case.id)) == case
