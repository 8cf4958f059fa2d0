"""The commands of holds take words and texts, and refuse what they are not."""

from __future__ import annotations

import pytest
from build import CLERK, at

from orderlib.errors import InvalidValueError
from orderlib.hold.message import LiftHold, PlaceHold
from orderlib.values.dispatch import Gate
from orderlib.values.instant import instant


def test_texts_become_values():
    """Gates, ids and the expiry."""
    command = PlaceHold("case-1", ["release"], "10", by=CLERK, hold_id="H-1", expires_at=at(9))
    assert command.gates == {Gate.RELEASE}
    assert (command.line_id, command.hold_id, command.expires_at) == ("10", "H-1", instant(at(9)))
    assert PlaceHold("case-1", (), by=CLERK).expires_at is None


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"gates": ["doorway"]}, "code.unknown"),
        ({"line_id": ""}, "id.empty"),
        ({"hold_id": " H"}, "id.blank"),
        ({"expires_at": "tomorrow"}, "value.instant-malformed"),
        ({"owner": "\x00"}, "text.character"),
    ],
)
def test_what_they_are_not_is_refused(wrong, code):
    """With the code of the value, before anything is decided."""
    given = {"gates": ["release"]} | wrong
    with pytest.raises(InvalidValueError) as caught:
        PlaceHold("case-1", given.pop("gates"), by=CLERK, **given)
    assert caught.value.code == code


def test_a_hold_is_lifted_by_its_id():
    """Which is checked as all ids are."""
    with pytest.raises(InvalidValueError):
        LiftHold("case-1", "", by=CLERK)
