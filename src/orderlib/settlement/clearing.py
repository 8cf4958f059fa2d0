"""Which open items a payment pays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final, Protocol

import attrs

from orderlib.errors import Finding, FindingCode, Severity
from orderlib.settlement.record import Allocation, Invoice
from orderlib.values.decision import Decision
from orderlib.values.money import Money
from orderlib.values.typed import tuple_of

__all__ = ["Clearing", "ClearingDecision", "ClearingPolicy", "OldestFirst"]

NOTHING_OPEN: Final = FindingCode(
    "clearing.nothing-open", Severity.WARNING, "nothing is open that it could pay", "没有可核销的未清项"
)
UNKNOWN_REFERENCE: Final = FindingCode(
    "clearing.unknown-reference", Severity.WARNING, "no invoice is called {reference}", "不存在发票 {reference}"
)
CLOSED_REFERENCE: Final = FindingCode(
    "clearing.nothing-left", Severity.WARNING, "nothing is open of invoice {reference}", "发票 {reference} 已无未清金额"
)
FOREIGN: Final = FindingCode(
    "clearing.currency",
    Severity.WARNING,
    "it is in {found}, the invoices are in {expected}",
    "付款币种 {found}，发票币种 {expected}",
)
OVERPAID: Final = FindingCode("clearing.overpaid", Severity.WARNING, "{amount} are too much", "多付 {amount}")
CLEARED: Final = FindingCode(
    "clearing.oldest-first", Severity.INFO, "{amount} pay invoice {invoice}", "{amount} 核销发票 {invoice}"
)
OTHER_REFERENCE: Final = FindingCode(
    "clearing.otherwise",
    Severity.INFO,
    "an open invoice in its currency would have taken it",
    "若有同币种未清发票，则可核销",
)


class Clearing(StrEnum):
    """How far a payment found what it pays; best first."""

    CLEARED = "cleared"
    PARTLY = "partly"
    UNALLOCATED = "unallocated"


def _allocations(given: Iterable[Allocation]) -> tuple[Allocation, ...]:
    return tuple_of(Allocation, given, "/allocations")


@attrs.frozen
class ClearingDecision(Decision[Clearing]):
    """The decision with what goes where."""

    allocations: tuple[Allocation, ...] = attrs.field(default=(), converter=_allocations, kw_only=True)


class ClearingPolicy(Protocol):
    """Which open items a payment pays (slot `clearing`)."""

    def __call__(
        self, amount: Money, reference: str, invoices: tuple[Invoice, ...], discounts: Mapping[str, Money], /
    ) -> ClearingDecision:
        """`invoices` are all of the order, `discounts` what each may take off if it is paid in full now."""
        ...


@attrs.frozen
class OldestFirst:
    """The invoice that the reference names, else the open ones, the earliest due first; what is left stays."""

    def __call__(
        self, amount: Money, reference: str, invoices: tuple[Invoice, ...], discounts: Mapping[str, Money], /
    ) -> ClearingDecision:
        """Allocations, and findings for what is left."""
        own = [each for each in invoices if each.gross.currency == amount.currency]
        if invoices and not own:
            return _unpaid(FOREIGN("/amount/currency", found=amount.currency, expected=invoices[0].gross.currency))
        named = [each for each in own if each.id == reference]
        if reference and not named:
            return _unpaid(UNKNOWN_REFERENCE("/reference", reference=reference))
        wanted = [each for each in named or own if each.open.minor > 0]
        if not wanted:
            return _unpaid(CLOSED_REFERENCE("/reference", reference=reference) if named else NOTHING_OPEN("/amount"))
        wanted.sort(key=lambda each: (each.due_on() or each.issued_on, each.issued_on))
        found, left = _spread(amount, wanted, discounts)
        reasons = [CLEARED("/amount", amount=each.amount, invoice=each.invoice_id) for each in found]
        if not left:
            return ClearingDecision(Clearing.CLEARED, reasons, allocations=found)
        otherwise = (OTHER_REFERENCE("/reference"),)
        return ClearingDecision(
            Clearing.PARTLY, (OVERPAID("/amount", amount=left), *reasons), otherwise, allocations=found
        )


def _unpaid(finding: Finding) -> ClearingDecision:
    return ClearingDecision(Clearing.UNALLOCATED, (finding,), (OTHER_REFERENCE("/reference"),))


def _spread(
    amount: Money, invoices: Iterable[Invoice], discounts: Mapping[str, Money]
) -> tuple[tuple[Allocation, ...], Money]:
    nothing = Money.zero(amount.currency)
    found: list[Allocation] = []
    left = amount
    for invoice in invoices:
        if left.minor <= 0:
            break
        open_ = invoice.open
        paid = min(left, open_)
        # who pays in full has not taken the discount
        granted = open_ - paid if open_ - paid <= discounts.get(invoice.id, nothing) else nothing
        found.append(Allocation(invoice.id, paid, granted))
        left -= paid
    return tuple(found), left
