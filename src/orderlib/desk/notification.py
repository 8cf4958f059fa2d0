"""Who has to hear of what: the customer of receipt, response, promises, despatch; departments by the matrix."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import attrs

from orderlib.case.authority import BY_DEPARTMENT, Desk, ResponsibilityMatrix
from orderlib.case.record import OrderCase
from orderlib.desk.outcome import Outcome
from orderlib.errors import Language
from orderlib.values.instant import Instant
from orderlib.values.message import Event
from orderlib.values.party import Party

__all__ = ["CustomerNotifier", "DepartmentNotice", "DepartmentNotifier", "Notification", "notifications_of"]


@attrs.frozen(kw_only=True)
class Notification:
    """One message to the customer: its kind, to whom, about which case and event, with the facts for its text."""

    kind: str
    to: Party
    case_id: str
    order_id: str
    at: Instant
    facts: Mapping[str, str] = attrs.field(factory=dict[str, str])

    def text(self, lang: Language = "en") -> str:
        """The sentence for the customer."""
        english, chinese = _TEXTS[self.kind]
        return (chinese if lang == "zh" else english).format(order=self.order_id, **self.facts)


#: what each kind of message says, in English and Chinese
_TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    "receipt": ("We have received your order {order}.", "我们已收到贵方订单 {order}。"),
    "returned": ("We could not take your order {order} as it stands: {why}", "贵方订单 {order} 暂不能受理：{why}"),
    "rejected": ("We cannot accept your order {order}: {why}", "我们无法接受贵方订单 {order}：{why}"),
    "accepted": ("We accept your order {order}.", "我们接受贵方订单 {order}。"),
    "counter-offer": (
        "We accept your order {order} under conditions; please let us have your answer.",
        "我们有条件接受贵方订单 {order}，请答复。",
    ),
    "promise": (
        "Your order {order}: line {line} is promised for {day}.",
        "贵方订单 {order}：行 {line} 承诺于 {day} 交付。",
    ),
    "promise-moved": (
        "Your order {order}: the promise for line {line} moves to {day}, because {why}",
        "贵方订单 {order}：行 {line} 的承诺变更为 {day}，原因：{why}",
    ),
    "despatch": (
        "Goods of your order {order} have left (despatch {despatch}).",
        "贵方订单 {order} 的货物已发出（发货单 {despatch}）。",
    ),
    "cancelled": ("Your order {order} is cancelled.", "贵方订单 {order} 已取消。"),
    "closed": ("Your order {order} is completed.", "贵方订单 {order} 已完成。"),
}

_Facts = Callable[[Any], Iterator[Mapping[str, str]]]


def _plain(_event: Any) -> Iterator[Mapping[str, str]]:
    yield {}


def _why(event: Any) -> Iterator[Mapping[str, str]]:
    found = getattr(event, "findings", ()) or getattr(event, "reasons", ())
    yield {"why": "; ".join(finding.message() for finding in found) or event.stamp.reason}


def _promises(event: Any) -> Iterator[Mapping[str, str]]:
    for promise in event.promises:
        yield {"line": promise.id, "day": promise.promised_on.isoformat()}


def _promise(event: Any) -> Iterator[Mapping[str, str]]:
    promise = event.promise
    yield {"line": promise.id, "day": promise.promised_on.isoformat(), "why": promise.reason}


def _despatch(event: Any) -> Iterator[Mapping[str, str]]:
    yield {"despatch": event.despatch_id}


#: kind of message and its facts, by the name of the event: rooms that nobody opened stay closed
_KINDS: Final[Mapping[str, tuple[str, _Facts]]] = {
    "OrderReceived": ("receipt", _plain),
    "OrderReturned": ("returned", _why),
    "OrderRejectedAtScreening": ("rejected", _why),
    "OrderRejected": ("rejected", _why),
    "OrderAccepted": ("accepted", _plain),
    "OrderConditionallyAccepted": ("counter-offer", _plain),
    "OrderPromised": ("promise", _promises),
    "PromiseMoved": ("promise-moved", _promise),
    "GoodsDespatched": ("despatch", _despatch),
    "OrderCancelled": ("cancelled", _plain),
    "OrderClosed": ("closed", _plain),
}


def notifications_of(case: OrderCase, event: Event) -> Iterator[Notification]:
    """The messages that an event owes the customer, none for most."""
    known = _KINDS.get(type(event).__name__)
    if known is None or case.order is None:
        return
    kind, facts_of = known
    order = case.order
    for facts in facts_of(event):
        yield Notification(
            kind=kind, to=order.buyer, case_id=case.id, order_id=order.id, at=event.recorded_at, facts=facts
        )


class CustomerNotifier:
    """A subscriber that hands every message to the customer to `send`."""

    def __init__(self, send: Callable[[Notification], object]) -> None:
        self._send: Final = send

    def __call__(self, outcome: Outcome, /) -> None:
        """Send what the outcome's events owe the customer."""
        if isinstance(outcome.state, OrderCase):
            for event in outcome.events:
                for notification in notifications_of(outcome.state, event):
                    self._send(notification)


@attrs.frozen
class DepartmentNotice:
    """An event that a department has to hear of; `desk` says whom to reach there, as far as the matrix knows."""

    department: str
    case_id: str
    event: Event
    desk: Desk = attrs.field(factory=Desk)


class DepartmentNotifier:
    """A subscriber that tells departments what the responsibility matrix says they have to hear.

    `only` narrows it to some departments. What an event belongs to is the stage whose room declares it.
    """

    def __init__(
        self,
        send: Callable[[DepartmentNotice], object],
        matrix: ResponsibilityMatrix = BY_DEPARTMENT,
        *,
        only: tuple[str, ...] = (),
    ) -> None:
        self._send: Final = send
        self._matrix: Final = matrix
        self._only: Final = frozenset(only)

    def __call__(self, outcome: Outcome, /) -> None:
        """Tell every department concerned, in the order of the events."""
        for event in outcome.events:
            stage = type(event).__module__.split(".")[1]
            for department in self._matrix.informed(stage):
                if not self._only or department in self._only:
                    case_id = getattr(outcome.state, "id", "")
                    self._send(DepartmentNotice(department, case_id, event, self._matrix.desk(department)))
