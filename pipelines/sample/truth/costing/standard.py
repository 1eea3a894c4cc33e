"""Standard cost: stock is always quantity x standard of its date (ruling C12).

What a receipt, a landed cost or an invoice says beyond that is a variance, and a new standard
revalues what is there. Nothing is ever owed: pieces that are not there are worth the standard too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from pipelines.sample.truth.costing.bookkeeper import Bookkeeper
from pipelines.sample.truth.costing.entries import CostEntry, CostSettings
from pipelines.sample.truth.costing.events import CostEvent, CostKind
from pipelines.sample.truth.costing.pool import Moved, Part, Pool, Row
from pipelines.sample.truth.costing.rounding import half_up
from pipelines.sample.truth.costing.work import Work


class StandardPool:
    def __init__(self, standard: Fraction) -> None:
        self.qty = 0
        self.value = 0
        self._standard = standard
        self._issued: defaultdict[str, int] = defaultdict(int)

    def restate(self, standard: Fraction) -> int:
        """Change of value when the standard changes."""
        self._standard = standard
        return self._change(0)

    def _change(self, qty: int) -> int:
        """Change of value when `qty` pieces come (+) or go (-); the rounding telescopes."""
        before = self.value
        self.qty += qty
        self.value = half_up(self._standard * self.qty)
        return self.value - before

    def receive(self, layer_id: str, qty: int, value: int, *, on_the_way: bool = False) -> Moved:
        return Moved(self._change(qty))

    def arrive(self, layer_id: str) -> None:
        """Without layers there is no queue."""

    def here(self) -> tuple[int, int]:
        return self.qty, self.value

    def take(self, movement_id: str, qty: int, unit: Fraction) -> int:
        self._issued[movement_id] += qty
        return -self._change(-qty)

    def take_from(self, movement_id: str, layer_id: str, qty: int, unit: Fraction) -> int:
        return self.take(movement_id, qty, unit)

    def undo_receipt(
        self, movement_id: str, layer_id: str, qty: int, paid: int, unit: Fraction
    ) -> int:
        return self.take(movement_id, qty, unit)

    def returnable(self, issue_id: str) -> int:
        return self._issued.get(issue_id, 0)

    def give_back(self, issue_id: str, movement_id: str, qty: int) -> Moved:
        self._issued[issue_id] -= qty
        return Moved(self._change(qty))

    def release(self, issue_id: str, qty: int) -> list[Part]:
        self._issued[issue_id] -= qty
        return [Part("", qty, half_up(self._standard * qty))]

    def add_value(self, layer_id: str, amount: int) -> tuple[int, int]:
        return 0, amount

    def revalue(self, amount: int) -> int:
        return 0

    def rows(self) -> list[Row]:
        return [Row("", self.qty, self.value)] if self.qty or self.value else []


class StandardBookkeeper(Bookkeeper):
    """Revalues what is there at the start of the day on which a standard changes."""

    def __init__(self, settings: CostSettings, work: Work) -> None:
        super().__init__(settings, self._new_standard_pool, work)
        self._handlers[CostKind.STANDARD_CHANGE] = self._standard_change

    def _standard(self, event: CostEvent) -> Fraction:
        standard = self.settings.standard_on(event.item, event.day)
        if standard is None:
            raise ValueError(f"{event.item} has no standard cost on {event.day}")
        return standard

    def _new_standard_pool(self, event: CostEvent) -> Pool:
        return StandardPool(self._standard(event))

    def _standard_change(self, event: CostEvent) -> None:
        for (item, scope), pool in self._pools_of(event.item):
            assert isinstance(pool, StandardPool)
            change = pool.restate(self._standard(event))
            if change:
                self.entries.append(
                    CostEntry("", "revaluation", item, event.day, 0, change, -change, "", scope)
                )


def standard_changes(events: Sequence[CostEvent], settings: CostSettings) -> list[CostEvent]:
    """An event for every standard that takes effect after the first event of its item."""
    first: dict[str, CostEvent] = {}
    for event in events:
        known = first.setdefault(event.item, event)
        if event.day < known.day:
            first[event.item] = event
    last = settings.closed_through or max((event.day for event in events), default=date.min)
    return [
        CostEvent("", CostKind.STANDARD_CHANGE, item, since, event.at)
        for item, event in sorted(first.items())
        for since, _ in sorted(settings.standards.get(item, ()))
        if event.day < since <= last
    ]
