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
    from orderlib.inspection.correction import AgreeCorrectiveAction as AgreeCorrectiveAction
    from orderlib.inspection.correction import CancelCorrectiveAction as CancelCorrectiveAction
    from orderlib.inspection.correction import CheckEffectiveness as CheckEffectiveness
    from orderlib.inspection.correction import CorrectiveActionAgreed as CorrectiveActionAgreed
    from orderlib.inspection.correction import CorrectiveActionCancelled as CorrectiveActionCancelled
    from orderlib.inspection.correction import CorrectiveActionConfirmed as CorrectiveActionConfirmed
    from orderlib.inspection.correction import CorrectiveActionFailed as CorrectiveActionFailed
    from orderlib.inspection.correction import CorrectiveActionImplemented as CorrectiveActionImplemented
    from orderlib.inspection.correction import CorrectiveActionOverdue as CorrectiveActionOverdue
    from orderlib.inspection.correction import DecideDisposition as DecideDisposition
    from orderlib.inspection.correction import DispositionCarriedOut as DispositionCarriedOut
    from orderlib.inspection.correction import DispositionDecided as DispositionDecided
    from orderlib.inspection.correction import NonconformityClosed as NonconformityClosed
    from orderlib.inspection.correction import NonconformityRaised as NonconformityRaised
    from orderlib.inspection.correction import NonconformityReopened as NonconformityReopened
    from orderlib.inspection.correction import NonconformityWithdrawn as NonconformityWithdrawn
    from orderlib.inspection.correction import RaiseNonconformity as RaiseNonconformity
    from orderlib.inspection.correction import ReportActionImplemented as ReportActionImplemented
    from orderlib.inspection.correction import ReportDispositionCarriedOut as ReportDispositionCarriedOut
    from orderlib.inspection.correction import VerifyDisposition as VerifyDisposition
    from orderlib.inspection.correction import WithdrawNonconformity as WithdrawNonconformity
    from orderlib.inspection.curve import Distribution as Distribution
    from orderlib.inspection.curve import OcPoint as OcPoint
    from orderlib.inspection.curve import OutgoingQuality as OutgoingQuality
    from orderlib.inspection.curve import acceptance_probability as acceptance_probability
    from orderlib.inspection.curve import average_outgoing_quality as average_outgoing_quality
    from orderlib.inspection.curve import distribution_of as distribution_of
    from orderlib.inspection.curve import oc_curve as oc_curve
    from orderlib.inspection.curve import outgoing_limit as outgoing_limit
    from orderlib.inspection.curve import quality_at as quality_at
    from orderlib.inspection.examine import cancel as cancel
    from orderlib.inspection.examine import plan as plan
    from orderlib.inspection.examine import recall as recall
    from orderlib.inspection.examine import register_of as register_of
    from orderlib.inspection.examine import reinspect as reinspect
    from orderlib.inspection.examine import report as report
    from orderlib.inspection.examine import start as start
    from orderlib.inspection.formula import Formula as Formula
    from orderlib.inspection.gate import Block as Block
    from orderlib.inspection.gate import blocks as blocks
    from orderlib.inspection.gate import released_quantity as released_quantity
    from orderlib.inspection.letter import CodeLetter as CodeLetter
    from orderlib.inspection.letter import InspectionLevel as InspectionLevel
    from orderlib.inspection.letter import code_letter as code_letter
    from orderlib.inspection.letter import level_of as level_of
    from orderlib.inspection.letter import lot_size_of as lot_size_of
    from orderlib.inspection.lifecycle import CorrectiveActionLifecycle as CorrectiveActionLifecycle
    from orderlib.inspection.lifecycle import InspectionLotLifecycle as InspectionLotLifecycle
    from orderlib.inspection.lifecycle import NonconformityLifecycle as NonconformityLifecycle
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
    from orderlib.inspection.message import CancelInspection as CancelInspection
    from orderlib.inspection.message import InspectionCancelled as InspectionCancelled
    from orderlib.inspection.message import InspectionPlanned as InspectionPlanned
    from orderlib.inspection.message import InspectionReported as InspectionReported
    from orderlib.inspection.message import InspectionStarted as InspectionStarted
    from orderlib.inspection.message import LotAccepted as LotAccepted
    from orderlib.inspection.message import LotConceded as LotConceded
    from orderlib.inspection.message import LotDisposed as LotDisposed
    from orderlib.inspection.message import LotRecalled as LotRecalled
    from orderlib.inspection.message import LotRejected as LotRejected
    from orderlib.inspection.message import LotResubmitted as LotResubmitted
    from orderlib.inspection.message import PlanInspection as PlanInspection
    from orderlib.inspection.message import RecallLot as RecallLot
    from orderlib.inspection.message import ReinspectLot as ReinspectLot
    from orderlib.inspection.message import ReportInspection as ReportInspection
    from orderlib.inspection.message import StartInspection as StartInspection
    from orderlib.inspection.picture import oc_picture as oc_picture
    from orderlib.inspection.policy import ByAcceptanceNumber as ByAcceptanceNumber
    from orderlib.inspection.policy import ByGradeAndStage as ByGradeAndStage
    from orderlib.inspection.policy import ByRole as ByRole
    from orderlib.inspection.policy import DispositionAuthority as DispositionAuthority
    from orderlib.inspection.policy import DispositionPolicy as DispositionPolicy
    from orderlib.inspection.policy import LotVerdictPolicy as LotVerdictPolicy
    from orderlib.inspection.process import lapse as lapse
    from orderlib.inspection.record import CorrectiveAction as CorrectiveAction
    from orderlib.inspection.record import Disposition as Disposition
    from orderlib.inspection.record import Examination as Examination
    from orderlib.inspection.record import InspectionLot as InspectionLot
    from orderlib.inspection.record import InspectionReport as InspectionReport
    from orderlib.inspection.record import Nonconformity as Nonconformity
    from orderlib.inspection.record import QualityRegister as QualityRegister
    from orderlib.inspection.remedy import agree as agree
    from orderlib.inspection.remedy import cancel_action as cancel_action
    from orderlib.inspection.remedy import carried_out as carried_out
    from orderlib.inspection.remedy import check as check
    from orderlib.inspection.remedy import decide as decide
    from orderlib.inspection.remedy import implemented as implemented
    from orderlib.inspection.remedy import overdue as overdue
    from orderlib.inspection.remedy import raise_nonconformity as raise_nonconformity
    from orderlib.inspection.remedy import verify as verify
    from orderlib.inspection.remedy import withdraw as withdraw
    from orderlib.inspection.sampling import Counting as Counting
    from orderlib.inspection.sampling import LotOutcome as LotOutcome
    from orderlib.inspection.sampling import SampleVerdict as SampleVerdict
    from orderlib.inspection.sampling import SamplingPlan as SamplingPlan
    from orderlib.inspection.sampling import every_unit as every_unit
    from orderlib.inspection.sampling import sampling_plan as sampling_plan
    from orderlib.inspection.shared import FoundScheme as FoundScheme
    from orderlib.inspection.shared import LotFollowed as LotFollowed
    from orderlib.inspection.shared import ResumeSampling as ResumeSampling
    from orderlib.inspection.shared import SamplingResumed as SamplingResumed
    from orderlib.inspection.shared import SchemeFounded as SchemeFounded
    from orderlib.inspection.shared import SharedScheme as SharedScheme
    from orderlib.inspection.shared import decide_scheme as decide_scheme
    from orderlib.inspection.shared import evolve_scheme as evolve_scheme
    from orderlib.inspection.shared import follow_lot as follow_lot
    from orderlib.inspection.switching import SamplingScheme as SamplingScheme
    from orderlib.inspection.switching import SwitchDecision as SwitchDecision
    from orderlib.inspection.switching import tighter_acceptance as tighter_acceptance

__all__ = [
    "AcceptanceNumbers",
    "AgreeCorrectiveAction",
    "Arrow",
    "Block",
    "ByAcceptanceNumber",
    "ByGradeAndStage",
    "ByRole",
    "CancelCorrectiveAction",
    "CancelInspection",
    "Characteristic",
    "CharacteristicKind",
    "CheckEffectiveness",
    "CodeLetter",
    "ControlPlan",
    "ControlPlanDecision",
    "ControlPlanPolicy",
    "CorrectiveAction",
    "CorrectiveActionAgreed",
    "CorrectiveActionCancelled",
    "CorrectiveActionConfirmed",
    "CorrectiveActionFailed",
    "CorrectiveActionImplemented",
    "CorrectiveActionLifecycle",
    "CorrectiveActionOverdue",
    "Counting",
    "DecideDisposition",
    "Disposition",
    "DispositionAuthority",
    "DispositionCarriedOut",
    "DispositionDecided",
    "DispositionPolicy",
    "Distribution",
    "Examination",
    "Formula",
    "FoundScheme",
    "InspectionCancelled",
    "InspectionLevel",
    "InspectionLot",
    "InspectionLotLifecycle",
    "InspectionPlanned",
    "InspectionReport",
    "InspectionReported",
    "InspectionSeverity",
    "InspectionStage",
    "InspectionStarted",
    "LotAccepted",
    "LotConceded",
    "LotDisposed",
    "LotFollowed",
    "LotOutcome",
    "LotRecalled",
    "LotRejected",
    "LotResubmitted",
    "LotVerdictPolicy",
    "MostSpecificPlan",
    "Nonconformity",
    "NonconformityClosed",
    "NonconformityGrade",
    "NonconformityLifecycle",
    "NonconformityRaised",
    "NonconformityReopened",
    "NonconformityWithdrawn",
    "OcPoint",
    "OutgoingQuality",
    "PlanFit",
    "PlanInspection",
    "QualityRegister",
    "RaiseNonconformity",
    "Reading",
    "RecallLot",
    "ReinspectLot",
    "ReportActionImplemented",
    "ReportDispositionCarriedOut",
    "ReportInspection",
    "ResumeSampling",
    "RuleSet",
    "SampleVerdict",
    "SamplingPlan",
    "SamplingResumed",
    "SamplingRule",
    "SamplingScheme",
    "SchemeFounded",
    "SharedScheme",
    "StartInspection",
    "SwitchDecision",
    "UnitVerdict",
    "VerifyDisposition",
    "WithdrawNonconformity",
    "acceptance_probability",
    "agree",
    "aql_of",
    "average_outgoing_quality",
    "blocks",
    "cancel",
    "cancel_action",
    "carried_out",
    "check",
    "check_formulas",
    "code_letter",
    "decide",
    "decide_scheme",
    "distribution_of",
    "every_unit",
    "evolve_scheme",
    "follow_lot",
    "implemented",
    "judge_readings",
    "lapse",
    "least_units",
    "letters_of",
    "level_of",
    "limit_number",
    "lot_size_of",
    "master_cell",
    "oc_curve",
    "oc_picture",
    "outgoing_limit",
    "overdue",
    "plan",
    "quality_at",
    "raise_nonconformity",
    "recall",
    "register_of",
    "reinspect",
    "released_quantity",
    "report",
    "resolved_cell",
    "rule_set_of",
    "sample_size_of",
    "sampling_plan",
    "severity_of",
    "stage_of",
    "start",
    "tighter_acceptance",
    "verify",
    "withdraw",
]

_WHERE = {
    "AcceptanceNumbers": "orderlib.inspection.master",
    "AgreeCorrectiveAction": "orderlib.inspection.correction",
    "Arrow": "orderlib.inspection.master",
    "Block": "orderlib.inspection.gate",
    "ByAcceptanceNumber": "orderlib.inspection.policy",
    "ByGradeAndStage": "orderlib.inspection.policy",
    "ByRole": "orderlib.inspection.policy",
    "CancelCorrectiveAction": "orderlib.inspection.correction",
    "CancelInspection": "orderlib.inspection.message",
    "Characteristic": "orderlib.inspection.characteristic",
    "CharacteristicKind": "orderlib.inspection.characteristic",
    "CheckEffectiveness": "orderlib.inspection.correction",
    "CodeLetter": "orderlib.inspection.letter",
    "ControlPlan": "orderlib.inspection.control",
    "ControlPlanDecision": "orderlib.inspection.control",
    "ControlPlanPolicy": "orderlib.inspection.control",
    "CorrectiveAction": "orderlib.inspection.record",
    "CorrectiveActionAgreed": "orderlib.inspection.correction",
    "CorrectiveActionCancelled": "orderlib.inspection.correction",
    "CorrectiveActionConfirmed": "orderlib.inspection.correction",
    "CorrectiveActionFailed": "orderlib.inspection.correction",
    "CorrectiveActionImplemented": "orderlib.inspection.correction",
    "CorrectiveActionLifecycle": "orderlib.inspection.lifecycle",
    "CorrectiveActionOverdue": "orderlib.inspection.correction",
    "Counting": "orderlib.inspection.sampling",
    "DecideDisposition": "orderlib.inspection.correction",
    "Disposition": "orderlib.inspection.record",
    "DispositionAuthority": "orderlib.inspection.policy",
    "DispositionCarriedOut": "orderlib.inspection.correction",
    "DispositionDecided": "orderlib.inspection.correction",
    "DispositionPolicy": "orderlib.inspection.policy",
    "Distribution": "orderlib.inspection.curve",
    "Examination": "orderlib.inspection.record",
    "Formula": "orderlib.inspection.formula",
    "FoundScheme": "orderlib.inspection.shared",
    "InspectionCancelled": "orderlib.inspection.message",
    "InspectionLevel": "orderlib.inspection.letter",
    "InspectionLot": "orderlib.inspection.record",
    "InspectionLotLifecycle": "orderlib.inspection.lifecycle",
    "InspectionPlanned": "orderlib.inspection.message",
    "InspectionReport": "orderlib.inspection.record",
    "InspectionReported": "orderlib.inspection.message",
    "InspectionSeverity": "orderlib.inspection.master",
    "InspectionStage": "orderlib.inspection.control",
    "InspectionStarted": "orderlib.inspection.message",
    "LotAccepted": "orderlib.inspection.message",
    "LotConceded": "orderlib.inspection.message",
    "LotDisposed": "orderlib.inspection.message",
    "LotFollowed": "orderlib.inspection.shared",
    "LotOutcome": "orderlib.inspection.sampling",
    "LotRecalled": "orderlib.inspection.message",
    "LotRejected": "orderlib.inspection.message",
    "LotResubmitted": "orderlib.inspection.message",
    "LotVerdictPolicy": "orderlib.inspection.policy",
    "MostSpecificPlan": "orderlib.inspection.control",
    "Nonconformity": "orderlib.inspection.record",
    "NonconformityClosed": "orderlib.inspection.correction",
    "NonconformityGrade": "orderlib.inspection.characteristic",
    "NonconformityLifecycle": "orderlib.inspection.lifecycle",
    "NonconformityRaised": "orderlib.inspection.correction",
    "NonconformityReopened": "orderlib.inspection.correction",
    "NonconformityWithdrawn": "orderlib.inspection.correction",
    "OcPoint": "orderlib.inspection.curve",
    "OutgoingQuality": "orderlib.inspection.curve",
    "PlanFit": "orderlib.inspection.control",
    "PlanInspection": "orderlib.inspection.message",
    "QualityRegister": "orderlib.inspection.record",
    "RaiseNonconformity": "orderlib.inspection.correction",
    "Reading": "orderlib.inspection.characteristic",
    "RecallLot": "orderlib.inspection.message",
    "ReinspectLot": "orderlib.inspection.message",
    "ReportActionImplemented": "orderlib.inspection.correction",
    "ReportDispositionCarriedOut": "orderlib.inspection.correction",
    "ReportInspection": "orderlib.inspection.message",
    "ResumeSampling": "orderlib.inspection.shared",
    "RuleSet": "orderlib.inspection.master",
    "SampleVerdict": "orderlib.inspection.sampling",
    "SamplingPlan": "orderlib.inspection.sampling",
    "SamplingResumed": "orderlib.inspection.shared",
    "SamplingRule": "orderlib.inspection.control",
    "SamplingScheme": "orderlib.inspection.switching",
    "SchemeFounded": "orderlib.inspection.shared",
    "SharedScheme": "orderlib.inspection.shared",
    "StartInspection": "orderlib.inspection.message",
    "SwitchDecision": "orderlib.inspection.switching",
    "UnitVerdict": "orderlib.inspection.characteristic",
    "VerifyDisposition": "orderlib.inspection.correction",
    "WithdrawNonconformity": "orderlib.inspection.correction",
    "acceptance_probability": "orderlib.inspection.curve",
    "agree": "orderlib.inspection.remedy",
    "aql_of": "orderlib.inspection.master",
    "average_outgoing_quality": "orderlib.inspection.curve",
    "blocks": "orderlib.inspection.gate",
    "cancel": "orderlib.inspection.examine",
    "cancel_action": "orderlib.inspection.remedy",
    "carried_out": "orderlib.inspection.remedy",
    "check": "orderlib.inspection.remedy",
    "check_formulas": "orderlib.inspection.characteristic",
    "code_letter": "orderlib.inspection.letter",
    "decide": "orderlib.inspection.remedy",
    "decide_scheme": "orderlib.inspection.shared",
    "distribution_of": "orderlib.inspection.curve",
    "every_unit": "orderlib.inspection.sampling",
    "evolve_scheme": "orderlib.inspection.shared",
    "follow_lot": "orderlib.inspection.shared",
    "implemented": "orderlib.inspection.remedy",
    "judge_readings": "orderlib.inspection.characteristic",
    "lapse": "orderlib.inspection.process",
    "least_units": "orderlib.inspection.limits",
    "letters_of": "orderlib.inspection.master",
    "level_of": "orderlib.inspection.letter",
    "limit_number": "orderlib.inspection.limits",
    "lot_size_of": "orderlib.inspection.letter",
    "master_cell": "orderlib.inspection.master",
    "oc_curve": "orderlib.inspection.curve",
    "oc_picture": "orderlib.inspection.picture",
    "outgoing_limit": "orderlib.inspection.curve",
    "overdue": "orderlib.inspection.remedy",
    "plan": "orderlib.inspection.examine",
    "quality_at": "orderlib.inspection.curve",
    "raise_nonconformity": "orderlib.inspection.remedy",
    "recall": "orderlib.inspection.examine",
    "register_of": "orderlib.inspection.examine",
    "reinspect": "orderlib.inspection.examine",
    "released_quantity": "orderlib.inspection.gate",
    "report": "orderlib.inspection.examine",
    "resolved_cell": "orderlib.inspection.master",
    "rule_set_of": "orderlib.inspection.master",
    "sample_size_of": "orderlib.inspection.master",
    "sampling_plan": "orderlib.inspection.sampling",
    "severity_of": "orderlib.inspection.master",
    "stage_of": "orderlib.inspection.control",
    "start": "orderlib.inspection.examine",
    "tighter_acceptance": "orderlib.inspection.switching",
    "verify": "orderlib.inspection.remedy",
    "withdraw": "orderlib.inspection.remedy",
}
# end of door
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(__name__, _WHERE)
