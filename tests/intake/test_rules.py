"""Each rule of screening finds what it is for, and nothing else."""

from __future__ import annotations

from datetime import date

import attrs
import pytest
from build import BUYER, line, order

from orderlib.errors import Finding, InvalidValueError, Severity
from orderlib.intake.record import Receipt
from orderlib.intake.rules import (
    PartyBlacklist,
    PermittedTerms,
    TradeRestriction,
    accurate,
    complete,
    referenced,
)
from orderlib.intake.submission import Submission
from orderlib.order.line import Item, OrderLine, ScheduleLine
from orderlib.order.record import OrderType
from orderlib.order.terms import DeliveryTerms
from orderlib.order.totals import StatedTotals
from orderlib.values.identifier import CaseId
from orderlib.values.money import Money
from orderlib.values.party import Address, ExternalReference, Party
from orderlib.values.period import DayPeriod
from orderlib.values.quantity import Quantity

ON = date(2026, 3, 2)
PLAIN = Submission(screened_on=ON)


def came(**more) -> Submission:
    """A submission that came in on the 2nd of March."""
    return Submission(screened_on=ON, receipt=Receipt(channel="EI", received_at="2026-03-02T08:00:00Z", **more))


def said(rule, given, submission=PLAIN) -> set[tuple[str, str]]:
    """Code (without the room) and address of all that a rule finds."""
    return {(each.code.removeprefix("intake."), each.address) for each in rule(given, submission)}


@pytest.mark.parametrize("rule", [complete, accurate, referenced])
def test_a_good_order_is_good_by_every_rule(rule):
    """Nothing is found where nothing is wrong."""
    assert said(rule, order(), came()) == set()


def test_an_empty_order_from_nobody():
    """No lines, no name, no place for the Incoterms rule."""
    empty = attrs.evolve(order(buyer=Party("C1"), delivery=DeliveryTerms(incoterm="FCA")), lines=())
    assert said(complete, empty) == {
        ("no-lines", "/lines"),
        ("buyer-unnamed", "/buyer/name"),
        ("incoterm-place", "/delivery/place"),
    }


def test_a_bare_line_lacks_everything():
    """Place, day, price, tax and quantity are missed, each at its address."""
    bare = order(OrderLine("1", Item("X"), Quantity(0)), buyer=Party("C1", "Waterworks"))
    assert said(complete, bare) == {
        ("place-missing", "/lines/0/delivery_place"),
        ("date-missing", "/lines/0/requested_period"),
        ("price-missing", "/lines/0/price"),
        ("tax-missing", "/lines/0/tax"),
        ("quantity-zero", "/lines/0/quantity"),
    }


@pytest.mark.parametrize(
    "delivery",
    [
        DeliveryTerms(address=Address(city="R"), requested_period=DayPeriod("2026-05-01")),
        DeliveryTerms(place="R", requested_period=DayPeriod(None, "2026-05-01")),
        DeliveryTerms(recipient=Party("R", address=Address(city="R")), requested_period=DayPeriod(None, "2026-05-01")),
    ],
)
def test_the_header_speaks_for_lines_that_say_nothing(delivery):
    """Place and day of the whole order count for every line."""
    silent = order(line(requested_period=None), buyer=Party("C1", "W"), delivery=delivery)
    assert said(complete, silent) == set()


def test_a_line_may_say_where_and_when_by_itself():
    """Its own place, and a start of delivery, are enough."""
    own = line(delivery_place=Address(city="R"), requested_period=DayPeriod("2026-04-01"))
    assert said(complete, order(own, buyer=Party("C1", "W"))) == set()


def test_a_schedule_that_does_not_add_up():
    """Two parts of 1 are not 3."""
    parts = [ScheduleLine("1", Quantity(1)), ScheduleLine("2", Quantity(1))]
    (finding,) = complete(order(line(schedule=parts)), PLAIN)
    assert (finding.code, finding.address) == ("intake.schedule-sum", "/lines/0/schedule")
    assert dict(finding.evidence) == {"line": "10", "found": "2", "expected": "3"}


def test_an_agreed_price_stands_in_for_one_that_is_missing():
    """The price is not missed where the agreed order has one for the item, whatever the line is called."""
    agreed = order(line("1"))
    submission = Submission(screened_on=ON, agreed=agreed)
    assert said(complete, order(line("7", price=None)), submission) == set()
    assert said(complete, order(line("7", "Z-9", price=None)), submission) == {("price-missing", "/lines/0/price")}


def test_stated_totals_that_differ_are_found():
    """Whatever the document states is held against what its lines make."""
    stated = StatedTotals(payable=Money("1", "EUR"), lines=[("10", Money("2", "EUR"))])
    assert said(accurate, order(), came(stated=stated)) == {
        ("totals.line-net", "/lines/0/net"),
        ("totals.payable", "/totals/payable"),
    }


def test_days_that_are_over_are_found_wherever_they_stand():
    """Header, line and schedule line."""
    over = DayPeriod(None, "2026-03-01")
    part = ScheduleLine("1", Quantity(3), requested_on="2026-02-27")
    late = order(line(schedule=[part], requested_period=over), delivery=DeliveryTerms(requested_period=over))
    assert said(accurate, late, came()) == {
        ("date-past", "/delivery/requested_period"),
        ("date-past", "/lines/0/requested_period"),
        ("date-past", "/lines/0/schedule/0/requested_on"),
    }


def test_an_order_has_its_own_time():
    """Issued after it came in, out of its validity, not yet valid."""
    assert said(accurate, order(issued_on="2026-03-05"), came()) == {("issued-later", "/issued_on")}
    assert said(accurate, order(issued_on="2026-03-03"), came()) == set()
    assert said(accurate, order(validity=DayPeriod(None, "2026-03-01"))) == {("validity-expired", "/validity")}
    assert said(accurate, order(validity=DayPeriod("2026-03-09"))) == {("validity-later", "/validity")}
    assert said(accurate, order(validity=DayPeriod(None, "2026-03-02"))) == set()


def test_what_was_noted_and_what_is_known_already_is_told_again():
    """Findings of the receipt and other cases with the same order number."""
    submission = attrs.evolve(came(noted=[Finding("ours.note")]), duplicates=(CaseId("case-7"),))
    assert said(accurate, order(), submission) == {("ours.note", ""), ("duplicate", "/id")}


def test_references_must_lead_somewhere():
    """A call-off names an agreement that exists, a proposal stands; what was agreed elsewhere is only told."""
    assert said(referenced, order(type=OrderType.CALL_OFF)) == {("agreement-missing", "/agreement_id")}
    assert said(referenced, order(agreement_id="A-1")) == {("agreement-unknown", "/agreement_id")}
    assert said(referenced, order(proposal_id="P-1")) == {("proposal-unknown", "/proposal_id")}
    call_off = order(agreement_id="A-1", type=OrderType.CALL_OFF)
    enquired = Submission(screened_on=ON, enquired=True)
    assert [each.severity for each in referenced(call_off, PLAIN)] == [Severity.ERROR]
    assert [each.severity for each in referenced(order(agreement_id="A-1"), PLAIN)] == [Severity.WARNING]
    assert [each.severity for each in referenced(order(proposal_id="P-1"), enquired)] == [Severity.ERROR]
    assert [each.severity for each in referenced(order(proposal_id="P-1"), PLAIN)] == [Severity.WARNING]
    known = Submission(screened_on=ON, proposals=("P-1",))
    assert said(referenced, order(proposal_id="P-1"), known) == set()


def test_types_and_currencies_that_are_not_taken():
    """An empty set takes all, another only its members."""
    rule = PermittedTerms(frozenset({OrderType.ORDER}), frozenset({"EUR"}))
    assert said(rule, order()) == set()
    assert said(rule, order(type=OrderType.SAMPLE)) == {("order-type", "/type")}
    assert said(rule, order(line(currency="USD"), currency="USD")) == {("currency-refused", "/currency")}
    assert said(PermittedTerms(), order(type=OrderType.SAMPLE)) == set()


@pytest.mark.parametrize("name", ["C1", "DE123", "  WATER  works", "Waterworks plc", "4000001"])
def test_a_party_is_recognised_by_whatever_names_it(name):
    """Id, tax number, name, legal name and register number; case and spacing do not matter."""
    buyer = Party(
        "C1",
        "Water Works",
        legal_name="Waterworks PLC",
        tax_id="DE123",
        references=[ExternalReference("GLN", "4000001")],
    )
    assert said(PartyBlacklist({name: "why"}), order(buyer=buyer)) == {("party-blacklisted", "/buyer")}
    clean = PartyBlacklist({"somebody": "else"})
    assert said(clean, order(buyer=buyer)) == set()


def test_the_recipient_is_looked_at_as_well():
    """Goods do not reach a party on the list through another buyer."""
    given = order(delivery=DeliveryTerms(recipient=Party("C9", "Front Ltd")))
    assert said(PartyBlacklist({"C9": "why"}), given) == {("party-blacklisted", "/delivery/recipient")}


def test_trade_is_restricted_by_country_and_class():
    """Every place and every item that falls under a restriction is named."""
    item = Item("X", "Valve", classification="8481.80")
    places = order(
        attrs.evolve(line(delivery_place=Address(country="ZZ")), item=item),
        delivery=DeliveryTerms(address=Address(country="zz"), recipient=Party("R", address=Address(country="ZZ"))),
    )
    rule = TradeRestriction({"ZZ": "embargo"}, {"8481": "dual use"})
    assert said(rule, places) == {
        ("country-restricted", "/delivery/address/country"),
        ("country-restricted", "/delivery/recipient/address/country"),
        ("country-restricted", "/lines/0/delivery_place/country"),
        ("item-restricted", "/lines/0/item/classification"),
    }
    assert said(rule, order()) == set()
    assert said(TradeRestriction({}, {}), places) == set()


def test_a_destination_that_nobody_names_is_a_question():
    """With restricted countries, an order to nowhere cannot be judged."""
    (finding,) = TradeRestriction({"ZZ": "embargo"}, {})(order(buyer=Party("C1", "W")), PLAIN)
    assert (finding.code, finding.severity) == ("intake.country-unknown", Severity.WARNING)
    assert BUYER.country == "DE"


def test_a_ban_is_not_evaded_by_another_spelling():
    """A country in small letters is the same country, letters of full width are the same letters."""
    there = attrs.evolve(BUYER, address=attrs.evolve(BUYER.address, country="de"))
    assert said(TradeRestriction({"DE": "embargo"}, {}), order(buyer=there)) == {
        ("country-restricted", "/buyer/address/country")
    }
    assert said(TradeRestriction({"de": "embargo"}, {}), order()) == {("country-restricted", "/buyer/address/country")}
    wide = attrs.evolve(BUYER, name="Ｗａｔｅｒｗｏｒｋｓ")
    assert said(PartyBlacklist({"waterworks": "unpaid"}), order(buyer=wide)) == {("party-blacklisted", "/buyer")}


def test_a_country_that_is_no_code_is_a_question():
    """Where some are restricted, what is written otherwise may be any of them."""
    there = attrs.evolve(BUYER, address=attrs.evolve(BUYER.address, country="Iran"))
    assert said(TradeRestriction({"IR": "embargo"}, {}), order(buyer=there)) == {
        ("country-unknown", "/buyer/address/country")
    }


@pytest.mark.parametrize("countries", [{"Iran": "embargo"}, {"IRN": "embargo"}, {"": "embargo"}, ["IR"], {"IR": None}])
def test_a_list_of_countries_that_would_stop_nothing_is_refused(countries):
    """Codes of two letters, each with its reason."""
    with pytest.raises(InvalidValueError):
        TradeRestriction(countries, {})
