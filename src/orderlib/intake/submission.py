"""What screening sees beside the order itself."""

from __future__ import annotations

from datetime import date
from typing import Any, Protocol

import attrs

from orderlib.agreement.record import AgreementAccount
from orderlib.intake.record import Receipt
from orderlib.order.record import Order
from orderlib.values.fact import NO_FACTS, Facts
from orderlib.values.identifier import CaseId

__all__ = ["ScreeningRule", "Submission"]


@attrs.frozen(kw_only=True)
class Submission:
    """What screening sees beside the order itself.

    `screened_on` is the day (UTC) on which it is screened. `agreed` is the order as it was agreed before: the
    content of the confirmed proposal, else the order at the prices and terms of its framework agreement.
    `agreement` is the stream of the agreement that the order names, None where there is none. `enquired`
    says that the case began with an enquiry, `proposals` are the ids of those that the customer confirmed, `unnamed`
    those of which the order could have named one, and did not.
    """

    case_id: str = ""
    receipt: Receipt | None = None
    screened_on: date
    duplicates: tuple[CaseId, ...] = ()
    agreed: Order | None = None
    agreement: AgreementAccount | None = None
    enquired: bool = False
    proposals: tuple[str, ...] = ()
    unnamed: tuple[str, ...] = ()
    facts: Facts = NO_FACTS


class ScreeningRule(Protocol):
    """One rule of screening."""

    def __call__(self, order: Order, submission: Submission, /) -> Any:
        """All findings of the rule (an iterable of `Finding`), none where the order keeps it."""
        ...
