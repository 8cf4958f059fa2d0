"""What a link must say."""

from __future__ import annotations

from datetime import timedelta

import pytest

from orderlib.errors import InvalidValueError
from orderlib.planning.precedence import TaskLink
from orderlib.planning.record import TaskDraft
from orderlib.planning.scheduling.problem import Relation


def test_a_link_is_finish_to_start_unless_it_says_otherwise():
    """The other kinds by their letters."""
    assert TaskLink("make").relation is Relation.FINISH_START
    assert [
        (each.binds_start, each.from_finish) for each in (TaskLink("a", kind) for kind in ("FS", "SS", "FF", "SF"))
    ] == [
        (True, True),
        (True, False),
        (False, True),
        (False, False),
    ]


@pytest.mark.parametrize("wrong", [timedelta(days=4000), timedelta(days=-4000), 3, None])
def test_a_lag_is_time_within_reason(wrong):
    """Neither a number nor a lifetime."""
    with pytest.raises(InvalidValueError) as caught:
        TaskLink("make", lag=wrong)
    assert [(each.code, each.address) for each in caught.value.findings] == [("task.lag", "/lag")]


def test_relations_are_words_of_their_list():
    """Another word is refused where it stands."""
    with pytest.raises(InvalidValueError) as caught:
        TaskLink("make", "FX")
    assert caught.value.findings[0].code == "code.unknown"


def test_a_task_waits_for_the_tasks_it_comes_after_and_for_its_links():
    """Both ways of saying it come together."""
    draft = TaskDraft("pack", "Pack", "logistics", "packed", after=("make",), links=[TaskLink("test", "SS")])
    assert draft.waits_for == (TaskLink("make"), TaskLink("test", "SS"))
    with pytest.raises(InvalidValueError):
        TaskDraft("pack", "Pack", "logistics", "packed", links=["test"])
