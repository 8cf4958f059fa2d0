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

__all__ = [
    "ChartError",
    "CommandReusedError",
    "ConcurrencyError",
    "DocumentError",
    "Finding",
    "FindingCode",
    "InvalidValueError",
    "OrderlibError",
    "PolicyError",
    "RefusedError",
    "Severity",
    "UnknownKeyError",
]

_WHERE = {
    "ChartError": "orderlib.errors",
    "CommandReusedError": "orderlib.errors",
    "ConcurrencyError": "orderlib.errors",
    "DocumentError": "orderlib.errors",
    "Finding": "orderlib.errors",
    "FindingCode": "orderlib.errors",
    "InvalidValueError": "orderlib.errors",
    "OrderlibError": "orderlib.errors",
    "PolicyError": "orderlib.errors",
    "RefusedError": "orderlib.errors",
    "Severity": "orderlib.errors",
    "UnknownKeyError": "orderlib.errors",
}
# end of door
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(__name__, _WHERE)

__version__ = "0.1.0"
