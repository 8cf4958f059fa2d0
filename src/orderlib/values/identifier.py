"""Typed ids and free text, safe to print, compare and store.

Ids are kept in Unicode normalisation form C (UAX #15), so that two ids that look alike are alike; what
cannot be seen (control, bidi and zero-width characters, UAX #9 and category Cf, fillers and variation
selectors) is refused, since it makes two ids look alike that are not.
"""

from __future__ import annotations

import unicodedata
from typing import Any, ClassVar, Final, Self

from orderlib.errors import FindingCode, InvalidValueError, Severity

__all__ = [
    "ActorId",
    "AgreementId",
    "CaseId",
    "CommandId",
    "DocumentId",
    "Identifier",
    "ItemId",
    "LineId",
    "OrderId",
    "PartyId",
    "text",
]

ID_NOT_TEXT: Final = FindingCode(
    "id.not-text", Severity.ERROR, "an id is text, not {kind}", "标识必须是文本，而不是 {kind}"
)
ID_EMPTY: Final = FindingCode("id.empty", Severity.ERROR, "the id is empty", "标识为空")
ID_TOO_LONG: Final = FindingCode(
    "id.too-long", Severity.ERROR, "{length} characters where {limit} are allowed", "长度 {length} 超过上限 {limit}"
)
ID_CHARACTER: Final = FindingCode(
    "id.character",
    Severity.ERROR,
    "character {character} at position {position} is not allowed",
    "第 {position} 位的字符 {character} 不允许使用",
)
ID_BLANK: Final = FindingCode("id.blank", Severity.ERROR, "the id begins or ends with a blank", "标识以空格开头或结尾")
TEXT_CHARACTER: Final = FindingCode(
    "text.character",
    Severity.ERROR,
    "character {character} at position {position} is not allowed in text",
    "文本第 {position} 位的字符 {character} 不允许使用",
)

# Zs other than the plain blank, and everything that is not a graphic character
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"})
# graphic by category, and yet nothing is seen of them (Default_Ignorable_Code_Point and the empty Braille cell)
_FILLERS: Final = frozenset(
    chr(code)
    for first, last in (
        (0x034F, 0x034F),
        (0x115F, 0x1160),
        (0x17B4, 0x17B5),
        (0x180B, 0x180F),
        (0x2800, 0x2800),
        (0x3164, 0x3164),
        (0xFE00, 0xFE0F),
        (0xFFA0, 0xFFA0),
        (0xE0100, 0xE01EF),
    )
    for code in range(first, last + 1)
)
# blanks of every width are harmless in free text, a soft hyphen as well, and joiners are needed to write Persian
# and several Indic scripts
_TEXT_MAY_HOLD: Final = frozenset({"\n", "\t", "\u00ad", "\u200c", "\u200d"})


def _name(character: str) -> str:
    return f"U+{ord(character):04X}"


class Identifier(str):
    """An id: 1 to `limit` graphic characters in normal form C, plain blanks only inside.

    Raises `InvalidValueError` (`id.not-text`, `id.empty`, `id.too-long`, `id.blank`, `id.character`).
    """

    __slots__ = ()
    limit: ClassVar[int] = 200

    def __new__(cls, value: str) -> Self:
        """Check and normalise; an id of the same type is returned as it is."""
        if type(value) is cls:
            return value
        if type(value) is not str:
            value = _plain(value)
        if not 0 < len(value) <= cls.limit:
            raise InvalidValueError(ID_TOO_LONG(length=len(value), limit=cls.limit) if value else ID_EMPTY())
        if value[0] == " " or value[-1] == " ":
            raise InvalidValueError(ID_BLANK())
        if value.isascii():
            if value.isprintable():
                return str.__new__(cls, value)
            _refuse(value)
        value = unicodedata.normalize("NFC", value)
        if len(value) > cls.limit:
            raise InvalidValueError(ID_TOO_LONG(length=len(value), limit=cls.limit))
        _refuse(value)
        return str.__new__(cls, value)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str.__repr__(self)})"

    def __str__(self) -> str:
        return str.__str__(self)

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (str.__str__(self),))


def _plain(value: Any) -> str:
    """The value as plain text, if it is text: a subclass may answer anything."""
    if not isinstance(value, str):
        raise InvalidValueError(ID_NOT_TEXT(kind=type(value).__name__[:40]))
    return str.__str__(value)


def _refuse(value: str) -> None:
    for position, character in enumerate(value):
        if (character != " " and unicodedata.category(character) in _UNSEEN) or character in _FILLERS:
            raise InvalidValueError(ID_CHARACTER(character=_name(character), position=position))


def text(value: str, limit: int = 10_000) -> str:
    """Free text for people: at most `limit` characters, no control, bidi or unpaired characters.

    Line feeds, tabs and joiners may stand in it; carriage returns become line feeds. Empty text is fine.
    Raises `InvalidValueError` (`id.not-text`, `id.too-long`, `text.character`).
    """
    if type(value) is str and len(value) <= limit and value.isprintable():
        return value  # as nearly every text is
    value = _plain(value)
    if len(value) > limit:
        raise InvalidValueError(ID_TOO_LONG(length=len(value), limit=limit))
    if value.isprintable():
        return value
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    for position, character in enumerate(value):
        category = unicodedata.category(character)
        if category in _UNSEEN and category != "Zs" and character not in _TEXT_MAY_HOLD:
            raise InvalidValueError(TEXT_CHARACTER(character=_name(character), position=position))
    return value


class CaseId(Identifier):
    """Names one order case, from enquiry to the archive."""

    __slots__ = ()


class CommandId(Identifier):
    """Names one command; a retry brings the same id."""

    __slots__ = ()


class OrderId(Identifier):
    """The customer's order number (UBL `Order/cbc:ID`)."""

    __slots__ = ()


class LineId(Identifier):
    """Names one order line through all revisions (UBL `LineItem/cbc:ID`)."""

    __slots__ = ()


class ItemId(Identifier):
    """Names an article."""

    __slots__ = ()


class PartyId(Identifier):
    """Names a party: customer, supplier, carrier …"""

    __slots__ = ()


class ActorId(Identifier):
    """Names who acts: a person or a system."""

    __slots__ = ()


class AgreementId(Identifier):
    """Names a framework agreement."""

    __slots__ = ()


class DocumentId(Identifier):
    """Names any other paper or record: proposal, despatch, invoice, task, hold, change …"""

    __slots__ = ()
