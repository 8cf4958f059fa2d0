"""What can be wrong with a scheduling problem or with a schedule: the codes, and the checks of single numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, TypeVar, cast

from orderlib.errors import FindingCode, InvalidValueError, Severity

__all__ = ["LARGEST"]

T = TypeVar("T")

LARGEST: Final = 10**12
"""No period, amount, weight or cost may be larger: a million years of minutes."""

NUMBER: Final = FindingCode(
    "schedule.number",
    Severity.ERROR,
    "{what} is a whole number from {low} to {high}, not {value}",
    "{what} 须为 {low} 到 {high} 的整数，而不是 {value}",
)
PART: Final = FindingCode(
    "schedule.part", Severity.ERROR, "a {wanted} is expected here, not {value}", "此处须为 {wanted}，而不是 {value}"
)
SPAN: Final = FindingCode(
    "schedule.span",
    Severity.ERROR,
    "working spans end after they start and stand in order, apart: {value}",
    "工作时段须先始后终、按序且不重叠：{value}",
)
STEPS: Final = FindingCode(
    "schedule.capacity-steps",
    Severity.ERROR,
    "the steps of a capacity stand in the order of their periods",
    "产能变化须按时间先后排列",
)
NO_MODE: Final = FindingCode(
    "schedule.no-mode", Severity.ERROR, "activity {activity} has no mode", "活动 {activity} 没有执行方式"
)
TWICE: Final = FindingCode("schedule.duplicate-id", Severity.ERROR, "{id} stands twice", "{id} 出现了两次")
UNKNOWN_BEFORE: Final = FindingCode(
    "schedule.unknown-predecessor",
    Severity.ERROR,
    "activity {activity} comes after {before}, which is not there",
    "活动 {activity} 的前置活动 {before} 不存在",
)
CYCLE: Final = FindingCode(
    "schedule.cycle", Severity.ERROR, "the activities {activities} wait for each other", "活动 {activities} 互相等待"
)
UNKNOWN_RESOURCE: Final = FindingCode(
    "schedule.unknown-resource",
    Severity.ERROR,
    "activity {activity} needs {resource}, which is not there",
    "活动 {activity} 需要的资源 {resource} 不存在",
)
UNKNOWN_CALENDAR: Final = FindingCode(
    "schedule.unknown-calendar",
    Severity.ERROR,
    "the calendar {calendar} of {owner} is not there",
    "{owner} 的日历 {calendar} 不存在",
)
NO_WORKING_TIME: Final = FindingCode(
    "schedule.no-working-time",
    Severity.ERROR,
    "there is no working time in {calendar}",
    "{calendar} 中没有工作时间",
)
TOO_LITTLE_TIME: Final = FindingCode(
    "schedule.too-little-time",
    Severity.ERROR,
    "activity {activity} takes {duration} periods, and its calendars have only {available} left",
    "活动 {activity} 需要 {duration} 个周期，而日历只剩 {available} 个",
)
TOO_MUCH: Final = FindingCode(
    "schedule.demand-above-capacity",
    Severity.ERROR,
    "activity {activity} needs {amount} of {resource}, which never has more than {capacity}",
    "活动 {activity} 需要 {resource} {amount}，其产能最多为 {capacity}",
)
WINDOW: Final = FindingCode(
    "schedule.impossible-window",
    Severity.ERROR,
    "activity {activity} cannot end before {earliest}, but must by {latest}",
    "活动 {activity} 最早于 {earliest} 完成，但必须在 {latest} 之前完成",
)
MISSING: Final = FindingCode(
    "schedule.activity-missing", Severity.ERROR, "activity {activity} is not scheduled", "活动 {activity} 未排程"
)
UNKNOWN: Final = FindingCode(
    "schedule.activity-unknown",
    Severity.ERROR,
    "{activity} is scheduled, but no activity of the problem",
    "{activity} 已排程，但不是问题中的活动",
)
UNKNOWN_MODE: Final = FindingCode(
    "schedule.mode-unknown",
    Severity.ERROR,
    "activity {activity} has no mode {mode}",
    "活动 {activity} 没有执行方式 {mode}",
)
BEFORE_RELEASE: Final = FindingCode(
    "schedule.before-release",
    Severity.ERROR,
    "activity {activity} starts in {start}, and is released in {release}",
    "活动 {activity} 于 {start} 开始，但 {release} 才可开始",
)
AFTER_DEADLINE: Final = FindingCode(
    "schedule.after-deadline",
    Severity.ERROR,
    "activity {activity} ends in {finish}, and must end by {latest}",
    "活动 {activity} 于 {finish} 完成，但必须在 {latest} 之前完成",
)
DURATION: Final = FindingCode(
    "schedule.wrong-duration",
    Severity.ERROR,
    "activity {activity} takes {duration} working periods, but is given {given}",
    "活动 {activity} 需要 {duration} 个工作周期，实际安排 {given}",
)
NOT_WORKING: Final = FindingCode(
    "schedule.outside-calendar",
    Severity.ERROR,
    "activity {activity} starts or ends in {period}, when nobody works",
    "活动 {activity} 在非工作时间 {period} 开始或结束",
)
PRECEDENCE: Final = FindingCode(
    "schedule.precedence",
    Severity.ERROR,
    "activity {activity} comes {short} periods too early after {before} ({relation}, lag {lag})",
    "活动 {activity} 在 {before} 之后早了 {short} 个周期（{relation}，时距 {lag}）",
)
OVERLAP: Final = FindingCode(
    "schedule.overlap",
    Severity.ERROR,
    "{activities} overlap on {resource} in {period}",
    "{activities} 在 {period} 同时占用 {resource}",
)
OVERLOAD: Final = FindingCode(
    "schedule.overload",
    Severity.ERROR,
    "{activities} need {load} of {resource} in {period}, of which there are {capacity}",
    "{activities} 在 {period} 需要 {resource} {load}，而产能为 {capacity}",
)
BEYOND: Final = FindingCode(
    "schedule.beyond-horizon",
    Severity.ERROR,
    "activity {activity} ends in {finish}, beyond the horizon {horizon}",
    "活动 {activity} 于 {finish} 完成，超出计划期 {horizon}",
)
FROZEN: Final = FindingCode(
    "schedule.frozen-moved",
    Severity.ERROR,
    "activity {activity} lies in the frozen zone and was moved from {was} to {start}",
    "活动 {activity} 处于冻结区，却从 {was} 移到 {start}",
)
FIGURE: Final = FindingCode(
    "schedule.wrong-figure",
    Severity.ERROR,
    "{figure} is {right}, but is said to be {said}",
    "{figure} 应为 {right}，却记为 {said}",
)
NO_PLACE: Final = FindingCode(
    "schedule.no-place",
    Severity.ERROR,
    "no place was found for activity {activity}: its calendars or capacities end before it could",
    "找不到安排活动 {activity} 的时段：日历或产能在其完成之前已结束",
)
BACKWARD_FAILED: Final = FindingCode(
    "schedule.backward-failed",
    Severity.WARNING,
    "not everything can end by {end}; scheduled forward instead",
    "无法全部在 {end} 之前完成，已改为正向排程",
)
CANCELLED: Final = FindingCode(
    "schedule.cancelled",
    Severity.WARNING,
    "the search was stopped after {iterations} iterations; this is the best found so far",
    "搜索在 {iterations} 次迭代后停止，此为目前最佳方案",
)
PASSED: Final = FindingCode(
    "schedule.deadlines-passed",
    Severity.WARNING,
    "deadlines or the horizon are passed by {periods} periods in all; no schedule that keeps them was found",
    "截止期或计划期共超出 {periods} 个周期，未找到能够满足的方案",
)
NOT_PROVEN: Final = FindingCode(
    "schedule.not-proven",
    Severity.WARNING,
    "the solver ended with {status}; this is the best valid schedule found, by {found_by}",
    "求解器以 {status} 结束，此为 {found_by} 找到的最佳可行方案",
)
NO_SOLVER: Final = FindingCode(
    "schedule.solver-missing",
    Severity.ERROR,
    "the extra `solver` (OR-Tools) is not installed",
    "未安装 `solver` 扩展（OR-Tools）",
)
SETTING: Final = FindingCode(
    "schedule.setting", Severity.ERROR, "{name} cannot be {value}", "参数 {name} 不能为 {value}"
)


def whole(value: object, what: str, low: int = 0, high: int = LARGEST, address: str = "") -> int:
    """The value, if it is a whole number within bounds; else `InvalidValueError` (`schedule.number`) at `address`."""
    if type(value) is int and low <= value <= high:
        return value
    shown = repr(value)[:40] if not isinstance(value, int) or abs(value) <= LARGEST**2 else "a far larger number"
    raise InvalidValueError(NUMBER(address or f"/{what}", what=what, low=low, high=high, value=shown))


def parts(kind: type[T], given: object, address: str) -> tuple[T, ...]:
    """One thing of a kind, or several, as a tuple; else `InvalidValueError` (`schedule.part`) for each that is not."""
    if isinstance(given, kind):
        return (given,)
    if isinstance(given, (str, bytes)) or not isinstance(given, Iterable):
        raise InvalidValueError(PART(address, wanted=kind.__name__, value=type(given).__name__))
    many = tuple[Any, ...](cast("Any", given))
    wrong = [
        PART(f"{address}/{at}", wanted=kind.__name__, value=type(each).__name__)
        for at, each in enumerate(many)
        if not isinstance(each, kind)
    ]
    if wrong:
        raise InvalidValueError(*wrong)
    return many
