"""Orders in and out as bytes: JSON (`codec`), UBL (`ubl`), rules of standards (`rules`); limits on hostile input."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderlib._door import lazy

# door: chosen names
if TYPE_CHECKING:
    from orderlib.wire.limits import Limits as Limits

__all__ = [
    "Limits",
]

_WHERE = {
    "Limits": "orderlib.wire.limits",
}
# end of door
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(__name__, _WHERE)
