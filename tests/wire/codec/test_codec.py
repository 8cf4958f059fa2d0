"""A codec reads and writes any annotated type, strictly, and tells every fault with its address."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, ClassVar, Generic, Literal, TypeVar

import attrs
import pytest

from orderlib.errors import DocumentError, FindingCode, InvalidValueError, Severity
from orderlib.values.identifier import LineId, OrderId, text
from orderlib.values.instant import Instant, instant
from orderlib.values.lines import Lines
from orderlib.values.money import Money
from orderlib.values.quantity import Quantity
from orderlib.wire.codec.codec import Codec
from orderlib.wire.codec.registry import Registry
from orderlib.wire.codec.upcast import Upcaster
from orderlib.wire.limits import Limits

TOO_DEAR = FindingCode("test.too-dear", Severity.ERROR, "{price} is too dear", "{price} 太贵")
T = TypeVar("T")


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@attrs.frozen
class Part:
    id: LineId = attrs.field(converter=LineId)
    price: Money
    count: Quantity = attrs.field(factory=lambda: Quantity(1))
    note: str = attrs.field(default="", converter=text)

    def __attrs_post_init__(self) -> None:
        if self.price.minor > 100_000:
            raise InvalidValueError(TOO_DEAR("/price", price=self.price))


@attrs.frozen
class Wish:
    version: ClassVar[int] = 3

    id: OrderId
    parts: Lines[Part] = attrs.field(converter=Lines)
    at: Instant
    on: date | None = None
    colours: frozenset[Colour] = frozenset()
    sizes: Mapping[str, Decimal] = attrs.field(factory=dict, kw_only=True)
    pairs: tuple[tuple[str, int], ...] = attrs.field(default=(), kw_only=True)
    span: timedelta = attrs.field(default=timedelta(0), kw_only=True)
    share: Fraction | None = attrs.field(default=None, kw_only=True)
    mode: Literal["fast", "slow", 3] = attrs.field(default="fast", kw_only=True)
    urgent: bool = attrs.field(default=False, kw_only=True)
    weight: float = attrs.field(default=0.0, kw_only=True)
    either: int | str = attrs.field(default=0, kw_only=True)
    inner: tuple[Wish, ...] = attrs.field(default=(), kw_only=True)
    some: object = attrs.field(default=None, kw_only=True)


@attrs.frozen
class Told:
    version: ClassVar[int] = 1


@attrs.frozen
class WishMade(Told):
    version: ClassVar[int] = 2

    wish: str
    by: str


@attrs.frozen
class WishDropped(Told):
    why: str = ""


@attrs.frozen
class Box(Generic[T]):
    content: T


@attrs.frozen
class Diary:
    told: tuple[Told, ...] = ()
    last: WishMade | WishDropped | None = None
    any: Part | str | None = None
    boxed: Box[int] | None = None


WISH = Wish(
    OrderId("W-1"),
    [Part("1", Money("12.50", "EUR"), note="Größe\nM"), Part("2", Money("5", "JPY"), Quantity("2.5", "KGM"))],
    instant("2026-03-02T09:00:00Z"),
    date(2026, 3, 1),
    frozenset(Colour),
    sizes={"b": Decimal("1.5"), "a": Decimal(100)},
    pairs=(("x", 1),),
    span=timedelta(seconds=90.5),
    share=Fraction(1, 3),
    mode=3,
    urgent=True,
    weight=1.5,
    either="word",
    inner=(Wish(OrderId("W-2"), (), instant("2026-03-02T09:00:00.5Z")),),
    some=(1, Decimal("0.5"), {"k": Money("1", "EUR")}, Colour.RED, OrderId("o"), None, True, 2.5, "t"),
)
REGISTRY = Registry(
    (WishMade, WishDropped),
    known=(Colour, OrderId, Part),
    upcasters=(Upcaster("wish-made", 1, lambda members: {**members, "by": "nobody"}),),
)
CODEC = Codec(REGISTRY)


def faults(cls: Any, data: Any, codec: Codec = CODEC) -> list[tuple[str, str]]:
    """Codes and addresses of everything that is wrong."""
    with pytest.raises(DocumentError) as caught:
        codec.structure(cls, data)
    return [(each.code, each.address) for each in caught.value.findings]


def wish(**changed: Any) -> dict[str, Any]:
    """The least that makes a wish, with some members changed."""
    return {"id": "W", "parts": [], "at": "2026-03-02T09:00:00Z", **changed}


def part(**changed: Any) -> dict[str, Any]:
    """The least that makes a part."""
    return {"id": "1", "price": {"amount": "1.00", "currency": "EUR"}, **changed}


def test_what_is_written_is_read_again():
    """Every kind of field survives primitives and bytes, each with its own type."""
    assert CODEC.structure(Wish, CODEC.unstructure(WISH)) == WISH
    again = CODEC.loads(Wish, CODEC.dumps(WISH))
    assert again == WISH
    assert type(again.parts["1"].id) is LineId
    assert type(again.some[4]) is OrderId


def test_keys_stand_in_declared_order_and_tables_sorted():
    """Bytes depend on the value alone."""
    data = CODEC.unstructure(WISH)
    assert list(data) == [field.name for field in attrs.fields(Wish)]
    assert list(data["sizes"]) == ["a", "b"]
    assert data["colours"] == ["blue", "red"]
    assert data["share"] == "1/3"
    assert data["span"] == "PT90.5S"
    assert data["parts"][0]["price"] == {"amount": "12.50", "currency": "EUR"}


def test_primitives_are_plain():
    """What is written holds no class of ours, so that any serialiser takes it."""
    plain = (str, int, bool, float, list, dict, type(None))
    waiting = [CODEC.unstructure(WISH)]
    while waiting:
        each = waiting.pop()
        assert type(each) in plain
        waiting += each.values() if isinstance(each, dict) else each if isinstance(each, list) else ()


def test_defaults_stand_in_for_missing_keys():
    """Members with a default may be left out."""
    made = CODEC.structure(Wish, wish())
    assert made == Wish(OrderId("W"), (), instant("2026-03-02T09:00:00Z"))
    assert made.sizes is not CODEC.structure(Wish, wish()).sizes
    assert CODEC.structure(Part, part()).count == Quantity(1)


@pytest.mark.parametrize(
    ("changed", "code", "address"),
    [
        ({"id": 5}, "json.wrong-type", "/id"),
        ({"id": " x"}, "id.blank", "/id"),
        ({"at": "2026-03-02"}, "value.instant-malformed", "/at"),
        ({"on": "2026-02-30"}, "value.day-malformed", "/on"),
        ({"parts": None}, "json.wrong-type", "/parts"),
        ({"parts": [part(), part()]}, "lines.duplicate-id", "/parts/1/id"),
        ({"parts": [part(price={"amount": "1.00"})]}, "json.missing-key", "/parts/0/price/currency"),
        ({"parts": [part(price={"amount": "1", "currency": "EUR", "x": 1})]}, "json.unknown-key", "/parts/0/price/x"),
        ({"parts": [part(price={"amount": 1, "currency": "EUR"})]}, "json.wrong-type", "/parts/0/price/amount"),
        ({"parts": [part(price={"amount": "1.234", "currency": "EUR"})]}, "money.too-fine", "/parts/0/price/amount"),
        ({"parts": [part(price="1")]}, "json.wrong-type", "/parts/0/price"),
        ({"parts": [part(price={"amount": "9999", "currency": "EUR"})]}, "test.too-dear", "/parts/0/price"),
        ({"parts": [part(note="\0")]}, "json.character", "/parts/0/note"),
        ({"parts": [part(note="\b")]}, "text.character", "/parts/0/note"),
        ({"parts": [1]}, "json.wrong-type", "/parts/0"),
        ({"colours": ["green"]}, "json.unknown-choice", "/colours/0"),
        ({"colours": [1]}, "json.wrong-type", "/colours/0"),
        ({"colours": ["red", "red"]}, "json.duplicate-item", "/colours/1"),
        ({"colours": {}}, "json.wrong-type", "/colours"),
        ({"sizes": {"a": "1e5"}}, "decimal.malformed", "/sizes/a"),
        ({"sizes": {"a/b": 1.5}}, "json.wrong-type", "/sizes/a~1b"),
        ({"sizes": []}, "json.wrong-type", "/sizes"),
        ({"sizes": {"\ud800": "1"}}, "json.character", "/sizes/\\ud800"),
        ({"pairs": [["x"]]}, "json.wrong-length", "/pairs/0"),
        ({"pairs": [["x", True]]}, "json.wrong-type", "/pairs/0/1"),
        ({"pairs": ["xy"]}, "json.wrong-type", "/pairs/0"),
        ({"pairs": [["x", 10**40]]}, "json.long-number", "/pairs/0/1"),
        ({"span": "P1D"}, "json.duration", "/span"),
        ({"share": "1/0"}, "json.fraction", "/share"),
        ({"mode": "medium"}, "json.unknown-choice", "/mode"),
        ({"mode": None}, "json.wrong-type", "/mode"),
        ({"mode": 4}, "json.unknown-choice", "/mode"),
        ({"mode": 3.0}, "json.wrong-type", "/mode"),
        ({"urgent": 1}, "json.wrong-type", "/urgent"),
        ({"urgent": "true"}, "json.wrong-type", "/urgent"),
        ({"weight": float("inf")}, "json.wrong-type", "/weight"),
        ({"weight": 10**30}, "json.wrong-type", "/weight"),
        ({"weight": True}, "json.wrong-type", "/weight"),
        ({"either": 1.5}, "json.wrong-type", "/either"),
        ({"inner": [wish(id="")]}, "id.empty", "/inner/0/id"),
        ({"surprise": 1}, "json.unknown-key", "/surprise"),
        ({"some": b"x"}, "json.wrong-type", "/some"),
        ({"some": {"v": 1}}, "json.missing-key", "/some/type"),
        ({"some": {"type": "decimal", "v": True, "value": "1"}}, "json.wrong-type", "/some/v"),
        ({"some": {"type": "decimal", "v": 2, "value": "1"}}, "json.unknown-version", "/some/v"),
        ({"some": {"type": "decimal", "v": 1}}, "json.missing-key", "/some/value"),
        ({"some": {"type": "decimal", "v": 1, "value": "x"}}, "decimal.malformed", "/some/value"),
        ({"some": {"type": "os", "v": 1, "value": "x"}}, "json.unknown-tag", "/some/type"),
        ({"some": {"type": "part", "v": 9, "value": part()}}, "json.unknown-version", "/some/value/v"),
        ({"some": {"type": "part", "v": 1, "value": 3}}, "json.wrong-type", "/some/value"),
        ({"some": ["\0"]}, "json.character", "/some/0"),
    ],
)
def test_a_fault_is_told_with_its_code_and_address(changed, code, address):
    """Exact types, closed and required keys, each value's own grammar: nothing is coerced."""
    assert faults(Wish, wish(**changed)) == [(code, address)]


def test_all_faults_are_told_at_once():
    """One reading finds whatever is wrong anywhere."""
    data = {"id": "", "parts": [part(id=1, count=None), {"x": 1}], "when": 1, "urgent": 0}
    assert faults(Wish, data) == [
        ("json.unknown-key", "/when"),
        ("id.empty", "/id"),
        ("json.wrong-type", "/parts/0/id"),
        ("json.wrong-type", "/parts/0/count"),
        ("json.unknown-key", "/parts/1/x"),
        ("json.missing-key", "/parts/1/id"),
        ("json.missing-key", "/parts/1/price"),
        ("json.missing-key", "/at"),
        ("json.wrong-type", "/urgent"),
    ]


@pytest.mark.parametrize("data", [None, 1, "x", [], True, 1.5, [[]], b""])
def test_what_is_no_object_is_no_record(data):
    """A record is read from an object and from nothing else."""
    assert faults(Wish, data) == [("json.wrong-type", "")]


def test_a_flood_of_faults_is_cut_off():
    """Two hundred thousand bad items cost no more than the faults that are told."""
    found = faults(tuple[Part, ...], [1] * 200_000, Codec(limits=Limits(max_faults=5)))
    assert found == [("json.wrong-type", f"/{place}") for place in range(5)] + [("json.too-many-faults", "")]


def test_lines_are_limited():
    """A document with more lines than allowed is refused before they are read."""
    codec = Codec(limits=Limits(max_lines=2))
    three = [part(id=str(each)) for each in range(3)]
    assert faults(Wish, wish(parts=three), codec) == [("json.too-many-lines", "/parts")]
    assert len(codec.structure(Wish, wish(parts=three[:2])).parts) == 2


def test_what_cannot_be_read_back_for_its_depth_is_not_accepted():
    """Primitives that did not come through the text reader meet the same limit of depth."""
    codec = Codec(limits=Limits(max_depth=7))
    data = wish(inner=[wish(inner=[wish(inner=[wish()])])])
    assert faults(Wish, data, codec) == [("json.too-deep", "/inner/0/inner/0/inner/0/parts")]
    assert codec.loads(Wish, codec.dumps(codec.structure(Wish, wish(inner=[wish()]))))


def test_endless_data_is_refused():
    """Data that hold themselves end in the documented error, whatever the limit."""
    data = wish()
    data["inner"] = [data]
    assert faults(Wish, data)[0][0] == "json.too-deep"
    assert faults(Wish, data, Codec(limits=Limits(max_depth=10**6))) == [("json.too-deep", "")]


def test_members_of_a_closed_set_carry_their_tag():
    """Where a base class or a union is declared, tag and version tell which class it is."""
    diary = Diary((WishMade("a boat", "me"), WishDropped()), WishDropped("late"), Part("1", Money("1", "EUR")), Box(3))
    data = CODEC.unstructure(diary)
    assert data["told"][0] == {"type": "wish-made", "v": 2, "wish": "a boat", "by": "me"}
    assert data["last"] == {"type": "wish-dropped", "v": 1, "why": "late"}
    assert data["any"]["type"] == "part"
    assert data["boxed"] == {"content": 3}
    assert CODEC.structure(Diary, data) == diary
    assert CODEC.structure(Told, data["last"]) == WishDropped("late")


@pytest.mark.parametrize(
    ("data", "code", "address"),
    [
        ({"type": "wish-made"}, "json.missing-key", "/told/0/v"),
        ({"type": 1, "v": 1}, "json.wrong-type", "/told/0/type"),
        ({"type": "part", "v": 1}, "json.unknown-tag", "/told/0/type"),
        ({"type": "wish-made", "v": 3}, "json.unknown-version", "/told/0/v"),
        ({"type": "wish-made", "v": 2, "wish": "x"}, "json.missing-key", "/told/0/by"),
        ({"type": "wish-dropped", "v": 1, "x": 1}, "json.unknown-key", "/told/0/x"),
        ({"type": "wish-dropped", "v": 1.0}, "json.wrong-type", "/told/0/v"),
        ([], "json.wrong-type", "/told/0"),
    ],
)
def test_only_the_closed_set_is_read(data, code, address):
    """An unknown tag, or a version that nothing leads on from, is a finding."""
    assert faults(Diary, {"told": [data]}) == [(code, address)]


def test_old_versions_arrive_as_the_newest():
    """A record that was written long ago is brought up to date while it is read."""
    assert CODEC.structure(Told, {"type": "wish-made", "v": 1, "wish": "x"}) == WishMade("x", "nobody")


def test_an_old_version_that_cannot_be_brought_up_is_a_finding():
    """An upcaster that fails is told at the record; what it made is checked like any other record."""
    failing = Codec(Registry((WishMade,), upcasters=(Upcaster("wish-made", 1, lambda members: members["gone"]),)))
    old = {"type": "wish-made", "v": 1, "wish": "x"}
    assert faults(tuple[Told, ...], [old], failing) == [("json.upcast", "/0")]
    assert faults(tuple[Told, ...], [{"type": "wish-made", "v": 1}]) == [("json.missing-key", "/0/wish")]
    renamed = Codec(Registry((WishMade,), upcasters=(Upcaster("told", 1, dict, to_tag="wish-made", to_version=2),)))
    assert renamed.structure(Told, {**old, "type": "told", "by": "y"}) == WishMade("x", "y")


def test_the_slow_walk_reads_every_kind_too():
    """Beside a fault, everything else is still read: numbers, texts, tagged and wrapped values."""
    some = [1.5, {"type": "wish-made", "v": 2, "wish": "x", "by": "y"}, {"type": "part", "v": 1, "value": part()}]
    for weight in (1, 1.5):
        assert faults(Wish, wish(weight=weight, some=some, x=1)) == [("json.unknown-key", "/x")]


def test_untagged_members_of_a_union_are_told_apart_by_kind():
    """A union may hold one plain value of each JSON kind."""
    assert CODEC.structure(Wish, wish(either=4)).either == 4
    assert CODEC.structure(Wish, wish(either="4")).either == "4"


def test_a_tagged_record_holds_its_tag_at_the_top_too():
    """What is written without naming a type can be read as its base class."""
    event = WishMade("x", "me")
    assert CODEC.loads(Told, CODEC.dumps(event)) == event


def test_values_in_open_places_carry_their_tag():
    """Where any public value may stand, a tagged record is itself, everything else is wrapped."""
    for value in (WishMade("x", "me"), Part("1", Money("1", "EUR")), Decimal("1.5"), date(2026, 1, 1), Quantity(2)):
        written = CODEC.unstructure(value, object)
        assert {"type", "v"} <= written.keys()
        assert CODEC.structure(object, written) == value


def test_equal_values_have_equal_digests():
    """The digest looks at content, not at the order of keys."""
    assert CODEC.digest(WISH) == CODEC.digest(CODEC.loads(Wish, CODEC.dumps(WISH)))
    assert CODEC.digest(WISH) != CODEC.digest(attrs.evolve(WISH, urgent=False))


def test_any_annotation_can_be_read():
    """Not only classes: arrays, tables and optional values too."""
    assert CODEC.structure(tuple[int, ...], [1, 2]) == (1, 2)
    assert CODEC.structure(dict[str, int], {"a": 1}) == {"a": 1}
    assert CODEC.structure(int | None, None) is None
    assert CODEC.structure(list[int], []) == []
    assert CODEC.structure(Box[Box[str]], {"content": {"content": "x"}}) == Box(Box("x"))
    assert CODEC.knows(Wish)
    assert not CODEC.knows(complex)


def test_two_keys_for_one_meaning_are_refused():
    """Keys that normalise to the same id are one member twice."""
    data = {"e\u0301": 1, "\u00e9": 2}
    assert [code for code, _ in faults(dict[OrderId, int], data)] == ["json.duplicate-member"]


def test_a_constructor_of_the_application_may_raise_anything():
    """An error that is not ours becomes a finding with its text, and stays the cause."""
    with pytest.raises(DocumentError) as caught:
        CODEC.structure(Fussy, {"value": "x", "other": -1})
    assert [(each.code, each.address) for each in caught.value.findings] == [
        ("json.invalid-value", "/value"),
    ]
    assert isinstance(caught.value.__cause__, KeyError)
    assert faults(Fussy, {"value": "a", "other": -1}) == [("json.invalid-value", "")]
    assert CODEC.structure(Fussy, {"value": "a"}) == Fussy("a")


def _letter(value: str) -> str:
    return {"a": "A", "A": "A"}[value]


@attrs.frozen
class Fussy:
    value: str = attrs.field(converter=_letter)
    other: int = attrs.field(default=0, validator=attrs.validators.ge(0))
