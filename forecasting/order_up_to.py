"""(s, S): when the position is at or below s, order up to S."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from forecasting.demand import Floats


@dataclass(frozen=True, slots=True)
class OrderUpTo:
    low: float
    high: float
    cost: float | None


def order_up_to_exact(*, fixed: float, holding: float, stockout: float, mass: Floats) -> OrderUpTo:
    """Zheng and Federgruen (1991): the cheapest (s, S) for discrete demand of one period.

    mass: probability of demand 0, 1, 2 ... of a period; demand that waits costs `stockout` a
    period. Raising S pays only while a level costs less than the best average found.
    """
    search = _Search(fixed, holding, stockout, mass)
    best = int(np.searchsorted(np.cumsum(mass), stockout / (stockout + holding)))
    high, low = best, best - 1
    while search.average(low, high) > search.level(low):
        low -= 1
    cost = search.average(low, high)
    candidate = high + 1
    while search.level(candidate) <= cost:
        if search.average(low, candidate) < cost:
            high = candidate
            while search.average(low, high) <= search.level(low + 1):
                low += 1
            cost = search.average(low, high)
        candidate += 1
    return OrderUpTo(float(low), float(high), cost)


class _Search:
    """Cost of a level for one period, and of an (s, S) on average, by the renewal of demand."""

    def __init__(self, fixed: float, holding: float, stockout: float, mass: Floats) -> None:
        self._fixed, self._holding, self._stockout, self._mass = fixed, holding, stockout, mass
        self._renewal = [1.0 / (1.0 - mass[0])]

    def level(self, level: int) -> float:
        gap = level - np.arange(len(self._mass))
        cost = np.where(gap >= 0, self._holding * gap, -self._stockout * gap)
        return float(cost @ self._mass)

    def average(self, low: int, high: int) -> float:
        renewal = [self._renewals(step) for step in range(high - low)]
        passed = sum(weight * self.level(high - step) for step, weight in enumerate(renewal))
        return (self._fixed + passed) / sum(renewal)

    def _renewals(self, step: int) -> float:
        """Expected number of periods that begin `step` units below S."""
        while len(self._renewal) <= step:
            now = len(self._renewal)
            reached = sum(
                self._mass[size] * self._renewal[now - size]
                for size in range(1, min(now, len(self._mass) - 1) + 1)
            )
            self._renewal.append(float(reached / (1.0 - self._mass[0])))
        return self._renewal[step]


def order_up_to_poisson(*, fixed: float, holding: float, stockout: float, mean: float) -> OrderUpTo:
    largest = int(mean + 20 * np.sqrt(mean) + 20)
    mass = stats.poisson.pmf(np.arange(largest + 1), mean)
    return order_up_to_exact(fixed=fixed, holding=holding, stockout=stockout, mass=mass)


def order_up_to_by_power(
    *, fixed: float, holding: float, stockout: float, mean: float, deviation: float
) -> OrderUpTo:
    """Ehrhardt and Mosier (1984): a fit that needs mean and deviation of demand only."""
    quantity = (
        1.30 * mean**0.494 * (fixed / holding) ** 0.506 * (1 + deviation**2 / mean**2) ** 0.116
    )
    z = np.sqrt(quantity * holding / (deviation * stockout))
    low = 0.973 * mean + deviation * (0.183 / z + 1.063 - 2.192 * z)
    high = low + quantity
    return OrderUpTo(float(low), float(high), None)
