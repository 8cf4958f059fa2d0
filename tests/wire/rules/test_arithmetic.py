from __future__ import annotations

import pytest

from orderlib.wire.rules.choice import UBL
from orderlib.wire.rules.peppol.order import ORDER_RULES
from orderlib.wire.rules.rule import check
from orderlib.wire.xmltree import NAMESPACES, parse_xml


def fields(**values: object) -> str:
    """Basic elements by name."""
    return "".join(f"<cbc:{name}>{value}</cbc:{name}>" for name, value in values.items())


def total(name: str = "AnticipatedMonetaryTotal", **values: object) -> str:
    """The monetary totals."""
    return f"<cac:{name}>{fields(**values)}</cac:{name}>"


def allowance(amount: object, indicator: object = "false", **values: object) -> str:
    """An allowance, or a charge."""
    return f"<cac:AllowanceCharge>{fields(ChargeIndicator=indicator, Amount=amount, **values)}</cac:AllowanceCharge>"


def line(
    amount: object = None, quantity: object = 1, price: object = None, inside: str = "", base: object = None
) -> str:
    """An order line with one item."""
    stated = "" if amount is None else fields(LineExtensionAmount=amount)
    based = "" if base is None else fields(BaseQuantity=base)
    priced = "" if price is None else f"<cac:Price>{fields(PriceAmount=price)}{based}</cac:Price>"
    item = f"{fields(Quantity=quantity)}{stated}{inside}{priced}"
    return f"<cac:OrderLine><cac:LineItem>{item}</cac:LineItem></cac:OrderLine>"


def tax(amount: object, currency: str = "EUR") -> str:
    """A tax total."""
    return f'<cac:TaxTotal><cbc:TaxAmount currencyID="{currency}">{amount}</cbc:TaxAmount></cac:TaxTotal>'


def broken(*parts: str, rules=UBL, root: str = "Order") -> dict[str, str]:
    """Codes of the sums that do not add up, with what was calculated."""
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    document = parse_xml(f"<{root} {declared}>{''.join(parts)}</{root}>".encode())
    return {
        finding.code: dict(finding.evidence).get("calculated", dict(finding.evidence).get("tax", ""))
        for finding in check(document, rules)
        if "stated" in dict(finding.evidence)
    }


TAXED = (
    "<cac:Item><cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>20</cbc:Percent></cac:ClassifiedTaxCategory>"
    "</cac:Item>"
)
ADDS_UP = (
    line(90, 10, 10, allowance(10)),
    line("12.50", 5, 5, base=2),
    allowance("2.5"),
    allowance(1, "true"),
    tax(20),
    total(
        LineExtensionAmount="102.50",
        TaxExclusiveAmount=101,
        TaxInclusiveAmount=121,
        AllowanceTotalAmount="2.5",
        ChargeTotalAmount=1,
        PrepaidAmount=20,
        PayableRoundingAmount="-0.5",
        PayableAmount="100.5",
    ),
)


def test_a_document_that_adds_up_is_left_alone() -> None:
    """Under the general rules and under Peppol's."""
    assert broken(*ADDS_UP) == {}
    assert broken(*ADDS_UP, rules=ORDER_RULES) == {}


@pytest.mark.parametrize(
    ("parts", "code", "calculated"),
    [
        ((line(9, 2, 5),), "ubl.line-amount", "10"),
        ((line(9, 2, 5, allowance(2)),), "ubl.line-amount", "8"),
        ((line(9, 2, 5, allowance(2, "1")),), "ubl.line-amount", "12"),
        ((line("3.36", 1, 10, base=3),), "ubl.line-amount", "3.3333"),
        ((line("-3.36", -1, 10, base=3),), "ubl.line-amount", "-3.3333"),
        ((allowance(9, MultiplierFactorNumeric=10, BaseAmount=100),), "ubl.allowance-amount", "10"),
        ((line(5), total(LineExtensionAmount=6)), "ubl.total-lines", "5"),
        ((line(5), allowance(1), total(AllowanceTotalAmount=2)), "ubl.total-allowances", "1"),
        ((line(5), allowance(1, "true"), total(ChargeTotalAmount=2)), "ubl.total-charges", "1"),
        ((line(5), total(LineExtensionAmount=5, TaxExclusiveAmount=4)), "ubl.total-tax-exclusive", "5"),
        ((line(5), tax(1), total(LineExtensionAmount=5, TaxInclusiveAmount=7)), "ubl.total-tax-inclusive", "6"),
        ((line(5), total(TaxInclusiveAmount=7, PrepaidAmount=2, PayableAmount=7)), "ubl.total-payable", "5"),
        ((line(5), tax(1), total(LineExtensionAmount=5, PayableAmount=7)), "ubl.total-payable", "6"),
        ((line(5), tax(1), total(LineExtensionAmount=5, PayableAmount=5)), "ubl.total-leaves-tax-out", "1"),
    ],
)
def test_what_does_not_add_up_is_told(parts: tuple[str, ...], code: str, calculated: str) -> None:
    """With what was calculated; nothing else is touched."""
    found = broken(*parts)
    assert found.keys() == {code}
    assert float(found[code]) == pytest.approx(float(calculated))


@pytest.mark.parametrize(
    "parts",
    [
        (line("10.02", 2, 5),),
        (line("3.33", 1, 10, base=3),),
        (line(None, 2, 5),),
        (line(5, 2),),
        (line(10, 2, 5, base=0),),
        (line(5), tax(1), total(LineExtensionAmount=5, PayableAmount=6)),
        (line(5), total(PayableAmount=6)),
        (line(5), total(LineExtensionAmount=5)),
        (line("1.005"), total(LineExtensionAmount="1.005")),
        (total(LineExtensionAmount=5, AllowanceTotalAmount=1, PayableAmount=9),),
        (allowance(10, MultiplierFactorNumeric="0.1", BaseAmount=100),),
        (allowance(10, MultiplierFactorNumeric=10),),
        (line("x", 2, 5), total(LineExtensionAmount=5)),
        (line(5), line(None, 2, 5), total(LineExtensionAmount=15)),
        (line(5, inside=TAXED), total(LineExtensionAmount=5, PayableAmount=6)),
        (
            fields(DocumentCurrencyCode="EUR"),
            line(5),
            tax(1),
            tax(9, "SEK"),
            total(LineExtensionAmount=5, PayableAmount=6),
        ),
    ],
)
def test_what_cannot_be_told_is_not_told(parts: tuple[str, ...]) -> None:
    """Within the tolerance, without the figures that it takes, or where two readings are usual."""
    assert broken(*parts) == {}


def test_rounding_may_be_part_of_the_amount_with_tax() -> None:
    """Older documents hold it there; it is counted once."""
    values = {"LineExtensionAmount": 5, "PayableRoundingAmount": "0.3", "TaxInclusiveAmount": "6.3"}
    assert broken(line(5), tax(1), total(**values, PayableAmount="6.3")) == {}
    assert broken(line(5), tax(1), total(**values, PayableAmount="6.6")).keys() == {"ubl.total-payable"}
    assert broken(line(5), tax(1), total(**values, PayableAmount="6.3"), rules=ORDER_RULES).keys() == {
        "PEPPOL-T01-R017",
        "PEPPOL-T01-R016",
        "PEPPOL-T01-R024",
    }


def test_a_currency_without_cents_may_round_a_line_to_a_unit() -> None:
    """333.4 yen are billed as 333."""
    text = line("333", 1, "333.4").replace("LineExtensionAmount>3", 'LineExtensionAmount currencyID="JPY">3')
    assert broken(text) == {}
    assert broken(line("333", 1, "333.4")).keys() == {"ubl.line-amount"}
    yen = allowance("905", MultiplierFactorNumeric=10, BaseAmount=9053).replace(
        "Amount>905<", 'Amount currencyID="JPY">905<'
    )
    assert broken(yen) == {}
    assert broken(yen.replace("JPY", "EUR")).keys() == {"ubl.allowance-amount"}


def test_a_tax_of_nought_on_the_lines_is_none() -> None:
    """What is to be paid is judged unless lines bear a tax that no total tells."""
    untaxed = TAXED.replace("20", "0")
    totals = total(LineExtensionAmount=5, PayableAmount=6)
    assert broken(line(5, inside=untaxed), totals).keys() == {"ubl.total-payable"}
    assert broken(line(5, inside=TAXED), tax(0), totals).keys() == {"ubl.total-payable"}
    assert broken(line(5, inside=TAXED.replace("20", "x")), totals).keys() == {"ubl.total-payable"}


@pytest.mark.parametrize(
    ("root", "lines", "quantity", "totals"),
    [
        ("Invoice", "InvoiceLine", "InvoicedQuantity", "LegalMonetaryTotal"),
        ("CreditNote", "CreditNoteLine", "CreditedQuantity", "LegalMonetaryTotal"),
        ("DebitNote", "DebitNoteLine", "DebitedQuantity", "RequestedMonetaryTotal"),
    ],
)
def test_invoices_and_notes_are_added_up_too(root: str, lines: str, quantity: str, totals: str) -> None:
    """Their lines and totals have other names."""
    priced = f"<cac:Price>{fields(PriceAmount=4)}</cac:Price>"
    one = f"<cac:{lines}>{fields(**{quantity: 2}, LineExtensionAmount=7)}{priced}</cac:{lines}>"
    found = broken(one, total(totals, LineExtensionAmount=6), root=root)
    assert found == {"ubl.line-amount": "8", "ubl.total-lines": "7"}


def test_peppol_counts_what_is_missing_as_nought() -> None:
    """A line without amount, and totals that do not mention the document's allowances."""
    found = broken(
        line(None, 2, 5), allowance(1), allowance(2, "true"), total(LineExtensionAmount=0), rules=ORDER_RULES
    )
    calculated = {code: float(value) for code, value in found.items()}
    assert calculated == {"PEPPOL-T01-R024": 10, "PEPPOL-T01-R009": 1, "PEPPOL-T01-R010": 2}


def test_a_net_price_needs_all_three_figures() -> None:
    """Gross, allowance and net."""

    def price(*parts: str) -> dict[str, str]:
        return broken(f"<cac:Price>{''.join(parts)}</cac:Price>", rules=ORDER_RULES)

    assert price(fields(PriceAmount=8), allowance(2, BaseAmount=11)) == {"PEPPOL-T01-R019": "9"}
    assert price(fields(PriceAmount=9), allowance(2, BaseAmount=11)) == {}
    assert price(allowance(2, BaseAmount=11)) == {}
    assert price(fields(PriceAmount=9), allowance(2)) == {}
