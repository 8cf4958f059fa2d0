"""The desk loads, decides, saves and tells; a plain one and one that awaits do the same."""

from __future__ import annotations

import asyncio

import attrs
import pytest
from build import CLERK, SELLER, at, order

from orderlib.account.message import OpenAccount
from orderlib.case.message import PassTime
from orderlib.case.repository import CONCURRENCY
from orderlib.desk.desk import AsyncOrderDesk, OrderDesk
from orderlib.desk.memory import InMemoryRepository
from orderlib.errors import (
    CommandReusedError,
    ConcurrencyError,
    InvalidValueError,
    PolicyError,
    RefusedError,
    UnknownKeyError,
)
from orderlib.fulfilment.message import ReportReceived
from orderlib.hold.message import PlaceHold
from orderlib.intake.message import ReceiveOrder, ScreenOrder
from orderlib.ledger.record import LineQuantity
from orderlib.planning.message import ReleaseOrder
from orderlib.simulation.clock import WorldClock
from orderlib.values.dispatch import Gate
from orderlib.values.fact import Facts
from orderlib.values.instant import instant
from orderlib.values.key import Key
from orderlib.values.money import Money
from orderlib.values.port import SequentialIds


def a_desk(repository=None, **more):
    """A desk with a clock that stands still, and ids that count."""
    return OrderDesk(repository, clock=WorldClock(at()), ids=SequentialIds("id-"), **more)


def received(desk, case_id="case-1"):
    """An order at the desk."""
    return desk.handle(ReceiveOrder(order(), case_id=case_id, by=CLERK)).case


class Rival(InMemoryRepository):
    """Somebody else is faster, so many times."""

    def __init__(self, times):
        super().__init__()
        self.times = times

    def save(self, commit, /):
        """Lose, then keep."""
        if self.times > 0:
            self.times -= 1
            raise ConcurrencyError(CONCURRENCY(key=commit.key, expected=0, found=1))
        super().save(commit)


class Awaited:
    """The repository of an asynchronous program."""

    def __init__(self):
        self.kept = InMemoryRepository()

    async def load(self, key, /):
        """As the plain one."""
        return self.kept.load(key)

    async def find(self, kind, reference, /):
        """As the plain one."""
        return self.kept.find(kind, reference)

    async def due(self, before, /):
        """As the plain one."""
        return self.kept.due(before)

    async def committed(self, command_id, /):
        """As the plain one."""
        return self.kept.committed(command_id)

    async def save(self, commit, /):
        """As the plain one."""
        self.kept.save(commit)


def test_the_desk_stamps_what_a_command_leaves_out():
    """Id, moment and the id of a new case come from the ports."""
    outcome = a_desk().handle(ReceiveOrder(order(), by=CLERK))
    assert (outcome.command.id, outcome.command.at, outcome.case.id) == ("id-1", instant(at()), "id-2")
    assert {event.stamp.cause for event in outcome.events} == {"id-1"}


def test_a_retry_gets_the_first_outcome_again():
    """The same id and content change nothing the second time, and nobody is told twice."""
    desk, heard = a_desk(), []
    received(desk)
    desk.subscribe(heard.append)
    command = PlaceHold("case-1", {Gate.CLOSE}, by=CLERK, id="once", reason="later")
    first, again = desk.handle(command), desk.handle(command)
    assert again.replayed
    assert not first.replayed
    assert (again.events, again.case.version) == (first.events, first.case.version)
    assert len(heard) == 1


def test_a_retry_that_founds_a_case_finds_the_one_that_it_founded():
    """The id that the desk gave the first time is the one that comes back."""
    desk = a_desk()
    command = ReceiveOrder(order(), by=CLERK, id="once")
    assert desk.handle(command).case.id == desk.handle(command).case.id


def test_another_content_under_a_known_id_is_an_error():
    """Nothing is kept of it."""
    desk = a_desk()
    received(desk)
    desk.handle(PlaceHold("case-1", {Gate.CLOSE}, by=CLERK, id="once", reason="later"))
    before = desk.load("case-1")
    with pytest.raises(CommandReusedError):
        desk.handle(PlaceHold("case-1", {Gate.CLOSE}, by=CLERK, id="once", reason="something else"))
    assert desk.load("case-1") is before


def test_a_preview_keeps_nothing_and_tells_nobody():
    """It shows the case before and after, and every place that would differ."""
    desk, heard = a_desk(), []
    case = received(desk)
    desk.subscribe(heard.append)
    preview = desk.preview(ScreenOrder("case-1", by=CLERK))
    assert (preview.before.state, preview.case.state) == ("received", "in_review")
    assert preview.decision is not None
    assert "/state" in {change.address for change in preview.changes}
    assert desk.load("case-1") == case
    assert heard == []


def test_a_preview_of_a_case_that_is_not_there_yet_begins_with_nothing():
    """Founding can be tried as well."""
    preview = a_desk().preview(ReceiveOrder(order(), case_id="case-1", by=CLERK))
    assert (preview.before.version, preview.case.state) == (0, "received")


def test_who_lost_a_race_decides_anew():
    """The outcome is that of the winner's successor; too many losses are an error, and nothing is kept."""
    desk = a_desk(Rival(3))
    assert received(desk).state == "received"
    tired = a_desk(Rival(3), attempts=3)
    with pytest.raises(ConcurrencyError):
        received(tired)
    assert len(tired.repository) == 0


def test_a_refusal_names_what_is_allowed_and_keeps_nothing():
    """The same commands that `allowed` offers."""
    desk = a_desk()
    case = received(desk)
    with pytest.raises(RefusedError) as caught:
        desk.handle(ReleaseOrder("case-1", by=CLERK))
    assert set(caught.value.allowed) == {offer.command for offer in desk.allowed(case)}
    assert desk.load("case-1") is case


def test_a_policy_that_fails_changes_nothing():
    """The error names it."""
    desk = a_desk()
    received(desk)
    broken = a_desk(desk.repository, policies=desk.policies.replaced(screening=lambda order, submission, /: None))
    with pytest.raises(PolicyError):
        broken.handle(ScreenOrder("case-1", by=CLERK))
    assert desk.load("case-1").state == "received"


def test_policies_see_the_facts_that_the_application_hands_in():
    """The port is asked with the case and the command."""
    asked = []

    def facts(case, command, /):
        asked.append((case.version, type(command).__name__))
        return Facts()

    received(a_desk(facts=facts))
    assert asked == [(0, "ReceiveOrder")]


def test_a_subscriber_hears_until_it_leaves():
    """And hears nothing of what led to no event."""
    desk, heard = a_desk(), []
    leave = desk.subscribe(lambda outcome: heard.append(type(outcome.events[-1]).__name__))
    received(desk)
    leave()
    received(desk, "case-2")
    assert heard == ["OrderReceived"]


def test_a_command_to_a_shared_stream_has_a_state_and_no_case():
    """The stream's own state is there."""
    desk = a_desk()
    outcome = desk.handle(OpenAccount("C1", "EUR", Money("100", "EUR"), by=SELLER))
    assert outcome.state.position().available == Money("100", "EUR")
    assert outcome.decision is None
    with pytest.raises(TypeError):
        _ = outcome.case


def test_time_passes_for_all_streams_that_have_something_due():
    """Each of them gets the command, soonest first."""
    desk = a_desk()
    for number in (1, 2):
        received(desk, f"case-{number}")
        hold = PlaceHold(f"case-{number}", {Gate.CLOSE}, by=CLERK, reason="x", expires_at=instant(at(12 - number)))
        desk.handle(hold)
    assert desk.pass_time(instant(at(3))) == ()
    outcomes = desk.pass_time(instant(at(20)))
    assert [outcome.case.id for outcome in outcomes] == ["case-1", "case-2"]
    assert all(not outcome.case.holds.standing for outcome in outcomes)


def test_a_case_that_nobody_knows_is_an_error():
    """Loading founds nothing."""
    with pytest.raises(UnknownKeyError):
        a_desk().load("case-9")


def test_the_desk_that_awaits_does_the_same():
    """The same events, the same preview, the same retry, on a repository of coroutines."""
    plain = a_desk()
    expected = plain.handle(ReceiveOrder(order(), case_id="case-1", by=CLERK, id="one"))

    async def story():
        desk = AsyncOrderDesk(Awaited(), clock=WorldClock(at()), ids=SequentialIds("id-"))
        command = ReceiveOrder(order(), case_id="case-1", by=CLERK, id="one")
        first = await desk.handle(command)
        again = await desk.handle(command)
        preview = await desk.preview(ScreenOrder("case-1", by=CLERK))
        with pytest.raises(RefusedError):
            await desk.handle(ReleaseOrder("case-1", by=CLERK))
        account = await desk.handle(OpenAccount("C1", "EUR", by=SELLER))
        return first, again, preview, account

    first, again, preview, account = asyncio.run(story())
    assert first.events == expected.events
    assert again.replayed
    assert preview.case.state == "in_review"
    assert account.state.version == 1


def test_without_arguments_the_desk_reads_the_systems_clock():
    """And gives random ids."""
    outcome = OrderDesk().handle(ReceiveOrder(order(), by=CLERK))
    assert outcome.command.at is not None
    assert len({outcome.command.id, outcome.case.id}) == 2


def test_everything_that_touches_two_streams_is_kept_in_one_commit():
    """A commit names each stream with the version that was expected."""
    desk = a_desk()
    received(desk)
    commit = desk.repository.committed("id-1") or desk.repository.committed("id-2")
    assert commit.change(Key("case", "case-1")).expected == 0
    assert commit.change(Key("case", "nothing")) is None
    assert attrs.evolve(commit, command=attrs.evolve(commit.command, at=instant(at(9)))).digest == commit.digest


def test_a_report_about_a_case_that_nobody_began_is_mistaken_in_its_id():
    """It founds no case; nor does time. An order that is announced may be held before it comes."""
    desk = a_desk()
    unknown = (
        ReportReceived("case-9", "d-1", [LineQuantity("10", 1)], by=CLERK),
        PassTime("case-9", by=CLERK),
    )
    for command in unknown:
        for give in (desk.handle, desk.preview):
            with pytest.raises(UnknownKeyError) as caught:
                give(command)
            assert caught.value.code == "repository.unknown-key"
    assert desk.repository.keys() == ()
    desk.handle(PlaceHold("case-9", {Gate.RELEASE}, by=CLERK, reason="the customer has called to warn us"))
    assert desk.handle(ReceiveOrder(order(), case_id="case-9", by=CLERK)).case.holds.standing


def test_facts_that_are_none_are_named():
    """A port that answers something else is told so; the policies are not to blame."""
    desk = a_desk(facts=lambda _case, _command: None)
    with pytest.raises(InvalidValueError) as caught:
        desk.handle(ReceiveOrder(order(), case_id="case-1", by=CLERK))
    assert caught.value.code == "desk.facts"
    assert len(desk.repository) == 0


def test_every_subscriber_hears_though_one_of_them_fails():
    """The failure is raised when all have heard; what was kept is kept, and a retry gets it."""
    heard = []

    def fails(_outcome):
        heard.append("first")
        raise OSError("no line")

    desk = a_desk()
    desk.subscribe(fails)
    desk.subscribe(lambda outcome: heard.append(outcome.case.state))
    received = ReceiveOrder(order(), case_id="case-1", by=CLERK, id="r")
    with pytest.raises(OSError, match="no line"):
        desk.handle(received)
    assert heard == ["first", "received"]
    assert desk.handle(received).replayed
    assert len(heard) == 2


def test_one_command_given_twice_at_once_is_kept_once():
    """Whoever comes second, though both began before either was kept, gets the first outcome."""
    desk = a_desk()
    received = ReceiveOrder(order(), by=CLERK, id="once")
    save, outcomes = desk.repository.save, []

    def slow(commit):
        desk.repository.save = save
        outcomes.append(desk.handle(received))
        save(commit)

    desk.repository.save = slow
    outcomes.append(desk.handle(received))
    assert [outcome.replayed for outcome in outcomes] == [False, True]
    assert outcomes[0].case == outcomes[1].case
    assert len(desk.repository) == 1


def test_a_command_given_twice_is_no_refusal_where_the_first_has_moved_the_order():
    """A repository may say so late: the desk looks for its own command before it says that the state forbids it."""

    class Late(InMemoryRepository):
        blind = True

        def committed(self, command_id, /):
            """Nothing, the first time."""
            blind, self.blind = self.blind, False
            return None if blind else super().committed(command_id)

    repository = Late()
    received = ReceiveOrder(order(), case_id="case-1", by=CLERK, id="once")
    a_desk(repository).handle(received)
    repository.blind = True
    assert a_desk(repository).handle(received).replayed
    other = ReceiveOrder(order(id="2"), case_id="case-1", by=CLERK, id="once")
    repository.blind = True
    with pytest.raises(CommandReusedError):
        a_desk(repository).handle(other)


def test_a_subscription_can_be_ended_twice():
    """The second time there is nothing left to end."""
    desk = a_desk()
    leave = desk.subscribe(lambda _outcome: pytest.fail("nobody listens"))
    leave()
    leave()
    received(desk)


def test_one_stream_that_fails_keeps_no_other_waiting():
    """Time passes for all; the failure of one is raised afterwards, by the plain desk and by the one that awaits."""
    for drive in (_plain, _awaited):
        repository = InMemoryRepository()
        desk = a_desk(repository)
        for case_id in ("a", "b"):
            desk.handle(ReceiveOrder(order(id=case_id), case_id=case_id, by=CLERK))
        with pytest.raises(OSError, match="no disk"):
            drive(repository)
        assert not repository.load(Key("case", "a")).intake.overdue
        assert repository.load(Key("case", "b")).intake.overdue


def _failing(save):
    def kept(commit):
        if commit.key.id == "a":
            raise OSError("no disk")
        save(commit)

    return kept


def _plain(repository):
    repository.save = _failing(repository.save)
    OrderDesk(repository, clock=WorldClock(at(30))).pass_time()


def _awaited(repository):
    repository.save = _failing(repository.save)
    awaited = Awaited()
    awaited.kept = repository
    asyncio.run(AsyncOrderDesk(awaited, clock=WorldClock(at())).pass_time(instant(at(30))))


def test_a_desk_that_awaits_loads_cases_and_lets_time_pass():
    """As the plain one does."""
    awaited = Awaited()
    desk = AsyncOrderDesk(awaited, clock=WorldClock(at(30)))
    asyncio.run(desk.handle(ReceiveOrder(order(), case_id="case-1", by=CLERK, at=at())))
    (outcome,) = asyncio.run(desk.pass_time())
    assert outcome.case.intake.overdue
    assert asyncio.run(desk.load("case-1")) == outcome.case
    with pytest.raises(UnknownKeyError):
        asyncio.run(desk.load("case-2"))
