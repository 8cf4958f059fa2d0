"""What the company wants of its order process, as targets that policies and key figures share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from types import NoneType
from typing import Final

import attrs

from orderlib.errors import Finding, FindingCode, InvalidValueError, Severity
from orderlib.values.decimals import decimal
from orderlib.values.money import Money
from orderlib.values.typed import type_check, values_of

__all__ = ["Objectives"]

OBJECTIVE_RANGE: Final = FindingCode(
    "objective.range", Severity.ERROR, "{value} % is not between 0 and 100", "{value} % 不在 0 与 100 之间"
)
OBJECTIVE_NEGATIVE: Final = FindingCode(
    "objective.negative", Severity.ERROR, "a target time of {value} cannot be", "目标时间 {value} 无效"
)
OBJECTIVE_STAGES: Final = FindingCode(
    "objective.stages-exceed-order",
    Severity.WARNING,
    "the stage targets together take {stages}, the order's target is {order}",
    "各阶段目标合计 {stages}，超过订单目标 {order}",
)


def _percent(value: Decimal | str | int) -> Decimal:
    return decimal(value)


def _stage_times(given: Mapping[str, timedelta]) -> dict[str, timedelta]:
    return values_of(timedelta, given, "/stage_times")


_check_targets: Final = type_check(
    ("clean_amount", (Money, NoneType)),
    ("cost_per_order", (Money, NoneType)),
    ("cycle_time", timedelta),
    ("flexibility", timedelta),
)


@attrs.frozen(kw_only=True)
class Objectives:
    """Targets from the strategy, down to the stages.

    Percentages are 0 to 100: `on_time` of orders, `margin` of the net value that is wanted and
    `least_margin` below which nobody accepts, `risk_appetite` of the net value that may be at risk,
    `over_delivery` and `under_delivery` of a line's quantity. `clean_amount` is the net value up to which
    no panel need meet. `cost_per_order` is what handling one may cost. `cycle_time` is the target from
    receipt to closure, `stage_times` those of the stages (`intake`, `review` …), `flexibility` the time
    in which a change should be absorbed.

    Raises `InvalidValueError` (`objective.range`, `objective.negative`, `value.type`, `decimal.*`).
    """

    on_time: Decimal = attrs.field(default=Decimal(95), converter=_percent)
    margin: Decimal = attrs.field(default=Decimal(20), converter=_percent)
    least_margin: Decimal = attrs.field(default=Decimal(5), converter=_percent)
    risk_appetite: Decimal = attrs.field(default=Decimal(10), converter=_percent)
    over_delivery: Decimal = attrs.field(default=Decimal(0), converter=_percent)
    under_delivery: Decimal = attrs.field(default=Decimal(0), converter=_percent)
    clean_amount: Money | None = None
    cost_per_order: Money | None = None
    cycle_time: timedelta = timedelta(days=60)
    flexibility: timedelta = timedelta(days=5)
    stage_times: Mapping[str, timedelta] = attrs.field(factory=dict[str, timedelta], converter=_stage_times)

    def __attrs_post_init__(self) -> None:
        _check_targets(self)
        wrong: list[Finding] = []
        for name in ("on_time", "margin", "least_margin", "risk_appetite", "over_delivery", "under_delivery"):
            value = getattr(self, name)
            if not 0 <= value <= 100:
                wrong.append(OBJECTIVE_RANGE(f"/{name}", value=value))
        times = {"cycle_time": self.cycle_time, "flexibility": self.flexibility}
        times |= {f"stage_times/{stage}": time for stage, time in self.stage_times.items()}
        wrong += [OBJECTIVE_NEGATIVE(f"/{name}", value=time) for name, time in times.items() if time < timedelta(0)]
        if wrong:
            raise InvalidValueError(*wrong)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Targets that contradict each other: stages that together exceed the order's cycle time."""
        whole = sum(self.stage_times.values(), timedelta(0))
        if whole > self.cycle_time:
            return (OBJECTIVE_STAGES("/stage_times", stages=whole, order=self.cycle_time),)
        return ()
