"""Which task waits for which, and how (PMI: precedence diagramming; finish-to-start and its three kin, with lags)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

import attrs

from orderlib.errors import FindingCode, InvalidValueError, Severity
from orderlib.planning.scheduling.problem import Relation
from orderlib.values.codelist import member
from orderlib.values.identifier import DocumentId
from orderlib.values.typed import tuple_of

__all__ = ["TaskLink"]

LINK_LAG: Final = FindingCode(
    "task.lag",
    Severity.ERROR,
    "a lag of {lag} is none: at most ten years either way",
    "滞后 {lag} 无效：前后不超过十年",
)
LONGEST_LAG: Final = timedelta(days=3660)


def _relation(given: str) -> Relation:
    return member(Relation, given, "/relation")


def _lag(given: timedelta) -> timedelta:
    if type(given) is not timedelta or abs(given) > LONGEST_LAG:
        shown = given if type(given) is timedelta else type(given).__name__
        raise InvalidValueError(LINK_LAG("/lag", lag=shown))
    return given


@attrs.frozen
class TaskLink:
    """That a task waits for another, `after`: which end for which end, and how much later at least.

    The lag is time by the clock, nights included, as concrete cures and paint dries; a negative one lets the tasks
    overlap. Raises `InvalidValueError` (`task.lag`, `code.unknown`, `id.*`).
    """

    after: DocumentId = attrs.field(converter=DocumentId)
    relation: Relation = attrs.field(default=Relation.FINISH_START, converter=_relation)
    lag: timedelta = attrs.field(default=timedelta(0), converter=_lag)

    @property
    def binds_start(self) -> bool:
        """Whether it is the start of the waiting task that it binds (FS, SS), or its finish (FF, SF)."""
        return self.relation in (Relation.FINISH_START, Relation.START_START)

    @property
    def from_finish(self) -> bool:
        """Whether it counts from the finish of the task that is waited for (FS, FF), or from its start (SS, SF)."""
        return self.relation in (Relation.FINISH_START, Relation.FINISH_FINISH)


def links_of(given: Iterable[TaskLink]) -> tuple[TaskLink, ...]:
    """The links of a task; a converter. Raises `InvalidValueError` (`value.type`)."""
    return tuple_of(TaskLink, given, "/links")
