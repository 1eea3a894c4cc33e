"""One item: what was asked for each day, beside what lay on hand at each place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any

from reporting.display import day
from reporting.figures.pictures import (
    Mark,
    Picture,
    Series,
    lacking,
    last_day,
    place_names,
    unit_label,
)
from reporting.figures.stock_levels import MOST_PLACES, ON_HAND
from reporting.published import Published
from reporting.rows import Selection, selection, where_clause

# Days that the picture reaches back: a year, and the month a year ago to compare with.
MOST_DAYS = 396
# Items offered to choose from at once; typing finds the others.
MOST_OFFERED = 50


@dataclass(frozen=True, slots=True)
class Item:
    """An item of one company; `key` names it in an address."""

    key: str
    company_id: str
    item_id: str
    name: str
    unit: str

    @property
    def label(self) -> str:
        named = "" if self.name == self.item_id else f" {self.name}"
        return f"{self.item_id}{named}"


@dataclass(frozen=True, slots=True)
class ReorderPoint:
    """What mart_reorder advises for a place: order when the position is at or below it."""

    place: str
    quantity: Decimal
    opens: Selection


@dataclass(frozen=True, slots=True)
class ItemHistory:
    """Demand by day, stock on hand by place, and the reorder points of today."""

    item: Item
    demand: Picture
    stock: Picture
    reorder: tuple[ReorderPoint, ...] = ()
    # Places with stock that are not drawn, because there are too many to tell apart.
    places_left_out: int = 0


def offered_items(
    published: Published, company: str | None = None, text: str = "", key: str | None = None
) -> tuple[Item, ...]:
    """Items whose number or name holds the text, those with the most days of demand first.

    The item named by `key`, if it is there, is the first of them.
    """
    if published.missing("dim_item", ("company_id", "item_id", "item_name", "base_uom")):
        return ()
    asked = "select company_id, item_id, 0 as days from dim_item where false"
    if published.missing("fct_demand", ("company_id", "item_id", "demand_qty")) is None:
        asked = (
            "select company_id, item_id, count(*) as days from fct_demand"
            " where demand_qty > 0 group by company_id, item_id"
        )
    rows = published.rows(
        _OFFERED.format(asked=asked, limit=MOST_OFFERED),
        {"company": company, "text": text.strip(), "key": key},
    )
    return tuple(
        Item(row["key"], row["company_id"], row["item_id"], row["item_name"], row["unit"])
        for row in rows
    )


_OFFERED = """
    with asked as ({asked})
    select
        item.company_id || '/' || item.item_id as key,
        item.company_id,
        item.item_id,
        coalesce(item.item_name, item.item_id) as item_name,
        coalesce(item.base_uom, '') as unit
    from dim_item as item
    left join asked using (company_id, item_id)
    where ($company is null or item.company_id = $company)
        and (
            contains(lower(concat_ws(' ', item.item_id, item.item_name)), lower($text))
            or item.company_id || '/' || item.item_id = $key
        )
    order by
        coalesce(item.company_id || '/' || item.item_id = $key, false) desc,
        coalesce(asked.days, 0) desc,
        item.company_id,
        item.item_id
    limit {limit}
"""


def item_history(published: Published, item: Item) -> ItemHistory:
    """Demand and stock of one item over the days that both pictures share."""
    demand = selection("fct_demand", item.company_id, {"item_id": item.item_id})
    stock = selection(
        "fct_stock_position_daily",
        item.company_id,
        {"item_id": item.item_id, "stock_state": ON_HAND},
    )
    reach = _reach(published, demand, stock)
    first = reach - timedelta(days=MOST_DAYS - 1)
    levels, left_out = _levels(published, item, stock, first, reach)
    return ItemHistory(
        item=item,
        demand=_days(published, item, demand, first),
        stock=levels,
        reorder=_reorder(published, item),
        places_left_out=left_out,
    )


def _reach(published: Published, *looked_at: Selection) -> date:
    """Last day of the picture: the last the data covers, at most the last it has rows of."""
    found = [date.min]
    for opens in looked_at:
        if published.missing(opens.table, ("company_id", "item_id", "date")) is None:
            latest = published.one(f"select max(date) as last from {opens.table}")["last"]
            found += [last_day(published, latest)] if latest else []
    return max(max(found), date.min + timedelta(days=MOST_DAYS))


def _days(published: Published, item: Item, opens: Selection, first: date) -> Picture:
    title = "Asked for, by day"
    needs = ("company_id", "item_id", "date", "demand_qty", "promo")
    if missing := lacking(published, opens, needs):
        return Picture(title, missing=missing)
    where, parameters = where_clause(
        published, opens.where("date", first.isoformat(), operation="from")
    )
    rows = published.rows(
        "select date, bool_or(promo) as promo, sum(demand_qty) as quantity, count(*) as n"
        f" from fct_demand{where} group by date having sum(demand_qty) > 0 order by promo, date",
        parameters,
    )
    series = []
    for promo, days in groupby(rows, key=lambda row: row["promo"]):
        marks = tuple(
            Mark(
                at=row["date"],
                quantity=row["quantity"],
                opens=opens.where("date", row["date"].isoformat()),
                label=day(row["date"]),
                count=row["n"],
            )
            for row in days
        )
        label = "Asked for, on promotion" if promo else "Asked for"
        series.append(Series(label, "Asked for", marks, is_second=promo))
    return Picture(title, tuple(series), unit_label(item.unit))


def _levels(
    published: Published, item: Item, opens: Selection, first: date, reach: date
) -> tuple[Picture, int]:
    """On hand at each place after every day of change, carried on to the last day."""
    title = "On hand, by place"
    needs = ("company_id", "item_id", "location_id", "stock_state", "date", "qty_base")
    if missing := lacking(published, opens, needs):
        return Picture(title, missing=missing), 0
    where, parameters = where_clause(published, opens)
    rows = published.rows(_LEVELS.format(where=where), {**parameters, "first": first})
    names = place_names(published, item.company_id)
    series = []
    for place, changes in groupby(rows, key=lambda row: row["location_id"]):
        here = opens.where("location_id", place)
        label = names.get((item.company_id, place), place)
        series.append(Series(label, label, _steps(changes, here, reach)))
    return Picture(title, tuple(series[:MOST_PLACES]), unit_label(item.unit)), max(
        0, len(series) - MOST_PLACES
    )


# The places with the most days of change first. What lay there before the first day shown is the
# last row before it.
_LEVELS = """
    with changes as (select location_id, date, qty_base from fct_stock_position_daily{where})
    select
        location_id,
        greatest(date, $first) as day,
        arg_max(qty_base, date) as quantity,
        sum(count(*)) over (partition by location_id) as changes
    from changes
    group by location_id, day
    order by changes desc, location_id, day
"""


def _steps(changes: Iterable[dict[str, Any]], opens: Selection, reach: date) -> tuple[Mark, ...]:
    marks = [_step(row["day"], row["quantity"], opens) for row in changes]
    if (last := marks[-1]).at != reach:
        marks.append(_step(reach, last.quantity, opens))
    return tuple(marks)


def _step(at: date, level: Decimal, opens: Selection) -> Mark:
    """A level is the sum of the changes up to its day."""
    return Mark(
        at=at,
        quantity=level,
        opens=opens.where("date", at.isoformat(), operation="to"),
        label=f"end of {day(at)}",
    )


def _reorder(published: Published, item: Item) -> tuple[ReorderPoint, ...]:
    opens = selection("mart_reorder", item.company_id, {"item_id": item.item_id})
    needs = ("company_id", "item_id", "location_id", "reorder_point")
    if published.missing("mart_reorder", needs):
        return ()
    where, parameters = where_clause(published, opens)
    rows = published.rows(
        f"select location_id, reorder_point from mart_reorder{where}"
        f"{' and' if where else ' where'} reorder_point is not null order by location_id",
        parameters,
    )
    names = place_names(published, item.company_id)
    return tuple(
        ReorderPoint(
            place=names.get((item.company_id, row["location_id"]), row["location_id"]),
            quantity=row["reorder_point"],
            opens=opens.where("location_id", row["location_id"]),
        )
        for row in rows
    )
