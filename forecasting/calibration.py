"""Service that was asked for and service that comes: the quantile to take, learnt from the past.

A distribution is never quite right, and a quantile of it covers more or less than its name says.
So every past interval tells which share would just have covered it (conformal prediction); the
share to take for a target is the one that covered that part of the intervals of lines of like
volume. Volume is what was forecast at the origin: sorted by what came afterwards, small lines
would look smaller than they are, and large ones larger.

The distribution itself is negative binomial around the champion's mean, its spread by volume.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecasting.demand import Floats
from forecasting.dispersion import Dispersion, count_quantile, fit_dispersion, share_needed
from forecasting.held_out import HeldOut

FEWEST_LINES, FEWEST_INTERVALS, MOST_INTERVALS = 24, 200, 8_000
HIGHEST = 0.99999
VOLUMES = ("low", "middle", "high")
TRIED = 1 - np.geomspace(0.7, 1e-5, 48)
Names = NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class Past:
    """Intervals of one volume class: mean forecast, what came per draw of the lead time, line."""

    mean: Floats
    actual: Floats
    line: NDArray[np.int64]
    needed: Floats


@dataclass(frozen=True, slots=True)
class Calibration:
    """`volume[line]` is `company|class` as of now; `past` by the same names, where there is enough."""

    volume: Names
    dispersion: Dispersion
    past: Mapping[str, Past]

    @property
    def intervals(self) -> Floats:
        """How many past intervals stand behind each line; NaN where too few do."""
        return np.array(
            [len(self.past[name].mean) if name in self.past else np.nan for name in self.volume]
        )

    def share(self, target: Floats) -> Floats:
        """Nominal share per line whose quantile covered `target` of the past intervals."""
        return self._per_class(
            target, lambda past, wanted: np.quantile(past.needed, wanted, method="higher")
        )

    def share_for_fill(self, target: Floats, batch: Floats) -> Floats:
        """Nominal share per line at which units short were (1 - target) of what cycles ordered."""

        def tried(past: Past, wanted: Floats) -> Floats:
            filled = np.maximum.accumulate(_filled(past, self.dispersion, batch))
            return TRIED[np.minimum(np.searchsorted(filled, wanted), len(TRIED) - 1)]

        return self._per_class(target, tried)

    def quantity(self, mean: Floats, share: Floats) -> Floats:
        """What covers demand over the interval in `share` of the cases, in whole units."""
        known = ~np.isnan(mean) & ~np.isnan(share)
        found = np.full(len(mean), np.nan)
        variance = self.dispersion.variance(mean[known])
        found[known] = count_quantile(mean[known], variance, np.minimum(share[known], HIGHEST))
        return found

    def _per_class(self, target: Floats, found: Callable[[Past, Floats], Floats]) -> Floats:
        share = np.full(len(target), np.nan)
        for name, past in self.past.items():
            mine = (self.volume == name) & ~np.isnan(target)
            if mine.any():
                share[mine] = found(past, np.clip(target[mine], 0.0, 1.0))
        return share


def calibrated(held: HeldOut, now: Floats, companies: Names) -> Calibration:
    """`now` is each line's mean over its interval, `companies` whose it is."""
    pairs = np.broadcast_to(held.mean[:, None, :], held.actual.shape)
    dispersion = fit_dispersion(held.actual.ravel(), pairs.ravel())
    known = ~np.isnan(held.mean) & ~np.isnan(held.actual).all(axis=1)
    then = np.stack(
        [volume_classes(mean, companies, known[week]) for week, mean in enumerate(held.mean)]
    )
    volume = volume_classes(now, companies, ~np.isnan(now))
    past = {}
    for name in np.unique(volume):
        week, line = np.nonzero((then == name) & known)
        if len(week) >= FEWEST_INTERVALS:
            step = -(-len(week) // MOST_INTERVALS)
            past[str(name)] = _past(held, dispersion, week[::step], line[::step])
    return Calibration(volume, dispersion, past)


def _past(
    held: HeldOut, dispersion: Dispersion, week: NDArray[np.int64], line: NDArray[np.int64]
) -> Past:
    mean, actual = held.mean[week, line], held.actual[week, :, line]
    needed = share_needed(actual, mean[:, None], dispersion.variance(mean)[:, None])
    return Past(mean, actual, line, np.sort(needed[~np.isnan(needed)]))


def volume_classes(mean: Floats, companies: Names, known: NDArray[np.bool_]) -> Names:
    """`company|class`: thirds of a company's known lines by forecast; few lines are all alike."""
    named = np.array([f"{company}|all" for company in companies], dtype="<U80")
    for company in np.unique(companies):
        mine = (companies == company) & known
        if (companies == company).sum() < FEWEST_LINES or not mine.any():
            continue
        low, high = np.quantile(mean[mine], (1 / 3, 2 / 3))
        size = np.select([mean[mine] <= low, mean[mine] <= high], VOLUMES[:2], VOLUMES[2])
        named[mine] = [f"{company}|{one}" for one in size]
    return named


def _filled(past: Past, dispersion: Dispersion, batch: Floats) -> Floats:
    """Share filled at each tried share: units short against the batches that cycles order."""
    ordered = np.where(np.isnan(batch[past.line]), past.mean, batch[past.line])
    variance = dispersion.variance(past.mean)
    filled = []
    for share in TRIED:
        level = count_quantile(past.mean, variance, float(share))
        short = np.nanmean(np.maximum(past.actual - level[:, None], 0.0), axis=1)
        filled.append(1 - np.nansum(short) / max(float(np.nansum(ordered)), 1e-9))
    return np.array(filled)
