"""The front door opens on demand and leads where it says."""

from __future__ import annotations

import subprocess
import sys

import pytest

import orderlib

HEAVY = {"asyncio", "attr", "cattrs", "hypothesis", "pendulum", "pytest", "statemachine"}
FORBIDDEN = HEAVY - {"attr", "pendulum"}

FIRST_ORDER = """
from orderlib import Actor, Item, Order, OrderDesk, OrderLine, Party, Quantity, ReceiveOrder, UnitPrice
line = OrderLine("1", Item("pump"), Quantity("2"), UnitPrice("450", "EUR"))
order = Order("PO-7", Party("acme"), Party("we"), "EUR", [line])
assert OrderDesk().handle(ReceiveOrder(order, by=Actor("mei", "customer-service"))).case.state == "received"
"""
#: what taking an order in needs nothing of, and what therefore waits until it is asked for
WAITING = {
    "orderlib.order.totals",
    "orderlib.order.revision",
    "orderlib.order.compare",
    "orderlib.values.calendar",
    "orderlib.values.compare",
    "orderlib.values.digest",
    "orderlib.review.process",
    "orderlib.planning.process",
    "orderlib.settlement.process",
    "orderlib.intake.screening",
}


def loaded_by(*lines: str) -> set[str]:
    """The modules that a new interpreter holds after running these lines."""
    script = "\n".join((*lines, "import sys", "print(*sys.modules)"))
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_the_library_loads_nothing_heavy():
    """A process that only imports the library pays for none of its machinery."""
    assert not HEAVY & loaded_by("import orderlib")


def test_the_names_of_the_door_load_no_machinery():
    """Every public name can be had without serialisers, machines, event loops or test tools."""
    assert not FORBIDDEN & loaded_by("from orderlib import *")


def test_taking_the_first_order_loads_no_machinery():
    """A desk with its default policies takes an order in with the modules of intake alone."""
    loaded = loaded_by(FIRST_ORDER)
    assert not FORBIDDEN & loaded
    assert not WAITING & loaded


def test_the_door_lists_its_names():
    """Completion at the prompt sees the names before they are loaded."""
    assert set(orderlib.__all__) <= set(dir(orderlib))


def test_a_misspelt_name_is_an_attribute_error():
    """A name that does not exist says so, with the name."""
    with pytest.raises(AttributeError, match="has no attribute 'Ordre'"):
        _ = orderlib.Ordre
