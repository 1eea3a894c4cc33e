"""The raw lake: one folder per contract table, Parquet written beside and renamed into place."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import polars as pl

UNFINISHED = ".tmp"
ROW_GROUP = 500_000
MARKS = {
    "_batch_id": pl.String(),
    "_delivered_at": pl.Datetime("us", "UTC"),
    "_batch_seq": pl.Int64(),
    "_source_file": pl.String(),
    "_row_number": pl.Int64(),
    "_row_hash": pl.String(),
}


def write_parquet(
    path: Path, frames: Sequence[pl.DataFrame], types: Mapping[str, pl.DataType] | None = None
) -> int:
    """Frames into one file that is either whole or not there; rows written.

    `types`: the columns of the file, where the frames leave out those that hold nothing.
    """
    rows = sum(len(frame) for frame in frames)

    def fill(unfinished: Path) -> int:
        stacked = pl.concat([complete(frame, types or frame.schema) for frame in frames])
        stacked.sink_parquet(
            unfinished, compression="zstd", compression_level=1, row_group_size=ROW_GROUP
        )
        return rows

    return _into_place(path, fill)


def complete(frame: pl.DataFrame, types: Mapping[str, pl.DataType]) -> pl.LazyFrame:
    """The frame with every column of the file, in its order."""
    return frame.lazy().select(
        pl.col(name) if name in frame.columns else pl.lit(None, dtype=dtype).alias(name)
        for name, dtype in types.items()
    )


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
