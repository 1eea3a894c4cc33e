"""Rolling origins on history: who would have been best, told per segment of like items.

Each forecaster stands at a past day, sees nothing later, and names the median and the upper
quantile of demand over the line's own horizon; what then came scores it by pinball loss. The
champion is chosen per segment, not per line: one line's history is too short to crown anybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from forecasting.baselines import KNOWN_SHARE, Forecaster, quantile
from forecasting.demand import Floats, Panel, Whole, WindowSums

ROUNDS, STEP_DAYS, WARM_UP_DAYS = 6, 28, 56
SHARES = (0.5, 0.9)
FALLBACK = ("moving_average", "long_average", "exponential_smoothing")
PRESENT_SHARE = 0.95
SMOOTH_ADI, SMOOTH_CV2, NEW_DAYS = 1.32, 0.49, 120


@dataclass(frozen=True, slots=True)
class Backtest:
    """`loss[name]` in units per line; `champion` by line; `rounds` that could be scored."""

    segments: NDArray[np.str_]
    loss: Mapping[str, Floats]
    champion: NDArray[np.str_]
    rounds: Whole
    by_segment: pl.DataFrame


def pinball(actual: Floats, predicted: Floats, share: float) -> Floats:
    """Cost of naming `predicted` as the quantile `share` when `actual` came."""
    miss = actual - predicted
    return np.maximum(share * miss, (share - 1) * miss)


def segments(panel: Panel) -> NDArray[np.str_]:
    """Syntetos and Boylan: how often demand comes (ADI) and how its size varies (CV squared)."""
    known = ~np.isnan(panel.values)
    sizes = np.where(known & (panel.values != 0), panel.values, np.nan)
    times = np.sum(~np.isnan(sizes), axis=1)
    interval = known.sum(axis=1) / np.maximum(times, 1)
    mean = np.nansum(sizes, axis=1) / np.maximum(times, 1)
    variance = np.nansum((sizes - mean[:, None]) ** 2, axis=1) / np.maximum(times, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        wild = np.where(mean != 0, variance / mean**2, 0.0) >= SMOOTH_CV2
    rare = interval >= SMOOTH_ADI
    named = np.where(
        rare, np.where(wild, "lumpy", "intermittent"), np.where(wild, "erratic", "smooth")
    )
    return np.where(panel.days - panel.starts < NEW_DAYS, "new", named)


def backtest(panel: Panel, named: Mapping[str, Forecaster], horizons: Whole) -> Backtest:
    """Up to six origins per line, four weeks apart, the last one a horizon before the end."""
    losses = {name: np.full((ROUNDS, len(horizons)), np.nan) for name in named}
    sums = WindowSums(panel.values)
    for number in range(ROUNDS):
        origins = panel.days - 1 - horizons - number * STEP_DAYS
        actual = _demand_that_came(sums, origins, horizons)
        warm = origins - panel.starts >= WARM_UP_DAYS
        actual = np.where(warm, actual, np.nan)
        for name, forecast in named.items():
            daily = forecast(origins, horizons)
            mean, variance = daily.mean * horizons, daily.variance * horizons
            misses = [pinball(actual, quantile(mean, variance, share), share) for share in SHARES]
            losses[name][number] = np.mean(misses, axis=0)
    return _judged(panel, losses)


def _demand_that_came(sums: WindowSums, origins: Whole, horizons: Whole) -> Floats:
    """Sum over the horizon; days without stock are filled by the mean of the others."""
    count, total, _ = sums.window(origins + 1, origins + 1 + horizons)
    with np.errstate(divide="ignore", invalid="ignore"):
        filled = total * horizons / count
    return np.where((count >= KNOWN_SHARE * horizons) & (count > 0), filled, np.nan)


def _judged(panel: Panel, losses: dict[str, Floats]) -> Backtest:
    scale = np.nanmean(np.abs(panel.values), axis=1)
    scale = np.where(scale > 0, scale, 1.0)
    kinds = segments(panel)
    companies = panel.keys["company_id"].to_numpy()
    champion = np.full(len(kinds), FALLBACK[0], dtype="<U40")
    table = []
    for company in np.unique(companies):
        for kind in np.unique(kinds[companies == company]):
            lines = (companies == company) & (kinds == kind)
            scaled = {name: loss[:, lines] / scale[lines] for name, loss in losses.items()}
            scores = _scores(scaled)
            able = [name for name, score in scores.items() if score.is_candidate]
            best = min(able, key=lambda name: scores[name].loss, default=FALLBACK[0])
            champion[lines] = best
            table += [
                {"company_id": str(company), "segment": str(kind), "lines": int(lines.sum()),
                 "forecaster": name, "pinball_scaled": score.loss, "scored": score.scored,
                 "is_candidate": score.is_candidate, "is_champion": name == best}
                for name, score in scores.items()
            ]  # fmt: skip
    scored_rounds = np.sum(~np.isnan(losses[FALLBACK[0]]), axis=0).astype(np.int64)
    return Backtest(
        segments=kinds,
        loss={name: _mean_of_known(loss) for name, loss in losses.items()},
        champion=champion,
        rounds=scored_rounds,
        by_segment=pl.DataFrame(table, schema=BY_SEGMENT),
    )


BY_SEGMENT = {
    "company_id": pl.String, "segment": pl.String, "lines": pl.Int64, "forecaster": pl.String,
    "pinball_scaled": pl.Float64, "scored": pl.Int64, "is_candidate": pl.Boolean,
    "is_champion": pl.Boolean,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Score:
    loss: float
    scored: int
    is_candidate: bool


def _scores(losses: dict[str, Floats]) -> dict[str, Score]:
    """Mean loss and number of forecasts scored, for all who forecast anything.

    Candidates are compared on the forecasts that each of them made. A forecaster that is silent
    on more than a few (no year of history yet) stays in the table and is no candidate: it would
    be judged on easier lines than its rivals.
    """
    known = {name: there for name, loss in losses.items() if (there := ~np.isnan(loss)).any()}
    most = max((int(there.sum()) for there in known.values()), default=0)
    able = {name for name, there in known.items() if there.sum() >= PRESENT_SHARE * most}
    scores: dict[str, Score] = {}
    if not able:
        return scores
    shared = np.logical_and.reduce([known[name] for name in sorted(able)])
    for name, there in known.items():
        is_candidate = name in able and bool(shared.any())
        judged = losses[name][shared if is_candidate else there]
        scores[name] = Score(float(judged.mean()), int(judged.size), is_candidate)
    return scores


def _mean_of_known(loss: Floats) -> Floats:
    count = np.sum(~np.isnan(loss), axis=0)
    return np.where(count > 0, np.nansum(loss, axis=0) / np.maximum(count, 1), np.nan)
