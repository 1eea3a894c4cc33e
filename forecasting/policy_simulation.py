"""Trying an ordering policy on history: what it would have held, and what it would have lost.

The service share is a choice, and it is made here: each candidate runs over past periods with
forecasts that knew nothing of them, and the cheapest wins. Theory names the newsvendor's ratio;
slow movers, whose leftovers lie for many periods, want less. The whole curve is kept, so that a
planner sees what one more point of service costs in stock.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from forecasting.demand import Floats
from forecasting.lost_sales import Outlook, order_for_arrival

Orders = Callable[[int, Floats, Sequence[Floats]], Floats]


@dataclass(frozen=True, slots=True)
class Stock:
    """On hand at the end of a period, and what is on its way, soonest first."""

    on_hand: Floats
    receipts: tuple[Floats, ...]


@dataclass(frozen=True, slots=True)
class Episode:
    """Units held at the end of each period and lost in it, summed over lines; demand beside."""

    held: Floats
    lost: Floats
    demand: Floats

    def cost(self, holding: float, shortage: float, *, first: int = 0) -> float:
        return float(holding * self.held[first:].sum() + shortage * self.lost[first:].sum())

    @property
    def fill_rate(self) -> float:
        return float(1 - self.lost.sum() / max(self.demand.sum(), 1e-12))


def simulate(orders: Orders, stock: Stock, demand: Floats) -> Episode:
    """Play `demand` (lines x periods): receipts come first, demand beyond the stock is lost.

    orders(period, on_hand, receipts) is asked at the end of the period before; its order joins
    the end of the queue.
    """
    on_hand, queue = stock.on_hand.copy(), list(stock.receipts)
    held, lost = [], []
    for period in range(demand.shape[1]):
        ordered = orders(period, on_hand, queue)
        available = on_hand + queue[0]
        sold = np.minimum(available, demand[:, period])
        on_hand = available - sold
        held.append(float(on_hand.sum()))
        lost.append(float((demand[:, period] - sold).sum()))
        queue = [*queue[1:], ordered]
    return Episode(np.array(held), np.array(lost), demand.sum(axis=0))


def ordering_for_arrival(outlooks: Sequence[Outlook], share: float) -> Orders:
    """Order in each period for its arrival, by that period's outlook; none beyond the last."""

    def orders(period: int, on_hand: Floats, receipts: Sequence[Floats]) -> Floats:
        if period >= len(outlooks):
            return np.zeros_like(on_hand)
        return order_for_arrival(outlooks[period], on_hand, receipts, share=share)

    return orders


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the exchange curve."""

    share: float
    cost: float
    fill_rate: float
    held: float


def exchange_curve(
    outlooks: Sequence[Outlook], stock: Stock, demand: Floats, *, holding: float, shortage: float,
    shares: Sequence[float],
) -> list[Point]:  # fmt: skip
    """Service against stock for each share, on the same history."""
    points = []
    for share in shares:
        played = simulate(ordering_for_arrival(outlooks, share), stock, demand)
        points.append(
            Point(
                share, played.cost(holding, shortage), played.fill_rate, float(played.held.mean())
            )
        )
    return points


def usual_stock(outlook: Outlook) -> Stock:
    """Where a simulation may begin when history kept no stock: one period of demand on hand and
    on each leg of the way, a little more in front."""
    mean = outlook.mean
    receipts = tuple(np.rint(0.8 * mean[:, period]) for period in range(1, mean.shape[1]))
    return Stock(np.rint(1.3 * mean[:, 0]), receipts)
