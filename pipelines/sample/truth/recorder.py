"""The truth of one company: hears everything, and knows at the end what every table should say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipelines.sample.happenings import MonthClosed, StockMoved
from pipelines.sample.truth.cost_rows import CostTruths
from pipelines.sample.world.company import Company
from pipelines.sample.world.events import OUTSIDE
from pipelines.sample.writers.texts import stamp

KeyRow = dict[str, str]
Cell = tuple[str, str, str]  # location, item, state


class Truth:
    """Listens while the year goes by; `rows` of a truth file are asked for at its end."""

    def __init__(self, company: Company) -> None:
        self.company = company
        self.moves: list[StockMoved] = []
        self.closings: list[MonthClosed] = []
        self.costs = CostTruths(company)
        company.listen(StockMoved, self.moves.append)
        company.listen(MonthClosed, self.closings.append)

    def stock(self) -> Iterator[KeyRow]:
        """Closing quantity of a cell on every day on which it changed."""
        net: dict[date, dict[Cell, int]] = {}
        for moved in self.moves:
            changes = net.setdefault(moved.day, {})
            leaves = (moved.from_location, moved.item, moved.from_state)
            enters = (moved.to_location, moved.item, moved.to_state)
            changes[leaves] = changes.get(leaves, 0) - moved.qty
            changes[enters] = changes.get(enters, 0) + moved.qty
        held: dict[Cell, int] = {}
        for day, changes in sorted(net.items()):
            for cell, change in sorted(changes.items()):
                if change and cell[2] not in OUTSIDE:
                    held[cell] = held.get(cell, 0) + change
                    yield {
                        "date": day.isoformat(),
                        "location_id": cell[0],
                        "item_id": cell[1],
                        "stock_state": cell[2],
                        "qty": str(held[cell]),
                    }

    def move_rows(self) -> Iterator[KeyRow]:
        for moved in self.moves:
            yield {
                "event_code": moved.event,
                "event_at": stamp(moved.at),
                "item_id": moved.item,
                "qty": str(moved.qty),
                "from_location_id": moved.from_location,
                "from_state": moved.from_state,
                "to_location_id": moved.to_location,
                "to_state": moved.to_state,
                "lot_number": moved.lot,
                "source_movement_id": moved.movement_id if moved.kind else "",
            }
