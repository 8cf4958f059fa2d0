"""From the untyped tree to values: what was taken is marked, and what cannot be a value is a finding.

Nothing here raises for what a document says. A number, id or text that the library does not take becomes a
finding with the path of its element, and the caller gets None; at the end the elements that nobody took are
known, so that nothing is lost without a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Final, TypeVar

import attrs

from orderlib.errors import Finding, FindingCode, InvalidValueError, Severity
from orderlib.values.decimals import decimal
from orderlib.values.identifier import Identifier, text
from orderlib.values.instant import day
from orderlib.values.money import Money
from orderlib.values.party import ExternalReference
from orderlib.values.period import DayPeriod
from orderlib.wire.limits import Limits
from orderlib.wire.xmltree import Element

__all__ = ["Reading", "plain_number", "token"]

T = TypeVar("T")
I = TypeVar("I", bound=Identifier)  # noqa: E741 - an identifier, whichever kind is asked for

INDICATOR: Final = FindingCode(
    "ubl.indicator-unreadable",
    Severity.ERROR,
    "“{text}” is neither true nor false",
    "“{text}” 既不是 true 也不是 false",
)
MORE_UNMAPPED: Final = FindingCode(
    "ubl.more-unmapped",
    Severity.INFO,
    "elements of more than {limit} kinds have no place in an order; the others are not listed",
    "无法映射的元素超过 {limit} 种，其余未列出",
)

_BLANKS: Final = " \t\r\n"
#: how many times as many findings of each weight are kept as may be told: the rules have told some of them already
_KEPT: Final = 4
_decimal: Final = re.compile(r"([+-])?(?=[.]?[0-9])([0-9]*)([.][0-9]*)?").fullmatch
_INDICATORS: Final = {"true": True, "1": True, "false": False, "0": False}


def token(element: Element) -> str:
    """The element's text with the blanks at its ends left out, and with line breaks inside it as one blank."""
    said = element.value
    return " ".join(said.split()) if any(blank in said for blank in "\t\r\n") else said


def plain_number(written: str) -> str:
    """A decimal of XML Schema (part 2, 3.2.3) as the library writes numbers: no plus, no bare point, no minus zero.

    Whatever is none comes back as it is, to be refused.
    """
    found = _decimal(written.strip(_BLANKS))
    if found is None:
        return written
    sign, whole, fraction = (part or "" for part in found.groups())
    whole, fraction = whole.lstrip("0") or "0", fraction.strip(".").rstrip("0")
    if whole == "0" and not fraction:
        return "0"
    return f"{'-' if sign == '-' else ''}{whole}{'.' if fraction else ''}{fraction}"


@attrs.define(eq=False)
class Reading:
    """What one reading of a document shares: the currency, the findings, and the elements already taken."""

    root: Element
    limits: Limits
    currency: str = ""
    findings: list[Finding] = attrs.field(factory=list[Finding])
    untold: int = 0
    """Findings beyond those that are kept, which are only counted."""
    _errors: int = 0
    _taken: set[Element] = attrs.field(factory=set[Element])

    def take(self, element: Element) -> Element:
        """Mark an element as having found its place."""
        self._taken.add(element)
        return element

    def add(self, finding: Finding) -> None:
        """Report something; where so much is wrong that no report would list it any more, it is counted."""
        error = finding.severity is Severity.ERROR
        if (self._errors if error else len(self.findings) - self._errors) < _KEPT * self.limits.max_faults:
            self.findings.append(finding)
            self._errors += error
        else:
            self.untold += 1

    def make(self, element: Element, build: Callable[[], T], severity: Severity = Severity.ERROR) -> T | None:
        """What `build` makes; where it cannot, None, and its findings at the element."""
        try:
            return build()
        except InvalidValueError as error:
            where = element.path
            for each in error.findings:
                self.add(Finding(each.code, severity, where, each.evidence))
            return None

    def text(self, element: Element | None, path: str) -> str:
        """The text of the first descendant along the steps, taken; empty where there is none."""
        found = None if element is None else element.child(path)
        return "" if found is None else self.text_of(found)

    def text_of(self, element: Element) -> str:
        """The element's own text, taken."""
        self._taken.add(element)
        return self.make(element, lambda: text(element.value)) or ""

    def texts(self, element: Element, *paths: str, by: str = "\n") -> str:
        """All texts along the steps, one below the other."""
        found = [said for path in paths for each in element.all(path) if (said := self.text_of(each))]
        return by.join(found)

    def identifier(self, element: Element | None, path: str, kind: type[I]) -> I | None:
        """The id at the first descendant along the steps, taken."""
        found = None if element is None else element.child(path)
        if found is None:
            return None
        self._taken.add(found)
        return self.make(found, lambda: kind(token(found)))

    def scheme_id(self, element: Element) -> str:
        """An id with its scheme before it, `0088:7300010000001`, or the bare id; empty where it cannot be one."""
        self._taken.add(element)
        scheme = " ".join(element.attributes.get("schemeID", "").split())
        bare = token(element)
        said = f"{scheme}:{bare}" if scheme and bare else bare
        return self.make(element, lambda: Identifier(said)) or ""

    def reference(self, element: Element, system: str) -> ExternalReference | None:
        """The element's id as a reference in a system."""
        self._taken.add(element)
        return self.make(element, lambda: ExternalReference(system, Identifier(token(element))))

    def day(self, element: Element | None, path: str) -> date | None:
        """The day at the first descendant along the steps, a time zone behind it left out."""
        found = None if element is None else element.child(path)
        if found is None:
            return None
        self._taken.add(found)
        return self.make(found, lambda: day(found.value[:10]))

    def period(self, element: Element | None) -> DayPeriod | None:
        """`StartDate` and `EndDate` of a `cac:…Period`; None where it has neither."""
        if element is None:
            return None
        start, end = self.day(element, "cbc:StartDate"), self.day(element, "cbc:EndDate")
        return self.make(element, lambda: DayPeriod(start, end)) if start or end else None

    def number(self, element: Element | None) -> Decimal | None:
        """The element's number, taken."""
        if element is None:
            return None
        self._taken.add(element)
        return self.make(element, lambda: decimal(plain_number(element.text)))

    def money(self, element: Element | None, severity: Severity = Severity.ERROR) -> Money | None:
        """The element's amount, in its own currency or, where it names none, in the document's.

        None where the document has none either, which is reported once for all amounts.
        """
        if element is None:
            return None
        self._taken.add(element)
        currency = element.attributes.get("currencyID", self.currency or None)
        if currency is None:
            return None
        return self.make(element, lambda: Money(plain_number(element.text), currency), severity)

    def indicator(self, element: Element | None) -> bool | None:
        """`true` or `false` (also 1 or 0, XML Schema part 2, 3.2.2), taken."""
        if element is None:
            return None
        self._taken.add(element)
        found = _INDICATORS.get(element.value)
        if found is None:
            self.add(INDICATOR(element.path, text=element.value[:40]))
        return found

    def unmapped(self) -> tuple[str, ...]:
        """Where elements stand that nobody took: each place once, numbers left out, whole branches in one.

        Beyond `limits.max_faults` places the list ends, and a finding says so.
        """
        places: dict[str, None] = {}
        for place in self._left(self.root, f"/{self.root.name}"):
            if len(places) >= self.limits.max_faults and place not in places:
                self.add(MORE_UNMAPPED(limit=self.limits.max_faults))
                break
            places[place] = None
        return tuple(places)

    def _left(self, root: Element, where: str) -> Iterator[str]:
        used, taken = self._in_use(), self._taken
        ways = [(iter(root.children), where)]
        while ways:
            children, place = ways[-1]
            for here in children:
                if here in taken:
                    continue
                if here in used:
                    ways.append((iter(here.children), f"{place}/{here.name}"))
                    break
                if here.children or here.text.strip(_BLANKS):
                    yield f"{place}/{here.name}"
            else:
                ways.pop()

    def _in_use(self) -> set[Element]:
        """Every element that was taken, and all that it stands in."""
        used: set[Element] = {self.root}
        for element in self._taken:
            here: Element | None = element
            while here is not None and here not in used:
                used.add(here)
                here = here.parent
        return used
