"""Messages that speak of an order already received: which order they mean, and which command each of them is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

import attrs

from orderlib.case.record import OrderCase
from orderlib.cli.documents import Document
from orderlib.cli.report import Refusal
from orderlib.desk.desk import OrderDesk
from orderlib.errors import FindingCode, OrderlibError, Severity
from orderlib.order.record import Order
from orderlib.values.instant import Instant, instant
from orderlib.values.message import Command
from orderlib.values.party import Actor
from orderlib.wire.ubl.commands import commands_of
from orderlib.wire.ubl.document import OrderCancellation, OrderChange

__all__ = ["Letter", "Letterbox", "addressee", "letter_of", "unknown_order"]

ORDER_UNKNOWN: Final = FindingCode(
    "document.order-unknown",
    Severity.ERROR,
    "no order {order} is among the documents",
    "文档中没有订单 {order}",
)

_POST_ROOM: Final = Actor("post-room", department="customer-service")
_NO_REASON: Final = "as the customer's message says"


@attrs.frozen
class Letter:
    """A change or cancellation that waits for its day."""

    document: Document
    message: OrderChange | OrderCancellation
    issued_on: date | None
    number: int

    @property
    def command(self) -> str:
        """The name of the command that it becomes."""
        return "ReceiveOrderChange" if isinstance(self.message, OrderChange) else "RequestCancellation"

    def commands(self, case: OrderCase) -> Iterator[Command]:
        """What it asks of a case, each with a reason; raises as `commands_of` does."""
        for command in commands_of(self.message, case, by=_POST_ROOM):
            yield command if command.reason.strip() else attrs.evolve(command, reason=_NO_REASON)


def letter_of(document: Document) -> Letter | None:
    """The document as a letter, or None where it is something else."""
    message = document.message
    if isinstance(message, OrderChange):
        return Letter(document, message, document.issued_on, message.sequence or 0)
    if isinstance(message, OrderCancellation):
        # what ends an order comes after everything else of its day
        return Letter(document, message, document.issued_on, 1 << 31)
    return None


def addressee(letter: Letter, orders: Sequence[Document]) -> int | None:
    """Which of the orders a letter names: of several with its number, one of the same buyer, lying beside it."""
    wanted = letter.message.order_id
    buyer = letter.message.order.buyer if isinstance(letter.message, OrderChange) else letter.message.buyer
    found = [
        (message.buyer.id == buyer.id, each.folder == letter.document.folder, -position)
        for position, each in enumerate(orders)
        if isinstance(message := each.message, Order) and message.id == wanted
    ]
    return -max(found)[2] if found else None


def unknown_order(letter: Letter) -> Refusal:
    """The refusal of a letter that names an order which nobody knows."""
    root = "OrderChange" if isinstance(letter.message, OrderChange) else "OrderCancellation"
    where = f"/{root}/OrderReference/ID"
    return Refusal(letter.document.name, (ORDER_UNKNOWN(where, order=letter.message.order_id),))


class Letterbox:
    """The letters to one order: each is delivered on its day, or as soon after as the order can take it."""

    def __init__(self, letters: Iterable[Letter]) -> None:
        self._waiting = sorted(letters, key=lambda each: (each.issued_on or date.min, each.number, each.document.name))
        self.refused: list[Refusal] = []

    @property
    def next_at(self) -> Instant | None:
        """When the next letter arrives; the first moment of all for one that bears no date."""
        if not self._waiting:
            return None
        day = self._waiting[0].issued_on or date.min
        return instant(f"{day.isoformat()}T07:00:00Z")

    def deliver(self, desk: OrderDesk, case_id: str, now: Instant, *, last: bool = False) -> None:
        """Hand over what has arrived by now and is expected; the `last` time everything, expected or not."""
        while (due := self.next_at) is not None and (last or due <= now):
            letter, case = self._waiting[0], desk.load(case_id)
            if not last and letter.command not in {offer.command for offer in desk.allowed(case)}:
                return
            del self._waiting[0]
            try:
                for command in letter.commands(case):
                    desk.handle(command)
            except OrderlibError as error:
                self.refused.append(Refusal(letter.document.name, error.findings))
