"""Peppol BIS Ordering 3: order response (T76) and order response advanced (T116), rule for rule alike."""

from __future__ import annotations

from typing import Final

from orderlib.wire.rules import codelist
from orderlib.wire.rules.peppol.order import code_of, currency_differs, starts_with, unique_line_id
from orderlib.wire.rules.peppol.shared import CODE_UNKNOWN
from orderlib.wire.rules.rule import Clause, Evidence, Rule, Scope, Test
from orderlib.wire.xmltree import Element

__all__ = ["RESPONSE_ADVANCED_RULES", "RESPONSE_RULES"]


def _is_identified(party: Element, _: Scope) -> Evidence | None:
    named = party.child("cac:PartyLegalEntity/cbc:RegistrationName") or party.child("cac:PartyIdentification/cbc:ID")
    return None if named is not None else {}


def _ends_after_start(period: Element, _: Scope) -> Evidence | None:
    start, end = period.value_of("cbc:StartDate"), period.value_of("cbc:EndDate")
    return None if start is None or end is None or end >= start else {"start": start, "end": end}


def _lines(code: str, *, wanted: bool) -> Test:
    """A response of that code has lines, or has none."""

    def test(element: Element, scope: Scope) -> Evidence | None:
        has_lines = scope.root.child("cac:OrderLine") is not None
        return {"code": element.value} if element.value == code and has_lines is not wanted else None

    return test


_NO_LINES: Final = ("a response with code {code} must not have lines", "代码为 {code} 的响应不得包含行")

_RESPONSE: Final = {
    "R001": Clause(
        "cac:BuyerCustomerParty/cac:Party",
        _is_identified,
        "the buyer needs an official name or an identifier",
        "买方必须有正式名称或标识",
    ),
    "R002": Clause(
        "cac:SellerSupplierParty/cac:Party",
        _is_identified,
        "the seller needs an official name or an identifier",
        "卖方必须有正式名称或标识",
    ),
    "R003": Clause(
        "cac:OrderLine/cac:LineItem",
        unique_line_id,
        "the line id {id} is given to several lines",
        "多个行使用同一标识 {id}",
    ),
    "R004": Clause(
        "cac:PromisedDeliveryPeriod",
        _ends_after_start,
        "the promised period ends on {end}, before it starts on {start}",
        "承诺交货期的结束日 {end} 早于开始日 {start}",
    ),
    "R005": Clause(
        "cbc:PriceAmount",
        currency_differs,
        "a price in {currency}; all must be in the document's currency {declared}",
        "单价币种为 {currency}，应与单据币种 {declared} 一致",
    ),
    "R007": Clause(
        "cbc:OrderResponseCode",
        _lines("CA", wanted=True),
        "a response with code {code} must have lines",
        "代码为 {code} 的响应必须包含行",
    ),
    "R008": Clause("cbc:OrderResponseCode", _lines("AP", wanted=False), *_NO_LINES),
    "R009": Clause("cbc:OrderResponseCode", _lines("RE", wanted=False), *_NO_LINES),
    "R010": Clause("cbc:OrderResponseCode", _lines("AB", wanted=False), *_NO_LINES),
}


def _rules(transaction: str, customization: str) -> tuple[Rule, ...]:
    itself = Clause(
        "cbc:CustomizationID",
        starts_with(f"urn:fdc:peppol.eu:poacc:trns:{customization}:3"),
        "{value} is not the customization of this document",
        "{value} 不是此类文档的定制标识",
    )
    clauses = sorted({**_RESPONSE, "R006": itself}.items())
    return (
        *(clause.named(f"PEPPOL-{transaction}-{number}") for number, clause in clauses),
        Rule(CODE_UNKNOWN, "/*/cbc:OrderResponseCode", code_of(codelist.ORDER_RESPONSES, "UNCL 4343")),
        Rule(CODE_UNKNOWN, "cac:LineItem/cbc:LineStatusCode", code_of(codelist.LINE_ACTIONS, "UNCL 1229")),
    )


RESPONSE_RULES: Final = _rules("T76", "order_response")
"""T76, Order Response."""

RESPONSE_ADVANCED_RULES: Final = _rules("T116", "order_response_advanced")
"""T116, Order Response Advanced."""
