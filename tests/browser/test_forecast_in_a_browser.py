"""The page "Forecast" as a planner uses it: choose an item and a place, point at a mark, open rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.charts import click_middle, open_page, open_whole, panel, rows_said
from tests.browser.conftest import serving

PAGE = "forecast"


@pytest.mark.parametrize(
    ("title", "mark", "table", "rows"),
    [
        ("One item", ".scatterlayer .trace:last-child .point", "mart_forecast", 3),
        ("Accuracy by segment", ".bars .point path", "mart_forecast_accuracy", 1),
        ("What service costs", ".scatterlayer .point", "mart_exchange_curve", 1),
        ("What the forecast means in money", ".bars .point path", "mart_financial_plan", 2),
    ],
)
def test_a_mark_opens_its_rows(
    guarded_page, address: str, title: str, mark: str, table: str, rows: int
) -> None:
    open_page(guarded_page, f"{address}/{PAGE}?company=NORTH")
    click_middle(guarded_page, panel(guarded_page, title).locator(mark).first)
    guarded_page.wait_for_url(f"**/rows/{table}?*")
    assert rows_said(guarded_page) == rows


def test_another_place_is_one_click_away_and_stays_in_the_address(
    guarded_page, address: str
) -> None:
    open_page(guarded_page, f"{address}/{PAGE}?company=NORTH&item=NORTH%2Fbolt")
    one = panel(guarded_page, "One item")
    expect(one).to_contain_text("promotion in the days ahead")
    one.get_by_role("link", name="depot").click()
    guarded_page.wait_for_url("**place=depot")
    expect(one).to_contain_text("a simple method decides here")
    expect(panel(guarded_page, "What planners said instead")).to_contain_text("fair in April")


def test_the_demo_is_shown(
    guarded_page, demo_workspace: Path, picture: Callable[..., None]
) -> None:
    with serving(demo_workspace / "published") as at:
        open_whole(guarded_page, f"{at}/{PAGE}", charts=4)
        picture(guarded_page, "forecast", whole=True)
