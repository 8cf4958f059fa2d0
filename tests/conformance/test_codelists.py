"""Our tables of currencies, units and Incoterms against the published lists."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

import pytest

from orderlib.errors import InvalidValueError
from orderlib.values.currency import CURRENCIES, currency, withdrawn_currencies
from orderlib.values.incoterm import INCOTERMS, incoterm
from orderlib.values.money import Money
from orderlib.values.quantity import Quantity
from orderlib.values.unit import Dimension, UnitStatus, convertible_units, unit, unit_codes
from orderlib.wire.xmltree import parse_xml

pytestmark = pytest.mark.conformance

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
BASES = {
    Dimension.MASS: "kg",
    Dimension.LENGTH: "m",
    Dimension.AREA: "m²",
    Dimension.VOLUME: "m³",
    Dimension.TIME: "s",
    Dimension.CALENDAR: "s",
    Dimension.ENERGY: "J",
    Dimension.POWER: "W",
    Dimension.COUNT: "",
}
PRINTED = Fraction(1, 200_000)  # the annex prints six digits or so
MISPRINTED = {"APZ": "one power of ten too small: a troy ounce is 31.1 g"}
MONTH = Fraction(31_557_600, 12)


def rows(data: Path, pattern: str) -> list[dict[str, str]]:
    """The rows of the one list of that name."""
    (path,) = (data / "51_codelists").glob(pattern)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_active_currencies(data, cases_run):
    """Code, number, minor unit and name of every active currency, and no others."""
    listed = {
        row["AlphabeticCode"]: (row["NumericCode"], row["MinorUnit"], row["Currency"].strip())
        for row in rows(data, "iso4217*.csv")
        if row["AlphabeticCode"] and not row["WithdrawalDate"]
    }
    ours = {
        code: (entry.number, "-" if entry.digits is None else str(entry.digits), entry.name)
        for code, entry in CURRENCIES.items()
    }
    assert ours == listed
    priced = 0
    for code, (_, digits, _) in listed.items():
        if digits == "-":
            with pytest.raises(InvalidValueError, match=r"currency.no-minor-unit"):
                Money(1, code)
        else:
            assert Money(1, code).minor == 10 ** int(digits)
            priced += 1
    cases_run.append(f"ISO 4217: {len(listed)} active currencies, all the same; {priced} can be priced in")


def test_withdrawn_currencies(data, cases_run):
    """Every code that nobody uses any more is known with the year in which its last use ended."""
    until: dict[str, list[str]] = defaultdict(list)
    for row in rows(data, "iso4217*.csv"):
        if row["WithdrawalDate"] and row["AlphabeticCode"] not in CURRENCIES:
            until[row["AlphabeticCode"]].append(row["WithdrawalDate"])
    assert withdrawn_currencies().keys() == until.keys()
    for code, dates in until.items():
        last = max(re.findall(r"[0-9]{4}(?:-[0-9]{2}(?![0-9]))?", date)[-1] for date in dates)
        assert withdrawn_currencies()[code][:4] >= last[:4]
        assert any(withdrawn_currencies()[code][:4] in date for date in dates)
        with pytest.raises(InvalidValueError, match=r"currency.withdrawn"):
            currency(code)
    cases_run.append(f"ISO 4217: {len(until)} withdrawn currencies, all known by their date")


def test_unit_codes(data, cases_run):
    """Every code of Recommendation 20 is known with its standing."""
    marks = {"": UnitStatus.ACTIVE, "¦": UnitStatus.ACTIVE, "D": UnitStatus.DEPRECATED, "X": UnitStatus.DELETED}
    listed = {row["CommonCode"]: marks[row["Status"]] for row in rows(data, "unece_rec20_units*.csv")}
    assert {code: unit_codes()[code] for code in listed} == listed
    for code in listed:
        assert Quantity(1, code).unit == code
    cases_run.append(f"Recommendation 20: {len(listed)} codes, all known with their standing")


def ids_of(path: Path) -> set[str]:
    """The codes of a published list in XML."""
    tree = parse_xml(path.read_bytes())
    return {code.value for entry in tree.iterate() if (code := entry.child("Id")) is not None}


def test_units_of_the_ordering_profile(data, cases_run):
    """Recommendation 20 with the packages of 21 behind an X, as orders use them; and nothing beyond the lists."""
    folder = data / "02_peppol_ordering" / "codelists"
    (both,), (packages,) = folder.glob("UNECERec20*.xml"), folder.glob("UNECERec21*.xml")
    used, packed = ids_of(both), ids_of(packages)
    for code in used:
        assert unit(code).code == code
    assert all(unit("X" + code).whole for code in packed)
    listed = {row["CommonCode"] for row in rows(data, "unece_rec20_units*.csv")}
    assert unit_codes().keys() == listed | used | {"X" + code for code in packed}
    cases_run.append(f"Peppol ordering: {len(used)} unit codes and {len(packed)} packages, all known")


def factor_of(text: str) -> tuple[Fraction, str] | None:
    """A printed factor such as `25,4 x 10⁻³ m` as an exact number and its base unit; None for anything else."""
    plain = text.replace("\u00a0", " ").strip()
    found = re.fullmatch(r"([0-9][0-9 ,]*)?(?:\s*[x×]?\s*(10[⁰¹²³⁴-⁹⁻]*))?\s*(kg|m|m²|m³|s|J|W|km²)?", plain)
    if found is None:
        return None
    mantissa, power, base = found.groups()
    if mantissa is None and power is None:
        return Fraction(1), base or ""
    mantissa, power = mantissa or "", power or ""
    value = Fraction(mantissa.replace(" ", "").replace(",", ".") or "1")
    if power:
        value *= Fraction(10) ** int(power[2:].translate(SUPERSCRIPTS) or "1")
    return (value * 10**6, "m²") if base == "km²" else (value, base or "")


def test_unit_factors(data, cases_run):
    """Every factor agrees with the printed one within the digits printed; most are the same exactly."""
    listed = {row["CommonCode"]: row for row in rows(data, "unece_rec20_units*.csv")}
    same = rounded = unprinted = 0
    for code, known in convertible_units().items():
        text = listed[code]["ConversionFactor"]
        if code in MISPRINTED or not text.strip():
            unprinted += 1
            continue
        read = factor_of(text)
        assert read is not None, (code, text)
        value, base = read
        assert base == BASES[known.dimension], (code, text)
        ours = known.factor * (MONTH if known.dimension is Dimension.CALENDAR else 1)
        assert abs(ours - value) <= value * PRINTED, (code, text, float(ours))
        same += ours == value
        rounded += ours != value
    assert same > 3 * rounded
    cases_run.append(
        f"Recommendation 20: {same + rounded} conversion factors agree, {same} exactly, {rounded} within the printed"
        f" digits; {unprinted} not printed or misprinted ({', '.join(MISPRINTED)})"
    )


def test_unit_names(data, cases_run):
    """A unit that has a name has that of the list, as far as its first words."""
    listed = {row["CommonCode"]: row["Name"] for row in rows(data, "unece_rec20_units*.csv")}
    named = [unit(code) for code in listed if unit(code).name]
    for known in named:
        ours = set(re.findall(r"[a-z]+", known.name.lower()))
        theirs = set(re.findall(r"[a-z]+", listed[known.code].replace("hundred weight", "hundredweight").lower()))
        assert ours & theirs, (known.code, known.name, listed[known.code])
    cases_run.append(f"Recommendation 20: {len(named)} names agree with the list")


def test_incoterms(data, cases_run):
    """Code, name, mode, who pays the main carriage and on which side of it the risk passes."""
    listed = rows(data, "incoterms*.csv")
    for row in listed:
        rule = incoterm(row["code"], int(row["version"]))
        assert rule.name == row["name"]
        assert rule.mode == row["mode"]
        assert rule.main_carriage_paid_by == row["main_carriage_paid_by"]
        before = row["risk_passes_before_or_after_main_carriage"] == "before"
        assert rule.risk_passes_before_main_carriage is before
    assert INCOTERMS.keys() == {(row["code"], int(row["version"])) for row in listed}
    cases_run.append(f"Incoterms: {len(listed)} rules, all the same")
