"""Parquet with its own types, in blocks of rows counted from 1."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from pipelines.readers.tabular import ROW_NUMBER, Block, FileRefused, checked_names, no_broken_rows

BLOCK_ROWS = 1_000_000


def read_parquet(path: Path, *, block_rows: int = BLOCK_ROWS) -> Iterator[Block]:
    """A file without a footer, or with unreadable pages, was cut off on its way: refused whole."""
    try:
        scanned = pl.scan_parquet(path, glob=False)
        names = scanned.collect_schema().names()
        scanned = scanned.rename(dict(zip(names, checked_names(names, path.name), strict=True)))
        rows = scanned.select(pl.len()).collect().item()
        for start in range(0, max(rows, 1), block_rows):
            frame = scanned.slice(start, block_rows).collect()
            numbers = pl.int_range(start + 1, start + len(frame) + 1, dtype=pl.Int64)
            yield Block(frame.with_columns(numbers.alias(ROW_NUMBER)), no_broken_rows())
    except (pl.exceptions.ComputeError, OSError) as error:
        raise FileRefused(
            f"{path.name}: cut off or damaged, the Parquet file cannot be read to its end.",
            "ask the sender to deliver the file again.",
        ) from error
