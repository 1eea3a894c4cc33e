"""The sentence beside each reorder point: which figures met, or what was missing."""

from __future__ import annotations

import polars as pl

from forecasting.baselines import WORDS
from forecasting.calibration import LEARNT_UP_TO


def reason(unanswered: pl.Expr, *, history_needed: int) -> pl.Expr:
    return (
        pl.when(unanswered)
        .then(_missing(history_needed))
        .when(pl.col("demand_mean_daily") == 0)
        .then(pl.format("No demand: the {} is zero, nothing to protect. {}.", _words(), _trust()))
        .otherwise(_computed())
        .alias("reason")
    )


def _missing(history_needed: int) -> pl.Expr:
    """The first thing that stands in the way, in the order in which a planner would look."""
    return (
        pl.when(pl.col("history_days") < history_needed)
        .then(pl.format("No advice: {} days of history, {} needed", "history_days", history_needed))
        .when(pl.col("demand_mean_daily").is_null())
        .then(pl.lit("No advice: too few days with stock to see the demand"))
        .when(pl.col("interval_days").is_null())
        .then(pl.lit("No advice: no lead time is known, neither observed nor agreed"))
        .otherwise(pl.lit("No advice: the policy needs a unit cost, which is not known"))
    )


def _computed() -> pl.Expr:
    return pl.format(
        "{}: {} a day x ({} days lead time + {} days review) = {}, plus safety {} "
        "({}). {}. Lead time: {}.",
        _words().str.slice(0, 1).str.to_uppercase() + _words().str.slice(1),
        _number("demand_mean_daily", 2),
        _number("lead_time_days", 1),
        "review_days",
        _rounded(pl.col("demand_mean_daily") * pl.col("interval_days"), 1),
        _number("safety_stock", 1),
        pl.when(pl.col("share").is_null()).then(_classical()).otherwise(_learnt()),
        _trust(),
        "lead_time_basis",
    )


def _classical() -> pl.Expr:
    return pl.format(
        "z {}, {} {}, deviation {} a day, lead time {} days",
        _number("z", 2),
        _measured(),
        _number("target", 2),
        _number("demand_sd_daily", 2),
        _number("lead_time_sd_days", 1),
    )


def _learnt() -> pl.Expr:
    """Which quantile, of what, and where it is known from that it keeps the target."""
    is_drawn_on = (pl.col("service_kind") != "fill_rate") & (pl.col("target") > LEARNT_UP_TO)
    return pl.format(
        "the quantile {} of demand with mean {} and deviation {}, negative binomial; {} "
        "in {} past intervals of {} lines",
        _number("share", 6),
        _number("expected", 3),
        _number("interval_sd", 3),
        pl.when(is_drawn_on)
        .then(
            pl.format(
                "drawn on to {} {} from what kept {}",
                _measured(),
                _number("target", 4),
                pl.lit(f"{LEARNT_UP_TO:.2f}"),
            )
        )
        .otherwise(pl.format("it kept {} {}", _measured(), _number("target", 2))),
        pl.col("past_intervals").cast(pl.Int64),
        pl.when(pl.col("volume") == "all")
        .then(pl.lit("all"))
        .otherwise(pl.format("{}-volume", pl.col("volume"))),
    )


def _measured() -> pl.Expr:
    """What the target is a share of; costs give it as the critical ratio."""
    return (
        pl.when(pl.col("service_kind") == "cost")
        .then(pl.lit("critical ratio"))
        .otherwise(pl.col("service_kind").str.replace("_", " "))
    )


def _words() -> pl.Expr:
    return pl.col("forecaster").replace_strict(dict(WORDS), default=pl.col("forecaster"))


def _trust() -> pl.Expr:
    return (
        pl.when(pl.col("rounds") > 0)
        .then(pl.format("Best for {} items in {} rounds of backtest", "segment", "rounds"))
        .otherwise(pl.format("Not tested on its own: history is short ({} days)", "history_days"))
    )


def _number(name: str, digits: int) -> pl.Expr:
    return _rounded(pl.col(name), digits)


def _rounded(number: pl.Expr, digits: int) -> pl.Expr:
    """Spelt with a fixed number of digits; an empty part must not empty the sentence."""
    return (
        number.cast(pl.Float64)
        .round(digits)
        .cast(pl.Decimal(18, digits))
        .cast(pl.String)
        .fill_null("?")
    )
