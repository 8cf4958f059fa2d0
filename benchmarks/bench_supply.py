"""Available to promise: one check in a horizon of 1,000 periods, against a plain bisection of the same figures.

The check gives an answer that explains itself when it is read; the bisection gives a place in a list. Both look for
the same quantities, wanted on days all over the horizon.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable

from measure import Row, at_most, ratio

from orderlib.supply.atp import check_promise
from orderlib.supply.availability import Availability, Buckets
from orderlib.supply.consume import BACKWARD, BACKWARD_ACCUMULATED, AtpRule
from orderlib.supply.entry import Demand, Supply
from orderlib.values.quantity import Quantity

PERIODS = 1000
MANY = tuple((Quantity(1 + 7 * number % 1_500), 97 * number % PERIODS) for number in range(64))
FEW = tuple((Quantity(1 + number % 9), 97 * number % PERIODS) for number in range(64))  # what one period may have


def figures(rule: AtpRule) -> Availability:
    """An article of which something comes and goes in every period; a fifth of the periods are short."""
    buckets = Buckets.every(1, "2026-01-01", PERIODS)
    days = list(enumerate(buckets.starts))
    supplies = [Supply(f"S{at}", "P-7", Quantity(3 + at * 7 % 11), on) for at, on in days]
    demands = [Demand(f"D{at}", "P-7", Quantity(2 + at * 5 % 9), on) for at, on in days]
    return Availability("P-7", "C62", buckets, supplies, demands, rule)


def checking(rule: AtpRule, asked: tuple[tuple[Quantity, int], ...]) -> Callable[[], object]:
    """One round: every wish checked."""
    here = figures(rule)
    wishes = [(quantity, here.buckets.starts[at]) for quantity, at in asked]
    return lambda: [check_promise(here, asked, on) for asked, on in wishes]


def bisecting(asked: tuple[tuple[Quantity, int], ...]) -> Callable[[], object]:
    """One round: every quantity found in the cumulative figures."""
    total = list(figures(BACKWARD_ACCUMULATED).cumulative)
    wanted = [quantity.value for quantity, _ in asked]
    return lambda: [bisect_left(total, quantity) for quantity in wanted]


def agreed() -> None:
    """The check finds the place that the bisection finds."""
    here = figures(BACKWARD_ACCUMULATED)
    total = list(here.cumulative)
    for asked, at in MANY:
        place = bisect_left(total, asked.value)
        assert check_promise(here, asked, here.buckets.starts[at]).place == (place if place < PERIODS else None)


def run(*, smoke: bool = False) -> list[Row]:
    """Ratios of a check to the bisection, with figures that accumulate and with figures that do not."""
    agreed()
    rows = (
        ("ATP check, 1,000 periods / bisect", 5, BACKWARD_ACCUMULATED, MANY),
        ("ATP check, no accumulation (no bisection can do it) / bisect", 12, BACKWARD, FEW),
    )
    return [
        at_most(name, bar, ratio(checking(rule, asked), bisecting(asked), smoke=smoke))
        for name, bar, rule, asked in rows
    ]


if __name__ == "__main__":
    for row in run():
        print(row)
