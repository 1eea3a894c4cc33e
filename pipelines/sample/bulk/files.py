"""A table on disk: rows are gathered into row groups; the settings of the writers are fixed here."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from models.contracts import CONTRACTS
from pipelines.sample.bulk.arrays import Array, Rows
from pipelines.sample.bulk.codes import Table
from pipelines.sample.bulk.encoding import Document, Moment, Scaled

FileFormat = Literal["parquet", "csv"]
ROWS_A_GROUP = 250_000


class Writer(Protocol):
    def write_table(self, table: pa.Table) -> None: ...

    def close(self) -> None: ...


class CsvWriter:
    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._is_first = True

    def write_table(self, table: pa.Table) -> None:
        frame = pl.from_arrow(table)
        assert isinstance(frame, pl.DataFrame)
        frame.write_csv(
            self._file, include_header=self._is_first, datetime_format="%Y-%m-%dT%H:%M:%SZ"
        )
        self._is_first = False

    def close(self) -> None:
        self._file.close()


def open_writer(path: Path, schema: pa.Schema, plain: Sequence[str]) -> Writer:
    """`plain`: columns in which no value repeats, where a dictionary only costs."""
    if path.suffix == ".csv":
        return CsvWriter(path)
    return pq.ParquetWriter(
        path,
        schema,
        compression="zstd",
        compression_level=1,
        use_dictionary=[name for name in schema.names if name not in plain],
        version="2.6",
        store_schema=False,
        store_decimal_as_integer=True,
    )


class TableFile:
    """A file of one table and cut. `append` gathers, `encode` and `write` are for the writing thread."""

    def __init__(self, path: Path, table_name: str, table: Table) -> None:
        self.path, self.table_name, self._table = path, table_name, table
        self.rows = 0
        contract = CONTRACTS[table_name]
        self._sums = {
            name: 0 for name in (contract.control_qty(), contract.control_amount()) if name in table
        }
        self._writer: Writer | None = None
        self._gathered: list[Rows] = []
        self._gathered_rows = 0

    def append(self, rows: Rows) -> list[Rows] | None:
        """Rows that are full enough to be written, or None."""
        count = len(next(iter(rows.values())))
        if not count:
            return None
        self.rows += count
        self._gathered.append(rows)
        self._gathered_rows += count
        for name in self._sums:
            self._sums[name] += self._sum(name, rows)
        return self.gathered() if self._gathered_rows >= ROWS_A_GROUP else None

    def gathered(self) -> list[Rows]:
        gathered, self._gathered, self._gathered_rows = self._gathered, [], 0
        return gathered

    def write(self, parts: Sequence[Rows]) -> None:
        if not parts:
            return
        table = pa.table({name: self._column(name, parts) for name in self._table})
        if self._writer is None:
            kinds = self._table.items()
            plain = [name for name, kind in kinds if isinstance(kind, Document | Moment)]
            self._writer = open_writer(self.path, table.schema, plain)
        self._writer.write_table(table)

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()

    def total(self, name: str | None) -> str:
        """Control total of a column as exact text; empty where the table does not have it."""
        if name is None or name not in self._sums:
            return ""
        kind = self._table[name]
        assert isinstance(kind, Scaled)
        return f"{Decimal(self._sums[name]).scaleb(-kind.given):f}"

    def _sum(self, name: str | None, rows: Rows) -> int:
        if name is None or name not in rows:
            return 0
        values = rows[name]
        return int(values[values != self._table[name].absent].sum())

    def _column(self, name: str, parts: Sequence[Rows]) -> pa.Array:
        kind = self._table[name]
        return kind.encode(np.concatenate([self._values(name, rows) for rows in parts]))

    def _values(self, name: str, rows: Rows) -> Array:
        if name in rows:
            return rows[name]
        return np.full(len(next(iter(rows.values()))), self._table[name].absent)
