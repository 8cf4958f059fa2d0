"""Parties and addresses (UBL `cac:Party`, `cac:Address`).

The id of a party is the first of these that the document gives: a party identification, the electronic address,
the company's registered number, the account number that the other side uses, the tax number, the name. An id with
a scheme bears it in front (`0088:7300010000001`), so that numbers of two registers are never taken for one
another. All the others stand in the references, under the names of the table below.
"""

from __future__ import annotations

from typing import Final

from orderlib.errors import FindingCode, Severity
from orderlib.values.identifier import PartyId
from orderlib.values.party import Address, Contact, ExternalReference, Party
from orderlib.wire.ubl.reading import Reading
from orderlib.wire.xmltree import Element

__all__ = ["ACCOUNTS", "ENDPOINT", "LEGAL", "PARTY", "address_of", "party_of", "role_of"]

ENDPOINT: Final = "endpoint"
"""System of an electronic address; its scheme stands behind a colon: `endpoint:0088`."""
LEGAL: Final = "legal"
"""System of a registered number."""
PARTY: Final = "party"
"""System of a further party identification without scheme; one with a scheme has the scheme as system."""
ACCOUNTS: Final = {
    "cbc:SupplierAssignedAccountID": "supplier-account",
    "cbc:CustomerAssignedAccountID": "customer-account",
}
"""Account numbers that a role carries beside its party."""

PARTY_MISSING: Final = FindingCode(
    "ubl.party-missing",
    Severity.ERROR,
    "the {role} names neither a party nor an account number",
    "{role} 既没有参与方也没有账号",
)

_LONGEST: Final = 200
_MORE_ADDRESS: Final = (
    "cbc:AdditionalStreetName",
    "cbc:BuildingName",
    "cbc:Floor",
    "cbc:Room",
    "cbc:Postbox",
    "cbc:Department",
    "cac:AddressLine/cbc:Line",
)


def address_of(reading: Reading, element: Element | None) -> Address | None:
    """A postal address; None where there is none. A building's number stands behind its street."""
    if element is None:
        return None
    text = reading.text
    street = " ".join(each for path in ("StreetName", "BuildingNumber") if (each := text(element, f"cbc:{path}")))
    found = {
        "street": street,
        "additional": reading.texts(element, *_MORE_ADDRESS, by=", "),
        "city": text(element, "cbc:CityName"),
        "postal_zone": text(element, "cbc:PostalZone"),
        "subdivision": text(element, "cbc:CountrySubentity") or text(element, "cbc:CountrySubentityCode"),
        "country": text(element, "cac:Country/cbc:IdentificationCode"),
    }
    return reading.make(element, lambda: Address(**found)) if any(found.values()) else None


def _contact(reading: Reading, party: Element) -> Contact | None:
    text = reading.text
    name = text(party, "cac:Contact/cbc:Name")
    person = party.child("cac:Person")
    if not name and person is not None:
        parts = ("FirstName", "MiddleName", "FamilyName")
        name = " ".join(each for part in parts if (each := text(person, f"cbc:{part}")))
    telephone, email = text(party, "cac:Contact/cbc:Telephone"), text(party, "cac:Contact/cbc:ElectronicMail")
    return Contact(name=name, telephone=telephone, email=email) if name or telephone or email else None


def _numbers(party: Element, role: Element | None) -> list[tuple[str, Element]]:
    """Every element that identifies the party, with its system, in the order in which one becomes the id."""
    found = [(PARTY, each) for each in party.all("cac:PartyIdentification/cbc:ID")]
    found += [(ENDPOINT, each) for each in party.all("cbc:EndpointID")]
    found += [(LEGAL, each) for each in party.all("cac:PartyLegalEntity/cbc:CompanyID")]
    found += _accounts(role)
    return [(system, each) for system, each in found if each.value]


def _accounts(role: Element | None) -> list[tuple[str, Element]]:
    if role is None:
        return []
    return [(system, each) for path, system in ACCOUNTS.items() for each in role.all(path)]


def _reference(reading: Reading, system: str, element: Element) -> ExternalReference | None:
    scheme = " ".join(element.attributes.get("schemeID", "").split())
    if scheme:
        system = scheme if system == PARTY else f"{system}:{scheme}"
    return reading.reference(element, system)


def _taxed(reading: Reading, party: Element) -> tuple[str, list[ExternalReference]]:
    """The tax number, and those of further schemes as references."""
    tax_id, more = "", list[ExternalReference]()
    for scheme in party.all("cac:PartyTaxScheme"):
        number = scheme.child("cbc:CompanyID")
        name = reading.text(scheme, "cac:TaxScheme/cbc:ID")
        if number is None or not number.value:
            continue
        if not tax_id:
            tax_id = reading.text_of(number)
        elif found := reading.reference(number, f"tax:{name}" if name else "tax"):
            more.append(found)
    return tax_id, more


def party_of(reading: Reading, party: Element | None, role: Element | None = None) -> Party | None:
    """The party, with what its role (`cac:BuyerCustomerParty` …) carries beside it; None where there is none."""
    if party is None:
        return None
    legal_name = reading.text(party, "cac:PartyLegalEntity/cbc:RegistrationName")
    name = reading.text(party, "cac:PartyName/cbc:Name") or legal_name
    tax_id, more = _taxed(reading, party)
    numbers = _numbers(party, role)
    party_id = reading.scheme_id(numbers[0][1]) if numbers else tax_id or " ".join(name.split())[:_LONGEST].strip()
    found = [_reference(reading, system, each) for system, each in numbers[1:]]
    references = (*(each for each in found if each is not None), *more)
    if numbers and not party_id:
        return None  # reported where it stands
    contact = _contact(reading, party)
    address = address_of(reading, party.child("cac:PostalAddress"))
    return reading.make(
        party,
        lambda: Party(
            PartyId(party_id),
            name,
            legal_name=legal_name,
            tax_id=tax_id,
            address=address,
            contact=contact,
            references=references,
        ),
    )


def role_of(reading: Reading, path: str) -> Party | None:
    """The party in a role of the document: `role_of(reading, "cac:BuyerCustomerParty")`.

    UBL lets a role leave its party out; an account number names it then, and without one that is reported.
    """
    role = reading.root.child(path)
    if role is None:
        return None  # reported by the rules
    party = role.child("cac:Party")
    if party is not None:
        return party_of(reading, party, role)
    if any(each.value for _, each in _accounts(role)):
        return party_of(reading, role, role)
    reading.add(PARTY_MISSING(role.path, role=role.name))
    return None
