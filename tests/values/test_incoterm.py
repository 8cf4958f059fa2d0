"""Incoterms of 2010 and 2020."""

from __future__ import annotations

import pytest

from orderlib.errors import InvalidValueError
from orderlib.values.incoterm import INCOTERMS, CarriageMode, Incoterm, NamedPlace, Payer, RiskPoint, incoterm


@pytest.mark.parametrize(
    ("code", "payer", "risk", "before"),
    [
        ("EXW", Payer.BUYER, RiskPoint.AT_DISPOSAL, True),
        ("FOB", Payer.BUYER, RiskPoint.ON_BOARD, True),
        ("CIF", Payer.SELLER, RiskPoint.ON_BOARD, True),
        ("CIP", Payer.SELLER, RiskPoint.WITH_CARRIER, True),
        ("DAP", Payer.SELLER, RiskPoint.READY_TO_UNLOAD, False),
        ("DPU", Payer.SELLER, RiskPoint.UNLOADED, False),
    ],
)
def test_cost_and_risk_pass_at_their_own_points(code, payer, risk, before):
    """Who pays the main carriage need not bear its risk."""
    rule = incoterm(code)
    assert (rule.main_carriage_paid_by, rule.risk_passes, rule.risk_passes_before_main_carriage) == (
        payer,
        risk,
        before,
    )


def test_each_edition_has_eleven_rules():
    """2020 replaced the terminal by any place, unloaded."""
    for edition in (2010, 2020):
        assert sum(each.edition == edition for each in INCOTERMS.values()) == 11
    assert incoterm("DAT", 2010).place is NamedPlace.TERMINAL
    assert incoterm("DPU", 2020).place is NamedPlace.DESTINATION
    assert {code for code, _ in INCOTERMS} == {each.value for each in Incoterm}


def test_only_four_rules_are_for_ships_alone():
    """Their place is a port."""
    water = {rule.code.value for rule in INCOTERMS.values() if rule.mode is CarriageMode.WATERWAY}
    assert water == {"FAS", "FOB", "CFR", "CIF"}
    assert {incoterm(code).place for code in water} == {NamedPlace.SHIPMENT_PORT, NamedPlace.DESTINATION_PORT}


def test_the_ends_of_the_scale_shift_customs():
    """Ex works the buyer clears even the export; delivered duty paid the seller even the import."""
    assert {rule.code.value for rule in INCOTERMS.values() if rule.export_cleared_by is Payer.BUYER} == {"EXW"}
    assert {rule.code.value for rule in INCOTERMS.values() if rule.import_cleared_by is Payer.SELLER} == {"DDP"}
    assert {rule.code.value for rule in INCOTERMS.values() if rule.insured_by} == {"CIP", "CIF"}


def test_a_rule_prints_with_its_edition():
    """The code alone says too little."""
    assert str(incoterm(Incoterm.FCA)) == "FCA 2020"


@pytest.mark.parametrize(
    ("code", "edition"),
    [
        ("DAT", 2020),
        ("DPU", 2010),
        ("fob", 2020),
        ("", 2020),
        ("FOB", 2000),
        ("FOB", "2020"),
        (["FOB"], 2020),
        (1, 2020),
    ],
)
def test_what_is_no_rule_of_the_edition_is_refused(code, edition):
    """With its code and address."""
    with pytest.raises(InvalidValueError) as refusal:
        incoterm(code, edition, address="/incoterm")
    assert (refusal.value.code, refusal.value.findings[0].address) == ("incoterm.unknown", "/incoterm")
