"""R3 and R4 for JSON: what strangers may send, and what it costs before it is refused.

R3: 40 hostile amounts as money over the wire, each refused with a documented code, in time and memory. R4: documents
of a mebibyte built to be slow or large, in time and memory; and generated inputs, a valid order spoilt at random in
its bytes or its values, none of which may raise anything but the documented error, and all of which, once accepted,
can be saved and read again.

    python benchmarks/bench_json_hostile.py [INPUTS]
"""

from __future__ import annotations

import json
import random
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "src")]

import bench_codec  # noqa: E402 - its folder is put on the path above
from measure import Row, at_most  # noqa: E402 - as above

from orderlib.errors import DocumentError, known_codes  # noqa: E402 - the checkout is put on the path above
from orderlib.order.record import Order  # noqa: E402 - as above
from orderlib.values.money import Money  # noqa: E402 - as above
from orderlib.wire.codec.codec import Codec  # noqa: E402 - as above

MEBI = 1 << 20
INPUTS = 1_000_000
AMOUNTS: list[Any] = [
    *("", " ", " 1", "1 ", "+1", "-", ".5", "5.", "1.2.3", "1,5", "1_000", "1e5", "1E5", "1e1000000", "1e-9"),
    *("NaN", "sNaN", "nan", "Infinity", "-inf", "0x10", "\u0661\u0662", "\uff11", "½", "1\u00a0", "1\0", "-0", "-0.00"),
    *("1" * 41, "1" * 100_000, "0." + "1" * 100_000, None, True, 1, 1.5, float("nan"), [], ["1"], {}, "\ud800"),
]


def cost(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds, and mebibytes at the peak, of a call that must be refused or must not; each in a call of its own."""
    start = time.thread_time()
    work()
    spent = time.thread_time() - start
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1] / MEBI
    tracemalloc.stop()
    return spent, peak


def refused(read: Callable[[], object]) -> Callable[[], None]:
    """The call, which must raise the documented error with known codes."""

    def work() -> None:
        try:
            read()
        except DocumentError as error:
            if any(each.code not in known_codes() for each in error.findings):
                raise AssertionError(error.code) from error
        else:
            raise AssertionError("taken")

    return work


def large() -> Iterator[tuple[type[Any], bytes]]:
    """Documents of a mebibyte that try to be slow or large."""

    def full(item: bytes, before: bytes = b"[", after: bytes = b"0]") -> bytes:
        return before + item * ((MEBI - len(before) - len(after)) // len(item)) + after

    yield from ((Order, full(item)) for item in (b"NaN,", b"1e999,", b'{"a":1,"a":2},', b'"\\u0000",', b"[],", b"{},"))
    yield from (
        (Order, full(item))
        for item in (b'{"":0},', b'"a",', b"1,", b'{"a":"\\n"},', b"[[]],", b"[" * 50 + b"]" * 50 + b",")
    )
    yield Order, full(b"[", b"", b"")
    yield Order, full(b'{"a":', b"", b"")
    yield Order, full(b'\\"', b'"', b'"')
    yield Order, full(b'"', b"", b"")
    yield Order, full(b"\\", b"", b"")
    yield Order, full(b"1", b"", b"")
    yield Order, full(b"x", b'{"', b'":1}')
    good = json.dumps(Codec().unstructure(bench_codec.orders(5)[0]), ensure_ascii=False)
    line = json.dumps(json.loads(good)["lines"][0], ensure_ascii=False).encode()
    yield Order, good.encode().replace(b'"lines": [', b'"lines": [' + (line + b", ") * (MEBI // (len(line) + 2)), 1)
    yield tuple[Money, ...], full(b'{"amount":"1","currency":"XXX"},')
    yield tuple[Money, ...], full(b'{"amount":"1","currency":"EUR"},', after=b"0]")


WORDS: list[Any] = [
    None,
    True,
    0,
    -1,
    10**50,
    1.5,
    float("inf"),
    "",
    "x",
    "\0",
    "\ud800",
    "\u202e",
    "1e9",
    [],
    {},
    [[]],
]


def spoil(chance: random.Random, text: str) -> Any:
    """The order with something wrong in its bytes or among its values."""
    if chance.random() < 0.5:
        data = bytearray(text.encode())
        for _ in range(chance.randrange(1, 4)):
            place = chance.randrange(len(data))
            data[place : place + chance.randrange(3)] = chance.choice(
                (b"", b'"', b"{", b"]", b"\\", b"\xff", b"9" * 50, b",")
            )
        return bytes(data)
    spoilt = json.loads(text)
    holder, key = spoilt, "id"
    while True:
        keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        if not keys:
            break
        key = chance.choice(keys)
        if not isinstance(holder[key], (dict, list)) or chance.random() < 0.2:
            break
        holder = holder[key]
    if isinstance(holder, dict):
        holder[chance.choice((key, "surprise"))] = chance.choice(WORDS)
    else:
        holder.append(chance.choice(WORDS))
    return spoilt


def generated(inputs: int) -> int:
    """How many of so many spoilt orders raise what is not documented, or are taken and cannot be saved."""
    chance = random.Random(1)
    codec = Codec()
    value = codec.unstructure(bench_codec.orders(50)[0])
    value["lines"] = value["lines"][:1]
    text = json.dumps(value, ensure_ascii=False)
    wrong = 0
    for _ in range(inputs):
        data = spoil(chance, text)
        try:
            order = codec.loads(Order, data) if isinstance(data, bytes) else codec.structure(Order, data)
            if codec.loads(Order, codec.dumps(order)) != order:
                wrong += 1
        except DocumentError as error:
            wrong += not error.findings or any(each.code not in known_codes() for each in error.findings)
        except Exception as error:  # noqa: BLE001 - this is what is looked for
            print(f"{type(error).__name__}: {error!s:.100}")
            wrong += 1
    return wrong


def run(*, smoke: bool = False, inputs: int = INPUTS) -> list[Row]:
    """The rows of R3 and R4 for JSON."""
    codec = Codec()
    reads = [
        refused(lambda amount=amount: codec.structure(Money, {"amount": amount, "currency": "EUR"}))
        for amount in AMOUNTS
    ]
    amounts = [cost(read) for read in reads]
    documents = [cost(refused(lambda cls=cls, data=data: codec.loads(cls, data))) for cls, data in large()]
    count = 1000 if smoke else inputs
    return [
        at_most(
            f"R3 {len(AMOUNTS)} hostile amounts over JSON: longest, milliseconds",
            5,
            max(each[0] for each in amounts) * 1e3,
        ),
        at_most(f"R3 {len(AMOUNTS)} hostile amounts over JSON: largest, MB", 1, max(each[1] for each in amounts)),
        at_most(
            f"R4 {len(documents)} hostile JSON documents of 1 MiB: longest, seconds",
            1,
            max(each[0] for each in documents),
        ),
        at_most(
            f"R4 {len(documents)} hostile JSON documents of 1 MiB: largest, MB", 64, max(each[1] for each in documents)
        ),
        at_most(f"R4 {count} spoilt orders: undocumented errors", 0, generated(count)),
    ]


if __name__ == "__main__":
    for row in run(inputs=int(sys.argv[1]) if len(sys.argv) > 1 else INPUTS):
        print(f"{row['name']:<72} {row['bar']:>10} {row['measured']:>12.4g}  {'ok' if row['ok'] else 'MISSED'}")
