"""The system's clock and random ids: the only place where the library reads either, and only for a desk."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

from orderlib.values.instant import Instant, instant

__all__ = ["SystemClock", "UuidIds"]


class SystemClock:
    """The present instant, from the operating system."""

    def __call__(self) -> Instant:
        """Now."""
        return instant(datetime.now(UTC))


class UuidIds:
    """Random ids (RFC 9562, version 4)."""

    def __call__(self) -> str:
        """A new id."""
        return str(uuid4())
