from __future__ import annotations

from datetime import date

import pytest

from orderlib.order.terms import TaxCategory
from orderlib.values.period import DayPeriod
from orderlib.values.quantity import Quantity
from orderlib.wire.ubl.line import item_of, line_of

BUYERS = "<cac:BuyersItemIdentification><cbc:ID>B</cbc:ID></cac:BuyersItemIdentification>"
SELLERS = "<cac:SellersItemIdentification><cbc:ID>S</cbc:ID></cac:SellersItemIdentification>"


def read(reading, order_line, tax=None, **parts):
    """The reading and the line."""
    sheet, element = reading(order_line(**parts))
    return sheet, line_of(sheet, element, tax)


@pytest.mark.parametrize(
    ("inside", "own"),
    [
        (BUYERS + SELLERS, "S"),
        (BUYERS, "B"),
        ("<cac:StandardItemIdentification><cbc:ID>G</cbc:ID></cac:StandardItemIdentification>", "G"),
        ("<cac:ManufacturersItemIdentification><cbc:ID>M</cbc:ID></cac:ManufacturersItemIdentification>", "M"),
        ("<cbc:Name>A   pump</cbc:Name>", "A pump"),
        ("<cbc:Description>One\nmore pump</cbc:Description>", "One more pump"),
        (f"<cbc:Name>{'pump ' * 60}</cbc:Name>", ("pump " * 40).strip()),
    ],
)  # fmt: skip
def test_the_id_of_an_item_is_the_first_that_the_document_gives(reading, inside, own):
    """Numbers before names; a long name is cut."""
    sheet, element = reading(f"<cac:Item>{inside}</cac:Item>")
    assert item_of(sheet, element).id == own
    assert sheet.findings == []


def test_an_item_without_number_and_name_is_a_finding(reading):
    """Nobody knows what is ordered."""
    sheet, element = reading("<cac:Item><cbc:Name/></cac:Item>")
    assert item_of(sheet, element) is None
    assert [each.code for each in sheet.findings] == ["ubl.item-unnamed"]


def test_what_an_item_is_called_and_made_of(reading):
    """A GTIN bare, other standard numbers and classes with their list, properties in their order."""
    inside = (
        "<cbc:Name>Pump</cbc:Name>"
        '<cac:StandardItemIdentification><cbc:ID schemeID="{}">7</cbc:ID></cac:StandardItemIdentification>'
        "<cac:OriginCountry><cbc:IdentificationCode>NO</cbc:IdentificationCode></cac:OriginCountry>"
        "<cac:CommodityClassification><cbc:ItemClassificationCode{}>42</cbc:ItemClassificationCode>"
        "</cac:CommodityClassification><cac:AdditionalItemProperty><cbc:Name>Head</cbc:Name><cbc:Value>30 m</cbc:Value>"
        "</cac:AdditionalItemProperty><cac:AdditionalItemProperty><cbc:Name>Poles</cbc:Name>"
        "<cbc:ValueQuantity>4</cbc:ValueQuantity></cac:AdditionalItemProperty>"
    )
    listed = inside.format("0160", ' listID="MP"')
    sheet, element = reading(f"<cac:Item>{listed}</cac:Item>")
    found = item_of(sheet, element)
    assert (found.id, found.standard_id, found.classification, found.origin) == ("7", "7", "MP:42", "NO")
    assert found.properties == (("Head", "30 m"), ("Poles", "4"))
    assert sheet.unmapped() == ()
    sheet, element = reading(f"<cac:Item>{inside.format('XYZ', '')}</cac:Item>")
    assert (item_of(sheet, element).standard_id, item_of(sheet, element).classification) == ("XYZ:7", "42")


def test_a_line_with_everything(reading, order_line):
    """Each thing in its place, and nothing left over."""
    sheet, found = read(
        reading,
        order_line,
        before="<cbc:Note>above</cbc:Note>",
        id="<cbc:ID>1</cbc:ID><cbc:SalesOrderID>S7</cbc:SalesOrderID><cbc:Note>below</cbc:Note>",
        more="<cbc:PartialDeliveryIndicator>false</cbc:PartialDeliveryIndicator>"
        "<cbc:AccountingCostCode>C9</cbc:AccountingCostCode>"
        "<cac:Delivery><cac:DeliveryLocation><cac:Address><cbc:CityName>Oslo</cbc:CityName></cac:Address>"
        "</cac:DeliveryLocation><cac:RequestedDeliveryPeriod><cbc:EndDate>2026-04-01</cbc:EndDate>"
        "</cac:RequestedDeliveryPeriod></cac:Delivery><cac:AllowanceCharge><cbc:ChargeIndicator>true</cbc:ChargeIndicator>"
        "<cbc:Amount>5.00</cbc:Amount></cac:AllowanceCharge>",
        item="<cac:Item><cbc:Name>Pump</cbc:Name><cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID>"
        "<cbc:Percent>19</cbc:Percent></cac:ClassifiedTaxCategory></cac:Item>",
    )
    assert sheet.unmapped() == ()
    assert (found.id, found.note, found.accounting_cost, found.partial_delivery) == ("1", "above\nbelow", "C9", False)
    assert found.delivery_place.city == "Oslo"
    assert found.requested_period == DayPeriod(None, "2026-04-01")
    assert found.tax == TaxCategory("S", "19")
    assert [each.system for each in found.references] == ["sales-order"]
    assert len(found.allowance_charges) == 1


def test_tax_of_a_line_in_other_places(reading, order_line):
    """In its own tax total, else as for the document."""
    total = (
        "<cac:TaxTotal><cbc:TaxAmount>1</cbc:TaxAmount><cac:TaxSubtotal><cbc:Percent>7</cbc:Percent><cac:TaxCategory>"
        "<cbc:ID>S</cbc:ID></cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>"
    )
    assert read(reading, order_line, more=total)[1].tax == TaxCategory("S", 7)
    assert read(reading, order_line, tax=TaxCategory("Z", 0))[1].tax == TaxCategory("Z", 0)
    assert read(reading, order_line)[1].tax is None


PART = (
    "<cac:Delivery>{id}<cbc:Quantity>{quantity}</cbc:Quantity>{latest}<cac:RequestedDeliveryPeriod>{start}"
    "<cbc:EndDate>2026-04-0{day}</cbc:EndDate></cac:RequestedDeliveryPeriod>{promised}</cac:Delivery>"
)


def part(quantity, day, id="", start="", promised="", latest=""):
    """One delivery of a line."""
    return PART.format(quantity=quantity, day=day, id=id, start=start, promised=promised, latest=latest)


def test_deliveries_with_quantities_are_the_schedule(reading, order_line):
    """In the unit of the line, with ids of their own or by number; a first day of its own has no place."""
    promised = (
        "<cac:PromisedDeliveryPeriod><cbc:StartDate>2026-04-05</cbc:StartDate><cbc:EndDate>2026-04-05</cbc:EndDate>"
        "</cac:PromisedDeliveryPeriod>"
    )
    first = part(1, 1, id="<cbc:ID>a</cbc:ID>", start="<cbc:StartDate>2026-03-30</cbc:StartDate>")
    sheet, found = read(reading, order_line, more=first + part(2, 2, promised=promised))
    assert [(each.id, each.quantity, each.requested_on, each.promised_on) for each in found.schedule] == [
        ("a", Quantity(1), date(2026, 4, 1), None),
        ("2", Quantity(2), date(2026, 4, 2), date(2026, 4, 5)),
    ]
    assert found.requested_period is None
    assert sheet.unmapped() == ("/Fragment/OrderLine/LineItem/Delivery/RequestedDeliveryPeriod/StartDate",)


def test_days_of_a_part_in_other_forms(reading, order_line):
    """A latest day, a period that only begins, or none at all."""
    latest = (
        "<cac:Delivery><cbc:Quantity>1</cbc:Quantity><cbc:LatestDeliveryDate>2026-04-01</cbc:LatestDeliveryDate>"
        "</cac:Delivery>"
    )
    begins = (
        "<cac:Delivery><cbc:Quantity>2</cbc:Quantity><cac:RequestedDeliveryPeriod><cbc:StartDate>2026-04-02"
        "</cbc:StartDate></cac:RequestedDeliveryPeriod></cac:Delivery>"
    )
    _, found = read(reading, order_line, more=latest + begins)
    assert [each.requested_on for each in found.schedule] == [date(2026, 4, 1), date(2026, 4, 2)]


def test_one_delivery_with_a_quantity_tells_the_period_too(reading, order_line):
    """It is the whole line."""
    _, found = read(reading, order_line, more=part(3, 1, start="<cbc:StartDate>2026-03-30</cbc:StartDate>"))
    assert found.requested_period == DayPeriod("2026-03-30", "2026-04-01")
    assert len(found.schedule) == 1


def test_parts_that_cannot_be_are_told(reading, order_line):
    """A negative quantity, the same id twice, and a line without quantity whose parts have no unit."""
    sheet, _ = read(reading, order_line, more=part(-1, 1) + part("x", 1))
    assert {each.code for each in sheet.findings} == {"decimal.malformed", "order.negative-quantity"}
    twice = part(1, 1, id="<cbc:ID>a</cbc:ID>") + part(2, 1, id="<cbc:ID>a</cbc:ID>")
    sheet, _ = read(reading, order_line, more=twice)
    assert [each.code for each in sheet.findings] == ["lines.duplicate-id"]
    sheet, found = read(reading, order_line, quantity="", more=part(1, 1))
    assert found is None
    assert [each.code for each in sheet.findings] == ["ubl.quantity-missing", "ubl.unit-assumed"]


def test_units_of_price_and_quantity(reading, order_line):
    """They convert by the table, by what the line says, or not at all."""
    box = (
        '<cac:Price><cbc:PriceAmount>10</cbc:PriceAmount><cbc:BaseQuantity unitCode="XBX">1</cbc:BaseQuantity>{}'
        "</cac:Price>"
    )
    factor = "<cbc:OrderableUnitFactorRate>12</cbc:OrderableUnitFactorRate>"
    _, found = read(reading, order_line, price=box.format(factor))
    assert [(each.from_unit, each.to_unit, each.factor) for each in found.item.conversions] == [("XBX", "C62", 12)]
    dozen = box.format(factor).replace("XBX", "DZN")
    assert read(reading, order_line, price=dozen)[1].item.conversions == ()
    for bad, code in (("", "conversion.missing"), (factor.replace("12", "x"), "decimal.malformed"),
                      (factor.replace("12", "-1"), "conversion.malformed")):  # fmt: skip
        sheet, found = read(reading, order_line, price=box.format(bad))
        assert found is None
        assert code in {each.code for each in sheet.findings}


def test_a_line_without_item_is_left_to_the_rules(reading, order_line):
    """They say that it is missing."""
    assert read(reading, order_line, item="")[1] is None
    sheet, element = reading("<cac:OrderLine><cbc:Note>x</cbc:Note></cac:OrderLine>")
    assert line_of(sheet, element) is None
    assert sheet.findings == []


def test_a_line_without_price_has_none(reading, order_line):
    """It may be agreed elsewhere."""
    assert read(reading, order_line, price="")[1].price is None
