"""The life of an order, from enquiry to closure, as a pure domain library.

A customer asks, and may confirm what was offered (`enquiry`). The order is received and screened (`intake`),
judged by a panel (`review`), and, once accepted and released, given tasks, dates and resources (`planning`).
Goods are made, inspected, despatched and received (`fulfilment`); what is in question on the way, a change or a
cancellation, lives beside the order (`change`). The customer accepts, or has defects put right (`acceptance`);
what is owed is stated, invoiced and paid (`settlement`); the dossier is completed, the order closed, and its
lessons kept (`closing`). `case` holds one order with its ledgers, and decides; `desk` loads, decides, saves and
tells. Commands go in, events come out, every judgement says why; time, ids and storage are handed in by the
application.

The names below are loaded when they are first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderlib._door import lazy

# door: chosen names
if TYPE_CHECKING:
    from orderlib.case.deciding import allowed as allowed
    from orderlib.case.deciding import decide as decide
    from orderlib.case.deciding import needs as needs
    from orderlib.case.evolution import evolve as evolve
    from orderlib.case.evolution import evolve_all as evolve_all
    from orderlib.case.history import as_of as as_of
    from orderlib.case.history import replay as replay
    from orderlib.case.message import AdoptOrder as AdoptOrder
    from orderlib.case.message import PassTime as PassTime
    from orderlib.case.policies import PolicySet as PolicySet
    from orderlib.case.record import OrderCase as OrderCase
    from orderlib.desk.desk import AsyncOrderDesk as AsyncOrderDesk
    from orderlib.desk.desk import OrderDesk as OrderDesk
    from orderlib.desk.outcome import Outcome as Outcome
    from orderlib.desk.outcome import Preview as Preview
    from orderlib.errors import ChartError as ChartError
    from orderlib.errors import CommandReusedError as CommandReusedError
    from orderlib.errors import ConcurrencyError as ConcurrencyError
    from orderlib.errors import DocumentError as DocumentError
    from orderlib.errors import Finding as Finding
    from orderlib.errors import FindingCode as FindingCode
    from orderlib.errors import InvalidValueError as InvalidValueError
    from orderlib.errors import OrderlibError as OrderlibError
    from orderlib.errors import PolicyError as PolicyError
    from orderlib.errors import RefusedError as RefusedError
    from orderlib.errors import Severity as Severity
    from orderlib.errors import UnknownKeyError as UnknownKeyError
    from orderlib.intake.message import ReceiveOrder as ReceiveOrder
    from orderlib.intake.message import ScreenOrder as ScreenOrder
    from orderlib.order.line import Item as Item
    from orderlib.order.line import OrderLine as OrderLine
    from orderlib.order.line import ScheduleLine as ScheduleLine
    from orderlib.order.payment import PaymentTerms as PaymentTerms
    from orderlib.order.record import Order as Order
    from orderlib.order.terms import AllowanceCharge as AllowanceCharge
    from orderlib.order.terms import DeliveryTerms as DeliveryTerms
    from orderlib.order.terms import TaxCategory as TaxCategory
    from orderlib.order.totals import Totals as Totals
    from orderlib.planning.message import PromiseOrder as PromiseOrder
    from orderlib.review.message import ReviewOrder as ReviewOrder
    from orderlib.values.decision import Decision as Decision
    from orderlib.values.decision import Override as Override
    from orderlib.values.decisiontable import DecisionTable as DecisionTable
    from orderlib.values.decisiontable import HitPolicy as HitPolicy
    from orderlib.values.dispatch import View as View
    from orderlib.values.fact import Facts as Facts
    from orderlib.values.instant import Instant as Instant
    from orderlib.values.money import Money as Money
    from orderlib.values.objective import Objectives as Objectives
    from orderlib.values.party import Actor as Actor
    from orderlib.values.party import Address as Address
    from orderlib.values.party import Party as Party
    from orderlib.values.quantity import Quantity as Quantity
    from orderlib.values.rate import ExchangeRate as ExchangeRate
    from orderlib.values.rate import Percentage as Percentage
    from orderlib.values.rate import UnitPrice as UnitPrice

__all__ = [
    "Actor",
    "Address",
    "AdoptOrder",
    "AllowanceCharge",
    "AsyncOrderDesk",
    "ChartError",
    "CommandReusedError",
    "ConcurrencyError",
    "Decision",
    "DecisionTable",
    "DeliveryTerms",
    "DocumentError",
    "ExchangeRate",
    "Facts",
    "Finding",
    "FindingCode",
    "HitPolicy",
    "Instant",
    "InvalidValueError",
    "Item",
    "Money",
    "Objectives",
    "Order",
    "OrderCase",
    "OrderDesk",
    "OrderLine",
    "OrderlibError",
    "Outcome",
    "Override",
    "Party",
    "PassTime",
    "PaymentTerms",
    "Percentage",
    "PolicyError",
    "PolicySet",
    "Preview",
    "PromiseOrder",
    "Quantity",
    "ReceiveOrder",
    "RefusedError",
    "ReviewOrder",
    "ScheduleLine",
    "ScreenOrder",
    "Severity",
    "TaxCategory",
    "Totals",
    "UnitPrice",
    "UnknownKeyError",
    "View",
    "allowed",
    "as_of",
    "decide",
    "evolve",
    "evolve_all",
    "needs",
    "replay",
]

_WHERE = {
    "Actor": "orderlib.values.party",
    "Address": "orderlib.values.party",
    "AdoptOrder": "orderlib.case.message",
    "AllowanceCharge": "orderlib.order.terms",
    "AsyncOrderDesk": "orderlib.desk.desk",
    "ChartError": "orderlib.errors",
    "CommandReusedError": "orderlib.errors",
    "ConcurrencyError": "orderlib.errors",
    "Decision": "orderlib.values.decision",
    "DecisionTable": "orderlib.values.decisiontable",
    "DeliveryTerms": "orderlib.order.terms",
    "DocumentError": "orderlib.errors",
    "ExchangeRate": "orderlib.values.rate",
    "Facts": "orderlib.values.fact",
    "Finding": "orderlib.errors",
    "FindingCode": "orderlib.errors",
    "HitPolicy": "orderlib.values.decisiontable",
    "Instant": "orderlib.values.instant",
    "InvalidValueError": "orderlib.errors",
    "Item": "orderlib.order.line",
    "Money": "orderlib.values.money",
    "Objectives": "orderlib.values.objective",
    "Order": "orderlib.order.record",
    "OrderCase": "orderlib.case.record",
    "OrderDesk": "orderlib.desk.desk",
    "OrderLine": "orderlib.order.line",
    "OrderlibError": "orderlib.errors",
    "Outcome": "orderlib.desk.outcome",
    "Override": "orderlib.values.decision",
    "Party": "orderlib.values.party",
    "PassTime": "orderlib.case.message",
    "PaymentTerms": "orderlib.order.payment",
    "Percentage": "orderlib.values.rate",
    "PolicyError": "orderlib.errors",
    "PolicySet": "orderlib.case.policies",
    "Preview": "orderlib.desk.outcome",
    "PromiseOrder": "orderlib.planning.message",
    "Quantity": "orderlib.values.quantity",
    "ReceiveOrder": "orderlib.intake.message",
    "RefusedError": "orderlib.errors",
    "ReviewOrder": "orderlib.review.message",
    "ScheduleLine": "orderlib.order.line",
    "ScreenOrder": "orderlib.intake.message",
    "Severity": "orderlib.errors",
    "TaxCategory": "orderlib.order.terms",
    "Totals": "orderlib.order.totals",
    "UnitPrice": "orderlib.values.rate",
    "UnknownKeyError": "orderlib.errors",
    "View": "orderlib.values.dispatch",
    "allowed": "orderlib.case.deciding",
    "as_of": "orderlib.case.history",
    "decide": "orderlib.case.deciding",
    "evolve": "orderlib.case.evolution",
    "evolve_all": "orderlib.case.evolution",
    "needs": "orderlib.case.deciding",
    "replay": "orderlib.case.history",
}
# end of door
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(__name__, _WHERE)

__version__ = "0.1.0"
