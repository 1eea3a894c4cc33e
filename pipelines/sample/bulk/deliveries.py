"""The landing folder of the bulk company: monthly deliveries, each with a manifest per system.

One thread encodes and writes, in the order in which row groups were filled, so that neither the
bytes nor the memory depend on how fast the disk is.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict, deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import polars as pl

from models.contracts import CONTRACTS
from pipelines.sample.bulk.arrays import Rows
from pipelines.sample.bulk.codes import Table
from pipelines.sample.bulk.files import FileFormat, TableFile, open_writer

TextRow = dict[str, str]
MANIFEST = "control_feed_manifest"
WAITING = 3


@dataclass(frozen=True, slots=True)
class Delivered:
    system: str
    table: str
    file_name: str
    rows: int
    checksum: str
    sum_qty: str = ""
    sum_amount: str = ""


class BulkDeliveries:
    """Used as a context; `cut` ends a delivery, and what comes after it belongs to the next."""

    def __init__(
        self,
        folder: Path,
        company_id: str,
        tables: Mapping[tuple[str, str], Table],
        file_format: FileFormat,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.delivered: list[Delivered] = []
        self._folder, self._company_id, self._format = folder, company_id, file_format
        self._tables = {table: (system, columns) for (system, table), columns in tables.items()}
        self._open: dict[str, TableFile] = {}
        self._small: dict[tuple[str, str], list[TextRow]] = {}
        self._cut_at = datetime.min
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._waiting: deque[Future[None]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._thread.shutdown(wait=True, cancel_futures=True)

    def begin(self, cut_at: datetime) -> None:
        """The delivery that is cut at this moment begins to be written."""
        self._cut_at = cut_at

    def add(self, table: str, rows: Rows) -> None:
        """Rows of a bulk table; tables that this company does not deliver are passed over."""
        if table not in self._tables:
            return
        if table not in self._open:
            system, columns = self._tables[table]
            path = self._folder / self._name(system, table)
            self._open[table] = TableFile(path, table, columns)
        file = self._open[table]
        if (full := file.append(rows)) is not None:
            self._later(lambda: file.write(full))

    def add_small(self, system: str, table: str, rows: Sequence[TextRow]) -> None:
        """Rows of a table of some dozens, as text; the contract reads them into its types."""
        if rows:
            self._small.setdefault((system, table), []).extend(rows)

    def cut(self) -> None:
        """Closes the files and writes one manifest per system that sent any."""
        for file in self._open.values():
            self._later(lambda file=file: _finish(file))  # type: ignore[misc]
        self._catch_up(0)
        delivered = [
            self._delivered(self._tables[table][0], file)
            for table, file in self._open.items()
            if file.rows
        ]
        delivered += [
            self._write_small(system, table, rows) for (system, table), rows in self._small.items()
        ]
        self._open, self._small = {}, {}
        manifests = defaultdict(list)
        for file_of in sorted(delivered, key=lambda one: one.file_name):
            manifests[file_of.system].append(self._manifest_row(file_of))
        for system, rows in sorted(manifests.items()):
            delivered.append(self._write_small(system, MANIFEST, rows))
        self.delivered += delivered

    def _later(self, work: Callable[[], None]) -> None:
        self._waiting.append(self._thread.submit(work))
        self._catch_up(WAITING)

    def _catch_up(self, waiting: int) -> None:
        while len(self._waiting) > waiting:
            self._waiting.popleft().result()

    def _name(self, system: str, table: str) -> str:
        stamp = self._cut_at.strftime("%Y%m%dT%H%M%S")
        return f"{table}__{system}__{self._company_id}__{stamp}.{self._format}"

    def _delivered(self, system: str, file: TableFile) -> Delivered:
        contract = CONTRACTS[file.table_name]
        return Delivered(
            system,
            file.table_name,
            file.path.name,
            file.rows,
            _checksum(file.path),
            file.total(contract.control_qty()),
            file.total(contract.control_amount()),
        )

    def _write_small(self, system: str, table: str, rows: Sequence[TextRow]) -> Delivered:
        given = dict.fromkeys(name for row in rows for name in row)
        texts = pl.DataFrame([{name: row.get(name) for name in given} for row in rows])
        keys = {"source_system": system, "company_id": self._company_id}
        typed = CONTRACTS[table].read_text(
            texts.with_columns(**{k: pl.lit(v) for k, v in keys.items()})
        )
        content = typed.select(*given).to_arrow()
        path = self._folder / self._name(system, table)
        writer = open_writer(path, content.schema, ())
        writer.write_table(content)
        writer.close()
        return Delivered(system, table, path.name, len(rows), _checksum(path))

    def _manifest_row(self, file: Delivered) -> TextRow:
        cut_at = self._cut_at.strftime("%Y-%m-%dT%H:%M:%SZ")
        return {
            "feed_name": file.table,
            "batch_id": file.file_name,
            "produced_at": cut_at,
            "schema_version": "1",
            "row_count": str(file.rows),
            "sum_qty": file.sum_qty,
            "sum_amount": file.sum_amount,
            "watermark_at": cut_at,
            "checksum": file.checksum,
            "sender": "vestia",
            "is_test": "false",
        }


def _finish(file: TableFile) -> None:
    file.write(file.gathered())
    file.close()


def _checksum(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
