"""What a bookkeeper has before him: the pools, where every movement was booked, what things cost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from pipelines.sample.truth.costing.entries import CostEntry, CostFlag, CostSettings, LayerLeft
from pipelines.sample.truth.costing.events import COST_ONLY, CostEvent
from pipelines.sample.truth.costing.pool import Pool, Settled
from pipelines.sample.truth.costing.rounding import share
from pipelines.sample.truth.costing.work import Work

NewPool = Callable[[CostEvent], Pool]
PoolKey = tuple[str, str]  # item, scope within the company
NOTHING = Fraction(0)


@dataclass(slots=True)
class Purchase:
    """What a receipt was bought for, less what went back: pieces, and cents paid for them."""

    received: int
    left: int
    paid: int

    def send_back(self, qty: int) -> int:
        """Cents that were paid for pieces that go back; nothing for more than there were."""
        back = min(qty, self.left)
        paid = share(self.paid, self.left, back) if back else 0
        self.left -= back
        self.paid -= paid
        return paid

    def reprice(self, amount: int) -> None:
        """The invoice says another price for all that was received."""
        if self.left:
            self.paid += share(amount, self.received, self.left)


class Keeper:
    def __init__(self, settings: CostSettings, new_pool: NewPool, work: Work) -> None:
        self.settings = settings
        self.entries: list[CostEntry] = []
        self.flags: list[CostFlag] = []
        self.pools: dict[PoolKey, Pool] = {}
        self._new_pool = new_pool
        self._work = work
        self._home: dict[str, PoolKey] = {}  # pool of every movement so far
        self._purchases: dict[str, Purchase] = {}
        self._last_cost: dict[str, Fraction] = {}

    def layers(self) -> tuple[LayerLeft, ...]:
        return tuple(
            LayerLeft(item, row.layer_id, row.qty, row.value, scope)
            for (item, scope), pool in sorted(self.pools.items())
            for row in pool.rows()
        )

    # pools and unit costs

    def _key(self, event: CostEvent) -> PoolKey:
        """A late cost goes where its receipt went; within lots everything does that is linked."""
        follows = event.kind in COST_ONLY or self.settings.cost_pool == "lot"
        if follows and event.ref in self._home:
            return self._home[event.ref]
        scope = {"company": "", "location": event.location, "lot": event.lot}
        return event.item, scope[self.settings.cost_pool]

    def _pool(self, event: CostEvent) -> Pool:
        key = self._key(event)
        if key not in self.pools:
            self.pools[key] = self._new_pool(event)
        return self.pools[key]

    def _known(self, event: CostEvent) -> Fraction:
        """Last known cost of the item (ruling C9): last receipt, item master, standard."""
        if event.item in self._last_cost:
            return self._last_cost[event.item]
        if event.item in self.settings.item_costs:
            return Fraction(self.settings.item_costs[event.item])
        return self.settings.standard_on(event.item, event.day) or NOTHING

    def _unit_of_owed(self, event: CostEvent, pool: Pool) -> Fraction:
        return self._known(event)

    def _current(self, event: CostEvent, pool: Pool) -> Fraction:
        unit = self._unit_in(pool)
        return self._known(event) if unit is None else unit

    def _unit_in(self, pool: Pool) -> Fraction | None:
        """Cost of a piece as those that are here, else as those on their way; empty: nothing."""
        for qty, value in (pool.here(), (pool.qty, pool.value)):
            if qty > 0:
                return Fraction(value, qty)
        return None

    # rows

    def _enter(self, event: CostEvent, kind: str, qty: int, cost: int, cogs: int) -> None:
        self.entries.append(
            CostEntry(
                event.movement_id, kind, event.item, event.day, qty, cost, cogs, event.ref,
                self._key(event)[1],
            )
        )  # fmt: skip

    def _true_up(self, event: CostEvent, settled: tuple[Settled, ...]) -> None:
        """Ruling C19: the movement is what settled, the cause is the issue it settles."""
        differences: dict[str, int] = {}
        for issue, difference in settled:
            differences[issue] = differences.get(issue, 0) + difference
        for issue, difference in differences.items():
            if difference:
                self._enter(replace(event, ref=issue), "true_up", 0, -difference, difference)

    def _pools_of(self, item: str) -> list[tuple[PoolKey, Pool]]:
        return sorted(
            ((key, pool) for key, pool in self.pools.items() if key[0] == item),
            key=lambda found: found[0],
        )
