"""Generated values keep what their strategies promise."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from build import CLERK
from hypothesis import Phase, given, settings

from orderlib.intake.message import ReceiveOrder, ScreenOrder
from orderlib.order.record import OrderType
from orderlib.testing import scenario
from orderlib.testing import values as st
from orderlib.values.currency import PRICED
from orderlib.values.identifier import LineId, PartyId
from orderlib.values.money import Money


@given(st.identifiers(LineId))
def test_ids_are_of_the_type_asked_for(id):
    """None of them is empty."""
    assert type(id) is LineId
    assert id


@given(st.days(), st.instants())
def test_time_lies_between_2024_and_2030(day, moment):
    """Days are days, instants are in UTC and to the second."""
    assert date(2024, 1, 1) <= day <= date(2030, 12, 31)
    assert datetime(2024, 1, 1, tzinfo=UTC) <= moment <= datetime(2030, 12, 31, tzinfo=UTC)
    assert (moment.utcoffset().total_seconds(), moment.microsecond) == (0, 0)


@given(st.money("KWD", least=-5, most=5), st.money())
def test_money_is_counted_in_minor_units(dinars, anything):
    """Between the bounds, in the currency asked for or any that has a minor unit."""
    assert Money.of_minor(-5, "KWD") <= dinars <= Money.of_minor(5, "KWD")
    assert anything.currency in PRICED


@given(st.amounts("1", "2", places=3), st.quantities(), st.quantities("KGM", whole=True))
def test_numbers_keep_to_their_places(amount, any_quantity, pieces):
    """No amount has more places than asked for; quantities are positive, and whole where they count pieces."""
    assert Decimal(1) <= amount <= Decimal(2)
    assert -amount.as_tuple().exponent <= 3
    assert any_quantity.value > 0
    assert (pieces.unit, pieces.value % 1) == ("KGM", 0)


@given(st.parties(), st.actors(), st.actors("sales"))
def test_people_have_names_and_departments(party, anybody, seller):
    """The department asked for, or any."""
    assert type(party.id) is PartyId
    assert anybody.department
    assert seller.department == "sales"


@given(st.orders(currency="JPY", least_lines=2, most_lines=3))
def test_orders_have_the_currency_and_the_lines_asked_for(order):
    """Lines are numbered from one."""
    assert order.currency == "JPY"
    assert [line.id for line in order.lines] == ["1", "2", "3"][: len(order.lines)]
    assert len(order.lines) >= 2


@settings(max_examples=10, phases=[Phase.generate])
@given(st.orders(plausible=True, most_lines=2))
def test_plausible_orders_pass_the_default_screening(order):
    """Received on the day on which they were issued, they come into review, and nobody asks back."""
    clerk = {"by": CLERK, "at": f"{order.issued_on}T09:00:00Z"}
    tried = scenario.given().when(ReceiveOrder(order, case_id="case-1", **clerk), ScreenOrder("case-1", **clerk))
    assert order.type is OrderType.ORDER
    assert tried.then(scenario.decided("pass", slot="screening")).after.state == "in_review"
