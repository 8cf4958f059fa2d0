from __future__ import annotations

import pytest

from orderlib.errors import DocumentError
from orderlib.values.period import DayPeriod
from orderlib.values.quantity import Quantity
from orderlib.wire.ubl import LineAction, ResponseCode, read_order_response

REFERENCE = "<cac:OrderReference><cbc:ID>4711</cbc:ID></cac:OrderReference>"

NO_ID = "<cac:OrderLine><cac:LineItem><cac:Item><cbc:Name>x</cbc:Name></cac:Item></cac:LineItem></cac:OrderLine>"


def test_a_whole_answer(sheet):
    """Code, note, promised days and the change that it answers; without lines."""
    found = read_order_response(
        sheet(
            "OrderResponse",
            code="<cbc:OrderResponseCode>AP</cbc:OrderResponseCode>",
            note="<cbc:Note>as ordered</cbc:Note>",
            papers=f"{REFERENCE}<cac:OrderChangeDocumentReference><cbc:ID>7</cbc:ID></cac:OrderChangeDocumentReference>",
            terms="<cac:Delivery><cac:PromisedDeliveryPeriod><cbc:EndDate>2026-04-01</cbc:EndDate>"
            "</cac:PromisedDeliveryPeriod></cac:Delivery>",
            lines="",
        )
    )
    assert (found.id, found.order_id, found.change_id) == ("4711", "4711", "7")
    assert (found.code, found.note, found.currency) == (ResponseCode.ACCEPTED, "as ordered", "EUR")
    assert found.promised == DayPeriod(None, "2026-04-01")
    assert found.findings == found.unmapped == ()
    assert not found.lines


@pytest.mark.parametrize(
    ("status", "action", "told"),
    [
        ("", None, []),
        ("5", LineAction.ACCEPTED, []),
        ("Revised", LineAction.CHANGED, []),
        ("NoStatus", None, []),
        ("99", None, ["ubl.line-status-unknown"]),
    ],
)
def test_what_becomes_of_a_line(sheet, order_line, status, action, told):
    """In codes or in UBL's own words; what is in no list says nothing, and is told."""
    code = f"<cbc:LineStatusCode>{status}</cbc:LineStatusCode>" if status else ""
    found = read_order_response(sheet("OrderResponse", papers=REFERENCE, lines=order_line(status=code)))
    assert found.lines["1"].action is action
    assert [each.code for each in found.findings] == told
    assert found.code is None


def test_what_is_offered_instead(sheet, order_line):
    """Quantity, price and days of the line, the substitute, and the line of the order that it is about."""
    promised = (
        "<cac:Delivery><cac:PromisedDeliveryPeriod><cbc:StartDate>2026-04-01</cbc:StartDate>"
        "</cac:PromisedDeliveryPeriod></cac:Delivery>"
    )
    substitute = (
        "<cac:SellerSubstitutedLineItem><cbc:ID>1</cbc:ID><cac:Item><cbc:Name>Other pump</cbc:Name></cac:Item>"
        "</cac:SellerSubstitutedLineItem><cac:OrderLineReference><cbc:LineID>20</cbc:LineID></cac:OrderLineReference>"
    )
    lines = order_line(before="<cbc:Note>see</cbc:Note>", more=promised, after=substitute)
    (found,) = read_order_response(sheet("OrderResponse", papers=REFERENCE, lines=lines)).lines
    assert (found.id, found.line_id, found.note) == ("1", "20", "see")
    assert (found.item.id, found.substitute.id) == ("Pump", "Other pump")
    assert (found.quantity, found.promised) == (Quantity(3), DayPeriod("2026-04-01", None))
    assert found.price is not None
    none = order_line(after="<cac:SellerSubstitutedLineItem><cbc:ID>9</cbc:ID></cac:SellerSubstitutedLineItem>")
    bare = read_order_response(sheet("OrderResponse", papers=REFERENCE, lines=none))
    assert bare.lines["1"].substitute is None
    numbered = lines.replace(">1</cbc:ID><cac:Item><cbc:Name>Other", ">9</cbc:ID><cac:Item><cbc:Name>Other")
    other = read_order_response(sheet("OrderResponse", papers=REFERENCE, lines=numbered))
    assert other.unmapped == ("/OrderResponse/OrderLine/SellerSubstitutedLineItem/ID",)


@pytest.mark.parametrize(("said", "code"), [("true", ResponseCode.ACCEPTED), ("false", ResponseCode.REJECTED)])
def test_a_simple_answer_is_yes_or_no(sheet, said, code):
    """With the reason in its note."""
    given = f"<cbc:AcceptedIndicator>{said}</cbc:AcceptedIndicator><cbc:RejectionNote>why</cbc:RejectionNote>"
    found = read_order_response(sheet("OrderResponseSimple", code=given, papers=REFERENCE, lines=""))
    assert (found.code, found.note) == (code, "why")


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"code": "<cbc:OrderResponseCode>XX</cbc:OrderResponseCode>"}, "ubl.response-code-unknown"),
        ({"papers": ""}, "ubl.element-missing"),
        ({"lines": "<cac:OrderLine/>"}, "ubl.element-missing"),
        ({"lines": NO_ID}, "ubl.element-missing"),
        ({"lines": "{line}{line}"}, "lines.duplicate-id"),
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_read_is_refused(sheet, parts, told):
    """With every finding."""
    with pytest.raises(DocumentError) as caught:
        read_order_response(sheet("OrderResponse", **{"papers": REFERENCE, **parts}))
    assert told in {each.code for each in caught.value.findings}


def test_another_document_is_no_answer(sheet):
    """An order, for one."""
    with pytest.raises(DocumentError, match="other-document"):
        read_order_response(sheet())
