"""Prices, tax, allowances and terms (UBL `cac:Price`, `cac:TaxCategory`, `cac:AllowanceCharge`, `cac:Delivery`)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from orderlib.errors import FindingCode, Severity
from orderlib.order.payment import PaymentTerms
from orderlib.order.terms import AllowanceCharge, DeliveryTerms, TaxCategory, TaxCategoryCode
from orderlib.values.currency import CURRENCIES
from orderlib.values.decimals import EXACT
from orderlib.values.incoterm import Incoterm
from orderlib.values.money import Money
from orderlib.values.period import DayPeriod
from orderlib.values.quantity import Quantity
from orderlib.values.rate import ExchangeRate, UnitPrice
from orderlib.wire.ubl.party import address_of, party_of
from orderlib.wire.ubl.reading import Reading, plain_number
from orderlib.wire.xmltree import Element

__all__ = [
    "allowances_of",
    "delivery_address",
    "delivery_of",
    "exchange_rate_of",
    "payment_of",
    "price_of",
    "quantity_of",
    "requested_period",
    "tax_of",
]

UNIT_ASSUMED: Final = FindingCode(
    "ubl.unit-assumed",
    Severity.INFO,
    "a quantity of {quantity} names no unit; it is taken for pieces ({unit})",
    "数量 {quantity} 没有单位，按件（{unit}）处理",
)

_PIECES: Final = "C62"
_SLACK: Final = Decimal("0.02")
_NO_TAX: Final = frozenset({"Z", "E", "AE", "K", "G"})
_INCOTERMS: Final = frozenset(Incoterm)
_DAY_DIGITS: Final = 6
_RATES: Final = ("cac:PricingExchangeRate", "cac:TaxExchangeRate", "cac:PaymentExchangeRate")


def quantity_of(reading: Reading, element: Element | None, unit: str | None = None) -> Quantity | None:
    """A quantity with its `unitCode`; without one, in `unit`, or in pieces, which is told."""
    if element is None:
        return None
    reading.take(element)
    code = element.attributes.get("unitCode", "").strip() or unit
    if code is None:
        reading.add(UNIT_ASSUMED(element.path, quantity=element.value[:40], unit=_PIECES))
    return reading.make(element, lambda: Quantity(plain_number(element.text), code or _PIECES))


def price_of(reading: Reading, price: Element | None) -> UnitPrice | None:
    """The net price for its base quantity; the gross price and the allowance that led to it have no place."""
    amount = None if price is None else price.child("cbc:PriceAmount")
    if price is None or amount is None:
        return None
    reading.take(amount)
    base = price.child("cbc:BaseQuantity")
    per, unit = "1", None
    if base is not None:
        reading.take(base)
        per, unit = plain_number(base.text), base.attributes.get("unitCode", "").strip() or None
    currency = amount.attributes.get("currencyID", reading.currency)
    return reading.make(price, lambda: UnitPrice(plain_number(amount.text), currency, per=per, unit=unit))


def tax_of(reading: Reading, category: Element | None, percent: Element | None = None) -> TaxCategory | None:
    """A tax category with its rate, or with that of `percent`; categories that bear no tax need none stated.

    A rate without a category is the standard one, or, at nought, the zero one.
    """
    if category is None:
        return None
    stated = category.child("cbc:Percent")
    rate = reading.number(stated if stated is not None else percent)
    code = reading.text(category, "cbc:ID")
    if not code and rate is None:
        return None
    if not code:
        code = TaxCategoryCode.STANDARD if rate else TaxCategoryCode.ZERO_RATED
    if rate is None and code in _NO_TAX:
        rate = Decimal(0)
    scheme = reading.text(category, "cac:TaxScheme/cbc:ID") or "VAT"
    exemption = reading.text(category, "cbc:TaxExemptionReason") or reading.text(category, "cbc:TaxExemptionReasonCode")
    return reading.make(category, lambda: TaxCategory(code, rate, exemption=exemption, scheme=scheme))


def allowances_of(reading: Reading, parent: Element) -> tuple[AllowanceCharge, ...]:
    """The allowances and charges directly on the order or on a line; the amount is as stated."""
    found = (_allowance(reading, each) for each in parent.all("cac:AllowanceCharge"))
    return tuple(each for each in found if each is not None)


def _allowance(reading: Reading, element: Element) -> AllowanceCharge | None:
    charge = reading.indicator(element.child("cbc:ChargeIndicator"))
    amount = reading.money(element.child("cbc:Amount"))
    if charge is None or amount is None:
        return None
    base = reading.money(element.child("cbc:BaseAmount"))
    percentage = reading.number(element.child("cbc:MultiplierFactorNumeric"))
    if base is not None and percentage is not None and _is_factor(percentage, base.amount, amount):
        percentage = EXACT.multiply(percentage, Decimal(100))
    percent = percentage
    tax = tax_of(reading, element.child("cac:TaxCategory"))
    reason = reading.texts(element, "cbc:AllowanceChargeReason")
    reason_code = reading.text(element, "cbc:AllowanceChargeReasonCode")
    return reading.make(
        element,
        lambda: AllowanceCharge(
            amount, charge, reason, reason_code=reason_code, tax=tax, percentage=percent, base=base
        ),
    )


def _is_factor(multiplier: Decimal, base: Decimal, amount: Money) -> bool:
    """Whether the multiplier is a factor (0.1) and no percentage (10); UBL admits both, and the nearer one is meant."""
    product = EXACT.multiply(base, multiplier)
    as_factor = abs(product - amount.amount)
    as_percent = abs(EXACT.divide(product, Decimal(100)) - amount.amount)
    slack = _SLACK if CURRENCIES[amount.currency].digits else Decimal(1)
    return as_factor <= slack and as_factor < as_percent


def delivery_address(delivery: Element) -> Element | None:
    """Where a `cac:Delivery` leads: the address of its location, or its own."""
    found = delivery.child("cac:DeliveryLocation/cac:Address")
    return delivery.child("cac:DeliveryAddress") if found is None else found


def requested_period(reading: Reading, delivery: Element) -> DayPeriod | None:
    """When a `cac:Delivery` is wanted: its requested period, or the latest day that it names."""
    found = reading.period(delivery.child("cac:RequestedDeliveryPeriod"))
    if found is not None:
        return found
    latest: date | None = reading.day(delivery, "cbc:LatestDeliveryDate")
    return None if latest is None else DayPeriod(None, latest)


def delivery_of(reading: Reading) -> DeliveryTerms:
    """Terms of delivery of the order: its first `cac:Delivery` and `cac:DeliveryTerms`.

    A term that is no Incoterms rule stands before the special terms.
    """
    root = reading.root
    delivery, terms = root.child("cac:Delivery"), root.child("cac:DeliveryTerms")
    incoterm = place = special = ""
    if terms is not None:
        code = reading.text(terms, "cbc:ID")
        incoterm, other = (code, "") if code in _INCOTERMS else ("", code)
        location = terms.child("cac:DeliveryLocation")
        names = ("cbc:Name", "cbc:Description", "cbc:ID")
        named = None if location is None else next((path for path in names if location.value_of(path)), None)
        place = reading.text(location, named) if named else ""
        special = "\n".join(each for each in (other, reading.texts(terms, "cbc:SpecialTerms")) if each)
    if delivery is None:
        return DeliveryTerms(incoterm=incoterm, place=place, special_terms=special)
    return DeliveryTerms(
        incoterm=incoterm,
        place=place,
        special_terms=special,
        address=address_of(reading, delivery_address(delivery)),
        recipient=party_of(reading, delivery.child("cac:DeliveryParty")),
        requested_period=requested_period(reading, delivery),
    )


def payment_of(reading: Reading) -> PaymentTerms:
    """Terms of payment: notes, and periods in days, for a discount or, without one, for the whole amount."""
    net_days, discount, discount_days = 30, Decimal(0), 0
    notes: list[str] = []
    for terms in reading.root.all("cac:PaymentTerms"):
        if note := reading.texts(terms, "cbc:Note"):
            notes.append(note)
        percent = terms.child("cbc:SettlementDiscountPercent")
        days = _days(reading, terms.child("cac:SettlementPeriod/cbc:DurationMeasure"))
        if percent is not None:
            discount = reading.number(percent) or Decimal(0)
            discount_days = days or 0
        elif days is not None:
            net_days = days
    said = "\n".join(notes)
    return (
        reading.make(
            reading.root.child("cac:PaymentTerms") or reading.root,
            lambda: PaymentTerms(net_days=net_days, discount=discount, discount_days=discount_days, note=said),
        )
        or PaymentTerms()
    )


def _days(reading: Reading, measure: Element | None) -> int | None:
    """A duration in whole days; other units are left where they stand."""
    if measure is None or measure.attributes.get("unitCode") != "DAY":
        return None
    days = plain_number(measure.text)
    if not (days.isascii() and days.isdigit() and len(days) <= _DAY_DIGITS):
        return None
    reading.take(measure)
    return int(days)


def exchange_rate_of(reading: Reading, issued_on: date | None) -> ExchangeRate | None:
    """The first rate out of the document's currency; it holds on its own day or on that of the order."""
    for path in _RATES:
        rate = reading.root.child(path)
        operator = None if rate is None else rate.value_of("cbc:MathematicOperatorCode")
        if rate is None or rate.value_of("cbc:SourceCurrencyCode") != reading.currency:
            continue
        if operator not in (None, "Multiply", "multiply"):
            continue
        number, day = reading.number(rate.child("cbc:CalculationRate")), reading.day(rate, "cbc:Date") or issued_on
        if number is None or day is None:
            continue
        for part in ("cbc:SourceCurrencyCode", "cbc:MathematicOperatorCode"):
            reading.text(rate, part)
        target = reading.text(rate, "cbc:TargetCurrencyCode")
        return reading.make(rate, lambda: ExchangeRate(reading.currency, target, number, on=day))  # noqa: B023
    return None
