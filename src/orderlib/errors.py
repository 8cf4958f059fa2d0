"""What can go wrong, and how it is said.

Every fault is a `Finding`: a stable code, a severity, an address (JSON Pointer, RFC 6901), evidence,
and a message in English and Chinese. Every error carries all of its findings::

    OrderlibError
    ├── InvalidValueError   (ValueError)   a value that cannot be: amount, quantity, id, instant …
    ├── DocumentError       (ValueError)   a document or stored record that cannot be read
    ├── RefusedError                       an intention that state, hold, authority or policy forbids
    ├── CommandReusedError                 a command id that comes twice with other content
    ├── PolicyError                        a policy that raised or returned nonsense
    ├── ChartError                         a declared lifecycle that breaks the rules of the house
    ├── UnknownKeyError     (LookupError)  a stream that the repository does not hold
    └── ConcurrencyError                   a stream that somebody else has moved on since it was loaded
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any, ClassVar, Final, Literal

import attrs

__all__ = [
    "ChartError",
    "CommandReusedError",
    "ConcurrencyError",
    "DocumentError",
    "Finding",
    "FindingCode",
    "InvalidValueError",
    "Language",
    "OrderlibError",
    "PolicyError",
    "RefusedError",
    "Severity",
    "UnknownKeyError",
    "known_codes",
]

Language = Literal["en", "zh"]


class Severity(StrEnum):
    """How much a finding weighs, lightest first."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """Position on the scale: 0 for information, 2 for an error."""
        return _RANK[self]


_RANK: Final = {severity: rank for rank, severity in enumerate(Severity)}


def _severity(value: str) -> Severity:
    try:
        return Severity(value)
    except ValueError:
        raise InvalidValueError(SEVERITY_UNKNOWN("/severity", value=str(value)[:40])) from None


def _pairs(given: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    # nearly always a tuple already; a list would make the finding unhashable
    return given if isinstance(given, tuple) else tuple((name, value) for name, value in given)


@attrs.frozen
class Finding:
    """One thing that was noticed; raises `InvalidValueError` (`finding.severity`) for a weight that there is not.

    `code` is stable and dotted (`intake.party-blacklisted`); `address` is a JSON Pointer into what was
    looked at, empty for the whole of it; `evidence` holds the facts that the message is filled with.
    """

    code: str
    severity: Severity = attrs.field(default=Severity.ERROR, converter=_severity)
    address: str = ""
    evidence: tuple[tuple[str, str], ...] = attrs.field(default=(), converter=_pairs)

    def message(self, lang: Language = "en") -> str:
        """The sentence for people, in English or Chinese.

        A code that no catalogue knows (an application's own) speaks through its code and its evidence.
        """
        known = _CATALOGUE.get(self.code)
        if known is None:
            facts = ", ".join(f"{name}={value}" for name, value in self.evidence)
            return f"{self.code} ({facts})" if facts else self.code
        return known.text(lang).format_map(_Evidence(self.evidence))

    def under(self, prefix: str) -> Finding:
        """The same finding, addressed from further up: `prefix` goes before its address."""
        return attrs.evolve(self, address=prefix + self.address)

    def __str__(self) -> str:
        where = f" at {self.address}" if self.address else ""
        return f"[{self.code}]{where}: {self.message()}"


class _Evidence(dict[str, str]):
    def __missing__(self, name: str) -> str:  # a message never fails for want of a fact
        return "?"


@attrs.frozen
class FindingCode:
    """A declared code with its severity and its two sentences; calling it makes a `Finding`.

    Sentences are `str.format` templates over the evidence. Declaring a code twice with other sentences
    is a `ValueError`.
    """

    code: str
    severity: Severity
    en: str
    zh: str

    def __attrs_post_init__(self) -> None:
        if _CATALOGUE.setdefault(self.code, self) != self:
            raise ValueError(f"finding code {self.code!r} is declared twice")

    def text(self, lang: Language) -> str:
        """The template in the language asked for."""
        return self.zh if lang == "zh" else self.en

    def __call__(self, address: str = "", /, *, severity: Severity | None = None, **evidence: object) -> Finding:
        """A finding of this code at an address, with its evidence as text."""
        facts = tuple((name, str(value)) for name, value in evidence.items())
        return Finding(self.code, severity or self.severity, address, facts)


_CATALOGUE: Final[dict[str, FindingCode]] = {}


SEVERITY_UNKNOWN: Final = FindingCode(
    "finding.severity", Severity.ERROR, "{value} is no severity of a finding", "{value} 不是有效的严重程度"
)


def known_codes() -> Mapping[str, FindingCode]:
    """Every code declared by the modules imported so far, sorted by code."""
    return dict(sorted(_CATALOGUE.items()))


class OrderlibError(Exception):
    """Root of all errors that orderlib raises on purpose; `findings` holds every reason."""

    default_code: ClassVar[str] = "orderlib.error"

    def __init__(self, *findings: Finding) -> None:
        super().__init__()
        self._findings = findings

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All reasons, at least one, in the order in which they were found."""
        return self._findings

    @property
    def code(self) -> str:
        """The code of the first finding of the highest severity."""
        found = self.findings
        return max(found, key=lambda each: each.severity.rank).code if found else self.default_code

    def __str__(self) -> str:
        return "; ".join(str(finding) for finding in self.findings) or self.default_code

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), self.findings)


class InvalidValueError(OrderlibError, ValueError):
    """A value that cannot be what it claims: an amount, quantity, unit, id, instant, calendar …"""

    default_code = "value.invalid"


class DocumentError(OrderlibError, ValueError):
    """A document, message or stored record that cannot be read; nothing of it was taken."""

    default_code = "document.invalid"


class RefusedError(OrderlibError):
    """An intention that was refused; nothing has changed.

    `allowed` names the commands that are possible now. Both `findings` and `allowed` may be computed
    when they are first read, so that refusing costs next to nothing.
    """

    default_code = "command.refused"

    def __init__(
        self,
        *findings: Finding,
        reasons: Callable[[], Iterable[Finding]] | None = None,
        allowed: Callable[[], Iterable[str]] | Iterable[str] = (),
    ) -> None:
        super().__init__(*findings)
        self._reasons = reasons
        self._allowed = allowed

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All reasons for the refusal."""
        if self._reasons is not None:
            self._findings += tuple(self._reasons())
            self._reasons = None
        return self._findings

    @property
    def allowed(self) -> tuple[str, ...]:
        """Names of the commands that the case would take now, sorted."""
        if callable(self._allowed):
            self._allowed = tuple(sorted(self._allowed()))
        return tuple(self._allowed)

    def __str__(self) -> str:
        said = super().__str__()
        return f"{said} (allowed now: {', '.join(self.allowed)})" if self.allowed else said

    def __reduce__(self) -> tuple[Any, ...]:
        return (_refused, (self.findings, self.allowed))


def _refused(findings: tuple[Finding, ...], allowed: tuple[str, ...]) -> RefusedError:
    return RefusedError(*findings, allowed=allowed)


class CommandReusedError(OrderlibError):
    """A command id that was used before, with other content."""

    default_code = "command.reused"


class PolicyError(OrderlibError):
    """A policy that raised, or returned what its slot cannot mean; the case is unchanged."""

    default_code = "policy.failed"


class ChartError(OrderlibError):
    """A declared lifecycle that cannot be compiled, or whose graph has a hole."""

    default_code = "chart.invalid"


class UnknownKeyError(OrderlibError, LookupError):
    """A stream that the repository does not hold."""

    default_code = "repository.unknown-key"


class ConcurrencyError(OrderlibError):
    """A stream that has moved on since it was loaded; load again and decide anew."""

    default_code = "repository.concurrency"
