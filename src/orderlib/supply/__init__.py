"""What can be had by when, and what has to be got for it.

Available to promise: supplies and demands of an article by period, shortages that draw on other periods by a named
rule, and an answer that says what binds it and what there is instead.

    >>> from orderlib.supply import Availability, Buckets, Demand, Supply, check_promise
    >>> from orderlib.values.quantity import Quantity
    >>> week = Buckets.every(1, "2026-03-02", 5)
    >>> pumps = Availability(
    ...     "P-7",
    ...     "C62",
    ...     week,
    ...     [Supply("stock", "P-7", Quantity(4), "2026-03-01"), Supply("PO-1", "P-7", Quantity(6), "2026-03-05")],
    ...     [Demand("4711/10", "P-7", Quantity(3), "2026-03-03")],
    ... )
    >>> [int(figure) for figure in pumps.atp]
    [1, 1, 1, 7, 7]
    >>> answer = check_promise(pumps, Quantity(5), week.starts[2])
    >>> str(answer.promised_on), str(answer.outcome)
    ('2026-03-05', 'late')
    >>> print(answer.binding.message())
    1 C62 of P-7 are free by 2026-03-04, 5 C62 are asked for: it waits for PO-1 on 2026-03-05
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderlib._door import lazy

# door: every name
if TYPE_CHECKING:
    from orderlib.supply.atp import Alternative as Alternative
    from orderlib.supply.atp import AlternativeKind as AlternativeKind
    from orderlib.supply.atp import AtpAnswer as AtpAnswer
    from orderlib.supply.atp import Availed as Availed
    from orderlib.supply.atp import PromisePart as PromisePart
    from orderlib.supply.atp import Shipment as Shipment
    from orderlib.supply.atp import check_promise as check_promise
    from orderlib.supply.availability import Availability as Availability
    from orderlib.supply.availability import Buckets as Buckets
    from orderlib.supply.bill import Bill as Bill
    from orderlib.supply.bill import Bills as Bills
    from orderlib.supply.bill import Component as Component
    from orderlib.supply.bill import Requirement as Requirement
    from orderlib.supply.bill import Substitute as Substitute
    from orderlib.supply.bill import explode as explode
    from orderlib.supply.commitment import PurchaseCommitment as PurchaseCommitment
    from orderlib.supply.commitment import moved_demands as moved_demands
    from orderlib.supply.consume import AtpRule as AtpRule
    from orderlib.supply.consume import atp_figures as atp_figures
    from orderlib.supply.consume import free_figures as free_figures
    from orderlib.supply.entry import Demand as Demand
    from orderlib.supply.entry import DemandKind as DemandKind
    from orderlib.supply.entry import Supply as Supply
    from orderlib.supply.entry import SupplyKind as SupplyKind
    from orderlib.supply.lifecycle import CommitmentLifecycle as CommitmentLifecycle
    from orderlib.supply.message import CancelPurchase as CancelPurchase
    from orderlib.supply.message import CommitmentCommand as CommitmentCommand
    from orderlib.supply.message import CommitmentEvent as CommitmentEvent
    from orderlib.supply.message import OrderPurchase as OrderPurchase
    from orderlib.supply.message import PlanPurchase as PlanPurchase
    from orderlib.supply.message import PurchaseCancelled as PurchaseCancelled
    from orderlib.supply.message import PurchaseConfirmed as PurchaseConfirmed
    from orderlib.supply.message import PurchaseDelayed as PurchaseDelayed
    from orderlib.supply.message import PurchaseNoted as PurchaseNoted
    from orderlib.supply.message import PurchaseOrdered as PurchaseOrdered
    from orderlib.supply.message import PurchaseOverdue as PurchaseOverdue
    from orderlib.supply.message import PurchasePartReceived as PurchasePartReceived
    from orderlib.supply.message import PurchasePlanned as PurchasePlanned
    from orderlib.supply.message import PurchaseReceived as PurchaseReceived
    from orderlib.supply.message import ReportPurchaseConfirmed as ReportPurchaseConfirmed
    from orderlib.supply.message import ReportPurchaseDelayed as ReportPurchaseDelayed
    from orderlib.supply.message import ReportPurchaseReceived as ReportPurchaseReceived
    from orderlib.supply.netting import net_requirements as net_requirements
    from orderlib.supply.pegging import Peg as Peg
    from orderlib.supply.pegging import PlannedOrder as PlannedOrder
    from orderlib.supply.pegging import Shortage as Shortage
    from orderlib.supply.pegging import SupplyPlan as SupplyPlan
    from orderlib.supply.pegging import Surplus as Surplus
    from orderlib.supply.pegging import TracedPeg as TracedPeg
    from orderlib.supply.pegging import ready_days as ready_days
    from orderlib.supply.pegging import trace as trace
    from orderlib.supply.policy import CheapestReliableInTime as CheapestReliableInTime
    from orderlib.supply.policy import SupplierDecision as SupplierDecision
    from orderlib.supply.policy import SupplierOffer as SupplierOffer
    from orderlib.supply.policy import SupplierPolicy as SupplierPolicy
    from orderlib.supply.process import decide as decide
    from orderlib.supply.process import evolve as evolve
    from orderlib.supply.process import lapse as lapse
    from orderlib.supply.replenish import LotRule as LotRule
    from orderlib.supply.replenish import LotSize as LotSize
    from orderlib.supply.replenish import Procurement as Procurement
    from orderlib.supply.replenish import Replenishment as Replenishment

__all__ = [
    "Alternative",
    "AlternativeKind",
    "AtpAnswer",
    "AtpRule",
    "Availability",
    "Availed",
    "Bill",
    "Bills",
    "Buckets",
    "CancelPurchase",
    "CheapestReliableInTime",
    "CommitmentCommand",
    "CommitmentEvent",
    "CommitmentLifecycle",
    "Component",
    "Demand",
    "DemandKind",
    "LotRule",
    "LotSize",
    "OrderPurchase",
    "Peg",
    "PlanPurchase",
    "PlannedOrder",
    "Procurement",
    "PromisePart",
    "PurchaseCancelled",
    "PurchaseCommitment",
    "PurchaseConfirmed",
    "PurchaseDelayed",
    "PurchaseNoted",
    "PurchaseOrdered",
    "PurchaseOverdue",
    "PurchasePartReceived",
    "PurchasePlanned",
    "PurchaseReceived",
    "Replenishment",
    "ReportPurchaseConfirmed",
    "ReportPurchaseDelayed",
    "ReportPurchaseReceived",
    "Requirement",
    "Shipment",
    "Shortage",
    "Substitute",
    "SupplierDecision",
    "SupplierOffer",
    "SupplierPolicy",
    "Supply",
    "SupplyKind",
    "SupplyPlan",
    "Surplus",
    "TracedPeg",
    "atp_figures",
    "check_promise",
    "decide",
    "evolve",
    "explode",
    "free_figures",
    "lapse",
    "moved_demands",
    "net_requirements",
    "ready_days",
    "trace",
]

_WHERE = {
    "Alternative": "orderlib.supply.atp",
    "AlternativeKind": "orderlib.supply.atp",
    "AtpAnswer": "orderlib.supply.atp",
    "AtpRule": "orderlib.supply.consume",
    "Availability": "orderlib.supply.availability",
    "Availed": "orderlib.supply.atp",
    "Bill": "orderlib.supply.bill",
    "Bills": "orderlib.supply.bill",
    "Buckets": "orderlib.supply.availability",
    "CancelPurchase": "orderlib.supply.message",
    "CheapestReliableInTime": "orderlib.supply.policy",
    "CommitmentCommand": "orderlib.supply.message",
    "CommitmentEvent": "orderlib.supply.message",
    "CommitmentLifecycle": "orderlib.supply.lifecycle",
    "Component": "orderlib.supply.bill",
    "Demand": "orderlib.supply.entry",
    "DemandKind": "orderlib.supply.entry",
    "LotRule": "orderlib.supply.replenish",
    "LotSize": "orderlib.supply.replenish",
    "OrderPurchase": "orderlib.supply.message",
    "Peg": "orderlib.supply.pegging",
    "PlanPurchase": "orderlib.supply.message",
    "PlannedOrder": "orderlib.supply.pegging",
    "Procurement": "orderlib.supply.replenish",
    "PromisePart": "orderlib.supply.atp",
    "PurchaseCancelled": "orderlib.supply.message",
    "PurchaseCommitment": "orderlib.supply.commitment",
    "PurchaseConfirmed": "orderlib.supply.message",
    "PurchaseDelayed": "orderlib.supply.message",
    "PurchaseNoted": "orderlib.supply.message",
    "PurchaseOrdered": "orderlib.supply.message",
    "PurchaseOverdue": "orderlib.supply.message",
    "PurchasePartReceived": "orderlib.supply.message",
    "PurchasePlanned": "orderlib.supply.message",
    "PurchaseReceived": "orderlib.supply.message",
    "Replenishment": "orderlib.supply.replenish",
    "ReportPurchaseConfirmed": "orderlib.supply.message",
    "ReportPurchaseDelayed": "orderlib.supply.message",
    "ReportPurchaseReceived": "orderlib.supply.message",
    "Requirement": "orderlib.supply.bill",
    "Shipment": "orderlib.supply.atp",
    "Shortage": "orderlib.supply.pegging",
    "Substitute": "orderlib.supply.bill",
    "SupplierDecision": "orderlib.supply.policy",
    "SupplierOffer": "orderlib.supply.policy",
    "SupplierPolicy": "orderlib.supply.policy",
    "Supply": "orderlib.supply.entry",
    "SupplyKind": "orderlib.supply.entry",
    "SupplyPlan": "orderlib.supply.pegging",
    "Surplus": "orderlib.supply.pegging",
    "TracedPeg": "orderlib.supply.pegging",
    "atp_figures": "orderlib.supply.consume",
    "check_promise": "orderlib.supply.atp",
    "decide": "orderlib.supply.process",
    "evolve": "orderlib.supply.process",
    "explode": "orderlib.supply.bill",
    "free_figures": "orderlib.supply.consume",
    "lapse": "orderlib.supply.process",
    "moved_demands": "orderlib.supply.commitment",
    "net_requirements": "orderlib.supply.netting",
    "ready_days": "orderlib.supply.pegging",
    "trace": "orderlib.supply.pegging",
}
# end of door
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(__name__, _WHERE)
