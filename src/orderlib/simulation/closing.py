"""What is done at the end: papers filed, lessons drawn, the order closed."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Final

from orderlib.closing.message import CloseOrder, DismissLesson, FileDocument, RecordLesson
from orderlib.simulation.world import Habit, Moment
from orderlib.values.message import Command

__all__ = ["CLOSING_HABITS"]


def _file(moment: Moment) -> Command:
    moment.clock.work(1)
    kind, case_id = moment.offer.about[0], moment.case.id
    reference = f"archive/{case_id}/{kind}"
    digest = sha256(reference.encode()).hexdigest()
    return FileDocument(case_id, kind, reference, digest, by=moment.actor("customer-service"))


def _learn(moment: Moment) -> Command:
    """Somebody looks at what stands out: mostly there is something to do otherwise next time."""
    moment.clock.work(2)
    cause, by = moment.offer.about[0], moment.actor("customer-service")
    if moment.dice.random() < moment.temper.shrugs:
        return DismissLesson(moment.case.id, cause, by=by, reason="seen once, nothing to change")
    effect = "work was done twice, or later than planned"
    return RecordLesson(moment.case.id, cause, effect, f"look for {cause} when the next order is reviewed", by=by)


def _close(moment: Moment) -> Command:
    moment.clock.work(1)
    return CloseOrder(moment.case.id, by=moment.actor("customer-service"))


#: habits by command, whoever is first in this order acts first
CLOSING_HABITS: Final[Mapping[str, Habit]] = {
    "FileDocument": _file,
    "RecordLesson": _learn,
    "CloseOrder": _close,
}
