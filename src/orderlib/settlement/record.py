"""What is owed and what was paid: statements, invoices, credit notes, payments, and the amounts already billed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

import attrs

from orderlib.errors import Finding
from orderlib.order.payment import Due
from orderlib.order.terms import TaxCategory
from orderlib.order.totals import Totals
from orderlib.values.codelist import member
from orderlib.values.identifier import ActorId, DocumentId, LineId, text
from orderlib.values.instant import Instant
from orderlib.values.lines import Lines
from orderlib.values.money import Money
from orderlib.values.typed import tuple_of

__all__ = [
    "Allocation",
    "Billed",
    "BillingBasis",
    "CreditLine",
    "CreditNote",
    "Deduction",
    "Invoice",
    "InvoiceKind",
    "InvoiceLine",
    "Payment",
    "Settlement",
    "Share",
    "Statement",
]

ZERO: Final = Decimal(0)
LIVE: Final = frozenset({"drafted", "confirmed", "disputed"})


class BillingBasis(StrEnum):
    """What an invoice may be written for; earliest first. `review`: a person has to say."""

    ORDER = "order"
    DELIVERY = "delivery"
    ACCEPTANCE = "acceptance"
    REVIEW = "review"


class InvoiceKind(StrEnum):
    """Kinds of invoice (UNCL 1001, of the codes that EN 16931 admits for BT-3)."""

    GOODS = "380"
    CHARGES = "383"
    ADVANCE = "386"


def kind_of(value: str) -> InvoiceKind:
    """The kind that a code stands for; raises `InvalidValueError` (`code.unknown`)."""
    return member(InvoiceKind, value, "/kind")


def basis_of(value: str) -> BillingBasis:
    """The basis that a code stands for; raises `InvalidValueError` (`code.unknown`)."""
    return member(BillingBasis, value, "/basis")


@attrs.frozen
class InvoiceLine:
    """So much of a line, in the line's unit, and what it comes to without tax and without the order's allowances.

    A line of which nothing new is billed corrects the price of what was billed before. `credited` and
    `credited_net` say what has been taken back of it since.
    """

    id: LineId = attrs.field(converter=LineId)
    quantity: Decimal
    net: Money
    tax: TaxCategory | None = None
    credited: Decimal = attrs.field(default=ZERO, kw_only=True)
    credited_net: Money | None = attrs.field(default=None, kw_only=True)

    @property
    def left(self) -> Decimal:
        """What has not been taken back."""
        return self.quantity - self.credited

    @property
    def net_left(self) -> Money:
        """What has not been taken back, as an amount."""
        return self.net if self.credited_net is None else self.net - self.credited_net


@attrs.frozen
class Share:
    """The part of one of the order's allowances or charges, named by its place there; below zero takes off.

    What a change or cancellation costs stands under `charge_id`, at no place of the order.
    """

    position: int
    amount: Money
    tax: TaxCategory | None = None
    charge_id: DocumentId | None = attrs.field(default=None, converter=attrs.converters.optional(DocumentId))


def _lines(given: Iterable[InvoiceLine]) -> Lines[InvoiceLine]:
    return Lines(given)


def _shares(given: Iterable[Share]) -> tuple[Share, ...]:
    return tuple_of(Share, given, "/shares")


def _findings(given: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple_of(Finding, given, "/findings")


@attrs.frozen(kw_only=True)
class Statement:
    """What is to be invoiced, put to the customer first; `state` is a state of `StatementLifecycle`.

    `by` drew it up and will not write the invoice. Silence until `agreed_at` counts as agreement.
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    kind: InvoiceKind = attrs.field(default=InvoiceKind.GOODS, converter=kind_of)
    basis: BillingBasis = BillingBasis.DELIVERY
    revision: int = 1
    lines: Lines[InvoiceLine] = attrs.field(factory=Lines[InvoiceLine], converter=_lines)
    shares: tuple[Share, ...] = attrs.field(default=(), converter=_shares)
    totals: Totals
    by: ActorId = attrs.field(converter=ActorId)
    agreed_at: Instant
    state: str = "drafted"
    findings: tuple[Finding, ...] = attrs.field(default=(), converter=_findings)

    @property
    def live(self) -> bool:
        """Whether it may still become an invoice."""
        return self.state in LIVE


@attrs.frozen
class Deduction:
    """So much of an advance invoice was taken off an invoice for goods."""

    invoice_id: DocumentId = attrs.field(converter=DocumentId)
    amount: Money


@attrs.frozen(kw_only=True)
class Invoice:
    """An invoice as it was issued, and what has become of its amount since; `state` is one of `InvoiceLifecycle`.

    What was issued never changes: lines, shares and totals with the tax of that day, due dates, the deductions of
    advances. Of the gross amount so much is `received`, granted as `discount`, `credited`, `written_off`, set off
    against advances, or `retained` until `retained_until`; the rest is `open`. `used` is what of an advance has been
    taken off later invoices. Of what is open now, reminders went out `level` times (`reminded` in all); the next is due
    at `dun_at`, `patience` days later than what it reminds of.
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    kind: InvoiceKind = attrs.field(default=InvoiceKind.GOODS, converter=kind_of)
    statement_id: DocumentId
    revision: int
    issued_on: date
    lines: Lines[InvoiceLine] = attrs.field(factory=Lines[InvoiceLine], converter=_lines)
    shares: tuple[Share, ...] = attrs.field(default=(), converter=_shares)
    totals: Totals
    dues: tuple[Due, ...] = ()
    deductions: tuple[Deduction, ...] = ()
    retained: Money
    retained_until: Instant | None = None
    discount_until: date | None = None
    discount_offered: Money
    received: Money
    discount: Money
    credited: Money
    written_off: Money
    used: Money
    state: str = "open"
    level: int = 0
    reminded: int = 0
    dun_at: Instant | None = None
    patience: int = 14

    @property
    def gross(self) -> Money:
        """The whole amount with tax, before anything was taken off."""
        return self.totals.tax_inclusive + self.totals.rounding

    @property
    def deducted(self) -> Money:
        """What of advances has been taken off."""
        total = Money.zero(self.gross.currency)
        for each in self.deductions:
            total += each.amount
        return total

    @property
    def open(self) -> Money:
        """What the customer still owes now; what is retained is not owed yet."""
        taken = self.received + self.discount + self.credited + self.written_off + self.deducted + self.retained
        return self.gross - taken

    @property
    def advance_left(self) -> Money:
        """What of an advance has not been taken off an invoice for goods, nor credited."""
        if self.kind is not InvoiceKind.ADVANCE:
            return Money.zero(self.gross.currency)
        return self.gross - self.credited - self.used

    def due_on(self) -> date | None:
        """The day on which the first part that is not yet covered falls due; None where nothing is open."""
        open_ = self.open.minor
        if open_ <= 0:
            return None
        covered = sum(due.amount.minor for due in self.dues) - open_
        for due in self.dues:
            covered -= due.amount.minor
            if covered < 0:
                return due.on
        return self.dues[-1].on if self.dues else self.issued_on


@attrs.frozen
class CreditLine:
    """So much of an invoiced line is taken back, in the line's unit."""

    id: LineId = attrs.field(converter=LineId)
    quantity: Decimal
    net: Money
    tax: TaxCategory | None = None


def _credit_lines(given: Iterable[CreditLine]) -> Lines[CreditLine]:
    return Lines(given)


@attrs.frozen(kw_only=True)
class CreditNote:
    """What is taken back of one invoice; amounts are positive where the invoice's were.

    `freed` is what it takes back of amounts that the invoice had lost otherwise: retained, written off,
    discounted, and set off against advances, in this order.
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    invoice_id: DocumentId = attrs.field(converter=DocumentId)
    issued_on: date
    lines: Lines[CreditLine] = attrs.field(factory=Lines[CreditLine], converter=_credit_lines)
    shares: tuple[Share, ...] = attrs.field(default=(), converter=_shares)
    totals: Totals
    reason: str = attrs.field(default="", converter=text)
    retained: Money
    written_off: Money
    discount: Money
    deductions: tuple[Deduction, ...] = ()

    @property
    def gross(self) -> Money:
        """The whole amount with tax."""
        return self.totals.tax_inclusive + self.totals.rounding


@attrs.frozen
class Allocation:
    """So much of a payment goes to an invoice, and lets it have so much of the cash discount."""

    invoice_id: DocumentId = attrs.field(converter=DocumentId)
    amount: Money
    discount: Money


@attrs.frozen(kw_only=True)
class Payment:
    """Money that came in, in its own currency; `state` is one of `PaymentLifecycle`.

    amount = allocated + refunded + left. A balance in the customer's favour that no money made (an invoice below
    zero) is a payment of nothing that is allocated below zero.
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    amount: Money
    reference: str = attrs.field(default="", converter=text)
    received_at: Instant
    allocated: Money
    refunded: Money
    state: str = "open"
    findings: tuple[Finding, ...] = attrs.field(default=(), converter=_findings)
    allocations: tuple[Allocation, ...] = ()

    @property
    def left(self) -> Money:
        """What is neither allocated nor refunded."""
        return self.amount - self.allocated - self.refunded


@attrs.frozen
class Billed:
    """What a line has been billed in all, net of credits: at which revision last, and how much without tax."""

    id: LineId
    revision: int
    net: Money


def _statements(given: Iterable[Statement]) -> Lines[Statement]:
    return Lines(given)


def _invoices(given: Iterable[Invoice]) -> Lines[Invoice]:
    return Lines(given)


def _credit_notes(given: Iterable[CreditNote]) -> Lines[CreditNote]:
    return Lines(given)


def _payments(given: Iterable[Payment]) -> Lines[Payment]:
    return Lines(given)


def _billed(given: Iterable[Billed]) -> Lines[Billed]:
    return Lines(given)


@attrs.frozen(kw_only=True)
class Settlement:
    """Everything billed and paid of one order, oldest first.

    `billed` holds what each line has been billed, `shares` what of each of the order's allowances and charges has
    been (None until the first invoice), `rounded` what of its rounding. `ahead` says of an adopted order that goods
    were billed before they were delivered.
    """

    statements: Lines[Statement] = attrs.field(factory=Lines[Statement], converter=_statements)
    invoices: Lines[Invoice] = attrs.field(factory=Lines[Invoice], converter=_invoices)
    credit_notes: Lines[CreditNote] = attrs.field(factory=Lines[CreditNote], converter=_credit_notes)
    payments: Lines[Payment] = attrs.field(factory=Lines[Payment], converter=_payments)
    billed: Lines[Billed] = attrs.field(factory=Lines[Billed], converter=_billed)
    shares: tuple[Money, ...] | None = None
    rounded: Money | None = None
    ahead: bool = False

    @property
    def next_due(self) -> Instant | None:
        """When a statement is agreed by silence, a reminder goes out, or what is retained falls due."""
        due = [each.agreed_at for each in self.statements if each.state == "drafted"]
        due += [each.dun_at for each in self.invoices if each.dun_at is not None]
        due += [each.retained_until for each in self.invoices if each.retained.minor > 0 and each.retained_until]
        return min(due, default=None)

    @property
    def live(self) -> tuple[Statement, ...]:
        """Statements that may still become invoices."""
        return tuple(each for each in self.statements if each.live)

    @property
    def open_invoices(self) -> tuple[Invoice, ...]:
        """Invoices of which something is owed now, the earliest due first."""
        found = [each for each in self.invoices if each.open.minor > 0]
        found.sort(key=lambda each: (each.due_on() or each.issued_on, each.issued_on))
        return tuple(found)

    @property
    def unallocated(self) -> tuple[Payment, ...]:
        """Payments of which something is neither allocated nor refunded."""
        return tuple(each for each in self.payments if each.left.minor > 0)
