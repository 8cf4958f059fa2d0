"""From messages to commands: what an Order, a change, a cancellation or an answer asks of a case.

An order founds a case, or comes back to the one that was returned. A change is the order as the customer wants it
from now on; one that takes over what we proposed for the lines confirms it, and whatever else it changes is asked
for beside. A cancellation ends the order. An answer of ours that was given elsewhere is repeated here, so that both
systems know the same: what it offers instead becomes a proposal, and what stands already asks for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, TypeAlias

import attrs

from orderlib.case.record import OrderCase
from orderlib.case.repository import Repository
from orderlib.change.message import DecideChange, ReceiveOrderChange, RequestCancellation, RequestChange
from orderlib.change.record import ChangeCause, Side
from orderlib.errors import DocumentError, FindingCode, RefusedError, Severity
from orderlib.intake.message import AcknowledgeOrder, ReceiveOrder, ResubmitOrder
from orderlib.order.line import OrderLine
from orderlib.order.record import Attachment, Order
from orderlib.order.revision import Difference, apply, difference
from orderlib.review.message import ReviewOrder
from orderlib.review.record import ReviewOutcome
from orderlib.values.instant import Instant
from orderlib.values.message import Command
from orderlib.values.party import Actor
from orderlib.wire.ubl.change import changed_order
from orderlib.wire.ubl.document import (
    LineAction,
    LineResponse,
    OrderCancellation,
    OrderChange,
    OrderDocument,
    OrderResponse,
    ResponseCode,
)

__all__ = ["Message", "commands_of", "find_case", "offered_order", "reference_of"]

UNKNOWN_ORDER: Final = FindingCode(
    "ubl.order-unknown", Severity.ERROR, "no order {order} of {buyer} is known", "不存在 {buyer} 的订单 {order}"
)
NO_CODE: Final = FindingCode(
    "ubl.response-without-code",
    Severity.ERROR,
    "the response {id} says neither yes nor no",
    "响应 {id} 未说明是否接受",
)

Message: TypeAlias = OrderDocument | OrderChange | OrderCancellation | OrderResponse
"""What customers and sellers send each other about an order."""

_OUTCOMES: Final = {
    ResponseCode.ACCEPTED: ReviewOutcome.ACCEPTED,
    ResponseCode.CONDITIONALLY_ACCEPTED: ReviewOutcome.CONDITIONALLY_ACCEPTED,
    ResponseCode.REJECTED: ReviewOutcome.REJECTED,
}


def _subject(message: Message) -> tuple[str, str]:
    """Ids of the buyer and of the order that a message is about."""
    if isinstance(message, OrderDocument):
        if message.order is None:
            raise DocumentError(*message.findings)
        return message.order.buyer.id, message.order.id
    buyer = message.order.buyer if isinstance(message, OrderChange) else message.buyer
    return buyer.id, message.order_id


def reference_of(message: Message) -> tuple[str, str]:
    """Kind and reference under which a repository finds the case that a message is about.

    Raises `DocumentError` for an order that could not be read.
    """
    buyer, order = _subject(message)
    return "order", f"{buyer}/{order}"


def find_case(repository: Repository, message: Message) -> OrderCase | None:
    """The latest case of the order that a message is about, None where there is none.

    Raises `DocumentError` for an order that could not be read.
    """
    keys = repository.find(*reference_of(message))
    if not keys:
        return None
    case: OrderCase = repository.load(keys[-1])
    return case


def commands_of(
    message: Message, case: OrderCase | None, *, by: Actor, at: Instant | str | None = None
) -> tuple[Command, ...]:
    """The commands to give for a message, in their order; `case` is the one that `find_case` gives.

    Raises `DocumentError` for an order that could not be read, `RefusedError` (`ubl.order-unknown`) for a message
    about an order that nobody knows, and (`ubl.response-without-code`) for an answer that is none.
    """
    buyer, number = _subject(message)
    stamped: dict[str, Any] = {"by": by, "at": at}
    if isinstance(message, OrderDocument):
        return tuple(_order(message, case, stamped))
    if case is None or case.order is None:
        raise RefusedError(UNKNOWN_ORDER("/order_id", order=number, buyer=buyer))
    if isinstance(message, OrderChange):
        return tuple(_change(message, case, case.order, stamped))
    if isinstance(message, OrderCancellation):
        return (RequestCancellation(case.id, message.id, **stamped, reason=message.reason),)
    return tuple(_response(message, case, case.order, stamped))


def _order(document: OrderDocument, case: OrderCase | None, stamped: dict[str, Any]) -> Iterator[Command]:
    order = document.order
    if order is None:  # pragma: no cover  # refused before
        return
    paper, stated = Attachment(order.id, "Order"), document.stated
    if case is not None and case.state == "returned":
        yield ResubmitOrder(case.id, order, document=paper, stated=stated, **stamped)
    else:
        yield ReceiveOrder(order, document=paper, stated=stated, **stamped)


def _change(change: OrderChange, case: OrderCase, order: Order, stamped: dict[str, Any]) -> Iterator[Command]:
    wanted = changed_order(order, change)
    for proposal in case.change.proposals if case.change is not None else ():
        if proposal.wanted.revision == order.revision:
            proposed = apply(order, proposal.wanted)
            rest = difference(proposed, attrs.evolve(wanted, revision=proposed.revision))
            if rest and list(wanted.lines) == list(proposed.lines):
                same = attrs.evolve(proposed, revision=order.revision)
                yield ReceiveOrderChange(case.id, change.id, same, change.sequence, **stamped)
                yield RequestChange(case.id, f"{change.id}/terms", rest, **stamped, reason=change.note)
                return
    yield ReceiveOrderChange(case.id, change.id, wanted, change.sequence, **stamped, reason=change.note)


def _response(response: OrderResponse, case: OrderCase, order: Order, stamped: dict[str, Any]) -> Iterator[Command]:
    code, reason = response.code, response.note or str(response.id)
    if code is None:
        raise RefusedError(NO_CODE("/code", id=response.id))
    if code is ResponseCode.ACKNOWLEDGED:
        yield AcknowledgeOrder(case.id, **stamped)
        return
    offered = _offer(response, order)
    if response.change_id is not None:
        accept = code is ResponseCode.ACCEPTED
        known = None if case.change is None else case.change.requests.get(response.change_id)
        if known is not None and known.state == ("applied" if accept else "rejected"):
            return  # the answer repeats what stands already
        yield DecideChange(case.id, response.change_id, accept, counter=offered, **stamped, reason=reason)
    elif offered is not None:
        yield RequestChange(
            case.id, response.id, offered, ChangeCause.INTERNAL, side=Side.SUPPLIER, **stamped, reason=reason
        )
        yield DecideChange(case.id, response.id, accept=True, **stamped, reason=reason)
    else:
        yield ReviewOrder(case.id, overrule=_OUTCOMES[code], **stamped, reason=reason)


def _offer(response: OrderResponse, order: Order) -> Difference | None:
    """What a conditional acceptance offers instead, as a difference; None where it offers nothing else."""
    if response.code is not ResponseCode.CONDITIONALLY_ACCEPTED:
        return None
    return difference(order, offered_order(order, response)) or None


def offered_order(order: Order, response: OrderResponse) -> Order:
    """The order as the seller would take it: lines not accepted are gone, others as offered.

    Numbers that the seller has for the items stand in the response; an item is another one only where it is a
    substitute. A line answered in several parts stays as it is.
    """
    answers: dict[str, list[LineResponse]] = {}
    for each in response.lines:
        answers.setdefault(each.line_id, []).append(each)
    lines: list[OrderLine] = []
    for line in order.lines:
        said = answers.get(line.id, [])
        if len(said) != 1:
            lines.append(line)
        elif said[0].action is not LineAction.NOT_ACCEPTED:
            lines.append(_offered(line, said[0]))
    return attrs.evolve(order, lines=lines)


def _offered(line: OrderLine, said: LineResponse) -> OrderLine:
    if said.action is not LineAction.CHANGED:
        return line
    quantity = said.quantity if said.quantity is not None else line.quantity
    return attrs.evolve(
        line,
        item=said.substitute or line.item,
        quantity=quantity,
        price=said.price if said.price is not None else line.price,
        schedule=line.schedule if quantity == line.quantity else (),
    )
