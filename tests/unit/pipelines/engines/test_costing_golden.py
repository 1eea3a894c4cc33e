"""The golden table of every costing method: two issues out of three receipts, to the cent."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from models.vocabulary.costing_methods import COSTING_METHOD_CODES
from tests.unit.pipelines.engines.cost_story import DAY, Story, ending, entry, figure

EVENTS = [
    ("receipt", 100, 1000), ("receipt", 50, 600), ("issue", 120, None),
    ("receipt", 80, 1040), ("issue", 60, None),
]  # fmt: skip
# cost of sales of the first and the second issue, value of the 50 units at the end
GOLDEN = {
    "fifo": ("1240.00", "750.00", "650.00"),
    "lifo": ("1300.00", "780.00", "560.00"),
    "moving_average": ("1280.00", "741.82", "618.18"),
    "standard": ("1320.00", "660.00", "550.00"),
    "specific": ("1240.00", "750.00", "650.00"),
}
TOTALS = {"lifo_periodic": ("2140.00", "500.00"), "periodic_average": ("2066.09", "573.91")}


def told(method: str) -> Story:
    story = Story(method, standards=[("A", date(2020, 1, 1), "11")])
    lots = {"receipt": iter(("X", "Y", "Z"))}
    for place, (kind, qty, amount) in enumerate(EVENTS):
        lot = next(lots[kind]) if method == "specific" and kind in lots else ""
        if method == "specific" and kind == "issue":
            continue
        story.tell(kind, qty, amount, day=DAY + timedelta(days=place), lot_number=lot)
    if method == "specific":  # lots leave in the order in which they came
        for place, qty, lot in ((2, 100, "X"), (2, 20, "Y"), (4, 30, "Y"), (4, 30, "Z")):
            name = f"issue-{'3' if place == 2 else '5'}"
            story.tell(
                "issue", qty, day=DAY + timedelta(days=place), lot_number=lot,
                event_id=f"{name}-{lot}", movement_id=name,
            )  # fmt: skip
    return story


@pytest.mark.parametrize("method", sorted(GOLDEN))
def test_both_issues_and_the_ending_to_the_cent(method: str) -> None:
    valuation = told(method).valued()
    first, second = entry(valuation, "issue-3")[1], entry(valuation, "issue-5")[1]
    assert (first, second, *ending(valuation)) == (*GOLDEN[method][:2], "50", GOLDEN[method][2])


@pytest.mark.parametrize("method", sorted(TOTALS))
def test_the_period_and_the_ending_to_the_cent(method: str) -> None:
    valuation = told(method).valued()
    expense = valuation.entries.filter(pl.col("movement_id").str.starts_with("issue"))
    assert (figure(expense["cogs_amount"].sum()), *ending(valuation)) == (
        TOTALS[method][0], "50", TOTALS[method][1],
    )  # fmt: skip


def test_standard_puts_the_price_difference_beside_the_receipts() -> None:
    receipts = told("standard").valued().entries.filter(pl.col("entry_kind") == "receipt")
    assert [figure(amount) for amount in receipts["cogs_amount"]] == ["-100.00", "50.00", "160.00"]


def test_every_method_has_its_line_in_the_golden_table() -> None:
    assert {*GOLDEN, *TOTALS} == set(COSTING_METHOD_CODES)
