from __future__ import annotations

import pytest

from orderlib.errors import DocumentError
from orderlib.values.party import Address, Contact, Party
from orderlib.wire.ubl.answer import read_order_response
from orderlib.wire.ubl.change import read_order_cancellation, read_order_change
from orderlib.wire.ubl.order import read_order
from orderlib.wire.ubl.party import address_of, party_of, role_of

REFERENCE = "<cac:OrderReference><cbc:ID>4711</cbc:ID></cac:OrderReference>"

IDENTIFIED = '<cac:PartyIdentification><cbc:ID schemeID="0088">1</cbc:ID></cac:PartyIdentification>'
ENDPOINT = '<cbc:EndpointID schemeID="0192">2</cbc:EndpointID>'
NAME = "<cac:PartyName><cbc:Name>Water  works</cbc:Name></cac:PartyName>"
LEGAL = (
    "<cac:PartyLegalEntity><cbc:RegistrationName>Waterworks AS</cbc:RegistrationName>"
    '<cbc:CompanyID schemeID="0082">3</cbc:CompanyID></cac:PartyLegalEntity>'
)
TAX = (
    "<cac:PartyTaxScheme><cbc:CompanyID>NO4</cbc:CompanyID><cac:TaxScheme><cbc:ID>{}</cbc:ID></cac:TaxScheme>"
    "</cac:PartyTaxScheme>"
)


@pytest.mark.parametrize(
    ("inside", "party_id"),
    [
        (ENDPOINT + IDENTIFIED + NAME + TAX.format("VAT") + LEGAL, "0088:1"),
        (ENDPOINT + NAME + LEGAL, "0192:2"),
        (NAME + LEGAL, "0082:3"),
        (NAME + TAX.format("VAT"), "NO4"),
        (NAME, "Water works"),
        ("<cac:PartyLegalEntity><cbc:RegistrationName>Waterworks AS</cbc:RegistrationName></cac:PartyLegalEntity>",
         "Waterworks AS"),
    ],
)  # fmt: skip
def test_the_id_is_the_first_that_the_document_gives(reading, inside, party_id):
    """Identification, electronic address, register, tax number, name; with the scheme in front."""
    sheet, element = reading(f"<cac:Party>{inside}</cac:Party>")
    assert party_of(sheet, element).id == party_id
    assert sheet.findings == []


def test_all_other_numbers_are_references(reading):
    """Each under the name of what it is."""
    more = "<cac:PartyIdentification><cbc:ID>P</cbc:ID></cac:PartyIdentification>"
    empty = "<cac:PartyTaxScheme><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>"
    taxes = empty + TAX.format("VAT") + TAX.format("GST") + TAX.format("")
    sheet, element = reading(f"<cac:Party>{ENDPOINT}{IDENTIFIED}{more}{taxes}{LEGAL}</cac:Party>")
    found = party_of(sheet, element)
    assert found.tax_id == "NO4"
    assert [(each.system, each.id) for each in found.references] == [
        ("party", "P"),
        ("endpoint:0192", "2"),
        ("legal:0082", "3"),
        ("tax:GST", "NO4"),
        ("tax", "NO4"),
    ]
    assert found.name == found.legal_name == "Waterworks AS"
    assert sheet.unmapped() == ()


def test_account_numbers_stand_beside_the_party(sheet, reading):
    """The seller's own number for the customer identifies it where nothing else does."""
    accounts = "<cbc:CustomerAssignedAccountID>A</cbc:CustomerAssignedAccountID>"
    accounts += "<cbc:SupplierAssignedAccountID>B</cbc:SupplierAssignedAccountID>"
    made, _ = reading(f"<cac:BuyerCustomerParty>{accounts}<cac:Party>{NAME}</cac:Party></cac:BuyerCustomerParty>")
    found = role_of(made, "cac:BuyerCustomerParty")
    assert found.id == "B"
    assert [(each.system, each.id) for each in found.references] == [("customer-account", "A")]
    assert role_of(made, "cac:SellerSupplierParty") is None


def test_a_role_without_a_party_is_its_account_number(sheet, reading):
    """As the schema of UBL admits; without a number nobody knows who is meant, and the document is refused."""
    account = "<cbc:CustomerAssignedAccountID>K-7</cbc:CustomerAssignedAccountID>"
    known = f"<cac:BuyerCustomerParty>{account}</cac:BuyerCustomerParty>"
    assert read_order(sheet(buyer=known)).buyer == Party("K-7")
    for root, read in (("Order", read_order), ("OrderChange", read_order_change)):
        with pytest.raises(DocumentError) as caught:
            read(sheet(root, buyer="<cac:BuyerCustomerParty/>", papers=REFERENCE))
        assert ("ubl.party-missing", f"/{root}/BuyerCustomerParty") in [
            (each.code, each.address) for each in caught.value.findings
        ]


@pytest.mark.parametrize(
    ("root", "read"), [("OrderCancellation", read_order_cancellation), ("OrderResponse", read_order_response)]
)
def test_messages_about_an_order_name_their_parties(sheet, root, read):
    """An answer or cancellation of nobody is refused with the reason."""
    note = "<cbc:CancellationNote>no</cbc:CancellationNote>"
    with pytest.raises(DocumentError) as caught:
        read(sheet(root, seller="<cac:SellerSupplierParty/>", papers=REFERENCE, note=note, lines=""))
    assert [(each.code, each.address) for each in caught.value.findings] == [
        ("ubl.party-missing", f"/{root}/SellerSupplierParty")
    ]


def test_a_party_without_any_name_is_a_finding(reading):
    """Nobody knows who that is."""
    sheet, element = reading("<cac:Party><cac:PartyName/></cac:Party>")
    assert party_of(sheet, element) is None
    assert [each.code for each in sheet.findings] == ["id.empty"]
    assert party_of(sheet, None) is None


def test_a_party_whose_id_cannot_be_one_is_told_at_the_id(reading):
    """Once, where it stands."""
    bad = "<cac:PartyIdentification><cbc:ID>\u200b</cbc:ID></cac:PartyIdentification>"
    sheet, element = reading(f"<cac:Party>{bad}{NAME}</cac:Party>")
    assert party_of(sheet, element) is None
    assert [each.address for each in sheet.findings] == ["/Fragment/Party/PartyIdentification/ID"]


def test_addresses_gather_what_belongs_together(reading):
    """The building's number stands behind the street, whatever is more precise in one text."""
    sheet, element = reading(
        "<cac:PostalAddress><cbc:StreetName>Quay</cbc:StreetName><cbc:BuildingNumber>4</cbc:BuildingNumber>"
        "<cbc:Floor>3</cbc:Floor><cbc:CityName>Rivertown</cbc:CityName><cbc:PostalZone>20457</cbc:PostalZone>"
        "<cbc:CountrySubentityCode>HH</cbc:CountrySubentityCode>"
        "<cac:AddressLine><cbc:Line>left</cbc:Line></cac:AddressLine>"
        "<cac:Country><cbc:IdentificationCode>DE</cbc:IdentificationCode></cac:Country></cac:PostalAddress>"
    )
    assert address_of(sheet, element) == Address(
        street="Quay 4", additional="3, left", city="Rivertown", postal_zone="20457", subdivision="HH", country="DE"
    )
    assert address_of(sheet, None) is None
    empty, element = reading("<cac:PostalAddress><cbc:ID>1</cbc:ID></cac:PostalAddress>")
    assert address_of(empty, element) is None


def test_a_person_stands_in_for_a_contact_without_name(reading):
    """First, middle and last name."""
    person = "<cac:Person><cbc:FirstName>Mei</cbc:FirstName><cbc:FamilyName>Li</cbc:FamilyName></cac:Person>"
    contact = "<cac:Contact><cbc:Telephone>1</cbc:Telephone></cac:Contact>"
    sheet, element = reading(f"<cac:Party>{NAME}{contact}{person}</cac:Party>")
    assert party_of(sheet, element).contact == Contact(name="Mei Li", telephone="1")
    sheet, element = reading(f"<cac:Party>{NAME}<cac:Contact><cbc:Name>Jo</cbc:Name></cac:Contact>{person}</cac:Party>")
    assert party_of(sheet, element).contact == Contact(name="Jo")
    sheet, element = reading(f"<cac:Party>{NAME}</cac:Party>")
    assert party_of(sheet, element).contact is None
