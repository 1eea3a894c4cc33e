"""Delivered files opened: blocks of rows, kept in memory while they fit, and a first inspection.

A file may feed several tables and be joined by others; it is read once where memory allows. The
inspection reads a file to its end before any table of it is loaded, because a file that turns out
to be cut off must not be loaded in part.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

import polars as pl

from pipelines.ingest.landing import Landed
from pipelines.ingest.mapping_file import Csv, Source
from pipelines.ingest.values import SUM_DECIMAL, as_decimal
from pipelines.readers.delimited import DelimitedOptions
from pipelines.readers.opening import is_text, read_blocks
from pipelines.readers.tabular import ROW_NUMBER, Block, FileRefused, whole

KEPT_BYTES = 1_500_000_000


@dataclass(frozen=True, slots=True)
class Opening:
    """How a file is opened: which sheet, which spelling of CSV, what a manifest sums of it."""

    sheet: str | None = None
    csv: Csv = field(default_factory=Csv)
    qty: str | None = None
    amount: str | None = None

    @classmethod
    def of(cls, source: Source) -> Opening:
        return cls(source.sheet, source.csv, source.control.qty, source.control.amount)

    @property
    def options(self) -> DelimitedOptions:
        return DelimitedOptions(
            delimiter=self.csv.delimiter,
            encoding=self.csv.encoding,
            final_newline_optional=self.csv.final_newline == "optional",
        )


@dataclass(frozen=True, slots=True)
class Inspected:
    """A file read to its end: its columns without rows, how many rows, and sums for a manifest."""

    empty: pl.DataFrame
    rows: int
    qty: Decimal | None
    amount: Decimal | None


class DeliveredFiles:
    """The files of one run. A file that cannot be read is refused once and stays refused."""

    def __init__(self, kept_bytes: int = KEPT_BYTES) -> None:
        self._kept: OrderedDict[tuple[str, str | None], Block] = OrderedDict()
        self._kept_bytes = kept_bytes
        self._inspected: dict[tuple[str, Opening], Inspected | FileRefused] = {}

    def blocks(self, file: Landed, opening: Opening) -> Iterator[Block]:
        key = (file.hash, opening.sheet)
        if key in self._kept:
            self._kept.move_to_end(key)
            yield self._kept[key]
        elif file.size * _growth(file) <= self._kept_bytes:
            block = whole(read_blocks(file.path, sheet=opening.sheet, options=opening.options))
            self._keep(key, block)
            yield block
        else:
            yield from read_blocks(file.path, sheet=opening.sheet, options=opening.options)

    def whole(self, file: Landed, opening: Opening) -> Block:
        return whole(self.blocks(file, opening))

    def inspect(self, file: Landed, opening: Opening) -> Inspected:
        """Raises FileRefused, every time it is asked, for a file that cannot be trusted."""
        key = (file.hash, opening)
        if key not in self._inspected:
            try:
                self._inspected[key] = self._read_through(file, opening)
            except FileRefused as refused:
                self._inspected[key] = refused
        found = self._inspected[key]
        if isinstance(found, FileRefused):
            raise found
        return found

    def rows(self, file: Landed, opening: Opening, numbers: pl.Series) -> pl.DataFrame:
        """The rows with these numbers, as delivered."""
        wanted = numbers.unique().implode()
        parts = [
            block.frame.filter(pl.col(ROW_NUMBER).is_in(wanted))
            for block in self.blocks(file, opening)
        ]
        return pl.concat(parts)

    def _read_through(self, file: Landed, opening: Opening) -> Inspected:
        rows, empty = 0, None
        sums: dict[str, Decimal] = {}
        for block in self.blocks(file, opening):
            empty = block.frame.clear() if empty is None else empty
            rows += block.rows
            for column in {opening.qty, opening.amount} - {None}:
                assert column is not None
                if column in block.frame.columns:
                    sums[column] = sums.get(column, Decimal(0)) + _sum(
                        block.frame, column, opening.csv
                    )
        assert empty is not None, "a reader gives at least one block"
        return Inspected(empty, rows, sums.get(opening.qty or ""), sums.get(opening.amount or ""))

    def _keep(self, key: tuple[str, str | None], block: Block) -> None:
        self._kept[key] = block
        while (
            len(self._kept) > 1
            and sum(b.frame.estimated_size() for b in self._kept.values()) > self._kept_bytes
        ):
            self._kept.popitem(last=False)


def _growth(file: Landed) -> int:
    """How much larger a file may become in memory; packed formats more than plain text."""
    return (
        3
        if is_text(file.base_name) and not file.base_name.lower().endswith((".gz", ".xlsx"))
        else 12
    )


def _sum(frame: pl.DataFrame, column: str, csv: Csv) -> Decimal:
    value, dtype = pl.col(column), frame.schema[column]
    if isinstance(dtype, pl.String):
        value = value.str.replace_all(csv.thousands, "", literal=True) if csv.thousands else value
        value = value.str.replace(csv.decimal, ".", literal=True)
    total = frame.select(as_decimal(value, dtype, SUM_DECIMAL).sum()).item()
    return Decimal(total or 0)
