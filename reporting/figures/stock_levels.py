"""How much lay where: at the end of each week, and now."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from typing import Any

from reporting.display import day
from reporting.figures.breakdowns import OUTSIDE
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
from reporting.published import Published
from reporting.rows import Selection, where_clause
from reporting.wording import code_label

ON_HAND = "ON_HAND"
# Places of one company that get lines of their own; each has two, on hand and in other states.
MOST_PLACES = 6


def stock_by_week(published: Published, scope: Scope) -> Picture:
    """Pieces per place at the end of each week: on hand, and (second) in every other state of ours.

    A level is the sum of all changes up to its day, and these rows are what it opens.
    """
    title = "Stock by place, at the end of each week"
    everything = scope.rows_of("fct_stock_position_daily")
    opens = _but(everything, *OUTSIDE)
    needs = ("company_id", "location_id", "stock_state", "date", "qty_change")
    if missing := lacking(published, opens, needs):
        return Picture(title, missing=missing)
    where, parameters = where_clause(published, opens)
    latest = published.one(
        f"select max(date) as last from fct_stock_position_daily{where}", parameters
    )["last"]
    reach = max(latest, last_day(published, latest))
    rows = published.rows(
        _WEEKLY.format(where=where),
        {
            **parameters,
            "first": reach - timedelta(days=reach.weekday() + 7 * (MOST_WEEKS - 1)),
            "last": reach,
            "most": MOST_PLACES,
            "on_hand": ON_HAND,
        },
    )
    names = place_names(published, scope.company)
    named: dict[str, list[str]] = {}
    for row in rows:
        if row["place"] and row["place"] not in named.setdefault(row["company_id"], []):
            named[row["company_id"]].append(row["place"])
    series = []
    for (company, place, is_other), weeks in groupby(
        rows, key=lambda row: (row["company_id"], row["place"], row["is_other_state"])
    ):
        label = names.get((company, place), place) if place else f"Other places of {company}"
        here = _at(everything, company, place, named.get(company, []))
        held = _but(here, *OUTSIDE, ON_HAND) if is_other else here.where("stock_state", ON_HAND)
        marks = tuple(_level(row, held) for row in weeks)
        if any(mark.quantity for mark in marks):
            said = f"{label}, other states" if is_other else label
            series.append(Series(said, label, marks, is_second=is_other))
    return Picture(title, tuple(series), scope.unit_label)


# One row per place (the largest by name, the rest of a company together as null), on hand or in
# another state, and week; a week without change carries the level on.
_WEEKLY = """
    with changes as (
        select
            company_id,
            location_id,
            stock_state <> $on_hand as is_other_state,
            cast(date_trunc('week', date) as date) as week,
            sum(qty_change) as change
        from fct_stock_position_daily{where}
        group by all
    ),
    ranked as (
        select
            company_id,
            location_id,
            row_number() over (
                partition by company_id order by sum(abs(change)) desc, location_id
            ) as rank
        from changes group by company_id, location_id
    ),
    placed as (
        select
            changes.company_id,
            case when ranked.rank <= $most then changes.location_id end as place,
            least(ranked.rank, $most + 1) as rank,
            changes.is_other_state,
            changes.week,
            sum(changes.change) as change
        from changes inner join ranked using (company_id, location_id)
        group by all
    ),
    lines as (
        select company_id, place, rank, is_other_state, min(week) as first_week
        from placed group by all
    ),
    weeks as (
        select cast(monday as date) as week
        from (
            select unnest(generate_series(
                (select min(first_week) from lines), cast($last as date), interval 7 day
            )) as monday
        ) as spine
    ),
    levels as (
        select
            lines.company_id,
            lines.place,
            lines.rank,
            lines.is_other_state,
            weeks.week,
            sum(coalesce(placed.change, 0)) over (
                partition by lines.company_id, lines.rank, lines.is_other_state
                order by weeks.week rows between unbounded preceding and current row
            ) as quantity
        from lines
        inner join weeks on weeks.week >= lines.first_week
        left join placed
            on placed.company_id = lines.company_id and placed.rank = lines.rank
            and placed.is_other_state = lines.is_other_state and placed.week = weeks.week
    )
    select *, least(week + 6, cast($last as date)) as day from levels where week >= $first
    order by company_id, rank, is_other_state, week
"""


def stock_now(published: Published, scope: Scope) -> Picture:
    """Pieces at as-of per place, split by state; the states with the most pieces first."""
    title = "Stock now, by place and state"
    everything = scope.rows_of("fct_stock_position")
    opens = _but(everything, *OUTSIDE)
    needs = ("company_id", "location_id", "stock_state", "qty_base")
    if missing := lacking(published, opens, needs):
        return Picture(title, missing=missing)
    where, parameters = where_clause(published, opens)
    rows = published.rows(_NOW.format(where=where), {**parameters, "most": MOST_SERIES})
    names = place_names(published, scope.company)
    states = list(dict.fromkeys(row["state"] for row in rows if row["state"]))
    series = []
    for state, places in groupby(rows, key=lambda row: row["state"]):
        label = code_label(state) if state else "Other states"
        held = (
            everything.where("stock_state", state) if state else _but(everything, *OUTSIDE, *states)
        )
        marks = tuple(_held(row, names, held) for row in places)
        series.append(Series(label, label, marks))
    return Picture(title, tuple(series), scope.unit_label)


# The places with the most pieces first, within each state.
_NOW = """
    with held as (
        select company_id, location_id, stock_state, sum(qty_base) as quantity, count(*) as n
        from fct_stock_position{where}
        group by all
    ),
    states as (
        select
            stock_state,
            row_number() over (order by sum(abs(quantity)) desc, stock_state) as rank
        from held group by stock_state
    ),
    places as (
        select company_id, location_id, sum(quantity) as of_place from held group by all
    )
    select
        held.company_id,
        held.location_id,
        case when states.rank <= $most then held.stock_state end as state,
        least(states.rank, $most + 1) as rank,
        places.of_place,
        sum(held.quantity) as quantity,
        cast(sum(held.n) as bigint) as n
    from held
    inner join states using (stock_state)
    inner join places using (company_id, location_id)
    group by all
    order by rank, places.of_place desc, held.company_id, held.location_id
"""


def _but(opens: Selection, *states: str) -> Selection:
    """Rows in other states than these.

    States of the outside world are always among them: they hold what left us, balance the ledger
    and are nobody's stock.
    """
    return opens.where("stock_state", *sorted(states), operation="not")


def _held(row: dict[str, Any], names: dict[tuple[str, str], str], opens: Selection) -> Mark:
    company, place = row["company_id"], row["location_id"]
    name = names.get((company, place), place)
    return Mark(
        at=name,
        quantity=row["quantity"],
        opens=opens.where("company_id", company).where("location_id", place),
        label=name,
        count=row["n"],
    )


def _at(opens: Selection, company: str, place: str | None, named: list[str]) -> Selection:
    """Rows of a place, or of the places of the company that are not named."""
    own = opens.where("company_id", company)
    if place is None:
        return own.where("location_id", *named, operation="not")
    return own.where("location_id", place)


def _level(row: dict[str, Any], opens: Selection) -> Mark:
    at: date = row["day"]
    return Mark(
        at=at,
        quantity=row["quantity"],
        opens=opens.where("date", at.isoformat(), operation="to"),
        label=f"end of {day(at)}",
    )
