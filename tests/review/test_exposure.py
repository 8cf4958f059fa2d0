"""Credit, trade restrictions, and risks that the order shows."""

from __future__ import annotations

import attrs
import pytest
from build import BUYER, at, line, order
from reviewing import account

from orderlib.errors import InvalidValueError
from orderlib.order.terms import DeliveryTerms
from orderlib.review.exposure import NoRestrictedTrade, RiskWithinAppetite, WithinCreditLimit
from orderlib.review.policy import Circumstances
from orderlib.review.record import Opinion
from orderlib.risk.record import Rating, Risk, RiskCause
from orderlib.values.fact import Facts
from orderlib.values.instant import instant
from orderlib.values.party import Address, Party
from orderlib.values.period import DayPeriod

ACCEPT, CONDITIONS, REVIEW, REJECT = Opinion
NOW = instant(at())


def seen(limit="50000", risks=(), other=None, **more):
    """Circumstances of a customer with an account."""
    credit = account(limit, **more).position()
    return Circumstances(at=NOW, credit=credit, risks=risks, facts=Facts(other=other or {}))


def codes(decision):
    """The codes of the reasons."""
    return [each.code for each in decision.reasons]


@pytest.mark.parametrize(
    ("circumstances", "opinion", "code"),
    [
        (Circumstances(at=NOW), REVIEW, "assess.no-account"),
        (seen(None), REVIEW, "assess.no-account"),
        (seen("713.64"), ACCEPT, "assess.credit"),
        (seen("713.63"), CONDITIONS, "assess.credit"),
        (seen(blocked=True), REJECT, "assess.credit-blocked"),
        (seen(dunning_level=2), CONDITIONS, "assess.credit-dunned"),
    ],
)
def test_credit_is_what_is_left_after_the_order(circumstances, opinion, code):
    """To the cent; what exceeds the limit is paid in advance."""
    decision = WithinCreditLimit()(order(), circumstances)
    assert (decision.outcome, codes(decision)[0]) == (opinion, code)


def test_what_exceeds_the_limit_is_asked_for():
    """Exactly that much, before anything is made."""
    decision = WithinCreditLimit()(order(), seen("713"))
    assert [each.wording for each in decision.conditions] == ["0.64 EUR are paid before production"]


def test_credit_in_another_currency_needs_a_rate():
    """Nobody guesses."""
    yuan = order(line(currency="CNY"), currency="CNY")
    assert codes(WithinCreditLimit()(yuan, seen())) == ["assess.credit-no-rate"]


@pytest.mark.parametrize(
    ("policy", "opinion", "code"),
    [
        (NoRestrictedTrade(), ACCEPT, "assess.trade-free"),
        (NoRestrictedTrade(parties={"C1"}), REJECT, "assess.party-restricted"),
        (NoRestrictedTrade(parties={"S1"}), REJECT, "assess.party-restricted"),
        (NoRestrictedTrade(countries={"DE"}), REJECT, "assess.country-embargoed"),
        (NoRestrictedTrade(licences={("P-7", "DE")}), CONDITIONS, "assess.licence-needed"),
        (NoRestrictedTrade(licences={("P-7", "FR")}), ACCEPT, "assess.trade-free"),
    ],
)
def test_trade_is_held_against_the_lists(policy, opinion, code):
    """Parties, countries, licences."""
    decision = policy(order(), seen())
    assert (decision.outcome, codes(decision)) == (opinion, [code])


def test_every_place_that_goods_go_to_counts():
    """The recipient's country and each line's own place."""
    policy = NoRestrictedTrade(countries={"KP"})
    abroad = attrs.evolve(line(), delivery_place=Address(country="KP"))
    recipient = DeliveryTerms(recipient=Party("R1", address=Address(country="KP")))
    assert policy(order(abroad), seen()).outcome is REJECT
    assert policy(order(delivery=recipient), seen()).outcome is REJECT


def test_a_licence_that_is_held_is_enough():
    """The fact says so, by article and country."""
    policy = NoRestrictedTrade(licences={("P-7", "DE")})
    assert policy(order(), seen(other={"licence/P-7/DE": "yes"})).outcome is ACCEPT


def test_a_party_without_a_country_needs_a_person():
    """And the licences that are known to be missing are told as well."""
    nowhere = attrs.evolve(BUYER, address=None)
    policy = NoRestrictedTrade(licences={("P-7", "DE")})
    goes_to = DeliveryTerms(address=Address(country="DE"))
    decision = policy(order(buyer=nowhere, delivery=goes_to), seen())
    assert (decision.outcome, codes(decision)) == (REVIEW, ["assess.country-unknown", "assess.licence-needed"])


def risk(likelihood, consequence, owner="legal"):
    """A risk of the register."""
    return Risk("r1", "The law changes", RiskCause.REGULATION, Rating(likelihood, consequence), owner=owner)


@pytest.mark.parametrize(
    ("likelihood", "consequence", "opinion"), [(1, 2, ACCEPT), (1, 3, CONDITIONS), (3, 5, CONDITIONS), (4, 4, REJECT)]
)
def test_the_gravest_risk_decides(likelihood, consequence, opinion):
    """As a share of the value: up to a tenth is borne, above 60 percent the order is rejected."""
    decision = RiskWithinAppetite()(order(), seen(risks=(risk(1, 1), risk(likelihood, consequence))))
    assert decision.outcome is opinion
    assert [each.owner for each in decision.conditions] == (["legal"] if opinion is CONDITIONS else [])


def test_the_order_itself_shows_risks():
    """An unknown customer, and goods wanted in three days."""
    soon = line(requested_period=DayPeriod(None, "2026-03-05"))
    decision = RiskWithinAppetite()(order(soon), Circumstances(at=NOW))
    assert [each.cause for each in decision.risks] == [RiskCause.CUSTOMER, RiskCause.SUPPLY]
    assert decision.outcome is CONDITIONS
    assert RiskWithinAppetite()(order(), seen()).risks == ()


def test_the_recipient_is_held_against_the_lists():
    """Whoever takes the goods, wherever they are, in whatever case that is written."""
    hidden = Party("X9", address=Address(country="kp"))
    through = order(delivery=DeliveryTerms(recipient=hidden))
    assert codes(NoRestrictedTrade(parties={"X9"})(through, seen())) == ["assess.party-restricted"]
    assert codes(NoRestrictedTrade(countries={"KP"})(through, seen())) == ["assess.country-embargoed"]


def test_a_place_whose_country_is_no_code_needs_a_person():
    """Nobody guesses which it is."""
    there = order(delivery=DeliveryTerms(address=Address(country="Korea")))
    decision = NoRestrictedTrade(countries={"KP"})(there, seen())
    assert (decision.outcome, codes(decision)) == (REVIEW, ["assess.place-unknown"])


@pytest.mark.parametrize(
    "wrong", [{"countries": "KP"}, {"countries": ["PRK"]}, {"parties": "X9"}, {"licences": ["P-7"]}]
)
def test_lists_that_would_stop_nothing_are_refused(wrong):
    """A text is not a list of its letters."""
    with pytest.raises(InvalidValueError):
        NoRestrictedTrade(**wrong)
