"""The register follows the events of inspection."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any, Final

import attrs

from orderlib.inspection.correction import (
    CorrectiveActionAgreed,
    CorrectiveActionCancelled,
    CorrectiveActionConfirmed,
    CorrectiveActionFailed,
    CorrectiveActionImplemented,
    CorrectiveActionOverdue,
    DispositionCarriedOut,
    DispositionDecided,
    NonconformityClosed,
    NonconformityRaised,
    NonconformityReopened,
    NonconformityWithdrawn,
)
from orderlib.inspection.examine import reported
from orderlib.inspection.message import (
    InspectionCancelled,
    InspectionPlanned,
    InspectionReported,
    InspectionStarted,
    LotAccepted,
    LotConceded,
    LotDisposed,
    LotRecalled,
    LotRejected,
    LotResubmitted,
)
from orderlib.inspection.record import (
    CorrectiveAction,
    Examination,
    InspectionLot,
    Nonconformity,
    QualityRegister,
)
from orderlib.inspection.table import CORRECTIVE_ACTION, INSPECTION_LOT, NONCONFORMITY
from orderlib.values.message import Event

__all__ = ["CLOCKS", "FOLDS"]

Fold = Callable[[Any, Any], QualityRegister]
_lot_id, _fault_id, _action_id = attrgetter("lot_id"), attrgetter("nonconformity_id"), attrgetter("action_id")


def _known(register: QualityRegister | None) -> QualityRegister:
    return register if register is not None else QualityRegister()


def _planned(register: QualityRegister | None, event: InspectionPlanned) -> QualityRegister:
    known = _known(register)
    return attrs.evolve(known, lots=known.lots.add((event.lot,)))


def _raised(register: QualityRegister | None, event: NonconformityRaised) -> QualityRegister:
    known, fault = _known(register), event.nonconformity
    lots = known.lots
    if fault.lot_id is not None:
        lots = lots.update((fault.lot_id,), lambda lot: attrs.evolve(lot, faults=(*lot.faults, fault.id)))
    return attrs.evolve(known, lots=lots, nonconformities=known.nonconformities.add((fault,)))


def _agreed(register: QualityRegister | None, event: CorrectiveActionAgreed) -> QualityRegister:
    known = _known(register)
    return attrs.evolve(known, actions=known.actions.add((event.action,)))


def _moves(table: Mapping[str, Mapping[str, str]], move: str, state: str) -> str:
    return table[state][move]


def _lot(move: str, change: Callable[[InspectionLot, Any], Mapping[str, Any]] | None = None) -> Fold:
    """A fold that moves one lot, and changes more of it."""

    def moved(lot: InspectionLot, event: Any) -> InspectionLot:
        more: Mapping[str, Any] = change(lot, event) if change is not None else {}
        return attrs.evolve(lot, state=_moves(INSPECTION_LOT.moves, move, lot.state), **more)

    def fold(register: QualityRegister, event: Any) -> QualityRegister:
        return attrs.evolve(register, lots=register.lots.revise((event,), _lot_id, moved))

    return fold


def _fault(move: str, change: Callable[[Any], Mapping[str, Any]] | None = None) -> Fold:
    """A fold that moves one nonconformity, and changes more of it."""

    def moved(fault: Nonconformity, event: Any) -> Nonconformity:
        more: Mapping[str, Any] = change(event) if change is not None else {}
        return attrs.evolve(fault, state=_moves(NONCONFORMITY.moves, move, fault.state), **more)

    def fold(register: QualityRegister, event: Any) -> QualityRegister:
        faults = register.nonconformities.revise((event,), _fault_id, moved)
        return attrs.evolve(register, nonconformities=faults)

    return fold


def _action(move: str, change: Callable[[Any], Mapping[str, Any]] | None = None) -> Fold:
    """A fold that moves one corrective action, and changes more of it; without a move it stays where it is."""

    def moved(action: CorrectiveAction, event: Any) -> CorrectiveAction:
        more: Mapping[str, Any] = change(event) if change is not None else {}
        state = _moves(CORRECTIVE_ACTION.moves, move, action.state) if move else action.state
        return attrs.evolve(action, state=state, **more)

    def fold(register: QualityRegister, event: Any) -> QualityRegister:
        return attrs.evolve(register, actions=register.actions.revise((event,), _action_id, moved))

    return fold


def _last(lot: InspectionLot, change: Callable[[Examination], Examination]) -> Mapping[str, Any]:
    return {"examinations": (*lot.examinations[:-1], change(lot.examinations[-1]))}


def _told(lot: InspectionLot, event: InspectionReported) -> Mapping[str, Any]:
    return _last(lot, lambda examination: reported(examination, event.report))


def _verdict(lot: InspectionLot, event: LotAccepted | LotRejected) -> Mapping[str, Any]:
    return _last(lot, lambda examination: attrs.evolve(examination, verdict=event.verdict))


def _again(lot: InspectionLot, event: LotResubmitted) -> Mapping[str, Any]:
    return {"examinations": (*lot.examinations, event.examination), "units": event.examination.plan.lot_size}


def _decided(event: DispositionDecided) -> Mapping[str, Any]:
    return {"disposition": event.disposition, "decided_by": event.decided_by, "reason": event.reason}


def _evidence(event: Any) -> Mapping[str, Any]:
    return {"evidence": event.evidence}


def _reopened(event: NonconformityReopened) -> Mapping[str, Any]:
    return {"evidence": event.evidence, "disposition": None, "decided_by": None, "reason": ""}


def _due_again(event: CorrectiveActionFailed) -> Mapping[str, Any]:
    return {"evidence": event.evidence, "due_at": event.due_at, "warned": False}


def _warned(_event: CorrectiveActionOverdue) -> Mapping[str, Any]:
    return {"warned": True}


FOLDS: Final[Mapping[type[Event], Fold]] = {
    InspectionPlanned: _planned,
    InspectionStarted: _lot("start"),
    InspectionReported: _lot("report", _told),
    LotAccepted: _lot("accept", _verdict),
    LotRejected: _lot("reject", _verdict),
    LotResubmitted: _lot("reinspect", _again),
    LotConceded: _lot("concede"),
    LotDisposed: _lot("dispose"),
    LotRecalled: _lot("recall"),
    InspectionCancelled: _lot("cancel"),
    NonconformityRaised: _raised,
    DispositionDecided: _fault("decide", _decided),
    DispositionCarriedOut: _fault("carry_out", _evidence),
    NonconformityClosed: _fault("verify", _evidence),
    NonconformityReopened: _fault("fail_again", _reopened),
    NonconformityWithdrawn: _fault("withdraw"),
    CorrectiveActionAgreed: _agreed,
    CorrectiveActionImplemented: _action("implement", _evidence),
    CorrectiveActionConfirmed: _action("confirm", _evidence),
    CorrectiveActionFailed: _action("fail_again", _due_again),
    CorrectiveActionCancelled: _action("cancel"),
    CorrectiveActionOverdue: _action("", _warned),
}

#: after which events something may lapse at another time
CLOCKS: Final = frozenset(
    {
        CorrectiveActionAgreed,
        CorrectiveActionCancelled,
        CorrectiveActionFailed,
        CorrectiveActionImplemented,
        CorrectiveActionOverdue,
    }
)
