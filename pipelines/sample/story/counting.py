"""Counts: some items a place and month, a whole warehouse once a year, and what they find.

On Saturdays, when nothing else moves: what is found enters before anything leaves (ruling C2).
"""

from __future__ import annotations

from datetime import date, datetime
from random import Random
from typing import Any

from pipelines.sample.happenings import Counted
from pipelines.sample.story.profiles import PROFILES
from pipelines.sample.world.catalogue_kinds import Item, Location
from pipelines.sample.world.company import Company

SATURDAY = 5
COUNT_MINUTE, COUNT_DAY, WHOLE_DAY = 8 * 60 + 15, 13, 22  # days of a month: from then on
APPROVER = "m.albers"


class Counting:
    def __init__(self, company: Company, rng: Random) -> None:
        self.company = company
        self._parameters = company.parameters.counts
        self._tolerated = dict(self._parameters.tolerated_percent)
        profile = PROFILES[company.parameters.ledger.posting_profile]
        # a ledger that counts at month end books no adjustment and can miss none
        self._is_booked = not profile.counts_at_month_end
        self._rng = rng

    def work(self, day: date) -> None:
        if day.weekday() != SATURDAY:
            return
        countable = [item for item in self.company.bought if item.is_plain]
        at = self.company.moment(day, COUNT_MINUTE)
        if 0 <= day.day - COUNT_DAY < 7:
            for location in self.company.warehouses:
                chosen = self._rng.sample(countable, self._parameters.items_a_month)
                self._count_items(day, at, location, chosen, "cycle")
        if day.month == self._parameters.whole_month and 0 <= day.day - WHOLE_DAY < 7:
            for location in self.company.warehouses:
                if location.code == self._parameters.whole_warehouse:
                    self._count_items(day, at, location, countable, "physical")

    def _count_items(
        self, day: date, at: datetime, location: Location, chosen: list[Item], kind: str
    ) -> None:
        count_id = self.company.number("CC")
        for number, item in enumerate(chosen, start=1):
            book = self.company.stock.level(location.code, item.code, "ON_HAND")
            change = self._found(item, book)
            self._count_line(day, at, (count_id, number), (location.code, item), change, kind)

    def _count_line(
        self, day: date, at: datetime, count: tuple[str, int], place: tuple[str, Item],
        change: int, kind: str,
    ) -> None:  # fmt: skip
        """A line of a count; now and then more is missing than is tolerated, or the adjustment
        does not reach the ledger."""
        location, item = place
        keys: dict[str, Any] = {
            "count_id": count[0], "item_id": item.code, "location_id": location,
        }  # fmt: skip
        faults, claim = self.company.faults, ("stock", location, item.code)
        book = self.company.stock.level(location, item.code, "ON_HAND")
        missing = book * self._tolerated[item.abc] // 100 + 3
        if missing <= book // 2 and faults.strikes("COUNT_VARIANCE", claim=claim):
            movement, cost = self.count(day, at, count, place, -missing, kind)
            note = f"{book} in the books, {book - missing} counted"
            faults.plant("COUNT_VARIANCE", cost, note, movement_id=movement, **keys)
        elif (
            change and self._is_booked
            and faults.strikes("ADJ_UNPROPAGATED", day=day, claim=claim)
        ):  # fmt: skip
            movement, cost = self.count(day, at, count, place, change, kind, is_posted=False)
            note = "adjusted in the warehouse, never in the ledger"
            keys["movement_id"] = movement
            faults.plant("ADJ_UNPROPAGATED", cost, note, **keys)
            faults.plant("GL_MISSING_IN_GL", cost, note, root_code="ADJ_UNPROPAGATED", **keys)
        else:
            self.count(day, at, count, place, change, kind)

    def _found(self, item: Item, book: int) -> int:
        """What a count finds beside the book, inside what is tolerated."""
        tolerated = book * self._tolerated[item.abc] // 100
        if self._rng.random() >= self._parameters.variance_share or not tolerated:
            return 0
        size = self._rng.randrange(1, min(tolerated, 4) + 1)
        return size if self._rng.random() < 0.4 else -size

    def count(
        self, day: date, at: datetime, count: tuple[str, int], place: tuple[str, Item],
        change: int, kind: str, *, is_posted: bool = True,
    ) -> tuple[str, int]:  # fmt: skip
        """Tells a count line and the adjustment that follows from it: its movement and cost."""
        location, item = place
        company = self.company
        book = company.stock.level(location, item.code, "ON_HAND")
        movement, cost = "", 0
        if change:
            # A gain enters at the last known cost (ruling C20).
            gains = change > 0
            act = company.cost.count_in if gains else company.cost.issue
            cost = act(item.code, abs(change))
            movement = company.move(
                "E37", at, day, item=item.code, location=location, qty=abs(change),
                leaves="EXT_ADJUST" if gains else "ON_HAND",
                enters="ON_HAND" if gains else "EXT_ADJUST",
                doc_type="COUNT", doc_id=count[0], doc_line=str(count[1]),
                reason=f"{kind} count", approved_by=APPROVER, ext_cost=cost if gains else -cost,
                is_posted=is_posted,
            ).movement_id  # fmt: skip
        company.tell(
            Counted(
                count[0], count[1], day, at, item.code, location, book, book + change, movement,
                cost, kind=kind, approved_by=APPROVER if change else "",
            )
        )  # fmt: skip
        return movement, cost
