"""Rolling origins on history: who would have been best, told per segment of like items.

Each forecaster stands at a past day, sees nothing later, and names the median and the upper
quantile of demand over the line's own horizon; what then came scores it by pinball loss. The
champion is chosen per segment and volume, not per line: one line's history is too short to crown
anybody. Absolute error is shown and does not decide: where demand is rare, a forecast of nothing
wins it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from forecasting.baselines import KNOWN_SHARE, Forecaster, quantile
from forecasting.demand import Floats, Panel, Whole, WindowSums
from forecasting.segments import groups_of_lines, segments

ROUNDS, STEP_DAYS, WARM_UP_DAYS = 6, 28, 56
SHARES = (0.5, 0.9)
FALLBACK = ("moving_average", "long_average", "exponential_smoothing")
PRESENT_SHARE = 0.95


@dataclass(frozen=True, slots=True)
class Backtest:
    """`loss[name]` in units per line; `champion` by line; `rounds` that could be scored.

    `mean[name]`, `misses[name][share]`: per round and line; `actual` what came (stock-outs filled
    up), `recorded` what was sold, `origins` the days stood at.
    """

    segments: NDArray[np.str_]
    groups: NDArray[np.str_]
    loss: Mapping[str, Floats]
    champion: NDArray[np.str_]
    rounds: Whole
    by_segment: pl.DataFrame
    mean: Mapping[str, Floats]
    misses: Mapping[str, Floats]
    actual: Floats
    recorded: Floats
    origins: Whole


def pinball(actual: Floats, predicted: Floats, share: float) -> Floats:
    """Cost of naming `predicted` as the quantile `share` when `actual` came."""
    miss = actual - predicted
    return np.maximum(share * miss, (share - 1) * miss)


def origins_of_rounds(panel: Panel, horizons: Whole) -> Whole:
    """Rounds x lines, newest first: four weeks apart, the first a horizon before the end."""
    rounds = np.arange(ROUNDS)[:, None] * STEP_DAYS
    return panel.days - 1 - horizons[None, :] - rounds


def backtest(panel: Panel, named: Mapping[str, Forecaster], horizons: Whole) -> Backtest:
    """Up to six origins per line; a forecaster that cannot speak at one is silent there."""
    origins = origins_of_rounds(panel, horizons)
    sums = WindowSums(panel.values)
    actual = np.stack([_demand_that_came(sums, origin, horizons) for origin in origins])
    warm = origins - panel.starts[None, :] >= WARM_UP_DAYS
    actual = np.where(warm, actual, np.nan)
    means, misses = {}, {}
    for name, forecast in named.items():
        said = [forecast(origin, horizons) for origin in origins]
        mean = np.stack([daily.mean for daily in said]) * horizons
        variance = np.stack([daily.variance for daily in said]) * horizons
        means[name] = np.where(np.isnan(actual), np.nan, mean)
        misses[name] = np.stack(
            [pinball(actual, quantile(mean, variance, share), share) for share in SHARES]
        )
    recorded = np.stack([_recorded(sums, origin, horizons) for origin in origins])
    return _judged(panel, means, misses, actual, np.where(warm, recorded, np.nan), origins)


def _demand_that_came(sums: WindowSums, origins: Whole, horizons: Whole) -> Floats:
    """Sum over the horizon; days without stock are filled by the mean of the others."""
    count, total, _ = sums.window(origins + 1, origins + 1 + horizons)
    with np.errstate(divide="ignore", invalid="ignore"):
        filled = total * horizons / count
    return np.where((count >= KNOWN_SHARE * horizons) & (count > 0), filled, np.nan)


def _recorded(sums: WindowSums, origins: Whole, horizons: Whole) -> Floats:
    """Sum as the books have it: a day without stock counts as a day without demand."""
    _, total, _ = sums.window(origins + 1, origins + 1 + horizons)
    return total


def _judged(
    panel: Panel, means: dict[str, Floats], misses: dict[str, Floats], actual: Floats,
    recorded: Floats, origins: Whole,
) -> Backtest:  # fmt: skip
    scale = np.nanmean(np.abs(panel.values), axis=1)
    scale = np.where(scale > 0, scale, 1.0)
    losses = {name: miss.mean(axis=0) for name, miss in misses.items()}
    groups = groups_of_lines(panel)
    champion = np.full(len(groups), FALLBACK[0], dtype="<U40")
    table = []
    for group in np.unique(groups):
        lines = groups == group
        scaled = {name: loss[:, lines] / scale[lines] for name, loss in losses.items()}
        scores = _scores(scaled)
        able = [name for name, score in scores.items() if score.is_candidate]
        best = min(able, key=lambda name: scores[name].loss, default=FALLBACK[0])
        champion[lines] = best
        company, segment, volume = str(group).split("|")
        table += [
            {"company_id": company, "segment": segment, "volume": volume,
             "lines": int(lines.sum()), "forecaster": name, "pinball_scaled": score.loss,
             "scored": score.scored, "is_candidate": score.is_candidate,
             "is_champion": name == best}
            for name, score in scores.items()
        ]  # fmt: skip
    return Backtest(
        segments=segments(panel),
        groups=groups,
        loss={name: _mean_of_known(loss) for name, loss in losses.items()},
        champion=champion,
        rounds=np.sum(~np.isnan(losses[FALLBACK[0]]), axis=0).astype(np.int64),
        by_segment=pl.DataFrame(table, schema=BY_SEGMENT),
        mean=means,
        misses=misses,
        actual=actual,
        recorded=recorded,
        origins=origins,
    )


BY_SEGMENT = {
    "company_id": pl.String, "segment": pl.String, "volume": pl.String, "lines": pl.Int64,
    "forecaster": pl.String, "pinball_scaled": pl.Float64, "scored": pl.Int64,
    "is_candidate": pl.Boolean, "is_champion": pl.Boolean,
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
