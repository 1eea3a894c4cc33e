"""Cycle counts: some items a place and month, and the difference they find."""

from __future__ import annotations

from datetime import date, datetime
from random import Random

from pipelines.sample.happenings import Counted
from pipelines.sample.world.calendar import business_day_of, is_business_day
from pipelines.sample.world.company import Company

COUNT_MINUTE, COUNT_DAY = 16 * 60 + 45, 15


class Counting:
    def __init__(self, company: Company, rng: Random) -> None:
        self.company = company
        self._rng = rng

    def work(self, day: date) -> None:
        if not is_business_day(day) or day != business_day_of(day, COUNT_DAY):
            return
        supply = self.company.parameters.supply
        at = self.company.moment(day, COUNT_MINUTE)
        for location in self.company.warehouses:
            count_id = self.company.number("CC")
            chosen = self._rng.sample(self.company.bought, supply.counted_items_per_month)
            for number, item in enumerate(chosen, start=1):
                book = self.company.stock.level(location.code, item.code, "ON_HAND")
                change = 0
                if self._rng.random() < supply.count_variance_share:
                    change = max(-book, self._rng.choice((-3, -2, -1, -1, 1, 2)))
                self._count(day, at, (count_id, number), (location.code, item.code), change)

    def _count(
        self, day: date, at: datetime, count: tuple[str, int], place: tuple[str, str], change: int
    ) -> None:
        location, code = place
        company = self.company
        book = company.stock.level(location, code, "ON_HAND")
        movement, cost = "", 0
        if change:
            item = company.items[code]
            if change > 0:  # a gain enters at the last known cost
                cost = change * item.cost
                company.cost.receive(code, change, cost)
            else:
                cost = company.cost.issue(code, -change)
            movement = company.move(
                "E37", at, day, item=code, location=location, qty=abs(change),
                leaves="ON_HAND" if change < 0 else "EXT_ADJUST",
                enters="EXT_ADJUST" if change < 0 else "ON_HAND",
                doc_type="COUNT", doc_id=count[0], doc_line=str(count[1]), reason="cycle count",
                approved_by="m.albers",
                unit_cost=item.cost, ext_cost=cost if change > 0 else -cost,
            ).movement_id  # fmt: skip
        company.tell(
            Counted(
                count[0], count[1], day, at, code, location, book, book + change, movement, cost,
                approved_by="m.albers" if change else "",
            )
        )  # fmt: skip
