"""Planning: an accepted order gets tasks, dates, milestones and promises, and is released.

Tasks come from the template of the order's type, each with an owner and a completion criterion; the scheduling
policy dates them over precedence and a working calendar; the promise policy gives every line a day, and says why
where it is later than the wish. A promise that moves carries a reason. Work begins once the release policy agrees.

    >>> from datetime import timedelta
    >>> from orderlib.planning import TaskDraft, forward
    >>> from orderlib.values.calendar import WEEKDAYS
    >>> from orderlib.values.instant import instant
    >>> make = TaskDraft("make", "Make", "production", "all made", timedelta(hours=12))
    >>> ship = TaskDraft("ship", "Ship", "logistics", "signed for", timedelta(hours=4), ("make",))
    >>> dates = forward([ship, make], instant("2026-03-02T08:00:00Z"), WEEKDAYS)
    >>> [(str(each.task_id), str(each.ends_at.date())) for each in dates]
    [('make', '2026-03-03'), ('ship', '2026-03-03')]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderlib._door import lazy

# door: every name
if TYPE_CHECKING:
    from orderlib.planning.advice import advised as advised
    from orderlib.planning.calibration import Calibration as Calibration
    from orderlib.planning.calibration import calibrated as calibrated
    from orderlib.planning.calibration import pinball_loss as pinball_loss
    from orderlib.planning.capable import CapableToPromise as CapableToPromise
    from orderlib.planning.capable import CtpAnswer as CtpAnswer
    from orderlib.planning.capable import Operation as Operation
    from orderlib.planning.capable import Routing as Routing
    from orderlib.planning.earned import EarnedValue as EarnedValue
    from orderlib.planning.earned import earned_values as earned_values
    from orderlib.planning.finite import FiniteCapacity as FiniteCapacity
    from orderlib.planning.finite import Occupation as Occupation
    from orderlib.planning.finite import running_dates as running_dates
    from orderlib.planning.gantt import plan_gantt as plan_gantt
    from orderlib.planning.gantt import plan_gantt_mermaid as plan_gantt_mermaid
    from orderlib.planning.lifecycle import MilestoneLifecycle as MilestoneLifecycle
    from orderlib.planning.lifecycle import TaskLifecycle as TaskLifecycle
    from orderlib.planning.message import AddTask as AddTask
    from orderlib.planning.message import BaselinePlan as BaselinePlan
    from orderlib.planning.message import CompleteTask as CompleteTask
    from orderlib.planning.message import DropTask as DropTask
    from orderlib.planning.message import LinesSourced as LinesSourced
    from orderlib.planning.message import MilestoneMissed as MilestoneMissed
    from orderlib.planning.message import MilestoneReached as MilestoneReached
    from orderlib.planning.message import MovePromise as MovePromise
    from orderlib.planning.message import OrderPlanned as OrderPlanned
    from orderlib.planning.message import OrderPromised as OrderPromised
    from orderlib.planning.message import OrderReleased as OrderReleased
    from orderlib.planning.message import PlanBaselined as PlanBaselined
    from orderlib.planning.message import PlanOrder as PlanOrder
    from orderlib.planning.message import ProgressReported as ProgressReported
    from orderlib.planning.message import PromiseMoved as PromiseMoved
    from orderlib.planning.message import PromiseOrder as PromiseOrder
    from orderlib.planning.message import ReleaseOrder as ReleaseOrder
    from orderlib.planning.message import ReplanOrder as ReplanOrder
    from orderlib.planning.message import ReportProgress as ReportProgress
    from orderlib.planning.message import SourceOrder as SourceOrder
    from orderlib.planning.message import StartTask as StartTask
    from orderlib.planning.message import TaskAdded as TaskAdded
    from orderlib.planning.message import TaskCompleted as TaskCompleted
    from orderlib.planning.message import TaskDropped as TaskDropped
    from orderlib.planning.message import TaskOverdue as TaskOverdue
    from orderlib.planning.message import TaskStarted as TaskStarted
    from orderlib.planning.network import ProbableNetwork as ProbableNetwork
    from orderlib.planning.network import ProbableTask as ProbableTask
    from orderlib.planning.network import network_of as network_of
    from orderlib.planning.outlook import plan_outlook as plan_outlook
    from orderlib.planning.plantpromise import CapablePromise as CapablePromise
    from orderlib.planning.policy import AllocateByRequestedDay as AllocateByRequestedDay
    from orderlib.planning.policy import AllocationDecision as AllocationDecision
    from orderlib.planning.policy import AllocationPolicy as AllocationPolicy
    from orderlib.planning.policy import PlannedAndPromised as PlannedAndPromised
    from orderlib.planning.policy import PrecedenceSchedule as PrecedenceSchedule
    from orderlib.planning.policy import ReleasePolicy as ReleasePolicy
    from orderlib.planning.policy import ScheduleDecision as ScheduleDecision
    from orderlib.planning.policy import SchedulingPolicy as SchedulingPolicy
    from orderlib.planning.policy import TasksByOrderType as TasksByOrderType
    from orderlib.planning.policy import TemplateDecision as TemplateDecision
    from orderlib.planning.policy import TemplatePolicy as TemplatePolicy
    from orderlib.planning.precedence import TaskLink as TaskLink
    from orderlib.planning.probable import MilestoneOutlook as MilestoneOutlook
    from orderlib.planning.probable import Outlook as Outlook
    from orderlib.planning.probable import simulate_network as simulate_network
    from orderlib.planning.process import lapse as lapse
    from orderlib.planning.promise import Feasibility as Feasibility
    from orderlib.planning.promise import LeadTimePromise as LeadTimePromise
    from orderlib.planning.promise import PromiseDecision as PromiseDecision
    from orderlib.planning.promise import PromisePolicy as PromisePolicy
    from orderlib.planning.record import Baseline as Baseline
    from orderlib.planning.record import BaselineTask as BaselineTask
    from orderlib.planning.record import LinePromise as LinePromise
    from orderlib.planning.record import LineSource as LineSource
    from orderlib.planning.record import Milestone as Milestone
    from orderlib.planning.record import PartPromise as PartPromise
    from orderlib.planning.record import Phase as Phase
    from orderlib.planning.record import Plan as Plan
    from orderlib.planning.record import Source as Source
    from orderlib.planning.record import Task as Task
    from orderlib.planning.record import TaskDraft as TaskDraft
    from orderlib.planning.schedule import Dated as Dated
    from orderlib.planning.schedule import forward as forward
    from orderlib.planning.schedule import in_precedence as in_precedence
    from orderlib.planning.sourcing import CheapestInTime as CheapestInTime
    from orderlib.planning.sourcing import MakeOrBuy as MakeOrBuy
    from orderlib.planning.sourcing import SourceOption as SourceOption
    from orderlib.planning.sourcing import SourcingDecision as SourcingDecision
    from orderlib.planning.sourcing import SourcingPolicy as SourcingPolicy
    from orderlib.planning.task import add_task as add_task
    from orderlib.planning.task import complete_task as complete_task
    from orderlib.planning.task import drop_task as drop_task
    from orderlib.planning.task import report_progress as report_progress
    from orderlib.planning.task import start_task as start_task
    from orderlib.planning.variance import TaskVariance as TaskVariance
    from orderlib.planning.variance import VarianceKind as VarianceKind
    from orderlib.planning.variance import variances as variances
    from orderlib.planning.view import PlanningCase as PlanningCase
    from orderlib.planning.view import PlanningPolicies as PlanningPolicies

__all__ = [
    "AddTask",
    "AllocateByRequestedDay",
    "AllocationDecision",
    "AllocationPolicy",
    "Baseline",
    "BaselinePlan",
    "BaselineTask",
    "Calibration",
    "CapablePromise",
    "CapableToPromise",
    "CheapestInTime",
    "CompleteTask",
    "CtpAnswer",
    "Dated",
    "DropTask",
    "EarnedValue",
    "Feasibility",
    "FiniteCapacity",
    "LeadTimePromise",
    "LinePromise",
    "LineSource",
    "LinesSourced",
    "MakeOrBuy",
    "Milestone",
    "MilestoneLifecycle",
    "MilestoneMissed",
    "MilestoneOutlook",
    "MilestoneReached",
    "MovePromise",
    "Occupation",
    "Operation",
    "OrderPlanned",
    "OrderPromised",
    "OrderReleased",
    "Outlook",
    "PartPromise",
    "Phase",
    "Plan",
    "PlanBaselined",
    "PlanOrder",
    "PlannedAndPromised",
    "PlanningCase",
    "PlanningPolicies",
    "PrecedenceSchedule",
    "ProbableNetwork",
    "ProbableTask",
    "ProgressReported",
    "PromiseDecision",
    "PromiseMoved",
    "PromiseOrder",
    "PromisePolicy",
    "ReleaseOrder",
    "ReleasePolicy",
    "ReplanOrder",
    "ReportProgress",
    "Routing",
    "ScheduleDecision",
    "SchedulingPolicy",
    "Source",
    "SourceOption",
    "SourceOrder",
    "SourcingDecision",
    "SourcingPolicy",
    "StartTask",
    "Task",
    "TaskAdded",
    "TaskCompleted",
    "TaskDraft",
    "TaskDropped",
    "TaskLifecycle",
    "TaskLink",
    "TaskOverdue",
    "TaskStarted",
    "TaskVariance",
    "TasksByOrderType",
    "TemplateDecision",
    "TemplatePolicy",
    "VarianceKind",
    "add_task",
    "advised",
    "calibrated",
    "complete_task",
    "drop_task",
    "earned_values",
    "forward",
    "in_precedence",
    "lapse",
    "network_of",
    "pinball_loss",
    "plan_gantt",
    "plan_gantt_mermaid",
    "plan_outlook",
    "report_progress",
    "running_dates",
    "simulate_network",
    "start_task",
    "variances",
]

_WHERE = {
    "AddTask": "orderlib.planning.message",
    "AllocateByRequestedDay": "orderlib.planning.policy",
    "AllocationDecision": "orderlib.planning.policy",
    "AllocationPolicy": "orderlib.planning.policy",
    "Baseline": "orderlib.planning.record",
    "BaselinePlan": "orderlib.planning.message",
    "BaselineTask": "orderlib.planning.record",
    "Calibration": "orderlib.planning.calibration",
    "CapablePromise": "orderlib.planning.plantpromise",
    "CapableToPromise": "orderlib.planning.capable",
    "CheapestInTime": "orderlib.planning.sourcing",
    "CompleteTask": "orderlib.planning.message",
    "CtpAnswer": "orderlib.planning.capable",
    "Dated": "orderlib.planning.schedule",
    "DropTask": "orderlib.planning.message",
    "EarnedValue": "orderlib.planning.earned",
    "Feasibility": "orderlib.planning.promise",
    "FiniteCapacity": "orderlib.planning.finite",
    "LeadTimePromise": "orderlib.planning.promise",
    "LinePromise": "orderlib.planning.record",
    "LineSource": "orderlib.planning.record",
    "LinesSourced": "orderlib.planning.message",
    "MakeOrBuy": "orderlib.planning.sourcing",
    "Milestone": "orderlib.planning.record",
    "MilestoneLifecycle": "orderlib.planning.lifecycle",
    "MilestoneMissed": "orderlib.planning.message",
    "MilestoneOutlook": "orderlib.planning.probable",
    "MilestoneReached": "orderlib.planning.message",
    "MovePromise": "orderlib.planning.message",
    "Occupation": "orderlib.planning.finite",
    "Operation": "orderlib.planning.capable",
    "OrderPlanned": "orderlib.planning.message",
    "OrderPromised": "orderlib.planning.message",
    "OrderReleased": "orderlib.planning.message",
    "Outlook": "orderlib.planning.probable",
    "PartPromise": "orderlib.planning.record",
    "Phase": "orderlib.planning.record",
    "Plan": "orderlib.planning.record",
    "PlanBaselined": "orderlib.planning.message",
    "PlanOrder": "orderlib.planning.message",
    "PlannedAndPromised": "orderlib.planning.policy",
    "PlanningCase": "orderlib.planning.view",
    "PlanningPolicies": "orderlib.planning.view",
    "PrecedenceSchedule": "orderlib.planning.policy",
    "ProbableNetwork": "orderlib.planning.network",
    "ProbableTask": "orderlib.planning.network",
    "ProgressReported": "orderlib.planning.message",
    "PromiseDecision": "orderlib.planning.promise",
    "PromiseMoved": "orderlib.planning.message",
    "PromiseOrder": "orderlib.planning.message",
    "PromisePolicy": "orderlib.planning.promise",
    "ReleaseOrder": "orderlib.planning.message",
    "ReleasePolicy": "orderlib.planning.policy",
    "ReplanOrder": "orderlib.planning.message",
    "ReportProgress": "orderlib.planning.message",
    "Routing": "orderlib.planning.capable",
    "ScheduleDecision": "orderlib.planning.policy",
    "SchedulingPolicy": "orderlib.planning.policy",
    "Source": "orderlib.planning.record",
    "SourceOption": "orderlib.planning.sourcing",
    "SourceOrder": "orderlib.planning.message",
    "SourcingDecision": "orderlib.planning.sourcing",
    "SourcingPolicy": "orderlib.planning.sourcing",
    "StartTask": "orderlib.planning.message",
    "Task": "orderlib.planning.record",
    "TaskAdded": "orderlib.planning.message",
    "TaskCompleted": "orderlib.planning.message",
    "TaskDraft": "orderlib.planning.record",
    "TaskDropped": "orderlib.planning.message",
    "TaskLifecycle": "orderlib.planning.lifecycle",
    "TaskLink": "orderlib.planning.precedence",
    "TaskOverdue": "orderlib.planning.message",
    "TaskStarted": "orderlib.planning.message",
    "TaskVariance": "orderlib.planning.variance",
    "TasksByOrderType": "orderlib.planning.policy",
    "TemplateDecision": "orderlib.planning.policy",
    "TemplatePolicy": "orderlib.planning.policy",
    "VarianceKind": "orderlib.planning.variance",
    "add_task": "orderlib.planning.task",
    "advised": "orderlib.planning.advice",
    "calibrated": "orderlib.planning.calibration",
    "complete_task": "orderlib.planning.task",
    "drop_task": "orderlib.planning.task",
    "earned_values": "orderlib.planning.earned",
    "forward": "orderlib.planning.schedule",
    "in_precedence": "orderlib.planning.schedule",
    "lapse": "orderlib.planning.process",
    "network_of": "orderlib.planning.network",
    "pinball_loss": "orderlib.planning.calibration",
    "plan_gantt": "orderlib.planning.gantt",
    "plan_gantt_mermaid": "orderlib.planning.gantt",
    "plan_outlook": "orderlib.planning.outlook",
    "report_progress": "orderlib.planning.task",
    "running_dates": "orderlib.planning.finite",
    "simulate_network": "orderlib.planning.probable",
    "start_task": "orderlib.planning.task",
    "variances": "orderlib.planning.variance",
}
# end of door
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(__name__, _WHERE)
