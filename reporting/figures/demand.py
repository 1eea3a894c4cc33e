"""What was asked for: by week and category, how much at a time, and where stock was out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any

from reporting.display import day
from reporting.figures.pictures import (
    MOST_SERIES,
    MOST_WEEKS,
    Mark,
    Picture,
    Scope,
    Series,
    lacking,
    last_day,
    place_names,
)
from reporting.figures.records import counted
from reporting.published import Published
from reporting.rows import Selection, where_clause

WEEK = timedelta(days=7)
MOST_STOCK_OUTS = 12


def weekly_demand(published: Published, scope: Scope) -> Picture:
    """Quantity asked for per week and category; what fell on promotion days is a series of its own.

    A week that the data covers only in part, or that lies ahead, is marked.
    """
    found = Picture("Asked for, by week and category", unit=scope.unit_label)
    opens = scope.rows_of("fct_demand")
    needs = ("company_id", "item_id", "date", "demand_qty", "promo")
    missing = lacking(published, opens, needs) or published.missing(
        "dim_item", ("company_id", "item_id", "category")
    )
    if missing:
        return Picture(found.title, missing=missing)
    where, parameters = where_clause(published, opens)
    span = published.one(
        f"select min(date) as first, max(date) as last from fct_demand{where}", parameters
    )
    reach = last_day(published, span["last"])
    rows = published.rows(
        _WEEKLY.format(where=where),
        {**parameters, "first": _window_start(reach, span["last"]), "most": MOST_SERIES},
    )
    others = _others(rows)
    series = []
    for (category, promo), weeks in groupby(rows, key=lambda row: (row["category"], row["promo"])):
        narrowed = _of_category(opens, category, others).where("promo", str(promo).lower())
        label = _category_label(category)
        marks = tuple(_week(row, narrowed, span["first"], reach) for row in weeks)
        series.append(
            Series(f"{label}, on promotion" if promo else label, label, marks, is_second=promo)
        )
    return Picture(found.title, tuple(series), found.unit)


# One row per category (the largest by name, the rest together as null), promotion and week.
_WEEKLY = """
    with chosen as (
        select company_id, item_id, date, demand_qty, promo from fct_demand{where}
    ),
    weekly as (
        select
            coalesce(item.category, '') as category,
            chosen.promo,
            cast(date_trunc('week', chosen.date) as date) as week,
            sum(chosen.demand_qty) as quantity,
            count(*) as n
        from chosen
        left join dim_item as item using (company_id, item_id)
        where chosen.date >= $first
        group by all
    ),
    ranked as (
        select category, row_number() over (order by sum(quantity) desc, category) as place
        from weekly group by category
    )
    select
        case when place <= $most then category end as category,
        least(place, $most + 1) as place,
        promo,
        week,
        sum(quantity) as quantity,
        cast(sum(n) as bigint) as n
    from weekly inner join ranked using (category)
    group by all
    having not promo or sum(quantity) > 0
    order by place, promo, week
"""


def _window_start(reach: date, latest: date) -> date:
    """Monday of the first week shown; what is asked for days ahead does not push out the past."""
    newest = min(reach, latest)
    return newest - timedelta(days=newest.weekday()) - WEEK * (MOST_WEEKS - 1)


def _others(rows: Iterable[dict[str, Any]]) -> list[str]:
    """Categories with a series of their own; "others" is everything but these."""
    return list(dict.fromkeys(row["category"] for row in rows if row["category"] is not None))


def _of_category(opens: Selection, category: str | None, named: list[str]) -> Selection:
    if category is None:
        return opens.where("category", *named, operation="not")
    return opens.where("category", category)


def _category_label(category: str | None) -> str:
    if category is None:
        return "Other categories"
    return category or "Category not given"


def _week(row: dict[str, Any], opens: Selection, first: date, reach: date) -> Mark:
    monday, sunday = row["week"], row["week"] + WEEK - timedelta(days=1)
    return Mark(
        at=monday,
        quantity=row["quantity"],
        opens=opens.within("date", monday, sunday),
        label=f"week from {day(monday)}",
        count=row["n"],
        is_complete=first <= monday and sunday <= reach,
    )


@dataclass(frozen=True, slots=True)
class StockOut:
    """An item that was out of stock at a place on some days."""

    item: str
    item_name: str
    place: str
    opens: Selection
    days: int
    of_days: int
    # Asked for on days without stock.
    asked_qty: Decimal


@dataclass(frozen=True, slots=True)
class StockOuts:
    """Items with the most days out of stock, or why they are not there."""

    title: str
    lines: tuple[StockOut, ...] = ()
    note: str = ""
    missing: str | None = None


def stock_outs(published: Published, scope: Scope) -> StockOuts:
    """Items by days on which no sellable stock was there, morning or night; most days first."""
    title = "Days out of stock"
    opens = scope.rows_of("fct_demand")
    needs = ("company_id", "item_id", "location_id", "demand_qty", "in_stock_share")
    missing = lacking(published, opens, needs) or published.missing(
        "dim_item", ("company_id", "item_id", "item_name")
    )
    if missing:
        return StockOuts(title, missing=missing)
    where, parameters = where_clause(published, opens)
    known = published.one(f"select count(in_stock_share) as n from fct_demand{where}", parameters)
    if not known["n"]:
        return StockOuts(
            title,
            missing="not available: needs in_stock_share in table fct_demand (no stock ledger)",
        )
    rows = published.rows(_STOCK_OUTS.format(where=where, limit=MOST_STOCK_OUTS), parameters)
    names = place_names(published, scope.company)
    lines = tuple(
        StockOut(
            item=row["item_id"],
            item_name=row["item_name"],
            place=names.get((row["company_id"], row["location_id"]), row["location_id"]),
            opens=_out_of_stock(row),
            days=row["days"],
            of_days=row["of_days"],
            asked_qty=row["asked_qty"],
        )
        for row in rows
    )
    total = rows[0]["total"] if rows else 0
    more = f"{len(lines)} of {counted(total, 'item and place', 'items and places')}"
    return StockOuts(title, lines, note=more if total > len(lines) else "")


_STOCK_OUTS = """
    with out as (
        select
            company_id,
            item_id,
            location_id,
            count(*) filter (in_stock_share = 0) as days,
            count(*) as of_days,
            coalesce(sum(demand_qty) filter (in_stock_share = 0), 0) as asked_qty,
            count(*) over () as total
        from fct_demand{where}
        group by company_id, item_id, location_id
        having count(*) filter (in_stock_share = 0) > 0
        order by days desc, asked_qty desc, company_id, item_id, location_id
        limit {limit}
    )
    select out.*, coalesce(item.item_name, '') as item_name
    from out left join dim_item as item using (company_id, item_id)
    order by out.days desc, out.asked_qty desc, company_id, item_id, out.location_id
"""


def _out_of_stock(row: dict[str, Any]) -> Selection:
    keys = ("company_id", "item_id", "location_id")
    opens = Selection("fct_demand")
    for key in keys:
        opens = opens.where(key, row[key])
    return opens.where("in_stock_share", "0")
