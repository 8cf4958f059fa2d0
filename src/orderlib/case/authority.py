"""Who may give which command, and who has to hear of it: the responsibility matrix.

One row for each stage or decision names the department that is accountable, those responsible (they may
give the commands), those consulted before and those informed after; each with a contact and a deputy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import attrs

from orderlib.errors import Finding, FindingCode, Severity
from orderlib.values.identifier import text
from orderlib.values.party import Actor
from orderlib.values.typed import tuple_of, values_of

__all__ = ["BY_DEPARTMENT", "Desk", "ResponsibilityMatrix", "Row"]

AUTHORITY_DEPARTMENT: Final = FindingCode(
    "authority.department",
    Severity.ERROR,
    "{actor} of {department} may not do this; it belongs to {allowed}",
    "{department} 的 {actor} 无权执行此操作，应由 {allowed} 执行",
)


def _departments(given: Iterable[str]) -> frozenset[str]:
    # a single name would pass for the departments of its letters
    return frozenset(tuple_of(str, given, "/departments"))


def _rows(given: Mapping[str, Row]) -> Mapping[str, Row]:
    return values_of(Row, given, "/rows")


def _desks(given: Mapping[str, Desk]) -> Mapping[str, Desk]:
    return values_of(Desk, given, "/desks")


@attrs.frozen
class Row:
    """One row of the matrix: department names; `accountable` may always act as well.

    Raises `InvalidValueError` (`value.type`, `text.*`).
    """

    accountable: str = attrs.field(converter=text)
    responsible: frozenset[str] = attrs.field(default=frozenset(), converter=_departments)
    consulted: frozenset[str] = attrs.field(default=frozenset(), converter=_departments)
    informed: frozenset[str] = attrs.field(default=frozenset(), converter=_departments)

    @property
    def may_act(self) -> frozenset[str]:
        """The departments that may give the commands of the row."""
        return self.responsible | {self.accountable}


@attrs.frozen
class Desk:
    """Whom to reach in a department: a contact, and a deputy for when the contact is away."""

    contact: str = attrs.field(default="", converter=text)
    deputy: str = attrs.field(default="", converter=text)


_NOBODY: Final = Desk()


@attrs.frozen
class ResponsibilityMatrix:
    """Rows by stage, desks by department. A stage without a row is open to everybody.

    Raises `InvalidValueError` (`value.type`).
    """

    rows: Mapping[str, Row] = attrs.field(converter=_rows)
    desks: Mapping[str, Desk] = attrs.field(factory=dict[str, Desk], converter=_desks)
    _may: Mapping[str, frozenset[str]] = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_may", {stage: row.may_act for stage, row in self.rows.items()})

    def permits(self, actor: Actor, stage: str) -> bool:
        """Whether the actor may give the commands of a stage; system actors and management always may."""
        may = self._may.get(stage)
        return may is None or actor.department in may or "system" in actor.roles or "management" in actor.roles

    def refusal(self, actor: Actor, stage: str) -> Finding:
        """The finding that says why the actor may not."""
        allowed = ", ".join(sorted(self._may.get(stage, ())))
        who = actor.department or "no department"
        return AUTHORITY_DEPARTMENT("/by/department", actor=actor.id, department=who, allowed=allowed)

    def who(self, stage: str) -> tuple[str, ...]:
        """The departments that may act on a stage, sorted; empty means everybody."""
        return tuple(sorted(self._may.get(stage, ())))

    def desk(self, department: str) -> Desk:
        """Whom to reach in a department; nobody by name, where the matrix does not say."""
        return self.desks.get(department, _NOBODY)

    def informed(self, stage: str) -> tuple[str, ...]:
        """The departments that have to hear of what happens on a stage, sorted."""
        row = self.rows.get(stage)
        return tuple(sorted(row.informed | row.consulted | {row.accountable})) if row else ()


_EXPERTS: Final = frozenset({"technology", "production", "purchasing", "market", "finance", "quality", "legal"})

BY_DEPARTMENT: Final = ResponsibilityMatrix(
    {
        "enquiry": Row("sales", {"customer-service"}, {"technology"}, {"planning"}),
        "intake": Row("customer-service", {"sales"}, (), {"planning", "finance"}),
        "review": Row("sales", {"customer-service", "management"}, _EXPERTS, {"planning"}),
        "assessment": Row("sales", _EXPERTS | {"customer-service", "planning", "logistics", "management"}, (), ()),
        "approval": Row("management", (), {"finance"}, {"sales"}),
        "counter-offer": Row("sales", {"customer-service", "customer"}, (), {"planning"}),
        "planning": Row("planning", {"customer-service", "production"}, {"purchasing"}, {"logistics"}),
        "release": Row("planning", {"customer-service", "sales"}, (), {"production", "purchasing", "finance"}),
        "fulfilment": Row(
            "production",
            {"logistics", "purchasing", "planning", "quality", "customer-service"},
            (),
            {"customer-service"},
        ),
        "despatch": Row("logistics", {"production", "customer-service"}, {"quality"}, {"customer-service", "finance"}),
        "change": Row("sales", {"customer-service", "planning", "purchasing", "technology"}, _EXPERTS, {"logistics"}),
        "acceptance": Row("customer-service", {"quality", "logistics", "customer"}, (), {"finance"}),
        "settlement": Row("finance", {"customer-service", "sales"}, (), {"sales"}),
        "statement": Row("finance", {"customer-service", "sales", "customer"}, (), ()),
        "payment": Row("finance", (), (), {"sales"}),
        "write-off": Row("finance", (), {"sales"}, {"sales"}),
        "closing": Row("customer-service", {"sales", "finance", "planning"}, (), _EXPERTS),
        "risk": Row("management", {"sales", "planning", "customer-service"} | _EXPERTS, (), ()),
    }
)
