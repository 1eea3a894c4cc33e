"""Delivered files opened: blocks of rows, kept in memory while they fit, and a first inspection.

A file may feed several tables and be joined by others; it is read once where memory allows. The
inspection reads a file to its end before any table of it is loaded, because a file that turns out
to be cut off must not be loaded in part.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import polars as pl

from pipelines.ingest.landing import Landed
from pipelines.ingest.mapping_keys import Csv, Source
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
    def fingerprint(self) -> str:
        """What of an opening can change what is read."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:20]

    @property
    def options(self) -> DelimitedOptions:
        return DelimitedOptions(
            delimiter=self.csv.delimiter,
            encoding=self.csv.encoding,
            final_newline_optional=self.csv.final_newline == "optional",
        )


@dataclass(frozen=True, slots=True)
class Inspected:
    """A file read to its end: how many rows, and sums for a manifest."""

    rows: int
    qty: Decimal | None
    amount: Decimal | None


class DeliveredFiles:
    """The files of one run. A file that cannot be read is refused once and stays refused."""

    def __init__(
        self,
        remembered: Mapping[tuple[str, str], Inspected] | None = None,
        *,
        kept_bytes: int = KEPT_BYTES,
    ) -> None:
        """`remembered`: inspections of earlier runs; the same bytes need not be read through again."""
        self.inspected = dict(remembered or {})
        self._refused: dict[tuple[str, str], FileRefused] = {}
        self._kept: OrderedDict[tuple[str, str | None], Block] = OrderedDict()
        self._kept_bytes = kept_bytes

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

    def header(self, file: Landed, opening: Opening) -> pl.DataFrame:
        """The columns of a file, without rows."""
        return next(iter(self.blocks(file, opening))).frame.clear()

    def inspect(self, file: Landed, opening: Opening) -> Inspected:
        """Raises FileRefused, every time it is asked, for a file that cannot be trusted."""
        key = (file.hash, opening.fingerprint)
        if key in self._refused:
            raise self._refused[key]
        if key not in self.inspected:
            try:
                self.inspected[key] = self._read_through(file, opening)
            except FileRefused as refused:
                self._refused[key] = refused
                raise
        return self.inspected[key]

    def rows(self, file: Landed, opening: Opening, numbers: pl.Series) -> pl.DataFrame:
        """The rows with these numbers, as delivered."""
        wanted = numbers.unique().implode()
        parts = [
            block.frame.filter(pl.col(ROW_NUMBER).is_in(wanted))
            for block in self.blocks(file, opening)
        ]
        return pl.concat(parts)

    def _read_through(self, file: Landed, opening: Opening) -> Inspected:
        rows = 0
        sums: dict[str, Decimal] = {}
        for block in self.blocks(file, opening):
            rows += block.rows
            for column in {opening.qty, opening.amount} - {None}:
                assert column is not None
                if column in block.frame.columns:
                    total = _sum(block.frame, column, opening.csv)
                    sums[column] = sums.get(column, Decimal(0)) + total
        return Inspected(rows, sums.get(opening.qty or ""), sums.get(opening.amount or ""))

    def _keep(self, key: tuple[str, str | None], block: Block) -> None:
        self._kept[key] = block
        while (
            len(self._kept) > 1
            and sum(b.frame.estimated_size() for b in self._kept.values()) > self._kept_bytes
        ):
            self._kept.popitem(last=False)


def _growth(file: Landed) -> int:
    """How much larger a file may become in memory; packed formats more than plain text."""
    is_packed = not is_text(file.base_name) or file.base_name.lower().endswith((".gz", ".xlsx"))
    return 12 if is_packed else 3


def _sum(frame: pl.DataFrame, column: str, csv: Csv) -> Decimal:
    value, dtype = pl.col(column), frame.schema[column]
    if isinstance(dtype, pl.String):
        value = value.str.replace_all(csv.thousands, "", literal=True) if csv.thousands else value
        value = value.str.replace(csv.decimal, ".", literal=True)
    total = frame.select(as_decimal(value, dtype, SUM_DECIMAL).sum()).item()
    return Decimal(total or 0)
