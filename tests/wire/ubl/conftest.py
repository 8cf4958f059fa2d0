"""Documents to read: an order of one line in which any element can be replaced, added or left out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from orderlib.wire.limits import Limits
from orderlib.wire.ubl.reading import Reading
from orderlib.wire.xmltree import NAMESPACES, Element, parse_xml

SPACES = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
ROOT = "urn:oasis:names:specification:ubl:schema:xsd:{}-2"

PARTS = {
    "id": "<cbc:ID>4711</cbc:ID>",
    "issued": "<cbc:IssueDate>2026-03-01</cbc:IssueDate>",
    "code": "",
    "note": "",
    "currency": "<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>",
    "papers": "",
    "buyer": "<cac:BuyerCustomerParty><cac:Party><cac:PartyIdentification><cbc:ID>C1</cbc:ID>"
    "</cac:PartyIdentification></cac:Party></cac:BuyerCustomerParty>",
    "seller": "<cac:SellerSupplierParty><cac:Party><cac:PartyName><cbc:Name>Pumps Ltd</cbc:Name></cac:PartyName>"
    "</cac:Party></cac:SellerSupplierParty>",
    "terms": "",
    "totals": "",
    "lines": "{line}",
}
LINE = {
    "before": "",
    "id": "<cbc:ID>1</cbc:ID>",
    "status": "",
    "quantity": '<cbc:Quantity unitCode="C62">3</cbc:Quantity>',
    "amount": "",
    "more": "",
    "price": '<cac:Price><cbc:PriceAmount currencyID="EUR">10.00</cbc:PriceAmount></cac:Price>',
    "item": "<cac:Item><cbc:Name>Pump</cbc:Name></cac:Item>",
    "after": "",
}

AMOUNT = '<cbc:LineExtensionAmount currencyID="EUR">30.00</cbc:LineExtensionAmount>'


def line(**parts: str) -> str:
    """One order line."""
    given = LINE | parts
    before, after = given.pop("before"), given.pop("after")
    return f"<cac:OrderLine>{before}<cac:LineItem>{''.join(given.values())}</cac:LineItem>{after}</cac:OrderLine>"


def document(root: str = "Order", **parts: str) -> bytes:
    """A document of that root; parts replace those of the sound order."""
    inside = "".join((PARTS | parts).values()).replace("{line}", line(amount=AMOUNT))
    return f'<{root} xmlns="{ROOT.format(root)}" {SPACES}>{inside}</{root}>'.encode()


@pytest.fixture
def sheet() -> Callable[..., bytes]:
    """Makes a document."""
    return document


@pytest.fixture
def order_line() -> Callable[..., str]:
    """Makes an order line."""
    return line


@pytest.fixture
def reading() -> Callable[..., tuple[Reading, Element]]:
    """Makes a reading of a fragment, and gives the fragment's element."""

    def made(inside: str, **limits: int) -> tuple[Reading, Element]:
        root = parse_xml(f"<Fragment {SPACES}>{inside}</Fragment>".encode())
        return Reading(root, Limits(**limits), "EUR"), root.children[0]

    return made
