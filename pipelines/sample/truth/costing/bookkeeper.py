"""Turns cost events into cost entries: one short paragraph per kind of event, any kind of pool.

A pool knows pieces and cents. What the bookkeeper knows beside it: who pays the difference. What
came in from outside and did not enter stock, or left stock and was not credited, is expense.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from pipelines.sample.truth.costing.entries import CostFlag, CostSettings
from pipelines.sample.truth.costing.events import COST_ONLY, CostEvent, CostKind
from pipelines.sample.truth.costing.keeper import NOTHING, Keeper, NewPool, Purchase
from pipelines.sample.truth.costing.pool import Moved, Settled
from pipelines.sample.truth.costing.rounding import half_up
from pipelines.sample.truth.costing.work import Work

K = CostKind


class Bookkeeper(Keeper):
    def __init__(self, settings: CostSettings, new_pool: NewPool, work: Work) -> None:
        super().__init__(settings, new_pool, work)
        self._handlers: dict[CostKind, Callable[[CostEvent], None]] = {
            K.OPENING: self._receipt,
            K.RECEIPT: self._receipt,
            K.ARRIVAL: self._arrival,
            K.RECEIPT_REVERSAL: self._receipt_reversal,
            K.WORK_RECEIPT: self._work_receipt,
            K.RETURN_IN: self._return_in,
            K.LANDED_COST: self._late_cost,
            K.INVOICE_VARIANCE: self._late_cost,
            K.COUNT_IN: self._count_in,
            K.TRANSFER_IN: self._transfer_in,
            K.TRANSFER_OUT: self._transfer_out,
            K.ISSUE: self._issue,
            K.WORK_ISSUE: self._work_issue,
            K.RETURN_OUT: self._return_out,
            K.SCRAP: self._issue,
            K.COUNT_OUT: self._issue,
            K.REVALUATION: self._revaluation,
            K.NRV: self._revaluation,
        }

    def post(self, event: CostEvent) -> None:
        if event.kind not in COST_ONLY:
            self._home[event.movement_id] = self._key(event)
        self._handlers[event.kind](event)

    # what comes in

    def _receipt(self, event: CostEvent) -> None:
        paid = event.amount or 0
        self._last_cost[event.item] = Fraction(paid, event.qty)
        self._purchases[event.movement_id] = Purchase(event.qty, event.qty, paid)
        self._bring_in(event, "receipt", paid)

    def _arrival(self, event: CostEvent) -> None:
        self._pool(event).arrive(event.ref)

    def _work_receipt(self, event: CostEvent) -> None:
        brought = self._work.give(event, self._known) + (event.amount or 0)
        self._last_cost[event.item] = Fraction(brought, event.qty)
        self._bring_in(event, "receipt", brought)

    def _bring_in(self, event: CostEvent, kind: str, brought: int) -> None:
        moved = self._pool(event).receive(
            event.movement_id, event.qty, brought, on_the_way=event.on_the_way
        )
        self._enter(event, kind, event.qty, moved.value, brought - moved.value)
        self._true_up(event, moved.settled)

    def _count_in(self, event: CostEvent) -> None:
        """Ruling C20: a gain is a new layer at the last known cost."""
        known = half_up(self._known(event) * event.qty)
        worth = known if event.amount is None else event.amount
        moved = self._pool(event).receive(event.movement_id, event.qty, worth)
        self._enter(event, "count_in", event.qty, moved.value, -moved.value)
        self._true_up(event, moved.settled)

    def _return_in(self, event: CostEvent) -> None:
        """Ruling C4 where the issue is known, else current cost (B.5)."""
        linked = min(event.qty, self._returnable(event.ref))
        moved = []
        if linked:
            moved.append(self._give_back(event, linked))
        if linked < event.qty:
            moved.append(self._take_in_unlinked(event, event.qty - linked))
        value = sum(part.value for part in moved)
        self._enter(event, "return_in", event.qty, value, -value)
        for part in moved:
            self._true_up(event, part.settled)

    def _returnable(self, issue_id: str) -> int:
        home = self._home.get(issue_id)
        return self.pools[home].returnable(issue_id) if home else 0

    def _give_back(self, event: CostEvent, qty: int) -> Moved:
        pool, source = self._pool(event), self.pools[self._home[event.ref]]
        if pool is source:
            return pool.give_back(event.ref, event.movement_id, qty)
        value = sum(part.value for part in source.release(event.ref, qty))
        return pool.receive(event.movement_id, qty, value)

    def _take_in_unlinked(self, event: CostEvent, qty: int) -> Moved:
        self.flags.append(CostFlag("RETURN_UNLINKED", event.movement_id, event.item))
        pool = self._pool(event)
        given = event.amount if qty == event.qty else None
        worth = half_up(self._current(event, pool) * qty) if given is None else given
        return pool.receive(event.movement_id, qty, worth)

    def _transfer_in(self, event: CostEvent) -> None:
        """The layers of the other side go on here under their own names."""
        pool, home = self._pool(event), self._home.get(event.ref)
        if home is None:  # an in leg without an out leg
            return self._bring_in(event, "transfer_in", half_up(self._known(event) * event.qty))
        brought, value = 0, 0
        settled: list[Settled] = []
        for part in self.pools[home].release(event.ref, event.qty):
            moved = pool.receive(part.layer_id or event.movement_id, part.qty, part.value)
            brought, value = brought + part.value, value + moved.value
            settled += moved.settled
        self._enter(event, "transfer_in", event.qty, value, brought - value)
        self._true_up(event, tuple(settled))

    # what goes out

    def _issue(self, event: CostEvent) -> None:
        cost = self._take(event)
        kind = "count_out" if event.kind is K.COUNT_OUT else "issue"
        self._enter(event, kind, -event.qty, -cost, cost)

    def _work_issue(self, event: CostEvent) -> None:
        cost = self._take(event)
        self._work.put(event.ref, cost)
        self._enter(event, "issue", -event.qty, -cost, 0)

    def _transfer_out(self, event: CostEvent) -> None:
        cost = self._take(event)
        self._enter(event, "transfer_out", -event.qty, -cost, 0)

    def _return_out(self, event: CostEvent) -> None:
        """Ruling C8: the vendor credits what he was paid; cost beyond that is a price variance."""
        cost = self._take(event)
        credit = self._credit(event, cost)
        self._enter(event, "return_out", -event.qty, -cost, cost - credit)

    def _receipt_reversal(self, event: CostEvent) -> None:
        pool, purchase = self._pool(event), self._purchase(event)
        paid = purchase.send_back(event.qty)
        unit = self._unit_of_owed(event, pool)
        cost = pool.undo_receipt(event.movement_id, event.ref, event.qty, paid, unit)
        self._enter(event, "receipt", -event.qty, -cost, cost - paid)

    def _take(self, event: CostEvent) -> int:
        pool = self._pool(event)
        unit = NOTHING if pool.qty >= event.qty else self._unit_of_owed(event, pool)
        if event.kind is K.RETURN_OUT and event.ref:
            return pool.take_from(event.movement_id, event.ref, event.qty, unit)
        return pool.take(event.movement_id, event.qty, unit)

    def _credit(self, event: CostEvent, otherwise: int) -> int:
        purchase = self._purchases.get(event.ref)
        paid = purchase.send_back(event.qty) if purchase else otherwise
        return paid if event.amount is None else event.amount

    # what only costs

    def _late_cost(self, event: CostEvent) -> None:
        purchase, amount = self._purchase(event), event.amount or 0
        if event.kind is K.INVOICE_VARIANCE:
            purchase.reprice(amount)
        to_stock, to_expense = self._pool(event).add_value(event.ref, amount)
        self._enter(event, event.kind.value, 0, to_stock, to_expense)

    def _purchase(self, event: CostEvent) -> Purchase:
        if event.ref not in self._purchases:
            raise ValueError(f"{event.movement_id} belongs to {event.ref}, which never came in")
        return self._purchases[event.ref]

    def _revaluation(self, event: CostEvent) -> None:
        applied = self._pool(event).revalue(event.amount or 0)
        self._enter(event, "revaluation", 0, applied, -applied)
