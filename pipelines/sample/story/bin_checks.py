"""The evening after a short pick: somebody looks into the bin, counts, and lets the pieces go."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from pipelines.sample.happenings import Counted
from pipelines.sample.world.company import Company
from pipelines.sample.world.turns import Turn

CHECK_MINUTE, COUNT_AFTER = 18 * 60 + 40, 6
# Count differences that stay inside what the product tolerates, in per cent of the book.
TOLERATED_PERCENT = {"A": 1, "B": 3, "C": 5}


@dataclass(frozen=True, slots=True)
class Short:
    """Pieces a picker did not find: they stay blocked until somebody looks."""

    location: str
    item: str
    lot: str
    qty: int


class BinChecks:
    def __init__(self, company: Company, rng: Random) -> None:
        self.company = company
        self._rng = rng
        self._waiting: list[Short] = []

    def ask(self, short: Short) -> None:
        self._waiting.append(short)

    def work(self, day: date) -> None:
        """Most pieces turn up; what is short twice is looked for twice, a minute apart."""
        waiting, self._waiting = self._waiting, []
        looked: Counter[Short] = Counter()
        for short in waiting:
            at = self.company.moment(day, CHECK_MINUTE + looked[short])
            looked[short] += 1
            self.company.turns.ask(Turn.COUNT, at, partial(self._look, short, day, at))

    def _look(self, short: Short, day: date, at: datetime) -> None:
        self.company.move(
            "E33", at, day, item=short.item, location=short.location, qty=short.qty,
            leaves="QUARANTINE", enters="ON_HAND", kind="release", lot=short.lot,
            reason="bin checked",
        )  # fmt: skip
        self._count(short, day, at + timedelta(minutes=COUNT_AFTER))

    def _count(self, short: Short, day: date, at: datetime) -> None:
        item = self.company.items[short.item]
        book = self.company.stock.level(short.location, short.item, "ON_HAND")
        found = self._rng.random() < self.company.parameters.outbound.short_found_share
        tolerated = book * TOLERATED_PERCENT[item.abc] // 100
        missing = 0 if found or short.qty > tolerated else short.qty
        number, movement, cost = self.company.number("CC"), "", 0
        if missing:
            cost = self.company.cost.issue(short.item, missing)
            movement = self.company.move(
                "E37", at, day, item=short.item, location=short.location, qty=missing,
                leaves="ON_HAND", enters="EXT_ADJUST", lot=short.lot, doc_type="COUNT",
                doc_id=number, doc_line="1", reason="short pick", approved_by="m.albers",
                ext_cost=-cost,
            ).movement_id  # fmt: skip
        self.company.tell(
            Counted(
                number, 1, day, at, short.item, short.location, book, book - missing, movement,
                cost, kind="short_pick", lot=short.lot, approved_by="m.albers" if missing else "",
            )
        )  # fmt: skip
