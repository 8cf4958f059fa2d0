"""What review keeps: panels, what their members found, what was decided, and what still has to happen for it.

A round is one sitting of a panel. Each seat of it stands for a discipline (technology, production, finance …) and
has one live assessment; one that was withdrawn or voided stays as evidence, and so does every round.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from enum import StrEnum
from typing import Final

import attrs

from orderlib.errors import Finding
from orderlib.order.field import Aspect
from orderlib.review.advice import Recommendation, RiskDraft, recommendations_of, risks_of, words_of
from orderlib.review.condition import Condition, ConditionDraft, CounterOffer, conditions_of, drafts_of
from orderlib.values.codelist import member
from orderlib.values.identifier import ActorId, Identifier, text
from orderlib.values.instant import Instant, instant
from orderlib.values.lines import Lines
from orderlib.values.party import Actor
from orderlib.values.typed import check_declared, tuple_of

__all__ = [
    "EVERY_ASPECT",
    "Approval",
    "Assessment",
    "Dissent",
    "Opinion",
    "PanelKind",
    "PendingApproval",
    "ReviewOutcome",
    "ReviewRound",
    "Reviews",
    "Seat",
]

#: what an approval covers unless something says less: everything but notes and references
EVERY_ASPECT: Final[frozenset[Aspect]] = frozenset(Aspect) - {Aspect.OTHER}


class Opinion(StrEnum):
    """What one discipline says, best first; `review` is what nobody has judged, and never counts as a yes."""

    ACCEPT = "accept"
    CONDITIONS = "accept-with-conditions"
    REVIEW = "review"
    REJECT = "reject"


class ReviewOutcome(StrEnum):
    """What the review says to the order, best first; `undecided` sends it back to people."""

    ACCEPTED = "accepted"
    CONDITIONALLY_ACCEPTED = "conditionally_accepted"
    UNDECIDED = "undecided"
    REJECTED = "rejected"

    @property
    def response_code(self) -> str:
        """The code of the answer to the customer (UNCL 4343: AP, CA, RE); empty while nothing is decided."""
        return _RESPONSE[self]

    @property
    def accepting(self) -> bool:
        """Whether the order goes on."""
        return self in (ReviewOutcome.ACCEPTED, ReviewOutcome.CONDITIONALLY_ACCEPTED)


_RESPONSE: Final = {
    ReviewOutcome.ACCEPTED: "AP",
    ReviewOutcome.CONDITIONALLY_ACCEPTED: "CA",
    ReviewOutcome.UNDECIDED: "",
    ReviewOutcome.REJECTED: "RE",
}


class PanelKind(StrEnum):
    """How large a panel an order needs, lightest first."""

    AUTOMATIC = "automatic"
    SMALL = "small"
    FULL = "full"


def opinion_of(value: str) -> Opinion:
    """The opinion that a code stands for; raises `InvalidValueError` (`code.unknown`)."""
    return member(Opinion, value, "/opinion")


def _aspects(given: Iterable[str]) -> frozenset[Aspect]:
    return frozenset(member(Aspect, each, "/scope") for each in tuple_of(str, given, "/scope"))


def findings_of(given: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings as a tuple; a converter for the fields that hold them. Raises `InvalidValueError` (`value.type`)."""
    return tuple_of(Finding, given, "/findings")


def _due(value: Instant | str) -> Instant:
    return instant(value, address="/due_at")


def _escalates(value: Instant | str) -> Instant:
    return instant(value, address="/escalates_at")


def _lapses(value: Instant | str) -> Instant:
    return instant(value, address="/lapses_at")


@attrs.frozen(kw_only=True)
class Seat:
    """One seat of a panel: a discipline, the department that holds it and the one that steps in for it.

    `assessors` are the policy slots that judge for this discipline; where `automatic` is set, their word fills the
    seat, unless they miss a fact. A `required` seat must be filled whatever the quorum. `scope` is what of the order
    the discipline judges: a change of it voids the assessment. By `due_at` it is to be filled; at `escalates_at`
    the accountable takes it over, and at `lapses_at` it counts as judged *review*.
    """

    id: Identifier = attrs.field(converter=Identifier)
    department: str = attrs.field(converter=text)
    deputy: str = attrs.field(default="management", converter=text)
    assessors: tuple[str, ...] = attrs.field(default=(), converter=words_of)
    automatic: bool = False
    required: bool = True
    scope: frozenset[Aspect] = attrs.field(default=EVERY_ASPECT, converter=_aspects)
    due_at: Instant = attrs.field(converter=_due)
    escalates_at: Instant = attrs.field(converter=_escalates)
    lapses_at: Instant = attrs.field(converter=_lapses)

    def __attrs_post_init__(self) -> None:
        check_declared(self)


@attrs.frozen(kw_only=True)
class Assessment:
    """What one discipline found; `review` until somebody has said otherwise.

    `state` is one of `AssessmentLifecycle`; `department` is whose word is wanted now (the seat's, then its deputy's,
    then the accountable's). `findings` are what was noticed, `conditions` under what it is accepted; `risks`,
    `recommendations` and `suggestions` (plain words) come with it. `automatic` says that policies filled it,
    `advice` what they said where a person has the word. `recused` are people who may not fill it.
    """

    discipline: Identifier = attrs.field(converter=Identifier)
    opinion: Opinion = attrs.field(default=Opinion.REVIEW, converter=opinion_of)
    findings: tuple[Finding, ...] = attrs.field(default=(), converter=findings_of)
    conditions: tuple[ConditionDraft, ...] = attrs.field(default=(), converter=drafts_of)
    risks: tuple[RiskDraft, ...] = attrs.field(default=(), converter=risks_of)
    recommendations: tuple[Recommendation, ...] = attrs.field(default=(), converter=recommendations_of)
    suggestions: tuple[str, ...] = attrs.field(default=(), converter=words_of)
    state: str = "assigned"
    department: str = attrs.field(default="", converter=text)
    scope: frozenset[Aspect] = attrs.field(default=EVERY_ASPECT, converter=_aspects)
    due_at: Instant | None = None
    by: Actor | None = None
    submitted_at: Instant | None = None
    automatic: bool = False
    advised: bool = False
    advice: tuple[Finding, ...] = attrs.field(default=(), converter=findings_of)
    recused: tuple[ActorId, ...] = ()

    @property
    def open(self) -> bool:
        """Whether somebody's word is still wanted."""
        return self.state in ("assigned", "overdue", "escalated", "defaulted")


@attrs.frozen(kw_only=True)
class Dissent:
    """An opinion that the decision went against, kept with it."""

    discipline: Identifier = attrs.field(converter=Identifier)
    opinion: Opinion = attrs.field(converter=opinion_of)
    by: Actor | None = None
    findings: tuple[Finding, ...] = attrs.field(default=(), converter=findings_of)


@attrs.frozen(kw_only=True)
class PendingApproval:
    """A decision that waits for somebody with the authority to approve it, until `due_at`.

    `outcome` rules, `proposed` is what the policy said, `needed` why the one who proposes it may not approve it;
    what comes of the decision stands here until it is approved.
    """

    outcome: ReviewOutcome
    proposed: ReviewOutcome
    proposed_by: Actor
    due_at: Instant
    reasons: tuple[Finding, ...] = attrs.field(default=(), converter=findings_of)
    needed: tuple[Finding, ...] = attrs.field(default=(), converter=findings_of)
    conditions: tuple[ConditionDraft, ...] = attrs.field(default=(), converter=drafts_of)
    risks: tuple[RiskDraft, ...] = attrs.field(default=(), converter=risks_of)
    recommendations: tuple[Recommendation, ...] = attrs.field(default=(), converter=recommendations_of)
    answer_within: timedelta = timedelta(days=14)


@attrs.frozen(kw_only=True)
class Approval:
    """An acceptance that stands, with its scope: what of the order it was given for.

    `void` says that a later change has touched the scope; then nothing may build on it any more.
    """

    outcome: ReviewOutcome
    round: str
    revision: int
    scope: frozenset[Aspect] = attrs.field(default=EVERY_ASPECT, converter=_aspects)
    by: tuple[Actor, ...] = ()
    at: Instant
    void: bool = False


def _seats(given: Iterable[Seat]) -> Lines[Seat]:
    return Lines(given)


@attrs.frozen(kw_only=True)
class ReviewRound:
    """One sitting of a panel: its seats, what each found, the quorum, and what came out.

    `assessments` holds the live one of each seat by discipline, `evidence` those that were withdrawn or voided.
    The `chair` (a department) is to decide by `decide_by`. `outcome` is None until decided; `stale` says that the
    order changed meanwhile, so that the panel has to meet anew; `adjourned` that it met and could not decide.
    """

    id: Identifier = attrs.field(converter=Identifier)
    kind: PanelKind
    seats: Lines[Seat] = attrs.field(converter=_seats)
    assessments: tuple[Assessment, ...] = ()
    evidence: tuple[Assessment, ...] = ()
    quorum: int = 1
    chair: str = "sales"
    convened_at: Instant
    decide_by: Instant
    approve_within: timedelta = timedelta(days=2)
    late: bool = False
    stale: bool = False
    adjourned: bool = False
    pending: PendingApproval | None = None
    outcome: ReviewOutcome | None = None
    decided_at: Instant | None = None
    reasons: tuple[Finding, ...] = attrs.field(default=(), converter=findings_of)
    dissent: tuple[Dissent, ...] = ()

    @property
    def open(self) -> bool:
        """Whether it may still decide."""
        return self.outcome is None and not self.stale

    @property
    def filled(self) -> int:
        """How many seats have spoken."""
        return sum(each.state == "submitted" for each in self.assessments)

    @property
    def quorate(self) -> bool:
        """Whether enough seats have spoken."""
        return self.filled >= self.quorum

    def assessment(self, discipline: str) -> Assessment | None:
        """The live assessment of a discipline, or None."""
        return next((each for each in self.assessments if each.discipline == discipline), None)

    def missing(self) -> tuple[Assessment, ...]:
        """Those without whom nothing can be decided: required seats, and all while there is no quorum."""
        quorate = self.quorate
        seats = self.seats
        return tuple(
            each for each in self.assessments if each.open and (not quorate or seats[each.discipline].required)
        )

    def binding(self) -> tuple[Assessment, ...]:
        """What the decision rests on: all that was said, and what is missing as *review*."""
        missing = {each.discipline for each in self.missing()}
        return tuple(each for each in self.assessments if each.state == "submitted" or each.discipline in missing)

    @property
    def next_due(self) -> Instant | None:
        """When the next wait of the round ends."""
        if self.outcome is not None:
            return None
        return self.pending.due_at if self.pending is not None else min(self._waits(), default=None)

    def _waits(self) -> Iterator[Instant]:
        if not self.late:
            yield self.decide_by
        if not self.stale:
            yield from (each.due_at for each in self.assessments if each.due_at is not None and each.open)


_NO_CONDITIONS: Final = Lines[Condition]()


@attrs.frozen(kw_only=True)
class Reviews:
    """All rounds of an order's review, the acceptance that stands, its conditions, and what was advised.

    `again` names the disciplines that must judge anew when the panel meets again, `reopened` says that it must,
    until `reconvene_by`: a change, or a condition of our own that is overdue, sent the order back. `closed` says
    that the order came to an end, so that nothing here is waited for.
    """

    rounds: tuple[ReviewRound, ...] = ()
    approval: Approval | None = None
    conditions: Lines[Condition] = attrs.field(default=_NO_CONDITIONS, converter=conditions_of)
    counter_offer: CounterOffer | None = None
    recommendations: tuple[Recommendation, ...] = attrs.field(default=(), converter=recommendations_of)
    again: frozenset[str] = frozenset()
    reopened: bool = False
    reconvene_by: Instant | None = None
    closed: bool = False

    @property
    def current(self) -> ReviewRound | None:
        """The latest round, decided or not."""
        return self.rounds[-1] if self.rounds else None

    @property
    def sitting(self) -> ReviewRound | None:
        """The round that may still decide, or None."""
        current = self.current
        return current if current is not None and current.open else None

    @property
    def approved(self) -> bool:
        """Whether an acceptance stands and no change has voided it."""
        return self.approval is not None and not self.approval.void

    @property
    def voided(self) -> bool:
        """Whether there was an acceptance, and a change has voided it."""
        return self.approval is not None and self.approval.void

    @property
    def next_due(self) -> Instant | None:
        """When the next thing here lapses: an assessment, an approval, the counter-offer, a condition."""
        return None if self.closed else min(self._waits(), default=None)

    def _waits(self) -> Iterator[Instant]:
        if self.reconvene_by is not None:
            yield self.reconvene_by
        current = self.current
        if current is not None and (due := current.next_due) is not None:
            yield due
        if self.counter_offer is not None and self.counter_offer.state == "made":
            yield self.counter_offer.due_at
        yield from (each.due_at for each in self.conditions if each.waiting)
