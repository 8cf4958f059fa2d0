from __future__ import annotations

import pytest

from orderlib.wire.rules.choice import PEPPOL, RULE_SETS, UBL, rules_for
from orderlib.wire.rules.rule import RuleSet
from orderlib.wire.xmltree import NAMESPACES, parse_xml

URN = "urn:fdc:peppol.eu:poacc:"


def chosen(root: str, customization: str = "", profile: str = "") -> RuleSet:
    """The rules for a document that says no more than this."""
    inside = "".join(
        f"<cbc:{name}>{text}</cbc:{name}>"
        for name, text in (("CustomizationID", customization), ("ProfileID", profile))
        if text
    )
    return rules_for(parse_xml(f'<{root} xmlns:cbc="{NAMESPACES["cbc"]}">{inside}</{root}>'.encode()))


@pytest.mark.parametrize(
    ("root", "customization", "profile", "transaction"),
    [
        ("Order", f"{URN}trns:order:3", f"{URN}bis:ordering:3", "T01"),
        ("Order", "", f"{URN}bis:ordering:3", "T01"),
        ("Order", f"{URN}trns:order:3:extended:urn:x", "", "T01"),
        ("OrderChange", f"{URN}trns:order_change:3", "", "T114"),
        ("OrderCancellation", f"{URN}trns:order_cancellation:3", "", "T115"),
        ("OrderResponse", f"{URN}trns:order_response:3", f"{URN}bis:ordering:3", "T76"),
        ("OrderResponse", f"{URN}trns:order_response_advanced:3", "", "T116"),
        ("OrderResponse", f"{URN}trns:none:3", f"{URN}bis:advanced_ordering:3", "T116"),
    ],
)
def test_a_peppol_document_is_held_to_its_transaction(
    root: str, customization: str, profile: str, transaction: str
) -> None:
    """By root, customization and profile."""
    assert chosen(root, customization, profile) is RULE_SETS[transaction]


@pytest.mark.parametrize(
    ("root", "customization"),
    [("DespatchAdvice", f"{URN}trns:despatch_advice:3"), ("OrderResponse", f"{URN}trns:order_agreement:3")],
)
def test_other_peppol_documents_keep_what_all_have_in_common(root: str, customization: str) -> None:
    """A transaction without a set of its own."""
    assert chosen(root, customization) is PEPPOL


@pytest.mark.parametrize("customization", ["", "urn:oasis:names:specification:ubl:xpath:Order-2.0:sbs-1.0-draft"])
def test_other_documents_are_held_to_ubl_alone(customization: str) -> None:
    """Nothing of Peppol is laid on them."""
    assert chosen("Order", customization) is UBL
    assert not [code for code in UBL.codes if "PEPPOL" in code.upper()]


def test_every_transaction_has_the_rules_that_all_have_in_common() -> None:
    """And rules of its own number."""
    for transaction, rules in RULE_SETS.items():
        assert PEPPOL.codes < rules.codes
        assert any(code.startswith(f"PEPPOL-{transaction}-") for code in rules.codes)
