"""Goods that a supplier keeps with us: its own until an order needs them, then billed monthly."""

from __future__ import annotations

from pipelines.sample.world.catalogue_kinds import Item, Location
from pipelines.sample.world.company import Company


class ConsignedIn:
    def __init__(self, company: Company) -> None:
        self.company = company

    def covers(self, location: Location, item: Item) -> bool:
        return False

    def held(self, location: str, item: str) -> int:
        supplier = self.company.items[item].supplier.code
        return self.company.stock.level(location, item, "CONSIGN_IN", supplier)
