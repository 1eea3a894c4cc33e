"""What is left: a row per open layer, per debt, and one for an average or standard pool."""

from __future__ import annotations

import numpy as np
import polars as pl

from pipelines.engines.costing import layout as at
from pipelines.engines.costing.batches import Posted

WHOLE = (at.STANDARD, at.PERIODIC_AVERAGE, at.MOVING_AVERAGE)
COLUMNS = ("pool", "place", "number", "layer_row", "received", "left", "value")
OPEN, COMING, OWED = range(3)


def layers_of(posted: Posted, entries: pl.DataFrame) -> pl.DataFrame:
    """Whole numbers still. Layers in the order the method keeps them, debts behind them."""
    books = posted.books
    count = posted.pools.height
    own = books.pools[:count]
    is_whole = np.isin(own[:, at.P_METHOD], WHOLE) | (own[:, at.P_AVERAGE] == 1)
    layers = _of_layers(books, count, is_whole)
    coming = _coming(layers, is_whole)
    parts = [layers, _of_debts(books, count, is_whole)]
    parts.append(_of_whole(own, coming, is_whole & (own[:, at.P_METHOD] != at.PERIODIC_AVERAGE)))
    columns = np.concatenate(parts)
    table = pl.DataFrame({name: columns[:, n] for n, name in enumerate(COLUMNS)})
    table = pl.concat([table, _of_entries(posted, entries, coming).select(COLUMNS)])
    table = table.sort("pool", "place", "number").with_columns(
        layer_number=pl.int_range(1, pl.len() + 1).over("pool"),
        is_on_the_way=pl.col("place") == COMING,
    )
    named = posted.stream.select(
        layer_row=pl.col("row").cast(pl.Int64), layer_id="movement_id", received_at="event_at"
    )
    pools = posted.pools.with_columns(pl.col("pool").cast(pl.Int64))
    return table.join(pools, on="pool", maintain_order="left").join(
        named, on="layer_row", how="left", maintain_order="left"
    )


def _columns(*columns: at.Table) -> at.Table:
    return np.stack([np.asarray(column, dtype=np.int64) for column in columns], axis=1)


def _of_layers(books: at.Books, count: int, is_whole: np.ndarray) -> at.Table:
    layers = books.layers[: books.counters[at.C_LAYERS]]
    layers = layers[(layers[:, at.L_LEFT] != 0) & (layers[:, at.L_POOL] < count)]
    layers = layers[~is_whole[layers[:, at.L_POOL]] | (layers[:, at.L_IS_COMING] == 1)]
    return _columns(
        layers[:, at.L_POOL], np.where(layers[:, at.L_IS_COMING] == 1, COMING, OPEN),
        layers[:, at.L_NUMBER], layers[:, at.L_EVENT], layers[:, at.L_RECEIVED],
        layers[:, at.L_LEFT], layers[:, at.L_VALUE],
    )  # fmt: skip


def _of_debts(books: at.Books, count: int, is_whole: np.ndarray) -> at.Table:
    draws = books.draws[: books.counters[at.C_DRAWS]]
    number = np.arange(len(draws))
    is_owed = (draws[:, at.D_LAYER] == at.NONE) & (draws[:, at.D_QTY] > 0)
    is_owed &= draws[:, at.D_POOL] < count
    is_owed[is_owed] &= ~is_whole[draws[is_owed, at.D_POOL]]
    debts, number = draws[is_owed], number[is_owed]
    nothing = np.zeros(len(debts), dtype=np.int64)
    return _columns(
        debts[:, at.D_POOL], nothing + OWED, number, debts[:, at.D_EVENT], nothing,
        -debts[:, at.D_QTY], -debts[:, at.D_COST],
    )  # fmt: skip


def _coming(layers: at.Table, is_whole: np.ndarray) -> at.Table:
    """Pieces and value, by pool, that an average pool has on their way beside its whole (C6)."""
    coming = np.zeros((len(is_whole), 2), dtype=np.int64)
    beside = layers[is_whole[layers[:, 0]]]
    np.add.at(coming, beside[:, 0], beside[:, 5:7])
    return coming


def _of_whole(own: at.Table, coming: at.Table, is_whole: np.ndarray) -> at.Table:
    here = own[:, [at.P_QTY, at.P_VALUE]] - coming
    pools = np.flatnonzero(is_whole & (here != 0).any(axis=1))
    nothing = np.zeros(len(pools), dtype=np.int64)
    qty, value = here[pools, 0], here[pools, 1]
    return _columns(pools, nothing, nothing, nothing + at.NONE, qty, qty, value)


def _of_entries(posted: Posted, entries: pl.DataFrame, coming: at.Table) -> pl.DataFrame:
    """An open period has not reached its pool: its row is the sum of what was entered."""
    beside = pl.DataFrame(
        {"pool": np.arange(len(coming)), "coming": coming[:, 0], "coming_value": coming[:, 1]}
    ).with_columns(pl.col("pool").cast(entries.schema["pool"]))
    averaged = posted.pools.filter(pl.col("method") == at.PERIODIC_AVERAGE).select("pool")
    held = (
        entries.join(averaged, on="pool", how="semi")
        .group_by("pool")
        .agg(pl.col("qty").sum().alias("left"), pl.col("cost").sum().alias("value"))
        .join(beside, on="pool")
        .with_columns(
            left=pl.col("left") - pl.col("coming"), value=pl.col("value") - pl.col("coming_value")
        )
        .filter((pl.col("left") != 0) | (pl.col("value") != 0))
    )
    return held.select(
        pl.col("pool").cast(pl.Int64), place=pl.lit(0, pl.Int64), number=pl.lit(0, pl.Int64),
        layer_row=pl.lit(at.NONE, pl.Int64), received="left", left="left", value="value",
    )  # fmt: skip
