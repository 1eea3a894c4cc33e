"""How good the forecasts are, what service costs, what was advised and done: figures of planning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reporting.figures.pictures import Mark, Picture, Series, lacking
from reporting.published import Published
from reporting.rows import Selection, selection, where_clause

# Forecasters drawn beside the one that goes out, where they were judged.
BASELINES = ("gradient", "moving_average", "croston", "exponential_smoothing", "seasonal_naive")
CHAMPION = "goes out"
MOST_LINES = 8
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Listed:
    """Rows of a table in order of weight, each with what opens it, or why there are none."""

    title: str
    opens: Selection
    rows: tuple[Row, ...] = ()
    total: int = 0
    missing: str | None = None


def accuracy(published: Published, company: str | None) -> Picture:
    """Quantile loss per hundred units asked for, by segment: who goes out, beside the others.

    A segment's groups by volume are added up; of each group the champion is the one that goes out.
    """
    title = "Accuracy by segment, beside the simple methods"
    opens = selection("mart_forecast_accuracy", company)
    needs = ("segment", "forecaster", "lines", "demand_qty", "pinball_q50", "pinball_q90")
    if missing := lacking(published, opens, needs):
        return Picture(title, missing=missing)
    where, parameters = where_clause(published, opens)
    found: dict[str, list[Mark]] = {}
    for row in published.rows(_ACCURACY.format(where=where), {**parameters, "champion": CHAMPION}):
        if row["who"] not in (CHAMPION, *BASELINES) or row["loss"] is None:
            continue
        rows = opens.where("segment", row["segment"])
        rows = (
            rows.where("is_champion", "true")
            if row["who"] == CHAMPION
            else rows.where("forecaster", row["who"])
        )
        found.setdefault(row["who"], []).append(
            Mark(row["segment"], row["loss"], rows, f"{row['segment']} items", count=row["n"])
        )
    series = tuple(
        Series(who.replace("_", " "), who.replace("_", " "), tuple(found[who]))
        for who in (CHAMPION, *BASELINES)
        if who in found
    )
    return Picture(title, series, "per 100 units asked for")


_ACCURACY = """
    with told as (
        select * from mart_forecast_accuracy{where}
    ),
    stacked as (
        select *, forecaster as who from told
        union all
        select *, $champion as who from told where is_champion
    )
    select
        segment,
        who,
        count(*) as n,
        cast(
            100 * sum((pinball_q50 + pinball_q90) * lines) / nullif(sum(demand_qty), 0)
            as decimal(18, 1)
        ) as loss
    from stacked
    group by segment, who
    order by segment, who
"""


def exchange(published: Published, company: str | None) -> Listed:
    """What covering demand in a share of cases takes in stock, per company."""
    return _listed(
        published,
        "What service costs in stock",
        selection("mart_exchange_curve", company),
        ("service_share", "safety_stock_value_amount", "held_by_policy_value_amount"),
        order="company_id, service_share",
        most=100,
    )


def drifting(published: Published, company: str | None) -> Listed:
    """Segments, those that lean to one side first."""
    return _listed(
        published,
        "Do forecasts lean to one side",
        selection("mart_forecast_drift", company),
        ("segment", "volume", "finding", "bias", "tracking_signal", "origins", "basis"),
        order="is_drifting desc, demand_qty desc, company_id, basis, segment, volume, forecaster",
    )


def done(published: Published, company: str | None) -> Listed:
    """Advice of earlier runs by what was done after it."""
    opens = selection("mart_advice_outcome", company)
    title = "What was advised and what was done"
    if missing := published.missing(
        "mart_advice_outcome", ("done", "fill_rate", "out_of_stock_days", "advised_on")
    ):
        return Listed(title, opens, missing=missing)
    where, parameters = where_clause(published, opens)
    rows = published.rows(
        "select done, count(*) as n, count(distinct advised_on) as days,"
        " cast(avg(fill_rate) * 100 as decimal(9, 1)) as fill_pct,"
        f" sum(out_of_stock_days) as out_days from mart_advice_outcome{where}"
        " group by done order by n desc, done",
        parameters,
    )
    return Listed(title, opens, tuple(rows), len(rows))


def overrides(published: Published, company: str | None) -> Listed:
    """What planners said instead, in force first, the latest first."""
    return _listed(
        published,
        "What planners said instead",
        selection("mart_planning_override", company),
        ("item_id", "location_id", "figure", "said_text", "advised_qty", "standing", "reason"),
        order="is_in_force desc, delivered_at desc, company_id, override_id, batch_seq desc",
    )


def transfers(published: Published, company: str | None) -> Listed:
    """Transfers that pay, the most first."""
    return _listed(
        published,
        "What to move between places",
        selection("mart_transfer_advice", company),
        ("item_id", "from_location_id", "to_location_id", "qty", "latest_ship_date"),
        order="qty desc, company_id, item_id, from_location_id, to_location_id",
    )


def orders(published: Published, company: str | None) -> Listed:
    """What to order now, the longest out of stock first."""
    return _listed(
        published,
        "What to order now",
        selection("mart_reorder", company).where("order_qty", "0.000001", operation="from"),
        ("item_id", "location_id", "order_qty", "position", "reorder_point", "advised_order_qty"),
        order="position - reorder_point, company_id, item_id, location_id",
    )


def running_out(published: Published, company: str | None) -> Listed:
    """Where stock at hand lasts least against the time that an order takes, at usual demand."""
    return _listed(
        published,
        "Where stock runs out first",
        selection("mart_reorder", company).where("demand_mean_daily", "0.000001", operation="from"),
        (
            "item_id",
            "location_id",
            "on_hand_qty",
            "demand_mean_daily",
            "lead_time_days",
            "position",
        ),
        order="on_hand_qty / demand_mean_daily - lead_time_days nulls last,"
        " company_id, item_id, location_id",
    )


def _listed(
    published: Published, title: str, opens: Selection, needs: tuple[str, ...], *, order: str,
    most: int = MOST_LINES,
) -> Listed:  # fmt: skip
    if missing := published.missing(opens.table, needs):
        return Listed(title, opens, missing=missing)
    where, parameters = where_clause(published, opens)
    rows = published.rows(
        f"select *, count(*) over () as total from {opens.table}{where}"
        f" order by {order} limit {most}",
        parameters,
    )
    return Listed(title, opens, tuple(rows), rows[0]["total"] if rows else 0)
