"""Read by the type checkers, never run: the names of the front door have types."""

from __future__ import annotations

from typing import assert_type

from orderlib import Finding, InvalidValueError, OrderlibError, Severity


def code_of(error: OrderlibError) -> str:
    """An error has a code, and its findings a severity and a message in two languages."""
    assert_type(error.findings, tuple[Finding, ...])
    first = error.findings[0]
    assert_type(first.severity, Severity)
    assert_type(first.message(lang="zh"), str)
    return error.code


def narrowed(error: OrderlibError) -> ValueError | None:
    """A malformed value is a `ValueError` for those who know nothing of this library."""
    return error if isinstance(error, InvalidValueError) else None
