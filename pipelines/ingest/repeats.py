"""Which rows are there already, unchanged.

A row repeats the latest version of its key that came before it, or, where the source dates its
versions (`source_updated_at`), any version: the date and not the delivery says which one holds.
A -> B -> A without such dates are three versions; A -> A is one.
"""

from __future__ import annotations

import polars as pl

from models.contracts.kernel import Contract

UPDATED = "source_updated_at"
KNOWN_SCHEMA = {
    "key": pl.UInt64,
    "hash": pl.String,
    "is_latest": pl.Boolean,
    "is_dated": pl.Boolean,
}


def key_hashes(frame: pl.DataFrame, contract: type[Contract]) -> pl.Series:
    """Keys as numbers, for comparisons within one run only."""
    return frame.select(pl.struct(contract.version_key()).hash().alias("key"))["key"]


def is_repeat(rows: pl.DataFrame, known: pl.DataFrame) -> pl.Series:
    """For each of `rows` (key, hash, is_dated, in order) whether it is there already."""
    if known.is_empty() and rows["key"].n_unique() == len(rows):
        return pl.repeat(False, len(rows), dtype=pl.Boolean, eager=True)
    latest = (
        known.filter("is_latest").select("key", "hash", at=pl.lit(-1, dtype=pl.Int64)).unique("key")
    )
    lined_up = pl.concat(
        [latest, rows.select("key", "hash", at=pl.int_range(pl.len(), dtype=pl.Int64))]
    )
    previous = pl.col("hash").shift(1).over("key")
    follows = lined_up.sort("key", "at").with_columns(
        same=(pl.col("hash") == previous).fill_null(False)
    )
    repeats_latest = follows.filter(pl.col("at") >= 0).sort("at")["same"]
    dated = known.filter("is_dated").select("key", "hash").unique()
    seen = rows.join(
        dated.with_columns(found=True), on=["key", "hash"], how="left", maintain_order="left"
    )
    again = ~rows.select(pl.struct("key", "hash").is_first_distinct()).to_series()
    return repeats_latest | (rows["is_dated"] & (seen["found"].fill_null(False) | again))
