"""What is true outside orders: amounts, quantities, units, identifiers, parties, moments, calendars, judgements.

Every value is immutable, compares by content, and refuses at its door what it cannot mean: bad input is an
`InvalidValueError` with a stable code, never a surprise from inside. Nothing here reads a clock, a file or chance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderlib._door import lazy

# door: every name
if TYPE_CHECKING:
    from orderlib.values.decimals import decimal as decimal
    from orderlib.values.decimals import exact as exact
    from orderlib.values.decimals import excerpt as excerpt
    from orderlib.values.decimals import ratio as ratio
    from orderlib.values.decision import Decided as Decided
    from orderlib.values.decision import Decision as Decision
    from orderlib.values.decision import Override as Override
    from orderlib.values.decision import PolicyRef as PolicyRef
    from orderlib.values.decision import Verdict as Verdict
    from orderlib.values.decision import policy_ref as policy_ref
    from orderlib.values.identifier import ActorId as ActorId
    from orderlib.values.identifier import AgreementId as AgreementId
    from orderlib.values.identifier import CaseId as CaseId
    from orderlib.values.identifier import CommandId as CommandId
    from orderlib.values.identifier import DocumentId as DocumentId
    from orderlib.values.identifier import Identifier as Identifier
    from orderlib.values.identifier import ItemId as ItemId
    from orderlib.values.identifier import LineId as LineId
    from orderlib.values.identifier import OrderId as OrderId
    from orderlib.values.identifier import PartyId as PartyId
    from orderlib.values.identifier import text as text
    from orderlib.values.key import Key as Key
    from orderlib.values.lines import Identified as Identified
    from orderlib.values.lines import Lines as Lines
    from orderlib.values.message import CaseCommand as CaseCommand
    from orderlib.values.message import Command as Command
    from orderlib.values.message import Event as Event
    from orderlib.values.message import Fact as Fact
    from orderlib.values.message import Stamp as Stamp
    from orderlib.values.party import Actor as Actor
    from orderlib.values.party import Address as Address
    from orderlib.values.party import Contact as Contact
    from orderlib.values.party import ExternalReference as ExternalReference
    from orderlib.values.party import Party as Party
    from orderlib.values.twin import copier as copier
    from orderlib.values.twin import sealer as sealer

__all__ = [
    "Actor",
    "ActorId",
    "Address",
    "AgreementId",
    "CaseCommand",
    "CaseId",
    "Command",
    "CommandId",
    "Contact",
    "Decided",
    "Decision",
    "DocumentId",
    "Event",
    "ExternalReference",
    "Fact",
    "Identified",
    "Identifier",
    "ItemId",
    "Key",
    "LineId",
    "Lines",
    "OrderId",
    "Override",
    "Party",
    "PartyId",
    "PolicyRef",
    "Stamp",
    "Verdict",
    "copier",
    "decimal",
    "exact",
    "excerpt",
    "policy_ref",
    "ratio",
    "sealer",
    "text",
]

_WHERE = {
    "Actor": "orderlib.values.party",
    "ActorId": "orderlib.values.identifier",
    "Address": "orderlib.values.party",
    "AgreementId": "orderlib.values.identifier",
    "CaseCommand": "orderlib.values.message",
    "CaseId": "orderlib.values.identifier",
    "Command": "orderlib.values.message",
    "CommandId": "orderlib.values.identifier",
    "Contact": "orderlib.values.party",
    "Decided": "orderlib.values.decision",
    "Decision": "orderlib.values.decision",
    "DocumentId": "orderlib.values.identifier",
    "Event": "orderlib.values.message",
    "ExternalReference": "orderlib.values.party",
    "Fact": "orderlib.values.message",
    "Identified": "orderlib.values.lines",
    "Identifier": "orderlib.values.identifier",
    "ItemId": "orderlib.values.identifier",
    "Key": "orderlib.values.key",
    "LineId": "orderlib.values.identifier",
    "Lines": "orderlib.values.lines",
    "OrderId": "orderlib.values.identifier",
    "Override": "orderlib.values.decision",
    "Party": "orderlib.values.party",
    "PartyId": "orderlib.values.identifier",
    "PolicyRef": "orderlib.values.decision",
    "Stamp": "orderlib.values.message",
    "Verdict": "orderlib.values.decision",
    "copier": "orderlib.values.twin",
    "decimal": "orderlib.values.decimals",
    "exact": "orderlib.values.decimals",
    "excerpt": "orderlib.values.decimals",
    "policy_ref": "orderlib.values.decision",
    "ratio": "orderlib.values.decimals",
    "sealer": "orderlib.values.twin",
    "text": "orderlib.values.identifier",
}
# end of door
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(__name__, _WHERE)
