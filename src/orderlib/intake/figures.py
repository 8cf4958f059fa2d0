"""The figures of an order that cannot be meant: prices, amounts and rates that contradict themselves.

Source of the limits on prices and tax: EN 16931-1, BR-27, BR-S-05, BR-Z-05, BR-E-05, BR-AE-05, BR-IC-05, BR-G-05.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import attrs

from orderlib.errors import Finding, FindingCode, InvalidValueError, Severity
from orderlib.intake.submission import Submission
from orderlib.order.line import OrderLine
from orderlib.order.record import Order
from orderlib.order.terms import TaxCategory, TaxCategoryCode
from orderlib.order.totals import Totals, line_net, totals_of
from orderlib.values.unit import unit

__all__ = ["plausible"]


def _code(name: str, en: str, zh: str, severity: Severity = Severity.ERROR) -> FindingCode:
    return FindingCode(f"intake.{name}", severity, en, zh)


SAME_PARTY: Final = _code("same-party", "buyer and seller are both {party}", "买卖双方均为 {party}", Severity.WARNING)
PRICE: Final = _code("price-negative", "line {line} has a price of {price}", "行 {line} 的单价为 {price}")
LINE_ALLOWANCE: Final = _code(
    "line-negative", "the allowances leave {net} of line {line}", "折让后行 {line} 的净额为 {net}"
)
ALLOWANCE: Final = _code("total-negative", "the allowances leave {net} of the order", "折让后订单净额为 {net}")
PREPAID: Final = _code(
    "prepaid", "{prepaid} of {total} cannot have been prepaid", "应付 {total}，不可能已预付 {prepaid}"
)
ROUNDING: Final = _code(
    "rounding-large", "{rounding} is more than rounding makes of {total}", "{total} 的舍入金额不可能为 {rounding}"
)
TAX: Final = _code(
    "tax-rate", "tax category {category} does not go with {rate} %", "税类 {category} 的税率不能为 {rate} %"
)
FRACTION: Final = _code(
    "quantity-fraction",
    "line {line} orders {quantity}, which comes in whole numbers",
    "行 {line} 订购 {quantity}，该单位须为整数",
    Severity.WARNING,
)

#: categories that bear tax, and those that bear none
_TAXED: Final = frozenset({TaxCategoryCode.STANDARD, TaxCategoryCode.LOWER_RATE, TaxCategoryCode.HIGHER_RATE})
_UNTAXED: Final = frozenset(
    {
        TaxCategoryCode.ZERO_RATED,
        TaxCategoryCode.EXEMPT,
        TaxCategoryCode.REVERSE_CHARGE,
        TaxCategoryCode.INTRA_COMMUNITY,
        TaxCategoryCode.EXPORT,
        TaxCategoryCode.OUTSIDE_SCOPE,
    }
)
#: rounding to the nearest coin or note is less than one part in so many of the total, or than one unit of the currency
_ROUNDED: Final = 100


def plausible(order: Order, _submission: Submission, /) -> Iterator[Finding]:
    """Two parties; prices and sums that are not negative; tax rates that go with their category; what was prepaid, or
    rounded, within reason; whole pieces; and totals that money can hold.
    """
    if order.buyer.id == order.seller.id:
        yield SAME_PARTY("/seller/id", party=order.buyer.id)
    for position, line in enumerate(order.lines):
        yield from _line(line, f"/lines/{position}")
    for position, each in enumerate(order.allowance_charges):
        yield from _tax(each.tax, f"/allowance_charges/{position}/tax")
    try:
        totals = totals_of(order)
        nets = [line_net(order, line) for line in order.lines]
    except InvalidValueError as error:
        yield from (attrs.evolve(each, address="/totals") for each in error.findings)
        return
    for position, (line, net) in enumerate(zip(order.lines, nets, strict=True)):
        if net.minor < 0 and (line.price is None or line.price.amount >= 0):
            yield LINE_ALLOWANCE(f"/lines/{position}/allowance_charges", line=line.id, net=net)
    yield from _sums(totals)


def _line(line: OrderLine, where: str) -> Iterator[Finding]:
    price, ordered = line.price, line.quantity
    if price is not None and price.amount < 0:
        yield PRICE(f"{where}/price", line=line.id, price=price)
    if ordered.value != ordered.value.to_integral_value() and unit(ordered.unit).whole:
        yield FRACTION(f"{where}/quantity", line=line.id, quantity=ordered)
    yield from _tax(line.tax, f"{where}/tax")


def _tax(category: TaxCategory | None, where: str) -> Iterator[Finding]:
    if category is None:
        return
    rate = category.rate or 0
    if (category.code in _TAXED and not rate) or (category.code in _UNTAXED and rate):
        yield TAX(f"{where}/rate", category=category.code, rate=rate)


def _sums(totals: Totals) -> Iterator[Finding]:
    whole = totals.tax_inclusive
    if totals.tax_exclusive.minor < 0 <= totals.line_extension.minor:
        yield ALLOWANCE("/allowance_charges", net=totals.tax_exclusive)
        return
    if not 0 <= totals.prepaid.minor <= max(0, whole.minor):
        yield PREPAID("/prepaid", prepaid=totals.prepaid, total=whole)
    if abs(totals.rounding.minor) > max(10**totals.rounding.digits, abs(whole.minor) // _ROUNDED):
        yield ROUNDING("/rounding", rounding=totals.rounding, total=whole)
