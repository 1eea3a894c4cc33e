"""Safety stock: deviations of demand over an uncertain interval, and how many of them to hold.

In the notation of Snyder and Shen, 2nd edition. Floats are right here: these are statistics, rounded
once where they leave the room. Arguments that are arrays give arrays.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Numbers = float | NDArray[np.float64]


def interval_deviation(
    interval: Numbers, demand_mean: Numbers, demand_variance: Numbers, interval_variance: Numbers
) -> Numbers:
    """Standard deviation of demand over an interval that is itself uncertain."""
    return np.sqrt(interval * demand_variance + demand_mean**2 * interval_variance)


def reorder_point(demand_mean: Numbers, interval: Numbers, safety_stock: Numbers) -> Numbers:
    return demand_mean * interval + safety_stock


def standard_loss(z: Numbers) -> Numbers:
    """Expected units short, in standard deviations, with z deviations of safety stock."""
    return stats.norm.pdf(z) - z * stats.norm.sf(z)


def cycle_service_factor(target: Numbers) -> Numbers:
    """Deviations that cover demand in this share of the order cycles."""
    return stats.norm.ppf(target)


def fill_rate_factor(target: Numbers, order_quantity: Numbers, deviation: Numbers) -> Numbers:
    """Deviations at which the units short per cycle are (1 - target) of what a cycle orders.

    The loss falls steadily in z, so halving an interval of -4 .. 8 finds it to 1e-12.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        wanted = (1 - np.asarray(target)) * order_quantity / deviation
    low, high = np.full_like(wanted, -4.0), np.full_like(wanted, 8.0)
    for _ in range(44):
        middle = (low + high) / 2
        too_short = standard_loss(middle) > wanted
        low, high = np.where(too_short, middle, low), np.where(too_short, high, middle)
    return (low + high) / 2
