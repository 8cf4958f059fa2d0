"""What may be billed: quantities by basis, amounts as differences of growing parts, the order's allowances by line.

The order's allowances and charges are first shared out to its lines to the cent (largest remainders), so that a part
of the order bears the part of them that belongs to its lines. Every amount is the difference between what a line is
worth with and without the quantity: whatever the order of deliveries and returns, the cents add up to the order's.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import attrs

from orderlib.errors import FindingCode, RefusedError, Severity
from orderlib.ledger.record import LineLedger
from orderlib.order.line import OrderLine
from orderlib.order.record import Order
from orderlib.order.terms import TaxCategory
from orderlib.order.totals import TaxSubtotal, Totals, line_net
from orderlib.settlement.record import BillingBasis, InvoiceKind, InvoiceLine, Settlement, Share
from orderlib.settlement.tax import document_totals, group_of, tax_of, totals_from
from orderlib.values.allocation import apportion
from orderlib.values.lines import Lines
from orderlib.values.money import Money

if TYPE_CHECKING:
    from orderlib.change.record import Cancellation
    from orderlib.settlement.slice import SettlementCase

__all__ = [
    "Draft",
    "OrderShares",
    "advance_totals",
    "billable",
    "billed_quantity",
    "charges_draft",
    "completes",
    "due",
    "excess",
    "goods_draft",
    "kept",
    "order_of",
    "shares_of",
    "to_bill",
    "undone",
    "value_of",
]

NO_ORDER: Final = FindingCode("settlement.no-order", Severity.ERROR, "there is no order to settle", "没有可结算的订单")
ZERO: Final = Decimal(0)
NOTHING: Final = Settlement()


def billable(line: LineLedger, basis: BillingBasis, over_tolerance: Decimal = ZERO) -> Decimal:
    """How much of a line may have been billed by now; more than the tolerance allows is not paid for."""
    has = min(line.delivered, _most(line, over_tolerance)) - line.returned
    if basis is BillingBasis.ACCEPTANCE:
        return max(ZERO, min(line.accepted, has))
    if basis is BillingBasis.ORDER:
        return max(ZERO, has, line.demand - line.returned)
    return max(ZERO, has)


def _most(line: LineLedger, over_tolerance: Decimal) -> Decimal:
    demand = line.demand
    return demand + demand * over_tolerance / 100 if over_tolerance else demand


def undone(case: SettlementCase) -> tuple[Cancellation, ...]:
    """Cancellations whose consequences are being seen to: what is billed of their lines goes back."""
    if case.change is None:
        return ()
    return tuple(each for each in case.change.open_cancellations if each.state == "compensating")


def _undoing(case: SettlementCase, line: LineLedger) -> Decimal | None:
    """What stays with the customer of a line that is being undone, or was; None for one that is not."""
    for cancellation in undone(case):
        if cancellation.concerns((line.id,)):
            return line.delivered + line.in_transit - line.returned if cancellation.keep_delivered else ZERO
    if case.state in ("cancelled", "terminated"):
        return max(ZERO, line.delivered - line.returned)
    return None


def kept(case: SettlementCase, line: LineLedger, over_tolerance: Decimal = ZERO) -> Decimal:
    """How much of a line may stay billed: what reached the customer and was not returned for credit.

    Goods that came back to be replaced stay billed. Where the order itself was billed, so does what is still to come.
    """
    left = _undoing(case, line)
    return left if left is not None else _kept(line, over_tolerance, ahead=_ahead(case.settlement))


def _kept(line: LineLedger, over_tolerance: Decimal, *, ahead: bool) -> Decimal:
    has = min(line.received, _most(line, over_tolerance)) - line.returned
    return max(ZERO, has, line.demand - line.returned if ahead else ZERO)


def excess(case: SettlementCase, order: Order) -> dict[str, Decimal]:
    """By line, what is billed above what may stay billed."""
    over, ahead = order.delivery.over_tolerance, _ahead(case.settlement)
    ending = bool(undone(case)) or case.state in ("cancelled", "terminated")
    found: dict[str, Decimal] = {}
    for line in case.ledger.lines:
        billed = billed_quantity(line)
        if billed > 0:
            keeps = kept(case, line, over) if ending else _kept(line, over, ahead=ahead)
            if billed > keeps:
                found[line.id] = billed - keeps
    return found


def _ahead(record: Settlement | None) -> bool:
    """Whether goods were billed before they were delivered."""
    known = record or NOTHING
    goods = (each for each in known.statements if each.kind is InvoiceKind.GOODS)
    return known.ahead or any(each.basis is BillingBasis.ORDER and each.state == "billed" for each in goods)


def due(case: SettlementCase, line: LineLedger, basis: BillingBasis, over_tolerance: Decimal = ZERO) -> Decimal:
    """How much of a line may have been billed by now, in this case: nothing that is about to go back."""
    most = billable(line, basis, over_tolerance)
    left = _undoing(case, line)
    return most if left is None else min(most, left)


def billed_quantity(line: LineLedger) -> Decimal:
    """What has been billed of a line, net of credits."""
    return line.invoiced - line.credited


def order_of(case: SettlementCase) -> Order:
    """The order; raises `RefusedError` (`settlement.no-order`) where there is none yet."""
    if case.order is None:
        raise RefusedError(NO_ORDER("/order"))
    return case.order


def completes(case: SettlementCase) -> bool:
    """Whether nothing of the order is left to deliver or on its way, or it is being undone as a whole."""
    if case.state in ("closed", "cancelled", "terminated") or any(each.whole for each in undone(case)):
        return True
    return case.state == "in_execution" and all(line.settled for line in case.ledger.lines)


@attrs.frozen
class OrderShares:
    """The order's allowances (below zero) and charges, shared out to its lines in minor units."""

    order: Order
    by_line: tuple[Mapping[str, int], ...]
    categories: tuple[TaxCategory | None, ...]

    def part(self, position: int, line: OrderLine, quantity: Decimal) -> int:
        """What of one of them belongs to so much of a line, in minor units."""
        whole = self.by_line[position].get(line.id, 0)
        if not quantity or not whole:
            return 0
        ordered = line.quantity.value
        if quantity == ordered or not ordered:
            return whole
        share = Fraction(quantity) / Fraction(ordered)
        return self.order.pricing.rule(whole * share.numerator, share.denominator)

    def share(self, position: int, minor: int) -> Share:
        """That much of one of them, with the category that it is taxed in."""
        return Share(position, Money.of_minor(minor, self.order.currency), self.categories[position])


def shares_of(order: Order) -> OrderShares:
    """Every allowance and charge of the order, shared out in proportion to the lines' amounts, to the cent.

    One with a tax category goes to the lines of that category, where there are any. One that names none takes the
    category of the lines where all have the same.
    """
    if not order.allowance_charges or not len(order.lines):
        return OrderShares(order, (), ())
    nets = [(line, abs(line_net(order, line).minor)) for line in order.lines]
    groups = {group_of(line.tax): line.tax for line in order.lines}
    common = next(iter(groups.values())) if len(groups) == 1 else None
    found: list[Mapping[str, int]] = []
    for each in order.allowance_charges:
        own = [(line, net) for line, net in nets if each.tax is None or group_of(line.tax) == group_of(each.tax)]
        bearing = next((pairs for pairs in (own, nets) if any(net for _, net in pairs)), None)
        lines, weights = zip(*(bearing or [(line, 1) for line, _ in nets]), strict=True)
        parts = apportion(each.signed.minor, weights)
        found.append({line.id: part for line, part in zip(lines, parts, strict=True) if part})
    return OrderShares(order, tuple(found), tuple(each.tax or common for each in order.allowance_charges))


def value_of(order: Order, quantities: Mapping[str, Decimal]) -> Money:
    """What a part of the order is worth without tax, its part of the order's allowances and charges included.

    `quantities` by line id, in the line's unit. For every line whole it is the order's amount without tax.
    """
    shares = shares_of(order)
    total = 0
    for line_id, quantity in quantities.items():
        line = order.lines[line_id]
        total += line_net(order, line, quantity).minor
        total += sum(shares.part(position, line, quantity) for position in range(len(shares.by_line)))
    return Money.of_minor(total, order.currency)


@attrs.frozen
class Draft:
    """What could be billed now: lines, parts of the order's allowances and charges, and the totals."""

    lines: Lines[InvoiceLine]
    shares: tuple[Share, ...]
    totals: Totals

    @property
    def empty(self) -> bool:
        """Whether there is nothing to bill, and nothing to correct."""
        return not len(self.lines) and not self.shares


def to_bill(case: SettlementCase, order: Order, basis: BillingBasis) -> bool:
    """Whether a draft of goods would not be empty; without pricing anything, where counts alone can tell."""
    over = order.delivery.over_tolerance
    for counted in case.ledger.lines:
        if due(case, counted, basis, over) > billed_quantity(counted) and counted.id in order.lines:
            return True
    billed = (case.settlement or NOTHING).billed
    return any(each.revision != order.revision for each in billed) and not goods_draft(case, order, basis).empty


def goods_draft(case: SettlementCase, order: Order, basis: BillingBasis) -> Draft:
    """Everything that may be billed by the basis and is not, and what a change of prices makes of what is."""
    record = case.settlement or NOTHING
    lines: list[InvoiceLine] = []
    after: dict[str, Decimal] = {}
    for counted in case.ledger.lines:
        line = order.lines.get(counted.id)
        if line is None:
            continue
        before = billed_quantity(counted)
        more = max(ZERO, due(case, counted, basis, order.delivery.over_tolerance) - before)
        if before or more:
            after[line.id] = before + more
        found = _line(order, line, record, before, more)
        if found is not None:
            lines.append(found)
    shares = _shares(case, order, record, after) if lines or record.shares is not None else ()
    whole = all(after.get(line.id, ZERO) == line.quantity.value for line in order.lines)
    rounding = order.rounding.minor if whole and order.rounding and record.rounded is None and lines else 0
    totals = document_totals(lines, shares, order.pricing, order.currency, rounding=rounding)
    return Draft(Lines(lines), shares, totals)


def _line(order: Order, line: OrderLine, record: Settlement, before: Decimal, more: Decimal) -> InvoiceLine | None:
    known = record.billed.get(line.id)
    if not more and (known is None or known.revision == order.revision):
        return None
    had = line_net(order, line, before) if known is None else known.net
    net = line_net(order, line, before + more) - had
    return InvoiceLine(line.id, more, net, line.tax) if more or net else None


def _shares(case: SettlementCase, order: Order, record: Settlement, after: Mapping[str, Decimal]) -> tuple[Share, ...]:
    """What of each allowance and charge belongs to what is billed, less what was billed of it."""
    shares = shares_of(order)
    found: list[int] = []
    for position in range(len(shares.by_line)):
        belongs = sum(shares.part(position, order.lines[line_id], quantity) for line_id, quantity in after.items())
        found.append(belongs - _had(case, order, record, shares, position))
    return tuple(shares.share(position, minor) for position, minor in enumerate(found) if minor)


def _had(case: SettlementCase, order: Order, record: Settlement, shares: OrderShares, position: int) -> int:
    if record.shares is not None:
        return record.shares[position].minor if position < len(record.shares) else 0
    # billed before the order came here: as if it had been billed by the same rule
    return sum(
        shares.part(position, order.lines[counted.id], billed_quantity(counted))
        for counted in case.ledger.lines
        if counted.id in order.lines
    )


def charges_draft(case: SettlementCase, order: Order) -> Draft:
    """What changes and cancellations cost by the customer's word, and was not billed yet; taxed like the lines."""
    record = case.settlement or NOTHING
    billed = {share.charge_id for invoice in record.invoices for share in invoice.shares}
    accepted = () if case.change is None else case.change.accepted_charges
    groups = {group_of(line.tax): line.tax for line in order.lines}
    common = next(iter(groups.values())) if len(groups) == 1 else None
    shares = tuple(
        Share(-1, each.amount, common, each.id)
        for each in accepted
        if each.id not in billed and each.amount.minor > 0 and each.amount.currency == order.currency
    )
    return Draft(Lines(), shares, document_totals((), shares, order.pricing, order.currency))


def advance_totals(order: Order) -> Totals:
    """The totals of the invoice for the agreed advance: its percentage of every taxable amount, and the tax on it."""
    rule, currency = order.pricing.rule, order.currency
    above, below = order.payment.advance.as_integer_ratio()
    subtotals: list[TaxSubtotal] = []
    for each in order.totals.subtotals:
        taxable = rule(each.taxable.minor * above, below * 100)
        tax = tax_of(each.category, taxable, rule)
        subtotals.append(TaxSubtotal(each.category, Money.of_minor(taxable, currency), Money.of_minor(tax, currency)))
    return totals_from(sum(each.taxable.minor for each in subtotals), 0, 0, tuple(subtotals), currency)
