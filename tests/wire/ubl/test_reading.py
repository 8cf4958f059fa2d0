from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from orderlib.errors import Severity
from orderlib.values.identifier import DocumentId
from orderlib.values.money import Money
from orderlib.values.period import DayPeriod
from orderlib.wire.ubl.reading import Reading, plain_number, token


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("12", "12"), ("+5", "5"), (".5", "0.5"), ("5.", "5"), ("-0.00", "0"), ("007.10", "7.1"), (" 3 ", "3"),
        ("-.25", "-0.25"), ("0", "0"), ("-1", "-1"),
    ],
)  # fmt: skip
def test_numbers_of_xml_are_read_as_ours(written, read):
    """XML Schema writes decimals more freely than the library takes them."""
    assert plain_number(written) == read


@pytest.mark.parametrize("written", ["", "-", "+", ".", "1e5", "--1", "0x1"])
def test_what_is_no_number_stays_none(written, reading):
    """The finding stands at the element."""
    sheet, element = reading(f"<cbc:Amount>{written}</cbc:Amount>")
    assert sheet.number(element) is None
    assert [each.address for each in sheet.findings] == ["/Fragment/Amount"]


def test_a_token_has_no_line_breaks(reading):
    """Pretty printing inside an id is none of the id; blanks of its own are."""
    assert token(reading("<cbc:ID>\n  A\n  B </cbc:ID>")[1]) == "A B"
    assert token(reading("<cbc:ID> A  B </cbc:ID>")[1]) == "A  B"


def test_texts_are_taken_and_joined(reading):
    """Notes stand one below the other; an empty one counts as none."""
    sheet, element = reading("<cac:A><cbc:Note>one</cbc:Note><cbc:Note/><cbc:Note>two</cbc:Note></cac:A>")
    assert sheet.texts(element, "cbc:Note") == "one\ntwo"
    assert sheet.text(element, "cbc:Missing") == sheet.text(None, "cbc:Note") == ""
    assert sheet.unmapped() == ()


def test_a_text_that_is_not_taken_is_a_finding(reading):
    """Characters that nobody sees are refused where they stand."""
    sheet, element = reading("<cac:A><cbc:Note>a\u202eb</cbc:Note></cac:A>")
    assert sheet.text(element, "cbc:Note") == ""
    assert [(each.code, each.address) for each in sheet.findings] == [("text.character", "/Fragment/A/Note")]


def test_ids_and_references_bear_their_scheme(reading):
    """Numbers of two registers are never taken for one another."""
    sheet, element = reading('<cac:A><cbc:ID schemeID="0088">123</cbc:ID></cac:A>')
    assert sheet.identifier(element, "cbc:ID", DocumentId) == "123"
    assert sheet.identifier(element, "cbc:Other", DocumentId) is None
    assert sheet.scheme_id(element.children[0]) == "0088:123"
    found = sheet.reference(element.children[0], "order")
    assert found is not None
    assert (found.system, found.id) == ("order", "123")


def test_a_bad_id_is_nothing_and_told(reading):
    """Empty, or with characters that nobody sees."""
    sheet, element = reading("<cac:A><cbc:ID>\u200b</cbc:ID></cac:A>")
    assert sheet.scheme_id(element.children[0]) == ""
    assert sheet.reference(element.children[0], "order") is None
    assert {each.code for each in sheet.findings} == {"id.character"}


def test_days_and_periods(reading):
    """A zone behind a date is left out; a period that says neither end is none."""
    sheet, element = reading(
        "<cac:P><cbc:StartDate>2026-03-01Z</cbc:StartDate><cbc:EndDate>2026-03-02+01:00</cbc:EndDate></cac:P>"
    )
    assert sheet.period(element) == DayPeriod("2026-03-01", "2026-03-02")
    assert sheet.period(None) is None
    assert sheet.day(element, "cbc:StartDate") == date(2026, 3, 1)
    empty, element = reading("<cac:P><cbc:StartTime>10:00:00</cbc:StartTime></cac:P>")
    assert empty.period(element) is None


def test_a_reversed_period_is_a_finding(reading):
    """No period ends before it begins."""
    sheet, element = reading(
        "<cac:P><cbc:StartDate>2026-03-02</cbc:StartDate><cbc:EndDate>2026-03-01</cbc:EndDate></cac:P>"
    )
    assert sheet.period(element) is None
    assert [each.code for each in sheet.findings] == ["value.period-reversed"]


def test_money_is_in_its_own_currency_or_the_documents(reading):
    """A missing currency is the document's; too fine an amount is told with the weight asked for."""
    sheet, element = reading('<cac:A><cbc:Amount currencyID="USD">5</cbc:Amount><cbc:Amount>7.123</cbc:Amount></cac:A>')
    first, second = element.children
    assert sheet.money(first) == Money("5.00", "USD")
    assert sheet.money(second, Severity.WARNING) is None
    assert sheet.money(None) is None
    assert [(each.code, each.severity) for each in sheet.findings] == [("money.too-fine", Severity.WARNING)]
    assert sheet.number(None) is None
    assert sheet.number(second) == Decimal("7.123")


def test_an_amount_without_any_currency_is_nothing(reading):
    """The document's lack of one is told once, not at each amount."""
    sheet, element = reading("<cac:A><cbc:Amount>5</cbc:Amount></cac:A>")
    bare = Reading(sheet.root, sheet.limits)
    assert bare.money(element.children[0]) is None
    assert bare.findings == []


def test_findings_beyond_any_report_are_counted(reading):
    """Errors are kept where warnings overflow, and neither takes memory without bound."""
    sheet, element = reading("<cac:A><cbc:Amount>x</cbc:Amount></cac:A>", max_faults=1)
    for _ in range(10):
        sheet.money(element.children[0], Severity.WARNING)
    sheet.money(element.children[0])
    assert [each.severity for each in sheet.findings] == [Severity.WARNING] * 4 + [Severity.ERROR]
    assert sheet.untold == 6


def test_indicators_are_true_or_false(reading):
    """In both ways of XML Schema; everything else is told."""
    sheet, element = reading("<cac:A><cbc:I>1</cbc:I><cbc:I>false</cbc:I><cbc:I>yes</cbc:I></cac:A>")
    assert [sheet.indicator(each) for each in element.children] == [True, False, None]
    assert sheet.indicator(None) is None
    assert [each.code for each in sheet.findings] == ["ubl.indicator-unreadable"]


def test_what_nobody_took_is_listed_once_by_place(reading):
    """Whole branches in one, repeated places once, empty elements not at all."""
    sheet, element = reading(
        "<cac:A><cbc:ID>1</cbc:ID><cac:B><cbc:C>x</cbc:C><cbc:D>y</cbc:D></cac:B>"
        "<cac:E><cbc:F>1</cbc:F></cac:E><cac:E><cbc:F>2</cbc:F><cbc:G>3</cbc:G></cac:E><cbc:H/></cac:A>"
    )
    sheet.text(element, "cbc:ID")
    sheet.text(element, "cac:E/cbc:F")
    assert sheet.unmapped() == ("/Fragment/A/B", "/Fragment/A/E")
    more, element = reading("<cac:A><cbc:B>1</cbc:B><cbc:C>2</cbc:C><cbc:D>3</cbc:D></cac:A>", max_faults=2)
    more.take(element.children[0])
    assert more.unmapped() == ("/Fragment/A/C", "/Fragment/A/D")
    few, element = reading("<cac:A><cbc:B>1</cbc:B><cbc:C>2</cbc:C><cbc:D>3</cbc:D></cac:A>", max_faults=1)
    few.take(element.children[0])
    assert few.unmapped() == ("/Fragment/A/C",)
    assert [each.code for each in few.findings] == ["ubl.more-unmapped"]
