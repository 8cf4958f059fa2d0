"""An order is one value: one currency, numbered lines, totals that follow."""

from __future__ import annotations

import copy
import pickle
from datetime import date

import attrs
import pytest

from orderlib.errors import InvalidValueError
from orderlib.order.line import ScheduleLine
from orderlib.order.record import Attachment, Order, OrderType
from orderlib.order.terms import AllowanceCharge, DeliveryTerms
from orderlib.values.money import Money
from orderlib.values.period import DayPeriod
from orderlib.values.quantity import Quantity
from orderlib.values.twin import copier, sealer

USD = Money("1", "USD")
copy_order, seal = copier(Order), sealer(Order)


def codes(make):
    """Code and address of everything that the call refuses."""
    with pytest.raises(InvalidValueError) as caught:
        make()
    return [(each.code, each.address) for each in caught.value.findings]


def test_every_foreign_amount_is_named(make_order, make_line):
    """All findings at once, each with its place."""
    foreign = make_line("2", currency="USD", allowance_charges=[AllowanceCharge(USD)])
    wrong = lambda: make_order(
        make_line(), foreign, allowance_charges=[AllowanceCharge(USD)], prepaid=USD, rounding=USD
    )
    assert codes(wrong) == [
        ("order.currency", "/allowance_charges/0/amount/currency"),
        ("order.currency", "/prepaid/currency"),
        ("order.currency", "/rounding/currency"),
        ("order.currency", "/lines/1/price/currency"),
        ("order.currency", "/lines/1/allowance_charges/0/amount/currency"),
    ]


@pytest.mark.parametrize(
    ("more", "code", "address"),
    [
        ({"revision": 0}, "number.whole", "/revision"),
        ({"revision": True}, "number.whole", "/revision"),
        ({"revision": "2"}, "number.whole", "/revision"),
        ({"type": "999"}, "code.unknown", "/type"),
        ({"issued_on": "soon"}, "value.day-malformed", "/issued_on"),
        ({"id": ""}, "id.empty", ""),
        ({"currency": "XAU"}, "currency.no-minor-unit", "/currency"),
        ({"currency": "DEM"}, "currency.withdrawn", "/currency"),
        ({"agreement_id": ""}, "id.empty", ""),
        ({"proposal_id": "a\n"}, "id.character", ""),
    ],
)
def test_a_field_that_cannot_be_is_refused(make_order, more, code, address):
    """With a stable code; never an error from inside."""
    assert codes(lambda: make_order(**more)) == [(code, address)]


def test_lines_have_ids_of_their_own(make_order, make_line):
    """Two lines with one id are refused."""
    assert codes(lambda: make_order(make_line("1"), make_line("1"))) == [("lines.duplicate-id", "/1/id")]


def test_an_order_reads_codes_and_days(make_order):
    """Written forms become typed values."""
    order = make_order(
        type="226", issued_on="2026-03-01", agreement_id="A-1", attachments=[Attachment("D-1", "drawing")]
    )
    assert order.type is OrderType.CALL_OFF
    assert order.issued_on == date(2026, 3, 1)
    assert order.agreement_id == "A-1"
    assert order.attachments[0].kind == "drawing"


def test_the_total_is_what_is_payable(make_order):
    """Derived whenever somebody asks."""
    order = make_order(prepaid=Money("19", "EUR"))
    assert order.total == order.totals.payable == Money("100", "EUR")


def test_an_order_is_wanted_when_its_last_line_is(make_order, make_line):
    """Or, where no line says, by the end of its own period."""
    dated = make_line("1", schedule=[ScheduleLine("1", Quantity(1), requested_on="2026-05-01")])
    period = DeliveryTerms(requested_period=DayPeriod(None, "2026-06-30"))
    assert make_order(dated, make_line("2"), delivery=period).requested_on == date(2026, 5, 1)
    assert make_order(delivery=period).requested_on == date(2026, 6, 30)
    assert make_order().requested_on is None


def test_an_order_prints_briefly(make_order):
    """Number, parties, size, currency, revision."""
    assert repr(make_order()) == "Order('4711', 'C1' → 'S1', 1 lines, EUR, revision 1)"


def test_an_order_is_frozen(make_order):
    """Nothing about it changes in place."""
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        make_order().note = "x"


def test_totals_are_derived_once(make_order, make_line):
    """The same value whenever asked; an order that was changed has its own, and nothing else of an order knows them."""
    order, untouched = make_order(make_line()), make_order(make_line())
    assert order.totals is order.totals
    assert (order, hash(order)) == (untouched, hash(untouched))
    for copied in (copy.copy(order), pickle.loads(pickle.dumps(order))):
        assert copied == order
        assert copied.totals == order.totals
    changed = attrs.evolve(order, lines=[make_line(quantity=7)])
    assert changed.totals.line_extension != order.totals.line_extension
    twin = seal(copy_order(order))
    assert twin.totals == order.totals
    assert twin.totals is not order.totals


def test_totals_that_cannot_be_are_refused_every_time(make_order, make_line):
    """Nothing is kept of totals that are too large."""
    most = AllowanceCharge(Money.of_minor(10**18 - 1, "EUR"), charge=True)
    order = make_order(make_line(), allowance_charges=[most] * 2)
    for _ in range(2):
        assert codes(lambda: order.totals) == [("money.out-of-bounds", "/minor")]
