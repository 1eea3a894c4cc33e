"""Sums over any window of a panel at the cost of two look-ups."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from forecasting.demand import Floats, Whole


class RunningSums:
    """Count, sum and sum of squares of the known cells, from the first period on."""

    def __init__(self, values: Floats) -> None:
        known = ~np.isnan(values)
        filled = np.where(known, values, 0.0)
        self._count = _running(known, np.int32)
        self._sum = _running(filled, np.float64)
        self._square: Floats | None = None
        self._filled = filled
        self._end = values.shape[1]

    def window(self, line: Whole, low: Whole, high: Whole) -> tuple[Floats, Floats]:
        """Known periods and their sum over low .. high - 1, as far as they lie in the panel."""
        low, high = self._clipped(low, high)
        count = self._count[line, high] - self._count[line, low]
        return count.astype(np.float64), self._sum[line, high] - self._sum[line, low]

    def squares(self, line: Whole, low: Whole, high: Whole) -> Floats:
        if self._square is None:
            self._square = _running(self._filled**2, np.float64)
        low, high = self._clipped(low, high)
        return self._square[line, high] - self._square[line, low]

    def _clipped(self, low: Whole, high: Whole) -> tuple[Whole, Whole]:
        low = np.clip(low, 0, self._end)
        return low, np.maximum(np.clip(high, 0, self._end), low)


def group_sums(values: Floats, code: NDArray[np.int64]) -> RunningSums:
    """Mean of a group's known lines per period, each line weighing what it sells."""
    groups = int(code.max()) + 1 if len(code) else 0
    means = np.full((groups, values.shape[1]), np.nan)
    known = ~np.isnan(values)
    order = np.argsort(code, kind="stable")
    starts = np.searchsorted(code[order], np.arange(groups))
    total = np.add.reduceat(np.where(known, values, 0.0)[order], starts, axis=0)
    count = np.add.reduceat(known[order].astype(np.float64), starts, axis=0)
    np.divide(total, count, out=means, where=count > 0)
    return RunningSums(means)


def smoothed(values: Floats, decay: float) -> NDArray[np.float32]:
    """Exponential level after each period; a period without stock leaves it as it was."""
    level = np.full(values.shape[0], np.nan)
    out = np.empty(values.shape, dtype=np.float32)
    for period in range(values.shape[1]):
        seen = values[:, period]
        moved = np.where(np.isnan(level), seen, level + decay * (seen - level))
        level = np.where(np.isnan(seen), level, moved)
        out[:, period] = level
    return out


def _running(values: NDArray[Any], kind: type[Any]) -> NDArray[Any]:
    out = np.zeros((values.shape[0], values.shape[1] + 1), dtype=kind)
    np.cumsum(values, axis=1, dtype=kind, out=out[:, 1:])
    return out
