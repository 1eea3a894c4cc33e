"""From forecasts, stock and lanes to advice a planner can follow: how much, why, by when."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import polars as pl

from forecasting.transfers import transfers

KEY = ("company_id", "item_id", "location_id")
COVER_DAYS, SPARE_SHARE = 90, 0.95  # what a place keeps: this share of cases over these days
EDGES = (0.0, 0.05, 0.25, 0.5, 0.75, 0.9, 0.95)
YEAR = 365.0


def advise_transfers(
    quantiles: pl.DataFrame, reorders: pl.DataFrame, positions: pl.DataFrame,
    economics: pl.DataFrame, lanes: pl.DataFrame, items: pl.DataFrame, *, as_of: date,
) -> pl.DataFrame:  # fmt: skip
    """One row per item and lane on which a transfer pays, unrounded; empty without lanes.

    An item without a price or a cost has no margin to save: it is left out, not valued at zero.
    """
    if lanes.is_empty() or quantiles.is_empty():
        return pl.DataFrame()
    lines = _lines(quantiles, reorders, positions, economics)
    surplus, deficit = _surplus(lines), _deficit(lines, quantiles)
    usable = _within_shelf_life(surplus, lanes, items)
    moves, _ = transfers(usable, deficit, lanes.with_columns(_optional(lanes, "capacity_units")))
    if moves.is_empty():
        return pl.DataFrame()
    return _told(_whole(moves, items), lines, deficit, as_of=as_of)


def _optional(frame: pl.DataFrame, name: str) -> pl.Expr:
    return pl.col(name) if name in frame.columns else pl.lit(None, dtype=pl.Float64).alias(name)


def _lines(
    quantiles: pl.DataFrame, reorders: pl.DataFrame, positions: pl.DataFrame,
    economics: pl.DataFrame,
) -> pl.DataFrame:  # fmt: skip
    """One row per line: what it has, what it sells in a day, what it keeps, what it is worth."""
    share = (pl.col("quantile").cast(pl.Float64) - SPARE_SHARE).abs() < 1e-9
    long = quantiles.filter(share & (pl.col("horizon_days") == COVER_DAYS)).select(
        *KEY,
        pl.col("forecast_qty").cast(pl.Float64).alias("kept_qty"),
        (pl.col("forecast_mean").cast(pl.Float64) / COVER_DAYS).alias("daily"),
        "origin_date",
        "forecast_version",
    )
    stock = positions.select(
        *KEY,
        pl.col("on_hand_qty").cast(pl.Float64),
        pl.col("position_qty").cast(pl.Float64),
    )
    terms = reorders.select(*KEY, pl.col("holding_rate").cast(pl.Float64))
    worth = economics.select(
        *KEY, pl.col("unit_price").cast(pl.Float64), pl.col("unit_cost").cast(pl.Float64)
    )
    return (
        long.join(stock, on=KEY, how="left")
        .join(terms, on=KEY, how="left")
        .join(worth, on=KEY, how="left")
        .with_columns(pl.col("on_hand_qty", "position_qty", "holding_rate").fill_null(0.0))
    )


def _surplus(lines: pl.DataFrame) -> pl.DataFrame:
    """Free stock above what nearly all cases of the cover horizon ask for, and what holding it
    costs until it would be sold here; at most a year is counted."""
    spare = pl.min_horizontal("on_hand_qty", pl.col("position_qty") - pl.col("kept_qty"))
    waits = (
        pl.when(pl.col("daily") > 0)
        .then(COVER_DAYS + spare / 2 / pl.col("daily"))
        .otherwise(YEAR)
        .clip(upper_bound=YEAR)
    )
    return (
        lines.with_columns(
            spare.floor().alias("surplus_qty"),
            (pl.col("unit_cost").fill_null(0.0) * pl.col("holding_rate") * waits / YEAR).alias(
                "unit_saving"
            ),
        )
        .filter(pl.col("surplus_qty") >= 1)
        .select(*KEY, "surplus_qty", "unit_saving")
    )


def _deficit(lines: pl.DataFrame, quantiles: pl.DataFrame) -> pl.DataFrame:
    """Blocks of demand of the protection interval that the position does not cover.

    A unit of a block is asked for with the chance that demand reaches it; then its margin is kept.
    """
    own = quantiles.filter("is_protection_interval").select(
        *KEY, pl.col("quantile").cast(pl.Float64), pl.col("forecast_qty").cast(pl.Float64)
    )
    made = []
    for block, (low, high) in enumerate(itertools.pairwise(EDGES)):
        upper = own.filter((pl.col("quantile") - high).abs() < 1e-9).select(
            *KEY, pl.col("forecast_qty").alias("upper")
        )
        lower = own.filter((pl.col("quantile") - low).abs() < 1e-9).select(
            *KEY, pl.col("forecast_qty").alias("lower")
        )
        edges = upper.join(lower, on=KEY, how="left").with_columns(pl.col("lower").fill_null(0.0))
        made.append(
            edges.join(lines, on=KEY).with_columns(
                pl.lit(block).alias("block"),
                (
                    pl.col("upper") - pl.max_horizontal("lower", pl.col("position_qty").clip(0.0))
                ).alias("block_qty"),
                ((pl.col("unit_price") - pl.col("unit_cost")) * (1 - (low + high) / 2)).alias(
                    "unit_value"
                ),
            )
        )
    return (
        pl.concat(made)
        .filter(pl.col("block_qty").floor() >= 1, pl.col("unit_value") > 0)
        .select(*KEY, "block", pl.col("block_qty").floor(), "unit_value")
    )


def _within_shelf_life(
    surplus: pl.DataFrame, lanes: pl.DataFrame, items: pl.DataFrame
) -> pl.DataFrame:
    """Goods that would spoil on the shortest lane stay."""
    if "shelf_life_days" not in items.columns:
        return surplus
    shortest = lanes.select(pl.col("lead_time_days").cast(pl.Float64).min()).item()
    short = items.filter(pl.col("shelf_life_days") <= (shortest or 0.0)).select(
        "company_id", "item_id"
    )
    return surplus.join(short, on=("company_id", "item_id"), how="anti")


def _whole(moves: pl.DataFrame, items: pl.DataFrame) -> pl.DataFrame:
    """Whole multiples of the item, cost and saving in proportion; less than one is not moved."""
    multiple = (
        pl.when(pl.col("order_multiple") > 0).then(pl.col("order_multiple").cast(pl.Float64))
        if "order_multiple" in items.columns
        else pl.lit(1.0)
    )
    multiples = items.select("company_id", "item_id", multiple.fill_null(1.0).alias("multiple"))
    multiples = multiples.unique(("company_id", "item_id"), keep="first", maintain_order=True)
    kept = ((pl.col("qty") + 1e-6) / pl.col("multiple")).floor() * pl.col("multiple")
    return (
        moves.join(multiples, on=("company_id", "item_id"), how="left")
        .with_columns(pl.col("multiple").fill_null(1.0))
        .with_columns(kept.alias("moved"))
        .filter(pl.col("moved") > 0)
        .with_columns(
            (pl.col("saving") * pl.col("moved") / pl.col("qty")).round(2).alias("saving_amount"),
            (pl.col("cost") * pl.col("moved") / pl.col("qty")).round(2).alias("cost_amount"),
            pl.col("moved").alias("qty"),
        )
        .with_columns((pl.col("saving_amount") - pl.col("cost_amount")).alias("benefit_amount"))
        .filter(pl.col("benefit_amount") > 0)
    )


def _told(
    moves: pl.DataFrame, lines: pl.DataFrame, deficit: pl.DataFrame, *, as_of: date
) -> pl.DataFrame:
    lacks = deficit.group_by(KEY).agg(pl.col("block_qty").sum().alias("deficit_qty"))
    there = lines.join(lacks, on=KEY).select(
        "company_id", "item_id",
        pl.col("location_id").alias("to_location_id"), "deficit_qty", "origin_date",
        "forecast_version", "daily", pl.col("position_qty").alias("to_position"),
    )  # fmt: skip
    here = lines.select(
        "company_id", "item_id", pl.col("location_id").alias("from_location_id"),
        pl.col("position_qty").alias("from_position"), "kept_qty",
    )  # fmt: skip
    days = (pl.col("to_position").clip(0.0) / pl.col("daily")).floor()
    out_on = (
        pl.when(pl.col("daily") > 0)
        .then(pl.lit(as_of) + pl.duration(days=days.cast(pl.Int64).clip(0, 3650)))
        .cast(pl.Date)
    )
    leave = pl.duration(days=pl.col("lead_time_days").fill_null(0.0).ceil().cast(pl.Int64))
    return (
        moves.join(there, on=("company_id", "item_id", "to_location_id"))
        .join(here, on=("company_id", "item_id", "from_location_id"))
        .with_columns(out_on.alias("stockout_date"), pl.col("lead_time_days").fill_null(0.0))
        .with_columns(
            pl.max_horizontal(pl.lit(as_of), (pl.col("stockout_date") - leave).cast(pl.Date))
            .fill_null(as_of + timedelta(days=0))
            .alias("latest_ship_date")
        )
        .with_columns(_reason().alias("reason"))
    )


def _reason() -> pl.Expr:
    return pl.format(
        "{} can spare {}: position {}, and {} days ask for at most {} in 95 of 100 cases. {} has {} "
        "against {} a day and runs out on {}. Moving {} keeps margin and carrying cost of {}, the "
        "lane takes {}.",
        "from_location_id",
        _number("surplus_qty", 0),
        _number("from_position", 0),
        pl.lit(COVER_DAYS),
        _number("kept_qty", 0),
        "to_location_id",
        _number("to_position", 0),
        _number("daily", 2),
        pl.col("stockout_date").dt.to_string().fill_null("no day soon"),
        _number("qty", 0),
        _number("saving_amount", 2),
        _number("cost_amount", 2),
    )


def _number(name: str, digits: int) -> pl.Expr:
    return pl.col(name).cast(pl.Decimal(18, digits)).cast(pl.String).fill_null("?")
