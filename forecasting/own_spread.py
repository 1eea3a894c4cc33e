"""How much a line's days spread beside their mean: its own figure, drawn to what lines usually show.

Demand that comes in orders has, over any interval, the ratio of variance to mean of its days: the
size of an order, large ones weighing more. Lines of like volume differ in it. Few days with demand
say little of it, so the own ratio counts as often as there were days with demand, and what the
company's lines usually show as often as DAYS_OF_USUAL.
"""

from __future__ import annotations

import numpy as np

from forecasting.demand import Floats, Panel, Whole, WindowSums

DAYS_OF_USUAL = 20.0
OF_CHANCE = 1.0  # Poisson; what is steadier is taken to be no steadier


class OwnSpread:
    """Ratios of variance to mean of a panel's lines, as any origin could know them."""

    def __init__(self, lines: Panel) -> None:
        self._starts = lines.starts
        self._sums = WindowSums(lines.values)
        self._busy = WindowSums(np.where(np.isnan(lines.values), np.nan, lines.values != 0))
        self._company = lines.keys["company_id"].rank("dense").to_numpy().astype(np.int64) - 1

    def at(self, origins: Whole) -> Floats:
        """Per line, from its first day to the origin; never below chance."""
        count, total, squares = self._sums.window(self._starts, origins + 1)
        _, busy, _ = self._busy.window(self._starts, origins + 1)
        with np.errstate(divide="ignore", invalid="ignore"):
            own = (squares - total**2 / count) / total
        told = np.where(own > 0, busy, 0.0)
        own = np.where(told > 0, own, 0.0)
        weight = np.bincount(self._company, told)
        usual = np.bincount(self._company, told * own) / np.maximum(weight, 1.0)
        drawn = told * own + DAYS_OF_USUAL * usual[self._company]
        return np.maximum(drawn / (told + DAYS_OF_USUAL), OF_CHANCE)
