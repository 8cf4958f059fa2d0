"""What an order that ran elsewhere brings along of its settlement: invoices that stand, and money that waits."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import attrs

from orderlib.order.payment import Due
from orderlib.settlement.record import Deduction, InvoiceKind, InvoiceLine, Share, kind_of
from orderlib.values.codelist import whole
from orderlib.values.identifier import DocumentId, text
from orderlib.values.instant import Instant, day, instant
from orderlib.values.lines import Lines
from orderlib.values.money import Money
from orderlib.values.typed import tuple_of, type_check

__all__ = ["BroughtInvoice", "BroughtPayment"]


def _issued(value: str | date) -> date:
    return day(value, address="/issued_on")


def _lines(given: Iterable[InvoiceLine]) -> Lines[InvoiceLine]:
    return Lines(given)


def _shares(given: Iterable[Share]) -> tuple[Share, ...]:
    return tuple_of(Share, given, "/shares")


def _deductions(given: Iterable[Deduction]) -> tuple[Deduction, ...]:
    return tuple_of(Deduction, given, "/set_off")


def _dues(given: Iterable[Due]) -> tuple[Due, ...]:
    return tuple_of(Due, given, "/dues")


def _until(value: str | Instant | None) -> Instant | None:
    return None if value is None else instant(value, address="/retained_until")


def _received(value: str | Instant) -> Instant:
    return instant(value, address="/received_at")


_AMOUNT = (Money, type(None))
_check_invoice = type_check(*((name, _AMOUNT) for name in ("gross", "used", "paid", "written_off", "retained")))
_check_payment = type_check(("amount", Money))


@attrs.frozen(kw_only=True)
class BroughtInvoice:
    """An invoice that was issued elsewhere, less what was credited of it, and what has become of its amount.

    One of which something is open or retained, or an advance that is not wholly set off; where only sums are known,
    one that bears the sum. `gross` is its amount with tax; left out, what `lines` and `shares` come to. Without lines
    nothing of it can be credited later. Of the amount so much was `paid` by money that is not brought itself,
    `written_off` (cash discount included), `set_off` against advances that are brought too, or is still `retained`,
    until `retained_until` (left out: as long as the billing policy says). `used` is what of an advance was set off
    against invoices that are not brought. `dues` follow from the order's terms where they are left out. `reminders`
    went out already; the next waits as long after the adoption as reminders do.

    Raises `InvalidValueError` (`value.type`, `value.day-malformed`, `value.instant-*`, `id.*`, `code.unknown`,
    `number.whole`, `lines.duplicate-id`).
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    issued_on: date = attrs.field(converter=_issued)
    kind: InvoiceKind = attrs.field(default=InvoiceKind.GOODS, converter=kind_of)
    gross: Money | None = None
    lines: Lines[InvoiceLine] = attrs.field(factory=Lines[InvoiceLine], converter=_lines)
    shares: tuple[Share, ...] = attrs.field(default=(), converter=_shares)
    paid: Money | None = None
    written_off: Money | None = None
    set_off: tuple[Deduction, ...] = attrs.field(default=(), converter=_deductions)
    used: Money | None = None
    retained: Money | None = None
    retained_until: Instant | None = attrs.field(default=None, converter=_until)
    dues: tuple[Due, ...] = attrs.field(default=(), converter=_dues)
    reminders: int = 0

    def __attrs_post_init__(self) -> None:
        _check_invoice(self)
        whole(self.reminders, 0, 99, "/reminders")


@attrs.frozen(kw_only=True)
class BroughtPayment:
    """Money that came in elsewhere and pays nothing yet, such as an advance without an invoice: what is left of it.

    Raises `InvalidValueError` (`value.type`, `value.instant-*`, `id.*`).
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    amount: Money
    received_at: Instant = attrs.field(converter=_received)
    reference: str = attrs.field(default="", converter=text)

    def __attrs_post_init__(self) -> None:
        _check_payment(self)
