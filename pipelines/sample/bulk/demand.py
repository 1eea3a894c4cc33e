"""What customers order on a day: orders in the sequence in which they come in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.sample.bulk.arrays import Array, runs
from pipelines.sample.bulk.company import BulkCompany

OPENS, CLOSES = 7 * 3600, 12 * 3600 + 1800


@dataclass(frozen=True, slots=True)
class OrderLines:
    """One entry per order line of a day, orders together and in sequence.

    `order` counts the day's orders from 0, `line` the lines of an order from 1; `placed` is in
    seconds after midnight.
    """

    order: Array
    line: Array
    customer: Array
    cell: Array
    qty: Array
    placed: Array

    def __len__(self) -> int:
        return len(self.order)


class DemandStream:
    """Orders are drawn in bulk: customer by weight, item by what sells at the customer's site."""

    def __init__(self, company: BulkCompany) -> None:
        self._company = company
        self._demand = company.parameters.demand
        self._rng = company.stream("demand")
        shares = company.calendar.shares(self._demand, company.stream("days"))
        weights = np.array(self._demand.lines_per_order_weights, dtype=float)
        self._line_shares = np.cumsum(weights) / weights.sum()
        mean_lines = float((weights * np.arange(1, len(weights) + 1)).sum() / weights.sum())
        self.orders_expected = shares * company.parameters.order_lines / mean_lines
        self.lines_expected = shares * company.parameters.order_lines
        self._customer_shares = _cumulative(company.customers.weight)
        self._month = -1
        self._item_shares = np.empty(0)

    def of_day(self, day: int) -> OrderLines:
        company, rng = self._company, self._rng
        self._turn_month(int(company.calendar.month[day]))
        orders = int(rng.poisson(self.orders_expected[day]))
        customer = _drawn(self._customer_shares, rng.random(orders))
        placed = np.sort(rng.integers(OPENS, CLOSES, orders))
        wanted = 1 + _drawn(self._line_shares, rng.random(orders))
        order = np.repeat(np.arange(orders), wanted)
        cell = self._cells(company.customers.site[customer[order]], rng.random(len(order)))
        # An order names an item once: what is drawn twice is one line.
        keys = np.unique(order * company.cell_count + cell)
        order, cell = np.divmod(keys, company.cell_count)
        qty = self._quantities(cell, customer[order])
        return OrderLines(
            order=order,
            line=runs(order)[1] + 1,
            customer=customer[order],
            cell=cell,
            qty=qty,
            placed=placed[order],
        )

    def pieces_a_day(self) -> Array:
        """Pieces expected per cell and worked day, on the average of the whole time."""
        company = self._company
        worked = company.calendar.is_worked[: company.calendar.length].sum()
        lines = self.lines_expected.sum() / worked
        of_site = np.bincount(
            company.customers.site, company.customers.weight, minlength=len(company.sites)
        )
        share = company.taste / company.taste.sum(axis=1, keepdims=True)
        share *= (of_site / of_site.sum())[:, None]
        return (share * lines * company.items.usual_qty).ravel()

    def _turn_month(self, month: int) -> None:
        if month == self._month:
            return
        self._month = month
        company = self._company
        taste = company.taste * company.season(month)[company.items.category]
        shares = np.cumsum(taste, axis=1)
        # Site n draws between n and n + 1, so that one search serves all sites.
        shares = shares / shares[:, -1:] + np.arange(len(company.sites))[:, None]
        self._item_shares = shares.ravel()

    def _cells(self, site: Array, chance: Array) -> Array:
        return _drawn(self._item_shares, site + chance)

    def _quantities(self, cell: Array, customer: Array) -> Array:
        company, spread = self._company, self._demand.quantity_spread
        usual = company.items.usual_qty[company.cell_item[cell]]
        wished = usual * company.customers.size[customer]
        # The mean of the lognormal is 1, so that usual quantities are what is sold on average.
        wished *= self._rng.lognormal(-spread * spread / 2, spread, len(cell))
        return np.rint(wished).astype(np.int64).clip(1)


def _cumulative(weights: Array) -> Array:
    total = np.cumsum(weights)
    return total / total[-1]


def _drawn(cumulative: Array, chance: Array) -> Array:
    """Positions drawn by share; chance in [0, last share)."""
    return np.searchsorted(cumulative, chance, side="right").clip(max=len(cumulative) - 1)
