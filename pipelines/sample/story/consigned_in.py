"""Goods that a supplier keeps with us: its own until an order needs them, then billed monthly.

Only in warehouses that report every step. What customers wait for beyond our own pieces is taken
over in the morning, at the price of the day, and is free for their orders from then on.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from pipelines.sample.happenings import SupplierInvoiceLine
from pipelines.sample.story.payables import Payables
from pipelines.sample.world.catalogue_kinds import Item, Location
from pipelines.sample.world.company import Company
from pipelines.sample.world.purchase_prices import cost_on

TAKE_MINUTE = 7 * 60 + 10
PROMISED = ("ON_HAND", "RESERVED", "PICKED", "PACKED")


class ConsignedIn:
    def __init__(self, company: Company, payables: Payables) -> None:
        self.company = company
        self._payables = payables
        self._items = [item for item in company.bought if item.code in item.supplier.consigns]
        self._places = [place for place in company.warehouses if place.reserves]
        self._taken: dict[tuple[str, str], list[tuple[int, int]]] = {}

    def covers(self, location: Location, item: Item) -> bool:
        return location.reserves and item.code in item.supplier.consigns

    def held(self, location: str, item: str) -> int:
        supplier = self.company.items[item].supplier.code
        return self.company.stock.level(location, item, "CONSIGN_IN", supplier)

    def work(self, day: date, owed: dict[tuple[str, str], int]) -> None:
        """`owed`: pieces that customers wait for by location and item, reserved ones among them."""
        if day == self.company.business_day_of(day, 1):
            self._settle(day)
        stock = self.company.stock
        for location in self._places:
            for item in self._items:
                place = (location.code, item.code)
                ours = sum(stock.level(*place, state) for state in PROMISED)
                qty = min(self.held(*place), owed.get(place, 0) - ours)
                if qty > 0:
                    self._take(day, location.code, item, qty)

    def _take(self, day: date, location: str, item: Item, qty: int) -> None:
        """E46: lot by lot, the oldest first; then free for the orders that wait (E15)."""
        price = cost_on(item, self.company.parameters.supply, day)
        supplier = item.supplier.code
        at = self.company.moment(day, TAKE_MINUTE)
        lots = self.company.stock.lots_of(location, item.code, "CONSIGN_IN", supplier)
        for lot, there in lots or [("", qty)]:
            part = min(there, qty)
            qty -= part
            if not part:
                continue
            place: dict[str, Any] = {
                "item": item.code,
                "location": location,
                "qty": part,
                "lot": lot,
            }
            moved = self.company.move(
                "E46", at, day, leaves="CONSIGN_IN", enters="RESERVED", leaves_owner=supplier,
                kind="owner_change", ext_cost=part * price, unit_cost=price, **place,
            )  # fmt: skip
            self.company.cost.receive(item.code, part, part * price, moved.movement_id)
            self.company.move("E15", at, day, **place)
            self._taken.setdefault((supplier, item.code), []).append((part, price))

    def _settle(self, day: date) -> None:
        """The supplier bills what was taken in the month before, item by item and price."""
        by_supplier: dict[str, dict[tuple[str, int], int]] = {}
        for (supplier, item), parts in self._taken.items():
            for qty, price in parts:
                sums = by_supplier.setdefault(supplier, {})
                sums[item, price] = sums.get((item, price), 0) + qty
        self._taken = {}
        for supplier, sums in by_supplier.items():
            lines = tuple(
                SupplierInvoiceLine(
                    number, "item", qty * price, qty=qty, price=price, accrued=qty * price,
                    item=item,
                )
                for number, ((item, price), qty) in enumerate(sorted(sums.items()), start=1)
            )  # fmt: skip
            self.company.tell(self._payables.draft(supplier, day, lines))
