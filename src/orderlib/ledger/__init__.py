"""What is counted per line: made, sent, received, accepted, returned, billed; statuses are derived, never stored.

>>> from decimal import Decimal
>>> from orderlib.ledger import LineLedger
>>> line = LineLedger(id="1", ordered=Decimal(10), despatched=Decimal(6), received=Decimal(4))
>>> line.delivered, line.in_transit, line.outstanding
(Decimal('4'), Decimal('2'), Decimal('6'))
>>> str(line.delivery)
'partial'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderlib._door import lazy

# door: every name
if TYPE_CHECKING:
    from orderlib.ledger.message import BalancesBrought as BalancesBrought
    from orderlib.ledger.message import FactUnallocated as FactUnallocated
    from orderlib.ledger.message import QuantitiesPosted as QuantitiesPosted
    from orderlib.ledger.process import follow as follow
    from orderlib.ledger.process import opened as opened
    from orderlib.ledger.process import post as post
    from orderlib.ledger.record import Account as Account
    from orderlib.ledger.record import Ledger as Ledger
    from orderlib.ledger.record import LineLedger as LineLedger
    from orderlib.ledger.record import LineQuantity as LineQuantity
    from orderlib.ledger.record import Status as Status
    from orderlib.ledger.record import Unallocated as Unallocated
    from orderlib.ledger.record import roll_up as roll_up

__all__ = [
    "Account",
    "BalancesBrought",
    "FactUnallocated",
    "Ledger",
    "LineLedger",
    "LineQuantity",
    "QuantitiesPosted",
    "Status",
    "Unallocated",
    "follow",
    "opened",
    "post",
    "roll_up",
]

_WHERE = {
    "Account": "orderlib.ledger.record",
    "BalancesBrought": "orderlib.ledger.message",
    "FactUnallocated": "orderlib.ledger.message",
    "Ledger": "orderlib.ledger.record",
    "LineLedger": "orderlib.ledger.record",
    "LineQuantity": "orderlib.ledger.record",
    "QuantitiesPosted": "orderlib.ledger.message",
    "Status": "orderlib.ledger.record",
    "Unallocated": "orderlib.ledger.record",
    "follow": "orderlib.ledger.process",
    "opened": "orderlib.ledger.process",
    "post": "orderlib.ledger.process",
    "roll_up": "orderlib.ledger.record",
}
# end of door
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(__name__, _WHERE)
