"""The closed set of classes that a document may name.

A tag is the class name in kebab case, ``order-received``, unless the class says otherwise in a
`tag: ClassVar[str]`; its version is the class attribute `version: ClassVar[int]`, 1 if there is none.
A document cannot make the library import or build anything that is not registered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

import attrs

from orderlib.wire.codec.upcast import Step, Upcaster, UpcastError, chain

__all__ = ["NO_CLASSES", "RESERVED", "Registry", "tag_of", "version_of"]

RESERVED: Final = ("type", "v")
"""The keys that carry tag and version."""

_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def tag_of(cls: type) -> str:
    """The tag of a class: `OrderReceived` is ``order-received``."""
    own = getattr(cls, "tag", None)
    return own if isinstance(own, str) else _HUMP.sub("-", cls.__name__).lower()


def version_of(cls: type) -> int:
    """The version of a class's written form: its attribute `version`, 1 where there is no integer."""
    own = getattr(cls, "version", None)
    return own if type(own) is int else 1


class Registry:
    """Classes by tag, and the upcasters that lead from older versions to them; immutable.

    `tagged` classes (events, commands) always carry their tag. `known` classes (attrs classes and
    enumerations) carry it only where a field is declared as `object` or `Any`. `names` gives a class another
    tag than its own. Two classes with one tag,
    a tagged class with an argument called ``type`` or ``v``, and an upcaster that leads nowhere are a
    `ValueError`.
    """

    def __init__(
        self,
        tagged: Iterable[type] = (),
        *,
        known: Iterable[type] = (),
        upcasters: Iterable[Upcaster] = (),
        names: Mapping[type, str] = MappingProxyType({}),
    ) -> None:
        classes: dict[str, type] = {}
        self._names = dict(names)
        self._tagged = tuple(dict.fromkeys(tagged))
        for cls in dict.fromkeys((*self._tagged, *known)):
            other = classes.setdefault(self.tag(cls), cls)
            if other is not cls:
                raise ValueError(f"{cls!r} and {other!r} have the same tag {self.tag(cls)!r}")
        for cls in self._tagged:
            taken = {field.alias for field in attrs.fields(cls)} & {*RESERVED}
            if taken:
                raise ValueError(f"{cls!r} has fields called {sorted(taken)}, which carry tag and version")
        self._classes: Mapping[str, type] = MappingProxyType(classes)
        self._always = frozenset(map(self.tag, self._tagged))
        newest = [(tag, version_of(cls)) for tag, cls in classes.items()]
        self._ways = chain(upcasters, newest)

    @property
    def classes(self) -> Mapping[str, type]:
        """Every registered class by its tag."""
        return self._classes

    @property
    def tagged(self) -> tuple[type, ...]:
        """The classes that always carry their tag."""
        return self._tagged

    def closed_set(self, cls: type) -> tuple[type, ...]:
        """The classes that may stand where `cls` is declared, told apart by their tags; none where it is only itself.

        These are the tagged classes that are `cls` or derive from it; else, where known classes derive from it,
        those and, unless it has no fields and so is but a common name, the class itself.
        """
        tagged = tuple(each for each in self._tagged if issubclass(each, cls))
        if tagged:
            return tagged
        derived = tuple(each for each in self._classes.values() if issubclass(each, cls) and each is not cls)
        itself = any(field.init for field in attrs.fields(cls))
        return (cls, *derived) if derived and itself else derived

    def knows(self, cls: type) -> bool:
        """True where the class may be named by its tag."""
        return self._classes.get(self.tag(cls)) is cls

    def tag(self, cls: type) -> str:
        """The tag under which a class stands: the name given to it here, or its own."""
        return self._names.get(cls) or tag_of(cls)

    @property
    def always(self) -> frozenset[str]:
        """The tags that always stand at their records."""
        return self._always

    def upcast(self, step: Step, members: dict[str, Any]) -> tuple[Step, dict[str, Any]]:
        """The members of an old record as those of a current one, with its tag and version.

        What nothing leads on from comes back as it is. Raises `UpcastError` for an upcaster that fails.
        """
        for upcaster in self._ways.get(step, ()):
            try:
                members = upcaster.function(dict(members))
            except Exception as error:
                raise UpcastError(upcaster.source) from error
            step = upcaster.target
            if type(members) is not dict:  # a function that forgot its return
                raise UpcastError(upcaster.source)
        return step, members

    def old_tags(self) -> Iterable[tuple[Step, Step]]:
        """Every old version with the current one that it leads to."""
        return [(start, way[-1].target) for start, way in self._ways.items()]

    def extended(
        self, tagged: Iterable[type] = (), *, known: Iterable[type] = (), upcasters: Iterable[Upcaster] = ()
    ) -> Registry:
        """This registry with an application's own classes beside the ones that it has."""
        beside = [cls for cls in self._classes.values() if cls not in self._tagged]
        steps = dict.fromkeys(each for way in self._ways.values() for each in way)
        return Registry(
            (*self._tagged, *tagged), known=(*beside, *known), upcasters=(*steps, *upcasters), names=self._names
        )

    def __repr__(self) -> str:
        return f"Registry({len(self._classes)} classes, {len(self._ways)} older versions)"


NO_CLASSES: Final = Registry()
"""The registry in which nothing is known."""
