"""Shares are exact at any size, on the short way and over 128 bits."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from pipelines.engines.costing.arithmetic import SHORT, share, times_over

LARGEST = 2**63 - 1


def rounded(exact: Fraction) -> int:
    whole, rest = divmod(abs(exact.numerator), exact.denominator)
    whole += 2 * rest >= exact.denominator
    return whole if exact >= 0 else -whole


@pytest.mark.parametrize(
    ("value", "times", "over", "expected"),
    [
        (5, 1, 2, 3),
        (-5, 1, 2, -3),
        (5, -1, 2, -3),
        (0, 7, 3, 0),
        (1000, 1, 3, 333),
        (LARGEST, LARGEST, LARGEST, LARGEST),
        (-LARGEST, LARGEST, LARGEST, -LARGEST),
        (10**18, 10**18, 10**18 + 1, 10**18 - 1),
    ],
)
def test_halves_go_away_from_zero(value: int, times: int, over: int, expected: int) -> None:
    assert times_over(value, times, over) == expected


def test_random_figures_agree_with_fractions_on_both_ways() -> None:
    draw, wide = random.Random(7), 0
    for _ in range(20_000):
        over = draw.randrange(1, 1 << draw.randrange(1, 63))
        times = draw.randrange(0, over + 1)
        value = draw.randrange(-(1 << 62), 1 << 62) >> draw.randrange(0, 60)
        wide += abs(value) * times >= SHORT
        found = times_over(value, times, over)
        assert type(found) is int and found == rounded(Fraction(value * times, over))
    assert wide > 3_000, "the 128-bit way is taken often enough to be tested"


def test_parts_add_up_to_the_whole_and_the_last_takes_the_rest() -> None:
    value, held, parts = 1000, 3, []
    while held:
        parts.append(share(value, held, 1))
        value, held = value - parts[-1], held - 1
    assert parts == [333, 334, 333]
