"""What intake keeps of an order: how it came, what screening found, what deviates, what is to be confirmed."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import attrs

from orderlib.errors import Finding, FindingCode, Severity
from orderlib.order.record import Attachment
from orderlib.values.codelist import member, whole
from orderlib.values.identifier import ActorId, CaseId, DocumentId, ItemId, LineId, text
from orderlib.values.instant import Instant, instant
from orderlib.values.lines import Lines
from orderlib.values.typed import pairs_of, tuple_of

if TYPE_CHECKING:
    from orderlib.order.compare import Deviation
    from orderlib.order.totals import StatedTotals

__all__ = [
    "Channel",
    "Confirmation",
    "Intake",
    "OrderDeviation",
    "Receipt",
    "Resolution",
    "ScreeningOutcome",
]

NOT_SCREENED: Final = FindingCode(
    "intake.not-screened", Severity.ERROR, "the order has not passed screening", "订单尚未通过初审"
)
DEVIATION_OPEN: Final = FindingCode(
    "intake.deviation-open",
    Severity.ERROR,
    "{expected} was agreed, {found} is ordered, and nobody has resolved it",
    "约定为 {expected}，订单为 {found}，差异尚未解决",
)
NOT_CONFIRMED: Final = FindingCode(
    "intake.not-confirmed",
    Severity.ERROR,
    "the order came without a document and the customer has not confirmed it",
    "订单没有书面文件，且客户尚未确认",
)


class Channel(StrEnum):
    """How an order reached us (UN/CEFACT code list 3155; what that list does not know is `ZZZ`, mutually defined).

    `EDI` covers Peppol and every other exchange of structured documents.
    """

    EDI = "EI"
    EMAIL = "EM"
    PORTAL = "AH"
    PHONE = "TE"
    FAX = "FX"
    LETTER = "MA"
    PERSONAL = "ZZZ"

    @property
    def spoken(self) -> bool:
        """Whether what comes this way leaves no document behind by itself."""
        return self in (Channel.PHONE, Channel.PERSONAL)


class ScreeningOutcome(StrEnum):
    """What becomes of a screened order, best first; `review` means that a person must look."""

    PASS = "pass"  # noqa: S105 - an outcome, no password
    REVIEW = "review"
    RETURN = "return"
    REJECT = "reject"


class Resolution(StrEnum):
    """What becomes of a difference to what was agreed, best first; `open` waits for a person."""

    ACCEPTED = "accepted"
    REPRICED = "repriced"
    OPEN = "open"
    RETURNED = "returned"


def _channel(value: str) -> Channel:
    return member(Channel, value, "/channel")


def _number(value: int) -> int:
    return whole(value, 1, 1_000_000, "/number")


def _received_at(value: str | Instant) -> Instant:
    return instant(value, address="/received_at")


def _cases(given: Iterable[str]) -> tuple[CaseId, ...]:
    return tuple(CaseId(each) for each in tuple_of(str, given, "/duplicates"))


def _findings(given: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple_of(Finding, given, "/findings")


@attrs.frozen(kw_only=True)
class Receipt:
    """How one version of the order came in; `number` counts from 1, resubmissions included.

    `document` names and fingerprints the paper or message, `stated` holds the totals that it states.
    `duplicates` are other cases with the same customer's order number, `noted` what was noticed on taking
    the order in. Raises `InvalidValueError` (`code.unknown`, `number.whole`, `value.instant-*`, `id.*`).
    """

    number: int = attrs.field(default=1, converter=_number)
    channel: Channel = attrs.field(converter=_channel)
    received_at: Instant = attrs.field(converter=_received_at)
    document: Attachment | None = None
    stated: StatedTotals | None = None
    duplicates: tuple[CaseId, ...] = attrs.field(default=(), converter=_cases)
    noted: tuple[Finding, ...] = attrs.field(default=(), converter=_findings)

    @property
    def verbal(self) -> bool:
        """Whether the order was only spoken: it must be confirmed back (ISO 9001:2015, 8.2.3.1)."""
        return self.document is None and self.channel.spoken


@attrs.frozen(kw_only=True)
class Confirmation:
    """Confirming back an order that was only spoken; `state` is one of `ConfirmationLifecycle`.

    `due_at` is when the customer must have answered, `document` what we wrote, or what came back.
    """

    state: str
    due_at: Instant | None = None
    document: Attachment | None = None


@attrs.frozen(kw_only=True)
class OrderDeviation:
    """A difference between the order and what was agreed, and how it was resolved.

    `source` is what it was held against (`proposal/…` or `agreement/…`). `owner` is the department whose word is
    wanted while it is open; `reason` says why it was resolved so.
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    deviation: Deviation
    source: str = attrs.field(converter=text)
    resolution: Resolution
    owner: str = attrs.field(default="sales", converter=text)
    reason: str = attrs.field(default="", converter=text)

    @property
    def open(self) -> bool:
        """Whether somebody must still resolve it."""
        return self.resolution is Resolution.OPEN


def _items(given: Iterable[tuple[str, str]]) -> tuple[tuple[LineId, ItemId], ...]:
    return tuple((LineId(line), ItemId(item)) for line, item in pairs_of(given, "/gone"))


def _deviations(given: Iterable[OrderDeviation]) -> Lines[OrderDeviation]:
    return Lines(given)


@attrs.frozen(kw_only=True)
class Intake:
    """Everything that intake knows of an order.

    `received_by` took the latest receipt in; `screening` is the ruling on it, None before. `respond_by_at` is when
    the customer must have an answer, None once there is one; `overdue` says that it came late or not at all.
    `return_due_at` is until when a returned order may be resubmitted. `gone` are lines that a resubmission dropped,
    with their items. An order that was adopted has no receipts.
    """

    receipts: tuple[Receipt, ...] = ()
    received_by: ActorId | None = None
    screening: ScreeningOutcome | None = None
    findings: tuple[Finding, ...] = attrs.field(default=(), converter=_findings)
    deviations: Lines[OrderDeviation] = attrs.field(factory=Lines[OrderDeviation], converter=_deviations)
    confirmation: Confirmation | None = None
    respond_by_at: Instant | None = None
    overdue: bool = False
    answered_at: Instant | None = None
    return_due_at: Instant | None = None
    gone: tuple[tuple[LineId, ItemId], ...] = attrs.field(default=(), converter=_items)
    passed: bool = False

    @property
    def receipt(self) -> Receipt | None:
        """The latest receipt."""
        return self.receipts[-1] if self.receipts else None

    @property
    def channel(self) -> Channel:
        """The channel by which the customer gets answers: the one of the latest receipt."""
        return self.receipts[-1].channel if self.receipts else Channel.EDI

    @property
    def unconfirmed(self) -> bool:
        """Whether an order that was only spoken still waits to be confirmed."""
        return self.confirmation is not None and self.confirmation.state in ("needed", "sent")

    @property
    def unresolved(self) -> tuple[Finding, ...]:
        """All that stands between the order and its review: no acceptance before it is empty (ISO 9001, 8.2.3)."""
        found: list[Finding] = []
        if self.screening is not ScreeningOutcome.PASS:
            found.append(NOT_SCREENED("/intake/screening"))
        for each in self.deviations:
            if each.open:
                what = each.deviation
                found.append(DEVIATION_OPEN(what.address, expected=what.expected, found=what.found))
        if self.unconfirmed:
            found.append(NOT_CONFIRMED("/intake/confirmation"))
        return tuple(found)

    @property
    def next_due(self) -> Instant | None:
        """The earliest of: our answer, the customer's confirmation, the end of a return."""
        soonest = self.respond_by_at
        confirmation = self.confirmation
        if confirmation is not None and confirmation.state == "sent" and not self.passed:
            due = confirmation.due_at
            if due is not None and (soonest is None or due < soonest):
                soonest = due
        due = self.return_due_at
        if due is not None and (soonest is None or due < soonest):
            soonest = due
        return soonest
