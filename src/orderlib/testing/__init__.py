"""The tester's kit: Hypothesis strategies, given/when/then (needs the extra `testing`).

>>> from orderlib.testing import given, refused
>>> from orderlib.planning import ReleaseOrder
>>> from orderlib.values import Actor
>>> planner = Actor("lin", department="planning")
>>> tried = given().when(ReleaseOrder("case-1", by=planner)).then(refused("command.impossible"))
>>> tried.after == tried.case
True
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderlib._door import lazy

# door: chosen names
if TYPE_CHECKING:
    from orderlib.testing.cases import Life as Life
    from orderlib.testing.cases import live as live
    from orderlib.testing.scenario import Given as Given
    from orderlib.testing.scenario import Tried as Tried
    from orderlib.testing.scenario import decided as decided
    from orderlib.testing.scenario import given as given
    from orderlib.testing.scenario import happened as happened
    from orderlib.testing.scenario import nothing as nothing
    from orderlib.testing.scenario import refused as refused

__all__ = [
    "Given",
    "Life",
    "Tried",
    "decided",
    "given",
    "happened",
    "live",
    "nothing",
    "refused",
]

_WHERE = {
    "Given": "orderlib.testing.scenario",
    "Life": "orderlib.testing.cases",
    "Tried": "orderlib.testing.scenario",
    "decided": "orderlib.testing.scenario",
    "given": "orderlib.testing.scenario",
    "happened": "orderlib.testing.scenario",
    "live": "orderlib.testing.cases",
    "nothing": "orderlib.testing.scenario",
    "refused": "orderlib.testing.scenario",
}
# end of door
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(__name__, _WHERE)
