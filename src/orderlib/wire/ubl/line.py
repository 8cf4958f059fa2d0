"""Lines and items of an order (UBL `cac:OrderLine`, `cac:LineItem`, `cac:Item`)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from orderlib.errors import FindingCode, InvalidValueError, Severity
from orderlib.order.line import Item, OrderLine, ScheduleLine
from orderlib.order.terms import TaxCategory
from orderlib.values.identifier import ItemId, LineId
from orderlib.values.lines import Lines
from orderlib.values.party import ExternalReference
from orderlib.values.quantity import Conversion, Quantity, conversion_factor
from orderlib.values.rate import UnitPrice
from orderlib.wire.ubl.party import address_of
from orderlib.wire.ubl.reading import Reading, token
from orderlib.wire.ubl.term import allowances_of, delivery_address, price_of, quantity_of, requested_period, tax_of
from orderlib.wire.xmltree import Element

__all__ = ["LINE_REFERENCES", "item_of", "line_of"]

ITEM_UNNAMED: Final = FindingCode(
    "ubl.item-unnamed",
    Severity.ERROR,
    "the item has neither number nor name nor description",
    "物料没有编号、名称或描述",
)
NO_QUANTITY: Final = FindingCode("ubl.quantity-missing", Severity.ERROR, "the line says no quantity", "该行没有数量")

LINE_REFERENCES: Final = (
    ("cac:LineItem/cbc:SalesOrderID", "sales-order"),
    ("cac:LineItem/cbc:UUID", "uuid"),
    ("cac:LineItem/cac:OriginatorParty/cac:PartyIdentification/cbc:ID", "originator"),
    ("cac:LineItem/cac:Item/cac:ManufacturersItemIdentification/cbc:ID", "manufacturer-item"),
    ("cac:LineItem/cac:Item/cac:CatalogueItemIdentification/cbc:ID", "catalogue-item"),
    ("cac:LineItem/cac:Item/cac:ItemSpecificationDocumentReference/cbc:ID", "specification"),
    ("cac:LineItem/cac:Item/cac:ItemInstance/cbc:SerialID", "serial"),
    ("cac:LineItem/cac:Item/cac:ItemInstance/cac:LotIdentification/cbc:LotNumberID", "lot"),
    ("cac:CatalogueLineReference/cbc:LineID", "catalogue-line"),
    ("cac:QuotationLineReference/cbc:LineID", "quotation-line"),
)
"""What a line refers to, and the system under which its references name it."""

_GTIN: Final = frozenset({"", "0160", "GTIN"})
_LONGEST: Final = 200
_NUMBERS: Final = (
    "cac:SellersItemIdentification",
    "cac:BuyersItemIdentification",
    "cac:StandardItemIdentification",
    "cac:ManufacturersItemIdentification",
    "cac:CatalogueItemIdentification",
)


def item_of(reading: Reading, element: Element, conversions: Iterable[Conversion] = ()) -> Item | None:
    """What is ordered.

    Its id is the seller's number, else the buyer's, the standard one, the manufacturer's, the catalogue's, else
    its name or its description.
    """
    text = reading.text
    name, description = text(element, "cbc:Name"), reading.texts(element, "cbc:Description")
    number = next((found for path in _NUMBERS if (found := element.child(f"{path}/cbc:ID")) and found.value), None)
    own = " ".join((name or description).split())[:_LONGEST].strip() if number is None else token(number)
    if not own:
        reading.add(ITEM_UNNAMED(element.path))
        return None
    reading.text(element, "cac:SellersItemIdentification/cbc:ID")
    classified = element.child("cac:CommodityClassification/cbc:ItemClassificationCode")
    properties = tuple(_property(reading, each) for each in element.all("cac:AdditionalItemProperty"))
    return reading.make(
        element,
        lambda: Item(
            ItemId(own),
            name,
            description=description,
            buyer_id=text(element, "cac:BuyersItemIdentification/cbc:ID"),
            standard_id=_standard(reading, element.child("cac:StandardItemIdentification/cbc:ID")),
            origin=text(element, "cac:OriginCountry/cbc:IdentificationCode"),
            classification=_with_list(reading, classified),
            properties=properties,
            conversions=tuple(conversions),
        ),
    )


def _standard(reading: Reading, element: Element | None) -> str:
    """A GTIN bare, another standard number with its scheme before it."""
    if element is None:
        return ""
    scheme = element.attributes.get("schemeID", "").strip()
    bare = reading.text_of(element)
    return bare if scheme in _GTIN else f"{scheme}:{bare}"


def _with_list(reading: Reading, element: Element | None) -> str:
    """A code with its list before it: `MP:12345678`."""
    if element is None:
        return ""
    code, listed = reading.text_of(element), element.attributes.get("listID", "").strip()
    return f"{listed}:{code}" if listed else code


def _property(reading: Reading, element: Element) -> tuple[str, str]:
    value = reading.text(element, "cbc:Value") or reading.text(element, "cbc:ValueQuantity")
    return reading.text(element, "cbc:Name"), value


def line_of(reading: Reading, order_line: Element, tax: TaxCategory | None = None) -> OrderLine | None:
    """One line of the order; None where it cannot be one, which is reported. `tax` is for lines that name none."""
    item_line = order_line.child("cac:LineItem")
    item_element = None if item_line is None else item_line.child("cac:Item")
    if item_line is None or item_element is None:
        return None  # reported by the rules
    line_id = reading.identifier(item_line, "cbc:ID", LineId)
    quantity = _quantity(reading, item_line)
    price = price_of(reading, item_line.child("cac:Price"))
    conversions = _conversions(reading, item_line, quantity, price)
    item = item_of(reading, item_element, conversions)
    schedule, first = _deliveries(reading, item_line, quantity)
    period = None if first is None else requested_period(reading, first)
    place = None if first is None else address_of(reading, delivery_address(first))
    own_tax = _line_tax(reading, item_line, item_element) or tax
    allowances = allowances_of(reading, item_line)
    note = _note(reading, order_line, item_line)
    cost = reading.text(item_line, "cbc:AccountingCost") or reading.text(item_line, "cbc:AccountingCostCode")
    partial = reading.indicator(item_line.child("cbc:PartialDeliveryIndicator"))
    references = _references(reading, order_line)
    if line_id is None or quantity is None or item is None:
        return None
    return reading.make(
        item_line,
        lambda: OrderLine(
            line_id,
            item,
            quantity,
            price,
            schedule=schedule,
            allowance_charges=allowances,
            tax=own_tax,
            delivery_place=place,
            requested_period=period,
            partial_delivery=partial,
            accounting_cost=cost,
            note=note,
            references=references,
        ),
    )


def _note(reading: Reading, order_line: Element, item_line: Element) -> str:
    notes = (reading.texts(each, "cbc:Note") for each in (order_line, item_line))
    return "\n".join(each for each in notes if each)


def _quantity(reading: Reading, line: Element) -> Quantity | None:
    element = line.child("cbc:Quantity")
    if element is None:
        reading.add(NO_QUANTITY(line.path))
    return quantity_of(reading, element)


def _conversions(
    reading: Reading, line: Element, quantity: Quantity | None, price: UnitPrice | None
) -> tuple[Conversion, ...]:
    """How the unit of the price becomes the unit that is ordered, where the line says it and no table knows it."""
    factor = line.child("cac:Price/cbc:OrderableUnitFactorRate")
    if factor is None or quantity is None or price is None or price.unit in (None, quantity.unit):
        return ()
    unit = str(price.unit)
    try:
        conversion_factor(quantity.unit, unit)
    except InvalidValueError:
        number = reading.number(factor)
        if number is None:
            return ()
        found = reading.make(factor, lambda: Conversion(unit, quantity.unit, number))
        return () if found is None else (found,)
    return ()


def _line_tax(reading: Reading, line: Element, item: Element) -> TaxCategory | None:
    found = tax_of(reading, item.child("cac:ClassifiedTaxCategory"))
    if found is not None:
        return found
    subtotal = line.child("cac:TaxTotal/cac:TaxSubtotal")
    return (
        None if subtotal is None else tax_of(reading, subtotal.child("cac:TaxCategory"), subtotal.child("cbc:Percent"))
    )


def _deliveries(
    reading: Reading, line: Element, quantity: Quantity | None
) -> tuple[Lines[ScheduleLine], Element | None]:
    """The deliveries that say how much of the line they carry, and the one that says when and where as a whole."""
    deliveries = line.all("cac:Delivery")
    whole = [each for each in deliveries if each.child("cbc:Quantity") is None]
    parts = [each for each in deliveries if each.child("cbc:Quantity") is not None]
    found = [_part(reading, each, number, quantity) for number, each in enumerate(parts, 1)]
    schedule = reading.make(line, lambda: Lines(each for each in found if each is not None))
    first = whole[0] if whole else deliveries[0] if len(deliveries) == 1 else None
    return schedule or Lines[ScheduleLine](), first


def _part(reading: Reading, delivery: Element, number: int, quantity: Quantity | None) -> ScheduleLine | None:
    part_id = reading.identifier(delivery, "cbc:ID", LineId) or LineId(str(number))
    unit = None if quantity is None else quantity.unit
    amount = quantity_of(reading, delivery.child("cbc:Quantity"), unit)
    requested = _last_day(reading, delivery.child("cac:RequestedDeliveryPeriod"))
    if requested is None:
        requested = reading.day(delivery, "cbc:LatestDeliveryDate")
    promised = _last_day(reading, delivery.child("cac:PromisedDeliveryPeriod"))
    if amount is None:
        return None
    return reading.make(delivery, lambda: ScheduleLine(part_id, amount, requested_on=requested, promised_on=promised))


def _last_day(reading: Reading, period: Element | None) -> date | None:
    """The day by which; a first day is kept only where it is the same."""
    if period is None:
        return None
    end = reading.day(period, "cbc:EndDate")
    if end is None or period.value_of("cbc:StartDate") == period.value_of("cbc:EndDate"):
        start = reading.day(period, "cbc:StartDate")
        return end or start
    return end


def _references(reading: Reading, order_line: Element) -> tuple[ExternalReference, ...]:
    found = [
        reading.reference(each, system)
        for path, system in LINE_REFERENCES
        for each in order_line.all(path)
        if each.value
    ]
    return tuple(each for each in found if each is not None)
