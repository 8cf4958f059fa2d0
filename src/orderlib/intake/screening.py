"""Screening by rules that all speak: one pass, every finding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import attrs

from orderlib.errors import Finding, FindingCode, Severity
from orderlib.intake.figures import plausible
from orderlib.intake.record import ScreeningOutcome
from orderlib.intake.rules import (
    BLACKLISTED,
    COUNTRY,
    COUNTRY_UNKNOWN,
    ITEM_RESTRICTED,
    PROPOSAL_UNNAMED,
    PartyBlacklist,
    PermittedTerms,
    TradeRestriction,
    accurate,
    complete,
    referenced,
    restricted_countries,
)
from orderlib.intake.submission import ScreeningRule, Submission
from orderlib.order.record import Order, OrderType
from orderlib.values.codelist import member
from orderlib.values.currency import check_currency
from orderlib.values.decision import Decision
from orderlib.values.identifier import text
from orderlib.values.typed import texts_of, tuple_of

__all__ = ["EveryFinding"]

CLEAN: Final = FindingCode(
    "intake.clean", Severity.INFO, "complete, accurate and permitted by every rule", "完整、准确，且符合全部规则"
)
WOULD_PASS: Final = FindingCode(
    "intake.would-pass", Severity.INFO, "without {codes} it would pass", "若没有 {codes} 则可通过"
)
WOULD_RETURN: Final = FindingCode(
    "intake.would-return", Severity.INFO, "any error found would send it back", "若发现任何错误则会退回"
)

#: findings after which there is nothing to put right
_REJECTING: Final = frozenset({BLACKLISTED.code, COUNTRY.code, ITEM_RESTRICTED.code})
#: findings that a person must judge
_ASKING: Final = frozenset({COUNTRY_UNKNOWN.code, PROPOSAL_UNNAMED.code})


def _types(given: Iterable[str]) -> frozenset[OrderType]:
    return frozenset(member(OrderType, each, "/order_types") for each in tuple_of(str, given, "/order_types"))


def _currencies(given: Iterable[str]) -> frozenset[str]:
    return frozenset(check_currency(each) for each in tuple_of(str, given, "/currencies"))


def _codes(given: Iterable[str]) -> frozenset[str]:
    return frozenset(text(each) for each in tuple_of(str, given, "/waived"))


def _rules(given: Iterable[ScreeningRule]) -> tuple[ScreeningRule, ...]:
    callables: Any = Callable
    rules: tuple[ScreeningRule, ...] = tuple_of(callables, given, "/further")
    return rules


@attrs.frozen(kw_only=True)
class EveryFinding:
    """Every rule speaks; the gravest finding rules: forbidden is rejected, wrong or missing goes back to the
    customer, what cannot be judged waits for a person, warnings pass.

    `blacklist` holds parties, `countries` and `item_classes` what trade is restricted for, each with the reason;
    `order_types` and `currencies` are those that are taken (empty: all). Codes in `waived` are reported as
    warnings. `further` are rules of an application's own.
    """

    blacklist: Mapping[str, str] = attrs.field(factory=dict[str, str], converter=texts_of)
    countries: Mapping[str, str] = attrs.field(factory=dict[str, str], converter=restricted_countries)
    item_classes: Mapping[str, str] = attrs.field(factory=dict[str, str], converter=texts_of)
    order_types: frozenset[OrderType] = attrs.field(default=frozenset(), converter=_types)
    currencies: frozenset[str] = attrs.field(default=frozenset(), converter=_currencies)
    waived: frozenset[str] = attrs.field(default=frozenset(), converter=_codes)
    further: tuple[ScreeningRule, ...] = attrs.field(default=(), converter=_rules)

    def __call__(self, order: Order, submission: Submission, /) -> Decision[ScreeningOutcome]:
        """The outcome, and every finding of every rule."""
        rules: tuple[ScreeningRule, ...] = (
            complete,
            accurate,
            plausible,
            referenced,
            PermittedTerms(self.order_types, self.currencies),
            PartyBlacklist(self.blacklist),
            TradeRestriction(self.countries, self.item_classes),
            *self.further,
        )
        found = [self._weighed(finding) for rule in rules for finding in rule(order, submission)]
        outcome = _outcome(found)
        if outcome is ScreeningOutcome.PASS:
            return Decision(outcome, (*found, CLEAN()) if not found else tuple(found), (WOULD_RETURN(),))
        against = dict.fromkeys(each.code for each in found if _outcome((each,)) is not ScreeningOutcome.PASS)
        return Decision(outcome, tuple(found), (WOULD_PASS(codes=", ".join(against)),))

    def _weighed(self, finding: Finding) -> Finding:
        if finding.code in self.waived:
            return attrs.evolve(finding, severity=Severity.WARNING)
        return finding


def _outcome(found: Iterable[Finding]) -> ScreeningOutcome:
    worst = ScreeningOutcome.PASS
    for each in found:
        if each.severity is Severity.ERROR:
            if each.code in _REJECTING:
                return ScreeningOutcome.REJECT
            worst = ScreeningOutcome.RETURN
        elif each.code in _ASKING and worst is ScreeningOutcome.PASS and each.severity is not Severity.INFO:
            worst = ScreeningOutcome.REVIEW
    return worst
