"""Whether requirements can be offered for: complete, unambiguous, feasible."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

import attrs

from orderlib.enquiry.record import AnalysisOutcome, Enquiry, Issue, Requirement
from orderlib.errors import FindingCode, Severity
from orderlib.order.field import Aspect
from orderlib.values.decision import Decision
from orderlib.values.fact import Facts
from orderlib.values.identifier import text
from orderlib.values.parameter import whole_between
from orderlib.values.party import country_code
from orderlib.values.typed import texts_of, tuple_of

__all__ = ["AnalysisDecision", "CompleteAndUnambiguous"]


def _code(name: str, en: str, zh: str, severity: Severity = Severity.WARNING) -> FindingCode:
    return FindingCode(f"enquiry.{name}", severity, en, zh)


NOTHING_WANTED: Final = _code("nothing-wanted", "nothing is wanted yet", "尚未提出任何需求")
SPECIFICATION: Final = _code("specification-missing", "what exactly is wanted?", "具体需要什么？")
VAGUE: Final = _code("specification-vague", "what does “{word}” mean exactly?", "“{word}”具体指什么？")
QUANTITY: Final = _code("quantity-missing", "how much is wanted?", "需要多少？")
QUANTITY_RANGE: Final = _code(
    "quantity-range", "how much between {least} and {most}?", "在 {least} 与 {most} 之间具体需要多少？"
)
DATE: Final = _code("date-missing", "by which day is it wanted?", "最迟何时需要？")
DATE_WIDE: Final = _code(
    "date-wide", "when in the {days} days from {start} to {end}?", "在 {start} 至 {end} 的 {days} 天内具体何时？"
)
DATE_PAST: Final = _code("wanted-past", "it was wanted by {day}; by when now?", "要求日期 {day} 已过，最迟何时？")
PLACE: Final = _code("place-missing", "where is it to be delivered?", "交货地点在哪里？")
TOO_SOON: Final = _code(
    "too-soon", "wanted by {day}, possible from {earliest} on", "要求 {day} 前交付，最早可于 {earliest}", Severity.ERROR
)
NOT_OFFERED: Final = _code(
    "not-offered", "class {item_class} is not offered: {why}", "不提供类别 {item_class}：{why}", Severity.ERROR
)
NOT_SERVED: Final = _code("not-served", "{country} is not served: {why}", "不向 {country} 供货：{why}", Severity.ERROR)
READY: Final = _code("requirements-clear", "every requirement is clear, and feasible", "需求明确且可行", Severity.INFO)
IF_CLEAR: Final = _code("if-clear", "with these settled it would be complete", "上述问题解决后即为完整", Severity.INFO)
IF_OPEN: Final = _code("if-open", "any gap would raise a question", "任何缺失都会引起提问", Severity.INFO)

#: words that promise a detail and do not give it
_VAGUE: Final = (
    "about", "approx", "approximately", "asap", "etc", "or similar", "or equivalent", "some", "tba", "tbd", "various",
    "大约", "左右", "等等", "待定", "尽快", "若干", "类似",
)  # fmt: skip
_WORD: Final = re.compile(r"\w+")


def _reasons(given: Mapping[str, str]) -> dict[str, str]:
    return {text(name): text(why) for name, why in texts_of(given).items()}


def _countries(given: Mapping[str, str]) -> dict[str, str]:
    return {country_code(name, address="/not_served"): text(why) for name, why in texts_of(given).items()}


def _words(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(text(word).casefold() for word in tuple_of(str, given, "/vague"))


def _issues(given: Iterable[Issue]) -> tuple[Issue, ...]:
    return tuple_of(Issue, given, "/issues")


@attrs.frozen
class AnalysisDecision(Decision[AnalysisOutcome]):
    """The outcome for the enquiry as a whole, and in `issues` what is wrong with which requirement."""

    issues: tuple[Issue, ...] = attrs.field(default=(), converter=_issues, kw_only=True)


@attrs.frozen(kw_only=True)
class CompleteAndUnambiguous:
    """Specification, quantity, date and place are said, and said in one way; what is asked for can be done.

    A gap or an ambiguity is a question to the customer, unless a question on the same point was answered. `vague`
    are words that leave a specification open, `window` the most days within which a date counts as said.
    `not_offered` holds classes of items (a class covers those that begin with its code), `not_served` countries,
    with the reasons; `notice` days are needed for anything, or the lead time where the facts know it. An enquiry of
    which nothing is feasible is refused; where only a part is not, the customer is asked.
    """

    vague: tuple[str, ...] = attrs.field(default=_VAGUE, converter=_words)
    window: int = attrs.field(default=31, validator=whole_between(0, 3660))
    notice: int = attrs.field(default=1, validator=whole_between(0, 3660))
    not_offered: Mapping[str, str] = attrs.field(factory=dict[str, str], converter=_reasons)
    not_served: Mapping[str, str] = attrs.field(factory=dict[str, str], converter=_countries)

    def __call__(self, enquiry: Enquiry, on: date, facts: Facts, /) -> AnalysisDecision:
        """The outcome, with every gap, ambiguity and impossibility."""
        active = enquiry.active
        if not active:
            return AnalysisDecision(AnalysisOutcome.QUESTIONS, (NOTHING_WANTED("/requirements"),), (IF_CLEAR(),))
        answered = {
            (each.requirement_id, each.issue.code)
            for each in enquiry.questions
            if each.state == "answered" and each.issue is not None
        }
        issues = [
            issue
            for each in active
            for issue in self._issues(each, enquiry, on, facts)
            if not issue.feasible or (each.id, issue.finding.code) not in answered
        ]
        reasons = tuple(issue.finding for issue in issues)
        if not issues:
            return AnalysisDecision(AnalysisOutcome.COMPLETE, (READY("/requirements"),), (IF_OPEN(),))
        lost = {issue.requirement_id for issue in issues if not issue.feasible}
        outcome = AnalysisOutcome.UNFEASIBLE if len(lost) == len(active) else AnalysisOutcome.QUESTIONS
        return AnalysisDecision(outcome, reasons, (IF_CLEAR("/requirements"),), issues=issues)

    def _issues(self, each: Requirement, enquiry: Enquiry, on: date, facts: Facts) -> Iterator[Issue]:
        where = f"/requirements/{enquiry.requirements.index(each.id)}"
        yield from self._what(each, where)
        yield from self._how_much(each, where)
        yield from self._when(each, on, facts, where)
        yield from self._where_to(each, enquiry, where)

    def _what(self, each: Requirement, where: str) -> Iterator[Issue]:
        if not each.specification.strip() and each.item_id is None:
            yield Issue(each.id, Aspect.SPECIFICATION, SPECIFICATION(f"{where}/specification"))
        said = each.specification.casefold()
        words = {*_WORD.findall(said)}
        # phrases, and languages that put no blanks between words, are looked for as they stand
        hits = [word for word in self.vague if word in words or (word in said and (" " in word or not word.isascii()))]
        if hits:
            yield Issue(each.id, Aspect.SPECIFICATION, VAGUE(f"{where}/specification", word=hits[0]))
        hit = next((code for code in self.not_offered if each.item_class and each.item_class.startswith(code)), None)
        if hit is not None:
            why = NOT_OFFERED(f"{where}/item_class", item_class=each.item_class, why=self.not_offered[hit])
            yield Issue(each.id, Aspect.SPECIFICATION, why, feasible=False)

    def _how_much(self, each: Requirement, where: str) -> Iterator[Issue]:
        if each.quantity is None or each.quantity.value <= Decimal(0):
            yield Issue(each.id, Aspect.QUANTITY, QUANTITY(f"{where}/quantity"))
        elif each.quantity_to is not None and each.quantity_to != each.quantity:
            finding = QUANTITY_RANGE(f"{where}/quantity_to", least=each.quantity, most=each.quantity_to)
            yield Issue(each.id, Aspect.QUANTITY, finding)

    def _when(self, each: Requirement, on: date, facts: Facts, where: str) -> Iterator[Issue]:
        wanted, address = each.wanted, f"{where}/wanted"
        if wanted is None or wanted.end_on is None:
            yield Issue(each.id, Aspect.DATE, DATE(address))
            return
        if wanted.end_on < on:
            yield Issue(each.id, Aspect.DATE, DATE_PAST(address, day=wanted.end_on))
            return
        if wanted.days is not None and wanted.days > self.window:
            days, start = wanted.days, wanted.start_on
            yield Issue(each.id, Aspect.DATE, DATE_WIDE(address, days=days, start=start, end=wanted.end_on))
        known = facts.lead_time.get(each.item_id) if each.item_id is not None else None
        earliest = on + (timedelta(days=self.notice) if known is None else known)
        if wanted.end_on < earliest:
            late = TOO_SOON(address, day=wanted.end_on, earliest=earliest)
            yield Issue(each.id, Aspect.DATE, late, feasible=False)

    def _where_to(self, each: Requirement, enquiry: Enquiry, where: str) -> Iterator[Issue]:
        place = each.place or enquiry.customer.address
        if place is None:
            yield Issue(each.id, Aspect.PLACE, PLACE(f"{where}/place"))
        elif (country := place.country_code) in self.not_served:
            why = NOT_SERVED(f"{where}/place/country", country=country, why=self.not_served[country])
            yield Issue(each.id, Aspect.PLACE, why, feasible=False)
