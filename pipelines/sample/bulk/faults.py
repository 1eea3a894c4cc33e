"""What is billed wrong on purpose, and the answer key that says so.

A fault changes what billing did, never what was shipped. No fault lies in the last days, where it
would still be inside its grace.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.sample.bulk.arrays import Array, runs
from pipelines.sample.bulk.codes import money
from pipelines.sample.bulk.company import BulkCompany
from pipelines.sample.bulk.sales import Shipped

RIGHT, UNBILLED, UNDER_PRICED, QTY_SHORT_BILLED = range(4)
CODES = ("", "UNBILLED", "UNDER_PRICED", "QTY_SHORT_BILLED")
# Below it a price cut by some percent may lie inside the tolerance of one cent.
LEAST_PRICE = 100


@dataclass(frozen=True, slots=True)
class BulkPlanted:
    """One entry of the answer key: document numbers and positions as in the story, money in cents."""

    code: str
    order: int
    order_line: int
    shipment: int
    shipment_line: int
    invoice: int
    invoice_line: int
    cell: int
    customer: int
    exposure: int
    note: str


class FaultPlan:
    def __init__(self, company: BulkCompany) -> None:
        self.rates = company.parameters.faults
        self.planted: list[BulkPlanted] = []
        self._rng = company.stream("faults")
        self._last_day = company.calendar.length - self.rates.quiet_days

    def of_lines(self, day: int, shipped: Shipped) -> Array:
        """The fault of each line, RIGHT for nearly all."""
        group, _ = runs(shipped.shipment)
        shipments = int(group[-1]) + 1 if len(group) else 0
        whole = (self._rng.random(shipments) < self.rates.unbilled_shipment)[group]
        chance = self._rng.random(len(group))
        rates = self.rates.unbilled_line, self.rates.under_priced, self.rates.qty_short_billed
        fault = (np.searchsorted(np.cumsum(rates), chance, side="right") + 1) % len(CODES)
        fault[(fault == UNDER_PRICED) & (shipped.price < LEAST_PRICE)] = RIGHT
        fault[(fault == QTY_SHORT_BILLED) & (shipped.qty < 2)] = RIGHT
        fault[whole] = UNBILLED
        return fault if day < self._last_day else np.full_like(fault, RIGHT)

    def billed(self, shipped: Shipped, fault: Array) -> tuple[Array, Array]:
        """Quantity and price in cents as billed."""
        qty, price = shipped.qty.copy(), shipped.price.copy()
        short, cheap = fault == QTY_SHORT_BILLED, fault == UNDER_PRICED
        qty[short] -= (qty[short] * self._rng.integers(8, 35, short.sum()) // 100).clip(1)
        price[cheap] = price[cheap] * self._rng.integers(85, 97, cheap.sum()) // 100
        return qty, price

    def plant_unbilled(self, lost: Shipped) -> None:
        for place in range(len(lost.order)):
            exposure = int(lost.qty[place] * lost.price[place])
            self._plant(UNBILLED, lost, place, (0, 0), exposure, "shipped, never billed")

    def plant_billed_wrong(
        self,
        shipped: Shipped,
        fault: Array,
        invoice: tuple[Array, Array],
        billed: tuple[Array, Array],
    ) -> None:
        """Notes the lines of a night run that are wrong: invoice and line, quantity and price."""
        for place in np.flatnonzero(fault):
            qty, price = int(billed[0][place]), int(billed[1][place])
            sold, agreed = int(shipped.qty[place]), int(shipped.price[place])
            exposure = (sold - qty) * agreed + (agreed - price) * qty
            note = f"{qty} billed at {money(price)}, {sold} shipped at {money(agreed)}"
            on = int(invoice[0][place]), int(invoice[1][place])
            self._plant(int(fault[place]), shipped, int(place), on, exposure, note)

    def _plant(
        self,
        fault: int,
        lines: Shipped,
        place: int,
        invoice: tuple[int, int],
        exposure: int,
        note: str,
    ) -> None:
        self.planted.append(
            BulkPlanted(
                code=CODES[fault],
                order=int(lines.order[place]),
                order_line=int(lines.order_line[place]),
                shipment=int(lines.shipment[place]),
                shipment_line=int(lines.line[place]),
                invoice=invoice[0],
                invoice_line=invoice[1],
                cell=int(lines.cell[place]),
                customer=int(lines.customer[place]),
                exposure=exposure,
                note=note,
            )
        )
