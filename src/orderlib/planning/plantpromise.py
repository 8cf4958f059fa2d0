"""Promises that a plant keeps: the slot `promise` filled by what stock, supply and capacity let one promise."""

from __future__ import annotations

from datetime import date

import attrs

from orderlib.errors import Finding
from orderlib.order.record import Order
from orderlib.planning.capable import CapableToPromise, CtpAnswer
from orderlib.planning.promise import Feasibility, PromiseDecision
from orderlib.planning.record import LinePromise, PartPromise
from orderlib.supply.atp import WOULD_FIT, AlternativeKind
from orderlib.values.fact import Facts
from orderlib.values.instant import Instant, instant
from orderlib.values.quantity import Quantity

__all__ = ["CapablePromise"]


def _as_of(value: Instant | str) -> Instant:
    return instant(value, address="/as_of")


@attrs.frozen
class CapablePromise:
    """Promises out of what the plant can do: each line, or schedule line, takes what the ones before it left over.

    `plant` holds the figures as of `as_of`, and nothing begins before that; `transit_days` working days lie between
    the plant and the customer. A line that cannot be had at all gets no promise, and the outcome is impossible.
    """

    plant: CapableToPromise
    as_of: Instant = attrs.field(converter=_as_of)
    transit_days: int = 0

    def __call__(self, order: Order, _ready_at: Instant, _facts: Facts, /) -> PromiseDecision:
        """A day for each line that can be had, with everything that binds."""
        plant, promises = self.plant, list[LinePromise]()
        reasons, otherwise = list[Finding](), list[Finding]()
        default = order.delivery.requested_period.end_on if order.delivery.requested_period else None
        for line in order.lines:
            wanted = line.requested_on or default
            asked = [(part.id, part.quantity, part.requested_on or wanted) for part in line.schedule]
            parts: list[PartPromise] = []
            for part_id, quantity, on in asked or [(line.id, line.quantity, wanted)]:
                answer = self._ask(plant, line.item.id, quantity, on, f"{order.id}/{line.id}")
                plant = plant.without(answer)
                reasons += (attrs.evolve(each, address=f"/lines/{line.id}{each.address}") for each in answer.reasons)
                otherwise += (
                    WOULD_FIT(f"/lines/{line.id}", item=answer.item_id, quantity=part.quantity, on=part.on)
                    for alternative in answer.alternatives
                    if alternative.kind is not AlternativeKind.DATE  # that is the promise
                    for part in alternative.parts
                )
                if answer.promised_on is not None:
                    there = self.plant.capacity.calendar.add_days(answer.promised_on, self.transit_days)
                    parts.append(PartPromise(part_id, quantity, on, there if on is None else max(there, on)))
            if len(parts) == max(len(asked), 1):
                last = max(part.promised_on for part in parts)
                promise = LinePromise(line.id, wanted, last, parts=parts if asked else ())
                why = "; ".join(each.message() for each in reasons if each.address.startswith(f"/lines/{line.id}/"))
                promises.append(attrs.evolve(promise, reason=why if promise.late else ""))
        if len(promises) < len(order.lines):
            return PromiseDecision(
                Feasibility.IMPOSSIBLE, tuple(reasons), tuple(dict.fromkeys(otherwise)), promises=tuple(promises)
            )
        late = any(promise.late for promise in promises)
        outcome = Feasibility.LATE if late else Feasibility.ON_TIME
        return PromiseDecision(
            outcome, tuple(reasons), tuple(dict.fromkeys(otherwise)) if late else (), promises=tuple(promises)
        )

    def _ask(
        self, plant: CapableToPromise, item_id: str, quantity: Quantity, wanted: date | None, want: str
    ) -> CtpAnswer:
        """The plant's answer for the day on which the goods have to leave it."""
        today = self.as_of.date()
        leaves = today if wanted is None else max(today, plant.capacity.calendar.add_days(wanted, -self.transit_days))
        return plant.check(item_id, quantity, leaves, self.as_of, want=want)
