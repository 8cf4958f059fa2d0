"""The door through which a code of a code list enters."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, TypeVar

from orderlib.errors import FindingCode, InvalidValueError, Severity
from orderlib.values.decimals import excerpt

__all__ = ["member", "whole"]

CODE_UNKNOWN: Final = FindingCode(
    "code.unknown", Severity.ERROR, "{code} is not a code of {list}", "{code} 不是代码表 {list} 中的代码"
)
WHOLE: Final = FindingCode(
    "number.whole",
    Severity.ERROR,
    "{value} is not a whole number from {low} to {high}",
    "{value} 不是 {low} 到 {high} 之间的整数",
)

E = TypeVar("E", bound=StrEnum)


def member(kind: type[E], value: str, address: str = "") -> E:
    """The member of a code list that a code stands for.

    Raises `InvalidValueError` (`code.unknown`) at `address`.
    """
    if isinstance(value, kind):
        return value
    try:
        return kind(value)
    except ValueError:
        shown = excerpt(value, 40) if type(value) is str else type(value).__name__[:40]
        raise InvalidValueError(CODE_UNKNOWN(address, code=shown, list=kind.__name__)) from None


def whole(value: int, low: int, high: int, address: str = "") -> int:
    """A whole number within bounds, both included; a bool is none.

    Raises `InvalidValueError` (`number.whole`) at `address`.
    """
    if type(value) is not int:
        raise InvalidValueError(WHOLE(address, value=type(value).__name__[:40], low=low, high=high))
    if not low <= value <= high:
        # the text of a giant would take longer than the check
        shown = value if abs(value) < 10**18 else "it"
        raise InvalidValueError(WHOLE(address, value=shown, low=low, high=high))
    return value
