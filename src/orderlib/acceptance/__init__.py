"""Acceptance: the customer accepts in one act or many; defects are put right and looked at again.

Silence after the agreed days counts as acceptance. Once every line is settled and accepted and no defect is open,
the certificate starts the warranty. Goods that come back are replaced or credited.

    >>> from orderlib.acceptance import Defect, DefectClass, GravestDefect
    >>> scratch = Defect(id="d-1", line_id="1", grade=DefectClass.MINOR, description="a scratch")
    >>> str(GravestDefect()((scratch,)).outcome)
    'conditionally-accepted'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderlib._door import lazy

# door: every name
if TYPE_CHECKING:
    from orderlib.acceptance.lifecycle import DefectLifecycle as DefectLifecycle
    from orderlib.acceptance.message import AcceptanceCertified as AcceptanceCertified
    from orderlib.acceptance.message import AcceptanceHeld as AcceptanceHeld
    from orderlib.acceptance.message import AcceptanceRequested as AcceptanceRequested
    from orderlib.acceptance.message import DefectFailed as DefectFailed
    from orderlib.acceptance.message import DefectFound as DefectFound
    from orderlib.acceptance.message import DefectOverdue as DefectOverdue
    from orderlib.acceptance.message import DefectRectified as DefectRectified
    from orderlib.acceptance.message import DefectVerified as DefectVerified
    from orderlib.acceptance.message import DefectWaived as DefectWaived
    from orderlib.acceptance.message import GoodsAccepted as GoodsAccepted
    from orderlib.acceptance.message import GoodsReplaced as GoodsReplaced
    from orderlib.acceptance.message import GoodsReturned as GoodsReturned
    from orderlib.acceptance.message import RectifyDefect as RectifyDefect
    from orderlib.acceptance.message import ReportAcceptance as ReportAcceptance
    from orderlib.acceptance.message import ReportReturned as ReportReturned
    from orderlib.acceptance.message import RequestAcceptance as RequestAcceptance
    from orderlib.acceptance.message import VerifyDefect as VerifyDefect
    from orderlib.acceptance.message import WaiveDefect as WaiveDefect
    from orderlib.acceptance.policy import AcceptancePolicy as AcceptancePolicy
    from orderlib.acceptance.policy import GravestDefect as GravestDefect
    from orderlib.acceptance.process import lapse as lapse
    from orderlib.acceptance.record import Acceptance as Acceptance
    from orderlib.acceptance.record import AcceptanceAct as AcceptanceAct
    from orderlib.acceptance.record import AcceptanceOutcome as AcceptanceOutcome
    from orderlib.acceptance.record import Defect as Defect
    from orderlib.acceptance.record import DefectClass as DefectClass

__all__ = [
    "Acceptance",
    "AcceptanceAct",
    "AcceptanceCertified",
    "AcceptanceHeld",
    "AcceptanceOutcome",
    "AcceptancePolicy",
    "AcceptanceRequested",
    "Defect",
    "DefectClass",
    "DefectFailed",
    "DefectFound",
    "DefectLifecycle",
    "DefectOverdue",
    "DefectRectified",
    "DefectVerified",
    "DefectWaived",
    "GoodsAccepted",
    "GoodsReplaced",
    "GoodsReturned",
    "GravestDefect",
    "RectifyDefect",
    "ReportAcceptance",
    "ReportReturned",
    "RequestAcceptance",
    "VerifyDefect",
    "WaiveDefect",
    "lapse",
]

_WHERE = {
    "Acceptance": "orderlib.acceptance.record",
    "AcceptanceAct": "orderlib.acceptance.record",
    "AcceptanceCertified": "orderlib.acceptance.message",
    "AcceptanceHeld": "orderlib.acceptance.message",
    "AcceptanceOutcome": "orderlib.acceptance.record",
    "AcceptancePolicy": "orderlib.acceptance.policy",
    "AcceptanceRequested": "orderlib.acceptance.message",
    "Defect": "orderlib.acceptance.record",
    "DefectClass": "orderlib.acceptance.record",
    "DefectFailed": "orderlib.acceptance.message",
    "DefectFound": "orderlib.acceptance.message",
    "DefectLifecycle": "orderlib.acceptance.lifecycle",
    "DefectOverdue": "orderlib.acceptance.message",
    "DefectRectified": "orderlib.acceptance.message",
    "DefectVerified": "orderlib.acceptance.message",
    "DefectWaived": "orderlib.acceptance.message",
    "GoodsAccepted": "orderlib.acceptance.message",
    "GoodsReplaced": "orderlib.acceptance.message",
    "GoodsReturned": "orderlib.acceptance.message",
    "GravestDefect": "orderlib.acceptance.policy",
    "RectifyDefect": "orderlib.acceptance.message",
    "ReportAcceptance": "orderlib.acceptance.message",
    "ReportReturned": "orderlib.acceptance.message",
    "RequestAcceptance": "orderlib.acceptance.message",
    "VerifyDefect": "orderlib.acceptance.message",
    "WaiveDefect": "orderlib.acceptance.message",
    "lapse": "orderlib.acceptance.process",
}
# end of door
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(__name__, _WHERE)
