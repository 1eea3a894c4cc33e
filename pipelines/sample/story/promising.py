"""What customers are told about when their goods leave, and out of which goods."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from pipelines.sample.happenings import OrderLine
from pipelines.sample.story.misshipping import Misshipping
from pipelines.sample.story.open_lines import OpenLine
from pipelines.sample.story.reserving import Reserving
from pipelines.sample.world.company import Company

PROMISE_MINUTE, EVERYTHING = 16 * 60 + 30, 1_000_000


class Promising:
    """Keeps an account of pieces that lie where nobody reserves them and orders wait for."""

    def __init__(self, company: Company, reserving: Reserving, mishaps: Misshipping) -> None:
        self.company = company
        self._reserving = reserving
        self._mishaps = mishaps
        self._spoken_for: dict[tuple[str, str], int] = {}

    def promise(self, waiting: OpenLine, day: date) -> OrderLine:
        """The next day where the goods lie here and nobody else was promised them."""
        line = waiting.line
        free = self._reserving.can_cover(waiting, EVERYTHING, less=self._spoken_for)
        if free >= line.qty:
            return line
        if self._mishaps.promises_what_comes(waiting, free, day):
            return replace(line, promise_basis="inbound")
        return replace(line, promise_basis="planned", promised=self._with_lead(waiting, day))

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
            if line.promise_basis == "on_hand" and waits and not waiting.held:
                waiting.line = line.changed(
                    line.status, at, promise_basis="planned",
                    promised=self._with_lead(waiting, day),
                )  # fmt: skip
                self.company.tell(waiting.line)

    def _with_lead(self, waiting: OpenLine, day: date) -> date:
        """When the supplier could have sent more."""
        lead = self.company.items[waiting.parts[0][0]].supplier.lead_days
        return self.company.next_business_day(day + timedelta(days=lead), steps=5)
