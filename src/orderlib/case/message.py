"""Commands and events of the case itself."""

from __future__ import annotations

import attrs

from orderlib.values.key import Key
from orderlib.values.message import CaseCommand

__all__ = ["PassTime"]


@attrs.frozen
class PassTime(CaseCommand):
    """Time has come to the command's moment: whatever is due by then lapses.

    `stream` is the kind of stream that `case_id` names, for those that orders share.
    """

    stream: str = attrs.field(default="case", kw_only=True)

    @property
    def target(self) -> Key[object] | None:
        """The stream for which time passes."""
        return Key(self.stream, self.case_id)
