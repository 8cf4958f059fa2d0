from __future__ import annotations

import pytest

from orderlib.errors import DocumentError, Finding
from orderlib.wire.limits import Limits
from orderlib.wire.xmltree import NAMESPACES, Element, parse_xml

DECLARED = f'xmlns:cac="{NAMESPACES["cac"]}" xmlns:cbc="{NAMESPACES["cbc"]}"'
ORDER = f"""<?xml version="1.0" encoding="UTF-8"?>
<Order xmlns="urn:order" {DECLARED}>
  <cbc:ID schemeID="a">  7 </cbc:ID>
  <cac:OrderLine><cac:LineItem><cbc:ID>1</cbc:ID></cac:LineItem></cac:OrderLine>
  <cac:OrderLine><cac:LineItem><cbc:ID>2</cbc:ID>
    <cbc:Note>é&amp;<!-- x --><![CDATA[<]]></cbc:Note></cac:LineItem></cac:OrderLine>
</Order>"""


def refusal(data: bytes, limits: Limits | None = None) -> Finding:
    """The one finding with which the bytes are refused."""
    with pytest.raises(DocumentError) as caught:
        parse_xml(data, limits)
    (finding,) = caught.value.findings
    return finding


@pytest.fixture
def order() -> Element:
    """A small order with two lines."""
    return parse_xml(ORDER.encode())


def test_an_element_tells_its_name_attributes_and_line(order: Element) -> None:
    """The expanded name, attributes without namespace, and the line where it begins."""
    number = order.children[0]
    assert (order.namespace, order.name, order.line) == ("urn:order", "Order", 2)
    assert (number.namespace, number.name, dict(number.attributes)) == (NAMESPACES["cbc"], "ID", {"schemeID": "a"})


def test_text_is_kept_as_it_stands_and_value_is_trimmed(order: Element) -> None:
    """Blanks belong to the text; between elements they are dropped."""
    assert (order.children[0].text, order.children[0].value, order.text) == ("  7 ", "7", "")


def test_value_keeps_blanks_that_xml_does_not_know(order: Element) -> None:
    """A no-break space is a character like any other."""
    assert parse_xml("<a>\u00a0x </a>".encode()).value == "\u00a0x"


def test_text_in_pieces_is_one_text(order: Element) -> None:
    """Entities, comments and CDATA sections do not split it."""
    assert order.all("cac:OrderLine/cac:LineItem/cbc:Note")[0].text == "é&<"


def test_mixed_text_is_kept() -> None:
    """Text beside child elements stays the parent's own, in however many pieces; blanks alone are none."""
    assert parse_xml(b"<a>x<b/>y</a>").text == "xy"
    assert parse_xml(b"<a> <b>1<c/>2<c/> 3</b> <b/>y</a>").text == "  y"
    assert parse_xml(b"<a> <b>1<c/>2<c/> 3</b> <b/>y</a>").children[0].text == "12 3"
    assert parse_xml(b"<a> <b/>\n<b/> </a>").text == ""


def test_steps_lead_to_descendants(order: Element) -> None:
    """With a prefix they mean its namespace, without one any."""
    assert [each.text for each in order.all("cac:OrderLine/cac:LineItem/cbc:ID")] == ["1", "2"]
    assert order.child("OrderLine/LineItem/ID") is order.children[1].children[0].children[0]
    assert order.child("cac:ID") is None
    assert order.child("cac:Delivery/cbc:ID") is None
    assert order.value_of("cbc:ID") == "7"
    assert order.value_of("cbc:Note") is None


def test_a_later_way_is_found_where_the_first_leads_nowhere() -> None:
    """The first descendant along the steps need not stand in the first element on the way."""
    sheet = parse_xml(f"<a {DECLARED}><b/><b><cbc:C/><d>x</d></b><b><d>y</d></b></a>".encode())
    assert sheet.value_of("b/d") == "x"
    assert sheet.child("b/e") is None
    assert sheet.child("e/b") is None


def test_names_of_several_namespaces_are_told_apart_among_many() -> None:
    """A step without prefix takes any namespace, in document order; one with a prefix its own."""
    many = "".join(f"<x{number}/>" for number in range(20))
    sheet = parse_xml(f"<a {DECLARED}><cbc:ID>1</cbc:ID>{many}<cac:ID>2</cac:ID><cbc:ID>3</cbc:ID></a>".encode())
    assert [each.text for each in sheet.all("ID")] == ["1", "2", "3"]
    assert [each.text for each in sheet.all("cbc:ID")] == ["1", "3"]
    assert [each.path for each in sheet.all("cac:ID")] == ["/a/ID"]
    assert sheet.all("cbc:Other") == []
    assert sheet.all("x7/y") == []


def test_an_element_knows_its_path_and_root(order: Element) -> None:
    """Numbers stand only where siblings share the name."""
    note = order.all("cac:OrderLine/cac:LineItem/cbc:Note")[0]
    assert note.path == "/Order/OrderLine[2]/LineItem/Note"
    assert order.children[1].path == "/Order/OrderLine[1]"
    assert note.root is order
    assert repr(note) == "<Element /Order/OrderLine[2]/LineItem/Note line 6>"


@pytest.mark.parametrize("number", [3, 40])
def test_paths_and_steps_hold_for_few_and_for_many_children(number: int) -> None:
    """Many children are sought through an index, with the same answers."""
    root = parse_xml(b"<r><one/>" + b"<a/>" * number + b'<a xmlns="urn:x">z</a></r>')
    assert root.child("one") is root.children[0]
    assert root.children[0].path == "/r/one"
    assert root.child("a") is root.children[1]
    assert root.children[1].path == "/r/a[1]"
    assert root.children[-1].path == "/r/a"
    assert root.child("cbc:a") is None


def test_iterate_goes_in_document_order(order: Element) -> None:
    """The element first, then each child with what is below it."""
    names = [each.name for each in order.iterate()]
    assert names == ["Order", "ID", "OrderLine", "LineItem", "ID", "OrderLine", "LineItem", "ID", "Note"]


def test_an_attribute_with_a_namespace_carries_it() -> None:
    """So that it cannot be taken for a plain one."""
    assert dict(parse_xml(b'<a xmlns:x="urn:x" x:b="1" b="2"/>').attributes) == {"{urn:x}b": "1", "b": "2"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "UTF-8", "us-ascii"])
def test_the_encodings_of_xml_are_read(encoding: str) -> None:
    """Those that every XML processor knows."""
    text = "<a>é</a>" if encoding != "us-ascii" else "<a>e</a>"
    assert parse_xml(f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode(encoding)).text in {"é", "e"}


def test_bytes_come_in_any_buffer() -> None:
    """A bytearray will do."""
    assert parse_xml(bytearray(b"<a/>")).name == "a"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "xml.malformed"),
        (b"  ", "xml.malformed"),
        (b"<a>", "xml.malformed"),
        (b"<a></b>", "xml.malformed"),
        (b"<a/><b/>", "xml.malformed"),
        (b"<a>\x00</a>", "xml.malformed"),
        (b"<a>\x01</a>", "xml.malformed"),
        (b"<a>\xff</a>", "xml.malformed"),
        (b"<a>&b;</a>", "xml.malformed"),
        (b"<a>&#0;</a>", "xml.malformed"),
        (b"<a>&#xD800;</a>", "xml.malformed"),
        (b'<a b="1" b="2"/>', "xml.malformed"),
        (b"<x:a/>", "xml.malformed"),
        ('<?xml version="1.0" encoding="utf-16"?><a>\ud800x</a>'.encode("utf-16", "surrogatepass"), "xml.malformed"),
        ("<a>\udc00</a>".encode("utf-16-le", "surrogatepass"), "xml.malformed"),
        ("<a/>".encode("utf-16") + b"\x00", "xml.malformed"),
        ("<a/>".encode("utf-32"), "xml.malformed"),
        (b"<!DOCTYPE a><a/>", "xml.doctype-refused"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "xml.doctype-refused"),
        (b'<!DOCTYPE a [<!ENTITY b "bbb">]><a>&b;</a>', "xml.doctype-refused"),
        (b'<?xml version="1.0" encoding="windows-1252"?><a/>', "xml.encoding-unknown"),
        (b'<?xml version="1.0" encoding="utf-7"?><a/>', "xml.encoding-unknown"),
        (b'<?xml version="1.0" encoding="none-such"?><a/>', "xml.encoding-unknown"),
    ],
)
def test_what_is_dangerous_or_broken_is_refused(data: bytes, code: str) -> None:
    """With one finding, whose sentences give line and column."""
    finding = refusal(data)
    assert finding.code == code
    assert {"line", "column"} <= dict(finding.evidence).keys()
    assert "?" not in finding.message("zh")


@pytest.mark.parametrize(
    ("data", "limits", "code", "address"),
    [
        (b"<a/>  ", Limits(max_bytes=5), "xml.too-large", ""),
        (b"<a><b><b/><b><c/></b></b></a>", Limits(max_depth=3), "xml.too-deep", "/a/b/b[2]"),
        (b"<a><b/><b/></a>", Limits(max_nodes=2), "xml.too-many-elements", "/a"),
        (b'<a><b c="" d=""/></a>', Limits(max_attributes=1), "xml.too-many-attributes", "/a"),
        (b"<abcd/>", Limits(max_name=3), "xml.name-too-long", ""),
        (b'<a abcd=""/>', Limits(max_name=3), "xml.name-too-long", ""),
        (b'<a b="cccc"/>', Limits(max_text=3), "xml.text-too-long", ""),
        (b"<a>cc<b/>cc</a>", Limits(max_text=3), "xml.text-too-long", "/a"),
        (b"<a><!--" + b"-x" * 100_000 + b"--></a>", Limits(max_tag=1000), "xml.tag-too-long", "/a"),
        (b"<a " + b" " * 200_000 + b"/>", Limits(max_tag=1000), "xml.tag-too-long", ""),
    ],
)
def test_what_is_beyond_a_limit_is_refused(data: bytes, limits: Limits, code: str, address: str) -> None:
    """At the element where the limit is passed."""
    finding = refusal(data, limits)
    assert (finding.code, finding.address) == (code, address)
    assert dict(finding.evidence)["limit"]


@pytest.mark.parametrize(
    ("data", "limits"),
    [
        (b"<a/>", Limits(max_bytes=4)),
        (b"<a><b><c/></b></a>", Limits(max_depth=3)),
        (b"<a><b/></a>", Limits(max_nodes=2)),
        (b'<a c="" d=""/>', Limits(max_attributes=2)),
        (b'<abc def=""/>', Limits(max_name=3)),
        (b'<a b="ccc">ccc</a>', Limits(max_text=3)),
        (b"<a>" + b"x" * 300_000 + b"</a>", Limits(max_tag=1)),
    ],
)
def test_what_is_at_a_limit_is_taken(data: bytes, limits: Limits) -> None:
    """A limit is the most that is accepted; long text is no long tag."""
    assert parse_xml(data, limits).name[0] == "a"


def test_a_nesting_of_any_depth_within_the_limit_is_read() -> None:
    """Nothing here recurses."""
    depth = 20_000
    root = parse_xml(b"<a>" * depth + b"</a>" * depth, Limits(max_depth=depth))
    assert sum(1 for _ in root.iterate()) == depth


def test_text_is_not_xml() -> None:
    """A str has lost its encoding."""
    assert refusal("<a/>").code == "xml.not-bytes"  # type: ignore[arg-type]
