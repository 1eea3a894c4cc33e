"""Forecasters for demand that comes now and then: Croston, SBA, TSB, IMAPA.

All walk over a panel (lines x periods) once and keep what they would say after each period, so
that any origin can be asked. Periods without stock are not walked: they are neither a demand nor
an interval without one. Smoothing weights are those of statsforecast, whose answers these are.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from forecasting.demand import Floats, Whole

SIZE_WEIGHT, INTERVAL_WEIGHT = 0.1, 0.1
SIZE_WEIGHT_TSB, CHANCE_WEIGHT_TSB = 0.1, 0.1
BIAS_CORRECTION = 0.95
WEIGHT_RANGE = (0.1, 0.3)


def croston(values: Floats) -> Floats:
    """Smoothed size over smoothed interval after each period; NaN before the first demand."""
    lines, periods = values.shape
    size, interval = np.full(lines, np.nan), np.full(lines, np.nan)
    waited = np.zeros(lines)
    said = np.full(values.shape, np.nan)
    for period in range(periods):
        seen = values[:, period]
        waited += ~np.isnan(seen)
        came = np.nan_to_num(seen) != 0
        size = np.where(came, _moved(size, seen, SIZE_WEIGHT), size)
        interval = np.where(came, _moved(interval, waited, INTERVAL_WEIGHT), interval)
        waited = np.where(came, 0.0, waited)
        said[:, period] = size / interval
    return said


def syntetos_boylan(values: Floats) -> Floats:
    """Croston less the bias of dividing by a smoothed interval."""
    return BIAS_CORRECTION * croston(values)


def teunter_syntetos_babai(values: Floats) -> Floats:
    """Smoothed size times smoothed chance of demand: dies away where nothing comes any more."""
    size, chance = np.full((2, values.shape[0]), np.nan)
    said = np.full(values.shape, np.nan)
    for period in range(values.shape[1]):
        seen = values[:, period]
        known = ~np.isnan(seen)
        came = known & (seen != 0)
        size = np.where(came, _moved(size, seen, SIZE_WEIGHT_TSB), size)
        chance = np.where(known, _moved(chance, came, CHANCE_WEIGHT_TSB), chance)
        said[:, period] = size * chance
    return said


def _moved(level: Floats, seen: Floats | NDArray[np.bool_], weight: float) -> Floats:
    return np.where(np.isnan(level), seen, weight * seen + (1 - weight) * level)


def imapa(history: Floats, *, passes: int = 6) -> Floats:
    """Mean over aggregation levels of what smoothing says; one figure per line, at the end.

    history: lines x periods, NaN where the line was not there yet or had no stock. Levels go up to
    the mean interval between demands. Each pass makes the smoothing weight ten times finer.
    """
    packed = _right_aligned(history)
    levels = _mean_interval(packed)
    total = np.zeros(packed.shape[0])
    for size in range(1, int(levels.max(initial=1)) + 1):
        able = levels >= size
        total[able] += best_smoothing(_chunks(packed[able], size), passes=passes) / size
    return np.where(np.isnan(packed[:, -1]), np.nan, total / levels)


def _right_aligned(history: Floats) -> Floats:
    """Known periods moved to the end of each line, in their order."""
    order = np.argsort(~np.isnan(history), axis=1, kind="stable")  # unknown first
    return np.take_along_axis(history, order, axis=1)


def _mean_interval(packed: Floats) -> Whole:
    """Periods between demands, counted from the line's first, rounded; at least 1."""
    place = np.cumsum(~np.isnan(packed), axis=1)
    came = np.nan_to_num(packed) != 0
    last = np.max(np.where(came, place, 0), axis=1)
    return np.maximum(np.rint(last / np.maximum(came.sum(axis=1), 1)), 1).astype(np.int64)


def _chunks(packed: Floats, size: int) -> Floats:
    """Sums of `size` periods counted from the end; what is left over at the front is dropped."""
    cut = packed[:, packed.shape[1] % size :]
    return cut.reshape(cut.shape[0], -1, size).sum(axis=2)


def best_smoothing(values: Floats, *, passes: int = 6) -> Floats:
    """Exponential smoothing whose weight, per line, missed least one period ahead.

    A grid over the allowed weights, then ever finer ones around the best: every line and weight
    in one walk over the periods.
    """
    low, high = WEIGHT_RANGE
    best, width = np.full(values.shape[0], (low + high) / 2), (high - low) / 2
    level = np.zeros(values.shape[0])
    for _ in range(passes):
        steps = np.linspace(-width, width, 21)
        weights = np.clip(best[:, None] + steps[None, :], low, high)
        missed, levels = _squared_miss(values, weights)
        place = np.argmin(missed, axis=1)[:, None]
        best = np.take_along_axis(weights, place, axis=1)[:, 0]
        level = np.take_along_axis(levels, place, axis=1)[:, 0]
        width /= 10
    return level


def _squared_miss(values: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """Sum of squared one-step misses and the last level, per line and weight."""
    level = np.full(weight.shape, np.nan)
    missed = np.zeros(weight.shape)
    for period in range(values.shape[1]):
        seen = values[:, period, None]
        miss = seen - level
        missed += np.nan_to_num(miss) ** 2
        level = np.where(np.isnan(level), seen, level + weight * miss)
    return missed, np.nan_to_num(level)
