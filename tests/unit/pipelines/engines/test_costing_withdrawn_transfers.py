"""Transfers between pools that were changed or withdrawn, where books only go forward (A17, C10)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest

from tests.unit.pipelines.engines.cost_story import DAY, Story, figure

CORRECTED = datetime(2025, 1, 5, 20, tzinfo=UTC)
METHODS = ("fifo", "lifo", "moving_average")


def sent(method: str) -> Story:
    """Ten pieces at X for 10.00 each, four of them sent to Y."""
    story = Story(method, policy={"cost_pool": "location", "backdating": "correct_forward"})
    story.tell("receipt", 10, 100, location_id="X", name="bought")
    story.tell("transfer_out", 4, location_id="X", name="out", day=day(2))
    story.tell("transfer_in", 4, location_id="Y", name="in", day=day(3), linked_event_id="out")
    return story


def day(number: int) -> date:
    return DAY + timedelta(days=number - 1)


def replace(story: Story, name: str, **says: object) -> None:
    """The version that was told is gone; another takes its place where it says anything."""
    first = next(row for row in story.events if row["event_id"] == name)
    first["replaced_at"] = CORRECTED
    if says:
        story.events.append(
            {**first, "version_number": 2, "known_at": CORRECTED, "replaced_at": None, **says}
        )


def left(story: Story) -> dict[str, tuple[str, str]]:
    """Pieces and value by place; nobody but a customer makes expense."""
    valued = story.valued()
    assert figure(valued.entries["cogs_amount"].sum()) == "0.00"
    places = valued.layers.group_by("cost_pool_id").agg(
        pl.col("qty_remaining").sum(), pl.col("value_remaining").sum()
    )
    return {
        place: (figure(qty), figure(value))
        for place, qty, value in places.sort("cost_pool_id").iter_rows()
    }


@pytest.mark.parametrize("method", METHODS)
def test_a_transfer_that_never_was_leaves_its_goods_where_they_were(method: str) -> None:
    story = sent(method)
    replace(story, "in")
    replace(story, "out")
    assert left(story) == {"X": ("10.00", "100.00")}


@pytest.mark.parametrize("method", METHODS)
def test_goods_that_never_left_are_no_gain(method: str) -> None:
    story = Story(method, policy={"cost_pool": "location", "backdating": "correct_forward"})
    story.tell("receipt", 10, 100, location_id="X")
    story.tell("transfer_out", 4, location_id="X", name="out", day=day(2))
    replace(story, "out")
    assert left(story) == {"X": ("10.00", "100.00")}


@pytest.mark.parametrize("method", METHODS)
def test_goods_booked_in_at_a_wrong_place_go_on_at_their_cost(method: str) -> None:
    story = sent(method)
    story.tell("receipt", 4, 80, location_id="Z", name="dearer", day=day(4))
    replace(story, "in", location_id="Z")
    assert left(story) == {"X": ("6.00", "60.00"), "Z": ("8.00", "120.00")}


@pytest.mark.parametrize("method", METHODS)
def test_fewer_pieces_on_both_legs_are_back_at_their_cost(method: str) -> None:
    story = sent(method)
    three = sent(method).events[0]["qty_base"] - 7  # type: ignore[operator]
    replace(story, "out", qty_base=three)
    replace(story, "in", qty_base=three)
    assert left(story) == {"X": ("7.00", "70.00"), "Y": ("3.00", "30.00")}
