"""What UBL documents say, typed: an order as it was sent, and the messages that answer, change and cancel one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Final

import attrs

from orderlib.errors import Finding, Severity
from orderlib.order.line import Item
from orderlib.order.record import Order
from orderlib.order.totals import DIFFERENT, LINE_DIFFERENT, LINE_UNKNOWN, StatedTotals
from orderlib.values.codelist import member
from orderlib.values.identifier import DocumentId, LineId, OrderId, text
from orderlib.values.instant import day
from orderlib.values.lines import Lines
from orderlib.values.party import Party
from orderlib.values.period import DayPeriod
from orderlib.values.quantity import Quantity
from orderlib.values.rate import UnitPrice

__all__ = [
    "SUM_CODES",
    "EmbeddedFile",
    "LineAction",
    "LineResponse",
    "OrderCancellation",
    "OrderChange",
    "OrderDocument",
    "OrderResponse",
    "ResponseCode",
    "refusals",
]

_PEPPOL_SUMS: Final = ("R008", "R009", "R010", "R011", "R016", "R017", "R019", "R022", "R024")

SUM_CODES: Final = frozenset(
    {
        "ubl.allowance-amount",
        "ubl.line-amount",
        "ubl.total-allowances",
        "ubl.total-charges",
        "ubl.total-lines",
        "ubl.total-payable",
        "ubl.total-tax-exclusive",
        "ubl.total-tax-inclusive",
        LINE_DIFFERENT.code,
        LINE_UNKNOWN.code,
        *(code.code for code in DIFFERENT.values()),
        *(f"PEPPOL-{transaction}-{number}" for transaction in ("T01", "T114") for number in _PEPPOL_SUMS),
    }
)
"""Findings that say that a document does not add up: they are reported, and never keep it from being read."""


def refusals(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings for which a document cannot be taken: every error but those of sums."""
    return tuple(each for each in findings if each.severity is Severity.ERROR and each.code not in SUM_CODES)


class ResponseCode(StrEnum):
    """Answers to an order (UNCL 4343, the part that Peppol BIS Ordering admits)."""

    ACKNOWLEDGED = "AB"
    ACCEPTED = "AP"
    CONDITIONALLY_ACCEPTED = "CA"
    REJECTED = "RE"


class LineAction(StrEnum):
    """What becomes of a line, in a change or in a response (UNCL 1229, the part that Peppol BIS Ordering admits)."""

    ADDED = "1"
    DELETED = "2"
    CHANGED = "3"
    UNCHANGED = "4"
    ACCEPTED = "5"
    NOT_ACCEPTED = "7"
    ALREADY_DELIVERED = "42"
    REOPENED = "74"


def _findings(given: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(given)


def _paths(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(given)


def _day(value: str | date | None) -> date | None:
    return None if value is None else day(value, address="/issued_on")


def _document(value: str | None) -> DocumentId | None:
    return None if value is None else DocumentId(value)


def _action(value: str | None) -> LineAction | None:
    return None if value is None else member(LineAction, value, "/action")


def _code(value: str | None) -> ResponseCode | None:
    return None if value is None else member(ResponseCode, value, "/code")


@attrs.frozen
class EmbeddedFile:
    """A file that travelled inside a document: the id under which the order lists it, media type, name, content."""

    id: DocumentId = attrs.field(converter=DocumentId)
    media_type: str = attrs.field(converter=text)
    name: str = attrs.field(converter=text)
    content: bytes = attrs.field(repr=False)


def _files(given: Iterable[EmbeddedFile]) -> tuple[EmbeddedFile, ...]:
    return tuple(given)


@attrs.frozen(kw_only=True)
class OrderDocument:
    """A UBL Order as it was sent.

    `order` is None where the document cannot be taken; `findings` then hold at least one error (`refusals`).
    `stated` are the totals that the document states, compared with the order's own in `findings` and never put in
    their place. `unmapped` lists, by path without numbers, the elements that an order has no place for.
    """

    order: Order | None = None
    stated: StatedTotals = attrs.field(factory=StatedTotals)
    findings: tuple[Finding, ...] = attrs.field(default=(), converter=_findings)
    customization: str = attrs.field(default="", converter=text)
    profile: str = attrs.field(default="", converter=text)
    unmapped: tuple[str, ...] = attrs.field(default=(), converter=_paths)
    files: tuple[EmbeddedFile, ...] = attrs.field(default=(), converter=_files)

    @property
    def refusals(self) -> tuple[Finding, ...]:
        """Why the document cannot be taken; empty where it can."""
        return refusals(self.findings)

    @property
    def adds_up(self) -> bool:
        """Whether the document was read, and no sum in it or over it is other than stated."""
        return self.order is not None and not any(each.code in SUM_CODES for each in self.findings)


@attrs.frozen
class LineResponse:
    """What a response says of one line of the order, `line_id`; several may speak of one line.

    What the seller leaves as ordered is None: quantity, price, promised period, item; `substitute` is the item that
    the seller offers in place of the ordered one. `action` is None where the document says none or one that is in
    no list.
    """

    id: LineId = attrs.field(converter=LineId)
    line_id: LineId = attrs.field(converter=LineId)
    action: LineAction | None = attrs.field(default=None, converter=_action)
    item: Item | None = attrs.field(default=None, kw_only=True)
    substitute: Item | None = attrs.field(default=None, kw_only=True)
    quantity: Quantity | None = attrs.field(default=None, kw_only=True)
    price: UnitPrice | None = attrs.field(default=None, kw_only=True)
    promised: DayPeriod | None = attrs.field(default=None, kw_only=True)
    note: str = attrs.field(default="", converter=text, kw_only=True)


def _responses(given: Iterable[LineResponse]) -> Lines[LineResponse]:
    return Lines(given)


_NO_RESPONSES: Final = Lines[LineResponse]()


@attrs.frozen(kw_only=True)
class OrderResponse:
    """The seller's answer to an order, or to a change of it (`change_id`).

    `code` is None for a document that gives none. Its lines are those that it says something of; the others stand
    as the code says. `findings` are warnings and information, `unmapped` paths as in `OrderDocument`.
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    order_id: OrderId = attrs.field(converter=OrderId)
    code: ResponseCode | None = attrs.field(default=None, converter=_code)
    buyer: Party
    seller: Party
    issued_on: date | None = attrs.field(default=None, converter=_day)
    change_id: DocumentId | None = attrs.field(default=None, converter=_document)
    currency: str = attrs.field(default="", converter=text)
    promised: DayPeriod | None = None
    lines: Lines[LineResponse] = attrs.field(default=_NO_RESPONSES, converter=_responses)
    customer_reference: str = attrs.field(default="", converter=text)
    note: str = attrs.field(default="", converter=text)
    findings: tuple[Finding, ...] = attrs.field(default=(), converter=_findings)
    customization: str = attrs.field(default="", converter=text)
    profile: str = attrs.field(default="", converter=text)
    unmapped: tuple[str, ...] = attrs.field(default=(), converter=_paths)


def _actions(given: Iterable[tuple[str, str | None]]) -> tuple[tuple[LineId, LineAction | None], ...]:
    return tuple((LineId(line_id), _action(action)) for line_id, action in given)


@attrs.frozen(kw_only=True)
class OrderChange:
    """The buyer's change of an order, restated as the change has it.

    `order` is what the document says of the order, deleted lines included; its id is the id of the order that is
    changed. `actions` tell for each line of it what becomes of it, None where the document does not say. `sequence`
    counts the changes of one order.
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    sequence: int | None = None
    order: Order
    actions: tuple[tuple[LineId, LineAction | None], ...] = attrs.field(default=(), converter=_actions)
    note: str = attrs.field(default="", converter=text)
    stated: StatedTotals = attrs.field(factory=StatedTotals)
    findings: tuple[Finding, ...] = attrs.field(default=(), converter=_findings)
    customization: str = attrs.field(default="", converter=text)
    profile: str = attrs.field(default="", converter=text)
    unmapped: tuple[str, ...] = attrs.field(default=(), converter=_paths)

    @property
    def order_id(self) -> OrderId:
        """The id of the order that is changed."""
        return self.order.id

    @property
    def deleted(self) -> tuple[LineId, ...]:
        """The lines that the change takes out of the order."""
        return tuple(line_id for line_id, action in self.actions if action is LineAction.DELETED)


@attrs.frozen(kw_only=True)
class OrderCancellation:
    """The buyer's cancellation of a whole order, with the reason in its own words."""

    id: DocumentId = attrs.field(converter=DocumentId)
    order_id: OrderId = attrs.field(converter=OrderId)
    buyer: Party
    seller: Party
    reason: str = attrs.field(default="", converter=text)
    issued_on: date | None = attrs.field(default=None, converter=_day)
    note: str = attrs.field(default="", converter=text)
    findings: tuple[Finding, ...] = attrs.field(default=(), converter=_findings)
    customization: str = attrs.field(default="", converter=text)
    profile: str = attrs.field(default="", converter=text)
    unmapped: tuple[str, ...] = attrs.field(default=(), converter=_paths)
