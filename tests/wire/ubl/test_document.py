from __future__ import annotations

import pytest

from orderlib.errors import Finding, InvalidValueError, Severity
from orderlib.wire.codec.standard import dumps, loads
from orderlib.wire.rules import RULE_SETS
from orderlib.wire.rules.ubl import ARITHMETIC_RULES
from orderlib.wire.ubl.answer import read_order_response
from orderlib.wire.ubl.change import read_order_cancellation, read_order_change
from orderlib.wire.ubl.document import SUM_CODES, LineResponse, OrderDocument, refusals
from orderlib.wire.ubl.order import open_order


def test_only_errors_that_are_no_sums_refuse():
    """Warnings are told, and so are sums of any weight."""
    errors = Finding("ubl.element-missing"), Finding("PEPPOL-T01-R008"), Finding("x", Severity.WARNING)
    assert refusals(errors) == errors[:1]
    document = OrderDocument(findings=errors)
    assert document.refusals == errors[:1]
    assert not document.adds_up


def test_the_codes_of_sums_are_codes_of_rules():
    """Each is one that a rule set or the comparison of totals gives."""
    known = {code for rules in RULE_SETS.values() for code in rules.codes}
    known |= {rule.code.code for rule in ARITHMETIC_RULES}
    assert {code for code in SUM_CODES if not code.startswith("totals.")} <= known
    assert {rule.code.code for rule in ARITHMETIC_RULES} - SUM_CODES == {
        "ubl.currency-mixed",
        "ubl.line-id-repeated",
        "ubl.total-leaves-tax-out",
    }


def test_an_action_is_a_code_of_its_list():
    """Given as a code or as a member."""
    assert LineResponse("1", "1", "3").action == "3"
    with pytest.raises(InvalidValueError, match=r"code\.unknown"):
        LineResponse("1", "1", "9")


def test_every_document_can_be_kept_as_json(sheet, order_line):
    """What was read comes back the same, files and findings included."""
    file = (
        '<cbc:EmbeddedDocumentBinaryObject mimeCode="text/plain" filename="a">AP8=</cbc:EmbeddedDocumentBinaryObject>'
    )
    papers = (
        "<cac:OrderReference><cbc:ID>4711</cbc:ID></cac:OrderReference><cac:AdditionalDocumentReference>"
        f"<cbc:ID>a</cbc:ID><cac:Attachment>{file}</cac:Attachment></cac:AdditionalDocumentReference>"
    )
    order = open_order(sheet(papers=papers, lines=order_line(price="")))
    assert order.files[0].content == b"\0\xff"
    note = "<cbc:CancellationNote>no</cbc:CancellationNote>"
    for value in (
        order,
        read_order_change(sheet("OrderChange", papers=papers)),
        read_order_cancellation(sheet("OrderCancellation", papers=papers, note=note, lines="")),
        read_order_response(sheet("OrderResponse", papers=papers)),
    ):
        assert loads(type(value), dumps(value)) == value
