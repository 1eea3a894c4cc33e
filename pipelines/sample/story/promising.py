"""What customers are told about when their goods leave, and out of which goods."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from pipelines.sample.happenings import OrderLine
from pipelines.sample.story.misshipping import Misshipping
from pipelines.sample.story.open_lines import OpenLine
from pipelines.sample.story.reserving import Reserving
from pipelines.sample.world.channels import CAREFUL_CHANNELS, safety_stock
from pipelines.sample.world.company import Company

PROMISE_MINUTE = 16 * 60 + 30

Owed = Callable[[OrderLine], int]


class Promising:
    """Keeps an account of pieces that lie where nobody reserves them and orders wait for."""

    def __init__(self, company: Company, reserving: Reserving, mishaps: Misshipping) -> None:
        self.company = company
        self._reserving = reserving
        self._mishaps = mishaps
        self._spoken_for: dict[tuple[str, str], int] = {}

    def promise(self, waiting: OpenLine, day: date, *, stopped: bool, owed: Owed) -> OrderLine:
        """The next day where the goods lie here and nobody else was promised them.

        `stopped` where credit will hold the order, which then stands on nothing; `owed` tells the
        pieces of the item for which others of the place wait."""
        line = waiting.line
        free = self._reserving.lies_free(waiting, less=self._spoken_for)
        if free - free % line.per_uom >= line.qty:
            if line.channel not in CAREFUL_CHANNELS or waiting.is_kit:
                return line
            return self._leave_the_safety_stock(waiting, free - owed(line), day, stopped=stopped)
        if not stopped:
            # what lies free is for those who wait already; where nobody reserves it was left out
            staged = self.company.locations[line.location].reserves
            ours = max(free - owed(line), 0) if staged else free
            if self._mishaps.promises_what_comes(waiting, ours, day):
                waiting.is_settled = True
                return replace(line, promise_basis="inbound")
        return self.put_off(waiting, day)

    def put_off(self, waiting: OpenLine, day: date) -> OrderLine:
        """Promised for the day on which the supplier could have sent more."""
        return replace(
            waiting.line, promise_basis="planned", promised=self._with_lead(waiting, day)
        )

    def _leave_the_safety_stock(
        self, waiting: OpenLine, free: int, day: date, *, stopped: bool
    ) -> OrderLine:
        """Where it is close, nobody promises: pieces come and go in the course of the day."""
        line = waiting.line
        left = free - safety_stock(self.company.items[line.item])
        if left >= line.qty + max(3, line.qty // 4):
            return line
        if not stopped and self._mishaps.promises_the_safety_stock(waiting, free, left, day):
            waiting.is_settled = True
            return line
        return self.put_off(waiting, day)

    def speak_for(self, waiting: OpenLine) -> None:
        location = waiting.line.location
        for item, each in waiting.parts:
            key = (location, item)
            self._spoken_for[key] = self._spoken_for.get(key, 0) + waiting.owed * each

    def begin_anew(self, back_orders: Mapping[tuple[str, str], int]) -> None:
        """After the goods of the day have left."""
        self._spoken_for = {
            (location, item): qty
            for (location, item), qty in back_orders.items()
            if not self.company.locations[location].reserves
        }

    def promise_anew(self, waiting_lines: list[OpenLine], day: date) -> None:
        """What was promised from the shelf and did not leave is promised for later."""
        at = self.company.moment(day, PROMISE_MINUTE)
        for waiting in waiting_lines:
            line = waiting.line
            staged = self.company.locations[line.location].reserves
            waits = waiting.reserved < waiting.owed if staged else True
            stays = waiting.held or waiting.is_settled
            if line.promise_basis == "on_hand" and waits and not stays:
                waiting.line = line.changed(
                    line.status, at, promise_basis="planned",
                    promised=self._with_lead(waiting, day),
                )  # fmt: skip
                self.company.tell(waiting.line)

    def _with_lead(self, waiting: OpenLine, day: date) -> date:
        """When the supplier could have sent more."""
        lead = self.company.items[waiting.parts[0][0]].supplier.lead_days
        return self.company.next_business_day(day + timedelta(days=lead), steps=5)
