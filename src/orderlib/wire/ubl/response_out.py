"""Answers to orders: made of a case, and written as a UBL 2.1 OrderResponse (Peppol BIS T76 or T116)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from orderlib.case.record import OrderCase
from orderlib.errors import Finding, FindingCode, InvalidValueError, Language, Severity
from orderlib.order.line import OrderLine
from orderlib.order.record import Order
from orderlib.review.record import ReviewOutcome
from orderlib.values.period import DayPeriod
from orderlib.wire.ubl.document import LineAction, LineResponse, OrderResponse, ResponseCode
from orderlib.wire.ubl.markup import Node, document, group, leaf
from orderlib.wire.ubl.parts import item, period, price, quantity, reference, role

__all__ = ["response_of", "write_order_response"]

NO_ANSWER: Final = FindingCode(
    "ubl.nothing-to-answer",
    Severity.ERROR,
    "an order that is {state} has no answer to give",
    "状态为 {state} 的订单没有可发出的响应",
)
NO_CODE: Final = FindingCode("ubl.response-code-missing", Severity.ERROR, "a response needs a code", "响应必须有代码")
NO_DAY: Final = FindingCode(
    "ubl.response-date-missing", Severity.ERROR, "a response needs a day of issue", "响应必须有签发日期"
)
LINES: Final = FindingCode(
    "ubl.response-lines",
    Severity.ERROR,
    "a response with code {code} has lines if and only if the code is CA",
    "只有代码为 CA 的响应才带有行，当前代码为 {code}",
)
NO_ITEM: Final = FindingCode(
    "ubl.response-item-missing", Severity.ERROR, "line {line} names no item", "行 {line} 没有物料"
)

ORDERING: Final = ("urn:fdc:peppol.eu:poacc:trns:order_response:3", "urn:fdc:peppol.eu:poacc:bis:ordering:3")
ADVANCED: Final = (
    "urn:fdc:peppol.eu:poacc:trns:order_response_advanced:3",
    "urn:fdc:peppol.eu:poacc:bis:advanced_ordering:3",
)

_ANSWERS: Final = {
    "received": ResponseCode.ACKNOWLEDGED,
    "in_review": ResponseCode.ACKNOWLEDGED,
    "conditionally_accepted": ResponseCode.CONDITIONALLY_ACCEPTED,
    "accepted": ResponseCode.ACCEPTED,
    "released": ResponseCode.ACCEPTED,
    "in_execution": ResponseCode.ACCEPTED,
    "closed": ResponseCode.ACCEPTED,
    "returned": ResponseCode.REJECTED,
    "rejected": ResponseCode.REJECTED,
    "declined": ResponseCode.REJECTED,
    "expired": ResponseCode.REJECTED,
}


def response_of(case: OrderCase, id: str, issued_on: date | str, *, lang: Language = "en") -> OrderResponse:
    """What the customer is to be told of the order as the case stands.

    Acknowledged until it is decided; accepted from acceptance on; conditionally accepted while the counter-offer
    stands, its conditions in the note, each line accepted or, where a later day is promised than was asked for,
    changed; rejected, with the reasons, when it was returned, rejected, declined or has lapsed.

    Raises `InvalidValueError` (`ubl.nothing-to-answer`) for a case without an order, or whose order is cancelled or
    terminated.
    """
    code, order = _ANSWERS.get(case.state), case.order
    if code is None or order is None:
        raise InvalidValueError(NO_ANSWER("/state", state=case.state))
    asked = code is ResponseCode.CONDITIONALLY_ACCEPTED
    return OrderResponse(
        id=id,
        order_id=order.id,
        code=code,
        buyer=order.buyer,
        seller=order.seller,
        issued_on=issued_on,
        currency=order.currency,
        promised=_promised_period(order) if code is not ResponseCode.REJECTED else None,
        lines=[_answered(line) for line in order.lines] if asked else (),
        customer_reference=order.customer_reference,
        note="\n".join(_said(case, code, lang)),
        customization=ORDERING[0],
        profile=ORDERING[1],
    )


def _said(case: OrderCase, code: ResponseCode, lang: Language) -> Iterator[str]:
    review = case.review
    if code is ResponseCode.CONDITIONALLY_ACCEPTED and review is not None and review.counter_offer is not None:
        asked = frozenset(review.counter_offer.conditions)
        yield from (each.wording for each in review.conditions if each.id in asked)
    elif code is ResponseCode.REJECTED:
        yield from dict.fromkeys(each.message(lang) for each in _reasons(case))


def _reasons(case: OrderCase) -> tuple[Finding, ...]:
    """Why the order was refused: what the review decided on, else what screening found."""
    current = None if case.review is None else case.review.current
    if current is not None and current.outcome is ReviewOutcome.REJECTED:
        found = current.reasons
    else:
        found = case.intake.findings if case.intake is not None else ()
    return tuple(each for each in found if each.severity is not Severity.INFO)


def _promised_period(order: Order) -> DayPeriod | None:
    days = [part.promised_on for line in order.lines for part in line.schedule]
    said = [day for day in days if day is not None]
    return DayPeriod(min(said), max(said)) if said and len(said) == len(days) else None


def _answered(line: OrderLine) -> LineResponse:
    promised, requested = line.promised_on, line.requested_on
    later = promised is not None and requested is not None and promised > requested
    return LineResponse(
        line.id,
        line.id,
        LineAction.CHANGED if later else LineAction.ACCEPTED,
        item=line.item,
        promised=None if promised is None else DayPeriod(None, promised),
    )


def write_order_response(response: OrderResponse) -> bytes:
    """The bytes of a UBL OrderResponse that keeps the rules of its transaction; the same answer gives the same bytes.

    Without a customization of its own it is a Peppol order response (T76), or, where it answers a change, an order
    response advanced (T116). Raises `InvalidValueError` with all that is missing: `ubl.response-code-missing`,
    `ubl.response-date-missing`, `ubl.response-lines`, `ubl.response-item-missing`.
    """
    wrong = tuple(_missing(response))
    if wrong or response.issued_on is None:
        raise InvalidValueError(*wrong)
    customization, profile = (
        (response.customization, response.profile)
        if response.customization
        else (ORDERING if response.change_id is None else ADVANCED)
    )
    return document(
        "OrderResponse",
        leaf("CustomizationID", customization),
        leaf("ProfileID", profile),
        leaf("ID", response.id),
        leaf("IssueDate", response.issued_on.isoformat()),
        leaf("OrderResponseCode", response.code),
        leaf("Note", response.note),
        leaf("DocumentCurrencyCode", response.currency),
        leaf("CustomerReference", response.customer_reference),
        reference("OrderReference", response.order_id),
        reference("OrderChangeDocumentReference", response.change_id),
        role("SellerSupplierParty", response.seller, endpoint=True),
        role("BuyerCustomerParty", response.buyer, endpoint=True),
        group("Delivery", period("PromisedDeliveryPeriod", response.promised)),
        *(_line(each) for each in response.lines),
    )


def _missing(response: OrderResponse) -> Iterable[Finding]:
    if response.code is None:
        yield NO_CODE("/code")
    elif bool(response.lines) is not (response.code is ResponseCode.CONDITIONALLY_ACCEPTED):
        yield LINES("/lines", code=response.code)
    if response.issued_on is None:
        yield NO_DAY("/issued_on")
    for position, line in enumerate(response.lines):
        if line.item is None:
            yield NO_ITEM(f"/lines/{position}/item", line=line.id)


def _line(line: LineResponse) -> tuple[Node, ...]:
    if line.item is None:  # pragma: no cover  # refused before
        return ()
    substitute = (
        ()
        if line.substitute is None
        else group("SellerSubstitutedLineItem", leaf("ID", line.line_id), item(line.substitute))
    )
    return group(
        "OrderLine",
        group(
            "LineItem",
            leaf("ID", line.id),
            leaf("Note", line.note),
            leaf("LineStatusCode", line.action),
            quantity("Quantity", line.quantity),
            group("Delivery", period("PromisedDeliveryPeriod", line.promised)),
            price(line.price),
            item(line.item),
        ),
        substitute,
        group("OrderLineReference", leaf("LineID", line.line_id)),
    )
