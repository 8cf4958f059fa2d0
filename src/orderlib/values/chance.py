"""Chance that is the same everywhere: numbers by place, not by turn.

A draw is named by a seed, a run and a slot, and is worked out from these three alone (SplitMix64: Steele, Lea and
Flood, "Fast splittable pseudorandom number generators", 2014). So it does not matter in which order, on which machine
or in how many parts the draws are made, and a slot that is added changes no other.
"""

from __future__ import annotations

from math import sqrt
from typing import Final

from orderlib.values.codelist import whole

__all__ = ["chance", "mixed", "run_key", "slot_key", "triangular"]

MASK: Final = (1 << 64) - 1
GAMMA: Final = 0x9E3779B97F4A7C15
FIRST: Final = 0xBF58476D1CE4E5B9
SECOND: Final = 0x94D049BB133111EB
FRACTION: Final = 2.0**-53
_FNV_START: Final = 0xCBF29CE484222325
_FNV_PRIME: Final = 0x100000001B3


def mixed(value: int) -> int:
    """The 64 bits of a number, mixed so that neighbours have nothing in common."""
    value = (value ^ (value >> 30)) * FIRST & MASK
    value = (value ^ (value >> 27)) * SECOND & MASK
    return value ^ (value >> 31)


def run_key(seed: int, run: int) -> int:
    """The key of a run under a seed (0 to 2**64 - 1). Raises `InvalidValueError` (`number.whole`)."""
    return mixed((whole(seed, 0, MASK, "/seed") + GAMMA * (whole(run, 0, MASK, "/run") + 1)) & MASK)


def slot_key(name: str) -> int:
    """The key of a slot, from its name (FNV-1a over UTF-8)."""
    key = _FNV_START
    for byte in name.encode("utf-8", "surrogatepass"):
        key = (key ^ byte) * _FNV_PRIME & MASK
    return mixed(key)


def chance(run: int, slot: int) -> float:
    """A number from 0 to below 1, for the key of a run and the key of a slot; 53 bits of it are chance."""
    return (mixed((run + slot) & MASK) >> 11) * FRACTION


def triangular(low: float, likely: float, high: float, u: float) -> float:
    """The number below which a triangular distribution has the share `u` (0 to 1)."""
    span = high - low
    if span <= 0:
        return low
    if u < (likely - low) / span:
        return low + sqrt(u * (span * (likely - low)))
    return high - sqrt((1.0 - u) * (span * (high - likely)))
