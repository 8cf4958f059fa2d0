"""Going back: the case as its events tell it, whole or up to a moment."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from orderlib.case.evolution import evolve_all
from orderlib.case.record import OrderCase
from orderlib.values.identifier import CaseId
from orderlib.values.instant import Instant
from orderlib.values.message import Event

__all__ = ["as_of", "replay"]


def replay(case_id: CaseId | str, events: Iterable[Event]) -> OrderCase:
    """The case that the events tell of, in recorded order; identical to the one they were decided on.

    Raises `InvalidValueError` (`event.impossible-move`) for a history that cannot have been.
    """
    return evolve_all(OrderCase(id=CaseId(case_id)), events)


def as_of(
    case_id: CaseId | str,
    events: Iterable[Event],
    moment: Instant,
    *,
    clock: Literal["recorded", "occurred"] = "recorded",
) -> OrderCase:
    """The case as it was known at a moment, or (`clock="occurred"`) as the world was, as far as is known by now.

    On the recorded clock everything taken down up to the moment counts. On the occurred clock reports count
    by when the thing happened; what a later report depends on (moves, decisions) counts when it was taken.
    """
    if clock == "recorded":
        return replay(case_id, (event for event in events if event.stamp.recorded_at <= moment))
    # a move rests on the moves before it, so that it counts when it was taken down
    known = (e for e in events if (e.stamp.recorded_at if e.move else e.stamp.occurred_at) <= moment)
    return replay(case_id, known)
