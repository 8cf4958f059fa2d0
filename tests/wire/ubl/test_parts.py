from __future__ import annotations

import build
import pytest

from orderlib.order.terms import TaxCategory
from orderlib.values.party import Contact, ExternalReference, Party
from orderlib.values.quantity import Quantity
from orderlib.wire.limits import Limits
from orderlib.wire.ubl.markup import document, group
from orderlib.wire.ubl.parts import address, amount, party, period, price, quantity, role, tax
from orderlib.wire.ubl.party import party_of, role_of
from orderlib.wire.ubl.reading import Reading
from orderlib.wire.xmltree import parse_xml

FULL = Party(
    "0088:1",
    "Waterworks",
    legal_name="Waterworks AS",
    tax_id="NO4",
    address=build.BUYER.address,
    contact=Contact(name="Mei", telephone="1", email="m@example.org"),
    references=[
        ExternalReference("party", "P"),
        ExternalReference("0007", "Q"),
        ExternalReference("endpoint:0192", "2"),
        ExternalReference("legal:0082", "3"),
        ExternalReference("supplier-account", "B"),
        ExternalReference("customer-account", "A"),
        ExternalReference("tax:GST", "5"),
    ],
)


def reading_of(*parts):
    """A reading of these parts."""
    return Reading(parse_xml(document("Order", *parts)), Limits(), "EUR")


def test_a_party_comes_back_with_all_its_numbers():
    """Each where its role has a place for it."""
    sheet = reading_of(role("BuyerCustomerParty", FULL))
    assert role_of(sheet, "cac:BuyerCustomerParty") == FULL
    assert sheet.unmapped() == ()


@pytest.mark.parametrize("party_id", ["4711", "a b:c", ":c", "c:", "a: c", "0088:x:y", "é:1"])
def test_an_id_comes_back_as_it_was(party_id):
    """With a colon of its own, too."""
    sheet = reading_of(party("Party", Party(party_id, "x")))
    assert party_of(sheet, sheet.root.child("cac:Party")).id == party_id


def test_nothing_is_written_of_nothing():
    """Each part copes with what is not there."""
    assert address("Address", None) == period("Period", None) == party("Party", None) == price(None) == ()
    assert amount("Amount", None) == quantity("Quantity", None) == tax("TaxCategory", None) == ()
    assert group("X", quantity("Quantity", Quantity(1))) != ()
    assert "Percent" not in str(tax("TaxCategory", TaxCategory("O")))
