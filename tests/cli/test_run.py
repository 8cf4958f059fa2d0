"""Documents are driven to their ends by people who see only what is allowed and what is due."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import attrs
import pytest
from build import BUYER, SUPPLIER, line, order

from orderlib.agreement.record import AgreedItem, Agreement
from orderlib.case.policies import SLOTS, PolicySet
from orderlib.case.record import OrderCase
from orderlib.case.table import ORDER
from orderlib.cli.documents import Document, read_all
from orderlib.cli.report import Refusal
from orderlib.cli.run import run_documents
from orderlib.errors import FindingCode, Severity
from orderlib.intake.record import Channel, Resolution
from orderlib.order.line import Item
from orderlib.order.totals import StatedTotals
from orderlib.values.decision import Decision, Verdict
from orderlib.values.fact import Facts
from orderlib.values.money import Money
from orderlib.values.period import DayPeriod
from orderlib.values.quantity import Quantity
from orderlib.values.rate import UnitPrice


def test_the_samples_come_to_their_ends(samples_run):
    """The shipped samples end in every way that they were written for, in at least three currencies."""
    report = samples_run.report()
    states = {told["source"]: told["state"] for told in report["orders"]}
    assert states["returned-laboratory-pumps.xml"] == "closed"
    assert states["rejected-pipe-fittings.xml"] == "rejected"
    assert states["cancelled-conveyor.xml"] == "cancelled"
    assert set(states.values()) == {"closed", "rejected", "cancelled"}
    assert len({told["currency"] for told in report["orders"]}) >= 3
    assert not report["refused"]


@pytest.mark.parametrize(
    ("source", "slot", "outcome"),
    [
        ("returned-laboratory-pumps.xml", "screening", "return"),
        ("conditional-transformers.xml", "review", "conditionally_accepted"),
        ("rejected-pipe-fittings.xml", "review", "rejected"),
        ("changed-switch-cabinets.xml", "change_impact", "needs-assessment"),
        ("cancelled-conveyor.xml", "cancellation", "compensation"),
        ("call-off-wind-bearings.xml", "deviation", None),
        ("machine-built-to-order.json", "billing", "acceptance"),
        ("telephone-spare-parts.json", "order_clock", "rush"),
        ("telecom-roll-out.xml", "screening", "pass"),
    ],
)
def test_each_sample_shows_what_it_was_written_for(samples_run, source, slot, outcome):
    """What stands out about a sample is decided by the default policies."""
    (told,) = (each for each in samples_run.report()["orders"] if each["source"] == source)
    outcomes = [each["outcome"] for each in told["decisions"] if each["slot"] == slot]
    assert (outcome in outcomes) if outcome else not outcomes


def test_the_same_seed_gives_the_same_run(samples_run):
    """Everything that happened is the same again, event by event."""
    again = run_documents(read_all())
    assert again.feed == samples_run.feed
    assert again.report() == samples_run.report()


@pytest.mark.parametrize("seed", [2, 3, 17])
def test_every_order_ends_with_any_seed(seed):
    """Nobody is ever stuck."""
    run = run_documents(read_all(), seed=seed)
    for told in run.report()["orders"]:
        assert told["state"] in ORDER.ends, told
        assert not [each for each in told["findings"] if each["code"].startswith("simulation.")]


@pytest.mark.parametrize("slot", sorted(SLOTS))
def test_a_plain_decision_is_enough_or_the_policy_is_named(paper, slot):
    """A policy that says its outcome and nothing else takes an order on, or fails by name; nothing else escapes."""
    outcomes = import_module(f"orderlib.{SLOTS[slot]}.policy").OUTCOMES[slot]
    run = run_documents([paper], policies=PolicySet(**{slot: lambda *_: Decision(next(iter(outcomes)))}))
    codes = [each["code"] for told in run.report()["orders"] for each in told["findings"]]
    assert ("policy.nonsense" in codes) == (slot in ("template", "scheduling", "promise"))
    assert "policy.raised" not in codes


def test_progress_is_told_as_it_comes(paper):
    """Each document is told of, with the case or the refusal that came of it."""
    told: list[tuple[str, type]] = []
    refusal = Refusal("bad.xml", ())
    run_documents([paper, refusal], progress=lambda name, about: told.append((name, type(about))))
    assert told == [("bad.xml", Refusal), ("a.json", OrderCase)]


def test_totals_that_the_document_states_are_held_against_ours(paper):
    """Another total than the order makes sends it back; once it is sent again, it goes its way."""
    wrong = attrs.evolve(paper, stated=StatedTotals(payable=Money("1", "EUR")))
    (told,) = run_documents([wrong], seed=2).report()["orders"]
    assert "totals.payable" in {each["code"] for each in told["findings"]}
    assert [each["state"] for each in told["timeline"]].count("returned") == 1


def test_a_spoken_order_is_confirmed_back(paper):
    """An order by telephone has no paper: it is written back before it is reviewed."""
    run = run_documents([attrs.evolve(paper, channel=Channel.PHONE)])
    names = [type(event).__name__ for event in run.stories[0].events]
    assert names.index("OrderConfirmedBack") < names.index("OrderPassedToReview")


def test_agreements_are_signed_before_orders_come():
    """A call-off is judged by the agreement that lies beside it; a second one of the same number is refused."""
    item = AgreedItem(Item("P-7", "Item P-7"), UnitPrice("180", "EUR"), total=10)
    agreement = Agreement("FA-1", BUYER, SUPPLIER, "EUR", (item,), valid=DayPeriod("2026-01-01", "2026-12-31"))
    wanted = order(line(), type="226", agreement_id="FA-1", issued_on="2026-03-02")
    papers = [Document("o", wanted), Document("a", agreement), Document("b", agreement)]
    run = run_documents(papers)
    assert [each.source for each in run.refused] == ["b"]
    (told,) = run.report()["orders"]
    assert "deviation" in {each["slot"] for each in told["decisions"]}


def test_a_difference_that_no_rule_settles_is_settled_by_a_person():
    """Somebody accepts what the customer ordered otherwise than agreed, and the order goes on."""
    item = AgreedItem(Item("P-7", "Item P-7"), UnitPrice("180", "EUR"), total=10)
    agreement = Agreement("FA-1", BUYER, SUPPLIER, "EUR", (item,), valid=DayPeriod("2026-01-01", "2026-12-31"))
    wanted = order(line(), type="226", agreement_id="FA-1", issued_on="2026-03-02")
    policies = PolicySet(deviation=lambda *_: Decision(Resolution.OPEN))
    run = run_documents([Document("o", wanted), Document("a", agreement)], policies=policies)
    assert "DeviationResolved" in {type(event).__name__ for event in run.stories[0].events}
    assert run.report()["orders"][0]["state"] == "closed"


def test_facts_among_the_documents_are_known_to_the_policies(paper):
    """What costs more than it brings is rejected for its margin."""
    facts = Facts(
        unit_cost={"P-7": UnitPrice("199", "EUR")}, lead_time={"P-7": timedelta(1)}, stock={"P-7": Quantity(9)}
    )
    (told,) = run_documents([Document("f", facts), paper]).report()["orders"]
    assert told["state"] == "rejected"
    assert "assess.margin" in {reason["code"] for each in told["decisions"] for reason in each["reasons"]}


def test_a_name_that_could_be_no_id_does_not_refuse_an_order(paper):
    """The paper is then known by its fingerprint."""
    odd = attrs.evolve(paper, name="a\u202eb.json", digest="0" * 64)
    run = run_documents([odd])
    assert run.report()["orders"][0]["state"] == "closed"
    assert run.stories[0].events[1].receipt.document.id == "0" * 64


@pytest.mark.parametrize("day", ["9001-01-01", "9999-12-31"])
def test_days_at_the_end_of_the_calendar_are_refused(day):
    """Where deadlines would leave the calendar, nothing begins."""
    agreement = Agreement("FA-1", BUYER, SUPPLIER, "EUR", (), valid=DayPeriod(day, None))
    far = [Document("o", order(issued_on=day)), Document("a", agreement)]
    run = run_documents(far)
    assert [each.findings[0].code for each in run.refused] == ["document.day-out-of-range"] * 2


@pytest.mark.parametrize("day", ["0001-01-01", "1582-10-15", "9000-12-31"])
def test_days_long_ago_and_far_ahead_are_days(day):
    """An order of any other day comes to its end."""
    (told,) = run_documents([Document("o", order(line(requested_period=None), issued_on=day))]).report()["orders"]
    assert told["state"] == "closed"


@pytest.mark.parametrize("period", [DayPeriod(None, "9999-12-31"), DayPeriod("0001-01-01", None)])
def test_wishes_at_the_ends_of_the_calendar_are_answered(period):
    """Whatever day goods are wanted on, the order ends."""
    run = run_documents([Document("o", order(line(requested_period=period), issued_on="2026-03-02"))])
    assert {told["state"] for told in run.report()["orders"]} <= ORDER.ends


def test_a_policy_that_fails_is_named(paper):
    """The order stays where it was, and the finding names the slot and the policy."""

    def broken(*_: object) -> Decision[Verdict]:
        raise ZeroDivisionError

    (told,) = run_documents([paper], policies=PolicySet(release=broken)).report()["orders"]
    assert told["state"] == "accepted"
    (found,) = (each for each in told["findings"] if each["code"] == "policy.raised")
    assert "broken" in found["message"]


def test_a_policy_that_fails_at_receipt_refuses_the_order(paper):
    """Nothing is kept of an order that could not be taken in."""
    run = run_documents([paper], policies=PolicySet(order_clock=lambda *_: None))
    assert not run.stories
    assert run.refused[0].findings[0].code == "policy.nonsense"


def test_a_policy_that_says_no_for_ever_is_told(paper):
    """Where nobody can go on, the finding says in which state the order is."""
    no = FindingCode("tests.never", Severity.ERROR, "never", "永不")
    stubborn = PolicySet(release=lambda *_: Decision(Verdict.NO, (no(),)))
    (told,) = run_documents([paper], policies=stubborn).report()["orders"]
    assert told["state"] == "accepted"
    assert {"simulation.stuck"} <= {each["code"] for each in told["findings"]}
