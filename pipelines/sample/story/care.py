"""Care of what lies on the shelf: damage, holds, own use, relabelling, mistakes taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from pipelines.sample.happenings import CostOnly, WarehouseNote
from pipelines.sample.story.open_orders import OpenOrders
from pipelines.sample.world.calendar import is_month_end
from pipelines.sample.world.catalogue_kinds import Item
from pipelines.sample.world.company import Company
from pipelines.sample.world.turns import Turn

CARE_MINUTE, REVIEW_MINUTE = 17 * 60, 11 * 60
APPROVER = "m.albers"
Job = Callable[[date, datetime], None]


class Care:
    """Only full warehouse systems tell these things; the 3PL keeps them to itself."""

    def __init__(self, company: Company, rng: Random) -> None:
        self.company = company
        self._parameters = company.parameters.care
        self._rng = rng
        self._later: dict[date, list[Job]] = {}
        self.open_orders = OpenOrders(company)
        self._places = [place.code for place in company.warehouses if place.reserves]

    def work(self, day: date) -> None:
        if not self.company.is_business_day(day):
            return
        for position, job in enumerate(self._later.pop(day, [])):
            job(day, self.company.moment(day, REVIEW_MINUTE + 3 * min(position, 40)))
        for position, place in enumerate(self._places):
            at = self.company.moment(day, CARE_MINUTE + 2 * position)
            for _ in range(self._parameters.rounds_a_day):
                self._go_round(day, at, place)
            for _ in range(self._parameters.bin_moves_a_day):
                self._change_bin(day, at, place)
        if day.month % 2 == 0 and day == self.company.business_day_of(
            day, self._parameters.relabel_day
        ):
            at = self.company.moment(day, CARE_MINUTE + 10)
            self.company.turns.ask(Turn.WORK, at, partial(self._relabel, day, at))
        if day.month == 12 and is_month_end(
            self.company.next_business_day(day) - timedelta(days=1)
        ):
            self._review_values(day, self.company.moment(day, CARE_MINUTE + 20))

    def _go_round(self, day: date, at: datetime, place: str) -> None:
        for share, happens in (
            (self._parameters.damage_share, self._damage),
            (self._parameters.hold_share, self._hold),
            (self._parameters.own_use_share, self._use),
            (self._parameters.wrong_booking_share, self._book_wrongly),
        ):
            if self._rng.random() < share:
                happens(day, at, place)

    def later(self, day: date, days: int, job: Job) -> None:
        """On the first business day so many days from now."""
        due = day + timedelta(days=days)
        due = due if self.company.is_business_day(due) else self.company.next_business_day(due)
        self._later.setdefault(due, []).append(job)

    def pick(self, day: date, place: str, most: int) -> tuple[Item, int] | None:
        """Some pieces of some item that lie free on the shelf of the place."""
        free = [
            (item, level)
            for item in self.company.bought
            if item.is_plain
            and not self.company.faults.is_claimed("stock", place, item.code)
            and not self.open_orders.need(day, place, item.code)
            and (level := self.company.stock.level(place, item.code, "ON_HAND")) > 0
        ]
        if not free:
            return None
        item, level = free[self._rng.randrange(len(free))]
        return item, min(level, self._rng.randrange(1, most + 1))

    def approver(self, cents: int) -> str:
        """Who approves: above the limit somebody has to (policy_transition)."""
        return APPROVER if abs(cents) > self._parameters.approval_above else ""

    # --- damage and holds ----------------------------------------------------------------------

    def _damage(self, day: date, at: datetime, place: str) -> None:
        found = self.pick(day, place, 3)
        if not found:
            return
        item, qty = found
        self._move("E34", at, day, place, item, qty, reason="dropped")
        if self._is_forgotten("DAMAGE_NOT_VALUED", day, (34, 120), place, item):
            return
        reviewed = self._rng.randrange(*self._parameters.days_until_reviewed)

        def scrap(then: date, moment: datetime) -> None:
            self._scrap(then, moment, place, item, qty, "DAMAGED")

        def write_down(then: date, moment: datetime) -> None:
            self._write_down(then, moment, place, item, qty)
            self.later(then, 5, scrap)

        halves = self._rng.random() < self._parameters.written_down_share
        self.later(day, reviewed, write_down if halves else scrap)

    def _is_forgotten(
        self, code: str, day: date, ages: tuple[int, int], place: str, item: Item
    ) -> bool:
        """Nobody comes back to it, so that it is still there, and too old, at the year's end."""
        age = (self.company.parameters.last_day - day).days
        claim = ("stock", place, item.code)
        return ages[0] <= age <= ages[1] and self.company.faults.strikes(code, claim=claim)

    def _write_down(
        self, day: date, at: datetime, place: str, item: Item, qty: int, percent: int = 50
    ) -> None:
        """E35: to what the pieces would still bring, when all else of the day is booked."""
        job = partial(self._lower, day, at, place, item, qty, percent)
        self.company.turns.ask(Turn.VALUE, at, job)

    def _lower(
        self, day: date, at: datetime, place: str, item: Item, qty: int, percent: int
    ) -> None:
        held, value = self.company.cost.qty[item.code], self.company.cost.value[item.code]
        loss = value * qty * percent // (held * 100) if held else 0
        if not loss:
            return
        self.company.cost.adjust_value(item.code, -loss)
        self.company.tell(
            CostOnly(
                self.company.number("M", first=1000001), "E35", at, day, item.code, place, -loss,
                "nrv", approved_by=APPROVER,
            )
        )  # fmt: skip

    def _hold(self, day: date, at: datetime, place: str) -> None:
        found = self.pick(day, place, 12)
        if not found:
            return
        item, qty = found
        self._move("E33", at, day, place, item, qty, reason="complaint")
        if self._is_forgotten("HOLD_AGED", day, (17, 130), place, item):
            return
        scrapped = self._rng.random() < self._parameters.hold_scrapped_share

        def end(then: date, moment: datetime) -> None:
            if scrapped:
                self._scrap(then, moment, place, item, qty, "QUARANTINE")
            else:
                self.release(then, moment, place, item, qty)

        self.later(day, self._rng.randrange(*self._parameters.days_held), end)

    def release(self, day: date, at: datetime, place: str, item: Item, qty: int) -> None:
        self._move(
            "E33", at, day, place, item, qty, leaves="QUARANTINE", enters="ON_HAND",
            kind="release", reason="cleared",
        )  # fmt: skip

    def _scrap(
        self, day: date, at: datetime, place: str, item: Item, qty: int, leaves: str
    ) -> None:
        job = partial(self._write_off, day, at, place, item, qty, leaves)
        self.company.turns.ask(Turn.SCRAP, at, job)

    def _write_off(
        self, day: date, at: datetime, place: str, item: Item, qty: int, leaves: str
    ) -> None:
        cost = self.company.cost.issue(item.code, qty)
        self._move(
            "E36", at, day, place, item, qty, leaves=leaves, reason="scrapped", ext_cost=-cost,
            approved_by=self.approver(cost),
        )  # fmt: skip

    # --- own use, mistakes, relabelling --------------------------------------------------------

    def _use(self, day: date, at: datetime, place: str) -> None:
        self.company.turns.ask(Turn.ISSUE, at, partial(self._take_for_own, day, at, place))

    def _take_for_own(self, day: date, at: datetime, place: str) -> None:
        found = self.pick(day, place, 2)
        if found:
            self._consume(day, at, place, *found, "internal_use")

    def _consume(
        self, day: date, at: datetime, place: str, item: Item, qty: int, reason: str
    ) -> str:
        cost = self.company.cost.issue(item.code, qty)
        return self._move(
            "E55", at, day, place, item, qty, reason=reason, ext_cost=-cost,
            approved_by=self.approver(cost),
        )  # fmt: skip

    def _book_wrongly(self, day: date, at: datetime, place: str) -> None:
        """Somebody scans the wrong item as damaged, and takes it back half an hour later."""
        found = self.pick(day, place, 2)
        if not found:
            return
        item, qty = found
        wrong = self._move("E34", at, day, place, item, qty, reason="dropped")
        self._move(
            "E58", at + timedelta(minutes=34), day, place, item, qty, leaves="DAMAGED",
            enters="ON_HAND", kind="damage", reversal_of=wrong, reason="wrong item",
        )  # fmt: skip
        self.company.faults.trap(
            "reversal pair", "booked on the wrong item and taken back", movement_id=wrong
        )

    def _relabel(self, day: date, at: datetime) -> None:
        """A few pieces become the sister item of the same category; their cost goes with them."""
        place = self._places[0]
        found = self.pick(day, place, 5)
        if not found:
            return
        item, qty = found
        sisters = [
            other
            for other in self.company.bought
            if other.is_plain and other.category is item.category and other is not item
            and not other.launch
        ]  # fmt: skip
        other = sisters[self._rng.randrange(len(sisters))]
        cost = self.company.cost.issue(item.code, qty)
        slip = self.company.number("RL")
        out = self._move(
            "E57", at, day, place, item, qty, reason="relabelled", ext_cost=-cost,
            doc_id=slip, approved_by=APPROVER,
        )  # fmt: skip
        self.company.cost.receive(other.code, qty, cost)
        self._move(
            "E57", at, day, place, other, qty, leaves="EXT_CONSUMED", enters="ON_HAND",
            reason="relabelled", ext_cost=cost, doc_id=slip, linked=out, approved_by=APPROVER,
        )  # fmt: skip

    def _change_bin(self, day: date, at: datetime, place: str) -> None:
        found = self.pick(day, place, 20)
        if found:
            item, qty = found
            self.company.tell(
                WarehouseNote(
                    self.company.number("M", first=1000001), "move", at, day, item.code, place,
                    qty, from_state="ON_HAND", bin=f"{self._rng.choice('ABCD')}-{qty:02d}",
                )
            )  # fmt: skip

    def _review_values(self, day: date, at: datetime) -> None:
        """Once a year: the item that has lain longest is worth less than it cost.

        A row says item and place and not which pieces, so no damaged ones are there: what was
        planted as damage at full value would be valued by it.
        """
        place = self._places[0]
        level = self.company.stock.level
        slow = min(
            (item for item in self.company.bought
             if item.is_plain and level(place, item.code, "ON_HAND") > 0
             and not level(place, item.code, "DAMAGED")),
            key=lambda item: (item.weight, item.code),
        )  # fmt: skip
        qty = self.company.stock.level(place, slow.code, "ON_HAND")
        self._write_down(day, at, place, slow, qty, percent=20)

    def _move(
        self, event: str, at: datetime, day: date, place: str, item: Item, qty: int,
        **details: Any,
    ) -> str:  # fmt: skip
        return self.company.move(
            event, at, day, item=item.code, location=place, qty=qty, **details
        ).movement_id
