"""A policy is made of parameters that can be meant, or not at all."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import attrs
import pytest

from orderlib.errors import InvalidValueError
from orderlib.values.decimals import decimal
from orderlib.values.parameter import between, of_type, span, whole_between


@attrs.frozen(kw_only=True)
class Rule:
    share: Decimal = attrs.field(default=Decimal(10), converter=decimal, validator=between(0, 100))
    count: int = attrs.field(default=1, validator=whole_between(0, 9))
    wait: timedelta = attrs.field(default=timedelta(1), validator=span())
    word: str = attrs.field(default="", validator=of_type(str))


def test_parameters_within_their_bounds_are_taken():
    """Both bounds included; a number may be written as text."""
    assert Rule(share="100", count=9, wait=timedelta(0), word="x").share == 100
    assert Rule(share=0, count=0, wait=timedelta(days=3660)).count == 0


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"share": -1}, "parameter.range"),
        ({"share": "100.01"}, "parameter.range"),
        ({"share": Decimal("NaN")}, "decimal.not-finite"),
        ({"count": 10}, "number.whole"),
        ({"count": True}, "number.whole"),
        ({"wait": timedelta(-1)}, "parameter.range"),
        ({"wait": timedelta.max}, "parameter.range"),
        ({"wait": 3}, "value.type"),
        ({"word": None}, "value.type"),
    ],
)
def test_what_lies_beyond_is_refused_at_its_name(wrong, code):
    """When the policy is made, not when it is first asked."""
    with pytest.raises(InvalidValueError) as caught:
        Rule(**wrong)
    assert caught.value.code == code
    if code != "decimal.not-finite":
        assert caught.value.findings[0].address == f"/{next(iter(wrong))}"
