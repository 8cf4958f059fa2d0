"""Conditions have words, an owner and a day."""

from __future__ import annotations

from datetime import timedelta

import pytest

from orderlib.errors import InvalidValueError
from orderlib.review.condition import Condition, ConditionDraft
from orderlib.values.dispatch import Gate
from orderlib.values.instant import instant

DUE = instant("2026-03-20T12:00:00Z")


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        ({"wording": " ", "owner": ""}, ["review.condition-text", "review.condition-owner"]),
        ({"within": timedelta(0)}, ["review.condition-time"]),
        ({"within": 14}, ["value.type"]),
        ({"within": timedelta(days=4000)}, ["review.condition-time"]),
        ({"gate": "door"}, ["code.unknown"]),
        ({"due_at": "soon"}, ["value.instant-malformed"]),
    ],
)
def test_a_condition_without_sense_is_refused(more, codes):
    """Everything that is wrong at once."""
    with pytest.raises(InvalidValueError) as caught:
        ConditionDraft(**{"wording": "x", "owner": "y", **more})
    assert [each.code for each in caught.value.findings] == codes


@pytest.mark.parametrize(
    ("owner", "gate", "state", "waiting", "unmet"),
    [
        ("planning", Gate.RELEASE, "open", True, True),
        ("planning", Gate.RELEASE, "overdue", False, True),
        ("planning", Gate.RELEASE, "met", False, False),
        ("customer", None, "open", False, False),
        ("customer", None, "agreed", False, False),
        ("customer", Gate.PRODUCE, "agreed", True, True),
    ],
)
def test_who_waits_for_a_condition(owner, gate, state, waiting, unmet):
    """Our own are waited for from the start, the customer's once agreed, if they keep a gate shut."""
    condition = Condition(id="1/1", wording="x", owner=owner, gate=gate, due_at=DUE, state=state)
    assert (condition.waiting, condition.unmet) == (waiting, unmet)
    assert condition.external is (owner == "customer")
    assert condition.hold_id == "condition/1/1"
