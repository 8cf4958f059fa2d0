"""UBL 2.x in and out: orders, the messages that answer, change and cancel them (OASIS UBL 2.0 to 2.4, Peppol BIS).

`read_order` gives the order or raises one `DocumentError` with every finding; `open_order` gives an `OrderDocument`
with the order, the totals that the document states, whatever does not add up, and what an order has no place for.
Nothing is repaired: an amount that is not what the order makes is a finding, and the order stands as it was sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderlib._door import lazy

# door: chosen names
if TYPE_CHECKING:
    from orderlib.wire.ubl.answer import read_order_response as read_order_response
    from orderlib.wire.ubl.change import changed_order as changed_order
    from orderlib.wire.ubl.change import read_order_cancellation as read_order_cancellation
    from orderlib.wire.ubl.change import read_order_change as read_order_change
    from orderlib.wire.ubl.commands import commands_of as commands_of
    from orderlib.wire.ubl.commands import find_case as find_case
    from orderlib.wire.ubl.commands import offered_order as offered_order
    from orderlib.wire.ubl.commands import reference_of as reference_of
    from orderlib.wire.ubl.document import EmbeddedFile as EmbeddedFile
    from orderlib.wire.ubl.document import LineAction as LineAction
    from orderlib.wire.ubl.document import LineResponse as LineResponse
    from orderlib.wire.ubl.document import OrderCancellation as OrderCancellation
    from orderlib.wire.ubl.document import OrderChange as OrderChange
    from orderlib.wire.ubl.document import OrderDocument as OrderDocument
    from orderlib.wire.ubl.document import OrderResponse as OrderResponse
    from orderlib.wire.ubl.document import ResponseCode as ResponseCode
    from orderlib.wire.ubl.order import open_order as open_order
    from orderlib.wire.ubl.order import read_order as read_order
    from orderlib.wire.ubl.order_out import write_order as write_order
    from orderlib.wire.ubl.response_out import response_of as response_of
    from orderlib.wire.ubl.response_out import write_order_response as write_order_response

__all__ = [
    "EmbeddedFile",
    "LineAction",
    "LineResponse",
    "OrderCancellation",
    "OrderChange",
    "OrderDocument",
    "OrderResponse",
    "ResponseCode",
    "changed_order",
    "commands_of",
    "find_case",
    "offered_order",
    "open_order",
    "read_order",
    "read_order_cancellation",
    "read_order_change",
    "read_order_response",
    "reference_of",
    "response_of",
    "write_order",
    "write_order_response",
]

_WHERE = {
    "EmbeddedFile": "orderlib.wire.ubl.document",
    "LineAction": "orderlib.wire.ubl.document",
    "LineResponse": "orderlib.wire.ubl.document",
    "OrderCancellation": "orderlib.wire.ubl.document",
    "OrderChange": "orderlib.wire.ubl.document",
    "OrderDocument": "orderlib.wire.ubl.document",
    "OrderResponse": "orderlib.wire.ubl.document",
    "ResponseCode": "orderlib.wire.ubl.document",
    "changed_order": "orderlib.wire.ubl.change",
    "commands_of": "orderlib.wire.ubl.commands",
    "find_case": "orderlib.wire.ubl.commands",
    "offered_order": "orderlib.wire.ubl.commands",
    "open_order": "orderlib.wire.ubl.order",
    "read_order": "orderlib.wire.ubl.order",
    "read_order_cancellation": "orderlib.wire.ubl.change",
    "read_order_change": "orderlib.wire.ubl.change",
    "read_order_response": "orderlib.wire.ubl.answer",
    "reference_of": "orderlib.wire.ubl.commands",
    "response_of": "orderlib.wire.ubl.response_out",
    "write_order": "orderlib.wire.ubl.order_out",
    "write_order_response": "orderlib.wire.ubl.response_out",
}
# end of door
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(__name__, _WHERE)
