from __future__ import annotations

import pytest

from orderlib.errors import Severity
from orderlib.wire.rules.choice import PEPPOL
from orderlib.wire.rules.peppol.shared import SHARED_RULES
from orderlib.wire.rules.rule import check
from orderlib.wire.xmltree import NAMESPACES, parse_xml


def codes(inside: str, root: str = "Fragment", attributes: str = "") -> list[str]:
    """What is broken, by code."""
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    named = "<cbc:CustomizationID>c</cbc:CustomizationID><cbc:ProfileID>p</cbc:ProfileID>"
    document = parse_xml(f"<{root} {declared} {attributes}>{named}{inside}</{root}>".encode())
    return [finding.code for finding in check(document, SHARED_RULES)]


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("<cbc:Note/>", ["PEPPOL-COMMON-R001"]),
        ("<cbc:Note> </cbc:Note>", []),
        ("<cac:Price/>", ["PEPPOL-COMMON-R002"]),
        ("<cbc:IssueDate>2025-02-28</cbc:IssueDate>", []),
        ("<cbc:IssueDate>2025-02-28Z</cbc:IssueDate>", ["PEPPOL-COMMON-R030"]),
        ("<cbc:EndDate>2025-02-29</cbc:EndDate>", ["PEPPOL-COMMON-R030"]),
        ('<cbc:EndpointID schemeID="0088">4006381333931</cbc:EndpointID>', []),
        ('<cbc:EndpointID schemeID="0088"> 4006381333932 </cbc:EndpointID>', ["PEPPOL-COMMON-R040"]),
        ('<cbc:CompanyID schemeID="0007">1</cbc:CompanyID>', ["PEPPOL-COMMON-R049"]),
        ('<cac:X><cbc:ID schemeID="0088">1</cbc:ID></cac:X>', []),
        ("<cbc:DocumentCurrencyCode>XYZ</cbc:DocumentCurrencyCode>", ["peppol.code-unknown"]),
        ('<cbc:TaxAmount currencyID="XYZ">1</cbc:TaxAmount>', ["peppol.code-unknown"]),
        ('<cbc:TaxAmount currencyID="HRK">1</cbc:TaxAmount>', []),
        ("<cbc:ChargeIndicator>1</cbc:ChargeIndicator>", ["peppol.code-unknown"]),
        ('<cbc:EndpointID schemeID="9999">x</cbc:EndpointID>', ["peppol.scheme-unknown"]),
        ("<cac:Country><cbc:IdentificationCode>UK</cbc:IdentificationCode></cac:Country>", ["peppol.code-unknown"]),
        ("<cac:TaxCategory><cbc:ID>S</cbc:ID></cac:TaxCategory>", []),
        ("<cac:PartyTaxScheme><cbc:CompanyID>x</cbc:CompanyID></cac:PartyTaxScheme>", ["peppol.element-missing"]),
    ],
)
def test_rules_of_every_peppol_document(inside: str, expected: list[str]) -> None:
    """Nothing empty, plain dates, numbers with check digits, codes out of the lists."""
    assert codes(inside) == expected


def test_the_location_of_a_schema_is_a_warning() -> None:
    """The receiver has its own."""
    given = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b"'
    assert codes("", attributes=given) == ["PEPPOL-COMMON-R003"]


@pytest.mark.parametrize(("root", "number"), [("Order", 1), ("OrderChange", 1), ("OrderResponse", 0), ("X", 0)])
def test_ordering_documents_name_their_currency_and_their_parties_endpoints(root: str, number: int) -> None:
    """As far as their transaction demands."""
    party = "<cac:BuyerCustomerParty><cac:Party><cbc:Note>x</cbc:Note></cac:Party></cac:BuyerCustomerParty>"
    expected = ["peppol.element-missing"] * (number + (root != "X"))
    assert codes(party, root) == expected


def test_schemes_that_grow_are_judged_with_a_warning() -> None:
    """A list of today must not refuse a document of tomorrow."""
    severities = {rule.code.code: rule.code.severity for rule in PEPPOL.rules}
    assert severities["peppol.scheme-unknown"] is Severity.WARNING
    assert severities["peppol.code-unknown"] is Severity.ERROR
