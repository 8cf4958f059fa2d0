"""Terms of payment, and the days on which what is owed.

Instalment("30")                                              30 % of the whole, on the day itself
Instalment("50", DueRule(days=30))                            50 % of the whole, 30 days later
Instalment("25", DueRule(months=1), of=ShareOf.REMAINDER)     25 % of what the earlier ones left
Instalment(amount=Money("400", "EUR"), due=DueRule(days=10))  a fixed amount
Instalment(due=DueRule(months=1, end_of_month=True))          whatever is left, end of next month
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from types import NoneType
from typing import Final

import attrs

from orderlib.errors import FindingCode, InvalidValueError, Severity
from orderlib.values.codelist import member, whole
from orderlib.values.decimals import Number, decimal
from orderlib.values.identifier import text
from orderlib.values.instant import day
from orderlib.values.money import Money
from orderlib.values.rounding import HALF_UP, RoundingRule
from orderlib.values.typed import instance_of, tuple_of, type_check

__all__ = ["Due", "DueRule", "Instalment", "PaymentTerms", "ShareOf", "due_dates"]

PERCENT: Final = FindingCode(
    "payment.percent", Severity.ERROR, "{percent} % cannot be a part of the whole", "{percent} % 不能作为总额的一部分"
)
INSTALMENT_SHARE: Final = FindingCode(
    "payment.shares",
    Severity.ERROR,
    "the instalments make up {sum} % instead of 100 %, and none takes what is left",
    "分期合计 {sum} %，而非 100 %，且没有任何一期承担余额",
)
INSTALMENT_REST: Final = FindingCode(
    "payment.rest",
    Severity.ERROR,
    "what is left falls to one instalment, the last",
    "余额只能由最后一期承担",
)
INSTALMENT_BOTH: Final = FindingCode(
    "payment.share-and-amount",
    Severity.ERROR,
    "an instalment is a share or an amount, not both",
    "每期只能是比例或固定金额，不能兼有",
)
DIVISOR: Final = FindingCode(
    "payment.divisor",
    Severity.ERROR,
    "{share} % is not one part in {divisor}",
    "{share} % 不等于 1/{divisor}",
)
FIXED_AMOUNT: Final = FindingCode(
    "payment.amount", Severity.ERROR, "an instalment of {amount} is not above zero", "每期金额 {amount} 须大于零"
)
FIXED_CURRENCY: Final = FindingCode(
    "payment.currency",
    Severity.ERROR,
    "an instalment in {found} cannot be taken off an amount in {expected}",
    "{found} 的分期不能从 {expected} 的金额中扣除",
)
DUE_RANGE: Final = FindingCode(
    "payment.due-range", Severity.ERROR, "the day would lie beyond the year 9999", "到期日超出 9999 年"
)

_MOST_DAYS: Final = 3660


def _whole(name: str, value: int | None, low: int, high: int) -> None:
    if value is not None:
        whole(value, low, high, f"/{name}")


_check_rule: Final = type_check(("end_of_month", bool))


@attrs.frozen(kw_only=True)
class DueRule:
    """From the day on which something happened to the day on which money is due.

    Applied in this order: `months` later (the same day, or the last of a shorter month); in month `month`
    (1 to 12) and on day `day_of_month` (1 to 31, the last of a shorter month) of it, where they are set;
    `weeks` and `days` later; the last day of the month, if `end_of_month`; the first such `weekday` (ISO:
    1 Monday to 7 Sunday) from there on. Raises `InvalidValueError` (`number.whole`).
    """

    days: int = 0
    weeks: int = 0
    months: int = 0
    end_of_month: bool = False
    month: int | None = None
    day_of_month: int | None = None
    weekday: int | None = None

    def __attrs_post_init__(self) -> None:
        _check_rule(self)
        _whole("days", self.days, 0, _MOST_DAYS)
        _whole("weeks", self.weeks, 0, _MOST_DAYS // 7)
        _whole("months", self.months, 0, _MOST_DAYS // 30)
        _whole("month", self.month, 1, 12)
        _whole("day_of_month", self.day_of_month, 1, 31)
        _whole("weekday", self.weekday, 1, 7)

    def __call__(self, on: date) -> date:
        """The day on which it is due. Raises `InvalidValueError` (`payment.due-range`)."""
        try:
            months = on.year * 12 + on.month - 1 + self.months
            year, month = months // 12, self.month or months % 12 + 1
            due = date(year, month, min(self.day_of_month or on.day, monthrange(year, month)[1]))
            due += timedelta(days=self.days + 7 * self.weeks)
            if self.end_of_month:
                due = due.replace(day=monthrange(due.year, due.month)[1])
            if self.weekday is not None:
                due += timedelta(days=(self.weekday - due.isoweekday()) % 7)
        except (ValueError, OverflowError):
            raise InvalidValueError(DUE_RANGE()) from None
        return due


AT_ONCE: Final = DueRule()


class ShareOf(StrEnum):
    """What the percentage of an instalment is taken of."""

    TOTAL = "total"
    REMAINDER = "remainder"


def _share(value: Number | None) -> Decimal | None:
    return None if value is None else decimal(value, address="/share")


def _share_of(value: str) -> ShareOf:
    return member(ShareOf, value, "/of")


_check_instalment: Final = type_check(("due", DueRule), ("amount", (Money, NoneType)))


@attrs.frozen
class Instalment:
    """A part of an amount, and when it is due: a share in percent, a fixed amount, or, with neither, what is left.

    `of` says whether the share is one of the whole or of what the instalments before it left. `divisor` says
    a share exactly where percent cannot: one part in 3; a `share` beside it must be the same to its last digit.
    Raises `InvalidValueError` (`payment.percent`, `payment.divisor`, `payment.share-and-amount`,
    `payment.amount`, `number.whole`, `decimal.*`).
    """

    share: Decimal | None = attrs.field(default=None, converter=_share)
    due: DueRule = AT_ONCE
    of: ShareOf = attrs.field(default=ShareOf.TOTAL, converter=_share_of, kw_only=True)
    divisor: int | None = attrs.field(default=None, kw_only=True)
    amount: Money | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        _check_instalment(self)
        _whole("divisor", self.divisor, 1, 1000)
        if self.share is not None and not 0 < self.share <= 100:
            raise InvalidValueError(PERCENT("/share", percent=self.share))
        if self.share is not None and self.divisor is not None and not _one_in(self.divisor, self.share):
            raise InvalidValueError(DIVISOR("/divisor", share=self.share, divisor=self.divisor))
        if self.amount is not None:
            if self.share is not None or self.divisor is not None:
                raise InvalidValueError(INSTALMENT_BOTH("/amount"))
            if self.amount.minor <= 0:
                raise InvalidValueError(FIXED_AMOUNT("/amount", amount=self.amount))

    @property
    def fraction(self) -> Fraction | None:
        """The share as an exact fraction; None for a fixed amount and for what is left."""
        if self.divisor is not None:
            return Fraction(1, self.divisor)
        return None if self.share is None else Fraction(self.share) / 100

    @property
    def is_rest(self) -> bool:
        """Whether it takes what is left."""
        return self.amount is None and self.fraction is None


def _one_in(divisor: int, share: Decimal) -> bool:
    """Whether the percentage is 100 divided by the divisor, as far as its own digits reach."""
    scale = max(0, -int(share.as_tuple().exponent))
    return abs(Fraction(share) - Fraction(100, divisor)) <= (Fraction(1, 2 * 10**scale) if scale else 0)


def _instalments(given: Iterable[Instalment]) -> tuple[Instalment, ...]:
    return tuple_of(Instalment, given, "/instalments")


def _advance(value: Number) -> Decimal:
    return decimal(value, address="/advance")


def _retention(value: Number) -> Decimal:
    return decimal(value, address="/retention")


def _discount(value: Number) -> Decimal:
    return decimal(value, address="/discount")


@attrs.frozen(kw_only=True)
class PaymentTerms:
    """When what is owed: instalments after the invoice, an advance before the work, a retention after it.

    `advance` and `retention` are percent of the total; `discount` percent may be taken within
    `discount_days`. Without instalments everything is due `net_days` after the invoice. Instalments are
    shares of the total that make up 100 %, or end with one that takes what is left. Raises
    `InvalidValueError` (`payment.percent`, `payment.shares`, `payment.rest`, `number.whole`, `decimal.*`).
    """

    net_days: int = 30
    instalments: tuple[Instalment, ...] = attrs.field(default=(), converter=_instalments)
    advance: Decimal = attrs.field(default=Decimal(0), converter=_advance)
    retention: Decimal = attrs.field(default=Decimal(0), converter=_retention)
    discount: Decimal = attrs.field(default=Decimal(0), converter=_discount)
    discount_days: int = 0
    note: str = attrs.field(default="", converter=text)

    def __attrs_post_init__(self) -> None:
        _whole("net_days", self.net_days, 0, _MOST_DAYS)
        _whole("discount_days", self.discount_days, 0, _MOST_DAYS)
        wrong = [
            PERCENT(f"/{name}", percent=percent)
            for name in ("advance", "retention", "discount")
            if not 0 <= (percent := getattr(self, name)) <= 100
        ]
        if not wrong and self.advance + self.retention > 100:
            wrong.append(PERCENT("/retention", percent=self.advance + self.retention))
        if wrong:
            raise InvalidValueError(*wrong)
        if self.instalments:
            _check_parts(self.instalments)


def _check_parts(parts: tuple[Instalment, ...]) -> None:
    """Instalments leave nothing open and nothing twice."""
    rests = [position for position, part in enumerate(parts) if part.is_rest]
    if rests:
        if rests != [len(parts) - 1]:
            raise InvalidValueError(INSTALMENT_REST(f"/instalments/{rests[0]}"))
        return
    whole_sum = Fraction(0)
    for part in parts:
        if part.fraction is not None:
            whole_sum += part.fraction * (1 if part.of is ShareOf.TOTAL else 1 - whole_sum)
    if whole_sum != 1 or any(part.amount is not None for part in parts):
        said = f"{float(whole_sum * 100):.12g}"
        raise InvalidValueError(INSTALMENT_SHARE("/instalments", sum=said))


@attrs.frozen
class Due:
    """An amount that is due on a day."""

    on: date
    amount: Money


def due_dates(terms: PaymentTerms, amount: Money, on: date, *, rule: RoundingRule = HALF_UP) -> tuple[Due, ...]:
    """What of an invoiced amount is due when, counted from the day of the invoice.

    The parts sum to the amount to the cent and never pass it: the last takes what rounding left, and one for
    which nothing is left is not listed. A credit (below zero) falls due in the same shares. Nothing (zero) is
    due on the day itself. Advance and retention are no concern of an invoice's amount: what was paid before, or
    is held back until later, has been taken off it.

    Raises `InvalidValueError` (`payment.currency`, `payment.due-range`, `value.day-malformed`).
    """
    start = day(on, address="/on")
    instance_of(PaymentTerms, terms, "/terms")
    currency = instance_of(Money, amount, "/amount").currency
    sign = -1 if amount.minor < 0 else 1
    total = left = abs(amount.minor)
    if not total:
        return (Due(start, amount),)
    parts = terms.instalments or (Instalment(due=DueRule(days=terms.net_days)),)
    found: list[Due] = []
    for position, part in enumerate(parts):
        if part.amount is not None and part.amount.currency != currency:
            where = f"/instalments/{position}/amount/currency"
            raise InvalidValueError(FIXED_CURRENCY(where, found=part.amount.currency, expected=currency))
        share = left if position == len(parts) - 1 else min(left, _part(part, total, left, rule))
        if share:
            found.append(Due(part.due(start), Money.of_minor(sign * share, currency)))
            left -= share
    return tuple(found)


def _part(part: Instalment, total: int, left: int, rule: RoundingRule) -> int:
    """Minor units of one instalment that is not the last, before it is held to what is left."""
    if part.amount is not None:
        return part.amount.minor
    fraction = part.fraction or Fraction(1)
    base = total if part.of is ShareOf.TOTAL else left
    return rule(base * fraction.numerator, fraction.denominator)
