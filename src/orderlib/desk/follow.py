"""Reading what was kept: read models that follow the feed from where they left off."""

from __future__ import annotations

from itertools import islice
from typing import Protocol

from orderlib.case.repository import History, Recorded

__all__ = ["ReadModel", "follow"]


class ReadModel(Protocol):
    """A view that is built from events; it takes each of them once, in the order of the feed."""

    def apply(self, recorded: Recorded, /) -> object:
        """Take in one event."""
        ...


def follow(history: History, model: ReadModel, after: int = 0, *, limit: int | None = None) -> int:
    """Give a read model every event after a position, at most `limit` of them; the position reached comes back.

    Whoever keeps the position together with the model can stop and go on at any time: the feed never shows
    anything behind a position that was read.
    """
    reached = after
    for position, recorded in islice(history.feed(after), limit):
        model.apply(recorded)
        reached = position
    return reached
