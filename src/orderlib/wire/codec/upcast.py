"""Old versions of written records are brought up to date while they are read.

An upcaster knows one step: from one version of a tag to the next. Steps are chained, so that a record of
any age arrives as the newest, and the class that is current knows nothing of its past.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

import attrs

__all__ = ["Step", "UpcastError", "Upcaster", "chain"]

Step: TypeAlias = "tuple[str, int]"
"""Tag and version."""


class UpcastError(Exception):
    """An upcaster that failed on an old record."""


@attrs.frozen
class Upcaster:
    """One step: `function` takes the members of a record of `from_version` and gives those of the next.

    Neither side carries ``type`` and ``v``. The function is pure and gets a dict of its own to change.
    `to_tag` names the record anew, for a class that was renamed; `to_version` is the next one if left out.
    """

    tag: str
    from_version: int
    function: Callable[[dict[str, Any]], dict[str, Any]]
    to_tag: str = attrs.field(default="", kw_only=True)
    to_version: int = attrs.field(default=0, kw_only=True)

    @property
    def source(self) -> Step:
        """What it reads."""
        return self.tag, self.from_version

    @property
    def target(self) -> Step:
        """What it gives."""
        return self.to_tag or self.tag, self.to_version or self.from_version + 1


def chain(upcasters: Iterable[Upcaster], newest: Iterable[Step]) -> Mapping[Step, tuple[Upcaster, ...]]:
    """For every old version that leads to a newest one, the steps to take.

    `ValueError` where two upcasters start at the same version, one starts at a newest version, or one
    leads nowhere: all three are a programmer's mistakes.
    """
    ends = set(newest)
    steps: dict[Step, Upcaster] = {}
    for each in upcasters:
        if each.source in steps or each.source in ends:
            raise ValueError(f"an upcaster from {each.source} is one too many")
        steps[each.source] = each
    ways: dict[Step, tuple[Upcaster, ...]] = {}
    for start in steps:
        way: list[Upcaster] = []
        at = start
        while at not in ends:
            if at not in steps or len(way) > len(steps):
                raise ValueError(f"the upcaster from {start} never arrives at a current version")
            way.append(steps[at])
            at = steps[at].target
        ways[start] = tuple(way)
    return ways
