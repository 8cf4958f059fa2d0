"""What changes do, by rule: to what is done already, to the acceptance, to the customer's purse."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Final

import attrs

from orderlib.change.policy import ChargeDecision, ImpactDecision, Progress
from orderlib.change.record import ChangeImpact, ChargeRuling, Reapproval, Side
from orderlib.errors import Finding, FindingCode, Severity
from orderlib.ledger.record import ZERO, LineLedger, LineQuantity
from orderlib.order.field import Aspect
from orderlib.order.record import Order
from orderlib.order.revision import Difference, LineChange
from orderlib.order.totals import line_net
from orderlib.values.decision import Decision
from orderlib.values.money import Money

__all__ = ["MadeGoodsAtPrice", "ReviewAboveShare", "TouchesWhatIsDone", "net_change"]

NOT_YET_ACCEPTED: Final = FindingCode(
    "change.before-acceptance",
    Severity.INFO,
    "nothing is accepted yet; the customer may order otherwise",
    "订单尚未接受，客户可以更改",
)
ONLY_PAPERS: Final = FindingCode(
    "change.only-papers",
    Severity.INFO,
    "nothing that is made, sent or paid changes",
    "不影响生产、发货与付款",
)
VALUE_MOVES: Final = FindingCode(
    "change.value", Severity.INFO, "the net value changes by {amount}", "净值变动 {amount}"
)
TOUCHES: Final = FindingCode("change.touches", Severity.INFO, "{aspect} changes: {what}", "{aspect} 变更：{what}")
LINE_COMES: Final = FindingCode("change.line-added", Severity.INFO, "line {line} is added", "新增行 {line}")
LINE_GOES: Final = FindingCode("change.line-removed", Severity.INFO, "line {line} is taken out", "删除行 {line}")
MADE_ALREADY: Final = FindingCode(
    "change.made-already",
    Severity.WARNING,
    "{produced} of line {line} are made, {wanted} would be wanted",
    "行 {line} 已生产 {produced}，变更后仅需 {wanted}",
)
MADE_OTHERWISE: Final = FindingCode(
    "change.made-otherwise",
    Severity.ERROR,
    "{produced} of line {line} are made to the old specification",
    "行 {line} 已按原规格生产 {produced}",
)
ALL_SENT: Final = FindingCode(
    "change.all-sent",
    Severity.ERROR,
    "everything of line {line} has left; {what} cannot change",
    "行 {line} 已全部发出，{what} 无法变更",
)
OTHER_PARTY: Final = FindingCode(
    "change.other-party", Severity.ERROR, "the order cannot go to another {role}", "订单的 {role} 不能更换"
)
CURRENCY_BILLED: Final = FindingCode(
    "change.currency-billed",
    Severity.ERROR,
    "line {line} is invoiced in {currency}",
    "行 {line} 已以 {currency} 开票",
)
WOULD_BE_ASSESSED: Final = FindingCode(
    "change.would-be-assessed",
    Severity.INFO,
    "once the order is accepted it would have to be assessed",
    "订单接受后，此变更需要评估",
)
WOULD_BE_POSSIBLE: Final = FindingCode(
    "change.would-be-possible",
    Severity.INFO,
    "without the change of line {line} it could be assessed",
    "若不变更行 {line}，则可评估",
)
UNTOUCHED: Final = FindingCode(
    "re-review.untouched", Severity.INFO, "nothing that was approved changes", "不涉及已批准的内容"
)
WITHIN_SHARE: Final = FindingCode(
    "re-review.within",
    Severity.INFO,
    "the net value changes by {amount}, no more than {share} % of {net}",
    "净值变动 {amount}，未超过 {net} 的 {share} %",
)
NO_MORE: Final = FindingCode(
    "re-review.no-more",
    Severity.INFO,
    "the net value changes by {amount}: it does not grow",
    "净值变动 {amount}，未增加",
)
ABOVE_SHARE: Final = FindingCode(
    "re-review.above",
    Severity.WARNING,
    "the net value grows by {amount}, more than {share} % of {net}",
    "净值增加 {amount}，超过 {net} 的 {share} %",
)
CHEAPER: Final = FindingCode(
    "re-review.cheaper",
    Severity.WARNING,
    "line {line} would sell for {new} instead of {old}, more than {share} % less",
    "行 {line} 售价由 {old} 降为 {new}，降幅超过 {share} %",
)
GRAVE: Final = FindingCode(
    "re-review.grave",
    Severity.WARNING,
    "{aspect} changes, which was approved: {what}",
    "已批准的 {aspect} 变更：{what}",
)
EARLIER: Final = FindingCode(
    "re-review.earlier", Severity.WARNING, "line {line} is wanted earlier: {new}", "行 {line} 要求提前至 {new}"
)
NEW_ITEM: Final = FindingCode(
    "re-review.new-item", Severity.WARNING, "item {item} was not reviewed", "物料 {item} 未经评审"
)
OTHER_CURRENCY: Final = FindingCode(
    "re-review.currency", Severity.WARNING, "the currency becomes {new} instead of {old}", "币种由 {old} 改为 {new}"
)
NOTHING_MADE: Final = FindingCode(
    "charge.nothing-made", Severity.INFO, "nothing was made that is not wanted any more", "没有已生产而不再需要的货物"
)
MADE_FOR_NOTHING: Final = FindingCode(
    "charge.made-for-nothing",
    Severity.WARNING,
    "{quantity} of line {line} are made and not wanted any more: {share} % of {net}",
    "行 {line} 有 {quantity} 已生产而不再需要：{net} 的 {share} %",
)
NO_PRICE: Final = FindingCode("charge.no-price", Severity.WARNING, "line {line} has no price", "行 {line} 没有价格")

#: states in which nothing was promised yet
_UNACCEPTED: Final = frozenset({"received", "in_review"})
_GRAVE: Final = frozenset({Aspect.TERMS, Aspect.PARTY, Aspect.SPECIFICATION, Aspect.PLACE})
_DATES: Final = frozenset({Aspect.DATE})


def net_change(order: Order, revised: Order, wanted: Difference) -> Money:
    """By how much a change moves the net value of the order; costs what changed, unless the order's own prices do."""
    if wanted.header is not None and (
        wanted.header.old.currency != wanted.header.new.currency
        or wanted.header.old.allowance_charges != wanted.header.new.allowance_charges
        or wanted.header.old.pricing != wanted.header.new.pricing
    ):
        if order.currency != revised.currency:
            return revised.totals.tax_exclusive
        return revised.totals.tax_exclusive - order.totals.tax_exclusive
    total = Money.zero(revised.currency)
    for change in wanted.changed:
        total += line_net(revised, change.new) - line_net(order, change.old)
    for placed in wanted.added:
        total += line_net(revised, placed.line)
    for placed in wanted.removed:
        total -= line_net(order, placed.line)
    return total


@attrs.frozen(kw_only=True)
class TouchesWhatIsDone:
    """Before acceptance the customer may change anything; papers may change always; goods that are made to another
    specification, or have left, cannot be changed any more; everything else has to be assessed.

    Whoever has the word has it for `answer_within`.
    """

    answer_within: timedelta = timedelta(days=5)

    def __call__(
        self, order: Order, revised: Order, wanted: Difference, progress: Progress, /
    ) -> Decision[ChangeImpact]:
        """Harmless, impossible, or to be assessed."""
        against = tuple(_against(order, wanted, progress))
        if against:
            lines = dict.fromkeys(line for each in against for name, line in each.evidence if name == "line")
            otherwise = tuple(WOULD_BE_POSSIBLE(f"/lines/{line}", line=line) for line in lines)
            return ImpactDecision(ChangeImpact.IMPOSSIBLE, against, otherwise, answer_within=self.answer_within)
        if progress.side is Side.CUSTOMER and progress.state in _UNACCEPTED:
            outcome, reasons = ChangeImpact.HARMLESS, (NOT_YET_ACCEPTED("/state"),)
            return ImpactDecision(outcome, reasons, (WOULD_BE_ASSESSED("/state"),), answer_within=self.answer_within)
        if wanted.aspects <= {Aspect.OTHER}:
            return ImpactDecision(ChangeImpact.HARMLESS, (ONLY_PAPERS(),), answer_within=self.answer_within)
        found = tuple(_assessed(order, revised, wanted, progress))
        return ImpactDecision(ChangeImpact.NEEDS_ASSESSMENT, found, answer_within=self.answer_within)


def _against(order: Order, wanted: Difference, progress: Progress) -> Iterator[Finding]:
    header = wanted.header
    if header is not None:
        for role in ("buyer", "seller"):
            if getattr(header.old, role).id != getattr(header.new, role).id:
                yield OTHER_PARTY(f"/{role}/id", role=role)
        if header.old.currency != header.new.currency:
            billed = (line for line in progress.lines if line.invoiced > line.credited)
            yield from (CURRENCY_BILLED("/currency", line=line.id, currency=order.currency) for line in billed)
    for change in wanted.changed:
        line = progress.lines.get(change.id)
        if line is not None:
            yield from _against_line(change, line)


def _against_line(change: LineChange, line: LineLedger) -> Iterator[Finding]:
    made = max(line.produced, line.despatched)
    aspects = {field.aspect for field in change.fields}
    where = f"/lines/{change.id}"
    if made > 0 and Aspect.SPECIFICATION in aspects:
        yield MADE_OTHERWISE(f"{where}/item", line=change.id, produced=made)
    if line.despatched > 0 and line.to_despatch == 0 and change.new.quantity.value <= change.old.quantity.value:
        for aspect in sorted(aspects & {Aspect.DATE, Aspect.PLACE}):
            yield ALL_SENT(where, line=change.id, what=aspect)


def _assessed(order: Order, revised: Order, wanted: Difference, progress: Progress) -> Iterator[Finding]:
    amount = net_change(order, revised, wanted)
    if amount:
        yield VALUE_MOVES("/lines", amount=amount)
    for field in wanted.fields:
        yield TOUCHES(field.address, aspect=field.aspect, what=field.describe())
    yield from (LINE_COMES(f"/lines/{each.line.id}", line=each.line.id) for each in wanted.added)
    yield from (LINE_GOES(f"/lines/{each.line.id}", line=each.line.id) for each in wanted.removed)
    after = {change.id: change.new.quantity.value for change in wanted.changed}
    after |= {each.line.id: ZERO for each in wanted.removed}
    for line_id, quantity in after.items():
        line = progress.lines.get(line_id)
        if line is not None and line.produced > quantity:
            yield MADE_ALREADY(f"/lines/{line_id}", line=line_id, produced=line.produced, wanted=quantity)


@attrs.frozen(kw_only=True)
class ReviewAboveShare:
    """The panel meets again where what it approved changes gravely: terms, parties, places, specifications, new items,
    an earlier day, a net value that grows by more than `share` percent, or a price that falls by more.

    What changes less is confirmed by whoever decides the change.
    """

    share: Decimal = Decimal(10)

    def __call__(
        self, order: Order, revised: Order, wanted: Difference, scope: frozenset[Aspect], /
    ) -> Decision[Reapproval]:
        """None, confirm or review."""
        if not wanted.touches(*scope):
            return Decision(Reapproval.NONE, (UNTOUCHED(),))
        grave = [*self._grave(order, wanted, scope), *self._cheaper(order, revised, wanted)]
        if order.currency != revised.currency:
            grave.append(OTHER_CURRENCY("/currency", old=order.currency, new=revised.currency))
            return Decision(Reapproval.REVIEW, tuple(grave))
        amount = net_change(order, revised, wanted)
        little = NO_MORE("/lines", amount=amount)
        if amount.minor > 0:  # what does not grow needs no look at the whole order
            net = order.totals.tax_exclusive
            if amount > net.times(self.share / 100):
                grave.append(ABOVE_SHARE("/lines", amount=amount, share=self.share, net=net))
            little = WITHIN_SHARE("/lines", amount=amount, share=self.share, net=net)
        return Decision(Reapproval.REVIEW, tuple(grave)) if grave else Decision(Reapproval.CONFIRM, (little,))

    def _grave(self, order: Order, wanted: Difference, scope: frozenset[Aspect]) -> Iterator[Finding]:
        for field in wanted.fields:
            if field.aspect in _GRAVE & scope:
                yield GRAVE(field.address, aspect=field.aspect, what=field.describe())
        for change in wanted.changed:
            old, new = change.old.requested_on, change.new.requested_on
            if Aspect.DATE in scope and new is not None and (old is None or new < old):
                yield EARLIER(f"/lines/{change.id}", line=change.id, new=new)
        known = {line.item.id for line in order.lines} if wanted.added else set[str]()
        for placed in wanted.added:
            if placed.line.item.id not in known and Aspect.SPECIFICATION in scope:
                yield NEW_ITEM(f"/lines/{placed.line.id}/item", item=placed.line.item.id)

    def _cheaper(self, order: Order, revised: Order, wanted: Difference) -> Iterator[Finding]:
        """Prices of lines that fall by more than the share; those of two currencies are not compared."""
        for change in wanted.changed if order.currency == revised.currency else ():
            old, new = change.old.price, change.new.price
            if old is not None and new is not None and old != new:
                quantity = change.old.quantity.value
                before, after = line_net(order, change.old, quantity), line_net(revised, change.new, quantity)
                if before - after > abs(before).times(self.share / 100):
                    yield CHEAPER(f"/lines/{change.id}/price", line=change.id, old=old, new=new, share=self.share)


@attrs.frozen(kw_only=True)
class MadeGoodsAtPrice:
    """What was made for the customer and is not wanted any more is charged at `share` percent of its net price.

    A line without a price is for a person to judge.
    """

    share: Decimal = Decimal(100)
    answer_within: timedelta = timedelta(days=5)

    def __call__(self, order: Order, unwanted: tuple[LineQuantity, ...], /) -> Decision[ChargeRuling]:
        """None, quoted, or *review*."""
        if not unwanted:
            return ChargeDecision(ChargeRuling.NONE, (NOTHING_MADE("/lines"),))
        reasons: list[Finding] = []
        unpriced: list[Finding] = []
        total = Money.zero(order.currency)
        for each in unwanted:
            line, where = order.lines[each.line_id], f"/lines/{each.line_id}"
            if line.price is None:
                unpriced.append(NO_PRICE(f"{where}/price", line=line.id))
                continue
            net = line_net(order, line, each.quantity)
            reasons.append(MADE_FOR_NOTHING(where, line=line.id, quantity=each.quantity, net=net, share=self.share))
            total += net.times(self.share / 100, order.pricing.rule)
        if unpriced:
            return ChargeDecision(ChargeRuling.REVIEW, (*unpriced, *reasons), answer_within=self.answer_within)
        outcome = ChargeRuling.QUOTED if total.minor > 0 else ChargeRuling.NONE
        amount = total if total.minor > 0 else None
        return ChargeDecision(outcome, tuple(reasons), amount=amount, answer_within=self.answer_within)
