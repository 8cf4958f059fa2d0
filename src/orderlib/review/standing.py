"""Whether credit is still what the panel judged: until the acceptance another order may have taken it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import attrs

from orderlib.errors import Finding, FindingCode, Severity
from orderlib.review.message import AssessmentAdvised
from orderlib.review.record import Assessment, Opinion, ReviewRound
from orderlib.review.sitting import circumstances, inputs_of, order_of, spoken
from orderlib.review.slice import ReviewCase, ReviewPolicies, assessor
from orderlib.values.decision import Decided, Decision
from orderlib.values.dispatch import View
from orderlib.values.message import Event, Stamp

__all__ = ["CREDIT_MOVED", "Moved", "credit_moved"]

CREDIT_MOVED: Final = FindingCode(
    "review.credit-moved",
    Severity.WARNING,
    "the customer's credit is no longer what {discipline} judged",
    "客户信用状况已变化，与 {discipline} 评估时不同",
)

_CREDIT: Final = "assess_credit"


@attrs.frozen
class Moved:
    """What the panel hears of credit that moved, and what still needs a person's word."""

    events: tuple[Event, ...] = ()
    unsaid: tuple[Finding, ...] = ()


def credit_moved(view: View[ReviewCase], current: ReviewRound, stamp: Stamp, policies: ReviewPolicies) -> Moved:
    """Ask the credit assessor again for the seats that it helped to fill.

    Where credit is enough now, unknown, or just as short as it was, nothing has moved. Else a seat that policies filled
    is filled anew, and whoever filled one in person on their advice is told, and has to speak again.
    """
    events: list[Event] = []
    unsaid: list[Finding] = []
    for assessment in current.assessments:
        told = tuple(_told(view, current, assessment, stamp, policies))
        events += told
        if told and isinstance(told[-1], AssessmentAdvised):
            unsaid.append(CREDIT_MOVED(f"/assessments/{assessment.discipline}", discipline=assessment.discipline))
    return Moved(tuple(events), tuple(unsaid))


def _told(
    view: View[ReviewCase], current: ReviewRound, assessment: Assessment, stamp: Stamp, policies: ReviewPolicies
) -> Iterator[Event]:
    seat = current.seats[assessment.discipline]
    asked = assessment.automatic or assessment.advised  # else a person judged without a policy's word
    if assessment.state != "submitted" or not asked or _CREDIT not in seat.assessors:
        return
    order, seen = order_of(view.case), circumstances(view, stamp)
    now = assessor(policies, _CREDIT)(order, seen)
    known = (*assessment.findings, *assessment.advice)
    if now.ruling in (Opinion.ACCEPT, Opinion.REVIEW) or all(reason in known for reason in now.reasons):
        return
    yield Decided(stamp, _CREDIT, now, inputs_of(seen))
    if not assessment.automatic:
        yield AssessmentAdvised(stamp, assessment.discipline, now.ruling, (*assessment.advice, *now.reasons))
        return
    decisions: list[Decision[Opinion]] = [now]
    for slot in seat.assessors:
        if slot != _CREDIT:
            decisions.append(assessor(policies, slot)(order, seen))
            yield Decided(stamp, slot, decisions[-1], inputs_of(seen))
    yield spoken(assessment, seat, decisions, stamp)
