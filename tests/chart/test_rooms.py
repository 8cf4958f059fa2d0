"""Every lifecycle that a room declares, against the table that ships beside it."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

import orderlib
from orderlib.chart.chart import Chart
from orderlib.chart.compile import compile_chart, prove_equal
from orderlib.chart.graph import check_graph

SOURCE = Path(orderlib.__file__).parent


def shipped():
    """Each declared lifecycle with the module that should hold its table."""
    for path in sorted(SOURCE.rglob("lifecycle.py")):
        room = ".".join((*path.relative_to(SOURCE.parent).parts[:-1],))
        for value in vars(importlib.import_module(f"{room}.lifecycle")).values():
            if isinstance(value, type) and issubclass(value, Chart) and value.__module__ == f"{room}.lifecycle":
                yield pytest.param(value, f"{room}.table", id=compile_chart(value).name)


@pytest.mark.parametrize(("chart", "module"), list(shipped()))
class TestEveryRoom:
    def test_the_shipped_table_does_what_the_machine_does(self, chart, module):
        """Tried for every state and event, on the table that ships, with the titles."""
        table = getattr(importlib.import_module(module), compile_chart(chart).name.upper())
        assert prove_equal(chart, table) == ()
        assert table == compile_chart(chart)

    def test_the_graph_has_no_holes(self, chart, module):
        """Every state is reached from the start, and an end from every state."""
        assert check_graph(getattr(importlib.import_module(module), compile_chart(chart).name.upper())) == ()

    def test_every_state_has_a_chinese_name(self, chart, module):
        """People read states in both languages."""
        table = compile_chart(chart)
        assert [state for state in table.states if state not in table.zh] == []

    def test_the_class_says_what_lives(self, chart, module):
        """A docstring, and a table offered by its module."""
        assert chart.__doc__
        assert compile_chart(chart).name.upper() in importlib.import_module(module).__all__


def test_no_two_lifecycles_share_a_name():
    """The prompt and the docs call them by it."""
    names = [param.id for param in shipped()]
    assert len(set(names)) == len(names)
