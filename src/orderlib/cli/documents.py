"""Documents from files: UBL or JSON, one or a folder of them; this is where files are opened.

An orderlib JSON document is a public value as the library writes it with its type: `dumps(order, object)` gives
`{"type": "order", "v": 1, "value": {…}}`, and an order without the frame is taken as well. So do framework agreements
come, and facts (what is known of stock, costs, prices and lead times); an order that came by telephone is the command
`receive-order`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import Any, Final

import attrs

from orderlib.agreement.record import Agreement
from orderlib.cli.report import Refusal
from orderlib.errors import DocumentError, Finding, FindingCode, OrderlibError, Severity
from orderlib.intake.message import ReceiveOrder
from orderlib.intake.record import Channel
from orderlib.order.record import Order
from orderlib.order.totals import StatedTotals
from orderlib.values.fact import Facts
from orderlib.wire import ubl
from orderlib.wire.codec.standard import structure
from orderlib.wire.jsontext import loads
from orderlib.wire.limits import Limits
from orderlib.wire.ubl.document import OrderCancellation, OrderChange
from orderlib.wire.xmltree import parse_xml

__all__ = ["Document", "Message", "read_all", "samples"]

NO_FILE: Final = FindingCode(
    "document.no-file", Severity.ERROR, "there is no such file or folder", "文件或文件夹不存在"
)
UNREADABLE: Final = FindingCode(
    "document.unreadable", Severity.ERROR, "it cannot be read: {reason}", "无法读取：{reason}"
)
TOO_BIG: Final = FindingCode(
    "document.too-big",
    Severity.ERROR,
    "the file is larger than the {limit} bytes that are accepted",
    "文件超过上限 {limit} 字节",
)
NO_DOCUMENT: Final = FindingCode(
    "document.empty-folder", Severity.ERROR, "the folder holds no .xml or .json file", "文件夹中没有 .xml 或 .json 文件"
)
OTHER_KIND: Final = FindingCode(
    "document.other-kind",
    Severity.ERROR,
    "{found} is neither an order nor an agreement nor facts",
    "{found} 既不是订单，也不是框架协议或外部事实",
)

_KINDS: Final = (".json", ".xml")
_USUAL: Final = Limits()

Message = Order | Agreement | Facts | OrderChange | OrderCancellation


@attrs.frozen
class Document:
    """An incoming message with what its document states: an order, a change or cancellation, an agreement, or facts.

    `folder` is where it lay, relative to what was asked for; `digest` the SHA-256 of its bytes.
    """

    name: str
    message: Message
    stated: StatedTotals | None = None
    findings: tuple[Finding, ...] = ()
    channel: Channel = attrs.field(default=Channel.EDI, kw_only=True)
    digest: str = attrs.field(default="", kw_only=True)

    @property
    def issued_on(self) -> date | None:
        """The day that a message bears; agreements and facts bear none."""
        message = self.message
        if isinstance(message, OrderChange):
            return message.order.issued_on
        return message.issued_on if isinstance(message, (Order, OrderCancellation)) else None

    @property
    def folder(self) -> str:
        """Everything before the last slash of the name."""
        return self.name.rpartition("/")[0]


def samples() -> Iterator[tuple[str, bytes]]:
    """The sample documents that ship with the library, by name."""
    folder = resources.files("orderlib.cli") / "samples"
    for entry in sorted(folder.iterdir(), key=lambda found: found.name):
        if entry.name.endswith(_KINDS):
            yield entry.name, entry.read_bytes()


def read_all(paths: Iterable[str] = (), limits: Limits = _USUAL) -> Iterator[Document | Refusal]:
    """Every document under the paths, or the samples where there is none; those of a folder by the order of names.

    What cannot be taken comes as a refusal with every finding; nothing is raised.
    """
    given = list(paths)
    for name, content in _files(given, limits) if given else samples():
        if isinstance(content, Finding):
            yield Refusal(name, (content,))
            continue
        try:
            yield _document(name, content, limits)
        except OrderlibError as error:
            yield Refusal(name, error.findings)


def _files(paths: Iterable[str], limits: Limits) -> Iterator[tuple[str, bytes | Finding]]:
    """Name and content of every file, or the finding that says why there is none; no name comes twice."""
    seen: set[str] = set()
    for given in paths:
        for path, short in _found(given):
            name = _text(short if short not in seen else path.as_posix())
            seen.add(short)
            yield name, _content(path, limits)


def _found(given: str) -> Iterator[tuple[Path, str]]:
    """The files that a path stands for, each with its short name."""
    path = Path(given)
    if not path.is_dir():
        yield path, path.name or given
        return
    inside = [
        Path(folder, name) for folder, _, names in os.walk(path) for name in names if name.lower().endswith(_KINDS)
    ]
    if not inside:
        yield path, path.name or given
    named = [(each, each.relative_to(path).as_posix()) for each in inside]
    yield from sorted(named, key=lambda found: found[1])


def _text(name: str) -> str:
    """A name that can be written: bytes that are no UTF-8 are marked."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _content(path: Path, limits: Limits) -> bytes | Finding:
    try:
        if path.is_dir():
            return NO_DOCUMENT()
        if not path.exists():
            return NO_FILE()
        if not path.is_file():
            return UNREADABLE(reason="not a regular file")
        with path.open("rb") as file:
            content = file.read(limits.max_bytes + 1)
    except (OSError, ValueError) as error:
        return UNREADABLE(reason=getattr(error, "strerror", None) or type(error).__name__)
    return content if len(content) <= limits.max_bytes else TOO_BIG(limit=limits.max_bytes)


def _document(name: str, content: bytes, limits: Limits) -> Document:
    begins = content.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")[:1]
    # what the document holds goes before what it is called; a name helps only where neither kind can be seen
    if begins == b"<" or (begins not in (b"{", b"[") and name.lower().endswith(".xml")):
        made = _ubl(name, content, limits)
    else:
        made = _json(name, content, limits)
    return attrs.evolve(made, digest=sha256(content).hexdigest())


def _json(name: str, content: bytes, limits: Limits) -> Document:
    data = loads(content, limits)
    framed = isinstance(data, dict) and "v" in data
    value: Any = structure(object, data, limits) if framed else structure(Order, data, limits)
    if isinstance(value, ReceiveOrder):
        return Document(name, value.order, value.stated, channel=value.channel)
    if not isinstance(value, (Order, Agreement, Facts)):
        raise DocumentError(OTHER_KIND("/type", found=type(value).__name__))
    return Document(name, value)


def _ubl(name: str, content: bytes, limits: Limits) -> Document:
    root = parse_xml(content, limits).name
    if root == "OrderChange":
        change = ubl.read_order_change(content, limits)
        return Document(name, change, change.stated, change.findings)
    if root == "OrderCancellation":
        cancellation = ubl.read_order_cancellation(content, limits)
        return Document(name, cancellation, None, cancellation.findings)
    opened = ubl.open_order(content, limits)
    if opened.order is None:
        raise DocumentError(*opened.findings)
    return Document(name, opened.order, opened.stated, opened.findings)
