"""Scheduling: activities of one or many orders placed in time, on resources that are not enough for all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderlib._door import lazy

# door: every name
if TYPE_CHECKING:
    from orderlib.planning.scheduling.bound import lower_bound as lower_bound
    from orderlib.planning.scheduling.checker import check_schedule as check_schedule
    from orderlib.planning.scheduling.checker import figures_of as figures_of
    from orderlib.planning.scheduling.criticalpath import ActivityDates as ActivityDates
    from orderlib.planning.scheduling.criticalpath import CriticalPath as CriticalPath
    from orderlib.planning.scheduling.criticalpath import critical_path as critical_path
    from orderlib.planning.scheduling.generation import Generator as Generator
    from orderlib.planning.scheduling.generation import Layout as Layout
    from orderlib.planning.scheduling.judge import Judge as Judge
    from orderlib.planning.scheduling.justify import backward_order as backward_order
    from orderlib.planning.scheduling.justify import justified as justified
    from orderlib.planning.scheduling.model import Model as Model
    from orderlib.planning.scheduling.network import Arc as Arc
    from orderlib.planning.scheduling.network import Network as Network
    from orderlib.planning.scheduling.network import Option as Option
    from orderlib.planning.scheduling.packed import PackedProfile as PackedProfile
    from orderlib.planning.scheduling.picture import gantt_mermaid as gantt_mermaid
    from orderlib.planning.scheduling.picture import gantt_svg as gantt_svg
    from orderlib.planning.scheduling.picture import load_mermaid as load_mermaid
    from orderlib.planning.scheduling.picture import load_svg as load_svg
    from orderlib.planning.scheduling.policy import Cancelled as Cancelled
    from orderlib.planning.scheduling.policy import Progress as Progress
    from orderlib.planning.scheduling.policy import Scheduler as Scheduler
    from orderlib.planning.scheduling.policy import SearchProgress as SearchProgress
    from orderlib.planning.scheduling.problem import Activity as Activity
    from orderlib.planning.scheduling.problem import CapacityStep as CapacityStep
    from orderlib.planning.scheduling.problem import Link as Link
    from orderlib.planning.scheduling.problem import Mode as Mode
    from orderlib.planning.scheduling.problem import Relation as Relation
    from orderlib.planning.scheduling.problem import ResourceNeed as ResourceNeed
    from orderlib.planning.scheduling.problem import SchedulingProblem as SchedulingProblem
    from orderlib.planning.scheduling.problem import SchedulingResource as SchedulingResource
    from orderlib.planning.scheduling.problem import WorkingTime as WorkingTime
    from orderlib.planning.scheduling.profile import CapacityProfile as CapacityProfile
    from orderlib.planning.scheduling.replan import LeastMove as LeastMove
    from orderlib.planning.scheduling.rule import ApparentTardinessCost as ApparentTardinessCost
    from orderlib.planning.scheduling.rule import Candidate as Candidate
    from orderlib.planning.scheduling.rule import EarliestDueDate as EarliestDueDate
    from orderlib.planning.scheduling.rule import FirstReleased as FirstReleased
    from orderlib.planning.scheduling.rule import GreatestRank as GreatestRank
    from orderlib.planning.scheduling.rule import LatestFinish as LatestFinish
    from orderlib.planning.scheduling.rule import LatestStart as LatestStart
    from orderlib.planning.scheduling.rule import LongestProcessing as LongestProcessing
    from orderlib.planning.scheduling.rule import MinimumSlack as MinimumSlack
    from orderlib.planning.scheduling.rule import MostSuccessors as MostSuccessors
    from orderlib.planning.scheduling.rule import PriorityRule as PriorityRule
    from orderlib.planning.scheduling.rule import ShortestProcessing as ShortestProcessing
    from orderlib.planning.scheduling.rule import WeightedShortestProcessing as WeightedShortestProcessing
    from orderlib.planning.scheduling.schedule import Assignment as Assignment
    from orderlib.planning.scheduling.schedule import Schedule as Schedule
    from orderlib.planning.scheduling.schedule import ScheduleFigures as ScheduleFigures
    from orderlib.planning.scheduling.schedule import ScheduleObjective as ScheduleObjective
    from orderlib.planning.scheduling.search import JustifiedSampling as JustifiedSampling
    from orderlib.planning.scheduling.sequence import one_machine as one_machine
    from orderlib.planning.scheduling.sequence import sequences as sequences
    from orderlib.planning.scheduling.serial import Direction as Direction
    from orderlib.planning.scheduling.serial import SerialSchedule as SerialSchedule
    from orderlib.planning.scheduling.solver import ConstraintSolver as ConstraintSolver
    from orderlib.planning.scheduling.timegrid import TimeGrid as TimeGrid
    from orderlib.planning.scheduling.timeline import NoTimeLeft as NoTimeLeft
    from orderlib.planning.scheduling.timeline import Timeline as Timeline
    from orderlib.planning.scheduling.validity import check_problem as check_problem

__all__ = [
    "Activity",
    "ActivityDates",
    "ApparentTardinessCost",
    "Arc",
    "Assignment",
    "Cancelled",
    "Candidate",
    "CapacityProfile",
    "CapacityStep",
    "ConstraintSolver",
    "CriticalPath",
    "Direction",
    "EarliestDueDate",
    "FirstReleased",
    "Generator",
    "GreatestRank",
    "Judge",
    "JustifiedSampling",
    "LatestFinish",
    "LatestStart",
    "Layout",
    "LeastMove",
    "Link",
    "LongestProcessing",
    "MinimumSlack",
    "Mode",
    "Model",
    "MostSuccessors",
    "Network",
    "NoTimeLeft",
    "Option",
    "PackedProfile",
    "PriorityRule",
    "Progress",
    "Relation",
    "ResourceNeed",
    "Schedule",
    "ScheduleFigures",
    "ScheduleObjective",
    "Scheduler",
    "SchedulingProblem",
    "SchedulingResource",
    "SearchProgress",
    "SerialSchedule",
    "ShortestProcessing",
    "TimeGrid",
    "Timeline",
    "WeightedShortestProcessing",
    "WorkingTime",
    "backward_order",
    "check_problem",
    "check_schedule",
    "critical_path",
    "figures_of",
    "gantt_mermaid",
    "gantt_svg",
    "justified",
    "load_mermaid",
    "load_svg",
    "lower_bound",
    "one_machine",
    "sequences",
]

_WHERE = {
    "Activity": "orderlib.planning.scheduling.problem",
    "ActivityDates": "orderlib.planning.scheduling.criticalpath",
    "ApparentTardinessCost": "orderlib.planning.scheduling.rule",
    "Arc": "orderlib.planning.scheduling.network",
    "Assignment": "orderlib.planning.scheduling.schedule",
    "Cancelled": "orderlib.planning.scheduling.policy",
    "Candidate": "orderlib.planning.scheduling.rule",
    "CapacityProfile": "orderlib.planning.scheduling.profile",
    "CapacityStep": "orderlib.planning.scheduling.problem",
    "ConstraintSolver": "orderlib.planning.scheduling.solver",
    "CriticalPath": "orderlib.planning.scheduling.criticalpath",
    "Direction": "orderlib.planning.scheduling.serial",
    "EarliestDueDate": "orderlib.planning.scheduling.rule",
    "FirstReleased": "orderlib.planning.scheduling.rule",
    "Generator": "orderlib.planning.scheduling.generation",
    "GreatestRank": "orderlib.planning.scheduling.rule",
    "Judge": "orderlib.planning.scheduling.judge",
    "JustifiedSampling": "orderlib.planning.scheduling.search",
    "LatestFinish": "orderlib.planning.scheduling.rule",
    "LatestStart": "orderlib.planning.scheduling.rule",
    "Layout": "orderlib.planning.scheduling.generation",
    "LeastMove": "orderlib.planning.scheduling.replan",
    "Link": "orderlib.planning.scheduling.problem",
    "LongestProcessing": "orderlib.planning.scheduling.rule",
    "MinimumSlack": "orderlib.planning.scheduling.rule",
    "Mode": "orderlib.planning.scheduling.problem",
    "Model": "orderlib.planning.scheduling.model",
    "MostSuccessors": "orderlib.planning.scheduling.rule",
    "Network": "orderlib.planning.scheduling.network",
    "NoTimeLeft": "orderlib.planning.scheduling.timeline",
    "Option": "orderlib.planning.scheduling.network",
    "PackedProfile": "orderlib.planning.scheduling.packed",
    "PriorityRule": "orderlib.planning.scheduling.rule",
    "Progress": "orderlib.planning.scheduling.policy",
    "Relation": "orderlib.planning.scheduling.problem",
    "ResourceNeed": "orderlib.planning.scheduling.problem",
    "Schedule": "orderlib.planning.scheduling.schedule",
    "ScheduleFigures": "orderlib.planning.scheduling.schedule",
    "ScheduleObjective": "orderlib.planning.scheduling.schedule",
    "Scheduler": "orderlib.planning.scheduling.policy",
    "SchedulingProblem": "orderlib.planning.scheduling.problem",
    "SchedulingResource": "orderlib.planning.scheduling.problem",
    "SearchProgress": "orderlib.planning.scheduling.policy",
    "SerialSchedule": "orderlib.planning.scheduling.serial",
    "ShortestProcessing": "orderlib.planning.scheduling.rule",
    "TimeGrid": "orderlib.planning.scheduling.timegrid",
    "Timeline": "orderlib.planning.scheduling.timeline",
    "WeightedShortestProcessing": "orderlib.planning.scheduling.rule",
    "WorkingTime": "orderlib.planning.scheduling.problem",
    "backward_order": "orderlib.planning.scheduling.justify",
    "check_problem": "orderlib.planning.scheduling.validity",
    "check_schedule": "orderlib.planning.scheduling.checker",
    "critical_path": "orderlib.planning.scheduling.criticalpath",
    "figures_of": "orderlib.planning.scheduling.checker",
    "gantt_mermaid": "orderlib.planning.scheduling.picture",
    "gantt_svg": "orderlib.planning.scheduling.picture",
    "justified": "orderlib.planning.scheduling.justify",
    "load_mermaid": "orderlib.planning.scheduling.picture",
    "load_svg": "orderlib.planning.scheduling.picture",
    "lower_bound": "orderlib.planning.scheduling.bound",
    "one_machine": "orderlib.planning.scheduling.sequence",
    "sequences": "orderlib.planning.scheduling.sequence",
}
# end of door
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(__name__, _WHERE)
