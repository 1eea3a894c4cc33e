"""The stock as it was at the end of each day, written beside the story."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import pyarrow as pa

from pipelines.sample.bulk.arrays import Array
from pipelines.sample.bulk.codes import Codes
from pipelines.sample.bulk.encoding import Always, Day, words
from pipelines.sample.bulk.files import CsvWriter
from pipelines.sample.bulk.story import BulkStory

STATES = ("ON_HAND", "ON_ORDER", "XFER_TRANSIT")


class StockTruth:
    """One row per cell, state and day on which the closing quantity changed.

    Where movements come alone it is the last day's stock only: the daily one would be as large as
    the movements.
    """

    def __init__(self, path: Path, story: BulkStory) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._story, self._company = story, story.company
        self._codes = Codes(story.company)
        self._entity = Always(story.company.parameters.company_id)
        self._is_daily = story.company.parameters.feeds == "all"
        self._last = [np.zeros(story.company.cell_count, dtype=np.int64) for _ in STATES]
        self._writer = CsvWriter(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._writer.close()

    def note(self, day: int) -> None:
        """The closing of a day; goods between two sites belong to the receiver."""
        if not self._is_daily and day < self._company.calendar.length - 1:
            return
        stock = self._story.stock
        for state, pieces in enumerate((stock.on_hand, stock.on_order, stock.inbound)):
            changed = np.flatnonzero(pieces != self._last[state])
            self._last[state] = pieces.copy()
            self._writer.write_table(self._table(day, state, changed, pieces[changed]))

    def _table(self, day: int, state: int, cell: Array, pieces: Array) -> pa.Table:
        dated = np.full(len(cell), self._company.calendar.date_number[day])
        return pa.table(
            {
                "company_id": self._entity.encode(cell),
                "date": Day().encode(dated),
                "location_id": self._codes.places.encode(self._company.cell_site[cell]),
                "item_id": self._codes.items.encode(self._company.cell_item[cell]),
                "stock_state": words(STATES).encode(np.full(len(cell), state)),
                "qty": pa.array(pieces),
            }
        )
