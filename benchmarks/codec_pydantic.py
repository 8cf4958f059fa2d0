"""The order as pydantic v2 would have it: models of the same fields, as much of each check as possible in Rust.

The models are derived from the order's own classes, so that they have the same keys. Texts, ids, numbers, dates
and codes are checked by core schemas alone; what spans several fields runs the same Python as ours.
"""

from __future__ import annotations

import typing
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from types import FunctionType
from typing import Annotated, Any, Literal

import attrs
from pydantic import BaseModel, ConfigDict, Field, Strict, create_model, model_validator
from pydantic.functional_validators import AfterValidator
from pydantic_core import core_schema

from orderlib.order.record import Order
from orderlib.values.currency import CURRENCIES, priced_currency
from orderlib.values.lines import Lines
from orderlib.values.money import Money
from orderlib.values.quantity import Quantity
from orderlib.values.unit import unit_codes

__all__ = ["ORDER"]

PLAIN = r"^-?[0-9]+(\.[0-9]+)?$"
TEXT = r"^[^\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]*$"
ID = r"^[^\p{C}\p{Z}]([^\p{C}\p{Zl}\p{Zp}]*[^\p{C}\p{Z}])?$"


class Chained:
    """A text that is checked as text before it is read as what it says."""

    def __init__(self, pattern: str, length: int, then: Any) -> None:
        self.schema = core_schema.chain_schema(
            [core_schema.str_schema(strict=True, pattern=pattern, max_length=length), then]
        )

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> Any:
        return self.schema


def number(**bounds: Any) -> Any:
    """A plain decimal number."""
    return Chained(PLAIN, 30, core_schema.decimal_schema(strict=False, max_digits=28, decimal_places=12, **bounds))


NUMBER = Annotated[Decimal, number()]
DAY = Annotated[date, Chained(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", 10, core_schema.date_schema(strict=False))]
CODE = Literal[tuple(code for code, each in CURRENCIES.items() if each.digits is not None)]
UNIT = Literal[tuple(unit_codes())]


class Model(BaseModel):
    """Closed, frozen, exact types."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class MoneyModel(Model):
    """An amount that fits the minor unit."""

    amount: NUMBER
    currency: CODE

    @property
    def minor(self) -> Decimal:
        """Only its sign is ever asked for here."""
        return self.amount

    @model_validator(mode="after")
    def fits(self) -> MoneyModel:
        """No finer than the currency."""
        if -self.amount.as_tuple().exponent > priced_currency(self.currency)[1]:
            raise ValueError("too fine")
        return self


class QuantityModel(Model):
    """An amount of a unit."""

    value: Annotated[Decimal, number(lt=10**15, gt=-(10**15))]
    unit: UNIT


def unique(lines: list[Any]) -> list[Any]:
    """No id twice."""
    if len({line.id for line in lines}) != len(lines):
        raise ValueError("an id stands twice")
    return lines


SPECIAL = {
    ("Order", "revision"): Annotated[int, Field(ge=1, le=1_000_000)],
    ("Order", "currency"): CODE,
    ("UnitPrice", "currency"): CODE,
    ("UnitPrice", "unit"): UNIT | None,
    ("UnitPrice", "per"): Annotated[Decimal, number(gt=0)],
}
SIMPLE: Mapping[Any, Any] = {
    Decimal: NUMBER,
    date: DAY,
    Money: MoneyModel,
    Quantity: QuantityModel,
    int: int,
    bool: bool,
    str: Annotated[str, Field(max_length=10_000, pattern=TEXT)],
    type(None): None,
}
_models: dict[Any, Any] = {}


def annotation(hint: Any) -> Any:
    """What pydantic is told where our class says `hint`."""
    if hint in SIMPLE:
        return SIMPLE[hint]
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin is Lines:
        return Annotated[list[annotation(args[0])], AfterValidator(unique)]
    if origin is tuple:
        pair = args[-1] is not ...
        return (
            Annotated[tuple[tuple(map(annotation, args))], Strict(strict=False)] if pair else list[annotation(args[0])]
        )
    if origin is not None:
        return typing.Union[tuple(map(annotation, args))]  # noqa: UP007 - the members come from a loop
    if issubclass(hint, Enum):
        return Annotated[hint, Strict(strict=False)]
    if issubclass(hint, str):
        return Annotated[str, Field(min_length=1, max_length=200, pattern=ID)]
    return model(hint) if attrs.has(hint) else Any  # fractions of conversions, which no sample has


def invariant(cls: Any) -> Any:
    """What a class checks of its fields together; that they are of its own classes pydantic has checked already."""
    post_init = getattr(cls, "__attrs_post_init__", None)
    if post_init is None:
        return None
    scope = {
        name: (lambda _: None) if getattr(value, "__qualname__", "").startswith("type_check.") else value
        for name, value in post_init.__globals__.items()
    }
    if all(scope[name] is not post_init.__globals__[name] for name in post_init.__code__.co_names if name in scope):
        return None  # it checks nothing else
    return FunctionType(post_init.__code__, scope, post_init.__name__, post_init.__defaults__, post_init.__closure__)


def model(cls: Any) -> Any:
    """The model of an attrs class, with the same check of the whole."""
    if cls in _models:
        return _models[cls]
    hints = typing.get_type_hints(cls)
    fields: dict[str, Any] = {}
    for field in attrs.fields(cls):
        hint = SPECIAL.get((cls.__name__, field.name)) or annotation(hints[field.name])
        default: Any = ... if field.default is attrs.NOTHING else None
        fields[field.name] = (hint, default)
    post_init = invariant(cls)
    validators = {}
    if post_init is not None:

        def check(self: Any) -> Any:
            post_init(self)
            return self

        validators["check"] = model_validator(mode="after")(check)
    made = create_model(f"{cls.__name__}Model", __base__=Model, __validators__=validators, **fields)
    _models[cls] = made
    return made


ORDER = model(Order)
"""The model of `Order`."""
