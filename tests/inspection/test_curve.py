"""What plans let pass: against sums by whole numbers, and figures that the standard prints."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import comb

import pytest

from orderlib.errors import InvalidValueError
from orderlib.inspection.curve import (
    Distribution,
    acceptance_probability,
    average_outgoing_quality,
    distribution_of,
    oc_curve,
    outgoing_limit,
    quality_at,
)
from orderlib.inspection.sampling import sampling_plan

J = sampling_plan(1000, "1.0")


def near(value, exact):
    """The same to twelve digits behind the point."""
    return abs(Fraction(value) - exact) <= Fraction(1, 10**12)


class TestProbability:
    @pytest.mark.parametrize(
        ("sample", "accept", "percent"), [(80, 2, "1"), (13, 0, "6.5"), (500, 21, "4"), (5, 1, "50"), (2000, 3, "0.01")]
    )
    def test_binomial_is_the_exact_sum(self, sample, accept, percent):
        """Against fractions of whole numbers."""
        p = Fraction(percent) / 100
        exact = sum(comb(sample, k) * p**k * (1 - p) ** (sample - k) for k in range(accept + 1))
        assert near(acceptance_probability(sample, accept, percent), exact)

    @pytest.mark.parametrize(
        ("lot", "sample", "accept", "percent", "bad"),
        [(1000, 80, 2, "1", 10), (50, 8, 1, "10", 5), (20, 20, 3, "20", 4), (20, 13, 2, "25", 5), (30, 5, 0, "5", 1)],
    )
    def test_hypergeometric_is_the_exact_sum(self, lot, sample, accept, percent, bad):
        """Every way to draw the sample is counted; a part of a bad unit is none."""
        ways = sum(comb(bad, k) * comb(lot - bad, sample - k) for k in range(accept + 1) if sample - k >= 0)
        found = acceptance_probability(sample, accept, percent, "hypergeometric", lot_size=lot)
        assert near(found, Fraction(ways, comb(lot, sample)))

    @pytest.mark.parametrize(
        ("sample", "accept", "quality", "printed"),
        # sums of powers over factorials, by hand: e^-1 (1 + 1 + 1/2), e^-10 (...), e^-2
        [(100, 2, "1", "0.919698602929"), (100, 10, "10", "0.583039750193"), (20, 0, "10", "0.135335283237")],
    )
    def test_poisson(self, sample, accept, quality, printed):
        """Means of 1, 10 and 2."""
        assert str(acceptance_probability(sample, accept, quality, Distribution.POISSON)) == printed

    def test_the_ends(self):
        """Nothing bad always passes; everything bad only a number as large as the sample."""
        for kind in ("binomial", "poisson"):
            assert acceptance_probability(80, 0, 0, kind) == 1
        assert acceptance_probability(80, 79, 100) == 0
        assert acceptance_probability(80, 80, 100) == 1
        assert acceptance_probability(80, 2, 100, "hypergeometric", lot_size=1000) == 0
        assert acceptance_probability(80, 2, 10_000, "poisson") == 0

    @pytest.mark.parametrize(
        ("arguments", "more", "code", "address"),
        [
            ((80, 2, -1), {}, "oc.quality", "/quality"),
            ((80, 2, "100.01"), {}, "oc.quality", "/quality"),
            ((80, 2, "10000.1", "poisson"), {}, "oc.quality", "/quality"),
            ((80, 2, Decimal("NaN")), {}, "decimal.not-finite", "/quality"),
            ((80, 2, 0.01), {}, "decimal.type", "/quality"),
            ((0, 2, 1), {}, "number.whole", "/sample_size"),
            ((80, -1, 1), {}, "number.whole", "/accept"),
            ((10**9, 2, 1), {}, "number.whole", "/sample_size"),
            ((80, 2, 1, "normal"), {}, "code.unknown", "/distribution"),
            ((80, 2, 1, "hypergeometric"), {}, "oc.lot-needed", "/lot_size"),
            ((80, 2, 1, "hypergeometric"), {"lot_size": 79}, "oc.lot-needed", "/lot_size"),
            ((80, 2, 1, "hypergeometric"), {"lot_size": 0}, "sampling.lot-size", "/lot_size"),
        ],
    )
    def test_what_has_no_probability(self, arguments, more, code, address):
        """Each with its place."""
        with pytest.raises(InvalidValueError) as caught:
            acceptance_probability(*arguments, **more)
        assert (caught.value.findings[0].code, caught.value.findings[0].address) == (code, address)


class TestCurve:
    def test_the_distribution_of_the_standard(self):
        """Binomial up to a sample of 80, Poisson above it and for nonconformities."""
        assert distribution_of(J) == "binomial"
        assert distribution_of(sampling_plan(3000, "1.0")) == "poisson"
        assert distribution_of(sampling_plan(50, "40")) == "poisson"

    @pytest.mark.parametrize(
        ("probability", "quality"), [("0.99", 0.550), ("0.95", 1.03), ("0.50", 3.33), ("0.10", 6.52)]
    )
    def test_figures_that_the_standard_prints(self, probability, quality):
        """Table X-J for AQL 1.0, which has three digits."""
        assert float(quality_at(J, probability)) == pytest.approx(quality, abs=0.005)

    def test_quality_at_is_the_last_that_reaches_the_probability(self):
        """One millionth further it is missed."""
        found = quality_at(J, "0.10")
        assert acceptance_probability(80, 2, found) >= Decimal("0.10")
        assert acceptance_probability(80, 2, found + Decimal("0.000001")) < Decimal("0.10")

    @pytest.mark.parametrize("wrong", ["0", "1", "-0.1", "1.5"])
    def test_a_probability_lies_between(self, wrong):
        """Zero and one are reached by none, or by all."""
        with pytest.raises(InvalidValueError) as caught:
            quality_at(J, wrong)
        assert caught.value.code == "oc.probability"

    def test_points_where_they_are_wanted_and_of_themselves(self):
        """From certain acceptance to one in a hundred."""
        assert [str(each.probability) for each in oc_curve(J, ["1.0", "10"])] == ["0.953446814264", "0.010683672797"]
        curve = oc_curve(J)
        assert (len(curve), curve[0].probability) == (41, 1)
        assert curve[-1].probability == pytest.approx(Decimal("0.01"), abs=Decimal("0.0001"))

    def test_marginal_lots_pass(self):
        """Reduced inspection by MIL-STD-105E accepts up to three in fifty."""
        reduced = sampling_plan(3000, "1.0", severity="reduced")
        assert oc_curve(reduced, ["2"])[0].probability == acceptance_probability(50, 3, "2")

    def test_a_lot_of_its_own_size(self):
        """The hypergeometric curve of a plan takes the lot from it."""
        (point,) = oc_curve(J, ["1.0"], "hypergeometric")
        assert point.probability == acceptance_probability(80, 2, "1.0", "hypergeometric", lot_size=1000)


class TestOutgoing:
    def test_quality_times_chance_times_what_was_not_seen(self):
        """By hand: 1.0 times 0.9534 times 920/1000."""
        assert str(average_outgoing_quality(J, "1.0")) == "0.877171069123"
        assert average_outgoing_quality(sampling_plan(10, "0.010"), "5") == 0

    def test_the_worst_that_goes_out(self):
        """Nothing on either side of the summit is worse; the factor of table V-A for J at 1.0 is 1.7."""
        limit = outgoing_limit(J)
        for step in ("-0.5", "-0.001", "0.001", "0.5"):
            assert average_outgoing_quality(J, limit.incoming + Decimal(step)) <= limit.outgoing
        assert float(limit.outgoing) / 0.92 == pytest.approx(1.7, abs=0.05)
