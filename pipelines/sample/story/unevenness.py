"""Items that lie too long at one place and are missing at another when the year ends.

Nobody plants this: plans meet demand badly now and then. It is written into the answer key because
the company would want to know of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, timedelta

from pipelines.sample.world.company import Company

WINDOW_DAYS, COVER_DAYS = 90, 120
HELD = ("ON_HAND", "CONSIGN_IN", "RESERVED", "PICKED", "PACKED", "RECEIVED", "QC_HOLD")
COMING = ("ON_ORDER", "IN_TRANSIT_IN", "XFER_TRANSIT")
Demand = Mapping[tuple[date, str, str], int]  # day, place, item


class Unevenness:
    def __init__(self, company: Company, demand: Demand) -> None:
        self.company = company
        self._demand = demand

    def end(self) -> None:
        """One fault for each empty place; the fullest place says how much is too much."""
        if not self.company.faults.rates.of("OVERSTOCK_UNDERSTOCK"):
            return
        held, coming, wanted = self._held(), self._in(COMING), self._wanted()
        for item, places in sorted(held.items()):
            surplus = max(
                ((qty * WINDOW_DAYS - wanted[place, item] * COVER_DAYS) // WINDOW_DAYS, place)
                for place, qty in places.items()
            )
            for place in sorted(places):
                empty = places[place] <= 0 and wanted[place, item] > 0
                if empty and not coming[place, item] and surplus[0] >= 1:
                    self._plant(item, place, *surplus)

    def _plant(self, item: str, place: str, pieces: int, full_place: str) -> None:
        self.company.faults.plant(
            "OVERSTOCK_UNDERSTOCK", self.company.worth(item, pieces),
            f"none here, {pieces} too many at {full_place}", item_id=item, location_id=place,
        )  # fmt: skip

    def _held(self) -> dict[str, dict[str, int]]:
        """Item -> place -> pieces, for every place that sells."""
        found = self._in(HELD)
        held: dict[str, dict[str, int]] = defaultdict(dict)
        for item in self.company.items:
            for place in self.company.warehouses:
                held[item][place.code] = found[place.code, item]
        return held

    def _in(self, states: tuple[str, ...]) -> Counter[tuple[str, str]]:
        levels: Counter[tuple[str, str]] = Counter()
        for (place, item, state, _), qty in self.company.stock.levels.items():
            if state in states:
                levels[place, item] += qty
        return levels

    def _wanted(self) -> Counter[tuple[str, str]]:
        """Pieces that customers asked for in the last weeks."""
        last = self.company.parameters.last_day
        wanted: Counter[tuple[str, str]] = Counter()
        for (day, place, item), qty in self._demand.items():
            if last - timedelta(days=WINDOW_DAYS) < day <= last:
                wanted[place, item] += qty
        return wanted
