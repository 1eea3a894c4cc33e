"""What goes wrong on the shelves: bookings twice, without approval, against the rules, or not at
all; and a warehouse system that shows what its own movements do not say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from pipelines.sample.happenings import Counted, StockLevel, StockMoved, WarehouseNote
from pipelines.sample.story.care import Care
from pipelines.sample.story.open_faults import OpenFaults
from pipelines.sample.story.profiles import PROFILES
from pipelines.sample.world.catalogue_kinds import Item
from pipelines.sample.world.company import Company
from pipelines.sample.world.turns import Turn

MISTAKE_DAY, MISTAKE_MINUTE = 8, 19 * 60
DIRECT: dict[str, Any] = {"user": "dbadmin", "scan": "api"}


class Mishandling:
    """One opportunity a full warehouse and month for most of these, one a place for the rest."""

    def __init__(self, company: Company, care: Care, open_faults: OpenFaults) -> None:
        self.company = company
        self.faults = company.faults
        self.care = care
        self.open_faults = open_faults
        self._places = [place.code for place in company.warehouses if place.reserves]
        self._last_moved: dict[tuple[str, str], date] = {}
        company.listen(StockMoved, self._remember)

    def _remember(self, moved: StockMoved) -> None:
        self._last_moved[moved.from_location, moved.item] = moved.day
        self._last_moved[moved.to_location, moved.item] = moved.day

    def work(self, day: date) -> None:
        """In the evening, when all else of the day has happened."""
        if not self.company.is_business_day(day):
            return
        at = self.company.moment(day, MISTAKE_MINUTE)
        if day == self.company.business_day_of(day, MISTAKE_DAY):
            for position, place in enumerate(self._places):
                then = at + timedelta(minutes=12 * position)
                self._book_twice(day, then, place)
                for turn, wait, happens in (
                    (Turn.SCRAP, 2, self._scrap_unapproved),
                    (Turn.COUNT, 4, self._upload),
                ):
                    later = then + timedelta(minutes=wait)
                    self.company.turns.ask(turn, later, partial(happens, day, later, place))
                self._send_nonsense(day, then + timedelta(minutes=6), place)
        if self.company.next_business_day(day) > self.company.parameters.last_day:
            for place in self._places:
                self._go_negative(day, at + timedelta(minutes=40), place)
            for location in self.company.warehouses:
                self._find_nothing(day, at + timedelta(minutes=50), location.code)

    # --- in the course of the year -------------------------------------------------------------

    def _book_twice(self, day: date, at: datetime, place: str) -> None:
        """A hold is sent once and booked twice; the release frees all of it."""
        found = self._pick(day, place, least=8)
        if not found or not self._strikes("DUP_EVENT", place, found[0]):
            return
        item, qty = found[0], 3
        twins = [
            self.company.move(
                "E33", at, day, item=item.code, location=place, qty=qty, reason="complaint"
            )
            for _ in range(2)
        ]
        self.open_faults.keep(
            "DUP_EVENT", item.code, qty, f"booked as {twins[0].movement_id} already",
            movement_id=twins[1].movement_id, item_id=item.code, location_id=place,
        )  # fmt: skip

        def release(then: date, moment: datetime) -> None:
            self.care.release(then, moment, place, item, 2 * qty)

        self.care.later(day, 3, release)

    def _scrap_unapproved(self, day: date, at: datetime, place: str) -> None:
        """Above the limit of the policy, and nobody signed."""
        limit = self.company.parameters.care.approval_above
        found = self._pick(day, place, worth=limit * 5 // 4)
        if not found or not self._strikes("UNAPPROVED_TRANSITION", place, found[0]):
            return
        item = found[0]
        qty = next(n for n in range(1, found[1] + 1) if self.company.worth(item.code, n) > limit)
        cost = self.company.cost.issue(item.code, qty)
        moved = self.company.move(
            "E36", at, day, item=item.code, location=place, qty=qty, leaves="ON_HAND",
            reason="scrapped", ext_cost=-cost,
        )  # fmt: skip
        self.faults.plant(
            "UNAPPROVED_TRANSITION", cost, "written off above the limit, approved by nobody",
            movement_id=moved.movement_id, item_id=item.code, location_id=place,
        )  # fmt: skip

    def _upload(self, day: date, at: datetime, place: str) -> None:
        """Somebody corrects the warehouse's table by hand; the ledger never hears of it."""
        found = self._pick(day, place, least=4)
        if not found or not self._strikes("SHADOW_UPDATE", place, found[0]):
            return
        item, qty = found[0], 2
        cost = self.company.cost.issue(item.code, qty)
        moved = self.company.move(
            "E37", at, day, item=item.code, location=place, qty=qty, leaves="ON_HAND",
            enters="EXT_ADJUST", kind="sync", ext_cost=-cost, is_posted=False, **DIRECT,
        )  # fmt: skip
        keys = {"movement_id": moved.movement_id, "item_id": item.code, "location_id": place}
        note = "changed in the database, no document, no entry"
        self.faults.plant("SHADOW_UPDATE", cost, note, **keys)
        profile = PROFILES[self.company.parameters.ledger.posting_profile]
        if not profile.counts_at_month_end:  # such a ledger waits for the count anyway
            self.faults.plant("GL_MISSING_IN_GL", cost, note, root_code="SHADOW_UPDATE", **keys)

    def _send_nonsense(self, day: date, at: datetime, place: str) -> None:
        """Rows of movements that the warehouse never made: its own books do not know them."""
        for code, kind, state, from_state, note in (
            ("ILLEGAL_TRANSITION", "release", "ON_HAND", "DAMAGED", "damaged goods set free"),
            ("UNMAPPED_TYPE", "wip_issue", "RETURN_QC", "", "returned goods given to production"),
        ):
            found = self._pick(day, place, least=2)
            if found and self._strikes(code, place, found[0]):
                item = found[0].code
                told = WarehouseNote(
                    self.company.number("M", first=1000001), kind, at, day, item, place, 1,
                    state=state, from_state=from_state,
                )  # fmt: skip
                self.company.tell(told)
                self.open_faults.keep(
                    code, item, 1, note, movement_id=told.movement_id, item_id=item,
                    location_id=place,
                )  # fmt: skip

    # --- on the last day -----------------------------------------------------------------------

    def _go_negative(self, day: date, at: datetime, place: str) -> None:
        """More pieces are booked as damaged than the system has: somebody scanned a wrong item."""
        found = self._pick(day, place, most=30)
        if not found or not self._strikes("NEG_STOCK", place, found[0]):
            return
        item, held = found
        moved = self.company.move(
            "E34", at, day, item=item.code, location=place, qty=held + 3, reason="dropped",
            may_go_negative=True,
        )  # fmt: skip
        self.open_faults.keep(
            "NEG_STOCK", item.code, 3, f"{held} on the shelf, {held + 3} booked away",
            movement_id=moved.movement_id, item_id=item.code, location_id=place,
        )  # fmt: skip

    def _find_nothing(self, day: date, at: datetime, place: str) -> None:
        """A spot count of something that has not moved for long finds an empty bin."""
        found = self._pick(day, place, most=60, idle=True)
        if not found or not self._strikes("PHANTOM_STOCK", place, found[0]):
            return
        item, book = found
        count_id = self.company.number("CC")
        self.company.tell(
            Counted(count_id, 1, day, at, item.code, place, book, 0, "", 0, kind="spot")
        )
        keys = {"count_id": count_id, "item_id": item.code, "location_id": place}
        note = f"{book} in the books, none in the bin"
        self.open_faults.keep("PHANTOM_STOCK", item.code, book, note, **keys)
        self.open_faults.keep(
            "COUNT_VARIANCE", item.code, book, note, root_code="PHANTOM_STOCK", **keys
        )

    def misread(self, day: date, levels: Iterator[StockLevel]) -> Iterator[StockLevel]:
        """The last snapshot of the year shows an item as it was before somebody rebuilt an index."""
        chosen = self._misread_items(day) if day == self.company.parameters.last_day else {}
        for level in levels:
            code = chosen.get(level.location)
            if code != level.item or level.state != "ON_HAND" or level.owner:
                yield level
                continue
            yield StockLevel(level.location, level.item, level.state, level.qty + 4)
            self.open_faults.keep(
                "LEDGER_SNAPSHOT_GAP", level.item, 4,
                f"{level.qty} by its movements, {level.qty + 4} in its snapshot",
                item_id=level.item, location_id=level.location,
            )  # fmt: skip

    def _misread_items(self, day: date) -> dict[str, str]:
        chosen = {}
        for location in self.company.warehouses:
            found = self._pick(day, location.code, least=5)
            if found and self._strikes("LEDGER_SNAPSHOT_GAP", location.code, found[0]):
                chosen[location.code] = found[0].code
        return chosen

    # --- choosing ------------------------------------------------------------------------------

    def _strikes(self, code: str, place: str, item: Item) -> bool:
        return self.faults.strikes(code, claim=("stock", place, item.code))

    def _pick(
        self,
        day: date,
        place: str,
        *,
        least: int = 1,
        most: int = 10**9,
        worth: int = 0,
        idle: bool = False,
    ) -> tuple[Item, int] | None:
        """The item that has not moved for longest, of those with so much free on the shelf."""
        found = []
        for item in self.company.bought:
            level = self.company.stock.level(place, item.code, "ON_HAND")
            fits = least <= level <= most and self.company.worth(item.code, level) >= worth
            is_free = not (
                self.faults.is_claimed("stock", place, item.code)
                or self.care.open_orders.need(day, place, item.code)
            )
            if fits and item.is_plain and is_free:
                found.append((self._last_moved[place, item.code], item.code, item, level))
        if not found:
            return None
        found.sort(key=lambda entry: entry[:2])
        middle = 0 if idle else len(found) // 2
        return found[middle][2], found[middle][3]
