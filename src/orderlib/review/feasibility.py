"""Can we do it? Technical fit, resources and capacity, material in time: what facts can tell of it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

import attrs

from orderlib.errors import Finding, FindingCode, Severity
from orderlib.order.line import OrderLine
from orderlib.order.record import Order
from orderlib.review.advice import Recommendation, RiskDraft
from orderlib.review.condition import CUSTOMER, ConditionDraft
from orderlib.review.policy import AssessmentDecision, Circumstances
from orderlib.review.record import Opinion
from orderlib.risk.record import Rating, RiskCause
from orderlib.values.calendar import WEEKDAYS
from orderlib.values.decimals import decimal
from orderlib.values.dispatch import Gate
from orderlib.values.fact import Facts
from orderlib.values.identifier import text
from orderlib.values.instant import Instant, day, later
from orderlib.values.parameter import between, of_type
from orderlib.values.worktime import Calendar

__all__ = ["InTimeFromStockOrSupply", "KnownArticles", "LoadWithinLimits"]

KNOWN: Final = FindingCode(
    "assess.article-known", Severity.INFO, "every article is known ({count})", "全部物料均为已知物料（{count} 种）"
)
UNKNOWN: Final = FindingCode(
    "assess.article-unknown", Severity.WARNING, "nothing is known of article {item}", "物料 {item} 没有任何资料"
)
ADAPTED: Final = FindingCode(
    "assess.article-adapted",
    Severity.WARNING,
    "article {item} has to be adapted: {note}",
    "物料 {item} 需要调整：{note}",
)
UNFIT: Final = FindingCode(
    "assess.article-unfit",
    Severity.ERROR,
    "article {item} cannot be made as specified: {note}",
    "物料 {item} 无法按要求制造：{note}",
)
LOAD: Final = FindingCode(
    "assess.load",
    Severity.INFO,
    "{resource} is loaded to {load}; {limit} is the limit",
    "{resource} 负荷为 {load}，上限为 {limit}",
)
LOAD_UNKNOWN: Final = FindingCode(
    "assess.load-unknown", Severity.WARNING, "nobody knows the load of {resource}", "{resource} 的负荷未知"
)
FROM_STOCK: Final = FindingCode("assess.from-stock", Severity.INFO, "everything is on stock", "全部有库存")
IN_TIME: Final = FindingCode(
    "assess.in-time", Severity.INFO, "line {line} can be there by {ready}", "行 {line} 可于 {ready} 到货"
)
TOO_LATE: Final = FindingCode(
    "assess.too-late",
    Severity.WARNING,
    "line {line} is wanted on {wanted} and can be there by {ready}",
    "行 {line} 要求 {wanted}，最早 {ready}",
)
LEAD_UNKNOWN: Final = FindingCode(
    "assess.lead-time-unknown",
    Severity.WARNING,
    "line {line}: nobody knows how long {item} takes",
    "行 {line}：物料 {item} 的提前期未知",
)

_BEST_FIRST: Final = tuple(Opinion)


def worst(*opinions: Opinion) -> Opinion:
    """The worst of several opinions; acceptance where there is none."""
    return max(opinions, key=_BEST_FIRST.index, default=Opinion.ACCEPT)


def in_stock(line: OrderLine, facts: Facts) -> bool:
    """Whether free stock covers the line, in its own unit."""
    stock = facts.stock.get(line.item.id)
    return stock is not None and stock.unit == line.quantity.unit and stock >= line.quantity


@attrs.frozen
class KnownArticles:
    """Technical fit: an article of which cost, stock or lead time is known was made before.

    The fact `technical/<item>` is the engineers' word and goes first: `fit`, `adapt: <what>` or `unfit: <why>`.
    An article with specifications of its own (properties on the order) and without that word needs a person.
    """

    def __call__(self, order: Order, circumstances: Circumstances, /) -> AssessmentDecision:
        """The worst of all articles, each named."""
        facts = circumstances.facts
        reasons: list[Finding] = []
        conditions: list[ConditionDraft] = []
        recommendations: list[Recommendation] = []
        opinions: list[Opinion] = []
        for line in order.lines:
            item = line.item.id
            verdict, _, note = facts.other.get(f"technical/{item}", "").partition(":")
            address, note = f"/lines/{line.id}/item", note.strip()
            if verdict == "unfit":
                opinions.append(Opinion.REJECT)
                reasons.append(UNFIT(address, item=item, note=note or "-"))
            elif verdict == "adapt":
                opinions.append(Opinion.CONDITIONS)
                reasons.append(ADAPTED(address, item=item, note=note or "-"))
                text = f"The drawing of {item} is adapted and approved: {note or 'as ordered'}"
                conditions.append(ConditionDraft(wording=text, owner="technology", gate=Gate.PRODUCE))
                recommendations.append(
                    Recommendation(f"Adapt {item}", "technology", f"the drawing of {item} is approved")
                )
            elif verdict != "fit" and (line.item.properties or not _known(item, facts)):
                opinions.append(Opinion.REVIEW)
                reasons.append(UNKNOWN(address, item=item))
        if not reasons:
            return AssessmentDecision(Opinion.ACCEPT, (KNOWN("/lines", count=len(order.lines)),))
        would = (KNOWN("/lines", count=len(order.lines)),)
        return AssessmentDecision(
            worst(*opinions),
            tuple(reasons),
            would,
            conditions=tuple(conditions),
            recommendations=tuple(dict.fromkeys(recommendations)),
        )


def _known(item: str, facts: Facts) -> bool:
    return item in facts.unit_cost or item in facts.stock or item in facts.lead_time


@attrs.frozen(kw_only=True)
class LoadWithinLimits:
    """Resources and capacity: what is not on stock must be made, by a department whose load is known.

    Below `limit` there is room; from there to `most` planning has to find it before production; above `most` the
    order is rejected. The load is a share of the capacity (fact `load`).
    """

    resource: str = attrs.field(default="production", converter=text)
    limit: Decimal = attrs.field(default=Decimal("0.85"), converter=decimal, validator=between(0, 1000))
    most: Decimal = attrs.field(default=Decimal("1.2"), converter=decimal, validator=between(0, 1000))

    def __call__(self, order: Order, circumstances: Circumstances, /) -> AssessmentDecision:
        """Accepted from stock; otherwise by the load."""
        facts = circumstances.facts
        if all(in_stock(line, facts) for line in order.lines):
            return AssessmentDecision(Opinion.ACCEPT, (FROM_STOCK("/lines"),))
        load = facts.load.get(self.resource)
        if load is None:
            return AssessmentDecision(Opinion.REVIEW, (LOAD_UNKNOWN("/lines", resource=self.resource),))
        room = LOAD("/lines", resource=self.resource, load=load, limit=self.limit)
        if load < self.limit:
            return AssessmentDecision(Opinion.ACCEPT, (room,))
        if load <= self.most:
            text = f"Planning has found room for the order in {self.resource}"
            return AssessmentDecision(
                Opinion.CONDITIONS,
                (room,),
                (room,),
                conditions=(ConditionDraft(wording=text, owner="planning", gate=Gate.RELEASE),),
                risks=(RiskDraft("Capacity does not suffice", RiskCause.INTERNAL, Rating(3, 3), self.resource),),
                suggestions=("Consider a partner for part of the work",),
            )
        over = LOAD("/lines", resource=self.resource, load=load, limit=self.most, severity=Severity.ERROR)
        return AssessmentDecision(Opinion.REJECT, (over,), (over,))


@attrs.frozen(kw_only=True)
class InTimeFromStockOrSupply:
    """Supply: each line comes from free stock, or can be there by the day wanted, by its lead time.

    A line that comes later is offered to the customer for the later day. Lines without a wish are in time.
    """

    calendar: Calendar = attrs.field(default=WEEKDAYS, validator=of_type(Calendar))

    def __call__(self, order: Order, circumstances: Circumstances, /) -> AssessmentDecision:
        """The worst of all lines, each named that is not on stock."""
        judged = list(self._lines(order, circumstances.facts, circumstances.at))
        late = [
            (opinion, finding, condition) for opinion, finding, condition in judged if opinion is not Opinion.ACCEPT
        ]
        if not judged:
            return AssessmentDecision(Opinion.ACCEPT, (FROM_STOCK("/lines"),))
        told = late or judged
        risk = RiskDraft("Material comes too late", RiskCause.SUPPLY, Rating(3, 3), "purchasing")
        return AssessmentDecision(
            worst(*(opinion for opinion, _, _ in judged)),
            tuple(finding for _, finding, _ in told),
            (FROM_STOCK("/lines"),) if late else (),
            conditions=tuple(condition for _, _, condition in late if condition is not None),
            risks=(risk,) if any(condition for _, _, condition in late) else (),
        )

    def _lines(
        self, order: Order, facts: Facts, at: Instant
    ) -> Iterator[tuple[Opinion, Finding, ConditionDraft | None]]:
        default = order.delivery.requested_period.end_on if order.delivery.requested_period else None
        for line in order.lines:
            if in_stock(line, facts):
                continue
            address, item = f"/lines/{line.id}", line.item.id
            lead = facts.lead_time.get(item)
            if lead is None:
                yield Opinion.REVIEW, LEAD_UNKNOWN(address, line=line.id, item=item), None
                continue
            ready = self.calendar.next_working_day(day(later(at, lead).date()))
            wanted = line.requested_on or default
            if wanted is None or ready <= wanted:
                yield Opinion.ACCEPT, IN_TIME(address, line=line.id, ready=ready), None
            else:
                text = f"Line {line.id} is delivered on {ready.isoformat()}"
                late = TOO_LATE(address, line=line.id, wanted=wanted, ready=ready)
                yield Opinion.CONDITIONS, late, ConditionDraft(wording=text, owner=CUSTOMER)
