"""Changes and cancellations: asked for, judged, decided, applied in one step, or refused without a trace.

Whoever wants a change says so with a difference against the order as it stands; a policy says what it does to
what is made, sent and billed already. What the customer wants, we decide; what we want, we decide and the customer
agrees to. A change that costs something waits for the customer's yes, silence is a no, and what the change touches of
the acceptance is approved anew or goes back to the panel. A cancellation is granted while nothing has begun, refused
past the point of no return, or granted once everything that was begun is undone.

    >>> from decimal import Decimal
    >>> from orderlib.change import ByProgress
    >>> from orderlib.ledger import LineLedger
    >>> made = LineLedger(id="10", ordered=Decimal(10), produced=Decimal(4))
    >>> decision = ByProgress()((made,), "in_execution")
    >>> str(decision.outcome), decision.reasons[0].message()
    ('soft', 'of line 10, 4 are made and 0 have left')
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderlib._door import lazy

# door: chosen names
if TYPE_CHECKING:
    from orderlib.change.brought import ChangesBrought as ChangesBrought
    from orderlib.change.ending import ByPointOfNoReturn as ByPointOfNoReturn
    from orderlib.change.ending import ByProgress as ByProgress
    from orderlib.change.impact import MadeGoodsAtPrice as MadeGoodsAtPrice
    from orderlib.change.impact import ReviewAboveShare as ReviewAboveShare
    from orderlib.change.impact import TouchesWhatIsDone as TouchesWhatIsDone
    from orderlib.change.lifecycle import CancellationLifecycle as CancellationLifecycle
    from orderlib.change.lifecycle import ChangeRequestLifecycle as ChangeRequestLifecycle
    from orderlib.change.lifecycle import ChargeLifecycle as ChargeLifecycle
    from orderlib.change.message import AnswerChange as AnswerChange
    from orderlib.change.message import AnswerCharge as AnswerCharge
    from orderlib.change.message import CancellationBegun as CancellationBegun
    from orderlib.change.message import CancellationCompleted as CancellationCompleted
    from orderlib.change.message import CancellationDeclined as CancellationDeclined
    from orderlib.change.message import CancellationLapsed as CancellationLapsed
    from orderlib.change.message import CancellationRefused as CancellationRefused
    from orderlib.change.message import CancellationRequested as CancellationRequested
    from orderlib.change.message import CancellationWithdrawn as CancellationWithdrawn
    from orderlib.change.message import ChangeAccepted as ChangeAccepted
    from orderlib.change.message import ChangeAgreed as ChangeAgreed
    from orderlib.change.message import ChangeAnswered as ChangeAnswered
    from orderlib.change.message import ChangeCountered as ChangeCountered
    from orderlib.change.message import ChangeDeclined as ChangeDeclined
    from orderlib.change.message import ChangeLapsed as ChangeLapsed
    from orderlib.change.message import ChangeProposed as ChangeProposed
    from orderlib.change.message import ChangeRejected as ChangeRejected
    from orderlib.change.message import ChangeRequested as ChangeRequested
    from orderlib.change.message import ChangeSuperseded as ChangeSuperseded
    from orderlib.change.message import ChangeWithdrawn as ChangeWithdrawn
    from orderlib.change.message import ChargeAccepted as ChargeAccepted
    from orderlib.change.message import ChargeDeclined as ChargeDeclined
    from orderlib.change.message import ChargeLapsed as ChargeLapsed
    from orderlib.change.message import ChargeQuoted as ChargeQuoted
    from orderlib.change.message import ChargeWithdrawn as ChargeWithdrawn
    from orderlib.change.message import CompensationDone as CompensationDone
    from orderlib.change.message import CompensationOverdue as CompensationOverdue
    from orderlib.change.message import CompleteCompensation as CompleteCompensation
    from orderlib.change.message import DecideCancellation as DecideCancellation
    from orderlib.change.message import DecideChange as DecideChange
    from orderlib.change.message import OrderCancelled as OrderCancelled
    from orderlib.change.message import OrderTerminated as OrderTerminated
    from orderlib.change.message import QuantitiesCancelled as QuantitiesCancelled
    from orderlib.change.message import ReceiveOrderChange as ReceiveOrderChange
    from orderlib.change.message import RequestCancellation as RequestCancellation
    from orderlib.change.message import RequestChange as RequestChange
    from orderlib.change.message import TerminateOrder as TerminateOrder
    from orderlib.change.message import WithdrawCancellation as WithdrawCancellation
    from orderlib.change.message import WithdrawChange as WithdrawChange
    from orderlib.change.policy import CancellationDecision as CancellationDecision
    from orderlib.change.policy import CancellationPolicy as CancellationPolicy
    from orderlib.change.policy import ChargeDecision as ChargeDecision
    from orderlib.change.policy import ChargePolicy as ChargePolicy
    from orderlib.change.policy import CompensationDraft as CompensationDraft
    from orderlib.change.policy import ImpactDecision as ImpactDecision
    from orderlib.change.policy import ImpactPolicy as ImpactPolicy
    from orderlib.change.policy import NoReturnDecision as NoReturnDecision
    from orderlib.change.policy import NoReturnPolicy as NoReturnPolicy
    from orderlib.change.policy import Progress as Progress
    from orderlib.change.policy import ReReviewPolicy as ReReviewPolicy
    from orderlib.change.record import Cancellation as Cancellation
    from orderlib.change.record import CancellationRuling as CancellationRuling
    from orderlib.change.record import ChangeCause as ChangeCause
    from orderlib.change.record import ChangeImpact as ChangeImpact
    from orderlib.change.record import ChangeLog as ChangeLog
    from orderlib.change.record import ChangeRequest as ChangeRequest
    from orderlib.change.record import Charge as Charge
    from orderlib.change.record import ChargeRuling as ChargeRuling
    from orderlib.change.record import Compensation as Compensation
    from orderlib.change.record import Consent as Consent
    from orderlib.change.record import Ending as Ending
    from orderlib.change.record import PointOfNoReturn as PointOfNoReturn
    from orderlib.change.record import Reapproval as Reapproval
    from orderlib.change.record import Remedy as Remedy
    from orderlib.change.record import Side as Side

__all__ = [
    "AnswerChange",
    "AnswerCharge",
    "ByPointOfNoReturn",
    "ByProgress",
    "Cancellation",
    "CancellationBegun",
    "CancellationCompleted",
    "CancellationDecision",
    "CancellationDeclined",
    "CancellationLapsed",
    "CancellationLifecycle",
    "CancellationPolicy",
    "CancellationRefused",
    "CancellationRequested",
    "CancellationRuling",
    "CancellationWithdrawn",
    "ChangeAccepted",
    "ChangeAgreed",
    "ChangeAnswered",
    "ChangeCause",
    "ChangeCountered",
    "ChangeDeclined",
    "ChangeImpact",
    "ChangeLapsed",
    "ChangeLog",
    "ChangeProposed",
    "ChangeRejected",
    "ChangeRequest",
    "ChangeRequestLifecycle",
    "ChangeRequested",
    "ChangeSuperseded",
    "ChangeWithdrawn",
    "ChangesBrought",
    "Charge",
    "ChargeAccepted",
    "ChargeDecision",
    "ChargeDeclined",
    "ChargeLapsed",
    "ChargeLifecycle",
    "ChargePolicy",
    "ChargeQuoted",
    "ChargeRuling",
    "ChargeWithdrawn",
    "Compensation",
    "CompensationDone",
    "CompensationDraft",
    "CompensationOverdue",
    "CompleteCompensation",
    "Consent",
    "DecideCancellation",
    "DecideChange",
    "Ending",
    "ImpactDecision",
    "ImpactPolicy",
    "MadeGoodsAtPrice",
    "NoReturnDecision",
    "NoReturnPolicy",
    "OrderCancelled",
    "OrderTerminated",
    "PointOfNoReturn",
    "Progress",
    "QuantitiesCancelled",
    "ReReviewPolicy",
    "Reapproval",
    "ReceiveOrderChange",
    "Remedy",
    "RequestCancellation",
    "RequestChange",
    "ReviewAboveShare",
    "Side",
    "TerminateOrder",
    "TouchesWhatIsDone",
    "WithdrawCancellation",
    "WithdrawChange",
]

_WHERE = {
    "AnswerChange": "orderlib.change.message",
    "AnswerCharge": "orderlib.change.message",
    "ByPointOfNoReturn": "orderlib.change.ending",
    "ByProgress": "orderlib.change.ending",
    "Cancellation": "orderlib.change.record",
    "CancellationBegun": "orderlib.change.message",
    "CancellationCompleted": "orderlib.change.message",
    "CancellationDecision": "orderlib.change.policy",
    "CancellationDeclined": "orderlib.change.message",
    "CancellationLapsed": "orderlib.change.message",
    "CancellationLifecycle": "orderlib.change.lifecycle",
    "CancellationPolicy": "orderlib.change.policy",
    "CancellationRefused": "orderlib.change.message",
    "CancellationRequested": "orderlib.change.message",
    "CancellationRuling": "orderlib.change.record",
    "CancellationWithdrawn": "orderlib.change.message",
    "ChangeAccepted": "orderlib.change.message",
    "ChangeAgreed": "orderlib.change.message",
    "ChangeAnswered": "orderlib.change.message",
    "ChangeCause": "orderlib.change.record",
    "ChangeCountered": "orderlib.change.message",
    "ChangeDeclined": "orderlib.change.message",
    "ChangeImpact": "orderlib.change.record",
    "ChangeLapsed": "orderlib.change.message",
    "ChangeLog": "orderlib.change.record",
    "ChangeProposed": "orderlib.change.message",
    "ChangeRejected": "orderlib.change.message",
    "ChangeRequest": "orderlib.change.record",
    "ChangeRequestLifecycle": "orderlib.change.lifecycle",
    "ChangeRequested": "orderlib.change.message",
    "ChangeSuperseded": "orderlib.change.message",
    "ChangeWithdrawn": "orderlib.change.message",
    "ChangesBrought": "orderlib.change.brought",
    "Charge": "orderlib.change.record",
    "ChargeAccepted": "orderlib.change.message",
    "ChargeDecision": "orderlib.change.policy",
    "ChargeDeclined": "orderlib.change.message",
    "ChargeLapsed": "orderlib.change.message",
    "ChargeLifecycle": "orderlib.change.lifecycle",
    "ChargePolicy": "orderlib.change.policy",
    "ChargeQuoted": "orderlib.change.message",
    "ChargeRuling": "orderlib.change.record",
    "ChargeWithdrawn": "orderlib.change.message",
    "Compensation": "orderlib.change.record",
    "CompensationDone": "orderlib.change.message",
    "CompensationDraft": "orderlib.change.policy",
    "CompensationOverdue": "orderlib.change.message",
    "CompleteCompensation": "orderlib.change.message",
    "Consent": "orderlib.change.record",
    "DecideCancellation": "orderlib.change.message",
    "DecideChange": "orderlib.change.message",
    "Ending": "orderlib.change.record",
    "ImpactDecision": "orderlib.change.policy",
    "ImpactPolicy": "orderlib.change.policy",
    "MadeGoodsAtPrice": "orderlib.change.impact",
    "NoReturnDecision": "orderlib.change.policy",
    "NoReturnPolicy": "orderlib.change.policy",
    "OrderCancelled": "orderlib.change.message",
    "OrderTerminated": "orderlib.change.message",
    "PointOfNoReturn": "orderlib.change.record",
    "Progress": "orderlib.change.policy",
    "QuantitiesCancelled": "orderlib.change.message",
    "ReReviewPolicy": "orderlib.change.policy",
    "Reapproval": "orderlib.change.record",
    "ReceiveOrderChange": "orderlib.change.message",
    "Remedy": "orderlib.change.record",
    "RequestCancellation": "orderlib.change.message",
    "RequestChange": "orderlib.change.message",
    "ReviewAboveShare": "orderlib.change.impact",
    "Side": "orderlib.change.record",
    "TerminateOrder": "orderlib.change.message",
    "TouchesWhatIsDone": "orderlib.change.impact",
    "WithdrawCancellation": "orderlib.change.message",
    "WithdrawChange": "orderlib.change.message",
}
# end of door
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(__name__, _WHERE)
