"""What customers still wait for, by place and item: nobody may take it off the shelf unseen."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from pipelines.sample.happenings import OrderLine
from pipelines.sample.world.company import Company

CAREFUL_DAYS = 14


class OpenOrders:
    def __init__(self, company: Company) -> None:
        self._careful_from = company.parameters.last_day - timedelta(days=CAREFUL_DAYS)
        self._open: dict[tuple[str, int], tuple[str, str]] = {}
        self._waiting: Counter[tuple[str, str]] = Counter()
        company.listen(OrderLine, self._hear)

    def _hear(self, line: OrderLine) -> None:
        key, place = (line.order_id, line.line), (line.location, line.item)
        before = self._open.pop(key, None)
        if before:
            self._waiting[before] -= 1
        if line.status in ("open", "partial"):
            self._open[key] = place
            self._waiting[place] += 1

    def need(self, day: date, place: str, item: str) -> bool:
        """Whether an order waits for the item there, at the end of the year alone: a promise that
        cannot be kept then is a fault of its own (DOUBLE_COMMIT)."""
        return day >= self._careful_from and self._waiting[place, item] > 0
