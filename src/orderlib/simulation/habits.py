"""What people and plant do when it is their turn: one habit for each command, from receipt to acceptance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Final

from orderlib.acceptance.message import (
    RectifyDefect,
    ReportAcceptance,
    RequestAcceptance,
    VerifyDefect,
)
from orderlib.acceptance.record import Defect, DefectClass
from orderlib.fulfilment.message import DespatchGoods, ReportProduced, ReportReceived, ResolveIncident
from orderlib.intake.message import (
    AnswerConfirmation,
    ConfirmBack,
    ResolveDeviation,
    ResubmitOrder,
    ScreenOrder,
)
from orderlib.intake.record import Resolution
from orderlib.ledger.record import LineQuantity
from orderlib.planning.message import (
    AddTask,
    CompleteTask,
    PlanOrder,
    PromiseOrder,
    ReleaseOrder,
    StartTask,
)
from orderlib.planning.record import Task, TaskDraft
from orderlib.simulation.repair import put_right
from orderlib.simulation.world import Habit, Moment
from orderlib.values.instant import later
from orderlib.values.message import Command
from orderlib.values.party import Actor

__all__ = ["WORKING_HABITS"]

CUSTOMER: Final = Actor("customer", department="customer", roles=("customer",))


def _screen(moment: Moment) -> Command:
    moment.clock.work(2)
    return ScreenOrder(moment.case.id, by=moment.actor())


def _resolve_deviation(moment: Moment) -> Command:
    moment.clock.work(1)
    by, case_id = moment.actor(), moment.case.id
    return ResolveDeviation(
        case_id, moment.offer.about[0], Resolution.ACCEPTED, by=by, reason="as the customer wants it"
    )


def _confirm_back(moment: Moment) -> Command:
    moment.clock.work(1)
    return ConfirmBack(moment.case.id, by=moment.actor())


def _answer_confirmation(moment: Moment) -> Command:
    moment.clock.work(8)
    return AnswerConfirmation(moment.case.id, by=moment.actor())


def _resubmit(moment: Moment) -> Command | None:
    """The customer puts right what it can: what is missing, days that are over, totals that do not add up."""
    case = moment.case
    if case.order is None or case.intake is None or moment.dice.random() >= moment.temper.answers_return:
        return None
    better = put_right(case.order, moment.clock())
    sums = any(each.code.startswith("totals.") for each in case.intake.findings)
    if better == case.order and not sums:
        return None
    moment.clock.work(16)
    return ResubmitOrder(case.id, better, by=moment.actor())


def _plan(moment: Moment) -> Command:
    moment.clock.work(3)
    return PlanOrder(moment.case.id, by=moment.actor("planning"))


def _write_task(moment: Moment) -> Command | None:
    """Where no template fits the order, planners write the tasks themselves: make it, then pack it."""
    plan = moment.case.planning
    written = list(plan.tasks.ids()) if plan is not None else []
    if written not in ([], ["make"]):
        return None
    moment.clock.work(2)
    make = TaskDraft("make", "Make the goods", "production", "everything is made", timedelta(hours=24))
    pack = TaskDraft("pack", "Pack the goods", "logistics", "everything is packed", timedelta(hours=4), ("make",))
    return AddTask(moment.case.id, pack if written else make, by=moment.actor("planning"))


def _promise(moment: Moment) -> Command | None:
    plan = moment.case.planning
    if plan is not None and len(plan.promises):
        return None
    moment.clock.work(1)
    return PromiseOrder(moment.case.id, by=moment.actor("planning"))


def _release(moment: Moment) -> Command:
    moment.clock.work(1)
    return ReleaseOrder(moment.case.id, by=moment.actor("planning"))


def _start_task(moment: Moment) -> Command:
    task = _task(moment)
    moment.clock.work(0.5)
    return StartTask(moment.case.id, task.id, by=moment.actor(_owner(moment, task)))


def _complete_task(moment: Moment) -> Command | None:
    task = _task(moment)
    if task.id == "make" and any(line.produced < line.demand for line in moment.case.ledger.lines):
        return None
    hours = task.draft.duration / timedelta(hours=1)
    moment.clock.work(max(0.5, hours * moment.dice.uniform(0.3, 0.9)))
    evidence = f"{task.draft.criterion}: report {moment.dice.randint(1000, 9999)}"
    return CompleteTask(moment.case.id, task.id, evidence, by=moment.actor(_owner(moment, task)))


def _task(moment: Moment) -> Task:
    plan = moment.case.planning
    assert plan is not None  # noqa: S101 - a task is offered only where there is a plan
    return plan.tasks[moment.offer.about[0]]


def _owner(moment: Moment, task: Task) -> str:
    return task.draft.owner if task.draft.owner in moment.offer.who else ""


def _produce(moment: Moment) -> Command | None:
    """Everything that is wanted is made while the task of making runs, and what a change adds after it, too."""
    plan = moment.case.planning
    make = plan.tasks.get("make") if plan is not None else None
    if make is not None and make.state == "planned":
        return None
    lines = [
        LineQuantity(line.id, line.demand - line.produced)
        for line in moment.case.ledger.lines
        if line.produced < line.demand
    ]
    moment.clock.work(8)
    return ReportProduced(moment.case.id, lines, by=moment.actor("production"))


def _despatch(moment: Moment) -> Command | None:
    case, plan = moment.case, moment.case.planning
    if plan is not None and any(task.state in ("planned", "started") for task in plan.tasks):
        return None
    terms = case.order.delivery if case.order is not None else None
    split = (
        terms is not None
        and not terms.complete_only
        and all(line.despatched == 0 for line in case.ledger.lines)
        and moment.dice.random() < moment.temper.partial
    )
    lines = list(_load(moment, split=split))
    moment.clock.work(2)
    return DespatchGoods(case.id, lines, by=moment.actor("logistics"), carrier="carrier") if lines else None


def _load(moment: Moment, *, split: bool) -> Iterator[LineQuantity]:
    """What goes on the lorry: everything, or of each line about half, in whole units."""
    for line in moment.case.ledger.lines:
        quantity = line.to_despatch
        if split and quantity > 1:
            quantity = (quantity / 2).to_integral_value(rounding="ROUND_UP")
        if quantity > 0:
            yield LineQuantity(line.id, quantity)


def _receive(moment: Moment) -> Command | None:
    case = moment.case
    assert case.fulfilment is not None  # noqa: S101 - offered only where something is on its way
    despatch = case.fulfilment.despatches[moment.offer.about[0]]
    fate = moment.fate("despatch", despatch.id)
    if not moment.ripe(later(despatch.sent_at, timedelta(hours=fate.randint(12, 72)))):
        return None
    lines = list(despatch.lines)
    if fate.random() < moment.temper.lost and lines[0].quantity > 1:
        lines[0] = LineQuantity(lines[0].line_id, lines[0].quantity - 1)
    return ReportReceived(case.id, despatch.id, lines, by=Actor("carrier", department="logistics"))


def _request_acceptance(moment: Moment) -> Command | None:
    if any(not line.settled for line in moment.case.ledger.lines):
        return None
    moment.clock.work(1)
    return RequestAcceptance(moment.case.id, by=moment.actor("customer-service"))


def _accept(moment: Moment) -> Command | None:
    case = moment.case
    if case.acceptance is None or case.acceptance.deemed_at is None:
        return None
    moment.clock.work(moment.dice.randint(4, 40))
    open_lines = [line for line in case.ledger.lines if line.delivered - line.returned > line.accepted]
    defects: tuple[Defect, ...] = ()
    first = not case.acceptance.defects
    if first and moment.dice.random() < moment.temper.defect:
        grade = DefectClass.MINOR if moment.dice.random() < 0.7 else DefectClass.MAJOR
        due = moment.clock.calendar.add_working(moment.clock(), timedelta(hours=40))
        defects = (
            Defect(id="defect-1", line_id=open_lines[0].id, grade=grade, description="does not fit", due_at=due),
        )
    lines = [LineQuantity(line.id, line.delivered - line.returned - line.accepted) for line in open_lines]
    return ReportAcceptance(case.id, lines, defects, by=CUSTOMER)


def _rectify(moment: Moment) -> Command:
    moment.clock.work(moment.dice.randint(4, 24))
    return RectifyDefect(moment.case.id, moment.offer.about[0], "adjusted on site", by=moment.actor("quality"))


def _verify(moment: Moment) -> Command:
    moment.clock.work(4)
    passed = moment.dice.random() < 0.9
    return VerifyDefect(moment.case.id, moment.offer.about[0], passed, by=CUSTOMER)


def _resolve_incident(moment: Moment) -> Command:
    moment.clock.work(2)
    return ResolveIncident(moment.case.id, moment.offer.about[0], by=moment.actor("planning"), reason="dealt with")


#: habits by command, whoever is first in this order acts first
WORKING_HABITS: Final[Mapping[str, Habit]] = {
    "ResolveDeviation": _resolve_deviation,
    "ConfirmBack": _confirm_back,
    "AnswerConfirmation": _answer_confirmation,
    "ScreenOrder": _screen,
    "ResubmitOrder": _resubmit,
    "PlanOrder": _plan,
    "AddTask": _write_task,
    "PromiseOrder": _promise,
    "ReleaseOrder": _release,
    "ResolveIncident": _resolve_incident,
    "ReportProduced": _produce,
    "CompleteTask": _complete_task,
    "StartTask": _start_task,
    "ReportReceived": _receive,
    "DespatchGoods": _despatch,
    "RectifyDefect": _rectify,
    "VerifyDefect": _verify,
    "RequestAcceptance": _request_acceptance,
    "ReportAcceptance": _accept,
}
