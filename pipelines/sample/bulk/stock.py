"""How much lies in each cell, and who gets it when it does not suffice."""

from __future__ import annotations

import numpy as np

from pipelines.sample.bulk.arrays import Array, runs
from pipelines.sample.bulk.company import BulkCompany


class BulkStock:
    """Whole pieces per cell: on hand, on order with suppliers, on the way from another site.

    `forecast` is what the planner expects per worked day: a smoothed demand, no quantity.
    """

    def __init__(self, company: BulkCompany, expected: Array) -> None:
        supply = company.parameters.supply
        rng = company.stream("opening")
        usual = company.items.usual_qty[company.cell_item]
        cover = supply.opening_cover_days * rng.lognormal(0, 0.3, company.cell_count)
        on_hand = np.rint(expected * cover + usual * (0.5 + rng.random(company.cell_count)))
        self.on_hand = np.where(company.is_stocked, on_hand, 0).astype(np.int64)
        self.on_order = np.zeros(company.cell_count, dtype=np.int64)
        self.inbound = np.zeros(company.cell_count, dtype=np.int64)
        self.forecast = expected * rng.lognormal(0, 0.15, company.cell_count)
        self._memory = 1 / supply.forecast_memory_days

    def serve(self, cell: Array, qty: Array) -> Array:
        """Pieces that each line gets, first come first served; what is short is not sold."""
        order = np.argsort(cell, kind="stable")
        asked = qty[order]
        group, place = runs(cell[order])
        before = np.cumsum(asked) - asked
        before -= before[place == 0][group] if len(group) else 0
        got = np.clip(self.on_hand[cell[order]] - before, 0, asked)
        served = np.empty_like(got)
        served[order] = got
        self.on_hand -= self._pieces(cell, served)
        self._learn(self._pieces(cell, qty))
        return served

    def add(self, cell: Array, qty: Array) -> None:
        """In + / out -; a cell may be named more than once."""
        np.add.at(self.on_hand, cell, qty)

    @property
    def position(self) -> Array:
        return self.on_hand + self.on_order + self.inbound

    def _learn(self, asked: Array) -> None:
        self.forecast += self._memory * (asked - self.forecast)

    def _pieces(self, cell: Array, qty: Array) -> Array:
        # Sums of whole numbers below 2**53 are exact in the float that bincount adds with.
        return np.bincount(cell, qty, minlength=len(self.on_hand)).astype(np.int64)
