"""XML of strangers, read into a light tree of elements, or refused.

`parse_xml` runs the standard library's expat with namespaces on. What makes XML dangerous is refused
outright: a document type (and with it every entity, internal or external, and every default attribute)
and any encoding but UTF-8, UTF-16, US-ASCII and ISO-8859-1. Size, depth and counts are bounded by `Limits`
while the bytes are still being read. Every refusal is one `DocumentError` with a code `xml.…`, the path of
the element where it happened, and line and column as evidence; bytes never cause another exception.
Comments and processing instructions are dropped, and the text around them is one text. Blanks between
elements are not kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final
from xml.parsers import expat

import attrs

from orderlib.errors import DocumentError, Finding, FindingCode, Severity
from orderlib.wire.limits import Limits

__all__ = ["NAMESPACES", "ChildIndex", "Element", "parse_xml"]

_UBL: Final = "urn:oasis:names:specification:ubl:schema:xsd:Common{}Components-2"
NAMESPACES: Final[Mapping[str, str]] = MappingProxyType(
    {"cac": _UBL.format("Aggregate"), "cbc": _UBL.format("Basic"), "ext": _UBL.format("Extension")}
)
"""Prefixes that a step such as `cbc:ID` may use, whatever prefixes the document uses (UBL 2.x, 3.3)."""

MALFORMED: Final = FindingCode(
    "xml.malformed",
    Severity.ERROR,
    "not well-formed XML at line {line}, column {column}: {reason}",
    "第 {line} 行第 {column} 列的 XML 格式不正确：{reason}",
)
DOCTYPE: Final = FindingCode(
    "xml.doctype-refused",
    Severity.ERROR,
    "a document type declaration is not accepted (line {line}, column {column})",
    "不接受文档类型声明（第 {line} 行第 {column} 列）",
)
ENCODING: Final = FindingCode(
    "xml.encoding-unknown",
    Severity.ERROR,
    "the encoding {encoding} is not accepted; use UTF-8 (line {line}, column {column})",
    "不接受编码 {encoding}，请使用 UTF-8（第 {line} 行第 {column} 列）",
)
NOT_BYTES: Final = FindingCode(
    "xml.not-bytes", Severity.ERROR, "XML is read from bytes, not from {kind}", "XML 须以字节读取，而不是 {kind}"
)
TOO_LARGE: Final = FindingCode(
    "xml.too-large",
    Severity.ERROR,
    "{size} bytes are more than the {limit} that are accepted",
    "文档为 {size} 字节，超过上限 {limit}",
)


def _beyond(kind: str, en: str, zh: str) -> FindingCode:
    return FindingCode(
        f"xml.{kind}",
        Severity.ERROR,
        en + ": more than {limit} (line {line}, column {column})",
        zh + "：超过上限 {limit}（第 {line} 行第 {column} 列）",
    )


TOO_DEEP: Final = _beyond("too-deep", "elements nested too deep", "元素嵌套过深")
TOO_MANY_NODES: Final = _beyond("too-many-elements", "too many elements", "元素过多")
TOO_MANY_ATTRIBUTES: Final = _beyond("too-many-attributes", "too many attributes on one element", "单个元素的属性过多")
NAME_TOO_LONG: Final = _beyond("name-too-long", "a name too long", "名称过长")
TAG_TOO_LONG: Final = _beyond("tag-too-long", "a tag or comment too long", "标签或注释过长")
TEXT_TOO_LONG: Final = _beyond("text-too-long", "a text too long", "文本过长")

_ENCODINGS: Final = frozenset({"utf-8", "utf-16", "us-ascii", "iso-8859-1"})
_UTF_16: Final = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
_FEW: Final = 16
_BLANKS: Final = " \t\r\n"
_CHUNK: Final = 64 * 1024
_NO_ATTRIBUTES: Final[Mapping[str, str]] = MappingProxyType({})


@lru_cache(maxsize=4096)
def _steps(path: str) -> tuple[tuple[str | None, str], ...]:
    """`cac:Price/cbc:PriceAmount` as pairs of namespace and local name; no prefix means any namespace."""
    found: list[tuple[str | None, str]] = []
    for step in path.split("/"):
        prefix, colon, name = step.rpartition(":")
        found.append((NAMESPACES[prefix] if colon else None, name))
    return tuple(found)


@attrs.frozen(eq=False, repr=False)
class ChildIndex:
    """Of many children, those of each name, with their namespace and, under None, whatever their namespace.

    Sought among the children by every one of them, they would take the square of their number.
    """

    named: Mapping[tuple[str | None, str], Sequence[Element]]

    @classmethod
    def of(cls, children: Collection[Element]) -> ChildIndex:
        """The index of children in document order."""
        exact: dict[str, dict[str, list[Element]]] = {}
        for each in children:
            exact.setdefault(each.namespace, {}).setdefault(each.name, []).append(each)
        named: dict[tuple[str | None, str], list[Element]] = {}
        shared: set[str] = set()
        for namespace, names in exact.items():
            for name, found in names.items():
                named[namespace, name] = found
                if named.setdefault((None, name), found) is not found:
                    shared.add(name)
        for name in shared:
            named[None, name] = [each for each in children if each.name == name]
        return cls(named)


@attrs.define(eq=False, repr=False)
class Element:
    """One element: its expanded name, attributes, text and child elements in document order.

    `text` is the element's own character data as it stands, blanks included; use `value` for a trimmed one.
    Attribute names carry no namespace, except those that have one, which read `{uri}name`.
    Two elements are equal only if they are the same element. Steps such as `cbc:ID` use `NAMESPACES`.
    To be read only: nothing guards the fields, because a guard would double the time of reading.
    """

    namespace: str
    name: str
    attributes: Mapping[str, str]
    line: int
    position: int
    """Number among the siblings of the same name, from 1."""
    parent: Element | None
    text: str = ""
    children: tuple[Element, ...] = ()
    _index: ChildIndex | None = attrs.field(default=None, init=False)

    @property
    def value(self) -> str:
        """The text without XML blanks at its ends (XML 1.0, 2.3)."""
        return self.text.strip(_BLANKS)

    @property
    def root(self) -> Element:
        """The outermost element of the document."""
        found = self
        while found.parent is not None:
            found = found.parent
        return found

    @property
    def path(self) -> str:
        """The address in the document, such as `/Order/OrderLine[2]/LineItem/Quantity`.

        Names are local; the number stands only where several siblings share the name.
        """
        steps: list[str] = []
        here: Element | None = self
        while here is not None:
            steps.append(f"{here.name}[{here.position}]" if here.has_namesakes else here.name)
            here = here.parent
        return "/" + "/".join(reversed(steps))

    @property
    def has_namesakes(self) -> bool:
        """Whether the parent has another child of the same expanded name."""
        parent = self.parent
        if self.position > 1 or parent is None:
            return self.position > 1
        if len(parent.children) > _FEW:
            return len(parent.index.named[self.namespace, self.name]) > 1
        return any(each.position > 1 and self.has_name_of(each) for each in parent.children)

    def has_name_of(self, other: Element) -> bool:
        """Whether the two have the same expanded name."""
        return self.name == other.name and self.namespace == other.namespace

    @property
    def index(self) -> ChildIndex:
        """The children by name, made when it is first asked for."""
        if self._index is None:
            self._index = ChildIndex.of(self.children)
        return self._index

    def all(self, path: str) -> list[Element]:
        """Every descendant along the steps, in document order: `all("cac:OrderLine/cac:LineItem")`."""
        found: list[Element] = [self]
        for step in _steps(path):
            if len(found) == 1 and len(found[0].children) > _FEW:
                found = list(found[0].index.named.get(step, ()))
                continue
            namespace, name = step
            found = [
                child
                for each in found
                for child in each.children
                if child.name == name and (namespace is None or child.namespace == namespace)
            ]
            if not found:
                break
        return found

    def child(self, path: str) -> Element | None:
        """The first descendant along the steps, or None: `child("cac:Price/cbc:PriceAmount")`."""
        here = self
        for depth, (namespace, name) in enumerate(_steps(path)):
            found = here._first(namespace, name)
            if found is None:
                # of several on the way, a later one may lead on where the first does not
                return next(iter(self.all(path)), None) if depth else None
            here = found
        return here

    def _first(self, namespace: str | None, name: str) -> Element | None:
        children = self.children
        if len(children) > _FEW:
            named = self.index.named.get((namespace, name))
            return None if named is None else named[0]
        for each in children:
            if each.name == name and (namespace is None or each.namespace == namespace):
                return each
        return None

    def value_of(self, path: str) -> str | None:
        """The trimmed text of the first descendant along the steps, or None."""
        found = self.child(path)
        return None if found is None else found.value

    def iterate(self) -> Iterator[Element]:
        """This element and all below it, in document order."""
        yield self
        ways = [iter(self.children)]
        while ways:
            for here in ways[-1]:
                yield here
                if here.children:
                    ways.append(iter(here.children))
                    break
            else:
                ways.pop()

    def __repr__(self) -> str:
        return f"<Element {self.path} line {self.line}>"


class _Reader:
    """The handlers of one parse and what they have read so far."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.count = 0
        self.root: Element | None = None
        # Elements whose end has not been read yet, outermost first; and of those that have children, how many of each
        # name. An element gathers its children in a list until its end.
        self.open: list[Element] = []
        self.positions: list[dict[str, int]] = []
        # Elements whose text comes in several pieces.
        self.pieces: dict[Element, list[str]] = {}
        self.sizes: dict[Element, int] = {}
        self.names: dict[str, tuple[str, str]] = {}
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.buffer_size = _CHUNK
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters
        parser.XmlDeclHandler = self.declaration
        parser.StartDoctypeDeclHandler = self.doctype
        self.parser = parser

    def refusal(self, code: FindingCode, *, limit: int = 0, **evidence: str) -> DocumentError:
        place = {"line": self.parser.CurrentLineNumber, "column": self.parser.CurrentColumnNumber + 1}
        facts = {**evidence, **({"limit": limit} if limit else {}), **place}
        told = tuple((name, str(fact)) for name, fact in facts.items())
        return DocumentError(Finding(code.code, code.severity, self._where(), told))

    def _where(self) -> str:
        """Path of the innermost open element; the elements above do not hold their children yet."""
        steps = (f"{each.name}[{each.position}]" if each.position > 1 else each.name for each in self.open)
        return "/" + "/".join(steps) if self.open else ""

    def feed(self, data: bytes) -> None:
        """Hand the bytes over piece by piece, so that a tag without end is refused before it is held."""
        codec = _UTF_16.get(data[:2])
        if codec is not None:
            data.decode(codec)  # expat makes a character of half a surrogate pair and whatever follows it
        allowed = self.limits.max_tag + _CHUNK
        for start in range(0, len(data), _CHUNK):
            piece = data[start : start + _CHUNK]
            self.parser.Parse(piece, False)  # noqa: FBT003  # expat takes no keywords
            if start + len(piece) - self.parser.CurrentByteIndex > allowed:
                raise self.refusal(TAG_TOO_LONG, limit=self.limits.max_tag)
        self.parser.Parse(b"", True)  # noqa: FBT003  # the same

    def declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() not in _ENCODINGS:
            raise self.refusal(ENCODING, encoding=encoding[:40])

    def doctype(self, *_: object) -> None:
        raise self.refusal(DOCTYPE)

    def expanded(self, name: str) -> tuple[str, str]:
        if len(name) > self.limits.max_name:
            raise self.refusal(NAME_TOO_LONG, limit=self.limits.max_name)
        namespace, _, local = name.rpartition(" ")
        return self.names.setdefault(name, (namespace, local))

    def attributes(self, given: dict[str, str]) -> Mapping[str, str]:
        limits = self.limits
        if len(given) > limits.max_attributes:
            raise self.refusal(TOO_MANY_ATTRIBUTES, limit=limits.max_attributes)
        read: dict[str, str] = {}
        for name, text in given.items():
            namespace, local = self.names.get(name) or self.expanded(name)
            if len(text) > limits.max_text:
                raise self.refusal(TEXT_TOO_LONG, limit=limits.max_text)
            read[f"{{{namespace}}}{local}" if namespace else local] = text
        return MappingProxyType(read)

    def start(self, name: str, given: dict[str, str]) -> None:
        limits, stack = self.limits, self.open
        self.count += 1
        if self.count > limits.max_nodes:
            raise self.refusal(TOO_MANY_NODES, limit=limits.max_nodes)
        if len(stack) >= limits.max_depth:
            raise self.refusal(TOO_DEEP, limit=limits.max_depth)
        namespace, local = self.names.get(name) or self.expanded(name)
        attributes = self.attributes(given) if given else _NO_ATTRIBUTES
        if stack:
            parent = stack[-1]
            siblings: Any = parent.children
            if not siblings:
                siblings = parent.children = _gathered()
                self.positions.append({})
            seen = self.positions[-1]
            position = seen[name] = seen.get(name, 0) + 1
            element = Element(namespace, local, attributes, self.parser.CurrentLineNumber, position, parent)
            siblings.append(element)
        else:
            element = self.root = Element(namespace, local, attributes, self.parser.CurrentLineNumber, 1, None)
        stack.append(element)

    def end(self, _name: str) -> None:
        element = self.open.pop()
        if element.children:
            self.positions.pop()
            element.children = tuple(element.children)
        if element.text:
            if self.pieces and (pieces := self.pieces.pop(element, None)):
                del self.sizes[element]
                element.text = "".join((element.text, *pieces))
            if element.children and element.text.isspace():
                element.text = ""

    def characters(self, text: str) -> None:
        element = self.open[-1]
        size = len(text)
        if not element.text:
            element.text = text
        else:
            self.pieces.setdefault(element, []).append(text)
            size = self.sizes[element] = self.sizes.get(element, len(element.text)) + size
        if size > self.limits.max_text:
            raise self.refusal(TEXT_TOO_LONG, limit=self.limits.max_text)


def _gathered() -> Any:
    """The children while they are read: a list, where a tuple will be."""
    return []


def parse_xml(data: bytes, limits: Limits | None = None) -> Element:
    """The root element of an XML 1.0 document with namespaces.

    Raises `DocumentError` with one finding `xml.…` for anything that is not well-formed, that carries a
    document type or another encoding than UTF-8, UTF-16, US-ASCII or ISO-8859-1, or that is beyond `limits`.
    """
    limits = limits or Limits()
    if not isinstance(data, bytes | bytearray):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise DocumentError(NOT_BYTES(kind=type(data).__name__))
    if len(data) > limits.max_bytes:
        raise DocumentError(TOO_LARGE(size=len(data), limit=limits.max_bytes))
    reader = _Reader(limits)
    try:
        reader.feed(bytes(data))
    except expat.ExpatError as error:
        raise reader.refusal(MALFORMED, reason=expat.ErrorString(error.code)) from None
    except (UnicodeError, LookupError, ValueError) as error:
        if isinstance(error, DocumentError):
            raise
        raise reader.refusal(MALFORMED, reason="the bytes are not in the declared encoding") from None
    if reader.root is None:  # pragma: no cover  # expat reports an empty document itself
        raise reader.refusal(MALFORMED, reason="no element")
    return reader.root
