"""Stock day by day under a reorder point that is set anew from time to time: what it fills and holds.

Goods that arrive come first, then the day's demand; what cannot be served waits and is served when
goods come. On review days an order lifts the position (on hand, less waiting, plus on order) to the
level above the point, if it has fallen to the point or below. Policies are compared on the same
demand and the same lead times.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecasting.demand import Floats, Whole


@dataclass(frozen=True, slots=True)
class Site:
    """`demand` and `lead_days` are lines x days: what was asked, and how long an order of that day
    takes. A line may order every `review_days`, and lives from the day `opens` on."""

    demand: Floats
    lead_days: Whole
    review_days: Whole
    opens: Whole


@dataclass(frozen=True, slots=True)
class Played:
    """Per line, over the days that count: units asked, served on their day; held, spread over all days."""

    asked: Floats
    served: Floats
    held: Floats


def play(site: Site, point: Floats, lot: Floats, *, uncounted: int = 0) -> Played:
    """`point` and `lot` are lines x days: order when the position is at the point, up to point + lot.

    A line begins with its first day's point and lot on hand; its first days do not count.
    """
    lines, days = site.demand.shape
    begin = np.minimum(site.opens, days - 1)
    on_hand = point[np.arange(lines), begin] + lot[np.arange(lines), begin]
    on_order = np.zeros(lines)
    due = np.zeros((lines, days + int(site.lead_days.max(initial=1)) + 1))
    asked, served, held = np.zeros(lines), np.zeros(lines), np.zeros(lines)
    every = np.arange(lines)
    for day in range(days):
        on_hand = on_hand + due[:, day]
        on_order -= due[:, day]
        lives, counts = day >= site.opens, day >= site.opens + uncounted
        wanted = np.where(lives, site.demand[:, day], 0.0)
        from_stock = np.minimum(wanted, np.maximum(on_hand, 0.0))
        on_hand = on_hand - wanted
        asked += np.where(counts, wanted, 0.0)
        served += np.where(counts, from_stock, 0.0)
        held += np.where(counts, np.maximum(on_hand, 0.0), 0.0)
        position = on_hand + on_order
        is_review = (day - site.opens) % site.review_days == 0
        orders: NDArray[np.bool_] = lives & is_review & (position <= point[:, day])
        qty = np.where(orders, point[:, day] + lot[:, day] - position, 0.0)
        on_order += qty
        np.add.at(due, (every, day + np.maximum(site.lead_days[:, day], 1)), qty)
    return Played(asked, served, held / days)
