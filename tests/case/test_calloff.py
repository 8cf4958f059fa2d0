"""An order called off from a framework agreement takes from it, and gives back what it does not need."""

from __future__ import annotations

from decimal import Decimal

import pytest
from build import BUYER, CLERK, SUPPLIER, line, order

from orderlib.agreement.message import DraftAgreement, SignAgreement
from orderlib.agreement.record import AgreedItem, Agreement
from orderlib.desk.desk import OrderDesk
from orderlib.errors import RefusedError
from orderlib.intake.message import ReceiveOrder, ScreenOrder
from orderlib.order.line import Item
from orderlib.order.record import OrderType
from orderlib.review.message import ReviewOrder
from orderlib.simulation.clock import WorldClock
from orderlib.simulation.everyone import EVERYONE
from orderlib.simulation.facts import SeededFacts
from orderlib.simulation.world import Temper, World
from orderlib.values.key import Key
from orderlib.values.party import Actor
from orderlib.values.period import DayPeriod
from orderlib.values.port import SequentialIds
from orderlib.values.rate import UnitPrice

SALES = Actor("sam", department="sales", roles=("management",))


@pytest.fixture
def desk():
    """A desk with an agreement over five pumps in force."""
    clock = WorldClock("2026-03-02T09:00:00Z")
    desk = OrderDesk(clock=clock, ids=SequentialIds("c-"), facts=SeededFacts(1))
    agreed = AgreedItem(Item("P-7"), UnitPrice("199.90", "EUR"), total=Decimal(5))
    term = DayPeriod("2026-01-01", "2026-12-31")
    agreement = Agreement("FA-1", BUYER, SUPPLIER, "EUR", items=[agreed], valid=term)
    desk.handle(DraftAgreement(agreement, by=SALES))
    desk.handle(SignAgreement("FA-1", by=SALES))
    return desk


def received(desk, number):
    """A call-off of three pumps, screened."""
    called = order(line("10"), id=number, type=OrderType.CALL_OFF, agreement_id="FA-1")
    case_id = desk.handle(ReceiveOrder(called, by=CLERK)).case.id
    assert desk.handle(ScreenOrder(case_id, by=CLERK)).case.state == "in_review"
    return case_id


def driven(desk, case_id, until):
    """The case after people and plant have brought it to a state."""
    habits = EVERYONE
    world = World(desk, desk._clock, habits, temper=Temper(defect=0, lost=0, refuses_offer=0))
    for outcome in world.drive(case_id):
        if outcome.case.state == until:
            return outcome.case
    return desk.load(case_id)


def balance(desk):
    """What is called off and what of it is used."""
    state = desk.repository.load(Key("agreement", "FA-1"))
    call_offs = list(state.call_offs)
    return [(sum(e.quantity for e in each.reserved), sum(e.quantity for e in each.consumed)) for each in call_offs]


def test_acceptance_sets_the_quantity_aside_and_delivery_uses_it_up(desk):
    """Reserved at acceptance, consumed as it arrives."""
    case_id = received(desk, "1")
    assert driven(desk, case_id, "accepted").state == "accepted"
    assert balance(desk) == [(3, 0)]
    assert driven(desk, case_id, "closed").state == "closed"
    assert balance(desk) == [(0, 3)]


def test_two_orders_cannot_both_have_the_last_of_it(desk):
    """Five were agreed, three are taken: the second call-off of three is refused at acceptance."""
    first, second = received(desk, "1"), received(desk, "2")
    driven(desk, first, "accepted")
    with pytest.raises(RefusedError):
        driven(desk, second, "accepted")  # people do what they can, and nobody can accept it
    assert desk.load(second).state == "in_review"
    chair = Actor("chair", department="sales", roles=("management",))
    with pytest.raises(RefusedError) as caught:
        desk.handle(ReviewOrder(second, by=chair))
    assert "agreement.quantity-left" in {finding.code for finding in caught.value.findings}
    assert balance(desk) == [(3, 0)]
    desk.handle(ReviewOrder(second, by=chair, overrule="rejected", reason="nothing left of the agreement"))
    assert desk.load(second).state == "rejected"
