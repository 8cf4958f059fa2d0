"""What both sides agreed on beside the goods: allowances and charges, tax, delivery, pricing.

Terms of payment have a module of their own, `orderlib.order.payment`.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from types import NoneType
from typing import Final

import attrs

from orderlib.errors import Finding, FindingCode, InvalidValueError, Severity
from orderlib.values.codelist import member
from orderlib.values.decimals import Number, decimal
from orderlib.values.identifier import text
from orderlib.values.money import Money
from orderlib.values.party import Address, Party
from orderlib.values.period import DayPeriod
from orderlib.values.rounding import ROUNDINGS, Rounding, RoundingScope
from orderlib.values.typed import tuple_of, type_check

__all__ = [
    "AllowanceCharge",
    "DeliveryTerms",
    "Pricing",
    "RoundingName",
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
    "allowance.negative",
    Severity.ERROR,
    "an allowance or charge of {amount} is negative",
    "折让或附加费 {amount} 为负数",
)
ALLOWANCE_CURRENCY: Final = FindingCode(
    "allowance.currency",
    Severity.ERROR,
    "the base is in {base} and the amount in {amount}",
    "计算基数的币种为 {base}，而金额的币种为 {amount}",
)
TOLERANCE: Final = FindingCode(
    "delivery.tolerance", Severity.ERROR, "a tolerance of {percent} % cannot be", "允差 {percent} % 无效"
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


def _tax_code(value: str) -> TaxCategoryCode:
    return member(TaxCategoryCode, value, "/code")


def _rate(value: Number | None) -> Decimal | None:
    return None if value is None else decimal(value, address="/rate")


def _percentage(value: Number | None) -> Decimal | None:
    return None if value is None else decimal(value, address="/percentage")


@attrs.frozen
class TaxCategory:
    """Tax category and rate in percent (EN 16931 BT-151, BT-152).

    Every category but `O` (outside the scope) carries a rate. Raises `InvalidValueError`
    (`code.unknown`, `decimal.*`, `tax.rate-missing`, `tax.rate-range`).
    """

    code: TaxCategoryCode = attrs.field(default=TaxCategoryCode.STANDARD, converter=_tax_code)
    rate: Decimal | None = attrs.field(default=None, converter=_rate)
    exemption: str = attrs.field(default="", converter=text, kw_only=True)
    scheme: str = attrs.field(default="VAT", converter=text, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.rate is None:
            if self.code is not TaxCategoryCode.OUTSIDE_SCOPE:
                raise InvalidValueError(TAX_RATE_MISSING("/rate", category=self.code))
        elif not 0 <= self.rate <= 1000:
            raise InvalidValueError(TAX_RATE_RANGE("/rate", rate=self.rate))

    def __str__(self) -> str:
        return f"{self.scheme} {self.code}" if self.rate is None else f"{self.scheme} {self.code} {self.rate} %"


_check_amounts: Final = type_check(
    ("amount", Money), ("charge", bool), ("base", (Money, NoneType)), ("tax", (TaxCategory, NoneType))
)


@attrs.frozen
class AllowanceCharge:
    """Something off (allowance) or on top (charge), on a line or on the whole order (UBL `cac:AllowanceCharge`).

    `amount` is never negative; `charge` says which way it goes. `percentage` (percent) and `base` say how the
    amount came about; the amount is what counts. `tax` matters on the order only: what stands on a line is taxed
    with the line. Raises `InvalidValueError` (`allowance.negative`, `allowance.currency`, `decimal.*`).
    """

    amount: Money
    charge: bool = False
    reason: str = attrs.field(default="", converter=text)
    reason_code: str = attrs.field(default="", converter=text, kw_only=True)
    tax: TaxCategory | None = attrs.field(default=None, kw_only=True)
    percentage: Decimal | None = attrs.field(default=None, converter=_percentage, kw_only=True)
    base: Money | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        _check_amounts(self)
        if self.amount.minor < 0:
            raise InvalidValueError(NEGATIVE_ALLOWANCE("/amount", amount=self.amount))
        if self.base is not None and self.base.currency != self.amount.currency:
            raise InvalidValueError(
                ALLOWANCE_CURRENCY("/base/currency", base=self.base.currency, amount=self.amount.currency)
            )

    @property
    def signed(self) -> Money:
        """The amount as it goes into a sum: charges plus, allowances minus."""
        return self.amount if self.charge else -self.amount


def allowances_of(given: Iterable[AllowanceCharge]) -> tuple[AllowanceCharge, ...]:
    """Allowances and charges as a tuple; a converter for the fields that hold them."""
    return tuple_of(AllowanceCharge, given, "/allowance_charges")


def _over(value: Number) -> Decimal:
    return decimal(value, address="/over_tolerance")


def _under(value: Number) -> Decimal:
    return decimal(value, address="/under_tolerance")


_check_where: Final = type_check(
    ("address", (Address, NoneType)),
    ("recipient", (Party, NoneType)),
    ("requested_period", (DayPeriod, NoneType)),
    ("complete_only", bool),
)


@attrs.frozen(kw_only=True)
class DeliveryTerms:
    """Where, when and under which terms goods are handed over (UBL `cac:Delivery`, `cac:DeliveryTerms`).

    `incoterm` is an Incoterms code with its named `place`; `complete_only` forbids partial shipment;
    tolerances are percent of the ordered quantity that may be delivered above (up to 1000) or below it
    (up to 100). Raises `InvalidValueError` (`delivery.tolerance`, `decimal.*`).
    """

    incoterm: str = attrs.field(default="", converter=text)
    place: str = attrs.field(default="", converter=text)
    address: Address | None = None
    recipient: Party | None = None
    requested_period: DayPeriod | None = None
    complete_only: bool = False
    over_tolerance: Decimal = attrs.field(default=Decimal(0), converter=_over)
    under_tolerance: Decimal = attrs.field(default=Decimal(0), converter=_under)
    special_terms: str = attrs.field(default="", converter=text)

    def __attrs_post_init__(self) -> None:
        _check_where(self)
        wrong = [*_tolerance("over", self.over_tolerance, 1000), *_tolerance("under", self.under_tolerance, 100)]
        if wrong:
            raise InvalidValueError(*wrong)


def _tolerance(side: str, percent: Decimal, most: int) -> tuple[Finding, ...]:
    return () if 0 <= percent <= most else (TOLERANCE(f"/{side}_tolerance", percent=percent),)


class RoundingName(StrEnum):
    """The rounding rules of `orderlib.values.rounding` by name, so that an order keeps its rule by value."""

    HALF_UP = "HALF_UP"
    HALF_DOWN = "HALF_DOWN"
    HALF_EVEN = "HALF_EVEN"
    HALF_ODD = "HALF_ODD"
    HALF_CEILING = "HALF_CEILING"
    HALF_FLOOR = "HALF_FLOOR"
    UP = "UP"
    DOWN = "DOWN"
    CEILING = "CEILING"
    FLOOR = "FLOOR"


def _rounding(value: str | Rounding) -> RoundingName:
    return member(RoundingName, value.name if isinstance(value, Rounding) else value, "/rounding")


def _scope(value: str) -> RoundingScope:
    return member(RoundingScope, value, "/scope")


@attrs.frozen(kw_only=True)
class Pricing:
    """How amounts are rounded and where tax is rounded; frozen with the order so that totals stay.

    `rounding` takes a name or one of the named rules. A rule of an application's own would not be the same
    rule after the order was stored and read again, so it is refused: `InvalidValueError` (`code.unknown`).
    """

    rounding: RoundingName = attrs.field(default=RoundingName.HALF_UP, converter=_rounding)
    scope: RoundingScope = attrs.field(default=RoundingScope.DOCUMENT, converter=_scope)

    @property
    def rule(self) -> Rounding:
        """The rule itself: an exact ratio in, an integer out."""
        return ROUNDINGS[self.rounding]
