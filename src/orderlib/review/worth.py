"""Is it worth it? Price position, competition and strategic fit; margin and follow-on business."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final

import attrs

from orderlib.account.record import convert
from orderlib.errors import Finding, FindingCode, InvalidValueError, Severity
from orderlib.order.record import Order
from orderlib.review.advice import Recommendation, RiskDraft
from orderlib.review.amount import percent_of, rates_of
from orderlib.review.condition import CUSTOMER, ConditionDraft
from orderlib.review.policy import AssessmentDecision, Circumstances
from orderlib.review.record import Opinion
from orderlib.risk.record import Rating, RiskCause
from orderlib.values.decimals import decimal
from orderlib.values.dispatch import Gate
from orderlib.values.fact import Facts
from orderlib.values.money import Money, sum_money
from orderlib.values.parameter import between, whole_between
from orderlib.values.rate import UnitPrice

__all__ = ["MarginAtLeast", "PriceInBand"]

POSITION: Final = FindingCode(
    "assess.price-position",
    Severity.INFO,
    "we ask {share} % of the market price; {limit} % is the limit",
    "报价为市场价的 {share} %，下限为 {limit} %",
)
MARKET_UNKNOWN: Final = FindingCode(
    "assess.market-price-unknown",
    Severity.WARNING,
    "nobody knows the market price of {item}",
    "物料 {item} 的市场价未知",
)
COMPETITION: Final = FindingCode(
    "assess.competition", Severity.WARNING, "{count} others offer {item}", "有 {count} 家竞争对手供应 {item}"
)
STRATEGIC: Final = FindingCode(
    "assess.strategic", Severity.INFO, "{buyer} is a strategic customer", "{buyer} 是战略客户"
)
MARGIN: Final = FindingCode(
    "assess.margin",
    Severity.INFO,
    "the margin is {margin} %; {limit} % is wanted",
    "毛利率为 {margin} %，要求 {limit} %",
)
COST_UNKNOWN: Final = FindingCode(
    "assess.cost-unknown",
    Severity.WARNING,
    "line {line}: nobody knows the cost of {item} in {currency}",
    "行 {line}：物料 {item} 的成本（{currency}）未知",
)
NOTHING_EARNED: Final = FindingCode(
    "assess.no-value", Severity.WARNING, "the order has no value of its own", "订单没有金额"
)
FOLLOW_ON: Final = FindingCode(
    "assess.follow-on", Severity.INFO, "follow-on business of {amount} is expected", "预期后续业务 {amount}"
)


def _extended(order: Order, prices: dict[str, UnitPrice], facts: Facts) -> tuple[Money, list[tuple[str, str]]]:
    """What the order comes to at other prices, in its currency, and the lines of which that cannot be said."""
    found: list[Money] = []
    missing: list[tuple[str, str]] = []
    for line in order.lines:
        price = prices.get(line.item.id)
        try:
            if price is None:
                missing.append((line.id, line.item.id))
            else:
                amount = price.extend(line.quantity, conversions=line.item.conversions)
                found.append(convert(amount, order.currency, rates_of(order, facts)))
        except InvalidValueError:  # a unit or a currency that nothing leads to
            missing.append((line.id, line.item.id))
    return sum_money(found, order.currency), missing


@attrs.frozen(kw_only=True)
class PriceInBand:
    """Market: our price against the market's, the competition, and whether the customer is one we want.

    Facts: `market_price`; `competitors/<item>`, how many others offer it; `strategic/<buyer>`, `yes` for a customer
    that is worth a low price. Below `floor` percent of the market price the customer is asked for more, below
    `least` the order is rejected, unless the customer is strategic.
    """

    floor: Decimal = attrs.field(default=Decimal(90), converter=decimal, validator=between(0, 1000))
    least: Decimal = attrs.field(default=Decimal(70), converter=decimal, validator=between(0, 1000))
    many: int = attrs.field(default=5, validator=whole_between(0, 10**9))

    def __call__(self, order: Order, circumstances: Circumstances, /) -> AssessmentDecision:
        """By the share of the market price that the order asks."""
        facts = circumstances.facts
        market, missing = _extended(order, dict(facts.market_price), facts)
        if missing or not market:
            unknown = tuple(MARKET_UNKNOWN(f"/lines/{line}", item=item) for line, item in missing)
            return AssessmentDecision(Opinion.REVIEW, unknown or (NOTHING_EARNED("/lines"),))
        share = Fraction(order.totals.tax_exclusive.minor, market.minor)
        rivals = self._rivals(order, facts)
        risks = (RiskDraft("The customer buys elsewhere", RiskCause.MARKET, Rating(2, 2), "market"),) if rivals else ()
        position = POSITION("/lines", share=percent_of(share), limit=self.floor)
        if share * 100 >= Fraction(self.floor):
            return AssessmentDecision(Opinion.ACCEPT, (position, *rivals), risks=risks)
        if facts.other.get(f"strategic/{order.buyer.id}") == "yes":
            fit = STRATEGIC("/buyer", buyer=order.buyer.id)
            advice = Recommendation("Agree on prices with the customer", "sales", "a price agreement is signed")
            return AssessmentDecision(Opinion.ACCEPT, (position, fit, *rivals), risks=risks, recommendations=(advice,))
        if share * 100 < Fraction(self.least):
            low = POSITION("/lines", share=percent_of(share), limit=self.least, severity=Severity.ERROR)
            return AssessmentDecision(Opinion.REJECT, (low, *rivals), (position,), risks=risks)
        wanted = market.times(Fraction(self.floor) / 100)
        ask = ConditionDraft(wording=f"The order is priced at {wanted} net", owner=CUSTOMER)
        return AssessmentDecision(Opinion.CONDITIONS, (position, *rivals), (position,), conditions=(ask,), risks=risks)

    def _rivals(self, order: Order, facts: Facts) -> tuple[Finding, ...]:
        found: list[Finding] = []
        for item in dict.fromkeys(line.item.id for line in order.lines):
            count = facts.other.get(f"competitors/{item}", "")
            if count.isascii() and count.isdigit() and len(count) < 10 and int(count) >= self.many:
                found.append(COMPETITION("/lines", item=item, count=count))
        return tuple(found)


@attrs.frozen(kw_only=True)
class MarginAtLeast:
    """Benefit: the margin of the net value over the unit costs, in percent.

    From `target` on it is accepted, from `least` on finance has to confirm before release, below it the order is
    rejected, unless the fact `follow-on/<buyer>` (an amount in the order's currency) brings expected business of at
    least `follow_on` times the order.
    """

    target: Decimal = attrs.field(default=Decimal(20), converter=decimal, validator=between(-1000, 100))
    least: Decimal = attrs.field(default=Decimal(5), converter=decimal, validator=between(-1000, 100))
    follow_on: int = attrs.field(default=5, validator=whole_between(0, 10**6))

    def __call__(self, order: Order, circumstances: Circumstances, /) -> AssessmentDecision:
        """By the margin."""
        facts = circumstances.facts
        cost, missing = _extended(order, dict(facts.unit_cost), facts)
        if missing:
            unknown = (COST_UNKNOWN(f"/lines/{a}", line=a, item=b, currency=order.currency) for a, b in missing)
            return AssessmentDecision(Opinion.REVIEW, tuple(unknown))
        net = order.totals.tax_exclusive
        if net.minor <= 0:
            return AssessmentDecision(Opinion.REVIEW, (NOTHING_EARNED("/lines"),))
        share = Fraction(net.minor - cost.minor, net.minor)
        said = MARGIN("/lines", margin=percent_of(share), limit=self.target)
        if share * 100 >= Fraction(self.target):
            return AssessmentDecision(Opinion.ACCEPT, (said,))
        confirm = ConditionDraft(
            wording=f"Finance agrees to a margin of {percent_of(share)} %", owner="finance", gate=Gate.RELEASE
        )
        risk = RiskDraft("The margin does not bear the cost", RiskCause.INTERNAL, Rating(3, 2), "finance")
        if share * 100 >= Fraction(self.least):
            return AssessmentDecision(Opinion.CONDITIONS, (said,), (said,), conditions=(confirm,), risks=(risk,))
        more = _follow_on(order, facts)
        if more is not None and more >= net * self.follow_on:
            reasons = (said, FOLLOW_ON("/buyer", amount=more))
            return AssessmentDecision(Opinion.CONDITIONS, reasons, (said,), conditions=(confirm,), risks=(risk,))
        low = MARGIN("/lines", margin=percent_of(share), limit=self.least, severity=Severity.ERROR)
        return AssessmentDecision(Opinion.REJECT, (low,), (said,))


def _follow_on(order: Order, facts: Facts) -> Money | None:
    told = facts.other.get(f"follow-on/{order.buyer.id}")
    try:
        return None if told is None else Money(told, order.currency)
    except InvalidValueError:
        return None
