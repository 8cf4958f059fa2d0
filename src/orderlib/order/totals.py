"""Monetary totals: derived from the order, never stored with it.

Rules of EN 16931-1, with the terms of UBL 2.x (`cac:AnticipatedMonetaryTotal`):

    line extension   sum of the lines' net amounts                      BR-CO-10
    allowance total  sum of the order's allowances                      BR-CO-11
    charge total     sum of the order's charges                         BR-CO-12
    tax exclusive    line extension - allowance total + charge total    BR-CO-13
    tax              sum of the tax of every category and rate          BR-CO-14, BR-S-08, BR-CO-17
    tax inclusive    tax exclusive + tax                                BR-CO-15
    payable          tax inclusive - prepaid + rounding                 BR-CO-16

A line's net amount is quantity x price / base quantity, rounded to the minor unit, less its allowances plus its
charges. A line without a price counts as zero, and what has no tax category stands in a subtotal of its own, without
tax: both are for screening to report. An allowance or charge of the order that names no category takes that of the
lines where all of them have the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from types import NoneType
from typing import Any, Final, Protocol

import attrs

from orderlib.errors import Finding, FindingCode, Severity
from orderlib.order.line import OrderLine
from orderlib.order.terms import AllowanceCharge, Pricing, TaxCategory
from orderlib.values.currency import priced_currency
from orderlib.values.identifier import LineId
from orderlib.values.lines import Lines
from orderlib.values.money import Money
from orderlib.values.quantity import Quantity
from orderlib.values.rounding import RoundingScope
from orderlib.values.typed import couples_of, instance_of, type_check

__all__ = ["Priced", "StatedTotals", "TaxSubtotal", "Totals", "compare_totals", "line_net", "totals_of"]


def _code(name: str, en: str, zh: str) -> FindingCode:
    return FindingCode(
        f"totals.{name}", Severity.ERROR, en + " is {found}, stated as {stated}", zh + "为 {found}，单据写为 {stated}"
    )


DIFFERENT: Final[Mapping[str, FindingCode]] = {
    "line_extension": _code("line-extension", "the sum of the lines", "行净额合计"),
    "allowance_total": _code("allowance-total", "the sum of the allowances", "折让合计"),
    "charge_total": _code("charge-total", "the sum of the charges", "附加费合计"),
    "tax_exclusive": _code("tax-exclusive", "the total without tax", "不含税总额"),
    "tax": _code("tax", "the tax", "税额"),
    "tax_inclusive": _code("tax-inclusive", "the total with tax", "含税总额"),
    "prepaid": _code("prepaid", "what is prepaid", "预付金额"),
    "rounding": _code("rounding", "the rounding of the payable amount", "应付金额舍入"),
    "payable": _code("payable", "the payable amount", "应付金额"),
}
LINE_DIFFERENT: Final = _code("line-net", "the net amount of the line", "该行净额")
LINE_UNKNOWN: Final = FindingCode(
    "totals.unknown-line",
    Severity.ERROR,
    "an amount is stated for line {line}, which there is not",
    "单据为不存在的行 {line} 写有金额",
)


@attrs.frozen
class TaxSubtotal:
    """What is taxed alike: one category and rate, the taxable amount, and the tax on it (EN 16931 BG-23).

    `category` is None for what has no tax category; it bears no tax.
    """

    category: TaxCategory | None
    taxable: Money
    tax: Money


@attrs.frozen(kw_only=True)
class Totals:
    """The monetary totals of an order, in its currency."""

    line_extension: Money
    allowance_total: Money
    charge_total: Money
    tax_exclusive: Money
    tax: Money
    tax_inclusive: Money
    prepaid: Money
    rounding: Money
    payable: Money
    subtotals: tuple[TaxSubtotal, ...] = ()


class Priced(Protocol):
    """What totals look at: an order, or whatever else has its lines and its terms.

    Fields that an order converts are `Any` here, because a checker may see such a field as a descriptor, which no
    typed property admits; what they hold is said.
    """

    @property
    def currency(self) -> Any:
        """ISO 4217."""
        ...

    @property
    def lines(self) -> Any:
        """`Lines[OrderLine]`."""
        ...

    @property
    def allowance_charges(self) -> Any:
        """Allowances and charges on the whole: a tuple of `AllowanceCharge`."""
        ...

    @property
    def pricing(self) -> Pricing:
        """The rounding."""
        ...

    @property
    def prepaid(self) -> Money | None:
        """What has been paid."""
        ...

    @property
    def rounding(self) -> Money | None:
        """What is added to make the payable amount round."""
        ...


class _Groups:
    """Sums by tax category, scheme and rate, in minor units."""

    def __init__(self, rule: Callable[[int, int], int], *, each: bool) -> None:
        self.rule = rule
        self.each = each  # whether every amount is taxed and rounded by itself
        self.sums: dict[tuple[str, str, Decimal | None] | None, list[int]] = {}
        self.categories: dict[tuple[str, str, Decimal | None] | None, TaxCategory | None] = {}

    def add(self, category: TaxCategory | None, minor: int) -> None:
        key = None if category is None else (category.scheme, category.code, category.rate)
        sums = self.sums.get(key)
        if sums is None:
            sums = self.sums[key] = [0, 0]
            self.categories[key] = category
        sums[0] += minor
        if self.each:
            sums[1] += self.taxed(category, minor)

    def taxed(self, category: TaxCategory | None, minor: int) -> int:
        if category is None or not category.rate:
            return 0
        above, below = category.rate.as_integer_ratio()
        return self.rule(minor * above, below * 100)

    def only(self) -> TaxCategory | None:
        """The one category of all so far, if there is just one."""
        return next(iter(self.categories.values())) if len(self.categories) == 1 else None

    def subtotals(self, currency: str) -> tuple[TaxSubtotal, ...]:
        found: list[TaxSubtotal] = []
        for key, (taxable, tax) in self.sums.items():
            category = self.categories[key]
            due = tax if self.each else self.taxed(category, taxable)
            found.append(TaxSubtotal(category, Money.of_minor(taxable, currency), Money.of_minor(due, currency)))
        return tuple(found)


def totals_of(order: Priced, quantities: Mapping[str, Decimal] | None = None) -> Totals:
    """The totals of an order, or of a part of it.

    `quantities` (by line id, in the line's unit) asks for the value of a part: lines that it does not name count
    as nothing, allowances and charges in proportion (of a line to its quantity, of the order to the line
    extension), prepayment and rounding of the whole not at all. For every line whole it gives the whole, so that
    the differences between growing parts sum to it to the cent.

    Raises `InvalidValueError` (`money.out-of-bounds`) where a total passes what an amount can be.
    """
    rule = order.pricing.rule
    currency: str = order.currency
    groups = _Groups(rule, each=order.pricing.scope is RoundingScope.LINE)
    extension = _extension(order.lines, groups, rule, quantities)
    part = _part(order, extension) if quantities is not None and order.allowance_charges else None
    allowances, charges = _document_level(order.allowance_charges, groups, rule, part)
    exclusive = extension - allowances + charges
    subtotals = groups.subtotals(currency)
    tax = sum(each.tax.minor for each in subtotals)
    whole = quantities is None
    prepaid = order.prepaid.minor if whole and order.prepaid else 0
    rounding = order.rounding.minor if whole and order.rounding else 0
    money = Money.of_minor
    return Totals(
        line_extension=money(extension, currency),
        allowance_total=money(allowances, currency),
        charge_total=money(charges, currency),
        tax_exclusive=money(exclusive, currency),
        tax=money(tax, currency),
        tax_inclusive=money(exclusive + tax, currency),
        prepaid=money(prepaid, currency),
        rounding=money(rounding, currency),
        payable=money(exclusive + tax - prepaid + rounding, currency),
        subtotals=subtotals,
    )


def _extension(
    lines: Lines[OrderLine],
    groups: _Groups,
    rule: Callable[[int, int], int],
    quantities: Mapping[str, Decimal] | None,
) -> int:
    """The sum of the lines' net amounts, after adding each to its tax group."""
    extension = 0
    for line in lines:
        if quantities is None:
            net = _net(line, rule, line.quantity, None)
        else:
            net = _net_of_part(line, rule, quantities.get(line.id))
        extension += net
        groups.add(line.tax, net)
    return extension


def line_net(order: Priced, line: OrderLine, quantity: Decimal | None = None) -> Money:
    """The net amount of a line of that order, or of so much of it (BT-131); zero where it has no price."""
    if quantity is None:
        return Money.of_minor(_net(line, order.pricing.rule, line.quantity, None), order.currency)
    return Money.of_minor(_net_of_part(line, order.pricing.rule, quantity), order.currency)


def _net(line: OrderLine, rule: Callable[[int, int], int], quantity: Quantity, part: Fraction | None) -> int:
    """Minor units of a line; `part` is what its allowances and charges are reduced to."""
    price = line.price
    net = 0
    if price is not None:
        if price.unit is None or price.unit == quantity.unit:
            # the exact product of UnitPrice.exact, without the fractions between
            amount, amount_below = price.amount.as_integer_ratio()
            count, count_below = quantity.value.as_integer_ratio()
            base, base_below = price.per.as_integer_ratio()
            scale = 10 ** priced_currency(price.currency)[1]
            net = rule(amount * count * base_below * scale, amount_below * count_below * base)
        else:
            net = price.extend(quantity, rule, line.item.conversions).minor
    for each in line.allowance_charges:
        minor = each.amount.minor if each.charge else -each.amount.minor
        net += minor if part is None else rule(minor * part.numerator, part.denominator)
    return net


def _net_of_part(line: OrderLine, rule: Callable[[int, int], int], quantity: Decimal | None) -> int:
    if not quantity:
        return 0
    ordered = line.quantity.value
    if quantity == ordered:
        return _net(line, rule, line.quantity, None)
    # what was ordered as nothing and delivered nevertheless carries its allowances once
    part = Fraction(quantity) / Fraction(ordered) if ordered else None
    return _net(line, rule, Quantity(quantity, line.quantity.unit), part)


def _part(order: Priced, extension: int) -> Fraction:
    """The part that a line extension is of the whole order's."""
    rule = order.pricing.rule
    lines: Lines[OrderLine] = order.lines
    whole = sum(_net(line, rule, line.quantity, None) for line in lines)
    return Fraction(extension, whole) if whole else Fraction(1)


def _document_level(
    each_of: Iterable[AllowanceCharge], groups: _Groups, rule: Callable[[int, int], int], part: Fraction | None
) -> tuple[int, int]:
    """Sums of the order's allowances and charges, after adding them to their tax groups."""
    common = groups.only()
    sums = [0, 0]
    for each in each_of:
        minor = each.amount.minor
        if part is not None:
            minor = rule(minor * part.numerator, part.denominator)
        sums[each.charge] += minor
        groups.add(each.tax or common, minor if each.charge else -minor)
    return sums[0], sums[1]


def _amounts(given: Iterable[tuple[str, Money]]) -> tuple[tuple[LineId, Money], ...]:
    return tuple((LineId(line_id), money) for line_id, money in couples_of(str, Money, given, "/lines"))


_check_stated: Final = type_check(*((name, (Money, NoneType)) for name in DIFFERENT))


@attrs.frozen(kw_only=True)
class StatedTotals:
    """What a document says that its totals are; whatever it leaves out is None.

    `lines` holds pairs of line id and net amount. Raises `InvalidValueError` (`value.type`, `id.*`).
    """

    line_extension: Money | None = None
    allowance_total: Money | None = None
    charge_total: Money | None = None
    tax_exclusive: Money | None = None
    tax: Money | None = None
    tax_inclusive: Money | None = None
    prepaid: Money | None = None
    rounding: Money | None = None
    payable: Money | None = None
    lines: tuple[tuple[LineId, Money], ...] = attrs.field(default=(), converter=_amounts)

    def __attrs_post_init__(self) -> None:
        _check_stated(self)


def compare_totals(order: Priced, stated: StatedTotals) -> tuple[Finding, ...]:
    """Every stated amount that differs from what the order makes; nothing is repaired.

    Addresses lead to the line (`/lines/0/net`) or to the total (`/totals/payable`); amounts in another currency
    differ, too.
    """
    found: list[Finding] = []
    lines: Lines[OrderLine] = order.lines
    for line_id, amount in instance_of(StatedTotals, stated, "/stated").lines:
        line = lines.get(line_id)
        if line is None:
            found.append(LINE_UNKNOWN("/lines", line=line_id))
            continue
        ours = line_net(order, line)
        if ours != amount:
            found.append(LINE_DIFFERENT(f"/lines/{lines.index(line_id)}/net", found=ours, stated=amount))
    totals = totals_of(order)
    for name, code in DIFFERENT.items():
        said: Money | None = getattr(stated, name)
        ours = getattr(totals, name)
        if said is not None and said != ours:
            found.append(code(f"/totals/{name}", found=ours, stated=said))
    return tuple(found)
