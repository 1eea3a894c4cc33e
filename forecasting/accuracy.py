"""How good each forecaster was, per segment, origin and horizon, all beside each other.

Errors stand against demand with stock-out days filled up, and against what was recorded, where a
day without stock looks like a day without demand. Where demand is rare, absolute error rewards a
forecast of nothing: the champion is judged by quantile loss alone.
"""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import polars as pl

from forecasting.backtest import ROUNDS, STEP_DAYS
from forecasting.demand import Panel, Whole
from forecasting.outlook import GRADIENT, Outlook

HORIZON_CLASSES = ((14, "1-14 days"), (28, "15-28 days"), (56, "29-56 days"))
LONGEST = "over 56 days"
GROUP = ("company_id", "segment", "volume", "origin_date", "horizon_class")


def accuracy_rows(lines: Panel, horizons: Whole, seen: Outlook) -> pl.DataFrame:
    """One row per company, segment, volume, round, horizon class and forecaster.

    origin_date is the round's nominal day: each line stood its own horizon before it.
    """
    tested = seen.tested
    told = pl.DataFrame(
        {
            "company_id": [str(group).split("|")[0] for group in tested.groups],
            "segment": [str(group).split("|")[1] for group in tested.groups],
            "volume": [str(group).split("|")[2] for group in tested.groups],
            "horizon_class": [_class(int(days)) for days in horizons],
        }
    )
    made = []
    for number in range(ROUNDS):
        day = lines.origin - timedelta(days=number * STEP_DAYS)
        for name, mean in tested.mean.items():
            half, upper = tested.misses[name][:, number]
            made.append(
                told.with_columns(
                    pl.lit(day).alias("origin_date"),
                    pl.lit(name).alias("forecaster"),
                    pl.Series("mean", mean[number]),
                    pl.Series("actual", tested.actual[number]),
                    pl.Series("recorded", tested.recorded[number]),
                    pl.Series("pinball_q50", half),
                    pl.Series("pinball_q90", upper),
                ).filter(pl.Series(~np.isnan(mean[number]) & ~np.isnan(half)))
            )
    return _beside_baselines(_summed(pl.concat(made)), seen)


def _summed(rows: pl.DataFrame) -> pl.DataFrame:
    miss = pl.col("mean") - pl.col("actual")
    return (
        rows.group_by(*GROUP, "forecaster")
        .agg(
            pl.len().alias("lines"),
            pl.col("actual").sum().round(6).alias("demand_qty"),
            pl.col("recorded").sum().round(6).alias("recorded_qty"),
            pl.col("mean").sum().round(6).alias("forecast_qty"),
            miss.abs().sum().alias("absolute_error_qty"),
            (pl.col("mean") - pl.col("recorded")).abs().sum().alias("absolute_error_recorded_qty"),
            pl.col("pinball_q50").mean(),
            pl.col("pinball_q90").mean(),
        )
        .with_columns((pl.col("forecast_qty") - pl.col("demand_qty")).alias("bias_qty"))
    )


def _beside_baselines(rows: pl.DataFrame, seen: Outlook) -> pl.DataFrame:
    """The best baseline of the same rows, so that no forecaster is shown alone."""
    loss = pl.col("pinball_q50") + pl.col("pinball_q90")
    baselines = (
        rows.filter(pl.col("forecaster") != GRADIENT)
        .with_columns(loss.alias("loss"))
        .sort(*GROUP, "loss", "forecaster")
        .unique(GROUP, keep="first", maintain_order=True)
        .select(
            *GROUP,
            pl.col("forecaster").alias("best_baseline"),
            pl.col("loss").alias("best_baseline_loss"),
        )
    )
    chosen = seen.tested.by_segment.filter("is_champion").select(
        "company_id", "segment", "volume", pl.col("forecaster").alias("champion")
    )
    demand = pl.when(pl.col("demand_qty") > 0).then(pl.col("demand_qty"))
    recorded = pl.when(pl.col("recorded_qty") > 0).then(pl.col("recorded_qty"))
    return (
        rows.join(baselines, on=GROUP, how="left")
        .join(chosen, on=("company_id", "segment", "volume"), how="left")
        .with_columns(
            (pl.col("absolute_error_qty") / demand).alias("wape"),
            (pl.col("absolute_error_recorded_qty") / recorded).alias("wape_recorded"),
            (pl.col("bias_qty") / demand).alias("bias"),
            (loss / pl.when(pl.col("best_baseline_loss") > 0).then("best_baseline_loss")).alias(
                "loss_against_best_baseline"
            ),
            (pl.col("forecaster") == pl.col("champion")).fill_null(False).alias("is_champion"),
            (pl.col("forecaster") != GRADIENT).alias("is_baseline"),
            pl.lit(seen.version).alias("forecast_version"),
        )
    )


def _class(days: int) -> str:
    for most, name in HORIZON_CLASSES:
        if days <= most:
            return name
    return LONGEST


def verdict(seen: Outlook) -> str:
    """Where the gradient model goes out and where a baseline holds, in one line for the run."""
    table = seen.tested.by_segment
    if GRADIENT not in seen.forecasters:
        return "gradient model: not enough history to train and test it; baselines go out"
    judged = table.filter("is_champion").sort("company_id", "segment", "volume")
    won = judged.filter(pl.col("forecaster") == GRADIENT)
    lost = judged.filter(pl.col("forecaster") != GRADIENT)
    held = ", ".join(
        f"{row['company_id']} {row['segment']}/{row['volume']}: {row['forecaster']}"
        for row in lost.iter_rows(named=True)
    )
    said = f"gradient model goes out for {won.height} of {judged.height} groups of items"
    return f"{said}; a baseline holds in {held}" if held else said
