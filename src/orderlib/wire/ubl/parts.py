"""The parts that written documents share: parties, addresses, periods, items, prices, tax, allowances."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Final

from orderlib.order.line import Item
from orderlib.order.terms import AllowanceCharge, TaxCategory
from orderlib.values.money import Money
from orderlib.values.party import Address, Contact, ExternalReference, Party
from orderlib.values.period import DayPeriod
from orderlib.values.quantity import Quantity
from orderlib.values.rate import UnitPrice
from orderlib.wire.ubl.markup import Node, group, leaf
from orderlib.wire.ubl.party import ACCOUNTS, ENDPOINT, LEGAL, PARTY

__all__ = [
    "address",
    "allowance",
    "amount",
    "item",
    "number",
    "party",
    "period",
    "price",
    "quantity",
    "reference",
    "role",
    "tax",
]

_GTIN: Final = "0160"
_LONGEST_SCHEME: Final = 20


def number(value: Decimal) -> str:
    """A decimal as XML Schema writes it: no exponent."""
    return f"{value:f}"


def amount(name: str, money: Money | None) -> tuple[Node, ...]:
    """An amount with its currency."""
    return () if money is None else leaf(name, number(money.amount), currencyID=money.currency)


def quantity(name: str, value: Quantity | None) -> tuple[Node, ...]:
    """A quantity with its unit."""
    return () if value is None else leaf(name, number(value.value), unitCode=value.unit)


def reference(name: str, own: str | None) -> tuple[Node, ...]:
    """A reference that holds an id."""
    return group(name, leaf("ID", own))


def period(name: str, days: DayPeriod | None) -> tuple[Node, ...]:
    """A period of days."""
    return () if days is None else group(name, _day("StartDate", days.start_on), _day("EndDate", days.end_on))


def _day(name: str, on: date | None) -> tuple[Node, ...]:
    return () if on is None else leaf(name, on.isoformat())


def address(name: str, place: Address | None) -> tuple[Node, ...]:
    """A postal address."""
    if place is None:
        return ()
    return group(
        name,
        leaf("StreetName", place.street),
        leaf("AdditionalStreetName", place.additional),
        leaf("CityName", place.city),
        leaf("PostalZone", place.postal_zone),
        leaf("CountrySubentity", place.subdivision),
        group("Country", leaf("IdentificationCode", place.country)),
    )


def _split(said: str) -> tuple[str, str]:
    """Scheme and bare id of `0088:7300010000001`; no scheme where none stands before it."""
    scheme, colon, bare = said.partition(":")
    plain = scheme.isascii() and scheme.isprintable() and " " not in scheme and 0 < len(scheme) <= _LONGEST_SCHEME
    return (scheme, bare) if colon and plain and bare and bare == bare.strip() else ("", said)


def _identification(name: str, said: str) -> tuple[Node, ...]:
    scheme, bare = _split(said)
    return leaf(name, bare, schemeID=scheme)


def party(name: str, who: Party | None, *, endpoint: bool = False) -> tuple[Node, ...]:
    """A party. `endpoint` asks for an electronic address; the party's id stands in where none is known."""
    if who is None:
        return ()
    addresses = [each for each in who.references if _is(each, ENDPOINT)]
    electronic = _endpoint(addresses[0]) if addresses else _identification("EndpointID", who.id) if endpoint else ()
    legal = [each for each in who.references if _is(each, LEGAL)]
    number_of = leaf("CompanyID", legal[0].id, schemeID=_scheme(legal[0])) if legal else ()
    return group(
        name,
        electronic,
        group("PartyIdentification", _identification("ID", who.id)),
        *(_further(each) for each in who.references if not _is(each, ENDPOINT, LEGAL, "tax", *ACCOUNTS.values())),
        group("PartyName", leaf("Name", who.name)),
        address("PostalAddress", who.address),
        group("PartyTaxScheme", leaf("CompanyID", who.tax_id), _scheme_of("VAT" if who.tax_id else "")),
        *(_tax_number(each) for each in who.references if _is(each, "tax")),
        group("PartyLegalEntity", leaf("RegistrationName", who.legal_name), number_of),
        _contact(who.contact),
    )


def _is(each: ExternalReference, *systems: str) -> bool:
    return each.system.partition(":")[0] in systems


def _scheme(each: ExternalReference) -> str:
    return each.system.partition(":")[2]


def _endpoint(each: ExternalReference) -> tuple[Node, ...]:
    return leaf("EndpointID", each.id, schemeID=_scheme(each))


def _further(each: ExternalReference) -> tuple[Node, ...]:
    scheme = "" if each.system == PARTY else each.system
    return group("PartyIdentification", leaf("ID", each.id, schemeID=scheme))


def _tax_number(each: ExternalReference) -> tuple[Node, ...]:
    return group("PartyTaxScheme", leaf("CompanyID", each.id), _scheme_of(_scheme(each)))


def _scheme_of(name: str) -> tuple[Node, ...]:
    return group("TaxScheme", leaf("ID", name))


def _contact(who: Contact | None) -> tuple[Node, ...]:
    if who is None:
        return ()
    return group("Contact", leaf("Name", who.name), leaf("Telephone", who.telephone), leaf("ElectronicMail", who.email))


def role(name: str, who: Party, *, endpoint: bool = False) -> tuple[Node, ...]:
    """A party in its role, with the account numbers that stand beside it."""
    accounts = {each.system: each.id for each in who.references}
    numbers = [leaf(path.removeprefix("cbc:"), accounts.get(ACCOUNTS[path])) for path in sorted(ACCOUNTS)]
    return group(name, *numbers, party("Party", who, endpoint=endpoint))


def tax(name: str, category: TaxCategory | None) -> tuple[Node, ...]:
    """A tax category with its rate."""
    if category is None:
        return ()
    rate = () if category.rate is None else leaf("Percent", number(category.rate))
    reason = leaf("TaxExemptionReason", category.exemption)
    return group(name, leaf("ID", category.code), rate, reason, _scheme_of(category.scheme))


def allowance(each: AllowanceCharge) -> tuple[Node, ...]:
    """An allowance or charge."""
    return group(
        "AllowanceCharge",
        leaf("ChargeIndicator", "true" if each.charge else "false"),
        leaf("AllowanceChargeReasonCode", each.reason_code),
        leaf("AllowanceChargeReason", each.reason),
        () if each.percentage is None else leaf("MultiplierFactorNumeric", number(each.percentage)),
        amount("Amount", each.amount),
        amount("BaseAmount", each.base),
        tax("TaxCategory", each.tax),
    )


def price(each: UnitPrice | None) -> tuple[Node, ...]:
    """A price with its base quantity, where it is not for one of whatever unit is ordered."""
    if each is None:
        return ()
    plain = each.per == 1 and each.unit is None
    base = () if plain else leaf("BaseQuantity", number(each.per), unitCode=each.unit or "")
    return group("Price", leaf("PriceAmount", number(each.amount), currencyID=each.currency), base)


def _standard(said: str) -> tuple[Node, ...]:
    scheme, bare = _split(said)
    return group("StandardItemIdentification", leaf("ID", bare, schemeID=scheme or _GTIN))


def item(
    what: Item, category: TaxCategory | None = None, references: Iterable[ExternalReference] = ()
) -> tuple[Node, ...]:
    """An item with its numbers; `references` are those of the line that stand at the item."""
    named = {each.system: each.id for each in references}
    listed, code = _split(what.classification)
    classified = leaf("ItemClassificationCode", code, listID=listed)
    return group(
        "Item",
        leaf("Description", what.description),
        leaf("Name", what.name),
        group("BuyersItemIdentification", leaf("ID", what.buyer_id)),
        group("SellersItemIdentification", leaf("ID", what.id)),
        reference("ManufacturersItemIdentification", named.get("manufacturer-item")),
        _standard(what.standard_id) if what.standard_id else (),
        reference("CatalogueItemIdentification", named.get("catalogue-item")),
        reference("ItemSpecificationDocumentReference", named.get("specification")),
        group("OriginCountry", leaf("IdentificationCode", what.origin)),
        group("CommodityClassification", classified),
        tax("ClassifiedTaxCategory", category),
        *(group("AdditionalItemProperty", leaf("Name", name), leaf("Value", value)) for name, value in what.properties),
        group(
            "ItemInstance",
            leaf("SerialID", named.get("serial")),
            group("LotIdentification", leaf("LotNumberID", named.get("lot"))),
        ),
    )
