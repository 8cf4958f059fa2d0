"""The order follows its events."""

from __future__ import annotations

import attrs
import pytest

from orderlib.errors import InvalidValueError
from orderlib.order.message import OrderRevised, OrderSet
from orderlib.order.process import FOLDS
from orderlib.order.revision import difference
from orderlib.values.instant import instant
from orderlib.values.message import Stamp
from orderlib.values.party import SYSTEM

NOW = instant("2026-03-02T09:00:00Z")
STAMP = Stamp("c1", SYSTEM, NOW, NOW)


def folded(order, event):
    """The order after the event."""
    return FOLDS[type(event)](order, event)


def test_an_order_is_set_and_revised(make_order):
    """The difference is all that the event of a revision carries."""
    first = folded(None, OrderSet(STAMP, make_order()))
    wanted = attrs.evolve(first, note="urgent")
    second = folded(first, OrderRevised(STAMP, difference(first, wanted)))
    assert second == attrs.evolve(wanted, revision=2)


def test_an_order_that_nobody_has_set_cannot_be_revised(make_order):
    """Such a history was not made here."""
    event = OrderRevised(STAMP, difference(make_order(), make_order(note="x")))
    with pytest.raises(InvalidValueError) as caught:
        folded(None, event)
    assert caught.value.code == "order.revised-before-set"
