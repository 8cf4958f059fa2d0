"""Books decide their commands and follow their events; cases quote, confirm and release through the same commands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

import attrs

from orderlib.errors import Finding, FindingCode, InvalidValueError, RefusedError, Severity
from orderlib.reservation.message import (
    BookOpened,
    ConfirmReservation,
    ExtendReservation,
    LevelsReported,
    OpenBook,
    QuoteReservation,
    ReallocateReservations,
    ReleaseReservation,
    ReportLevels,
    ReportReservationUsed,
    ReservationCommand,
    ReservationConfirmed,
    ReservationDrawn,
    ReservationEvent,
    ReservationExtended,
    ReservationLapsed,
    ReservationMove,
    ReservationQuoted,
    ReservationReleased,
    ReservationResized,
    ReservationUsedUnheld,
    ReservationUsedUp,
)
from orderlib.reservation.record import BookKind, Reservation, ReservationBook
from orderlib.reservation.table import RESERVATION
from orderlib.values.decimals import EXACT
from orderlib.values.instant import Instant
from orderlib.values.lines import Lines
from orderlib.values.message import Command, Event, Stamp
from orderlib.values.party import SYSTEM

__all__ = ["decide", "evolve", "lapse"]


def _code(name: str, en: str, zh: str, severity: Severity = Severity.ERROR) -> FindingCode:
    return FindingCode(f"reservation.{name}", severity, en, zh)


EXISTS: Final = _code("exists", "book {id} is kept already", "账簿 {id} 已存在")
UNKNOWN_BOOK: Final = _code("unknown-book", "there is no such book", "不存在该账簿")
UNKNOWN_COMMAND: Final = _code("unknown-command", "a book does not take {command}", "账簿不接受 {command}")
UNKNOWN: Final = _code("unknown", "there is no reservation {id}", "不存在预留 {id}")
TWICE: Final = _code("used-id", "reservation {id} exists already", "预留 {id} 已存在")
PAST: Final = _code("expired-before-quoted", "the quote would lapse before it stands", "报价在生效之前就已失效")
REASON: Final = _code("reason-missing", "a reason is needed", "必须说明原因")
GRANT: Final = _code("grant", "{id} cannot be granted {quantity}", "不能给 {id} 分配 {quantity}")
TOO_MUCH: Final = _code(
    "grants-too-much", "{quantity} more would be held than there is", "分配后的预留比现有多 {quantity}"
)
LATE: Final = _code(
    "after-lapse",
    "before this command's moment, quote {id} had lapsed",
    "在此命令之前，报价 {id} 已失效",
    Severity.INFO,
)
OVERDRAWN: Final = _code(
    "overdrawn", "{quantity} more are held than there are", "预留比现有多 {quantity}", Severity.WARNING
)
OVERUSED: Final = _code(
    "overused", "{used} were used of {held} that were held", "预留 {held}，实际使用 {used}", Severity.WARNING
)
UNHELD: Final = _code(
    "used-unheld",
    "{quantity} were used under {id}, which holds nothing",
    "{id} 未持有任何预留，却使用了 {quantity}",
    Severity.WARNING,
)
IMPOSSIBLE: Final = _code(
    "impossible-event", "{event} cannot follow in state {state}", "状态 {state} 之后不能出现事件 {event}"
)

_ZERO: Final = Decimal(0)
#: sweeping out what has ended costs the length of the list, so it waits until half of it has
_SWEEP_FROM: Final = 64


def decide(book: ReservationBook | None, command: Command) -> tuple[Event, ...]:
    """What a command changes; quotes that have lapsed by its moment lapse first.

    Raises `RefusedError` with every reason (`reservation.not-free`, `reservation.unknown`, `reservation.used-id`,
    `reservation.reason-missing`, `chart.no-move` …) and `InvalidValueError` for what cannot be asked of the book.
    """
    if isinstance(command, OpenBook):
        if book is not None:
            raise RefusedError(EXISTS("/book_id", id=book.id))
        opened = BookOpened(command.stamp(), command.book_id, command.book_kind, command.unit, command.levels)
        evolve(None, opened)  # a unit that is none is refused before the event exists
        return (opened,)
    handle = _HANDLERS.get(type(command))
    if handle is None or not isinstance(command, ReservationCommand):
        raise RefusedError(UNKNOWN_COMMAND(command=type(command).__name__))
    if book is None:
        raise RefusedError(UNKNOWN_BOOK("/book_id"), allowed=("OpenBook",))
    stamp = command.stamp()
    lapsed = lapse(book, command.moment, attrs.evolve(stamp, by=SYSTEM, reason=""))
    for each in lapsed:
        book = evolve(book, each)
    try:
        return (*lapsed, *handle(book, command, stamp))
    except RefusedError as refused:
        named = getattr(command, "reservation_id", None)
        late = [LATE("/at", id=each.reservation_id) for each in lapsed if each.reservation_id == named]
        raise RefusedError(*refused.findings, *late, allowed=_ALLOWED) from None


def lapse(book: ReservationBook | None, now: Instant, stamp: Stamp) -> tuple[ReservationLapsed, ...]:
    """The quotes that have lapsed by `now`, earliest first; each occurred when it lapsed."""
    if book is None:
        return ()
    due = [
        (each.expires_at, each.id)
        for each in book.reservations
        if each.state == "quoted" and each.expires_at is not None and each.expires_at <= now
    ]
    return tuple(ReservationLapsed(attrs.evolve(stamp, occurred_at=at), book.id, name) for at, name in sorted(due))


def _quote(book: ReservationBook, command: QuoteReservation, stamp: Stamp) -> tuple[Event, ...]:
    wrong: list[Finding] = []
    if command.reservation_id in book.reservations:
        wrong.append(TWICE("/reservation_id", id=command.reservation_id))
    if command.expires_at is not None and command.expires_at <= command.moment:
        wrong.append(PAST("/expires_at"))
    answer = book.inquire(command.quantity, command.on, command.until)
    if answer.free < command.quantity:
        wrong += [attrs.evolve(each, address="/quantity") for each in (*answer.reasons, *answer.otherwise)]
    if wrong:
        raise RefusedError(*wrong)
    reservation = Reservation(
        command.reservation_id,
        command.quantity,
        command.on,
        command.case_id,
        until=command.until,
        expires_at=command.expires_at,
    )
    return (ReservationQuoted(stamp, book.id, reservation),)


def _found(book: ReservationBook, id: str, move: str) -> Reservation:
    reservation = book.reservations.get(id)
    if reservation is None:
        raise RefusedError(UNKNOWN("/reservation_id", id=id))
    if RESERVATION.target(reservation.state, move) is None:
        raise RefusedError(RESERVATION.refusal(reservation.state, move, "/reservation_id"))
    return reservation


def _confirm(book: ReservationBook, command: ConfirmReservation, stamp: Stamp) -> tuple[Event, ...]:
    return (ReservationConfirmed(stamp, book.id, _found(book, command.reservation_id, "confirm").id),)


def _extend(book: ReservationBook, command: ExtendReservation, stamp: Stamp) -> tuple[Event, ...]:
    reservation = _found(book, command.reservation_id, "extend")
    if command.expires_at is not None and command.expires_at <= command.moment:
        raise RefusedError(PAST("/expires_at"))
    return (ReservationExtended(stamp, book.id, reservation.id, command.expires_at),)


def _release(book: ReservationBook, command: ReleaseReservation, stamp: Stamp) -> tuple[Event, ...]:
    return (ReservationReleased(stamp, book.id, _found(book, command.reservation_id, "release").id),)


def _report_levels(book: ReservationBook, command: ReportLevels, stamp: Stamp) -> tuple[Event, ...]:
    after = attrs.evolve(book, levels=command.levels, taken=_ZERO)
    findings = [OVERDRAWN("/levels", quantity=after.overdrawn)] if after.overdrawn else []
    return (LevelsReported(stamp, book.id, command.levels, findings),)


def _report_used(book: ReservationBook, command: ReportReservationUsed, stamp: Stamp) -> tuple[Event, ...]:
    name, quantity = command.reservation_id, command.quantity
    reservation = book.reservations.get(name)
    if reservation is None or not reservation.live:
        unheld = UNHELD("/reservation_id", id=name, quantity=quantity)
        return (ReservationUsedUnheld(stamp, book.id, name, quantity, [unheld]),)
    if quantity < reservation.held:
        return (ReservationDrawn(stamp, book.id, name, quantity),)
    over = quantity > reservation.held
    findings = [OVERUSED("/quantity", used=quantity, held=reservation.held)] if over else []
    return (ReservationUsedUp(stamp, book.id, name, quantity, findings),)


def _reallocate(book: ReservationBook, command: ReallocateReservations, stamp: Stamp) -> tuple[Event, ...]:
    wrong: list[Finding] = [] if command.reason else [REASON("/reason")]
    events: list[Event] = []
    seen: set[str] = set()
    for place, grant in enumerate(command.grants):
        where, reservation = f"/grants/{place}", book.reservations.get(grant.reservation_id)
        if reservation is None or not reservation.live:
            wrong.append(UNKNOWN(f"{where}/reservation_id", id=grant.reservation_id))
        elif grant.quantity < 0 or reservation.id in seen:
            wrong.append(GRANT(f"{where}/quantity", id=reservation.id, quantity=grant.quantity))
        elif not grant.quantity:
            events.append(ReservationReleased(stamp, book.id, reservation.id))
        elif grant.quantity != reservation.held:
            quantity = EXACT.add(grant.quantity, reservation.used)
            events.append(ReservationResized(stamp, book.id, reservation.id, quantity))
        seen.add(grant.reservation_id)
    if wrong:
        raise RefusedError(*wrong)
    after = book
    for each in events:
        after = evolve(after, each)
    if after.overdrawn > book.overdrawn:
        raise RefusedError(TOO_MUCH("/grants", quantity=after.overdrawn))
    return tuple(events)


_HANDLERS: Final[Mapping[type[Command], Callable[[ReservationBook, Any, Stamp], tuple[Event, ...]]]] = {
    QuoteReservation: _quote,
    ConfirmReservation: _confirm,
    ExtendReservation: _extend,
    ReleaseReservation: _release,
    ReportLevels: _report_levels,
    ReportReservationUsed: _report_used,
    ReallocateReservations: _reallocate,
}
_ALLOWED: Final = tuple(sorted(each.__name__ for each in _HANDLERS))


def evolve(book: ReservationBook | None, event: Event) -> ReservationBook:
    """The book after one event.

    Raises `InvalidValueError` (`reservation.impossible-event`) for an event that cannot follow: such a history was
    not made by `decide`.
    """
    if isinstance(event, BookOpened) and book is None:
        return ReservationBook(id=event.book_id, kind=event.book_kind, unit=event.unit, levels=event.levels, version=1)
    fold = _FOLDS.get(type(event))
    if book is None or fold is None or not isinstance(event, ReservationEvent):
        raise InvalidValueError(IMPOSSIBLE(event=type(event).__name__, state="-"))
    if isinstance(event, ReservationMove):
        known = book.reservations.get(event.reservation_id)
        if known is None or RESERVATION.target(known.state, event.move) is None:
            state = known.state if known else "-"
            raise InvalidValueError(IMPOSSIBLE(event=type(event).__name__, state=state))
    return attrs.evolve(fold(book, event), version=book.version + 1)


def _reported(book: ReservationBook, event: LevelsReported) -> ReservationBook:
    return attrs.evolve(book, levels=event.levels, taken=_ZERO)


def _quoted(book: ReservationBook, event: ReservationQuoted) -> ReservationBook:
    known = book.reservations
    if event.reservation.id in known:
        raise InvalidValueError(IMPOSSIBLE(event="ReservationQuoted", state=known[event.reservation.id].state))
    if len(known) >= _SWEEP_FROM and 2 * sum(not each.live for each in known) >= len(known):
        known = Lines(each for each in known if each.live)
    return attrs.evolve(book, reservations=known.add([event.reservation]))


def _moved(book: ReservationBook, event: ReservationMove, **changes: Any) -> ReservationBook:
    known = book.reservations[event.reservation_id]
    state = RESERVATION.moves[known.state][event.move]
    return attrs.evolve(book, reservations=book.reservations.replace([attrs.evolve(known, state=state, **changes)]))


def _confirmed(book: ReservationBook, event: ReservationConfirmed) -> ReservationBook:
    return _moved(book, event, expires_at=None)


def _extended(book: ReservationBook, event: ReservationExtended) -> ReservationBook:
    return _moved(book, event, expires_at=event.expires_at)


def _resized(book: ReservationBook, event: ReservationResized) -> ReservationBook:
    return _moved(book, event, quantity=event.quantity)


def _used(book: ReservationBook, event: ReservationDrawn | ReservationUsedUp) -> ReservationBook:
    used = EXACT.add(book.reservations[event.reservation_id].used, event.quantity)
    return _moved(_less(book, event.quantity), event, used=used)


def _unheld(book: ReservationBook, event: ReservationUsedUnheld) -> ReservationBook:
    return _less(book, event.quantity)


def _less(book: ReservationBook, quantity: Decimal) -> ReservationBook:
    """Goods that are used are gone; a capacity comes back."""
    if book.kind is BookKind.CAPACITY:
        return book
    return attrs.evolve(book, taken=EXACT.add(book.taken, quantity))


_FOLDS: Final[Mapping[type[Event], Callable[[ReservationBook, Any], ReservationBook]]] = {
    LevelsReported: _reported,
    ReservationQuoted: _quoted,
    ReservationConfirmed: _confirmed,
    ReservationExtended: _extended,
    ReservationResized: _resized,
    ReservationDrawn: _used,
    ReservationUsedUp: _used,
    ReservationUsedUnheld: _unheld,
    ReservationLapsed: _moved,
    ReservationReleased: _moved,
}
