from __future__ import annotations

import attrs
import build
import pytest

from orderlib.errors import DocumentError, InvalidValueError
from orderlib.order.line import Item, ScheduleLine
from orderlib.order.record import Order
from orderlib.order.terms import AllowanceCharge, DeliveryTerms, TaxCategory
from orderlib.order.totals import StatedTotals
from orderlib.values.money import Money
from orderlib.values.party import ExternalReference
from orderlib.values.period import DayPeriod
from orderlib.values.quantity import Quantity
from orderlib.wire.ubl import LineAction, OrderChange, changed_order, read_order_cancellation, read_order_change

REFERENCE = "<cac:OrderReference><cbc:ID>0815</cbc:ID></cac:OrderReference>"


def test_a_change_restates_the_order(sheet, order_line):
    """Under the id of the order, with what becomes of each line; totals are held against the lines that stay."""
    gone = order_line(
        id="<cbc:ID>2</cbc:ID>",
        status="<cbc:LineStatusCode>2</cbc:LineStatusCode>",
        amount='<cbc:LineExtensionAmount currencyID="EUR">30.00</cbc:LineExtensionAmount>',
    )
    found = read_order_change(
        sheet(
            "OrderChange",
            code="<cbc:SequenceNumberID>3</cbc:SequenceNumberID>",
            note="<cbc:Note>please</cbc:Note>",
            papers=REFERENCE,
            lines="{line}" + gone,
        )
    )
    assert (found.id, found.order_id, found.sequence, found.note, found.order.note) == ("4711", "0815", 3, "please", "")
    assert found.actions == (("1", None), ("2", LineAction.DELETED))
    assert found.deleted == ("2",)
    assert [each.code for each in found.findings] == ["totals.unknown-line"]
    assert found.findings[0].address == "/OrderChange/OrderLine[2]/LineItem/LineExtensionAmount"
    assert found.unmapped == ()


@pytest.mark.parametrize("said", ["0", "x", "٣", "1234567890", "-1"])
def test_a_sequence_that_is_no_number_is_told(sheet, said):
    """The change is read without it."""
    code = f"<cbc:SequenceNumberID>{said}</cbc:SequenceNumberID>"
    found = read_order_change(sheet("OrderChange", code=code, papers=REFERENCE))
    assert found.sequence is None
    assert [each.code for each in found.findings] == ["ubl.sequence-unreadable"]


@pytest.mark.parametrize(
    ("parts", "told"),
    [({"papers": ""}, "ubl.element-missing"), ({"currency": "", "lines": ""}, "ubl.currency-missing")],
)
def test_a_change_that_cannot_be_read_is_refused(sheet, parts, told):
    """With every finding."""
    with pytest.raises(DocumentError) as caught:
        read_order_change(sheet("OrderChange", **{"papers": REFERENCE, **parts}))
    assert told in {each.code for each in caught.value.findings}
    with pytest.raises(DocumentError, match="other-document"):
        read_order_change(sheet())


def test_a_cancellation_names_the_order_and_the_reason(sheet):
    """And who wants it."""
    given = sheet(
        "OrderCancellation",
        note="<cbc:CancellationNote>no need</cbc:CancellationNote>",
        papers=REFERENCE,
        lines="",
        currency="",
    )
    found = read_order_cancellation(given)
    assert (found.id, found.order_id, found.reason) == ("4711", "0815", "no need")
    assert (found.buyer.id, found.seller.id) == ("C1", "Pumps Ltd")
    assert found.findings == found.unmapped == ()


def test_a_cancellation_that_cannot_be_read_is_refused(sheet):
    """Without a reason, or of another kind."""
    with pytest.raises(DocumentError, match="CancellationNote"):
        read_order_cancellation(sheet("OrderCancellation", papers=REFERENCE, lines=""))
    with pytest.raises(DocumentError, match="other-document"):
        read_order_cancellation(sheet())


def change(order: Order, *actions: tuple[str, LineAction | None], **more) -> OrderChange:
    """A change to that order."""
    return OrderChange(id="C-1", order=order, actions=actions, **more)


CURRENT = build.order(
    build.line(
        "10",
        schedule=[ScheduleLine("1", Quantity(3), requested_on="2026-04-01")],
        note="dear",
        partial_delivery=True,
        references=[ExternalReference("erp", "7")],
    ),
    build.line("20"),
    build.line("30"),
    agreement_id="A-1",
    delivery=DeliveryTerms(incoterm="FCA", place="Oslo"),
    allowance_charges=[AllowanceCharge(Money("5.00", "EUR"))],
)


def bare(line_id: str, quantity: int = 3, **more):
    """A restated line that says the least."""
    return build.line(line_id, quantity=quantity, tax=None, requested_period=None, price=None, **more)


def test_lines_stay_go_change_and_come():
    """Lines that nobody names stay."""
    wanted = build.order(bare("20", 5), build.line("40"), bare("30"), bare("99"))
    given = change(wanted, ("20", LineAction.CHANGED), ("30", LineAction.DELETED), ("99", LineAction.DELETED))
    found = changed_order(CURRENT, given)
    assert [(line.id, line.quantity.value) for line in found.lines] == [("10", 3), ("20", 5), ("40", 3)]
    assert found.lines["10"] == CURRENT.lines["10"]
    assert found.lines["20"] == attrs.evolve(CURRENT.lines["20"], quantity=Quantity(5))
    assert (found.agreement_id, found.delivery, found.allowance_charges) == (
        CURRENT.agreement_id,
        CURRENT.delivery,
        CURRENT.allowance_charges,
    )


def test_a_line_named_as_unchanged_stays_as_it_is():
    """Whatever is restated of it."""
    found = changed_order(CURRENT, change(build.order(bare("10", 9)), ("10", LineAction.UNCHANGED)))
    assert found.lines["10"] == CURRENT.lines["10"]


def test_a_restated_line_keeps_what_it_leaves_out():
    """The schedule only while the quantity stays, the item's other names only while it is the same."""
    same = changed_order(CURRENT, change(build.order(bare("10")))).lines["10"]
    assert same == CURRENT.lines["10"]
    more = changed_order(CURRENT, change(build.order(bare("10", 4, partial_delivery=False)))).lines["10"]
    assert (more.quantity, len(more.schedule), more.partial_delivery) == (Quantity(4), 0, False)
    other = attrs.evolve(bare("10"), item=Item("P-8"), tax=TaxCategory("Z", 0), delivery_place=build.BUYER.address)
    swapped = changed_order(CURRENT, change(build.order(other))).lines["10"]
    assert (swapped.item, swapped.tax, swapped.note) == (Item("P-8"), TaxCategory("Z", 0), "dear")
    assert swapped.delivery_place == build.BUYER.address


def test_the_header_changes_where_it_is_restated():
    """Allowances where totals are."""
    wanted = build.order(
        bare("10"), delivery=DeliveryTerms(place="Bergen"), validity=DayPeriod(None, "2026-06-01"), agreement_id="A-2"
    )
    found = changed_order(CURRENT, change(wanted, stated=StatedTotals(payable=Money("1.00", "EUR"))))
    assert found.delivery == DeliveryTerms(incoterm="FCA", place="Bergen")
    assert (found.agreement_id, found.validity) == ("A-2", DayPeriod(None, "2026-06-01"))
    assert found.allowance_charges == ()
    assert found.buyer == CURRENT.buyer


def test_a_change_into_another_currency_is_refused():
    """Lines that stay would be in the old one."""
    wanted = build.order(build.line("10", currency="USD"), currency="USD")
    with pytest.raises(InvalidValueError, match=r"order\.currency"):
        changed_order(CURRENT, change(wanted))
