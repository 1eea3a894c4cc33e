"""(r, Q): order Q units whenever the position falls to r."""

from __future__ import annotations

import numpy as np
from scipy import stats

from forecasting.newsvendor import critical_ratio, newsvendor_cost
from forecasting.order_quantity import economic_order_quantity
from forecasting.safety_stock import standard_loss


def reorder_point_and_quantity_cost(
    point: float, quantity: float, *, fixed: float, holding: float, stockout: float, demand: float,
    lead_demand: tuple[float, float],
) -> float:  # fmt: skip
    """Yearly cost of an (r, Q) policy under normal lead-time demand (mean, deviation).

    The position is uniform over (r, r + Q]; the integral of the loss over it has a closed form.
    """
    mean, deviation = lead_demand
    lowest, highest = ((level - mean) / deviation for level in (point, point + quantity))
    short = deviation**2 * (_second_loss(lowest) - _second_loss(highest)) / quantity
    on_hand = point + quantity / 2 - mean + short
    return float(fixed * demand / quantity + holding * on_hand + stockout * short)


def _second_loss(z: float) -> float:
    """Integral of the standard loss from z on."""
    return float(((z**2 + 1) * stats.norm.sf(z) - z * stats.norm.pdf(z)) / 2)


def reorder_point_and_quantity(
    *, fixed: float, holding: float, stockout: float, demand: float,
    lead_demand: tuple[float, float],
) -> tuple[float, float]:  # fmt: skip
    """Reorder point with safety stock at the critical ratio, quantity by EOQ."""
    mean, deviation = lead_demand
    z = float(stats.norm.ppf(critical_ratio(holding, stockout)))
    return mean + z * deviation, economic_order_quantity(fixed, holding, demand).quantity


def reorder_point_by_inventory_level(
    *, fixed: float, holding: float, stockout: float, demand: float,
    lead_demand: tuple[float, float],
) -> tuple[float, float, float]:  # fmt: skip
    """Point, quantity and cost where stock is taken as its expected level (EIL approximation).

    Quantity and point depend on each other; exchanging them converges, because a larger point
    means fewer units short and so a smaller quantity.
    """
    mean, deviation = lead_demand
    quantity, before = economic_order_quantity(fixed, holding, demand).quantity, np.inf
    z = 0.0
    while abs(quantity - before) > 1e-10:
        before = quantity
        z = float(stats.norm.isf(min(holding * quantity / (stockout * demand), 1.0)))
        short = deviation * float(standard_loss(z))
        quantity = float(np.sqrt(2 * demand * (fixed + stockout * short) / holding))
    point = mean + z * deviation
    short = deviation * float(standard_loss(z))
    cost = holding * (point - mean + quantity / 2) + demand / quantity * (fixed + stockout * short)
    return point, quantity, cost


def reorder_point_poisson(
    *, fixed: float, holding: float, stockout: float, rate: float, lead_time: float
) -> tuple[int, int, float]:
    """Exact for Poisson demand (Federgruen and Zheng 1992): add the next cheapest level.

    The position is uniform over r+1 .. r+Q; widening that range pays as long as the cheaper of
    its two neighbours costs less than the average so far.
    """
    mean = rate * lead_time

    def level_cost(level: int) -> float:
        return newsvendor_cost(holding, stockout, level, mean)

    best = min(range(int(mean + 20 * np.sqrt(mean)) + 20), key=level_cost)
    point, quantity, total = best - 1, 1, fixed * rate + level_cost(best)
    while True:
        left, right = level_cost(point), level_cost(point + quantity + 1)
        cheaper = min(left, right)
        if cheaper >= total / quantity:
            return point, quantity, total / quantity
        total, quantity = total + cheaper, quantity + 1
        point -= left <= right
