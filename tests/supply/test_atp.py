"""A promise, why it is not sooner, and what there is instead."""

from __future__ import annotations

from datetime import date

import pytest

from orderlib.errors import InvalidValueError
from orderlib.supply.atp import AlternativeKind, AtpAnswer, Availed, PromisePart, Shipment, check_promise
from orderlib.supply.availability import Availability, Buckets
from orderlib.supply.consume import BACKWARD, BACKWARD_ACCUMULATED, BY_PERIOD
from orderlib.supply.entry import Demand, Supply
from orderlib.values.quantity import Quantity

DAYS = Buckets.every(1, "2026-03-02", 8)


def table(rule=BACKWARD_ACCUMULATED, **more):
    """The worked table: eight periods, from Monday the 2nd of March on."""
    come, gone = (6, 4, 2, 4, 8, 4, 4, 4), (6, 2, 3, 6, 6, 1, 2, 2)
    supplies = [Supply(f"S{at}", "P-7", Quantity(each), DAYS.starts[at - 1]) for at, each in enumerate(come, 1)]
    demands = [Demand(f"D{at}", "P-7", Quantity(each), DAYS.starts[at - 1]) for at, each in enumerate(gone, 1)]
    return Availability("P-7", "C62", DAYS, supplies, demands, rule, **more)


def on(period):
    """The first day of a period, counted from one."""
    return DAYS.starts[period - 1]


def parts(answer):
    """Day of March and quantity of each part."""
    return [(part.on.day, int(part.quantity.value)) for part in answer.parts]


def test_without_accumulation_three_more_in_period_seven_are_met_from_period_six_alone():
    """No period gives a part: the nearest earlier one that has it all gives all of it, for the day wanted."""
    answer = check_promise(table(BACKWARD), Quantity(3), on(7))
    assert answer.drawn == ((on(6), Quantity(3)),)
    assert (answer.promised_on, answer.outcome) == (on(7), Availed.ON_TIME)
    assert check_promise(table(BACKWARD), Quantity(3), on(7), early=True).promised_on == on(6)


def test_with_accumulation_the_latest_surplus_goes_first():
    """Period seven gives what it has, six the rest; earlier days stay free for earlier wishes."""
    answer = check_promise(table(), Quantity(3), on(7))
    assert answer.drawn == ((on(7), Quantity(2)), (on(6), Quantity(1)))
    assert answer.promised_on == on(7)


def test_each_period_for_itself_looks_only_ahead():
    """Three in period four are not to be had before period six."""
    assert check_promise(table(BY_PERIOD), Quantity(3), on(4)).promised_on == on(6)
    assert check_promise(table(BY_PERIOD), Quantity(3), on(7)).promised_on is None


def test_a_late_promise_names_what_it_waits_for():
    """Seven on period five wait for the supply of period seven; the largest demands before are named."""
    answer = check_promise(table(), Quantity(7), on(5))
    assert (answer.promised_on, answer.outcome, answer.free) == (on(7), Availed.LATE, Quantity(2))
    assert answer.binding.code == "atp.waits-for-supply"
    assert dict(answer.binding.evidence)["supply"] == "S7"
    assert answer.binding.address == "/supplies/6"
    decision = answer.decision()
    assert [dict(each.evidence)["demand"] for each in decision.reasons[1:]] == ["D1", "D4", "D5"]
    assert "would have changed it" in decision.explain()
    assert "承诺" in decision.explain("zh") or "等待" in decision.explain("zh")


def test_a_late_promise_offers_day_quantity_and_split():
    """All of it later, what is there on the day, or each part as it comes."""
    offers = {each.kind: each for each in check_promise(table(), Quantity(7), on(5)).alternatives()}
    assert list(offers) == [AlternativeKind.DATE, AlternativeKind.QUANTITY, AlternativeKind.SPLIT]
    assert offers[AlternativeKind.DATE].parts == (PromisePart(on(7), Quantity(7)),)
    assert offers[AlternativeKind.QUANTITY].parts == (PromisePart(on(5), Quantity(2)),)
    assert [part.quantity.value for part in offers[AlternativeKind.SPLIT].parts] == [2, 3, 2]


def test_a_substitute_is_offered_where_it_is_there_on_the_day():
    """Only in the same unit, and only where it helps."""
    other = Availability("P-8", "C62", DAYS, [Supply("S", "P-8", Quantity(9), on(1))])
    heavy = Availability("P-9", "KGM", DAYS, [Supply("S", "P-9", Quantity(9, "KGM"), on(1))])
    scarce = Availability("P-6", "C62", DAYS)
    answer = check_promise(table(), Quantity(7), on(5))
    offer = answer.alternatives([heavy, scarce, other])[-1]
    assert (offer.kind, offer.item_id, offer.parts) == ("substitute", "P-8", (PromisePart(on(5), Quantity(7)),))
    assert AlternativeKind.SUBSTITUTE not in {each.kind for each in answer.alternatives([heavy, scarce])}
    assert check_promise(table(), Quantity(2), on(5)).alternatives([other]) == ()


def test_what_could_be_had_sooner_is_offered():
    """A promise on the day wanted is not moved, but the earlier day is told."""
    answer = check_promise(table(), Quantity(5), on(8))
    assert answer.binding.code == "atp.free"
    assert [(each.kind, each.parts[0].on) for each in answer.alternatives()] == [("date", on(6))]


def test_nothing_is_promised_that_never_comes():
    """Beyond the horizon nobody knows; what is free by then is told."""
    answer = check_promise(table(), Quantity(10), on(2))
    assert (answer.promised_on, answer.outcome, answer.parts) == (None, Availed.NEVER, ())
    assert answer.drawn == ()
    assert (answer.binding.code, dict(answer.binding.evidence)["free"]) == ("atp.beyond-horizon", "9 C62")
    assert answer.alternatives() == ()
    partial = check_promise(table(), Quantity(10), on(5), Shipment.PARTIAL)
    assert (partial.outcome, parts(partial)) == (Availed.SPLIT, [(6, 2), (7, 3), (8, 2), (9, 2)])


def test_from_the_lead_time_on_more_can_be_got():
    """A day from which any quantity is to be had binds where the figures would take longer."""
    answer = check_promise(table(unlimited_from=on(6)), Quantity(7), on(5))
    assert (answer.promised_on, answer.binding.code) == (on(6), "atp.waits-for-lead-time")
    assert parts(check_promise(table(unlimited_from=on(6)), Quantity(7), on(5), Shipment.PARTIAL)) == [(6, 2), (7, 5)]
    assert check_promise(table(unlimited_from=on(2)), Quantity(99), on(5)).promised_on == on(5)
    assert check_promise(table(unlimited_from=on(2)), Quantity(99), on(5), early=True).promised_on == on(2)
    assert check_promise(table(unlimited_from=on(8)), Quantity(5), on(5)).promised_on == on(6)
    covered = check_promise(table(unlimited_from=on(8)), Quantity(2), on(5), Shipment.PARTIAL)
    assert (parts(covered), covered.outcome) == ([(6, 2)], Availed.ON_TIME)


def test_partial_shipment_sends_each_part_as_it_comes():
    """What is there on the day, then day by day the rest; by periods that stand alone as well."""
    answer = check_promise(table(), Quantity(6), on(5), "partial")
    assert (parts(answer), answer.outcome) == ([(6, 2), (7, 3), (8, 1)], Availed.SPLIT)
    assert parts(check_promise(table(BACKWARD), Quantity(8), on(7), Shipment.PARTIAL)) == [(8, 7), (9, 1)]
    assert parts(check_promise(table(BY_PERIOD), Quantity(4), on(7), Shipment.PARTIAL)) == [(8, 2), (9, 2)]
    late = check_promise(table(), Quantity(4), on(3), Shipment.PARTIAL)
    assert (late.outcome, parts(late)) == (Availed.LATE, [(6, 2), (7, 2)])


def test_nothing_is_promised_in_the_past():
    """A day before the horizon is answered with its first."""
    stock = Availability("P-7", "C62", DAYS, [Supply("S", "P-7", Quantity(5), "2026-01-01")])
    answer = check_promise(stock, Quantity(5), date(2026, 2, 1))
    assert (answer.promised_on, answer.free) == (on(1), Quantity(0))
    assert not answer.on_time


def test_in_a_long_period_goods_are_there_with_the_last_supply():
    """Thursday's supply is not promised for Monday, unless last week's suffices."""
    weeks = Buckets.every(7, "2026-03-02", 3)
    supplies = [Supply("S1", "P-7", Quantity(2), "2026-03-02"), Supply("S2", "P-7", Quantity(5), "2026-03-12")]
    here = Availability("P-7", "C62", weeks, supplies)
    monday = date(2026, 3, 9)
    assert check_promise(here, Quantity(2), monday).promised_on == monday
    assert check_promise(here, Quantity(2), monday).drawn == ((weeks.starts[0], Quantity(2)),)
    late = check_promise(here, Quantity(3), monday)
    assert (late.promised_on, late.free) == (date(2026, 3, 12), Quantity(2))


@pytest.mark.parametrize(
    ("asked", "when", "shipment", "code", "address"),
    [
        (Quantity(0), on(1), "complete", "atp.nothing-asked", "/asked"),
        (Quantity(-1), on(1), "complete", "atp.nothing-asked", "/asked"),
        (Quantity(1, "KGM"), on(1), "complete", "supply.unit", "/asked/unit"),
        (Quantity(1), "soon", "complete", "value.day-malformed", "/requested_on"),
        (Quantity(1), on(1), "bit by bit", "code.unknown", "/shipment"),
    ],
)
def test_what_cannot_be_asked_is_refused(asked, when, shipment, code, address):
    """With its code and its place."""
    with pytest.raises(InvalidValueError) as caught:
        check_promise(table(), asked, when, shipment)
    assert (caught.value.code, caught.value.findings[0].address) == (code, address)


def test_an_answer_made_by_hand_is_checked_too():
    """The same rules, and a place that exists."""
    with pytest.raises(InvalidValueError) as caught:
        AtpAnswer(table(), Quantity(1), on(1), 8)
    assert caught.value.findings[0].address == "/place"
    with pytest.raises(InvalidValueError):
        AtpAnswer(table(), Quantity(0), on(1))
    assert AtpAnswer(table(), Quantity(3), "2026-03-08", 5) == check_promise(table(), Quantity(3), on(7))
