"""Supplies and demands are checked where they are made."""

from __future__ import annotations

from datetime import date

import pytest

from orderlib.errors import InvalidValueError
from orderlib.supply.entry import Demand, DemandKind, Supply, SupplyKind
from orderlib.values.quantity import Quantity


@pytest.mark.parametrize("kind", [Supply, Demand])
@pytest.mark.parametrize(
    ("fields", "code", "address"),
    [
        ({"quantity": Quantity(-1)}, "supply.negative-quantity", "/quantity"),
        ({"quantity": 3}, "value.type", "/quantity"),
        ({"on": "tomorrow"}, "value.day-malformed", "/on"),
        ({"kind": "hearsay"}, "code.unknown", "/kind"),
        ({"id": ""}, "id.empty", ""),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(kind, fields, code, address):
    """One finding, one address."""
    given = {"id": "1", "item_id": "P-7", "quantity": Quantity(1), "on": date(2026, 3, 2)} | fields
    with pytest.raises(InvalidValueError) as caught:
        kind(**given)
    assert (caught.value.code, caught.value.findings[0].address) == (code, address)


def test_texts_become_values():
    """Days and kinds may come as text."""
    supply = Supply("PO-1", "P-7", Quantity(4), "2026-03-02", "purchase")
    assert (supply.on, supply.kind) == (date(2026, 3, 2), SupplyKind.PURCHASE)
    assert Demand("4711/10", "P-7", Quantity(4), "2026-03-02").kind is DemandKind.ORDER
