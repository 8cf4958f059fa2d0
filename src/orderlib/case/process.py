"""What the case itself does: let time pass, and take over orders that run elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from orderlib.case._adoption import ADOPTIONS, account_of, adopt
from orderlib.case.message import AdoptOrder, OrderAdopted, PassTime
from orderlib.values.dispatch import Rule, View
from orderlib.values.message import Event

__all__ = ["FOLDS", "RULES"]


def _pass_time(_view: View[Any], _command: PassTime, _policies: object) -> Iterable[Event]:
    return ()  # what is due has lapsed before any command gets here


def _is_adopted(_adopted: object, _event: OrderAdopted) -> bool:
    return True


RULES: Final[tuple[Rule[Any], ...]] = (
    Rule(command=PassTime, handle=_pass_time, stage="time"),
    Rule(
        command=AdoptOrder,
        handle=adopt,
        moves=ADOPTIONS,
        needs=account_of,
        stage="intake",
    ),
)

FOLDS: Final[Mapping[type[Event], Callable[[Any, Any], Any]]] = {OrderAdopted: _is_adopted}
