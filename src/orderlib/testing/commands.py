"""Commands for a given case, made from what the case offers and from the types of the commands' own fields."""

from __future__ import annotations

import types
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from inspect import isclass
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

import attrs
from hypothesis import reject
from hypothesis import strategies as st

from orderlib.case.deciding import Allowed, allowed
from orderlib.case.policies import PolicySet
from orderlib.case.record import OrderCase
from orderlib.case.rooms import every_rule
from orderlib.errors import InvalidValueError
from orderlib.ledger.record import LineQuantity
from orderlib.order.record import Order
from orderlib.testing.values import orders, texts
from orderlib.values.identifier import Identifier, LineId
from orderlib.values.instant import Instant
from orderlib.values.lines import Lines
from orderlib.values.message import Command, Fact
from orderlib.values.money import Money
from orderlib.values.party import Actor
from orderlib.values.quantity import Quantity
from orderlib.wire.codec.deferred import deferred_names

__all__ = ["any_commands", "legal_commands"]


_HINTS: Final[dict[Any, Mapping[str, Any]]] = {}


@st.composite
def legal_commands(
    draw: st.DrawFn, case: OrderCase, policies: PolicySet | None = None, *, at: Instant, id: str
) -> Command:
    """A command that state, holds and authority let pass; a policy or the facts of the case may still say no."""
    offers = allowed(case, policies if policies is not None else PolicySet())
    offer = draw(st.sampled_from([each for each in offers if each.command not in ("PassTime", "AdoptOrder")]))
    return _command(draw, case, offer, at=at, id=id)


@st.composite
def any_commands(draw: st.DrawFn, case: OrderCase, *, at: Instant, id: str) -> Command:
    """A command of any kind, by anybody, whether the case would take it or not."""
    rule = draw(st.sampled_from(every_rule()))
    who = tuple(draw(st.lists(st.sampled_from(["sales", "finance", "production", "nobody"]), max_size=1)))
    offer = Allowed(rule.command.__name__, rule.stage, who, (), rule.fact, rule.command)
    return _command(draw, case, offer, at=at, id=id)


def _command(draw: st.DrawFn, case: OrderCase, offer: Allowed, *, at: Instant, id: str) -> Command:
    department = draw(st.sampled_from(offer.who)) if offer.who else "customer-service"
    given: dict[str, Any] = {
        "by": Actor(f"{department}/{offer.command}", department=department, roles=("management",)),
        "id": id,
        "at": at,
        "reason": draw(texts().filter(str.strip)),
    }
    hints = _hints(offer.kind)
    for field in attrs.fields(offer.kind):
        if field.name in given or field.name == "occurred_at":
            continue
        if field.default is not attrs.NOTHING and draw(st.booleans()):
            continue
        given[field.name] = draw(_field(field.name, hints[field.name], case, offer, at))
    if issubclass(offer.kind, Fact) and draw(st.booleans()):
        given["occurred_at"] = at - timedelta(minutes=draw(st.integers(0, 600)))
    made: Command = _made(offer.kind, given)
    return made


def _hints(kind: Any) -> Mapping[str, Any]:
    known = _HINTS.get(kind)
    if known is None:
        try:
            known = get_type_hints(kind)
        except NameError:  # a name that its module imports for type checkers alone
            known = get_type_hints(kind, localns=deferred_names(kind.__module__))
        _HINTS[kind] = known
    return known


def _field(name: str, hint: Any, case: OrderCase, offer: Allowed, at: Instant) -> st.SearchStrategy[Any]:
    """A value for a field, by its name where that says more than its type."""
    if name == "case_id":
        return st.just(case.id)
    if hint is Order or name == "order":
        return st.just(case.order) | orders(plausible=True) if case.order is not None else orders(plausible=True)
    if name.endswith("_id") and offer.about:
        return st.sampled_from(offer.about)
    return _value(hint, case, at)


def _value(hint: Any, case: OrderCase, at: Instant) -> st.SearchStrategy[Any]:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return st.one_of(*(st.none() if each is type(None) else _value(each, case, at) for each in arguments))
    if origin is tuple and arguments[-1:] == (Ellipsis,):
        return st.lists(_value(arguments[0], case, at), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*(_value(each, case, at) for each in arguments))
    if origin is frozenset:
        return st.frozensets(_value(arguments[0], case, at), min_size=1, max_size=2)
    if origin is Lines:
        return st.lists(_value(arguments[0], case, at), max_size=2, unique_by=lambda each: each.id).map(Lines)
    if origin in (dict, Mapping):
        return st.dictionaries(_value(arguments[0], case, at), _value(arguments[1], case, at), max_size=2)
    return _plain(hint, case, at)


def _plain(hint: Any, case: OrderCase, at: Instant) -> st.SearchStrategy[Any]:
    currency = case.order.currency if case.order is not None else "EUR"
    ids = list(case.ledger.lines.ids()) or ["1"]
    simple: dict[Any, st.SearchStrategy[Any]] = {
        str: texts(),
        bool: st.booleans(),
        int: st.integers(1, 5),
        Decimal: st.integers(1, 20).map(Decimal),
        date: st.integers(1, 90).map(lambda days: (at + timedelta(days=days)).date()),
        Instant: st.integers(1, 60 * 24).map(lambda hours: at + timedelta(hours=hours)),
        timedelta: st.integers(1, 40).map(lambda hours: timedelta(hours=hours)),
        Money: st.integers(1, 10**6).map(lambda minor: Money.of_minor(minor, currency)),
        Quantity: st.integers(1, 20).map(Quantity),
        LineId: st.sampled_from(ids).map(LineId),
        LineQuantity: st.builds(LineQuantity, st.sampled_from([*ids, "?"]), st.integers(1, 20).map(Decimal)),
    }
    if hint in simple:
        return simple[hint]
    if isclass(hint) and issubclass(hint, Enum):
        return st.sampled_from(hint)
    if isclass(hint) and issubclass(hint, Identifier):
        return st.integers(1, 9).map(lambda number: hint(f"x-{number}"))
    if attrs.has(hint):
        return _built(hint, case, at)
    return st.none()


def _built(kind: type[Any], case: OrderCase, at: Instant) -> st.SearchStrategy[Any]:
    hints = _hints(kind)
    needed = {
        field.alias: _value(hints[field.name], case, at)
        for field in attrs.fields(kind)
        if field.init and field.default is attrs.NOTHING
    }
    return st.fixed_dictionaries(needed).map(lambda parts: _made(kind, parts))


def _made(kind: type[Any], parts: Mapping[str, Any]) -> Any:
    """A value of these parts; what its class does not take is not drawn."""
    try:
        return kind(**parts)
    except InvalidValueError:
        reject()
