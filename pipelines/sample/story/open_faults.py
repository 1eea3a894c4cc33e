"""Faults that are still open at the end of the year: what is at stake is known only then.

Stock is measured at what it costs on the last day (ruling D23); how long pieces have lain in a
state is told first in, first out by lot (ruling B7), whoever forgot them.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass

from pipelines.sample.happenings import StockMoved
from pipelines.sample.world.company import Company

# State, code, and the days after which pieces in it are too old (domain.md C.7).
LIMITS = {
    "RETURN_QC": ("RETURN_LIMBO", 7, "nobody decided about the return"),
    "QUARANTINE": ("HOLD_AGED", 14, "nobody released the hold"),
    "DAMAGED": ("DAMAGE_NOT_VALUED", 30, "damaged, at full value"),
}
Pool = tuple[str, str, str, str]  # state, location, item, lot


@dataclass(frozen=True, slots=True)
class Waiting:
    code: str
    item: str
    qty: int
    note: str
    root_code: str
    keys: dict[str, object]


class OpenFaults:
    def __init__(self, company: Company) -> None:
        self.company = company
        self._waiting: list[Waiting] = []
        self._entered: defaultdict[Pool, deque[tuple[StockMoved, int]]] = defaultdict(deque)
        company.listen(StockMoved, self._hear)

    def keep(
        self, code: str, item: str, qty: int, note: str, *, root_code: str = "", **keys: object
    ) -> None:
        """Remembers `qty` pieces that are not where somebody says, to be planted at the end."""
        self._waiting.append(Waiting(code, item, qty, note, root_code, keys))

    def end(self) -> None:
        for fault in self._waiting:
            self._plant(fault)
        for pool, entered in sorted(self._entered.items(), key=lambda found: found[0]):
            self._plant_aged(pool, entered)

    def _hear(self, moved: StockMoved) -> None:
        if moved.to_state in LIMITS:
            pool = (moved.to_state, moved.to_location, moved.item, moved.lot)
            self._entered[pool].append((moved, moved.qty))
        if moved.from_state in LIMITS:
            pool = (moved.from_state, moved.from_location, moved.item, moved.lot)
            self._leave(pool, moved.qty)

    def _leave(self, pool: Pool, qty: int) -> None:
        entered = self._entered[pool]
        while qty and entered:
            first, left = entered.popleft()
            taken = min(left, qty)
            qty -= taken
            if taken < left:
                entered.appendleft((first, left - taken))

    def _plant_aged(self, pool: Pool, entered: deque[tuple[StockMoved, int]]) -> None:
        """One fault a pool: all its pieces over the limit, named after the oldest."""
        state, location, item, _ = pool
        code, limit, note = LIMITS[state]
        last_day = self.company.parameters.last_day
        aged = [(moved, qty) for moved, qty in entered if (last_day - moved.day).days > limit]
        if aged:
            oldest = aged[0][0]
            keys: dict[str, object] = {
                "item_id": item, "location_id": location, "movement_id": oldest.movement_id,
                "receipt_id": oldest.receipt_id, "receipt_line": oldest.receipt_line,
            }  # fmt: skip
            qty = sum(pieces for _, pieces in aged)
            days = (last_day - oldest.day).days
            self._plant(Waiting(code, item, qty, f"{note}, {qty} for {days} days", "", keys))

    def _plant(self, fault: Waiting) -> None:
        self.company.faults.plant(
            fault.code, self.company.worth(fault.item, fault.qty), fault.note,
            root_code=fault.root_code, **fault.keys,
        )  # fmt: skip
