"""An address means the same rows on the page, in a bookmark and in a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from reporting.access import Role, Viewer
from reporting.dashboard.grid_filters import narrowed, order
from reporting.published import Published
from reporting.rows import (
    NoSuchRows,
    count_rows,
    fetch_rows,
    in_words,
    ordered_columns,
    read_address,
)


@pytest.mark.parametrize(
    ("table", "query", "expected"),
    [
        ("mart_unbilled", "", 14),
        ("mart_unbilled", "company=NORTH", 11),
        ("mart_unbilled", "company=NORTH&company=SOUTH", 14),
        ("mart_unbilled", "age_bucket=60%2B&company=NORTH", 6),
        ("mart_unbilled", "trigger_at.from=2025-11-10&trigger_at.to=2025-11-22", 4),
        ("mart_unbilled", "open_amount.from=125&open_amount.to=137.50", 2),
        ("mart_unbilled", "order_id.has=o100", 14),
        ("mart_unbilled", "open_amount=nonsense", 0),
        ("fct_exception", "status.not=resolved", 8),
        ("fct_exception", "leakage_category=", 3),
        ("fct_exception", "leakage_category.not=", 6),
        ("fct_stock_position", "is_valued=true", 6),
        ("fct_gl_tieout", "period=latest", 6),
        # what is known of the row's item, where the table itself does not say it
        ("fct_demand", "category=Safety", 40),
        ("fct_demand", "category=Safety&category=Electrical&base_uom=M", 2),
        ("fct_demand", "category.not=Fasteners&category.not=Safety&category.has=range", 8),
        ("fct_stock_position", "category=", 7),
        ("fct_demand", "abc_class.not=&item_id=glove", 0),
        ("fct_gl_tieout", "period=latest&status=unexplained", 3),
    ],
)
def test_an_address_selects_rows(
    published_sample: Path, table: str, query: str, expected: int
) -> None:
    published = Published(published_sample)
    chosen = read_address(table, query)
    assert count_rows(published, chosen) == expected
    assert fetch_rows(published, chosen).height == expected


def test_an_address_survives_being_written_again() -> None:
    for query in ("company=A&status.not=x&status.not=y", "age_bucket=60%2B&period=latest"):
        chosen = read_address("fct_exception", query)
        assert read_address("fct_exception", chosen.query_string()) == chosen


@pytest.mark.parametrize(
    ("table", "query"),
    [
        ("serve", ""),
        ("fct_exception", "colour=red"),
        ("fct_demand", "cost_standard=2.5"),
        ("dim_location", "category=Safety"),
        ("fct_exception", "status.like=x"),
        ("fct_exception", 'status" or 1=1 --=x'),
        ("mart_unbilled", "period=latest"),
    ],
)
def test_an_address_that_names_nothing_is_refused(
    published_sample: Path, table: str, query: str
) -> None:
    with pytest.raises(NoSuchRows):
        count_rows(Published(published_sample), read_address(table, query))


def test_a_hidden_column_is_no_filter_and_no_order(published_sample: Path) -> None:
    published = Published(published_sample, Viewer(Role.WAREHOUSE))
    with pytest.raises(NoSuchRows, match="cannot be filtered"):
        count_rows(published, read_address("fct_stock_position", "value_amount.from=100"))
    plain = read_address("fct_stock_position", "")
    by_cost = fetch_rows(published, plain, sort=[("value_amount", True)])
    assert by_cost.equals(fetch_rows(published, plain))


def test_pages_follow_each_other_without_gap_or_overlap(published_sample: Path) -> None:
    published = Published(published_sample)
    chosen = read_address("mart_unbilled", "")
    sort = [("currency", True)]
    pages = [
        row
        for start in range(0, 14, 5)
        for row in fetch_rows(published, chosen, sort=sort, start=start, end=start + 5).iter_rows()
    ]
    assert pages == list(fetch_rows(published, chosen, sort=sort).iter_rows())
    assert len(set(pages)) == 14


def test_the_rows_that_matter_most_come_first(published_sample: Path) -> None:
    published = Published(published_sample)
    amounts = fetch_rows(published, read_address("mart_unbilled", ""))["open_amount"].to_list()
    assert amounts == sorted(amounts, reverse=True)
    asked = fetch_rows(
        published, read_address("mart_unbilled", ""), sort=[("open_amount", False)], end=3
    )
    assert asked["open_amount"].to_list() == sorted(amounts)[:3]


def test_the_columns_people_need_come_first_and_those_of_the_run_last(
    published_sample: Path,
) -> None:
    names = [
        column.name for column in ordered_columns(Published(published_sample), "mart_unbilled")
    ]
    assert names[:3] == ["company_id", "order_id", "order_line"]
    assert names[-2:] == ["as_of_at", "watermark_at"]


def test_a_selection_says_in_words_what_it_keeps() -> None:
    chosen = read_address("fct_exception", "company=N&status.not=resolved&owner_role=")
    assert in_words(chosen) == [
        "Company is N",
        "Status is not resolved",
        "Who acts is not given",
    ]


@pytest.mark.parametrize(
    ("column", "asked", "expected"),
    [
        ("code", {"filterType": "text", "type": "contains", "filter": "negative st"}, 1),
        ("code", {"filterType": "text", "type": "equals", "filter": "Under-priced"}, 1),
        ("code", {"filterType": "text", "type": "contains", "filter": "no such"}, 0),
        ("business_key", {"filterType": "text", "type": "contains", "filter": "ORDER 5"}, 1),
        ("leakage_category", {"filterType": "text", "type": "blank"}, 3),
        ("exposure_amount", {"filterType": "number", "type": "equals", "filter": 37.5}, 1),
        (
            "exposure_amount",
            {"filterType": "number", "type": "inRange", "filter": 37.5, "filterTo": 100},
            2,
        ),
        (
            "first_event_at",
            {"filterType": "date", "type": "equals", "dateFrom": "2026-01-05 00:00:00"},
            9,
        ),
    ],
)
def test_filters_of_the_grid_become_conditions(
    published_sample: Path, column: str, asked: dict[str, object], expected: int
) -> None:
    published = Published(published_sample)
    chosen = narrowed(published, read_address("fct_exception", ""), {column: asked})
    assert count_rows(published, chosen) == expected


def test_the_order_of_the_grid_is_read() -> None:
    assert order([{"colId": "code", "sort": "desc"}]) == [("code", True)]
    assert order(None) == []
