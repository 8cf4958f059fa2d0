"""A stream is found by everything that names it."""

from __future__ import annotations

import attrs
from build import order

from orderlib.case.record import OrderCase
from orderlib.desk.references import references_of
from orderlib.values.party import ExternalReference


def test_an_order_is_found_by_number_party_agreement_and_foreign_ids():
    """Each once, with its kind."""
    named = order(references=[ExternalReference("ERP", "77")], agreement_id="A-1")
    found = references_of(OrderCase(id="case-1", order=named))
    assert found == (
        ("order", "C1/4711"),
        ("order-number", "4711"),
        ("party", "C1"),
        ("party", "S1"),
        ("external", "ERP/77"),
        ("agreement", "A-1"),
    )


def test_a_case_without_an_order_has_no_references():
    """Nor has a state that names none."""
    assert references_of(OrderCase(id="case-1")) == ()
    assert references_of(object()) == ()


def test_a_shared_stream_may_name_its_own():
    """As pairs of kind and reference."""

    @attrs.frozen
    class Shared:
        references: object

    assert references_of(Shared((("party", "C1"),))) == (("party", "C1"),)
    assert references_of(Shared("party")) == ()
