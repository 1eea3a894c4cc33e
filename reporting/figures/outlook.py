"""What is expected of one item at one place, beside what came, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from reporting.display import day
from reporting.figures.item_history import Item
from reporting.figures.pictures import lacking, place_names
from reporting.published import Published
from reporting.rows import Selection, selection, where_clause

WEEKS = 26  # whole weeks of demand shown before the forecast
LOW, HIGH = Decimal("0.05"), Decimal("0.95")
SEVEN = Decimal(7)


@dataclass(frozen=True, slots=True)
class Week:
    """What was asked for in seven days that end on `at`."""

    at: date
    quantity: Decimal
    opens: Selection


@dataclass(frozen=True, slots=True)
class Ahead:
    """A week on average over the next `days`: mean, and the band of nine cases in ten."""

    at: date
    days: int
    mean: Decimal
    low: Decimal
    high: Decimal
    opens: Selection


@dataclass(frozen=True, slots=True)
class Reason:
    """A step from the usual demand to the forecast."""

    meaning: str
    value: Decimal | None
    factor: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True)
class ItemOutlook:
    """Actual weeks, what is expected, and the steps that lead to it; or why they are not there."""

    item: Item
    place: str = ""
    place_name: str = ""
    other_places: tuple[tuple[str, str], ...] = ()
    forecaster: str = ""
    segment: str = ""
    version: str = ""
    weeks: tuple[Week, ...] = ()
    ahead: tuple[Ahead, ...] = ()
    reasons: tuple[Reason, ...] = ()
    missing: str | None = None


def item_outlook(published: Published, item: Item, place: str | None = None) -> ItemOutlook:
    """One item at the place asked for, else where most is expected."""
    everywhere = selection("mart_forecast", item.company_id, {"item_id": item.item_id})
    needs = ("location_id", "horizon_days", "quantile", "forecast_qty", "forecast_mean")
    if missing := lacking(published, everywhere, needs):
        return ItemOutlook(item, missing=missing)
    where, parameters = where_clause(published, everywhere)
    places: list[str] = [
        row["location_id"]
        for row in published.rows(
            f"select location_id from mart_forecast{where} group by location_id"
            " order by max(forecast_mean) desc, location_id",
            parameters,
        )
    ]
    here: str = place if place is not None and place in places else places[0]
    names = place_names(published, item.company_id)
    named = {one: names.get((item.company_id, one), one) for one in places}
    rows = published.rows(
        f"select * from mart_forecast{where} and location_id = $here"
        " order by horizon_days, quantile",
        {**parameters, "here": here},
    )
    first = rows[0]
    return ItemOutlook(
        item,
        place=here,
        place_name=named[here],
        other_places=tuple((one, named[one]) for one in places if one != here),
        forecaster=first["forecaster"],
        segment=first["segment"],
        version=first["forecast_version"],
        weeks=_weeks(published, item, here, first["origin_date"]),
        ahead=_ahead(rows, everywhere.where("location_id", here)),
        reasons=_reasons(published, item, here),
    )


def _weeks(published: Published, item: Item, place: str, origin: date) -> tuple[Week, ...]:
    """Demand of the last weeks that end on the origin's weekday."""
    asked = {"item_id": item.item_id, "location_id": place}
    opens = selection("fct_demand", item.company_id, asked)
    if lacking(published, opens, ("date", "demand_qty")):
        return ()
    first = origin - timedelta(days=7 * WEEKS - 1)
    where, parameters = where_clause(published, opens.within("date", first, origin))
    rows = published.rows(
        "select cast((date - $first) // 7 as integer) as week, sum(demand_qty) as quantity"
        f" from fct_demand{where} group by week order by week",
        {**parameters, "first": first},
    )
    weeks = []
    for row in rows:
        start = first + timedelta(days=7 * row["week"])
        end = start + timedelta(days=6)
        weeks.append(Week(end, row["quantity"], opens.within("date", start, end)))
    return tuple(weeks)


def _ahead(rows: list[dict[str, object]], opens: Selection) -> tuple[Ahead, ...]:
    """Of each standard horizon, demand of a week on average: so horizons can be compared."""
    found: dict[int, dict[str, Decimal]] = {}
    ends: dict[int, date] = {}
    for row in rows:
        if row["is_protection_interval"]:
            continue
        days = int(str(row["horizon_days"]))
        share = {LOW: "low", HIGH: "high"}.get(Decimal(str(row["quantile"])))
        of_horizon = found.setdefault(days, {"mean": Decimal(str(row["forecast_mean"]))})
        if share:
            of_horizon[share] = Decimal(str(row["forecast_qty"]))
        ends[days] = row["horizon_end_date"]  # type: ignore[assignment]
    return tuple(
        Ahead(
            ends[days],
            days,
            mean=_a_week(numbers["mean"], days),
            low=_a_week(numbers["low"], days),
            high=_a_week(numbers["high"], days),
            opens=opens.where("horizon_days", str(days)),
        )
        for days, numbers in sorted(found.items())
        if {"low", "high"} <= set(numbers)
    )


def _a_week(total: Decimal, days: int) -> Decimal:
    return (total * SEVEN / days).quantize(Decimal("0.01"))


def _reasons(published: Published, item: Item, place: str) -> tuple[Reason, ...]:
    opens = reason_rows(item, place)
    if published.missing("mart_forecast_reason", ("step", "meaning", "factor", "qty_after")):
        return ()
    where, parameters = where_clause(published, opens)
    rows = published.rows(
        f"select meaning, input_reading, factor, qty_after from mart_forecast_reason{where}"
        " order by step",
        parameters,
    )
    return tuple(
        Reason(row["meaning"], row["input_reading"], row["factor"], row["qty_after"])
        for row in rows
    )


def reason_rows(item: Item, place: str) -> Selection:
    """The steps of one line."""
    asked = {"item_id": item.item_id, "location_id": place}
    return selection("mart_forecast_reason", item.company_id, asked)


def ahead_label(one: Ahead) -> str:
    return f"next {one.days} days, to {day(one.at)}"
