"""Stock that moves without a customer: between sites, by counts, by breakage."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from pipelines.sample.bulk.arrays import Array, Series, chosen, document, joined, runs
from pipelines.sample.bulk.company import BulkCompany
from pipelines.sample.bulk.stock import BulkStock

FRIDAY = 4
WORKED_DAYS_A_YEAR = 250


@dataclass(frozen=True, slots=True)
class Transferred:
    """Transfer lines that leave or arrive on a day; `out_id` is the movement with which they left."""

    transfer: Array
    line: Array
    from_cell: Array
    to_cell: Array
    qty: Array
    out_id: Array


class Transfers:
    """Every Friday what one site has far too much of goes where it runs out."""

    def __init__(self, company: BulkCompany, stock: BulkStock, series: Series) -> None:
        self._company, self._stock, self._series = company, stock, series
        self._supply = company.parameters.supply
        self._rng = company.stream("transfers")
        self._due: dict[int, list[Transferred]] = defaultdict(list)

    def arrivals(self, day: int) -> Transferred | None:
        due = self._due.pop(day, None)
        if due is None:
            return None
        came = joined(due)
        self._stock.add(came.to_cell, came.qty)
        self._stock.inbound[came.to_cell] -= came.qty
        return came

    def departures(self, day: int) -> Transferred | None:
        calendar = self._company.calendar
        if calendar.weekday[day] != FRIDAY:
            return None
        from_cell, to_cell, qty = self._wanted()
        if not len(qty):
            return None
        sites = len(self._company.sites)
        lane = self._company.cell_site[from_cell] * sites + self._company.cell_site[to_cell]
        order = np.argsort(lane, kind="stable")
        group, place = runs(lane[order])
        left = Transferred(
            transfer=self._series.take("T", int(group[-1]) + 1)[group],
            line=place + 1,
            from_cell=from_cell[order],
            to_cell=to_cell[order],
            qty=qty[order],
            out_id=self._series.take("M", len(qty)),
        )
        self._stock.add(left.from_cell, -left.qty)
        self._stock.inbound[left.to_cell] += left.qty
        shortest, longest = self._supply.transfer_transit_days
        days = self._rng.integers(shortest, longest + 1, int(group[-1]) + 1)[group]
        arrives = calendar.worked_from[day + days]
        for arrival in np.unique(arrives):
            self._due[int(arrival)].append(chosen(left, arrives == arrival))
        return left

    def _wanted(self) -> tuple[Array, Array, Array]:
        """Per item at most one line a week: from the fullest site to the emptiest."""
        company, supply, stock = self._company, self._supply, self._stock
        shape = (len(company.sites), company.parameters.items)
        forecast, on_hand = stock.forecast.reshape(shape), stock.on_hand.reshape(shape)
        position = stock.position.reshape(shape)
        surplus = np.floor(on_hand - forecast * supply.transfer_surplus_days)
        need = np.ceil(forecast * supply.transfer_need_days - position)
        need[~company.is_stocked.reshape(shape)] = 0
        giver, taker = surplus.argmax(axis=0), need.argmax(axis=0)
        items = np.arange(company.parameters.items)
        qty = np.minimum(surplus[giver, items], need[taker, items])
        moved = np.flatnonzero((qty >= company.items.usual_qty) & (giver != taker))
        return (
            giver[moved] * company.parameters.items + moved,
            taker[moved] * company.parameters.items + moved,
            qty[moved].astype(np.int64),
        )


@dataclass(frozen=True, slots=True)
class Adjusted:
    """Movements that correct the book, qty in + / out -."""

    cell: Array
    qty: Array
    count: Array


class StockChecks:
    """Cycle counts that find a difference, and pieces that break."""

    def __init__(self, company: BulkCompany, stock: BulkStock) -> None:
        self._company, self._stock = company, stock
        self._rng = company.stream("checks")
        self._cells = np.flatnonzero(company.is_stocked)
        supply = company.parameters.supply
        a_day = len(self._cells) / WORKED_DAYS_A_YEAR
        self._differences = a_day * supply.counts_per_cell_and_year * supply.count_difference_share
        self._breakages = a_day * supply.breakages_per_cell_and_year

    def counts(self, day: int) -> Adjusted:
        """A difference of up to 3 % of the book, more often a loss than a gain."""
        cell = self._drawn(self._differences)
        rng, book = self._rng, self._stock.on_hand[cell]
        size = np.rint(book * rng.random(len(cell)) * 0.03).astype(np.int64).clip(1)
        loss = rng.random(len(cell)) < 0.6
        return self._adjusted(day, cell, np.where(loss, -np.minimum(size, book), size))

    def breakages(self, day: int) -> Adjusted:
        cell = self._drawn(self._breakages)
        broken = 1 + self._rng.poisson(1.0, len(cell))
        return self._adjusted(day, cell, -np.minimum(broken, self._stock.on_hand[cell]))

    def _drawn(self, expected: float) -> Array:
        places = self._rng.integers(0, len(self._cells), self._rng.poisson(expected))
        return self._cells[np.unique(places)]

    def _adjusted(self, day: int, cell: Array, qty: Array) -> Adjusted:
        cell, qty = cell[qty != 0], qty[qty != 0]
        self._stock.add(cell, qty)
        site = self._company.cell_site[cell]
        return Adjusted(cell, qty, document("K", day * len(self._company.sites) + site + 1))
