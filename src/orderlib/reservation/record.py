"""The book of one stock or one capacity: what is there from which day on, and who holds how much of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Any, Final, cast

import attrs

from orderlib.errors import FindingCode, InvalidValueError, Severity
from orderlib.values.codelist import member
from orderlib.values.decimals import EXACT, Number, decimal
from orderlib.values.decision import Decision, Verdict
from orderlib.values.identifier import CaseId, DocumentId
from orderlib.values.instant import Instant, day
from orderlib.values.lines import Lines
from orderlib.values.typed import tuple_of
from orderlib.values.unit import unit as unit_of

__all__ = ["BookKind", "InquiryDecision", "Level", "Reservation", "ReservationBook"]

AMOUNT: Final = FindingCode(
    "reservation.quantity", Severity.ERROR, "a quantity of {quantity} cannot be reserved", "不能预留数量 {quantity}"
)
LEVEL: Final = FindingCode(
    "reservation.level", Severity.ERROR, "{quantity} cannot be there on {on}", "{on} 的数量不能为 {quantity}"
)
LEVEL_TWICE: Final = FindingCode(
    "reservation.level-twice", Severity.ERROR, "two quantities are given for {on}", "{on} 给出了两个数量"
)
REVERSED: Final = FindingCode(
    "reservation.period", Severity.ERROR, "from {on} to {until} is no period", "{on} 至 {until} 不是有效期间"
)
NO_PERIOD: Final = FindingCode(
    "reservation.no-period", Severity.ERROR, "stock is taken on a day, not for a period", "库存按日领用，不按期间"
)
FREE: Final = FindingCode(
    "reservation.free",
    Severity.INFO,
    "{free} of {book} are free on {on}, {asked} are asked for",
    "{on} 时 {book} 可用 {free}，需求 {asked}",
)
NOT_FREE: Final = FindingCode(
    "reservation.not-free",
    Severity.ERROR,
    "{free} of {book} are free on {on}, {asked} are asked for",
    "{on} 时 {book} 仅可用 {free}，需求 {asked}",
)
FREE_LATER: Final = FindingCode(
    "reservation.free-later", Severity.INFO, "{asked} of {book} are free from {on} on", "自 {on} 起 {book} 可用 {asked}"
)

_ZERO: Final = Decimal(0)
_LIVE: Final = frozenset({"quoted", "confirmed"})


class BookKind(StrEnum):
    """What is reserved: goods that are used up, or a capacity that is given back."""

    STOCK = "stock"
    CAPACITY = "capacity"


def book_kind(value: str) -> BookKind:
    """The kind that a code stands for; a converter."""
    return member(BookKind, value, "/kind")


def amount(value: Number) -> Decimal:
    """A quantity above zero. Raises `InvalidValueError` (`reservation.quantity`, `decimal.*`)."""
    number = decimal(value, address="/quantity")
    if number <= 0:
        raise InvalidValueError(AMOUNT("/quantity", quantity=number))
    return number


def on_day(value: str | date) -> date:
    """A day at `/on`; a converter."""
    return day(value, address="/on")


def until_day(value: str | date | None) -> date | None:
    """A day at `/until`, or none; a converter."""
    return None if value is None else day(value, address="/until")


def check_period(on: date, until: date | None) -> None:
    """Raise `InvalidValueError` (`reservation.period`) for a period that ends before it begins."""
    if until is not None and until < on:
        raise InvalidValueError(REVERSED("/until", on=on, until=until))


def _level_quantity(value: Number) -> Decimal:
    return decimal(value, address="/quantity")


@attrs.frozen
class Level:
    """In a book of stock: so much more comes on a day. In a book of capacity: so much is there from a day on."""

    on: date = attrs.field(converter=on_day)
    quantity: Decimal = attrs.field(converter=_level_quantity)

    def __attrs_post_init__(self) -> None:
        if self.quantity < 0:
            raise InvalidValueError(LEVEL("/quantity", on=self.on, quantity=self.quantity))


def levels_of(given: Iterable[Level | tuple[str | date, Number]]) -> tuple[Level, ...]:
    """Levels in the order of their days, from levels or pairs; a converter.

    Raises `InvalidValueError` (`reservation.level-twice` for a day that stands twice).
    """
    made: list[Level] = []
    for place, each in enumerate(tuple_of(object, given, "/levels")):
        if isinstance(each, Level):
            made.append(each)
        else:
            pair: tuple[Any, ...] = tuple_of(object, cast("Iterable[object]", each), f"/levels/{place}")
            on: Any = pair[0] if len(pair) == 2 else pair  # no pair is no day either, and is refused as such
            made.append(Level(on, pair[-1] if pair else 0))
    made.sort(key=lambda each: each.on)
    for before, here in pairwise(made):
        if before.on == here.on:
            raise InvalidValueError(LEVEL_TWICE("/levels", on=here.on))
    return tuple(made)


@attrs.frozen
class Reservation:
    """So much held for a case: of a stock from a day on, of a capacity from a day to another, both included.

    A quote lapses at `expires_at`; `state` is one of `ReservationLifecycle`. `used` is what deliveries have taken of
    it so far: it is held no longer. Raises `InvalidValueError` (`reservation.quantity`, `reservation.period`, `id.*`).
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    quantity: Decimal = attrs.field(converter=amount)
    on: date = attrs.field(converter=on_day)
    case_id: CaseId = attrs.field(converter=CaseId)
    until: date | None = attrs.field(default=None, converter=until_day, kw_only=True)
    expires_at: Instant | None = attrs.field(default=None, kw_only=True)
    state: str = attrs.field(default="quoted", kw_only=True)
    used: Decimal = attrs.field(default=_ZERO, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_period(self.on, self.until)

    @property
    def live(self) -> bool:
        """Whether it holds anything."""
        return self.state in _LIVE

    @property
    def held(self) -> Decimal:
        """What it still holds."""
        return max(_ZERO, EXACT.subtract(self.quantity, self.used)) if self.live else _ZERO


@attrs.frozen
class InquiryDecision(Decision[Verdict]):
    """The answer to an inquiry, which holds nothing: yes or no, what is free, and from when on there is enough."""

    free: Decimal = attrs.field(default=_ZERO, kw_only=True)
    earliest_on: date | None = attrs.field(default=None, kw_only=True)


def _reservations(given: Iterable[Reservation]) -> Lines[Reservation]:
    return given if isinstance(given, Lines) else Lines(tuple_of(Reservation, given, "/reservations"))


def _unit(code: str) -> str:
    return unit_of(code, address="/unit").code


@attrs.frozen(kw_only=True)
class ReservationBook:
    """The stream of one stock or capacity: its levels, and the reservations on it.

    `taken` is what has left a stock since its levels were reported. Ended reservations are kept until half of all have
    ended, and then swept out. Made by `evolve` from events; `version` counts them.
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    kind: BookKind = attrs.field(default=BookKind.STOCK, converter=book_kind)
    unit: str = attrs.field(default="C62", converter=_unit)
    levels: tuple[Level, ...] = attrs.field(default=(), converter=levels_of)
    reservations: Lines[Reservation] = attrs.field(factory=Lines[Reservation], converter=_reservations)
    taken: Decimal = _ZERO
    version: int = 0

    @property
    def live(self) -> tuple[Reservation, ...]:
        """The reservations that hold something."""
        return tuple(each for each in self.reservations if each.held)

    @property
    def next_due(self) -> Instant | None:
        """When the next quote lapses."""
        quotes = (each.expires_at for each in self.reservations if each.state == "quoted")
        return min((at for at in quotes if at is not None), default=None)

    @property
    def references(self) -> tuple[tuple[str, str], ...]:
        """Under what the stream can be found again: the cases that hold something."""
        return tuple(("case", case_id) for case_id in dict.fromkeys(str(each.case_id) for each in self.live))

    @property
    def overdrawn(self) -> Decimal:
        """How much more is held than there is, on the day on which it is most: a level was reported too low for it."""
        _, slack = self._profile()
        return max((-each for each in slack if each < 0), default=_ZERO)

    def free(self, on: str | date, until: str | date | None = None) -> Decimal:
        """How much can still be reserved on a day, or from a day to another, and taken from nobody; never below zero.

        Raises `InvalidValueError` (`reservation.no-period`, `reservation.period`, `value.day-malformed`).
        """
        first, last = on_day(on), until_day(until)
        self.check(first, last)
        days, slack = self._profile()
        start = bisect_right(days, first)
        stop = len(days) if self.kind is BookKind.STOCK else bisect_right(days, last or first)
        here = slack[start - 1] if start else _ZERO
        return max(_ZERO, min((here, *slack[start:stop])))

    def check(self, on: date, until: date | None) -> None:
        """Raise `InvalidValueError` (`reservation.no-period`, `reservation.period`) for what cannot be asked here."""
        if until is not None and self.kind is BookKind.STOCK:
            raise InvalidValueError(NO_PERIOD("/until"))
        check_period(on, until)

    def inquire(self, quantity: Number, on: str | date, until: str | date | None = None) -> InquiryDecision:
        """Whether so much could be reserved; nothing is held. Raises as `free` does, and `reservation.quantity`."""
        asked, first, last = amount(quantity), on_day(on), until_day(until)
        free = self.free(first, last)
        facts = {"book": self.id, "asked": asked}
        if free >= asked:
            reason = FREE("/levels", severity=None, free=free, on=first, **facts)
            return InquiryDecision(Verdict.YES, (reason,), free=free, earliest_on=first)
        reason = NOT_FREE("/levels", severity=None, free=free, on=first, **facts)
        earliest = self._earliest(asked, first, last)
        later = () if earliest is None else (FREE_LATER("/levels", severity=None, on=earliest, **facts),)
        return InquiryDecision(Verdict.NO, (reason,), later, free=free, earliest_on=earliest)

    def _earliest(self, asked: Decimal, first: date, last: date | None) -> date | None:
        """The first day from which there is enough, for as long as was asked."""
        days, slack = self._profile()
        length = None if self.kind is BookKind.STOCK else (last or first) - first
        start = here = bisect_right(days, first)
        while here < len(days):
            if length is not None and days[start] > date.max - length:
                return None
            if length is not None and days[here] > days[start] + length:
                break
            here += 1
            if slack[here - 1] < asked:
                start = here  # nothing that begins before this day would do
        return days[start] if start < len(days) else None

    def _profile(self) -> tuple[list[date], list[Decimal]]:
        """The days on which it changes, and what there is from each on, less what is held: below zero if overdrawn."""
        change: dict[date, Decimal] = {}
        if self.taken:  # what is gone has come before, with the first
            change[self.levels[0].on if self.levels else date.min] = EXACT.minus(self.taken)
        before = _ZERO
        for level in self.levels:
            _add(change, level.on, EXACT.subtract(level.quantity, before))
            before = level.quantity if self.kind is BookKind.CAPACITY else before
        for each in self.live:
            _add(change, each.on, EXACT.minus(each.held))
            last = each.until or each.on
            if self.kind is BookKind.CAPACITY and last < date.max:
                _add(change, date.fromordinal(last.toordinal() + 1), each.held)
        days, total = sorted(change), _ZERO
        return days, [total := EXACT.add(total, change[on]) for on in days]


def _add(change: dict[date, Decimal], on: date, quantity: Decimal) -> None:
    change[on] = EXACT.add(change.get(on, _ZERO), quantity)
