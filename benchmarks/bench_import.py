"""P10: what it costs to begin: importing the library, and a desk that takes its first order.

Each time in a new interpreter, since a module is imported only once. Every interpreter may keep what it compiles,
whatever the environment says: an installed library is compiled, and its user does not wait for that.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from statistics import median

from measure import PAIRS, Row, at_most

import orderlib

GROUND = "import attrs, pendulum"
FIRST_ORDER = """
from orderlib import Actor, Item, Order, OrderDesk, OrderLine, Party, Quantity, ReceiveOrder, UnitPrice

line = OrderLine("1", Item("MAST-30"), Quantity("2"), UnitPrice("4150", "EUR"))
order = Order("PO-1", Party("ACME"), Party("WERK"), "EUR", [line])
outcome = OrderDesk().handle(ReceiveOrder(order, by=Actor("mei", "customer-service")))
assert outcome.case.state == "received"
"""
HEAVY = "assert not {'cattrs', 'statemachine', 'asyncio', 'hypothesis', 'pytest'} & sys.modules.keys()"


def spent_on(statements: str, environment: Mapping[str, str]) -> float:
    """Seconds that a new interpreter's thread spends on some statements, which must load nothing heavy."""
    script = f"import sys, time\nstart = time.thread_time()\n{statements}\nprint(time.thread_time() - start)\n{HEAVY}"
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return float(done.stdout)


def against_ground(statements: str, *, smoke: bool) -> float:
    """How many times as long some statements take as importing the libraries that all values stand on."""
    with tempfile.TemporaryDirectory() as compiled:
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        kept["PYTHONPYCACHEPREFIX"] = compiled
        spent_on(statements, kept), spent_on(GROUND, kept)  # compiled files are written once, and not measured
        rounds = range(1 if smoke else 2 * PAIRS + 1)
        return median(spent_on(statements, kept) / spent_on(GROUND, kept) for _ in rounds)


def run(*, smoke: bool = False) -> list[Row]:
    """Ratios to `import attrs, pendulum`."""
    rows = [
        at_most("P10 import orderlib / import attrs, pendulum", 1.6, against_ground("import orderlib", smoke=smoke))
    ]
    if {"OrderDesk", "ReceiveOrder"} <= set(orderlib.__all__):
        ratio = against_ground(FIRST_ORDER, smoke=smoke)
        rows.append(at_most("P10 OrderDesk() through its first ReceiveOrder / the same", 3, ratio))
    return rows
