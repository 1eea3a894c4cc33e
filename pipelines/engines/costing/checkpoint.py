"""What a ledger holds at a moment: enough to go on from there as if all before had been read again.

One row per open layer, per debt and per last price paid, item after item, layers and debts in their
order. A checkpoint of the end of a period lets the events after it be valued without those before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pipelines.engines.costing import layout as at

Column = npt.NDArray[np.int64]
LAYER, DEBT, PAID = range(3)
NAMES = ("item", "sort", "qty", "value")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Columns of equal length: item, what the row is, pieces in millionths, value in cents."""

    item: Column
    sort: Column
    qty: Column
    value: Column

    def to_arrow(self) -> pa.Table:
        return pa.table({name: getattr(self, name) for name in NAMES})

    @staticmethod
    def of_arrow(table: pa.Table) -> Checkpoint:
        """Rows in the order in which a checkpoint gave them; other items may be left out."""
        return Checkpoint(*(table.column(name).to_numpy() for name in NAMES))

    @staticmethod
    def of_parts(parts: Sequence[Checkpoint]) -> Checkpoint:
        columns = ([getattr(part, name) for part in parts] for name in NAMES)
        return Checkpoint(*(np.concatenate(column) for column in columns))

    def about(self, items: Column) -> Checkpoint:
        """The rows of some items, which stand in ascending order."""
        place = np.searchsorted(items, self.item)
        place[place == len(items)] = 0
        return self._where(items[place] == self.item)

    def without(self, items: Column) -> Checkpoint:
        """The rows of all other items."""
        return self._where(~np.isin(self.item, items))

    def _where(self, wanted: npt.NDArray[np.bool_]) -> Checkpoint:
        return Checkpoint(*(getattr(self, name)[wanted] for name in NAMES))


NOTHING = Checkpoint(*(np.empty(0, dtype=np.int64) for _ in NAMES))


def left_in(books: at.Books, items: Column, first: int, end: int) -> Checkpoint:
    """What the pools from `first` to before `end` hold; `items` names the item of each pool."""
    layers = books.layers[: books.counters[at.C_LAYERS]]
    own = np.flatnonzero(_of_pools(layers[:, at.L_POOL].copy(), first, end))
    layers = layers[own[layers[own, at.L_LEFT] > 0]]
    debts = books.draws[: books.counters[at.C_DRAWS]]
    is_owed = (debts[:, at.D_LAYER] == at.NONE) & (debts[:, at.D_QTY] > 0)
    debts = debts[_of_pools(debts[:, at.D_POOL], first, end) & is_owed]
    pools = np.arange(first, end)
    paid = books.items[first:end]
    pool = np.concatenate([layers[:, at.L_POOL], debts[:, at.D_POOL], pools])
    sort = np.repeat([LAYER, DEBT, PAID], [len(layers), len(debts), len(pools)])
    qty = np.concatenate([layers[:, at.L_LEFT], debts[:, at.D_QTY], paid[:, at.I_PAID_QTY]])
    value = np.concatenate([layers[:, at.L_VALUE], debts[:, at.D_COST], paid[:, at.I_PAID]])
    order = np.argsort(pool, kind="stable")
    return Checkpoint(items[pool[order]], sort[order], qty[order], value[order])


def _of_pools(pool: Column, first: int, end: int) -> npt.NDArray[np.bool_]:
    return (pool >= first) & (pool < end)


def put_in(books: at.Books, items: Column, held: Checkpoint) -> None:
    """Opens pools with what they held; `items` names the item of each pool, in ascending order."""
    pool = np.searchsorted(items, held.item)
    own = held.sort == LAYER
    _open_layers(books, pool[own], held.qty[own], held.value[own])
    own = held.sort == DEBT
    _owe(books, pool[own], held.qty[own], held.value[own])
    own = held.sort == PAID
    books.items[pool[own], at.I_PAID] = held.value[own]
    books.items[pool[own], at.I_PAID_QTY] = held.qty[own]


def _open_layers(books: at.Books, pool: Column, qty: Column, value: Column) -> None:
    count = len(pool)
    place = np.arange(count)
    own = books.layers[:count]
    own[:, at.L_POOL], own[:, at.L_EVENT], own[:, at.L_ORIGIN] = pool, at.NONE, place
    own[:, at.L_RECEIVED] = own[:, at.L_LEFT] = own[:, at.L_BASIS_QTY] = qty
    own[:, at.L_VALUE] = own[:, at.L_BASIS_VALUE] = value
    own[:, at.L_IS_COMING], own[:, at.L_SIBLING] = 0, at.NONE
    first, last, own[:, at.L_PREVIOUS], own[:, at.L_NEXT] = _chained(pool)
    own[:, at.L_NUMBER] = place - np.maximum.accumulate(np.where(first, place, 0))
    held = books.pools
    held[pool[first], at.P_HEAD], held[pool[last], at.P_TAIL] = place[first], place[last]
    held[:, at.P_OPEN] = held[:, at.P_NUMBERS] = np.bincount(pool, minlength=len(held))
    np.add.at(held[:, at.P_QTY], pool, qty)
    np.add.at(held[:, at.P_VALUE], pool, value)
    whole = pool[held[pool, at.P_AVERAGE] == 1]
    held[whole, at.P_WHOLE] = held[whole, at.P_HEAD]
    books.counters[at.C_LAYERS] = count


def _owe(books: at.Books, pool: Column, qty: Column, cost: Column) -> None:
    count = len(pool)
    place = np.arange(count)
    own = books.draws[:count]
    own[:] = at.NONE
    own[:, at.D_POOL], own[:, at.D_QTY], own[:, at.D_COST] = pool, qty, cost
    first, last, own[:, at.D_OWED_PREVIOUS], own[:, at.D_OWED_NEXT] = _chained(pool)
    held = books.pools
    held[pool[first], at.P_OWED], held[pool[last], at.P_OWED_LAST] = place[first], place[last]
    held[:, at.P_DEBTS] = np.bincount(pool, minlength=len(held))
    np.subtract.at(held[:, at.P_QTY], pool, qty)
    np.subtract.at(held[:, at.P_VALUE], pool, cost)
    books.counters[at.C_DRAWS] = count


def _chained(
    pool: Column,
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_], Column, Column]:
    """First and last row of each pool, and the row before and after each row of it."""
    place = np.arange(len(pool))
    first = np.ones(len(pool), dtype=np.bool_)
    np.not_equal(pool[1:], pool[:-1], out=first[1:])
    last = np.ones(len(pool), dtype=np.bool_)
    last[:-1] = first[1:]
    before = np.where(first, at.NONE, place - 1)
    return first, last, before, np.where(last, at.NONE, place + 1)
