"""Commands to a framework agreement, and its events."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

import attrs

from orderlib.agreement.record import Agreement, ItemQuantity
from orderlib.values.identifier import AgreementId, CaseId
from orderlib.values.key import Key
from orderlib.values.message import Command, Event
from orderlib.values.typed import tuple_of

__all__ = [
    "AgreementCommand",
    "AgreementDrafted",
    "AgreementEvent",
    "AgreementExhausted",
    "AgreementExpired",
    "AgreementResumed",
    "AgreementSigned",
    "AgreementSuspended",
    "AgreementTerminated",
    "CallOffConsumed",
    "CallOffReleased",
    "CallOffReserved",
    "DraftAgreement",
    "ResumeAgreement",
    "SignAgreement",
    "SuspendAgreement",
    "TerminateAgreement",
]


@attrs.frozen
class DraftAgreement(Command):
    """Put an agreement on record; it binds nobody before it is signed."""

    kind: ClassVar[str] = "agreement"

    agreement: Agreement

    @property
    def target(self) -> Key[object] | None:
        """The agreement's stream."""
        return Key("agreement", self.agreement.id)


@attrs.frozen
class AgreementCommand(Command):
    """A command to an agreement that is on record."""

    kind: ClassVar[str] = "agreement"

    agreement_id: AgreementId = attrs.field(converter=AgreementId)

    @property
    def target(self) -> Key[object] | None:
        """The agreement's stream."""
        return Key("agreement", self.agreement_id)


@attrs.frozen
class SignAgreement(AgreementCommand):
    """Both sides have signed: orders may be called off."""


@attrs.frozen
class SuspendAgreement(AgreementCommand):
    """No further call-offs for the time being; needs a reason."""


@attrs.frozen
class ResumeAgreement(AgreementCommand):
    """Call-offs are possible again."""


@attrs.frozen
class TerminateAgreement(AgreementCommand):
    """End the agreement before its term; needs a reason."""


@attrs.frozen
class AgreementEvent(Event):
    """A fact about one framework agreement."""

    kind: ClassVar[str] = "agreement"

    agreement_id: AgreementId = attrs.field(converter=AgreementId)

    @property
    def stream_id(self) -> str | None:
        """The agreement's id."""
        return self.agreement_id


@attrs.frozen
class AgreementDrafted(Event):
    """The agreement is on record."""

    kind: ClassVar[str] = "agreement"

    agreement: Agreement

    @property
    def stream_id(self) -> str | None:
        """The agreement's id."""
        return self.agreement.id


@attrs.frozen
class AgreementSigned(AgreementEvent):
    """The agreement is in force."""

    move: ClassVar[str] = "sign"


@attrs.frozen
class AgreementSuspended(AgreementEvent):
    """Call-offs are stopped."""

    move: ClassVar[str] = "suspend"


@attrs.frozen
class AgreementResumed(AgreementEvent):
    """Call-offs are possible again."""

    move: ClassVar[str] = "resume"


@attrs.frozen
class AgreementExpired(AgreementEvent):
    """The term is over."""

    move: ClassVar[str] = "expire"


@attrs.frozen
class AgreementExhausted(AgreementEvent):
    """Everything that was agreed has been delivered."""

    move: ClassVar[str] = "exhaust"


@attrs.frozen
class AgreementTerminated(AgreementEvent):
    """The agreement was ended before its term."""

    move: ClassVar[str] = "terminate"


def _quantities(given: Iterable[ItemQuantity]) -> tuple[ItemQuantity, ...]:
    return tuple_of(ItemQuantity, given, "/items")


@attrs.frozen
class CallOffReserved(AgreementEvent):
    """A case has quantities of the agreement set aside for its order, in addition to what it had."""

    move: ClassVar[str] = "call_off"

    case_id: CaseId = attrs.field(converter=CaseId)
    items: tuple[ItemQuantity, ...] = attrs.field(converter=_quantities)


@attrs.frozen
class CallOffReleased(AgreementEvent):
    """Quantities that a case had set aside are free again."""

    case_id: CaseId = attrs.field(converter=CaseId)
    items: tuple[ItemQuantity, ...] = attrs.field(converter=_quantities)


@attrs.frozen
class CallOffConsumed(AgreementEvent):
    """Quantities were delivered for good, first out of what the case had set aside."""

    case_id: CaseId = attrs.field(converter=CaseId)
    items: tuple[ItemQuantity, ...] = attrs.field(converter=_quantities)
