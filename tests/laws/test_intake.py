"""Laws of intake: every fault is told at once, refusals change nothing, lines keep their identity."""

from __future__ import annotations

from datetime import date

import attrs
from build import BUYER, CLERK, Story, line, order
from hypothesis import given
from hypothesis import strategies as st

from orderlib.case.history import replay
from orderlib.case.policies import PolicySet
from orderlib.enquiry.message import OpenEnquiry
from orderlib.errors import InvalidValueError, RefusedError, known_codes
from orderlib.intake.message import (
    AcknowledgeOrder,
    AnswerConfirmation,
    ConfirmBack,
    ReceiveOrder,
    ResolveDeviation,
    ResubmitOrder,
    ReturnOrder,
    ScreenOrder,
)
from orderlib.intake.record import Channel, ScreeningOutcome
from orderlib.intake.screening import EveryFinding
from orderlib.order.line import ScheduleLine
from orderlib.order.record import OrderType
from orderlib.order.terms import DeliveryTerms
from orderlib.order.totals import StatedTotals
from orderlib.values.key import Key
from orderlib.values.message import Event
from orderlib.values.money import Money
from orderlib.values.party import Address
from orderlib.values.period import DayPeriod
from orderlib.values.quantity import Quantity
from orderlib.wire.codec.standard import dumps, loads

OVER = DayPeriod(None, "2026-03-01")
PARTS = (ScheduleLine("1", Quantity(1)), ScheduleLine("2", Quantity("0.5")))
STRICT = EveryFinding(
    blacklist={"C1": "fraud"},
    countries={"ZZ": "embargo"},
    item_classes={"93": "arms"},
    order_types={OrderType.ORDER},
    currencies={"EUR"},
)

#: what is changed in a line that nothing is wrong with, and what is then to be found at which address in it
LINE_FAULTS = {
    "price": ({"price": None}, ("intake.price-missing", "/price")),
    "quantity": ({"quantity": Quantity(0)}, ("intake.quantity-zero", "/quantity")),
    "schedule": ({"schedule": PARTS}, ("intake.schedule-sum", "/schedule")),
    "undated": ({"requested_period": None}, ("intake.date-missing", "/requested_period")),
    "late": ({"requested_period": OVER}, ("intake.date-past", "/requested_period")),
    "tax": ({"tax": None}, ("intake.tax-missing", "/tax")),
    "embargo": ({"delivery_place": Address(country="ZZ")}, ("intake.country-restricted", "/delivery_place/country")),
    "arms": ({"item": attrs.evolve(line().item, classification="9301")},
             ("intake.item-restricted", "/item/classification")),
}  # fmt: skip

#: the same for the order as a whole
ORDER_FAULTS = {
    "blacklisted": ({}, ("intake.party-blacklisted", "/buyer")),
    "unnamed": ({"buyer": attrs.evolve(BUYER, name="")}, ("intake.buyer-unnamed", "/buyer/name")),
    "type": ({"type": OrderType.SAMPLE}, ("intake.order-type", "/type")),
    "expired": ({"validity": OVER}, ("intake.validity-expired", "/validity")),
    "issued": ({"issued_on": date(2026, 4, 1)}, ("intake.issued-later", "/issued_on")),
    "agreement": ({"agreement_id": "A-9"}, ("intake.agreement-unknown", "/agreement_id")),
    "proposal": ({"proposal_id": "P-9"}, ("intake.proposal-unknown", "/proposal_id")),
    "incoterm": ({"delivery": DeliveryTerms(incoterm="FCA")}, ("intake.incoterm-place", "/delivery/place")),
    "duplicate": ({}, ("intake.duplicate", "/id")),
    "totals": ({}, ("totals.payable", "/totals/payable")),
}
EXCLUSIVE = {"undated", "late"}

line_faults = st.sets(st.sampled_from(sorted(LINE_FAULTS))).filter(lambda chosen: not chosen >= EXCLUSIVE)
order_faults = st.sets(st.sampled_from(sorted(ORDER_FAULTS)))


@given(order_faults, st.lists(line_faults, min_size=1, max_size=6))
def test_screening_tells_every_planted_fault_at_once_and_nothing_else(header, rows):
    """Whatever is wrong, wherever it is, in whatever company: one screening names it, with its address."""
    expected = {ORDER_FAULTS[name][1] for name in header}
    lines = []
    for position, chosen in enumerate(rows):
        changes = {field: value for name in chosen for field, value in LINE_FAULTS[name][0].items()}
        lines.append(attrs.evolve(line(str(position)), **changes))
        found = (LINE_FAULTS[name][1] for name in chosen)
        expected |= {(code, f"/lines/{position}{address}") for code, address in found}
    changes = {field: value for name in header for field, value in ORDER_FAULTS[name][0].items()}
    given_order = order(*lines, **changes)
    stated = StatedTotals(payable=given_order.total + Money("0.01" if "totals" in header else "0", "EUR"))
    known = (Key("case", "case-0"),) if "duplicate" in header else ()
    policy = STRICT if "blacklisted" in header else attrs.evolve(STRICT, blacklist={})

    story = Story(policies=PolicySet(screening=policy))
    found = {("order", "C1/4711"): known}
    story.tell(ReceiveOrder(given_order, case_id="case-1", stated=stated, by=CLERK), found=found)
    story.tell(ScreenOrder("case-1", by=CLERK), found=found)

    intake = story.case.intake
    told = {(each.code, each.address) for each in intake.findings if each.code != "intake.clean"}
    assert told == expected
    assert (intake.screening is ScreeningOutcome.PASS) == (story.case.state == "in_review")
    assert replay("case-1", story.history) == story.case


COMMANDS = st.one_of(
    st.builds(
        lambda channel, quantity: ReceiveOrder(
            order(line(quantity=quantity)), case_id="case-1", channel=channel, by=CLERK
        ),
        st.sampled_from(Channel),
        st.integers(0, 2),
    ),
    st.builds(
        lambda override, reason: ScreenOrder("case-1", override=override, reason=reason, by=CLERK),
        st.sampled_from([None, *ScreeningOutcome]),
        st.sampled_from(["", "so be it"]),
    ),
    st.sampled_from(["", "again"]).map(lambda reason: ReturnOrder("case-1", reason=reason, by=CLERK)),
    st.integers(0, 2).map(lambda quantity: ResubmitOrder("case-1", order(line(quantity=quantity)), by=CLERK)),
    st.builds(
        lambda agrees, reason: AnswerConfirmation("case-1", agrees=agrees, reason=reason, by=CLERK),
        st.booleans(),
        st.sampled_from(["", "misheard"]),
    ),
    st.builds(lambda: ConfirmBack("case-1", by=CLERK)),
    st.builds(lambda: AcknowledgeOrder("case-1", by=CLERK)),
    st.builds(lambda: ResolveDeviation("case-1", "D1", "accepted", reason="fine", by=CLERK)),
    st.builds(lambda: OpenEnquiry(BUYER, case_id="case-1", by=CLERK)),
)


def refusal(story, command):
    """The codes with which a command is refused, None where it is not."""
    try:
        story.tell(command)
    except (RefusedError, InvalidValueError) as refused:
        return {each.code for each in refused.findings}
    return None


@given(st.lists(COMMANDS, max_size=12))
def test_a_refused_command_changes_nothing_and_says_why(commands):
    """After any commands: what was refused left the case as it was, with declared reasons; the rest replays."""
    story = Story()
    for command in commands:
        before, told = story.case, story.history
        reasons = refusal(story, command)
        if reasons is None:
            assert story.case.version == before.version + len(story.events)
        else:
            assert (story.case, story.history) == (before, told)
            assert reasons
            assert reasons <= known_codes().keys()
    assert replay("case-1", story.history) == story.case


@given(st.lists(COMMANDS, max_size=12))
def test_what_happened_is_the_same_from_bytes(commands):
    """Every event of intake survives being written and read."""
    story = Story()
    for command in commands:
        refusal(story, command)
    assert tuple(loads(Event, dumps(event)) for event in story.history) == story.history


ROWS = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["P-7", "V-1", "X-3"]), min_size=1)


@given(st.lists(ROWS, min_size=2, max_size=5))
def test_resubmission_keeps_the_identity_of_lines(versions):
    """Lines are the same lines as long as they keep their ids; an id that comes back as another item is noted."""
    first, *others = versions
    story = Story()
    story.tell(ReceiveOrder(as_order(first), case_id="case-1", by=CLERK))
    ever = dict(first)
    for version in others:
        kept = [known for known in story.case.ledger.lines if known.id in version]
        story.tell(ReturnOrder("case-1", reason="again", by=CLERK))
        story.tell(ResubmitOrder("case-1", as_order(version), by=CLERK))
        assert list(story.case.order.lines.ids()) == list(version)
        assert list(story.case.ledger.lines.ids()) == list(version)
        assert all(story.case.ledger.lines[known.id] == known for known in kept)
        reused = {each for each, item in version.items() if ever.get(each, item) != item}
        noted = story.case.intake.receipt.noted
        assert {dict(each.evidence)["line"] for each in noted} == reused
        ever |= version
        assert dict(story.case.intake.gone) == {each: item for each, item in ever.items() if each not in version}


def as_order(rows):
    """An order with these lines: id to item."""
    return order(*(line(each, item) for each, item in rows.items()))
