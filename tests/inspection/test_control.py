"""Control plans, and which of several counts."""

from __future__ import annotations

import pytest

from orderlib.errors import InvalidValueError
from orderlib.inspection.characteristic import Characteristic
from orderlib.inspection.control import ControlPlan, InspectionStage, MostSpecificPlan, SamplingRule

CLEAN = Characteristic("clean")
INCOMING = InspectionStage.INCOMING


def plan(id, **more):
    """A plan for goods that come in."""
    return ControlPlan(id, more.pop("stage", "incoming"), [CLEAN], **more)


GENERAL, BY_ITEM = plan("general"), plan("item", item_id="P-7")
BY_SUPPLIER, BOTH = plan("supplier", supplier_id="S1"), plan("both", item_id="P-7", supplier_id="S1")


class TestPlan:
    def test_how_much_is_looked_at(self):
        """By the rule, for any size of lot."""
        rule = SamplingRule("1.0", "I", "ISO 2859-1:1999")
        assert rule.plan(1000).sample_size == 50
        assert rule.plan(1000, "reduced").sample_size == 32

    @pytest.mark.parametrize(
        ("arguments", "more", "code", "address"),
        [
            (("x", "incoming", []), {}, "control.no-characteristic", "/characteristics"),
            (("x", "later", [CLEAN]), {}, "code.unknown", "/stage"),
            (("x", "final", [CLEAN, CLEAN]), {}, "lines.duplicate-id", "/1/id"),
            (("x", "final", [CLEAN], "AQL 1"), {}, "value.type", "/sampling"),
            (("x", "final", ["clean"]), {}, "value.type", "/characteristics/0"),
            (
                ("x", "final", [Characteristic("sum", upper=1, formula="a")]),
                {},
                "characteristic.formula-name",
                "/characteristics/0/formula",
            ),
            (("x", "final", [CLEAN]), {"item_id": ""}, "id.empty", ""),
        ],
    )
    def test_what_is_none(self, arguments, more, code, address):
        """Each fault with its place."""
        with pytest.raises(InvalidValueError) as caught:
            ControlPlan(*arguments, **more)
        assert (caught.value.findings[0].code, caught.value.findings[0].address) == (code, address)


class TestMostSpecific:
    @pytest.mark.parametrize(
        ("item", "supplier", "fit", "chosen"),
        [
            ("P-7", "S1", "item-and-supplier", "both"),
            ("P-7", "S2", "item", "item"),
            ("P-7", None, "item", "item"),
            ("P-8", "S1", "supplier", "supplier"),
            ("P-8", "S2", "general", "general"),
        ],
    )
    def test_the_narrowest_plan_counts(self, item, supplier, fit, chosen):
        """Whatever their order."""
        for plans in ((GENERAL, BY_ITEM, BY_SUPPLIER, BOTH), (BOTH, BY_SUPPLIER, BY_ITEM, GENERAL)):
            decision = MostSpecificPlan()(plans, item, supplier, INCOMING)
            assert (decision.outcome, decision.plan_id) == (fit, chosen)

    def test_it_names_the_others_that_fit(self):
        """What would have counted without it."""
        decision = MostSpecificPlan()((GENERAL, BY_ITEM, BY_SUPPLIER, BOTH), "P-7", "S1", INCOMING)
        assert [dict(each.evidence)["plan"] for each in decision.otherwise] == ["item", "supplier", "general"]

    def test_the_first_of_equals(self):
        """And a warning."""
        decision = MostSpecificPlan()((GENERAL, plan("other")), "P-7", "S1", INCOMING)
        assert decision.plan_id == "general"
        assert [each.code for each in decision.reasons] == ["control.chosen", "control.ambiguous"]

    def test_none_fits(self):
        """At another stage."""
        decision = MostSpecificPlan()((GENERAL,), "P-7", None, InspectionStage.FINAL)
        assert (decision.outcome, decision.plan_id) == ("none", None)
        assert decision.reasons[0].message("zh") == "没有适用于 - 的 P-7（final）的控制计划"
