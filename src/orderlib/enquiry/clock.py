"""How long we take to answer, and how long we wait for an answer: the clocks of the customer's side.

Enquiries and orders run on the same two times; a policy says how long each is.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

import attrs

from orderlib.values.decision import Decision

__all__ = ["ClockDecision", "Urgency"]


class Urgency(StrEnum):
    """How soon an answer is wanted, most at leisure first."""

    STANDARD = "standard"
    RUSH = "rush"


@attrs.frozen
class ClockDecision(Decision[Urgency]):
    """How urgent it is; we answer within `respond_within`, and wait for the customer `wait_within`."""

    respond_within: timedelta = attrs.field(default=timedelta(days=1), kw_only=True)
    wait_within: timedelta = attrs.field(default=timedelta(days=14), kw_only=True)
