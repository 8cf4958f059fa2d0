"""Lots are planned, looked at in one or several reports, judged, looked at again, recalled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import attrs

from orderlib.errors import Finding, FindingCode, InvalidValueError, RefusedError, Severity
from orderlib.inspection.characteristic import NonconformityGrade, UnitVerdict, judge_readings
from orderlib.inspection.control import ControlPlan, PlanFit
from orderlib.inspection.correction import NonconformityRaised
from orderlib.inspection.message import (
    CancelInspection,
    InspectionCancelled,
    InspectionPlanned,
    InspectionReported,
    InspectionStarted,
    LotAccepted,
    LotCommand,
    LotRecalled,
    LotRejected,
    LotResubmitted,
    PlanInspection,
    RecallLot,
    ReinspectLot,
    ReportInspection,
    StartInspection,
)
from orderlib.inspection.policy import InspectionCase, InspectionPolicies
from orderlib.inspection.record import (
    Examination,
    InspectionLot,
    InspectionReport,
    Nonconformity,
    QualityRegister,
    units_of,
)
from orderlib.inspection.sampling import Counting, SamplingPlan, every_unit
from orderlib.inspection.table import INSPECTION_LOT
from orderlib.values.decision import Decided
from orderlib.values.dispatch import View
from orderlib.values.identifier import DocumentId
from orderlib.values.message import Event, Stamp

__all__ = ["cancel", "plan", "recall", "register_of", "reinspect", "report", "start"]


def _error(name: str, en: str, zh: str) -> FindingCode:
    return FindingCode(f"inspection.{name}", Severity.ERROR, en, zh)


LOT_UNKNOWN: Final = _error("unknown-lot", "there is no inspection lot {lot}", "不存在检验批 {lot}")
LOT_TWICE: Final = _error("used-lot", "inspection lot {lot} exists already", "检验批 {lot} 已存在")
NO_PLAN: Final = _error("no-control-plan", "no control plan fits: nothing says what to look at", "没有适用的控制计划")
REASON: Final = _error("reason-missing", "a reason is needed", "必须说明原因")
JUDGED: Final = _error(
    "judged", "lot {lot} is {state}: its examination is over", "检验批 {lot} 的状态为 {state}：检验已结束"
)
REPORT_TWICE: Final = _error(
    "used-report", "report {report} of lot {lot} was given already", "批 {lot} 的报告 {report} 已提交"
)
BEYOND: Final = _error(
    "beyond-sample",
    "{inspected} units were looked at where {remaining} of the sample are left",
    "已检 {inspected} 个单位，而样本只剩 {remaining} 个",
)
NOTHING_SEEN: Final = _error("nothing-seen", "a report tells of at least one unit", "报告至少涉及一个单位")
NOT_COUNTED: Final = _error("not-counted", "say how many were found, or give readings", "请给出不合格数或读数")
OTHER_COUNT: Final = _error(
    "other-count",
    "the readings are of {units} units with {seen} found, the report says {inspected} and {found}",
    "读数为 {units} 个单位、{seen} 个不合格，而报告为 {inspected} 与 {found}",
)
TOO_MANY_FOUND: Final = _error(
    "found", "{found} units cannot be found among {inspected}", "{inspected} 个单位中不可能有 {found} 个不合格品"
)
MORE_THAN_LOT: Final = _error(
    "more-than-lot", "{units} units are left of a lot of {size}", "批量 {size} 的检验批不可能剩余 {units} 个单位"
)
FAILED_SAMPLE: Final = FindingCode(
    "inspection.failed-sample",
    Severity.INFO,
    "{found} found in a sample of {units}",
    "样本 {units} 个单位中发现 {found} 个",
)

_NOTHING: Final = QualityRegister()


def register_of(case: InspectionCase) -> QualityRegister:
    """What inspection knows of a case; an empty register where it knows nothing."""
    return case.quality or _NOTHING


def plan(view: View[InspectionCase], command: PlanInspection, policies: InspectionPolicies) -> Iterable[Event]:
    """A lot is set up by the control plan that fits."""
    wrong: list[Finding] = []
    if command.lot_id in register_of(view.case).lots:
        wrong.append(LOT_TWICE("/lot_id", lot=command.lot_id))
    decision = policies.control_plan(command.plans, command.item_id, command.supplier_id, command.stage)
    plan_id = getattr(decision, "plan_id", None)
    control = next((each for each in command.plans if each.id == plan_id), None)
    if control is None or decision.ruling is PlanFit.NONE:
        wrong += [NO_PLAN("/plans"), *decision.reasons]
    if wrong or control is None:
        raise RefusedError(*wrong)
    try:
        units = units_of(command.quantity, command.units)
        sampling = _sampling(control, units, command.severity)
    except InvalidValueError as error:
        raise RefusedError(*error.findings) from None
    stamp = command.stamp()
    lot = InspectionLot(
        id=command.lot_id,
        item_id=command.item_id,
        quantity=command.quantity,
        units=units,
        control=control,
        supplier_id=command.supplier_id,
        batch=command.batch,
        line_ids=command.line_ids,
        examinations=(Examination(1, sampling),),
    )
    return (Decided(stamp, "control_plan", decision), InspectionPlanned(stamp, lot))


def _sampling(control: ControlPlan, units: int, severity: str) -> SamplingPlan:
    return every_unit(units) if control.sampling is None else control.sampling.plan(units, severity)


def _lot(case: InspectionCase, lot_id: str, move: str = "") -> InspectionLot:
    lot = register_of(case).lots.get(lot_id)
    if lot is None:
        raise RefusedError(LOT_UNKNOWN("/lot_id", lot=lot_id))
    if move and INSPECTION_LOT.target(lot.state, move) is None:
        raise RefusedError(INSPECTION_LOT.refusal(lot.state, move, "/lot_id"))
    return lot


def _reasoned(case: InspectionCase, command: LotCommand, move: str) -> InspectionLot:
    lot = _lot(case, command.lot_id, move)
    if not command.reason:
        raise RefusedError(REASON("/reason"))
    return lot


def start(view: View[InspectionCase], command: StartInspection, _policies: InspectionPolicies) -> Iterable[Event]:
    """Somebody begins to look."""
    return (InspectionStarted(command.stamp(), _lot(view.case, command.lot_id, "start").id),)


def report(view: View[InspectionCase], command: ReportInspection, policies: InspectionPolicies) -> Iterable[Event]:
    """A part of the sample, or all of it; the last part, or the one that makes it too many, judges the lot."""
    lot = _lot(view.case, command.lot_id)
    examination = lot.current
    if examination is None or lot.state not in ("planned", "in_inspection"):
        raise RefusedError(JUDGED("/lot_id", lot=lot.id, state=lot.state))
    stamp = command.stamp()
    report_id = command.report_id or DocumentId(stamp.cause)
    if any(report_id in each.reports for each in lot.examinations):
        raise RefusedError(REPORT_TWICE("/report_id", report=report_id, lot=lot.id))
    found, units = _counted(lot, examination.plan.counting, command)
    wrong = [*_miscounted(examination, command, found)]
    if wrong:
        raise RefusedError(*wrong)
    told = InspectionReport(
        report_id, command.inspected, found, command.by.id, stamp.occurred_at, command.evidence, units
    )
    events: list[Event] = [] if lot.state == "in_inspection" else [InspectionStarted(stamp, lot.id)]
    events.append(InspectionReported(stamp, lot.id, told))
    over = reported(examination, told)
    if not over.remaining or over.found >= over.plan.reject:
        events += _judged(stamp, register_of(view.case), lot, over, policies)
    return events


def _counted(lot: InspectionLot, counting: Counting, command: ReportInspection) -> tuple[int, tuple[UnitVerdict, ...]]:
    """How many were found, and the units in which, where they were read one by one."""
    if not command.readings:
        if command.found is None:
            raise RefusedError(NOT_COUNTED("/found"))
        return command.found, ()
    try:
        units = judge_readings(lot.control.characteristics, command.readings)
    except InvalidValueError as error:
        raise RefusedError(*error.findings) from None
    bad = tuple(each for each in units if not each.conforms)
    seen = len(bad) if counting is Counting.UNITS else sum(len(each.findings) for each in bad)
    if len(units) != command.inspected or command.found not in (None, seen):
        said = "-" if command.found is None else command.found
        raise RefusedError(
            OTHER_COUNT("/inspected", units=len(units), seen=seen, inspected=command.inspected, found=said)
        )
    return seen, bad


def _miscounted(examination: Examination, command: ReportInspection, found: int) -> Iterator[Finding]:
    inspected = command.inspected
    if not inspected:
        yield NOTHING_SEEN("/inspected")
    if inspected > examination.remaining:
        yield BEYOND("/inspected", inspected=inspected, remaining=examination.remaining)
    if found > inspected and examination.plan.counting is Counting.UNITS:
        yield TOO_MANY_FOUND("/found", found=found, inspected=inspected)


def reported(examination: Examination, told: InspectionReport) -> Examination:
    """The examination with one more report."""
    return attrs.evolve(
        examination,
        inspected=examination.inspected + told.inspected,
        found=examination.found + told.found,
        reports=examination.reports.add((told,)),
    )


def _judged(
    stamp: Stamp, register: QualityRegister, lot: InspectionLot, examination: Examination, policies: InspectionPolicies
) -> Iterator[Event]:
    """What the examination comes to; a lot that fails is a nonconformity of its own."""
    decision = policies.lot_verdict(lot, examination)
    yield Decided(stamp, "lot_verdict", decision)
    outcome = examination.plan.outcome(lot.id, examination.found, original=examination.number == 1)
    if decision.ruling.passes:
        yield LotAccepted(stamp, lot.id, outcome, decision.ruling)
        return
    yield LotRejected(stamp, lot.id, outcome, decision.ruling)
    said = FAILED_SAMPLE(found=examination.found, units=examination.inspected).message()
    yield _raised(stamp, register, lot, said, _gravest(examination))


def _gravest(examination: Examination) -> NonconformityGrade:
    order = list(NonconformityGrade)
    grades = [unit.grade for told in examination.reports for unit in told.units if unit.grade is not None]
    return max(grades, key=order.index, default=NonconformityGrade.MAJOR)


def _raised(
    stamp: Stamp, register: QualityRegister, lot: InspectionLot, description: str, grade: NonconformityGrade
) -> NonconformityRaised:
    """The nonconformity of the whole lot; named after it, with the next number that is free."""
    number = len(lot.faults) + 1
    while (name := f"{lot.id[:180]}-NC{number}") in register.nonconformities:
        number += 1
    fault = Nonconformity(
        id=DocumentId(name),
        item_id=lot.item_id,
        quantity=lot.quantity,
        stage=lot.stage,
        grade=grade,
        description=description,
        lot_id=lot.id,
        line_ids=lot.line_ids,
    )
    return NonconformityRaised(stamp, fault)


def reinspect(view: View[InspectionCase], command: ReinspectLot, _policies: InspectionPolicies) -> Iterable[Event]:
    """A lot that has failed is looked at again, all of it or what is left."""
    lot = _reasoned(view.case, command, "reinspect")
    return (resubmitted(command.stamp(), lot, command.units, command.severity),)


def resubmitted(
    stamp: Stamp, lot: InspectionLot, units: int | None = None, severity: str | None = None
) -> LotResubmitted:
    """The event that sets up the next examination of a lot."""
    size = lot.units if units is None else units
    if size > lot.units:
        raise RefusedError(MORE_THAN_LOT("/units", units=size, size=lot.units))
    last = lot.examinations[-1]
    plan = _sampling(lot.control, size, severity or last.plan.severity)
    return LotResubmitted(stamp, lot.id, Examination(last.number + 1, plan))


def recall(view: View[InspectionCase], command: RecallLot, _policies: InspectionPolicies) -> Iterable[Event]:
    """A lot that had passed is in doubt."""
    lot = _reasoned(view.case, command, "recall")
    stamp = command.stamp()
    fault = _raised(stamp, register_of(view.case), lot, command.reason, NonconformityGrade.MAJOR)
    return (LotRecalled(stamp, lot.id), fault)


def cancel(view: View[InspectionCase], command: CancelInspection, _policies: InspectionPolicies) -> Iterable[Event]:
    """A lot need not be judged."""
    return (InspectionCancelled(command.stamp(), _reasoned(view.case, command, "cancel").id),)
