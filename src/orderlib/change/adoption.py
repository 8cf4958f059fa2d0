"""What cannot be of the changes and charges that an adopted order brings along: everything that contradicts it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from orderlib.change.record import ChangeRequest, Charge
from orderlib.errors import Finding, FindingCode, InvalidValueError, RefusedError, Severity
from orderlib.order.record import Order
from orderlib.order.revision import apply

__all__ = ["faults"]

ENDED: Final = FindingCode(
    "adopt.ended", Severity.ERROR, "{id} is {state}; only what is open comes along", "{id} 已 {state}，只能带入未结事项"
)
CHARGE_ALONE: Final = FindingCode(
    "adopt.charge-alone",
    Severity.ERROR,
    "charge {id} awaits an answer, and change {about} is not brought as one that waits for it",
    "费用 {id} 待答复，但未带入等待该费用的变更 {about}",
)
CHARGE_MISSING: Final = FindingCode(
    "adopt.charge-missing",
    Severity.ERROR,
    "change {id} waits for a charge that is not brought",
    "未带入变更 {id} 所等待的费用",
)
CHARGE_AMOUNT: Final = FindingCode(
    "adopt.charge-amount",
    Severity.ERROR,
    "charge {id} cannot be {amount} for an order in {currency}",
    "费用 {id} 不能为 {amount}，订单币种为 {currency}",
)

_OPEN: Final = frozenset({"requested", "proposed", "charged"})


def faults(order: Order, requests: tuple[ChangeRequest, ...], charges: tuple[Charge, ...]) -> Iterator[Finding]:
    """Changes that are over or do not fit the order; charges that nothing waits for, or that cannot be."""
    quoted = {each.about for each in charges if each.open}
    charged = {each.id for each in requests if each.state == "charged"}
    for number, request in enumerate(requests):
        address = f"/changes/{number}"
        if request.state not in _OPEN:
            yield ENDED(f"{address}/state", id=request.id, state=request.state)
        if request.id in charged - quoted:
            yield CHARGE_MISSING(f"{address}/state", id=request.id)
        try:
            apply(order, request.wanted)
        except (RefusedError, InvalidValueError) as error:
            yield from (finding.under(f"{address}/wanted") for finding in error.findings)
    for number, charge in enumerate(charges):
        address = f"/charges/{number}"
        if charge.state not in ("quoted", "accepted"):
            yield ENDED(f"{address}/state", id=charge.id, state=charge.state)
        elif charge.open and charge.about not in charged:
            yield CHARGE_ALONE(f"{address}/about", id=charge.id, about=charge.about)
        if charge.amount.currency != order.currency or charge.amount.minor <= 0:
            yield CHARGE_AMOUNT(f"{address}/amount", id=charge.id, amount=charge.amount, currency=order.currency)
