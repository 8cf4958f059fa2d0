"""Holds as values: what each stops, and which of several stand in the way."""

from __future__ import annotations

import pytest
from build import at

from orderlib.errors import InvalidValueError
from orderlib.hold.record import Hold, Holds
from orderlib.values.dispatch import Gate
from orderlib.values.instant import instant


def hold(id="H-1", *gates, **more):
    """A hold on despatch, unless told otherwise."""
    return Hold(id=id, gates=gates or (Gate.DESPATCH,), reason="unpaid", placed_at=instant(at()), **more)


def test_gates_are_words_of_the_list():
    """Text is taken, once each; another word is refused where it stands."""
    assert hold("H-1", "despatch", "despatch", "invoice").gates == {Gate.DESPATCH, Gate.INVOICE}
    with pytest.raises(InvalidValueError) as caught:
        hold("H-1", "doorway")
    assert [(each.code, each.address) for each in caught.value.findings] == [("code.unknown", "/gates")]


def test_none_stands_at_first():
    """Nothing is stopped, nothing lapses."""
    none = Holds()
    assert (none.standing, none.ended, none.next_due) == ((), frozenset(), None)
    assert none.stopping(Gate.RELEASE) == ()
    assert none.get("H-1") is None


def test_the_earliest_lapses_next():
    """Those without an expiry never do."""
    holds = Holds((hold("a"), hold("b", expires_at=instant(at(9))), hold("c", expires_at=instant(at(5)))))
    assert holds.next_due == instant(at(5))
    assert holds.get("b").expires_at == instant(at(9))
    assert Holds((hold("a"),)).next_due is None


class TestStopping:
    """One hold on the order, one on a line, one on another gate."""

    whole, part, other = hold("whole"), hold("part", line_id="10"), hold("other", Gate.INVOICE)
    holds = Holds((whole, part, other))

    def test_by_gate(self):
        """Only what the gate closes, oldest first."""
        assert self.holds.stopping(Gate.INVOICE) == (self.other,)
        assert self.holds.stopping(Gate.DESPATCH) == (self.whole, self.part)

    def test_by_line(self):
        """A hold on the order stops every line, one on a line only that."""
        assert self.holds.stopping(Gate.DESPATCH, ("10", "20")) == (self.whole, self.part)
        assert self.holds.stopping(Gate.DESPATCH, ("20",)) == (self.whole,)
