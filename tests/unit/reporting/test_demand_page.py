"""The page "Demand and stock": its panels, its address, and what each role is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reporting.access import Role
from tests.unit.reporting.posted_reader import Reader
from tests.unit.reporting.published_sample import TABLES, write_version

PAGE = "/demand-and-stock"
PANELS = (
    "Asked for, by week and category",
    "One item: demand and stock by day",
    "Stock by place, at the end of each week",
    "Stock now, by place and state",
    "How much is asked for at a time",
    "Days out of stock",
)


@pytest.fixture
def admin(published_sample: Path) -> Reader:
    return Reader(published_sample, Role.ADMIN)


def page_of(reader: Reader, address: str) -> str:
    """The page as text; Dash escapes strokes, so that no text ends a script."""
    return reader.page(address).replace("\\u002f", "/")


@pytest.mark.parametrize("role", list(Role))
def test_every_role_sees_every_panel(published_sample: Path, role: Role) -> None:
    page = Reader(published_sample, role).page(PAGE)
    assert [title for title in PANELS if title not in page] == []
    assert "not shown to the role" not in page and "not available" not in page


def test_the_page_stays_with_the_company_of_its_address(admin: Reader) -> None:
    assert "South store" in page_of(admin, PAGE)
    north = page_of(admin, f"{PAGE}?company=NORTH")
    assert "South store" not in north and "Main warehouse" in north
    assert "company=SOUTH" not in north


def test_quantities_in_another_unit_are_one_click_away(admin: Reader) -> None:
    page = page_of(admin, f"{PAGE}?company=NORTH&item=NORTH%2Fnut")
    assert "Quantities in EA" in page
    assert f"{PAGE}?unit=M&company=NORTH&item=NORTH%2Fnut" in page
    assert "Quantities in M" in page_of(admin, f"{PAGE}?unit=M")


def test_an_item_that_is_not_there_is_said_and_another_can_be_chosen(admin: Reader) -> None:
    page = page_of(admin, f"{PAGE}?company=SOUTH&item=NORTH%2Fnut")
    assert "There is no item NORTH/nut here" in page
    assert "Bolt of the south" in page


def test_typing_finds_items_and_keeps_the_chosen_one(admin: Reader) -> None:
    def offered(typed: str | None, chosen: str | None) -> list[str]:
        values = {
            "item.searchValue": typed,
            "item.value": chosen,
            "address.search": "?company=NORTH",
        }
        answer = admin.post("item.data", values, changed="item.searchValue").text
        return [one["value"] for one in json.loads(answer)["response"]["item"]["data"]]

    assert offered("nut", "NORTH/bolt") == ["NORTH/bolt", "NORTH/nut"]
    # the field shows its own choice: nothing was typed
    assert len(offered("bolt Bolt", "NORTH/bolt")) > 10
    assert len(offered(None, None)) > 10


def test_an_item_is_kept_in_the_address_and_leaves_with_its_company(admin: Reader) -> None:
    values = {
        "item.value": "NORTH/nut",
        "item-shown.data": "NORTH/bolt",
        "address.search": "?company=NORTH&item=NORTH%2Fbolt",
    }
    chosen = admin.post("address.search", values, changed="item.value").text
    assert "?company=NORTH&item=NORTH%2Fnut" in chosen
    shown = {**values, "item.value": "NORTH/bolt"}
    # what the field shows when the page appears is no choice
    assert admin.post("address.search", shown, changed="item.value").status_code == 204
    for company, kept in (("SOUTH", False), ("NORTH", True)):
        moved = {"company.value": company, "address.search": "?item=NORTH%2Fnut"}
        answer = admin.post("address.search", moved, changed="company.value").text
        assert ("item=NORTH%2Fnut" in answer) == kept


def test_a_panel_without_its_tables_says_what_it_needs(tmp_path: Path) -> None:
    write_version(tmp_path, without=tuple(TABLES))
    page = Reader(tmp_path, Role.ADMIN).page(PAGE)
    for table in ("fct_demand", "fct_stock_position_daily", "fct_stock_position", "dim_item"):
        assert f"not available: needs table {table}" in page
