"""Weighted tardiness on one machine: iterated local search over the sequence of jobs.

It starts from the apparent tardiness cost rule, moves one job at a time to its best other place while that helps
(the cost of every place is known from its neighbour's by one exchange), and then shakes the best sequence a little
and begins again (Lourenço, Martin, Stützle: iterated local search, 2003; Congram, Potts, van de Velde 2002 for this
problem).
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import TypeAlias

from orderlib.planning.scheduling.network import Network
from orderlib.planning.scheduling.rule import ApparentTardinessCost, candidates
from orderlib.planning.scheduling.schedule import ScheduleObjective

__all__ = ["one_machine", "sequences"]

Job: TypeAlias = tuple[int, int, int]
"""Duration, due date, weight."""


def one_machine(network: Network) -> bool:
    """Whether all that is asked is in which order one machine does its jobs so that least is late."""
    if not network.simple or network.problem.objective is ScheduleObjective.MAKESPAN or network.count < 2:
        return False
    first = network.options[0][0].needs
    if len(first) != 1 or network.capacity[first[0][0]] != [(0, network.most[first[0][0]])]:
        return False
    resource, most = first[0][0], network.most[first[0][0]]
    return all(
        not network.preds[at]
        and not network.release[at]
        and len(options[0].needs) == 1
        and options[0].needs[0][0] == resource
        and 2 * options[0].needs[0][1] > most
        for at, options in enumerate(network.options)
    )


def sequences(network: Network, rounds: int, dice: Random) -> Iterator[list[int]]:
    """The best sequence after each round; the first is the rule's, improved."""
    jobs: list[Job] = [
        (options[0].duration, due or 0, 0 if due is None else weight)
        for options, due, weight in zip(network.options, network.due, network.weight, strict=True)
    ]
    best = _by_rule(network, jobs)
    least = _improve(best, jobs)
    yield best
    for _ in range(rounds - 1):
        tried = _shaken(best, dice)
        cost = _improve(tried, jobs)
        if cost <= least:
            best, least = tried, cost
        yield best


def _by_rule(network: Network, jobs: list[Job]) -> list[int]:
    rule, seen = ApparentTardinessCost(), candidates(network)
    left, now, placed = list(range(len(jobs))), 0, list[int]()
    while left:
        following = min(left, key=lambda at: (rule(seen[at], now), at))
        left.remove(following)
        placed.append(following)
        now += jobs[following][0]
    return placed


def _improve(order: list[int], jobs: list[Job]) -> int:
    """Move jobs to better places until none is left; the weighted tardiness that remains."""
    improved = True
    while improved:
        improved = False
        for at in range(len(order)):
            place = _best_place(order, jobs, at)
            if place != at:
                order.insert(place, order.pop(at))
                improved = True
    now = total = 0
    for job in order:
        takes, due, weight = jobs[job]
        now += takes
        total += weight * max(now - due, 0)
    return total


def _best_place(order: list[int], jobs: list[Job], at: int) -> int:
    """Where the job at a place costs least, all others keeping their order."""
    takes, due, weight = jobs[order[at]]
    begins = sum([jobs[each][0] for each in order[:at]])
    best, gain = at, 0
    end, saved = begins + takes, 0  # to the right: each that is passed ends earlier by what we take
    mine = weight * (end - due) if end > due else 0
    now = end
    for place in range(at + 1, len(order)):
        length, wish, heavy = jobs[order[place]]
        now += length
        if now > wish:
            saved += heavy * (takes if now - takes >= wish else now - wish)
        change = (weight * (now - due) if now > due else 0) - mine - saved
        if change < gain:
            best, gain = place, change
    now, lost = begins, 0  # to the left: each that is passed ends later by what we take
    for place in range(at - 1, -1, -1):
        length, wish, heavy = jobs[order[place]]
        if now + takes > wish:
            lost += heavy * (takes if now >= wish else now + takes - wish)
        now -= length
        change = (weight * (now + takes - due) if now + takes > due else 0) - mine + lost
        if change < gain:
            best, gain = place, change
    return best


def _shaken(order: list[int], dice: Random) -> list[int]:
    """Some random exchanges of jobs that stand near each other."""
    shaken, count = list(order), len(order)
    for _ in range(3 + count // 20):
        first = int(dice.random() * count)
        second = min(max(first + int((dice.random() - 0.5) * 20), 0), count - 1)
        shaken[first], shaken[second] = shaken[second], shaken[first]
    return shaken
