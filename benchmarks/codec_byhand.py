"""The order read and written by hand: what a careful programmer writes without a library.

It leans on the constructors for what they check and does the rest itself: objects and arrays, keys that are
unknown or missing, numbers that must be texts, exact booleans. It stops at the first fault.
"""

from __future__ import annotations

from typing import Any

from orderlib.order.line import Item, OrderLine, ScheduleLine
from orderlib.order.payment import DueRule, Instalment, PaymentTerms
from orderlib.order.record import Attachment, Order
from orderlib.order.terms import AllowanceCharge, DeliveryTerms, Pricing, TaxCategory
from orderlib.values.money import Money
from orderlib.values.party import Address, Contact, ExternalReference, Party
from orderlib.values.period import DayPeriod
from orderlib.values.quantity import Conversion, Quantity
from orderlib.values.rate import ExchangeRate, UnitPrice

__all__ = ["read_order", "write_order"]


class WrongError(Exception):
    """What is wrong; the way to it is added on the way out."""

    def __init__(self, what: str, *path: Any) -> None:
        super().__init__(what)
        self.path = list(path)


def keys_of(*classes: Any) -> list[frozenset[str]]:
    """The keys that each class has."""
    return [frozenset(field.alias for field in each.__attrs_attrs__) for each in classes]


LINE, ITEM, SCHEDULE, PRICE, TAX, CHARGE, PARTY, ADDRESS, CONTACT, REFERENCE, PERIOD = keys_of(
    OrderLine,
    Item,
    ScheduleLine,
    UnitPrice,
    TaxCategory,
    AllowanceCharge,
    Party,
    Address,
    Contact,
    ExternalReference,
    DayPeriod,
)
ORDER, DELIVERY, PAYMENT, PRICING, ATTACHMENT = keys_of(Order, DeliveryTerms, PaymentTerms, Pricing, Attachment)
MONEY, QUANTITY = frozenset({"amount", "currency"}), frozenset({"value", "unit"})


def check(data: Any, keys: frozenset[str], *required: str) -> None:
    """An object with these keys at most, and at least the required ones."""
    if type(data) is not dict:
        raise WrongError("not an object")
    if data.keys() != keys:
        for key in data:
            if key not in keys:
                raise WrongError("unknown key", key)
        for key in required:
            if key not in data:
                raise WrongError("missing key", key)


def string(data: Any, key: str) -> str:
    """A text where a number would also be taken."""
    value = data[key]
    if type(value) is not str:
        raise WrongError("not a string", key)
    return value


def maybe_string(data: Any, key: str) -> str | None:
    """The same, or nothing."""
    value = data.get(key)
    if value is not None and type(value) is not str:
        raise WrongError("not a string", key)
    return value


def boolean(data: Any, key: str, *, default: bool | None = False) -> Any:
    """True or false, exactly."""
    value = data.get(key, default)
    if value is not default and type(value) is not bool:
        raise WrongError("not a boolean", key)
    return value


def many(data: Any, key: str, read: Any) -> list[Any]:
    """An array, each item read; the place of a fault is told."""
    values = data.get(key)
    if values is None:
        return []
    if type(values) is not list:
        raise WrongError("not an array", key)
    made = []
    for place, value in enumerate(values):
        try:
            made.append(read(value))
        except WrongError as error:
            error.path[:0] = [key, place]
            raise
    return made


def one(data: Any, key: str, read: Any) -> Any:
    """A member that is an object."""
    try:
        return read(data[key])
    except WrongError as error:
        error.path.insert(0, key)
        raise


def perhaps(data: Any, key: str, read: Any) -> Any:
    """A member that is an object or null."""
    return None if data.get(key) is None else one(data, key, read)


def money(data: Any) -> Money:
    check(data, MONEY, "amount", "currency")
    return Money(string(data, "amount"), data["currency"])


def quantity(data: Any) -> Quantity:
    check(data, QUANTITY, "value", "unit")
    return Quantity(string(data, "value"), data["unit"])


def reference(data: Any) -> ExternalReference:
    check(data, REFERENCE, "system", "id")
    return ExternalReference(data["system"], data["id"])


def address(data: Any) -> Address:
    check(data, ADDRESS)
    return Address(
        street=data.get("street", ""),
        additional=data.get("additional", ""),
        city=data.get("city", ""),
        postal_zone=data.get("postal_zone", ""),
        subdivision=data.get("subdivision", ""),
        country=data.get("country", ""),
    )


def contact(data: Any) -> Contact:
    check(data, CONTACT)
    return Contact(name=data.get("name", ""), telephone=data.get("telephone", ""), email=data.get("email", ""))


def party(data: Any) -> Party:
    check(data, PARTY, "id")
    return Party(
        data["id"],
        data.get("name", ""),
        legal_name=data.get("legal_name", ""),
        tax_id=data.get("tax_id", ""),
        address=perhaps(data, "address", address),
        contact=perhaps(data, "contact", contact),
        references=many(data, "references", reference),
    )


def period(data: Any) -> DayPeriod:
    check(data, PERIOD)
    return DayPeriod(maybe_string(data, "start_on"), maybe_string(data, "end_on"))


def tax(data: Any) -> TaxCategory:
    check(data, TAX)
    return TaxCategory(
        data.get("code", "S"),
        maybe_string(data, "rate"),
        exemption=data.get("exemption", ""),
        scheme=data.get("scheme", "VAT"),
    )


def charge(data: Any) -> AllowanceCharge:
    check(data, CHARGE, "amount")
    return AllowanceCharge(
        one(data, "amount", money),
        boolean(data, "charge"),
        data.get("reason", ""),
        reason_code=data.get("reason_code", ""),
        tax=perhaps(data, "tax", tax),
        percentage=maybe_string(data, "percentage"),
        base=perhaps(data, "base", money),
    )


def unit_price(data: Any) -> UnitPrice:
    check(data, PRICE, "amount", "currency")
    per = string(data, "per") if "per" in data else "1"
    return UnitPrice(string(data, "amount"), data["currency"], per, data.get("unit"))


def pair(data: Any) -> tuple[str, str]:
    if type(data) is not list or len(data) != 2:
        raise WrongError("not a pair")
    return data[0], data[1]


def unsupported(_data: Any) -> Any:
    raise WrongError("no sample has one")


def item(data: Any) -> Item:
    check(data, ITEM, "id")
    return Item(
        data["id"],
        data.get("name", ""),
        description=data.get("description", ""),
        buyer_id=data.get("buyer_id", ""),
        standard_id=data.get("standard_id", ""),
        origin=data.get("origin", ""),
        classification=data.get("classification", ""),
        properties=many(data, "properties", pair),
        conversions=many(data, "conversions", unsupported),
    )


def schedule_line(data: Any) -> ScheduleLine:
    check(data, SCHEDULE, "id", "quantity")
    return ScheduleLine(
        data["id"],
        one(data, "quantity", quantity),
        requested_on=maybe_string(data, "requested_on"),
        promised_on=maybe_string(data, "promised_on"),
    )


def line(data: Any) -> OrderLine:
    check(data, LINE, "id", "item", "quantity")
    return OrderLine(
        data["id"],
        one(data, "item", item),
        one(data, "quantity", quantity),
        perhaps(data, "price", unit_price),
        schedule=many(data, "schedule", schedule_line),
        allowance_charges=many(data, "allowance_charges", charge),
        tax=perhaps(data, "tax", tax),
        delivery_place=perhaps(data, "delivery_place", address),
        requested_period=perhaps(data, "requested_period", period),
        partial_delivery=boolean(data, "partial_delivery", default=None),
        accounting_cost=data.get("accounting_cost", ""),
        note=data.get("note", ""),
        references=many(data, "references", reference),
    )


def delivery(data: Any) -> DeliveryTerms:
    check(data, DELIVERY)
    return DeliveryTerms(
        incoterm=data.get("incoterm", ""),
        place=data.get("place", ""),
        address=perhaps(data, "address", address),
        recipient=perhaps(data, "recipient", party),
        requested_period=perhaps(data, "requested_period", period),
        complete_only=boolean(data, "complete_only"),
        over_tolerance=maybe_string(data, "over_tolerance") or "0",
        under_tolerance=maybe_string(data, "under_tolerance") or "0",
        special_terms=data.get("special_terms", ""),
    )


def payment(data: Any) -> PaymentTerms:
    check(data, PAYMENT)
    return PaymentTerms(
        net_days=data.get("net_days", 30),
        instalments=many(data, "instalments", unsupported),
        advance=maybe_string(data, "advance") or "0",
        retention=maybe_string(data, "retention") or "0",
        discount=maybe_string(data, "discount") or "0",
        discount_days=data.get("discount_days", 0),
        note=data.get("note", ""),
    )


def pricing(data: Any) -> Pricing:
    check(data, PRICING)
    return Pricing(rounding=data.get("rounding", "HALF_UP"), scope=data.get("scope", "document"))


def attachment(data: Any) -> Attachment:
    check(data, ATTACHMENT, "id")
    return Attachment(data["id"], data.get("kind", ""), data.get("digest", ""), uri=data.get("uri", ""))


def read_order(data: Any) -> Order:
    """An order from primitives; `WrongError` or `InvalidValueError` at the first fault."""
    check(data, ORDER, "id", "buyer", "seller", "currency", "lines")
    return Order(
        data["id"],
        one(data, "buyer", party),
        one(data, "seller", party),
        data["currency"],
        many(data, "lines", line),
        issued_on=maybe_string(data, "issued_on"),
        type=data.get("type", "220"),
        revision=data.get("revision", 1),
        delivery=one(data, "delivery", delivery) if "delivery" in data else DeliveryTerms(),
        payment=one(data, "payment", payment) if "payment" in data else PaymentTerms(),
        pricing=one(data, "pricing", pricing) if "pricing" in data else Pricing(),
        allowance_charges=many(data, "allowance_charges", charge),
        prepaid=perhaps(data, "prepaid", money),
        rounding=perhaps(data, "rounding", money),
        exchange_rate=perhaps(data, "exchange_rate", unsupported),
        validity=perhaps(data, "validity", period),
        agreement_id=data.get("agreement_id"),
        proposal_id=data.get("proposal_id"),
        customer_reference=data.get("customer_reference", ""),
        accounting_cost=data.get("accounting_cost", ""),
        note=data.get("note", ""),
        attachments=many(data, "attachments", attachment),
        references=many(data, "references", reference),
    )


def day(on: Any) -> str | None:
    return None if on is None else on.isoformat()


def number(value: Any) -> str | None:
    return None if value is None else format(value, "f")


def write_money(value: Money | None) -> Any:
    return None if value is None else {"amount": format(value.amount, "f"), "currency": value.currency}


def write_quantity(value: Quantity) -> Any:
    return {"value": format(value.value, "f"), "unit": value.unit}


def write_reference(value: ExternalReference) -> Any:
    return {"system": value.system, "id": str(value.id)}


def write_address(value: Address | None) -> Any:
    if value is None:
        return None
    return {
        "street": value.street,
        "additional": value.additional,
        "city": value.city,
        "postal_zone": value.postal_zone,
        "subdivision": value.subdivision,
        "country": value.country,
    }


def write_party(value: Party | None) -> Any:
    if value is None:
        return None
    contact = value.contact
    return {
        "id": str(value.id),
        "name": value.name,
        "legal_name": value.legal_name,
        "tax_id": value.tax_id,
        "address": write_address(value.address),
        "contact": None
        if contact is None
        else {"name": contact.name, "telephone": contact.telephone, "email": contact.email},
        "references": [write_reference(each) for each in value.references],
    }


def write_period(value: DayPeriod | None) -> Any:
    return None if value is None else {"start_on": day(value.start_on), "end_on": day(value.end_on)}


def write_tax(value: TaxCategory | None) -> Any:
    if value is None:
        return None
    return {
        "code": value.code.value,
        "rate": number(value.rate),
        "exemption": value.exemption,
        "scheme": value.scheme,
    }


def write_charge(value: AllowanceCharge) -> Any:
    return {
        "amount": write_money(value.amount),
        "charge": value.charge,
        "reason": value.reason,
        "reason_code": value.reason_code,
        "tax": write_tax(value.tax),
        "percentage": number(value.percentage),
        "base": write_money(value.base),
    }


def write_price(value: UnitPrice | None) -> Any:
    if value is None:
        return None
    return {
        "amount": format(value.amount, "f"),
        "currency": value.currency,
        "per": format(value.per, "f"),
        "unit": value.unit,
    }


def write_conversion(value: Conversion) -> Any:
    factor = f"{value.factor.numerator}/{value.factor.denominator}"
    return {"from_unit": value.from_unit, "to_unit": value.to_unit, "factor": factor}


def write_item(value: Item) -> Any:
    return {
        "id": str(value.id),
        "name": value.name,
        "description": value.description,
        "buyer_id": value.buyer_id,
        "standard_id": value.standard_id,
        "origin": value.origin,
        "classification": value.classification,
        "properties": [list(each) for each in value.properties],
        "conversions": [write_conversion(each) for each in value.conversions],
    }


def write_schedule(value: ScheduleLine) -> Any:
    return {
        "id": str(value.id),
        "quantity": write_quantity(value.quantity),
        "requested_on": day(value.requested_on),
        "promised_on": day(value.promised_on),
    }


def write_line(value: OrderLine) -> Any:
    return {
        "id": str(value.id),
        "item": write_item(value.item),
        "quantity": write_quantity(value.quantity),
        "price": write_price(value.price),
        "schedule": [write_schedule(each) for each in value.schedule],
        "allowance_charges": [write_charge(each) for each in value.allowance_charges],
        "tax": write_tax(value.tax),
        "delivery_place": write_address(value.delivery_place),
        "requested_period": write_period(value.requested_period),
        "partial_delivery": value.partial_delivery,
        "accounting_cost": value.accounting_cost,
        "note": value.note,
        "references": [write_reference(each) for each in value.references],
    }


def write_delivery(value: DeliveryTerms) -> Any:
    return {
        "incoterm": value.incoterm,
        "place": value.place,
        "address": write_address(value.address),
        "recipient": write_party(value.recipient),
        "requested_period": write_period(value.requested_period),
        "complete_only": value.complete_only,
        "over_tolerance": number(value.over_tolerance),
        "under_tolerance": number(value.under_tolerance),
        "special_terms": value.special_terms,
    }


def write_rule(value: DueRule) -> Any:
    return {
        "days": value.days,
        "weeks": value.weeks,
        "months": value.months,
        "end_of_month": value.end_of_month,
        "month": value.month,
        "day_of_month": value.day_of_month,
        "weekday": value.weekday,
    }


def write_instalment(value: Instalment) -> Any:
    return {
        "share": number(value.share),
        "due": write_rule(value.due),
        "of": value.of.value,
        "divisor": value.divisor,
        "amount": write_money(value.amount),
    }


def write_payment(value: PaymentTerms) -> Any:
    return {
        "net_days": value.net_days,
        "instalments": [write_instalment(each) for each in value.instalments],
        "advance": number(value.advance),
        "retention": number(value.retention),
        "discount": number(value.discount),
        "discount_days": value.discount_days,
        "note": value.note,
    }


def write_rate(value: ExchangeRate | None) -> Any:
    if value is None:
        return None
    return {
        "source": value.source,
        "target": value.target,
        "rate": number(value.rate),
        "on": value.on.isoformat(),
        "origin": value.origin,
    }


def write_attachment(value: Attachment) -> Any:
    return {"id": str(value.id), "kind": value.kind, "digest": value.digest, "uri": value.uri}


def write_order(value: Order) -> Any:
    """The primitives of an order."""
    return {
        "id": str(value.id),
        "buyer": write_party(value.buyer),
        "seller": write_party(value.seller),
        "currency": value.currency,
        "lines": [write_line(each) for each in value.lines],
        "issued_on": day(value.issued_on),
        "type": value.type.value,
        "revision": value.revision,
        "delivery": write_delivery(value.delivery),
        "payment": write_payment(value.payment),
        "pricing": {"rounding": value.pricing.rounding.value, "scope": value.pricing.scope.value},
        "allowance_charges": [write_charge(each) for each in value.allowance_charges],
        "prepaid": write_money(value.prepaid),
        "rounding": write_money(value.rounding),
        "exchange_rate": write_rate(value.exchange_rate),
        "validity": write_period(value.validity),
        "agreement_id": None if value.agreement_id is None else str(value.agreement_id),
        "proposal_id": None if value.proposal_id is None else str(value.proposal_id),
        "customer_reference": value.customer_reference,
        "accounting_cost": value.accounting_cost,
        "note": value.note,
        "attachments": [write_attachment(each) for each in value.attachments],
        "references": [write_reference(each) for each in value.references],
    }
