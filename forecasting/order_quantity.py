"""How much to order at once: economic quantities, with backorders and with discounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from forecasting.safety_stock import Numbers


@dataclass(frozen=True, slots=True)
class Order:
    """How much to order, or up to how much, and what it costs."""

    quantity: float
    cost: float


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
