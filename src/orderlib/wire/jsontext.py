"""JSON text to Python primitives and back, strict on both ways (RFC 8259, RFC 6901 for addresses).

Sizes are judged on the bytes, before anything is parsed: length, nesting, number of values, digits.
What many parsers let pass is refused: a byte order mark, keys that stand twice, ``NaN`` and
``Infinity``, numbers that a float cannot hold, unpaired surrogates and NUL (no database keeps them).
Whatever the bytes are, `loads` gives primitives or one `DocumentError`; nothing else escapes.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from hashlib import sha256
from itertools import islice
from typing import Any, Final, TypeAlias

from orderlib.errors import DocumentError, Finding, FindingCode, Severity
from orderlib.wire.limits import Limits

__all__ = ["Json", "Path", "address_of", "digest", "dumps", "fits_text", "loads", "pointer", "unfit_character"]

Json: TypeAlias = Any
"""None, bool, int, float, str, list of these, or dict from str to these."""

TOO_LARGE: Final = FindingCode(
    "json.too-large", Severity.ERROR, "{size} bytes where {limit} are allowed", "{size} 字节，上限为 {limit} 字节"
)
TOO_DEEP: Final = FindingCode(
    "json.too-deep", Severity.ERROR, "nested deeper than {limit} levels", "嵌套超过 {limit} 层"
)
TOO_MANY_VALUES: Final = FindingCode(
    "json.too-many-values", Severity.ERROR, "more than {limit} values", "值的数量超过 {limit}"
)
LONG_TEXT: Final = FindingCode(
    "json.long-text", Severity.ERROR, "text of more than {limit} characters", "文本超过 {limit} 个字符"
)
LONG_NUMBER: Final = FindingCode(
    "json.long-number", Severity.ERROR, "a number of more than {limit} digits", "数字超过 {limit} 位"
)
ENCODING: Final = FindingCode(
    "json.encoding",
    Severity.ERROR,
    "not UTF-8 without byte order mark (byte {position})",
    "不是无字节顺序标记的 UTF-8（第 {position} 字节）",
)
MALFORMED: Final = FindingCode(
    "json.malformed",
    Severity.ERROR,
    "not JSON at line {line}, column {column}: {reason}",
    "第 {line} 行第 {column} 列不是有效的 JSON：{reason}",
)
DUPLICATE_KEY: Final = FindingCode(
    "json.duplicate-key", Severity.ERROR, "the key stands twice in one object", "同一对象中键重复出现"
)
NOT_FINITE: Final = FindingCode(
    "json.not-finite", Severity.ERROR, "{text} is not a number that JSON can hold", "{text} 不是 JSON 可表示的数"
)
CHARACTER: Final = FindingCode(
    "json.character",
    Severity.ERROR,
    "text with NUL or an unpaired surrogate (U+{point})",
    "文本含有空字符或不成对的代理码位（U+{point}）",
)
TOO_MANY_FAULTS: Final = FindingCode(
    "json.too-many-faults",
    Severity.ERROR,
    "more than {limit} faults; the rest is not listed",
    "错误超过 {limit} 个，其余未列出",
)

_USUAL: Final = Limits()
_BRACKETS: Final = bytes.maketrans(b"{}", b"[]")
_NO_BRACKETS: Final = bytes(set(range(256)) - set(b"[]{}"))
_BAD_ESCAPE: Final = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")
_BAD_CHARACTER: Final = re.compile("[\0\ud800-\udfff]")
_TOKEN_LENGTH: Final = 100

Path: TypeAlias = "tuple[Path, str | int] | None"
"""Where one is: the way to what holds it, and the last step; None for the top."""


def pointer(token: str | int, /) -> str:
    """One step of a JSON Pointer, slash included: ``/`` and ``~`` escaped (RFC 6901, 3).

    So that an address can always be printed and kept, a key of more than 100 characters is cut and what
    UTF-8 cannot hold is written as an escape.
    """
    if isinstance(token, int):
        return f"/{token}"
    if len(token) > _TOKEN_LENGTH:
        token = token[:_TOKEN_LENGTH] + "…"
    if not token.isprintable():
        token = token.encode("unicode_escape").decode("ascii")
    return "/" + token.replace("~", "~0").replace("/", "~1")


def fits_text(text: str, /) -> bool:
    """True where the text can be written as UTF-8 and kept by any database: no NUL, no half surrogate."""
    return text.isprintable() or _BAD_CHARACTER.search(text) is None


def unfit_character(text: str, /) -> str:
    """The first character that keeps a text from being saved, as four or more hexadecimal digits; empty if none."""
    found = _BAD_CHARACTER.search(text)
    return f"{ord(found[0]):04X}" if found else ""


def loads(data: bytes, limits: Limits = _USUAL) -> Json:
    """Primitives from the bytes of one JSON document.

    Raises `DocumentError` with every fault found (at most `limits.max_faults`): `json.too-large`,
    `json.too-deep`, `json.too-many-values`, `json.long-text`, `json.long-number`, `json.encoding`,
    `json.malformed`, `json.duplicate-key`, `json.not-finite`, `json.character`.
    """
    suspicious = _measure(data, limits)
    try:
        text = data.decode("utf-8")
        if not suspicious:
            try:
                return _STRICT.decode(text)
            except _FaultFoundError:
                pass
        return _parse_marked(text, limits)
    except UnicodeDecodeError as error:
        raise DocumentError(ENCODING(position=error.start)) from error
    except json.JSONDecodeError as error:
        raise DocumentError(MALFORMED(line=error.lineno, column=error.colno, reason=error.msg)) from error
    except RecursionError as error:
        raise DocumentError(TOO_DEEP(limit=limits.max_depth)) from error


def dumps(value: Json) -> bytes:
    """Compact UTF-8 bytes of primitives, keys in their order; the same value always gives the same bytes.

    Raises `DocumentError` (`json.not-finite`, `json.character`, `json.too-deep`) for what no strict
    reader would take back, and `TypeError` for what is no JSON value at all.
    """
    return _write(_AS_GIVEN, value)


def digest(value: Json) -> str:
    """SHA-256, in hexadecimal, over the canonical bytes with sorted keys: equal content, equal digest.

    Raises as `dumps` does.
    """
    return sha256(_write(_SORTED, value)).hexdigest()


_AS_GIVEN: Final = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, allow_nan=False, separators=(",", ":")
).encode
_SORTED: Final = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, allow_nan=False, separators=(",", ":"), sort_keys=True
).encode


def _write(encode: Callable[[Json], str], value: Json) -> bytes:
    try:
        text = encode(value)
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise DocumentError(CHARACTER(point=f"{ord(error.object[error.start]):04X}")) from error
    except RecursionError as error:
        raise DocumentError(TOO_DEEP(limit="the interpreter's")) from error
    except ValueError as error:
        raise DocumentError(NOT_FINITE(text="NaN or infinity")) from error
    if "\\u0000" in text:
        _refuse_nul(value)
    return data


def _refuse_nul(value: Json) -> None:
    """The escape may also be text about escapes, which is fine: look at the value itself."""
    if any("\0" in node for _, node in _walk(value) if isinstance(node, str)):
        raise DocumentError(CHARACTER(point="0000"))


def _measure(data: bytes, limits: Limits) -> bool:
    """Refuse what is too big by looking at bytes alone; True where texts and digits need a second look."""
    if len(data) > limits.max_bytes:
        raise DocumentError(TOO_LARGE(size=len(data), limit=limits.max_bytes))
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        raise DocumentError(ENCODING(position=0))
    escaped = b"\\" in data
    # without escaped quotes, every quote begins or ends a string (in a run of backslashes, pairs come first)
    plain = data.replace(b"\\\\", b"..").replace(b'\\"', b"..") if escaped else data
    bare = b"".join(plain.split(b'"')[::2])
    brackets = bare.translate(_BRACKETS, _NO_BRACKETS)
    openings = brackets.count(b"[")
    if openings + bare.count(b",") >= limits.max_nodes:
        raise DocumentError(TOO_MANY_VALUES(limit=limits.max_nodes))
    if openings > limits.max_depth and _too_deep(brackets, limits.max_depth):
        raise DocumentError(TOO_DEEP(limit=limits.max_depth))
    if (escaped and _BAD_ESCAPE.search(data)) or _long_run(limits.max_digits).search(bare):
        return True
    return len(data) > limits.max_text and max(map(len, plain.split(b'"'))) > limits.max_text


def _too_deep(brackets: bytes, limit: int) -> bool:
    """Peel one level of nesting at a time; what does not peel is not balanced, and no parser recurses far."""
    for _ in range(limit):
        peeled = brackets.replace(b"[]", b"")
        if len(peeled) == len(brackets):
            break
        brackets = peeled
    return brackets.count(b"[") > limit or b"[]" in brackets


@lru_cache(maxsize=16)
def _long_run(digits: int) -> re.Pattern[bytes]:
    return re.compile(rb"[0-9.eE+-]{%d}" % (digits + 1))


class _FaultFoundError(Exception):
    """The document parses, but holds something that JSON proper does not: parse again, and mark it."""


class _Twice(dict[str, Any]):
    """Marks an object in which keys stand twice."""

    __slots__ = ("twice",)
    twice: set[str]


class _NotFinite(str):
    """Marks a number that no float holds."""

    __slots__ = ()


class _TooLong:
    """Marks a number with too many digits."""


_NO_NUMBERS: Final = {name: _NotFinite(name) for name in ("NaN", "Infinity", "-Infinity")}
_TOO_LONG: Final = _TooLong()


def _only_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _FaultFoundError
    return found


def _real(text: str) -> float:
    value = float(text)
    if math.isinf(value) or (value == 0 and re.search("[1-9]", re.split("[eE]", text)[0])):
        raise _FaultFoundError
    return value


def _constant(_name: str) -> float:
    raise _FaultFoundError


_STRICT: Final = json.JSONDecoder(object_pairs_hook=_only_once, parse_float=_real, parse_constant=_constant)


def _parse_marked(text: str, limits: Limits) -> Json:
    """Parse again, leaving a mark wherever something is wrong, and raise all marks with their addresses."""

    def number(read: Callable[[str], float]) -> Callable[[str], Any]:
        def marked(text: str) -> Any:
            if sum(map(str.isdigit, text)) > limits.max_digits:
                return _TOO_LONG
            try:
                return read(text)
            except _FaultFoundError:
                return _NotFinite(text)

        return marked

    decoder = json.JSONDecoder(
        object_pairs_hook=_marking_twice,
        parse_float=number(_real),
        parse_int=number(int),
        parse_constant=_NO_NUMBERS.__getitem__,
    )
    value = decoder.decode(text)
    faults = list(islice(_each_fault(value, limits), limits.max_faults + 1))
    if len(faults) > limits.max_faults:
        faults[-1] = TOO_MANY_FAULTS(limit=limits.max_faults)
    if faults:
        raise DocumentError(*faults)
    return value


def _marking_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    marked = _Twice(found)
    once: set[str] = set()
    marked.twice = set()
    for key, _ in pairs:
        (marked.twice if key in once else once).add(key)
    return marked


def _each_fault(value: Json, limits: Limits) -> Iterator[Finding]:
    for path, node in _walk(value):
        if isinstance(node, _NotFinite):
            yield NOT_FINITE(address_of(path), text=node)
        elif isinstance(node, str):
            if not fits_text(node):
                yield CHARACTER(address_of(path), point=unfit_character(node))
            if len(node) > limits.max_text:
                yield LONG_TEXT(address_of(path), limit=limits.max_text)
        elif node is _TOO_LONG:
            yield LONG_NUMBER(address_of(path), limit=limits.max_digits)
        elif isinstance(node, _Twice):
            for key in sorted(node.twice):
                yield DUPLICATE_KEY(address_of((path, key)))


def _walk(value: Json) -> Iterator[tuple[Path, Any]]:
    """Every value and every key with its path, in the document's order, lazily and without recursion."""
    yield None, value
    stack = [_members(None, value)]
    while stack:
        for step, member in stack[-1]:
            yield step, member
            if isinstance(member, (dict, list, tuple)):
                stack.append(_members(step, member))  # pyright: ignore[reportUnknownArgumentType]
                break
        else:
            stack.pop()


def _members(path: Path, node: Json) -> Iterator[tuple[Path, Any]]:
    if isinstance(node, dict):
        for key, member in node.items():  # pyright: ignore[reportUnknownVariableType]
            step: Path = (path, key)  # pyright: ignore[reportUnknownVariableType]
            yield step, key
            yield step, member
    elif isinstance(node, (list, tuple)):
        for place, member in enumerate(node):  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
            yield (path, place), member


def address_of(path: Path) -> str:
    """The JSON Pointer of a path, written only when somebody asks for it."""
    steps: list[str] = []
    while path is not None:
        path, token = path
        steps.append(pointer(token))
    return "".join(reversed(steps))
