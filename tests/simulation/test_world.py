"""The world offers turns, waits for what is due, and says when nobody can go on."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from build import CLERK, at, order

from orderlib.case.deciding import Allowed
from orderlib.case.record import OrderCase
from orderlib.desk.desk import OrderDesk
from orderlib.errors import RefusedError
from orderlib.hold.message import LiftHold, PlaceHold
from orderlib.intake.message import ReceiveOrder, ScreenOrder
from orderlib.simulation.clock import WorldClock
from orderlib.simulation.everyone import EVERYONE
from orderlib.simulation.world import Moment, Temper, World
from orderlib.values.dispatch import Gate
from orderlib.values.instant import instant
from orderlib.values.port import SequentialIds

OFFER = Allowed("ScreenOrder", "intake", ("customer-service", "sales"), ("4711",), fact=False, kind=ScreenOrder)


def world_of(habits, **more) -> tuple[World, str]:
    """A world around a desk that has received an order."""
    clock = WorldClock(at())
    desk = OrderDesk(clock=clock, ids=SequentialIds("w-"))
    case_id = desk.handle(ReceiveOrder(order(), by=CLERK)).case.id
    return World(desk, clock, habits, **more), case_id


def moment(seed: int = 1) -> Moment:
    """Somebody's turn."""
    return Moment(OrderCase(id="c1"), OFFER, Random(1), WorldClock(at()), Temper(), seed)


def test_whoever_acts_belongs_to_a_department_that_may():
    """Each kind of command has a person of its own, in the department asked for or the first that may."""
    assert moment().actor().department == "customer-service"
    assert moment().actor("sales").id == "sales/ScreenOrder"
    nobody = Moment(OrderCase(id="c1"), Allowed("X", "", (), (), fact=False, kind=ScreenOrder), *[None] * 3)
    assert nobody.actor().department == "customer-service"


def test_fate_falls_once():
    """The same thing always gets the same dice; another thing, case or seed gets others."""
    first = moment().fate("parcel", "1").random()
    assert moment().fate("parcel", "1").random() == first
    assert moment().fate("parcel", "2").random() != first
    assert moment(2).fate("parcel", "1").random() != first


def test_what_is_not_ripe_goes_into_the_diary():
    """Somebody looks again when the moment has come."""
    now = moment()
    assert now.ripe(instant(at()))
    later = instant(at(20))
    assert not now.ripe(later)
    assert now.diary == [later]


def test_nobody_with_anything_to_do_is_stuck():
    """In a state in which nothing is due and nobody acts, the world says so."""
    world, case_id = world_of({})
    with pytest.raises(RefusedError) as caught:
        list(world.drive(case_id))
    assert caught.value.code == "simulation.stuck"


def test_a_life_that_goes_on_and_on_is_cut_off():
    """After so many steps the world gives up."""
    world, case_id = world_of(EVERYONE)
    with pytest.raises(RefusedError) as caught:
        list(world.drive(case_id, steps=3))
    assert caught.value.code == "simulation.too-long"


def test_who_is_refused_or_changes_nothing_lets_the_next_one_have_a_turn():
    """A refusal costs a turn, no more."""
    told: list[str] = []

    def refused(now: Moment) -> LiftHold:
        told.append("refused")
        return LiftHold(now.case.id, "nothing", by=CLERK)

    def idle(now: Moment) -> None:
        told.append("idle")

    def hold(now: Moment) -> PlaceHold:
        told.append("held")
        return PlaceHold(now.case.id, [Gate.RELEASE], by=CLERK, reason="look")

    world, case_id = world_of({"ScreenOrder": refused, "AcknowledgeOrder": idle, "PlaceHold": hold})
    outcome = next(world.drive(case_id))
    assert told == ["refused", "idle", "held"]
    assert outcome.case.holds.standing


def test_time_passes_to_whatever_comes_first():
    """What is due, what somebody wrote down, or an alarm from outside: the soonest ends the waiting."""
    seen: list[str] = []

    def look(now: Moment) -> None:
        seen.append(now.clock().isoformat()[:10])
        now.ripe(instant(at(6)))

    world, case_id = world_of({"ScreenOrder": look})
    world.alarm = instant(at(3))
    steps = world.drive(case_id)
    for _ in range(3):
        next(steps)
    with pytest.raises(RefusedError):
        next(steps)
    assert seen == ["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-06"]
    assert world.alarm is None


def test_one_seed_gives_one_story():
    """Two worlds of one seed take the same steps at the same moments."""
    stories = []
    for _ in range(2):
        world, case_id = world_of(EVERYONE, seed=5)
        stories.append([outcome.events for outcome in world.drive(case_id)])
    assert stories[0] == stories[1]
    world, case_id = world_of(EVERYONE, seed=6)
    assert [outcome.events for outcome in world.drive(case_id)] != stories[0]
    assert timedelta(0) < world.clock() - instant(at()) < timedelta(days=200)
