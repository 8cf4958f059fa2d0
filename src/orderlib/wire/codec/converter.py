"""The codec as a cattrs converter, so that applications combine their own classes with the library's.

Whatever the codec knows is read and written by it, strictly; hooks that the application registers on the
converter are used for everything else, in the middle of a record of ours too::

    converter = make_converter()
    converter.register_structure_hook(Coordinates, lambda data, _: Coordinates.parse(data))
    converter.register_unstructure_hook(Coordinates, str)
    converter.structure(data, SiteOrder)          # an attrs class of yours that holds Coordinates and an Order
    converter.codec.loads(SiteOrder, text)        # the same from bytes, faults with their addresses
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, cast

import cattrs
from cattrs import AttributeValidationNote, BaseValidationError, IterableValidationNote
from cattrs.errors import StructureHandlerNotFoundError

from orderlib.errors import DocumentError, Finding, OrderlibError
from orderlib.wire.codec.codec import Codec
from orderlib.wire.codec.fault import INVALID_VALUE, excerpt
from orderlib.wire.codec.registry import NO_CLASSES, Registry
from orderlib.wire.codec.shape import Foreign
from orderlib.wire.jsontext import Json, pointer
from orderlib.wire.limits import Limits

__all__ = ["StrictConverter", "make_converter"]

_USUAL: Final = Limits()


class StrictConverter(cattrs.Converter):
    """A `cattrs.Converter` that hands everything the codec knows to the codec.

    `structure` raises `DocumentError`; within classes that cattrs itself reads (dataclasses, say) that error stands
    in the group of exceptions which cattrs raises, unless one goes through `codec`, which translates it.
    """

    def __init__(self, registry: Registry = NO_CLASSES, limits: Limits = _USUAL) -> None:
        super().__init__(forbid_extra_keys=True, detailed_validation=True)
        self.codec: Final = Codec(registry, limits, foreign=self._foreign)
        self.register_structure_hook_factory(self._is_ours, self._reader)
        for cls in (str, int, bool, float):  # cattrs has hooks of its own for these, which coerce
            self.register_structure_hook(cls, _Reader(self.codec, cls))
        self.register_unstructure_hook_factory(self._is_ours, self._writer)

    def _is_ours(self, hint: Any) -> bool:
        return self.codec.knows(hint)

    def _reader(self, hint: Any) -> Callable[[Json, Any], Any]:
        return _Reader(self.codec, hint)

    def _writer(self, hint: Any) -> Callable[[Any], Json]:
        return _Writer(self.codec, hint)

    def _unstructured(self, hint: Any) -> Callable[[Any], Json]:
        """The hook is looked up when it is used: an application may register it later than the one that reads."""

        def unstructure(value: Any) -> Json:
            return self.get_unstructure_hook(hint)(value)

        return unstructure

    def _foreign(self, hint: Any) -> Foreign | None:
        """What an application's hooks make of a type that the codec does not know."""
        try:
            read = self.get_structure_hook(hint)
        except StructureHandlerNotFoundError:
            return None
        if isinstance(read, _Reader):
            return None

        def structure(data: Json, cls: Any) -> Any:
            try:
                return read(data, cls)
            except BaseValidationError as error:
                raise DocumentError(*_findings(error, "")) from error

        return Foreign(hint, structure, self._unstructured(hint))


class _Reader:
    """The codec's reader of one type, in the form that cattrs asks for."""

    def __init__(self, codec: Codec, hint: Any) -> None:
        self._codec = codec
        self._hint = hint

    def __call__(self, data: Json, _cls: Any) -> Any:
        return self._codec.structure(self._hint, data)


class _Writer:
    def __init__(self, codec: Codec, hint: Any) -> None:
        self._codec = codec
        self._hint = hint

    def __call__(self, value: Any) -> Json:
        return self._codec.unstructure(value, self._hint)


def _findings(error: BaseException, address: str) -> Iterator[Finding]:
    """The leaves of a group that cattrs has raised, each with the address that its notes tell."""
    if isinstance(error, BaseValidationError):
        for each in error.exceptions:
            yield from _findings(each, address + _step(each))
    elif isinstance(error, OrderlibError):
        yield from (finding.under(address) for finding in error.findings)
    else:
        yield INVALID_VALUE(address, kind=type(error).__name__, reason=excerpt(str(error)))


def _step(error: BaseException) -> str:
    for note in cast("list[object]", getattr(error, "__notes__", [])):
        if isinstance(note, AttributeValidationNote):
            return pointer(note.name)
        if isinstance(note, IterableValidationNote):
            return pointer(note.index)
    return ""


def make_converter(registry: Registry = NO_CLASSES, limits: Limits = _USUAL) -> StrictConverter:
    """A converter with the library's strict hooks, ready for an application's own."""
    return StrictConverter(registry, limits)
