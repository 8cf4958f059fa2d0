"""What stops despatch and production."""

from __future__ import annotations

from decimal import Decimal

import pytest

from orderlib.errors import InvalidValueError
from orderlib.inspection.characteristic import Characteristic
from orderlib.inspection.control import ControlPlan, SamplingRule
from orderlib.inspection.correction import RaiseNonconformity, WithdrawNonconformity
from orderlib.inspection.gate import blocks, released_quantity
from orderlib.inspection.message import PlanInspection, ReinspectLot, ReportInspection
from orderlib.values.quantity import Quantity

CLEAN = Characteristic("clean")


def planned(bench, lot_id, stage, *, item="P-7", quantity=1000, **more):
    """A lot that waits."""
    control = ControlPlan("CP", stage, [CLEAN], SamplingRule("1.0"))
    bench.tell(
        PlanInspection,
        lot_id,
        item,
        quantity if isinstance(quantity, Quantity) else Quantity(quantity),
        stage,
        (control,),
        **more,
    )


def sources(bench, gate, *arguments, **more):
    """What stops it."""
    return [each.source for each in blocks(bench.quality, gate, *arguments, **more)]


class TestBlocks:
    def test_by_stage(self, bench):
        """What came in stops production, what goes out despatch, what is in process both."""
        for stage in ("incoming", "in-process", "final"):
            planned(bench, stage, stage)
        assert sources(bench, "despatch") == ["inspection:in-process", "inspection:final"]
        assert sources(bench, "produce") == ["inspection:incoming", "inspection:in-process"]
        assert sources(bench, "invoice") == []

    def test_until_it_has_passed(self, bench):
        """A failed lot and its nonconformity stop it both."""
        planned(bench, "L-1", "final")
        bench.tell(ReportInspection, "L-1", 80, 9)
        (lot, fault) = blocks(bench.quality, "despatch")
        assert (lot.source, fault.source) == ("inspection:L-1", "nonconformity:L-1-NC1")
        assert lot.reason.message() == "inspection lot L-1 of P-7 is failed: it has not passed"
        assert fault.reason.message("zh") == "P-7 的不合格 L-1-NC1 状态为 open：尚未关闭"
        bench.tell(WithdrawNonconformity, "L-1-NC1", reason="x")
        bench.tell(ReportInspection, "L-1", 80, 0)
        assert sources(bench, "despatch") == []

    def test_by_line_and_article(self, bench):
        """What concerns no line concerns them all."""
        planned(bench, "L-1", "final", line_ids=["10"])
        planned(bench, "L-2", "final", item="P-8", line_ids=["20"])
        planned(bench, "L-3", "final")
        assert sources(bench, "despatch", ["10"]) == ["inspection:L-1", "inspection:L-3"]
        assert sources(bench, "despatch", item_ids=["P-8"]) == ["inspection:L-2"]
        assert sources(bench, "despatch", ["30"], item_ids=["P-8"]) == []
        assert blocks(bench.quality, "despatch", ["10"])[0].line_ids == ("10",)

    def test_a_nonconformity_outside_of_any_lot(self, bench):
        """Stops at its stage."""
        bench.tell(RaiseNonconformity, "NC-1", "P-7", Quantity(3), "incoming", "rust")
        assert (sources(bench, "produce"), sources(bench, "despatch")) == (["nonconformity:NC-1"], [])

    def test_nothing_is_known(self):
        """And a gate is one of those that there are."""
        assert blocks(None, "despatch") == ()
        with pytest.raises(InvalidValueError) as caught:
            blocks(None, "fly")
        assert caught.value.findings[0].address == "/gate"


class TestReleased:
    def test_the_sum_of_what_passed(self, bench):
        """At the final stage, of the article, in the unit."""
        planned(bench, "L-1", "final", line_ids=["10"])
        planned(bench, "L-2", "final", quantity=500)
        planned(bench, "L-3", "final", item="P-8")
        planned(bench, "L-4", "incoming")
        planned(bench, "L-5", "final", quantity=Quantity(7, "KGM"))
        assert released_quantity(bench.quality, "P-7", "C62") == 0
        for lot_id, sample in (("L-1", 80), ("L-2", 50), ("L-3", 80), ("L-4", 80), ("L-5", 7)):
            bench.tell(ReportInspection, lot_id, sample, 0)
        assert released_quantity(bench.quality, "P-7", "C62") == 1500
        assert released_quantity(bench.quality, "P-7", "C62", ["20"]) == 500
        assert released_quantity(None, "P-7", "C62") == 0

    @pytest.mark.parametrize(("left", "released"), [(900, "225"), (7, "1")])
    def test_what_was_taken_out_does_not_count(self, bench, left, released):
        """250 kilograms in 1000 bags, of which some are left; a broken share is rounded down."""
        planned(bench, "L-1", "final", quantity=Quantity(250, "KGM"), units=1000)
        bench.tell(ReportInspection, "L-1", 80, 9)
        bench.tell(ReinspectLot, "L-1", reason="sorted", units=left)
        bench.tell(ReportInspection, "L-1", min(80, left), 0)
        assert released_quantity(bench.quality, "P-7", "KGM") == Decimal(released)
