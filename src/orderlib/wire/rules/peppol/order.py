"""Peppol BIS Ordering 3: order (T01), order change (T114) and order cancellation (T115).

An order change restates the order and keeps the same rules under its own numbers.
"""

from __future__ import annotations

from typing import Final

from orderlib.errors import Severity
from orderlib.wire.rules import arithmetic, codelist
from orderlib.wire.rules.peppol.shared import CODE_UNKNOWN
from orderlib.wire.rules.rule import Clause, Evidence, Rule, Scope, Test
from orderlib.wire.rules.ubl import lines_by_id
from orderlib.wire.xmltree import Element

__all__ = [
    "CANCELLATION_RULES",
    "CHANGE_RULES",
    "ORDER_RULES",
    "code_of",
    "currency_differs",
    "starts_with",
    "unique_line_id",
]

_AMOUNTS: Final = (
    "cbc:Amount | cbc:TaxAmount | cbc:LineExtensionAmount | cbc:PriceAmount | cbc:BaseAmount | "
    "cac:AnticipatedMonetaryTotal/cbc:*"
)
_TOTALS: Final = "cac:AnticipatedMonetaryTotal"
_LINE: Final = "cac:OrderLine/cac:LineItem"
_ALLOWANCES: Final = "/*/cac:AllowanceCharge | /*/cac:OrderLine/cac:LineItem/cac:AllowanceCharge"
_SUM: Final = ": stated {stated}, calculated {calculated}"
_SUM_ZH: Final = "：标明 {stated}，计算得 {calculated}"
_BIS: Final = "urn:fdc:peppol.eu:poacc:bis:"
_TRANSACTION: Final = "urn:fdc:peppol.eu:poacc:trns:"


def starts_with(beginning: str) -> Test:
    """The text starts so."""
    return lambda element, _: None if element.value.startswith(beginning) else {"value": element.value}


def _one_of(*texts: str) -> Test:
    return lambda element, _: None if " ".join(element.text.split()) in texts else {"value": element.value}


def code_of(codes: frozenset[str], name: str) -> Test:
    """The text is a code of the list."""
    return lambda element, _: None if element.value in codes else {"value": element.value, "list": name}


def _document_currency(scope: Scope) -> str | None:
    return scope.root.value_of("cbc:DocumentCurrencyCode")


def currency_differs(amount: Element, scope: Scope) -> Evidence | None:
    """An amount has the currency of the document."""
    currency, declared = amount.attributes.get("currencyID"), scope.fact(_document_currency)
    return None if currency == declared else {"currency": currency, "declared": declared}


def unique_line_id(line: Element, scope: Scope) -> Evidence | None:
    """No other line of the document has the line's id."""
    number = line.value_of("cbc:ID")
    return None if number is None or lines_by_id(scope)[number] == 1 else {"id": number}


def _one_currency(amount: Element, scope: Scope) -> Evidence | None:
    return currency_differs(amount, scope) if "currencyID" in amount.attributes else None


def _two_decimals(amount: Element, _: Scope) -> Evidence | None:
    here: Element | None = amount
    while here is not None:
        if here.name == "Price":
            return None
        here = here.parent
    return None if len(amount.text.partition(".")[2]) <= 2 else {"value": amount.value}


def _not_negative(path: str) -> Test:
    """Every number along the steps is nought or more."""

    def test(element: Element, scope: Scope) -> Evidence | None:
        negative = (number for each in element.all(path) if (number := scope.number(each)) < 0)
        found = next(negative, None)
        return None if found is None else {"value": found}

    return test


def _has(*paths: str) -> Test:
    """At least one of the elements is there."""
    return lambda element, _: None if any(element.child(path) is not None for path in paths) else {}


def _comes_with(path: str, other: str) -> Test:
    """Where the first element is, the second is too."""
    return lambda element, _: {} if element.child(path) is not None and element.child(other) is None else None


def _vat_number_has_country(scheme: Element, _: Scope) -> Evidence | None:
    if scheme.value_of("cac:TaxScheme/cbc:ID") != "VAT":
        return None
    number = scheme.value_of("cbc:CompanyID") or ""
    return None if number[:2] in codelist.VAT_PREFIXES else {"value": number}


def _has_rate(category: Element, _: Scope) -> Evidence | None:
    code = category.value_of("cbc:ID") or ""
    return None if code == "O" or category.child("cbc:Percent") is not None else {"category": code}


def _standard_rate_is_positive(category: Element, scope: Scope) -> Evidence | None:
    if category.value_of("cbc:ID") != "S":
        return None
    rate = scope.number_at(category, "cbc:Percent")
    return None if rate is not None and rate > 0 else {"rate": "-" if rate is None else rate}


def _base_quantity_is_positive(line: Element, scope: Scope) -> Evidence | None:
    quantity = scope.number_at(line, "cac:Price/cbc:BaseQuantity")
    return None if quantity is None or quantity > 0 else {"value": quantity}


def _reason(indicator: str, codes: frozenset[str], name: str) -> Test:
    """The reason of an allowance (`false`) or charge (`true`) is in its list."""
    in_list = code_of(codes, name)

    def test(code: Element, scope: Scope) -> Evidence | None:
        stated = None if code.parent is None else code.parent.value_of("cbc:ChargeIndicator")
        return in_list(code, scope) if stated == indicator else None

    return test


_DOCUMENT: Final = {
    "R002": Clause(
        "/*",
        _has("cac:ValidityPeriod/cbc:EndDate"),
        "the document should say until when it is valid",
        "文档应注明有效期截止日",
        Severity.WARNING,
    ),
    "R003": Clause(
        _AMOUNTS,
        _one_currency,
        "an amount in {currency}; all must be in the document's currency {declared}",
        "金额币种为 {currency}，应与单据币种 {declared} 一致",
    ),
    "R014": Clause(
        "cac:OriginatorCustomerParty",
        _has("cac:Party/cac:PartyName/cbc:Name", "cac:Party/cac:PartyIdentification/cbc:ID"),
        "the originator needs a name or an identifier",
        "需求方必须有名称或标识",
    ),
    "R026": Clause(
        "cac:PartyTaxScheme",
        _vat_number_has_country,
        "the VAT number {value} does not begin with a country code",
        "增值税号 {value} 未以国家代码开头",
    ),
    "R028": Clause(_AMOUNTS, _two_decimals, "{value} has more than two decimals", "{value} 的小数位超过两位"),
}

_MONEY: Final = {
    "R006": Clause(
        _TOTALS,
        _not_negative("cbc:PayableAmount"),
        "the amount to be paid is negative: {value}",
        "应付金额为负：{value}",
    ),
    "R007": Clause(
        _TOTALS,
        _not_negative("cbc:LineExtensionAmount"),
        "the total of the lines is negative: {value}",
        "行合计为负：{value}",
    ),
    "R008": Clause(
        _TOTALS,
        arithmetic.line_total,
        "the total of the lines is not the sum of the line amounts" + _SUM,
        "行合计不等于各行金额之和" + _SUM_ZH,
    ),
    "R009": Clause(
        _TOTALS,
        arithmetic.allowance_total,
        "the total of allowances is not the sum of the document's allowances" + _SUM,
        "折让合计不等于单据级折让之和" + _SUM_ZH,
    ),
    "R010": Clause(
        _TOTALS,
        arithmetic.charge_total,
        "the total of charges is not the sum of the document's charges" + _SUM,
        "附加费合计不等于单据级附加费之和" + _SUM_ZH,
    ),
    "R011": Clause(
        _TOTALS,
        arithmetic.tax_exclusive,
        "the amount without tax is not lines - allowances + charges" + _SUM,
        "不含税金额不等于行合计−折让+附加费" + _SUM_ZH,
    ),
    "R016": Clause(
        _TOTALS,
        arithmetic.payable,
        "the amount to be paid is not the amount with tax - prepaid + rounding" + _SUM,
        "应付金额不等于含税金额−预付+舍入" + _SUM_ZH,
    ),
    "R017": Clause(
        _TOTALS,
        arithmetic.tax_inclusive,
        "the amount with tax is not the amount without tax + tax" + _SUM,
        "含税金额不等于不含税金额+税额" + _SUM_ZH,
    ),
}

_ALLOWANCE: Final = {
    "R020": Clause(
        "cac:AllowanceCharge",
        _comes_with("cbc:MultiplierFactorNumeric", "cbc:BaseAmount"),
        "a percentage is given, but not the amount that it is taken of",
        "给出了百分比，但没有基数金额",
    ),
    "R021": Clause(
        _ALLOWANCES,
        _comes_with("cbc:BaseAmount", "cbc:MultiplierFactorNumeric"),
        "a base amount is given, but no percentage",
        "给出了基数金额，但没有百分比",
    ),
    "R022": Clause(
        _ALLOWANCES,
        arithmetic.allowance_amount,
        "the allowance or charge is not its percentage of the base" + _SUM,
        "折让或附加费不等于基数乘以百分比" + _SUM_ZH,
    ),
    "R023": Clause(
        _ALLOWANCES,
        _has("cbc:AllowanceChargeReason", "cbc:AllowanceChargeReasonCode"),
        "the allowance or charge gives no reason, in text or as a code",
        "折让或附加费未说明原因（文字或代码）",
    ),
    "R029": Clause(
        "cac:TaxCategory | cac:ClassifiedTaxCategory",
        _has_rate,
        "the tax category {category} needs a rate",
        "税种类别 {category} 必须有税率",
    ),
    "R030": Clause(
        "cac:TaxCategory | cac:ClassifiedTaxCategory",
        _standard_rate_is_positive,
        "the standard rate must be above zero, not {rate}",
        "标准税率必须大于零，而不是 {rate}",
    ),
    "R032": Clause(
        _ALLOWANCES, _not_negative("cbc:Amount"), "a negative allowance or charge: {value}", "折让或附加费为负：{value}"
    ),
    "CL001": Clause(
        "cac:AllowanceCharge/cbc:AllowanceChargeReasonCode",
        _reason("false", codelist.ALLOWANCE_REASONS, "UNCL 5189"),
        "{value} is not a reason for an allowance ({list})",
        "{value} 不是折让原因代码（{list}）",
    ),
    "CL002": Clause(
        "cac:AllowanceCharge/cbc:AllowanceChargeReasonCode",
        _reason("true", codelist.CHARGE_REASONS, "UNCL 7161"),
        "{value} is not a reason for a charge ({list})",
        "{value} 不是附加费原因代码（{list}）",
    ),
}

_ON_LINES: Final = {
    "R001": Clause(_LINE, unique_line_id, "the line id {id} is given to several lines", "多个行使用同一标识 {id}"),
    "R004": Clause(_LINE, _not_negative("cbc:Quantity"), "a negative quantity: {value}", "数量为负：{value}"),
    "R005": Clause("cac:Price", _not_negative("cbc:PriceAmount"), "a negative price: {value}", "单价为负：{value}"),
    "R013": Clause(_LINE, _has("cbc:Quantity"), "the line should have a quantity", "行应有数量", Severity.WARNING),
    "R019": Clause(
        "cac:Price/cac:AllowanceCharge",
        arithmetic.net_price,
        "the price is not the gross price less the allowance" + _SUM,
        "净价不等于毛价减去折让" + _SUM_ZH,
    ),
    "R024": Clause(
        _LINE,
        arithmetic.line_amount,
        "the amount of the line is not quantity × price / base quantity + charges - allowances" + _SUM,
        "行金额不等于数量×单价÷基准数量+附加费−折让" + _SUM_ZH,
    ),
    "R025": Clause(
        _LINE,
        _base_quantity_is_positive,
        "the base quantity must be above zero, not {value}",
        "基准数量必须大于零，而不是 {value}",
    ),
    "R027": Clause(
        "cac:Price",
        _not_negative("cac:AllowanceCharge/cbc:BaseAmount"),
        "a negative gross price: {value}",
        "毛价为负：{value}",
    ),
    "R033": Clause(
        "cac:Price",
        _not_negative("cac:AllowanceCharge/cbc:Amount"),
        "a negative allowance on the price: {value}",
        "价格折让为负：{value}",
    ),
}


def _names_itself(transaction: str, *profiles: str) -> dict[str, Clause]:
    """The document names a profile that its transaction belongs to, and its transaction."""
    return {
        "R031": Clause(
            "cbc:ProfileID",
            _one_of(*(f"{_BIS}{profile}:3" for profile in profiles)),
            "the profile {value} has no such document",
            "流程 {value} 中没有此类文档",
        ),
        "R034": Clause(
            "cbc:CustomizationID",
            starts_with(f"{_TRANSACTION}{transaction}:3"),
            "{value} is not the customization of this document",
            "{value} 不是此类文档的定制标识",
        ),
    }


def _numbered(transaction: str, clauses: dict[str, Clause]) -> tuple[Rule, ...]:
    return tuple(clause.named(f"PEPPOL-{transaction}-{number}") for number, clause in sorted(clauses.items()))


_ORDER: Final = _DOCUMENT | _MONEY | _ALLOWANCE | _ON_LINES

ORDER_RULES: Final = (
    *_numbered("T01", _ORDER | _names_itself("order", "order_only", "ordering", "advanced_ordering")),
    Rule(CODE_UNKNOWN, "/*/cbc:OrderTypeCode", code_of(codelist.ORDER_TYPES, "UNCL 1001")),
)
"""T01, Order."""

CHANGE_RULES: Final = (
    *_numbered("T114", _ORDER | _names_itself("order_change", "advanced_ordering")),
    Rule(CODE_UNKNOWN, "cac:LineItem/cbc:LineStatusCode", code_of(codelist.CHANGE_ACTIONS, "UNCL 1229")),
)
"""T114, Order Change."""

CANCELLATION_RULES: Final = _numbered("T115", _names_itself("order_cancellation", "advanced_ordering"))
"""T115, Order Cancellation."""
