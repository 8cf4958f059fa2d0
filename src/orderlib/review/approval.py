"""Who may approve an acceptance, and who is free to judge at all: limits by amount, and duties kept apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import attrs

from orderlib.errors import Finding, FindingCode, Severity
from orderlib.order.record import Order
from orderlib.review.amount import converted
from orderlib.review.policy import Involved
from orderlib.review.record import ReviewOutcome
from orderlib.values.decision import Decision, Verdict
from orderlib.values.fact import NO_FACTS
from orderlib.values.money import Money
from orderlib.values.parameter import of_type
from orderlib.values.party import Actor
from orderlib.values.typed import pairs_of, tuple_of, values_of

__all__ = ["ApprovalByAmount", "NotOwnOrders"]

WITHIN: Final = FindingCode(
    "approval.within-limit",
    Severity.INFO,
    "{role} may approve {total}: up to {limit}",
    "{role} 可批准 {total}（上限 {limit}）",
)
UNLIMITED: Final = FindingCode(
    "approval.unlimited", Severity.INFO, "{role} may approve any amount", "{role} 可批准任意金额"
)
BEYOND: Final = FindingCode(
    "approval.beyond-limit",
    Severity.WARNING,
    "{total} is beyond what {actor} may approve: {limit}",
    "{total} 超出 {actor} 的批准权限：{limit}",
)
NO_RATE: Final = FindingCode(
    "approval.no-rate",
    Severity.WARNING,
    "no rate leads from {total} to {limit}",
    "没有汇率可将 {total} 与 {limit} 比较",
)
NO_LIMIT: Final = FindingCode(
    "approval.no-authority",
    Severity.WARNING,
    "{actor} of {department} may approve nothing",
    "{department} 的 {actor} 没有批准权限",
)
FOUR_EYES: Final = FindingCode(
    "approval.four-eyes",
    Severity.WARNING,
    "above {limit} somebody else must approve than {actor}, who {part}",
    "金额超过 {limit} 时，须由 {actor}（{part}）以外的人批准",
)
MORE_AUTHORITY: Final = FindingCode("approval.would-do", Severity.INFO, "{role} may approve it", "{role} 可以批准")
OWN_ORDER: Final = FindingCode(
    "conflict.own-order", Severity.WARNING, "{actor} took the order in", "{actor} 接收了该订单"
)
RELATED: Final = FindingCode(
    "conflict.related", Severity.WARNING, "{actor} is related to {party}", "{actor} 与 {party} 存在关联"
)
FREE: Final = FindingCode("conflict.none", Severity.INFO, "{actor} is free to judge", "{actor} 无利益冲突")


def _limits() -> dict[str, Money]:
    return {
        "customer-service": Money("20000", "EUR"),
        "system": Money("20000", "EUR"),
        "sales": Money("100000", "EUR"),
    }


def _amounts(given: Mapping[str, Money]) -> dict[str, Money]:
    return values_of(Money, given, "/limits")


def _words(given: Iterable[str]) -> frozenset[str]:
    return frozenset(tuple_of(str, given, "/unlimited"))


def _pairs(given: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    return frozenset(pairs_of(given, "/related"))


@attrs.frozen(kw_only=True)
class ApprovalByAmount:
    """A department or role approves up to its limit, those of `unlimited` anything.

    Amounts are net of tax; another currency counts at the rate kept on the order, and goes to somebody without a
    limit where there is none. Above `four_eyes` whoever took the order in does not approve it, nor does whoever
    was the only person to assess or propose it: where policies alone have judged, the one who proposes does not
    approve.
    """

    limits: Mapping[str, Money] = attrs.field(factory=_limits, converter=_amounts)
    unlimited: frozenset[str] = attrs.field(default=frozenset({"management"}), converter=_words)
    four_eyes: Money = attrs.field(factory=lambda: Money("20000", "EUR"), validator=of_type(Money))

    def __call__(self, order: Order, outcome: ReviewOutcome, by: Actor, involved: Involved, /) -> Decision[Verdict]:
        """Yes; *review* where somebody else must."""
        del outcome  # a condition takes nothing off the amount
        against = tuple(self._apart(order, by, involved))
        verdict, reasons = self._by_limit(order, by)
        if against:
            verdict, reasons = Verdict.REVIEW, (*against, *(() if verdict is Verdict.YES else reasons))
        if verdict is Verdict.YES:
            return Decision(verdict, reasons)
        who = sorted(self.unlimited)
        return Decision(verdict, reasons, tuple(MORE_AUTHORITY("/by", role=role) for role in who))

    def _by_limit(self, order: Order, by: Actor) -> tuple[Verdict, tuple[Finding, ...]]:
        words = (*((by.department,) if by.department else ()), *by.roles)
        free = next((word for word in words if word in self.unlimited), None)
        if free is not None:
            return Verdict.YES, (UNLIMITED("/by", role=free),)
        total = order.totals.tax_exclusive
        reasons: list[Finding] = []
        for word in words:
            limit = self.limits.get(word)
            if limit is None:
                continue
            amount = converted(total, limit.currency, order, NO_FACTS)
            if amount is None:
                reasons.append(NO_RATE("/currency", total=total, limit=limit))
            elif amount <= limit:
                return Verdict.YES, (WITHIN("/by", role=word, total=total, limit=limit),)
            else:
                reasons.append(BEYOND("/total", total=total, actor=by.id, limit=limit))
        department = by.department or "-"
        return Verdict.REVIEW, tuple(reasons) or (NO_LIMIT("/by", actor=by.id, department=department),)

    def _apart(self, order: Order, by: Actor, involved: Involved) -> list[Finding]:
        """Why the actor should not approve what went through the same hands before."""
        amount = converted(order.totals.tax_exclusive, self.four_eyes.currency, order, NO_FACTS)
        if amount is not None and amount <= self.four_eyes:
            return []
        parts: list[str] = []
        if by.id == involved.received_by:
            parts.append("took the order in")
        if involved.proposed_by is not None and by.id == involved.proposed_by.id:
            parts.append("proposed the decision")
        if set(involved.assessed_by) == {by.id}:
            parts.append("assessed it alone")
        if involved.proposed_by is None and not involved.assessed_by:
            parts.append("would decide it alone")
        return [FOUR_EYES("/by", limit=self.four_eyes, actor=by.id, part=part) for part in parts]


@attrs.frozen(kw_only=True)
class NotOwnOrders:
    """Nobody judges an order that they took in, nor one of a party that they are related to.

    `related` lists pairs of an actor's and a party's id.
    """

    related: frozenset[tuple[str, str]] = attrs.field(default=frozenset(), converter=_pairs)

    def __call__(self, order: Order, by: Actor, involved: Involved, /) -> Decision[Verdict]:
        """Yes where the actor is free to judge, no where not."""
        reasons: list[Finding] = []
        if by.id == involved.received_by:
            reasons.append(OWN_ORDER("/by", actor=by.id))
        reasons += [
            RELATED("/by", actor=by.id, party=party)
            for party in (order.buyer.id, order.seller.id)
            if (str(by.id), str(party)) in self.related
        ]
        if reasons:
            return Decision(Verdict.NO, tuple(reasons))
        return Decision(Verdict.YES, (FREE("/by", actor=by.id),))
