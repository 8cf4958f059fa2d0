"""Who reviews an order: by its type, its amount, and whether anything about it is out of the ordinary."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

import attrs

from orderlib.errors import Finding, FindingCode, Severity
from orderlib.order.field import Aspect
from orderlib.order.record import Order, OrderType
from orderlib.review.amount import converted
from orderlib.review.policy import PanelDecision
from orderlib.review.record import PanelKind, Seat
from orderlib.values.calendar import WEEKDAYS
from orderlib.values.fact import Facts
from orderlib.values.identifier import text
from orderlib.values.instant import Instant
from orderlib.values.money import Money
from orderlib.values.parameter import of_type, span, whole_between
from orderlib.values.typed import tuple_of
from orderlib.values.worktime import Calendar

__all__ = ["PanelByTypeAndAmount", "SeatTemplate"]

CLEAN: Final = FindingCode(
    "panel.clean",
    Severity.INFO,
    "{total} is within {limit} and nothing is out of the ordinary",
    "{total} 未超过 {limit}，且无特殊情况",
)
ABOVE: Final = FindingCode("panel.above", Severity.INFO, "{total} is above {limit}", "{total} 超过 {limit}")
INCOMPARABLE: Final = FindingCode(
    "panel.no-rate",
    Severity.WARNING,
    "{total} cannot be compared with {limit} without a rate",
    "缺少汇率，无法将 {total} 与 {limit} 比较",
)
UNUSUAL: Final = FindingCode("panel.unusual", Severity.INFO, "{what} is out of the ordinary", "{what} 属于特殊情况")


@attrs.frozen(kw_only=True)
class SeatTemplate:
    """A seat as a panel policy words it, before it has deadlines; fields as in `Seat`."""

    id: str
    department: str
    deputy: str = "management"
    assessors: tuple[str, ...] = ()
    required: bool = True
    scope: frozenset[Aspect]


def _about(*aspects: Aspect) -> frozenset[Aspect]:
    return frozenset(aspects)


#: what each discipline judges, who holds its seat, and which policies can speak for it
DISCIPLINES: Final[tuple[SeatTemplate, ...]] = (
    SeatTemplate(
        id="technology",
        department="technology",
        deputy="quality",
        assessors=("assess_technical",),
        scope=_about(Aspect.SPECIFICATION),
    ),
    SeatTemplate(
        id="production",
        department="production",
        deputy="planning",
        assessors=("assess_capacity",),
        scope=_about(Aspect.SPECIFICATION, Aspect.QUANTITY, Aspect.DATE),
    ),
    SeatTemplate(
        id="purchasing",
        department="purchasing",
        deputy="logistics",
        assessors=("assess_supply",),
        required=False,
        scope=_about(Aspect.SPECIFICATION, Aspect.QUANTITY, Aspect.DATE),
    ),
    SeatTemplate(
        id="market",
        department="market",
        deputy="sales",
        assessors=("assess_market",),
        required=False,
        scope=_about(Aspect.PRICE, Aspect.PARTY, Aspect.TERMS),
    ),
    SeatTemplate(
        id="finance",
        department="finance",
        assessors=("assess_benefit", "assess_credit"),
        scope=_about(Aspect.PRICE, Aspect.QUANTITY, Aspect.PARTY, Aspect.TERMS),
    ),
    SeatTemplate(
        id="legal",
        department="legal",
        assessors=("assess_trade",),
        scope=_about(Aspect.PARTY, Aspect.PLACE, Aspect.TERMS, Aspect.SPECIFICATION),
    ),
    SeatTemplate(
        id="quality",
        department="quality",
        deputy="technology",
        assessors=("assess_risk",),
        required=False,
        scope=_about(Aspect.SPECIFICATION, Aspect.QUANTITY, Aspect.DATE, Aspect.PLACE, Aspect.PARTY, Aspect.TERMS),
    ),
)
#: seats of a small panel; on a full one everybody sits
SMALL: Final = ("production", "purchasing", "finance", "legal")
_ROUTINE: Final = frozenset({OrderType.ORDER, OrderType.CALL_OFF, OrderType.RUSH, OrderType.CONSIGNMENT})


def _templates(given: Iterable[SeatTemplate]) -> tuple[SeatTemplate, ...]:
    return tuple_of(SeatTemplate, given, "/disciplines")


def _names(given: Iterable[str]) -> tuple[str, ...]:
    return tuple_of(str, given, "/small")


@attrs.frozen(kw_only=True)
class PanelByTypeAndAmount:
    """An ordinary order up to `clean_amount` is left to the assessor policies, one up to `small_amount` to four
    seats; everything else, and whatever is out of the ordinary, goes to the whole panel, of which people fill
    every seat.

    On a small panel technology sits as well where a line has specifications of its own, or the facts hold the
    engineers' word on an article. Out of the ordinary are types other than orders, call-offs, rush and consignment
    orders, lines without a price, special terms of delivery, and attached papers that somebody has to read. Amounts
    are net of tax; one in another currency is compared at the rate kept on the order, or one of the facts, and goes
    to the whole panel where there is none. Rush orders have half the time. On the whole panel `absent` seats may stay
    empty, if they are not required.

    `within`, `escalation` and `last` are working time by `calendar`: to assess, to do so once it is overdue, to do
    so once the accountable has it. The chair decides in as much time again.
    """

    clean_amount: Money = attrs.field(factory=lambda: Money("10000", "EUR"), validator=of_type(Money))
    small_amount: Money | None = attrs.field(default=None, validator=attrs.validators.optional(of_type(Money)))
    disciplines: tuple[SeatTemplate, ...] = attrs.field(default=DISCIPLINES, converter=_templates)
    small: tuple[str, ...] = attrs.field(default=SMALL, converter=_names)
    absent: int = attrs.field(default=2, validator=whole_between(0, 10000))
    chair: str = attrs.field(default="sales", converter=text)
    within: timedelta = attrs.field(default=timedelta(hours=16), validator=span())
    escalation: timedelta = attrs.field(default=timedelta(hours=8), validator=span())
    last: timedelta = attrs.field(default=timedelta(hours=8), validator=span())
    calendar: Calendar = attrs.field(default=WEEKDAYS, validator=of_type(Calendar))

    def __call__(self, order: Order, convened_at: Instant, facts: Facts, /) -> PanelDecision:
        """The panel, with the reason for its size."""
        unusual = tuple(_unusual(order))
        kind, reasons, otherwise = self._sized(order, facts)
        if unusual:
            kind, reasons, otherwise = PanelKind.FULL, unusual, ()
        small = (*self.small, "technology") if _specified(order, facts) else self.small
        chosen = [each for each in self.disciplines if kind is PanelKind.FULL or each.id in small]
        speed = 2 if order.type is OrderType.RUSH else 1
        seats = tuple(self._seat(each, kind, convened_at, speed) for each in chosen)
        required = sum(seat.required for seat in seats)
        decide_by = self.calendar.add_working(convened_at, (self.within + self.escalation + self.last) / speed * 2)
        return PanelDecision(
            kind,
            reasons,
            otherwise,
            seats=seats,
            quorum=max(1, required, len(seats) - self.absent) if kind is PanelKind.FULL else len(seats),
            chair=self.chair,
            decide_by=decide_by,
            approve_within=self.within,
        )

    def _sized(self, order: Order, facts: Facts) -> tuple[PanelKind, tuple[Finding, ...], tuple[Finding, ...]]:
        total = order.totals.tax_exclusive
        small = self.small_amount if self.small_amount is not None else self.clean_amount * 10
        tried: list[Finding] = []
        for kind, limit in ((PanelKind.AUTOMATIC, self.clean_amount), (PanelKind.SMALL, small)):
            amount = converted(total, limit.currency, order, facts)
            if amount is None:
                return PanelKind.FULL, (INCOMPARABLE("/currency", total=total, limit=limit),), ()
            if amount <= limit:
                return kind, (*tried, CLEAN("/total", total=total, limit=limit)), ()
            tried.append(ABOVE("/total", total=total, limit=limit))
        return PanelKind.FULL, tuple(tried), (CLEAN("/total", total=total, limit=small),)

    def _seat(self, template: SeatTemplate, kind: PanelKind, now: Instant, speed: int) -> Seat:
        due, escalates, lapses = _cumulated((self.within, self.escalation, self.last), speed)
        return Seat(
            id=template.id,
            department=template.department,
            deputy=template.deputy,
            assessors=template.assessors,
            automatic=kind is not PanelKind.FULL and bool(template.assessors),
            required=template.required or kind is not PanelKind.FULL,
            scope=template.scope,
            due_at=self.calendar.add_working(now, due),
            escalates_at=self.calendar.add_working(now, escalates),
            lapses_at=self.calendar.add_working(now, lapses),
        )


def _cumulated(spans: Iterable[timedelta], speed: int) -> list[timedelta]:
    found: list[timedelta] = []
    whole = timedelta(0)
    for each in spans:
        whole += each / speed
        found.append(whole)
    return found


def _specified(order: Order, facts: Facts) -> bool:
    """Whether engineers have something to judge, or have judged it."""
    return any(line.item.properties or f"technical/{line.item.id}" in facts.other for line in order.lines)


def _unusual(order: Order) -> Iterable[Finding]:
    if order.type not in _ROUTINE:
        yield UNUSUAL("/type", what=f"an order of type {order.type.name}")
    for line in order.lines:
        if line.price is None:
            yield UNUSUAL(f"/lines/{line.id}/price", what=f"line {line.id} without a price")
    if order.delivery.special_terms:
        yield UNUSUAL("/delivery/special_terms", what=order.delivery.special_terms[:80])
    for attachment in order.attachments:
        yield UNUSUAL(f"/attachments/{attachment.id}", what=f"attachment {attachment.id}")
