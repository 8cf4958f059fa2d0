"""How every UBL document is opened: parsed, counted, held against the rules, and refused with all that is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import attrs

from orderlib.errors import DocumentError, Finding, FindingCode, Severity
from orderlib.wire.limits import Limits
from orderlib.wire.rules import check, rules_for
from orderlib.wire.rules.rule import MORE_FINDINGS
from orderlib.wire.ubl.reading import Reading
from orderlib.wire.xmltree import Element, parse_xml

__all__ = ["NO_CURRENCY", "Opened", "currency_of", "open_document", "told", "unread"]

WRONG_ROOT: Final = FindingCode(
    "ubl.other-document",
    Severity.ERROR,
    "the document is {found}, not {expected}",
    "文档为 {found}，而不是 {expected}",
)
TOO_MANY_LINES: Final = FindingCode(
    "ubl.too-many-lines",
    Severity.ERROR,
    "{count} lines are more than the {limit} that are accepted",
    "{count} 行超过上限 {limit}",
)
NO_CURRENCY: Final = FindingCode(
    "ubl.currency-missing", Severity.ERROR, "nothing says in which currency the document is", "文档没有注明币种"
)

_NAMESPACE: Final = "urn:oasis:names:specification:ubl:schema:xsd:{}-2"
_CURRENCIES: Final = (
    "cac:AnticipatedMonetaryTotal/cbc:PayableAmount",
    "cac:OrderLine/cac:LineItem/cac:Price/cbc:PriceAmount",
    "cac:OrderLine/cac:LineItem/cbc:LineExtensionAmount",
)


@attrs.frozen
class Opened:
    """A document that can be read on: its reading, and what the rules found. `reading` is None where it cannot."""

    reading: Reading | None
    findings: tuple[Finding, ...]
    customization: str = ""
    profile: str = ""


def open_document(data: bytes, limits: Limits | None, *names: str) -> Opened:
    """Parse the bytes of a document with one of these root elements, and run its rules.

    Raises `DocumentError` (`xml.…`) for what is no XML; every other fault is a finding.
    """
    limits = limits or Limits()
    root = parse_xml(data, limits)
    if root.name not in names or root.namespace != _NAMESPACE.format(root.name):
        found = f"{root.name} ({root.namespace or '-'})"
        return Opened(None, (WRONG_ROOT(root.path, found=found[:200], expected=", ".join(names)),))
    count = sum(1 for each in root.children if each.name == "OrderLine")
    if count > limits.max_lines:
        return Opened(None, (TOO_MANY_LINES(root.path, count=count, limit=limits.max_lines),))
    reading = Reading(root, limits, currency_of(root))
    for path in ("cbc:UBLVersionID", "cbc:DocumentCurrencyCode"):
        reading.text(root, path)
    customization, profile = (reading.text(root, path) for path in ("cbc:CustomizationID", "cbc:ProfileID"))
    return Opened(reading, check(root, rules_for(root), limits), customization, profile)


def currency_of(root: Element) -> str:
    """The document's currency: as declared, else that of the first amount that counts; empty if there is none."""
    declared = root.value_of("cbc:DocumentCurrencyCode") or root.value_of("cbc:PricingCurrencyCode")
    if declared:
        return declared
    for path in _CURRENCIES:
        amount = root.child(path)
        if amount is not None and amount.attributes.get("currencyID"):
            return amount.attributes["currencyID"]
    return ""


def told(opened: Opened, more: Iterable[Finding]) -> tuple[Finding, ...]:
    """What the rules found and what the reading found, each fault once, as many as may be told, errors first.

    An element that the rules call unreadable is not called so twice.
    """
    known = {
        each.address
        for each in opened.findings
        if each.severity is Severity.ERROR and not each.code.endswith("element-missing")
    }
    found = [*opened.findings, *(each for each in more if each.address not in known)]
    limit = Limits().max_faults if opened.reading is None else opened.reading.limits.max_faults
    untold = 0 if opened.reading is None else opened.reading.untold
    if len(found) <= limit + 1 and not untold:
        return tuple(found)
    ranked = sorted(found, key=lambda each: each.severity is not Severity.ERROR)
    kept = [each for each in ranked if each.code != MORE_FINDINGS.code][:limit]
    return (*kept, MORE_FINDINGS(count=len(found) - len(kept) + untold, limit=limit))


def unread(findings: Iterable[Finding]) -> DocumentError:
    """The error of a document that cannot be taken."""
    return DocumentError(*findings)
