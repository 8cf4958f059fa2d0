"""Parts of a value are of the types that it declares.

A checker says so before anything runs; this says it to whoever runs no checker, with a finding instead of an
`AttributeError` from somewhere inside.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from inspect import get_annotations
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Final, TypeVar, Union, get_args, get_origin

import attrs

from orderlib.errors import FindingCode, InvalidValueError, Severity

__all__ = [
    "check_declared", "couples_of", "declared_check", "instance_of", "pairs_of", "texts_of", "tuple_of", "type_check",
    "values_of",
]  # fmt: skip

WRONG_TYPE: Final = FindingCode(
    "value.type", Severity.ERROR, "{expected} is needed here, not {found}", "此处需要 {expected}，而不是 {found}"
)

T = TypeVar("T")
S = TypeVar("S")
_Kinds = type[Any] | tuple[type[Any], ...]


def type_check(*kinds: tuple[str, _Kinds]) -> Callable[[Any], None]:
    """A function that holds the named attributes of an instance against their types.

    It raises `InvalidValueError` (`value.type`) for every attribute that is of another, at its name.
    Combinations of types that have passed are remembered: a value is nearly always made of the same ones.
    """
    names = tuple(name for name, _ in kinds)
    single = len(names) == 1
    read: Callable[[Any], Any] = attrgetter(*names)
    passed: set[tuple[type, ...]] = set()

    def check(instance: Any) -> None:
        parts = read(instance)
        found = (type(parts),) if single else tuple(map(type, parts))
        if found not in passed:
            _explain(instance, kinds)
            passed.add(found)

    return check


def _explain(instance: Any, kinds: tuple[tuple[str, _Kinds], ...]) -> None:
    parts = [(name, kind, getattr(instance, name)) for name, kind in kinds]
    wrong = [
        WRONG_TYPE(f"/{name}", expected=_named(kind), found=_name(part))
        for name, kind, part in parts
        if not isinstance(part, kind)
    ]
    if wrong:
        raise InvalidValueError(*wrong)


def declared_check(kind: type[Any]) -> Callable[[Any], None]:
    """`type_check` for an attrs class by what its fields declare.

    A field that converts or validates what it is given has had its check; one that is declared as anything, or by a
    name that only a type checker knows, has none.
    """
    kinds = tuple(_declared(kind))
    return type_check(*kinds) if kinds else _nothing_to_check


_CHECKS: Final[dict[type[Any], Callable[[Any], None]]] = {}


def check_declared(instance: object) -> None:
    """Hold an instance of an attrs class against what its class declares (`declared_check`, made once for each class).

    Raises `InvalidValueError` (`value.type`).
    """
    kind = instance.__class__
    check = _CHECKS.get(kind)
    if check is None:
        check = _CHECKS[kind] = declared_check(kind)
    check(instance)


def _nothing_to_check(_instance: object) -> None:
    pass


def _declared(kind: type[Any]) -> Iterator[tuple[str, _Kinds]]:
    homes = {name: base for base in reversed(kind.__mro__) for name in get_annotations(base)}
    for field in attrs.fields(kind):
        if field.converter is None and field.validator is None:
            try:
                kinds = _kinds(_resolved(field.type, homes[field.name]))
            except NameError:
                continue
            if kinds:
                yield field.name, kinds


def _resolved(hint: Any, home: type[Any]) -> Any:
    return eval(hint, vars(sys.modules[home.__module__])) if isinstance(hint, str) else hint  # noqa: S307 - our own source


def _kinds(hint: Any) -> tuple[Any, ...]:
    """The classes that a type stands for, as far as `isinstance` can tell; none where it cannot."""
    if hint is None:
        return (NoneType,)
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        parts = [_kinds(part) for part in get_args(hint)]
        return tuple(each for part in parts for each in part) if all(parts) else ()
    found = hint if origin is None else origin
    tells = isinstance(found, type) and found is not Any and not getattr(found, "_is_protocol", False)
    return (found,) if tells else ()


def instance_of(kind: type[T], given: T, address: str = "") -> T:
    """What was given, if it is of the type. Raises `InvalidValueError` (`value.type`)."""
    part: Any = given
    if not isinstance(part, kind):
        raise InvalidValueError(WRONG_TYPE(address, expected=kind.__name__, found=_name(part)))
    return part


def tuple_of(kind: type[T], given: Iterable[T], address: str = "") -> tuple[T, ...]:
    """What was given as a tuple whose members are all of one type.

    Raises `InvalidValueError` (`value.type`) at the address, or at that of the first member that is not.
    """
    many: Any = given
    if not many and many.__class__ is tuple:
        return ()
    if isinstance(many, str) or not hasattr(many, "__iter__"):
        raise InvalidValueError(WRONG_TYPE(address, expected=f"many {kind.__name__}", found=_name(many)))
    every: tuple[Any, ...] = tuple(many)
    for position, each in enumerate(every):
        if not isinstance(each, kind):
            raise InvalidValueError(WRONG_TYPE(f"{address}/{position}", expected=kind.__name__, found=_name(each)))
    return every


def pairs_of(given: Iterable[tuple[str, str]], address: str = "") -> tuple[tuple[str, str], ...]:
    """What was given as pairs of text. Raises `InvalidValueError` (`value.type`)."""
    return couples_of(str, str, given, address)


def couples_of(
    first: type[T], second: type[S], given: Iterable[tuple[T, S]], address: str = ""
) -> tuple[tuple[T, S], ...]:
    """What was given as pairs, the first of each of one type and the second of another.

    Raises `InvalidValueError` (`value.type`).
    """
    pairs: list[tuple[T, S]] = []
    for position, each in enumerate(tuple_of(object, given, address)):
        many: Any = each
        here = f"{address}/{position}"
        parts = tuple_of(object, many, here)
        if len(parts) != 2:
            expected = "a pair of str" if first is second else f"a pair of {first.__name__} and {second.__name__}"
            raise InvalidValueError(WRONG_TYPE(here, expected=expected, found=f"{len(parts)} of them"))
        one, other = parts
        if not isinstance(one, first):
            raise InvalidValueError(WRONG_TYPE(f"{here}/0", expected=first.__name__, found=_name(one)))
        if not isinstance(other, second):
            raise InvalidValueError(WRONG_TYPE(f"{here}/1", expected=second.__name__, found=_name(other)))
        pairs.append((one, other))
    return tuple(pairs)


def texts_of(given: Mapping[str, str], address: str = "") -> dict[str, str]:
    """What was given as text by name. Raises `InvalidValueError` (`value.type`)."""
    return values_of(str, given, address)


def values_of(kind: type[T], given: Mapping[str, T], address: str = "") -> dict[str, T]:
    """What was given as values of one type by name. Raises `InvalidValueError` (`value.type`)."""
    many: Any = given
    if not isinstance(many, Mapping):
        raise InvalidValueError(WRONG_TYPE(address, expected=f"{kind.__name__} by name", found=_name(many)))
    return dict(couples_of(str, kind, given.items(), address))


def _name(value: object) -> str:
    return type(value).__name__[:40]


def _named(kind: _Kinds) -> str:
    kinds = kind if isinstance(kind, tuple) else (kind,)
    return " or ".join("None" if each is type(None) else each.__name__ for each in kinds)
