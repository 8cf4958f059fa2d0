"""The needs of dated work held against what there is (PMI: resource requirements; resource histogram).

Each need is looked at by itself: a person of two skills is counted for both. Who really works on what, so that
nobody stands in two places, is for scheduling to settle; what fails here cannot be scheduled at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from decimal import Context, Decimal
from typing import Final

import attrs

from orderlib.errors import Finding, FindingCode, InvalidValueError, Severity
from orderlib.resource.record import ZERO, Need, Resource
from orderlib.values.calendar import WEEKDAYS
from orderlib.values.decimals import EXACT
from orderlib.values.identifier import DocumentId
from orderlib.values.instant import Instant, format_instant, instant
from orderlib.values.lines import Lines
from orderlib.values.typed import tuple_of
from orderlib.values.worktime import Calendar

__all__ = ["NeedAnalysis", "NeedTotal", "Work", "analyse_needs"]

NOBODY: Final = FindingCode(
    "resource.nobody",
    Severity.ERROR,
    "nothing and nobody can give {need}, which {work} needs",
    "没有资源具备 {work} 所需的 {need}",
)
TOO_FEW: Final = FindingCode(
    "resource.too-few",
    Severity.WARNING,
    "{wanted} of {need} are needed on {at}, by {work}; {able} can be had",
    "{at} 需要 {need} {wanted}（{work}），可用 {able}",
)
RUNS_OUT: Final = FindingCode(
    "resource.runs-out",
    Severity.ERROR,
    "{wanted} of {need} are needed in all, by {work}; there is {able}",
    "{need} 共需 {wanted}（{work}），仅有 {able}",
)
REVERSED: Final = FindingCode(
    "resource.reversed", Severity.ERROR, "work {work} ends before it starts", "工作 {work} 的结束早于开始"
)
_SECOND: Final = timedelta(seconds=1)
_HOURS: Final = Context(prec=28)


def _starts_at(value: Instant | str) -> Instant:
    return instant(value, address="/starts_at")


def _ends_at(value: Instant | str) -> Instant:
    return instant(value, address="/ends_at")


def _needs(given: Iterable[Need]) -> tuple[Need, ...]:
    return tuple_of(Need, given, "/needs")


@attrs.frozen
class Work:
    """Work with its dates and what it needs while it lasts.

    Raises `InvalidValueError` (`resource.reversed`, `instant.*`, `id.*`).
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    starts_at: Instant = attrs.field(converter=_starts_at)
    ends_at: Instant = attrs.field(converter=_ends_at)
    needs: tuple[Need, ...] = attrs.field(default=(), converter=_needs)

    def __attrs_post_init__(self) -> None:
        if self.ends_at < self.starts_at:
            raise InvalidValueError(REVERSED("/ends_at", work=self.id))


@attrs.frozen
class NeedTotal:
    """What all the work needs of one skill or resource.

    `seconds` are working seconds times amount (none for what is used up), `peak` the most that is needed at
    once, first at `peak_at`, by the work `at_peak`; `able` are the resources that can give it, `available` what of
    them can be had at the peak.
    """

    of: str
    seconds: Decimal
    peak: Decimal
    peak_at: Instant
    at_peak: tuple[DocumentId, ...]
    able: tuple[DocumentId, ...]
    available: Decimal

    @property
    def hours(self) -> Decimal:
        """The work in hours, to 28 digits."""
        return _HOURS.divide(self.seconds, 3600)

    @property
    def short(self) -> Decimal:
        """What is missing at the peak; never negative."""
        return max(ZERO, self.peak - self.available)


@attrs.frozen
class NeedAnalysis:
    """The totals, by name of the skill or resource, and a finding for each that cannot be met."""

    totals: tuple[NeedTotal, ...]
    findings: tuple[Finding, ...]

    def total(self, of: str) -> NeedTotal | None:
        """The total of a skill or resource, or None where nothing needs it."""
        return next((each for each in self.totals if each.of == of), None)


def analyse_needs(work: Iterable[Work], resources: Iterable[Resource], calendar: Calendar = WEEKDAYS) -> NeedAnalysis:
    """What the work needs of each skill and resource, against a pool; `calendar` says which hours are worked.

    Raises `InvalidValueError` (`lines.duplicate-id`) where a resource or a piece of work stands twice.
    """
    pool, every = Lines(resources), Lines(work)
    asked: dict[str, list[tuple[Work, Need]]] = {}
    for piece in every:
        for need in piece.needs:
            asked.setdefault(need.of, []).append((piece, need))
    totals: list[NeedTotal] = []
    wrong: list[Finding] = []
    for of in sorted(asked):
        uses = asked[of]
        able = [each for each in pool if any(each.meets(need) for _, need in uses)]
        total = _used_up(of, uses, able) if able and able[0].used_up else _occupied(of, uses, able, calendar)
        totals.append(total)
        wrong += _judged(total, [piece.id for piece, _ in uses], able)
    return NeedAnalysis(tuple(totals), tuple(wrong))


def _judged(total: NeedTotal, work: Sequence[str], able: Sequence[Resource]) -> Iterator[Finding]:
    address = f"/needs/{total.of}"
    if not able:
        yield NOBODY(address, need=total.of, work=", ".join(dict.fromkeys(work)))
    elif total.short:
        asked = ", ".join(total.at_peak)
        if able[0].used_up:
            yield RUNS_OUT(address, need=total.of, wanted=total.peak, able=total.available, work=asked)
        else:
            at = format_instant(total.peak_at)
            yield TOO_FEW(address, need=total.of, wanted=total.peak, able=total.available, work=asked, at=at)


def _used_up(of: str, uses: Sequence[tuple[Work, Need]], able: Sequence[Resource]) -> NeedTotal:
    wanted = _sum(need.amount for _, need in uses)
    last = max(piece.starts_at for piece, _ in uses)
    have = _sum(each.level_at(last) for each in able)
    work = tuple(dict.fromkeys(piece.id for piece, _ in uses))
    return NeedTotal(of, ZERO, wanted, last, work, tuple(each.id for each in able), have)


def _occupied(of: str, uses: Sequence[tuple[Work, Need]], able: Sequence[Resource], calendar: Calendar) -> NeedTotal:
    seconds = _sum(
        EXACT.multiply(need.amount, calendar.working_between(piece.starts_at, piece.ends_at) // _SECOND)
        for piece, need in uses
    )
    # what is needed rises only where some work begins: the peak lies at one of those instants
    peak, peak_at, at_peak = ZERO, uses[0][0].starts_at, tuple[DocumentId, ...]()
    for moment in sorted({piece.starts_at for piece, _ in uses}):
        running = [(d, n) for d, n in uses if d.starts_at <= moment < d.ends_at]
        wanted = _sum(need.amount for _, need in running)
        if wanted > peak:
            peak, peak_at, at_peak = wanted, moment, tuple(dict.fromkeys(d.id for d, _ in running))
    available = _sum(each.level_at(peak_at) for each in able)
    return NeedTotal(of, seconds, peak, peak_at, at_peak, tuple(each.id for each in able), available)


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    total = ZERO
    for amount in amounts:
        total = EXACT.add(total, amount)
    return total
