from __future__ import annotations

from collections.abc import Callable

import pytest

from orderlib.wire.rules import checksum

VALID = [
    (checksum.is_gln, "4006381333931"),
    (checksum.is_gln, "96385074"),
    (checksum.is_norwegian_organisation_number, "974760673"),
    (checksum.is_norwegian_organisation_number, "889640782"),
    (checksum.is_belgian_enterprise_number, "0202239951"),
    (checksum.is_swedish_organisation_number, "5560360793"),
    (checksum.is_abn, "51824753556"),
    (checksum.is_partita_iva, "IT00743110157"),
    (checksum.is_codice_fiscale, "00743110157"),
]


@pytest.mark.parametrize(("is_valid", "number"), VALID)
def test_a_published_number_is_valid(is_valid: Callable[[str], bool], number: str) -> None:
    """Numbers that their issuers give as examples, or that well-known organisations bear."""
    assert is_valid(number)


@pytest.mark.parametrize(("is_valid", "number"), [each for each in VALID if each[0] is not checksum.is_codice_fiscale])
def test_one_wrong_digit_is_found(is_valid: Callable[[str], bool], number: str) -> None:
    """Every one of these check digits finds every single error."""
    for place in range(number.startswith("IT") * 2, len(number)):
        for digit in "0123456789":
            changed = number[:place] + digit + number[place + 1 :]
            if changed != number and is_valid is not checksum.is_norwegian_organisation_number:
                assert not is_valid(changed)


def test_modulus_11_finds_every_wrong_digit() -> None:
    """The Norwegian number, whose weights are all prime to eleven."""
    assert sum(checksum.is_norwegian_organisation_number(f"97476067{digit}") for digit in range(10)) == 1
    assert not checksum.is_norwegian_organisation_number("000000000")


@pytest.mark.parametrize("is_valid", {each[0] for each in VALID})
@pytest.mark.parametrize("text", ["", "1", "12345678901x", "١٢٣٤٥٦٧٨٩", "1" * 100, "-123456789"])
def test_what_is_no_number_of_the_kind_is_invalid(is_valid: Callable[[str], bool], text: str) -> None:
    """Other characters, other lengths; only a VAT number of another country passes."""
    assert is_valid(text) is (is_valid is checksum.is_partita_iva)


@pytest.mark.parametrize("text", ["IT", "IT1", "IT0074311015x", "it00743110158"])
def test_an_italian_vat_number_is_not_excused(text: str) -> None:
    """The prefix counts in either case."""
    assert not checksum.is_partita_iva(text)


def test_codes_of_letters_and_digits() -> None:
    """The IPA code and the tax code of a person."""
    assert checksum.is_ipa_code("a1B2c3")
    assert not checksum.is_ipa_code("a1B2c")
    assert checksum.is_codice_fiscale("RSSMRA85T10A562S")
    assert not checksum.is_codice_fiscale("RSSMRAX5T10A562S")
    assert not checksum.is_codice_fiscale("RSSMRA85T10A562SX")
