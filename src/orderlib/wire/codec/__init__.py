"""JSON for every public type: strict, closed, versioned, with every fault at its address.

`structure` and `loads` read, `unstructure` and `dumps` write any public type of the library; `digest` tells
equal contents apart from others; `schema` says it in JSON Schema. An application with classes of its own
makes a `Codec` over a `Registry`, or a cattrs converter with `make_converter`.

One description of each class (`shape`, found by `resolve`) yields the generated readers (`read`, `fill`) and
writers (`write`), the walk that explains what is wrong (`explain`, `fault`), and the schema (`schema`).
`scalar` says how single values are written, `upcast` how old versions are brought up to date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderlib._door import lazy

# door: chosen names
if TYPE_CHECKING:
    from orderlib.wire.codec.codec import Codec as Codec
    from orderlib.wire.codec.converter import StrictConverter as StrictConverter
    from orderlib.wire.codec.converter import make_converter as make_converter
    from orderlib.wire.codec.registry import Registry as Registry
    from orderlib.wire.codec.standard import digest as digest
    from orderlib.wire.codec.standard import dumps as dumps
    from orderlib.wire.codec.standard import loads as loads
    from orderlib.wire.codec.standard import standard_codec as standard_codec
    from orderlib.wire.codec.standard import standard_registry as standard_registry
    from orderlib.wire.codec.standard import structure as structure
    from orderlib.wire.codec.standard import unstructure as unstructure
    from orderlib.wire.codec.upcast import Upcaster as Upcaster

__all__ = [
    "Codec",
    "Registry",
    "StrictConverter",
    "Upcaster",
    "digest",
    "dumps",
    "loads",
    "make_converter",
    "standard_codec",
    "standard_registry",
    "structure",
    "unstructure",
]

_WHERE = {
    "Codec": "orderlib.wire.codec.codec",
    "Registry": "orderlib.wire.codec.registry",
    "StrictConverter": "orderlib.wire.codec.converter",
    "Upcaster": "orderlib.wire.codec.upcast",
    "digest": "orderlib.wire.codec.standard",
    "dumps": "orderlib.wire.codec.standard",
    "loads": "orderlib.wire.codec.standard",
    "make_converter": "orderlib.wire.codec.converter",
    "standard_codec": "orderlib.wire.codec.standard",
    "standard_registry": "orderlib.wire.codec.standard",
    "structure": "orderlib.wire.codec.standard",
    "unstructure": "orderlib.wire.codec.standard",
}
# end of door
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(__name__, _WHERE)
