"""What items like it sell: a forecast for lines too young to be forecast on their own.

The gradient model knows a young line by its place, its category and the same item elsewhere. How far
a line may stray from what its like sell is measured on the lines that are known: the spread of what
came over what the model said. A young line bears that spread until its own history has grown.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecasting.baselines import DailyDemand, Forecaster
from forecasting.demand import Floats, Panel, Whole

ANALOGUES = "analogues"
KNOWN_DAYS = 28  # from then on a line is forecast on its own
SPREAD_WITHOUT_LINES = 1.0


@dataclass(frozen=True, slots=True)
class Analogues:
    """Speaks for lines younger than KNOWN_DAYS at the origin and is silent on the others."""

    lines: Panel
    of_all: Forecaster
    spread: float

    def __call__(self, origins: Whole, horizons: Whole) -> DailyDemand:
        said = self.of_all(origins, horizons)
        age = origins - self.lines.starts + 1
        unknown = np.clip((KNOWN_DAYS - age) / KNOWN_DAYS, 0.0, 1.0)
        mean = np.where(self.young(origins), said.mean, np.nan)
        # the spread is of the whole window's demand, so a day bears it times the days
        stray = self.spread * mean**2 * horizons * unknown
        return DailyDemand(mean, said.variance + stray)

    def young(self, origins: Whole) -> np.ndarray:
        return np.asarray(origins - self.lines.starts + 1 < KNOWN_DAYS)


def spread_between_lines(actual: Floats, mean: Floats) -> float:
    """Variance, over lines, of what came over what was said; rounds x lines in, NaN unknown."""
    known = ~np.isnan(actual) & ~np.isnan(mean)
    came = np.where(known, actual, 0.0).sum(axis=0)
    told = np.where(known, mean, 0.0).sum(axis=0)
    judged = told > 0
    if judged.sum() < 2:
        return SPREAD_WITHOUT_LINES
    return float(np.var(came[judged] / told[judged]))
