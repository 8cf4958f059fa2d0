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
    from orderlib.supply.consume import AtpRule as AtpRule
    from orderlib.supply.consume import atp_figures as atp_figures
    from orderlib.supply.consume import free_figures as free_figures
    from orderlib.supply.entry import Demand as Demand
    from orderlib.supply.entry import DemandKind as DemandKind
    from orderlib.supply.entry import Supply as Supply
    from orderlib.supply.entry import SupplyKind as SupplyKind

__all__ = [
    "Alternative",
    "AlternativeKind",
    "AtpAnswer",
    "AtpRule",
    "Availability",
    "Availed",
    "Buckets",
    "Demand",
    "DemandKind",
    "PromisePart",
    "Shipment",
    "Supply",
    "SupplyKind",
    "atp_figures",
    "check_promise",
    "free_figures",
]

_WHERE = {
    "Alternative": "orderlib.supply.atp",
    "AlternativeKind": "orderlib.supply.atp",
    "AtpAnswer": "orderlib.supply.atp",
    "AtpRule": "orderlib.supply.consume",
    "Availability": "orderlib.supply.availability",
    "Availed": "orderlib.supply.atp",
    "Buckets": "orderlib.supply.availability",
    "Demand": "orderlib.supply.entry",
    "DemandKind": "orderlib.supply.entry",
    "PromisePart": "orderlib.supply.atp",
    "Shipment": "orderlib.supply.atp",
    "Supply": "orderlib.supply.entry",
    "SupplyKind": "orderlib.supply.entry",
    "atp_figures": "orderlib.supply.consume",
    "check_promise": "orderlib.supply.atp",
    "free_figures": "orderlib.supply.consume",
}
# end of door
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(__name__, _WHERE)
