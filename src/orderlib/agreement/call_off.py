"""An order held against its framework agreement, and the quantities that it takes of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from orderlib.agreement.message import CallOffReleased, CallOffReserved
from orderlib.agreement.record import AgreedItem, AgreementAccount, ItemQuantity
from orderlib.agreement.table import AGREEMENT
from orderlib.errors import Finding, FindingCode, InvalidValueError, RefusedError, Severity
from orderlib.order.line import OrderLine
from orderlib.order.record import Order
from orderlib.values.decimals import EXACT
from orderlib.values.identifier import CaseId, ItemId
from orderlib.values.instant import day
from orderlib.values.message import Event, Stamp
from orderlib.values.quantity import Quantity, conversion_factor
from orderlib.values.typed import instance_of

__all__ = ["check_call_off", "reserve"]


def _code(name: str, en: str, zh: str) -> FindingCode:
    return FindingCode(f"agreement.{name}", Severity.ERROR, en, zh)


NOT_IN_FORCE: Final = _code("not-in-force", "agreement {id} is {state}", "协议 {id} 的状态为 {state}")
OUTSIDE_TERM: Final = _code("outside-term", "agreement {id} does not cover {on}", "协议 {id} 不涵盖 {on}")
OTHER_PARTY: Final = _code(
    "other-party", "the {role} is {found}, agreed was {expected}", "{role} 为 {found}，协议约定为 {expected}"
)
OTHER_CURRENCY: Final = _code(
    "other-currency",
    "the order is in {found}, the agreement in {expected}",
    "订单币种为 {found}，协议币种为 {expected}",
)
ITEM_UNKNOWN: Final = _code("item-unknown", "item {item} is not part of the agreement", "物料 {item} 不在协议内")
UNIT: Final = _code(
    "unit", "{found} of item {item} do not convert to {expected}", "物料 {item} 的 {found} 不能换算为 {expected}"
)
PRICE: Final = _code(
    "price-differs", "a price of {found}, agreed was {expected}", "价格为 {found}，协议约定为 {expected}"
)
LEFT: Final = _code(
    "quantity-left",
    "{wanted} {unit} of item {item} are wanted and {left} are left",
    "需要物料 {item} {wanted} {unit}，剩余 {left}",
)
MAXIMUM: Final = _code(
    "order-maximum",
    "{wanted} {unit} of item {item} are wanted, at most {most} in one order",
    "需要物料 {item} {wanted} {unit}，每单最多 {most}",
)

_ZERO: Final = Decimal(0)


def check_call_off(account: AgreementAccount, order: Order, on: date, case_id: str = "") -> tuple[Finding, ...]:
    """Everything in which an order, called off on a day, is not as agreed.

    In force and within its term, the same parties and currency, agreed items at agreed prices, and quantities
    that are left. `case_id` names the case whose own call-off is not to count against it.
    """
    agreement = instance_of(AgreementAccount, account, "/account").agreement
    instance_of(Order, order, "/order")
    found = [*_validity(account, day(on, address="/on"))]
    for role, party, agreed in (
        ("buyer", order.buyer, agreement.buyer),
        ("seller", order.seller, agreement.seller),
    ):
        if party.id != agreed.id:
            found.append(OTHER_PARTY(f"/{role}/id", role=role, found=party.id, expected=agreed.id))
    if order.currency != agreement.currency:
        found.append(OTHER_CURRENCY("/currency", found=order.currency, expected=agreement.currency))
    for position, line in enumerate(order.lines):
        found += _line(line, agreement.items.get(line.item.id), f"/lines/{position}")
    return (*found, *_quantities(account, wanted(account, order), case_id))


def _validity(account: AgreementAccount, on: date) -> Iterator[Finding]:
    if AGREEMENT.target(account.state, CallOffReserved.move) is None:
        yield NOT_IN_FORCE("/agreement_id", id=account.id, state=AGREEMENT.title(account.state))
    if on not in account.agreement.valid:
        yield OUTSIDE_TERM("/agreement_id", id=account.id, on=on)


def _line(line: OrderLine, agreed: AgreedItem | None, where: str) -> Iterator[Finding]:
    if agreed is None:
        yield ITEM_UNKNOWN(f"{where}/item/id", item=line.item.id)
        return
    if _converted(line, agreed) is None:
        unit = line.quantity.unit
        yield UNIT(f"{where}/quantity/unit", item=line.item.id, found=unit, expected=agreed.unit)
        return
    if agreed.price is not None and not _same_price(line, agreed):
        yield PRICE(f"{where}/price", found=line.price or "-", expected=agreed.price)


def _same_price(line: OrderLine, agreed: AgreedItem) -> bool:
    """Whether one unit costs the same, whatever base quantities the two prices are for."""
    if line.price is None or agreed.price is None or line.price.currency != agreed.price.currency:
        return False
    unit = line.quantity.unit
    conversions = (*line.item.conversions, *agreed.item.conversions)
    # a price that names no unit is for one of the line, or of the agreement
    asked = line.price.exact(Quantity(1, unit), conversions)
    each = agreed.price.exact(Quantity(1, agreed.unit), conversions)
    return asked == each * conversion_factor(unit, agreed.unit, conversions)


def _converted(line: OrderLine, agreed: AgreedItem) -> Decimal | None:
    """The line's quantity in the agreement's unit, or None where it cannot be said."""
    try:
        return line.quantity.convert(agreed.unit, (*line.item.conversions, *agreed.item.conversions)).value
    except InvalidValueError:
        return None


def wanted(account: AgreementAccount, order: Order) -> dict[ItemId, Decimal]:
    """What the order takes of each agreed item, in the agreement's unit."""
    sums: dict[ItemId, Decimal] = {}
    for line in order.lines:
        agreed = account.agreement.items.get(line.item.id)
        quantity = None if agreed is None else _converted(line, agreed)
        if quantity is not None:
            sums[line.item.id] = EXACT.add(sums.get(line.item.id, _ZERO), quantity)
    return sums


def _quantities(account: AgreementAccount, sums: dict[ItemId, Decimal], case_id: str) -> Iterator[Finding]:
    own = account.call_offs.get(case_id) if case_id else None
    for item_id, quantity in sums.items():
        agreed = account.agreement.items[item_id]
        if agreed.total is not None:
            balance = account.balances.get(item_id)
            others = balance.called_off if balance else _ZERO
            if own is not None:
                mine = EXACT.add(_of(own.reserved, item_id), _of(own.consumed, item_id))
                others = EXACT.subtract(others, mine)
            left = max(_ZERO, EXACT.subtract(agreed.total, others))
            if quantity > left:
                yield LEFT("/lines", item=item_id, wanted=quantity, unit=agreed.unit, left=left)
        if agreed.maximum is not None and quantity > agreed.maximum:
            yield MAXIMUM("/lines", item=item_id, wanted=quantity, unit=agreed.unit, most=agreed.maximum)


def _of(items: tuple[ItemQuantity, ...], item_id: ItemId) -> Decimal:
    return next((each.quantity for each in items if each.item_id == item_id), _ZERO)


def reserve(account: AgreementAccount, order: Order, case_id: str, on: date, stamp: Stamp) -> tuple[Event, ...]:
    """The events that set aside what an order takes, less what its case has reserved or received already.

    After a revision the reservation follows the order, down as well as up. Items that were not agreed take
    nothing. Raises `RefusedError` where more is taken and the agreement does not cover the day or the quantity
    (`agreement.not-in-force`, `agreement.outside-term`, `agreement.quantity-left`, `agreement.order-maximum`).
    """
    sums = wanted(account, order)
    own = account.call_offs.get(case_id)
    more: list[ItemQuantity] = []
    less: list[ItemQuantity] = []
    reserved = own.reserved if own else ()
    for item_id in dict.fromkeys((*sums, *(each.item_id for each in reserved))):
        held = _of(reserved, item_id)
        used = _of(own.consumed, item_id) if own else _ZERO
        change = EXACT.subtract(max(_ZERO, EXACT.subtract(sums.get(item_id, _ZERO), used)), held)
        if change:
            (more if change > 0 else less).append(ItemQuantity(item_id, abs(change)))
    if more:
        wrong = (*_validity(account, on), *_quantities(account, sums, case_id))
        if wrong:
            raise RefusedError(*wrong)
    events: list[Event] = []
    if less:
        events.append(CallOffReleased(stamp, account.id, CaseId(case_id), tuple(less)))
    if more:
        events.append(CallOffReserved(stamp, account.id, CaseId(case_id), tuple(more)))
    return tuple(events)
