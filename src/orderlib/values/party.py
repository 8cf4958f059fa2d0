"""Parties, their addresses, and who acts."""

from __future__ import annotations

from collections.abc import Iterable
from types import NoneType
from typing import Final

import attrs

from orderlib.errors import FindingCode, InvalidValueError, Severity
from orderlib.values.decimals import excerpt
from orderlib.values.identifier import ActorId, Identifier, PartyId, text
from orderlib.values.typed import tuple_of, type_check

__all__ = ["SYSTEM", "Actor", "Address", "Contact", "ExternalReference", "Party", "country_code"]

COUNTRY_MALFORMED: Final = FindingCode(
    "country.malformed",
    Severity.ERROR,
    "a country is a code of two characters (ISO 3166-1 alpha-2), not {text}",
    "国家须为两位代码（ISO 3166-1 alpha-2），而不是 {text}",
)


def country_code(value: object, /, *, address: str = "") -> str:
    """A country's code as ISO 3166-1 writes it, in capitals.

    Raises `InvalidValueError` (`country.malformed`) for what is no code of two letters or digits; whether a country
    has it is not looked at.
    """
    code = _code_of(value) if isinstance(value, str) else ""
    if not code:
        shown = excerpt(value) if isinstance(value, str) else type(value).__name__[:40]
        raise InvalidValueError(COUNTRY_MALFORMED(address, text=shown))
    return code


def _code_of(country: str) -> str:
    code = country.strip()
    return code.upper() if len(code) == 2 and code.isascii() and code.isalnum() else ""


@attrs.frozen
class ExternalReference:
    """What another system calls the same thing: the system's name (or scheme) and the id there."""

    system: str = attrs.field(converter=text)
    id: Identifier = attrs.field(converter=Identifier)


def references_of(given: Iterable[ExternalReference]) -> tuple[ExternalReference, ...]:
    """References as a tuple; a converter for the fields that hold them."""
    return tuple_of(ExternalReference, given, "/references")


@attrs.frozen(kw_only=True)
class Address:
    """A postal address (UBL `cac:Address`); `country` is an ISO 3166-1 alpha-2 code or empty."""

    street: str = attrs.field(default="", converter=text)
    additional: str = attrs.field(default="", converter=text)
    city: str = attrs.field(default="", converter=text)
    postal_zone: str = attrs.field(default="", converter=text)
    subdivision: str = attrs.field(default="", converter=text)
    country: str = attrs.field(default="", converter=text)

    @property
    def country_code(self) -> str:
        """The country as its code is written, in capitals; empty where what stands there is no such code."""
        return _code_of(self.country)


@attrs.frozen(kw_only=True)
class Contact:
    """How a person or desk is reached (UBL `cac:Contact`)."""

    name: str = attrs.field(default="", converter=text)
    telephone: str = attrs.field(default="", converter=text)
    email: str = attrs.field(default="", converter=text)


_check_parts: Final = type_check(("address", (Address, NoneType)), ("contact", (Contact, NoneType)))


@attrs.frozen
class Party:
    """A company or person that takes part (UBL `cac:Party`).

    `id` is the one id by which the application knows the party; whatever else names it (electronic
    address, register and tax numbers with their schemes) stands in `references`.
    """

    id: PartyId = attrs.field(converter=PartyId)
    name: str = attrs.field(default="", converter=text)
    legal_name: str = attrs.field(default="", converter=text, kw_only=True)
    tax_id: str = attrs.field(default="", converter=text, kw_only=True)
    address: Address | None = attrs.field(default=None, kw_only=True)
    contact: Contact | None = attrs.field(default=None, kw_only=True)
    references: tuple[ExternalReference, ...] = attrs.field(default=(), converter=references_of, kw_only=True)

    def __attrs_post_init__(self) -> None:
        _check_parts(self)

    @property
    def country(self) -> str:
        """ISO 3166-1 alpha-2 code of the address, or empty."""
        return self.address.country_code if self.address else ""


def _words(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(text(word) for word in tuple_of(str, given, "/roles"))


_check_flag: Final = type_check(("automatic", bool))


@attrs.frozen
class Actor:
    """Who gives a command: a person, or a system acting for a department.

    `department` is a word of the responsibility matrix (`customer-service`, `sales`, `technology` …);
    `roles` are further words that authority policies may ask for.
    """

    id: ActorId = attrs.field(converter=ActorId)
    department: str = attrs.field(default="", converter=text)
    roles: tuple[str, ...] = attrs.field(default=(), converter=_words, kw_only=True)
    automatic: bool = attrs.field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        _check_flag(self)


SYSTEM: Final = Actor("system", roles=("system",), automatic=True)
