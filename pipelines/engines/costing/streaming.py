"""Plain movements by the hundred million: ordered batches in, cost of every row out.

Rows come in the order that counts, item after item, and each item is one cost pool under one
perpetual method. Only the item at the edge of a batch is carried into the next: its open layers,
its debts and its last known cost. Memory is that of one batch, whatever the number of rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pipelines.engines.costing import layout as at
from pipelines.engines.costing.batches import PLAIN, longer
from pipelines.engines.costing.kernel import kernel, own_columns

Column = npt.NDArray[np.int64]
PRICE_SCALE = 10**12  # eight decimals of price, six of quantity, two of money
ROOM = 4096


class Ledger:
    """Books of one batch after the other; `post` answers (change of value, expense) per row.

    A receipt that settles issues carries their true-ups in its own row.
    """

    def __init__(self, method: str) -> None:
        self._method = at.METHOD_CODES[method]
        self._item: int | None = None
        self._books = _empty_books(1, ROOM, self._method)
        self._still = _Still()

    def post(
        self, item: Column, kind: npt.NDArray[np.int8], qty: Column, amount: Column
    ) -> tuple[Column, Column]:
        count = len(item)
        starts = np.empty(count, dtype=np.bool_)
        starts[0] = self._item is None or int(item[0]) != self._item
        np.not_equal(item[1:], item[:-1], out=starts[1:])
        pool = np.cumsum(starts, dtype=np.int32)
        books = self._carried(int(pool[-1]) + 1, count)
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
        run, owned, done = kernel(), own_columns(events), 0
        while (done := run(books, owned, rows, done)) < count:
            books = books._replace(
                layers=longer(books.layers), draws=longer(books.draws), extras=longer(books.extras)
            )
        beside = books.extras[: books.counters[at.C_EXTRAS]]
        np.add.at(rows.cost, beside[:, at.X_ROW], beside[:, at.X_COST])
        np.add.at(rows.cogs, beside[:, at.X_ROW], beside[:, at.X_COGS])
        self._item, self._books = int(item[-1]), books
        return rows.cost, rows.cogs

    def _carried(self, pools: int, count: int) -> at.Books:
        """Books of the next batch; its pool 0 goes on with the last one of this."""
        before = self._books
        last = before.pools[-1]
        books = _empty_books(pools, count + ROOM, self._method)
        if self._item is None:
            return books
        books.items[0] = before.items[-1]
        books.items[0, at.I_FIRST_POOL], books.items[0, at.I_END_POOL] = 0, 1
        books.pools[0, [at.P_QTY, at.P_VALUE]] = last[[at.P_QTY, at.P_VALUE]]
        books.pools[0, at.P_NUMBERS] = last[at.P_NUMBERS]
        self._carry_layers(books, before, last)
        return books

    @staticmethod
    def _carry_layers(books: at.Books, before: at.Books, last: at.Table) -> None:
        chain, place = [], int(last[at.P_HEAD])
        while place != at.NONE:
            chain.append(place)
            place = int(before.layers[place, at.L_NEXT])
        count = len(chain)
        books.layers[:count] = before.layers[chain]
        own = books.layers[:count]
        own[:, at.L_POOL], own[:, at.L_EVENT] = 0, at.NONE
        own[:, at.L_ORIGIN] = np.arange(count)
        own[:, at.L_PREVIOUS] = np.arange(count) - 1
        own[:, at.L_NEXT] = np.arange(count) + 1
        home = books.pools[0]
        if count:
            own[-1, at.L_NEXT] = at.NONE
            home[at.P_HEAD], home[at.P_TAIL], home[at.P_OPEN] = 0, count - 1, count
        if home[at.P_AVERAGE] and last[at.P_WHOLE] != at.NONE:
            home[at.P_WHOLE] = 0 if count else at.NONE
        debts, place = [], int(last[at.P_OWED])
        while place != at.NONE:
            debts.append(place)
            place = int(before.draws[place, at.D_OWED_NEXT])
        owed = len(debts)
        books.draws[:owed] = before.draws[debts]
        books.draws[:owed, at.D_POOL] = 0
        books.draws[:owed, at.D_OWED_PREVIOUS] = np.arange(owed) - 1
        books.draws[:owed, at.D_OWED_NEXT] = np.arange(owed) + 1
        if owed:
            books.draws[owed - 1, at.D_OWED_NEXT] = at.NONE
            home[at.P_OWED], home[at.P_OWED_LAST], home[at.P_DEBTS] = 0, owed - 1, owed
        books.counters[at.C_LAYERS], books.counters[at.C_DRAWS] = count, owed


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


def costs_of(batches: Iterable[pa.RecordBatch], method: str) -> Iterator[pa.RecordBatch]:
    """`item`, `kind`, `qty` (millionths), `amount` (cents) in; `cost` and `cogs` beside `name` out.

    A batch holds whole numbers without nulls; an issue's amount is not read.
    """
    ledger = Ledger(method)
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
