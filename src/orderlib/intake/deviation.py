"""What becomes of differences to what was agreed, by rule."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

import attrs

from orderlib.errors import Finding, FindingCode, InvalidValueError, Severity
from orderlib.intake.agreed import agreed_price, line_of, repriceable
from orderlib.intake.record import Resolution
from orderlib.order.compare import Deviation
from orderlib.order.field import Aspect
from orderlib.order.line import OrderLine
from orderlib.order.record import Order
from orderlib.values.codelist import member
from orderlib.values.decimals import decimal
from orderlib.values.decision import Decision
from orderlib.values.parameter import between
from orderlib.values.quantity import Quantity
from orderlib.values.rate import UnitPrice
from orderlib.values.typed import tuple_of

__all__ = ["DeviationDecision", "NotToOurLoss"]

AS_AGREED: Final = FindingCode(
    "intake.as-agreed", Severity.INFO, "nothing deviates from what was agreed", "与约定无差异"
)
TAKEN: Final = FindingCode(
    "intake.deviation-accepted",
    Severity.INFO,
    "{found} instead of {expected} is not to our loss",
    "{found} 替代 {expected}，对我方无不利",
)
FILLED: Final = FindingCode(
    "intake.deviation-repriced", Severity.INFO, "the agreed price {expected} stands", "采用约定价格 {expected}"
)
WANTED: Final = FindingCode(
    "intake.deviation-to-resolve",
    Severity.WARNING,
    "{found} instead of {expected}: {aspect} needs a person's word",
    "{found} 替代 {expected}：{aspect} 须由人员决定",
)
FOREIGN: Final = FindingCode(
    "intake.deviation-returned",
    Severity.ERROR,
    "{found} instead of {expected} cannot be taken: {aspect}",
    "{found} 替代 {expected}，无法接受：{aspect}",
)
OTHERWISE: Final = FindingCode(
    "intake.deviation-otherwise", Severity.INFO, "as agreed, nothing would be open", "若与约定一致则无待决事项"
)


def _resolutions(given: Iterable[Resolution]) -> tuple[Resolution, ...]:
    return tuple(member(Resolution, each, "/resolutions") for each in tuple_of(str, given, "/resolutions"))


@attrs.frozen
class DeviationDecision(Decision[Resolution]):
    """The worst resolution, and in `resolutions` that of each difference, in their order."""

    resolutions: tuple[Resolution, ...] = attrs.field(default=(), converter=_resolutions, kw_only=True)


@attrs.frozen(kw_only=True)
class NotToOurLoss:
    """What costs us nothing is accepted (a higher price, a later day), a missing price is the agreed one, another
    buyer or currency goes back to the customer, everything else waits for a person.

    A price may be lower than agreed by `price_tolerance` percent, and still be accepted.
    """

    price_tolerance: Decimal = attrs.field(default=Decimal(0), converter=decimal, validator=between(0, 100))

    def __call__(self, deviations: tuple[Deviation, ...], order: Order, agreed: Order, /) -> DeviationDecision:
        """A resolution for each difference, with its reason."""
        if not deviations:
            return DeviationDecision(Resolution.ACCEPTED, (AS_AGREED(),))
        said = [self._one(each, order, agreed) for each in deviations]
        order_of = list(Resolution)
        worst = max((resolution for resolution, _ in said), key=order_of.index)
        otherwise = () if worst is Resolution.ACCEPTED else (OTHERWISE(),)
        reasons = tuple(reason for _, reason in said)
        return DeviationDecision(worst, reasons, otherwise, resolutions=tuple(each for each, _ in said))

    def _one(self, deviation: Deviation, order: Order, agreed: Order) -> tuple[Resolution, Finding]:
        facts: dict[str, Any] = {"expected": deviation.expected, "found": deviation.found}
        aspect = deviation.aspect
        if aspect is Aspect.PARTY or deviation.address == "/currency":
            return Resolution.RETURNED, FOREIGN(deviation.address, **facts, aspect=aspect)
        if aspect is Aspect.PRICE and repriceable(deviation, order, agreed):
            line = order.lines.get(line_of(deviation) or "")
            if line is not None and line.price is None:
                return Resolution.REPRICED, FILLED(deviation.address, expected=deviation.expected)
            if line is not None and self._price_holds(line, agreed_price(line, agreed)):
                return Resolution.ACCEPTED, TAKEN(deviation.address, **facts)
        elif _later_day(deviation) or aspect is Aspect.OTHER:
            return Resolution.ACCEPTED, TAKEN(deviation.address, **facts)
        return Resolution.OPEN, WANTED(deviation.address, **facts, aspect=aspect)

    def _price_holds(self, line: OrderLine, agreed: UnitPrice | None) -> bool:
        """Whether one unit costs the customer at least what was agreed, less the tolerance."""
        if line.price is None or agreed is None:
            return False
        one = Quantity(1, line.quantity.unit)
        try:
            least = agreed.exact(one, line.item.conversions) * (100 - Fraction(self.price_tolerance)) / 100
            return line.price.exact(one, line.item.conversions) >= least
        except InvalidValueError:
            return False  # prices for units that do not convert cannot be compared


def _later_day(deviation: Deviation) -> bool:
    """Whether a single day was put off."""
    if deviation.aspect is not Aspect.DATE:
        return False
    try:
        return date.fromisoformat(deviation.found) > date.fromisoformat(deviation.expected)
    except ValueError:
        return False
