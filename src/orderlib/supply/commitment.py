"""What a supplier owes: ordered, confirmed or late, received in parts, for the sake of certain demands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from types import NoneType
from typing import Final

import attrs

from orderlib.errors import Finding, FindingCode, InvalidValueError, Severity
from orderlib.supply.entry import OTHER_UNIT, Supply, SupplyKind, check_sign
from orderlib.values.identifier import DocumentId, ItemId, PartyId
from orderlib.values.instant import Instant, Zone, day, day_start, zone
from orderlib.values.quantity import Quantity
from orderlib.values.rate import UnitPrice
from orderlib.values.typed import tuple_of, type_check

__all__ = ["PurchaseCommitment", "moved_demands"]

NOTHING: Final = FindingCode(
    "commitment.nothing", Severity.ERROR, "nothing is committed: {quantity}", "承诺数量不能为 {quantity}"
)
JEOPARDY: Final = FindingCode(
    "commitment.jeopardy",
    Severity.WARNING,
    "{demand} is in jeopardy: {supplier} delivers {quantity} of {item} on {expected}, wanted on {requested}",
    "{demand} 面临风险：{supplier} 将于 {expected} 交付 {item} {quantity}，要求 {requested}",
)
MOVED: Final = FindingCode(
    "supply.demand-moved",
    Severity.WARNING,
    "{demand} can be met on {after}, not on {before} any more",
    "{demand} 只能在 {after} 满足，而不再是 {before}",
)
LOST: Final = FindingCode(
    "supply.demand-lost",
    Severity.ERROR,
    "{demand} could be met on {before}, and cannot be met any more",
    "{demand} 原可于 {before} 满足，现已无法满足",
)
SOONER: Final = FindingCode(
    "supply.demand-sooner",
    Severity.INFO,
    "{demand} can be met on {after}, sooner than on {before}",
    "{demand} 可提前于 {after} 满足（原为 {before}）",
)

_OPEN: Final = frozenset({"planned", "ordered", "confirmed", "late"})


def _requested_on(value: str | date) -> date:
    return day(value, address="/requested_on")


def _confirmed_on(value: str | date | None) -> date | None:
    return None if value is None else day(value, address="/confirmed_on")


def _serves(given: Iterable[str]) -> tuple[DocumentId, ...]:
    return tuple(map(DocumentId, tuple_of(str, given, "/serves")))


def _zone(name: str) -> Zone:
    return zone(name, address="/zone")


_check: Final = type_check(
    ("quantity", Quantity),
    ("received", (Quantity, NoneType)),
    ("price", (UnitPrice, NoneType)),
    ("confirmed", (Quantity, NoneType)),
)


@attrs.frozen
class PurchaseCommitment:
    """The stream of one purchase: so much of an article from a supplier by a day, and what has become of it.

    `serves` names the demands for which it was made. `confirmed` and `confirmed_on` are the supplier's word, `received`
    what has come; days are those of `zone`. `state` is one of `CommitmentLifecycle`, `warned_on` the day for which it
    was told already that nothing came. Raises `InvalidValueError` (`commitment.nothing`, `supply.unit`, `id.*`,
    `value.day-malformed`, `value.zone-unknown`).
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    supplier_id: PartyId = attrs.field(converter=PartyId)
    item_id: ItemId = attrs.field(converter=ItemId)
    quantity: Quantity
    requested_on: date = attrs.field(converter=_requested_on)
    price: UnitPrice | None = attrs.field(default=None, kw_only=True)
    serves: tuple[DocumentId, ...] = attrs.field(default=(), converter=_serves, kw_only=True)
    zone: Zone = attrs.field(default="UTC", converter=_zone, kw_only=True)
    state: str = attrs.field(default="planned", kw_only=True)
    confirmed: Quantity | None = attrs.field(default=None, kw_only=True)
    confirmed_on: date | None = attrs.field(default=None, converter=_confirmed_on, kw_only=True)
    received: Quantity | None = attrs.field(default=None, kw_only=True)
    warned_on: date | None = attrs.field(default=None, kw_only=True)
    version: int = attrs.field(default=0, kw_only=True)

    def __attrs_post_init__(self) -> None:
        _check(self)
        if self.quantity.value <= 0:
            raise InvalidValueError(NOTHING("/quantity", quantity=self.quantity))
        for name in ("confirmed", "received"):
            part: Quantity | None = getattr(self, name)
            if part is not None:
                check_unit(self, part, f"/{name}")
                check_sign(part, f"/{name}")

    @property
    def open(self) -> bool:
        """Whether anything is still to come of it."""
        return self.state in _OPEN

    @property
    def expected_on(self) -> date:
        """The day on which it is expected: the supplier's where there is one, else the one asked for."""
        return self.confirmed_on or self.requested_on

    @property
    def outstanding(self) -> Quantity:
        """What is still to come of what was ordered; nothing once it is received or cancelled."""
        nothing = Quantity.zero(self.quantity.unit)
        return max(nothing, self.quantity - (self.received or nothing)) if self.open else nothing

    @property
    def supply(self) -> Supply:
        """What is still to come, as netting and promises take it."""
        kind = SupplyKind.PLANNED if self.state == "planned" else SupplyKind.PURCHASE
        return Supply(self.id, self.item_id, self.outstanding, self.expected_on, kind)

    @property
    def next_due(self) -> Instant | None:
        """When its day has passed, as long as something is to come and nobody was told yet."""
        told = self.warned_on is not None and self.warned_on >= self.expected_on
        if not self.open or self.state == "planned" or told or self.expected_on == date.max:
            return None
        return day_start(self.expected_on + timedelta(days=1), self.zone)

    @property
    def references(self) -> tuple[tuple[str, str], ...]:
        """Under what the stream can be found again: the supplier, the article, the demands that it serves."""
        return (
            ("party", str(self.supplier_id)),
            ("item", str(self.item_id)),
            *(("demand", str(each)) for each in self.serves),
        )

    @property
    def jeopardies(self) -> tuple[Finding, ...]:
        """A warning for each demand that it serves, where it is late."""
        if self.state != "late":
            return ()
        return tuple(
            JEOPARDY(
                f"/serves/{place}",
                demand=demand,
                supplier=self.supplier_id,
                quantity=self.outstanding,
                item=self.item_id,
                expected=self.expected_on,
                requested=self.requested_on,
            )
            for place, demand in enumerate(self.serves)
        )


def check_unit(commitment: PurchaseCommitment, quantity: Quantity, address: str) -> None:
    """Raise `InvalidValueError` (`supply.unit`) for a quantity in another unit than the commitment's."""
    expected = commitment.quantity.unit
    if quantity.unit != expected:
        raise InvalidValueError(OTHER_UNIT(address, item=commitment.item_id, found=quantity.unit, expected=expected))


def moved_demands(before: Mapping[str, date | None], after: Mapping[str, date | None]) -> tuple[Finding, ...]:
    """What a change of supply does to the demands: those that can be met later, sooner, or not at all any more.

    Both are what `ready_days` gives, for the plans before and after the change.
    """
    return tuple(_moved(before, after))


def _moved(before: Mapping[str, date | None], after: Mapping[str, date | None]) -> Iterator[Finding]:
    for demand in sorted(before.keys() & after.keys()):
        was, now = before[demand], after[demand]
        where = f"/demands/{demand}"
        if was is None or was == now:
            continue
        if now is None:
            yield LOST(where, demand=demand, before=was)
        else:
            yield (MOVED if now > was else SOONER)(where, demand=demand, before=was, after=now)
