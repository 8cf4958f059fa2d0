"""What a docstring shows is what happens."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import orderlib

MODULES = sorted(
    info.name for info in pkgutil.walk_packages(orderlib.__path__, "orderlib.") if not info.name.endswith("__main__")
)


@pytest.mark.parametrize("name", ["orderlib", *MODULES])
def test_the_examples_of_a_module_happen(name):
    """Every example in a module's docstrings prints what it says."""
    assert doctest.testmod(importlib.import_module(name)).failed == 0
