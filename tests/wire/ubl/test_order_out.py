from __future__ import annotations

import attrs
import build
import pytest

from orderlib.errors import InvalidValueError
from orderlib.order.record import Attachment
from orderlib.values.party import ExternalReference
from orderlib.wire.rules import check, rules_for
from orderlib.wire.ubl import EmbeddedFile, open_order, read_order, write_order
from orderlib.wire.xmltree import parse_xml

PEPPOL = {
    "customization": "urn:fdc:peppol.eu:poacc:trns:order:3",
    "profile": "urn:fdc:peppol.eu:poacc:bis:order_only:3",
}


def test_an_order_is_written_and_read_again():
    """The same bytes each time, nothing left over, and every sum as stated."""
    order = build.order(issued_on="2026-03-01", note="5 < 6 & more")
    data = write_order(order)
    document = open_order(data)
    assert data == write_order(order)
    assert document.order == order
    assert document.adds_up
    assert document.unmapped == document.findings == ()


def test_a_day_of_issue_is_needed():
    """The order's, or one that is given; and at least one line."""
    order = build.order()
    assert read_order(write_order(order, issued_on="2026-03-05")) == attrs.evolve(order, issued_on="2026-03-05")
    with pytest.raises(InvalidValueError) as caught:
        write_order(attrs.evolve(order, lines=()))
    assert [each.code for each in caught.value.findings] == ["ubl.issue-date-missing", "ubl.no-lines"]


def test_a_peppol_order_keeps_its_rules():
    """An electronic address is written for each party: the one that is known, else its id."""
    endpoint = ExternalReference("endpoint:0192", "987654325")
    buyer = attrs.evolve(build.BUYER, references=[endpoint])
    order = build.order(issued_on="2026-03-01", buyer=buyer, validity=None)
    root = parse_xml(write_order(order, **PEPPOL))
    assert [each.code for each in check(root, rules_for(root))] == ["PEPPOL-T01-R002"]
    assert root.value_of("cac:BuyerCustomerParty/cac:Party/cbc:EndpointID") == "987654325"
    assert root.value_of("cac:SellerSupplierParty/cac:Party/cbc:EndpointID") == "S1"


def test_files_are_embedded_in_their_papers():
    """So that their fingerprints come back."""
    file = EmbeddedFile("D-1", "application/pdf", "a.pdf", b"hello")
    order = build.order(issued_on="2026-03-01", attachments=[Attachment("D-1", "Drawing"), Attachment("D-2")])
    document = open_order(write_order(order, files=[file]))
    assert document.files == (file,)
    assert document.order is not None
    digests = [each.digest for each in document.order.attachments]
    assert (len(digests[0]), digests[1]) == (64, "")
