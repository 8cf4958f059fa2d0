"""Gates: what may not be despatched or used for production, because of what inspection knows.

Nothing leaves before it has passed, and nothing is made of what is blocked:

* despatch waits for every open lot that concerns the lines, at the final stage or in process, and for every
  nonconformity that is not closed;
* production waits for every open lot of what came in or is in process, and for their nonconformities.

A block says what stops what and why; who keeps holds places one for it, and lifts it when the block is gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

import attrs

from orderlib.errors import Finding, FindingCode, Severity
from orderlib.inspection.control import InspectionStage
from orderlib.inspection.record import InspectionLot, Nonconformity, QualityRegister
from orderlib.order.field import pointer
from orderlib.values.codelist import member
from orderlib.values.decimals import EXACT
from orderlib.values.dispatch import Gate
from orderlib.values.identifier import ItemId, LineId

__all__ = ["Block", "blocks", "released_quantity"]

LOT_OPEN: Final = FindingCode(
    "gate.lot-open",
    Severity.ERROR,
    "inspection lot {lot} of {item} is {state}: it has not passed",
    "{item} 的检验批 {lot} 状态为 {state}：尚未合格",
)
FAULT_OPEN: Final = FindingCode(
    "gate.nonconformity-open",
    Severity.ERROR,
    "nonconformity {id} of {item} is {state}: it is not closed",
    "{item} 的不合格 {id} 状态为 {state}：尚未关闭",
)

_STAGES: Final[Mapping[Gate, frozenset[InspectionStage]]] = {
    Gate.DESPATCH: frozenset({InspectionStage.FINAL, InspectionStage.IN_PROCESS}),
    Gate.PRODUCE: frozenset({InspectionStage.INCOMING, InspectionStage.IN_PROCESS}),
}


@attrs.frozen
class Block:
    """Something stops an action on lines (none: the whole order) or on an article; `source` names it for a hold."""

    gate: Gate
    source: str
    item_id: ItemId
    reason: Finding
    line_ids: tuple[LineId, ...] = ()


def blocks(
    register: QualityRegister | None, gate: str, line_ids: Iterable[str] = (), item_ids: Iterable[str] | None = None
) -> tuple[Block, ...]:
    """What stops an action now, oldest first; nothing where inspection has no word in it.

    `line_ids` are the lines that the action would touch (none: all of them), `item_ids` the articles. What concerns no
    line concerns them all. Raises `InvalidValueError` (`code.unknown`).
    """
    where = member(Gate, gate, "/gate")
    stages = _STAGES.get(where, frozenset())
    lines, items = frozenset(line_ids), None if item_ids is None else frozenset(item_ids)
    if register is None:
        return ()
    found: list[Block] = []
    for lot in register.lots:
        if lot.open and lot.stage in stages and _concerns(lot, lines, items):
            reason = LOT_OPEN(pointer("lots", lot.id), lot=lot.id, item=lot.item_id, state=lot.state)
            found.append(Block(where, f"inspection:{lot.id}", lot.item_id, reason, lot.line_ids))
    for fault in register.nonconformities:
        if fault.live and fault.stage in stages and _concerns(fault, lines, items):
            place = pointer("nonconformities", fault.id)
            reason = FAULT_OPEN(place, id=fault.id, item=fault.item_id, state=fault.state)
            found.append(Block(where, f"nonconformity:{fault.id}", fault.item_id, reason, fault.line_ids))
    return tuple(found)


def _concerns(thing: InspectionLot | Nonconformity, lines: frozenset[str], items: frozenset[str] | None) -> bool:
    if items is not None and thing.item_id not in items:
        return False
    return not lines or not thing.line_ids or not lines.isdisjoint(thing.line_ids)


def released_quantity(
    register: QualityRegister | None, item_id: str, unit: str, line_ids: Iterable[str] = ()
) -> Decimal:
    """How much of an article the lots of the final stage have released, in one unit: what may be despatched.

    Of a lot that was looked at again in part, that part counts. Lots that concern other lines alone are left out.
    """
    lines, total = frozenset(line_ids), Decimal(0)
    for lot in register.lots if register is not None else ():
        counts = lot.stage is InspectionStage.FINAL and lot.released and lot.quantity.unit == unit
        if counts and lot.item_id == item_id and _concerns(lot, lines, None):
            total = EXACT.add(total, _released(lot))
    return total


def _released(lot: InspectionLot) -> Decimal:
    """The quantity of a lot, or its share where units were taken out of it."""
    first = lot.examinations[0].plan.lot_size if lot.examinations else lot.units
    if first == lot.units:
        return lot.quantity.value
    share = lot.quantity.times(lot.units).value
    return EXACT.divide(share, Decimal(first)) if share % first == 0 else share // first
