"""Service that was asked for and service that comes: the quantile to take, learnt from the past.

A distribution is never quite right, and a quantile of it covers more or less than its name says.
So every past interval tells which share would just have covered it (conformal prediction); the
share to take for a target is the one that covered that part of the intervals of lines of like
volume. Volume is what was forecast at the origin: sorted by what came afterwards, small lines
would look smaller than they are, and large ones larger.

The distribution is negative binomial. Its mean is the champion's, drawn along a straight line to
what came after such forecasts (a forecast of next to nothing is seldom followed by nothing); its
spread goes by volume and by how the line's own demand comes. Intervals of late count more, halving
every eight weeks, and the intervals of one line, which resemble each other, count as their number to
the power COUNT_POWER. Of rare cases the past holds too few: beyond LEARNT_UP_TO the share still to
be covered shrinks as the target's does, so that one odd interval does not lift the stock of all
lines of its class.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecasting.demand import Floats
from forecasting.dispersion import Dispersion, count_quantile, fit_dispersion, share_needed
from forecasting.held_out import HeldOut

FEWEST_LINES, FEWEST_INTERVALS, MOST_INTERVALS = 24, 200, 8_000
HALF_LIFE_WEEKS, HIGHEST = 8.0, 0.99999
COUNT_POWER, LEARNT_UP_TO = 0.6, 0.98
# What a reader is shown is what is reckoned with, so that he finds the same quantity.
DIGITS, SHARE_STEPS = 3, 1_000_000
VOLUMES = ("low", "middle", "high")
TRIED = 1 - np.geomspace(0.7, 1e-5, 48)
Names = NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What comes on average after a forecast: `base + slope x forecast`, in units."""

    base: float
    slope: float

    def mean(self, forecast: Floats) -> Floats:
        return np.maximum(self.base + self.slope * forecast, 0.0)


@dataclass(frozen=True, slots=True)
class Past:
    """Intervals of one volume class: mean, ratio, what came per draw of the lead time, line, weight.

    `needed` are the shares that would just have covered, rising; `reached` the weight up to each.
    """

    drawn: Drawn
    mean: Floats
    ratio: Floats
    actual: Floats
    line: NDArray[np.int64]
    weight: Floats
    needed: Floats
    reached: Floats


@dataclass(frozen=True, slots=True)
class Calibration:
    """`volume[line]` is `company|class` as of now; `past` by the same names, where there is enough.

    `mean` is each line's over its interval, drawn to what came after such forecasts; `ratio` the
    variance to mean of its demand.
    """

    volume: Names
    mean: Floats
    ratio: Floats
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

        def covering(past: Past, wanted: Floats) -> Floats:
            place = np.searchsorted(past.reached, np.minimum(wanted, LEARNT_UP_TO))
            learnt = past.needed[np.minimum(place, len(past.needed) - 1)]
            beyond = (1 - np.maximum(wanted, LEARNT_UP_TO)) / (1 - LEARNT_UP_TO)
            return np.where(wanted > LEARNT_UP_TO, 1 - (1 - learnt) * beyond, learnt)

        return self._per_class(target, covering)

    def share_for_fill(self, target: Floats, batch: Floats) -> Floats:
        """Nominal share per line at which units short were (1 - target) of what cycles ordered."""

        def tried(past: Past, wanted: Floats) -> Floats:
            def filled(place: int) -> float:
                return _filled(past, self.dispersion, batch, float(TRIED[place]))

            asked, line = np.unique(wanted, return_inverse=True)
            # a higher share never fills less
            found = [bisect_left(range(len(TRIED) - 1), one, key=filled) for one in asked]
            return TRIED[np.array(found)[line]]

        return self._per_class(target, tried)

    @property
    def deviation(self) -> Floats:
        """Of demand over each line's interval, to the digits that are shown."""
        spread: Floats = np.sqrt(self.dispersion.variance(np.nan_to_num(self.mean), self.ratio))
        return np.round(spread, DIGITS)

    def quantity(self, share: Floats) -> Floats:
        """What covers demand over the interval in `share` of the cases, in whole units."""
        known = ~np.isnan(self.mean) & ~np.isnan(share)
        found = np.full(len(self.mean), np.nan)
        found[known] = count_quantile(self.mean[known], self.deviation[known] ** 2, share[known])
        return found

    def _per_class(self, target: Floats, found: Callable[[Past, Floats], Floats]) -> Floats:
        share = np.full(len(target), np.nan)
        for name, past in self.past.items():
            mine = (self.volume == name) & ~np.isnan(target)
            if mine.any():
                share[mine] = found(past, np.clip(target[mine], 0.0, 1.0))
        rounded: Floats = np.ceil(share * SHARE_STEPS) / SHARE_STEPS
        return np.minimum(rounded, HIGHEST)


def calibrated(held: HeldOut, now: Floats, ratio: Floats, companies: Names) -> Calibration:
    """`now` is each line's mean over its interval, `ratio` its variance to mean, `companies` whose
    it is."""
    known = ~np.isnan(held.mean) & ~np.isnan(held.actual).all(axis=1)
    then = np.stack(
        [volume_classes(mean, companies, known[week]) for week, mean in enumerate(held.mean)]
    )
    volume = volume_classes(now, companies, ~np.isnan(now))
    past_mean, mean, lines = held.mean.copy(), now.copy(), {}
    for name in np.unique(volume):
        its = (then == name) & known
        if its.sum() < FEWEST_INTERVALS:
            continue
        came = np.nanmean(held.actual.transpose(0, 2, 1)[its], axis=1)
        lines[str(name)] = drawn = _line_through(held.mean[its], came)
        past_mean[its] = drawn.mean(held.mean[its])
        mean[volume == name] = drawn.mean(now[volume == name])
    pairs = np.broadcast_to(past_mean[:, None, :], held.actual.shape)
    ratios = np.broadcast_to(held.ratio[:, None, :], held.actual.shape)
    dispersion = fit_dispersion(held.actual.ravel(), pairs.ravel(), ratios.ravel())
    past = {}
    for name, drawn in lines.items():
        week, line = np.nonzero((then == name) & known)
        step = -(-len(week) // MOST_INTERVALS)
        week, line = week[::step], line[::step]
        past[name] = _past(
            drawn, dispersion, past_mean[week, line], held.ratio[week, line],
            held.actual[week, :, line], line, week,
        )  # fmt: skip
    return Calibration(volume, np.round(mean, DIGITS), ratio, dispersion, past)


def _line_through(forecast: Floats, came: Floats) -> Drawn:
    """Least squares, each interval weighing against its spread; never falling, never below zero."""
    scale = np.sqrt(forecast + 0.5)
    rows = np.stack([np.ones_like(forecast), forecast], axis=1) / scale[:, None]
    (base, slope), *_ = np.linalg.lstsq(rows, came / scale, rcond=None)
    if slope < 0:
        return Drawn(float(came.mean()), 0.0)
    return Drawn(float(base), float(slope)) if base >= 0 else Drawn(0.0, 1.0)


def _past(
    drawn: Drawn, dispersion: Dispersion, mean: Floats, ratio: Floats, actual: Floats,
    line: NDArray[np.int64], week: NDArray[np.int64],
) -> Past:  # fmt: skip
    recent = 0.5 ** (week / HALF_LIFE_WEEKS)
    weight = recent / np.bincount(line, recent)[line] ** (1 - COUNT_POWER)
    needed = share_needed(actual, mean[:, None], dispersion.variance(mean, ratio)[:, None])
    each = np.broadcast_to(weight[:, None], needed.shape)[~np.isnan(needed)]
    needed = needed[~np.isnan(needed)]
    order = np.argsort(needed, kind="stable")
    return Past(
        drawn, mean, ratio, actual, line, weight, needed[order],
        np.cumsum(each[order]) / each.sum(),
    )  # fmt: skip


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


def _filled(past: Past, dispersion: Dispersion, batch: Floats, share: float) -> float:
    """Part of units filled at a share: what is short against the batches that cycles order."""
    ordered = np.where(np.isnan(batch[past.line]), past.mean, batch[past.line])
    level = count_quantile(past.mean, dispersion.variance(past.mean, past.ratio), share)
    short = np.nanmean(np.maximum(past.actual - level[:, None], 0.0), axis=1)
    return 1 - float(past.weight @ short) / max(float(past.weight @ ordered), 1e-9)
