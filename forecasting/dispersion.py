"""How much demand spreads around its forecast: one figure per volume bin, from held-out windows.

Variance is ratio x mean + k x mean squared (negative binomial). The ratio is 1 unless a line's own
is known (`own_spread.py`): how its demand comes. k is how forecasts miss. One line's history is too
short to show its own k at the 98th percentile; lines of like volume share it. k is the one that
makes what came most likely.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from forecasting.demand import Floats

EDGES = np.array([0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 64.0, 256.0])
CANDIDATES = np.geomspace(0.01, 12.0, 37)
FEWEST, MOST = 40, 20_000


@dataclass(frozen=True, slots=True)
class Dispersion:
    """`factor[bin]` for means from `EDGES[bin]` on."""

    factor: Floats

    def variance(self, mean: Floats, ratio: Floats | float = 1.0) -> Floats:
        place = np.clip(np.searchsorted(EDGES, mean, side="right") - 1, 0, len(EDGES) - 1)
        return ratio * mean + self.factor[place] * mean**2


def fit_dispersion(actual: Floats, mean: Floats, ratio: Floats | None = None) -> Dispersion:
    """From demand that came and what was forecast for it; thin bins take what all lines show.

    `ratio`: variance to mean of each forecast's line, at least 1; 1 for all where it is not given.
    """
    known = ~np.isnan(actual) & ~np.isnan(mean)
    ratio = np.ones_like(mean) if ratio is None else ratio
    actual, mean, ratio = actual[known], np.maximum(mean[known], 1e-6), ratio[known]
    place = np.clip(np.searchsorted(EDGES, mean, side="right") - 1, 0, len(EDGES) - 1)
    everyone = _likeliest(actual, mean, ratio)
    factors = [
        _likeliest(actual[mine], mean[mine], ratio[mine])
        if (mine := place == number).sum() >= FEWEST
        else everyone
        for number in range(len(EDGES))
    ]
    return Dispersion(np.array(factors))


def _likeliest(actual: Floats, mean: Floats, ratio: Floats) -> float:
    if len(actual) == 0:
        return 1.0
    step = max(1, len(actual) // MOST)
    actual, mean, beyond = actual[::step], mean[::step], (ratio[::step] - 1) / mean[::step]
    tried = [_fit(actual, mean, one + beyond) for one in CANDIDATES]
    return float(CANDIDATES[int(np.argmax(tried))])


def _fit(actual: Floats, mean: Floats, factor: Floats) -> float:
    """Log likelihood, less what no factor changes; imputed windows need not be whole numbers.

    `factor` of each forecast: variance is mean + factor x mean squared.
    """
    shape = 1.0 / factor
    rare = special.gammaln(actual + shape) - special.gammaln(shape)
    return float(
        np.sum(
            rare + shape * np.log(shape / (shape + mean)) + actual * np.log(mean / (shape + mean))
        )
    )


def count_quantile(mean: Floats, variance: Floats, share: Floats | float) -> Floats:
    """Smallest whole number that covers demand in `share` of the cases, negative binomial.

    Where the variance is not above the mean it is taken just above: nearly Poisson.
    """
    mean = np.maximum(mean, 1e-9)
    excess = np.maximum(variance - mean, 1e-4 * mean)
    shape, chance = mean**2 / excess, mean / (mean + excess)
    with np.errstate(all="ignore"):
        found = np.ceil(special.nbdtrik(share, shape, chance) - 1e-9)
    found = np.where(np.isfinite(found), np.maximum(found, 0.0), 0.0)
    # the inverse is continuous below zero units, where the chance of nothing already covers it
    return np.where(chance**shape >= share, 0.0, found)


def share_needed(actual: Floats, mean: Floats, variance: Floats) -> Floats:
    """Share whose quantile just covers `actual`: a hair above the chance of less, negative binomial.

    NaN stays; nothing is covered by any share.
    """
    mean = np.maximum(mean, 1e-9)
    excess = np.maximum(variance - mean, 1e-4 * mean)
    less = np.maximum(np.ceil(actual - 1e-9), 0.0)
    with np.errstate(invalid="ignore"):
        found = special.betainc(mean**2 / excess, np.maximum(less, 1.0), mean / (mean + excess))
    above = found + 1e-7 * (1 - found)
    return np.where(np.isnan(actual), np.nan, np.where(less == 0, 0.0, above))
