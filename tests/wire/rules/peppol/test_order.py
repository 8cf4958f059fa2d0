from __future__ import annotations

import pytest

from orderlib.wire.rules.peppol.order import CANCELLATION_RULES, CHANGE_RULES, ORDER_RULES
from orderlib.wire.rules.rule import Rule, check
from orderlib.wire.xmltree import NAMESPACES, parse_xml

VALID = "<cac:ValidityPeriod><cbc:EndDate>2025-02-28</cbc:EndDate></cac:ValidityPeriod>"
URN = "urn:fdc:peppol.eu:poacc:"
PRICE = "<cac:Price><cac:AllowanceCharge><cbc:{0}>{1}</cbc:{0}></cac:AllowanceCharge></cac:Price>"


def codes(inside: str, rules: tuple[Rule, ...] = ORDER_RULES) -> list[str]:
    """What is broken, without the number of the transaction."""
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    document = parse_xml(f"<Order {declared}>{VALID}{inside}</Order>".encode())
    return [finding.code.rpartition("-")[2] for finding in check(document, rules)]


def line(inside: str) -> str:
    """An order line with a quantity."""
    return f"<cac:OrderLine><cac:LineItem><cbc:Quantity>1</cbc:Quantity>{inside}</cac:LineItem></cac:OrderLine>"


def allowance(inside: str, indicator: str = "false") -> str:
    """An allowance with a reason."""
    reason = "" if "Reason" in inside else "<cbc:AllowanceChargeReason>x</cbc:AllowanceChargeReason>"
    indicated = f"<cbc:ChargeIndicator>{indicator}</cbc:ChargeIndicator>"
    return f"<cac:AllowanceCharge>{indicated}{reason}{inside}</cac:AllowanceCharge>"


def tax(inside: str, name: str = "TaxCategory") -> str:
    """A tax category or scheme."""
    return f"<cac:{name}>{inside}</cac:{name}>"


BREACHES = [
    ("R001", line("<cbc:ID>1</cbc:ID>") + line("<cbc:ID>2</cbc:ID>"), []),
    ("R001", line("<cbc:ID>1</cbc:ID>") * 2, ["R001", "R001"]),
    ("R003", '<cbc:Amount currencyID="EUR">1</cbc:Amount>', ["R003"]),
    ("R003", "<cbc:Amount>1</cbc:Amount>", []),
    ("R004", line("").replace("1", "-1"), ["R004"]),
    ("R005", "<cac:Price><cbc:PriceAmount>-1</cbc:PriceAmount></cac:Price>", ["R005"]),
    ("R013", "<cac:OrderLine><cac:LineItem/></cac:OrderLine>", ["R013"]),
    ("R014", "<cac:OriginatorCustomerParty/>", ["R014"]),
    (
        "R020",
        "<cac:Price>" + allowance("<cbc:MultiplierFactorNumeric>1</cbc:MultiplierFactorNumeric>") + "</cac:Price>",
        ["R020"],
    ),
    ("R021", allowance("<cbc:BaseAmount>1</cbc:BaseAmount>"), ["R021"]),
    ("R021", "<cac:Price>" + allowance("<cbc:BaseAmount>1</cbc:BaseAmount>") + "</cac:Price>", []),
    ("R023", allowance("").replace("AllowanceChargeReason", "Note"), ["R023"]),
    ("R025", line("<cac:Price><cbc:BaseQuantity>0</cbc:BaseQuantity></cac:Price>"), ["R025"]),
    (
        "R026",
        tax("<cbc:CompanyID>UK1</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>", "PartyTaxScheme"),
        ["R026"],
    ),
    (
        "R026",
        tax("<cbc:CompanyID>EL1</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>", "PartyTaxScheme"),
        [],
    ),
    (
        "R026",
        tax("<cbc:CompanyID>1</cbc:CompanyID><cac:TaxScheme><cbc:ID>GST</cbc:ID></cac:TaxScheme>", "PartyTaxScheme"),
        [],
    ),
    ("R027", PRICE.format("BaseAmount", -1), ["R027"]),
    ("R028", "<cbc:Amount>1.000</cbc:Amount>", ["R028"]),
    ("R028", "<cac:Price><cbc:PriceAmount>1.000</cbc:PriceAmount></cac:Price>", []),
    ("R029", tax("<cbc:ID>AE</cbc:ID>"), ["R029"]),
    ("R029", tax("<cbc:ID>O</cbc:ID>", "ClassifiedTaxCategory"), []),
    ("R030", tax("<cbc:ID>S</cbc:ID><cbc:Percent>0</cbc:Percent>"), ["R030"]),
    ("R030", tax("<cbc:ID>S</cbc:ID>"), ["R029", "R030"]),
    ("R032", allowance("<cbc:Amount>-1</cbc:Amount>"), ["R032"]),
    ("R033", PRICE.format("Amount", -1), ["R033"]),
    ("CL001", allowance("<cbc:AllowanceChargeReasonCode>AA</cbc:AllowanceChargeReasonCode>"), ["CL001"]),
    ("CL001", allowance("<cbc:AllowanceChargeReasonCode>95</cbc:AllowanceChargeReasonCode>"), []),
    ("CL002", allowance("<cbc:AllowanceChargeReasonCode>95</cbc:AllowanceChargeReasonCode>", "true"), ["CL002"]),
]


@pytest.mark.parametrize("rules", [ORDER_RULES, CHANGE_RULES])
@pytest.mark.parametrize(("rule", "inside", "expected"), BREACHES)
def test_a_breach_is_told_by_its_number(rule: str, inside: str, expected: list[str], rules: tuple[Rule, ...]) -> None:
    """In orders and, under the change's own numbers, in order changes."""
    money = {"R003", "R008", "R009", "R010"} - {rule}
    assert [code for code in codes(inside, rules) if code not in money] == expected
    assert any(each.code.code.endswith(f"-{rule}") for each in rules)


def test_totals_below_nought_are_told() -> None:
    """To be paid, and of the lines."""
    total = "<cbc:PayableAmount>-1</cbc:PayableAmount><cbc:LineExtensionAmount>-1</cbc:LineExtensionAmount>"
    found = codes(f"<cac:AnticipatedMonetaryTotal>{total}</cac:AnticipatedMonetaryTotal>")
    assert found == ["R006", "R007", "R008"]


def test_a_validity_without_end_is_a_warning() -> None:
    """It should be there."""
    document = parse_xml(b"<Order/>")
    assert [finding.severity for finding in check(document, ORDER_RULES)] == ["warning"]


@pytest.mark.parametrize(
    ("rules", "transaction", "profiles"),
    [
        (ORDER_RULES, "order", ["order_only", "ordering", "advanced_ordering"]),
        (CHANGE_RULES, "order_change", ["advanced_ordering"]),
        (CANCELLATION_RULES, "order_cancellation", ["advanced_ordering"]),
    ],
)
def test_a_document_names_its_transaction_and_a_profile_of_it(
    rules: tuple[Rule, ...], transaction: str, profiles: list[str]
) -> None:
    """Any other is told."""

    def found(customization: str, profile: str) -> list[str]:
        named = f"<cbc:CustomizationID>{customization}</cbc:CustomizationID><cbc:ProfileID>{profile}</cbc:ProfileID>"
        return codes(named, rules)

    for profile in profiles:
        assert found(f"{URN}trns:{transaction}:3", f"{URN}bis:{profile}:3") == []
        assert found(f"{URN}trns:{transaction}:3:x", f" {URN}bis:{profile}:3 ") == []
    assert found(f"{URN}trns:invoice:3", f"{URN}bis:billing:3") == ["R034", "R031"]


def test_types_and_actions_come_from_their_lists() -> None:
    """The type of an order, the action on a line of a change."""
    assert codes("<cbc:OrderTypeCode>380</cbc:OrderTypeCode>") == ["unknown"]
    assert codes("<cbc:OrderTypeCode>220</cbc:OrderTypeCode>") == []
    assert codes(line("<cbc:LineStatusCode>5</cbc:LineStatusCode>"), CHANGE_RULES) == ["unknown"]
    assert codes(line("<cbc:LineStatusCode>3</cbc:LineStatusCode>"), CHANGE_RULES) == []
