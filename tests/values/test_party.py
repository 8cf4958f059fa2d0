"""Parties, addresses, actors."""

from __future__ import annotations

import pytest

from orderlib.errors import InvalidValueError
from orderlib.values.party import SYSTEM, Actor, Address, Contact, ExternalReference, Party, country_code


def test_a_party_is_known_by_its_id_and_says_its_country():
    """The country is that of the address, or empty."""
    assert Party("C1", "Waterworks", address=Address(country="DE")).country == "DE"
    assert Party("C1").country == ""


def test_a_party_has_references_to_other_systems():
    """Any iterable of them becomes a tuple."""
    party = Party("C1", references=[ExternalReference("gln", "4000001000005")], contact=Contact(name="Mei"))
    assert party.references == (ExternalReference("gln", "4000001000005"),)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Party(""),
        lambda: Party("C1", "a\u202eb"),
        lambda: Address(city="a\x00b"),
        lambda: Contact(email=None),
        lambda: ExternalReference("s", "a\u200bb"),
        lambda: Actor("mei", roles=("a\x00",)),
        lambda: Actor("mei", department=3),
    ],
)
def test_ids_and_texts_are_checked(make):
    """Nothing that hides enters through a name."""
    with pytest.raises(InvalidValueError):
        make()


def test_the_system_acts_by_itself():
    """What lapses does so in its name."""
    assert SYSTEM.automatic
    assert not Actor("mei", "sales").automatic
    assert Actor("mei", roles=["approver"]).roles == ("approver",)


def test_a_country_is_a_code_whatever_its_case():
    """What is no code of two characters says no country."""
    assert Address(country=" cn ").country_code == "CN"
    assert [Address(country=each).country_code for each in ("", "China", "C", "ДЕ", "C N")] == [""] * 5
    assert Party("C1", address=Address(country="de")).country == "DE"
    assert country_code("kp") == "KP"
    for wrong in ("Iran", "", None, 5):
        with pytest.raises(InvalidValueError) as caught:
            country_code(wrong, address="/countries")
        assert (caught.value.code, caught.value.findings[0].address) == ("country.malformed", "/countries")
