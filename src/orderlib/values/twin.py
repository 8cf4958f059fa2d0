"""Making and copying frozen attrs values out of valid parts, at the price of a plain object.

The constructor of a frozen class sets each field by a call, runs converters and validators, and `attrs.evolve` runs
it all again: right at the edges, wasted on a value whose parts are valid by construction. `maker` and `changer`
generate, once, a function that fills a mutable twin (a subclass without slots of its own, so that the layout is the
same) and turns it into the frozen class. `changer` does so for a copy in which the same few fields always change;
what `copier` gives is still a twin: the caller sets fields, and what `sealer` gives freezes it.

Only for values whose parts are valid by construction: nothing is checked here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

import attrs

__all__ = ["adder", "changer", "copier", "maker", "quick", "sealer"]

T = TypeVar("T")
_HASH: Final = "_attrs_cached_hash"  # the slot in which attrs keeps the hash of a class with `cache_hash`


def copier(kind: type[T]) -> Callable[[T], Any]:
    """A function that makes a mutable copy of an instance; set its attributes, then seal it.

    The class must be a slotted attrs class. The copy must not escape before it is sealed.
    """
    body = "".join(f"    new.{field.name} = old.{field.name}\n" for field in attrs.fields(_described(kind)))
    source = f"def copy(old):\n    new = twin()\n{body}{_forget_hash(kind)}    return new\n"
    return _compiled(source, kind, "copy", {})


def sealer(kind: type[T]) -> Callable[[Any], T]:
    """A function that turns a mutable copy into the frozen class, in place."""

    def seal(copy: Any) -> T:
        copy.__class__ = kind
        sealed: T = copy
        return sealed

    return seal


def changer(kind: type[T], *names: str) -> Callable[..., T]:
    """A function that takes an instance and new values of the fields named, in this order, and gives the changed one.

    Raises `TypeError` for a name that is no field.
    """
    return _compiled(_changing(kind, {name: f"new_{name}" for name in names}), kind, "change", {})


def _changing(kind: type[Any], values: dict[str, str]) -> str:
    """The source of a function that copies an instance, some fields of it with another value."""
    fields = [field.name for field in attrs.fields(_described(kind))]
    unknown = [name for name in values if name not in fields]
    if unknown:
        raise TypeError(f"{kind.__qualname__} has no {', '.join(unknown)}")
    parameters = ", ".join(["old", *(f"new_{name}" for name in values)])
    body = "".join(f"    new.{name} = {values.get(name, f'old.{name}')}\n" for name in fields)
    return f"def change({parameters}):\n    new = twin()\n{body}{_forget_hash(kind)}{_SEAL}"


def adder(kind: type[T], name: str, part: str, add: Callable[[Any, Any], Any]) -> Callable[[T, Any], T]:
    """A function that takes an instance and something else, and gives the instance with more in one field.

    `add` makes the new value out of the old and the attribute `part` of the other; it is not asked where the old is
    still the field's default, which must be its neutral element. Raises `TypeError` for a name that is no field.
    """
    value = f"new_{name}.{part} if old.{name} is neutral else add(old.{name}, new_{name}.{part})"
    source = _changing(kind, {name: value})
    neutral = getattr(attrs.fields(_described(kind)), name).default
    return _compiled(source, kind, "change", {"add": add, "neutral": neutral})


def quick(kind: type[T]) -> type[T]:
    """A decorator for a frozen class of many fields that are taken as given: its constructor fills the twin as well.

    Raises `TypeError` where a field has a converter or a validator, or the class has something to do afterwards.
    """
    checked = any(field.converter or field.validator for field in attrs.fields(_described(kind)))
    if checked or hasattr(kind, "__attrs_post_init__"):
        raise TypeError(f"{kind.__qualname__} checks what it is given")
    parameters, values, scope = _parameters(kind)
    body = "".join(f"    self.{name} = {value}\n" for name, value in values.items())
    source = f"def __init__(self, {parameters}):\n    open(self, '__class__', twin)\n{body}"
    scope["open"] = object.__setattr__
    init = _compiled(f"{source}    self.__class__ = kind\n", kind, "__init__", scope)
    init.__annotations__ = kind.__init__.__annotations__
    setattr(kind, "__init__", init)  # noqa: B010 - a type checker forbids to assign it
    return kind


def maker(kind: type[T], *names: str) -> Callable[..., T]:
    """A function with the signature of the class that makes an instance out of parts as they are.

    Where fields are named, these alone are given, by position, and all others take their defaults. Converters and
    validators are passed over, `__attrs_post_init__` and hooks as well. A default that a factory makes is made
    anew each time. Raises `TypeError` for a field that has no default and is not named.
    """
    parameters, values, scope = _parameters(kind)
    if names:
        parameters = ", ".join(names)
        values = {name: name if name in names else _left_out(kind, name, scope) for name in values}
    body = "".join(f"    new.{name} = {value}\n" for name, value in values.items())
    source = f"def make({parameters}):\n    new = twin()\n{body}{_forget_hash(kind)}{_SEAL}"
    return _compiled(source, kind, "make", scope)


def _parameters(kind: type[Any]) -> tuple[str, dict[str, str], dict[str, Any]]:
    """The parameters of the constructor, what each field is set to, and the names that both use."""
    placed, named = list[str](), list[str]()
    values: dict[str, str] = {}
    scope: dict[str, Any] = {}
    for field in attrs.fields(_described(kind)):
        if not field.init:
            raise TypeError(f"{kind.__qualname__}.{field.name} is not given to the constructor")
        name, default = field.alias, field.default
        parameter = values[field.name] = name
        if isinstance(default, attrs.Factory):  # type: ignore[arg-type] # attrs types its class as a function
            scope[f"_make_{name}"], scope["_unset"] = default.factory, _UNSET
            parameter = f"{name}=_unset"
            values[field.name] = f"_make_{name}() if {name} is _unset else {name}"
        elif default is not attrs.NOTHING:
            scope[f"_default_{name}"] = default
            parameter = f"{name}=_default_{name}"
        (named if field.kw_only else placed).append(parameter)
    return ", ".join([*placed, *(["*", *named] if named else [])]), values, scope


def _left_out(kind: type[Any], name: str, scope: dict[str, Any]) -> str:
    """What a field is set to that nobody gives."""
    alias = getattr(attrs.fields(kind), name).alias
    if f"_make_{alias}" in scope:
        return f"_make_{alias}()"
    if f"_default_{alias}" not in scope:
        raise TypeError(f"{kind.__qualname__}.{name} has no default")
    return f"_default_{alias}"


_UNSET: Final = object()
_SEAL: Final = "    new.__class__ = kind\n    return new\n"


def _forget_hash(kind: type[Any]) -> str:
    return f"    new.{_HASH} = None\n" if hasattr(kind, _HASH) else ""  # what is new has another hash


def _described(kind: type[Any]) -> Any:
    if not attrs.has(kind) or "__slots__" not in kind.__dict__:
        raise TypeError(f"{kind.__qualname__} is not a slotted attrs class")
    return kind


def _compiled(source: str, kind: type[Any], name: str, scope: dict[str, Any]) -> Callable[..., Any]:
    scope |= {"twin": _twin(kind), "kind": kind}
    exec(compile(source, f"<{name} of {kind.__qualname__}>", "exec"), scope)  # noqa: S102 - of our own field names
    function: Callable[..., Any] = scope[name]
    return function


def _twin(kind: type[Any]) -> type[Any]:
    plain = {name: getattr(object, name) for name in ("__init__", "__setattr__", "__delattr__")}
    return type(kind.__name__ + "Twin", (kind,), {"__slots__": (), **plain})
