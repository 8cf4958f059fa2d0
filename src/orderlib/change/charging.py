"""What a change or cancellation costs the customer: quoted first, and never twice at once for the same line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import attrs

from orderlib.change.message import ChargeQuoted
from orderlib.change.policy import ChargeDecision
from orderlib.change.record import Charge, ChargeRuling, Consent
from orderlib.change.slice import ChangeCase, ChangePolicies, log_of, order_of
from orderlib.errors import Finding, FindingCode, RefusedError, Severity
from orderlib.ledger.record import LineQuantity
from orderlib.values.dispatch import View
from orderlib.values.identifier import DocumentId
from orderlib.values.instant import later
from orderlib.values.message import Event, Stamp
from orderlib.values.money import Money

__all__ = ["charged", "needs_word", "quoted"]

CURRENCY: Final = FindingCode(
    "charge.currency",
    Severity.ERROR,
    "a charge in {found} where the order is in {expected}",
    "费用币种 {found} 与订单币种 {expected} 不符",
)
NEGATIVE: Final = FindingCode("charge.negative", Severity.ERROR, "a charge of {amount} cannot be", "费用 {amount} 无效")
NEEDS_WORD: Final = FindingCode(
    "charge.needs-word", Severity.ERROR, "somebody has to say what it costs", "需要有人确定费用"
)
OPEN_ALREADY: Final = FindingCode(
    "charge.open-already",
    Severity.ERROR,
    "charge {charge} is open on the same lines",
    "相同行上的费用 {charge} 尚未答复",
)


def charged(
    view: View[ChangeCase],
    stamp: Stamp,
    unwanted: tuple[LineQuantity, ...],
    policies: ChangePolicies,
    given: Money | None,
) -> ChargeDecision:
    """What it costs: the policy's word, or a person's beside it. Raises `RefusedError` (`charge.*`)."""
    order = order_of(view.case)
    if given is not None:
        if given.currency != order.currency:
            raise RefusedError(CURRENCY("/charge/currency", found=given.currency, expected=order.currency))
        if given.minor < 0:
            raise RefusedError(NEGATIVE("/charge", amount=given))
    said = policies.charge(order, unwanted)
    decision = (
        said if isinstance(said, ChargeDecision) else ChargeDecision(said.outcome, said.reasons, policy=said.policy)
    )
    if given is None:
        return decision
    outcome = ChargeRuling.QUOTED if given.minor else ChargeRuling.NONE
    decision = attrs.evolve(decision, amount=given if given.minor else None)
    return decision.overridden(outcome, by=stamp.by, reason=stamp.reason or "a person's word")


def needs_word(decision: ChargeDecision) -> Iterator[Finding]:
    """Why a person has to say what it costs, where the policy cannot."""
    if decision.ruling is ChargeRuling.REVIEW or (decision.ruling is ChargeRuling.QUOTED and decision.amount is None):
        yield NEEDS_WORD("/charge")
        yield from decision.reasons


def quoted(
    case: ChangeCase,
    stamp: Stamp,
    about: DocumentId,
    lines: Iterable[str],
    decision: ChargeDecision,
    consent: Consent | None = None,
) -> tuple[Event, ...]:
    """The charge is put to the customer; nothing where there is none.

    Raises `RefusedError` (`charge.open-already`): never two open charges on one line, nor one on the order beside
    one on a line (MEF 123, R83).
    """
    amount = decision.amount
    if decision.ruling is not ChargeRuling.QUOTED or amount is None:
        return ()
    line_ids = tuple(lines)
    clash = [
        OPEN_ALREADY(f"/change/charges/{each.id}", charge=each.id)
        for each in log_of(case).open_charges
        if not each.line_ids or not line_ids or not set(each.line_ids).isdisjoint(line_ids)
    ]
    if clash:
        raise RefusedError(*clash)
    charge = Charge(
        id=DocumentId(f"{about}/charge"),
        about=about,
        amount=amount,
        line_ids=line_ids,
        reasons=decision.reasons,
        due_at=later(stamp.recorded_at, decision.answer_within),
    )
    return (ChargeQuoted(stamp, charge, consent),)
