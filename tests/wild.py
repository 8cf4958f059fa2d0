"""Walks through the lives of orders: the usual, the rare, and the passing of time; one seed gives one walk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from itertools import islice
from random import Random
from typing import Any

import attrs
from build import BUYER, CLERK, SELLER, SUPPLIER, line, order
from rare import BOSS, BY_APRIL, ENDING, TEMPER, WHY, WILD

from orderlib.agreement.message import (
    DraftAgreement,
    ResumeAgreement,
    SignAgreement,
    SuspendAgreement,
    TerminateAgreement,
)
from orderlib.agreement.record import AgreedItem, Agreement
from orderlib.case.deciding import Allowed
from orderlib.case.message import AdoptOrder, PassTime
from orderlib.case.policies import PolicySet
from orderlib.case.record import OrderCase
from orderlib.desk.desk import OrderDesk
from orderlib.desk.memory import InMemoryRepository
from orderlib.enquiry.message import (
    OpenEnquiry,
)
from orderlib.enquiry.record import Requirement
from orderlib.errors import RefusedError
from orderlib.hold.message import PlaceHold
from orderlib.intake.message import AnswerConfirmation, ConfirmBack, ReceiveOrder
from orderlib.ledger.record import LineLedger
from orderlib.order.line import Item
from orderlib.order.payment import PaymentTerms
from orderlib.order.record import Attachment, Order
from orderlib.order.terms import DeliveryTerms
from orderlib.review.condition import ConditionDraft
from orderlib.review.message import (
    DeclareConflict,
    SubmitAssessment,
)
from orderlib.review.panel import PanelByTypeAndAmount, SeatTemplate
from orderlib.review.policy import ReviewDecision
from orderlib.review.record import EVERY_ASPECT, ReviewOutcome
from orderlib.simulation.clock import WorldClock
from orderlib.simulation.everyone import EVERYONE
from orderlib.simulation.facts import SeededFacts
from orderlib.simulation.world import Habit, Moment, World
from orderlib.values.dispatch import Gate
from orderlib.values.instant import instant
from orderlib.values.key import Key
from orderlib.values.message import Command
from orderlib.values.money import Money
from orderlib.values.party import SYSTEM
from orderlib.values.period import DayPeriod
from orderlib.values.port import SequentialIds
from orderlib.values.quantity import Quantity
from orderlib.values.rate import UnitPrice

RUNNING = ("accepted", "released", "in_execution", "in_execution")
STATES = ("enquired", "proposed", "received", "returned", "in_review", "conditionally_accepted", *RUNNING)


@attrs.frozen(kw_only=True)
class Theme:
    """What a walk is mostly about: how it may begin, the commands given most, and how often what is rare happens."""

    begins: tuple[str, ...]
    mostly: frozenset[str] = attrs.field(converter=frozenset)
    rare: tuple[float, ...] = (0.15, 0.4, 0.65)
    silence: tuple[float, ...] = (0.02, 0.1, 0.3)
    policies: PolicySet | None = None


def _on_conditions(*_: object) -> ReviewDecision:
    """Everything is accepted on a condition that the customer has to agree to, and on one of our own."""
    theirs = ConditionDraft(wording="a tenth is paid first", owner="customer", gate=Gate.DESPATCH, within=timedelta(4))
    ours = ConditionDraft(wording="the drawing is checked", owner="technology", gate=Gate.PRODUCE, within=timedelta(2))
    return ReviewDecision(ReviewOutcome.CONDITIONALLY_ACCEPTED, conditions=(theirs, ours))


#: seats that begin with the management, and pass from it to the sales
BOARD = PanelByTypeAndAmount(
    disciplines=tuple(
        SeatTemplate(id=each, department="management", deputy="sales", required=each == "one", scope=EVERY_ASPECT)
        for each in ("one", "two", "three")
    ),
    clean_amount=Money("1", "EUR"),
    small_amount=Money("2", "EUR"),
)
ENQUIRING = frozenset(name for name in WILD if "Requirement" in name or "Propos" in name or "Question" in name)
THEMES: tuple[Theme, ...] = (
    Theme(
        begins=("enquiry",), mostly={"AddRequirement", "AnalyseEnquiry", "AskQuestion", "AnswerQuestion"}, rare=(0.9,)
    ),
    Theme(begins=("enquiry",), mostly=ENQUIRING | {"AnalyseEnquiry"}, rare=(0.6, 0.9)),
    Theme(
        begins=("enquiry",),
        mostly={
            "AnalyseEnquiry",
            "DraftProposal",
            "ProposeOffer",
            "ReviseProposal",
            "DeclineProposal",
            "AnswerQuestion",
        },
        rare=(0.7, 0.97),
    ),
    Theme(begins=("enquiry",), mostly={"AnalyseEnquiry", "ProposeOffer", "ConfirmProposal"}, silence=(0.3, 0.6)),
    Theme(begins=("order", "spoken", "spoken"), mostly={"ConfirmBack", "AnswerConfirmation"}, rare=(0.5, 0.8)),
    Theme(begins=("full",), mostly={"DeclareConflict", "ConvenePanel", "ReviewOrder"}, rare=(0.5,), silence=(0.45,)),
    Theme(
        begins=("order",),
        mostly={"DeclareConflict", "ReviewOrder", "SubmitAssessment"},
        rare=(0.25, 0.5),
        silence=(0.45,),
        policies=PolicySet(panel=BOARD),
    ),
    Theme(begins=("full", "order"), mostly={"ReviewOrder", "SubmitAssessment", "ReopenReview"}, silence=(0.1, 0.4)),
    Theme(
        begins=("order",),
        mostly={"WaiveCondition", "ReopenReview"},
        rare=(0.1, 0.3),
        silence=(0.02,),
        policies=PolicySet(review=_on_conditions),
    ),
    Theme(
        begins=("order", "running"), mostly={"RequestChange", "ReceiveOrderChange", "DecideChange", "WithdrawChange"}
    ),
    Theme(
        begins=("running",),
        mostly={"RequestChange", "ReceiveOrderChange", "DecideChange", "WithdrawChange", "RequestCancellation"},
        rare=(0.7,),
        silence=(0.05, 0.2),
    ),
    Theme(
        begins=("running", "bare", "bare"),
        mostly={"RequestCancellation", "DecideCancellation", "WithdrawCancellation", "TerminateOrder"},
        rare=(0.4, 0.7),
    ),
    Theme(begins=("running",), mostly={"ReportReceived", "ReportReturned", "OpenIncident", "DropTask"}),
    Theme(begins=("running",), mostly={"ReportAcceptance", "WaiveDefect"}, rare=(0.15, 0.3)),
    Theme(
        begins=("order", "running"), mostly={"DisputeStatement", "WithdrawStatement", "ReportPayment", "ReopenOrder"}
    ),
    Theme(begins=("order", "adopted", "adopted", "unknown", "enquiry"), mostly=ENDING, rare=(0.3, 0.6)),
    Theme(begins=("adopted",), mostly={"PlaceHold", "IdentifyRisk", "TreatRisk", "CloseRisk"}),
)


def beginning(kind: str, dice: Random) -> Command:
    """How a case begins: an order by wire or by word, an enquiry, an order that runs elsewhere, a mere warning."""
    if kind in ("order", "full"):
        papers = [Attachment("drawing", "drawing", "0" * 64)] if kind == "full" else []
        return ReceiveOrder(attrs.evolve(_ordered(dice), attachments=papers), by=CLERK)
    if kind == "spoken":
        return ReceiveOrder(_ordered(dice), channel="TE", by=CLERK)
    if kind == "enquiry":
        return OpenEnquiry(BUYER, (Requirement("R1", "Pump, 40 l/s", Quantity(3), BY_APRIL),), by=SELLER)
    if kind == "unknown":
        return PlaceHold("case-x", [Gate.RELEASE], by=BOSS, reason="the customer has called to warn us")
    if kind == "bare":  # another system knew its lines
        return AdoptOrder(attrs.evolve(_ordered(dice), lines=()), "in_execution", by=CLERK)
    state, known = dice.choice(RUNNING if kind == "running" else STATES), _ordered(dice)
    made = LineLedger(id="10", ordered=Decimal(4), produced=Decimal(2))
    return AdoptOrder(known, state, (made,) if state == "in_execution" and dice.random() < 0.6 else (), by=CLERK)


def _ordered(dice: Random) -> Order:
    """Two lines; at times with an advance, or without a price."""
    price = None if dice.random() < 0.1 else 199
    two = (line("10", quantity=4, price=price), line("20", item="P-8", quantity=6))
    payment = PaymentTerms(advance=30) if dice.random() < 0.2 else PaymentTerms(net_days=10)
    return order(*two, payment=payment, delivery=DeliveryTerms(address=BUYER.address))


@attrs.frozen
class Walk:
    """Where a walk led: the desk, its repository and the case."""

    desk: OrderDesk
    repository: InMemoryRepository
    case_id: str


def walk(seed: int, *, steps: int = 60) -> Walk:
    """One case, from its beginning through so many steps of the usual, the rare, and the passing of time."""
    dice = Random(f"walk/{seed}")
    theme = THEMES[seed % len(THEMES)]
    rare, silence = dice.choice(theme.rare), dice.choice(theme.silence)
    clock, repository = WorldClock("2026-03-02T08:00:00Z"), InMemoryRepository()
    desk = OrderDesk(
        repository, policies=theme.policies, facts=SeededFacts(seed), clock=clock, ids=SequentialIds(f"w{seed}-")
    )
    case_id = desk.handle(beginning(dice.choice(theme.begins), dice)).case.id
    world = World(desk, clock, EVERYONE, seed=seed, temper=TEMPER)
    usual = world.drive(case_id)
    for _ in range(steps):
        luck = dice.random()
        asking = desk.load(case_id).state in ("enquired", "proposed")  # where usually nobody does anything
        if luck < silence:
            _wait(desk, clock, case_id)
        elif luck < silence + rare or asking:
            _rarely(desk, clock, case_id, dice, theme.mostly)
        else:
            try:
                next(usual)
            except (StopIteration, RefusedError):
                usual = world.drive(case_id)
                _rarely(desk, clock, case_id, dice, theme.mostly)
    return Walk(desk, repository, case_id)


def _wait(desk: OrderDesk, clock: WorldClock, case_id: str) -> None:
    due = desk.load(case_id).next_due
    if due is not None:
        clock.wait_until(due)
        desk.handle(PassTime(case_id, by=SYSTEM))


def _rarely(desk: OrderDesk, clock: WorldClock, case_id: str, dice: Random, mostly: Iterable[str]) -> None:
    """Somebody does something rare, whatever the case offers; who is refused has tried."""
    case = desk.load(case_id)
    offers = [each for each in desk.allowed(case) if each.command in WILD]
    offers += _unasked(case)
    if not offers:
        return
    weights = [20 if each.command in mostly else 0.1 if each.command in ENDING else 1 for each in offers]
    (offer,) = dice.choices(offers, weights)
    clock.work(dice.choice([0.1, 1, 4]))
    for habit in _shuffled(WILD[offer.command], dice):
        command = habit(Moment(case, offer, dice, clock, TEMPER))
        if command is not None:
            with suppress(RefusedError):
                desk.handle(command)
            return


def _unasked(case: OrderCase) -> Iterator[Allowed]:
    """What nobody asks for, and is possible: speaking before we have written, writing or saying something twice."""
    if case.state == "received":
        for kind in (ConfirmBack, AnswerConfirmation):
            yield Allowed(kind.__name__, "intake", (), (case.id,), fact=False, kind=kind)
    sitting = case.review.sitting if case.review is not None else None
    if sitting is not None:
        said = tuple(each.discipline for each in sitting.assessments if each.state == "submitted")
        if said:
            yield Allowed("SubmitAssessment", "assessment", (), said, fact=False, kind=SubmitAssessment)
        every = tuple(each.discipline for each in sitting.assessments)
        yield Allowed("DeclareConflict", "assessment", (), every, fact=False, kind=DeclareConflict)


def _shuffled(habits: tuple[Habit, ...], dice: Random) -> Iterator[Habit]:
    return iter(dice.sample(habits, len(habits)))


def agreement_walk(seed: int, *, steps: int = 15) -> tuple[InMemoryRepository, Key[Any]]:
    """One framework agreement: signed or not, stopped, resumed, called off, ended, run out, used up."""
    dice, repository = Random(f"agreement/{seed}"), InMemoryRepository()
    clock = WorldClock("2026-03-02T08:00:00Z")
    desk = OrderDesk(repository, facts=SeededFacts(seed), clock=clock, ids=SequentialIds(f"a{seed}-"))
    item = AgreedItem(Item("P-7", "Item P-7"), UnitPrice("199", "EUR"), total=Decimal(3))
    agreed = Agreement("FA-1", BUYER, SUPPLIER, "EUR", (item,), valid=DayPeriod("2026-01-01", "2026-12-31"))
    desk.handle(DraftAgreement(agreed, by=SELLER))
    running: list[tuple[World, str]] = []
    for number in range(steps):
        clock.work(dice.choice([1, 8]))
        _agree(dice.random(), dice, desk, number, running, seed)
    return repository, Key("agreement", "FA-1")


def _agree(
    luck: float, dice: Random, desk: OrderDesk, number: int, running: list[tuple[World, str]], seed: int
) -> None:
    clock: Any = desk._clock
    try:
        if luck < 0.4:
            kinds = [SignAgreement] * 3 + [SuspendAgreement] * 2 + [ResumeAgreement] * 2
            desk.handle(
                dice.choice(kinds if dice.random() < 0.95 else [TerminateAgreement])("FA-1", by=SELLER, reason=WHY)
            )
        elif luck < 0.45:
            clock.wait_until(instant("2027-01-02T00:00:00Z"))
            desk.handle(PassTime("FA-1", stream="agreement", by=SYSTEM))
        elif luck < 0.6 or not running:
            wanted = order(line(quantity=3, price="199"), id=f"c{number}", type="226", agreement_id="FA-1")
            case_id = desk.handle(ReceiveOrder(wanted, by=CLERK)).case.id
            running.append((World(desk, clock, EVERYONE, seed=seed), case_id))
        else:
            world, case_id = dice.choice(running)
            for _ in islice(world.drive(case_id), dice.choice([8, 30, 90])):
                pass
    except RefusedError:
        pass
