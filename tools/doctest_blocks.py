"""Examples in docstrings, shown as code: Markdown would take the prompt of a doctest for a quotation.

`fenced` puts a fence around each example; `DoctestBlocks` does so for every docstring that the reference shows.
"""

from __future__ import annotations

import re
from typing import Any

from griffe import Extension, Object

__all__ = ["DoctestBlocks", "fenced"]

#: an example: a prompt at the margin, and all lines up to an empty one
EXAMPLE = re.compile(r"^>>> .*(?:\n.+)*", re.MULTILINE)


def fenced(text: str) -> str:
    """The text with each example at the margin in a fence; indented ones are code already."""
    return EXAMPLE.sub(lambda example: f"```pycon\n{example[0]}\n```", text)


class DoctestBlocks(Extension):
    """Fences the examples of all docstrings while they are collected."""

    def on_instance(self, *, obj: Object, **_: Any) -> None:
        """A class, function, module or attribute was read."""
        if obj.docstring is not None:
            obj.docstring.value = fenced(obj.docstring.value)
