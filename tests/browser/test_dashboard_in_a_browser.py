"""The dashboard as a person uses it: every number opens its rows, every grid gives its files."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from reporting.access import Role
from tests.browser.conftest import serving
from tests.unit.reporting.published_sample import write_version

CARDS = ("unbilled", "exceptions", "stock", "ledger", "rejected")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    write_version(folder)
    return folder


@pytest.fixture(scope="module")
def address(sample: Path) -> Iterator[str]:
    with serving(sample, Role.ADMIN) as at:
        yield at


def open_page(page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector("#content")


def wait_for_rows(page) -> None:
    page.wait_for_selector("#grid .ag-row .ag-cell-value")


def rows_said(page) -> int:
    return int(re.sub(r"\D", "", page.inner_text("#row-count")))


def test_every_card_opens_its_rows(guarded_page, address: str) -> None:
    for card in CARDS:
        open_page(guarded_page, address)
        guarded_page.click(f"#card-{card}")
        wait_for_rows(guarded_page)
        assert rows_said(guarded_page) > 0, card
        assert "/rows/" in guarded_page.url


def test_a_bar_opens_the_rows_it_stands_for(guarded_page, address: str) -> None:
    open_page(guarded_page, f"{address}/?company=NORTH")
    bars = guarded_page.locator(".panel:has-text('Open exceptions by problem') .bars .point path")
    box = bars.nth(1).bounding_box()
    guarded_page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=3)
    guarded_page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    wait_for_rows(guarded_page)
    assert "code=UNBILLED" in guarded_page.url
    assert rows_said(guarded_page) == 2
    guarded_page.go_back()
    guarded_page.wait_for_selector("#card-unbilled")


def test_the_company_is_kept_in_the_address(guarded_page, address: str) -> None:
    open_page(guarded_page, address)
    guarded_page.click("#company")
    guarded_page.click("[role=option]:has-text('SOUTH')")
    guarded_page.wait_for_url("**/?company=SOUTH")
    card = guarded_page.locator("#card-unbilled")
    expect(card).not_to_contain_text("825.00")
    expect(card).to_contain_text("75.00 USD")
    guarded_page.reload()
    expect(card).to_contain_text("75.00 USD")


def test_the_grid_loads_further_rows_from_the_server(guarded_page, address: str) -> None:
    open_page(guarded_page, f"{address}/rows/fct_expected_billing")
    wait_for_rows(guarded_page)
    assert rows_said(guarded_page) == 120
    assert guarded_page.locator("#grid .ag-center-cols-container .ag-row").count() < 100
    guarded_page.locator("#grid .ag-body-viewport").evaluate("one => one.scrollTo(0, 1e6)")
    guarded_page.wait_for_selector("#grid .ag-row[row-index='119'] .ag-cell-value")


def test_a_grid_can_be_filtered_and_exported_as_seen(
    guarded_page, address: str, tmp_path: Path
) -> None:
    open_page(guarded_page, f"{address}/rows/fct_exception?status.not=resolved")
    wait_for_rows(guarded_page)
    field = guarded_page.get_by_label("Problem Filter Input")
    field.fill("under-pri")
    expect(guarded_page.locator("#row-count")).to_have_text("1 row")
    for kind in ("csv", "xlsx"):
        with guarded_page.expect_download() as waiting:
            guarded_page.click(f"#export-{kind}")
        waiting.value.save_as(tmp_path / f"rows.{kind}")
    with (tmp_path / "rows.csv").open(encoding="utf-8") as file:
        assert [row["code"] for row in csv.DictReader(file)] == ["UNDER_PRICED"]
    sheet = openpyxl.load_workbook(tmp_path / "rows.xlsx").active
    assert sheet.max_row == 2


def test_another_role_sees_why_a_number_is_not_there(guarded_page, sample: Path) -> None:
    with serving(sample, Role.SALES) as at:
        open_page(guarded_page, at)
        assert "not shown to the role sales" in guarded_page.inner_text("#card-stock")
        open_page(guarded_page, f"{at}/rows/fct_gl_tieout")
        assert "not shown to the role sales" in guarded_page.inner_text("#content")


def test_every_table_of_the_list_opens(guarded_page, address: str) -> None:
    open_page(guarded_page, f"{address}/tables")
    links = guarded_page.locator("table.listing a").evaluate_all("all => all.map(one => one.href)")
    assert len(links) > 5
    for link in links:
        open_page(guarded_page, link)
        wait_for_rows(guarded_page)


def test_the_demo_is_shown(
    guarded_page, demo_workspace: Path, picture: Callable[..., None]
) -> None:
    with serving(demo_workspace / "published") as at:
        open_page(guarded_page, at)
        guarded_page.wait_for_selector(".js-plotly-plot .bars")
        assert guarded_page.locator(".card.is-missing").count() == 0
        picture(guarded_page, "overview", whole=True)
        guarded_page.click("#card-unbilled")
        wait_for_rows(guarded_page)
        assert rows_said(guarded_page) > 0
        guarded_page.mouse.move(5, 5)
        picture(guarded_page, "rows")
