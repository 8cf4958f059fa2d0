"""P4: structure an order of 5 and of 50 lines from primitives; P5: unstructure it.

Every reader does the same checks: exact types, closed keys, required keys, each field's grammar and bounds, and
what spans fields. Orders differ in ids, articles, quantities, prices and days, and are taken in turn, so that
what one has read helps with the next only as far as it does in a day's work. Before anything is measured, all
readers must agree on every order, all must refuse the same faults, and all writers must write the same.

    python benchmarks/bench_codec.py
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "src")]

import codec_byhand  # noqa: E402 - its folder is put on the path above
import codec_cattrs  # noqa: E402 - as above
from measure import Row, at_least, at_most, ratio  # noqa: E402 - as above

from orderlib.order.line import Item, OrderLine, ScheduleLine  # noqa: E402 - the checkout is put on the path above
from orderlib.order.record import Order  # noqa: E402 - as above
from orderlib.order.terms import AllowanceCharge, TaxCategory  # noqa: E402 - as above
from orderlib.values.money import Money  # noqa: E402 - as above
from orderlib.values.party import Address, Contact, ExternalReference, Party  # noqa: E402 - as above
from orderlib.values.quantity import Quantity  # noqa: E402 - as above
from orderlib.values.rate import UnitPrice  # noqa: E402 - as above
from orderlib.wire.codec.codec import Codec  # noqa: E402 - as above

ROUND = 400  # lines that go through in one round, whatever the size of the orders


def party(chance: random.Random, role: str) -> Party:
    """A company with a place and a person."""
    number = chance.randrange(10_000)
    return Party(
        f"{role}-{number}",
        f"Company {number}",
        tax_id=f"ATU{chance.randrange(10**8):08}",
        address=Address(
            street=f"Street {number}", city="Graz", postal_zone=f"{chance.randrange(10_000):04}", country="AT"
        ),
        contact=Contact(name="A. Person", email=f"person{number}@example.com"),
        references=(ExternalReference("gln", f"{chance.randrange(10**13):013}"),),
    )


def line(chance: random.Random, place: int) -> OrderLine:
    """One line of an article, wanted on a day."""
    count = chance.randrange(1, 500)
    wanted = date(2026, 1, 1) + timedelta(days=chance.randrange(365))
    price = Decimal(chance.randrange(1, 500_000)).scaleb(-2)
    charges = (AllowanceCharge(Money(Decimal(chance.randrange(10_000)).scaleb(-2), "EUR"), reason="Rebate"),)
    return OrderLine(
        str(10 * place),
        Item(f"A-{chance.randrange(20_000)}", f"Article {chance.randrange(20_000)}", properties=(("colour", "grey"),)),
        Quantity(count, "C62"),
        UnitPrice(price, "EUR"),
        schedule=[ScheduleLine("1", Quantity(count, "C62"), requested_on=wanted)],
        allowance_charges=charges if place % 5 == 0 else (),
        tax=TaxCategory("S", 20),
    )


def orders(lines: int) -> list[Order]:
    """So many different orders that one round of them has `ROUND` lines."""
    chance = random.Random(lines)
    return [
        Order(
            f"PO-{chance.randrange(10**9)}",
            party(chance, "buyer"),
            party(chance, "seller"),
            "EUR",
            [line(chance, place) for place in range(1, lines + 1)],
            issued_on=date(2026, 1, 1) + timedelta(days=chance.randrange(365)),
            customer_reference=f"ref {number}",
        )
        for number in range(ROUND // lines)
    ]


def each(work: Callable[[Any], object], items: list[Any]) -> Callable[[], None]:
    """One round over all items."""

    def run() -> None:
        for item in items:
            work(item)

    return run


def spoilt(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The document with one fault of each kind."""

    def at(*path: Any, value: object = ...) -> dict[str, Any]:
        copy: Any = deepcopy(document)
        place = copy
        for step in path[:-1]:
            place = place[step]
        if value is ...:
            del place[path[-1]]
        else:
            place[path[-1]] = value
        return copy  # type: ignore[no-any-return]

    first = ("lines", 0)
    yield at("id")
    yield at("surprise", value=1)
    yield at("lines", value={})
    yield at(*first, "quantity", "value", value=5)
    yield at(*first, "quantity", "value", value="1e3")
    yield at(*first, "quantity", "value", value="-1")
    yield at(*first, "quantity", "unit", value="???")
    yield at(*first, "price", "currency", value="USD")
    yield at(*first, "price", "per", value="0")
    yield at(*first, "partial_delivery", value=1)
    yield at(*first, "schedule", 0, "requested_on", value="2026-02-30")
    yield at(*first, "schedule", 0, "quantity", "unit", value="KGM")
    yield at(*first, "note", value="\0")
    yield at("lines", 1, "id", value=document["lines"][0]["id"])
    yield at("buyer", "id", value=" x")
    yield at("currency", value="XXX")
    yield at("type", value="999")
    yield at("revision", value=True)
    yield at("delivery", "over_tolerance", value="-1")
    yield at("payment", "advance", value="101")


def agree(
    readers: dict[str, Callable[[Any], Any]], writers: dict[str, Callable[[Any], Any]], made: list[Order]
) -> None:
    """Everybody reads, refuses and writes alike; otherwise a ratio would say nothing."""
    ours = readers["orderlib"]
    for order in made:
        document = writers["orderlib"](order)
        if ours(document) != order or any(write(order) != document for write in writers.values()):
            raise AssertionError(f"order {order.id} is not written alike")
        if any(readers[name](document) != order for name in ("cattrs", "by hand")):
            raise AssertionError(f"order {order.id} is not read alike")
    for number, document in enumerate(spoilt(writers["orderlib"](made[0]))):
        for name, read in readers.items():
            try:
                read(document)
            except Exception:  # noqa: BLE001 - each has errors of its own
                continue
            raise AssertionError(f"{name} takes fault {number}")


def run(*, smoke: bool = False) -> list[Row]:
    """The rows of P4 and P5."""
    codec = Codec()
    hook = codec_cattrs.converter().get_structure_hook(Order)
    readers: dict[str, Callable[[Any], Any]] = {
        "orderlib": lambda data: codec.structure(Order, data),
        "cattrs": lambda data: hook(data, Order),
        "by hand": codec_byhand.read_order,
    }
    writers: dict[str, Callable[[Any], Any]] = {"orderlib": codec.unstructure, "by hand": codec_byhand.write_order}
    try:
        from codec_pydantic import ORDER
    except ImportError:
        model = None
    else:
        model = ORDER
        readers["pydantic"] = ORDER.model_validate
    rows: list[Row] = []
    for lines in (5, 50):
        made = orders(lines)
        agree(readers, writers, made)
        documents = [codec.unstructure(order) for order in made]
        ours = each(lambda data: codec.structure(Order, data), documents)

        def against(name: str, documents: Any = documents, ours: Any = ours) -> float:
            return ratio(each(readers[name], documents), ours, smoke=smoke)

        rows.append(at_least(f"P4 structure {lines} lines: times cattrs", 2, against("cattrs")))
        rows.append(at_most(f"P4 structure {lines} lines: of by hand", 0.9, 1 / against("by hand")))
        write = each(codec.unstructure, made)
        by_hand = ratio(each(codec_byhand.write_order, made), write, smoke=smoke)
        rows.append(at_most(f"P5 unstructure {lines} lines: of by hand", 1.3, 1 / by_hand))
        if model is not None:
            rows.append(at_least(f"P4 structure {lines} lines: times pydantic", 1.25, against("pydantic")))
            models = [model.model_validate(document) for document in documents]
            if [each_model.model_dump(mode="json") for each_model in models] != documents:
                raise AssertionError("pydantic writes otherwise")
            theirs = ratio(each(lambda each_model: each_model.model_dump(mode="json"), models), write, smoke=smoke)
            rows.append(at_least(f"P5 unstructure {lines} lines: times pydantic", {5: 1.1, 50: 1.3}[lines], theirs))
    return rows


if __name__ == "__main__":
    for row in run():
        print(f"{row['name']:<72} {row['bar']:>10} {row['measured']:>12.4g}  {'ok' if row['ok'] else 'MISSED'}")
