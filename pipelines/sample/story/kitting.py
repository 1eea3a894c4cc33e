"""Kits put together in advance: components leave the shelf, the kit enters it at their cost."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

from pipelines.sample.story.selling import Selling
from pipelines.sample.world.catalogue_kinds import Item
from pipelines.sample.world.company import Company
from pipelines.sample.world.turns import Turn

KIT_MINUTE, KITTING_WEEKDAY = 15 * 60 + 30, 1


class Kitting:
    """In the full warehouses, on Tuesdays, while the components last."""

    def __init__(self, company: Company, selling: Selling) -> None:
        self.company = company
        self._selling = selling
        self._outbound = company.parameters.outbound
        self._kits = [item for item in company.catalogue.items if item.kind == "kit"]

    def work(self, day: date) -> None:
        if day.weekday() != KITTING_WEEKDAY or not self.company.is_business_day(day):
            return
        at = self.company.moment(day, KIT_MINUTE)
        self.company.turns.ask(Turn.WORK, at, partial(self._fill_up, day, at))

    def _fill_up(self, day: date, at: datetime) -> None:
        for place in self.company.warehouses:
            for kit in self._kits if place.reserves else ():
                stock = self.company.stock
                if stock.level(place.code, kit.code, "ON_HAND") >= self._outbound.kits_kept:
                    continue
                batch = min(
                    stock.level(place.code, item, "ON_HAND") // (2 * each)
                    for item, each in kit.components
                )
                if batch := min(batch, self._outbound.kit_batch):
                    self._assemble(day, at, place.code, kit, batch)

    def _assemble(self, day: date, at: datetime, location: str, kit: Item, batch: int) -> None:
        order, value = self.company.number("WO"), 0
        for number, (item, each) in enumerate(kit.components, start=1):
            cost = self.company.cost.issue(item, batch * each)
            value += cost
            self.company.move(
                "E48", at, day, item=item, location=location, qty=batch * each, doc_type="WO",
                doc_id=order, doc_line=str(number), ext_cost=-cost,
            )  # fmt: skip
            self._selling.use(day, location, item, batch * each)
        self.company.cost.receive(kit.code, batch, value)
        self.company.move(
            "E48", at, day, item=kit.code, location=location, qty=batch, leaves="EXT_CONSUMED",
            enters="ON_HAND", doc_type="WO", doc_id=order, doc_line="0", ext_cost=value,
        )  # fmt: skip
