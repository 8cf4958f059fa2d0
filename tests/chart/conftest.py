"""A small lifecycle that the tests of this folder share."""
# ruff: noqa: A003 - gates are open

from __future__ import annotations

from typing import ClassVar

import pytest
from statemachine import Event, State

from orderlib.chart.chart import Chart
from orderlib.chart.table import Table


class GateLifecycle(Chart):
    """The life of a gate."""

    shut: State = State("shut", initial=True)
    open: State = State("wide open")
    sold: State = State("sold")
    gone: State = State("gone", final=True)

    raise_bar: Event = Event(shut.to(open))
    lower_bar: Event = Event(open.to(shut), name="lower the bar")
    paint: Event = Event(shut.to(shut, internal=True) | open.to(open, internal=True))
    sell = shut.to(sold)
    remove: Event = Event(shut.to(gone) | open.to(gone))
    buy_back = sold.to(shut)

    ends: ClassVar[frozenset[str]] = frozenset({"sold"})
    zh: ClassVar[dict[str, str]] = {"shut": "关闭", "raise_bar": "抬杆"}


@pytest.fixture(scope="session")
def chart() -> type[Chart]:
    """The declared class."""
    return GateLifecycle


@pytest.fixture
def gate() -> Table:
    """The table that it should compile to, written by hand."""
    return Table(
        name="gate",
        initial="shut",
        states=("shut", "open", "sold", "gone"),
        ends=frozenset({"sold", "gone"}),
        moves={
            "shut": {"raise_bar": "open", "paint": "shut", "sell": "sold", "remove": "gone"},
            "open": {"lower_bar": "shut", "paint": "open", "remove": "gone"},
            "sold": {"buy_back": "shut"},
        },
        en={"open": "wide open", "lower_bar": "lower the bar"},
        zh={"shut": "关闭", "raise_bar": "抬杆"},
    )
