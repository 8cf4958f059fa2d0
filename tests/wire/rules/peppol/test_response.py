from __future__ import annotations

import pytest

from orderlib.wire.rules.peppol.response import RESPONSE_ADVANCED_RULES, RESPONSE_RULES
from orderlib.wire.rules.rule import Rule, check
from orderlib.wire.xmltree import NAMESPACES, parse_xml

LINE = "<cac:OrderLine><cac:LineItem><cbc:ID>{}</cbc:ID></cac:LineItem></cac:OrderLine>"
PERIOD = "<cac:PromisedDeliveryPeriod>{}</cac:PromisedDeliveryPeriod>"
START, END = "<cbc:StartDate>2025-02-02</cbc:StartDate>", "<cbc:EndDate>2025-02-{}</cbc:EndDate>"
PRICE = '<cac:Price><cbc:PriceAmount currencyID="EUR">1</cbc:PriceAmount></cac:Price>'


def party(kind: str, inside: str) -> str:
    """A party in its role."""
    return f"<cac:{kind}><cac:Party>{inside}</cac:Party></cac:{kind}>"


def code(text: str) -> str:
    """The code of the response."""
    return f"<cbc:OrderResponseCode>{text}</cbc:OrderResponseCode>"


@pytest.mark.parametrize("rules", [RESPONSE_RULES, RESPONSE_ADVANCED_RULES])
@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (party("BuyerCustomerParty", ""), ["R001"]),
        (party("SellerSupplierParty", ""), ["R002"]),
        (party("SellerSupplierParty", "<cac:PartyIdentification><cbc:ID>1</cbc:ID></cac:PartyIdentification>"), []),
        (LINE.format(1) * 2, ["R003", "R003"]),
        (LINE.format(1) + LINE.format(2), []),
        (PERIOD.format(START + END.format("01")), ["R004"]),
        (PERIOD.format(START + END.format("02")), []),
        (PERIOD.format(START), []),
        (PRICE, ["R005"]),
        ("<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>" + PRICE, []),
        ("<cbc:CustomizationID>x</cbc:CustomizationID>", ["R006"]),
        (code("CA"), ["R007"]),
        (code("CA") + LINE.format(1), []),
        (code("AP") + LINE.format(1), ["R008"]),
        (code("RE") + LINE.format(1), ["R009"]),
        (code("AB") + LINE.format(1), ["R010"]),
        (code("AP") + code("RE") + code("AB"), []),
        (code("XX"), ["unknown"]),
        (LINE.format("1</cbc:ID><cbc:LineStatusCode>2</cbc:LineStatusCode><cbc:ID>9"), ["unknown"]),
    ],
)
def test_a_breach_is_told_by_its_number(inside: str, expected: list[str], rules: tuple[Rule, ...]) -> None:
    """In the plain and in the advanced response."""
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    document = parse_xml(f"<OrderResponse {declared}>{inside}</OrderResponse>".encode())
    assert [finding.code.rpartition("-")[2] for finding in check(document, rules)] == expected


def test_each_response_bears_its_own_numbers() -> None:
    """T76 and T116."""
    assert {rule.code.code[:10] for rule in RESPONSE_RULES} >= {"PEPPOL-T76"}
    assert {rule.code.code[:11] for rule in RESPONSE_ADVANCED_RULES} >= {"PEPPOL-T116"}
