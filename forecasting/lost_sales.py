"""Ordering where demand that finds no stock is lost: roll the stock to the arrival, order there.

An order placed now can only serve the period in which it arrives and later ones. What happens
before is out of reach; but it decides how much is left, and lost demand does not come back. So
the stock is rolled forward through the open receipts, and the order covers the demand of the
arrival period at the newsvendor's ratio. The quantile of the whole interval's demand, the usual
order-up-to level, counts on backorders and overstocks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from forecasting.demand import Floats
from forecasting.stock_grid import (
    cell_size,
    demand_mass,
    left_after,
    plus,
    point_mass,
    shortfall_quantile,
)


@dataclass(frozen=True, slots=True)
class Outlook:
    """Mean and variance of demand per line and coming period, up to the arrival (lines x periods)."""

    mean: Floats
    variance: Floats


def order_for_arrival(
    outlook: Outlook, on_hand: Floats, receipts: Sequence[Floats], *, share: Floats | float
) -> Floats:
    """Order of each line that arrives at the start of the outlook's last period.

    receipts: what arrives at the start of each period before that, soonest first.
    share: of the cases in which the arrival period's demand is to be covered.
    """
    periods = outlook.mean.shape[1]
    assert len(receipts) == periods - 1, "one receipt per period before the arrival"
    most = on_hand + np.sum(receipts, axis=0)
    cell = cell_size(outlook.mean, outlook.variance, most)
    stock = point_mass(on_hand, cell)
    for period, receipt in enumerate(receipts):
        mass = demand_mass(outlook.mean[:, period], outlook.variance[:, period], cell)
        stock = left_after(plus(stock, receipt, cell), mass)
    last = demand_mass(outlook.mean[:, -1], outlook.variance[:, -1], cell)
    shares = np.broadcast_to(np.asarray(share, dtype=np.float64), on_hand.shape)
    return shortfall_quantile(stock, last, shares, cell)
