"""The operating characteristic drawn."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from orderlib.inspection.picture import oc_picture
from orderlib.inspection.sampling import SamplingPlan, sampling_plan

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize(
    ("plan", "lang", "words"),
    [
        (sampling_plan(1000, "1.0"), "en", ["percent nonconforming", "probability of acceptance", "AQL 1"]),
        (sampling_plan(50, "40"), "zh", ["每百单位不合格数", "接收概率", "AQL 40"]),
    ],
)
def test_a_curve_with_its_marks(plan, lang, words):
    """Well-formed, complete in itself, falling from left to right, within its frame."""
    root = ET.fromstring(oc_picture(plan, lang))
    texts = [each.text for each in root.iter(f"{SVG}text")]
    assert all(word in texts for word in words)
    assert {"95 %", "10 %"} <= set(texts)
    points = [tuple(map(float, each.split(","))) for each in root.find(f"{SVG}polyline").get("points").split()]
    assert points == sorted(points)
    heights = [y for _, y in points]
    assert heights == sorted(heights)
    assert (heights[0], points[0][0], points[-1][0]) == (44, 64, 604)


def test_a_plan_of_ones_own_has_no_limit_to_mark():
    """The risks are marked all the same; a limit beyond the last point is not."""
    own = oc_picture(SamplingPlan(lot_size=1000, sample_size=42, accept=0, reject=1))
    assert ("AQL" in own, "95 %" in own) == (False, True)
    strict = SamplingPlan(lot_size=1000, sample_size=900, accept=0, reject=1, aql="10", letter="J")
    assert "AQL 10" not in oc_picture(strict)


def test_the_same_plan_gives_the_same_picture():
    """Byte for byte."""
    plan = sampling_plan(3000, "2.5")
    assert oc_picture(plan) == oc_picture(plan)
    assert oc_picture(plan) != oc_picture(plan, distribution="binomial")
