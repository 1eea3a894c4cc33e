"""Baseline forecasters: each gives mean and variance of a day's demand over a horizon.

All work on whole panels at once. An origin is the last known day, per line; a forecaster never
looks past it. NaN means that this forecaster has nothing to say about this line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy import stats

from forecasting.demand import Floats, Panel, Whole, WindowSums
from forecasting.dispersion import count_quantile
from forecasting.intermittent import croston, imapa, syntetos_boylan, teunter_syntetos_babai

YEAR = 364  # whole weeks, so that a Monday meets a Monday
SHORT_WINDOW, LONG_WINDOW, SEASON_MARGIN = 30, 120, 14
SMOOTHING = 0.05
KNOWN_SHARE = 0.5
RARE_INTERVAL = 1.32

WORDS: Mapping[str, str] = {
    "moving_average": f"mean of the last {SHORT_WINDOW} days",
    "long_average": f"mean of the last {LONG_WINDOW} days",
    "exponential_smoothing": f"exponential smoothing ({SMOOTHING} a day)",
    "seasonal_window_average": f"mean of the same weeks a year ago, {SEASON_MARGIN} days wider",
    "seasonal_naive": "the same days a year ago",
    "croston": "size of a demand over the days between two (Croston)",
    "syntetos_boylan": "size over interval, its bias taken off (Syntetos and Boylan)",
    "teunter_syntetos_babai": "size times chance of a demand (Teunter, Syntetos and Babai)",
    "imapa": "smoothing over several time buckets (IMAPA)",
    "gradient": "gradient model of all items",
    "analogues": "what items like it sell",
}


@dataclass(frozen=True, slots=True)
class DailyDemand:
    mean: Floats
    variance: Floats


Forecaster = Callable[[Whole, Whole], DailyDemand]


def forecasters(panel: Panel) -> dict[str, Forecaster]:
    """By name, in the order in which ties are decided."""
    sums = WindowSums(panel.values)
    return {
        "moving_average": _trailing(sums, panel, SHORT_WINDOW),
        "long_average": _trailing(sums, panel, LONG_WINDOW),
        "exponential_smoothing": _smoothing(panel),
        "seasonal_window_average": _seasonal(sums, panel, SEASON_MARGIN),
        "seasonal_naive": _seasonal(sums, panel, 0),
        "croston": _walked(sums, panel, croston(panel.values)),
        "syntetos_boylan": _walked(sums, panel, syntetos_boylan(panel.values)),
        "teunter_syntetos_babai": _walked(sums, panel, teunter_syntetos_babai(panel.values)),
        "imapa": _aggregating(sums, panel),
    }


def _trailing(sums: WindowSums, panel: Panel, window: int) -> Forecaster:
    def forecast(origins: Whole, horizons: Whole) -> DailyDemand:
        first = np.maximum(origins + 1 - window, np.minimum(panel.starts, origins))
        return DailyDemand(*sums.mean_and_variance(first, origins + 1, at_least=KNOWN_SHARE))

    return forecast


def _seasonal(sums: WindowSums, panel: Panel, margin: int) -> Forecaster:
    """The horizon's days a year back; years that begin before the history are not used."""

    def forecast(origins: Whole, horizons: Whole) -> DailyDemand:
        first = origins + 1 - YEAR - margin
        end = np.minimum(origins + 1 + horizons - YEAR + margin, origins + 1)
        mean, variance = sums.mean_and_variance(first, end, at_least=KNOWN_SHARE)
        known = first >= panel.starts
        return DailyDemand(np.where(known, mean, np.nan), np.where(known, variance, np.nan))

    return forecast


def _walked(sums: WindowSums, panel: Panel, said: Floats) -> Forecaster:
    """A mean that was carried period by period, with the spread of a long window around it."""

    def forecast(origins: Whole, horizons: Whole) -> DailyDemand:
        mean = said[np.arange(len(origins)), np.clip(origins, 0, panel.days - 1)]
        variance = _spread(sums, panel, origins)
        able = (origins >= 0) & ~np.isnan(mean) & ~np.isnan(variance)
        return DailyDemand(np.where(able, mean, np.nan), np.where(able, variance, np.nan))

    return forecast


def _aggregating(sums: WindowSums, panel: Panel) -> Forecaster:
    """Speaks for lines whose demand is rare: for the others its levels are all one period."""
    said: dict[bytes, Floats] = {}  # it does not depend on the horizon, and it is slow

    def forecast(origins: Whole, horizons: Whole) -> DailyDemand:
        mean, variance = np.full(len(origins), np.nan), _spread(sums, panel, origins)
        rare = np.flatnonzero((panel.demand_interval >= RARE_INTERVAL) & ~np.isnan(variance))
        if len(rare):
            asked = origins[rare].tobytes()
            if asked not in said:
                periods = np.arange(panel.days)[None, :]
                history = np.where(periods <= origins[rare, None], panel.values[rare], np.nan)
                said[asked] = imapa(history, passes=2)
            mean[rare] = said[asked]
        return DailyDemand(mean, np.where(np.isnan(mean), np.nan, variance))

    return forecast


def _spread(sums: WindowSums, panel: Panel, origins: Whole) -> Floats:
    first = np.maximum(origins + 1 - LONG_WINDOW, np.minimum(panel.starts, origins))
    return sums.mean_and_variance(first, origins + 1, at_least=KNOWN_SHARE)[1]


def _smoothing(panel: Panel) -> Forecaster:
    """Level and mean squared miss, carried day by day; unknown days leave both as they are."""
    level = np.full(panel.values.shape, np.nan)
    spread = np.full(panel.values.shape, np.nan)
    opening = _opening_means(panel)
    now, miss = opening, np.zeros(len(opening))
    for day in range(panel.days):
        seen = panel.values[:, day]
        known = ~np.isnan(seen)
        error = np.where(known, seen - now, 0.0)
        now = now + SMOOTHING * error
        miss = np.where(known, miss + SMOOTHING * (error**2 - miss), miss)
        level[:, day], spread[:, day] = now, miss

    def forecast(origins: Whole, horizons: Whole) -> DailyDemand:
        line = np.arange(len(origins))
        at = np.clip(origins, 0, panel.days - 1)
        enough = origins - panel.starts + 1 >= SHORT_WINDOW
        return DailyDemand(
            np.where(enough, level[line, at], np.nan), np.where(enough, spread[line, at], np.nan)
        )

    return forecast


def _opening_means(panel: Panel) -> Floats:
    """Mean of the first weeks of each line's history: where its level starts."""
    sums = WindowSums(panel.values)
    count, total, _ = sums.window(panel.starts, panel.starts + SHORT_WINDOW)
    return total / np.maximum(count, 1)


def quantile(mean: Floats, variance: Floats, share: float) -> Floats:
    """Demand comes in whole units, in bursts: negative binomial with these moments.

    Below Poisson spread (demand that hardly varies) a gamma with the same moments: it is not
    negative either, and may be narrow.
    """
    alive = (mean > 0) & (variance > 0)
    bursts = alive & (variance > mean)
    with np.errstate(divide="ignore", invalid="ignore"):
        shape = np.where(alive, mean**2 / variance, 1.0)
        scale = np.where(alive, variance / mean, 1.0)
    found = np.where(np.isnan(mean), np.nan, np.maximum(mean, 0.0))
    narrow = alive & ~bursts
    found[narrow] = stats.gamma.ppf(share, shape[narrow], scale=scale[narrow])
    found[bursts] = count_quantile(mean[bursts], variance[bursts], share)
    return found
