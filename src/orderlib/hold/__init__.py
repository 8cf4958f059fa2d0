"""Holds stop a part of the work for a while, without moving the order; several may stand at once.

Each has gates (what it stops), a scope (the order or one line), a reason, an owner and perhaps an expiry.

    >>> from orderlib.hold import PlaceHold
    >>> from orderlib.values import Actor, Gate
    >>> finance = Actor("lin", department="finance")
    >>> command = PlaceHold("case-1", {Gate.DESPATCH}, by=finance, reason="advance not paid")
    >>> sorted(command.gates)
    [<Gate.DESPATCH: 'despatch'>]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderlib._door import lazy

# door: every name
if TYPE_CHECKING:
    from orderlib.hold.message import HoldExpired as HoldExpired
    from orderlib.hold.message import HoldLifted as HoldLifted
    from orderlib.hold.message import HoldPlaced as HoldPlaced
    from orderlib.hold.message import LiftHold as LiftHold
    from orderlib.hold.message import PlaceHold as PlaceHold
    from orderlib.hold.process import lapse as lapse
    from orderlib.hold.process import placed as placed
    from orderlib.hold.record import Hold as Hold
    from orderlib.hold.record import Holds as Holds

__all__ = [
    "Hold",
    "HoldExpired",
    "HoldLifted",
    "HoldPlaced",
    "Holds",
    "LiftHold",
    "PlaceHold",
    "lapse",
    "placed",
]

_WHERE = {
    "Hold": "orderlib.hold.record",
    "HoldExpired": "orderlib.hold.message",
    "HoldLifted": "orderlib.hold.message",
    "HoldPlaced": "orderlib.hold.message",
    "Holds": "orderlib.hold.record",
    "LiftHold": "orderlib.hold.message",
    "PlaceHold": "orderlib.hold.message",
    "lapse": "orderlib.hold.process",
    "placed": "orderlib.hold.process",
}
# end of door
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(__name__, _WHERE)
