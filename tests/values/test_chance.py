"""Chance by place: known vectors, no memory, no pattern."""

from __future__ import annotations

from itertools import pairwise

import pytest

from orderlib.errors import InvalidValueError
from orderlib.values.chance import GAMMA, MASK, chance, mixed, run_key, slot_key, triangular


def test_the_mixer_is_the_published_one():
    """The first numbers of SplitMix64 from seed 1234567, as its authors' code gives them."""
    found = [mixed((1234567 + GAMMA * turn) & MASK) for turn in range(1, 6)]
    assert found == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
        4593380528125082431,
        16408922859458223821,
    ]


def test_a_name_has_the_same_key_everywhere():
    """FNV-1a over UTF-8, mixed; nothing of Python's own hashing."""
    assert slot_key("a") == mixed(0xAF63DC4C8601EC8C)
    assert slot_key("制造") != slot_key("检验")
    assert slot_key("\ud800") != slot_key("")


def test_draws_are_spread_evenly():
    """Ten thousand draws: tenths of about a thousand each, and neighbours have nothing in common."""
    slot = slot_key("x")
    drawn = [chance(run_key(1, run), slot) for run in range(10_000)]
    assert all(0 <= each < 1 for each in drawn)
    tenths = [sum(tenth <= each * 10 < tenth + 1 for each in drawn) for tenth in range(10)]
    assert min(tenths) > 900
    assert max(tenths) < 1100
    mean = sum(drawn) / len(drawn)
    together = sum((one - mean) * (two - mean) for one, two in pairwise(drawn)) / len(drawn)
    assert abs(together) < 0.005


def test_seeds_and_slots_lead_elsewhere():
    """Another seed or another slot is another draw; the same is the same."""
    one, other = run_key(1, 0), run_key(2, 0)
    assert len({chance(key, slot_key(name)) for key in (one, other) for name in "ab"}) == 4
    assert chance(one, slot_key("a")) == chance(run_key(1, 0), slot_key("a"))


@pytest.mark.parametrize("seed", [-1, 1 << 64, 1.5, True])
def test_a_seed_is_a_number_of_64_bits(seed):
    """Nothing is folded in silence."""
    with pytest.raises(InvalidValueError) as caught:
        run_key(seed, 0)
    assert (caught.value.code, caught.value.findings[0].address) == ("number.whole", "/seed")


@pytest.mark.parametrize(
    ("points", "share", "found"),
    [((0, 0, 0), 0.3, 0), ((2, 2, 2), 0.9, 2), ((0, 5, 10), 0.5, 5), ((0, 0, 10), 0.75, 5), ((0, 10, 10), 0.25, 5)],
)
def test_a_triangle_is_inverted(points, share, found):
    """Below what the share of the area lies."""
    assert triangular(*points, share) == pytest.approx(found)
