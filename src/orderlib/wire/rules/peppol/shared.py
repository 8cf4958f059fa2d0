"""Rules that Peppol lays on every document: nothing empty, plain dates, party numbers with check digits,
elements that must be there, and codes out of its lists.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from orderlib.errors import FindingCode, Severity
from orderlib.values.currency import CURRENCIES, withdrawn_currencies
from orderlib.wire.rules import checksum, codelist
from orderlib.wire.rules.rule import Clause, Evidence, Rule, Scope, Test
from orderlib.wire.rules.ubl import required
from orderlib.wire.xmltree import Element

__all__ = ["SHARED_RULES"]

_DATES: Final = "cbc:IssueDate | cbc:DueDate | cbc:TaxPointDate | cbc:StartDate | cbc:EndDate | cbc:ActualDeliveryDate"
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch
_XSI: Final = "{http://www.w3.org/2001/XMLSchema-instance}"
_IDENTIFIED: Final = "cbc:EndpointID | cac:PartyIdentification/cbc:ID | cbc:CompanyID"

ELEMENT_MISSING: Final = FindingCode(
    "peppol.element-missing",
    Severity.ERROR,
    "the element {missing} must be given (Peppol BIS Ordering 3)",
    "缺少必需的元素 {missing}（Peppol BIS Ordering 3）",
)
CODE_UNKNOWN: Final = FindingCode(
    "peppol.code-unknown", Severity.ERROR, "{value} is not a code of {list}", "{value} 不是 {list} 中的代码"
)
SCHEME_UNKNOWN: Final = FindingCode(
    "peppol.scheme-unknown",
    Severity.WARNING,
    "{value} is not in {list} as of May 2025",
    "{value} 不在 2025 年 5 月版的 {list} 中",
)


def _is_not_empty(element: Element, _: Scope) -> Evidence | None:
    return None if element.text or element.children else {}


def _has_children(element: Element, _: Scope) -> Evidence | None:
    return None if element.children else {}


def _has_no_schema_location(root: Element, _: Scope) -> Evidence | None:
    return {} if {_XSI + "schemaLocation", _XSI + "noNamespaceSchemaLocation"} & root.attributes.keys() else None


def _is_plain_date(element: Element, _: Scope) -> Evidence | None:
    if _DATE(element.text) is not None:
        try:
            date.fromisoformat(element.text)
        except ValueError:
            return {"text": element.text}
        return None
    return {"text": element.text}


def _number_of(scheme: str, is_valid: Callable[[str], bool]) -> Test:
    """Every identifier of the scheme is well formed."""

    def test(element: Element, _: Scope) -> Evidence | None:
        if element.attributes.get("schemeID") != scheme or is_valid(" ".join(element.text.split())):
            return None
        return {"value": element.value}

    return test


def _party_number(  # a row of the table below
    code: str,
    scheme: str,
    is_valid: Callable[[str], bool],
    en: str,
    zh: str,
    severity: Severity = Severity.ERROR,
    context: str = _IDENTIFIED,
) -> Rule:
    told_en, told_zh = f"{{value}} is not {en} (scheme {scheme})", f"{{value}} 不是有效的{zh}（标识体系 {scheme}）"
    return Clause(context, _number_of(scheme, is_valid), told_en, told_zh, severity).named(f"PEPPOL-COMMON-{code}")


_WARNING: Final = Severity.WARNING
_ENDPOINT: Final = "cbc:EndpointID"
_CODICE: Final = (checksum.is_codice_fiscale, "an Italian tax code (codice fiscale)", "意大利税号（codice fiscale）")
_PARTITA: Final = (checksum.is_partita_iva, "an Italian VAT number (partita IVA)", "意大利增值税号（partita IVA）")

_PARTY_NUMBERS: Final = (
    _party_number("R040", "0088", checksum.is_gln, "a GLN with a valid check digit", "GLN（校验位正确）"),
    _party_number(
        "R041", "0192", checksum.is_norwegian_organisation_number, "a Norwegian organisation number", "挪威组织编号"
    ),
    _party_number(
        "R043", "0208", checksum.is_belgian_enterprise_number, "a Belgian enterprise number", "比利时企业编号"
    ),
    _party_number("R044", "0201", checksum.is_ipa_code, "an Italian IPA code", "意大利 IPA 代码", _WARNING),
    _party_number("R045", "0210", *_CODICE, _WARNING),
    _party_number("R046", "9907", *_CODICE, _WARNING, _ENDPOINT),
    _party_number("R047", "0211", *_PARTITA, _WARNING),
    _party_number("R048", "9906", *_PARTITA, _WARNING, _ENDPOINT),
    _party_number(
        "R049", "0007", checksum.is_swedish_organisation_number, "a Swedish organisation number", "瑞典组织编号"
    ),
    _party_number("R050", "0151", checksum.is_abn, "an Australian Business Number", "澳大利亚商业编号（ABN）"),
)


def _in_list(codes: frozenset[str], name: str, attribute: str | None = None) -> Test:
    """The text, or an attribute if it is given, is a code of the list."""

    def test(element: Element, _: Scope) -> Evidence | None:
        value = element.value if attribute is None else element.attributes.get(attribute)
        return None if value is None or value in codes else {"value": value, "list": name}

    return test


def _is_currency(element: Element, _: Scope) -> Evidence | None:
    value = element.attributes.get("currencyID") if element.name != "DocumentCurrencyCode" else element.value
    if value is None or value in CURRENCIES or value in withdrawn_currencies():
        return None
    return {"value": value, "list": "ISO 4217"}


_REASONS: Final = codelist.ALLOWANCE_REASONS | codelist.CHARGE_REASONS
_CODES: Final = (
    (CODE_UNKNOWN, "cbc:*Amount | cbc:DocumentCurrencyCode", _is_currency),
    (CODE_UNKNOWN, "cac:Country/cbc:IdentificationCode", _in_list(codelist.COUNTRIES, "ISO 3166-1")),
    (CODE_UNKNOWN, "cbc:ChargeIndicator", _in_list(codelist.INDICATORS, "true, false")),
    (CODE_UNKNOWN, "cbc:PartialDeliveryIndicator", _in_list(codelist.INDICATORS, "true, false")),
    (CODE_UNKNOWN, "cbc:AllowanceChargeReasonCode", _in_list(_REASONS, "UNCL 5189, UNCL 7161")),
    (CODE_UNKNOWN, "cac:TaxCategory/cbc:ID", _in_list(codelist.TAX_CATEGORIES, "UNCL 5305")),
    (CODE_UNKNOWN, "cac:ClassifiedTaxCategory/cbc:ID", _in_list(codelist.TAX_CATEGORIES, "UNCL 5305")),
    (SCHEME_UNKNOWN, "cbc:EmbeddedDocumentBinaryObject", _in_list(codelist.MIME_CODES, "IANA", "mimeCode")),
    (SCHEME_UNKNOWN, "cbc:EndpointID", _in_list(codelist.EAS, "EAS", "schemeID")),
    (SCHEME_UNKNOWN, "cac:PartyIdentification/cbc:ID", _in_list(codelist.ICD, "ISO 6523 ICD", "schemeID")),
    (SCHEME_UNKNOWN, "cac:PartyLegalEntity/cbc:CompanyID", _in_list(codelist.ICD, "ISO 6523 ICD", "schemeID")),
    (SCHEME_UNKNOWN, "cac:StandardItemIdentification/cbc:ID", _in_list(codelist.ICD, "ISO 6523 ICD", "schemeID")),
    (SCHEME_UNKNOWN, "cbc:ItemClassificationCode", _in_list(codelist.ITEM_TYPES, "UNCL 7143", "listID")),
)

_ORDERING: Final = ("Order", "OrderChange", "OrderCancellation", "OrderResponse")
_PARTIES: Final = ("cac:BuyerCustomerParty", "cac:SellerSupplierParty")
_REQUIRED: Final[Mapping[str, str]] = {
    "/*": "cbc:CustomizationID cbc:ProfileID",
    "/Order": "cbc:DocumentCurrencyCode",
    "/OrderChange": "cbc:DocumentCurrencyCode",
    **{f"/{root}/{party}": "cac:Party" for root in _ORDERING for party in _PARTIES},
    **{f"/{root}/{party}/cac:Party": "cbc:EndpointID" for root in _ORDERING for party in _PARTIES},
    "cac:Country": "cbc:IdentificationCode",
    "cac:AnticipatedMonetaryTotal": "cbc:LineExtensionAmount",
    "cac:PartyTaxScheme": "cac:TaxScheme",
}

SHARED_RULES: Final = (
    Clause("cbc:*", _is_not_empty, "the element is empty", "元素为空").named("PEPPOL-COMMON-R001"),
    Clause("cac:*", _has_children, "the element is empty", "元素为空").named("PEPPOL-COMMON-R002"),
    Clause(
        "/*", _has_no_schema_location, "the document names the location of a schema", "文档标明了模式位置", _WARNING
    ).named("PEPPOL-COMMON-R003"),
    Clause(
        _DATES, _is_plain_date, "“{text}” is not a date written YYYY-MM-DD", "“{text}” 不是 YYYY-MM-DD 格式的日期"
    ).named("PEPPOL-COMMON-R030"),
    *_PARTY_NUMBERS,
    *required(ELEMENT_MISSING, _REQUIRED),
    *(Rule(code, context, test) for code, context, test in _CODES),
)
"""For every Peppol document."""
