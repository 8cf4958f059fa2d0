"""Fulfilment: goods are made, sent and received; exceptions have an owner, a clock, and a way up.

Despatching is an intention, refused where a hold, the state or the delivery terms forbid it. What was made, sent or
received is a fact, booked whatever it says: deviations become findings, strangers go to the unallocated entries.

    >>> from decimal import Decimal
    >>> from orderlib.fulfilment import WithinTerms
    >>> from orderlib.ledger import LineLedger
    >>> from orderlib.order import DeliveryTerms
    >>> decision = WithinTerms()(LineLedger(id="1", ordered=Decimal(10)), Decimal(11), DeliveryTerms())
    >>> str(decision.outcome), decision.reasons[0].code
    ('no', 'tolerance.above')
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderlib._door import lazy

# door: every name
if TYPE_CHECKING:
    from orderlib.fulfilment.incidents import lapse_incidents as lapse_incidents
    from orderlib.fulfilment.lifecycle import DespatchLifecycle as DespatchLifecycle
    from orderlib.fulfilment.lifecycle import IncidentLifecycle as IncidentLifecycle
    from orderlib.fulfilment.message import CheckProgress as CheckProgress
    from orderlib.fulfilment.message import DespatchGoods as DespatchGoods
    from orderlib.fulfilment.message import DespatchMoved as DespatchMoved
    from orderlib.fulfilment.message import DespatchNoted as DespatchNoted
    from orderlib.fulfilment.message import DeviationsFound as DeviationsFound
    from orderlib.fulfilment.message import ExecutionStarted as ExecutionStarted
    from orderlib.fulfilment.message import GoodsDespatched as GoodsDespatched
    from orderlib.fulfilment.message import GoodsLost as GoodsLost
    from orderlib.fulfilment.message import GoodsProduced as GoodsProduced
    from orderlib.fulfilment.message import GoodsReceived as GoodsReceived
    from orderlib.fulfilment.message import GoodsRefused as GoodsRefused
    from orderlib.fulfilment.message import IncidentEscalated as IncidentEscalated
    from orderlib.fulfilment.message import IncidentOpened as IncidentOpened
    from orderlib.fulfilment.message import IncidentResolved as IncidentResolved
    from orderlib.fulfilment.message import LineShortClosed as LineShortClosed
    from orderlib.fulfilment.message import OpenIncident as OpenIncident
    from orderlib.fulfilment.message import ReportDespatched as ReportDespatched
    from orderlib.fulfilment.message import ReportProduced as ReportProduced
    from orderlib.fulfilment.message import ReportReceived as ReportReceived
    from orderlib.fulfilment.message import ResolveIncident as ResolveIncident
    from orderlib.fulfilment.message import ShortCloseLine as ShortCloseLine
    from orderlib.fulfilment.policy import EarlyWarningPolicy as EarlyWarningPolicy
    from orderlib.fulfilment.policy import Escalation as Escalation
    from orderlib.fulfilment.policy import EscalationDecision as EscalationDecision
    from orderlib.fulfilment.policy import EscalationLadder as EscalationLadder
    from orderlib.fulfilment.policy import EscalationPolicy as EscalationPolicy
    from orderlib.fulfilment.policy import Outlook as Outlook
    from orderlib.fulfilment.policy import PlanAgainstPromise as PlanAgainstPromise
    from orderlib.fulfilment.policy import TolerancePolicy as TolerancePolicy
    from orderlib.fulfilment.policy import WithinTerms as WithinTerms
    from orderlib.fulfilment.process import lapse as lapse
    from orderlib.fulfilment.record import Despatch as Despatch
    from orderlib.fulfilment.record import ExceptionKind as ExceptionKind
    from orderlib.fulfilment.record import Fulfilment as Fulfilment
    from orderlib.fulfilment.record import Incident as Incident
    from orderlib.fulfilment.view import FulfilmentCase as FulfilmentCase
    from orderlib.fulfilment.view import FulfilmentPolicies as FulfilmentPolicies
    from orderlib.fulfilment.view import order_of as order_of
    from orderlib.fulfilment.view import working as working

__all__ = [
    "CheckProgress",
    "Despatch",
    "DespatchGoods",
    "DespatchLifecycle",
    "DespatchMoved",
    "DespatchNoted",
    "DeviationsFound",
    "EarlyWarningPolicy",
    "Escalation",
    "EscalationDecision",
    "EscalationLadder",
    "EscalationPolicy",
    "ExceptionKind",
    "ExecutionStarted",
    "Fulfilment",
    "FulfilmentCase",
    "FulfilmentPolicies",
    "GoodsDespatched",
    "GoodsLost",
    "GoodsProduced",
    "GoodsReceived",
    "GoodsRefused",
    "Incident",
    "IncidentEscalated",
    "IncidentLifecycle",
    "IncidentOpened",
    "IncidentResolved",
    "LineShortClosed",
    "OpenIncident",
    "Outlook",
    "PlanAgainstPromise",
    "ReportDespatched",
    "ReportProduced",
    "ReportReceived",
    "ResolveIncident",
    "ShortCloseLine",
    "TolerancePolicy",
    "WithinTerms",
    "lapse",
    "lapse_incidents",
    "order_of",
    "working",
]

_WHERE = {
    "CheckProgress": "orderlib.fulfilment.message",
    "Despatch": "orderlib.fulfilment.record",
    "DespatchGoods": "orderlib.fulfilment.message",
    "DespatchLifecycle": "orderlib.fulfilment.lifecycle",
    "DespatchMoved": "orderlib.fulfilment.message",
    "DespatchNoted": "orderlib.fulfilment.message",
    "DeviationsFound": "orderlib.fulfilment.message",
    "EarlyWarningPolicy": "orderlib.fulfilment.policy",
    "Escalation": "orderlib.fulfilment.policy",
    "EscalationDecision": "orderlib.fulfilment.policy",
    "EscalationLadder": "orderlib.fulfilment.policy",
    "EscalationPolicy": "orderlib.fulfilment.policy",
    "ExceptionKind": "orderlib.fulfilment.record",
    "ExecutionStarted": "orderlib.fulfilment.message",
    "Fulfilment": "orderlib.fulfilment.record",
    "FulfilmentCase": "orderlib.fulfilment.view",
    "FulfilmentPolicies": "orderlib.fulfilment.view",
    "GoodsDespatched": "orderlib.fulfilment.message",
    "GoodsLost": "orderlib.fulfilment.message",
    "GoodsProduced": "orderlib.fulfilment.message",
    "GoodsReceived": "orderlib.fulfilment.message",
    "GoodsRefused": "orderlib.fulfilment.message",
    "Incident": "orderlib.fulfilment.record",
    "IncidentEscalated": "orderlib.fulfilment.message",
    "IncidentLifecycle": "orderlib.fulfilment.lifecycle",
    "IncidentOpened": "orderlib.fulfilment.message",
    "IncidentResolved": "orderlib.fulfilment.message",
    "LineShortClosed": "orderlib.fulfilment.message",
    "OpenIncident": "orderlib.fulfilment.message",
    "Outlook": "orderlib.fulfilment.policy",
    "PlanAgainstPromise": "orderlib.fulfilment.policy",
    "ReportDespatched": "orderlib.fulfilment.message",
    "ReportProduced": "orderlib.fulfilment.message",
    "ReportReceived": "orderlib.fulfilment.message",
    "ResolveIncident": "orderlib.fulfilment.message",
    "ShortCloseLine": "orderlib.fulfilment.message",
    "TolerancePolicy": "orderlib.fulfilment.policy",
    "WithinTerms": "orderlib.fulfilment.policy",
    "lapse": "orderlib.fulfilment.process",
    "lapse_incidents": "orderlib.fulfilment.incidents",
    "order_of": "orderlib.fulfilment.view",
    "working": "orderlib.fulfilment.view",
}
# end of door
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(__name__, _WHERE)
