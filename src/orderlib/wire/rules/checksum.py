"""Check digits of the numbers that name parties; each says whether the text is well formed.

Sources: GS1 General Specifications 7.9 (GLN); Brønnøysundregistrene (Norwegian organisation number,
modulus 11); KBO/BCE (Belgian enterprise number, modulus 97); Skatteverket (Swedish organisation number,
Luhn); Australian Business Register (ABN, modulus 89); Agenzia delle Entrate (partita IVA, codice fiscale);
AgID (IPA office code).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

__all__ = [
    "is_abn",
    "is_belgian_enterprise_number",
    "is_codice_fiscale",
    "is_gln",
    "is_ipa_code",
    "is_norwegian_organisation_number",
    "is_partita_iva",
    "is_swedish_organisation_number",
]

_DIGITS: Final = re.compile(r"[0-9]+").fullmatch
_CODICE_FISCALE: Final = re.compile(
    r"[A-Za-z0-9]{6}[0-9]{2}[A-Za-z0-9][0-9]{2}.{3}[0-9][A-Za-z0-9]", re.DOTALL
).fullmatch
_IPA: Final = re.compile(r"[A-Za-z0-9]{6}").fullmatch
_LONGEST: Final = 40  # beyond that no scheme has a number; it bounds the work


def _digits(text: str, length: int | None = None) -> list[int]:
    """The digits, or nothing where the text has another character or another length."""
    if len(text) > _LONGEST or not _DIGITS(text) or (length is not None and len(text) != length):
        return []
    return [ord(each) - 48 for each in text]


def _weighted(digits: Sequence[int], weights: Sequence[int]) -> int:
    return sum(digit * weight for digit, weight in zip(digits, weights, strict=True))


def _luhn(digits: Sequence[int]) -> bool:
    total = 0
    for number, digit in enumerate(reversed(digits)):
        total += sum(divmod(2 * digit, 10)) if number % 2 else digit
    return total % 10 == 0


def is_gln(text: str) -> bool:
    """A number whose last digit is the GS1 check digit, whatever its length."""
    digits = _digits(text)
    weighted = sum(digit * (3 if number % 2 else 1) for number, digit in enumerate(reversed(digits)))
    return len(digits) > 1 and weighted % 10 == 0


def is_norwegian_organisation_number(text: str) -> bool:
    """Nine digits, modulus 11 with weights 3 2 7 6 5 4 3 2 and 1 for the check digit."""
    digits = _digits(text, 9)
    return any(digits) and _weighted(digits, (3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0


def is_belgian_enterprise_number(text: str) -> bool:
    """Ten digits, the last two being 97 less the remainder of the first eight by 97."""
    return bool(_digits(text, 10)) and 97 - int(text[:8]) % 97 == int(text[8:])


def is_swedish_organisation_number(text: str) -> bool:
    """Ten digits that pass Luhn's check."""
    digits = _digits(text, 10)
    return bool(digits) and _luhn(digits)


def is_abn(text: str) -> bool:
    """Eleven digits; with one taken from the first, the weighted sum is a multiple of 89."""
    digits = _digits(text, 11)
    if not digits:
        return False
    return _weighted([digits[0] - 1, *digits[1:]], (10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19)) % 89 == 0


def is_ipa_code(text: str) -> bool:
    """Six letters or digits."""
    return _IPA(text) is not None


def is_codice_fiscale(text: str) -> bool:
    """Eleven digits for an organisation, or the sixteen characters of a person."""
    return bool(_digits(text, 11)) or _CODICE_FISCALE(text) is not None


def is_partita_iva(text: str) -> bool:
    """Eleven digits with Luhn's check after the country prefix IT; a number of another country passes."""
    if text[:2].upper() != "IT":
        return True
    digits = _digits(text[2:], 11)
    return bool(digits) and _luhn(digits)
