"""What work needs, and what there is to do it with: people with skills, machines, material, money.

A need asks for a skill or for one resource by its id; `analyse_needs` holds the needs of dated work against a pool
and says where nobody can, where too few can at once, and what runs out.

    >>> from orderlib.resource import Work, Need, Resource, analyse_needs
    >>> pool = [Resource("li", "person", skills={"welding"})]
    >>> hours = "2026-03-02T08:00:00Z", "2026-03-02T12:00:00Z"
    >>> work = [Work(each, *hours, [Need(skill="welding")]) for each in ("frame", "mast")]
    >>> print(analyse_needs(work, pool).findings[0].message())
    2 of welding are needed on 2026-03-02T08:00:00Z, by frame, mast; 1 can be had
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderlib._door import lazy

# door: every name
if TYPE_CHECKING:
    from orderlib.resource.analysis import NeedAnalysis as NeedAnalysis
    from orderlib.resource.analysis import NeedTotal as NeedTotal
    from orderlib.resource.analysis import Work as Work
    from orderlib.resource.analysis import analyse_needs as analyse_needs
    from orderlib.resource.record import CapacityChange as CapacityChange
    from orderlib.resource.record import Need as Need
    from orderlib.resource.record import Resource as Resource
    from orderlib.resource.record import ResourceKind as ResourceKind

__all__ = [
    "CapacityChange",
    "Need",
    "NeedAnalysis",
    "NeedTotal",
    "Resource",
    "ResourceKind",
    "Work",
    "analyse_needs",
]

_WHERE = {
    "CapacityChange": "orderlib.resource.record",
    "Need": "orderlib.resource.record",
    "NeedAnalysis": "orderlib.resource.analysis",
    "NeedTotal": "orderlib.resource.analysis",
    "Resource": "orderlib.resource.record",
    "ResourceKind": "orderlib.resource.record",
    "Work": "orderlib.resource.analysis",
    "analyse_needs": "orderlib.resource.analysis",
}
# end of door
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(__name__, _WHERE)
