"""Conditions under which an order is accepted: the customer's to agree to, our own to be met.

What the customer has to agree to makes up a counter-offer. Our own conditions, and those of the customer's that
were agreed and stop something until they are met, stand as holds at their gate.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

import attrs

from orderlib.errors import Finding, FindingCode, InvalidValueError, Severity
from orderlib.values.codelist import member
from orderlib.values.dispatch import Gate
from orderlib.values.identifier import DocumentId, text
from orderlib.values.instant import Instant, instant
from orderlib.values.lines import Lines
from orderlib.values.typed import tuple_of, type_check

__all__ = ["CUSTOMER", "Condition", "ConditionDraft", "CounterOffer"]

CONDITION_TEXT: Final = FindingCode(
    "review.condition-text", Severity.ERROR, "a condition needs words", "条件必须有内容"
)
CONDITION_OWNER: Final = FindingCode(
    "review.condition-owner", Severity.ERROR, "a condition needs an owner", "条件必须有负责人"
)
CONDITION_TIME: Final = FindingCode(
    "review.condition-time",
    Severity.ERROR,
    "a condition cannot be due {within} after the decision",
    "条件期限 {within} 无效",
)

_check_time: Final = type_check(("within", timedelta))
#: the owner of what the customer has to agree to
CUSTOMER: Final = "customer"


def _gate(value: str | None) -> Gate | None:
    return None if value is None else member(Gate, value, "/gate")


def _due_at(value: str | Instant | None) -> Instant | None:
    return None if value is None else instant(value, address="/due_at")


@attrs.frozen(kw_only=True)
class ConditionDraft:
    """A condition as an assessor words it, before the decision.

    `owner` is a department, or `customer` for what the customer must agree to. It is due `within` so much time
    after the decision, or on `due_at`. `gate` is what stays shut until it is met. Raises `InvalidValueError`
    (`review.condition-text`, `review.condition-owner`, `review.condition-time`, `value.type`, `code.unknown`).
    """

    wording: str = attrs.field(converter=text)
    owner: str = attrs.field(converter=text)
    gate: Gate | None = attrs.field(default=None, converter=_gate)
    within: timedelta = timedelta(days=14)
    due_at: Instant | None = attrs.field(default=None, converter=_due_at)

    def __attrs_post_init__(self) -> None:
        _check_time(self)
        wrong: list[Finding] = []
        if not self.wording.strip():
            wrong.append(CONDITION_TEXT("/wording"))
        if not self.owner.strip():
            wrong.append(CONDITION_OWNER("/owner"))
        if not timedelta(0) < self.within <= timedelta(days=3660):
            wrong.append(CONDITION_TIME("/within", within=self.within))
        if wrong:
            raise InvalidValueError(*wrong)

    @property
    def external(self) -> bool:
        """Whether the customer has to agree to it."""
        return self.owner == CUSTOMER


@attrs.frozen(kw_only=True)
class Condition:
    """A condition of an acceptance, followed until it is met; `state` is one of `ConditionLifecycle`.

    `discipline` set it. `evidence` shows that it is met, or says why it was waived.
    """

    id: DocumentId = attrs.field(converter=DocumentId)
    discipline: str = attrs.field(default="", converter=text)
    wording: str = attrs.field(converter=text)
    owner: str = attrs.field(converter=text)
    gate: Gate | None = None
    due_at: Instant
    state: str = "open"
    evidence: str = attrs.field(default="", converter=text)

    @property
    def external(self) -> bool:
        """Whether the customer has to agree to it."""
        return self.owner == CUSTOMER

    @property
    def waiting(self) -> bool:
        """Whether somebody has to meet it by its due date: our own, or an agreed one that keeps a gate shut."""
        if self.external:
            return self.state == "agreed" and self.gate is not None
        return self.state == "open"

    @property
    def unmet(self) -> bool:
        """Whether it still has to be met."""
        return self.waiting or self.state == "overdue"

    @property
    def hold_id(self) -> str:
        """The hold that stands for it at its gate."""
        return f"condition/{self.id}"


def _ids(given: Iterable[str]) -> tuple[DocumentId, ...]:
    return tuple(DocumentId(each) for each in tuple_of(str, given, "/conditions"))


@attrs.frozen(kw_only=True)
class CounterOffer:
    """What the customer was offered instead: the order on conditions; the customer's word is awaited until `due_at`.

    `state` is `made`, `agreed`, `declined`, `lapsed`, or `withdrawn` where we took it back.
    """

    conditions: tuple[DocumentId, ...] = attrs.field(default=(), converter=_ids)
    due_at: Instant
    state: str = "made"


def drafts_of(given: Iterable[ConditionDraft]) -> tuple[ConditionDraft, ...]:
    """Conditions as a tuple; a converter for the fields that hold them. Raises `InvalidValueError` (`value.type`)."""
    return tuple_of(ConditionDraft, given, "/conditions")


def conditions_of(given: Iterable[Condition]) -> Lines[Condition]:
    """Conditions by id; a converter for the field that holds them."""
    return Lines(given)
