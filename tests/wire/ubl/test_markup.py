from __future__ import annotations

from orderlib.wire.ubl.markup import document, group, leaf
from orderlib.wire.xmltree import parse_xml


def test_what_is_empty_is_not_written():
    """Neither texts nor groups nor attributes."""
    assert leaf("ID", "") == leaf("ID", None) == group("Party", leaf("ID", "")) == ()
    assert leaf("ID", 0, schemeID="") == (("cbc:ID", "0", ()),)


def test_what_is_written_can_be_read():
    """Markup in texts and attributes included; one element a line."""
    data = document("Order", leaf("ID", "<&\"'>", schemeID="<&\"'>"), group("Party", leaf("Name", "é")))
    root = parse_xml(data)
    own = root.child("cbc:ID")
    assert own is not None
    assert (own.text, own.attributes["schemeID"]) == ("<&\"'>", "<&\"'>")
    assert root.value_of("cac:Party/cbc:Name") == "é"
    assert data.count(b"\n") == 9
