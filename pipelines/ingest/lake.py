"""The raw lake: one folder per contract table, Parquet written beside and renamed into place."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

UNFINISHED = ".tmp"
MARKS = {
    "_batch_id": pl.String(),
    "_delivered_at": pl.Datetime("us", "UTC"),
    "_batch_seq": pl.Int64(),
    "_source_file": pl.String(),
    "_row_number": pl.Int64(),
    "_row_hash": pl.String(),
}


def write_parquet(path: Path, frames: Iterable[pl.DataFrame]) -> int:
    """Frames of one schema into one file that is either whole or not there; rows written."""

    def fill(unfinished: Path) -> int:
        writer, rows = None, 0
        try:
            for frame in frames:
                table: pa.Table = frame.to_arrow(compat_level=pl.CompatLevel.oldest())
                writer = writer or pq.ParquetWriter(
                    unfinished, table.schema, compression="zstd", compression_level=1
                )
                writer.write_table(table)
                rows += len(frame)
        finally:
            if writer is not None:
                writer.close()
        return rows

    return _into_place(path, fill)


def write_text(path: Path, frame: pl.DataFrame) -> None:
    """A frame as CSV for people."""

    def fill(unfinished: Path) -> int:
        frame.write_csv(unfinished)
        return len(frame)

    _into_place(path, fill)


def remove_unnamed(lake: Path, named: set[str]) -> None:
    """Remove what a killed run left: unfinished files and files that no batch names."""
    for path in lake.glob("*/*"):
        is_unfinished = path.name.endswith(UNFINISHED)
        is_unnamed = path.suffix == ".parquet" and path.relative_to(lake).as_posix() not in named
        if path.is_file() and (is_unfinished or is_unnamed):
            path.unlink()


def _into_place(path: Path, fill: Callable[[Path], int]) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + UNFINISHED)
    unfinished.unlink(missing_ok=True)
    rows = fill(unfinished)
    with unfinished.open("rb") as stream:
        os.fsync(stream.fileno())
    os.replace(unfinished, path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return rows
