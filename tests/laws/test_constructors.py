"""Whatever a value, a command or an event is made of, what comes of nonsense is a documented error."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from typing import Any

import attrs
import pytest

from orderlib.account.record import convert
from orderlib.agreement.call_off import check_call_off
from orderlib.case.authority import ResponsibilityMatrix, Row
from orderlib.case.deciding import decide, lapses, needs
from orderlib.case.evolution import evolve, evolve_all
from orderlib.case.policies import PolicySet
from orderlib.case.record import OrderCase
from orderlib.desk.desk import AsyncOrderDesk, OrderDesk
from orderlib.desk.memory import InMemoryRepository
from orderlib.errors import InvalidValueError, OrderlibError
from orderlib.fulfilment.message import CheckProgress
from orderlib.inspection import AcceptanceNumbers, SamplingRule
from orderlib.order.compare import compare_orders
from orderlib.order.payment import PaymentTerms, due_dates
from orderlib.order.record import Order
from orderlib.order.revision import apply, difference
from orderlib.order.totals import compare_totals
from orderlib.planning import CheapestInTime, Operation, ProbableNetwork, ProbableTask, Routing, SourceOption
from orderlib.planning.precedence import TaskLink
from orderlib.planning.record import PartPromise
from orderlib.reservation.allocation import Claim
from orderlib.resource.record import CapacityChange, Need, Resource
from orderlib.supply import Bill, Buckets, Component, Demand, Replenishment, Substitute, SupplierOffer, Supply
from orderlib.values.allocation import apportion
from orderlib.values.calendar import WEEKDAYS
from orderlib.values.dispatch import View
from orderlib.values.estimate import Estimate, Rework
from orderlib.values.holiday_source import holidays_of
from orderlib.values.identifier import CaseId
from orderlib.values.instant import instant
from orderlib.values.key import Key
from orderlib.values.money import Money
from orderlib.values.party import Actor, Party
from orderlib.values.period import DayPeriod, Interval
from orderlib.values.quantity import Quantity, sum_quantities
from orderlib.values.rate import ExchangeRate, Percentage, UnitPrice
from orderlib.wire.codec.registry import tag_of
from orderlib.wire.codec.standard import standard_codec

ROOMS = (
    "values", "order", "agreement", "account", "enquiry", "intake", "review", "risk", "hold", "ledger", "planning",
    "resource", "reservation", "supply", "inspection", "fulfilment", "change", "acceptance", "settlement", "closing",
    "case", "desk",
)  # fmt: skip
GOLDEN = Path(__file__).parents[1] / "wire" / "golden"
NONSENSE: tuple[Any, ...] = (
    None, True, 0, -1, 10**400, 3.5, float("nan"), Decimal("sNaN"), Decimal("1e999999"), Fraction(1, 3),
    "", " ", "\u202eabc", "\ud800", "x" * 20_000, b"x", [], [1], [None], {}, {"a": 1}, (1, 2), (("a",),), {None},
    datetime(2026, 1, 1), date(2026, 1, 1), timedelta(-1), timedelta.max, object(), int, len,  # noqa: DTZ001
)  # fmt: skip


def values_in(value: Any) -> Iterator[Any]:
    """Every attrs value in a value, itself included."""
    if attrs.has(type(value)):
        yield value
        for field in attrs.fields(type(value)):
            yield from values_in(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from values_in(each)
    elif isinstance(value, Iterable) and not isinstance(value, (str, bytes)):
        for each in value:
            yield from values_in(each)


def samples() -> dict[type[Any], Any]:
    """One value of each class that the samples of stored records hold, and of each that needs no parts."""
    codec = standard_codec()
    tags = {tag_of(kind): kind for kind in codec.registry.tagged}
    found: dict[type[Any], Any] = {}
    for path in sorted(GOLDEN.glob("*.json")):
        for each in values_in(codec.loads(tags[path.name.split(".")[0]], path.read_bytes())):
            found.setdefault(type(each), each)
    for room in ROOMS:
        package = import_module(f"orderlib.{room}")
        for kind in (getattr(package, name) for name in package.__all__):
            if isinstance(kind, type) and attrs.has(kind) and kind not in found:
                needed = [field for field in attrs.fields(kind) if field.init and field.default is attrs.NOTHING]
                if not needed and not getattr(kind, "_is_protocol", False):
                    with suppress(OrderlibError):
                        found[kind] = kind()
    return {kind: each for kind, each in found.items() if kind.__module__.split(".")[1] in ROOMS}


DAY = date(2026, 3, 2)
TEN = Quantity(10)
NEED = Need("welding")
HOUR = Estimate(timedelta(hours=1), timedelta(hours=2), timedelta(hours=4))
COMPONENT = Component("bolt", TEN, substitutes=[Substitute("screw", TEN)])
OPTION = SourceOption("buy", "S1")
#: what an application makes itself and no stored record holds
MADE: tuple[Any, ...] = (
    HOUR, NEED, COMPONENT, OPTION, Rework("0.1"), Percentage("5"), TaskLink("a"), Need("", "press"),
    CapacityChange("2026-03-02T08:00:00Z", 2), Resource("press", "machine", skills=["welding"]),
    Substitute("screw", TEN),
    PartPromise("1", TEN, DAY, DAY), Operation("saw", needs=[NEED]), Routing("mast", [Operation("saw")]),
    ProbableTask("a", HOUR), ProbableNetwork([ProbableTask("a", HOUR)]), CheapestInTime({"mast": [OPTION]}),
    Bill("mast", [COMPONENT]), Buckets(["2026-03-02"], "2026-03-08"), Demand("d", "mast", TEN, DAY),
    Supply("s", "mast", TEN, DAY), Replenishment("mast"), SupplierOffer("S1", UnitPrice("2", "EUR"), 3),
    Claim("c", 5, DAY),
    AcceptanceNumbers(0, 1), SamplingRule("1.0"), Row("sales"), ResponsibilityMatrix({"review": Row("sales")}),
)  # fmt: skip
SAMPLES = samples() | {type(each): each for each in MADE}


@pytest.mark.parametrize("kind", SAMPLES, ids=lambda kind: kind.__name__)
def test_a_part_that_is_nonsense_is_taken_or_refused_with_a_code(kind: type[Any]) -> None:
    """Each field in turn is given everything that it cannot be; nothing but the library's own errors comes out."""
    sample = SAMPLES[kind]
    given = {field.alias: getattr(sample, field.name) for field in attrs.fields(kind) if field.init}
    for name in given:
        for nonsense in NONSENSE:
            with suppress(OrderlibError):
                assert isinstance(kind(**{**given, name: nonsense}), kind)


TODAY = date(2026, 3, 2)
MONEY = Money("10", "EUR")
ORDERED = Order("4711", Party("C1"), Party("S1"), "EUR", [])
SAME = difference(ORDERED, ORDERED)
FUNCTIONS: dict[str, Callable[[Any], object]] = {
    "a price": lambda each: UnitPrice("2", "EUR").exact(each),
    "an extended price": lambda each: UnitPrice("2", "EUR").extend(each),
    "a percentage": lambda each: Percentage("5").of(each),
    "a rate": lambda each: ExchangeRate("USD", "EUR", "0.9", TODAY).convert(each),
    "a rate backwards": lambda each: ExchangeRate("USD", "EUR", "0.9", TODAY).convert_back(each),
    "an amount in another currency": lambda each: convert(each, "USD"),
    "rates": lambda each: convert(MONEY, "USD", each),
    "a day in a period": lambda each: each in DayPeriod("2026-01-01", "2026-12-31"),
    "periods": lambda each: DayPeriod().overlaps(each),
    "a moment in an interval": lambda each: each in Interval("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"),
    "intervals": lambda each: Interval("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z").overlaps(each),
    "holidays": WEEKDAYS.observing,
    "a year of working time": WEEKDAYS.timeline,
    "a year of working days": WEEKDAYS.days_of,
    "a country": lambda each: holidays_of(each, 2026),
    "a part of a country": lambda each: holidays_of("DE", 2026, each) if each is not None else None,
    "shares": lambda each: apportion(each, (1, 2)),
    "a sum": sum_quantities,
    "an order before": lambda each: difference(each, ORDERED),
    "an order after": lambda each: difference(ORDERED, each),
    "an order to change": lambda each: apply(each, SAME),
    "a change": lambda each: apply(ORDERED, each),
    "an order held against another": lambda each: compare_orders(ORDERED, each),
    "what is held against an order": lambda each: compare_orders(each, ORDERED),
    "terms": lambda each: due_dates(each, MONEY, TODAY),
    "what is owed": lambda each: due_dates(PaymentTerms(), each, TODAY),
    "stated totals": lambda each: compare_totals(ORDERED, each),
    "an agreement": lambda each: check_call_off(each, ORDERED, TODAY),
}


NOW = instant("2026-03-02T08:00:00Z")
CASE = OrderCase(id=CaseId("case-1"))
POLICIES = PolicySet()
ASKED = CheckProgress("case-1", by=Actor("ida", "planning"), id="command-1", at=NOW)
DESK: dict[str, Callable[[Any], object]] = {
    "a command": lambda each: OrderDesk().handle(each),
    "a command that is only looked at": lambda each: OrderDesk().preview(each),
    "a case id": lambda each: OrderDesk().load(each),
    "the time": lambda each: OrderDesk().pass_time(each),
    "a subscriber": lambda each: OrderDesk().subscribe(each),
    "a case to look at": lambda each: OrderDesk().allowed(each),
    "a repository": OrderDesk,
    "a repository to await": AsyncOrderDesk,
    "policies": lambda each: OrderDesk(policies=each),
    "a matrix": lambda each: PolicySet(matrix=each),
    "a policy": lambda each: PolicySet(review=each),
    "objectives": PolicySet.from_objectives,
    "a source of facts": lambda each: OrderDesk(facts=each),
    "a clock": lambda each: OrderDesk(clock=each),
    "a source of ids": lambda each: OrderDesk(ids=each),
    "attempts": lambda each: OrderDesk(attempts=each),
    "what a clock says": lambda each: OrderDesk(clock=lambda: each).handle(attrs.evolve(ASKED, at=None)),
    "what a source of ids says": lambda each: OrderDesk(ids=lambda: each).handle(attrs.evolve(ASKED, id=None)),
    "what a source of facts says": lambda each: OrderDesk(facts=lambda *_: each).handle(ASKED),
    "a view": lambda each: decide(each, ASKED, POLICIES),
    "the case of a view": lambda each: decide(View(each), ASKED, POLICIES),
    "a command to decide": lambda each: decide(View(CASE), each, POLICIES),
    "policies to decide by": lambda each: decide(View(CASE), ASKED, each),
    "a case with needs": lambda each: needs(each, ASKED),
    "a command with needs": lambda each: needs(CASE, each),
    "a case in which something lapses": lambda each: lapses(each, NOW, POLICIES),
    "the moment by which": lambda each: lapses(CASE, each, POLICIES),
    "the policies by which": lambda each: lapses(CASE, NOW, each),
    "a case to go on with": lambda each: evolve_all(each, ()),
    "an event": lambda each: evolve(CASE, each),
    "events": lambda each: evolve_all(CASE, each),
    "a key": lambda each: InMemoryRepository().load(each),
    "a kind of key": lambda each: InMemoryRepository().load(Key(each, "1")),
    "a kept history": lambda each: InMemoryRepository().history(each),
    "a commit": lambda each: InMemoryRepository().save(each),
    "an id of a commit": lambda each: InMemoryRepository().committed(each),
    "a reference": lambda each: InMemoryRepository().find("order", each),
    "what is due": lambda each: InMemoryRepository().due(each),
    "a place in the feed": lambda each: list(InMemoryRepository().feed(each)),
}


@pytest.mark.parametrize("said", DESK)
def test_a_desk_answers_nonsense_with_a_code(said: str) -> None:
    """What is no command, case, policy or port comes back with a finding."""
    for nonsense in NONSENSE:
        with suppress(OrderlibError):
            DESK[said](nonsense)


@pytest.mark.parametrize("nonsense", [each for each in NONSENSE if each is not len], ids=lambda each: repr(each)[:20])
def test_what_is_no_command_is_refused_by_type(nonsense: Any) -> None:
    """The same code and the same address at the desk, in a preview, and where commands are decided."""
    for give in (OrderDesk().handle, OrderDesk().preview, lambda each: decide(View(CASE), each, POLICIES)):
        with pytest.raises(InvalidValueError) as refused:
            give(nonsense)
        assert [(each.code, each.address) for each in refused.value.findings] == [("value.type", "/command")]


@pytest.mark.parametrize("said", FUNCTIONS)
def test_a_function_answers_nonsense_with_a_code(said: str) -> None:
    """So does whatever takes a value to reckon with it."""
    for nonsense in NONSENSE:
        with suppress(OrderlibError):
            FUNCTIONS[said](nonsense)
