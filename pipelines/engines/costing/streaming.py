"""Plain movements by the hundred million: ordered batches in, cost of every row out.

Rows come in the order that counts, item after item, and each item is one cost pool under one
perpetual method. Only the item at the edge of a batch is carried into the next: its open layers,
its debts and its last known cost. Memory is that of one batch, whatever the number of rows. A
ledger may begin where another one stopped, with its checkpoint.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pipelines.engines.costing import layout as at
from pipelines.engines.costing.batches import PLAIN, longer
from pipelines.engines.costing.checkpoint import NOTHING, Checkpoint, left_in, put_in
from pipelines.engines.costing.kernel import kernel, lent_columns

Column = npt.NDArray[np.int64]
PRICE_SCALE = 10**12  # eight decimals of price, six of quantity, two of money
ROOM = 4096


class Ledger:
    """Books of one batch after the other; `post` answers (change of value, expense) per row.

    A receipt that settles issues carries their true-ups in its own row. Items come in ascending
    order where the ledger begins with a checkpoint or makes one.
    """

    def __init__(
        self, method: str, opening: Checkpoint = NOTHING, *, makes_checkpoint: bool = False
    ) -> None:
        self._method = at.METHOD_CODES[method]
        self._opening = opening
        self._makes_checkpoint = makes_checkpoint
        self._edge: tuple[int, Checkpoint] | None = None
        self._parts: list[Checkpoint] = []
        self._still = _Still()

    def post(
        self, item: Column, kind: npt.NDArray[np.int8], qty: Column, amount: Column
    ) -> tuple[Column, Column]:
        count = len(item)
        starts = np.empty(count, dtype=np.bool_)
        starts[0] = True
        np.not_equal(item[1:], item[:-1], out=starts[1:])
        pool = np.cumsum(starts, dtype=np.int32)
        pool -= np.int32(1)
        items = item[starts]
        books = self._opened(items, count)
        still = self._still.of(count)
        events = at.Events(
            kind=kind, event=still.place, pool=pool, qty=qty, amount=amount, known=still.unknown,
            standard=still.unknown, own=still.none, ref=still.none, job=still.none,
            is_coming=still.no,
        )  # fmt: skip
        rows = at.Rows(
            cost=np.zeros(count, dtype=np.int64),
            cogs=np.zeros(count, dtype=np.int64),
            pool=np.empty(count, dtype=np.int32),
            layer=still.layer,
            is_written=still.written,
        )
        run, lent, done = kernel(), lent_columns(events), 0
        while (done := run(books, lent, rows, done)) < count:
            books = books._replace(
                layers=longer(books.layers), draws=longer(books.draws), extras=longer(books.extras)
            )
        beside = books.extras[: books.counters[at.C_EXTRAS]]
        np.add.at(rows.cost, beside[:, at.X_ROW], beside[:, at.X_COST])
        np.add.at(rows.cogs, beside[:, at.X_ROW], beside[:, at.X_COGS])
        self._close(books, items)
        return rows.cost, rows.cogs

    def checkpoint(self) -> Checkpoint:
        """What every item holds after the last row, those included that had no row."""
        assert self._makes_checkpoint
        parts = [*self._parts, self._edge[1]] if self._edge else self._parts
        moved = Checkpoint.of_parts([*parts, NOTHING])
        still = self._opening.without(moved.item)
        both = Checkpoint.of_parts([moved, still])
        order = np.argsort(both.item, kind="stable")
        return Checkpoint(both.item[order], both.sort[order], both.qty[order], both.value[order])

    def _opened(self, items: Column, count: int) -> at.Books:
        """Books of the next batch; its first pool goes on with the last one of this."""
        held = self._opening.about(items) if len(self._opening.item) else NOTHING
        if self._edge and self._edge[0] == items[0]:
            held = Checkpoint.of_parts([self._edge[1], held.without(items[:1])])
        elif self._edge and self._makes_checkpoint:
            self._parts.append(self._edge[1])
        books = _empty_books(len(items), count + len(held.item) + ROOM, self._method)
        if len(held.item):
            put_in(books, items, held)
        return books

    def _close(self, books: at.Books, items: Column) -> None:
        last = len(items) - 1
        self._edge = int(items[-1]), left_in(books, items, last, last + 1)
        if self._makes_checkpoint:
            self._parts.append(left_in(books, items, 0, last))


class _Still:
    """Columns that are the same in every batch, made once for the longest of them."""

    def __init__(self) -> None:
        self._make(0)

    def _make(self, count: int) -> None:
        self.place = np.arange(count, dtype=np.int32)
        self.unknown = np.full(count, at.UNKNOWN, dtype=np.int64)
        self.none = np.full(count, at.NONE, dtype=np.int32)
        self.no = np.zeros(count, dtype=np.bool_)
        self.layer = np.empty(count, dtype=np.int32)
        self.written = np.empty(count, dtype=np.bool_)

    def of(self, count: int) -> _Still:
        if len(self.place) < count:
            self._make(count)
        part = object.__new__(_Still)
        for name, column in vars(self).items():
            setattr(part, name, column[:count])
        return part


def _empty_books(pools: int, size: int, method: int) -> at.Books:
    own = np.zeros((pools, at.POOL_COLUMNS), dtype=np.int64)
    own[:, [
        at.P_SHADOW, at.P_WHOLE, at.P_HEAD, at.P_TAIL, at.P_COMING, at.P_COMING_LAST,
        at.P_OWED, at.P_OWED_LAST, at.P_CONSUMED, at.P_STAMP,
    ]] = at.NONE  # fmt: skip
    own[:, at.P_METHOD] = method
    own[:, at.P_AVERAGE] = method == at.MOVING_AVERAGE
    own[:, at.P_IS_PLAIN] = method in PLAIN
    own[:, at.P_ITEM] = np.arange(pools)
    items = np.zeros((pools, at.ITEM_COLUMNS), dtype=np.int64)
    items[:, at.I_FIRST_POOL] = np.arange(pools)
    items[:, at.I_END_POOL] = np.arange(pools) + 1
    items[:, at.I_PRICE_SCALE] = PRICE_SCALE
    return at.Books(
        pools=own,
        layers=np.empty((size, at.LAYER_COLUMNS), dtype=np.int64),
        draws=np.empty((size // 4 + ROOM, at.DRAW_COLUMNS), dtype=np.int64),
        slots=np.zeros((1, at.SLOT_COLUMNS), dtype=np.int64),
        items=items,
        jobs=np.zeros((1, at.JOB_COLUMNS), dtype=np.int64),
        works=np.zeros((1, at.WORK_COLUMNS), dtype=np.int64),
        extras=np.empty((size // 4 + ROOM, at.EXTRA_COLUMNS), dtype=np.int64),
        counters=np.zeros(at.COUNTER_COLUMNS, dtype=np.int64),
        now=np.zeros(at.NOW_COLUMNS, dtype=np.int64),
    )


def costs_of(
    batches: Iterable[pa.RecordBatch], method: str, ledger: Ledger | None = None
) -> Iterator[pa.RecordBatch]:
    """`item`, `kind`, `qty` (millionths), `amount` (cents) in; `cost` and `cogs` beside `name` out.

    A batch holds whole numbers without nulls; an issue's amount is not read.
    """
    ledger = ledger or Ledger(method)
    for batch in batches:
        if batch.num_rows == 0:
            continue
        item, kind, qty, amount = (
            batch.column(name).to_numpy(zero_copy_only=False)
            for name in ("item", "kind", "qty", "amount")
        )
        cost, cogs = ledger.post(item, kind, qty, amount)
        yield pa.RecordBatch.from_arrays(
            [batch.column("name"), pa.array(cost), pa.array(cogs)], ["name", "cost", "cogs"]
        )
