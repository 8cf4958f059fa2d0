"""R4 for XML: what strangers may send as UBL, and what it costs before it is read or refused.

Documents of a mebibyte built to be slow or large, in time and memory; and generated inputs, a valid order spoilt at
random in its bytes or its elements, none of which may raise anything but the documented error, and all of which, once
read, can be saved as JSON and read again.

    python benchmarks/bench_xml_hostile.py [INPUTS [SEED]]
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "src")]

from bench_json_hostile import MEBI, cost  # noqa: E402 - its folder is put on the path above
from measure import Row, at_most  # noqa: E402 - as above

from orderlib.errors import DocumentError, Finding, known_codes  # noqa: E402 - the checkout is put on the path above
from orderlib.wire import ubl  # noqa: E402 - as above
from orderlib.wire.codec.codec import Codec  # noqa: E402 - as above

INPUTS = 100_000
KNOWN: set[str] = set()
SAMPLES = Path(__file__).parents[1] / "src" / "orderlib" / "cli" / "samples"

OPEN = (
    '<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2" '
    'xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" '
    'xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">'
)
LINE = (
    "<cac:OrderLine><cac:LineItem><cbc:ID>{id}</cbc:ID><cbc:Quantity>1</cbc:Quantity>"
    '<cbc:LineExtensionAmount currencyID="EUR">2</cbc:LineExtensionAmount>'
    '<cac:Price><cbc:PriceAmount currencyID="EUR">2</cbc:PriceAmount></cac:Price>'
    "<cac:Item><cbc:Name>x</cbc:Name></cac:Item></cac:LineItem></cac:OrderLine>"
)


def tried(read: Callable[[bytes], object], data: bytes) -> Callable[[], None]:
    """The call, which may only succeed or raise the documented error with known codes."""

    def work() -> None:
        try:
            read(data)
        except DocumentError as error:
            judge(error.findings)

    return work


def judge(findings: tuple[Finding, ...]) -> None:
    """Raises `AssertionError` for findings that no list of codes knows, or for none."""
    codes = {each.code for each in findings}
    if not codes or not (codes <= KNOWN or codes <= set(known_codes())):
        raise AssertionError(findings)
    KNOWN.update(codes)


def large() -> Iterator[bytes]:
    """Documents of a mebibyte that try to be slow or large."""

    def full(item: str, before: str = OPEN, after: str = "</Order>") -> bytes:
        made = before + item * ((MEBI - len(before) - len(after)) // len(item.encode())) + after
        return made.encode()

    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 30))
    yield full(" ", f'<!DOCTYPE o [<!ENTITY a0 "ha">{entities}]>{OPEN}&a29;')
    yield full(" ", f'<!DOCTYPE o SYSTEM "file:///etc/passwd">{OPEN}')
    yield full(" ", f'<!DOCTYPE o [<!ENTITY x SYSTEM "file:///dev/zero">]>{OPEN}&x;')
    yield full("<a>", OPEN, "")
    yield full("<a/>", OPEN)
    yield full("<cbc:Note/>", OPEN)
    yield full("<cbc:Note>x</cbc:Note>", OPEN)
    yield full("<cac:OrderLine/>", OPEN)
    yield full("<cac:OrderLine><cac:LineItem/></cac:OrderLine>", OPEN)
    yield full("<cac:AllowanceCharge/>", OPEN)
    yield full("<cac:TaxTotal><cbc:TaxAmount>1</cbc:TaxAmount></cac:TaxTotal>", OPEN)
    yield full("<cbc:TaxAmount>x</cbc:TaxAmount>", f"{OPEN}<cac:TaxTotal>", "</cac:TaxTotal></Order>")
    yield full("<cac:AdditionalDocumentReference><cbc:ID>a</cbc:ID></cac:AdditionalDocumentReference>", OPEN)
    yield full("9", f"{OPEN}<cbc:ID>", "</cbc:ID></Order>")
    yield full("é", f"{OPEN}<cbc:Note>", "</cbc:Note></Order>")
    yield full("&#13;", f"{OPEN}<cbc:Note>", "</cbc:Note></Order>")
    yield full("&#x202e;", f"{OPEN}<cbc:ID>", "</cbc:ID></Order>")
    yield full("x", f'{OPEN}<cbc:ID schemeID="', '"/></Order>')
    yield full("x", f"{OPEN}<", "/></Order>")
    yield full(' b="c"', f"{OPEN}<a", "/></Order>")
    yield full("".join(f' b{n}=""' for n in range(99)), f"{OPEN}<a", "/></Order>")
    yield full("x", f"{OPEN}<!--", "--></Order>")
    yield full("<!---->", OPEN)
    yield full("<?a?>", OPEN)
    yield full("]]><![CDATA[", f"{OPEN}<cbc:ID><![CDATA[", "]]></cbc:ID></Order>")
    yield full('<a xmlns:b="c"/>', OPEN)
    yield (OPEN + "".join(LINE.format(id=n) for n in range(MEBI // len(LINE))) + "</Order>").encode()
    yield full(LINE.format(id="same"), OPEN)
    yield full("<a/>", OPEN).decode().encode("utf-16")[:MEBI]


WORDS = (
    *("", "x", "\u202e", "\u00a0", "\ud7ff", "-0", "1e9", "NaN", "9" * 45, "0." + "1" * 45, "-5", "1,5", "\u0663"),
    *("<cbc:ID>1</cbc:ID>", "<x/>", "&#0;", "&#xD800;", "&amp;", "&x;", "<![CDATA[", "-->", "]]>", "<!DOCTYPE a>"),
    *("9999-12-31", "0001-01-01", "2026-02-30", "true", "EUR", "XXX", "XAU", "JPY", "urn:fdc:peppol.eu:poacc:"),
)
BYTES = (
    b"",
    b"<",
    b">",
    b"/",
    b'"',
    b"\0",
    b"\xff",
    b"\xfe",
    b"\xed\xa0\x80",
    b"&",
    b"cac:",
    b"9" * 50,
    b"\xef\xbb\xbf",
)


def spoil(chance: random.Random, text: str) -> bytes:
    """The document with something wrong in its bytes, in a text, in an attribute, or among its elements."""
    kind = chance.random()
    if kind < 0.3:
        data = bytearray(text.encode())
        for _ in range(chance.randrange(1, 4)):
            place = chance.randrange(len(data))
            data[place : place + chance.randrange(3)] = chance.choice(BYTES)
        return bytes(data)
    if kind < 0.6:
        return _another(chance, text, ">", "<").encode("utf-8", "surrogatepass")
    if kind < 0.75:
        return _another(chance, text, '="', '"').encode("utf-8", "surrogatepass")
    return _without(chance, text).encode(chance.choice(("utf-8", "utf-8", "utf-16", "latin-1")), "replace")


def _another(chance: random.Random, text: str, before: str, after: str) -> str:
    """Another word between two marks, or a few of them."""
    for _ in range(chance.randrange(1, 3)):
        start = text.find(before, chance.randrange(len(text))) + len(before)
        end = text.find(after, start)
        if start >= len(before) and end >= start:
            text = text[:start] + chance.choice(WORDS) + text[end:]
    return text


def _without(chance: random.Random, text: str) -> str:
    """An element left out, put twice, or moved to another place."""
    start = text.find("<c", chance.randrange(len(text)))
    name = re.split("[ >]", text[start + 1 : start + 60], maxsplit=1)[0]
    end = text.find(f"</{name}>", start)
    if start < 0 or end < 0:
        return text
    end += len(name) + 3
    element, rest = text[start:end], text[:start] + text[end:]
    if chance.random() < 0.4:
        return rest
    place = rest.find("<c", chance.randrange(len(rest)))
    return rest[:place] + element * chance.randrange(1, 3) + rest[place:]


def generated(inputs: int, seed: int = 1) -> int:
    """How many of so many spoilt orders raise what is not documented, or are read and cannot be saved."""
    chance = random.Random(seed)
    codec = Codec()
    texts = [path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.xml"))]
    readers: dict[str, Callable[[bytes], object]] = {
        "<OrderChange": ubl.read_order_change,
        "<OrderCancellation": ubl.read_order_cancellation,
    }
    wrong = 0
    for _ in range(inputs):
        text = chance.choice(texts)
        read = next((each for root, each in readers.items() if root in text), ubl.read_order)
        data = spoil(chance, text)
        try:
            wrong += not _read_and_saved(read, codec, data)
        except Exception as error:  # noqa: BLE001 - this is what is looked for
            print(f"{type(error).__name__}: {error!s:.100} {data!r}")
            wrong += 1
    return wrong


def _read_and_saved(read: Callable[[bytes], object], codec: Codec, data: bytes) -> bool:
    """Whether the document is refused as documented, or read and the same after it was saved."""
    try:
        value = read(data)
    except DocumentError as error:
        judge(error.findings)
        return True
    same: bool = codec.loads(type(value), codec.dumps(value)) == value
    if not same:
        print(f"not the same: {data!r}")
    return same


def run(*, smoke: bool = False, inputs: int = INPUTS, seed: int = 1) -> list[Row]:
    """The rows of R4 for XML."""
    documents = [cost(tried(ubl.open_order, data)) for data in large()]
    count = 300 if smoke else inputs
    most, size = len(documents), max(each[1] for each in documents)
    return [
        at_most(f"R4 {most} hostile XML documents of 1 MiB: longest, seconds", 1, max(each[0] for each in documents)),
        at_most(f"R4 {most} hostile XML documents of 1 MiB: largest, MB", 64, size),
        at_most(f"R4 {count} spoilt UBL documents: undocumented errors", 0, generated(count, seed)),
    ]


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    for row in run(**dict(zip(("inputs", "seed"), given, strict=False))):  # type: ignore[arg-type]
        print(f"{row['name']:<72} {row['bar']:>10} {row['measured']:>12.4g}  {'ok' if row['ok'] else 'MISSED'}")
