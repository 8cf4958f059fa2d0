"""Keep a sample of every version of every event and command that was ever written: tests/wire/golden.

A stored record must be readable for ever. For each tagged class that has no sample of its current version this
script writes one, `TAG.vVERSION.json`, and never touches a file that exists. Tests read them all: whoever changes
the form of a class without a new version and an upcaster breaks a sample.

    python tools/golden.py [--check]
"""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from documents import Documents
from hypothesis import Phase, Verbosity, find, settings
from hypothesis.errors import NoSuchExample, Unsatisfiable

from orderlib.errors import DocumentError
from orderlib.wire.codec.registry import tag_of, version_of
from orderlib.wire.codec.resolve import Resolver
from orderlib.wire.codec.shape import OneOf
from orderlib.wire.codec.standard import standard_codec, standard_registry

FOLDER = Path(__file__).parents[1] / "tests" / "wire" / "golden"
SEARCH = settings(
    max_examples=300,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    verbosity=Verbosity.quiet,
)


def missing() -> Iterator[tuple[type[Any], Path]]:
    """The tagged classes without a sample of their current version, with the file that it would have."""
    for cls in standard_registry().tagged:
        path = FOLDER / f"{tag_of(cls)}.v{version_of(cls)}.json"
        if not path.exists():
            yield cls, path


def sample(cls: type[Any]) -> bytes | None:
    """The canonical bytes of some value of a class, or nothing where none is found."""
    codec = standard_codec()

    def fits(document: Any) -> bool:
        with contextlib.suppress(DocumentError):
            codec.structure(cls, document)
            return True
        return False

    shape = Resolver(standard_registry()).shape(cls)
    if not isinstance(shape, OneOf):
        raise TypeError(f"{cls!r} has no tag")
    for full in (True, False):
        with contextlib.suppress(NoSuchExample, Unsatisfiable):
            document = find(Documents(full=full).tagged(shape, tag_of(cls)), fits, settings=SEARCH)
            return codec.dumps(codec.structure(cls, document))
    return None


def main() -> int:
    """Write what is missing; 1 where something is, with `--check`, or where no sample could be found."""
    parser = argparse.ArgumentParser(description="Write a sample of each version of each tagged class.")
    parser.add_argument("--check", action="store_true", help="only name what is missing")
    check = parser.parse_args().check
    failed = 0
    for cls, path in missing():
        content = None if check else sample(cls)
        if content is None:
            failed += 1
            print(f"{path.name}: {'missing, run `python tools/golden.py`' if check else 'no sample found'}")
        else:
            path.write_bytes(content + b"\n")
            print(f"{path.name}: written")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
