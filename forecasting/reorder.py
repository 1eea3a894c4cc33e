"""Reorder points: the best simple forecast over the protection interval, and what safety costs.

The protection interval is the review interval plus the lead time: an order placed today must last
until the order of the next review has arrived. Where enough past intervals of lines of like volume
are known, the reorder point is the quantile of demand over the interval that kept the policy's
target on them (`calibration.py`). Else safety stock is z times the deviation of demand over the
interval, uncertain lead time included; the policy says what z has to achieve.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from forecasting.baselines import quantile
from forecasting.calibration import Calibration, calibrated
from forecasting.demand import KEY, Floats, Panel, panel
from forecasting.explain import reason
from forecasting.gradient_forecaster import Intervals
from forecasting.held_out import held_out
from forecasting.lead_times import lead_time_per_line
from forecasting.newsvendor import critical_ratio
from forecasting.order_quantity import economic_quantity
from forecasting.outlook import Outlook, outlook
from forecasting.own_spread import OwnSpread
from forecasting.planned import signals_of
from forecasting.policies import policy_per_line
from forecasting.safety_stock import (
    cycle_service_factor,
    fill_rate_factor,
    interval_deviation,
    reorder_point,
)
from forecasting.tables import FORECAST, REORDER, shaped

HISTORY_DAYS = 28
HORIZON_WITHOUT_LEAD_TIME = 28
DAYS_A_YEAR = 365.0


@dataclass(frozen=True, slots=True)
class Study:
    """The panel, the terms of each of its lines, and what the forecasters say about them."""

    lines: Panel
    terms: pl.DataFrame
    seen: Outlook
    calibration: Calibration


def study(
    demand: pl.DataFrame, lead_times: pl.DataFrame, policies: pl.DataFrame, items: pl.DataFrame, *,
    as_of: date, events: pl.DataFrame | None = None, readings: pl.DataFrame | None = None,
    library: MutableMapping[str, str] | None = None,
) -> Study | None:  # fmt: skip
    """Takes fct_demand, demand_lead_time, the replenishment policies and dim_item; planned events
    and signal readings where there are any. None where nothing was ever asked for.

    library: kept gradient models, read and added to.
    """
    lines = panel(demand, as_of=as_of)
    if lines is None:
        return None
    terms = _terms(lines, lead_times, policies, items, as_of=as_of)
    intervals = Intervals(
        terms["horizon_days"].to_numpy(), np.nan_to_num(_numbers(terms, "lead_time_sd_days"))
    )
    signals = signals_of(lines, demand, events, readings, items, as_of=as_of)
    seen = outlook(lines, intervals, items=items, signals=signals, library=library)
    return Study(lines, terms, seen, _calibration(lines, terms, seen))


def _calibration(lines: Panel, terms: pl.DataFrame, seen: Outlook) -> Calibration:
    """What the last half year teaches about the intervals that stand before each line."""
    interval = _numbers(terms, "interval_days")
    days = np.where(np.isnan(interval), terms["horizon_days"].to_numpy(), interval)
    late = np.nan_to_num(_numbers(terms, "lead_time_sd_days"))
    spread = OwnSpread(lines)
    held = held_out(
        lines, seen.forecasters, seen.champion, spread=spread, days=days, deviation=late
    )
    companies = lines.keys["company_id"].to_numpy().astype(str)
    ratio = spread.at(np.full(len(days), lines.days - 1))
    return calibrated(held, seen.chosen().mean * days, ratio, companies)


def forecast_and_reorder(found: Study | None) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The frames `computed.forecast` and `computed.reorder`, sorted by their keys.

    A line without enough history, lead time or policy term keeps empty figures and a reason that
    says so; a line without any policy in force has no row in `reorder`.
    """
    if found is None:
        return shaped(pl.DataFrame(), FORECAST), shaped(pl.DataFrame(), REORDER)
    return (
        shaped(_forecasts(found.lines, found.terms, found.seen), FORECAST),
        shaped(_reorders(found), REORDER),
    )


def _terms(
    lines: Panel, lead_times: pl.DataFrame, policies: pl.DataFrame, items: pl.DataFrame, *,
    as_of: date,
) -> pl.DataFrame:  # fmt: skip
    """One row per line of the panel, in its order: lead time, policy, cost, horizon."""
    cost = "unit_cost" if "unit_cost" in items.columns else None
    costs = items.select(
        "company_id",
        "item_id",
        (pl.col(cost) if cost else pl.lit(None)).cast(pl.Float64).alias("unit_cost"),
    ).unique(("company_id", "item_id"), keep="first", maintain_order=True)
    found = lines.keys
    for facts in (
        lead_time_per_line(lines.keys, lead_times, as_of=as_of),
        policy_per_line(lines.keys, policies, items, as_of=as_of),
    ):
        found = found.join(facts, on=KEY, how="left", maintain_order="left")
    found = found.join(costs, on=("company_id", "item_id"), how="left", maintain_order="left")
    protected = pl.col("lead_time_days") + pl.col("review_days").fill_null(0)
    return found.with_columns(
        *(
            pl.col(name).cast(pl.Float64)
            for name in ("service_target", "holding_rate", "order_cost", "stockout_cost")
        ),
        protected.round(0).fill_null(HORIZON_WITHOUT_LEAD_TIME).clip(1).cast(pl.Int64)
        .alias("horizon_days"),
        protected.alias("interval_days"),
    )  # fmt: skip


def _forecasts(lines: Panel, terms: pl.DataFrame, seen: Outlook) -> pl.DataFrame:
    """Every forecaster that has something to say, the champion marked."""
    days = terms["horizon_days"].to_numpy().astype(np.float64)
    spread = np.nan_to_num(_numbers(terms, "lead_time_sd_days"))
    untested = np.full(len(days), np.nan)
    made = []
    for name, daily in seen.named.items():
        mean = daily.mean * days
        sigma = _floats(interval_deviation(days, daily.mean, daily.variance, spread**2))
        frame = terms.select(*KEY, "horizon_days").with_columns(
            pl.lit(name).alias("forecaster"),
            pl.lit(lines.origin).alias("origin_date"),
            pl.Series("forecast_mean", mean),
            pl.Series("forecast_q50", quantile(mean, sigma**2, 0.5)),
            pl.Series("forecast_q90", quantile(mean, sigma**2, 0.9)),
            pl.Series("sigma", sigma),
            pl.Series("is_champion", seen.champion == name),
            pl.Series("backtest_pinball", seen.tested.loss.get(name, untested)),
        )
        made.append(frame.filter(pl.Series(~np.isnan(mean))))
    return pl.concat(made)


def _reorders(found: Study) -> pl.DataFrame:
    lines, terms, seen = found.lines, found.terms, found.seen
    daily = seen.chosen()
    history = lines.days - lines.starts
    mean = np.where(history >= HISTORY_DAYS, daily.mean, np.nan)
    deviation = np.where(np.isnan(mean), np.nan, np.sqrt(daily.variance))
    interval = _numbers(terms, "interval_days")
    sigma = _floats(
        interval_deviation(interval, mean, deviation**2, _numbers(terms, "lead_time_sd_days") ** 2)
    )
    batch = _batch(terms, mean)
    z = _service_factor(terms, batch, sigma)
    classical = np.where(sigma == 0, 0.0, np.maximum(z * sigma, 0.0))
    learnt = _learnt_safety(found, batch, mean * interval)
    safety = np.where(np.isnan(classical) | np.isnan(learnt.safety), classical, learnt.safety)
    point = _floats(reorder_point(mean, interval, safety))
    cover = mean * _numbers(terms, "max_cover_days")
    up_to = np.maximum(point, np.fmin(point + batch, cover))
    figures = terms.with_columns(
        pl.Series("history_days", history),
        pl.Series("segment", seen.tested.segments),
        pl.Series("rounds", seen.tested.rounds),
        pl.Series("z", z),
        pl.Series("target", _target(terms)),
        pl.Series("share", learnt.share),
        pl.Series("expected", found.calibration.mean),
        pl.Series("interval_sd", found.calibration.deviation),
        pl.Series("past_intervals", found.calibration.intervals),
        pl.Series("volume", [name.split("|")[1] for name in found.calibration.volume]),
        pl.Series("forecaster", seen.champion),
        pl.Series("demand_mean_daily", mean),
        pl.Series("demand_sd_daily", deviation),
        pl.Series("safety_stock", safety),
        pl.Series("reorder_point", point),
        pl.Series("order_up_to", up_to),
        pl.lit(lines.origin).alias("origin_date"),
    ).with_columns(pl.col(pl.Float64).fill_nan(None))
    unanswered = pl.col("reorder_point").is_null()
    return figures.filter(pl.col("policy_id").is_not_null()).with_columns(
        reason(unanswered, history_needed=HISTORY_DAYS),
        pl.when(~unanswered).then(pl.col("forecaster")),
        *(pl.when(~unanswered).then(pl.col(name)) for name in ("safety_stock", "order_up_to")),
    )


@dataclass(frozen=True, slots=True)
class Learnt:
    """Per line, NaN where too few past intervals are known: the share, its safety stock in units."""

    share: Floats
    safety: Floats


def _learnt_safety(found: Study, batch: Floats, mean: Floats) -> Learnt:
    """The quantile that kept the target on past intervals, less the mean."""
    target = _target(found.terms)
    is_fill = (found.terms["service_kind"].fill_null("") == "fill_rate").to_numpy()
    by_cover = found.calibration.share(np.where(is_fill, np.nan, target))
    by_fill = found.calibration.share_for_fill(np.where(is_fill, target, np.nan), batch)
    share = np.where(is_fill, by_fill, by_cover)
    return Learnt(share, np.maximum(found.calibration.quantity(share) - mean, 0.0))


def _batch(terms: pl.DataFrame, mean: Floats) -> Floats:
    """What one order adds above the reorder point: EOQ where it can be computed, else a review."""
    review = np.maximum(np.nan_to_num(_numbers(terms, "review_days")), 1.0)
    held = _numbers(terms, "holding_rate") * _numbers(terms, "unit_cost")
    with np.errstate(divide="ignore", invalid="ignore"):
        eoq = _floats(economic_quantity(_numbers(terms, "order_cost"), held, mean * DAYS_A_YEAR))
    return np.fmax(mean * review, np.where(np.isfinite(eoq), eoq, np.nan))


def _target(terms: pl.DataFrame) -> Floats:
    """Share of cycles or of units to serve; NaN where a cost that decides it is not known."""
    interval = _numbers(terms, "interval_days")
    held = _numbers(terms, "holding_rate") * _numbers(terms, "unit_cost") * interval / DAYS_A_YEAR
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = _floats(critical_ratio(held, _numbers(terms, "stockout_cost")))
    is_cost = (terms["service_kind"].fill_null("") == "cost").to_numpy()
    return np.where(is_cost, ratio, _numbers(terms, "service_target"))


def _service_factor(terms: pl.DataFrame, batch: Floats, sigma: Floats) -> Floats:
    """z for what the policy's target measures; NaN where a cost it needs is not known."""
    target = _target(terms)
    is_fill = (terms["service_kind"].fill_null("") == "fill_rate").to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):
        by_fill = fill_rate_factor(target, batch, sigma)
    return np.where(is_fill, _floats(by_fill), _floats(cycle_service_factor(target)))


def _numbers(terms: pl.DataFrame, name: str) -> Floats:
    return terms[name].cast(pl.Float64).fill_null(float("nan")).to_numpy()


def _floats(numbers: float | Floats) -> Floats:
    return np.asarray(numbers, dtype=np.float64)
