"""What each event of execution does to the record of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any, Final

from orderlib.fulfilment.incidents import FOLDS_OF_INCIDENTS
from orderlib.fulfilment.message import (
    DespatchMoved,
    DespatchNoted,
    DeviationsFound,
    ExecutionStarted,
    GoodsDespatched,
)
from orderlib.fulfilment.record import Despatch, Fulfilment
from orderlib.fulfilment.table import DESPATCH
from orderlib.values.message import Event
from orderlib.values.twin import changer, maker

__all__ = ["CLOCKS", "FOLDS"]

_EMPTY: Final = Fulfilment()
_fulfilment, _set_arrived = maker(Fulfilment), changer(Despatch, "state", "arrived_at")
_despatch_id = attrgetter("despatch_id")


def _sent(record: Fulfilment | None, event: GoodsDespatched) -> Fulfilment:
    return _with_despatch(record, event.record())


def _noted(record: Fulfilment | None, event: DespatchNoted) -> Fulfilment:
    return _with_despatch(record, event.despatch)


def _with_despatch(record: Fulfilment | None, despatch: Despatch) -> Fulfilment:
    if record is None:
        record = _EMPTY
    return _fulfilment(record.despatches.add((despatch,)), record.incidents, record.findings)


def _moved(record: Fulfilment, event: DespatchMoved) -> Fulfilment:
    return _fulfilment(record.despatches.revise((event,), _despatch_id, _arrived), record.incidents, record.findings)


def _arrived(despatch: Despatch, event: DespatchMoved) -> Despatch:
    return _set_arrived(despatch, DESPATCH.moves[despatch.state][event.step], event.stamp.occurred_at)


def _deviated(record: Fulfilment | None, event: DeviationsFound) -> Fulfilment:
    known = record or _EMPTY
    return Fulfilment(known.despatches, known.incidents, (*known.findings, *event.findings))


def _begun(record: Fulfilment | None, _event: ExecutionStarted) -> Fulfilment:
    return record or _EMPTY


#: goods have no clock here, exceptions have one
CLOCKS: Final = frozenset(FOLDS_OF_INCIDENTS)

FOLDS: Final[Mapping[type[Event], Callable[[Any, Any], Fulfilment]]] = {
    ExecutionStarted: _begun,
    GoodsDespatched: _sent,
    DespatchNoted: _noted,
    DespatchMoved: _moved,
    DeviationsFound: _deviated,
    **FOLDS_OF_INCIDENTS,
}
