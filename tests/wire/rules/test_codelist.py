from __future__ import annotations

import pytest

from orderlib.wire.rules import codelist


@pytest.mark.parametrize(
    ("codes", "inside", "outside"),
    [
        (codelist.COUNTRIES, "CN XI BQ", "EL AN UK"),
        (codelist.VAT_PREFIXES, "EL DE XI", "UK"),
        (codelist.ALLOWANCE_REASONS, "41 95 105", "40 101"),
        (codelist.CHARGE_REASONS, "AA FC ZZZ", "AAB TOS"),
        (codelist.EAS, "0088 0192 9957", "9906 9907 0001"),
        (codelist.ICD, "0002 0088 0240", "0001 0092 0103 0241"),
        (codelist.ORDER_TYPES, "220 221 402", "380"),
        (codelist.ORDER_RESPONSES, "AB AP CA RE", "NN"),
        (codelist.LINE_ACTIONS, "1 3 5 7 42", "2 4"),
        (codelist.CHANGE_ACTIONS, "1 2 3 4", "5 7"),
        (codelist.TAX_CATEGORIES, "S Z AE O", "X"),
        (codelist.ITEM_TYPES, "STI TSP ZZZ", "XX"),
        (codelist.MIME_CODES, "application/pdf", "text/html"),
        (codelist.INDICATORS, "true false", "1 0 True"),
    ],
)
def test_a_list_holds_its_codes(codes: frozenset[str], inside: str, outside: str) -> None:
    """A few that belong to it, and a few that do not."""
    assert set(inside.split()) <= codes
    assert not set(outside.split()) & codes
