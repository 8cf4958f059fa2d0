"""What cannot be of the settlement that an adopted order brings along: everything that contradicts it, at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from orderlib.errors import Finding, FindingCode, Severity
from orderlib.ledger.record import LineLedger
from orderlib.order.record import Order
from orderlib.settlement.adoption import ZERO, covered_of, totals_of_brought, used_of
from orderlib.settlement.billing import billed_quantity
from orderlib.settlement.brought import BroughtInvoice, BroughtPayment
from orderlib.settlement.record import InvoiceKind
from orderlib.values.money import Money

__all__ = ["faults"]

CURRENCY: Final = FindingCode(
    "adopt.currency",
    Severity.ERROR,
    "{what} of {id} is in {found}, the order in {expected}",
    "{id} 的 {what} 币种为 {found}，订单为 {expected}",
)
AMOUNT: Final = FindingCode(
    "adopt.amount", Severity.ERROR, "{what} of {id} cannot be {amount}", "{id} 的 {what} 不能为 {amount}"
)
NO_AMOUNT: Final = FindingCode(
    "adopt.no-amount", Severity.ERROR, "invoice {id} has neither an amount nor lines", "发票 {id} 既无金额也无明细行"
)
OTHER_SUM: Final = FindingCode(
    "adopt.other-sum",
    Severity.ERROR,
    "the lines of invoice {id} come to {sum}, not to {gross}",
    "发票 {id} 的明细合计为 {sum}，而非 {gross}",
)
ABOVE: Final = FindingCode(
    "adopt.above-invoiced",
    Severity.ERROR,
    "of invoice {id} over {gross}, {taken} cannot be paid, written off, set off, used and retained",
    "发票 {id} 金额为 {gross}，已付、核销、抵扣、使用与保留合计不能为 {taken}",
)
UNKNOWN_SHARE: Final = FindingCode(
    "adopt.unknown-share",
    Severity.ERROR,
    "invoice {id} bills allowance or charge {share}, which nobody brought",
    "发票 {id} 所列折让或费用 {share} 不存在",
)
UNKNOWN_ADVANCE: Final = FindingCode(
    "adopt.unknown-advance", Severity.ERROR, "no advance {advance} is brought", "未带入预付款发票 {advance}"
)
ABOVE_BILLED: Final = FindingCode(
    "adopt.above-billed",
    Severity.ERROR,
    "the invoices bill {quantity} of line {line}, of which {billed} are billed net of credits",
    "发票共列行 {line} {quantity}，而其净开票数量为 {billed}",
)


def faults(
    order: Order,
    counted: Mapping[str, LineLedger],
    invoices: tuple[BroughtInvoice, ...],
    payments: tuple[BroughtPayment, ...],
    charge_ids: Collection[str],
) -> Iterator[Finding]:
    """Everything that contradicts the order, its counts, or itself; `counted` by line."""
    advances = {each.id: each for each in invoices if each.kind is InvoiceKind.ADVANCE}
    used = used_of(invoices)
    for number, each in enumerate(invoices):
        found = [
            *_foreign(order, each),
            *_unknown(order, each, charge_ids),
            *(
                UNKNOWN_ADVANCE("/set_off", advance=part.invoice_id)
                for part in each.set_off
                if part.invoice_id not in advances
            ),
        ]
        if not found:  # sums of what cannot be would say nothing
            found += _sums(order, each, used[each.id])
        yield from (one.under(f"/invoices/{number}") for one in found)
    for number, money in enumerate(payments):
        if money.amount.minor <= 0:
            yield AMOUNT(f"/payments/{number}/amount", what="amount", id=money.id, amount=money.amount)
    for line_id, quantity in covered_of(invoices).items():
        known = counted.get(line_id)
        billed = ZERO if known is None else billed_quantity(known)
        if quantity > billed and line_id in order.lines:
            yield ABOVE_BILLED("/invoices", line=line_id, quantity=quantity, billed=billed)


def _foreign(order: Order, each: BroughtInvoice) -> Iterator[Finding]:
    """Amounts in another currency, or below zero."""
    for address, what, amount in _amounts(each):
        if amount.currency != order.currency:
            yield CURRENCY(address, what=what, id=each.id, found=amount.currency, expected=order.currency)
        elif amount.minor < 0 or (what == "gross" and not amount.minor):
            yield AMOUNT(address, what=what, id=each.id, amount=amount)
    for position, share in enumerate(each.shares):
        if share.amount.currency != order.currency:
            found = share.amount.currency
            yield CURRENCY(f"/shares/{position}/amount", what="share", id=each.id, found=found, expected=order.currency)
    for line in each.lines:
        if line.net.currency != order.currency:
            found = line.net.currency
            yield CURRENCY(f"/lines/{line.id}/net", what="line", id=each.id, found=found, expected=order.currency)
        if line.left < 0:
            yield AMOUNT(f"/lines/{line.id}/quantity", what="line", id=each.id, amount=line.left)


def _amounts(each: BroughtInvoice) -> Iterator[tuple[str, str, Money]]:
    for name in ("gross", "paid", "written_off", "used", "retained"):
        amount: Money | None = getattr(each, name)
        if amount is not None:
            yield f"/{name}", name, amount
    for position, part in enumerate(each.set_off):
        yield f"/set_off/{position}/amount", "set_off", part.amount
    for position, due in enumerate(each.dues):
        yield f"/dues/{position}/amount", "due", due.amount


def _unknown(order: Order, each: BroughtInvoice, charge_ids: Collection[str]) -> Iterator[Finding]:
    """Allowances and charges that the order does not have; an invoice without any amount."""
    goods = each.kind is InvoiceKind.GOODS
    for position, share in enumerate(each.shares):
        known = 0 <= share.position < len(order.allowance_charges) if goods else share.charge_id in charge_ids
        if not known:
            yield UNKNOWN_SHARE(f"/shares/{position}", id=each.id, share=share.charge_id or share.position)
    if each.gross is None and not len(each.lines) and not each.shares:
        yield NO_AMOUNT("/gross", id=each.id)


def _sums(order: Order, each: BroughtInvoice, used: Money | None) -> Iterator[Finding]:
    totals = totals_of_brought(order, each)
    gross = totals.tax_inclusive + totals.rounding
    if gross.minor <= 0:
        yield AMOUNT("/gross", what="gross", id=each.id, amount=gross)
    # other programs round tax otherwise: by so many cents a sum may differ, and by the rounding of the order itself
    rounding = abs(order.rounding.minor) if order.rounding is not None else 0
    if abs(totals.rounding.minor) > len(each.lines) + len(each.shares) + len(totals.subtotals) + rounding:
        yield OTHER_SUM("/gross", id=each.id, sum=totals.tax_inclusive, gross=gross)
    owed = [each.paid, each.written_off, each.retained, *(part.amount for part in each.set_off)]
    for parts in (owed, [each.used, used]):
        taken = sum(amount.minor for amount in parts if amount is not None)
        if taken > max(0, gross.minor):
            yield ABOVE("/gross", id=each.id, gross=gross, taken=Money.of_minor(taken, order.currency))
    if each.used and each.kind is not InvoiceKind.ADVANCE:
        yield AMOUNT("/used", what="used", id=each.id, amount=each.used)
