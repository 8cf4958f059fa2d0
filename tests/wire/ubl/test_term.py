from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from orderlib.order.payment import PaymentTerms
from orderlib.order.terms import TaxCategory
from orderlib.values.period import DayPeriod
from orderlib.values.quantity import Quantity
from orderlib.values.rate import ExchangeRate, UnitPrice
from orderlib.wire.ubl.term import (
    allowances_of,
    delivery_of,
    exchange_rate_of,
    payment_of,
    price_of,
    quantity_of,
    requested_period,
    tax_of,
)


def test_a_quantity_without_unit_is_taken_for_pieces(reading):
    """And told, unless the unit is known from elsewhere."""
    sheet, element = reading("<cbc:Quantity>3</cbc:Quantity>")
    assert quantity_of(sheet, element) == Quantity(3)
    assert [each.code for each in sheet.findings] == ["ubl.unit-assumed"]
    assert quantity_of(sheet, element, "KGM") == Quantity(3, "KGM")
    assert quantity_of(sheet, None) is None
    assert len(sheet.findings) == 1


def test_prices_keep_their_base_quantity(reading):
    """With its unit; without one the price is for one of whatever is ordered."""
    sheet, element = reading(
        '<cac:Price><cbc:PriceAmount currencyID="EUR">1.2345</cbc:PriceAmount>'
        '<cbc:BaseQuantity unitCode="C62">100</cbc:BaseQuantity></cac:Price>'
    )
    assert price_of(sheet, element) == UnitPrice("1.2345", "EUR", per=100, unit="C62")
    sheet, element = reading("<cac:Price><cbc:PriceAmount>5</cbc:PriceAmount></cac:Price>")
    assert price_of(sheet, element) == UnitPrice("5", "EUR")
    assert price_of(sheet, None) is None
    sheet, element = reading("<cac:Price><cbc:BaseQuantity>1</cbc:BaseQuantity></cac:Price>")
    assert price_of(sheet, element) is None


@pytest.mark.parametrize(
    ("inside", "category"),
    [
        ("<cbc:ID>S</cbc:ID><cbc:Percent>19</cbc:Percent>", TaxCategory("S", "19")),
        ("<cbc:ID>E</cbc:ID><cbc:TaxExemptionReason>why</cbc:TaxExemptionReason>",
         TaxCategory("E", 0, exemption="why")),
        ("<cbc:ID>E</cbc:ID><cbc:TaxExemptionReasonCode>X</cbc:TaxExemptionReasonCode>",
         TaxCategory("E", 0, exemption="X")),
        ("<cbc:ID>O</cbc:ID>", TaxCategory("O")),
        ("<cbc:Percent>7</cbc:Percent>", TaxCategory("S", 7)),
        ("<cbc:Percent>0</cbc:Percent>", TaxCategory("Z", 0)),
        ("<cbc:ID>S</cbc:ID><cbc:Percent>5</cbc:Percent><cac:TaxScheme><cbc:ID>GST</cbc:ID></cac:TaxScheme>",
         TaxCategory("S", 5, scheme="GST")),
        ("<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>", None),
    ],
)  # fmt: skip
def test_tax_categories(reading, inside, category):
    """What bears no tax needs no rate; a rate alone is the standard or the zero one."""
    sheet, element = reading(f"<cac:TaxCategory>{inside}</cac:TaxCategory>")
    assert tax_of(sheet, element) == category
    assert tax_of(sheet, None) is None
    assert sheet.findings == []


def test_an_unknown_tax_category_is_a_finding(reading):
    """As is a standard rate that is missing."""
    sheet, element = reading("<cac:TaxCategory><cbc:ID>X</cbc:ID><cbc:Percent>1</cbc:Percent></cac:TaxCategory>")
    assert tax_of(sheet, element) is None
    sheet_2, element = reading("<cac:TaxCategory><cbc:ID>S</cbc:ID></cac:TaxCategory>")
    assert tax_of(sheet_2, element) is None
    assert [each.code for each in (*sheet.findings, *sheet_2.findings)] == ["code.unknown", "tax.rate-missing"]


@pytest.mark.parametrize(
    ("multiplier", "base", "percentage"), [("10", "100", "10"), ("0.1", "100", "10"), ("0.1", "", "0.1")]
)
def test_a_multiplier_is_a_percentage_or_a_factor(reading, multiplier, base, percentage):
    """The amount tells which; it is as stated either way."""
    stated = f"<cbc:BaseAmount>{base}</cbc:BaseAmount>" if base else ""
    sheet, _ = reading(
        "<cac:AllowanceCharge><cbc:ChargeIndicator>false</cbc:ChargeIndicator>"
        f"<cbc:MultiplierFactorNumeric>{multiplier}</cbc:MultiplierFactorNumeric>"
        f"<cbc:Amount>10.00</cbc:Amount>{stated}</cac:AllowanceCharge>"
    )
    (found,) = allowances_of(sheet, sheet.root)
    assert (found.charge, str(found.amount), found.percentage) == (False, "10.00 EUR", Decimal(percentage))


def test_of_factor_and_percentage_the_nearer_is_meant(reading):
    """Rounding to whole yen, or an amount near nothing, does not mistake the one for the other."""
    given = (
        ("0.1", "9053", "905", "JPY", "10"),
        ("10", "9053", "905", "JPY", "10"),
        ("10", "0.10", "0.01", "EUR", "10"),
    )
    for multiplier, base, amount, currency, percentage in given:
        sheet, _ = reading(
            "<cac:AllowanceCharge><cbc:ChargeIndicator>false</cbc:ChargeIndicator>"
            f"<cbc:MultiplierFactorNumeric>{multiplier}</cbc:MultiplierFactorNumeric>"
            f'<cbc:Amount currencyID="{currency}">{amount}</cbc:Amount>'
            f'<cbc:BaseAmount currencyID="{currency}">{base}</cbc:BaseAmount></cac:AllowanceCharge>'
        )
        (found,) = allowances_of(sheet, sheet.root)
        assert found.percentage == Decimal(percentage)


def test_an_allowance_that_cannot_be_one_is_told(reading):
    """A negative amount, or none, or no direction."""
    sheet, _ = reading(
        "<cac:AllowanceCharge><cbc:ChargeIndicator>true</cbc:ChargeIndicator><cbc:Amount>-1</cbc:Amount>"
        "</cac:AllowanceCharge><cac:AllowanceCharge><cbc:ChargeIndicator>up</cbc:ChargeIndicator>"
        "<cbc:Amount>1</cbc:Amount></cac:AllowanceCharge>"
    )
    assert allowances_of(sheet, sheet.root) == ()
    assert [each.code for each in sheet.findings] == ["allowance.negative", "ubl.indicator-unreadable"]


def test_terms_of_delivery(reading):
    """Address, period, recipient, Incoterms rule with its place."""
    sheet, _ = reading(
        "<cac:Delivery><cac:DeliveryAddress><cbc:CityName>Rivertown</cbc:CityName></cac:DeliveryAddress>"
        "<cac:RequestedDeliveryPeriod><cbc:EndDate>2026-04-01</cbc:EndDate></cac:RequestedDeliveryPeriod>"
        "<cac:DeliveryParty><cac:PartyName><cbc:Name>Store</cbc:Name></cac:PartyName></cac:DeliveryParty></cac:Delivery>"
        "<cac:DeliveryTerms><cbc:ID>FCA</cbc:ID><cbc:SpecialTerms>call first</cbc:SpecialTerms>"
        "<cac:DeliveryLocation><cbc:ID>NOOSL</cbc:ID><cbc:Description>Oslo</cbc:Description></cac:DeliveryLocation>"
        "</cac:DeliveryTerms>"
    )
    found = delivery_of(sheet)
    assert (found.incoterm, found.place, found.special_terms) == ("FCA", "Oslo", "call first")
    assert found.address is not None
    assert found.recipient is not None
    assert (found.address.city, found.recipient.id) == ("Rivertown", "Store")
    assert found.requested_period == DayPeriod(None, "2026-04-01")


def test_a_term_that_is_no_incoterm_is_a_special_one(reading):
    """It is kept in words."""
    sheet, _ = reading(
        "<cac:DeliveryTerms><cbc:ID>FOT</cbc:ID><cbc:SpecialTerms>CAD</cbc:SpecialTerms></cac:DeliveryTerms>"
    )
    found = delivery_of(sheet)
    assert (found.incoterm, found.place, found.special_terms) == ("", "", "FOT\nCAD")
    empty, _ = reading("<cac:DeliveryTerms><cac:DeliveryLocation/></cac:DeliveryTerms>")
    assert delivery_of(empty).place == ""


def test_a_latest_day_is_a_period_that_ends(reading):
    """Where no requested period is given."""
    sheet, element = reading("<cac:Delivery><cbc:LatestDeliveryDate>2026-04-01</cbc:LatestDeliveryDate></cac:Delivery>")
    assert requested_period(sheet, element) == DayPeriod(None, "2026-04-01")
    sheet, element = reading("<cac:Delivery><cbc:ID>1</cbc:ID></cac:Delivery>")
    assert requested_period(sheet, element) is None


def test_terms_of_payment(reading):
    """Notes, days for the whole, days for a discount; other durations are left where they stand."""
    days = '<cac:SettlementPeriod><cbc:DurationMeasure unitCode="{}">{}</cbc:DurationMeasure></cac:SettlementPeriod>'
    sheet, _ = reading(
        f"<cac:PaymentTerms><cbc:Note>net</cbc:Note>{days.format('DAY', 45)}</cac:PaymentTerms>"
        f"<cac:PaymentTerms><cbc:SettlementDiscountPercent>2</cbc:SettlementDiscountPercent>{days.format('DAY', 10)}"
        f"</cac:PaymentTerms><cac:PaymentTerms>{days.format('MON', 1)}</cac:PaymentTerms>"
        f"<cac:PaymentTerms>{days.format('DAY', '1.5')}</cac:PaymentTerms>"
    )
    assert payment_of(sheet) == PaymentTerms(net_days=45, discount="2", discount_days=10, note="net")
    assert sheet.unmapped() == ("/Fragment/PaymentTerms",)
    plain, _ = reading("<cbc:ID>1</cbc:ID>")
    assert payment_of(plain) == PaymentTerms()


def test_terms_of_payment_that_cannot_be_are_told(reading):
    """More than everything off."""
    sheet, _ = reading(
        "<cac:PaymentTerms><cbc:SettlementDiscountPercent>200</cbc:SettlementDiscountPercent></cac:PaymentTerms>"
    )
    assert payment_of(sheet) == PaymentTerms()
    assert [each.code for each in sheet.findings] == ["payment.percent"]


RATE = (
    "<cac:TaxExchangeRate><cbc:SourceCurrencyCode>{source}</cbc:SourceCurrencyCode>"
    "<cbc:TargetCurrencyCode>USD</cbc:TargetCurrencyCode><cbc:CalculationRate>{rate}</cbc:CalculationRate>"
    "<cbc:MathematicOperatorCode>{operator}</cbc:MathematicOperatorCode>{date}</cac:TaxExchangeRate>"
)
DATE = "<cbc:Date>2026-02-01</cbc:Date>"


@pytest.mark.parametrize(
    ("given", "issued", "on"),
    [
        ({"date": DATE}, None, "2026-02-01"),
        ({"date": ""}, "2026-03-01", "2026-03-01"),
        ({"date": ""}, None, None),
        ({"source": "CHF"}, None, None),
        ({"operator": "Divide"}, None, None),
        ({"rate": "x"}, None, None),
    ],
)
def test_the_rate_out_of_the_documents_currency(reading, given, issued, on):
    """By multiplication, on its own day or the order's; every other one stays where it is."""
    facts = {"source": "EUR", "rate": "1.1", "operator": "Multiply", "date": DATE} | given
    sheet, _ = reading(RATE.format(**facts))
    found = exchange_rate_of(sheet, None if issued is None else date.fromisoformat(issued))
    expected = None if on is None else ExchangeRate("EUR", "USD", "1.1", on=date.fromisoformat(on))
    assert found == expected
