"""How what is short in one period draws on what is left over in others.

Per period the figure is supply less demand. Where it is below zero, *backward* consumption takes what is left over in
earlier periods, nearest first; *forward* consumption then takes what is left over in later ones, nearest first (that
demand is met late). What no period can give stays below zero where it stands, and is carried nowhere. With
*accumulation* whatever is left over stays available in all later periods. The rules are those of the time-phased
available-to-promise of APICS, as large planning systems offer them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

import attrs

from orderlib.errors import FindingCode, InvalidValueError, Severity
from orderlib.supply.entry import DemandKind, SupplyKind
from orderlib.values.codelist import member
from orderlib.values.decimals import EXACT, Number, decimal
from orderlib.values.identifier import text

__all__ = [
    "ACCUMULATED",
    "BACKWARD",
    "BACKWARD_ACCUMULATED",
    "BY_PERIOD",
    "TWO_WAYS_ACCUMULATED",
    "AtpRule",
    "atp_figures",
    "free_figures",
]

LENGTHS: Final = FindingCode(
    "supply.figures",
    Severity.ERROR,
    "{supply} figures of supply and {demand} of demand",
    "供应数据 {supply} 个，需求数据 {demand} 个",
)
_ZERO: Final = Decimal(0)


def _supplies(given: Iterable[str]) -> frozenset[SupplyKind]:
    return frozenset(member(SupplyKind, each, "/supplies") for each in given)


def _demands(given: Iterable[str]) -> frozenset[DemandKind]:
    return frozenset(member(DemandKind, each, "/demands") for each in given)


@attrs.frozen
class AtpRule:
    """What counts as supply and as demand, and how shortages draw on other periods.

    `name` is for people. Raises `InvalidValueError` (`code.unknown`).
    """

    name: str = attrs.field(converter=text)
    backward: bool = attrs.field(default=True, kw_only=True)
    forward: bool = attrs.field(default=False, kw_only=True)
    accumulate: bool = attrs.field(default=True, kw_only=True)
    supplies: frozenset[SupplyKind] = attrs.field(default=frozenset(SupplyKind), converter=_supplies, kw_only=True)
    demands: frozenset[DemandKind] = attrs.field(
        default=frozenset(DemandKind) - {DemandKind.FORECAST}, converter=_demands, kw_only=True
    )


BY_PERIOD: Final = AtpRule("by period", backward=False, accumulate=False)
"""Each period for itself."""

BACKWARD: Final = AtpRule("backward", accumulate=False)
"""Shortages draw on earlier periods; a period offers what is left over in it alone."""

ACCUMULATED: Final = AtpRule("accumulated", backward=False)
"""Shortages draw on nothing; what is left over stays available."""

BACKWARD_ACCUMULATED: Final = AtpRule("backward, accumulated")
"""Shortages draw on earlier periods, and what is left over stays available: the default."""

TWO_WAYS_ACCUMULATED: Final = AtpRule("backward and forward, accumulated", forward=True)
"""Shortages draw on earlier periods, then on later ones, and what is left over stays available."""


def free_figures(net: Sequence[Decimal], rule: AtpRule) -> list[Decimal]:
    """What is left over per period, below zero where it is short, once shortages have drawn on other periods.

    The sum stays what it was.
    """
    free = list(net)
    if rule.backward:
        _backward(free)
    if rule.forward:
        _forward(free)
    return free


def _backward(free: list[Decimal]) -> None:
    over: list[int] = []  # periods before this one that have something left over, the nearest last
    for place in range(len(free)):
        if free[place] > 0:
            over.append(place)
        while free[place] < 0 and over:
            _move(free, over[-1], place)
            if not free[over[-1]]:
                over.pop()


def _forward(free: list[Decimal]) -> None:
    short: deque[int] = deque()  # periods before this one that are short, the earliest first
    for place in range(len(free)):
        if free[place] < 0:
            short.append(place)
        while free[place] > 0 and short:
            _move(free, place, short[0])
            if not free[short[0]]:
                short.popleft()


def _move(free: list[Decimal], source: int, target: int) -> None:
    moved = min(free[source], -free[target])
    free[source] = EXACT.subtract(free[source], moved)
    free[target] = EXACT.add(free[target], moved)


def cumulated(free: Iterable[Decimal]) -> list[Decimal]:
    """All that is left over up to and including each period; shortages are carried nowhere."""
    total = _ZERO
    return [total := EXACT.add(total, figure) if figure > 0 else total for figure in free]


def shown(free: Sequence[Decimal], rule: AtpRule) -> list[Decimal]:
    """The figures that people read as available to promise: a shortage stands as it is."""
    if not rule.accumulate:
        return list(free)
    return [figure if figure < 0 else total for figure, total in zip(free, cumulated(free), strict=True)]


def atp_figures(
    supply: Iterable[Number], demand: Iterable[Number], rule: AtpRule = BACKWARD_ACCUMULATED
) -> tuple[Decimal, ...]:
    """What is available to promise per period, from figures of supply and demand per period.

    Raises `InvalidValueError` (`supply.figures` where there are more of one than of the other, `decimal.*`).

        >>> [int(each) for each in atp_figures([6, 4, 2, 4, 8, 4, 4, 4], [6, 2, 3, 6, 6, 1, 2, 2])]
        [0, 0, 0, -1, 2, 5, 7, 9]
    """
    come = [decimal(each, address=f"/supply/{place}") for place, each in enumerate(supply)]
    gone = [decimal(each, address=f"/demand/{place}") for place, each in enumerate(demand)]
    if len(come) != len(gone):
        raise InvalidValueError(LENGTHS(supply=len(come), demand=len(gone)))
    net = [EXACT.subtract(here, there) for here, there in zip(come, gone, strict=True)]
    return tuple(shown(free_figures(net, rule), rule))
