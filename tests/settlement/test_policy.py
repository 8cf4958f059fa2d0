"""Every slot of settlement by itself: two outcomes at least, each with its reasons."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs
import pytest
from build import line, order
from settling import Settling, eur

from orderlib.account.record import CreditPosition
from orderlib.case.policies import PolicySet
from orderlib.errors import InvalidValueError
from orderlib.order.payment import PaymentTerms
from orderlib.settlement.clearing import Clearing, OldestFirst
from orderlib.settlement.policy import (
    ByTerms,
    DunningStep,
    Match,
    Reminders,
    ThreeWayMatch,
    WithinLimit,
    basis_of_terms,
)
from orderlib.settlement.record import BillingBasis, InvoiceKind, InvoiceLine, basis_of, kind_of
from orderlib.values.decision import Verdict
from orderlib.values.lines import Lines
from orderlib.values.money import Money
from orderlib.values.rate import ExchangeRate


@pytest.mark.parametrize(
    ("terms", "basis"),
    [
        (PaymentTerms(), BillingBasis.DELIVERY),
        (PaymentTerms(advance="30"), BillingBasis.DELIVERY),
        (PaymentTerms(advance="100"), BillingBasis.ORDER),
        (PaymentTerms(retention="5"), BillingBasis.ACCEPTANCE),
    ],
)
def test_terms_choose_the_basis(terms, basis):
    """What the terms of payment mean is what the policy says, with a reason."""
    decision = ByTerms()(order(payment=terms))
    assert decision.outcome is basis is basis_of_terms(order(payment=terms))
    assert decision.reasons


def test_a_missing_price_is_for_a_person():
    """Never billed by itself."""
    decision = ByTerms()(order(line(price=None)))
    assert (decision.outcome, decision.reasons[0].code) == (BillingBasis.REVIEW, "billing.unpriced")


def matched(policy=None, *, change=None, allowed="2"):
    """An invoice for two pumps against its statement, perhaps changed, and what may be billed."""
    story = Settling()
    story.deliver(("10", 2))
    before = story.case
    invoice = story.bill()
    statement = story.record.statements[invoice.statement_id]
    if change is not None:
        invoice = attrs.evolve(invoice, lines=Lines([change]))
    allowance = {"10": Decimal(allowed)}
    return (policy or ThreeWayMatch())(invoice, statement, before.order, before.ledger, allowance)


def test_an_invoice_that_agrees_matches():
    """Statement, order and ledger say the same."""
    assert matched().outcome is Match.OK


def test_every_difference_is_named():
    """Another amount, an unknown line, more than is delivered; a tolerance may forgive the last."""
    assert [each.code for each in matched(change=InvoiceLine("10", 2, eur(1))).reasons] == ["matching.statement"]
    assert [each.code for each in matched(change=InvoiceLine("99", 2, eur(1))).reasons] == [
        "matching.statement",
        "matching.unknown-line",
    ]
    assert [each.code for each in matched(allowed="1.9").reasons] == ["matching.quantity"]
    assert matched(ThreeWayMatch(tolerance=10), allowed="1.9").outcome is Match.OK


def test_money_that_exceeds_everything_is_partly_cleared():
    """The rest is said."""
    story = Settling()
    story.deliver(("10", 1))
    invoice = story.bill()
    decision = OldestFirst()(eur("240"), "", (invoice,), {})
    assert decision.outcome is Clearing.PARTLY
    assert [(each.invoice_id, each.amount) for each in decision.allocations] == [(invoice.id, eur("237.88"))]
    assert decision.reasons[0].message() == "2.12 EUR are too much"


def position(**more):
    """A customer with a limit of 1000 EUR, of which 400 are taken."""
    more.setdefault("limit", eur(1000))
    return CreditPosition(order=eur(100), delivered=eur(100), receivable=eur(200), **more)


@pytest.mark.parametrize(
    ("given", "amount", "outcome", "codes"),
    [
        (position(), eur(600), Verdict.YES, ["credit.within-limit"]),
        (position(), eur(601), Verdict.NO, ["credit.above-limit"]),
        (position(limit=None), eur(1), Verdict.REVIEW, ["credit.no-limit"]),
        (None, eur(1), Verdict.REVIEW, ["credit.no-limit"]),
        (position(blocked=True, dunning_level=3), eur(1), Verdict.NO, ["credit.blocked", "credit.dunned"]),
        (position(limit=None, blocked=True), eur(1), Verdict.NO, ["credit.blocked", "credit.no-limit"]),
        (position(), Money("100", "USD"), Verdict.REVIEW, ["credit.rate-missing"]),
    ],
)
def test_credit_is_a_matter_of_limit_block_and_reminders(given, amount, outcome, codes):
    """All reasons at once; without a limit or a rate a person must look."""
    decision = WithinLimit()(given, amount, ())
    assert (decision.outcome, [each.code for each in decision.reasons]) == (outcome, codes)


def test_credit_in_another_currency_goes_by_the_rate():
    """500 USD at 1.25 are 400 EUR; a tolerance stretches the limit."""
    rates = (ExchangeRate("EUR", "USD", "1.25", date(2026, 3, 2)),)
    assert WithinLimit()(position(), Money("500", "USD"), rates).outcome is Verdict.YES
    assert WithinLimit()(position(), Money("800", "USD"), rates).outcome is Verdict.NO
    assert WithinLimit(tolerance=10)(position(), Money("800", "USD"), rates).outcome is Verdict.YES


def test_reminders_end():
    """Three, unless another number is set."""
    assert Reminders()(2, 40, eur(1)).outcome is DunningStep.NEXT
    stopped = Reminders()(3, 60, eur(1))
    assert (stopped.outcome, len(stopped.reasons), len(stopped.otherwise)) == (DunningStep.STOP, 2, 1)
    assert Reminders(most=4)(3, 60, eur(1)).outcome is DunningStep.NEXT


def test_the_set_of_policies_knows_every_slot_of_settlement():
    """Bound and signed."""
    policies = PolicySet()
    decision = policies.billing(order())
    assert str(decision.policy) == "ByTerms unversioned"
    assert {policies.matching.name, policies.clearing.name, policies.credit.name, policies.dunning.name} == {
        "ThreeWayMatch",
        "OldestFirst",
        "WithinLimit",
        "Reminders",
    }


def test_codes_are_read_strictly():
    """A kind of invoice and a basis that there are not."""
    assert kind_of("386") is InvoiceKind.ADVANCE
    assert basis_of("order") is BillingBasis.ORDER
    for read in (kind_of, basis_of):
        with pytest.raises(InvalidValueError):
            read("barter")
