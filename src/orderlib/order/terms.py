"""Terms that stand on an order: allowances and charges, tax, delivery, payment, pricing."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Final

import attrs

from orderlib.errors import FindingCode, InvalidValueError, Severity
from orderlib.values.decimals import decimal
from orderlib.values.identifier import text
from orderlib.values.money import Money
from orderlib.values.party import Address, Party
from orderlib.values.period import DayPeriod
from orderlib.values.rounding import HALF_UP, Rounding, RoundingScope

__all__ = [
    "AllowanceCharge",
    "DeliveryTerms",
    "Instalment",
    "PaymentTerms",
    "Pricing",
    "TaxCategory",
    "TaxCategoryCode",
]

TAX_RATE_MISSING: Final = FindingCode(
    "tax.rate-missing", Severity.ERROR, "category {category} needs a rate", "税类 {category} 需要税率"
)
TAX_RATE_RANGE: Final = FindingCode(
    "tax.rate-range", Severity.ERROR, "a tax rate of {rate} % cannot be", "税率 {rate} % 无效"
)
NEGATIVE_ALLOWANCE: Final = FindingCode(
    "allowance.negative", Severity.ERROR, "an allowance or charge of {amount} is negative", "折让或附加费 {amount} 为负数"
)
INSTALMENT_SHARE: Final = FindingCode(
    "payment.shares", Severity.ERROR, "the instalments make up {sum} % instead of 100 %", "分期合计 {sum} %，而非 100 %"
)
PAYMENT_DAYS: Final = FindingCode(
    "payment.days", Severity.ERROR, "{days} days cannot be a term of payment", "付款期限 {days} 天无效"
)


class TaxCategoryCode(StrEnum):
    """Duty or tax category (UNCL 5305, the codes that EN 16931 admits)."""

    STANDARD = "S"
    ZERO_RATED = "Z"
    EXEMPT = "E"
    REVERSE_CHARGE = "AE"
    INTRA_COMMUNITY = "K"
    EXPORT = "G"
    OUTSIDE_SCOPE = "O"
    CANARY = "L"
    CEUTA_MELILLA = "M"
    TRANSFERRED = "B"
    LOWER_RATE = "AA"
    HIGHER_RATE = "H"


def _rate(value: Decimal | str | int | None) -> Decimal | None:
    return None if value is None else decimal(value, address="/rate")


@attrs.frozen
class TaxCategory:
    """Tax category and rate in percent (EN 16931 BT-151, BT-152).

    Every category but `O` (outside the scope) carries a rate. Raises `InvalidValueError`
    (`tax.rate-missing`, `tax.rate-range`).
    """

    code: TaxCategoryCode = attrs.field(default=TaxCategoryCode.STANDARD, converter=TaxCategoryCode)
    rate: Decimal | None = attrs.field(default=None, converter=_rate)
    exemption: str = attrs.field(default="", converter=text, kw_only=True)
    scheme: str = attrs.field(default="VAT", converter=text, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.rate is None:
            if self.code is not TaxCategoryCode.OUTSIDE_SCOPE:
                raise InvalidValueError(TAX_RATE_MISSING("/rate", category=self.code))
        elif not 0 <= self.rate <= 1000:
            raise InvalidValueError(TAX_RATE_RANGE("/rate", rate=self.rate))


@attrs.frozen
class AllowanceCharge:
    """Something off (allowance) or on top (charge), on a line or on the whole order (UBL `cac:AllowanceCharge`).

    `amount` is never negative; `charge` says which way it goes. Raises `InvalidValueError`
    (`allowance.negative`).
    """

    amount: Money
    charge: bool = False
    reason: str = attrs.field(default="", converter=text)
    reason_code: str = attrs.field(default="", converter=text, kw_only=True)
    tax: TaxCategory | None = attrs.field(default=None, kw_only=True)
    percentage: Decimal | None = attrs.field(default=None, converter=_rate, kw_only=True)
    base: Money | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.amount.minor < 0:
            raise InvalidValueError(NEGATIVE_ALLOWANCE("/amount", amount=self.amount))

    @property
    def signed(self) -> Money:
        """The amount as it goes into a sum: charges plus, allowances minus."""
        return self.amount if self.charge else -self.amount


@attrs.frozen(kw_only=True)
class DeliveryTerms:
    """Where, when and under which terms goods are handed over (UBL `cac:Delivery`, `cac:DeliveryTerms`).

    `incoterm` is an Incoterms code with its named `place`; `complete_only` forbids partial shipment;
    tolerances are percent of the ordered quantity that may be delivered above or below it.
    """

    incoterm: str = attrs.field(default="", converter=text)
    place: str = attrs.field(default="", converter=text)
    address: Address | None = None
    recipient: Party | None = None
    requested_period: DayPeriod | None = None
    complete_only: bool = False
    over_tolerance: Decimal = attrs.field(default=Decimal(0), converter=decimal)
    under_tolerance: Decimal = attrs.field(default=Decimal(0), converter=decimal)
    special_terms: str = attrs.field(default="", converter=text)


@attrs.frozen
class Instalment:
    """A share of the amount (percent) that falls due some days after the event it hangs on."""

    share: Decimal = attrs.field(converter=decimal)
    days: int = 0
    end_of_month: bool = False

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.days <= 3660:
            raise InvalidValueError(PAYMENT_DAYS("/days", days=self.days))


@attrs.frozen(kw_only=True)
class PaymentTerms:
    """When what is owed: instalments after the invoice, an advance before the work, a retention after it.

    `advance` and `retention` are percent of the total; `discount` percent may be taken within
    `discount_days`. Without instalments everything is due `net_days` after the invoice.
    """

    net_days: int = 30
    instalments: tuple[Instalment, ...] = attrs.field(default=(), converter=tuple)
    advance: Decimal = attrs.field(default=Decimal(0), converter=decimal)
    retention: Decimal = attrs.field(default=Decimal(0), converter=decimal)
    discount: Decimal = attrs.field(default=Decimal(0), converter=decimal)
    discount_days: int = 0
    note: str = attrs.field(default="", converter=text)

    def __attrs_post_init__(self) -> None:
        for name in ("net_days", "discount_days"):
            days = getattr(self, name)
            if not 0 <= days <= 3660:
                raise InvalidValueError(PAYMENT_DAYS(f"/{name}", days=days))
        if self.instalments:
            whole = sum((part.share for part in self.instalments), Decimal(0))
            if whole != 100:
                raise InvalidValueError(INSTALMENT_SHARE("/instalments", sum=whole))


@attrs.frozen(kw_only=True)
class Pricing:
    """How amounts are rounded and where tax is rounded; frozen with the order so that totals stay."""

    rounding: Rounding = HALF_UP
    scope: RoundingScope = RoundingScope.DOCUMENT
