"""Commands and events of the case itself."""

from __future__ import annotations

import attrs

from orderlib.values.message import CaseCommand

__all__ = ["PassTime"]


@attrs.frozen
class PassTime(CaseCommand):
    """Time has come to the command's moment: whatever is due by then lapses."""
