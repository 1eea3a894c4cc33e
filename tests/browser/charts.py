"""Pages with charts as a person uses them: open one, find a panel, click a mark, count the rows."""

from __future__ import annotations

import re

from playwright.sync_api import expect


def open_page(page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector(".js-plotly-plot .point")


def panel(page, title: str):
    return page.locator(f".panel:has(h2:text('{title}'))")


def click_middle(page, mark) -> None:
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.move(*middle, steps=3)
    # A person clicks what answers the pointer.
    page.wait_for_selector(".hovertext", state="attached")
    page.mouse.click(*middle)


def rows_said(page) -> int:
    page.wait_for_selector("#grid .ag-row .ag-cell-value")
    return int(re.sub(r"\D", "", page.inner_text("#row-count")))


def pick(page, typed: str, offered: str) -> None:
    page.click("#item")
    page.fill("#item", typed)
    page.click(f"[role=option]:has-text('{offered}')")


def open_whole(page, address: str, charts: int) -> None:
    """Open a page that has everything it needs, and take the pointer off its charts."""
    open_page(page, address)
    expect(page.locator(".missing")).to_have_count(0)
    expect(page.locator(".js-plotly-plot")).to_have_count(charts)
    page.mouse.move(5, 5)
