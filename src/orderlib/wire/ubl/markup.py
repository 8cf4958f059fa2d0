"""XML written: elements with a prefix of UBL, in the order in which they are given.

What is empty is left out, so that nothing empty is ever written; the same tree gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias
from xml.sax.saxutils import escape, quoteattr

from orderlib.wire.xmltree import NAMESPACES

__all__ = ["Node", "document", "group", "leaf"]

Node: TypeAlias = "tuple[str, str | tuple[Node, ...], tuple[tuple[str, str], ...]]"
"""A name with its prefix, a text or child nodes, and attributes."""

_ROOT: Final = "urn:oasis:names:specification:ubl:schema:xsd:{}-2"


def leaf(name: str, text: object, **attributes: str) -> tuple[Node, ...]:
    """An element that holds a text; none where the text is empty or None."""
    if text is None or text == "":
        return ()
    return ((f"cbc:{name}", str(text), tuple((key, value) for key, value in attributes.items() if value)),)


def group(name: str, *parts: Iterable[Node]) -> tuple[Node, ...]:
    """An element that holds others; none where there are none."""
    children = tuple(node for part in parts for node in part)
    return ((f"cac:{name}", children, ()),) if children else ()


def document(name: str, *parts: Iterable[Node]) -> bytes:
    """The bytes of a UBL document, UTF-8, one element a line."""
    spaces = "".join(f'\n    xmlns:{prefix}="{NAMESPACES[prefix]}"' for prefix in ("cac", "cbc"))
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<{name} xmlns="{_ROOT.format(name)}"{spaces}>']
    for part in parts:
        for node in part:
            lines.extend(_lines(node, "  "))
    lines.append(f"</{name}>\n")
    return "\n".join(lines).encode()


def _lines(node: Node, indent: str) -> Iterator[str]:
    name, content, attributes = node
    start = name + "".join(f" {key}={quoteattr(value)}" for key, value in attributes)
    if isinstance(content, str):
        yield f"{indent}<{start}>{escape(content)}</{name}>"
        return
    yield f"{indent}<{start}>"
    for child in content:
        yield from _lines(child, indent + "  ")
    yield f"{indent}</{name}>"
