from __future__ import annotations

import pytest

from orderlib.errors import Finding, Severity
from orderlib.wire.rules.choice import UBL
from orderlib.wire.rules.rule import check
from orderlib.wire.xmltree import NAMESPACES, parse_xml

PARTIES = "<cac:BuyerCustomerParty/><cac:SellerSupplierParty/>"
ITEM = "<cac:OrderLine><cac:LineItem><cbc:ID>{}</cbc:ID><cac:Item/></cac:LineItem></cac:OrderLine>"
SOUND = f"<cbc:ID>1</cbc:ID><cbc:IssueDate>2025-02-28</cbc:IssueDate>{PARTIES}{ITEM.format(1)}"


def findings(inside: str, root: str = "Order") -> list[Finding]:
    """What the general rules say."""
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    return list(check(parse_xml(f"<{root} {declared}>{inside}</{root}>".encode()), UBL))


def test_a_sound_order_breaks_nothing() -> None:
    """What the schema demands is there."""
    assert findings(SOUND) == []


@pytest.mark.parametrize(
    ("root", "number"),
    [("Order", 5), ("OrderChange", 6), ("OrderResponse", 5), ("OrderResponseSimple", 6), ("OrderCancellation", 6)],
)
def test_every_missing_element_is_named(root: str, number: int) -> None:
    """All at once."""
    found = findings("", root)
    assert len({dict(each.evidence)["missing"] for each in found}) == len(found) == number
    assert {each.code for each in found} == {"ubl.element-missing"}
    assert all("cbc:ID" in each.message("zh") for each in found[:1])


def test_missing_parts_are_named_where_they_are_missed() -> None:
    """In a fragment too."""
    found = findings("<cac:Price/><cac:AllowanceCharge/><cac:OrderLine/>", "Fragment")
    assert [(each.address, dict(each.evidence)["missing"]) for each in found] == [
        ("/Fragment/Price", "cbc:PriceAmount"),
        ("/Fragment/AllowanceCharge", "cbc:ChargeIndicator"),
        ("/Fragment/AllowanceCharge", "cbc:Amount"),
        ("/Fragment/OrderLine", "cac:LineItem"),
    ]


@pytest.mark.parametrize("name", ["PayableAmount", "Quantity", "Percent", "MultiplierFactorNumeric", "CalculationRate"])
@pytest.mark.parametrize("text", ["", "x", "NaN", "1e9", "1,0", "9" * 41, "INF"])
def test_a_number_that_cannot_be_read_is_named(name: str, text: str) -> None:
    """Amounts, quantities, rates and the like are decimals of bounded length."""
    (found,) = findings(f"<cbc:{name}>{text}</cbc:{name}>", "Fragment")
    assert (found.code, found.address, found.severity) == ("ubl.number-unreadable", f"/Fragment/{name}", Severity.ERROR)


@pytest.mark.parametrize("text", ["2025-02-29", "2025-2-1", "", "today", "2025-02-28T00:00:00", "20250228"])
def test_a_date_that_is_not_of_the_calendar_is_named(text: str) -> None:
    """Dates are written as XML Schema has them."""
    (found,) = findings(f"<cbc:IssueDate>{text}</cbc:IssueDate>", "Fragment")
    assert found.code == "ubl.date-unreadable"


@pytest.mark.parametrize("text", ["2024-02-29", "2025-02-28Z", "2025-02-28+08:00"])
def test_a_date_may_carry_a_zone(text: str) -> None:
    """As XML Schema allows."""
    assert findings(f"<cbc:IssueDate>{text}</cbc:IssueDate>", "Fragment") == []


def test_ids_of_lines_that_repeat_are_named_on_each() -> None:
    """A warning, for OASIS does not forbid it."""
    found = findings(SOUND + ITEM.format(1) + ITEM.format(2))
    assert [(each.code, each.address) for each in found] == [
        ("ubl.line-id-repeated", "/Order/OrderLine[1]/LineItem"),
        ("ubl.line-id-repeated", "/Order/OrderLine[2]/LineItem"),
    ]
    assert {each.severity for each in found} == {Severity.WARNING}


def amount(currency: str, name: str = "PayableAmount") -> str:
    """An amount in a currency."""
    return f'<cbc:{name} currencyID="{currency}">1</cbc:{name}>'


@pytest.mark.parametrize(
    ("inside", "mixed"),
    [
        ("<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>" + amount("EUR"), 0),
        ("<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>" + amount("SEK"), 1),
        ("<cbc:PricingCurrencyCode>SEK</cbc:PricingCurrencyCode>" + amount("SEK") + amount("EUR"), 1),
        (
            f"<cac:AnticipatedMonetaryTotal>{amount('USD')}</cac:AnticipatedMonetaryTotal>"
            + amount("EUR", "TaxAmount"),
            1,
        ),
        (amount("EUR") + amount("SEK"), 0),
        ("<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode><cbc:PayableAmount>1</cbc:PayableAmount>", 0),
    ],
)
def test_a_currency_that_the_document_does_not_declare_is_named(inside: str, mixed: int) -> None:
    """Declared by a code, or else by the amount to be paid."""
    assert [each.code for each in findings(inside, "Fragment")] == ["ubl.currency-mixed"] * mixed
