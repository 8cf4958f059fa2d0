"""Tax by category and rate, and the totals of a document, from net amounts that are fixed already.

Each document is calculated by itself (EN 16931-1, BR-CO-10 to BR-CO-17): the tax of a category is its taxable amount
times its rate, rounded once; where the order rounds by line, every amount is taxed and rounded by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from orderlib.order.terms import Pricing, TaxCategory
from orderlib.order.totals import TaxSubtotal, Totals
from orderlib.settlement.record import CreditLine, InvoiceLine, Share
from orderlib.values.money import Money
from orderlib.values.rounding import RoundingRule, RoundingScope

__all__ = ["Group", "document_totals", "gross_totals", "group_of", "tax_of", "totals_from"]

Group = tuple[str, str, Decimal | None] | None


def group_of(category: TaxCategory | None) -> Group:
    """What is taxed alike: scheme, category and rate."""
    return None if category is None else (category.scheme, category.code, category.rate)


def tax_of(category: TaxCategory | None, taxable: int, rule: RoundingRule) -> int:
    """The tax on minor units of one category, in minor units."""
    if category is None or not category.rate:
        return 0
    above, below = category.rate.as_integer_ratio()
    return rule(taxable * above, below * 100)


def document_totals(
    lines: Iterable[InvoiceLine | CreditLine],
    shares: Iterable[Share],
    pricing: Pricing,
    currency: str,
    *,
    prepaid: int = 0,
    rounding: int = 0,
) -> Totals:
    """The totals of a document with these lines and parts of the order's allowances and charges."""
    rule, each_alone = pricing.rule, pricing.scope is RoundingScope.LINE
    sums: dict[Group, list[int]] = {}
    categories: dict[Group, TaxCategory | None] = {}
    extension = allowances = charges = 0

    def add(category: TaxCategory | None, minor: int) -> None:
        group = group_of(category)
        found = sums.get(group)
        if found is None:
            found = sums[group] = [0, 0]
            categories[group] = category
        found[0] += minor
        if each_alone:
            found[1] += tax_of(category, minor, rule)

    for line in lines:
        extension += line.net.minor
        add(line.tax, line.net.minor)
    for share in shares:
        minor = share.amount.minor
        charges, allowances = (charges + minor, allowances) if minor > 0 else (charges, allowances - minor)
        add(share.tax, minor)
    subtotals = tuple(
        _subtotal(categories[group], taxable, tax if each_alone else tax_of(categories[group], taxable, rule), currency)
        for group, (taxable, tax) in sums.items()
    )
    return totals_from(extension, allowances, charges, subtotals, currency, prepaid=prepaid, rounding=rounding)


def _subtotal(category: TaxCategory | None, taxable: int, tax: int, currency: str) -> TaxSubtotal:
    return TaxSubtotal(category, Money.of_minor(taxable, currency), Money.of_minor(tax, currency))


def totals_from(
    extension: int,
    allowances: int,
    charges: int,
    subtotals: tuple[TaxSubtotal, ...],
    currency: str,
    *,
    prepaid: int = 0,
    rounding: int = 0,
) -> Totals:
    """Totals from their parts, in minor units."""
    money = Money.of_minor
    exclusive = extension - allowances + charges
    tax = sum(each.tax.minor for each in subtotals)
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


def gross_totals(gross: Money, like: tuple[TaxSubtotal, ...], rule: RoundingRule) -> Totals:
    """Totals of an amount with tax, by category in proportion to others; untaxed where there are none."""
    parts = [abs((each.taxable + each.tax).minor) for each in like]
    if not any(parts):
        return totals_from(gross.minor, 0, 0, (TaxSubtotal(None, gross, Money.zero(gross.currency)),), gross.currency)
    subtotals: list[TaxSubtotal] = []
    for each, part in zip(like, gross.allocate(parts), strict=True):
        taxable = part
        if each.category is not None and each.category.rate:
            above, below = (1 + each.category.rate / 100).as_integer_ratio()
            taxable = Money.of_minor(rule(part.minor * below, above), gross.currency)
        subtotals.append(TaxSubtotal(each.category, taxable, part - taxable))
    return totals_from(sum(each.taxable.minor for each in subtotals), 0, 0, tuple(subtotals), gross.currency)
