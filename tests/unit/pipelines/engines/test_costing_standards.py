"""A new standard changes what lies there on its day, however the books take late events."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from tests.scenarios.cost_notation import story
from tests.unit.pipelines.engines.cost_story import Story, ending, figure

FORWARD: dict[str, Any] = {"backdating": "correct_forward"}
NEW = date(2025, 1, 10)


def at_standards(events: str, **policy: Any) -> Story:
    """10 a piece from the beginning, 12 from January 10 on."""
    told = story("standard", events, **policy)
    told.standards = [("A", date(2020, 1, 1), "10"), ("A", NEW, "12")]
    return told


def changes(told: Story) -> list[tuple[date, str, str]]:
    made = told.valued().entries.filter(pl.col("entry_kind") == "revaluation")
    assert set(made["event_id"]) <= {""} and set(made["movement_id"]) <= {""}
    return [
        (day, figure(cost), figure(cogs))
        for day, cost, cogs in made.select("posting_date", "cost_amount", "cogs_amount").rows()
    ]


@pytest.mark.parametrize("policy", [{}, FORWARD])
@pytest.mark.parametrize(
    ("events", "left"),
    [
        ("d1 in 5@11", ("5", "60.00")),  # nothing comes after it
        ("d1 in 5@11; d20 out 2; d21 in 1@11", ("4", "48.00")),
        ("d1 in 5@11 ~25; d20 out 2 ~26; d21 in 1@11 ~27", ("4", "48.00")),  # known late
    ],
)
def test_rulings_c12_c13_what_lies_there_takes_the_new_standard(
    events: str, left: tuple[str, str], policy: dict[str, Any]
) -> None:
    told = at_standards(events, **policy)
    assert changes(told) == [(NEW, "10.00", "-10.00")]
    assert ending(told.valued()) == left


@pytest.mark.parametrize("policy", [{}, FORWARD])
def test_two_items_change_on_the_same_day(policy: dict[str, Any]) -> None:
    told = at_standards("d1 in 5@11; in 3@11 $B; d20 out 1; out 1 $B", **policy)
    told.standards += [("B", date(2020, 1, 1), "10"), ("B", NEW, "13")]
    assert sorted(changes(told)) == [(NEW, "10.00", "-10.00"), (NEW, "9.00", "-9.00")]


def test_a_receipt_told_in_two_versions_does_not_move_the_change() -> None:
    told = at_standards("d1 in 5@11 #r; d15 in 5@13 !r ~15", **FORWARD)
    assert changes(told) == [(NEW, "10.00", "-10.00")]


@pytest.mark.parametrize(
    "events", ["d1 in 5@11; d5 out 5; d20 in 1@11", "d10 in 5@11", "d12 in 5@11"]
)
def test_where_nothing_lies_nothing_changes(events: str) -> None:
    assert changes(at_standards(events, **FORWARD)) == []


@pytest.mark.parametrize("pool", ["location", "lot"])
def test_each_place_or_lot_that_is_a_pool_changes_once(pool: str) -> None:
    events = "d1 in 5@11 @X *1; in 3@11 @Y *2"
    assert changes(at_standards(events)) == [(NEW, "16.00", "-16.00")]
    both = changes(at_standards(events, cost_pool=pool))
    assert sorted(both) == [(NEW, "10.00", "-10.00"), (NEW, "6.00", "-6.00")]


def test_a_change_after_the_standard_was_left_for_another_method_is_none() -> None:
    told = at_standards("d1 in 5@11; d8 out 1; d20 out 1", valid_to=date(2025, 1, 4))
    told.more_policies = [
        {"valid_from": date(2025, 1, 5), "valid_to": date(9999, 12, 31), "costing_method": "fifo"}
    ]
    assert ending(told.valued()) == ("3", "30.00")
