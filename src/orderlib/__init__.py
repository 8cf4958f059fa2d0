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
    from orderlib.order.line import Item as Item
    from orderlib.order.line import OrderLine as OrderLine
    from orderlib.order.line import ScheduleLine as ScheduleLine
    from orderlib.order.payment import PaymentTerms as PaymentTerms
    from orderlib.order.record import Order as Order
    from orderlib.order.terms import AllowanceCharge as AllowanceCharge
    from orderlib.order.terms import DeliveryTerms as DeliveryTerms
    from orderlib.order.terms import TaxCategory as TaxCategory
    from orderlib.order.totals import Totals as Totals
    from orderlib.values.decision import Decision as Decision
    from orderlib.values.decision import Override as Override
    from orderlib.values.money import Money as Money
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
    "AllowanceCharge",
    "ChartError",
    "CommandReusedError",
    "ConcurrencyError",
    "Decision",
    "DeliveryTerms",
    "DocumentError",
    "ExchangeRate",
    "Finding",
    "FindingCode",
    "InvalidValueError",
    "Item",
    "Money",
    "Order",
    "OrderLine",
    "OrderlibError",
    "Override",
    "Party",
    "PaymentTerms",
    "Percentage",
    "PolicyError",
    "Quantity",
    "RefusedError",
    "ScheduleLine",
    "Severity",
    "TaxCategory",
    "Totals",
    "UnitPrice",
    "UnknownKeyError",
]

_WHERE = {
    "Actor": "orderlib.values.party",
    "Address": "orderlib.values.party",
    "AllowanceCharge": "orderlib.order.terms",
    "ChartError": "orderlib.errors",
    "CommandReusedError": "orderlib.errors",
    "ConcurrencyError": "orderlib.errors",
    "Decision": "orderlib.values.decision",
    "DeliveryTerms": "orderlib.order.terms",
    "DocumentError": "orderlib.errors",
    "ExchangeRate": "orderlib.values.rate",
    "Finding": "orderlib.errors",
    "FindingCode": "orderlib.errors",
    "InvalidValueError": "orderlib.errors",
    "Item": "orderlib.order.line",
    "Money": "orderlib.values.money",
    "Order": "orderlib.order.record",
    "OrderLine": "orderlib.order.line",
    "OrderlibError": "orderlib.errors",
    "Override": "orderlib.values.decision",
    "Party": "orderlib.values.party",
    "PaymentTerms": "orderlib.order.payment",
    "Percentage": "orderlib.values.rate",
    "PolicyError": "orderlib.errors",
    "Quantity": "orderlib.values.quantity",
    "RefusedError": "orderlib.errors",
    "ScheduleLine": "orderlib.order.line",
    "Severity": "orderlib.errors",
    "TaxCategory": "orderlib.order.terms",
    "Totals": "orderlib.order.totals",
    "UnitPrice": "orderlib.values.rate",
    "UnknownKeyError": "orderlib.errors",
}
# end of door
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(__name__, _WHERE)

__version__ = "0.1.0"
