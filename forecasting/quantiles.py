"""What the champion expects over several horizons, quantile by quantile."""

from __future__ import annotations

import numpy as np
import polars as pl

from forecasting.baselines import quantile
from forecasting.calibration import Calibration
from forecasting.demand import KEY, Panel
from forecasting.outlook import Outlook
from forecasting.safety_stock import interval_deviation

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.98)
HORIZONS = (7, 28, 30, 60, 90)


def quantile_rows(
    lines: Panel, terms: pl.DataFrame, seen: Outlook, calibration: Calibration
) -> pl.DataFrame:
    """One row per line, horizon and quantile; the line's own interval beside the standard ones.

    Over its own interval a line also bears the spread of its lead time, and its quantiles are those
    that covered so much of the past, where enough of it is known.
    """
    own = terms["horizon_days"].to_numpy()
    late = np.nan_to_num(terms["lead_time_sd_days"].cast(pl.Float64).fill_null(0.0).to_numpy())
    keys = terms.select(KEY)
    made = []
    for standard in (None, *HORIZONS):
        days = own if standard is None else np.full(len(own), standard, dtype=np.int64)
        twice = np.zeros(len(own), dtype=bool) if standard is None else own == standard
        daily = seen.over(lines, days)
        spread = late if standard is None else np.zeros(len(own))
        sigma = np.asarray(interval_deviation(days, daily.mean, daily.variance, spread**2))
        mean = daily.mean * days
        said = ~np.isnan(mean) & ~twice
        for share in QUANTILES:
            qty = quantile(mean, sigma**2, share)
            if standard is None:
                learnt = calibration.quantity(calibration.share(np.full(len(own), share)))
                qty = np.where(np.isnan(learnt), qty, learnt)
            made.append(
                keys.with_columns(
                    pl.lit(lines.origin).alias("origin_date"),
                    pl.Series("horizon_days", days),
                    pl.lit(share).alias("quantile"),
                    pl.Series("forecast_qty", qty),
                    pl.Series("forecast_mean", mean),
                    pl.lit(standard is None).alias("is_protection_interval"),
                    pl.Series("segment", seen.tested.segments),
                    pl.Series("forecaster", seen.champion),
                    pl.lit(seen.version).alias("forecast_version"),
                ).filter(pl.Series(said))
            )
    return pl.concat(made)
