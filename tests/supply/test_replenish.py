"""How much is ordered where so much is needed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from orderlib.errors import InvalidValueError
from orderlib.supply.replenish import LotRule, LotSize, Replenishment


@pytest.mark.parametrize(
    ("rule", "size", "needed", "ordered", "lots"),
    [
        ("lot-for-lot", 1, 7, 7, 1),
        ("fixed", 5, 7, 10, 2),
        ("fixed", 5, 10, 10, 2),
        ("minimum", 5, 3, 5, 1),
        ("minimum", 5, 7, 7, 1),
        ("multiple", 4, 7, 8, 1),
        ("multiple", "0.4", "0.7", "0.8", 1),
    ],
)
def test_lots_follow_their_rule(rule, size, needed, ordered, lots):
    """At least what is needed, and no more than the rule asks."""
    lot = LotSize(rule, size)
    assert lot.ordered(Decimal(needed)) == Decimal(ordered)
    assert lot.lots(Decimal(ordered)) == lots


@pytest.mark.parametrize(
    ("made", "code", "address"),
    [
        (lambda: LotSize(LotRule.FIXED, 0), "supply.lot-size", "/quantity"),
        (lambda: LotSize("any"), "code.unknown", "/rule"),
        (lambda: LotSize(LotRule.FIXED, "NaN"), "decimal.malformed", "/quantity"),
        (lambda: Replenishment("x", "find"), "code.unknown", "/procurement"),
        (lambda: Replenishment("x", "buy", -1), "number.whole", "/lead_days"),
        (lambda: Replenishment("x", "buy", 1.5), "number.whole", "/lead_days"),
        (lambda: Replenishment("x", safety=-1), "supply.safety-stock", "/safety"),
        (lambda: Replenishment("x", unit="ZZZZ9"), "unit.malformed", "/unit"),
        (lambda: Replenishment("x", lot=5), "value.type", "/lot"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(made, code, address):
    """One fault, one code, one address."""
    with pytest.raises(InvalidValueError) as caught:
        made()
    assert [(each.code, each.address) for each in caught.value.findings] == [(code, address)]
