"""Judgements of settlement: when to bill, whether an invoice is right, credit, reminders; payments in `clearing`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, Protocol

import attrs

from orderlib.account.record import CreditPosition
from orderlib.errors import Finding, FindingCode, Severity
from orderlib.ledger.record import Ledger
from orderlib.order.record import Order
from orderlib.settlement.clearing import Clearing, OldestFirst
from orderlib.settlement.record import BillingBasis, Invoice, InvoiceKind, Statement
from orderlib.values.decimals import Number, decimal
from orderlib.values.decision import Decision, Verdict
from orderlib.values.money import Money
from orderlib.values.rate import ExchangeRate

__all__ = [
    "DEFAULTS",
    "OUTCOMES",
    "BillingPolicy",
    "ByTerms",
    "CreditPolicy",
    "DunningPolicy",
    "DunningStep",
    "Match",
    "MatchingPolicy",
    "Reminders",
    "ThreeWayMatch",
    "WithinLimit",
    "basis_of_terms",
]

BY_ADVANCE: Final = FindingCode(
    "billing.paid-in-advance", Severity.INFO, "everything is paid before the work", "全部货款在开工前支付"
)
BY_RETENTION: Final = FindingCode(
    "billing.retention",
    Severity.INFO,
    "{percent} % are retained, so that what is accepted is billed",
    "合同保留 {percent} % 质保金，按验收结算",
)
BY_DELIVERY: Final = FindingCode("billing.delivery", Severity.INFO, "what is delivered is billed", "按交付结算")
WITHOUT_RETENTION: Final = FindingCode(
    "billing.without-retention",
    Severity.INFO,
    "without a retention deliveries would be billed",
    "若无质保金，则按交付结算",
)
WITH_RETENTION: Final = FindingCode(
    "billing.with-retention",
    Severity.INFO,
    "with a retention acceptance would be waited for",
    "若有质保金，则待验收后结算",
)
UNPRICED: Final = FindingCode("billing.unpriced", Severity.WARNING, "line {line} has no price", "行 {line} 没有价格")
MATCHED: Final = FindingCode(
    "matching.equal", Severity.INFO, "invoice, statement, order and ledger agree", "发票、结算单、订单与台账一致"
)
QUANTITY_DIFFERS: Final = FindingCode(
    "matching.quantity",
    Severity.ERROR,
    "{invoiced} of line {line} would be billed in all, {allowed} may be",
    "行 {line} 累计开票 {invoiced}，允许 {allowed}",
)
STATEMENT_DIFFERS: Final = FindingCode(
    "matching.statement",
    Severity.ERROR,
    "line {line} of the invoice is not that of the statement",
    "发票行 {line} 与结算单不一致",
)
REVISION_DIFFERS: Final = FindingCode(
    "matching.revision",
    Severity.ERROR,
    "the statement is of revision {stated}, the order is at {current}",
    "结算单基于第 {stated} 版订单，当前为第 {current} 版",
)
LINE_GONE: Final = FindingCode(
    "matching.unknown-line", Severity.ERROR, "the order has no line {line}", "订单没有行 {line}"
)
WITHOUT_DIFFERENCES: Final = FindingCode(
    "matching.without-differences",
    Severity.INFO,
    "without these differences it would be issued",
    "若无上述差异，则可开票",
)
NO_LIMIT: Final = FindingCode(
    "credit.no-limit", Severity.WARNING, "the customer has no credit limit", "客户没有信用额度"
)
BLOCKED: Final = FindingCode("credit.blocked", Severity.ERROR, "the customer's account is blocked", "客户账户已冻结")
DUNNED: Final = FindingCode(
    "credit.dunned", Severity.ERROR, "the customer has been reminded {level} times", "客户已被催款 {level} 次"
)
ABOVE_LIMIT: Final = FindingCode(
    "credit.above-limit",
    Severity.ERROR,
    "exposure would be {exposure}, the limit is {limit}",
    "风险敞口将达 {exposure}，额度为 {limit}",
)
WITHIN: Final = FindingCode(
    "credit.within-limit", Severity.INFO, "{available} of the limit would be left", "额度尚余 {available}"
)
HIGHER_LIMIT: Final = FindingCode(
    "credit.higher-limit", Severity.INFO, "a limit of {limit} would do", "额度 {limit} 即可满足"
)
OVERDUE: Final = FindingCode(
    "dunning.overdue", Severity.WARNING, "{open} are {days} days overdue", "{open} 已逾期 {days} 天"
)
REMINDED_ENOUGH: Final = FindingCode(
    "dunning.enough", Severity.WARNING, "{level} reminders have gone out", "已发出 {level} 次催款"
)
MORE_REMINDERS: Final = FindingCode(
    "dunning.more",
    Severity.INFO,
    "with more than {most} reminders another would go out",
    "若允许超过 {most} 次，则继续催款",
)


def _tolerance(value: Number) -> Decimal:
    return decimal(value, address="/tolerance")


class BillingPolicy(Protocol):
    """What an order may be billed for, and when silence agrees to a statement (slot `billing`)."""

    #: calendar days of silence after which a statement counts as agreed
    silence_days: int
    #: calendar days after an invoice at which what it retains falls due, unless the warranty ends at another time
    retention_days: int

    def __call__(self, order: Order, /) -> Decision[BillingBasis]:
        """The basis; `review` where a person has to choose."""
        ...


def basis_of_terms(order: Order) -> BillingBasis:
    """What the terms of payment mean: all in advance is the order, a retention acceptance, else delivery."""
    if order.payment.retention:
        return BillingBasis.ACCEPTANCE
    return BillingBasis.ORDER if order.payment.advance == 100 else BillingBasis.DELIVERY


@attrs.frozen
class ByTerms:
    """Terms of payment choose: all in advance bills the order, a retention waits for acceptance, else deliveries."""

    silence_days: int = 10
    retention_days: int = 730

    def __call__(self, order: Order, /) -> Decision[BillingBasis]:
        """The basis that the order's terms mean."""
        unpriced = tuple(
            UNPRICED(f"/lines/{line.id}/price", line=line.id) for line in order.lines if line.price is None
        )
        if unpriced:
            return Decision(BillingBasis.REVIEW, unpriced)
        basis = basis_of_terms(order)
        if basis is BillingBasis.ACCEPTANCE:
            reason = BY_RETENTION("/payment/retention", percent=order.payment.retention)
            return Decision(basis, (reason,), (WITHOUT_RETENTION("/payment/retention"),))
        if basis is BillingBasis.ORDER:
            return Decision(basis, (BY_ADVANCE("/payment/advance"),))
        return Decision(basis, (BY_DELIVERY("/payment"),), (WITH_RETENTION("/payment/retention"),))


class Match(StrEnum):
    """What the check of an invoice came to; best first."""

    OK = "ok"
    DIFFERENCES = "differences"


class MatchingPolicy(Protocol):
    """Whether an invoice agrees with statement, order and what was despatched and accepted (slot `matching`)."""

    def __call__(
        self, invoice: Invoice, statement: Statement, order: Order, ledger: Ledger, allowed: Mapping[str, Decimal], /
    ) -> Decision[Match]:
        """`allowed` says per line how much may be billed in all by the basis of the statement."""
        ...


@attrs.frozen
class ThreeWayMatch:
    """Every line as stated, at the order's revision, and no more than may be billed plus `tolerance` percent."""

    tolerance: Decimal = attrs.field(default=Decimal(0), converter=_tolerance)

    def __call__(
        self, invoice: Invoice, statement: Statement, order: Order, ledger: Ledger, allowed: Mapping[str, Decimal], /
    ) -> Decision[Match]:
        """All differences, or none."""
        found = tuple(self._differences(invoice, statement, order, ledger, allowed))
        if found:
            return Decision(Match.DIFFERENCES, found, (WITHOUT_DIFFERENCES("/"),))
        return Decision(Match.OK, (MATCHED("/"),))

    def _differences(
        self, invoice: Invoice, statement: Statement, order: Order, ledger: Ledger, allowed: Mapping[str, Decimal]
    ) -> Iterator[Finding]:
        if statement.revision != order.revision and invoice.kind is not InvoiceKind.CHARGES:
            yield REVISION_DIFFERS("/revision", stated=statement.revision, current=order.revision)
        if invoice.kind is not InvoiceKind.GOODS:
            return
        factor = 1 + self.tolerance / 100
        for position, line in enumerate(invoice.lines):
            stated = statement.lines.get(line.id)
            if stated is None or (stated.quantity, stated.net) != (line.quantity, line.net):
                yield STATEMENT_DIFFERS(f"/lines/{position}", line=line.id)
            counted = ledger.lines.get(line.id)
            if counted is None or line.id not in order.lines:
                yield LINE_GONE(f"/lines/{position}/id", line=line.id)
                continue
            in_all = counted.invoiced - counted.credited + line.quantity
            most = allowed.get(line.id, Decimal(0))
            if line.quantity and in_all > most * factor:
                yield QUANTITY_DIFFERS(f"/lines/{position}/quantity", line=line.id, invoiced=in_all, allowed=most)


class CreditPolicy(Protocol):
    """Whether a customer may have credit for an order (slot `credit`)."""

    def __call__(
        self, position: CreditPosition | None, order: Money, rates: tuple[ExchangeRate, ...], /
    ) -> Decision[Verdict]:
        """Yes, no, or a person must look; `position` is None for a customer without an account."""
        ...


@attrs.frozen
class WithinLimit:
    """Yes while exposure with the order stays within the limit and `tolerance` percent of it.

    No for a blocked account and from `most_reminders` reminders on; without a limit or a rate a person must look.
    """

    tolerance: Decimal = attrs.field(default=Decimal(0), converter=_tolerance)
    most_reminders: int = 3

    def __call__(
        self, position: CreditPosition | None, order: Money, rates: tuple[ExchangeRate, ...], /
    ) -> Decision[Verdict]:
        """All reasons at once."""
        wrong: list[Finding] = []
        if position is not None and position.blocked:
            wrong.append(BLOCKED("/account"))
        if position is not None and position.dunning_level >= self.most_reminders:
            wrong.append(DUNNED("/account/dunning_level", level=position.dunning_level))
        if position is None or position.limit is None:
            missing = NO_LIMIT("/account/limit")
            return Decision(Verdict.NO if wrong else Verdict.REVIEW, (*wrong, missing))
        if order.currency != position.currency and not _rate_known(order.currency, position.currency, rates):
            return Decision(
                Verdict.NO if wrong else Verdict.REVIEW, (*wrong, RATE_MISSING("/rates", currency=order.currency))
            )
        after = position.after(order, rates)
        most = position.limit.times(1 + self.tolerance / 100)
        if after.exposure > most:
            wrong.append(ABOVE_LIMIT("/account/limit", exposure=after.exposure, limit=position.limit))
        if wrong:
            return Decision(Verdict.NO, tuple(wrong), (HIGHER_LIMIT("/account/limit", limit=after.exposure),))
        return Decision(Verdict.YES, (WITHIN("/account/limit", available=most - after.exposure),))


RATE_MISSING: Final = FindingCode(
    "credit.rate-missing", Severity.WARNING, "no rate for {currency} is known", "没有 {currency} 的汇率"
)


def _rate_known(source: str, target: str, rates: Iterable[ExchangeRate]) -> bool:
    return any({rate.source, rate.target} == {source, target} for rate in rates)


class DunningStep(StrEnum):
    """What happens to an overdue invoice; best first."""

    NEXT = "next"
    STOP = "stop"


class DunningPolicy(Protocol):
    """Whether another reminder goes out (slot `dunning`)."""

    #: calendar days from the due date to the first reminder, and from each to the next
    wait_days: int

    def __call__(self, level: int, days_overdue: int, open_amount: Money, /) -> Decision[DunningStep]:
        """The next level, or an end to reminders."""
        ...


@attrs.frozen
class Reminders:
    """A reminder every `wait_days`, at most `most` of them; after that a person must act."""

    wait_days: int = 14
    most: int = 3

    def __call__(self, level: int, days_overdue: int, open_amount: Money, /) -> Decision[DunningStep]:
        """Next, until enough have gone out."""
        overdue = OVERDUE("/dues", open=open_amount, days=days_overdue)
        if level < self.most:
            return Decision(DunningStep.NEXT, (overdue,))
        enough = REMINDED_ENOUGH("/level", level=level)
        return Decision(DunningStep.STOP, (overdue, enough), (MORE_REMINDERS("/level", most=self.most),))


DEFAULTS: Final[Mapping[str, Callable[[], Any]]] = {
    "billing": ByTerms,
    "matching": ThreeWayMatch,
    "clearing": OldestFirst,
    "credit": WithinLimit,
    "dunning": Reminders,
}
OUTCOMES: Final[Mapping[str, type[StrEnum]]] = {
    "billing": BillingBasis,
    "matching": Match,
    "clearing": Clearing,
    "credit": Verdict,
    "dunning": DunningStep,
}
