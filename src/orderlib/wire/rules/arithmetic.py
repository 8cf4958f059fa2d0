"""Whether a document adds up: exact decimal arithmetic on what it states, never on what we would make of it.

Every test gives None where the figures agree and else what is stated and what was calculated. A figure that
is missing counts as nought only where the rule that uses it says so. The equations are those of UBL's monetary
totals as Peppol BIS Ordering 3 states them (T01 R008-R011, R016, R017, R019, R022, R024); invoices and
credit notes are built the same way.
"""

from __future__ import annotations

from decimal import Decimal
from math import floor

from orderlib.values.currency import CURRENCIES
from orderlib.wire.rules.rule import Evidence, Scope
from orderlib.wire.xmltree import Element

__all__ = [
    "allowance_amount",
    "allowance_amount_or_factor",
    "allowance_total",
    "charge_total",
    "line_amount",
    "line_amount_if_stated",
    "line_total",
    "line_total_of_any",
    "net_price",
    "payable",
    "payable_leaves_tax_out",
    "payable_of_any",
    "tax_exclusive",
    "tax_inclusive",
    "tax_inclusive_of_any",
    "total_if_stated",
]

_LINES = ("cac:OrderLine/cac:LineItem", "cac:InvoiceLine", "cac:CreditNoteLine", "cac:DebitNoteLine")
_QUANTITIES = ("cbc:Quantity", "cbc:InvoicedQuantity", "cbc:CreditedQuantity", "cbc:DebitedQuantity")
_LINE_TAXES = (
    "cac:Item/cac:ClassifiedTaxCategory/cbc:Percent",
    "cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory/cbc:Percent",
    "cac:TaxTotal/cac:TaxSubtotal/cbc:Percent",
)
_SLACK = Decimal("0.02")
_ZERO, _ONE = Decimal(0), Decimal(1)
_HALF = Decimal("0.5")
_ALLOWANCE, _CHARGE = frozenset({"false", "0"}), frozenset({"true", "1"})


def _differ(stated: Decimal, calculated: Decimal, slack: Decimal = _ZERO) -> dict[str, Decimal] | None:
    if abs(stated - calculated) <= slack:
        return None
    return {"stated": stated, "calculated": calculated}


def _to_cents(amount: Decimal) -> Decimal:
    """Rounded to two decimals, halves up, as XPath's fn:round does (XPath Functions 4.4.4)."""
    return Decimal(floor(amount * 100 + _HALF)) / 100


def _sum_of_lines(scope: Scope) -> Decimal:
    lines = (line for path in _LINES for line in scope.root.all(path))
    return scope.sum(amount for line in lines for amount in line.all("cbc:LineExtensionAmount"))


def _allowances(element: Element, scope: Scope, indicator: frozenset[str]) -> Decimal:
    """Sum of the allowances or of the charges directly on an element."""
    return scope.sum(
        amount
        for each in element.all("cac:AllowanceCharge")
        if each.value_of("cbc:ChargeIndicator") in indicator
        for amount in each.all("cbc:Amount")
    )


def _document_allowances(scope: Scope) -> Decimal:
    return _allowances(scope.root, scope, _ALLOWANCE)


def _document_charges(scope: Scope) -> Decimal:
    return _allowances(scope.root, scope, _CHARGE)


def _sum_of_tax(scope: Scope) -> Decimal:
    """The tax in the document's currency; a second total may tell it in the currency of the tax office."""
    currencies = (None, scope.root.value_of("cbc:DocumentCurrencyCode"))
    amounts = scope.root.all("cac:TaxTotal/cbc:TaxAmount")
    return scope.sum(
        each for each in amounts if currencies[1] is None or each.attributes.get("currencyID") in currencies
    )


def line_total(total: Element, scope: Scope) -> dict[str, Decimal] | None:
    """The stated total of the lines is the sum of the amounts on the lines."""
    stated = scope.number_at(total, "cbc:LineExtensionAmount")
    return None if stated is None else _differ(stated, _to_cents(scope.fact(_sum_of_lines)))


def allowance_total(total: Element, scope: Scope) -> Evidence | None:
    """The stated total of allowances, nought if not stated, is the sum of the document's allowances."""
    return _differ(scope.amount(total, "cbc:AllowanceTotalAmount"), _to_cents(scope.fact(_document_allowances)))


def charge_total(total: Element, scope: Scope) -> Evidence | None:
    """The stated total of charges, nought if not stated, is the sum of the document's charges."""
    return _differ(scope.amount(total, "cbc:ChargeTotalAmount"), _to_cents(scope.fact(_document_charges)))


def _has_lines(scope: Scope) -> bool:
    return any(scope.root.child(path) is not None for path in _LINES)


def _every_line_has_an_amount(scope: Scope) -> bool:
    lines = [line for path in _LINES for line in scope.root.all(path)]
    return bool(lines) and all(line.child("cbc:LineExtensionAmount") is not None for line in lines)


def line_total_of_any(total: Element, scope: Scope) -> Evidence | None:
    """As `line_total` to the last digit, where each line states its amount, which UBL does not ask of it."""
    stated = scope.number_at(total, "cbc:LineExtensionAmount")
    if stated is None or not scope.fact(_every_line_has_an_amount):
        return None
    return _differ(stated, scope.fact(_sum_of_lines))


def total_if_stated(total: Element, scope: Scope) -> Evidence | None:
    """A total of allowances or charges, where it is stated, is the sum of the document's; the total itself."""
    if not scope.fact(_has_lines):
        return None
    fact = _document_charges if total.name == "ChargeTotalAmount" else _document_allowances
    return _differ(scope.number(total), scope.fact(fact))


def _before_tax(total: Element, scope: Scope) -> Decimal | None:
    """Lines less allowances plus charges, as the totals state them; None without a total of the lines."""
    lines = scope.number_at(total, "cbc:LineExtensionAmount")
    if lines is None:
        return None
    return lines - scope.amount(total, "cbc:AllowanceTotalAmount") + scope.amount(total, "cbc:ChargeTotalAmount")


def tax_exclusive(total: Element, scope: Scope) -> Evidence | None:
    """The amount without tax, if stated, is the lines less allowances plus charges."""
    stated, calculated = scope.number_at(total, "cbc:TaxExclusiveAmount"), _before_tax(total, scope)
    return None if stated is None or calculated is None else _differ(stated, calculated)


def _without_tax(total: Element, scope: Scope) -> Decimal | None:
    """The amount without tax as stated, else as the totals give it."""
    stated = scope.number_at(total, "cbc:TaxExclusiveAmount")
    return _before_tax(total, scope) if stated is None else stated


def tax_inclusive(total: Element, scope: Scope) -> dict[str, Decimal] | None:
    """The amount with tax, if stated and a tax total is given, is the amount without tax plus the tax."""
    stated, without = scope.number_at(total, "cbc:TaxInclusiveAmount"), _without_tax(total, scope)
    if not stated or without is None or scope.root.child("cac:TaxTotal") is None:
        return None
    return _differ(stated, without + scope.fact(_sum_of_tax))


def _rounding(total: Element, scope: Scope) -> Decimal:
    return scope.amount(total, "cbc:PayableRoundingAmount")


def payable(total: Element, scope: Scope) -> Evidence | None:
    """The amount to be paid is the amount with tax, if stated, less what is prepaid plus rounding."""
    return _payable(total, scope, _rounding(total, scope))


def _payable(total: Element, scope: Scope, rounding: Decimal) -> Evidence | None:
    stated, inclusive = scope.number_at(total, "cbc:PayableAmount"), scope.number_at(total, "cbc:TaxInclusiveAmount")
    if stated is None or not inclusive:
        return None
    return _differ(stated, inclusive - scope.amount(total, "cbc:PrepaidAmount") + rounding)


def _rounding_is_inside(total: Element, scope: Scope) -> bool:
    """Whether the amount with tax already holds the rounding, as documents before EN 16931 have it."""
    found = tax_inclusive(total, scope)
    rounding = _rounding(total, scope)
    stated = scope.amount(total, "cbc:TaxInclusiveAmount")
    return found is not None and bool(rounding) and found["calculated"] == stated - rounding


def tax_inclusive_of_any(total: Element, scope: Scope) -> Evidence | None:
    """As `tax_inclusive`, the rounding being part of it or not."""
    return None if _rounding_is_inside(total, scope) else tax_inclusive(total, scope)


def payable_of_any(total: Element, scope: Scope) -> Evidence | None:
    """As `payable`, the rounding counted once; without an amount with tax, with the tax or without it."""
    stated = scope.number_at(total, "cbc:PayableAmount")
    if stated is None or not scope.fact(_has_lines):
        return None
    if scope.number_at(total, "cbc:TaxInclusiveAmount"):
        return _payable(total, scope, _ZERO if _rounding_is_inside(total, scope) else _rounding(total, scope))
    without = _untaxed_payable(total, scope)
    if without is None or stated == without or scope.fact(_tax_is_on_lines_only):
        return None
    return _differ(stated, without + scope.fact(_sum_of_tax))


def _tax_is_on_lines_only(scope: Scope) -> bool:
    """Whether lines bear a tax that no total of the document tells, so that what is to be paid cannot be judged."""
    if scope.root.child("cac:TaxTotal") is not None:
        return False
    categories = (f"{line}/{path}" for line in _LINES for path in _LINE_TAXES)
    rates = (each for path in categories for each in scope.root.all(path))
    return any(scope.readable(each.text) and scope.number(each) for each in rates)


def _untaxed_payable(total: Element, scope: Scope) -> Decimal | None:
    without = _without_tax(total, scope)
    if without is None:
        return None
    return without - scope.amount(total, "cbc:PrepaidAmount") + _rounding(total, scope)


def payable_leaves_tax_out(total: Element, scope: Scope) -> Evidence | None:
    """The tax that the document states is part of the amount to be paid, where that can be told."""
    tax, stated = scope.fact(_sum_of_tax), scope.number_at(total, "cbc:PayableAmount")
    if not tax or stated is None or scope.number_at(total, "cbc:TaxInclusiveAmount"):
        return None
    return {"stated": stated, "tax": tax} if stated == _untaxed_payable(total, scope) else None


def _slack_of(amount: Element | None) -> Decimal:
    """How far rounding may take an amount: 0.02, or one unit of a currency without cents."""
    currency = None if amount is None else CURRENCIES.get(amount.attributes.get("currencyID", ""))
    return _ONE if currency is not None and currency.digits == 0 else _SLACK


def allowance_amount(each: Element, scope: Scope, slack: Decimal = _SLACK) -> Evidence | None:
    """An allowance or charge with percentage and base is that percentage of the base, within 0.02."""
    percentage = scope.number_at(each, "cbc:MultiplierFactorNumeric")
    base = scope.number_at(each, "cbc:BaseAmount")
    if percentage is None or base is None:
        return None
    return _differ(scope.amount(each, "cbc:Amount"), base * percentage / 100, slack)


def allowance_amount_or_factor(each: Element, scope: Scope) -> Evidence | None:
    """As `allowance_amount`, within one unit for a currency without cents.

    UBL itself lets the multiplier be a factor (0.1) as well as a percentage (10).
    """
    slack = _slack_of(each.child("cbc:Amount"))
    found = allowance_amount(each, scope, slack)
    factor = scope.number_at(each, "cbc:MultiplierFactorNumeric")
    base = scope.number_at(each, "cbc:BaseAmount")
    if found is None or factor is None or base is None:
        return None
    return found if _differ(scope.amount(each, "cbc:Amount"), base * factor, slack) else None


def _line_amount(line: Element, scope: Scope, stated: Decimal, slack: Decimal) -> Evidence | None:
    """Compared after multiplying by the base quantity, so that nothing has to be divided."""
    quantity = next((found for path in _QUANTITIES if (found := scope.number_at(line, path)) is not None), _ONE)
    base = scope.amount(line, "cac:Price/cbc:BaseQuantity") or _ONE
    extra = _allowances(line, scope, _CHARGE) - _allowances(line, scope, _ALLOWANCE)
    difference = (stated - extra) * base - quantity * scope.amount(line, "cac:Price/cbc:PriceAmount")
    if abs(difference) <= slack * abs(base):
        return None
    return {"stated": stated, "calculated": _quotient(stated * base - difference, base)}


def _quotient(amount: Decimal, base: Decimal) -> Decimal:
    """Cut at four decimals for people to read; the verdict has been found without it."""
    return Decimal(int(amount * 10_000 // base)) / 10_000


def line_amount(line: Element, scope: Scope) -> Evidence | None:
    """Quantity × price / base quantity + charges - allowances, within 0.02; nought if not stated."""
    return _line_amount(line, scope, scope.amount(line, "cbc:LineExtensionAmount"), _SLACK)


def line_amount_if_stated(line: Element, scope: Scope) -> Evidence | None:
    """As `line_amount` where amount and price are stated; within one unit for a currency without cents."""
    found = line.child("cbc:LineExtensionAmount")
    if found is None or line.child("cac:Price/cbc:PriceAmount") is None:
        return None
    return _line_amount(line, scope, scope.number(found), _slack_of(found))


def net_price(each: Element, scope: Scope) -> Evidence | None:
    """The price is the gross price less the allowance on it, where a gross price is given."""
    gross, allowance = scope.number_at(each, "cbc:BaseAmount"), scope.number_at(each, "cbc:Amount")
    stated = None if each.parent is None else scope.number_at(each.parent, "cbc:PriceAmount")
    if gross is None or allowance is None or stated is None:
        return None
    return _differ(stated, gross - allowance)
