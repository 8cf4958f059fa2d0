"""The order: what was ordered, under which terms, for how much, and how it changes.

An `Order` is a value. Totals are derived from it, a change makes a new revision, and the `Difference` between two
revisions says field by field what is new while every line keeps its identity. What has become of the order (state,
deliveries, payments) is told by the floors above.

    >>> import attrs
    >>> from orderlib.order import Item, Order, OrderLine, TaxCategory, apply, difference
    >>> from orderlib.values.money import Money
    >>> from orderlib.values.party import Party
    >>> from orderlib.values.quantity import Quantity
    >>> from orderlib.values.rate import UnitPrice
    >>> pump = OrderLine(
    ...     "10", Item("P-7", "Pump"), Quantity(3), UnitPrice("199.90", "EUR"), tax=TaxCategory("S", "19")
    ... )
    >>> order = Order("4711", Party("C1", "Waterworks"), Party("S1", "Pumps Ltd"), "EUR", [pump])
    >>> order.totals.tax_exclusive, order.total
    (Money('599.70', 'EUR'), Money('713.64', 'EUR'))
    >>> wanted = attrs.evolve(order, lines=order.lines.replace([attrs.evolve(pump, quantity=Quantity(5))]))
    >>> change = difference(order, wanted)
    >>> change.describe()
    ('line 10, quantity: 3 C62 → 5 C62',)
    >>> apply(order, change).revision
    2
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderlib._door import lazy

# door: chosen names
if TYPE_CHECKING:
    from orderlib.order.compare import Deviation as Deviation
    from orderlib.order.compare import compare_orders as compare_orders
    from orderlib.order.field import Aspect as Aspect
    from orderlib.order.field import FieldChange as FieldChange
    from orderlib.order.line import Item as Item
    from orderlib.order.line import OrderLine as OrderLine
    from orderlib.order.line import ScheduleLine as ScheduleLine
    from orderlib.order.message import OrderRevised as OrderRevised
    from orderlib.order.message import OrderSet as OrderSet
    from orderlib.order.payment import Due as Due
    from orderlib.order.payment import DueRule as DueRule
    from orderlib.order.payment import Instalment as Instalment
    from orderlib.order.payment import PaymentTerms as PaymentTerms
    from orderlib.order.payment import ShareOf as ShareOf
    from orderlib.order.payment import due_dates as due_dates
    from orderlib.order.record import Attachment as Attachment
    from orderlib.order.record import Order as Order
    from orderlib.order.record import OrderType as OrderType
    from orderlib.order.revision import Difference as Difference
    from orderlib.order.revision import HeaderChange as HeaderChange
    from orderlib.order.revision import LineChange as LineChange
    from orderlib.order.revision import PlacedLine as PlacedLine
    from orderlib.order.revision import apply as apply
    from orderlib.order.revision import difference as difference
    from orderlib.order.revision import reused_lines as reused_lines
    from orderlib.order.terms import AllowanceCharge as AllowanceCharge
    from orderlib.order.terms import DeliveryTerms as DeliveryTerms
    from orderlib.order.terms import Pricing as Pricing
    from orderlib.order.terms import RoundingName as RoundingName
    from orderlib.order.terms import TaxCategory as TaxCategory
    from orderlib.order.terms import TaxCategoryCode as TaxCategoryCode
    from orderlib.order.totals import StatedTotals as StatedTotals
    from orderlib.order.totals import TaxSubtotal as TaxSubtotal
    from orderlib.order.totals import Totals as Totals
    from orderlib.order.totals import compare_totals as compare_totals
    from orderlib.order.totals import line_net as line_net
    from orderlib.order.totals import totals_of as totals_of

__all__ = [
    "AllowanceCharge",
    "Aspect",
    "Attachment",
    "DeliveryTerms",
    "Deviation",
    "Difference",
    "Due",
    "DueRule",
    "FieldChange",
    "HeaderChange",
    "Instalment",
    "Item",
    "LineChange",
    "Order",
    "OrderLine",
    "OrderRevised",
    "OrderSet",
    "OrderType",
    "PaymentTerms",
    "PlacedLine",
    "Pricing",
    "RoundingName",
    "ScheduleLine",
    "ShareOf",
    "StatedTotals",
    "TaxCategory",
    "TaxCategoryCode",
    "TaxSubtotal",
    "Totals",
    "apply",
    "compare_orders",
    "compare_totals",
    "difference",
    "due_dates",
    "line_net",
    "reused_lines",
    "totals_of",
]

_WHERE = {
    "AllowanceCharge": "orderlib.order.terms",
    "Aspect": "orderlib.order.field",
    "Attachment": "orderlib.order.record",
    "DeliveryTerms": "orderlib.order.terms",
    "Deviation": "orderlib.order.compare",
    "Difference": "orderlib.order.revision",
    "Due": "orderlib.order.payment",
    "DueRule": "orderlib.order.payment",
    "FieldChange": "orderlib.order.field",
    "HeaderChange": "orderlib.order.revision",
    "Instalment": "orderlib.order.payment",
    "Item": "orderlib.order.line",
    "LineChange": "orderlib.order.revision",
    "Order": "orderlib.order.record",
    "OrderLine": "orderlib.order.line",
    "OrderRevised": "orderlib.order.message",
    "OrderSet": "orderlib.order.message",
    "OrderType": "orderlib.order.record",
    "PaymentTerms": "orderlib.order.payment",
    "PlacedLine": "orderlib.order.revision",
    "Pricing": "orderlib.order.terms",
    "RoundingName": "orderlib.order.terms",
    "ScheduleLine": "orderlib.order.line",
    "ShareOf": "orderlib.order.payment",
    "StatedTotals": "orderlib.order.totals",
    "TaxCategory": "orderlib.order.terms",
    "TaxCategoryCode": "orderlib.order.terms",
    "TaxSubtotal": "orderlib.order.totals",
    "Totals": "orderlib.order.totals",
    "apply": "orderlib.order.revision",
    "compare_orders": "orderlib.order.compare",
    "compare_totals": "orderlib.order.totals",
    "difference": "orderlib.order.revision",
    "due_dates": "orderlib.order.payment",
    "line_net": "orderlib.order.totals",
    "reused_lines": "orderlib.order.revision",
    "totals_of": "orderlib.order.totals",
}
# end of door
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(__name__, _WHERE)
