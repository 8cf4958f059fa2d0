"""Commands, reports and events of nonconformities and corrective actions."""

from __future__ import annotations

from typing import Final

import attrs

from orderlib.inspection.characteristic import NonconformityGrade, grade_of
from orderlib.inspection.control import InspectionStage, stage_of
from orderlib.inspection.record import (
    CorrectiveAction,
    Disposition,
    Nonconformity,
    disposition_of,
    line_ids_of,
    positive,
)
from orderlib.values.identifier import ActorId, DocumentId, ItemId, LineId, text
from orderlib.values.instant import Instant, instant
from orderlib.values.message import CaseCommand, Event, Fact
from orderlib.values.quantity import Quantity
from orderlib.values.typed import type_check

__all__ = [
    "AgreeCorrectiveAction",
    "CancelCorrectiveAction",
    "CheckEffectiveness",
    "CorrectiveActionAgreed",
    "CorrectiveActionCancelled",
    "CorrectiveActionConfirmed",
    "CorrectiveActionFailed",
    "CorrectiveActionImplemented",
    "CorrectiveActionOverdue",
    "DecideDisposition",
    "DispositionCarriedOut",
    "DispositionDecided",
    "NonconformityClosed",
    "NonconformityRaised",
    "NonconformityReopened",
    "NonconformityWithdrawn",
    "RaiseNonconformity",
    "ReportActionImplemented",
    "ReportDispositionCarriedOut",
    "VerifyDisposition",
    "WithdrawNonconformity",
]


def _due(value: str | Instant) -> Instant:
    return instant(value, address="/due_at")


def _later(value: str | Instant | None) -> Instant | None:
    return None if value is None else _due(value)


def _optional_id(value: str | None) -> DocumentId | None:
    return None if value is None else DocumentId(value)


@attrs.frozen
class RaiseNonconformity(CaseCommand):
    """Say that something does not conform, in a lot or outside of any."""

    nonconformity_id: DocumentId = attrs.field(converter=DocumentId)
    item_id: ItemId = attrs.field(converter=ItemId)
    quantity: Quantity = attrs.field(converter=positive)
    stage: InspectionStage = attrs.field(converter=stage_of)
    description: str = attrs.field(converter=text)
    grade: NonconformityGrade = attrs.field(default=NonconformityGrade.MAJOR, converter=grade_of, kw_only=True)
    lot_id: DocumentId | None = attrs.field(default=None, converter=_optional_id, kw_only=True)
    line_ids: tuple[LineId, ...] = attrs.field(default=(), converter=line_ids_of, kw_only=True)


@attrs.frozen
class NonconformityCommand(CaseCommand):
    """A command that concerns one nonconformity."""

    nonconformity_id: DocumentId = attrs.field(converter=DocumentId)


@attrs.frozen
class DecideDisposition(NonconformityCommand):
    """Say what is done; left out, the policy of the slot `disposition` says it. Needs the authority for it."""

    disposition: Disposition | None = attrs.field(default=None, converter=disposition_of)


@attrs.frozen
class ReportDispositionCarriedOut(Fact):
    """What was decided has been done."""

    nonconformity_id: DocumentId = attrs.field(converter=DocumentId)
    evidence: str = attrs.field(default="", converter=text)


_check_success: Final = type_check(("succeeded", bool))


@attrs.frozen
class VerifyDisposition(NonconformityCommand):
    """Look whether what was done has helped: it is closed, or open again."""

    succeeded: bool = True
    evidence: str = attrs.field(default="", converter=text)

    def __attrs_post_init__(self) -> None:
        _check_success(self)


@attrs.frozen
class WithdrawNonconformity(NonconformityCommand):
    """It was none. Needs a reason."""


@attrs.frozen
class AgreeCorrectiveAction(NonconformityCommand):
    """Agree what is done so that it does not come again, whose it is and by when."""

    action_id: DocumentId = attrs.field(converter=DocumentId)
    description: str = attrs.field(converter=text)
    owner: str = attrs.field(converter=text)
    due_at: Instant = attrs.field(converter=_due)
    root_cause: str = attrs.field(default="", converter=text, kw_only=True)


@attrs.frozen
class ReportActionImplemented(Fact):
    """A corrective action has been implemented; needs evidence."""

    action_id: DocumentId = attrs.field(converter=DocumentId)
    evidence: str = attrs.field(converter=text)


_check_effect: Final = type_check(("effective", bool))


@attrs.frozen
class CheckEffectiveness(CaseCommand):
    """Look whether a corrective action has helped; one that has not is agreed anew, for another day."""

    action_id: DocumentId = attrs.field(converter=DocumentId)
    effective: bool
    evidence: str = attrs.field(default="", converter=text)
    due_at: Instant | None = attrs.field(default=None, converter=_later, kw_only=True)

    def __attrs_post_init__(self) -> None:
        _check_effect(self)


@attrs.frozen
class CancelCorrectiveAction(CaseCommand):
    """Give a corrective action up. Needs a reason."""

    action_id: DocumentId = attrs.field(converter=DocumentId)


@attrs.frozen
class NonconformityRaised(Event):
    """Something does not conform."""

    nonconformity: Nonconformity


@attrs.frozen
class NonconformityEvent(Event):
    """A fact about one nonconformity."""

    nonconformity_id: DocumentId = attrs.field(converter=DocumentId)


@attrs.frozen
class DispositionDecided(NonconformityEvent):
    """It was decided what is done, by somebody who may."""

    disposition: Disposition
    decided_by: ActorId
    reason: str = ""


@attrs.frozen
class DispositionCarriedOut(NonconformityEvent):
    """What was decided has been done."""

    evidence: str = ""


@attrs.frozen
class NonconformityClosed(NonconformityEvent):
    """What was done has helped."""

    evidence: str = ""


@attrs.frozen
class NonconformityReopened(NonconformityEvent):
    """What was done has not helped; it is to be decided anew."""

    evidence: str = ""


@attrs.frozen
class NonconformityWithdrawn(NonconformityEvent):
    """It was none."""


@attrs.frozen
class CorrectiveActionAgreed(Event):
    """Somebody has to see to it that it does not come again."""

    action: CorrectiveAction


@attrs.frozen
class CorrectiveActionEvent(Event):
    """A fact about one corrective action."""

    action_id: DocumentId = attrs.field(converter=DocumentId)


@attrs.frozen
class CorrectiveActionImplemented(CorrectiveActionEvent):
    """It has been done."""

    evidence: str


@attrs.frozen
class CorrectiveActionConfirmed(CorrectiveActionEvent):
    """It has helped."""

    evidence: str = ""


@attrs.frozen
class CorrectiveActionFailed(CorrectiveActionEvent):
    """It has not helped; it is due again."""

    due_at: Instant
    evidence: str = ""


@attrs.frozen
class CorrectiveActionCancelled(CorrectiveActionEvent):
    """It was given up."""


@attrs.frozen
class CorrectiveActionOverdue(CorrectiveActionEvent):
    """Its day has passed, and it was not implemented."""
