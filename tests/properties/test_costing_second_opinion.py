"""Random companies under all seven methods: the engine and the second opinion agree to the cent."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from models.vocabulary.costing_methods import COSTING_METHOD_CODES
from pipelines.engines.costing import Valuation
from pipelines.sample.truth.costing import CostEvent, CostKind, CostSettings, cost_truth
from tests.unit.pipelines.engines.cost_story import Story

K = CostKind
SIZE, SEEDS = 40, range(4)
LEAVES = (*[K.ISSUE] * 6, K.SCRAP, K.COUNT_OUT)
STANDARDS = {
    item: [(date(2000, 1, 1), 1100), (date(2024, 2, 5), 1234)] for item in ("I0", "I1")
}  # fmt: skip


class Company:
    """Tells random events of two items, with links that make sense."""

    def __init__(self, seed: int, pool: str) -> None:
        self.draw = random.Random(seed)
        self.pool = pool
        self.day = date(2024, 1, 1)
        self.events: list[CostEvent] = []
        self.arrived: set[str] = set()

    def told(self) -> list[CostEvent]:
        while len(self.events) < SIZE:
            if self.draw.random() < 0.5:
                self.day += timedelta(days=self.draw.choice([0, 1, 1, 3, 20]))
            self._one(f"M{len(self.events):03d}", self.draw.random())
        return self.events

    def _add(self, name: str, kind: CostKind, item: str, qty: int = 0, **more: object) -> None:
        at = datetime.combine(self.day, datetime.min.time(), UTC)
        at += timedelta(minutes=len(self.events))
        place = self.draw.choice(["L1", "L2"]) if self.pool == "location" else "L1"
        lot = self.draw.choice(["", "X", "Y"]) if self.pool == "lot" else ""
        given = {"location": place, "lot": lot, **more}
        self.events.append(CostEvent(name, kind, item, self.day, at, qty, **given))  # type: ignore[arg-type]

    def _earlier(self, item: str, *kinds: CostKind) -> CostEvent | None:
        found = [event for event in self.events if event.item == item and event.kind in kinds]
        return self.draw.choice(found) if found else None

    def _one(self, name: str, chance: float) -> None:
        item, qty = f"I{self.draw.randrange(2)}", self.draw.randrange(1, 30)
        bought = self._earlier(item, K.RECEIPT)
        issued = self._earlier(item, K.ISSUE)
        cents = self.draw.randrange(1, 20_000)
        if chance < 0.35 or not bought:
            coming = self.draw.random() < 0.1
            self._add(name, K.RECEIPT, item, qty, amount=cents, on_the_way=coming)
        elif chance < 0.6:
            self._add(name, self.draw.choice(LEAVES), item, qty)
        elif chance < 0.68 and issued:
            ref = issued.movement_id if self.draw.random() < 0.8 else ""
            more = self.draw.randrange(1, issued.qty + 3)
            self._add(name, K.RETURN_IN, item, more, ref=ref, lot=issued.lot)
        elif chance < 0.74:
            kind = self.draw.choice([K.LANDED_COST, K.INVOICE_VARIANCE])
            amount = self.draw.randrange(-500, 900)
            self._add(name, kind, item, ref=bought.movement_id, amount=amount)
        elif chance < 0.8:
            self._back(name, item, bought)
        elif chance < 0.85:
            self._add(name, K.COUNT_IN, item, qty, amount=self.draw.choice([None, cents]))
        elif chance < 0.88:
            kind = self.draw.choice([K.REVALUATION, K.NRV])
            self._add(name, kind, item, amount=self.draw.randrange(-800, 800))
        elif chance < 0.93:
            self._add(f"{name}w", K.WORK_ISSUE, item, qty, ref=f"J{name}")
            self._add(f"{name}r", K.WORK_RECEIPT, "I0", 3, ref=f"J{name}", amount=100)
            self._add(f"{name}s", K.WORK_RECEIPT, "I1", 2, ref=f"J{name}")
        elif self.pool == "location":
            self._add(name, K.TRANSFER_OUT, item, qty, location="L1")
            self.day += timedelta(days=self.draw.choice([0, 2]))
            self._add(f"{name}i", K.TRANSFER_IN, item, qty, ref=name, location="L2")

    def _back(self, name: str, item: str, bought: CostEvent) -> None:
        ref, same = bought.movement_id, {"lot": bought.lot, "location": bought.location}
        qty = self.draw.randrange(1, bought.qty + 1)
        if bought.on_the_way and ref not in self.arrived:
            self.arrived.add(ref)
            self._add(name, K.ARRIVAL, item, ref=ref, **same)
        elif self.draw.random() < 0.4:
            self._add(name, K.RECEIPT_REVERSAL, item, qty, ref=ref, **same)
        else:
            credit = self.draw.choice([None, 700])
            self._add(name, K.RETURN_OUT, item, qty, ref=ref, amount=credit, **same)


def ours(events: list[CostEvent], method: str, settings: CostSettings) -> Valuation:
    story = Story(method, policy={"cost_pool": settings.cost_pool})
    last = max(event.day for event in events)
    story.standards = [
        (item, since, str(Decimal(int(cents)) / 100))
        for item, spans in settings.standards.items()
        for since, cents in spans
        if since <= last
    ]
    for event in events:
        job = event.ref if event.kind in (K.WORK_ISSUE, K.WORK_RECEIPT) else ""
        known = settings.item_costs.get(event.item, settings.standard_on(event.item, event.day))
        story.tell(
            str(event.kind), event.qty,
            None if event.amount is None else Decimal(event.amount) / 100,
            day=event.day, name=event.movement_id, item_id=event.item, event_at=event.at,
            linked_event_id="" if job else event.ref, job_id=job, lot_number=event.lot,
            location_id=event.location, is_on_the_way=event.on_the_way,
            known_unit_cost=Decimal(int(known or 0)) / 100,
        )  # fmt: skip
    return story.valued()


@pytest.mark.parametrize("pool", ["company", "location", "lot"])
@pytest.mark.parametrize("method", COSTING_METHOD_CODES)
def test_entries_layers_and_flags_are_the_same(method: str, pool: str) -> None:
    for seed in SEEDS:
        events = Company(seed, "lot" if method == "specific" else pool).told()
        if "periodic" in method:  # the second opinion knows no transfers there
            events = [event for event in events if "transfer" not in event.kind]
        settings = CostSettings(pool, STANDARDS, {"I0": 700})
        truth = cost_truth(events, method, settings)
        found = ours(events, method, settings)
        assert _entries_of(found) == Counter(
            (e.movement_id, e.entry_kind, e.item, e.day, e.qty, e.cost_amount, e.cogs_amount)
            for e in truth.entries
        )
        assert _layers_of(found) == Counter(
            (left.item, left.layer_id, left.qty_remaining, left.value_remaining)
            for left in truth.layers
        )
        flags = found.flags.select("code", "movement_id").rows()
        assert set(flags) == {(flag.code, flag.movement_id) for flag in truth.flags}


def _entries_of(valuation: Valuation) -> Counter[tuple[object, ...]]:
    return Counter(
        (row["movement_id"], row["entry_kind"], row["item_id"], row["posting_date"],
         int(row["qty_base"]), int(row["cost_amount"] * 100), int(row["cogs_amount"] * 100))
        for row in valuation.entries.iter_rows(named=True)
    )  # fmt: skip


def _layers_of(valuation: Valuation) -> Counter[tuple[object, ...]]:
    return Counter(
        (row["item_id"], row["layer_id"], int(row["qty_remaining"]),
         int(row["value_remaining"] * 100))
        for row in valuation.layers.iter_rows(named=True)
    )  # fmt: skip


@pytest.mark.parametrize("method", COSTING_METHOD_CODES)
def test_order_of_rows_does_not_matter_and_value_is_conserved(method: str) -> None:
    events = Company(3, "lot").told()
    settings = CostSettings("company", STANDARDS, {"I0": 700})
    shuffled = random.Random(1).sample(events, len(events))
    first, second = ours(events, method, settings), ours(shuffled, method, settings)
    assert _entries_of(first) == _entries_of(second)
    assert first.entries["cost_amount"].sum() == first.layers["value_remaining"].sum()
    assert first.entries["qty_base"].sum() == first.layers["qty_remaining"].sum()
