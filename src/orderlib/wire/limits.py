"""How much of a stranger's document is taken before it is refused.

A limit is a value that one can set: `Limits(max_bytes=1 << 20)`. Each reader checks the size first, then
depth and counts while it reads, so that a document that is too big costs no more than the limit allows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from orderlib.errors import FindingCode, InvalidValueError, Severity

if TYPE_CHECKING:
    Attribute = attrs.Attribute[int]

__all__ = ["LIMIT_NOT_POSITIVE", "Limits"]

LIMIT_NOT_POSITIVE: Final = FindingCode(
    "wire.limit-not-positive",
    Severity.ERROR,
    "the limit {name} must be a whole number from 1 up, not {value}",
    "限制 {name} 必须是不小于 1 的整数，而不是 {value}",
)


def _positive(_: object, attribute: Attribute, value: object) -> None:
    if type(value) is not int or value < 1:
        raise InvalidValueError(LIMIT_NOT_POSITIVE(f"/{attribute.name}", name=attribute.name, value=repr(value)[:40]))


def _limit(default: int) -> int:
    made: int = attrs.field(default=default, validator=_positive)
    return made


@attrs.frozen(kw_only=True)
class Limits:
    """Upper bounds for one document, JSON or XML; whatever is beyond one is refused with its code.

    The defaults take an order of 10,000 lines with everything that a standard lets a line carry.
    Raises `InvalidValueError` for a limit below 1.
    """

    max_bytes: int = _limit(32 * 1024 * 1024)
    """Size of the whole document."""
    max_depth: int = _limit(64)
    """Levels of nesting: elements, objects, arrays."""
    max_nodes: int = _limit(1_000_000)
    """Elements or values in the whole document."""
    max_attributes: int = _limit(32)
    """Attributes of one element."""
    max_name: int = _limit(256)
    """Characters of one name: element with its namespace, attribute, key."""
    max_tag: int = _limit(256 * 1024)
    """Bytes between the brackets of one tag, comment or processing instruction."""
    max_text: int = _limit(16 * 1024 * 1024)
    """Characters of one text or string; attachments travel as text."""
    max_digits: int = _limit(40)
    """Digits of one number, before and after the point together."""
    max_faults: int = _limit(100)
    """Findings that are reported of one document; the rest is counted, not told."""
    max_lines: int = _limit(10_000)
    """Lines of one order, or of another document that has lines."""
