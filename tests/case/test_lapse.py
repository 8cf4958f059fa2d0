"""What lapsed before a command's moment comes first, and is told to whoever shares in it."""

from __future__ import annotations

import pytest
from build import CLERK, at, order
from settling import AUTHOR, CARRIER, CUSTOMER, ISSUER, Settling, eur, of_kind

from orderlib.account.message import AccountOpened, DunningLevelSet, ExposureSet, OpenAccount
from orderlib.account.process import evolve
from orderlib.case import deciding
from orderlib.case.deciding import needs
from orderlib.case.message import AdoptOrder, PassTime
from orderlib.desk.desk import OrderDesk
from orderlib.errors import RefusedError
from orderlib.fulfilment.message import ReportDespatched, ReportReceived
from orderlib.hold.message import HoldExpired, PlaceHold
from orderlib.ledger.record import LineQuantity
from orderlib.planning.message import ReleaseOrder
from orderlib.settlement.message import ConfirmStatement, DraftStatement, InvoiceDunned, IssueInvoice, ReportPayment
from orderlib.simulation.clock import WorldClock
from orderlib.values.dispatch import Gate
from orderlib.values.identifier import CommandId
from orderlib.values.instant import instant
from orderlib.values.key import Key
from orderlib.values.message import Stamp
from orderlib.values.party import SYSTEM, Actor
from orderlib.values.port import SequentialIds

ACCOUNT = Key("account", "C1")


def held(story, until):
    """The story with a hold that lapses by itself."""
    story.tell(PlaceHold("case-1", {Gate.CLOSE}, hold_id="H", by=CLERK, reason="x", expires_at=until))
    return story


def account(story):
    """An open account of the customer."""
    return evolve(None, AccountOpened(Stamp(CommandId("a"), CLERK, story.now, story.now), "C1", "EUR", None))


def overdue():
    """An order with an invoice whose reminder goes out before the middle of April."""
    story = Settling()
    story.deliver(("10", 1))
    story.bill()
    return story


def test_a_late_refusal_names_the_lapse_and_works_out_the_rest_when_it_is_read(monkeypatch):
    """Refusing costs next to nothing until somebody asks what would have been allowed."""
    asked = []
    told = deciding.allowed
    monkeypatch.setattr(deciding, "allowed", lambda case, policies: asked.append(case) or told(case, policies))
    story = held(Settling(), at(3, 12))
    with pytest.raises(RefusedError) as caught:
        story.tell(ReleaseOrder("case-1", by=Actor("lin", "planning"), at=at(4)))
    assert asked == []
    assert [finding.code for finding in caught.value.findings] == ["command.impossible", "command.after-lapse"]
    assert dict(caught.value.findings[1].evidence) == {"lapse": HoldExpired.__name__}
    assert "DespatchGoods" in caught.value.allowed
    assert len(asked) == 1
    assert not asked[0].holds.standing


def test_time_shows_a_reminder_to_the_customers_account():
    """The account's level rises in the same commit as the reminder goes out, and so does what it exposes."""
    story = overdue()
    tick = PassTime("case-1", by=SYSTEM, at="2026-04-16T00:00:00Z", id="t")
    assert needs(story.case, tick).keys == (ACCOUNT,)
    early = PassTime("case-1", by=SYSTEM, at=at(3), id="t")
    assert needs(story.case, early).keys == ()
    story.tell(tick, streams={ACCOUNT: account(story)})
    assert story.names == ["InvoiceDunned", "ExposureSet", "DunningLevelSet"]
    assert story.one(DunningLevelSet).level == 1


def test_a_command_that_brings_the_time_with_it_tells_the_account_once():
    """What lapsed first is there for the command that follows: neither level nor exposure is told twice."""
    story = overdue()
    paid = ReportPayment("case-1", "p-1", eur("1"), by=AUTHOR, at="2026-04-16T00:00:00Z")
    story.tell(paid, streams={ACCOUNT: account(story)})
    assert len(of_kind(story.events, InvoiceDunned)) == 1
    assert [event.level for event in of_kind(story.events, DunningLevelSet)] == [1]
    owed = story.record.invoices[story.invoice.id].open
    assert [event.receivable for event in of_kind(story.events, ExposureSet)] == [owed + eur("1"), owed]


def test_without_an_account_a_reminder_is_just_a_reminder():
    """And a lapse that is no reminder does not touch an account."""
    story = overdue()
    story.tell(PassTime("case-1", by=SYSTEM, at="2026-04-16T00:00:00Z"), streams={ACCOUNT: None})
    assert story.names == ["InvoiceDunned"]
    quiet = held(overdue(), at(3, 12))
    quiet.tell(PassTime("case-1", by=SYSTEM, at=at(3, 13)), streams={ACCOUNT: account(quiet)})
    assert quiet.names == ["HoldExpired"]


def test_a_desk_keeps_reminder_and_level_in_one_commit():
    """Nobody has to give another command before the next order sees the level."""
    clock = WorldClock(at())
    desk = OrderDesk(clock=clock, ids=SequentialIds("i"))
    desk.handle(OpenAccount("C1", currency="EUR", by=AUTHOR))
    desk.handle(AdoptOrder(order(), "in_execution", case_id="case-1", by=CLERK))
    three = [LineQuantity("10", 3)]
    desk.handle(ReportDespatched("case-1", three, "d", by=CARRIER))
    desk.handle(ReportReceived("case-1", "d", three, by=CARRIER))
    statement = desk.handle(DraftStatement("case-1", by=AUTHOR)).case.settlement.live[-1].id
    desk.handle(ConfirmStatement("case-1", statement, by=CUSTOMER))
    desk.handle(IssueInvoice("case-1", statement, by=ISSUER))
    clock.wait_until(instant("2026-04-16T00:00:00Z"))
    (outcome,) = desk.pass_time()
    assert [type(event).__name__ for event in outcome.events][-2:] == ["InvoiceDunned", "DunningLevelSet"]
    assert desk.repository.load(ACCOUNT).dunning_level == 1
    commit = desk.repository.committed(outcome.command.id)
    assert {change.key for change in commit.changes} == {outcome.case.key, ACCOUNT}
    (invoice,) = outcome.case.settlement.invoices
    desk.handle(ReportPayment("case-1", "p-1", invoice.open, invoice.id, by=AUTHOR))
    assert desk.repository.load(ACCOUNT).dunning_level == 0
