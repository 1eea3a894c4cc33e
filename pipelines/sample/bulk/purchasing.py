"""Reordering by policy, lead times, and the book of purchase order lines."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from pipelines.sample.bulk.arrays import ABSENT, Array, Rows, Series, runs
from pipelines.sample.bulk.company import BulkCompany
from pipelines.sample.bulk.stock import BulkStock

ORDERED_AT, CONFIRMED_AT = 15 * 3600, 16 * 3600
RECEIVED_FROM, RECEIVED_UNTIL = 6 * 3600, 9 * 3600
PUTAWAY_SECONDS = 3600


class PurchaseBook:
    """Purchase order lines by a running number; settled ones are forgotten at month end."""

    COLUMNS = ("po", "line", "cell", "qty", "received", "ordered", "promised", "price", "changed")

    def __init__(self) -> None:
        self._first = 0
        self._held = {name: np.empty(0, dtype=np.int64) for name in self.COLUMNS}

    def __len__(self) -> int:
        return len(self._held["po"])

    def add(self, lines: Rows) -> Array:
        """Running numbers of the new lines."""
        first = self._first + len(self)
        for name in self.COLUMNS:
            self._held[name] = np.concatenate([self._held[name], lines[name]])
        return np.arange(first, self._first + len(self))

    def column(self, name: str, number: Array) -> Array:
        return self._held[name][number - self._first]

    def receive(self, number: Array, qty: Array, at: Array) -> None:
        """A line is received at most once a day, so numbers do not repeat."""
        self._held["received"][number - self._first] += qty
        self._held["changed"][number - self._first] = at

    def changed_since(self, moment: int) -> dict[str, Array]:
        changed = self._held["changed"] >= moment
        return {name: values[changed] for name, values in self._held.items()}

    def forget_settled(self) -> None:
        """Drops what comes before the oldest line that is still open."""
        is_open = np.flatnonzero(self._held["received"] < self._held["qty"])
        kept = int(is_open[0]) if len(is_open) else len(self)
        self._first += kept
        self._held = {name: values[kept:].copy() for name, values in self._held.items()}


@dataclass(frozen=True, slots=True)
class Received:
    """Receipt lines of a day, documents together; `at` in seconds since 1970, prices in cents."""

    receipt: Array
    line: Array
    po: Array
    po_line: Array
    cell: Array
    qty: Array
    price: Array
    at: Array


class Purchasing:
    def __init__(self, company: BulkCompany, stock: BulkStock, series: Series) -> None:
        self._company, self._stock, self._series = company, stock, series
        self._supply = company.parameters.supply
        self._rng = company.stream("purchasing")
        self._due: dict[int, list[tuple[Array, Array]]] = defaultdict(list)
        self.book = PurchaseBook()
        supplier = company.items.supplier[company.cell_item]
        weekday = company.suppliers.weekday[supplier]
        self._reviewed = [np.flatnonzero(company.is_stocked & (weekday == day)) for day in range(5)]
        self._lead = company.suppliers.lead_days[supplier]

    def review(self, day: int) -> None:
        """Orders for the cells whose supplier is looked at on this weekday."""
        cell, qty = self._wanted(self._reviewed[int(self._company.calendar.weekday[day])])
        if not len(cell):
            return
        company, rng = self._company, self._rng
        supplier = company.items.supplier[company.cell_item[cell]]
        key = company.cell_site[cell] * company.parameters.suppliers + supplier
        order = np.argsort(key, kind="stable")
        cell, qty, supplier = cell[order], qty[order], supplier[order]
        group, place = runs(key[order])
        orders = int(group[-1]) + 1
        lead = company.suppliers.lead_days[supplier]
        late = rng.poisson(self._supply.late_days_mean, orders)[group] - 1
        number = self.book.add(
            {
                "po": self._series.take("P", orders)[group],
                "line": place + 1,
                "cell": cell,
                "qty": qty,
                "received": np.zeros(len(cell), dtype=np.int64),
                "ordered": np.full(len(cell), day),
                "promised": company.calendar.worked_from[day + lead],
                "price": self._price(day, cell),
                "changed": np.full(len(cell), company.calendar.midnight[day] + CONFIRMED_AT),
            }
        )
        self._stock.on_order[cell] += qty
        self._expect(number, cell, qty, day + (lead + late).clip(1))

    def arrivals(self, day: int) -> Received | None:
        """What comes today, on documents per purchase order; the stock has it at once."""
        due = self._due.pop(day, None)
        if due is None:
            return None
        number, qty = (np.concatenate(parts) for parts in zip(*due, strict=True))
        order = np.argsort(number, kind="stable")
        number, qty = number[order], qty[order]
        po, cell = self.book.column("po", number), self.book.column("cell", number)
        group, place = runs(po)
        receipts = int(group[-1]) + 1
        span = RECEIVED_UNTIL - RECEIVED_FROM
        at = self._company.calendar.midnight[day] + RECEIVED_FROM + group * span // receipts
        self._stock.add(cell, qty)
        np.subtract.at(self._stock.on_order, cell, qty)
        self.book.receive(number, qty, at)
        return Received(
            receipt=self._series.take("G", receipts)[group],
            line=place + 1,
            po=po,
            po_line=self.book.column("line", number),
            cell=cell,
            qty=qty,
            price=self.book.column("price", number),
            at=at,
        )

    def _wanted(self, cell: Array) -> tuple[Array, Array]:
        """Cells below their reorder point, and what fills them up in whole packs."""
        company, supply, stock = self._company, self._supply, self._stock
        usual = company.items.usual_qty[company.cell_item[cell]]
        forecast = stock.forecast[cell]
        lead = self._lead[cell] * 5 / 7 + supply.review_days
        safety = supply.safety_factor * np.sqrt(forecast * usual * lead)
        reorder_point = np.maximum(forecast * lead + safety, usual * 0.5)
        position = stock.position[cell]
        below = position < reorder_point
        cell, usual = cell[below], usual[below]
        missing = (reorder_point + forecast * supply.order_cover_days)[below] - position[below]
        pack = company.items.pack[company.cell_item[cell]]
        packs = np.ceil(np.maximum(missing, usual) / pack).astype(np.int64)
        return cell, packs * pack

    def _price(self, day: int, cell: Array) -> Array:
        """Cents: the item's cost, drifting by the month, and a little chance."""
        drift = self._supply.price_drift_per_month * int(self._company.calendar.month[day])
        noise = self._rng.integers(-self._supply.price_noise, self._supply.price_noise, len(cell))
        cost = self._company.items.cost[self._company.cell_item[cell]]
        return (cost * (10_000 + drift + noise) // 10_000).clip(1)

    def _expect(self, number: Array, cell: Array, qty: Array, day: Array) -> None:
        """Notes when goods come; some lines come in two parts."""
        rng, worked_from = self._rng, self._company.calendar.worked_from
        pack = self._company.items.pack[self._company.cell_item[cell]]
        later = np.where(
            rng.random(len(qty)) < self._supply.split_receipt_share, qty // pack // 2 * pack, 0
        )
        # A week later at least: no run of holidays brings both parts to one day.
        again = day + rng.integers(7, 15, len(qty))
        split = later > 0
        self._note(number, qty - later, worked_from[day])
        self._note(number[split], later[split], worked_from[again[split]])

    def _note(self, number: Array, qty: Array, day: Array) -> None:
        order = np.argsort(day, kind="stable")
        number, qty, day = number[order], qty[order], day[order]
        bounds = np.flatnonzero(np.diff(day, prepend=ABSENT, append=ABSENT))
        for start, end in pairwise(bounds):
            self._due[int(day[start])].append((number[start:end], qty[start:end]))
