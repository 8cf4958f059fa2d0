"""Promises out of stock, supply, bills, people and machines together."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from build import line, order

from orderlib.case.policies import PolicySet
from orderlib.order.line import ScheduleLine
from orderlib.planning.capable import CapableToPromise, Operation, Routing
from orderlib.planning.finite import FiniteCapacity, Occupation
from orderlib.planning.plantpromise import CapablePromise
from orderlib.planning.promise import Feasibility
from orderlib.resource.record import Need, Resource
from orderlib.supply.atp import Availed
from orderlib.supply.availability import Availability, Buckets
from orderlib.supply.bill import Bill, Bills, Component
from orderlib.supply.entry import Demand, Supply
from orderlib.values.fact import NO_FACTS
from orderlib.values.instant import instant
from orderlib.values.period import DayPeriod
from orderlib.values.quantity import Quantity

NOW = instant("2026-03-02T08:00:00Z")  # a Monday
DAYS = Buckets.every(1, "2026-03-02", 60)
WELD = Need(skill="welding")
LI = Resource("li", "person", skills=["welding"])


def day(number):
    """A day of March 2026."""
    return date(2026, 3, number)


def figures(item, *supplies, promised=0):
    """What is there of an article and will come, and what of it today is promised already."""
    entries = [Supply(f"{item}-{at}", item, Quantity(amount), on) for at, (amount, on) in enumerate(supplies)]
    return Availability(item, "C62", DAYS, entries, [Demand("o", item, Quantity(promised), day(2))] if promised else [])


def made(item, *, hours=1, setup=0, needs=(WELD,)):
    """A routing of one operation that takes some hours for each."""
    return Routing(item, [Operation("weld", timedelta(hours=setup), timedelta(hours=hours), needs=needs)])


MAST = Bills([Bill("mast", [Component("steel", Quantity(2))])])


def plant(*availability, resources=(LI,), **more):
    """A plant that makes masts out of steel, an hour each."""
    given = {"bills": MAST, "routings": [made("mast")]} | more
    return CapableToPromise(
        availability, capacity=FiniteCapacity(resources, occupied=given.pop("occupied", ())), **given
    )


def codes(answer):
    """The codes of the reasons."""
    return [reason.code for reason in answer.reasons]


class TestCheck:
    def test_what_is_free_is_promised_from_stock(self):
        """Nothing is made then, and nothing promised before it is wanted."""
        answer = plant(figures("mast", (5, day(2)))).check("mast", Quantity(4), day(9), NOW)
        assert (answer.promised_on, answer.outcome) == (day(9), Availed.ON_TIME)
        assert (answer.free, answer.made, answer.tasks) == (Quantity(4), Quantity(0), ())
        assert [(draw.item_id, draw.quantity) for draw in answer.draws] == [("mast", Quantity(4))]

    def test_what_is_missing_is_made_of_steel_by_people(self):
        """Two of twelve are there; ten are an hour's work each, on two days."""
        answer = plant(figures("mast", (2, day(2))), figures("steel", (40, day(2)))).check(
            "mast", Quantity(12), day(2), NOW
        )
        assert (answer.promised_on, answer.outcome) == (day(3), Availed.SPLIT)
        assert (answer.free, answer.made) == (Quantity(2), Quantity(10))
        assert {str(draw.item_id): draw.quantity for draw in answer.draws} == {
            "mast": Quantity(2),
            "steel": Quantity(20),
        }
        assert codes(answer) == ["ctp.made"]

    def test_what_could_be_had_instead_is_told(self):
        """All of it later, two on the day, or two and the rest; nothing instead of what is in time."""
        here = plant(figures("mast", (2, day(2))), figures("steel", (40, day(2))))
        answer = here.check("mast", Quantity(12), day(2), NOW)
        assert [(each.kind, [(part.on, part.quantity) for part in each.parts]) for each in answer.alternatives] == [
            ("date", [(day(3), Quantity(12))]),
            ("quantity", [(day(2), Quantity(2))]),
            ("split", [(day(2), Quantity(2)), (day(3), Quantity(10))]),
        ]
        assert here.check("mast", Quantity(2), day(2), NOW).alternatives == ()
        assert here.check("moon", Quantity(2), day(2), NOW).alternatives == ()

    def test_material_that_comes_later_binds_and_is_named(self):
        """The work begins on the day on which the steel is there."""
        answer = plant(figures("steel", (8, day(5)))).check("mast", Quantity(4), day(2), NOW)
        assert (answer.promised_on, answer.outcome) == (day(5), Availed.LATE)
        assert codes(answer) == ["ctp.made", "ctp.waits-for-material"]
        assert "steel until 2026-03-05" in answer.reasons[1].message()

    def test_people_that_others_hold_bind_and_are_named(self):
        """Li works for somebody else until Wednesday evening."""
        busy = Occupation("li", "2026-03-02T00:00:00Z", "2026-03-04T18:00:00Z")
        answer = plant(figures("steel", (8, day(2))), occupied=[busy]).check("mast", Quantity(4), day(2), NOW)
        assert answer.promised_on == day(5)
        assert codes(answer) == ["ctp.made", "planning.waits-for-resource"]

    def test_what_is_on_its_way_may_be_there_before_what_would_be_made(self):
        """Forty masts are a week's work; they come tomorrow."""
        known = (figures("mast", (40, day(3))), figures("steel", (99, day(2))))
        answer = plant(*known).check("mast", Quantity(40), day(2), NOW)
        assert (answer.promised_on, answer.made, answer.tasks) == (day(3), Quantity(0), ())
        assert codes(answer) == ["atp.waits-for-supply"]

    def test_components_are_made_where_that_is_sooner(self):
        """Flanges that come in two weeks are made at once; the mast waits for their operation."""
        bills = Bills([Bill("mast", [Component("flange", Quantity(1))])])
        routings = [made("mast"), made("flange")]
        known = figures("flange", (1, day(2)), (9, day(16)))
        answer = plant(known, bills=bills, routings=routings).check("mast", Quantity(3), day(2), NOW)
        assert answer.promised_on == day(2)
        assert [str(task.id) for task in answer.tasks] == ["mast/flange/weld", "mast/weld"]
        assert answer.tasks[1].after == ("mast/flange/weld",)
        assert [draw.quantity for draw in answer.draws] == [Quantity(1)]
        slow = [made("mast"), made("flange", setup=200)]
        answer = plant(known, bills=bills, routings=slow).check("mast", Quantity(3), day(2), NOW)
        assert answer.promised_on == day(16)

    def test_two_components_of_one_material_do_not_take_it_twice(self):
        """Ten of steel suffice for one of the two."""
        bills = Bills(
            [
                Bill("mast", [Component("leg", Quantity(1)), Component("arm", Quantity(1))]),
                Bill("leg", [Component("steel", Quantity(10))]),
                Bill("arm", [Component("steel", Quantity(10))]),
            ]
        )
        routings = [made("mast"), made("leg"), made("arm")]
        answer = plant(figures("steel", (10, day(2)), (10, day(20))), bills=bills, routings=routings).check(
            "mast", Quantity(1), day(2), NOW
        )
        assert answer.promised_on == day(20)

    def test_phantoms_give_their_parts(self):
        """Nobody makes a kit."""
        bills = Bills(
            [Bill("mast", [Component("kit", Quantity(1))]), Bill("kit", [Component("bolt", Quantity(4))], phantom=True)]
        )
        answer = plant(figures("bolt", (8, day(2))), bills=bills).check("mast", Quantity(2), day(2), NOW)
        assert [(draw.item_id, draw.quantity) for draw in answer.draws] == [("bolt", Quantity(8))]

    def test_more_is_started_than_comes_out_well(self):
        """At eighty percent, five are welded so that four are good."""
        bills = Bills([Bill("mast", [Component("steel", Quantity(2))], good=Decimal(80))])
        answer = plant(figures("steel", (10, day(2))), bills=bills).check("mast", Quantity(4), day(2), NOW)
        assert answer.tasks[0].duration == timedelta(hours=5)

    @pytest.mark.parametrize(
        ("more", "code"),
        [
            ({"availability": ()}, "ctp.no-material"),
            ({"routings": []}, "ctp.not-made"),
            ({"resources": ()}, "planning.nobody-can"),
        ],
    )
    def test_what_cannot_be_had_is_never_promised(self, more, code):
        """No steel, no routing, nobody who can: each says so."""
        given = {"availability": (figures("steel", (99, day(2))),)} | more
        answer = plant(*given.pop("availability"), **given).check("mast", Quantity(4), day(2), NOW)
        assert (answer.promised_on, answer.outcome, answer.draws) == (None, Availed.NEVER, ())
        assert code in codes(answer)

    def test_where_making_fails_what_comes_still_counts(self):
        """Nobody can weld, and masts come in a week."""
        known = (figures("mast", (4, day(9))), figures("steel", (99, day(2))))
        answer = plant(*known, resources=()).check("mast", Quantity(4), day(2), NOW)
        assert answer.promised_on == day(9)
        assert codes(answer) == ["atp.waits-for-supply", "planning.nobody-can"]

    def test_whoever_asks_next_finds_what_is_left(self):
        """Steel and hours that one answer takes are gone for the other."""
        here = plant(figures("steel", (16, day(2)), (99, day(9))))
        first = here.check("mast", Quantity(8), day(2), NOW)
        second = here.without(first).check("mast", Quantity(1), day(2), NOW)
        assert (first.promised_on, second.promised_on) == (day(2), day(9))
        steel = plant(figures("steel", (99, day(2))))
        assert steel.without(first).check("mast", Quantity(8), day(2), NOW).promised_on == day(3)


class TestPolicy:
    def promises(self, given, here, **more):
        """What the policy promises."""
        return CapablePromise(here, NOW, **more)(given, NOW, NO_FACTS)

    def test_lines_share_what_there_is(self):
        """The second line waits for the hours that the first takes."""
        wanted = DayPeriod(None, "2026-03-02")
        given = order(*(line(name, item="mast", quantity=8, requested_period=wanted) for name in ("1", "2")))
        found = self.promises(given, plant(figures("steel", (99, day(2)))))
        assert [promise.promised_on for promise in found.promises] == [day(2), day(3)]
        assert found.ruling is Feasibility.LATE
        assert "waits for li" in found.promises[found.promises[1].id == "2"].reason

    def test_schedule_lines_are_promised_one_by_one(self):
        """And transit lies between the plant and the customer."""
        parts = [
            ScheduleLine("a", Quantity(4), requested_on=day(4)),
            ScheduleLine("b", Quantity(8), requested_on=day(6)),
        ]
        given = order(line("1", item="mast", quantity=12, schedule=parts))
        (promise,) = self.promises(given, plant(figures("steel", (99, day(2)))), transit_days=1).promises
        assert [(part.id, part.promised_on) for part in promise.parts] == [("a", day(4)), ("b", day(6))]
        assert not promise.late

    def test_a_line_that_cannot_be_had_gets_no_promise(self):
        """The others do, and the outcome says that it is impossible as a whole."""
        given = order(line("1", item="mast", quantity=2), line("2", item="moon", quantity=1))
        found = self.promises(given, plant(figures("steel", (99, day(2)))))
        assert found.ruling is Feasibility.IMPOSSIBLE
        assert [promise.id for promise in found.promises] == ["1"]
        assert [each.address for each in found.reasons if each.code == "ctp.not-made"] == ["/lines/2/routings"]

    def test_a_late_promise_says_what_could_be_had_instead(self):
        """Two on the day, the rest a day later."""
        wanted = DayPeriod(None, "2026-03-02")
        given = order(line("1", item="mast", quantity=12, requested_period=wanted))
        found = self.promises(given, plant(figures("mast", (2, day(2))), figures("steel", (99, day(2)))))
        assert [each.address for each in found.otherwise] == ["/lines/1", "/lines/1"]
        assert "2 C62 of mast could be had by 2026-03-02" in found.explain()

    def test_it_stands_in_the_slot(self):
        """A policy like any other, with its name on the decision."""
        policies = PolicySet(promise=CapablePromise(plant(figures("steel", (99, day(2)))), NOW))
        assert policies.promise(order(line("1", item="mast")), NOW, NO_FACTS).policy.name == "CapablePromise"

    def test_without_a_wish_it_is_as_soon_as_can_be(self):
        """Nobody said when."""
        given = order(line("1", item="mast", quantity=2, requested_period=None))
        (promise,) = self.promises(given, plant(figures("steel", (99, day(2))))).promises
        assert (promise.requested_on, promise.promised_on) == (None, day(2))
