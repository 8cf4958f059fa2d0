"""At the end papers are filed, lessons drawn, and the order closed."""

from __future__ import annotations

import attrs
import pytest
from build import CLERK, order
from lives import CALM

from orderlib.case.message import AdoptOrder
from orderlib.case.policies import PolicySet
from orderlib.closing.message import DocumentFiled, LessonDismissed, LessonRecorded
from orderlib.closing.policy import ByKindOfOrder
from orderlib.errors import RefusedError

DEFECTIVE = attrs.evolve(CALM, defect=1)


def test_what_stands_out_becomes_a_lesson(lived):
    """Each signal is answered, with something to do otherwise."""
    lessons = lived(temper=DEFECTIVE).all(LessonRecorded)
    assert {event.lesson.cause for event in lessons} >= {"lesson.defect"}
    assert all(event.lesson.proposal for event in lessons)


def test_some_shrug(lived):
    """Or it is dismissed, with a reason."""
    life = lived(temper=attrs.evolve(DEFECTIVE, shrugs=1))
    assert life.all(LessonDismissed)
    assert not life.all(LessonRecorded)


def test_papers_that_are_missing_are_filed(lived):
    """What the dossier wants is put into it before the order is closed."""
    life = lived(first=lambda _: AdoptOrder(order(), "in_execution", by=CLERK))
    assert {event.paper.kind for event in life.all(DocumentFiled)} >= {"review"}
    assert life.case.state == "closed"


def test_a_stricter_dossier_keeps_an_order_open(lived):
    """A paper that the offers do not name is nobody's habit: the world says that it is stuck."""
    strict = PolicySet(dossier=ByKindOfOrder(more={"220": frozenset({"photo"})}))
    with pytest.raises(RefusedError) as caught:
        lived(policies=strict)
    assert caught.value.code == "simulation.stuck"
