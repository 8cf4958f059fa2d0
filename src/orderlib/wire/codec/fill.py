"""Which classes may be filled directly, and into what.

What an attrs constructor does (convert, set, validate, post-init) can be done from outside in the same
order, on an instance of a subclass that can still be written to; it then becomes the frozen class itself.
That bypasses nothing and costs a third. A class that does more (its own `__init__`, `__new__` or pre-init, a
cached hash, converters that want the instance) goes through its constructor, as every class does where
the interpreter has no global lock.
"""

from __future__ import annotations

import sysconfig
from typing import Any, Final, Generic, cast

import attrs

__all__ = ["draft_of", "is_plain_converter"]

_NO_LOCK: Final = bool(sysconfig.get_config_var("Py_GIL_DISABLED"))
_SILENT: Final = tuple(getattr(cls.__init_subclass__, "__func__", None) for cls in (object, Generic))


def draft_of(cls: Any) -> type | None:
    """A subclass without slots of its own whose instances can be written to and turned into `cls`; or None."""
    if _NO_LOCK or not _only_constructs(cls):
        return None
    body = {"__slots__": (), "__setattr__": object.__setattr__, "__delattr__": object.__delattr__}
    return type(f"{cls.__name__}Draft", (cls,), body)


def _only_constructs(cls: Any) -> bool:
    """True where the generated constructor is all that happens when an instance is made."""
    made = attrs.inspect(cls)
    return (
        made.added_init
        and made.is_slotted
        and not made.is_exception
        and not hasattr(cls, "_attrs_cached_hash")
        and not hasattr(cls, "__attrs_pre_init__")
        and cls.__new__ is object.__new__
        and type(cls) is type
        and getattr(cls.__init_subclass__, "__func__", None) in _SILENT
        and all(map(_is_plain, attrs.fields(cls)))
    )


def _is_plain(field: attrs.Attribute[Any]) -> bool:
    default: Any = field.default
    converter = cast("Any", field.converter)
    takes_self = isinstance(default, attrs.Factory) and default.takes_self  # type: ignore[arg-type]
    return field.init and is_plain_converter(converter) and not takes_self


def is_plain_converter(converter: object) -> bool:
    """True for none, and for a callable that takes the value alone."""
    return converter is None or not isinstance(converter, attrs.Converter)
