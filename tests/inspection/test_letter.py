"""Code letters by size of lot and level."""

from __future__ import annotations

import pytest

from orderlib.errors import InvalidValueError
from orderlib.inspection.letter import MAX_LOT, CodeLetter, InspectionLevel, code_letter


@pytest.mark.parametrize(
    ("size", "level", "letter"),
    [
        (1, "II", "A"),
        (8, "II", "A"),
        (9, "II", "B"),
        (500, "I", "F"),
        (501, "I", "G"),
        (1200, "S-3", "E"),
        (500_000, "III", "Q"),
        (500_001, "III", "R"),
        (MAX_LOT, "S-1", "D"),
    ],
)
def test_the_letter_of_a_lot(size, level, letter):
    """Ranges end where the standard says; the last one is open."""
    assert code_letter(size, level) is CodeLetter(letter)


def test_general_level_two_is_meant_where_none_is_named():
    """As MIL-STD-105E, 4.9 says."""
    assert code_letter(1000) == code_letter(1000, InspectionLevel.II) == "J"


@pytest.mark.parametrize("size", [0, -1, MAX_LOT + 1, 10**400, 2.0, "10", True, None, float("nan")])
def test_what_is_no_size_of_a_lot(size):
    """Refused with its place, however large it is."""
    with pytest.raises(InvalidValueError) as caught:
        code_letter(size)
    assert caught.value.code == "sampling.lot-size"
    assert caught.value.findings[0].address == "/lot_size"


def test_levels_are_words_of_the_standard():
    """Another word is no level."""
    with pytest.raises(InvalidValueError) as caught:
        code_letter(100, "IV")
    assert (caught.value.code, caught.value.findings[0].address) == ("code.unknown", "/level")
