"""A hash per row over its given values, the same on every machine and in every version.

The hash decides whether a row is there already, so it may not change with a library: libraries
promise that of md5, which costs more than all other work on a row, and not of their fast hashes.
So it is computed here. Every value is mixed into 64 bits with a seed from the name of its column
(splitmix64, over text in words of eight bytes), and the values of a row are added up. A column
without a value adds nothing, so a contract may grow without changing old hashes. Rows are compared
within one key only; 64 bits are ample for that. Few rows are hashed in plain Python, because the
compiled kernel takes longer to load than they take; once it is there, only very few are. Both give
the same, and a test holds them to it.
"""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from typing import Any

import polars as pl

FIRST, SECOND, LENGTH = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0x9E3779B97F4A7C15
MASK = (1 << 64) - 1
KERNEL = "pipelines.ingest.row_hash_kernel"
FEW_VALUES, VERY_FEW_VALUES = 20_000, 300


def row_hashes(frame: pl.DataFrame) -> pl.Series:
    """One hash per row as sixteen hexadecimal digits."""
    filled = frame.select(name for name in frame.columns if frame[name].null_count() < len(frame))
    few = VERY_FEW_VALUES if KERNEL in sys.modules else FEW_VALUES
    if len(frame) * filled.width <= few:
        return hashes_one_by_one(filled, len(frame)).alias("_row_hash")
    from pipelines.ingest.row_hash_kernel import hashes_of_columns  # compiled, slow to load

    return hashes_of_columns(filled).alias("_row_hash")


def hashes_one_by_one(frame: pl.DataFrame, rows: int) -> pl.Series:
    totals = [0] * rows
    for name in frame.columns:
        seed = seed_of(name)
        column = frame[name]
        for row, value in enumerate(_plain(column)):
            if value is not None:
                totals[row] = (totals[row] + _hashed(value, seed)) & MASK
    return pl.Series([f"{total:016x}" for total in totals], dtype=pl.String)


@cache
def seed_of(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "little")


def _plain(column: pl.Series) -> list[Any]:
    """Text as it is; a decimal by its digits, a time by its microseconds, a day by its number."""
    if isinstance(column.dtype, pl.String):
        return column.to_list()
    if isinstance(column.dtype, pl.Decimal):
        scale = column.dtype.scale
        return [None if value is None else int(value.scaleb(scale)) for value in column]
    return column.to_physical().cast(pl.Int64).to_list()


def _hashed(value: str | int, seed: int) -> int:
    if isinstance(value, int):
        low, high = value & MASK, (value >> 64) & MASK
        return _mixed((_mixed(_mixed(seed ^ low) ^ high) + seed) & MASK)
    data = value.encode()
    mixed = _mixed(seed ^ (len(data) * LENGTH & MASK))
    for place in range(0, len(data), 8):
        mixed = _mixed(mixed ^ int.from_bytes(data[place : place + 8], "little"))
    return _mixed((mixed + seed) & MASK)


def _mixed(word: int) -> int:
    word = (word ^ (word >> 30)) * FIRST & MASK
    word = (word ^ (word >> 27)) * SECOND & MASK
    return word ^ (word >> 31)
