"""Commands, reports and events of acceptance."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

import attrs

from orderlib.acceptance.record import AcceptanceAct, Defect
from orderlib.ledger.message import QuantitiesPosted
from orderlib.ledger.record import Account, LineQuantity, quantities_of
from orderlib.values.identifier import DocumentId, text
from orderlib.values.instant import Instant
from orderlib.values.message import CaseCommand, Event, Fact
from orderlib.values.typed import tuple_of

__all__ = [
    "AcceptanceCertified",
    "AcceptanceHeld",
    "AcceptanceRequested",
    "DefectFailed",
    "DefectFound",
    "DefectOverdue",
    "DefectRectified",
    "DefectVerified",
    "DefectWaived",
    "GoodsAccepted",
    "GoodsReplaced",
    "GoodsReturned",
    "RectifyDefect",
    "ReportAcceptance",
    "ReportReturned",
    "RequestAcceptance",
    "VerifyDefect",
    "WaiveDefect",
]


def _accepted(given: Iterable[LineQuantity]) -> tuple[LineQuantity, ...]:
    return tuple_of(LineQuantity, given, "/accepted")


def _defects(given: Iterable[Defect]) -> tuple[Defect, ...]:
    return tuple_of(Defect, given, "/defects")


@attrs.frozen
class RequestAcceptance(CaseCommand):
    """Ask the customer to accept what was delivered; from now on silence counts, by the acceptance policy."""


@attrs.frozen
class ReportAcceptance(Fact):
    """The customer has looked: quantities accepted, in the unit of each line, and defects found."""

    accepted: tuple[LineQuantity, ...] = attrs.field(default=(), converter=_accepted)
    defects: tuple[Defect, ...] = attrs.field(default=(), converter=_defects)


@attrs.frozen
class RectifyDefect(CaseCommand):
    """A defect was put right; `evidence` shows how."""

    defect_id: DocumentId = attrs.field(converter=DocumentId)
    evidence: str = attrs.field(converter=text)


@attrs.frozen
class VerifyDefect(CaseCommand):
    """The customer has looked at a rectified defect again: passed, or open once more."""

    defect_id: DocumentId = attrs.field(converter=DocumentId)
    passed: bool = True


@attrs.frozen
class WaiveDefect(CaseCommand):
    """The customer lets a defect be; the reason is the command's."""

    defect_id: DocumentId = attrs.field(converter=DocumentId)


@attrs.frozen
class ReportReturned(Fact):
    """Goods came back: to be replaced, or for credit; quantities in the unit of each line."""

    lines: tuple[LineQuantity, ...] = attrs.field(converter=quantities_of)
    replace: bool = False


@attrs.frozen
class AcceptanceRequested(Event):
    """The customer was asked; silence until `deemed_at` counts as acceptance."""

    deemed_at: Instant


@attrs.frozen
class AcceptanceHeld(Event):
    """An act of acceptance took place, or was deemed to."""

    act: AcceptanceAct


@attrs.frozen
class GoodsAccepted(QuantitiesPosted):
    """The customer accepted goods."""

    account: ClassVar[Account] = Account.ACCEPTED


@attrs.frozen
class GoodsReturned(QuantitiesPosted):
    """Goods came back for credit."""

    account: ClassVar[Account] = Account.RETURNED


@attrs.frozen
class GoodsReplaced(QuantitiesPosted):
    """Goods came back to be replaced."""

    account: ClassVar[Account] = Account.REPLACED


@attrs.frozen
class DefectFound(Event):
    """A defect was found."""

    defect: Defect


@attrs.frozen
class DefectRectified(Event):
    """A defect was put right."""

    defect_id: DocumentId
    evidence: str


@attrs.frozen
class DefectVerified(Event):
    """The customer confirms that a defect is gone."""

    defect_id: DocumentId


@attrs.frozen
class DefectFailed(Event):
    """The rectification did not pass; the defect is open again."""

    defect_id: DocumentId


@attrs.frozen
class DefectWaived(Event):
    """The customer lets a defect be."""

    defect_id: DocumentId


@attrs.frozen
class DefectOverdue(Event):
    """A defect should have been rectified by now; its owner has been told once."""

    defect_id: DocumentId


@attrs.frozen
class AcceptanceCertified(Event):
    """Everything is accepted and no defect is open: the warranty runs from `on` to `until`."""

    on: date
    until: date
