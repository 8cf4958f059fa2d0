"""Laws of UBL documents: what is written is read again as it was, and whatever comes in, one error is the worst."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache

import attrs
import build
from hypothesis import given
from hypothesis import strategies as st

from orderlib.errors import DocumentError, Severity
from orderlib.order.line import Item, OrderLine, ScheduleLine
from orderlib.order.payment import PaymentTerms
from orderlib.order.record import Attachment, Order, OrderType
from orderlib.order.terms import AllowanceCharge, DeliveryTerms, TaxCategory
from orderlib.values.incoterm import Incoterm
from orderlib.values.money import Money
from orderlib.values.party import Address, Contact, ExternalReference, Party
from orderlib.values.period import DayPeriod
from orderlib.values.quantity import Quantity
from orderlib.values.rate import ExchangeRate, UnitPrice
from orderlib.wire.limits import Limits
from orderlib.wire.ubl import (
    LineAction,
    LineResponse,
    OrderResponse,
    ResponseCode,
    open_order,
    read_order,
    read_order_cancellation,
    read_order_change,
    read_order_response,
    write_order,
    write_order_response,
)
from orderlib.wire.ubl.content import ORDER_REFERENCES
from orderlib.wire.ubl.line import LINE_REFERENCES

words = st.text("abcXYZ é中<&>\"'-", min_size=1, max_size=12).map(lambda text: " ".join(text.split())).filter(bool)
maybe = st.one_of(st.just(""), words)
ids = st.from_regex(r"[A-Za-z0-9]([A-Za-z0-9 ./-]{0,8}[A-Za-z0-9])?", fullmatch=True)
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
amounts = st.decimals(0, 99999, places=2)
quantities = st.builds(Quantity, st.decimals(0, 9999, places=3), st.sampled_from(["C62", "KGM", "XBX"]))


def something(made, plain):
    """None in place of a value that says nothing."""
    return made.map(lambda value: None if value == plain else value)


addresses = something(
    st.builds(
        Address, street=maybe, additional=maybe, city=maybe, postal_zone=maybe, subdivision=maybe,
        country=st.sampled_from(["", "NO", "CN"]),
    ),
    Address(),
)  # fmt: skip
contacts = something(st.builds(Contact, name=maybe, telephone=maybe, email=maybe), Contact())
periods = something(
    st.tuples(st.none() | days, st.none() | days).map(lambda ends: sorted(ends) if None not in ends else ends),
    (None, None),
).map(lambda ends: None if ends is None else DayPeriod(*ends))
taxes = st.sampled_from(
    [None, TaxCategory("S", "19"), TaxCategory("S", "7.5"), TaxCategory("E", 0, exemption="why"), TaxCategory("O")]
)


def references(table, *more):
    """Some references that a document has a place for, each system once, in the order of the document."""
    systems = [*dict.fromkeys(system for _, system in table), *more]
    return st.lists(st.sampled_from(systems), unique=True, max_size=4).flatmap(
        lambda chosen: st.tuples(
            *(st.builds(ExternalReference, st.just(each), ids) for each in sorted(chosen, key=systems.index))
        )
    )


@st.composite
def parties(draw):
    """A party with a name, and numbers in the order in which a document gives them."""
    name = draw(words)
    systems = ["party", "0007", "endpoint:0192", "legal:0082", "tax:GST"]
    chosen = draw(st.lists(st.sampled_from(systems), unique=True))
    tax_id = draw(ids) if "tax:GST" in chosen else draw(st.one_of(st.just(""), ids))
    numbers = [ExternalReference(each, draw(ids)) for each in sorted(chosen, key=systems.index)]
    return Party(
        draw(st.one_of(ids, ids.map(lambda own: f"0088:{own}"))), name, legal_name=draw(maybe), tax_id=tax_id,
        address=draw(addresses), contact=draw(contacts), references=numbers,
    )  # fmt: skip


@st.composite
def allowances(draw, on_line: bool):
    """An allowance or charge; a percentage comes with the base that makes the amount."""
    amount, base = draw(amounts), None
    percentage = draw(st.sampled_from([None, Decimal(10)]))
    if percentage is not None:
        base = Money(amount * 10, "EUR")
    return AllowanceCharge(
        Money(amount, "EUR"), draw(st.booleans()), draw(maybe), reason_code=draw(maybe),
        tax=None if on_line else draw(taxes), percentage=percentage, base=base,
    )  # fmt: skip


@st.composite
def schedules(draw, unit):
    """Parts of a line."""
    numbers = draw(st.lists(ids, unique=True, max_size=3))
    return [
        ScheduleLine(
            number,
            Quantity(draw(st.integers(0, 99)), unit),
            requested_on=draw(st.none() | days),
            promised_on=draw(st.none() | days),
        )
        for number in numbers
    ]


items = st.builds(
    Item, ids, maybe, description=maybe, buyer_id=maybe, standard_id=st.sampled_from(["", "7300010000001", "0002:X1"]),
    origin=st.sampled_from(["", "NO"]), classification=st.sampled_from(["", "MP:1234", "1234"]),
    properties=st.lists(st.tuples(words, maybe), max_size=2),
)  # fmt: skip


@st.composite
def lines(draw, number):
    """A line."""
    quantity = draw(quantities)
    price = draw(
        st.none()
        | st.builds(
            UnitPrice, st.decimals(0, 9999, places=4), st.just("EUR"),
            per=st.sampled_from([1, 100]), unit=st.sampled_from([None, quantity.unit]),
        )
    )  # fmt: skip
    schedule = draw(schedules(quantity.unit))
    period = draw(periods)
    place = draw(addresses)
    if len(schedule) == 1 and period is None and place is None:
        # one delivery that carries everything says its period for the whole line
        on = schedule[0].requested_on
        period = None if on is None else DayPeriod(None, on)
    return OrderLine(
        f"{number}", draw(items), quantity, price, schedule=schedule, requested_period=period, delivery_place=place,
        allowance_charges=draw(st.lists(allowances(on_line=True), max_size=2)), tax=draw(taxes),
        partial_delivery=draw(st.none() | st.booleans()), accounting_cost=draw(maybe), note=draw(maybe),
        references=draw(references(LINE_REFERENCES)),
    )  # fmt: skip


@st.composite
def orders(draw):
    """An order of everything that UBL has a place for."""
    count = draw(st.integers(1, 3))
    recipient = draw(st.none() | parties())
    delivery = DeliveryTerms(
        incoterm=draw(st.sampled_from(["", *Incoterm])), place=draw(maybe), special_terms=draw(maybe),
        address=draw(addresses), recipient=recipient, requested_period=draw(periods),
    )  # fmt: skip
    payment = PaymentTerms(
        net_days=draw(st.integers(0, 90)), discount=draw(st.sampled_from(["0", "2.5"])), note=draw(maybe)
    )
    if payment.discount:
        payment = attrs.evolve(payment, discount_days=draw(st.integers(0, 30)))
    rate = draw(st.none() | st.builds(ExchangeRate, st.just("EUR"), st.just("CNY"), st.just("7.85"), on=days))
    return Order(
        draw(ids), draw(parties()), draw(parties()), "EUR", [draw(lines(number)) for number in range(1, count + 1)],
        issued_on=draw(days), type=draw(st.sampled_from(OrderType)), delivery=delivery, payment=payment,
        allowance_charges=draw(st.lists(allowances(on_line=False), max_size=2)),
        prepaid=draw(st.none() | st.builds(Money, amounts, st.just("EUR"))),
        rounding=draw(st.none() | st.builds(Money, st.decimals(-1, 1, places=2).filter(bool), st.just("EUR"))),
        exchange_rate=rate, validity=draw(periods), agreement_id=draw(st.none() | ids),
        proposal_id=draw(st.none() | ids), customer_reference=draw(maybe), accounting_cost=draw(maybe),
        note=draw(maybe), attachments=draw(st.lists(st.builds(Attachment, ids, maybe, uri=maybe), max_size=2)),
        references=draw(references(ORDER_REFERENCES)),
    )  # fmt: skip


@given(orders())
def test_an_order_written_and_read_is_the_same(order):
    """With every sum as stated, nothing left over, and the same bytes again."""
    data = write_order(order)
    document = open_order(data)
    assert document.order == order
    assert document.unmapped == ()
    assert not [each for each in document.findings if each.severity is Severity.ERROR]
    assert document.stated.payable == order.total
    assert write_order(document.order) == data


@st.composite
def answers(draw):
    """An answer that keeps its rules."""
    code = draw(st.sampled_from(ResponseCode))
    said = [
        LineResponse(
            f"{number}", draw(ids), draw(st.sampled_from([LineAction.ACCEPTED, LineAction.CHANGED])), item=draw(items),
            substitute=draw(st.none() | items), quantity=draw(st.none() | quantities), promised=draw(periods),
            note=draw(maybe),
        )
        for number in range(draw(st.integers(1, 3)))
    ]  # fmt: skip
    return OrderResponse(
        id=draw(ids), order_id=draw(ids), code=code, buyer=draw(parties()), seller=draw(parties()),
        issued_on=draw(days), change_id=draw(st.none() | ids), currency="EUR", promised=draw(periods),
        lines=said if code is ResponseCode.CONDITIONALLY_ACCEPTED else (), customer_reference=draw(maybe),
        note=draw(maybe), customization="ours", profile="own",
    )  # fmt: skip


@given(answers())
def test_an_answer_written_and_read_is_the_same(answer):
    """But for the electronic address that every party is given."""
    again = read_order_response(write_order_response(answer))
    told = {"buyer": answer.buyer, "seller": answer.seller}
    assert attrs.evolve(again, **told) == attrs.evolve(answer, findings=again.findings)
    assert again.unmapped == ()
    assert again.buyer.id == answer.buyer.id


@cache
def sound() -> bytes:
    """An order to be broken."""
    part = ScheduleLine("1", Quantity(3), requested_on="2026-04-01")
    charge = AllowanceCharge(Money("5.00", "EUR"), True, "freight", tax=TaxCategory("S", "19"))
    return write_order(
        build.order(
            build.line(schedule=[part]),
            build.line("20", references=[ExternalReference("serial", "1")]),
            issued_on="2026-03-01",
            delivery=DeliveryTerms(incoterm="FCA", place="Oslo"),
            payment=PaymentTerms(net_days=45, discount="2", discount_days=10),
            allowance_charges=[charge],
            exchange_rate=ExchangeRate("EUR", "USD", "1.1", on=date(2026, 1, 1)),
            validity=DayPeriod("2026-03-01", "2026-04-01"),
        )
    )


HOSTILE = [
    b"", b"-1", b"1e999", b"NaN", b"9" * 60, b"0.0000000000000001", b"\xe2\x80\xae", b"&#0;", b"&x;", b"\x00", b" ",
    b"<cbc:ID/>", b"2026-02-30", b"0000-00-00", b"<!DOCTYPE x>", b"]]>", b"\xff", b"-0", b"+.5", b"true", b"XXX",
    b"\xf0\x9f\x98\x80",
]  # fmt: skip


@st.composite
def broken(draw):
    """The sound order with some of its texts, tags or stretches replaced, dropped or doubled."""
    data = sound()
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data) - 1))
        where = draw(st.sampled_from(["text", "element", "stretch"]))
        if where == "text":
            start = data.find(b">", start) + 1
            end = max(data.find(b"<", start), start)
            data = data[:start] + draw(st.sampled_from(HOSTILE)) + data[end:]
        elif where == "element":
            start = data.find(b"\n  ", start)
            end = data.find(b"\n", start + 1)
            if 0 <= start < end:
                data = data[:start] + data[start:end] * draw(st.sampled_from([0, 2])) + data[end:]
        else:
            end = draw(st.integers(start, min(start + 40, len(data))))
            data = data[:start] + draw(st.sampled_from(HOSTILE)) + data[end:]
        data = data or b"<"
    return data


def attempt(read, data, *more):
    """What was read, or the findings of the one error that may come."""
    try:
        return read(data, *more), ()
    except DocumentError as error:
        return None, error.findings


@given(broken())
def test_a_broken_order_is_read_or_refused(data):
    """Refused with every finding, each with a code; what is read can be written."""
    order, findings = attempt(read_order, data)
    assert all(each.code and each.message("zh") for each in findings)
    assert (order is None) is bool(findings)
    assert order is None or read_order(write_order(order)).totals == order.totals


@given(broken(), st.sampled_from(["OrderChange", "OrderResponse", "OrderCancellation"]))
def test_other_broken_messages_are_read_or_refused(data, root):
    """The same under every other root."""
    reader = {
        "OrderChange": read_order_change,
        "OrderResponse": read_order_response,
        "OrderCancellation": read_order_cancellation,
    }[root]
    changed = data.replace(b"<Order ", b"<" + root.encode() + b" ").replace(b"</Order>", b"</" + root.encode() + b">")
    changed = changed.replace(b"schema:xsd:Order-2", b"schema:xsd:" + root.encode() + b"-2")
    reference = b"<cac:OrderReference><cbc:ID>4711</cbc:ID></cac:OrderReference><cac:BuyerCustomerParty>"
    changed = changed.replace(b"<cac:BuyerCustomerParty>", reference)
    message, findings = attempt(reader, changed)
    assert (message is None) is bool(findings)
    assert message is None or message.id


@given(broken(), st.integers(1, 3))
def test_limits_hold_whatever_comes(data, most):
    """No more findings than asked for, and one that counts the rest."""
    limits = Limits(max_faults=most, max_lines=1, max_depth=9)
    document, findings = attempt(open_order, data, limits)
    if document is None:
        assert len(findings) == 1
    else:
        assert len(document.findings) <= most + 2
        assert len(document.unmapped) <= most
