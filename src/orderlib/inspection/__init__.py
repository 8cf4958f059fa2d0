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
    from orderlib.inspection.curve import Distribution as Distribution
    from orderlib.inspection.curve import OcPoint as OcPoint
    from orderlib.inspection.curve import OutgoingQuality as OutgoingQuality
    from orderlib.inspection.curve import acceptance_probability as acceptance_probability
    from orderlib.inspection.curve import average_outgoing_quality as average_outgoing_quality
    from orderlib.inspection.curve import distribution_of as distribution_of
    from orderlib.inspection.curve import oc_curve as oc_curve
    from orderlib.inspection.curve import outgoing_limit as outgoing_limit
    from orderlib.inspection.curve import quality_at as quality_at
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
    "CodeLetter",
    "Counting",
    "Distribution",
    "InspectionLevel",
    "InspectionSeverity",
    "LotOutcome",
    "OcPoint",
    "OutgoingQuality",
    "RuleSet",
    "SampleVerdict",
    "SamplingPlan",
    "SamplingScheme",
    "SwitchDecision",
    "acceptance_probability",
    "aql_of",
    "average_outgoing_quality",
    "code_letter",
    "distribution_of",
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
    "tighter_acceptance",
]

_WHERE = {
    "AcceptanceNumbers": "orderlib.inspection.master",
    "Arrow": "orderlib.inspection.master",
    "CodeLetter": "orderlib.inspection.letter",
    "Counting": "orderlib.inspection.sampling",
    "Distribution": "orderlib.inspection.curve",
    "InspectionLevel": "orderlib.inspection.letter",
    "InspectionSeverity": "orderlib.inspection.master",
    "LotOutcome": "orderlib.inspection.sampling",
    "OcPoint": "orderlib.inspection.curve",
    "OutgoingQuality": "orderlib.inspection.curve",
    "RuleSet": "orderlib.inspection.master",
    "SampleVerdict": "orderlib.inspection.sampling",
    "SamplingPlan": "orderlib.inspection.sampling",
    "SamplingScheme": "orderlib.inspection.switching",
    "SwitchDecision": "orderlib.inspection.switching",
    "acceptance_probability": "orderlib.inspection.curve",
    "aql_of": "orderlib.inspection.master",
    "average_outgoing_quality": "orderlib.inspection.curve",
    "code_letter": "orderlib.inspection.letter",
    "distribution_of": "orderlib.inspection.curve",
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
    "tighter_acceptance": "orderlib.inspection.switching",
}
# end of door
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(__name__, _WHERE)
