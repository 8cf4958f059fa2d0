"""What the case itself does: let time pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from orderlib.case.message import PassTime
from orderlib.values.dispatch import Rule, View
from orderlib.values.message import Event

__all__ = ["FOLDS", "RULES"]


def _pass_time(_view: View[Any], _command: PassTime, _policies: object) -> Iterable[Event]:
    return ()  # what is due has lapsed before any command gets here


RULES: Final[tuple[Rule[Any], ...]] = (Rule(command=PassTime, handle=_pass_time, stage="time"),)

FOLDS: Final[Mapping[type[Event], Callable[[Any, Any], Any]]] = {}
