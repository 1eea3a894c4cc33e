"""Periodic LIFO: stock at year end is valued at the earliest layers of the year.

Within a year all that comes in is told before anything that goes out, so that an issue of January
may take the layer of December; closed years keep their layers. A customer return of the same
year nets off: it undoes the pieces that were consumed last, whichever issue took them, because
otherwise the stock would not be the earliest layers. A return of an older issue is a layer of its
own at what that issue was charged. Cost that comes late for a receipt of the year is part of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from pipelines.sample.truth.costing.bookkeeper import Bookkeeper
from pipelines.sample.truth.costing.entries import CostSettings
from pipelines.sample.truth.costing.events import END_OF_PERIOD, CostEvent, CostKind
from pipelines.sample.truth.costing.layers import Draw, LifoPool
from pipelines.sample.truth.costing.pool import Moved, Part
from pipelines.sample.truth.costing.rounding import half_up, share
from pipelines.sample.truth.costing.work import Work

K = CostKind
OUT = frozenset({K.ISSUE, K.WORK_ISSUE, K.SCRAP, K.COUNT_OUT})


@dataclass(slots=True)
class Charged:
    qty: int
    cost: int


class PeriodicLifoPool(LifoPool):
    def __init__(self) -> None:
        super().__init__()
        self._charged: dict[str, Charged] = {}
        self._of_year: set[str] = set()
        self._consumed: list[Draw] = []  # of the year, the last at the end

    def begin_year(self) -> None:
        self._of_year.clear()
        self._consumed.clear()

    def _record(self, movement_id: str, draws: list[Draw]) -> int:
        cost = sum(draw.cost for draw in draws)
        self._charged[movement_id] = Charged(sum(draw.qty for draw in draws), cost)
        self._of_year.add(movement_id)
        self._consumed += draws
        return cost

    def _replace(self, debt: Draw, actual: Draw, difference: int) -> None:
        self._charged[debt.movement_id].cost += difference

    def returnable(self, issue_id: str) -> int:
        charged = self._charged.get(issue_id)
        return charged.qty if charged else 0

    def release(self, issue_id: str, qty: int) -> list[Part]:
        charged = self._charged[issue_id]
        value = share(charged.cost, charged.qty, qty)
        charged.qty -= qty
        charged.cost -= value
        return [Part("", qty, value)]

    def give_back(self, issue_id: str, movement_id: str, qty: int) -> Moved:
        charged = self.release(issue_id, qty)[0].value
        if issue_id not in self._of_year:
            return self.receive(movement_id, qty, charged)
        value = 0
        while qty:
            last = self._consumed[-1]
            part = min(qty, last.qty)
            value += self._undraw(last, part)
            qty -= part
            if not last.qty:
                self._consumed.pop()
        return Moved(value)


class PeriodicLifoBookkeeper(Bookkeeper):
    def __init__(self, settings: CostSettings, work: Work) -> None:
        super().__init__(settings, lambda event: PeriodicLifoPool(), work)
        self._planned: dict[str, int] = {}

    def post_all(self, events: Sequence[CostEvent]) -> None:
        """Events in their order; entries keep the day of their event."""
        for _, of_year in groupby(events, key=lambda event: self.settings.year_of(event.day)):
            self._post_year(list(of_year))
        self.entries.sort(key=lambda entry: entry.day)

    def _post_year(self, events: list[CostEvent]) -> None:
        for pool in self.pools.values():
            assert isinstance(pool, PeriodicLifoPool)
            pool.begin_year()
        issues = {event.movement_id for event in events if event.kind in OUT}
        then, last = [], []
        for event in events:
            nets_off = event.kind is K.RETURN_IN and event.ref in issues
            unlinked = event.kind is K.RETURN_OUT and not event.ref
            if event.kind in END_OF_PERIOD:
                last.append(event)
            elif event.kind in OUT or nets_off or unlinked:
                self._plan(event)
                then.append(event)
            else:
                self.post(event)
        for event in [*then, *last]:
            self.post(event)

    def _plan(self, event: CostEvent) -> None:
        """A kit comes in before its components go out: at their last known cost."""
        if event.kind is K.WORK_ISSUE:
            planned = half_up(self._known(event) * event.qty)
            self._planned[event.movement_id] = planned
            self._work.put(event.ref, planned)

    def _work_issue(self, event: CostEvent) -> None:
        """What a component costs beyond what the kit was given for it is a variance."""
        cost = self._take(event)
        planned = self._planned[event.movement_id]
        self._enter(event, "issue", -event.qty, -cost, cost - planned)
