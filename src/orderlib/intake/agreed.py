"""The agreed side of an order: which price it has there, and the order with agreed prices."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import attrs

from orderlib.errors import InvalidValueError
from orderlib.order.line import OrderLine
from orderlib.order.record import Order
from orderlib.order.terms import DeliveryTerms
from orderlib.values.decimals import EXACT
from orderlib.values.identifier import LineId
from orderlib.values.quantity import Quantity, conversion_factor
from orderlib.values.rate import UnitPrice

if TYPE_CHECKING:
    from orderlib.agreement.record import AgreedItem, AgreementAccount
    from orderlib.order.compare import Deviation

__all__ = ["agreed_price", "line_of", "order_under", "repriceable", "repriced"]


def agreed_price(line: OrderLine, agreed: Order | None) -> UnitPrice | None:
    """The price that was agreed for the item of a line, or None."""
    if agreed is None:
        return None
    same = agreed.lines.get(line.id)
    if same is not None and same.item.id == line.item.id:
        return same.price
    return next((each.price for each in agreed.lines if each.item.id == line.item.id), None)


def line_of(deviation: Deviation) -> LineId | None:
    """The line that a deviation is about, None where it is about the order as a whole."""
    steps = deviation.address.split("/")
    if len(steps) < 3 or steps[1] != "lines":
        return None
    return LineId(steps[2].replace("~1", "/").replace("~0", "~"))


def repriceable(deviation: Deviation, order: Order, agreed: Order | None) -> bool:
    """Whether putting the agreed price in its place would resolve the deviation."""
    from orderlib.order.field import Aspect  # noqa: PLC0415 - most orders deviate from nothing

    line_id = line_of(deviation)
    line = order.lines.get(line_id) if line_id is not None else None
    if line is None or deviation.aspect is not Aspect.PRICE or not deviation.address.endswith("/price"):
        return False
    price = agreed_price(line, agreed)
    return price is not None and price.currency == order.currency


def repriced(order: Order, agreed: Order, deviations: Iterable[Deviation]) -> tuple[Order, tuple[LineId, ...]]:
    """The order with the agreed price on each line that the deviations are about, and those lines."""
    ids = tuple(dict.fromkeys(line_id for each in deviations if (line_id := line_of(each)) is not None))
    lines = [order.lines[line_id] for line_id in ids]
    priced = [attrs.evolve(line, price=agreed_price(line, agreed)) for line in lines]
    return attrs.evolve(order, lines=order.lines.replace(priced)), ids


def order_under(order: Order, account: AgreementAccount) -> Order:
    """The order as it would be at the prices and terms of its framework agreement; what that does not say stays."""
    agreement = account.agreement
    if agreement.currency != order.currency:
        return order
    lines = order.lines
    for line in order.lines:
        item = agreement.items.get(line.item.id)
        if item is None or item.price is None:
            continue
        try:
            price = _price_for(line, item, item.price)
            if not _alike(line, price):
                lines = lines.replace([attrs.evolve(line, price=price)])
        except InvalidValueError:
            continue  # the agreement's unit means nothing for this line, which the call-off check reports
    payment = agreement.payment or order.payment
    return attrs.evolve(order, lines=lines, payment=payment, delivery=_delivery(order.delivery, agreement.delivery))


def _price_for(line: OrderLine, item: AgreedItem, price: UnitPrice) -> UnitPrice:
    """The agreed price as the line can have it: one that names no unit is for one of the agreement's."""
    own = line.quantity.unit
    if price.unit is not None or own == item.unit:
        return price
    factor = conversion_factor(own, item.unit, (*line.item.conversions, *item.item.conversions))
    amount, per = EXACT.multiply(price.amount, factor.numerator), EXACT.multiply(price.per, factor.denominator)
    return UnitPrice(amount, price.currency, per, own)


def _alike(line: OrderLine, price: UnitPrice) -> bool:
    """Whether one unit costs the same, whatever quantities the two prices are for."""
    if line.price is None:
        return False
    one = Quantity(1, line.quantity.unit)
    try:
        return line.price.exact(one, line.item.conversions) == price.exact(one, line.item.conversions)
    except InvalidValueError:
        return False


def _delivery(own: DeliveryTerms, agreed: DeliveryTerms | None) -> DeliveryTerms:
    """The terms of delivery with all that the agreement says."""
    if agreed is None:
        return own
    plain = DeliveryTerms()
    names = (field.name for field in attrs.fields(DeliveryTerms))
    said = {name: getattr(agreed, name) for name in names if getattr(agreed, name) != getattr(plain, name)}
    return attrs.evolve(own, **said)
