"""Inspection decides its commands and follows its events; what of it lapses."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from orderlib.inspection.correction import (
    AgreeCorrectiveAction,
    CancelCorrectiveAction,
    CheckEffectiveness,
    DecideDisposition,
    RaiseNonconformity,
    ReportActionImplemented,
    ReportDispositionCarriedOut,
    VerifyDisposition,
    WithdrawNonconformity,
)
from orderlib.inspection.examine import cancel, plan, recall, register_of, reinspect, report, start
from orderlib.inspection.fold import CLOCKS, FOLDS
from orderlib.inspection.message import (
    CancelInspection,
    PlanInspection,
    RecallLot,
    ReinspectLot,
    ReportInspection,
    StartInspection,
)
from orderlib.inspection.policy import InspectionCase, InspectionPolicies
from orderlib.inspection.remedy import (
    agree,
    cancel_action,
    carried_out,
    check,
    decide,
    implemented,
    overdue,
    raise_nonconformity,
    verify,
    withdraw,
)
from orderlib.inspection.table import CORRECTIVE_ACTION, INSPECTION_LOT, NONCONFORMITY
from orderlib.values.dispatch import Rule
from orderlib.values.instant import Instant
from orderlib.values.message import Event, Stamp

__all__ = ["CLOCKS", "FOLDS", "RULES", "lapse"]


def lapse(case: InspectionCase, now: Instant, stamp: Stamp, _policies: InspectionPolicies) -> Iterable[Event]:
    """Every corrective action whose day has passed."""
    return tuple(overdue(register_of(case), now, stamp))


_About = Callable[[InspectionCase], Iterable[str]]


def _lots(move: str) -> _About:
    def about(case: InspectionCase) -> Iterable[str]:
        return [lot.id for lot in register_of(case).lots if move in INSPECTION_LOT.moves[lot.state]]

    return about


def _faults(move: str) -> _About:
    def about(case: InspectionCase) -> Iterable[str]:
        faults = register_of(case).nonconformities
        return [each.id for each in faults if move in NONCONFORMITY.moves[each.state]]

    return about


def _actions(move: str) -> _About:
    def about(case: InspectionCase) -> Iterable[str]:
        return [each.id for each in register_of(case).actions if move in CORRECTIVE_ACTION.moves[each.state]]

    return about


def _reportable(case: InspectionCase) -> Iterable[str]:
    return [lot.id for lot in register_of(case).lots if lot.state in ("planned", "in_inspection")]


def _every_fault(case: InspectionCase) -> Iterable[str]:
    return register_of(case).nonconformities.ids()


_STAGE: Final = "inspection"

RULES: Final[tuple[Rule[Any], ...]] = (
    Rule(command=PlanInspection, handle=plan, stage=_STAGE),
    Rule(command=StartInspection, handle=start, stage=_STAGE, about=_lots("start")),
    Rule(command=ReportInspection, handle=report, stage=_STAGE, fact=True, about=_reportable),
    Rule(command=ReinspectLot, handle=reinspect, stage=_STAGE, about=_lots("reinspect")),
    Rule(command=RecallLot, handle=recall, stage=_STAGE, about=_lots("recall")),
    Rule(command=CancelInspection, handle=cancel, stage=_STAGE, about=_lots("cancel")),
    Rule(command=RaiseNonconformity, handle=raise_nonconformity, stage=_STAGE),
    Rule(command=DecideDisposition, handle=decide, stage="disposition", about=_faults("decide")),
    Rule(
        command=ReportDispositionCarriedOut,
        handle=carried_out,
        stage=_STAGE,
        fact=True,
        about=_faults("carry_out"),
    ),
    Rule(command=VerifyDisposition, handle=verify, stage=_STAGE, about=_faults("verify")),
    Rule(command=WithdrawNonconformity, handle=withdraw, stage=_STAGE, about=_faults("withdraw")),
    Rule(command=AgreeCorrectiveAction, handle=agree, stage=_STAGE, about=_every_fault),
    Rule(command=ReportActionImplemented, handle=implemented, stage=_STAGE, fact=True, about=_actions("implement")),
    Rule(command=CheckEffectiveness, handle=check, stage=_STAGE, about=_actions("confirm")),
    Rule(command=CancelCorrectiveAction, handle=cancel_action, stage=_STAGE, about=_actions("cancel")),
)
