"""Classical inventory formulas, in the notation of Snyder and Shen, 2nd edition.

Floats are right here: these are statistics, rounded once where they leave the room. Arguments that
are arrays give arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Numbers = float | NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Order:
    """How much to order, or up to how much, and what it costs."""

    quantity: float
    cost: float


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


def critical_ratio(holding: Numbers, stockout: Numbers) -> Numbers:
    return stockout / (stockout + holding)


def economic_quantity(fixed: Numbers, holding: Numbers, demand: Numbers) -> Numbers:
    return np.sqrt(2 * fixed * demand / holding)


def economic_order_quantity(fixed: float, holding: float, demand: float) -> Order:
    return Order(
        quantity=float(economic_quantity(fixed, holding, demand)),
        cost=float(np.sqrt(2 * fixed * demand * holding)),
    )


def economic_order_quantity_with_backorders(
    fixed: float, holding: float, stockout: float, demand: float
) -> tuple[Order, float]:
    """The order and the share of demand that waits."""
    share = holding / (holding + stockout)
    return Order(
        quantity=float(np.sqrt(2 * fixed * demand / (holding * (1 - share)))),
        cost=float(np.sqrt(2 * fixed * demand * holding * (1 - share))),
    ), share


def all_units_discount(
    fixed: float, holding_rate: float, demand: float, *, breaks: Sequence[float],
    prices: Sequence[float],
) -> Order:  # fmt: skip
    """The price of the bracket holds for every unit of the order; it pays to test the breaks."""
    best = None
    for start, price in zip(breaks, prices, strict=True):
        ideal = np.sqrt(2 * fixed * demand / (holding_rate * price))
        quantity = max(float(ideal), start)
        cost = demand * price + fixed * demand / quantity + holding_rate * price * quantity / 2
        if best is None or cost < best.cost:
            best = Order(quantity, float(cost))
    assert best is not None, "a discount has at least one bracket"
    return best


def incremental_discount(
    fixed: float, holding_rate: float, demand: float, *, breaks: Sequence[float],
    prices: Sequence[float],
) -> Order:  # fmt: skip
    """Only the units above a break are cheaper: each bracket is an EOQ with a larger fixed cost."""
    best, paid_below = None, 0.0
    for position, (start, price) in enumerate(zip(breaks, prices, strict=True)):
        surcharge = paid_below - price * start
        quantity = float(np.sqrt(2 * (fixed + surcharge) * demand / (holding_rate * price)))
        end = breaks[position + 1] if position + 1 < len(breaks) else np.inf
        if start <= quantity < end:
            cost = (
                demand * price
                + (fixed + surcharge) * demand / quantity
                + holding_rate * (surcharge + price * quantity) / 2
            )
            if best is None or cost < best.cost:
                best = Order(quantity, float(cost))
        if position + 1 < len(breaks):
            paid_below += price * (breaks[position + 1] - start)
    assert best is not None, "one bracket always holds its own optimum"
    return best


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
