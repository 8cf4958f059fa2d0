"""Framework agreements: agreed once, called off by many orders.

An agreement is drafted, signed, perhaps suspended and resumed, until it expires, is used up or is terminated. It has a
stream of its own, so that two orders that race for the last quantity cannot both have it: an order reserves what it
takes, deliveries consume it, and what is cancelled is released.

    >>> from orderlib.agreement import AgreedItem, Agreement, DraftAgreement, SignAgreement
    >>> from orderlib.agreement import check_call_off, decide, evolve
    >>> from orderlib.order import Item, Order, OrderLine
    >>> from orderlib.values.instant import day
    >>> from orderlib.values.party import Actor, Party
    >>> from orderlib.values.quantity import Quantity
    >>> from orderlib.values.rate import UnitPrice
    >>> buyer, seller, by = Party("C1"), Party("S1"), Actor("mei", "sales")
    >>> pump = AgreedItem(Item("P-7", "Pump"), UnitPrice("180", "EUR"), total=10)
    >>> agreement = Agreement("A-1", buyer, seller, "EUR", [pump])
    >>> account = None
    >>> for command in (
    ...     DraftAgreement(agreement, by=by, id="c1", at="2026-01-05T09:00:00Z"),
    ...     SignAgreement("A-1", by=by, id="c2", at="2026-01-06T09:00:00Z"),
    ... ):
    ...     for event in decide(account, command):
    ...         account = evolve(account, event)
    >>> account.state
    'in_force'
    >>> line = OrderLine("1", Item("P-7"), Quantity(12), UnitPrice("180", "EUR"))
    >>> order = Order("4711", buyer, seller, "EUR", [line])
    >>> for finding in check_call_off(account, order, day("2026-02-01")):
    ...     print(finding)
    [agreement.quantity-left] at /lines: 12 C62 of item P-7 are wanted and 10 are left
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderlib._door import lazy

# door: chosen names
if TYPE_CHECKING:
    from orderlib.agreement.call_off import check_call_off as check_call_off
    from orderlib.agreement.call_off import reserve as reserve
    from orderlib.agreement.message import AgreementDrafted as AgreementDrafted
    from orderlib.agreement.message import AgreementExhausted as AgreementExhausted
    from orderlib.agreement.message import AgreementExpired as AgreementExpired
    from orderlib.agreement.message import AgreementResumed as AgreementResumed
    from orderlib.agreement.message import AgreementSigned as AgreementSigned
    from orderlib.agreement.message import AgreementSuspended as AgreementSuspended
    from orderlib.agreement.message import AgreementTerminated as AgreementTerminated
    from orderlib.agreement.message import CallOffConsumed as CallOffConsumed
    from orderlib.agreement.message import CallOffReleased as CallOffReleased
    from orderlib.agreement.message import CallOffReserved as CallOffReserved
    from orderlib.agreement.message import DraftAgreement as DraftAgreement
    from orderlib.agreement.message import ResumeAgreement as ResumeAgreement
    from orderlib.agreement.message import SignAgreement as SignAgreement
    from orderlib.agreement.message import SuspendAgreement as SuspendAgreement
    from orderlib.agreement.message import TerminateAgreement as TerminateAgreement
    from orderlib.agreement.process import consume as consume
    from orderlib.agreement.process import decide as decide
    from orderlib.agreement.process import evolve as evolve
    from orderlib.agreement.process import lapse as lapse
    from orderlib.agreement.process import release as release
    from orderlib.agreement.record import AgreedItem as AgreedItem
    from orderlib.agreement.record import Agreement as Agreement
    from orderlib.agreement.record import AgreementAccount as AgreementAccount
    from orderlib.agreement.record import CallOff as CallOff
    from orderlib.agreement.record import ItemBalance as ItemBalance
    from orderlib.agreement.record import ItemQuantity as ItemQuantity

__all__ = [
    "AgreedItem",
    "Agreement",
    "AgreementAccount",
    "AgreementDrafted",
    "AgreementExhausted",
    "AgreementExpired",
    "AgreementResumed",
    "AgreementSigned",
    "AgreementSuspended",
    "AgreementTerminated",
    "CallOff",
    "CallOffConsumed",
    "CallOffReleased",
    "CallOffReserved",
    "DraftAgreement",
    "ItemBalance",
    "ItemQuantity",
    "ResumeAgreement",
    "SignAgreement",
    "SuspendAgreement",
    "TerminateAgreement",
    "check_call_off",
    "consume",
    "decide",
    "evolve",
    "lapse",
    "release",
    "reserve",
]

_WHERE = {
    "AgreedItem": "orderlib.agreement.record",
    "Agreement": "orderlib.agreement.record",
    "AgreementAccount": "orderlib.agreement.record",
    "AgreementDrafted": "orderlib.agreement.message",
    "AgreementExhausted": "orderlib.agreement.message",
    "AgreementExpired": "orderlib.agreement.message",
    "AgreementResumed": "orderlib.agreement.message",
    "AgreementSigned": "orderlib.agreement.message",
    "AgreementSuspended": "orderlib.agreement.message",
    "AgreementTerminated": "orderlib.agreement.message",
    "CallOff": "orderlib.agreement.record",
    "CallOffConsumed": "orderlib.agreement.message",
    "CallOffReleased": "orderlib.agreement.message",
    "CallOffReserved": "orderlib.agreement.message",
    "DraftAgreement": "orderlib.agreement.message",
    "ItemBalance": "orderlib.agreement.record",
    "ItemQuantity": "orderlib.agreement.record",
    "ResumeAgreement": "orderlib.agreement.message",
    "SignAgreement": "orderlib.agreement.message",
    "SuspendAgreement": "orderlib.agreement.message",
    "TerminateAgreement": "orderlib.agreement.message",
    "check_call_off": "orderlib.agreement.call_off",
    "consume": "orderlib.agreement.process",
    "decide": "orderlib.agreement.process",
    "evolve": "orderlib.agreement.process",
    "lapse": "orderlib.agreement.process",
    "release": "orderlib.agreement.process",
    "reserve": "orderlib.agreement.call_off",
}
# end of door
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(__name__, _WHERE)
