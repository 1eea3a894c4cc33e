"""One order, one uncertain demand: what a unit left over costs against a unit short."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from forecasting.order_quantity import Order
from forecasting.safety_stock import Numbers


def critical_ratio(holding: Numbers, stockout: Numbers) -> Numbers:
    return stockout / (stockout + holding)


def newsvendor_normal(holding: float, stockout: float, mean: float, deviation: float) -> Order:
    z = float(stats.norm.ppf(critical_ratio(holding, stockout)))
    cost = (holding + stockout) * deviation * float(stats.norm.pdf(z))
    return Order(mean + z * deviation, cost)


def newsvendor_discrete(
    holding: float, stockout: float, probability: Callable[[NDArray[np.int64]], NDArray[np.float64]],
    *, largest: int,
) -> Order:  # fmt: skip
    """Smallest level whose chance of covering demand reaches the critical ratio."""
    levels = np.arange(largest + 1)
    mass = probability(levels)
    level = int(np.searchsorted(np.cumsum(mass), critical_ratio(holding, stockout)))
    left = np.maximum(level - levels, 0) @ mass
    short = np.maximum(levels - level, 0) @ mass
    return Order(float(level), float(holding * left + stockout * short))


def newsvendor_poisson(holding: float, stockout: float, mean: float) -> Order:
    """Levels run until what lies beyond cannot matter: twenty deviations above the mean."""
    largest = int(mean + 20 * np.sqrt(mean) + 20)
    return newsvendor_discrete(
        holding, stockout, lambda n: stats.poisson.pmf(n, mean), largest=largest
    )


def newsvendor_cost(holding: float, stockout: float, level: float, mean: float) -> float:
    """Expected cost of standing at `level` against Poisson demand."""
    short = mean * float(stats.poisson.sf(level - 2, mean)) - level * float(
        stats.poisson.sf(level - 1, mean)
    )
    return holding * (level - mean + short) + stockout * short
