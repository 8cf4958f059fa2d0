"""Agreements decide their commands; each move is one of the declared lifecycle."""

from __future__ import annotations

from decimal import Decimal, localcontext

import attrs
import pytest

from orderlib.agreement.message import (
    AgreementDrafted,
    AgreementExhausted,
    AgreementExpired,
    AgreementSigned,
    CallOffConsumed,
    CallOffReleased,
    CallOffReserved,
    DraftAgreement,
    ResumeAgreement,
    SignAgreement,
    SuspendAgreement,
    TerminateAgreement,
)
from orderlib.agreement.process import consume, decide, evolve, lapse, release
from orderlib.agreement.record import ItemQuantity
from orderlib.errors import InvalidValueError, RefusedError
from orderlib.values.instant import instant
from orderlib.values.key import Key
from orderlib.values.message import Command
from orderlib.values.party import Actor

MEI = Actor("mei", "sales")
LATE = "2027-01-01T00:00:00Z"


def refusal(act, *arguments, **more):
    """Codes and allowed commands of the refusal."""
    with pytest.raises(RefusedError) as caught:
        act(*arguments, **more)
    return [each.code for each in caught.value.findings], caught.value.allowed


def pumps(quantity):
    """So many pumps."""
    return (ItemQuantity("P-7", quantity),)


def test_an_agreement_lives_from_draft_to_termination(agreement, act):
    """Drafted, signed, suspended, resumed, terminated; every event counts."""
    account = act(None, DraftAgreement, agreement)
    states = [account.state]
    for kind, reason in [
        (SignAgreement, ""),
        (SuspendAgreement, "late payment"),
        (ResumeAgreement, ""),
        (TerminateAgreement, "by notice"),
    ]:
        account = act(account, kind, "A-1", reason=reason)
        states.append(account.state)
    assert states == ["drafted", "in_force", "suspended", "in_force", "terminated"]
    assert account.version == 5
    assert account.next_due is None


def test_commands_and_events_address_the_agreement(agreement, stamp):
    """One stream for each."""
    assert DraftAgreement(agreement, by=MEI).target == Key("agreement", "A-1")
    assert SignAgreement("A-1", by=MEI).target == Key("agreement", "A-1")
    assert AgreementDrafted(stamp, agreement).stream_id == "A-1"
    assert AgreementSigned(stamp, "A-1").stream_id == "A-1"
    assert AgreementDrafted.kind == AgreementSigned.kind == SignAgreement.kind == DraftAgreement.kind == "agreement"


def test_what_is_not_possible_is_refused_with_what_is(in_force, agreement, act):
    """Every reason, and the commands that would be taken."""
    assert refusal(act, in_force, SignAgreement, "A-1") == (
        ["chart.no-move"],
        ("SuspendAgreement", "TerminateAgreement"),
    )
    assert refusal(act, in_force, ResumeAgreement, "A-1")[0] == ["chart.no-move"]
    assert refusal(act, in_force, DraftAgreement, agreement)[0] == ["agreement.exists"]
    assert refusal(act, None, SignAgreement, "A-1") == (["agreement.unknown"], ("DraftAgreement",))


def test_stopping_needs_a_reason(in_force, act):
    """To suspend and to terminate; all that is wrong is said at once."""
    assert refusal(act, in_force, SuspendAgreement, "A-1")[0] == ["agreement.reason-missing"]
    suspended = act(in_force, SuspendAgreement, "A-1", reason="x")
    assert refusal(act, suspended, SuspendAgreement, "A-1")[0] == ["agreement.reason-missing", "chart.no-move"]


def test_other_commands_are_refused(in_force):
    """Each kind of stream takes its own."""
    with pytest.raises(RefusedError) as caught:
        decide(in_force, Command(by=MEI))
    assert caught.value.code == "agreement.unknown-command"


def test_an_agreement_expires_when_its_term_is_over(in_force, agreement, act, stamp):
    """It happens at that moment, however late somebody looks."""
    assert in_force.next_due == instant(LATE)
    assert lapse(in_force, instant("2026-12-31T23:59:59Z"), stamp) == ()
    (expired,) = lapse(in_force, instant("2027-05-01T00:00:00Z"), stamp)
    assert isinstance(expired, AgreementExpired)
    assert expired.occurred_at == instant(LATE)
    assert expired.recorded_at == stamp.recorded_at
    after = evolve(in_force, expired)
    assert (after.state, after.next_due) == ("expired", None)
    assert lapse(after, instant("2027-05-01T00:00:00Z"), stamp) == ()
    assert lapse(None, instant(LATE), stamp) == ()


def test_a_command_after_the_term_comes_too_late(in_force, agreement, act):
    """The term ends first, and the refusal says so; nothing is changed by it."""
    found, allowed = refusal(act, in_force, SuspendAgreement, "A-1", at=LATE, reason="x")
    assert found == ["chart.no-move", "agreement.after-lapse"]
    assert allowed == ()
    draft = act(None, DraftAgreement, agreement)
    assert refusal(act, draft, SignAgreement, "A-1", at=LATE)[0] == ["chart.no-move", "agreement.after-lapse"]


def test_reserving_releasing_consuming_are_counted(in_force, stamp):
    """Per case and per item; a delivery takes first what its case had set aside."""
    account = evolve(in_force, CallOffReserved(stamp, "A-1", "case-1", pumps(4)))
    account = evolve(account, CallOffReserved(stamp, "A-1", "case-2", pumps(3)))
    assert account.left("P-7") == 3
    for event in consume(account, "case-1", pumps(1), stamp):
        account = evolve(account, event)
    balance = account.balances["P-7"]
    assert (balance.reserved, balance.consumed, balance.called_off) == (6, 1, 7)
    assert account.call_offs["case-1"].reserved == pumps(3)
    for event in release(account, "case-2", stamp):
        account = evolve(account, event)
    assert account.left("P-7") == 6
    assert account.call_offs["case-2"].reserved == ()
    assert release(account, "case-2", stamp) == ()
    assert release(account, "case-9", stamp) == ()


def test_a_case_gives_back_no_more_than_it_has(in_force, stamp):
    """However much a history says."""
    account = evolve(in_force, CallOffReserved(stamp, "A-1", "case-1", pumps(4)))
    account = evolve(account, CallOffReleased(stamp, "A-1", "case-1", (*pumps(9), ItemQuantity("V-1", 1))))
    assert account.balances["P-7"].reserved == 0
    assert account.call_offs["case-1"].reserved == ()


def test_a_delivery_counts_beyond_what_was_reserved(in_force, stamp):
    """A fact is never lost, whatever the agreement's state; nothing delivered is no event."""
    assert consume(in_force, "case-1", pumps(0), stamp) == ()
    (event,) = consume(in_force, "case-1", pumps(12), stamp)
    assert isinstance(event, CallOffConsumed)
    account = evolve(in_force, event)
    assert account.balances["P-7"].consumed == 12
    assert account.left("P-7") == 0


def test_the_last_delivery_exhausts_the_agreement(agreement, act, stamp):
    """Where every item is bounded, and only once."""
    bounded = attrs.evolve(agreement, items=[agreement.items["P-7"]])
    account = act(act(None, DraftAgreement, bounded), SignAgreement, "A-1")
    assert len(consume(account, "case-1", pumps(9), stamp)) == 1
    events = consume(account, "case-1", pumps(10), stamp)
    assert [type(event) for event in events] == [CallOffConsumed, AgreementExhausted]
    for event in events:
        account = evolve(account, event)
    assert account.state == "exhausted"
    assert [type(event) for event in consume(account, "case-1", pumps(1), stamp)] == [CallOffConsumed]


def test_a_history_that_cannot_be_is_refused(in_force, agreement, stamp):
    """Drafted twice, nothing drafted, a move that is none, another kind of event."""
    for account, event in [
        (in_force, AgreementDrafted(stamp, agreement)),
        (None, AgreementSigned(stamp, "A-1")),
        (in_force, AgreementSigned(stamp, "A-1")),
        (in_force, stamp),
    ]:
        with pytest.raises(InvalidValueError) as caught:
            evolve(account, event)
        assert caught.value.code == "agreement.impossible-event"


def test_sums_are_exact_whatever_the_context(in_force, stamp):
    """The ambient decimal context has no say."""
    with localcontext() as context:
        context.prec = 3
        account = evolve(in_force, CallOffReserved(stamp, "A-1", "case-1", pumps("1234.5678")))
        account = evolve(account, CallOffReserved(stamp, "A-1", "case-1", pumps("0.0001")))
    assert account.balances["P-7"].reserved == Decimal("1234.5679")
