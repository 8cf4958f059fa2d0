"""Characteristics: what is looked at in a unit, how it is judged, and what was found.

A characteristic is numeric (measured, within limits and with a unit), attributive (it conforms or not), or by formula
(reckoned from other measurements of the same unit, within limits).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

import attrs

from orderlib.errors import Finding, FindingCode, InvalidValueError, Severity
from orderlib.inspection.formula import Formula
from orderlib.order.field import pointer
from orderlib.values.codelist import member
from orderlib.values.decimals import Number, decimal
from orderlib.values.identifier import DocumentId, text
from orderlib.values.lines import Lines
from orderlib.values.typed import tuple_of
from orderlib.values.unit import unit as unit_of

__all__ = [
    "Characteristic",
    "CharacteristicKind",
    "NonconformityGrade",
    "Reading",
    "UnitVerdict",
    "check_formulas",
    "judge_readings",
]


def _error(name: str, en: str, zh: str) -> FindingCode:
    return FindingCode(f"characteristic.{name}", Severity.ERROR, en, zh)


def _noted(name: str, en: str, zh: str) -> FindingCode:
    return FindingCode(f"characteristic.{name}", Severity.WARNING, en, zh)


LIMITS: Final = _error(
    "limits", "the lower limit {lower} is above the upper one {upper}", "下限 {lower} 大于上限 {upper}"
)
NO_LIMIT: Final = _error("no-limit", "what is measured or reckoned needs a limit", "测量或计算的特性至少需要一个界限")
NO_UNIT: Final = _error("no-unit", "what is measured needs a unit of measure", "测量的特性需要计量单位")
UNKNOWN: Final = _error("unknown", "there is no characteristic {id} in this plan", "本计划中没有特性 {id}")
TWICE: Final = _error("twice", "{id} was read twice in unit {item}", "单位 {item} 的特性 {id} 读数重复")
KIND: Final = _error(
    "kind",
    "{id} is {kind}: it takes {expected}",
    "特性 {id} 为 {kind}：须给出 {expected}",
)
NOT_READ: Final = _error("not-read", "{id} was not read in unit {item}", "单位 {item} 的特性 {id} 未检")
FORMULA_NAME: Final = _error(
    "formula-name",
    "the formula needs {name}, which is no numeric characteristic of this plan",
    "公式需要 {name}，而它不是本计划的计量特性",
)
BELOW: Final = _noted(
    "below", "{id} of unit {item} is {value}, below {limit}", "单位 {item} 的 {id} 为 {value}，低于下限 {limit}"
)
ABOVE: Final = _noted(
    "above", "{id} of unit {item} is {value}, above {limit}", "单位 {item} 的 {id} 为 {value}，高于上限 {limit}"
)
FAILED: Final = _noted("failed", "{id} of unit {item} does not conform", "单位 {item} 的 {id} 不合格")


class CharacteristicKind(StrEnum):
    """How a characteristic is judged."""

    NUMERIC = "numeric"
    ATTRIBUTIVE = "attributive"
    FORMULA = "formula"


class NonconformityGrade(StrEnum):
    """How grave it is not to conform, least first, in the words of MIL-STD-105E; ISO 2859-1 calls them classes."""

    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


def grade_of(value: str) -> NonconformityGrade:
    """The grade that a word stands for; a converter. Raises `InvalidValueError` (`code.unknown`)."""
    return member(NonconformityGrade, value, "/grade")


def optional_grade(value: str | None) -> NonconformityGrade | None:
    """The grade that a word stands for, if any; a converter. Raises `InvalidValueError` (`code.unknown`)."""
    return None if value is None else grade_of(value)


def _unit(code: str | None) -> str | None:
    return None if code is None else unit_of(code, address="/unit").code


def _lower(value: Number | None) -> Decimal | None:
    return None if value is None else decimal(value, address="/lower")


def _upper(value: Number | None) -> Decimal | None:
    return None if value is None else decimal(value, address="/upper")


def _formula(value: str | Formula | None) -> Formula | None:
    return value if value is None or isinstance(value, Formula) else Formula(value)


@attrs.frozen
class Characteristic:
    """One characteristic: its id (the name that formulas use), what people call it, how grave it is not to conform.

    With limits or a unit it is numeric, with a formula reckoned, else attributive. Limits are included: what equals
    one conforms. `unit` is a code of UN/ECE Recommendation 20. Raises `InvalidValueError` (`characteristic.limits`,
    `characteristic.no-limit`, `characteristic.no-unit`, `formula.*`, `unit.*`, `decimal.*`, `id.*`).
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    name: str = attrs.field(default="", converter=text)
    lower: Decimal | None = attrs.field(default=None, converter=_lower, kw_only=True)
    upper: Decimal | None = attrs.field(default=None, converter=_upper, kw_only=True)
    unit: str | None = attrs.field(default=None, converter=_unit, kw_only=True)
    formula: Formula | None = attrs.field(default=None, converter=_formula, kw_only=True)
    grade: NonconformityGrade = attrs.field(default=NonconformityGrade.MAJOR, converter=grade_of, kw_only=True)

    def __attrs_post_init__(self) -> None:
        wrong: list[Finding] = []
        limited = self.lower is not None or self.upper is not None
        if self.lower is not None and self.upper is not None and self.lower > self.upper:
            wrong.append(LIMITS("/lower", lower=self.lower, upper=self.upper))
        if not limited and self.kind is not CharacteristicKind.ATTRIBUTIVE:
            wrong.append(NO_LIMIT("/lower"))
        if self.unit is None and self.kind is CharacteristicKind.NUMERIC:
            wrong.append(NO_UNIT("/unit"))
        if wrong:
            raise InvalidValueError(*wrong)

    @property
    def kind(self) -> CharacteristicKind:
        """How it is judged."""
        if self.formula is not None:
            return CharacteristicKind.FORMULA
        limited = self.lower is not None or self.upper is not None or self.unit is not None
        return CharacteristicKind.NUMERIC if limited else CharacteristicKind.ATTRIBUTIVE


def _value(value: Number | None) -> Decimal | None:
    return None if value is None else decimal(value, address="/value")


def _conforms(_: object, __: object, value: Any) -> None:
    if value is not None and type(value) is not bool:
        raise InvalidValueError(KIND("/conforms", id="conforms", kind="bool", expected="true or false"))


@attrs.frozen
class Reading:
    """What was read of one characteristic in one unit (`item`: a serial or running number): a value, or yes or no.

    A formula is reckoned and not read. Raises `InvalidValueError` (`decimal.*`, `id.*`, `characteristic.kind`).
    """

    item: DocumentId = attrs.field(converter=DocumentId)
    characteristic_id: DocumentId = attrs.field(converter=DocumentId)
    value: Decimal | None = attrs.field(default=None, converter=_value)
    conforms: bool | None = attrs.field(default=None, validator=_conforms, kw_only=True)


def _findings(given: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple_of(Finding, given, "/findings")


@attrs.frozen
class UnitVerdict:
    """What was found in one unit: every departure, and the gravest grade of them (nothing where it conforms)."""

    item: DocumentId = attrs.field(converter=DocumentId)
    findings: tuple[Finding, ...] = attrs.field(default=(), converter=_findings)
    grade: NonconformityGrade | None = attrs.field(default=None, converter=optional_grade)

    @property
    def conforms(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def check_formulas(characteristics: Lines[Characteristic], address: str = "/characteristics") -> Iterator[Finding]:
    """Formulas that need what is not measured in the same plan."""
    for place, each in enumerate(characteristics):
        if each.formula is not None:
            for name in each.formula.names:
                other = characteristics.get(name)
                if other is None or other.kind is not CharacteristicKind.NUMERIC:
                    yield FORMULA_NAME(f"{address}/{place}/formula", name=name)


def judge_readings(characteristics: Lines[Characteristic], readings: Iterable[Reading]) -> tuple[UnitVerdict, ...]:
    """What the readings say of each unit, in the order in which the units come.

    Every characteristic is read once in each unit; formulas are reckoned. Raises `InvalidValueError` with every fault
    (`characteristic.unknown`, `characteristic.twice`, `characteristic.kind`, `characteristic.not-read`, `formula.*`),
    addressed by the place of the reading, or by the unit where one is missing.
    """
    units: dict[DocumentId, dict[DocumentId, Reading]] = {}
    faults: list[Finding] = []
    for place, reading in enumerate(tuple_of(Reading, readings, "/readings")):
        known = characteristics.get(reading.characteristic_id)
        read = units.setdefault(reading.item, {})
        faults += _misread(known, reading, f"/readings/{place}", twice=reading.characteristic_id in read)
        read[reading.characteristic_id] = reading
    verdicts: list[UnitVerdict] = []
    for item, read in units.items():
        missing = [
            NOT_READ(pointer("readings", item), id=each.id, item=item)
            for each in characteristics
            if each.formula is None and each.id not in read
        ]
        faults += missing
        if not faults:
            try:
                verdicts.append(_judged(item, characteristics, read))
            except InvalidValueError as error:
                faults += [each.under(pointer("readings", item)) for each in error.findings]
    if faults:
        raise InvalidValueError(*faults)
    return tuple(verdicts)


def _misread(known: Characteristic | None, reading: Reading, address: str, *, twice: bool) -> Iterator[Finding]:
    if known is None:
        yield UNKNOWN(f"{address}/characteristic_id", id=reading.characteristic_id)
        return
    if twice:
        yield TWICE(address, id=known.id, item=reading.item)
    wants_value = known.kind is CharacteristicKind.NUMERIC
    wants_word = known.kind is CharacteristicKind.ATTRIBUTIVE
    if (reading.value is not None) is not wants_value or (reading.conforms is not None) is not wants_word:
        expected = {"numeric": "a value", "attributive": "conforms or not", "formula": "no reading"}[known.kind]
        yield KIND(address, id=known.id, kind=known.kind, expected=expected)


def _judged(
    item: DocumentId, characteristics: Lines[Characteristic], read: Mapping[DocumentId, Reading]
) -> UnitVerdict:
    values = {str(key): reading.value for key, reading in read.items() if reading.value is not None}
    findings: list[Finding] = []
    grades: list[NonconformityGrade] = []
    for each in characteristics:
        value = each.formula.evaluate(values) if each.formula is not None else values.get(each.id)
        found = _departure(each, item, value, read.get(each.id))
        if found is not None:
            findings.append(found)
            grades.append(each.grade)
    order = list(NonconformityGrade)
    return UnitVerdict(item, findings, max(grades, key=order.index) if grades else None)


def _departure(
    characteristic: Characteristic, item: DocumentId, value: Decimal | None, reading: Reading | None
) -> Finding | None:
    where, name = pointer(item, characteristic.id), characteristic.id
    if value is None:
        return FAILED(where, id=name, item=item) if reading is not None and reading.conforms is False else None
    if characteristic.lower is not None and value < characteristic.lower:
        return BELOW(where, id=name, item=item, value=value, limit=characteristic.lower)
    if characteristic.upper is not None and value > characteristic.upper:
        return ABOVE(where, id=name, item=item, value=value, limit=characteristic.upper)
    return None
