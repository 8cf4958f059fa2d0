"""Documents from files: UBL or JSON, one or a folder of them; this is where files are opened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import Any, Final

import attrs

from orderlib.cli.report import Refusal
from orderlib.errors import DocumentError, Finding, FindingCode, OrderlibError, Severity
from orderlib.order.record import Order
from orderlib.order.totals import StatedTotals
from orderlib.wire import ubl
from orderlib.wire.codec.standard import structure
from orderlib.wire.jsontext import loads
from orderlib.wire.xmltree import parse_xml

__all__ = ["Document", "read_all", "samples"]

NO_FILE: Final = FindingCode("document.no-file", Severity.ERROR, "there is no {path}", "不存在 {path}")
UNREADABLE: Final = FindingCode(
    "document.unreadable", Severity.ERROR, "the file cannot be read: {reason}", "文件无法读取：{reason}"
)
NO_DOCUMENT: Final = FindingCode(
    "document.empty-folder", Severity.ERROR, "the folder holds no .xml or .json file", "文件夹中没有 .xml 或 .json 文件"
)
JSON_FORM: Final = FindingCode(
    "document.json-form",
    Severity.ERROR,
    'an order in JSON is {{"type": "order", "v": 1, "order": {{…}}}}',
    'JSON 订单的格式为 {{"type": "order", "v": 1, "order": {{…}}}}',
)


@attrs.frozen
class Document:
    """An incoming message: an order, or a change or cancellation of one, with what its document states."""

    name: str
    message: Any
    stated: StatedTotals | None = None
    findings: tuple[Finding, ...] = ()
    digest: str = attrs.field(default="", kw_only=True)


def samples() -> Iterator[tuple[str, bytes]]:
    """The sample documents that ship with the library, by name."""
    folder = resources.files("orderlib.cli") / "samples"
    for entry in sorted(folder.iterdir(), key=lambda found: found.name):
        if entry.name.endswith((".xml", ".json")):
            yield entry.name, entry.read_bytes()


def _files(paths: Iterable[str]) -> Iterator[tuple[str, bytes | Refusal]]:
    for given in paths:
        path = Path(given)
        if path.is_dir():
            found = sorted(each for each in path.rglob("*") if each.suffix.lower() in (".xml", ".json"))
            if not found:
                yield given, Refusal(given, (NO_DOCUMENT(),))
            for each in found:
                yield each.relative_to(path).as_posix(), _content(each)
        elif path.exists():
            yield path.name, _content(path)
        else:
            yield given, Refusal(given, (NO_FILE(path=given),))


def _content(path: Path) -> bytes | Refusal:
    try:
        return path.read_bytes()
    except OSError as error:
        return Refusal(path.name, (UNREADABLE(reason=error.strerror or type(error).__name__),))


def read_all(paths: Iterable[str]) -> Iterator[Document | Refusal]:
    """Every document under the paths, or the samples where there is none, in the order of their names."""
    given = list(paths)
    for name, content in _files(given) if given else samples():
        if isinstance(content, Refusal):
            yield attrs.evolve(content, source=name)
            continue
        try:
            yield _document(name, content)
        except OrderlibError as error:
            yield Refusal(name, error.findings)


def _document(name: str, content: bytes) -> Document:
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _ubl(name, content)
    data = loads(content)
    if not isinstance(data, dict) or {key: data.get(key) for key in ("type", "v")} != {"type": "order", "v": 1}:
        raise DocumentError(JSON_FORM())
    if set(data) != {"type", "v", "order"}:
        raise DocumentError(JSON_FORM())
    return Document(name, structure(Order, data["order"]), digest=sha256(content).hexdigest())


def _ubl(name: str, content: bytes) -> Document:
    root = parse_xml(content).name
    if root == "OrderChange":
        change = ubl.read_order_change(content)
        return Document(name, change, change.stated, change.findings, digest=sha256(content).hexdigest())
    if root == "OrderCancellation":
        cancellation = ubl.read_order_cancellation(content)
        return Document(name, cancellation, None, cancellation.findings, digest=sha256(content).hexdigest())
    opened = ubl.open_order(content)
    if opened.order is None:
        raise DocumentError(*opened.refusals)
    return Document(name, opened.order, opened.stated, opened.findings, digest=sha256(content).hexdigest())
