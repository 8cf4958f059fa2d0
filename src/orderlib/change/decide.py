"""Deciding changes: our word on what the customer wants, the customer's on what we propose and what it costs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

import attrs

from orderlib.change.charging import charged, needs_word, quoted
from orderlib.change.consent import applied, consented, open_offer
from orderlib.change.firm import revision_of, unwanted
from orderlib.change.message import (
    AnswerChange,
    ChangeAccepted,
    ChangeAgreed,
    ChangeCountered,
    ChangeDeclined,
    ChangeProposed,
    ChangeRejected,
    ChangeRequested,
    DecideChange,
)
from orderlib.change.policy import ImpactDecision
from orderlib.change.record import ChangeImpact, ChangeRequest, Consent, Side
from orderlib.change.request import NOTHING, REASON, assessed, found_request, used_id
from orderlib.change.slice import ChangeCase, ChangePolicies, order_of
from orderlib.errors import Finding, FindingCode, RefusedError, Severity
from orderlib.order.field import Aspect
from orderlib.order.record import Order
from orderlib.values.decision import Decided
from orderlib.values.dispatch import View
from orderlib.values.identifier import DocumentId
from orderlib.values.instant import later
from orderlib.values.message import Event, Stamp
from orderlib.values.money import Money

__all__ = ["answer", "carried_out", "decide"]

BOTH: Final = FindingCode(
    "change.accepted-and-countered",
    Severity.ERROR,
    "a change is accepted as it stands or answered by another, not both",
    "变更要么原样接受，要么还盘，不能同时进行",
)
OWN_COUNTER: Final = FindingCode(
    "change.own-countered", Severity.ERROR, "what we want ourselves is not countered", "我方提出的变更不能还盘"
)
NOT_PROPOSED: Final = FindingCode(
    "change.not-proposed",
    Severity.ERROR,
    "change {id} is {state}; the customer was not asked for it",
    "变更 {id} 处于 {state}，并未向客户提议",
)
IMPOSSIBLE: Final = FindingCode("change.impossible", Severity.ERROR, "it cannot be done any more", "已无法执行")


def _answer(order: Order, known: ChangeRequest) -> dict[str, Any]:
    return {"change_id": known.id, "order_id": order.id, "customer": order.buyer, "sequence": known.sequence}


def _possible(
    view: View[ChangeCase], stamp: Stamp, known: ChangeRequest, policies: ChangePolicies
) -> tuple[Decided, Order, ImpactDecision]:
    """The change as it would be applied now; raises `RefusedError` where it cannot be."""
    revised, wrong = revision_of(view.case, order_of(view.case), known.wanted)
    if wrong or revised is None:
        raise RefusedError(*wrong)
    impact = assessed(view, known, revised, policies)
    if impact.ruling is ChangeImpact.IMPOSSIBLE:
        raise RefusedError(IMPOSSIBLE("/wanted"), *impact.reasons)
    return Decided(stamp, "change_impact", impact, (("wanted", known.wanted),)), revised, impact


def decide(view: View[ChangeCase], command: DecideChange, policies: ChangePolicies) -> Iterable[Event]:
    """Our word on a change."""
    known = found_request(view.case, command.change_id, "reject")
    wrong = [*_contradictory(known, command)]
    if wrong:
        raise RefusedError(*wrong)
    stamp = command.stamp()
    if command.accept:
        return tuple(_accepted(view, stamp, known, command.charge, policies))
    if command.counter is not None:
        return tuple(_countered(view, stamp, known, command, policies))
    return (ChangeRejected(stamp, **_answer(order_of(view.case), known)),)


def _contradictory(known: ChangeRequest, command: DecideChange) -> Iterator[Finding]:
    if command.counter is not None:
        if command.accept:
            yield BOTH("/counter")
        elif known.side is Side.SUPPLIER:
            yield OWN_COUNTER("/counter")
        if not command.counter:
            yield NOTHING("/counter")
    elif not command.accept and not command.reason:
        yield REASON("/reason")


def _accepted(
    view: View[ChangeCase], stamp: Stamp, known: ChangeRequest, given: Money | None, policies: ChangePolicies
) -> Iterator[Event]:
    order = order_of(view.case)
    decided, revised, impact = _possible(view, stamp, known, policies)
    yield decided
    asked, consent = consented(view, stamp, known.wanted, revised, side=known.side, by=stamp.by, policies=policies)
    yield from asked
    if known.side is Side.SUPPLIER and not known.wanted.aspects <= {Aspect.OTHER}:
        due_at = later(stamp.recorded_at, impact.answer_within)
        yield ChangeProposed(stamp, **_answer(order, known), wanted=known.wanted, due_at=due_at, consent=consent)
        return
    if known.side is Side.CUSTOMER:
        spare = unwanted(view.case.ledger.lines, known.wanted)
        charge = charged(view, stamp, spare, policies, given)
        unsaid = tuple(needs_word(charge))
        if unsaid:
            raise RefusedError(*unsaid)
        yield Decided(stamp, "charge", charge)
        about = () if known.wanted.header is not None else sorted(known.wanted.line_ids)
        asking = quoted(view.case, stamp, known.id, about, charge, consent)
        if asking:
            yield from asking
            return
    yield ChangeAccepted(stamp, **_answer(order, known))
    yield from applied(view, stamp, known, consent)


def _countered(
    view: View[ChangeCase], stamp: Stamp, known: ChangeRequest, command: DecideChange, policies: ChangePolicies
) -> Iterator[Event]:
    """The customer's wish as it stands is answered by a proposal of ours."""
    order, counter = order_of(view.case), command.counter
    assert counter is not None  # noqa: S101 - the caller looked
    ours = ChangeRequest(
        id=DocumentId(f"{known.id}/counter"),
        cause=known.cause,
        side=Side.SUPPLIER,
        wanted=counter,
        by=stamp.by,
        requested_at=stamp.occurred_at,
        due_at=stamp.recorded_at,
        reason=command.reason,
        answers=known.id,
    )
    wrong = tuple(used_id(view.case, ours.id, "/counter"))
    if wrong:
        raise RefusedError(*wrong)
    decided, revised, impact = _possible(view, stamp, ours, policies)
    due_at = later(stamp.recorded_at, impact.answer_within)
    asked, consent = consented(view, stamp, counter, revised, side=Side.SUPPLIER, by=stamp.by, policies=policies)
    yield from (decided, *asked)
    yield ChangeCountered(stamp, **_answer(order, known))
    yield ChangeRequested(stamp, attrs.evolve(ours, due_at=due_at))
    yield ChangeProposed(stamp, **_answer(order, ours), wanted=counter, due_at=due_at, consent=consent)


def answer(view: View[ChangeCase], command: AnswerChange, policies: ChangePolicies) -> Iterable[Event]:
    """The customer's word on what we proposed."""
    known = found_request(view.case, command.change_id, "decline")
    if known.state != "proposed":
        raise RefusedError(NOT_PROPOSED("/change_id", id=known.id, state=known.state))
    stamp = command.stamp()
    if not command.agrees:
        return (ChangeDeclined(stamp, known.id),)
    decided, _, _ = _possible(view, stamp, known, policies)
    consent, offer = known.consent or Consent(by=stamp.by), open_offer(view.case)
    # where the counter-offer has no other conditions, what we proposed is the counter-offer
    agrees = offer is not None and not offer.conditions
    return (decided, ChangeAgreed(stamp, known.id), *applied(view, stamp, known, consent, agrees=agrees))


def carried_out(
    view: View[ChangeCase], stamp: Stamp, known: ChangeRequest, policies: ChangePolicies
) -> Iterable[Event]:
    """A change whose charge the customer has accepted."""
    decided, _, _ = _possible(view, stamp, known, policies)
    accepted = ChangeAccepted(stamp, **_answer(order_of(view.case), known))
    return (decided, accepted, *applied(view, stamp, known, known.consent or Consent(by=stamp.by)))
