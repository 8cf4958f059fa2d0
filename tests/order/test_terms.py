"""Tax, allowances, delivery terms and rounding refuse what cannot be."""

from __future__ import annotations

from decimal import Decimal

import pytest

from orderlib.errors import InvalidValueError
from orderlib.order.terms import AllowanceCharge, DeliveryTerms, Pricing, RoundingName, TaxCategory, TaxCategoryCode
from orderlib.values.money import Money
from orderlib.values.rounding import HALF_EVEN, ROUNDINGS, RoundingScope, ToStep


def codes(make):
    """Code and address of everything that the call refuses."""
    with pytest.raises(InvalidValueError) as caught:
        make()
    return [(each.code, each.address) for each in caught.value.findings]


def test_a_tax_category_takes_code_and_rate():
    """The code of UNCL 5305, the rate in percent."""
    tax = TaxCategory("S", "19")
    assert (tax.code, tax.rate, str(tax)) == (TaxCategoryCode.STANDARD, Decimal(19), "VAT S 19 %")
    assert str(TaxCategory("O", scheme="GST")) == "GST O"


@pytest.mark.parametrize(
    ("make", "code", "address"),
    [
        (lambda: TaxCategory("S"), "tax.rate-missing", "/rate"),
        (lambda: TaxCategory("S", -1), "tax.rate-range", "/rate"),
        (lambda: TaxCategory("S", 1001), "tax.rate-range", "/rate"),
        (lambda: TaxCategory("S", 19.0), "decimal.type", "/rate"),
        (lambda: TaxCategory("19"), "code.unknown", "/code"),
        (lambda: TaxCategory(None), "code.unknown", "/code"),
    ],
)
def test_a_tax_category_that_cannot_be_is_refused(make, code, address):
    """Every category but O needs a rate between 0 and 1000 %."""
    assert codes(make) == [(code, address)]


def test_an_allowance_goes_off_and_a_charge_on_top():
    """The amount itself is never negative."""
    amount = Money("5", "EUR")
    assert AllowanceCharge(amount).signed == Money("-5", "EUR")
    assert AllowanceCharge(amount, charge=True).signed == amount
    assert codes(lambda: AllowanceCharge(-amount)) == [("allowance.negative", "/amount")]


def test_an_allowance_and_its_base_share_a_currency():
    """A percentage of dollars makes no euros."""
    made = AllowanceCharge(Money("5", "EUR"), percentage="10", base=Money("50", "EUR"))
    assert made.percentage == 10
    wrong = lambda: AllowanceCharge(Money("5", "EUR"), base=Money("50", "USD"))
    assert codes(wrong) == [("allowance.currency", "/base/currency")]


def test_tolerances_lie_within_bounds():
    """Below by at most everything, above by at most ten times."""
    terms = DeliveryTerms(over_tolerance=5, under_tolerance="2.5")
    assert (terms.over_tolerance, terms.under_tolerance) == (5, Decimal("2.5"))
    assert codes(lambda: DeliveryTerms(over_tolerance=1001, under_tolerance=101)) == [
        ("delivery.tolerance", "/over_tolerance"),
        ("delivery.tolerance", "/under_tolerance"),
    ]
    assert codes(lambda: DeliveryTerms(under_tolerance=-1)) == [("delivery.tolerance", "/under_tolerance")]


@pytest.mark.parametrize("given", ["HALF_EVEN", HALF_EVEN, RoundingName.HALF_EVEN])
def test_rounding_is_kept_by_name(given):
    """A name, or one of the named rules."""
    pricing = Pricing(rounding=given, scope="line")
    assert pricing.rounding is RoundingName.HALF_EVEN
    assert pricing.rule is HALF_EVEN
    assert pricing.scope is RoundingScope.LINE


def test_every_named_rule_can_be_kept():
    """The list of names is the list of rules."""
    assert {str(name) for name in RoundingName} == set(ROUNDINGS)


def test_a_rule_of_ones_own_cannot_be_kept():
    """It would not be the same rule after the order was stored."""
    assert codes(lambda: Pricing(rounding=ToStep(5))) == [("code.unknown", "/rounding")]
    assert codes(lambda: Pricing(scope="page")) == [("code.unknown", "/scope")]
