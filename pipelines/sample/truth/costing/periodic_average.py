"""Periodic average: one average per period, out of what it began with and what came in.

On its day an issue is provisional, at the last average that was formed (before there is one, at
the last known cost). At the end of the period everything that came in is there, the issues are
costed again at the average, and the differences are true-ups of that day, one per issue. A cost
that comes late for a receipt of the same period is part of the average; for an older receipt the
share of what was left of it at the beginning of the period is.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby

from pipelines.sample.truth.costing.average import AveragePool
from pipelines.sample.truth.costing.bookkeeper import Bookkeeper
from pipelines.sample.truth.costing.entries import CostEntry, CostSettings, LayerLeft
from pipelines.sample.truth.costing.events import END_OF_PERIOD, CostEvent, CostKind
from pipelines.sample.truth.costing.keeper import PoolKey
from pipelines.sample.truth.costing.pool import Moved, Pool
from pipelines.sample.truth.costing.rounding import half_up, share
from pipelines.sample.truth.costing.work import Work


@dataclass(slots=True)
class Waiting:
    """A movement of an open period at its provisional cost; what of it came back is taken off."""

    event: CostEvent
    qty: int
    provisional: int
    left: int
    cost_left: int


class PeriodicAverageBookkeeper(Bookkeeper):
    def __init__(self, settings: CostSettings, work: Work) -> None:
        super().__init__(settings, lambda event: AveragePool(), work)
        self._last_average: dict[PoolKey, Fraction] = {}
        self._waiting: dict[str, Waiting] = {}

    def post_all(self, events: Sequence[CostEvent]) -> None:
        """Events in their order; entries keep the day of their event, true-ups that of the end."""
        end_of = PERIOD_ENDS[self.settings.average_period]
        until = self.settings.closed_through
        for end, of_period in groupby(events, key=lambda event: end_of(event.day)):
            last = []
            for event in of_period:
                if event.kind in END_OF_PERIOD:
                    last.append(event)
                else:
                    self.post(event)
            if until is None or end <= until:
                self._close(end)
            for event in last:
                self.post(event)
        self.entries.sort(key=lambda entry: entry.day)

    def layers(self) -> tuple[LayerLeft, ...]:
        """One row per pool, out of the entries: an open period has not reached the pools.

        What is on its way is told apart.
        """
        coming = [layer for layer in super().layers() if layer.layer_id]
        held: dict[PoolKey, list[int]] = {}
        for entry in self.entries:
            totals = held.setdefault((entry.item, entry.scope), [0, 0])
            totals[0] += entry.qty
            totals[1] += entry.cost_amount
        for layer in coming:
            totals = held[layer.item, layer.scope]
            totals[0] -= layer.qty_remaining
            totals[1] -= layer.value_remaining
        here = (
            LayerLeft(item, "", qty, value, scope)
            for (item, scope), (qty, value) in sorted(held.items())
            if qty or value
        )
        return (*here, *coming)

    # within the period

    def _take(self, event: CostEvent) -> int:
        cost = half_up(self._provisional_unit(event) * event.qty)
        self._waiting[event.movement_id] = Waiting(event, event.qty, cost, event.qty, cost)
        return cost

    def _returnable(self, issue_id: str) -> int:
        waiting = self._waiting.get(issue_id)
        return waiting.left if waiting else super()._returnable(issue_id)

    def _give_back(self, event: CostEvent, qty: int) -> Moved:
        issue = self._waiting.get(event.ref)
        if issue is None:
            return super()._give_back(event, qty)
        value = share(issue.cost_left, issue.left, qty)
        issue.left -= qty
        issue.cost_left -= value
        self._waiting[event.movement_id] = Waiting(event, qty, value, 0, 0)
        return Moved(value)

    def _current(self, event: CostEvent, pool: Pool) -> Fraction:
        return self._provisional_unit(event)

    def _provisional_unit(self, event: CostEvent) -> Fraction:
        average = self._last_average.get(self._key(event))
        return self._known(event) if average is None else average

    # at its end

    def _close(self, end: date) -> None:
        for key, pool in self.pools.items():
            qty, value = pool.here()
            if qty > 0:
                self._last_average[key] = Fraction(value, qty)
        waiting, self._waiting = self._waiting, {}
        for was in waiting.values():
            self._make_final(was, end)

    def _make_final(self, was: Waiting, end: date) -> None:
        """True-up of one movement, and of issues that a return of pieces settles."""
        event = was.event
        settled: dict[str, int] = {}
        if event.kind is CostKind.RETURN_IN:
            moved = super()._give_back(event, was.qty)
            more = was.provisional - moved.value
            for issue, difference in moved.settled:
                settled[issue] = settled.get(issue, 0) + difference
        else:
            more = super()._take(event) - was.provisional
        for cause, difference in [(event.movement_id, more), *settled.items()]:
            if difference:
                self.entries.append(
                    CostEntry(
                        event.movement_id, "true_up", event.item, end, 0,
                        -difference, difference, cause, self._key(event)[1],
                    )
                )  # fmt: skip


def end_of_month(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def end_of_day(day: date) -> date:
    return day


PERIOD_ENDS: dict[str, Callable[[date], date]] = {"month": end_of_month, "day": end_of_day}
