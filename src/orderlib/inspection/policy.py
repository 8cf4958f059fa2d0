"""Judgements of inspection: what a sample says, what is done about what does not conform, and who may say so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any, Final, Protocol, cast

import attrs

from orderlib.errors import Finding, FindingCode, Severity
from orderlib.inspection.characteristic import NonconformityGrade
from orderlib.inspection.control import ControlPlanPolicy, InspectionStage, MostSpecificPlan, PlanFit
from orderlib.inspection.record import Disposition, Examination, InspectionLot, Nonconformity, QualityRegister
from orderlib.inspection.sampling import SampleVerdict
from orderlib.order.field import pointer
from orderlib.values.codelist import member
from orderlib.values.decision import Decision, Verdict
from orderlib.values.party import Actor
from orderlib.values.typed import tuple_of, values_of

__all__ = [
    "DEFAULTS",
    "OUTCOMES",
    "ByAcceptanceNumber",
    "ByGradeAndStage",
    "ByRole",
    "DispositionAuthority",
    "DispositionPolicy",
    "LotVerdictPolicy",
]

ACCEPTS: Final = FindingCode(
    "inspection.accepts",
    Severity.INFO,
    "{found} found in {units} units: the lot passes with {accept} or fewer",
    "{units} 个单位中发现 {found} 个：不超过 {accept} 个即接收",
)
MARGINAL: Final = FindingCode(
    "inspection.marginal",
    Severity.WARNING,
    "{found} found in {units} units: between {accept} and {reject}, the lot passes and inspection becomes normal",
    "{units} 个单位中发现 {found} 个：介于 {accept} 与 {reject} 之间，接收该批并恢复正常检验",
)
REJECTS: Final = FindingCode(
    "inspection.rejects",
    Severity.WARNING,
    "{found} found in {units} units: the lot fails with {reject} or more",
    "{units} 个单位中发现 {found} 个：达到 {reject} 个即拒收",
)
CRITICAL: Final = FindingCode(
    "inspection.critical",
    Severity.WARNING,
    "{found} units are critically nonconforming: no acceptance number covers that",
    "有 {found} 个单位存在致命不合格：任何接收数均不适用",
)
BY_RULE: Final = FindingCode(
    "disposition.by-rule",
    Severity.INFO,
    "a {grade} nonconformity at {stage} is met by {disposition}",
    "{stage} 阶段的 {grade} 不合格按规则处置为 {disposition}",
)
MAY: Final = FindingCode(
    "disposition.may", Severity.INFO, "{role} may decide on {disposition}", "{role} 可决定 {disposition}"
)
MAY_NOT: Final = FindingCode(
    "disposition.may-not",
    Severity.ERROR,
    "{actor} may not decide on {disposition}; {allowed} may",
    "{actor} 无权决定 {disposition}；应由 {allowed} 决定",
)
NEVER: Final = FindingCode(
    "disposition.never",
    Severity.ERROR,
    "a {grade} nonconformity is never met by {disposition}",
    "{grade} 不合格不得以 {disposition} 处置",
)


class LotVerdictPolicy(Protocol):
    """Says what an examination that is over means for its lot (slot `lot_verdict`)."""

    def __call__(self, lot: InspectionLot, examination: Examination, /) -> Decision[SampleVerdict]:
        """Accepted, marginal or rejected, with the numbers."""
        ...


class DispositionPolicy(Protocol):
    """Proposes what is done about a nonconformity (slot `disposition`)."""

    def __call__(self, nonconformity: Nonconformity, /) -> Decision[Disposition]:
        """The disposition, with the reason."""
        ...


class DispositionAuthority(Protocol):
    """Says whether somebody may decide on a disposition (slot `disposition_authority`)."""

    def __call__(self, nonconformity: Nonconformity, disposition: Disposition, actor: Actor, /) -> Decision[Verdict]:
        """Yes, or no with who may."""
        ...


@attrs.frozen
class ByAcceptanceNumber:
    """The plan's numbers decide, and no lot passes in which a unit was found critically nonconforming."""

    def __call__(self, lot: InspectionLot, examination: Examination, /) -> Decision[SampleVerdict]:
        """What the sample says."""
        plan, found = examination.plan, examination.found
        facts: dict[str, Any] = {
            "found": found,
            "units": examination.inspected,
            "accept": plan.accept,
            "reject": plan.reject,
        }
        where = pointer("lots", lot.id)
        grave = sum(
            unit.grade is NonconformityGrade.CRITICAL for report in examination.reports for unit in report.units
        )
        if grave:
            return Decision(SampleVerdict.REJECTED, (CRITICAL(where, found=grave),))
        verdict = plan.verdict(found)
        said = {
            SampleVerdict.ACCEPTED: ACCEPTS(where, **facts),
            SampleVerdict.MARGINAL: MARGINAL(where, **facts),
            SampleVerdict.REJECTED: REJECTS(where, **facts),
        }
        possible = [SampleVerdict.ACCEPTED, SampleVerdict.REJECTED]
        if plan.reject > plan.accept + 1:
            possible.append(SampleVerdict.MARGINAL)
        return Decision(verdict, (said[verdict],), tuple(said[each] for each in possible if each is not verdict))


@attrs.frozen
class ByGradeAndStage:
    """What came in goes back; what was made is reworked, and scrapped where it is critical."""

    def __call__(self, nonconformity: Nonconformity, /) -> Decision[Disposition]:
        """The disposition by rule."""
        others = {grade: self._by(grade, nonconformity.stage) for grade in NonconformityGrade}
        disposition = others[nonconformity.grade]
        otherwise = [
            self._said(nonconformity, grade, each) for grade, each in others.items() if each is not disposition
        ]
        return Decision(disposition, (self._said(nonconformity, nonconformity.grade, disposition),), tuple(otherwise))

    def _by(self, grade: NonconformityGrade, stage: InspectionStage) -> Disposition:
        if stage is InspectionStage.INCOMING:
            return Disposition.RETURN_TO_SUPPLIER
        return Disposition.SCRAP if grade is NonconformityGrade.CRITICAL else Disposition.REWORK

    def _said(self, nonconformity: Nonconformity, grade: NonconformityGrade, disposition: Disposition) -> Finding:
        where = pointer("nonconformities", nonconformity.id)
        return BY_RULE(where, grade=grade, stage=nonconformity.stage, disposition=disposition)


def _roles(given: Mapping[Disposition, Iterable[str]]) -> Mapping[Disposition, frozenset[str]]:
    named = values_of(object, cast("Mapping[str, Any]", given), "/roles")
    return {
        member(Disposition, each, "/roles"): frozenset(tuple_of(str, cast("Any", names), pointer("roles", each)))
        for each, names in named.items()
    }


def _never(given: Iterable[Disposition]) -> frozenset[Disposition]:
    return frozenset(member(Disposition, each, "/never") for each in tuple_of(str, given, "/never"))


_QUALITY: Final = frozenset({"quality", "management"})

#: which departments or roles may decide on a disposition
BY_DEPARTMENT: Final[Mapping[Disposition, frozenset[str]]] = {
    Disposition.REWORK: _QUALITY | {"production"},
    Disposition.REPAIR: _QUALITY | {"technology"},
    Disposition.CONCESSION: frozenset({"management", "customer"}),
    Disposition.REGRADE: _QUALITY | {"sales"},
    Disposition.RETURN_TO_SUPPLIER: _QUALITY | {"purchasing"},
    Disposition.SCRAP: _QUALITY,
}


@attrs.frozen
class ByRole:
    """Who has a department or a role that is named for a disposition may decide on it, and nobody may concede or
    repair what is critical.

    `roles` names them for each disposition; one that is not named is open to management alone. Raises
    `InvalidValueError` (`value.type`, `code.unknown`).
    """

    roles: Mapping[Disposition, frozenset[str]] = attrs.field(default=BY_DEPARTMENT, converter=_roles)
    never: frozenset[Disposition] = attrs.field(
        default=frozenset({Disposition.CONCESSION, Disposition.REPAIR}), converter=_never
    )

    def __call__(self, nonconformity: Nonconformity, disposition: Disposition, actor: Actor, /) -> Decision[Verdict]:
        """Yes or no."""
        where = pointer("nonconformities", nonconformity.id)
        if nonconformity.grade is NonconformityGrade.CRITICAL and disposition in self.never:
            return Decision(Verdict.NO, (NEVER(where, grade=nonconformity.grade, disposition=disposition),))
        may = self.roles.get(disposition, frozenset({"management"}))
        allowed = ", ".join(sorted(may))
        has = sorted(may & {actor.department, *actor.roles})
        if has:
            return Decision(
                Verdict.YES,
                (MAY(where, role=has[0], disposition=disposition),),
                (MAY_NOT(where, actor=actor.id, disposition=disposition, allowed=allowed),),
            )
        refused = MAY_NOT("/by/department", actor=actor.id, disposition=disposition, allowed=allowed)
        return Decision(
            Verdict.NO, (refused,), tuple(MAY(where, role=each, disposition=disposition) for each in sorted(may))
        )


DEFAULTS: Final[Mapping[str, Callable[[], Any]]] = {
    "control_plan": MostSpecificPlan,
    "lot_verdict": ByAcceptanceNumber,
    "disposition": ByGradeAndStage,
    "disposition_authority": ByRole,
}
OUTCOMES: Final[Mapping[str, type[StrEnum]]] = {
    "control_plan": PlanFit,
    "lot_verdict": SampleVerdict,
    "disposition": Disposition,
    "disposition_authority": Verdict,
}


class InspectionPolicies(Protocol):
    """The policies that inspection asks."""

    @property
    def control_plan(self) -> ControlPlanPolicy:
        """Which control plan counts."""
        ...

    @property
    def lot_verdict(self) -> LotVerdictPolicy:
        """What a sample says of its lot."""
        ...

    @property
    def disposition(self) -> DispositionPolicy:
        """What is done about a nonconformity."""
        ...

    @property
    def disposition_authority(self) -> DispositionAuthority:
        """Who may say so."""
        ...


class InspectionCase(Protocol):
    """The part of a case that inspection looks at."""

    @property
    def quality(self) -> QualityRegister | None:
        """What inspection keeps, once there is anything."""
        ...
