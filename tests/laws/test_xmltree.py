"""Laws of reading XML: bytes give a tree or one documented refusal, whatever they are."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from hypothesis import given
from hypothesis import strategies as st

from orderlib.errors import DocumentError
from orderlib.wire.limits import Limits
from orderlib.wire.rules import check, rules_for
from orderlib.wire.xmltree import Element, parse_xml

PIECES = [
    *("<a>", "</a>", "<cbc:ID>", "</cbc:ID>", "<b c='1'/>", "1", "-", ".", " ", "\n", "é", "\x00", "\ud7ff", "]]>"),
    *(
        "<!--",
        "-->",
        "<![CDATA[",
        "<?x",
        "?>",
        "&amp;",
        "&x;",
        "&#65;",
        "&#x110000;",
        "<!DOCTYPE a>",
        "<!ENTITY x 'y'>",
    ),
    *(
        "xmlns='u'",
        "xmlns:cbc='urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2'",
        "<",
        ">",
        "=",
        "'",
    ),
]
HEAD = "<Order xmlns:cbc='urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2'>"
SMALL = Limits(max_bytes=4096, max_depth=8, max_nodes=20, max_attributes=3, max_name=80, max_tag=100, max_text=50)

names = st.from_regex(r"[A-Za-z_][A-Za-z0-9_.-]{0,8}", fullmatch=True).filter(lambda name: name.lower() != "xmlns")
texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=20
)
trees = st.recursive(
    st.tuples(names, st.dictionaries(names, texts, max_size=3), texts),
    lambda inner: st.tuples(names, st.dictionaries(names, texts, max_size=3), st.lists(inner, min_size=1, max_size=4)),
    max_leaves=12,
)


def written(tree: tuple) -> str:
    """The tree as a document."""
    name, attributes, inside = tree
    given = "".join(f" {key}={quoteattr(text)}" for key, text in attributes.items())
    body = escape(inside) if isinstance(inside, str) else "\n".join(map(written, inside))
    return f"<{name}{given}>{body}</{name}>"


def read_back(element: Element) -> tuple:
    """The element as a tree."""
    inside = [read_back(each) for each in element.children] if element.children else element.text
    return (element.name, dict(element.attributes), inside)


def give_tree_or_refusal(data: bytes) -> None:
    """Read under wide and under narrow limits, and check what could be read."""
    for limits in (Limits(), SMALL):
        try:
            root = parse_xml(data, limits)
        except DocumentError as error:
            (finding,) = error.findings
            assert finding.code.startswith("xml.")
            assert finding.message("en")
        else:
            assert all(each.path.startswith("/") for each in root.iterate())
            check(root, rules_for(root), limits)


@given(st.binary(max_size=200))
def test_any_bytes_give_a_tree_or_one_refusal(data: bytes) -> None:
    """Nothing undocumented escapes."""
    give_tree_or_refusal(data)


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join), st.sampled_from(["utf-8", "utf-16", "utf-16-le"]))
def test_broken_xml_gives_a_tree_or_one_refusal(text: str, encoding: str) -> None:
    """The same for bytes that look like XML, in several encodings."""
    give_tree_or_refusal(text.encode(encoding, "surrogatepass"))
    give_tree_or_refusal(f"{HEAD}{text}</Order>".encode(encoding, "surrogatepass"))


@given(trees, st.integers(0, 400), st.sampled_from([b"", b"<", b"\xff", b"&", b"\x00", b"</"]))
def test_mutated_xml_gives_a_tree_or_one_refusal(tree: tuple, place: int, splinter: bytes) -> None:
    """The same for sound documents with a splinter in them."""
    data = written(tree).encode()
    give_tree_or_refusal(data[:place] + splinter + data[place + 1 :])


@given(trees)
def test_what_was_written_is_read(tree: tuple) -> None:
    """Names, attributes, text and order come back as they were written."""
    assert read_back(parse_xml(written(tree).encode())) == tree
