"""Inspection of what comes in, is made and goes out: sampling plans, lots, nonconformities and what is done of them.

>>> from orderlib.inspection import sampling_plan
>>> plan = sampling_plan(3000, "1.0", "II", "reduced")
>>> print(plan)
50 of 3000: passes with 1, fails with 4 (K, AQL 1, reduced, MIL-STD-105E)
>>> str(plan.verdict(2)), str(plan.verdict(4))
('marginal', 'rejected')
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderlib._door import lazy

# door: every name
if TYPE_CHECKING:
    from orderlib.inspection.characteristic import Characteristic as Characteristic
    from orderlib.inspection.characteristic import CharacteristicKind as CharacteristicKind
    from orderlib.inspection.characteristic import NonconformityGrade as NonconformityGrade
    from orderlib.inspection.characteristic import Reading as Reading
    from orderlib.inspection.characteristic import UnitVerdict as UnitVerdict
    from orderlib.inspection.characteristic import check_formulas as check_formulas
    from orderlib.inspection.characteristic import judge_readings as judge_readings
    from orderlib.inspection.control import ControlPlan as ControlPlan
    from orderlib.inspection.control import ControlPlanDecision as ControlPlanDecision
    from orderlib.inspection.control import ControlPlanPolicy as ControlPlanPolicy
    from orderlib.inspection.control import InspectionStage as InspectionStage
    from orderlib.inspection.control import MostSpecificPlan as MostSpecificPlan
    from orderlib.inspection.control import PlanFit as PlanFit
    from orderlib.inspection.control import SamplingRule as SamplingRule
    from orderlib.inspection.control import stage_of as stage_of
    from orderlib.inspection.curve import Distribution as Distribution
    from orderlib.inspection.curve import OcPoint as OcPoint
    from orderlib.inspection.curve import OutgoingQuality as OutgoingQuality
    from orderlib.inspection.curve import acceptance_probability as acceptance_probability
    from orderlib.inspection.curve import average_outgoing_quality as average_outgoing_quality
    from orderlib.inspection.curve import distribution_of as distribution_of
    from orderlib.inspection.curve import oc_curve as oc_curve
    from orderlib.inspection.curve import outgoing_limit as outgoing_limit
    from orderlib.inspection.curve import quality_at as quality_at
    from orderlib.inspection.formula import Formula as Formula
    from orderlib.inspection.letter import CodeLetter as CodeLetter
    from orderlib.inspection.letter import InspectionLevel as InspectionLevel
    from orderlib.inspection.letter import code_letter as code_letter
    from orderlib.inspection.letter import level_of as level_of
    from orderlib.inspection.letter import lot_size_of as lot_size_of
    from orderlib.inspection.limits import least_units as least_units
    from orderlib.inspection.limits import limit_number as limit_number
    from orderlib.inspection.master import AcceptanceNumbers as AcceptanceNumbers
    from orderlib.inspection.master import Arrow as Arrow
    from orderlib.inspection.master import InspectionSeverity as InspectionSeverity
    from orderlib.inspection.master import RuleSet as RuleSet
    from orderlib.inspection.master import aql_of as aql_of
    from orderlib.inspection.master import letters_of as letters_of
    from orderlib.inspection.master import master_cell as master_cell
    from orderlib.inspection.master import resolved_cell as resolved_cell
    from orderlib.inspection.master import rule_set_of as rule_set_of
    from orderlib.inspection.master import sample_size_of as sample_size_of
    from orderlib.inspection.master import severity_of as severity_of
    from orderlib.inspection.picture import oc_picture as oc_picture
    from orderlib.inspection.sampling import Counting as Counting
    from orderlib.inspection.sampling import LotOutcome as LotOutcome
    from orderlib.inspection.sampling import SampleVerdict as SampleVerdict
    from orderlib.inspection.sampling import SamplingPlan as SamplingPlan
    from orderlib.inspection.sampling import sampling_plan as sampling_plan
    from orderlib.inspection.switching import SamplingScheme as SamplingScheme
    from orderlib.inspection.switching import SwitchDecision as SwitchDecision
    from orderlib.inspection.switching import tighter_acceptance as tighter_acceptance

__all__ = [
    "AcceptanceNumbers",
    "Arrow",
    "Characteristic",
    "CharacteristicKind",
    "CodeLetter",
    "ControlPlan",
    "ControlPlanDecision",
    "ControlPlanPolicy",
    "Counting",
    "Distribution",
    "Formula",
    "InspectionLevel",
    "InspectionSeverity",
    "InspectionStage",
    "LotOutcome",
    "MostSpecificPlan",
    "NonconformityGrade",
    "OcPoint",
    "OutgoingQuality",
    "PlanFit",
    "Reading",
    "RuleSet",
    "SampleVerdict",
    "SamplingPlan",
    "SamplingRule",
    "SamplingScheme",
    "SwitchDecision",
    "UnitVerdict",
    "acceptance_probability",
    "aql_of",
    "average_outgoing_quality",
    "check_formulas",
    "code_letter",
    "distribution_of",
    "judge_readings",
    "least_units",
    "letters_of",
    "level_of",
    "limit_number",
    "lot_size_of",
    "master_cell",
    "oc_curve",
    "oc_picture",
    "outgoing_limit",
    "quality_at",
    "resolved_cell",
    "rule_set_of",
    "sample_size_of",
    "sampling_plan",
    "severity_of",
    "stage_of",
    "tighter_acceptance",
]

_WHERE = {
    "AcceptanceNumbers": "orderlib.inspection.master",
    "Arrow": "orderlib.inspection.master",
    "Characteristic": "orderlib.inspection.characteristic",
    "CharacteristicKind": "orderlib.inspection.characteristic",
    "CodeLetter": "orderlib.inspection.letter",
    "ControlPlan": "orderlib.inspection.control",
    "ControlPlanDecision": "orderlib.inspection.control",
    "ControlPlanPolicy": "orderlib.inspection.control",
    "Counting": "orderlib.inspection.sampling",
    "Distribution": "orderlib.inspection.curve",
    "Formula": "orderlib.inspection.formula",
    "InspectionLevel": "orderlib.inspection.letter",
    "InspectionSeverity": "orderlib.inspection.master",
    "InspectionStage": "orderlib.inspection.control",
    "LotOutcome": "orderlib.inspection.sampling",
    "MostSpecificPlan": "orderlib.inspection.control",
    "NonconformityGrade": "orderlib.inspection.characteristic",
    "OcPoint": "orderlib.inspection.curve",
    "OutgoingQuality": "orderlib.inspection.curve",
    "PlanFit": "orderlib.inspection.control",
    "Reading": "orderlib.inspection.characteristic",
    "RuleSet": "orderlib.inspection.master",
    "SampleVerdict": "orderlib.inspection.sampling",
    "SamplingPlan": "orderlib.inspection.sampling",
    "SamplingRule": "orderlib.inspection.control",
    "SamplingScheme": "orderlib.inspection.switching",
    "SwitchDecision": "orderlib.inspection.switching",
    "UnitVerdict": "orderlib.inspection.characteristic",
    "acceptance_probability": "orderlib.inspection.curve",
    "aql_of": "orderlib.inspection.master",
    "average_outgoing_quality": "orderlib.inspection.curve",
    "check_formulas": "orderlib.inspection.characteristic",
    "code_letter": "orderlib.inspection.letter",
    "distribution_of": "orderlib.inspection.curve",
    "judge_readings": "orderlib.inspection.characteristic",
    "least_units": "orderlib.inspection.limits",
    "letters_of": "orderlib.inspection.master",
    "level_of": "orderlib.inspection.letter",
    "limit_number": "orderlib.inspection.limits",
    "lot_size_of": "orderlib.inspection.letter",
    "master_cell": "orderlib.inspection.master",
    "oc_curve": "orderlib.inspection.curve",
    "oc_picture": "orderlib.inspection.picture",
    "outgoing_limit": "orderlib.inspection.curve",
    "quality_at": "orderlib.inspection.curve",
    "resolved_cell": "orderlib.inspection.master",
    "rule_set_of": "orderlib.inspection.master",
    "sample_size_of": "orderlib.inspection.master",
    "sampling_plan": "orderlib.inspection.sampling",
    "severity_of": "orderlib.inspection.master",
    "stage_of": "orderlib.inspection.control",
    "tighter_acceptance": "orderlib.inspection.switching",
}
# end of door
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(__name__, _WHERE)
