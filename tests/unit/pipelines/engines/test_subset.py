"""Exactly one subset is an answer; several, none and too many to try are three others."""

from __future__ import annotations

import time
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.engines.matching.subset import Limits, Subset, Verdict, unique_subset

LIMITS = Limits(items=20, steps=200_000, tolerance=0)


def search(prices: list[list[int]], target: int, **limits: int) -> Subset:
    wanted = {"items": 20, "steps": 200_000, "tolerance": 0, **limits}
    return unique_subset(prices, target, Limits(**wanted))


def test_the_one_subset_that_makes_up_the_amount_is_found() -> None:
    found = search([[100], [250], [70]], 170)
    assert (found.verdict, found.chosen) == (Verdict.UNIQUE, ((0, 0), (2, 0)))


def test_two_subsets_are_no_answer() -> None:
    assert search([[100], [70], [30]], 100).verdict == Verdict.NOT_UNIQUE


def test_nothing_is_found_where_nothing_fits() -> None:
    assert search([[100], [70]], 171).verdict == Verdict.NONE
    assert search([], 10).verdict == Verdict.NONE


def test_an_item_is_paid_with_or_without_its_discount_but_not_both() -> None:
    found = search([[1000, 980], [500, 490]], 1480)
    assert (found.verdict, found.chosen) == (Verdict.UNIQUE, ((0, 1), (1, 0)))
    assert search([[10, 20]], 30).verdict == Verdict.NONE


def test_the_tolerance_counts_on_both_sides_and_not_past_its_edge() -> None:
    for target, verdict in (
        (99, Verdict.NONE),
        (100, Verdict.UNIQUE),
        (105, Verdict.UNIQUE),
        (110, Verdict.UNIQUE),
        (111, Verdict.NONE),
    ):
        assert search([[105]], target, tolerance=5).verdict == verdict, target


def test_what_meets_the_amount_wins_over_what_is_near() -> None:
    found = search([[100], [101]], 100, tolerance=5)
    assert (found.verdict, found.chosen) == (Verdict.UNIQUE, ((0, 0),))
    assert search([[99], [101]], 100, tolerance=5).verdict == Verdict.NOT_UNIQUE


def test_a_credit_is_taken_off() -> None:
    found = search([[100], [-30], [50]], 70)
    assert (found.verdict, found.chosen) == (Verdict.UNIQUE, ((0, 0), (1, 0)))


def test_no_more_items_than_allowed() -> None:
    prices = [[2**place] for place in range(5)]
    assert search(prices, 31, items=5).verdict == Verdict.UNIQUE
    assert search(prices, 31, items=4).verdict == Verdict.NONE


def test_200_equal_open_items_are_not_unique_and_take_no_time() -> None:
    begun = time.perf_counter()
    assert search([[1000]] * 200, 5000).verdict == Verdict.NOT_UNIQUE
    assert time.perf_counter() - begun < 2


def test_amounts_made_to_be_many_stop_at_the_limit_and_say_so() -> None:
    prices = [[10**9 + 7919 * place * place] for place in range(200)]
    begun = time.perf_counter()
    assert search(prices, 10 * 10**9 + 1).verdict in {Verdict.GAVE_UP, Verdict.NOT_UNIQUE}
    assert time.perf_counter() - begun < 10


def test_a_search_that_stopped_early_never_says_unique() -> None:
    prices = [[5]] + [[10**6 + place] for place in range(60)]
    assert search(prices, 5 + 10**6 + 3, steps=30).verdict == Verdict.GAVE_UP


@pytest.mark.parametrize("tolerance", [0, 2])
@given(
    prices=st.lists(
        st.lists(st.integers(-6, 12).filter(bool), min_size=1, max_size=2, unique=True), max_size=6
    ),
    target=st.integers(1, 40),
)
def test_the_verdict_is_that_of_trying_every_subset(
    tolerance: int, prices: list[list[int]], target: int
) -> None:
    prices = [sorted(options, reverse=True) for options in prices]
    prices = [
        options if min(options) > 0 or max(options) < 0 else options[:1] for options in prices
    ]
    ways = [
        tuple(zip(items, choice, strict=True))
        for size in range(1, len(prices) + 1)
        for items in combinations(range(len(prices)), size)
        for choice in product(*(range(len(prices[item])) for item in items))
    ]
    sums = {way: sum(prices[item][price] for item, price in way) for way in ways}
    exact = [way for way, total in sums.items() if total == target]
    near = exact or [way for way, total in sums.items() if abs(total - target) <= tolerance]
    found = unique_subset(prices, target, Limits(20, 10**6, tolerance))
    expected = {0: Verdict.NONE, 1: Verdict.UNIQUE}.get(len(near), Verdict.NOT_UNIQUE)
    assert found.verdict == expected
    if expected == Verdict.UNIQUE:
        assert found.chosen == near[0]
