"""Parts of a value are of the types that it declares.

A checker says so before anything runs; this says it to whoever runs no checker, with a finding instead of an
`AttributeError` from somewhere inside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any, Final, TypeVar

from orderlib.errors import FindingCode, InvalidValueError, Severity

__all__ = ["pairs_of", "tuple_of", "type_check"]

WRONG_TYPE: Final = FindingCode(
    "value.type", Severity.ERROR, "{expected} is needed here, not {found}", "此处需要 {expected}，而不是 {found}"
)

T = TypeVar("T")
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
    pairs: list[tuple[str, str]] = []
    for position, each in enumerate(tuple_of(object, given, address)):
        many: Any = each
        words = tuple_of(str, many, f"{address}/{position}")
        if len(words) != 2:
            found = f"{len(words)} of them"
            raise InvalidValueError(WRONG_TYPE(f"{address}/{position}", expected="a pair of str", found=found))
        pairs.append((words[0], words[1]))
    return tuple(pairs)


def _name(value: object) -> str:
    return type(value).__name__[:40]


def _named(kind: _Kinds) -> str:
    kinds = kind if isinstance(kind, tuple) else (kind,)
    return " or ".join("None" if each is type(None) else each.__name__ for each in kinds)
