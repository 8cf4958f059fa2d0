"""Resources as values: what they are, what they can, how much of them there is and when."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from types import NoneType
from typing import Final

import attrs

from orderlib.errors import Finding, FindingCode, InvalidValueError, Severity
from orderlib.values.calendar import WorkingCalendar
from orderlib.values.codelist import member
from orderlib.values.decimals import Number, decimal
from orderlib.values.identifier import DocumentId, text
from orderlib.values.instant import Instant, instant
from orderlib.values.rate import UnitPrice
from orderlib.values.typed import tuple_of, type_check

__all__ = ["CapacityChange", "Need", "Resource", "ResourceKind"]

AMOUNT: Final = FindingCode("resource.amount", Severity.ERROR, "{what} cannot be {value}", "{what} 不能为 {value}")
NEED_ONE: Final = FindingCode(
    "resource.need-one",
    Severity.ERROR,
    "a need names either a skill or a resource",
    "需求须指明一项技能或一个资源，二者取一",
)
CHANGES: Final = FindingCode(
    "resource.changes", Severity.ERROR, "the capacity changes twice at {at}", "产能在 {at} 变化了两次"
)
ZERO: Final = Decimal(0)


class ResourceKind(StrEnum):
    """What a resource is. People and machines are there again after work, material and money are used up."""

    PERSON = "person"
    MACHINE = "machine"
    MATERIAL = "material"
    MONEY = "money"


def _kind(given: str) -> ResourceKind:
    return member(ResourceKind, given, "/kind")


def _not_negative(value: Number, address: str, what: str) -> Decimal:
    number = decimal(value, address=address)
    if number < ZERO:
        raise InvalidValueError(AMOUNT(address, what=what, value=number))
    return number


def _capacity(value: Number) -> Decimal:
    return _not_negative(value, "/capacity", "a capacity")


def _amount(value: Number) -> Decimal:
    number = _not_negative(value, "/amount", "an amount")
    if not number:
        raise InvalidValueError(AMOUNT("/amount", what="an amount", value=number))
    return number


def _skills(given: Iterable[str]) -> frozenset[str]:
    return frozenset(text(each) for each in tuple_of(str, given, "/skills"))


def _changes(given: Iterable[CapacityChange]) -> tuple[CapacityChange, ...]:
    changes = sorted(tuple_of(CapacityChange, given, "/changes"), key=lambda each: each.from_at)
    wrong: list[Finding] = [
        CHANGES(f"/changes/{number}/from_at", at=later.from_at)
        for number, (earlier, later) in enumerate(pairwise(changes), 1)
        if earlier.from_at == later.from_at
    ]
    if wrong:
        raise InvalidValueError(*wrong)
    return tuple(changes)


def _from_at(value: Instant | str) -> Instant:
    return instant(value, address="/from_at")


@attrs.frozen
class CapacityChange:
    """From an instant on there is so much of a resource; raises `InvalidValueError` (`resource.amount`)."""

    from_at: Instant = attrs.field(converter=_from_at)
    capacity: Decimal = attrs.field(converter=_capacity)


@attrs.frozen
class Need:
    """So much of a skill, or of one resource, for as long as the work takes; of material and money: in all.

    Raises `InvalidValueError` (`resource.need-one`, `resource.amount`, `decimal.*`, `id.*`).
    """

    skill: str = attrs.field(default="", converter=text)
    resource_id: str = attrs.field(default="", converter=text)
    amount: Decimal = attrs.field(default=Decimal(1), converter=_amount)

    def __attrs_post_init__(self) -> None:
        if bool(self.skill) is bool(self.resource_id):
            raise InvalidValueError(NEED_ONE("/skill"))

    @property
    def of(self) -> str:
        """The skill or the id of the resource."""
        return self.skill or self.resource_id


_check_resource: Final = type_check(("calendar", (WorkingCalendar, NoneType)), ("rate", (UnitPrice, NoneType)))


@attrs.frozen
class Resource:
    """A resource: its kind, what it can, how much of it there is at once, when it works, and what an hour costs.

    `capacity` counts what can be used at the same moment (of material and money: what there is in all); `changes`
    say what it becomes from an instant on. A person or machine without a `calendar` works round the clock; holidays
    and downtime stand in the calendar. `rate` is the price of one unit of capacity for an hour (unit `HUR`), or of
    one unit of what is used up. Raises `InvalidValueError` (`resource.*`, `code.unknown`, `decimal.*`, `id.*`,
    `value.type`).
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    kind: ResourceKind = attrs.field(converter=_kind)
    name: str = attrs.field(default="", converter=text)
    skills: frozenset[str] = attrs.field(default=frozenset[str](), converter=_skills, kw_only=True)
    capacity: Decimal = attrs.field(default=Decimal(1), converter=_capacity, kw_only=True)
    changes: tuple[CapacityChange, ...] = attrs.field(default=(), converter=_changes, kw_only=True)
    calendar: WorkingCalendar | None = attrs.field(default=None, kw_only=True)
    rate: UnitPrice | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        _check_resource(self)

    @property
    def used_up(self) -> bool:
        """Whether work takes it away (material, money) or only occupies it (people, machines)."""
        return self.kind in (ResourceKind.MATERIAL, ResourceKind.MONEY)

    def meets(self, need: Need) -> bool:
        """Whether it has the skill, or is the one that is named."""
        return need.skill in self.skills if need.skill else need.resource_id == self.id

    def level_at(self, at: Instant) -> Decimal:
        """The capacity at an instant, whether or not it works then."""
        place = bisect_right(self.changes, at, key=lambda change: change.from_at)
        return self.changes[place - 1].capacity if place else self.capacity

    def capacity_at(self, at: Instant) -> Decimal:
        """The capacity at an instant; nothing while the calendar rests."""
        if self.calendar is not None and not self.used_up and not self.calendar.is_working(at):
            return ZERO
        return self.level_at(at)
