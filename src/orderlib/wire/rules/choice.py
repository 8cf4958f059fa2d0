"""Which rules a document must keep."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from orderlib.wire.rules.peppol.order import CANCELLATION_RULES, CHANGE_RULES, ORDER_RULES
from orderlib.wire.rules.peppol.response import RESPONSE_ADVANCED_RULES, RESPONSE_RULES
from orderlib.wire.rules.peppol.shared import SHARED_RULES
from orderlib.wire.rules.rule import RuleSet
from orderlib.wire.rules.ubl import ARITHMETIC_RULES, STRUCTURE_RULES
from orderlib.wire.xmltree import Element

__all__ = ["PEPPOL", "RULE_SETS", "UBL", "rules_for"]

_PEPPOL_URN: Final = "urn:fdc:peppol.eu:poacc:"
_TRANSACTION: Final = _PEPPOL_URN + "trns:"

UBL: Final = RuleSet("OASIS UBL 2", STRUCTURE_RULES + ARITHMETIC_RULES)
"""For documents of no known customization: what UBL's schemas demand, and whether the document adds up."""

PEPPOL: Final = RuleSet("Peppol", STRUCTURE_RULES + SHARED_RULES)
"""For Peppol documents of transactions that have no set of their own here."""

RULE_SETS: Final[Mapping[str, RuleSet]] = MappingProxyType(
    {
        "T01": RuleSet("Peppol T01 Order", PEPPOL.rules + ORDER_RULES),
        "T76": RuleSet("Peppol T76 Order Response", PEPPOL.rules + RESPONSE_RULES),
        "T114": RuleSet("Peppol T114 Order Change", PEPPOL.rules + CHANGE_RULES),
        "T115": RuleSet("Peppol T115 Order Cancellation", PEPPOL.rules + CANCELLATION_RULES),
        "T116": RuleSet("Peppol T116 Order Response Advanced", PEPPOL.rules + RESPONSE_ADVANCED_RULES),
    }
)
"""Peppol BIS Ordering 3 by transaction: order, response, change, cancellation, response advanced."""

_BY_ROOT: Final = {"Order": "T01", "OrderChange": "T114", "OrderCancellation": "T115"}


def rules_for(root: Element) -> RuleSet:
    """The rules for a document, by its root element, `CustomizationID` and `ProfileID`.

    A document that names Peppol in either is held to the rules of its transaction; every other one only
    to what UBL itself demands and to its own arithmetic.
    """
    customization = root.value_of("cbc:CustomizationID") or ""
    profile = root.value_of("cbc:ProfileID") or ""
    if not (customization.startswith(_PEPPOL_URN) or profile.startswith(_PEPPOL_URN)):
        return UBL
    if root.name != "OrderResponse":
        return RULE_SETS.get(_BY_ROOT.get(root.name, ""), PEPPOL)
    if customization.startswith(_TRANSACTION + "order_agreement:"):
        return PEPPOL
    advanced = customization.startswith(_TRANSACTION + "order_response_advanced:")
    return RULE_SETS["T116" if advanced or _is_advanced(profile) else "T76"]


def _is_advanced(profile: str) -> bool:
    return profile.startswith(_PEPPOL_URN + "bis:advanced_ordering:")
