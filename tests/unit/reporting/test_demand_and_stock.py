"""Every mark of the page is what its rows add up to, found again through its address."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

import duckdb
import polars as pl
import pytest

from reporting.access import Role, Viewer
from reporting.figures import demand, stock_levels
from reporting.figures.demand import stock_outs, weekly_demand
from reporting.figures.demand_sizes import demand_sizes
from reporting.figures.item_history import Item, item_history, offered_items
from reporting.figures.pictures import Mark, Picture, look_at
from reporting.figures.stock_levels import stock_by_week, stock_now
from reporting.published import Published
from reporting.rows import Selection, fetch_rows, read_address
from tests.unit.reporting.published_sample import write_version

SCOPES = [(None, "EA"), (None, "M"), ("NORTH", "EA"), ("NORTH", "M"), ("SOUTH", None)]


@pytest.fixture
def published(published_sample: Path) -> Published:
    return Published(published_sample)


@pytest.fixture
def bolt(published: Published) -> Item:
    return offered_items(published, "NORTH", key="NORTH/bolt")[0]


def opened(published: Published, opens: Selection) -> pl.DataFrame:
    """The rows that the address of a mark shows."""
    parts = urlsplit(opens.address())
    return fetch_rows(published, read_address(parts.path.removeprefix("/rows/"), parts.query))


def marks(picture: Picture) -> Iterator[Mark]:
    assert picture.missing is None
    for one in picture.series:
        yield from one.marks


def label_and_quantity(picture: Picture) -> dict[str, Decimal]:
    return {one.label: one.total for one in picture.series}


@pytest.mark.parametrize(("company", "unit"), SCOPES)
def test_every_mark_opens_rows_that_add_up_to_it(
    published: Published, company: str | None, unit: str | None
) -> None:
    scope = look_at(published, company, unit)
    for picture, column in (
        (weekly_demand(published, scope), "demand_qty"),
        (stock_by_week(published, scope), "qty_change"),
        (stock_now(published, scope), "qty_base"),
    ):
        if picture.missing:
            assert unit == "M" and "needs rows in table fct_stock_position" in picture.missing
            continue
        for mark in marks(picture):
            rows = opened(published, mark.opens)
            assert rows[column].sum() == mark.quantity, (picture.title, mark)
            assert mark.count in (None, rows.height)


def test_series_add_up_to_everything_asked_for(published: Published) -> None:
    found = weekly_demand(published, look_at(published, "NORTH", "EA"))
    everything = published.one(
        "select sum(demand_qty) as n from fct_demand where company_id = 'NORTH' and item_id <> 'cable'"
    )
    assert sum(label_and_quantity(found).values()) == everything["n"]
    # ten categories, seven of them by name: "others" are the three with the least demand
    assert label_and_quantity(found)["Other categories"] == 1 + 2 + 3
    assert len({one.group for one in found.series}) == 8


def test_what_fell_on_promotion_days_is_a_series_of_its_own(published: Published) -> None:
    found = weekly_demand(published, look_at(published, "NORTH", "EA"))
    promoted = {one.label: one for one in found.series if one.is_second}
    assert [mark.label for mark in promoted["Fasteners, on promotion"].marks] == [
        "week from 02 Feb 2026",
        "week from 09 Feb 2026",
    ]
    assert promoted["Fasteners, on promotion"].group == "Fasteners"


def test_weeks_that_the_data_covers_in_part_or_that_lie_ahead_are_marked(
    published: Published,
) -> None:
    found = weekly_demand(published, look_at(published, "NORTH", "EA"))
    partly = {mark.at for one in found.series for mark in one.marks if not mark.is_complete}
    # data from Wednesday 3 December to Thursday 19 March, one order for 25 March
    assert partly == {date(2025, 12, 1), date(2026, 3, 16), date(2026, 3, 23)}


def test_only_the_last_weeks_are_shown_and_levels_stay_what_they_are(
    published: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    scope = look_at(published, "NORTH", "EA")
    whole = {one.label: one.marks for one in stock_by_week(published, scope).series}
    for module in (demand, stock_levels):
        monkeypatch.setattr(module, "MOST_WEEKS", 4)
    short = {one.label: one.marks for one in stock_by_week(published, scope).series}
    assert short["Main warehouse"] == whole["Main warehouse"][-4:]
    shown = {mark.at for mark in marks(weekly_demand(published, scope))}
    # an order for the week after does not push out the past
    assert (min(shown), max(shown)) == (date(2026, 2, 23), date(2026, 3, 23))


def test_a_week_without_change_carries_the_level_on(published: Published) -> None:
    found = stock_by_week(published, look_at(published, "NORTH", "EA"))
    main = next(one for one in found.series if one.label == "Main warehouse")
    by_day = {mark.at: mark.quantity for mark in main.marks}
    assert by_day[date(2025, 11, 30)] == 500
    assert by_day[date(2025, 12, 7)] == by_day[date(2025, 12, 21)] == 400
    assert by_day[date(2025, 12, 28)] == 150
    assert main.marks[-1].at == date(2026, 3, 19)
    reserved = next(one for one in found.series if one.label == "Main warehouse, other states")
    assert reserved.marks[-1].quantity == 10
    assert any(one.label == "Other places of NORTH" for one in found.series)


def test_what_left_us_is_in_no_picture_of_stock(published: Published) -> None:
    scope = look_at(published, "NORTH", "EA")
    for picture in (stock_now(published, scope), stock_by_week(published, scope)):
        for mark in marks(picture):
            states = opened(published, mark.opens)["stock_state"].to_list()
            assert not [state for state in states if state.startswith("EXT_")]


def test_quantities_of_different_units_are_never_added(published: Published) -> None:
    assert look_at(published).units == ("EA", "M")
    assert look_at(published, unit="BOX").unit == "EA"
    assert look_at(published, "SOUTH", "M").unit == "EA"
    metres = weekly_demand(published, look_at(published, unit="M"))
    assert (metres.unit, label_and_quantity(metres)) == ("M", {"Electrical": Decimal("3.25")})


def test_size_classes_open_the_days_they_count(published: Published) -> None:
    for unit in ("EA", "M"):
        sizes = demand_sizes(published, look_at(published, "NORTH", unit))
        for mark in marks(sizes.picture):
            assert opened(published, mark.opens).height == mark.count, mark
        for one in sizes.classes:
            asked = opened(published, one.opens)["demand_qty"]
            assert (asked.len(), asked.max()) == (one.days, one.largest)
            assert asked.filter(asked <= one.median).len() * 2 >= one.days
        for series in sizes.picture.series:
            assert sum(mark.count or 0 for mark in series.marks) == next(
                one.days for one in sizes.classes if one.label == series.label
            )


def test_size_classes_fit_whole_pieces_and_fractions(published: Published) -> None:
    pieces = demand_sizes(published, look_at(published, "NORTH", "EA"))
    assert pieces.names[:4] == ("1", "2–4", "5–9", "10–19")
    assert pieces.names[-1] == "1,000–1,999"
    metres = demand_sizes(published, look_at(published, "NORTH", "M"))
    assert [mark.at for mark in marks(metres.picture)] == ["under 1", "2 to under 5"]
    assert "ABC class" in metres.picture.title


def test_without_an_abc_class_the_category_takes_its_place(tmp_path: Path) -> None:
    home = write_version(tmp_path, without=("dim_item",))
    with_items = (
        "create table dim_item as select 'NORTH' as company_id, 'bolt' as item_id,"
        " 'Bolt' as item_name, 'Fasteners' as category, cast(null as varchar) as abc_class,"
        " 'EA' as base_uom"
    )
    with duckdb.connect(str(home / "serve.duckdb")) as connection:
        connection.sql(with_items)
    published = Published(tmp_path)
    sizes = demand_sizes(published, look_at(published, "NORTH"))
    assert [one.label for one in sizes.classes] == ["Fasteners", "Category not given"]


def test_days_out_of_stock_are_counted_per_item_and_place(published: Published) -> None:
    found = stock_outs(published, look_at(published, "NORTH", "EA"))
    first = found.lines[0]
    assert (first.item, first.place, first.days, first.of_days) == ("bolt", "depot", 31, 107)
    # half a day without stock is no day without stock, and an unknown day is none either
    assert [line.days for line in found.lines if line.item == "glove"] == [1]
    for line in found.lines:
        rows = opened(published, line.opens)
        assert rows.height == line.days
        assert rows["demand_qty"].sum() == line.asked_qty
    unknown = stock_outs(published, look_at(published, "SOUTH"))
    assert unknown.missing == (
        "not available: needs in_stock_share in table fct_demand (no stock ledger)"
    )


def test_one_item_shows_each_day_beside_each_place(published: Published, bolt: Item) -> None:
    history = item_history(published, bolt)
    for mark in marks(history.demand):
        assert opened(published, mark.opens)["demand_qty"].sum() == mark.quantity
    for mark in marks(history.stock):
        assert opened(published, mark.opens)["qty_change"].sum() == mark.quantity, mark
    main = next(one for one in history.stock.series if one.label == "Main warehouse")
    # what lay there before the first day shown, each change, and the last day
    assert [(mark.at, mark.quantity) for mark in main.marks] == [
        (date(2025, 2, 17), 500),
        (date(2025, 12, 3), 400),
        (date(2025, 12, 24), 150),
        (date(2026, 3, 10), 230),
        (date(2026, 3, 19), 230),
    ]
    assert [(point.place, point.quantity) for point in history.reorder] == [
        ("Main warehouse", Decimal("120.500000"))
    ]
    assert opened(published, history.reorder[0].opens).height == 1


def test_places_beyond_those_told_apart_are_counted(published: Published) -> None:
    part = offered_items(published, "NORTH", "part-1")[0]
    history = item_history(published, part)
    assert (len(history.stock.series), history.places_left_out) == (6, 1)


def test_items_are_found_by_number_and_name(published: Published) -> None:
    assert [item.key for item in offered_items(published, text="of the SOUTH")] == ["SOUTH/bolt"]
    assert [item.key for item in offered_items(published, "NORTH", "nut")] == ["NORTH/nut"]
    # the most days of demand first, and before all the one already chosen
    assert offered_items(published)[0].key == "NORTH/bolt"
    chosen = offered_items(published, text="bolt", key="NORTH/nut")
    assert [item.key for item in chosen] == ["NORTH/nut", "NORTH/bolt", "SOUTH/bolt"]
    assert "NORTH/nut" not in [
        one.key for one in offered_items(published, "SOUTH", "", "NORTH/nut")
    ]


def test_a_viewer_of_one_company_sees_no_other(published_sample: Path) -> None:
    south = Published(published_sample, Viewer(Role.PLANNING, frozenset({"SOUTH"})))
    scope = look_at(south)
    assert {item.company_id for item in offered_items(south, text="o")} == {"SOUTH"}
    assert label_and_quantity(weekly_demand(south, scope)) == {"Fasteners": Decimal(7)}
    assert [one.label for one in stock_by_week(south, scope).series] == ["South store"]


def test_what_is_absent_or_empty_is_named(tmp_path: Path) -> None:
    home = write_version(
        tmp_path, without=("fct_stock_position", "fct_stock_position_daily", "mart_reorder")
    )
    with duckdb.connect(str(home / "serve.duckdb")) as connection:
        connection.sql("delete from fct_demand")
    published = Published(tmp_path)
    scope = look_at(published)
    empty = "not available: needs rows in table fct_demand"
    assert weekly_demand(published, scope).missing == empty
    assert demand_sizes(published, scope).picture.missing == empty
    assert stock_outs(published, scope).missing == empty
    for picture, table in (
        (stock_now(published, scope), "fct_stock_position"),
        (stock_by_week(published, scope), "fct_stock_position_daily"),
    ):
        assert picture.missing == f"not available: needs table {table}"
    history = item_history(published, offered_items(published)[0])
    assert (history.demand.missing, history.reorder) == (empty, ())
