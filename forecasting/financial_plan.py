"""What the forecast means in money: revenue, cost of sales, cash in, cash out, month by month.

Bottom up: every item at every place, its expected demand of the month at its own price and cost.
A quantile of the company's plan is shared out over the classes by their part in its variance, so
that the parts of every quantile add up to the whole. Cash follows sales and purchases by the days
that customers and the company took in the past, counted from the middle of the month.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl
from scipy import stats

from forecasting.demand import Floats, Panel
from forecasting.outlook import Outlook

KEY = ("company_id", "item_id", "location_id")
QUANTILES = (0.1, 0.5, 0.9)
MONTHS = 3
MONEY = ("revenue", "cogs", "cash_in", "cash_out")


@dataclass(frozen=True, slots=True)
class Month:
    start: date
    end: date


def months_after(origin: date, count: int = MONTHS) -> list[Month]:
    """Calendar months that begin after the origin; a begun month is its rest."""
    made: list[Month] = []
    start = origin + timedelta(days=1)
    while len(made) < count:
        end = start.replace(day=monthrange(start.year, start.month)[1])
        made.append(Month(start, end))
        start = end + timedelta(days=1)
    return made


@dataclass(frozen=True, slots=True)
class Units:
    """Per line and month: expected units and their variance (lines x months)."""

    mean: Floats
    variance: Floats


def units_of(lines: Panel, seen: Outlook, months: Sequence[Month]) -> Units:
    """Differences of the champions' cumulative forecasts at the ends of the months."""
    ends = [(month.end - lines.origin).days for month in months]
    means, variances = [np.zeros(lines.keys.height)], [np.zeros(lines.keys.height)]
    for days in ends:
        daily = seen.over(lines, np.full(lines.keys.height, days, dtype=np.int64))
        means.append(np.maximum(np.nan_to_num(daily.mean * days), means[-1]))
        variances.append(np.maximum(np.nan_to_num(daily.variance * days), variances[-1]))
    return Units(np.diff(np.stack(means, axis=1)), np.diff(np.stack(variances, axis=1)))


def plan_rows(
    keys: pl.DataFrame, units: Units, months: Sequence[Month], *, economics: pl.DataFrame,
    positions: pl.DataFrame, reorders: pl.DataFrame, items: pl.DataFrame, payment: pl.DataFrame,
    version: str,
) -> pl.DataFrame:  # fmt: skip
    """One row per company, class, month and quantile."""
    lines = _facts(keys, economics, positions, reorders, items)
    bought = _bought(lines, units)
    made = []
    for number, month in enumerate(months):
        made.append(
            lines.with_columns(
                pl.lit(month.start).alias("period_start"),
                pl.lit(month.end).alias("period_end"),
                pl.Series("qty", units.mean[:, number]),
                pl.Series("variance", units.variance[:, number]),
                pl.Series("bought", bought[:, number]),
            )
        )
    if not made or keys.is_empty():
        return pl.DataFrame()
    per_class = _per_class(pl.concat(made))
    return _with_cash(_with_quantiles(per_class), payment, months).with_columns(
        pl.lit(version).alias("forecast_version")
    )


def _facts(
    keys: pl.DataFrame, economics: pl.DataFrame, positions: pl.DataFrame, reorders: pl.DataFrame,
    items: pl.DataFrame,
) -> pl.DataFrame:  # fmt: skip
    category = "category" if "category" in items.columns else None
    classes = items.select(
        "company_id", "item_id",
        (pl.col(category) if category else pl.lit(None, dtype=pl.String)).fill_null("none")
        .alias("item_class"),
    ).unique(("company_id", "item_id"), keep="first", maintain_order=True)  # fmt: skip
    return (
        keys.select(KEY)
        .join(classes, on=("company_id", "item_id"), how="left", maintain_order="left")
        .join(
            economics.select(*KEY, "unit_price", "unit_cost"),
            on=KEY,
            how="left",
            maintain_order="left",
        )
        .join(positions.select(*KEY, "position_qty"), on=KEY, how="left", maintain_order="left")
        .join(reorders.select(*KEY, "reorder_point"), on=KEY, how="left", maintain_order="left")
        .with_columns(
            pl.col("item_class").fill_null("none"),
            pl.col("unit_price", "unit_cost").cast(pl.Float64),
            pl.col("position_qty", "reorder_point").cast(pl.Float64).fill_null(0.0),
        )
    )


def _bought(lines: pl.DataFrame, units: Units) -> Floats:
    """Units to buy each month, so that the position does not fall below the reorder point."""
    need = np.cumsum(units.mean, axis=1) + lines["reorder_point"].to_numpy()[:, None]
    missing = np.maximum(need - lines["position_qty"].to_numpy()[:, None], 0.0)
    return np.diff(missing, axis=1, prepend=0.0)


def _per_class(rows: pl.DataFrame) -> pl.DataFrame:
    price, cost = pl.col("unit_price").fill_null(0.0), pl.col("unit_cost").fill_null(0.0)
    return (
        rows.group_by("company_id", "item_class", "period_start", "period_end")
        .agg(
            pl.col("qty").sum().alias("forecast_qty"),
            pl.col("qty").filter(pl.col("unit_price").is_not_null()).sum().alias("priced_qty"),
            pl.col("qty").filter(pl.col("unit_cost").is_not_null()).sum().alias("costed_qty"),
            (pl.col("qty") * price).sum().alias("revenue"),
            (pl.col("qty") * cost).sum().alias("cogs"),
            (pl.col("bought") * cost).sum().alias("purchase"),
            (pl.col("variance") * price**2).sum().alias("revenue_variance"),
            (pl.col("variance") * cost**2).sum().alias("cogs_variance"),
        )
        .sort("company_id", "item_class", "period_start")
    )


def _with_quantiles(rows: pl.DataFrame) -> pl.DataFrame:
    """Mean + z x (company's deviation x own share of its variance), per month; the parts add up."""
    month = ("company_id", "period_start")
    made = []
    for share in QUANTILES:
        z = float(stats.norm.ppf(share))
        columns = []
        for name in ("revenue", "cogs"):
            variance = pl.col(f"{name}_variance")
            total = variance.sum().over(month)
            own = pl.when(total > 0).then(z * variance / total.sqrt()).otherwise(0.0)
            columns.append((pl.col(name) + own).clip(0.0).alias(name))
        made.append(rows.with_columns(pl.lit(share).alias("quantile"), *columns))
    return pl.concat(made)


def _with_cash(rows: pl.DataFrame, payment: pl.DataFrame, months: Sequence[Month]) -> pl.DataFrame:
    """Move a month's revenue and purchases to the month in which they are paid.

    Money that arrives after the last month of the plan is not in it; what customers owe already is
    in the receivables, not here.
    """
    days = {row["company_id"]: row for row in payment.iter_rows(named=True)}
    moved = []
    for row in rows.iter_rows(named=True):
        terms = days.get(row["company_id"], {})
        for target, source, term in (
            ("cash_in", "revenue", "days_to_receive"), ("cash_out", "purchase", "days_to_pay"),
        ):  # fmt: skip
            late = terms.get(term)
            if late is None:
                continue
            middle = row["period_start"] + (row["period_end"] - row["period_start"]) / 2
            month = _month_of(middle + timedelta(days=int(late)), months)
            if month is not None:
                moved.append(
                    {"company_id": row["company_id"], "item_class": row["item_class"],
                     "quantile": row["quantile"], "period_start": month.start,
                     "flow": target, "amount": row[source]}
                )  # fmt: skip
    key = ("company_id", "item_class", "quantile", "period_start")
    flows = pl.DataFrame(moved, schema=FLOWS).group_by(*key, "flow").agg(pl.col("amount").sum())
    out = rows
    for flow in ("cash_in", "cash_out"):
        paid = flows.filter(flow=flow).select(*key, pl.col("amount").alias(flow))
        out = out.join(paid, on=key, how="left").with_columns(pl.col(flow).fill_null(0.0))
    known = {name: [c for c, row in days.items() if row[name] is not None]
             for name in ("days_to_receive", "days_to_pay")}  # fmt: skip
    return out.with_columns(
        pl.when(pl.col("company_id").is_in(known["days_to_receive"])).then("cash_in"),
        pl.when(pl.col("company_id").is_in(known["days_to_pay"])).then("cash_out"),
    ).rename({name: f"{name}_amount" for name in MONEY})


FLOWS = {
    "company_id": pl.String, "item_class": pl.String, "quantile": pl.Float64,
    "period_start": pl.Date, "flow": pl.String, "amount": pl.Float64,
}  # fmt: skip


def _month_of(day: date, months: Sequence[Month]) -> Month | None:
    return next((month for month in months if month.start <= day <= month.end), None)
