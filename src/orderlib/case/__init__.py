"""The case: one order with its ledgers, holds and stages, decided on and folded by pure functions.

`decide` says what a command changes, `evolve` folds an event, `replay` and `as_of` go back in history, `allowed`
tells what is possible now. `PolicySet` is the index of all judgements, `ResponsibilityMatrix` says who may act,
`Repository` is what an application provides so that it all lasts.

    >>> from orderlib.case import OrderCase, PassTime, PolicySet, decide
    >>> from orderlib.values import Actor, View
    >>> tick = PassTime("case-1", by=Actor("clock"), id="tick-1", at="2026-03-02T08:00:00Z")
    >>> decide(View(OrderCase(id="case-1")), tick, PolicySet()).events
    ()
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderlib._door import lazy

# door: every name
if TYPE_CHECKING:
    from orderlib.case.authority import Desk as Desk
    from orderlib.case.authority import ResponsibilityMatrix as ResponsibilityMatrix
    from orderlib.case.authority import Row as Row
    from orderlib.case.calloff import with_call_off as with_call_off
    from orderlib.case.deciding import Allowed as Allowed
    from orderlib.case.deciding import Changes as Changes
    from orderlib.case.deciding import allowed as allowed
    from orderlib.case.deciding import decide as decide
    from orderlib.case.deciding import lapses as lapses
    from orderlib.case.deciding import needs as needs
    from orderlib.case.evolution import evolve as evolve
    from orderlib.case.evolution import evolve_all as evolve_all
    from orderlib.case.history import as_of as as_of
    from orderlib.case.history import replay as replay
    from orderlib.case.lifecycle import OrderLifecycle as OrderLifecycle
    from orderlib.case.message import AdoptOrder as AdoptOrder
    from orderlib.case.message import OrderAdopted as OrderAdopted
    from orderlib.case.message import PassTime as PassTime
    from orderlib.case.phase import PhasedCase as PhasedCase
    from orderlib.case.phase import phase_of as phase_of
    from orderlib.case.policies import BoundPolicy as BoundPolicy
    from orderlib.case.policies import PolicySet as PolicySet
    from orderlib.case.policies import decision_of as decision_of
    from orderlib.case.record import OrderCase as OrderCase
    from orderlib.case.repository import AsyncRepository as AsyncRepository
    from orderlib.case.repository import Commit as Commit
    from orderlib.case.repository import History as History
    from orderlib.case.repository import Recorded as Recorded
    from orderlib.case.repository import Repository as Repository
    from orderlib.case.repository import StreamChange as StreamChange
    from orderlib.case.rooms import brings_due as brings_due
    from orderlib.case.rooms import every_rule as every_rule
    from orderlib.case.rooms import folds_of as folds_of
    from orderlib.case.rooms import lapse_of as lapse_of
    from orderlib.case.rooms import listener as listener
    from orderlib.case.rooms import listeners_of as listeners_of
    from orderlib.case.rooms import moves_clock as moves_clock
    from orderlib.case.rooms import rule_of as rule_of
    from orderlib.case.streams import decide_stream as decide_stream
    from orderlib.case.streams import evolve_stream as evolve_stream
    from orderlib.case.streams import founding as founding
    from orderlib.case.streams import lapse_stream as lapse_stream

__all__ = [
    "AdoptOrder",
    "Allowed",
    "AsyncRepository",
    "BoundPolicy",
    "Changes",
    "Commit",
    "Desk",
    "History",
    "OrderAdopted",
    "OrderCase",
    "OrderLifecycle",
    "PassTime",
    "PhasedCase",
    "PolicySet",
    "Recorded",
    "Repository",
    "ResponsibilityMatrix",
    "Row",
    "StreamChange",
    "allowed",
    "as_of",
    "brings_due",
    "decide",
    "decide_stream",
    "decision_of",
    "every_rule",
    "evolve",
    "evolve_all",
    "evolve_stream",
    "folds_of",
    "founding",
    "lapse_of",
    "lapse_stream",
    "lapses",
    "listener",
    "listeners_of",
    "moves_clock",
    "needs",
    "phase_of",
    "replay",
    "rule_of",
    "with_call_off",
]

_WHERE = {
    "AdoptOrder": "orderlib.case.message",
    "Allowed": "orderlib.case.deciding",
    "AsyncRepository": "orderlib.case.repository",
    "BoundPolicy": "orderlib.case.policies",
    "Changes": "orderlib.case.deciding",
    "Commit": "orderlib.case.repository",
    "Desk": "orderlib.case.authority",
    "History": "orderlib.case.repository",
    "OrderAdopted": "orderlib.case.message",
    "OrderCase": "orderlib.case.record",
    "OrderLifecycle": "orderlib.case.lifecycle",
    "PassTime": "orderlib.case.message",
    "PhasedCase": "orderlib.case.phase",
    "PolicySet": "orderlib.case.policies",
    "Recorded": "orderlib.case.repository",
    "Repository": "orderlib.case.repository",
    "ResponsibilityMatrix": "orderlib.case.authority",
    "Row": "orderlib.case.authority",
    "StreamChange": "orderlib.case.repository",
    "allowed": "orderlib.case.deciding",
    "as_of": "orderlib.case.history",
    "brings_due": "orderlib.case.rooms",
    "decide": "orderlib.case.deciding",
    "decide_stream": "orderlib.case.streams",
    "decision_of": "orderlib.case.policies",
    "every_rule": "orderlib.case.rooms",
    "evolve": "orderlib.case.evolution",
    "evolve_all": "orderlib.case.evolution",
    "evolve_stream": "orderlib.case.streams",
    "folds_of": "orderlib.case.rooms",
    "founding": "orderlib.case.streams",
    "lapse_of": "orderlib.case.rooms",
    "lapse_stream": "orderlib.case.streams",
    "lapses": "orderlib.case.deciding",
    "listener": "orderlib.case.rooms",
    "listeners_of": "orderlib.case.rooms",
    "moves_clock": "orderlib.case.rooms",
    "needs": "orderlib.case.deciding",
    "phase_of": "orderlib.case.phase",
    "replay": "orderlib.case.history",
    "rule_of": "orderlib.case.rooms",
    "with_call_off": "orderlib.case.calloff",
}
# end of door
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(__name__, _WHERE)
