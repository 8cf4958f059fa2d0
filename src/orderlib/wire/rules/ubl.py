"""What holds for any UBL 2 document: its schema's demands, one currency, and sums that add up.

Structure is an error, because nothing can be read without it; arithmetic is a warning, because OASIS states
no equations and what does not add up is reported, never repaired. Codes are `ubl.…`; the documents are
orders, changes, responses, cancellations, invoices and credit notes (OASIS UBL 2.0-2.4, the XSD).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Final

from orderlib.errors import FindingCode, Severity
from orderlib.wire.rules import arithmetic
from orderlib.wire.rules.rule import Clause, Evidence, Rule, Scope, Test
from orderlib.wire.xmltree import Element

__all__ = ["ARITHMETIC_RULES", "STRUCTURE_RULES", "lines_by_id", "required"]

_NUMBERS: Final = "cbc:*Amount | cbc:*Quantity | cbc:*Percent | cbc:*Numeric | cbc:*Rate | cbc:*Measure"
_TOTALS: Final = "cac:AnticipatedMonetaryTotal | cac:LegalMonetaryTotal | cac:RequestedMonetaryTotal"
_LINES: Final = "cac:OrderLine/cac:LineItem | /*/cac:InvoiceLine | /*/cac:CreditNoteLine | /*/cac:DebitNoteLine"
_DATE: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])?").fullmatch

ELEMENT_MISSING: Final = FindingCode(
    "ubl.element-missing",
    Severity.ERROR,
    "the element {missing} must be given (UBL schema)",
    "缺少必需的元素 {missing}（UBL 模式）",
)

_REQUIRED: Final[Mapping[str, str]] = {
    "/Order": "cbc:ID cbc:IssueDate cac:BuyerCustomerParty cac:SellerSupplierParty cac:OrderLine",
    "/OrderChange": "cbc:ID cbc:IssueDate cac:OrderReference cac:BuyerCustomerParty cac:SellerSupplierParty "
    "cac:OrderLine",
    "/OrderResponse": "cbc:ID cbc:IssueDate cac:OrderReference cac:BuyerCustomerParty cac:SellerSupplierParty",
    "/OrderResponseSimple": "cbc:ID cbc:IssueDate cbc:AcceptedIndicator cac:OrderReference cac:BuyerCustomerParty "
    "cac:SellerSupplierParty",
    "/OrderCancellation": "cbc:ID cbc:IssueDate cbc:CancellationNote cac:OrderReference cac:BuyerCustomerParty "
    "cac:SellerSupplierParty",
    "cac:OrderLine": "cac:LineItem",
    "cac:LineItem": "cbc:ID cac:Item",
    "cac:OrderReference": "cbc:ID",
    "cac:Price": "cbc:PriceAmount",
    "cac:AllowanceCharge": "cbc:ChargeIndicator cbc:Amount",
    "cac:TaxTotal": "cbc:TaxAmount",
    "cac:AnticipatedMonetaryTotal": "cbc:PayableAmount",
    "cac:PartyName": "cbc:Name",
    "cac:PartyIdentification": "cbc:ID",
}


def _has(path: str) -> Test:
    return lambda element, _: None if element.child(path) is not None else {"missing": path}


def required(code: FindingCode, demanded: Mapping[str, str]) -> tuple[Rule, ...]:
    """A rule for every child that an element must have: `{"cac:Price": "cbc:PriceAmount"}`."""
    return tuple(Rule(code, context, _has(path)) for context, paths in demanded.items() for path in paths.split())


def _number_is_readable(element: Element, scope: Scope) -> Evidence | None:
    return None if scope.readable(element.text) else {"text": element.value}


def _date_is_readable(element: Element, _: Scope) -> Evidence | None:
    found = _DATE(element.value)
    if found is not None:
        try:
            date.fromisoformat(found.group(1))
        except ValueError:
            return {"text": element.value}
        return None
    return {"text": element.value}


def _ids(scope: Scope) -> Counter[str]:
    return Counter(each.value_of("cbc:ID") or "" for each in scope.root.iterate() if each.name == "LineItem")


def lines_by_id(scope: Scope) -> Mapping[str, int]:
    """How many line items of the document bear each id."""
    return scope.fact(_ids)


def _id_is_unique(line: Element, scope: Scope) -> Evidence | None:
    number = line.value_of("cbc:ID") or ""
    return None if not number or lines_by_id(scope)[number] == 1 else {"id": number}


_CURRENCY_CODES: Final = (
    "cbc:DocumentCurrencyCode",
    "cbc:PricingCurrencyCode",
    "cbc:TaxCurrencyCode",
    "cbc:RequestedInvoiceCurrencyCode",
    "cbc:PaymentCurrencyCode",
    "cbc:PaymentAlternativeCurrencyCode",
)


def _currencies(scope: Scope) -> frozenset[str]:
    """Currencies that the document declares; without one, the first that an amount to be paid has."""
    root = scope.root
    declared = {found for path in _CURRENCY_CODES if (found := root.value_of(path))}
    for total in ("cac:AnticipatedMonetaryTotal", "cac:LegalMonetaryTotal"):
        payable = root.child(f"{total}/cbc:PayableAmount")
        if not declared and payable is not None:
            declared = {payable.attributes.get("currencyID", "")}
    return frozenset(declared - {""})


def _currency_is_declared(amount: Element, scope: Scope) -> Evidence | None:
    currency = amount.attributes.get("currencyID")
    declared = scope.fact(_currencies)
    if currency is None or not declared or currency in declared:
        return None
    return {"currency": currency, "declared": ", ".join(sorted(declared))}


STRUCTURE_RULES: Final = (
    *required(ELEMENT_MISSING, _REQUIRED),
    Clause(
        _NUMBERS,
        _number_is_readable,
        "“{text}” is not a decimal number, or has too many digits",
        "“{text}” 不是十进制数，或位数过多",
    ).named("ubl.number-unreadable"),
    Clause("cbc:*Date", _date_is_readable, "“{text}” is not a date of the calendar", "“{text}” 不是有效的日期").named(
        "ubl.date-unreadable"
    ),
)
"""What UBL's schemas demand of the documents that orderlib reads."""


def _sums(code: str, context: str, test: Test, en: str, zh: str) -> Rule:
    told = ": stated {stated}, calculated {calculated}"
    clause = Clause(context, test, en + told, zh + "：标明 {stated}，计算得 {calculated}", Severity.WARNING)
    return clause.named(code)


ARITHMETIC_RULES: Final = (
    Clause(
        "cac:LineItem",
        _id_is_unique,
        "the line id {id} is given to several lines",
        "多个行使用同一标识 {id}",
        Severity.WARNING,
    ).named("ubl.line-id-repeated"),
    Clause(
        "cbc:*Amount",
        _currency_is_declared,
        "an amount in {currency}, while the document declares {declared}",
        "金额币种为 {currency}，而文档声明的币种为 {declared}",
        Severity.WARNING,
    ).named("ubl.currency-mixed"),
    _sums(
        "ubl.line-amount",
        _LINES,
        arithmetic.line_amount_if_stated,
        "the amount of the line is not quantity × price ± allowances and charges",
        "行金额不等于数量×单价±折让与附加费",
    ),
    _sums(
        "ubl.allowance-amount",
        "cac:AllowanceCharge",
        arithmetic.allowance_amount_or_factor,
        "the allowance or charge is not the stated share of its base",
        "折让或附加费不等于基数乘以标明的比例",
    ),
    _sums(
        "ubl.total-lines",
        _TOTALS,
        arithmetic.line_total_of_any,
        "the total of the lines is not the sum of their amounts",
        "行合计不等于各行金额之和",
    ),
    _sums(
        "ubl.total-allowances",
        "cac:AnticipatedMonetaryTotal/cbc:AllowanceTotalAmount | cac:LegalMonetaryTotal/cbc:AllowanceTotalAmount",
        arithmetic.total_if_stated,
        "the total of allowances is not the sum of the document's allowances",
        "折让合计不等于单据级折让之和",
    ),
    _sums(
        "ubl.total-charges",
        "cac:AnticipatedMonetaryTotal/cbc:ChargeTotalAmount | cac:LegalMonetaryTotal/cbc:ChargeTotalAmount",
        arithmetic.total_if_stated,
        "the total of charges is not the sum of the document's charges",
        "附加费合计不等于单据级附加费之和",
    ),
    _sums(
        "ubl.total-tax-exclusive",
        _TOTALS,
        arithmetic.tax_exclusive,
        "the amount without tax is not lines - allowances + charges",
        "不含税金额不等于行合计−折让+附加费",
    ),
    _sums(
        "ubl.total-tax-inclusive",
        _TOTALS,
        arithmetic.tax_inclusive_of_any,
        "the amount with tax is not the amount without tax + tax",
        "含税金额不等于不含税金额+税额",
    ),
    _sums(
        "ubl.total-payable",
        _TOTALS,
        arithmetic.payable_of_any,
        "the amount to be paid is not the total - prepaid + rounding",
        "应付金额不等于合计−预付+舍入",
    ),
    Clause(
        _TOTALS,
        arithmetic.payable_leaves_tax_out,
        "the amount to be paid, {stated}, leaves out the tax of {tax}",
        "应付金额 {stated} 未包含税额 {tax}",
        Severity.INFO,
    ).named("ubl.total-leaves-tax-out"),
)
"""One currency and sums that add up; told as warnings, or as information where both readings are usual."""
