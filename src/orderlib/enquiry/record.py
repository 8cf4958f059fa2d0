"""What an enquiry holds: requirements, questions, proposals, and the one proposal that the customer confirmed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from types import NoneType
from typing import Final

import attrs

from orderlib.errors import Finding
from orderlib.order.field import Aspect
from orderlib.order.record import Order
from orderlib.values.codelist import member, whole
from orderlib.values.identifier import DocumentId, ItemId, text
from orderlib.values.instant import Instant
from orderlib.values.lines import Lines
from orderlib.values.money import Money
from orderlib.values.party import Address, Party
from orderlib.values.period import DayPeriod
from orderlib.values.quantity import Quantity
from orderlib.values.typed import pairs_of, tuple_of, type_check

__all__ = [
    "CUSTOMER",
    "AnalysisOutcome",
    "Baseline",
    "Enquiry",
    "Issue",
    "Proposal",
    "Question",
    "Requirement",
    "Validity",
]

#: the owner of a question that waits for the customer
CUSTOMER: Final = "customer"
_LIVE: Final = frozenset({"drafted", "submitted"})


class AnalysisOutcome(StrEnum):
    """What analysis makes of the requirements, best first."""

    COMPLETE = "complete"
    QUESTIONS = "questions"
    UNFEASIBLE = "unfeasible"


class Validity(StrEnum):
    """How long an offer may stand, best first; `review` means that a person must say."""

    FULL = "full"
    SHORTENED = "shortened"
    REVIEW = "review"


def _aspect(value: str) -> Aspect:
    return member(Aspect, value, "/aspect")


def _revision(value: int) -> int:
    return whole(value, 1, 1_000_000, "/revision")


def _pairs(given: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((text(name), text(value)) for name, value in pairs_of(given, "/properties"))


def _ids(given: Iterable[str]) -> tuple[DocumentId, ...]:
    return tuple(DocumentId(each) for each in tuple_of(str, given, "/requirement_ids"))


_check_requirement: Final = type_check(
    ("quantity", (Quantity, NoneType)),
    ("wanted", (DayPeriod, NoneType)),
    ("place", (Address, NoneType)),
    ("quantity_to", (Quantity, NoneType)),
)


@attrs.frozen
class Requirement:
    """One thing that the customer wants; everything but the id may still be open.

    `specification` and `properties` say what, `item_id` names an article of ours where it is known, `item_class`
    its class. `quantity` is how much, up to `quantity_to` where the customer left it open; `wanted` is when (the
    last day counts), `place` where (left out: at the customer's address). `state` is one of
    `RequirementLifecycle`. Raises `InvalidValueError` (`id.*`, `text.character`, `value.type`).
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    specification: str = attrs.field(default="", converter=text)
    quantity: Quantity | None = None
    wanted: DayPeriod | None = None
    place: Address | None = attrs.field(default=None, kw_only=True)
    item_id: ItemId | None = attrs.field(default=None, converter=attrs.converters.optional(ItemId), kw_only=True)
    item_class: str = attrs.field(default="", converter=text, kw_only=True)
    quantity_to: Quantity | None = attrs.field(default=None, kw_only=True)
    properties: tuple[tuple[str, str], ...] = attrs.field(default=(), converter=_pairs, kw_only=True)
    state: str = attrs.field(default="stated", kw_only=True)

    def __attrs_post_init__(self) -> None:
        _check_requirement(self)

    @property
    def wanted_on(self) -> date | None:
        """The last day on which it is wanted."""
        return self.wanted.end_on if self.wanted is not None else None

    @property
    def active(self) -> bool:
        """Whether it still counts."""
        return self.state != "withdrawn"


_check_issue: Final = type_check(("finding", Finding), ("feasible", bool))


@attrs.frozen
class Issue:
    """What analysis found unclear or unfeasible in one requirement."""

    requirement_id: DocumentId = attrs.field(converter=DocumentId)
    aspect: Aspect = attrs.field(converter=_aspect)
    finding: Finding
    feasible: bool = True

    def __attrs_post_init__(self) -> None:
        _check_issue(self)


@attrs.frozen(kw_only=True)
class Question:
    """Something that must be known before an offer can be made; `state` is one of `QuestionLifecycle`.

    `owner` owes the answer: `customer`, or a department. `issue` is the finding of analysis that it came from.
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    wording: str = attrs.field(converter=text)
    requirement_id: DocumentId | None = attrs.field(default=None, converter=attrs.converters.optional(DocumentId))
    aspect: Aspect = attrs.field(default=Aspect.OTHER, converter=_aspect)
    owner: str = attrs.field(default=CUSTOMER, converter=text)
    asked_at: Instant
    due_at: Instant
    issue: Finding | None = None
    answer: str = attrs.field(default="", converter=text)
    state: str = "asked"

    @property
    def open(self) -> bool:
        """Whether an answer is awaited."""
        return self.state == "asked"


@attrs.frozen(kw_only=True)
class Proposal:
    """One offer to the customer: order content at a price, valid until a moment.

    `order` is what the customer would order by confirming it; `requirement_ids` are what it answers. `revision`
    counts from 1 and goes up with every revision that the customer saw. `state` is one of `ProposalLifecycle`.
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    order: Order
    requirement_ids: tuple[DocumentId, ...] = attrs.field(default=(), converter=_ids)
    revision: int = attrs.field(default=1, converter=_revision)
    valid_until_at: Instant | None = None
    state: str = "drafted"

    @property
    def price(self) -> Money:
        """What is payable, tax included; it derives from the content."""
        return self.order.total

    @property
    def live(self) -> bool:
        """Whether it may still be confirmed, or be put before the customer."""
        return self.state in _LIVE


@attrs.frozen(kw_only=True)
class Baseline:
    """What both sides agreed on: the proposal that the customer confirmed, as it then was.

    The order is awaited until `order_by_at`, None where the order itself confirmed the proposal.
    """

    proposal_id: DocumentId = attrs.field(converter=DocumentId)
    revision: int = attrs.field(converter=_revision)
    order: Order
    requirement_ids: tuple[DocumentId, ...] = attrs.field(default=(), converter=_ids)
    confirmed_at: Instant
    order_by_at: Instant | None = None


def _requirements(given: Iterable[Requirement]) -> Lines[Requirement]:
    return Lines(given)


def _questions(given: Iterable[Question]) -> Lines[Question]:
    return Lines(given)


def _proposals(given: Iterable[Proposal]) -> Lines[Proposal]:
    return Lines(given)


@attrs.frozen(kw_only=True)
class Enquiry:
    """Everything that is known of an enquiry.

    `respond_by_at` is when we owe the customer a proposal or a question, None while it is the customer's turn;
    `overdue` counts the answers that came late. `analysis` is the last ruling of the analysis. `ordered` says that
    an order has come in: nothing of the enquiry lapses any more.
    """

    customer: Party
    opened_at: Instant
    subject: str = attrs.field(default="", converter=text)
    reference: str = attrs.field(default="", converter=text)
    requirements: Lines[Requirement] = attrs.field(factory=Lines[Requirement], converter=_requirements)
    questions: Lines[Question] = attrs.field(factory=Lines[Question], converter=_questions)
    proposals: Lines[Proposal] = attrs.field(factory=Lines[Proposal], converter=_proposals)
    analysis: AnalysisOutcome | None = None
    baseline: Baseline | None = None
    respond_by_at: Instant | None = None
    overdue: int = 0
    ordered: bool = False

    @property
    def active(self) -> tuple[Requirement, ...]:
        """The requirements that were not withdrawn."""
        return tuple(each for each in self.requirements if each.active)

    @property
    def submitted(self) -> tuple[Proposal, ...]:
        """The proposals that lie before the customer."""
        return tuple(each for each in self.proposals if each.state == "submitted")

    @property
    def open_questions(self) -> tuple[Question, ...]:
        """The questions whose answer is awaited."""
        return tuple(each for each in self.questions if each.open)

    @property
    def customers_turn(self) -> bool:
        """Whether the customer's word is awaited: on an offer, on a question, or the order itself."""
        asked = any(each.owner == CUSTOMER for each in self.open_questions)
        return asked or bool(self.submitted) or self.baseline is not None

    @property
    def next_due(self) -> Instant | None:
        """The earliest of: our answer, an open question, an offer's end, the order on what was confirmed."""
        if self.ordered:
            return None
        dues = [each.due_at for each in self.questions if each.open]
        dues += [each.valid_until_at for each in self.submitted if each.valid_until_at is not None]
        if self.baseline is not None and self.baseline.order_by_at is not None:
            dues.append(self.baseline.order_by_at)
        if self.respond_by_at is not None:
            dues.append(self.respond_by_at)
        return min(dues, default=None)
