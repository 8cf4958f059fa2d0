"""P8: serial schedule generation, against a plain scan of a list of periods.

The plain way is what one writes without profiles: the load of each resource as a list with one entry for each period,
and for each activity one period after the other tried until all that it needs is free for as long as it takes. Both
ways place the same sequence, and must give the same starts. Instances are made here, by the measures of the PSPLIB
(120 or 30 activities, four resources); the portfolio is a thousand orders of twenty tasks on shared machines, through
the public call, with its checks and its result.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from random import Random

from measure import Row, at_least, ratio, seconds

from orderlib.planning.scheduling import Activity, Mode, SchedulingProblem, SchedulingResource, SerialSchedule
from orderlib.planning.scheduling.generation import Generator
from orderlib.planning.scheduling.network import Network
from orderlib.planning.scheduling.validity import sound

MINUTES = 480  # in a working day
LONGEST = 10**6  # periods that the plain way looks at
FEW = 8  # resources, up to which it asks for all of them in each period; of many it asks only for those needed


def project(count: int, seed: int, *, scale: int = 1) -> SchedulingProblem:
    """A network of the size and scarcity of the PSPLIB's; `scale` makes periods finer."""
    dice = Random(seed)
    activities = []
    for at in range(count):
        before = {str(dice.randrange(max(at - 12, 0), at)) for _ in range(dice.choice((1, 2, 2, 3)))} if at > 2 else ()
        needs = {f"R{each}": dice.randint(1, 10) for each in dice.sample(range(4), dice.randint(1, 4))}
        duration = dice.randint(1, 10) * scale - (dice.randrange(scale) if scale > 1 else 0)
        activities.append(Activity(str(at), Mode(duration, needs), sorted(before)))
    return SchedulingProblem(activities, [SchedulingResource(f"R{each}", 14) for each in range(4)])


def portfolio(orders: int, tasks: int, seed: int = 1) -> SchedulingProblem:
    """Orders of so many tasks of half an hour to eight, by the minute, released over time, on forty machines of three."""
    dice = Random(seed)
    activities = []
    for order in range(orders):
        release = dice.randrange(45 * orders + 1)
        for task in range(tasks):
            before = {f"{order}-{dice.randrange(max(task - 3, 0), task)}"} if task else set[str]()
            need = {f"R{dice.randrange(40)}": 1}
            activities.append(
                Activity(f"{order}-{task}", Mode(dice.randint(30, MINUTES), need), sorted(before), release=release)
            )
    return SchedulingProblem(activities, [SchedulingResource(f"R{each}", 3) for each in range(40)])


def rows_of(network: Network) -> list[list[int]]:
    """What each activity asks of each resource, as the files of the literature have it: a row of amounts."""
    return [[dict(each[0].needs).get(kind, 0) for kind in range(len(network.most))] for each in network.options]


def scan(network: Network, sequence: Sequence[int], wanted: Sequence[Sequence[int]] | None = None) -> list[int]:
    """The plain way: period by period, resource by resource."""
    wanted = wanted or rows_of(network)
    horizon = max(network.release, default=0) + sum(each[0].duration for each in network.options)
    loads = [[0] * min(horizon, LONGEST) for _ in network.most]
    starts, finishes = [0] * network.count, [0] * network.count
    for number in sequence:
        takes, row = network.options[number][0].duration, wanted[number]
        asked = (
            [(kind, amount) for kind, amount in enumerate(row) if amount] if len(row) > FEW else list(enumerate(row))
        )
        at = network.release[number]
        for other, _, lag in network.preds[number]:
            at = max(at, finishes[other] + lag)
        while not free(loads, network.most, asked, at, at + takes):
            at += 1
        for kind, amount in asked:
            for period in range(at, at + takes):
                loads[kind][period] += amount
        starts[number], finishes[number] = at, at + takes
    return starts


def free(
    loads: list[list[int]], most: Sequence[int], asked: Sequence[tuple[int, int]], start: int, finish: int
) -> bool:
    """Whether all that is asked for is there in each of the periods."""
    return all(loads[kind][period] + amount <= most[kind] for period in range(start, finish) for kind, amount in asked)


def once(work: Callable[[], object]) -> tuple[float, object]:
    """The time of a single round, where more would take too long, and what came out."""
    start = time.thread_time()
    made = work()
    return time.thread_time() - start, made


def run(*, smoke: bool = False) -> list[Row]:
    """How many times as long the scan takes, by size of the problem and by fineness of the periods."""
    rows = []
    for count in (30, 120):
        generators = [(Generator(network), network) for network in (sound(project(count, seed)) for seed in range(8))]

        rows_wanted = [rows_of(network) for _, network in generators]

        def theirs(
            generators: list[tuple[Generator, Network]] = generators, every: list[list[list[int]]] = rows_wanted
        ) -> None:
            for (_, network), wanted in zip(generators, every, strict=True):
                scan(network, network.order, wanted)

        def ours(generators: list[tuple[Generator, Network]] = generators) -> None:
            for generator, network in generators:
                generator.forward(network.order)

        for generator, network in generators:
            assert generator.forward(network.order)[0] == scan(network, network.order)
        rows.append(at_least(f"P8 {count} activities: list scan / ours", 10, ratio(theirs, ours, smoke=smoke)))
    fine = sound(project(30 if smoke else 120, 1, scale=MINUTES))
    sequence = fine.order
    took, theirs_at = once(lambda: scan(fine, sequence))
    assert Generator(fine).forward(sequence)[0] == theirs_at
    own = seconds(lambda: Generator(fine).forward(sequence), 1 if smoke else 5) / (1 if smoke else 5)
    rows.append(at_least("P8 120 activities by the minute: list scan / ours", 1000, took / own))
    many = portfolio(50 if smoke else 1000, 20)
    network = sound(many)
    order = network.in_precedence([each.release for each in many.activities])
    took, theirs_at = once(lambda: scan(network, order))
    assert Generator(network).forward(order)[0] == theirs_at
    own, _ = once(lambda: SerialSchedule(by_release)(many))
    rows.append(at_least("P8 1,000 orders of 20 tasks: list scan / the whole public call", 10, took / own))
    return rows


def by_release(candidate: object, _at: int, /) -> float:
    """The rule of the portfolio: first released, first placed."""
    return candidate.activity.release  # type: ignore[attr-defined]


if __name__ == "__main__":
    for row in run():
        print(row)
