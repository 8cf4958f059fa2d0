from __future__ import annotations

from datetime import date

import pytest

from orderlib.errors import DocumentError, Severity
from orderlib.order.record import OrderType
from orderlib.order.terms import TaxCategory
from orderlib.values.money import Money
from orderlib.values.rounding import RoundingScope
from orderlib.wire.limits import Limits
from orderlib.wire.ubl import open_order, read_order


def codes(document):
    """The codes of all findings."""
    return [each.code for each in document.findings]


def test_a_sound_order_is_read(sheet):
    """With all that it says, and without a finding."""
    document = open_order(sheet())
    assert document.findings == document.unmapped == document.refusals == ()
    assert document.adds_up
    order = document.order
    assert order == read_order(sheet())
    assert (order.id, order.buyer.id, order.seller.id, order.currency) == ("4711", "C1", "Pumps Ltd", "EUR")
    assert order.issued_on == date(2026, 3, 1)
    assert order.total == Money("30.00", "EUR")


def test_what_is_missing_is_said_all_at_once(sheet):
    """Rules and values, each with its place."""
    bad = sheet(id="", issued="<cbc:IssueDate>2026-02-30</cbc:IssueDate>", buyer="", currency="")
    with pytest.raises(DocumentError) as caught:
        read_order(bad.replace(b'unitCode="C62">3<', b'unitCode="QQQ">3<'))
    assert [(each.code, each.address) for each in caught.value.findings] == [
        ("ubl.element-missing", "/Order"),
        ("ubl.element-missing", "/Order"),
        ("ubl.date-unreadable", "/Order/IssueDate"),
        ("unit.unknown", "/Order/OrderLine/LineItem/Quantity"),
    ]


def test_an_element_that_a_rule_calls_faulty_is_not_called_so_twice(sheet, order_line):
    """One number, one finding."""
    document = open_order(sheet(lines=order_line(quantity='<cbc:Quantity unitCode="C62">three</cbc:Quantity>')))
    assert codes(document) == ["ubl.number-unreadable"]
    assert document.order is None
    assert not document.adds_up


TOTALS = (
    '<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">{tax}</cbc:TaxAmount></cac:TaxTotal><cac:AnticipatedMonetaryTotal>'
    '<cbc:LineExtensionAmount currencyID="EUR">30.00</cbc:LineExtensionAmount>'
    '<cbc:PayableAmount currencyID="EUR">{payable}</cbc:PayableAmount></cac:AnticipatedMonetaryTotal>'
)


def test_what_does_not_add_up_is_read_and_told(sheet):
    """At the amount that says otherwise, as a warning; nothing is put in its place."""
    document = open_order(sheet(totals=TOTALS.format(tax="0", payable="31.00")))
    assert document.order is not None
    assert document.order.total == Money("30.00", "EUR")
    assert document.stated.payable == Money("31.00", "EUR")
    assert [(each.code, each.severity, each.address) for each in document.findings] == [
        ("ubl.total-payable", Severity.WARNING, "/Order/AnticipatedMonetaryTotal"),
        ("totals.payable", Severity.WARNING, "/Order/AnticipatedMonetaryTotal/PayableAmount"),
    ]
    assert not document.adds_up


def test_lines_that_do_not_add_up_are_told_at_their_amount(sheet, order_line):
    """With the path of the line."""
    wrong = order_line(amount='<cbc:LineExtensionAmount currencyID="EUR">29.00</cbc:LineExtensionAmount>')
    document = open_order(sheet(lines=wrong + order_line(id="<cbc:ID>2</cbc:ID>")))
    assert ("totals.line-net", "/Order/OrderLine[1]/LineItem/LineExtensionAmount") in [
        (each.code, each.address) for each in document.findings
    ]
    assert document.order is not None


def test_errors_of_sums_under_peppol_do_not_refuse(sheet):
    """They keep their weight, and the order is read."""
    peppol = (
        "<cbc:CustomizationID>urn:fdc:peppol.eu:poacc:trns:order:3</cbc:CustomizationID>"
        "<cbc:ProfileID>urn:fdc:peppol.eu:poacc:bis:ordering:3</cbc:ProfileID><cbc:ID>1</cbc:ID>"
    )
    party = "<cac:Party><cbc:EndpointID>1</cbc:EndpointID></cac:Party>"
    document = open_order(
        sheet(
            id=peppol,
            buyer=f"<cac:BuyerCustomerParty>{party}</cac:BuyerCustomerParty>",
            seller=f"<cac:SellerSupplierParty>{party}</cac:SellerSupplierParty>",
            totals=TOTALS.format(tax="0", payable="30.00").replace(">30.00</cbc:Line", ">33.00</cbc:Line"),
        )
    )
    assert "PEPPOL-T01-R008" in {each.code for each in document.findings if each.severity is Severity.ERROR}
    assert document.order is not None
    assert document.customization.endswith("order:3")
    assert document.profile.endswith("ordering:3")


def test_another_document_is_none_of_ours(sheet):
    """By its root, or by the namespace of its root."""
    assert codes(open_order(sheet("Invoice"))) == ["ubl.other-document"]
    assert codes(open_order(b"<Order/>")) == ["ubl.other-document"]
    with pytest.raises(DocumentError):
        read_order(b"<Order/>")


def test_what_is_no_xml_is_refused(sheet):
    """Also where everything else is only told."""
    for data in (b"", b"no", sheet()[:-3], b'<!DOCTYPE Order SYSTEM "x"><Order/>'):
        with pytest.raises(DocumentError, match=r"xml\."):
            open_order(data)


def test_no_more_lines_than_the_limit(sheet):
    """Counted before anything is made of them."""
    document = open_order(sheet(lines="{line}{line}"), Limits(max_lines=1))
    assert codes(document) == ["ubl.too-many-lines"]
    assert document.order is None


def test_no_more_findings_than_the_limit(sheet, order_line):
    """Errors first; the rest is counted."""
    lines = "".join(order_line(id=f"<cbc:ID>{number}</cbc:ID>", item="<cac:Item><cbc:Name/></cac:Item>",
                               quantity="<cbc:Quantity>1</cbc:Quantity>") for number in range(9))  # fmt: skip
    document = open_order(sheet(lines=lines), Limits(max_faults=4))
    assert codes(document) == ["ubl.item-unnamed"] * 4 + ["ubl.more-findings"]
    assert dict(document.findings[-1].evidence)["count"] == "14"


def test_two_lines_with_one_id_are_refused(sheet):
    """A line is known by its id."""
    document = open_order(sheet(lines="{line}{line}"))
    assert codes(document) == ["ubl.line-id-repeated", "ubl.line-id-repeated", "lines.duplicate-id"]
    assert document.order is None


def test_the_currency_is_declared_or_that_of_the_amounts(sheet, order_line):
    """Without any, nothing can be made of the order."""
    assert read_order(sheet(currency="")).currency == "EUR"
    other = sheet(currency="<cbc:PricingCurrencyCode>EUR</cbc:PricingCurrencyCode>")
    assert read_order(other).currency == "EUR"
    totals = TOTALS.format(tax="0", payable="30.00").replace("EUR", "SEK")
    assert codes(open_order(sheet(currency="", totals=totals)))[-1] == "order.currency"
    none = open_order(sheet(currency="", lines=order_line(price="")))
    assert codes(none) == ["ubl.currency-missing"]


def test_prices_in_another_currency_are_refused(sheet):
    """An order is in one."""
    document = open_order(sheet(currency="<cbc:DocumentCurrencyCode>USD</cbc:DocumentCurrencyCode>"))
    assert codes(document) == ["ubl.currency-mixed", "ubl.currency-mixed", "order.currency"]


def test_an_amount_that_no_currency_has_is_told_and_left_out(sheet):
    """Stated totals are compared in cents."""
    document = open_order(sheet(totals=TOTALS.format(tax="0", payable="30.001")))
    assert ("money.too-fine", Severity.WARNING) in [(each.code, each.severity) for each in document.findings]
    assert document.stated.payable is None
    assert document.order is not None


def taxed(order_line, number):
    """A line of 0.05 EUR with 10 % tax."""
    return order_line(
        id=f"<cbc:ID>{number}</cbc:ID>",
        price='<cac:Price><cbc:PriceAmount currencyID="EUR">0.05</cbc:PriceAmount></cac:Price>',
        quantity='<cbc:Quantity unitCode="C62">1</cbc:Quantity>',
        item="<cac:Item><cbc:Name>Pump</cbc:Name><cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>10"
        "</cbc:Percent></cac:ClassifiedTaxCategory></cac:Item>",
    )


@pytest.mark.parametrize(("tax", "scope"), [("0.01", "document"), ("0.02", "line"), ("0.03", "document")])
def test_tax_is_rounded_where_the_document_rounds_it(sheet, order_line, tax, scope):
    """On each line, if that makes the stated tax; else once, and a difference is told."""
    lines = taxed(order_line, 1) + taxed(order_line, 2)
    total = f'<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">{tax}</cbc:TaxAmount></cac:TaxTotal>'
    document = open_order(sheet(lines=lines, totals=total))
    assert document.order is not None
    assert document.order.pricing.scope is RoundingScope(scope)
    assert codes(document) == ([] if tax != "0.03" else ["totals.tax"])


def test_tax_of_the_document_speaks_for_lines_without(sheet):
    """Where it is of one kind; a total in the currency of the tax office stays apart."""
    subtotal = (
        "<cac:TaxSubtotal><cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>20</cbc:Percent></cac:TaxCategory>"
        "</cac:TaxSubtotal>"
    )
    total = '<cac:TaxTotal><cbc:TaxAmount currencyID="{}">{}</cbc:TaxAmount>{}</cac:TaxTotal>'
    abroad = total.format("USD", "7.00", "")
    document = open_order(sheet(totals=total.format("EUR", "6.00", subtotal) + abroad))
    assert document.order.lines["1"].tax == TaxCategory("S", 20)
    assert document.stated.tax == Money("6.00", "EUR")
    assert document.adds_up
    twice = total.format("EUR", "3.00", "") + total.format("EUR", "3.00", "") + total.format("EUR", "x", "")
    assert open_order(sheet(totals=twice)).stated.tax == Money("6.00", "EUR")
    assert open_order(sheet(totals=total.format("EUR", "6.00", subtotal * 2))).order.lines["1"].tax is None


@pytest.mark.parametrize(
    ("code", "type_", "told"),
    [("226", OrderType.CALL_OFF, []), ("105", OrderType.ORDER, []), ("Z", OrderType.ORDER, ["ubl.order-type-unknown"])],
)
def test_types_of_orders(sheet, code, type_, told):
    """A plain one, where the code is not known."""
    document = open_order(sheet(code=f"<cbc:OrderTypeCode>{code}</cbc:OrderTypeCode>"))
    assert document.order.type is type_
    assert codes(document) == told
    assert bool(document.unmapped) is bool(told)


def test_papers_contracts_and_references(sheet):
    """Agreement and proposal by name, everything else by system; embedded files come along."""
    papers = (
        "<cac:QuotationDocumentReference><cbc:ID>Q1</cbc:ID></cac:QuotationDocumentReference>"
        "<cac:OrderDocumentReference><cbc:ID>O1</cbc:ID></cac:OrderDocumentReference>"
        "<cac:AdditionalDocumentReference><cbc:ID>D1</cbc:ID><cbc:DocumentType>Drawing</cbc:DocumentType><cac:Attachment>"
        '<cbc:EmbeddedDocumentBinaryObject mimeCode="application/pdf" filename="a.pdf"> aGV s\nbG8= '
        "</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>"
        "<cac:AdditionalDocumentReference><cbc:ID>D2</cbc:ID><cac:Attachment><cac:ExternalReference>"
        "<cbc:URI>https://example.org/a</cbc:URI></cac:ExternalReference></cac:Attachment>"
        "</cac:AdditionalDocumentReference><cac:AdditionalDocumentReference><cbc:ID>D3</cbc:ID><cac:Attachment>"
        "<cbc:EmbeddedDocumentBinaryObject>?</cbc:EmbeddedDocumentBinaryObject></cac:Attachment>"
        "</cac:AdditionalDocumentReference><cac:AdditionalDocumentReference/>"
        "<cac:Contract><cbc:ID>A1</cbc:ID></cac:Contract><cac:Contract><cbc:ID>A2</cbc:ID></cac:Contract>"
    )
    document = open_order(sheet(papers=papers))
    order = document.order
    assert (order.agreement_id, order.proposal_id) == ("A1", "Q1")
    assert [(each.system, each.id) for each in order.references] == [("order", "O1"), ("contract", "A2")]
    assert [(each.id, each.kind, each.uri, bool(each.digest)) for each in order.attachments] == [
        ("D1", "Drawing", "", True),
        ("D2", "", "https://example.org/a", False),
        ("D3", "", "", False),
    ]
    (file,) = document.files
    assert (file.id, file.media_type, file.name, file.content) == ("D1", "application/pdf", "a.pdf", b"hello")
    assert codes(document) == ["ubl.file-unreadable"]
    assert document.unmapped == ("/Order/AdditionalDocumentReference/Attachment",)


def test_amounts_of_unknown_lines_are_told_with_the_line(sheet, order_line):
    """A line that cannot be one keeps the order from being read; its stated amount is no second fault."""
    amount = '<cbc:LineExtensionAmount currencyID="EUR">30.00</cbc:LineExtensionAmount>'
    bad = order_line(id="<cbc:ID>\u200b</cbc:ID>", amount=amount) + order_line(id="", amount=amount)
    document = open_order(sheet(lines=bad))
    assert codes(document) == ["ubl.element-missing", "id.character"]
    assert document.stated.lines == ()


def test_totals_beyond_what_an_amount_can_be_are_told(sheet, order_line):
    """Not a failure."""
    huge = order_line(
        price="<cac:Price><cbc:PriceAmount>9999999999999999</cbc:PriceAmount></cac:Price>",
        quantity='<cbc:Quantity unitCode="C62">999999999999</cbc:Quantity>',
    )
    total = '<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">1</cbc:TaxAmount></cac:TaxTotal>'
    for totals in ("", total):
        document = open_order(sheet(lines=huge, totals=totals))
        assert "money.out-of-bounds" in codes(document)
        assert document.order is None
