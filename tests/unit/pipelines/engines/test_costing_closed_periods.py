"""Closed periods keep what was posted; what became known later is posted in the next open one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import polars as pl
import pytest

from pipelines.engines.costing import Valuation
from tests.scenarios.cost_notation import story
from tests.unit.pipelines.engines.cost_story import figure

JANUARY_CLOSED = datetime(2025, 2, 5, 16, tzinfo=UTC)
FIRST_OPEN = date(2025, 2, 1)
PERIODS: list[dict[str, Any]] = [
    {
        "company_id": "C", "fiscal_year": 2025, "fiscal_period": month,
        "start_date": date(2025, month, 1), "end_date": end, "closed_at": closed,
    }
    for month, end, closed in (
        (1, date(2025, 1, 31), JANUARY_CLOSED), (2, date(2025, 2, 28), None),
    )
]  # fmt: skip
BOOKS = "d1 in 10@10; d5 out 8; d35 in 10@12; d40 out 6"
LATE = "; d2 in 5@20 #late ~45"  # dated January, known in the middle of February


def valued(events: str, method: str = "fifo") -> Valuation:
    told = story(method, events)
    told.periods = PERIODS
    return told.valued()


def january(valuation: Valuation, dated: str) -> pl.DataFrame:
    return valuation.entries.filter(pl.col(dated) < FIRST_OPEN)


@pytest.mark.parametrize("method", ["fifo", "lifo", "moving_average", "periodic_average"])
def test_a_late_receipt_leaves_the_closed_month_as_it_was(method: str) -> None:
    before, after = valued(BOOKS, method), valued(BOOKS + LATE, method)
    figures = ["event_id", "entry_kind", "posting_date", "qty_base", "cost_amount", "cogs_amount"]
    assert (
        january(after, "posting_date")
        .select(figures)
        .equals(january(before, "posting_date").select(figures))
    )
    closed = [one.closed_periods["closed_period_hash"].to_list() for one in (before, after)]
    assert closed[0] == closed[1] and len(closed[0]) == 1


@pytest.mark.parametrize("method", ["fifo", "lifo", "moving_average", "periodic_average"])
def test_by_valuation_date_the_month_is_what_it_would_have_been(method: str) -> None:
    after = valued(BOOKS + LATE, method)
    told = story(method, BOOKS + LATE.replace(" ~45", ""))
    in_time = told.valued()
    restated = january(after, "valuation_date")["cogs_amount"].sum()
    assert figure(restated) == figure(january(in_time, "posting_date")["cogs_amount"].sum())
    total = after.entries["cost_amount"].sum()
    assert total == after.layers["value_remaining"].sum()
    assert total == in_time.layers["value_remaining"].sum()


def test_the_deltas_are_posted_on_the_first_open_day_and_flagged() -> None:
    after = valued(BOOKS + LATE)
    deltas = after.entries.filter("is_backdated_closed")
    assert set(deltas["posting_date"]) == {FIRST_OPEN}
    assert "late" in deltas["event_id"].to_list()
    flags = after.flags.filter(pl.col("code") == "BACKDATED_CLOSED")
    assert flags["event_id"].to_list() == ["late"]


def test_what_was_known_in_time_makes_no_delta() -> None:
    in_time = valued(BOOKS + LATE.replace("~45", "~35"))
    assert not in_time.entries["is_backdated_closed"].any()
    assert in_time.flags.is_empty()


def test_a_changed_version_after_closing_is_a_delta_too() -> None:
    after = valued("d1 in 10@10 #r; d5 out 8; d40 out 1; d1 in 10@11 !r ~45")
    said = january(after, "posting_date")["cogs_amount"].sum()
    assert figure(said) == "80.00"
    assert figure(january(after, "valuation_date")["cogs_amount"].sum()) == "88.00"
    assert figure(after.layers["value_remaining"].sum()) == "11.00"
