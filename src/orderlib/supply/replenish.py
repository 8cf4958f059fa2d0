"""How an article is got again: made or bought, in how many working days, in which lots."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Final

import attrs

from orderlib.errors import FindingCode, InvalidValueError, Severity
from orderlib.values.codelist import member, whole
from orderlib.values.decimals import EXACT, Number, decimal
from orderlib.values.identifier import ItemId
from orderlib.values.typed import type_check
from orderlib.values.unit import unit as unit_of

__all__ = ["LotRule", "LotSize", "Procurement", "Replenishment"]

LOT: Final = FindingCode(
    "supply.lot-size",
    Severity.ERROR,
    "lots by the rule {rule} cannot be of {quantity}",
    "按规则 {rule} 的批量不能为 {quantity}",
)
SAFETY: Final = FindingCode(
    "supply.safety-stock",
    Severity.ERROR,
    "a safety stock of {quantity} cannot be kept",
    "安全库存 {quantity} 无效",
)

_ZERO: Final = Decimal(0)
_ONE: Final = Decimal(1)


class Procurement(StrEnum):
    """Whether an article is made here or bought."""

    MAKE = "make"
    BUY = "buy"


class LotRule(StrEnum):
    """How large an order is, given what is needed (APICS: lot sizing)."""

    LOT_FOR_LOT = "lot-for-lot"
    FIXED = "fixed"
    MINIMUM = "minimum"
    MULTIPLE = "multiple"


def _rule(value: str) -> LotRule:
    return member(LotRule, value, "/rule")


def _quantity(value: Number) -> Decimal:
    return decimal(value, address="/quantity")


@attrs.frozen
class LotSize:
    """The rule and its quantity: what is needed, lots of a fixed size, at least so much, or a multiple of it.

    Lots of a fixed size are so many as it takes; they differ from a multiple in that each is an order of its own
    (`lots`). Raises `InvalidValueError` (`supply.lot-size`, `code.unknown`, `decimal.*`).
    """

    rule: LotRule = attrs.field(default=LotRule.LOT_FOR_LOT, converter=_rule)
    quantity: Decimal = attrs.field(default=_ONE, converter=_quantity)

    def __attrs_post_init__(self) -> None:
        if self.quantity <= 0:
            raise InvalidValueError(LOT("/quantity", rule=self.rule, quantity=self.quantity))

    def ordered(self, needed: Decimal) -> Decimal:
        """How much is ordered where so much is needed."""
        if self.rule is LotRule.LOT_FOR_LOT:
            return needed
        if self.rule is LotRule.MINIMUM:
            return max(needed, self.quantity)
        return EXACT.multiply(self.quantity, self._count(needed))

    def lots(self, ordered: Decimal) -> int:
        """In how many lots so much is ordered."""
        return int(self._count(ordered)) if self.rule is LotRule.FIXED else 1

    def _count(self, needed: Decimal) -> Decimal:
        above, below = needed.as_integer_ratio()
        size_above, size_below = self.quantity.as_integer_ratio()
        return Decimal(-(-(above * size_below) // (below * size_above)))


def _unit(code: str) -> str:
    return unit_of(code, address="/unit").code


def _safety(value: Number) -> Decimal:
    number = decimal(value, address="/safety")
    if number < 0:
        raise InvalidValueError(SAFETY("/safety", quantity=number))
    return number


def _procurement(value: str) -> Procurement:
    return member(Procurement, value, "/procurement")


_check: Final = type_check(("lot", LotSize))


@attrs.frozen
class Replenishment:
    """The rules of one article: `lead_days` working days from order to receipt, lots, and a safety stock, in `unit`.

    Raises `InvalidValueError` (`number.whole`, `supply.safety-stock`, `code.unknown`, `unit.*`, `id.*`).
    """

    id: ItemId = attrs.field(converter=ItemId)
    procurement: Procurement = attrs.field(default=Procurement.BUY, converter=_procurement)
    lead_days: int = 0
    lot: LotSize = attrs.field(factory=LotSize, kw_only=True)
    unit: str = attrs.field(default="C62", converter=_unit, kw_only=True)
    safety: Decimal = attrs.field(default=_ZERO, converter=_safety, kw_only=True)

    def __attrs_post_init__(self) -> None:
        whole(self.lead_days, 0, 3660, "/lead_days")
        _check(self)
