"""The page "Demand and stock" as a person uses it: pick an item, point at a mark, open its rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.charts import click_middle, open_page, open_whole, panel, pick, rows_said
from tests.browser.conftest import serving

PAGE = "demand-and-stock"


def test_the_page_is_reached_from_the_first_one(guarded_page, address: str) -> None:
    guarded_page.goto(f"{address}/?company=NORTH")
    guarded_page.click("nav >> text=Demand and stock")
    guarded_page.wait_for_url(f"**/{PAGE}?company=NORTH")
    expect(panel(guarded_page, "Asked for, by week and category")).to_be_visible()
    # nothing but the reader changes the address, not even once all of the page has answered
    guarded_page.wait_for_selector(".js-plotly-plot .point")
    assert guarded_page.url.endswith(f"/{PAGE}?company=NORTH")


@pytest.mark.parametrize(
    ("title", "mark", "table"),
    [
        ("Asked for, by week and category", ".bars .point path", "fct_demand"),
        ("Stock now, by place and state", ".bars .point path", "fct_stock_position"),
        ("How much is asked for at a time", ".bars .point path", "fct_demand"),
        ("Stock by place, at the end of", ".scatter .point", "fct_stock_position_daily"),
        ("One item", ".scatter .point", "fct_stock_position_daily"),
        ("One item", ".bars .point path", "fct_demand"),
    ],
)
def test_a_mark_opens_its_rows(
    guarded_page, address: str, title: str, mark: str, table: str
) -> None:
    open_page(guarded_page, f"{address}/{PAGE}?company=NORTH")
    click_middle(guarded_page, panel(guarded_page, title).locator(mark).nth(1))
    guarded_page.wait_for_url(f"**/rows/{table}?*")
    assert rows_said(guarded_page) > 0
    guarded_page.go_back()
    guarded_page.wait_for_url(f"**/{PAGE}?company=NORTH")


def test_an_item_is_picked_by_typing_and_kept_in_the_address(guarded_page, address: str) -> None:
    open_page(guarded_page, f"{address}/{PAGE}?company=NORTH")
    one = panel(guarded_page, "One item")
    expect(one).to_contain_text("Main warehouse")
    pick(guarded_page, "part 7", "Part 7")
    guarded_page.wait_for_url("**item=NORTH%2Fpart-7")
    expect(one).to_contain_text("needs rows in table fct_stock_position_daily")
    guarded_page.reload()
    expect(guarded_page.locator("#item")).to_have_value("part-7 Part 7")
    one.get_by_role("link", name="demand", exact=True).click()
    assert rows_said(guarded_page) == 1


def test_days_out_of_stock_open_day_by_day(guarded_page, address: str) -> None:
    open_page(guarded_page, f"{address}/{PAGE}?company=NORTH")
    panel(guarded_page, "Days out of stock").get_by_role("link", name="bolt").click()
    assert rows_said(guarded_page) == 31


def test_the_demo_is_shown(
    guarded_page, demo_workspace: Path, picture: Callable[..., None]
) -> None:
    with serving(demo_workspace / "published") as at:
        open_whole(guarded_page, f"{at}/{PAGE}", charts=5)
        picture(guarded_page, "demand-and-stock", whole=True)
