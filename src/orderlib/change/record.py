"""What is in question about an order: changes asked for, charges quoted for them, and cancellations.

None of it is a state of the order. A request has a life of its own beside it, and one that is refused leaves the
order as it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum

import attrs

from orderlib.change.table import CANCELLATION, CHANGE_REQUEST, CHARGE
from orderlib.errors import Finding
from orderlib.order.revision import Difference
from orderlib.values.codelist import member, whole
from orderlib.values.identifier import DocumentId, ItemId, LineId, text
from orderlib.values.instant import Instant
from orderlib.values.lines import Lines
from orderlib.values.money import Money
from orderlib.values.party import Actor
from orderlib.values.typed import couples_of, tuple_of

__all__ = [
    "Cancellation",
    "CancellationRuling",
    "ChangeCause",
    "ChangeImpact",
    "ChangeLog",
    "ChangeRequest",
    "Charge",
    "ChargeRuling",
    "Compensation",
    "Consent",
    "Ending",
    "PointOfNoReturn",
    "Reapproval",
    "Remedy",
    "Side",
]


class ChangeCause(StrEnum):
    """Where a change comes from."""

    CUSTOMER = "customer"
    MARKET = "market"
    SUPPLY = "supply"
    REGULATION = "regulation"
    INTERNAL = "internal"


class Side(StrEnum):
    """Whose wish it is, or whose word is awaited."""

    CUSTOMER = "customer"
    SUPPLIER = "supplier"


class ChangeImpact(StrEnum):
    """What a change does to the order as it stands, best first."""

    HARMLESS = "harmless"
    NEEDS_ASSESSMENT = "needs-assessment"
    IMPOSSIBLE = "impossible"


class Reapproval(StrEnum):
    """What a change does to the acceptance that stands, best first.

    `none`: it touches nothing that was approved. `confirm`: it does, so little that whoever decides the change may
    approve it, within their authority. `review`: the panel has to meet again.
    """

    NONE = "none"
    CONFIRM = "confirm"
    REVIEW = "review"


class ChargeRuling(StrEnum):
    """Whether a change or cancellation costs something, best first; `review`: a person has to say."""

    NONE = "none"
    QUOTED = "quoted"
    REVIEW = "review"


class PointOfNoReturn(StrEnum):
    """How far work on a line has gone, least first: nothing is done, stopping costs something, it cannot be stopped."""

    NONE = "none"
    SOFT = "soft"
    HARD = "hard"


class CancellationRuling(StrEnum):
    """What becomes of a cancellation that is asked for, best first; `review`: a person has to say."""

    GRANTED = "granted"
    COMPENSATION = "compensation"
    REVIEW = "review"
    REFUSED = "refused"


class Ending(StrEnum):
    """How an order ends before its time; the value is the move of the order's lifecycle."""

    CANCEL = "cancel"
    TERMINATE = "terminate"


class Remedy(StrEnum):
    """What undoes a part of the work that was begun."""

    STOP = "stop"
    RETURN = "return"
    SCRAP = "scrap"
    CREDIT = "credit"
    REFUND = "refund"


def findings_of(given: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings as a tuple; a converter for fields `findings`. Raises `InvalidValueError` (`value.type`)."""
    return tuple_of(Finding, given, "/findings")


def reasons_of(given: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings as a tuple; a converter for fields `reasons`. Raises `InvalidValueError` (`value.type`)."""
    return tuple_of(Finding, given, "/reasons")


def line_ids_of(given: Iterable[str]) -> tuple[LineId, ...]:
    """Ids of lines; a converter. Raises `InvalidValueError` (`id.*`, `value.type`)."""
    return tuple(LineId(each) for each in tuple_of(str, given, "/line_ids"))


def cause_of(value: str) -> ChangeCause:
    """The cause that a word stands for; raises `InvalidValueError` (`code.unknown`)."""
    return member(ChangeCause, value, "/cause")


def remedy_of(value: str) -> Remedy:
    """The remedy that a word stands for; raises `InvalidValueError` (`code.unknown`)."""
    return member(Remedy, value, "/remedy")


def side_of(value: str) -> Side:
    """The side that a word stands for; raises `InvalidValueError` (`code.unknown`)."""
    return member(Side, value, "/side")


@attrs.frozen(kw_only=True)
class Consent:
    """Our word on a change: who gave it, and what it means for the acceptance that stands.

    `renews` says that whoever gave it also approved of what the change touches; `again` that the panel has to meet
    again once the change is applied, for the `reasons`.
    """

    by: Actor
    renews: bool = False
    again: bool = False
    reasons: tuple[Finding, ...] = attrs.field(default=(), converter=reasons_of)


@attrs.frozen(kw_only=True)
class ChangeRequest:
    """A change that somebody wants; `state` is a state of `ChangeRequestLifecycle`.

    `wanted` starts from the revision that it names. `impact` and `findings` say what was seen when it was asked
    for. The one whose word is awaited has it until `due_at`; silence declines. `sequence` is the number that the
    customer's own message bears. `answers` names the request to which this is the other side's answer. `consent` is
    our word, where the customer's is still awaited.
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    cause: ChangeCause = attrs.field(converter=cause_of)
    side: Side = attrs.field(converter=side_of)
    wanted: Difference
    impact: ChangeImpact = ChangeImpact.NEEDS_ASSESSMENT
    findings: tuple[Finding, ...] = attrs.field(default=(), converter=findings_of)
    by: Actor
    requested_at: Instant
    due_at: Instant
    reason: str = attrs.field(default="", converter=text)
    sequence: int | None = None
    answers: DocumentId | None = attrs.field(default=None, converter=attrs.converters.optional(DocumentId))
    state: str = "requested"
    consent: Consent | None = None

    def __attrs_post_init__(self) -> None:
        if self.sequence is not None:
            whole(self.sequence, 1, 10**9, "/sequence")

    @property
    def open(self) -> bool:
        """Whether it may still lead to something."""
        return self.state not in CHANGE_REQUEST.ends

    @property
    def waits_for(self) -> Side | None:
        """Whose word is awaited: ours on a request, the customer's on a proposal or a charge."""
        if not self.open:
            return None
        return Side.SUPPLIER if self.state == "requested" else Side.CUSTOMER


@attrs.frozen(kw_only=True)
class Charge:
    """What a change or cancellation would cost the customer; `state` is a state of `ChargeLifecycle`.

    `about` names the change or cancellation, `line_ids` the lines that it is for (none: the whole order). The
    customer has the word until `due_at`; silence declines (MEF 123, R96).
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    about: DocumentId = attrs.field(converter=DocumentId)
    amount: Money
    line_ids: tuple[LineId, ...] = attrs.field(default=(), converter=line_ids_of)
    reasons: tuple[Finding, ...] = attrs.field(default=(), converter=reasons_of)
    due_at: Instant
    state: str = "quoted"

    @property
    def open(self) -> bool:
        """Whether the customer's word is awaited."""
        return self.state not in CHARGE.ends


@attrs.frozen(kw_only=True)
class Compensation:
    """One thing to do so that a cancellation is complete: which remedy, for how much of which line, by whom, by when.

    `quantity` is in the unit of the line. `evidence` shows that it is done. `warned` says that it is overdue and its
    owner was told.
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    remedy: Remedy
    line_id: LineId | None = attrs.field(default=None, converter=attrs.converters.optional(LineId))
    quantity: Decimal | None = None
    owner: str = attrs.field(converter=text)
    due_at: Instant
    evidence: str = attrs.field(default="", converter=text)
    done_at: Instant | None = None
    warned: bool = False

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.done_at is None


def items_of(given: Iterable[Compensation]) -> Lines[Compensation]:
    """What has to be undone, by id; a converter for the fields that hold it."""
    return Lines(given)


@attrs.frozen(kw_only=True)
class Cancellation:
    """A cancellation or termination that somebody wants; `state` is a state of `CancellationLifecycle`.

    `line_ids` are the lines that it is about (none: the whole order). `keep_delivered` leaves with the customer what
    is there or on its way, and ends only the rest. `items` is the plan of what has to be undone first.
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    ending: Ending = Ending.CANCEL
    side: Side = attrs.field(converter=side_of)
    line_ids: tuple[LineId, ...] = attrs.field(default=(), converter=line_ids_of)
    keep_delivered: bool = False
    by: Actor
    reason: str = attrs.field(converter=text)
    requested_at: Instant
    due_at: Instant
    items: Lines[Compensation] = attrs.field(factory=Lines[Compensation], converter=items_of)
    state: str = "requested"

    @property
    def open(self) -> bool:
        """Whether it may still lead to something."""
        return self.state not in CANCELLATION.ends

    @property
    def whole(self) -> bool:
        """Whether it is about the whole order."""
        return not self.line_ids

    @property
    def unfinished(self) -> tuple[Compensation, ...]:
        """What is still to be undone."""
        return tuple(item for item in self.items if item.open) if self.state == "compensating" else ()

    def concerns(self, line_ids: Iterable[str]) -> bool:
        """Whether it is about any of these lines; none named means the whole order."""
        ids = frozenset(line_ids)
        return self.whole or not ids or not ids.isdisjoint(self.line_ids)


def _gone(given: Iterable[tuple[str, str]]) -> tuple[tuple[LineId, ItemId], ...]:
    return tuple((LineId(line), ItemId(item)) for line, item in couples_of(str, str, given, "/gone"))


@attrs.frozen(kw_only=True)
class ChangeLog:
    """Every change, charge and cancellation of an order, oldest first.

    `sequence` is the highest number that a message of the customer bore so far. `gone` are lines that changes took
    out, with their items: an id that comes back for another item is noticed.
    """

    requests: Lines[ChangeRequest] = attrs.field(factory=Lines[ChangeRequest])
    charges: Lines[Charge] = attrs.field(factory=Lines[Charge])
    cancellations: Lines[Cancellation] = attrs.field(factory=Lines[Cancellation])
    sequence: int = 0
    gone: tuple[tuple[LineId, ItemId], ...] = attrs.field(default=(), converter=_gone)

    @property
    def open_requests(self) -> tuple[ChangeRequest, ...]:
        """Changes that are not yet decided, or wait for the customer's word."""
        return tuple(each for each in self.requests if each.open)

    @property
    def proposals(self) -> tuple[ChangeRequest, ...]:
        """What we have put to the customer and wait for an answer to."""
        return tuple(each for each in self.requests if each.state == "proposed")

    @property
    def open_charges(self) -> tuple[Charge, ...]:
        """Charges that wait for the customer's word."""
        return tuple(each for each in self.charges if each.open)

    @property
    def accepted_charges(self) -> tuple[Charge, ...]:
        """Charges that the customer has accepted; they never change any more (MEF 123, R97)."""
        return tuple(each for each in self.charges if each.state == "accepted")

    @property
    def open_cancellations(self) -> tuple[Cancellation, ...]:
        """Cancellations that are not yet refused or complete."""
        return tuple(each for each in self.cancellations if each.open)

    @property
    def quiet(self) -> bool:
        """Whether nothing is in question any more; while something is, the order should not be closed."""
        return not (self.open_requests or self.open_charges or self.open_cancellations)

    @property
    def next_due(self) -> Instant | None:
        """When the next wait ends: a decision, an answer, a thing to be undone."""
        due = [each.due_at for each in self.requests if each.open]
        due += [each.due_at for each in self.charges if each.open]
        for each in self.cancellations:
            if each.state in ("requested", "charged"):
                due.append(each.due_at)
            due += [item.due_at for item in each.unfinished if not item.warned]
        return min(due, default=None)
