"""Customer accounts: the credit that all orders of a customer share.

An account has a stream of its own, so that two orders that race for the last of a credit limit cannot both have it.
Every case says what it exposes (ordered, delivered, receivable) whenever that changes; policies see the
`CreditPosition` and judge. The dunning level feeds the block, but a block is always somebody's decision, with a reason.

    >>> from orderlib.account import OpenAccount, decide, evolve, expose
    >>> from orderlib.values.money import Money
    >>> from orderlib.values.party import Actor
    >>> opening = OpenAccount(
    ...     "C1", "EUR", Money("5000", "EUR"), by=Actor("mei", "finance"), id="c1", at="2026-01-05T09:00:00Z"
    ... )
    >>> account = None
    >>> for event in decide(account, opening):
    ...     account = evolve(account, event)
    >>> for event in expose(account, "case-1", opening.stamp(), order=Money("4200", "EUR")):
    ...     account = evolve(account, event)
    >>> account.position().available
    Money('800.00', 'EUR')
    >>> account.position().after(Money("900", "EUR")).available
    Money('-100.00', 'EUR')
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderlib._door import lazy

# door: chosen names
if TYPE_CHECKING:
    from orderlib.account.message import AccountBlocked as AccountBlocked
    from orderlib.account.message import AccountOpened as AccountOpened
    from orderlib.account.message import AccountUnblocked as AccountUnblocked
    from orderlib.account.message import BlockAccount as BlockAccount
    from orderlib.account.message import CreditLimitSet as CreditLimitSet
    from orderlib.account.message import DunningLevelSet as DunningLevelSet
    from orderlib.account.message import ExposureSet as ExposureSet
    from orderlib.account.message import OpenAccount as OpenAccount
    from orderlib.account.message import SetCreditLimit as SetCreditLimit
    from orderlib.account.message import UnblockAccount as UnblockAccount
    from orderlib.account.process import decide as decide
    from orderlib.account.process import evolve as evolve
    from orderlib.account.process import expose as expose
    from orderlib.account.process import lapse as lapse
    from orderlib.account.record import CreditPosition as CreditPosition
    from orderlib.account.record import CustomerAccount as CustomerAccount
    from orderlib.account.record import Exposure as Exposure
    from orderlib.account.record import convert as convert

__all__ = [
    "AccountBlocked",
    "AccountOpened",
    "AccountUnblocked",
    "BlockAccount",
    "CreditLimitSet",
    "CreditPosition",
    "CustomerAccount",
    "DunningLevelSet",
    "Exposure",
    "ExposureSet",
    "OpenAccount",
    "SetCreditLimit",
    "UnblockAccount",
    "convert",
    "decide",
    "evolve",
    "expose",
    "lapse",
]

_WHERE = {
    "AccountBlocked": "orderlib.account.message",
    "AccountOpened": "orderlib.account.message",
    "AccountUnblocked": "orderlib.account.message",
    "BlockAccount": "orderlib.account.message",
    "CreditLimitSet": "orderlib.account.message",
    "CreditPosition": "orderlib.account.record",
    "CustomerAccount": "orderlib.account.record",
    "DunningLevelSet": "orderlib.account.message",
    "Exposure": "orderlib.account.record",
    "ExposureSet": "orderlib.account.message",
    "OpenAccount": "orderlib.account.message",
    "SetCreditLimit": "orderlib.account.message",
    "UnblockAccount": "orderlib.account.message",
    "convert": "orderlib.account.record",
    "decide": "orderlib.account.process",
    "evolve": "orderlib.account.process",
    "expose": "orderlib.account.process",
    "lapse": "orderlib.account.process",
}
# end of door
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(__name__, _WHERE)
