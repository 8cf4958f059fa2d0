"""What planning sees of a case, and the policies that it asks."""

from __future__ import annotations

from typing import Final, Protocol

from orderlib.errors import FindingCode, RefusedError, Severity
from orderlib.order.record import Order
from orderlib.planning.policy import ReleasePolicy, SchedulingPolicy, TemplatePolicy
from orderlib.planning.promise import PromisePolicy
from orderlib.planning.record import Plan
from orderlib.planning.sourcing import SourcingPolicy
from orderlib.review.record import Reviews

__all__ = ["PlanningCase", "PlanningPolicies"]

PLAN_MISSING: Final = FindingCode("planning.no-plan", Severity.ERROR, "the order has no plan yet", "订单尚无计划")
PLAN_REASON: Final = FindingCode(
    "planning.reason-missing", Severity.ERROR, "moving a plan or a promise needs a reason", "变更计划或承诺必须说明原因"
)


class PlanningCase(Protocol):
    """The part of a case that planning looks at."""

    @property
    def order(self) -> Order | None:
        """The order."""
        ...

    @property
    def planning(self) -> Plan | None:
        """The plan, once there is one."""
        ...

    @property
    def review(self) -> Reviews | None:
        """What the review says; None for an order that was adopted."""
        ...


class PlanningPolicies(Protocol):
    """The policies that planning asks."""

    @property
    def template(self) -> TemplatePolicy:
        """Which tasks."""
        ...

    @property
    def scheduling(self) -> SchedulingPolicy:
        """When they run."""
        ...

    @property
    def promise(self) -> PromisePolicy:
        """What is promised."""
        ...

    @property
    def sourcing(self) -> SourcingPolicy:
        """Where goods come from."""
        ...

    @property
    def release(self) -> ReleasePolicy:
        """Whether work may begin."""
        ...


def order_of(case: PlanningCase) -> Order:
    """The order; raises `RefusedError` where there is none."""
    if case.order is None:  # the lifecycle lets nobody plan without an order
        raise RefusedError(PLAN_MISSING("/order"))
    return case.order


def plan_of(case: PlanningCase) -> Plan:
    """The plan; raises `RefusedError` (`planning.no-plan`) where there is none."""
    if case.planning is None or not case.planning.tasks:
        raise RefusedError(PLAN_MISSING("/planning"))
    return case.planning
