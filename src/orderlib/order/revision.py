"""Revisions: what changed between two versions of an order, told so that every line keeps its identity.

    what = difference(order, wanted)
    what.touches(Aspect.PRICE)             # does anything about the price change?
    apply(order, what)                     # the wanted order, one revision on

`apply(old, difference(old, new))` is `new`, revision number apart; the difference of an order with itself is empty.
A line is known by its id: changing the item under an id, or giving the id of a line that is gone to another item, is
possible but never silent (`reused_lines`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import NoneType
from typing import Final

import attrs

from orderlib.errors import Finding, FindingCode, InvalidValueError, Language, RefusedError, Severity
from orderlib.order.field import ORDER_FIELDS, Aspect, FieldChange, header_changes, line_changes, pointer, written
from orderlib.order.line import OrderLine, foreign_money
from orderlib.order.record import Order
from orderlib.values.codelist import whole
from orderlib.values.identifier import ItemId, LineId
from orderlib.values.lines import Lines
from orderlib.values.twin import copier, sealer
from orderlib.values.typed import instance_of, tuple_of, type_check

__all__ = ["Difference", "HeaderChange", "LineChange", "PlacedLine", "apply", "difference", "reused_lines"]

STALE: Final = FindingCode(
    "order.stale-difference",
    Severity.ERROR,
    "the difference was made against revision {made} and the order is at revision {found}",
    "该差异基于第 {made} 版，而订单已是第 {found} 版",
)
STALE_LINE: Final = FindingCode(
    "order.stale-line",
    Severity.ERROR,
    "line {line} is not as it was when the difference was made",
    "行 {line} 已与差异产生时不同",
)
SEQUENCE: Final = FindingCode(
    "order.line-sequence",
    Severity.ERROR,
    "the sequence of lines does not name every line once",
    "行顺序没有恰好列出每一行",
)
LINE_IDENTITY: Final = FindingCode(
    "order.line-identity",
    Severity.ERROR,
    "{found} cannot be a version of line {line}",
    "{found} 不能是行 {line} 的新版本",
)
LINE_REUSED: Final = FindingCode(
    "order.line-reused",
    Severity.WARNING,
    "line {line} was item {old} and is now item {new}",
    "行 {line} 原为物料 {old}，现为物料 {new}",
)

_copy = copier(Order)
_seal = sealer(Order)
_check_change: Final = type_check(("old", OrderLine), ("new", OrderLine))
_check_placed: Final = type_check(("line", OrderLine))
_check_header: Final = type_check(("old", Order), ("new", Order))
_WHOLE_LINE: Final = frozenset({Aspect.QUANTITY, Aspect.PRICE, Aspect.DATE, Aspect.PLACE, Aspect.SPECIFICATION})
_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "line": ("line", "行"),
    "added": ("added", "新增"),
    "removed": ("removed", "删除"),
    "reopened": ("reopened", "重新启用"),
    "sequence": ("lines in another order", "行顺序变更"),
}


@attrs.frozen
class LineChange:
    """One line before and after, under the same id. Raises `InvalidValueError` (`order.line-identity`)."""

    old: OrderLine
    new: OrderLine

    def __attrs_post_init__(self) -> None:
        _check_change(self)
        if self.old.id != self.new.id:
            raise InvalidValueError(LINE_IDENTITY("/new/id", line=self.old.id, found=self.new.id))

    @property
    def id(self) -> LineId:
        """The line's id."""
        return self.old.id

    @property
    def reopened(self) -> bool:
        """Whether nothing was ordered of the line, and now something is."""
        return self.old.quantity.value == 0 < self.new.quantity.value

    @property
    def fields(self) -> tuple[FieldChange, ...]:
        """The fields that changed."""
        return tuple(line_changes(self.old, self.new))


@attrs.frozen
class PlacedLine:
    """A line, and the place (from 0) at which it stands among the lines of its version."""

    position: int
    line: OrderLine

    def __attrs_post_init__(self) -> None:
        whole(self.position, 0, 10**9, "/position")
        _check_placed(self)


@attrs.frozen
class HeaderChange:
    """The order before and after, without its lines."""

    old: Order
    new: Order

    def __attrs_post_init__(self) -> None:
        _check_header(self)


_check_difference: Final = type_check(("header", (HeaderChange, NoneType)))


def _placed(given: Iterable[PlacedLine]) -> tuple[PlacedLine, ...]:
    return tuple_of(PlacedLine, given)


def _changed(given: Iterable[LineChange]) -> tuple[LineChange, ...]:
    return tuple_of(LineChange, given, "/changed")


def _line_ids(given: Iterable[str]) -> tuple[LineId, ...]:
    return tuple(LineId(line_id) for line_id in tuple_of(str, given, "/sequence"))


@attrs.frozen(kw_only=True)
class Difference:
    """What leads from one revision of an order to the next.

    `revision` is the one that it starts from. `sequence` names all lines in their new order, and only where
    lines that stay have changed places. An empty difference is false.
    """

    revision: int
    header: HeaderChange | None = None
    added: tuple[PlacedLine, ...] = attrs.field(default=(), converter=_placed)
    removed: tuple[PlacedLine, ...] = attrs.field(default=(), converter=_placed)
    changed: tuple[LineChange, ...] = attrs.field(default=(), converter=_changed)
    sequence: tuple[LineId, ...] = attrs.field(default=(), converter=_line_ids)

    def __attrs_post_init__(self) -> None:
        whole(self.revision, 1, 1_000_000, "/revision")
        _check_difference(self)

    def __bool__(self) -> bool:
        return bool(self.header or self.added or self.removed or self.changed or self.sequence)

    @property
    def fields(self) -> tuple[FieldChange, ...]:
        """Every field that changed, of the order and of the lines that stay."""
        return tuple(self._fields())

    def _fields(self) -> Iterator[FieldChange]:
        if self.header is not None:
            yield from header_changes(self.header.old, self.header.new)
        for change in self.changed:
            yield from line_changes(change.old, change.new)

    @property
    def aspects(self) -> frozenset[Aspect]:
        """Everything that the difference is about; a line that comes or goes is about all that a line says."""
        found = {change.aspect for change in self._fields()}
        if self.added or self.removed:
            found |= _WHOLE_LINE
        elif self.sequence:
            found.add(Aspect.OTHER)
        return frozenset(found)

    def touches(self, *aspects: Aspect) -> bool:
        """Whether the difference is about any of these."""
        return not self.aspects.isdisjoint(aspects)

    @property
    def line_ids(self) -> frozenset[LineId]:
        """The lines that are added, removed or changed."""
        placed = (each.line.id for each in (*self.added, *self.removed))
        return frozenset((*placed, *(change.id for change in self.changed)))

    def describe(self, lang: Language = "en") -> tuple[str, ...]:
        """The difference as lines of text, for people."""
        said = {key: words[lang == "zh"] for key, words in _WORDS.items()}
        lines: list[str] = []
        if self.header is not None:
            lines += [change.describe(lang) for change in header_changes(self.header.old, self.header.new)]
        for change in self.changed:
            name = f"{said['line']} {change.id}"
            if change.reopened:
                lines.append(f"{name}: {said['reopened']}")
            lines += [f"{name}, {field.describe(lang)}" for field in change.fields]
        for verb, placed in (("removed", self.removed), ("added", self.added)):
            lines += [f"{said['line']} {each.line.id}: {said[verb]}, {_brief(each.line)}" for each in placed]
        if self.sequence:
            lines.append(said["sequence"])
        return tuple(lines)


def _brief(line: OrderLine) -> str:
    return f"{written(line.quantity)} {line.item.name or line.item.id}"


def difference(old: Order, new: Order) -> Difference:
    """What leads from one order to the other; the new one's revision number does not matter.

    Lines that both share are not looked at, so that a small change to a large order costs little where the new
    order was made from the old by `Lines.replace`.
    """
    instance_of(Order, old, "/old")
    instance_of(Order, new, "/new")
    header = None
    if any(getattr(old, name) != getattr(new, name) for name in ORDER_FIELDS):
        header = HeaderChange(_bare(old, old.revision), _bare(new, old.revision + 1))
    added: list[PlacedLine] = []
    removed: list[PlacedLine] = []
    changed: list[LineChange] = []
    for mine, theirs in old.lines.changed(new.lines):
        if mine is not None and theirs is not None:
            changed.append(LineChange(mine, theirs))
        elif mine is not None:
            removed.append(PlacedLine(old.lines.index(mine.id), mine))
        elif theirs is not None:
            added.append(PlacedLine(new.lines.index(theirs.id), theirs))
    return Difference(
        revision=old.revision,
        header=header,
        added=tuple(sorted(added, key=lambda each: each.position)),
        removed=tuple(removed),
        changed=tuple(changed),
        sequence=_sequence(old.lines, new.lines),
    )


def _bare(order: Order, revision: int) -> Order:
    return attrs.evolve(order, lines=(), revision=revision)


def _sequence(old: Lines[OrderLine], new: Lines[OrderLine]) -> tuple[LineId, ...]:
    """The ids of the new lines, where those that both have stand in another order."""
    if old.shares_with(new):
        return ()
    stay = [line_id for line_id in old.ids() if line_id in new]
    if stay == [line_id for line_id in new.ids() if line_id in old]:
        return ()
    return tuple(line.id for line in new)


def apply(order: Order, change: Difference) -> Order:
    """The order after the change, one revision on.

    Raises `RefusedError` (`order.stale-difference`, `order.stale-line`) where the order is not the one that
    the difference was made from, and `InvalidValueError` (`order.line-sequence`, `order.currency`,
    `lines.duplicate-id`) where the difference does not lead to an order.
    """
    instance_of(Order, order, "/order")
    instance_of(Difference, change, "/change")
    stale = _stale(order, change)
    if stale:
        raise RefusedError(*stale)
    lines = _lines_after(order.lines, change)
    if change.header is not None:
        return attrs.evolve(change.header.new, lines=lines, revision=order.revision + 1)
    wrong = [
        finding
        for line in (*(each.new for each in change.changed), *(each.line for each in change.added))
        for finding in foreign_money(line, order.currency, pointer("lines", line.id))
    ]
    if wrong:
        raise InvalidValueError(*wrong)
    new = _copy(order)
    new.lines = lines
    new.revision = order.revision + 1
    return _seal(new)


def _stale(order: Order, change: Difference) -> list[Finding]:
    """Why the difference does not start from this order."""
    if change.revision != order.revision:
        return [STALE("/revision", made=change.revision, found=order.revision)]
    before = [*(each.old for each in change.changed), *(each.line for each in change.removed)]
    return [STALE_LINE(pointer("lines", line.id), line=line.id) for line in before if order.lines.get(line.id) != line]


def _lines_after(lines: Lines[OrderLine], change: Difference) -> Lines[OrderLine]:
    lines = lines.replace(each.new for each in change.changed)
    lines = lines.without(each.line.id for each in change.removed)
    if change.added and change.added[0].position == len(lines):
        lines = lines.add(each.line for each in change.added)
    elif change.added:
        every = list(lines)
        for each in change.added:
            every.insert(each.position, each.line)
        lines = Lines(every)
    if change.sequence:
        if len(change.sequence) != len(lines) or set(change.sequence) != set(lines.ids()):
            raise InvalidValueError(SEQUENCE("/sequence"))
        lines = Lines(lines[line_id] for line_id in change.sequence)
    return lines


def reused_lines(change: Difference, known: Mapping[LineId, ItemId] | None = None) -> tuple[Finding, ...]:
    """Lines whose id stood for another item before.

    `known` holds the items of lines that are gone, by line id; the caller remembers them.
    """
    pairs = [(each.old.item.id, each.new) for each in change.changed]
    pairs += [(known[each.line.id], each.line) for each in change.added if known and each.line.id in known]
    return tuple(
        LINE_REUSED(pointer("lines", line.id), line=line.id, old=old, new=line.item.id)
        for old, line in pairs
        if old != line.item.id
    )
