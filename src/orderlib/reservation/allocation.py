"""A supply that is not enough for all, shared out again among orders by classes: a preview, before anybody is told.

Every claim belongs to a class, as backorder processing knows them:

* `win` gets all that it wants, before everybody else;
* `gain` keeps at least what it has, and gets more before those below;
* `redistribute` may get more or less, by rank;
* `improve` keeps at least what it has, and gets more from what the others leave;
* `fill` gets no more than it has, and may have to give it up;
* `lose` gives up everything.

Within a class the lower rank comes first, then the earlier day. A claim is served from what is there by its day.
Promises of the upper classes come first; where even these exceed what is there, it is said which could not be kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

import attrs

from orderlib.errors import Finding, FindingCode, InvalidValueError, Severity
from orderlib.reservation.message import ReservationGrant
from orderlib.reservation.record import BookKind, Level, ReservationBook, levels_of, on_day
from orderlib.values.codelist import member, whole
from orderlib.values.decimals import EXACT, Number, decimal
from orderlib.values.identifier import DocumentId
from orderlib.values.typed import tuple_of

__all__ = ["AllocationClass", "AllocationPreview", "Claim", "ClaimOutcome", "allocate", "claims_of"]


def _code(name: str, severity: Severity, en: str, zh: str) -> FindingCode:
    return FindingCode(f"reallocation.{name}", severity, en, zh)


NEGATIVE: Final = _code(
    "negative", Severity.ERROR, "{quantity} can be neither wanted nor had", "数量 {quantity} 既不能需求也不能持有"
)
TWICE: Final = _code("duplicate-claim", Severity.ERROR, "claim {id} stands twice", "需求 {id} 重复")
CAPACITY: Final = _code(
    "capacity", Severity.ERROR, "a capacity is given back and cannot be shared out so", "产能可归还，不能这样重新分配"
)
KEPT: Final = _code("kept", Severity.INFO, "{id} ({klass}) keeps {after}", "{id}（{klass}）保持 {after}")
GAINED: Final = _code(
    "gained", Severity.INFO, "{id} ({klass}) goes from {before} to {after}", "{id}（{klass}）由 {before} 增至 {after}"
)
LOST: Final = _code(
    "lost",
    Severity.WARNING,
    "{id} ({klass}) goes from {before} to {after}: {to} come first",
    "{id}（{klass}）由 {before} 减至 {after}：{to} 优先",
)
SHORT: Final = _code(
    "short",
    Severity.WARNING,
    "{id} wins and gets only {after} of {wanted}",
    "{id} 应全部满足，但只得到 {after}（需求 {wanted}）",
)
BROKEN: Final = _code(
    "broken",
    Severity.ERROR,
    "{id} ({klass}) should keep {before} and gets only {after}",
    "{id}（{klass}）应保持 {before}，但只得到 {after}",
)

_ZERO: Final = Decimal(0)
_NOBODY: Final = "others"


class AllocationClass(StrEnum):
    """What an allocation may do to a claim; the strongest first."""

    WIN = "win"
    GAIN = "gain"
    REDISTRIBUTE = "redistribute"
    IMPROVE = "improve"
    FILL = "fill"
    LOSE = "lose"


_KEEPING: Final = (AllocationClass.WIN, AllocationClass.GAIN, AllocationClass.IMPROVE)


def _class(value: str) -> AllocationClass:
    return member(AllocationClass, value, "/klass")


def _wanted(value: Number) -> Decimal:
    return _not_negative(value, "/wanted")


def _confirmed(value: Number) -> Decimal:
    return _not_negative(value, "/confirmed")


def _not_negative(value: Number, address: str) -> Decimal:
    number = decimal(value, address=address)
    if number < 0:
        raise InvalidValueError(NEGATIVE(address, quantity=number))
    return number


@attrs.frozen
class Claim:
    """What one order wants by a day, what it has confirmed now, its class and its rank (0 first).

    Raises `InvalidValueError` (`reallocation.negative`, `code.unknown`, `number.whole`, `decimal.*`, `id.*`).
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    wanted: Decimal = attrs.field(converter=_wanted)
    on: date = attrs.field(converter=on_day)
    klass: AllocationClass = attrs.field(default=AllocationClass.REDISTRIBUTE, converter=_class)
    confirmed: Decimal = attrs.field(default=_ZERO, converter=_confirmed, kw_only=True)
    rank: int = attrs.field(default=0, kw_only=True)

    def __attrs_post_init__(self) -> None:
        whole(self.rank, 0, 10**9, "/rank")


@attrs.frozen
class ClaimOutcome:
    """What became of a claim: what it had, what it has, and why."""

    claim: Claim
    after: Decimal
    reason: Finding

    @property
    def before(self) -> Decimal:
        """What it had."""
        return self.claim.confirmed

    @property
    def change(self) -> Decimal:
        """By how much it has more; below zero where it has less."""
        return EXACT.subtract(self.after, self.before)


def _outcomes(given: Iterable[ClaimOutcome]) -> tuple[ClaimOutcome, ...]:
    return tuple_of(ClaimOutcome, given, "/outcomes")


@attrs.frozen
class AllocationPreview:
    """Who would have what: in the order of the claims, with what is left over. Nothing has happened yet."""

    outcomes: tuple[ClaimOutcome, ...] = attrs.field(converter=_outcomes)
    supply: Decimal
    left: Decimal

    @property
    def changed(self) -> tuple[ClaimOutcome, ...]:
        """Those whose confirmation would change."""
        return tuple(each for each in self.outcomes if each.change)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Why each has what it has, what is lost or broken first."""
        return tuple(sorted((each.reason for each in self.outcomes), key=lambda each: -each.severity.rank))

    @property
    def grants(self) -> tuple[ReservationGrant, ...]:
        """The changes as `ReallocateReservations` takes them, where the claims are those of a book."""
        return tuple(ReservationGrant(each.claim.id, each.after) for each in self.changed)


@attrs.define
class _Sharing:
    """What is left by day, and what each claim has been given so far."""

    days: list[date]
    slack: list[Decimal]
    given: dict[DocumentId, Decimal]

    def give(self, claim: Claim, up_to: Decimal) -> None:
        """Give a claim what is left by its day, until it has so much."""
        wanted = EXACT.subtract(min(up_to, claim.wanted), self.given[claim.id])
        places = [place for place, on in enumerate(self.days) if on >= claim.on]
        free = min(self.slack[place] for place in places)
        taken = max(_ZERO, min(wanted, free))
        for place in places if taken else ():
            self.slack[place] = EXACT.subtract(self.slack[place], taken)
        self.given[claim.id] = EXACT.add(self.given[claim.id], taken)


def allocate(claims: Iterable[Claim], levels: Iterable[Level | tuple[str | date, Number]]) -> AllocationPreview:
    """Share what comes day by day (`levels`: so much more on a day) among the claims by their classes.

    A pure function: nothing is confirmed and nothing taken away by it. Raises `InvalidValueError`
    (`reallocation.duplicate-claim`, `reservation.level-twice`, `value.type`).
    """
    every, comes = tuple_of(Claim, claims, "/claims"), levels_of(levels)
    places = {each.id: place for place, each in enumerate(every)}
    wrong = [TWICE(f"/claims/{at}/id", id=each.id) for at, each in enumerate(every) if places[each.id] != at]
    if wrong:
        raise InvalidValueError(*wrong)
    days = sorted({each.on for each in every} | {each.on for each in comes})
    total, slack = _ZERO, list[Decimal]()
    by_day = {each.on: each.quantity for each in comes}
    for on in days:
        total = EXACT.add(total, by_day.get(on, _ZERO))
        slack.append(total)
    sharing = _Sharing(days, slack, {each.id: _ZERO for each in every})
    ranked = sorted(every, key=lambda each: (each.rank, each.on, places[each.id]))
    for klass in _KEEPING:
        for claim in (each for each in ranked if each.klass is klass):
            sharing.give(claim, claim.confirmed)
    for klass in AllocationClass:
        for claim in (each for each in ranked if each.klass is klass):
            sharing.give(claim, _aim(claim))
    strength = list(AllocationClass).index
    ranked.sort(key=lambda each: strength(each.klass))
    gainers = ", ".join(each.id for each in ranked if sharing.given[each.id] > each.confirmed) or _NOBODY
    outcomes = [
        ClaimOutcome(each, sharing.given[each.id], _reason(each, sharing.given[each.id], gainers)) for each in every
    ]
    left = total
    for each in outcomes:
        left = EXACT.subtract(left, each.after)
    return AllocationPreview(outcomes, total, left)


def _aim(claim: Claim) -> Decimal:
    """Up to what a claim of its class is served."""
    if claim.klass is AllocationClass.LOSE:
        return _ZERO
    return claim.confirmed if claim.klass is AllocationClass.FILL else claim.wanted


def _reason(claim: Claim, after: Decimal, gainers: str) -> Finding:
    facts: Mapping[str, Any] = {"id": claim.id, "klass": claim.klass, "before": claim.confirmed, "after": after}
    where = f"/claims/{claim.id}"
    if claim.klass in _KEEPING and after < min(claim.confirmed, claim.wanted):
        return BROKEN(where, **facts)
    if claim.klass is AllocationClass.WIN and after < claim.wanted:
        return SHORT(where, wanted=claim.wanted, **facts)
    if after < claim.confirmed:
        return LOST(where, to=gainers, **facts)
    return (GAINED if after > claim.confirmed else KEPT)(where, **facts)


def claims_of(
    book: ReservationBook, classes: Mapping[str, AllocationClass], *, wanted: Mapping[str, Number] | None = None
) -> tuple[Claim, ...]:
    """The live reservations of a book of stock as claims: by reservation their class, and what they want if it is more.

    Reservations without a class keep what they have (`gain`). Raises `InvalidValueError` (`reallocation.capacity`).
    """
    if book.kind is BookKind.CAPACITY:
        raise InvalidValueError(CAPACITY("/kind"))
    asked = wanted or {}
    return tuple(
        Claim(
            each.id,
            asked.get(each.id, each.held),
            each.on,
            classes.get(each.id, AllocationClass.GAIN),
            confirmed=each.held,
        )
        for each in book.live
    )
