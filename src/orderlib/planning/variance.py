"""How far the work has moved from its baseline (PMI: schedule variance by dates, cost variance by budgets)."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

import attrs

from orderlib.planning.record import Plan
from orderlib.values.identifier import DocumentId
from orderlib.values.instant import time_between
from orderlib.values.money import Money

__all__ = ["TaskVariance", "VarianceKind", "variances"]


class VarianceKind(StrEnum):
    """Whether a task stands in both plan and baseline, or came or went since."""

    KEPT = "kept"
    ADDED = "added"
    DROPPED = "dropped"


@attrs.frozen
class TaskVariance:
    """How a task stands against the baseline; time by the clock, later and dearer are positive.

    `start` and `finish` compare what happened, or what is estimated, with what the baseline says (nothing for tasks
    that were added or dropped), `budget` the budgets, where both are of one currency.
    """

    id: DocumentId
    kind: VarianceKind
    start: timedelta | None = None
    finish: timedelta | None = None
    budget: Money | None = None


def variances(plan: Plan) -> tuple[TaskVariance, ...]:
    """Every task that differs from the baseline, in the order of the plan; nothing before there is one."""
    known = plan.baseline
    if known is None:
        return ()
    found: list[TaskVariance] = []
    for task in plan.tasks:
        old = known.tasks.get(task.id)
        if old is None:
            if task.state != "dropped":
                found.append(TaskVariance(task.id, VarianceKind.ADDED, budget=task.draft.budget))
        elif task.state == "dropped":
            found.append(TaskVariance(task.id, VarianceKind.DROPPED, budget=_less(None, old.budget)))
        else:
            start = time_between(old.starts_at, task.started_at or task.starts_at)
            finish = time_between(old.ends_at, task.done_at or task.ends_at)
            cost = _less(task.draft.budget, old.budget)
            if start or finish or cost is not None:
                found.append(TaskVariance(task.id, VarianceKind.KEPT, start, finish, cost))
    return tuple(found)


def _less(new: Money | None, old: Money | None) -> Money | None:
    """The difference of two budgets, where there is one and it can be said in one currency."""
    if new is None or old is None:
        return new if old is None else -old
    return new - old if new.currency == old.currency and new != old else None
