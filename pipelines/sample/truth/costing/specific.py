"""Specific identification: an issue takes the cost of its own lot, lot by lot and receipt by receipt.

Every lot is a small pool of its own, first in, first out where a lot was received more than once.
An issue that names no lot, or one that is not there, is SPECIFIC_ID_MISSING. It takes pieces that
came without a lot, at their average; where there are none it is owed at the average of the whole
item, until its lot comes in.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from pipelines.sample.truth.costing.average import AveragePool
from pipelines.sample.truth.costing.bookkeeper import Bookkeeper
from pipelines.sample.truth.costing.entries import CostFlag, CostSettings
from pipelines.sample.truth.costing.events import CostEvent
from pipelines.sample.truth.costing.layers import FifoPool
from pipelines.sample.truth.costing.pool import Pool
from pipelines.sample.truth.costing.rounding import spread
from pipelines.sample.truth.costing.work import Work


class SpecificBookkeeper(Bookkeeper):
    def __init__(self, settings: CostSettings, work: Work) -> None:
        super().__init__(replace(settings, cost_pool="lot"), _new_pool, work)

    def _take(self, event: CostEvent) -> int:
        lot = self._key(event)[1]
        if not lot or self._pool(event).qty < event.qty:
            self.flags.append(CostFlag("SPECIFIC_ID_MISSING", event.movement_id, event.item))
        return super()._take(event)

    def _unit_of_owed(self, event: CostEvent, pool: Pool) -> Fraction:
        lots = [lot for _, lot in self._pools_of(event.item)]
        qty, value = sum(lot.qty for lot in lots), sum(lot.value for lot in lots)
        return Fraction(value, qty) if qty > 0 else self._known(event)

    def _current(self, event: CostEvent, pool: Pool) -> Fraction:
        unit = self._unit_in(pool)
        return self._unit_of_owed(event, pool) if unit is None else unit

    def _revaluation(self, event: CostEvent) -> None:
        """Of one lot where it names one, else of all lots by their value."""
        if event.lot:
            return super()._revaluation(event)
        found = [(lot, pool) for (_, lot), pool in self._pools_of(event.item) if pool.qty > 0]
        weights = [pool.value for _, pool in found]
        if not found or min(weights) < 0 or not sum(weights):
            weights = [pool.qty for _, pool in found]
        parts = spread(event.amount or 0, weights)
        applied = sum(pool.revalue(part) for (_, pool), part in zip(found, parts, strict=True))
        self._enter(event, "revaluation", 0, applied, -applied)


def _new_pool(event: CostEvent) -> Pool:
    return FifoPool() if event.lot else AveragePool()
