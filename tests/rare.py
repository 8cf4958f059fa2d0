"""What people rarely do: a habit for every command that the stand-in of the simulation never gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

import attrs
from build import CLERK, SELLER, line, order

from orderlib.acceptance.message import ReportAcceptance, ReportReturned, WaiveDefect
from orderlib.acceptance.record import Defect, DefectClass
from orderlib.change.message import (
    DecideCancellation,
    DecideChange,
    ReceiveOrderChange,
    RequestCancellation,
    RequestChange,
    TerminateOrder,
    WithdrawCancellation,
    WithdrawChange,
)
from orderlib.change.record import ChangeCause, Side
from orderlib.closing.message import ReopenOrder
from orderlib.enquiry.message import (
    AddRequirement,
    AnalyseEnquiry,
    AnswerQuestion,
    AskQuestion,
    ConfirmProposal,
    DeclineEnquiry,
    DeclineProposal,
    DraftProposal,
    ProposeOffer,
    ReviseProposal,
    ReviseRequirement,
    WithdrawProposal,
    WithdrawRequirement,
)
from orderlib.enquiry.record import AnalysisOutcome, Requirement
from orderlib.fulfilment.message import OpenIncident, ReportReceived, ShortCloseLine
from orderlib.intake.message import AnswerConfirmation, ConfirmBack, ReceiveOrder, ReturnOrder, ScreenOrder
from orderlib.intake.record import ScreeningOutcome
from orderlib.ledger.record import LineQuantity
from orderlib.order.record import Attachment, Order
from orderlib.order.revision import difference
from orderlib.planning.message import DropTask, ReplanOrder
from orderlib.review.condition import ConditionDraft
from orderlib.review.message import (
    ConvenePanel,
    DeclareConflict,
    DeclineConditions,
    ReopenReview,
    ReviewOrder,
    SubmitAssessment,
    WaiveCondition,
)
from orderlib.review.record import Opinion, ReviewOutcome
from orderlib.risk.message import CloseRisk, IdentifyRisk, ReportRiskOccurred, TreatRisk
from orderlib.risk.record import Rating, RiskCause, Treatment
from orderlib.settlement.message import DisputeStatement, ReportPayment, WithdrawStatement
from orderlib.simulation.world import Habit, Moment, Temper
from orderlib.values.dispatch import Gate
from orderlib.values.message import Command
from orderlib.values.money import Money
from orderlib.values.party import Actor
from orderlib.values.period import DayPeriod
from orderlib.values.quantity import Quantity

TEMPER = Temper(
    defect=0.5,
    partial=0.5,
    lost=0.3,
    late_payer=0.6,
    refuses_offer=0.4,
    refuses_change=0.3,
    answers_return=0.7,
    shrugs=0.5,
)
BOSS = Actor("bo", "management", roles=("management",))
WHY = "somebody wants it so"
BY_APRIL = DayPeriod(None, "2026-04-30")


def _id(moment: Moment, kind: str) -> str:
    return f"{kind}-{moment.case.version}"


def _one(moment: Moment) -> str:
    return moment.dice.choice(moment.offer.about)


def _requirement(moment: Moment, id: str) -> Requirement:
    vague = moment.dice.random() < 0.4
    quantity = None if vague else Quantity(moment.dice.randint(1, 9))
    today = DayPeriod(None, moment.clock().date())  # too soon for anybody
    return Requirement(id, "Pump, 40 l/s", quantity, moment.dice.choice([BY_APRIL, BY_APRIL, today]))


def _offer(moment: Moment) -> Order:
    return order(line(price=moment.dice.randint(150, 250)), id=f"offer-{moment.case.version}")


def _answer(moment: Moment) -> Command:
    log = moment.case.enquiry
    about = log.questions[_one(moment)] if log is not None else None
    assert about is not None
    better = Requirement(about.requirement_id, "Pump, 40 l/s", Quantity(3), BY_APRIL) if about.requirement_id else None
    return AnswerQuestion(moment.case.id, about.id, "three of them", better, by=SELLER)


def _analyse(moment: Moment) -> Command:
    override = moment.dice.choice([None, None, None, *AnalysisOutcome])
    return AnalyseEnquiry(moment.case.id, override=override, by=SELLER, reason=WHY)


def _changed(moment: Moment) -> Order | None:
    """The order with another quantity, day, note or line."""
    known = moment.case.order
    if known is None or not known.lines:
        return None
    first = known.lines[known.lines.ids()[0]]
    what = moment.dice.choice(["more", "less", "later", "note", "line"])
    if what == "note":
        return attrs.evolve(known, note=f"note {moment.case.version}")
    if what == "line":
        new = line(f"n{moment.case.version}", item="P-9", quantity=2, currency=known.currency)
        return attrs.evolve(known, lines=[*known.lines, new])
    if what == "later":
        day = DayPeriod(None, (moment.clock() + timedelta(days=90)).date())
        return attrs.evolve(known, lines=known.lines.replace((attrs.evolve(first, requested_period=day),)))
    value = first.quantity.value + 2 if what == "more" else max(Decimal(1), first.quantity.value - 2)
    fresh = attrs.evolve(first, quantity=Quantity(value, first.quantity.unit))
    return attrs.evolve(known, lines=known.lines.replace((fresh,)))


def _want(moment: Moment) -> Command | None:
    new = _changed(moment)
    if new is None or moment.case.order is None:
        return None
    wanted = difference(moment.case.order, new)
    side = moment.dice.choice(list(Side))
    cause = ChangeCause.CUSTOMER if side is Side.CUSTOMER else ChangeCause.SUPPLY
    return RequestChange(moment.case.id, _id(moment, "change"), wanted, cause, by=CLERK, side=side, reason=WHY)


def _sends(moment: Moment) -> Command | None:
    new = _changed(moment)
    return None if new is None else ReceiveOrderChange(moment.case.id, _id(moment, "sent"), new, by=CLERK)


def _decide(moment: Moment) -> Command | None:
    counter = None
    new = _changed(moment)
    if moment.dice.random() < 0.4 and new is not None and moment.case.order is not None:
        counter = difference(moment.case.order, new)
        return DecideChange(moment.case.id, _one(moment), accept=False, counter=counter, by=BOSS, reason=WHY)
    currency = moment.case.order.currency if moment.case.order is not None else "EUR"
    charge = Money("25", currency) if moment.dice.random() < 0.6 else None
    return DecideChange(moment.case.id, _one(moment), accept=True, charge=charge, by=BOSS, reason=WHY)


def _cancel(moment: Moment) -> Command:
    known, lines = moment.case.id, tuple(moment.case.ledger.lines.ids())
    some = lines[:1] if len(lines) > 1 and moment.dice.random() < 0.4 else ()
    return RequestCancellation(known, _id(moment, "cancel"), line_ids=some, by=CLERK, reason=WHY)


def _judge(moment: Moment) -> Command:
    charge = Money("40", moment.case.order.currency) if moment.case.order is not None else None
    return DecideCancellation(
        moment.case.id, _one(moment), moment.dice.random() < 0.7, charge=charge, by=BOSS, reason=WHY
    )


def _opinion(moment: Moment) -> Command:
    sitting = moment.case.review.sitting if moment.case.review is not None else None
    discipline = _one(moment)
    assert sitting is not None
    department = next(each.department for each in sitting.assessments if each.discipline == discipline)
    by = Actor(f"{department}/{discipline}", department, roles=("management",))
    opinion = moment.dice.choice(
        [Opinion.ACCEPT, Opinion.CONDITIONS, Opinion.CONDITIONS, Opinion.REJECT, Opinion.REVIEW]
    )
    owner = moment.dice.choice(["customer", "customer", "finance"])
    gate = moment.dice.choice([Gate.RELEASE, Gate.DESPATCH, None]) if owner == "customer" else Gate.DESPATCH
    draft = ConditionDraft(wording=f"it is done by {department}", owner=owner, gate=gate, within=timedelta(days=3))
    conditions = (draft,) if opinion is Opinion.CONDITIONS else ()
    return SubmitAssessment(moment.case.id, discipline, opinion, conditions=conditions, by=by)


def _overrule(moment: Moment) -> Command:
    return ReviewOrder(moment.case.id, overrule=moment.dice.choice(list(ReviewOutcome)), by=BOSS, reason=WHY)


def _arrives(moment: Moment) -> Command | None:
    """A part of a despatch, or all of it with something refused."""
    record = moment.case.fulfilment
    if record is None:
        return None
    despatch = record.despatches[_one(moment)]
    first = despatch.lines[0]
    half = LineQuantity(first.line_id, max(Decimal(1), first.quantity // 2))
    if moment.dice.random() < 0.6:
        return ReportReceived(moment.case.id, despatch.id, (half,), complete=False, by=CLERK)
    return ReportReceived(moment.case.id, despatch.id, (), refused=(half,), by=CLERK)


def _comes_back(moment: Moment) -> Command:
    lines = (LineQuantity(_one(moment), Decimal(1)),)
    return ReportReturned(moment.case.id, lines, replace=moment.dice.random() < 0.5, by=CLERK, reason=WHY)


def _rejects(moment: Moment) -> Command:
    grade = moment.dice.choice(list(DefectClass))
    due = moment.clock() + timedelta(days=2)
    defect = Defect(id=_id(moment, "defect"), line_id=_one(moment), grade=grade, description="broken", due_at=due)
    return ReportAcceptance(moment.case.id, (), (defect,), by=CLERK)


def _pays(moment: Moment) -> Command | None:
    record = moment.case.settlement
    if record is None:
        return None
    invoice = record.invoices[_one(moment)]
    amount = invoice.open + Money("10", invoice.open.currency) if moment.dice.random() < 0.5 else invoice.open
    if amount.minor <= 0:
        return None
    return ReportPayment(moment.case.id, _id(moment, "pay"), amount, str(invoice.id), by=CLERK)


def _risk(moment: Moment) -> Command:
    return IdentifyRisk(moment.case.id, _id(moment, "risk"), "it rains", RiskCause.SUPPLY, Rating(3, 3), by=BOSS)


def _screen(moment: Moment) -> Command:
    override = moment.dice.choice(list(ScreeningOutcome))
    return ScreenOrder(moment.case.id, override=override, by=CLERK, reason=WHY)


def _simple(kind: Callable[..., Command], *fields: Any, by: Actor = BOSS, **more: Any) -> Habit:
    """A command about one of the things that it is offered for."""

    def habit(moment: Moment) -> Command:
        return kind(moment.case.id, _one(moment), *fields, by=by, reason=WHY, **more)

    return habit


def _whole(kind: Callable[..., Command], by: Actor = BOSS, **more: Any) -> Habit:
    """A command about the case as a whole."""
    return lambda moment: kind(moment.case.id, by=by, reason=WHY, **more)


def _asked(moment: Moment) -> str | None:
    log = moment.case.enquiry
    ids = [each.id for each in log.active] if log is not None else []
    return moment.dice.choice([None, *ids])


def _submit(moment: Moment) -> Command | None:
    log = moment.case.enquiry
    drafts = [each.id for each in log.proposals if each.state == "drafted"] if log is not None else []
    return ProposeOffer(moment.case.id, proposal_id=moment.dice.choice(drafts), by=SELLER) if drafts else None


def _as_agreed(moment: Moment) -> Order:
    log = moment.case.enquiry
    if log is not None and log.baseline is not None:
        return attrs.evolve(log.baseline.order, id="4711", proposal_id=log.baseline.proposal_id)
    return order()


def _conflict(moment: Moment) -> Command | None:
    sitting = moment.case.review.sitting if moment.case.review is not None else None
    if sitting is None:
        return None
    discipline = _one(moment)
    known = next(each for each in sitting.assessments if each.discipline == discipline)
    by = known.by if known.by is not None else Actor(f"{known.department}/{discipline}", known.department)
    return DeclareConflict(moment.case.id, discipline, by=by, reason=WHY)


WILD: Mapping[str, tuple[Habit, ...]] = {
    "AddRequirement": (lambda m: AddRequirement(m.case.id, _requirement(m, _id(m, "R")), by=SELLER),),
    "ReviseRequirement": (lambda m: ReviseRequirement(m.case.id, _requirement(m, _one(m)), by=SELLER),),
    "WithdrawRequirement": (_simple(WithdrawRequirement, by=SELLER),),
    "AskQuestion": (lambda m: AskQuestion(m.case.id, "how many?", _asked(m), by=SELLER),),
    "AnswerQuestion": (_answer,),
    "AnalyseEnquiry": (_analyse,),
    "DraftProposal": (lambda m: DraftProposal(m.case.id, _offer(m), by=SELLER),),
    "ProposeOffer": (lambda m: ProposeOffer(m.case.id, _offer(m), by=SELLER), _submit),
    "ReviseProposal": (lambda m: ReviseProposal(m.case.id, _one(m), _offer(m), by=SELLER),),
    "WithdrawProposal": (_simple(WithdrawProposal, by=SELLER),),
    "ConfirmProposal": (_simple(ConfirmProposal, by=SELLER),),
    "DeclineProposal": (_simple(DeclineProposal, by=SELLER),),
    "DeclineEnquiry": (_whole(DeclineEnquiry, by=SELLER),),
    "ReceiveOrder": (lambda m: ReceiveOrder(_as_agreed(m), case_id=m.case.id, by=CLERK),),
    "ScreenOrder": (_screen,),
    "ReturnOrder": (_whole(ReturnOrder, by=CLERK),),
    "ConfirmBack": (_whole(ConfirmBack, by=CLERK),),
    "AnswerConfirmation": (
        _whole(AnswerConfirmation, by=CLERK, document=Attachment("letter")),
        lambda m: AnswerConfirmation(m.case.id, agrees=False, by=CLERK, reason=WHY),
    ),
    "ConvenePanel": (_whole(ConvenePanel),),
    "SubmitAssessment": (_opinion, _opinion),
    "DeclareConflict": (_conflict,),
    "ReviewOrder": (_overrule, _whole(ReviewOrder)),
    "DeclineConditions": (_whole(DeclineConditions, by=SELLER),),
    "WaiveCondition": (_simple(WaiveCondition),),
    "ReopenReview": (_whole(ReopenReview),),
    "DropTask": (_simple(DropTask),),
    "ReplanOrder": (_whole(ReplanOrder),),
    "ReportReceived": (_arrives,),
    "ShortCloseLine": (_simple(ShortCloseLine, by=CLERK),),
    "OpenIncident": (lambda m: OpenIncident(m.case.id, _id(m, "incident"), by=CLERK, reason=WHY),),
    "RequestChange": (_want,),
    "ReceiveOrderChange": (_sends,),
    "DecideChange": (_decide,),
    "WithdrawChange": (_simple(WithdrawChange),),
    "RequestCancellation": (_cancel,),
    "DecideCancellation": (_judge,),
    "WithdrawCancellation": (_simple(WithdrawCancellation),),
    "TerminateOrder": (lambda m: TerminateOrder(m.case.id, _id(m, "end"), by=BOSS, reason=WHY),),
    "ReportAcceptance": (_rejects,),
    "WaiveDefect": (_simple(WaiveDefect, by=CLERK),),
    "ReportReturned": (_comes_back,),
    "DisputeStatement": (lambda m: DisputeStatement(m.case.id, _one(m), by=CLERK, reason=WHY),),
    "WithdrawStatement": (_simple(WithdrawStatement),),
    "ReportPayment": (_pays,),
    "IdentifyRisk": (_risk,),
    "TreatRisk": (lambda m: TreatRisk(m.case.id, _one(m), Treatment.TAKE, "an umbrella", Rating(2, 2), by=BOSS),),
    "CloseRisk": (_simple(CloseRisk),),
    "ReportRiskOccurred": (_simple(ReportRiskOccurred),),
    "ReopenOrder": (_whole(ReopenOrder, by=CLERK),),
}


#: what ends a life early is rarer still
ENDING = frozenset(
    {"DeclineConditions", "DeclineEnquiry", "DeclineProposal", "RequestCancellation", "ReturnOrder", "TerminateOrder"}
    | {"WithdrawRequirement", "WithdrawProposal"}
)
