"""Commands to a customer's account, and its events."""

from __future__ import annotations

from typing import ClassVar

import attrs

from orderlib.values.identifier import CaseId, PartyId, text
from orderlib.values.key import Key
from orderlib.values.message import Command, Event
from orderlib.values.money import Money

__all__ = [
    "AccountBlocked",
    "AccountCommand",
    "AccountEvent",
    "AccountOpened",
    "AccountUnblocked",
    "BlockAccount",
    "CreditLimitSet",
    "DunningLevelSet",
    "ExposureSet",
    "OpenAccount",
    "SetCreditLimit",
    "UnblockAccount",
]


@attrs.frozen
class AccountCommand(Command):
    """A command to the account of a customer; `account_id` is the customer's party id."""

    kind: ClassVar[str] = "account"

    account_id: PartyId = attrs.field(converter=PartyId)

    @property
    def target(self) -> Key[object] | None:
        """The account's stream."""
        return Key("account", self.account_id)


@attrs.frozen
class OpenAccount(AccountCommand):
    """Open an account for a customer, with or without a credit limit."""

    currency: str
    limit: Money | None = None


@attrs.frozen
class SetCreditLimit(AccountCommand):
    """Set the credit limit; None takes it away."""

    limit: Money | None


@attrs.frozen
class BlockAccount(AccountCommand):
    """No more credit for this customer; needs a reason."""


@attrs.frozen
class UnblockAccount(AccountCommand):
    """Credit is possible again."""


@attrs.frozen
class AccountEvent(Event):
    """A fact about one customer's account."""

    kind: ClassVar[str] = "account"

    account_id: PartyId = attrs.field(converter=PartyId)

    @property
    def stream_id(self) -> str | None:
        """The customer's party id."""
        return self.account_id


@attrs.frozen
class AccountOpened(AccountEvent):
    """The account exists."""

    currency: str
    limit: Money | None = None


@attrs.frozen
class CreditLimitSet(AccountEvent):
    """The credit limit is this now; None: there is none."""

    limit: Money | None


@attrs.frozen
class AccountBlocked(AccountEvent):
    """No more credit, and why."""

    because: str = attrs.field(converter=text)


@attrs.frozen
class AccountUnblocked(AccountEvent):
    """Credit is possible again."""


@attrs.frozen
class DunningLevelSet(AccountEvent):
    """How far the customer has been dunned for what a case bills: 0 not at all, or not any more."""

    level: int
    case_id: CaseId | None = attrs.field(default=None, converter=attrs.converters.optional(CaseId))


@attrs.frozen
class ExposureSet(AccountEvent):
    """What a case exposes from now on, in the account's currency; it replaces what stood there.

    `order` is accepted and not delivered, `delivered` not yet invoiced, `receivable` invoiced and not paid.
    """

    case_id: CaseId = attrs.field(converter=CaseId)
    order: Money
    delivered: Money
    receivable: Money
