"""A UBL Order, read (UBL 2.0 to 2.4, Peppol BIS Order).

The rules of the document's standard run first, over the tree; then the order is made of it. `open_order` reports
everything in one `OrderDocument`; `read_order` gives the order or raises. What refuses a document is an error that
is no matter of sums: something missing, a number or date that cannot be read, a code that its list does not know, a
value that the library does not take. Where a document does not add up it is read as it stands, and that is told.
"""

from __future__ import annotations

from orderlib.errors import DocumentError
from orderlib.order.record import Order
from orderlib.values.identifier import OrderId
from orderlib.wire.limits import Limits
from orderlib.wire.ubl.content import compared, content_of
from orderlib.wire.ubl.document import OrderDocument, refusals
from orderlib.wire.ubl.opening import NO_CURRENCY, open_document, told

__all__ = ["open_order", "read_order"]


def open_order(data: bytes, limits: Limits | None = None) -> OrderDocument:
    """A UBL Order with all that is to be said of it; raises `DocumentError` (`xml.…`) only for what is no XML.

    Findings are addressed by path (`/Order/OrderLine[2]/LineItem/Quantity`). Codes are those of the rule sets
    (`PEPPOL-…`, `peppol.…`, `ubl.…`), of the values that the library does not take, and `totals.…` for amounts that
    the order makes otherwise than stated (always warnings).
    """
    opened = open_document(data, limits, "Order")
    reading = opened.reading
    if reading is None:
        return OrderDocument(findings=opened.findings)
    if not reading.currency:
        reading.add(NO_CURRENCY(reading.root.path))
    content = content_of(reading, reading.identifier(reading.root, "cbc:ID", OrderId))
    order = None if refusals((*opened.findings, *reading.findings)) else content.order
    if order is not None:
        for finding in compared(reading, order, content.stated):
            reading.add(finding)
    unmapped = reading.unmapped()
    findings = told(opened, reading.findings)
    return OrderDocument(
        order=None if refusals(findings) else order,
        stated=content.stated,
        findings=findings,
        customization=opened.customization,
        profile=opened.profile,
        unmapped=unmapped,
        files=content.files,
    )


def read_order(data: bytes, limits: Limits | None = None) -> Order:
    """The order that the bytes of a UBL Order hold.

    Raises `DocumentError` with every finding, warnings included, where the document cannot be taken; what only does
    not add up is read, and told by `open_order`.
    """
    document = open_order(data, limits)
    if document.order is None:
        raise DocumentError(*document.findings)
    return document.order
