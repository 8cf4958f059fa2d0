"""What can be wrong with primitives, and the list in which it is noted."""

from __future__ import annotations

from typing import Any, Final

from orderlib.errors import DocumentError, Finding, FindingCode, OrderlibError, Severity
from orderlib.wire.jsontext import TOO_MANY_FAULTS, Path, address_of

__all__ = ["BAD", "EnoughFaultsError", "Faults", "excerpt"]

WRONG_TYPE: Final = FindingCode(
    "json.wrong-type", Severity.ERROR, "{found} where {expected} is expected", "应为 {expected}，而不是 {found}"
)
MISSING_KEY: Final = FindingCode("json.missing-key", Severity.ERROR, "the key is missing", "缺少该键")
UNKNOWN_KEY: Final = FindingCode("json.unknown-key", Severity.ERROR, "nothing is known by this key", "未知的键")
UNKNOWN_CHOICE: Final = FindingCode(
    "json.unknown-choice", Severity.ERROR, "{value} is none of {choices}", "{value} 不在 {choices} 之中"
)
UNKNOWN_TAG: Final = FindingCode(
    "json.unknown-tag", Severity.ERROR, "{tag} is no {expected} that can stand here", "{tag} 不是此处允许的 {expected}"
)
UNKNOWN_VERSION: Final = FindingCode(
    "json.unknown-version",
    Severity.ERROR,
    "version {version} of {tag} is not known; the newest is {newest}",
    "{tag} 没有版本 {version}；最新版本为 {newest}",
)
UPCAST: Final = FindingCode(
    "json.upcast",
    Severity.ERROR,
    "version {version} of {tag} does not lead to a newer one",
    "{tag} 的版本 {version} 无法升级",
)
WRONG_LENGTH: Final = FindingCode(
    "json.wrong-length",
    Severity.ERROR,
    "{found} items where {expected} are expected",
    "应有 {expected} 项，而不是 {found} 项",
)
DUPLICATE_ITEM: Final = FindingCode("json.duplicate-item", Severity.ERROR, "the item stands twice", "该项重复出现")
DUPLICATE_MEMBER: Final = FindingCode(
    "json.duplicate-member", Severity.ERROR, "two keys stand for the same", "两个键表示同一内容"
)
TOO_MANY_LINES: Final = FindingCode(
    "json.too-many-lines", Severity.ERROR, "{found} lines where {limit} are allowed", "共 {found} 行，上限为 {limit} 行"
)
INVALID_VALUE: Final = FindingCode(
    "json.invalid-value", Severity.ERROR, "not a value of {kind}: {reason}", "不是有效的 {kind}：{reason}"
)


BAD: Final[Any] = object()
"""Stands for a value that could not be read."""

_SHOWN: Final = 40


def excerpt(value: object) -> str:
    """So much of a stranger's value as a finding repeats."""
    return repr(value[:_SHOWN]) if isinstance(value, str) else repr(value)[:_SHOWN]


class EnoughFaultsError(Exception):
    """As many faults are noted as are told."""


class Faults:
    """The faults of one document, in the order in which they were found, never more than `limit`."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._found: list[Finding] = []
        self.cause: Exception | None = None

    def __len__(self) -> int:
        return len(self._found)

    def note(self, code: FindingCode, path: Path, **evidence: Any) -> Any:
        """Note a finding at a path; gives `BAD`. `EnoughFaultsError` once there are too many."""
        return self.add(code(address_of(path), **evidence))

    def add(self, finding: Finding) -> Any:
        """Note a finding that has its address already; gives `BAD`."""
        if len(self._found) >= self._limit:
            self._found.append(TOO_MANY_FAULTS(limit=self._limit))
            raise EnoughFaultsError
        self._found.append(finding)
        return BAD

    def refused(self, error: Exception, kind: str, path: Path, own: str = "") -> Any:
        """Note what a constructor, converter or reader has raised; gives `BAD`.

        `own` is the pointer of a field whose converter spoke: it may or may not name its field itself.
        """
        if isinstance(error, OrderlibError):
            here = address_of(path)
            for finding in error.findings:
                self.add(finding.under(here if finding.address.startswith(own) else here + own))
            return BAD
        self.cause = error
        return self.add(INVALID_VALUE(address_of(path) + own, kind=kind, reason=excerpt(str(error))))

    def only(self, finding: Finding) -> None:
        """Forget what was noted for one finding that makes the rest meaningless."""
        self._found = [finding]

    def raise_all(self) -> None:
        """Raise one `DocumentError` with everything that was noted, if anything was."""
        if self._found:
            raise DocumentError(*self._found) from self.cause
