"""Single sampling plans: how many units of a lot are looked at, and with how many found it passes.

>>> plan = sampling_plan(1000, "1.0")
>>> print(plan)
80 of 1000: passes with 2, fails with 3 (J, AQL 1, normal, MIL-STD-105E)
>>> [str(plan.verdict(found)) for found in (2, 3)]
['accepted', 'rejected']
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Final

import attrs

from orderlib.errors import FindingCode, InvalidValueError, Severity
from orderlib.inspection.letter import CodeLetter, InspectionLevel, code_letter, lot_size_of
from orderlib.inspection.master import (
    InspectionSeverity,
    RuleSet,
    aql_of,
    resolved_cell,
    rule_set_of,
    sample_size_of,
    severity_of,
)
from orderlib.values.codelist import member, whole
from orderlib.values.decimals import Number
from orderlib.values.identifier import DocumentId
from orderlib.values.typed import type_check

__all__ = ["Counting", "LotOutcome", "SampleVerdict", "SamplingPlan", "every_unit", "sampling_plan"]

PERCENT: Final = FindingCode(
    "sampling.percent",
    Severity.ERROR,
    "an AQL of {aql} counts nonconformities per hundred units; percent nonconforming ends at 10",
    "AQL {aql} 只能按每百单位不合格数计；不合格品百分数最大为 10",
)
FOUND: Final = FindingCode(
    "sampling.found",
    Severity.ERROR,
    "{found} nonconforming units cannot be found among {size}",
    "{size} 个单位中不可能有 {found} 个不合格品",
)
NUMBERS: Final = FindingCode(
    "sampling.numbers",
    Severity.ERROR,
    "a plan rejects with more than it accepts: {accept} and {reject}",
    "拒收数须大于接收数：{accept} 与 {reject}",
)
SAMPLE: Final = FindingCode(
    "sampling.sample-exceeds-lot",
    Severity.ERROR,
    "a sample of {sample} out of a lot of {size}",
    "样本量 {sample} 大于批量 {size}",
)

_MOST: Final = 10**9


class Counting(StrEnum):
    """What is counted in a sample: units that do not conform, or every single nonconformity (several in a unit)."""

    UNITS = "units"
    NONCONFORMITIES = "nonconformities"


class SampleVerdict(StrEnum):
    """What a sample says of its lot, best first.

    `MARGINAL` is the lot that reduced inspection by MIL-STD-105E accepts between the two numbers (4.10): it passes,
    and inspection returns to normal.
    """

    ACCEPTED = "accepted"
    MARGINAL = "marginal"
    REJECTED = "rejected"

    @property
    def passes(self) -> bool:
        """Whether the lot is accepted."""
        return self is not SampleVerdict.REJECTED


def _counting(value: str) -> Counting:
    return member(Counting, value, "/counting")


def _letter(value: str | None) -> CodeLetter | None:
    return None if value is None else member(CodeLetter, value, "/letter")


def _aql(value: Number | None) -> Decimal | None:
    return None if value is None else aql_of(value)


@attrs.frozen(kw_only=True)
class SamplingPlan:
    """A single sampling plan for one lot, arrows resolved.

    `lot_size` and `sample_size` count units; where the sample of the table would be the lot or more, `sample_size` is
    the lot, and every unit is looked at. `letter` is the row that is used, after arrows. `accept` and `reject` count
    what `counting` says. A plan of your own is one as well: give its numbers. Raises `InvalidValueError`
    (`sampling.*`, `code.unknown`, `number.whole`).
    """

    rule_set: RuleSet = attrs.field(default=RuleSet.MIL_STD_105E, converter=rule_set_of)
    severity: InspectionSeverity = attrs.field(default=InspectionSeverity.NORMAL, converter=severity_of)
    aql: Decimal | None = attrs.field(default=None, converter=_aql)
    letter: CodeLetter | None = attrs.field(default=None, converter=_letter)
    lot_size: int = attrs.field(converter=lot_size_of)
    sample_size: int
    accept: int
    reject: int
    counting: Counting = attrs.field(default=Counting.UNITS, converter=_counting)

    def __attrs_post_init__(self) -> None:
        whole(self.sample_size, 1, _MOST, "/sample_size")
        whole(self.accept, 0, _MOST, "/accept")
        whole(self.reject, 0, _MOST, "/reject")
        if self.sample_size > self.lot_size:
            raise InvalidValueError(SAMPLE("/sample_size", sample=self.sample_size, size=self.lot_size))
        if self.reject <= self.accept:
            raise InvalidValueError(NUMBERS("/reject", accept=self.accept, reject=self.reject))
        if self.aql is not None and self.aql > 10 and self.counting is Counting.UNITS:
            raise InvalidValueError(PERCENT("/counting", aql=self.aql))

    @property
    def whole_lot(self) -> bool:
        """Whether every unit of the lot is looked at."""
        return self.sample_size == self.lot_size

    def verdict(self, found: int) -> SampleVerdict:
        """What so many found in the whole sample mean.

        Raises `InvalidValueError` (`number.whole`, `sampling.found`) for a number that cannot be.
        """
        whole(found, 0, _MOST, "/found")
        if found > self.sample_size and self.counting is Counting.UNITS:
            raise InvalidValueError(FOUND("/found", found=found, size=self.sample_size))
        if found <= self.accept:
            return SampleVerdict.ACCEPTED
        return SampleVerdict.REJECTED if found >= self.reject else SampleVerdict.MARGINAL

    def outcome(
        self,
        lot_id: str,
        found: int,
        *,
        original: bool = True,
        steady: bool = True,
        reduced_wished: bool = False,
    ) -> LotOutcome:
        """What inspection by this plan came to for a lot, as the switching rules want to know it."""
        return LotOutcome(lot_id, self, found, original=original, steady=steady, reduced_wished=reduced_wished)

    def __str__(self) -> str:
        numbers = f"{self.sample_size} of {self.lot_size}: passes with {self.accept}, fails with {self.reject}"
        if self.aql is None:
            return numbers
        return f"{numbers} ({self.letter}, AQL {self.aql}, {self.severity}, {self.rule_set})"


_check_outcome: Final = type_check(
    ("plan", SamplingPlan), ("original", bool), ("steady", bool), ("reduced_wished", bool)
)


@attrs.frozen
class LotOutcome:
    """One lot inspected by a plan: how many were found, and what reduced inspection asks for besides.

    `original` is False for a lot that is submitted again; `steady` says that production is steady, `reduced_wished`
    that the responsible authority wants reduced inspection (MIL-STD-105E, 4.7; ISO 2859-1:1999, 9.3.3.1).
    Raises `InvalidValueError` as `SamplingPlan.verdict` does.
    """

    lot_id: DocumentId = attrs.field(converter=DocumentId)
    plan: SamplingPlan
    found: int
    original: bool = attrs.field(default=True, kw_only=True)
    steady: bool = attrs.field(default=True, kw_only=True)
    reduced_wished: bool = attrs.field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        _check_outcome(self)
        self.plan.verdict(self.found)

    @property
    def verdict(self) -> SampleVerdict:
        """What the sample says of the lot."""
        return self.plan.verdict(self.found)


def sampling_plan(
    lot_size: int,
    aql: Number,
    level: str = InspectionLevel.II,
    severity: str = InspectionSeverity.NORMAL,
    rule_set: str = RuleSet.MIL_STD_105E,
    *,
    counting: str | None = None,
) -> SamplingPlan:
    """The plan of the standard for a lot.

    What is counted follows from the AQL where nobody says it: units up to 10, nonconformities above. Raises
    `InvalidValueError` (`sampling.*`, `code.unknown`, and the findings of `decimals.decimal`).
    """
    limit = aql_of(aql)
    letter, numbers = resolved_cell(rule_set, severity, code_letter(lot_size, level), limit)
    if counting is None:
        counting = Counting.UNITS if limit <= 10 else Counting.NONCONFORMITIES
    return SamplingPlan(
        rule_set=rule_set,
        severity=severity,
        aql=limit,
        letter=letter,
        lot_size=lot_size,
        sample_size=min(sample_size_of(letter, severity), lot_size),
        accept=numbers.accept,
        reject=numbers.reject,
        counting=counting,
    )


def every_unit(lot_size: int) -> SamplingPlan:
    """The plan that looks at every unit, and passes the lot where all conform. Raises `sampling.lot-size`."""
    return SamplingPlan(lot_size=lot_size, sample_size=lot_size_of(lot_size), accept=0, reject=1)
