"""The risk register of an order, after ISO 31000: identified, rated, treated, closed or come true.

>>> from orderlib.risk import Rating, ScoreMatrix
>>> decision = ScoreMatrix()(Rating(likelihood=4, consequence=4))
>>> str(decision.outcome)
'high'
>>> decision.reasons[0].message()
'likelihood 4 times consequence 4 is 16; high begins at 12'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderlib._door import lazy

# door: every name
if TYPE_CHECKING:
    from orderlib.risk.lifecycle import RiskLifecycle as RiskLifecycle
    from orderlib.risk.message import CloseRisk as CloseRisk
    from orderlib.risk.message import IdentifyRisk as IdentifyRisk
    from orderlib.risk.message import ReportRiskOccurred as ReportRiskOccurred
    from orderlib.risk.message import RiskClosed as RiskClosed
    from orderlib.risk.message import RiskIdentified as RiskIdentified
    from orderlib.risk.message import RiskOccurred as RiskOccurred
    from orderlib.risk.message import RiskReviewLapsed as RiskReviewLapsed
    from orderlib.risk.message import RiskTreated as RiskTreated
    from orderlib.risk.message import TreatRisk as TreatRisk
    from orderlib.risk.policy import CriteriaPolicy as CriteriaPolicy
    from orderlib.risk.policy import ResponsePolicy as ResponsePolicy
    from orderlib.risk.policy import ScoreMatrix as ScoreMatrix
    from orderlib.risk.policy import TreatByCause as TreatByCause
    from orderlib.risk.process import lapse as lapse
    from orderlib.risk.record import Rating as Rating
    from orderlib.risk.record import Risk as Risk
    from orderlib.risk.record import RiskCause as RiskCause
    from orderlib.risk.record import RiskLevel as RiskLevel
    from orderlib.risk.record import RiskRegister as RiskRegister
    from orderlib.risk.record import Treatment as Treatment

__all__ = [
    "CloseRisk",
    "CriteriaPolicy",
    "IdentifyRisk",
    "Rating",
    "ReportRiskOccurred",
    "ResponsePolicy",
    "Risk",
    "RiskCause",
    "RiskClosed",
    "RiskIdentified",
    "RiskLevel",
    "RiskLifecycle",
    "RiskOccurred",
    "RiskRegister",
    "RiskReviewLapsed",
    "RiskTreated",
    "ScoreMatrix",
    "TreatByCause",
    "TreatRisk",
    "Treatment",
    "lapse",
]

_WHERE = {
    "CloseRisk": "orderlib.risk.message",
    "CriteriaPolicy": "orderlib.risk.policy",
    "IdentifyRisk": "orderlib.risk.message",
    "Rating": "orderlib.risk.record",
    "ReportRiskOccurred": "orderlib.risk.message",
    "ResponsePolicy": "orderlib.risk.policy",
    "Risk": "orderlib.risk.record",
    "RiskCause": "orderlib.risk.record",
    "RiskClosed": "orderlib.risk.message",
    "RiskIdentified": "orderlib.risk.message",
    "RiskLevel": "orderlib.risk.record",
    "RiskLifecycle": "orderlib.risk.lifecycle",
    "RiskOccurred": "orderlib.risk.message",
    "RiskRegister": "orderlib.risk.record",
    "RiskReviewLapsed": "orderlib.risk.message",
    "RiskTreated": "orderlib.risk.message",
    "ScoreMatrix": "orderlib.risk.policy",
    "TreatByCause": "orderlib.risk.policy",
    "TreatRisk": "orderlib.risk.message",
    "Treatment": "orderlib.risk.record",
    "lapse": "orderlib.risk.process",
}
# end of door
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(__name__, _WHERE)
