"""Switching: how what was found in the last lots makes inspection of the next one milder or more severe.

Both rule sets go to tightened inspection when two of five consecutive lots were rejected, and back after five that were
accepted in a row; both leave reduced inspection at the first rejected lot, or when production is irregular. They differ
in the way to reduced inspection, and in when nothing more can be passed by sampling:

* **MIL-STD-105E** (4.7 and 4.8): ten lots accepted in a row on normal inspection, in whose samples no more was found
  than the limit number of table VIII says. A marginal lot on reduced inspection is accepted, and inspection returns to
  normal. Inspection is discontinued when ten lots in a row remain on tightened inspection.
* **ISO 2859-1:1999** (9.3 and 9.4): a switching score of 30. A lot that is accepted adds 3 where the acceptance number
  is 2 or more and the lot would have been accepted with the AQL one step tighter, and 2 where the acceptance number is
  0 or 1; any other lot sets the score to 0. Inspection is discontinued when five lots were rejected on tightened
  inspection.

Reduced inspection needs besides that production is steady and that the responsible authority wishes it; both are said
with each lot. Lots that are submitted again count for nothing here.

>>> scheme = SamplingScheme("P-7 from S1", aql="1.0")
>>> for number in range(2):
...     scheme, switch = scheme.follow(scheme.plan(1000).outcome(f"L-{number}", found=3))
>>> str(scheme.severity), switch.reasons[0].message()
('tightened', '2 of the last 2 lots were rejected: inspection is tightened')
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Final

import attrs

from orderlib.errors import Finding, FindingCode, InvalidValueError, Severity
from orderlib.inspection.letter import InspectionLevel, level_of
from orderlib.inspection.limits import limit_number
from orderlib.inspection.master import (
    AQLS,
    AcceptanceNumbers,
    InspectionSeverity,
    RuleSet,
    aql_of,
    master_cell,
    rule_set_of,
    severity_of,
)
from orderlib.inspection.sampling import Counting, LotOutcome, SampleVerdict, SamplingPlan, sampling_plan
from orderlib.values.codelist import member, whole
from orderlib.values.decision import Decision
from orderlib.values.identifier import DocumentId
from orderlib.values.typed import tuple_of

__all__ = ["SamplingScheme", "SwitchDecision", "tighter_acceptance"]


def _info(name: str, en: str, zh: str) -> FindingCode:
    return FindingCode(f"switching.{name}", Severity.INFO, en, zh)


STAYS: Final = _info("stays", "inspection stays {how}", "检验严格度保持 {how}")
TIGHTEN: Final = _info(
    "tighten",
    "{rejected} of the last {lots} lots were rejected: inspection is tightened",
    "最近 {lots} 批中有 {rejected} 批不接收：转为加严检验",
)
RELAX: Final = _info(
    "relax",
    "{lots} lots in a row were accepted on tightened inspection: it returns to normal",
    "加严检验连续 {lots} 批接收：恢复正常检验",
)
ROW: Final = _info("row", "{lots} of {needed} lots in a row were accepted", "已连续接收 {lots} 批，需要 {needed} 批")
REDUCE: Final = _info(
    "reduce",
    "production is steady and reduced inspection is wished: inspection is reduced",
    "生产稳定且主管部门同意：转为放宽检验",
)
SCORE: Final = _info("score", "the switching score is {score} of {needed}", "转移得分为 {score}，需要 {needed}")
RUN: Final = _info(
    "run",
    "{lots} of {needed} lots in a row were accepted; {found} were found in {units} units, the limit is {limit}",
    "已连续接收 {lots} 批（需要 {needed} 批）；{units} 个单位中发现 {found} 个，界限数为 {limit}",
)
CONDITIONS: Final = _info(
    "conditions",
    "inspection would be reduced if production were steady and it were wished",
    "若生产稳定且主管部门同意，即可转为放宽检验",
)
BACK_LOT: Final = _info(
    "back-lot",
    "lot {lot} was {verdict} on reduced inspection: it returns to normal",
    "放宽检验中批 {lot} 的结果为 {verdict}：恢复正常检验",
)
BACK_IRREGULAR: Final = _info(
    "back-irregular", "production is not steady: inspection returns to normal", "生产不稳定：恢复正常检验"
)
BACK_UNWISHED: Final = _info(
    "back-unwished",
    "reduced inspection is no longer wished: it returns to normal",
    "主管部门不再同意放宽检验：恢复正常检验",
)
STOP_REJECTED: Final = FindingCode(
    "switching.stop-rejected",
    Severity.WARNING,
    "{lots} lots were rejected on tightened inspection: it is discontinued until the supplier has acted",
    "加严检验累计 {lots} 批不接收：在供方采取纠正措施之前暂停抽样检验",
)
STOP_REMAIN: Final = FindingCode(
    "switching.stop-remain",
    Severity.WARNING,
    "{lots} lots in a row remain on tightened inspection: it is discontinued until the supplier has acted",
    "连续 {lots} 批停留在加严检验：在供方采取纠正措施之前暂停抽样检验",
)
RESUME: Final = _info(
    "resume", "the supplier has acted: inspection is resumed, tightened", "供方已采取纠正措施：以加严检验恢复"
)
OTHER_PLAN: Final = FindingCode(
    "switching.other-plan",
    Severity.ERROR,
    "a lot inspected {found} by {rules} at AQL {aql} does not belong here, where {expected} inspection is due",
    "该批按 {rules}、AQL {aql} 进行 {found} 检验，与应执行的 {expected} 检验不符",
)
NOT_DISCONTINUED: Final = FindingCode(
    "switching.not-discontinued",
    Severity.ERROR,
    "inspection is {how} and goes on; there is nothing to resume",
    "检验为 {how}，并未暂停，无需恢复",
)

_LONGEST: Final = 500
_NEEDED_SCORE: Final = 30
_NEEDED_RUN: Final = 10


def _outcomes(given: Iterable[LotOutcome]) -> tuple[LotOutcome, ...]:
    return tuple_of(LotOutcome, given, "/recent")


def _counting(value: str | None) -> Counting | None:
    return None if value is None else member(Counting, value, "/counting")


@attrs.frozen
class SwitchDecision(Decision[InspectionSeverity]):
    """How severe inspection of the next lot is, why, and what would have changed it."""


def tighter_acceptance(plan: SamplingPlan) -> int | None:
    """The acceptance number of the same sample with the AQL one step tighter; nothing where there is no such plan."""
    if plan.aql is None or plan.letter is None or plan.aql == AQLS[0]:
        return None
    column = AQLS.index(plan.aql)
    cell = master_cell(plan.rule_set, InspectionSeverity.NORMAL, plan.letter, AQLS[column - 1])
    return cell.accept if isinstance(cell, AcceptanceNumbers) else None


@attrs.frozen
class SamplingScheme:
    """Where inspection of one product of one supplier stands, as a value: fold the lots over it in their order.

    `recent` holds the lots since the last switch that may still matter: the last five where five are looked at, on
    normal inspection by MIL-STD-105E the run of accepted ones that the limit number is asked for. `score` is the
    switching score of ISO 2859-1, `tightened` counts the lots of the present sequence on tightened inspection,
    `rejected` those of them that were rejected. `remain` is after how many lots on tightened inspection MIL-STD-105E
    gives up (4.8: ten, or as designated).
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    aql: Decimal = attrs.field(converter=aql_of, kw_only=True)
    rule_set: RuleSet = attrs.field(default=RuleSet.MIL_STD_105E, converter=rule_set_of, kw_only=True)
    level: InspectionLevel = attrs.field(default=InspectionLevel.II, converter=level_of, kw_only=True)
    counting: Counting | None = attrs.field(default=None, converter=_counting, kw_only=True)
    severity: InspectionSeverity = attrs.field(default=InspectionSeverity.NORMAL, converter=severity_of, kw_only=True)
    recent: tuple[LotOutcome, ...] = attrs.field(default=(), converter=_outcomes, kw_only=True)
    score: int = attrs.field(default=0, kw_only=True)
    tightened: int = attrs.field(default=0, kw_only=True)
    rejected: int = attrs.field(default=0, kw_only=True)
    remain: int = attrs.field(default=10, kw_only=True)

    def __attrs_post_init__(self) -> None:
        for name in ("score", "tightened", "rejected"):
            whole(getattr(self, name), 0, 10**9, f"/{name}")
        whole(self.remain, 1, _LONGEST, "/remain")

    def plan(self, lot_size: int) -> SamplingPlan:
        """The plan for the next lot. Raises `InvalidValueError` (`sampling.discontinued`, `sampling.lot-size`)."""
        return sampling_plan(lot_size, self.aql, self.level, self.severity, self.rule_set, counting=self.counting)

    def follow(self, outcome: LotOutcome) -> tuple[SamplingScheme, SwitchDecision]:
        """The scheme after one more lot, and why it is so.

        A lot that was submitted again (`original` False) changes nothing. Raises `InvalidValueError`
        (`switching.other-plan`) for one that was inspected by other rules.
        """
        plan = outcome.plan
        if (plan.rule_set, plan.aql, plan.severity) != (self.rule_set, self.aql, self.severity):
            raise InvalidValueError(
                OTHER_PLAN("/plan", found=plan.severity, rules=plan.rule_set, aql=plan.aql, expected=self.severity)
            )
        return _FOLLOW[self.severity](self, outcome) if outcome.original else _stays(self)

    def resume(self) -> tuple[SamplingScheme, SwitchDecision]:
        """Tightened inspection again, after what the supplier did about it (ISO 2859-1:1999, 9.4).

        Raises `InvalidValueError` (`switching.not-discontinued`).
        """
        if self.severity is not InspectionSeverity.DISCONTINUED:
            raise InvalidValueError(NOT_DISCONTINUED("/severity", how=self.severity))
        return _switched(self, InspectionSeverity.TIGHTENED, RESUME("/severity"))


_Next = tuple[SamplingScheme, SwitchDecision]


def _stays(scheme: SamplingScheme, *otherwise: Finding) -> _Next:
    return scheme, SwitchDecision(scheme.severity, (STAYS("/severity", how=scheme.severity),), otherwise)


def _switched(scheme: SamplingScheme, severity: InspectionSeverity, *reasons: Finding) -> _Next:
    """A new sequence begins: nothing of the old one counts."""
    new = attrs.evolve(scheme, severity=severity, recent=(), score=0, tightened=0, rejected=0)
    return new, SwitchDecision(severity, reasons)


def _on_normal(scheme: SamplingScheme, outcome: LotOutcome) -> _Next:
    five = (*scheme.recent, outcome)[-5:]
    rejected = sum(not each.verdict.passes for each in five)
    if rejected >= 2:
        return _switched(scheme, InspectionSeverity.TIGHTENED, TIGHTEN("/recent", rejected=rejected, lots=len(five)))
    if scheme.rule_set is RuleSet.ISO_2859_1_1999:
        score = _scored(scheme, outcome)
        new = attrs.evolve(scheme, recent=five, score=score)
        why, ready = SCORE("/score", score=score, needed=_NEEDED_SCORE), score >= _NEEDED_SCORE
    else:
        new = attrs.evolve(scheme, recent=_window(scheme.recent, outcome, scheme.aql))
        why, ready = _clean_run(new)
    if ready and outcome.steady and outcome.reduced_wished:
        return _switched(new, InspectionSeverity.REDUCED, why, REDUCE("/severity"))
    return _stays(new, *([why, CONDITIONS("/steady")] if ready else [why]))


def _scored(scheme: SamplingScheme, outcome: LotOutcome) -> int:
    """The switching score after one more lot on normal inspection (ISO 2859-1:1999, 9.3.3.2)."""
    if not outcome.verdict.passes:
        return 0
    if outcome.plan.accept < 2:
        return scheme.score + 2
    tighter = tighter_acceptance(outcome.plan)
    return scheme.score + 3 if tighter is not None and outcome.found <= tighter else 0


def _clean_run(scheme: SamplingScheme) -> tuple[Finding, bool]:
    """Whether the run of accepted lots is long and clean enough for table VIII."""
    run = _accepted_at_end(scheme.recent)
    units, found = sum(each.plan.sample_size for each in run), sum(each.found for each in run)
    limit = limit_number(units, scheme.aql)
    shown = "-" if limit is None else limit
    said = RUN("/recent", lots=len(run), needed=_NEEDED_RUN, found=found, units=units, limit=shown)
    return said, len(run) >= _NEEDED_RUN and limit is not None and found <= limit


def _on_tightened(scheme: SamplingScheme, outcome: LotOutcome) -> _Next:
    five = (*scheme.recent, outcome)[-5:]
    rejected = scheme.rejected + (not outcome.verdict.passes)
    new = attrs.evolve(scheme, recent=five, tightened=scheme.tightened + 1, rejected=rejected)
    run = len(_accepted_at_end(five))
    if run == 5:
        return _switched(new, InspectionSeverity.NORMAL, RELAX("/recent", lots=run))
    if new.rule_set is RuleSet.ISO_2859_1_1999:
        stop = STOP_REJECTED("/rejected", lots=rejected) if rejected >= 5 else None
    else:
        stop = STOP_REMAIN("/tightened", lots=new.tightened) if new.tightened >= new.remain else None
    if stop is not None:
        return _switched(new, InspectionSeverity.DISCONTINUED, stop)
    return _stays(new, ROW("/recent", lots=run, needed=5))


def _on_reduced(scheme: SamplingScheme, outcome: LotOutcome) -> _Next:
    if outcome.verdict is not SampleVerdict.ACCEPTED:
        why = BACK_LOT("/recent", lot=outcome.lot_id, verdict=outcome.verdict)
    elif not outcome.steady:
        why = BACK_IRREGULAR("/steady")
    elif not outcome.reduced_wished:
        why = BACK_UNWISHED("/reduced_wished")
    else:
        return _stays(scheme)
    return _switched(scheme, InspectionSeverity.NORMAL, why)


_FOLLOW: Final[Mapping[InspectionSeverity, Callable[[SamplingScheme, LotOutcome], _Next]]] = {
    InspectionSeverity.NORMAL: _on_normal,
    InspectionSeverity.TIGHTENED: _on_tightened,
    InspectionSeverity.REDUCED: _on_reduced,
}


def _accepted_at_end(outcomes: tuple[LotOutcome, ...]) -> tuple[LotOutcome, ...]:
    """The accepted lots after the last one that was rejected."""
    for place in range(len(outcomes) - 1, -1, -1):
        if not outcomes[place].verdict.passes:
            return outcomes[place + 1 :]
    return outcomes


def _window(recent: tuple[LotOutcome, ...], outcome: LotOutcome, aql: Decimal) -> tuple[LotOutcome, ...]:
    """The lots that still matter on normal inspection: ten, or as many more as table VIII needs to say anything."""
    kept = (*recent, outcome)
    while len(kept) > _NEEDED_RUN:
        rest = kept[1:]
        if len(kept) <= _LONGEST and limit_number(sum(each.plan.sample_size for each in rest), aql) is None:
            break
        kept = rest
    return kept
