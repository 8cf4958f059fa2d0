"""Parameters of policies, held against their bounds when the policy is made and not when it is first asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

import attrs

from orderlib.errors import FindingCode, InvalidValueError, Severity
from orderlib.values.codelist import whole
from orderlib.values.typed import instance_of

__all__ = ["between", "of_type", "span", "whole_between"]

RANGE: Final = FindingCode(
    "parameter.range", Severity.ERROR, "{value} is not between {low} and {high}", "{value} 不在 {low} 与 {high} 之间"
)
_LONGEST: Final = timedelta(days=3660)

Validator = Callable[[Any, "attrs.Attribute[Any]", Any], None]


def between(low: int, high: int) -> Validator:
    """A number within bounds, both included; it has been made a Decimal before (`parameter.range`)."""

    def check(_policy: Any, field: attrs.Attribute[Any], value: Decimal) -> None:
        if not low <= value <= high:
            raise InvalidValueError(RANGE(f"/{field.name}", value=value, low=low, high=high))

    return check


def whole_between(low: int, high: int) -> Validator:
    """A whole number within bounds, both included (`number.whole`)."""

    def check(_policy: Any, field: attrs.Attribute[Any], value: int) -> None:
        whole(value, low, high, f"/{field.name}")

    return check


def span(low: timedelta = timedelta(0), high: timedelta = _LONGEST) -> Validator:
    """A time within bounds, both included: by default none to ten years (`value.type`, `parameter.range`)."""

    def check(_policy: Any, field: attrs.Attribute[Any], value: timedelta) -> None:
        if not low <= instance_of(timedelta, value, f"/{field.name}") <= high:
            raise InvalidValueError(RANGE(f"/{field.name}", value=value, low=low, high=high))

    return check


def of_type(kind: type[Any]) -> Validator:
    """Something of a type (`value.type`)."""

    def check(_policy: Any, field: attrs.Attribute[Any], value: Any) -> None:
        instance_of(kind, value, f"/{field.name}")

    return check
