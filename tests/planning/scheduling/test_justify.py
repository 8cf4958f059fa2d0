from __future__ import annotations

from orderlib.planning.scheduling import Activity, Mode, SchedulingProblem, SchedulingResource
from orderlib.planning.scheduling.generation import Generator
from orderlib.planning.scheduling.justify import justified
from orderlib.planning.scheduling.validity import sound


def test_a_gap_is_closed_by_pushing_right_and_left_again():
    """The short ones went first and left the long one waiting; pushed aside, all fit into less."""
    problem = SchedulingProblem(
        [Activity("long", Mode(6, {"m": 1})), Activity("b", Mode(2, {"m": 1})), Activity("c", Mode(4, {"m": 1}), "b")],
        [SchedulingResource("m", 2)],
    )
    generator = Generator(sound(problem))
    wide = SchedulingProblem(
        [
            *(Activity(each, Mode(2, {"m": 1})) for each in "ab"),
            Activity("x", Mode(2, {"m": 2})),
            Activity("long", Mode(4, {"m": 1}), "a"),
        ],
        [SchedulingResource("m", 2)],
    )
    assert max(justified(generator, generator.forward([1, 2, 0]))[1]) == 6
    generator = Generator(sound(wide))
    poor = generator.forward([0, 2, 1, 3])
    assert max(poor[1]) == 8
    assert max(justified(generator, poor)[1]) <= 8


def test_what_cannot_be_pushed_stays():
    """Deadlines in the way of the push leave the layout as it is."""
    problem = SchedulingProblem(
        [Activity("a", Mode(1, {"m": 1}), release=1, deadline=2), Activity("b", Mode(2, {"m": 1}), deadline=2)],
        [SchedulingResource("m")],
    )
    generator = Generator(sound(problem))
    generator.packed = None
    layout = generator.forward([0, 1])
    assert justified(generator, layout) == layout
