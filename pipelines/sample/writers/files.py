"""Deliveries as files with a manifest beside them: counts, control totals, watermark, hash."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import polars as pl

from models.contracts import CONTRACTS
from pipelines.sample.writers.canonical import Delivery
from pipelines.sample.writers.texts import Row, file_stamp, stamp

MANIFEST = "control_feed_manifest"


@dataclass(frozen=True, slots=True)
class Written:
    """A file that lies in landing; `at` is when it was delivered."""

    company_id: str
    system: str
    table: str
    file_name: str
    rows: int
    at: datetime
    checksum: str


class DeliveryFiles:
    """Writes deliveries to a folder as CSV or typed Parquet, in canonical names."""

    def __init__(self, folder: Path, file_format: str = "csv") -> None:
        self.folder = folder
        self.file_format = file_format
        self.written: list[Written] = []
        folder.mkdir(parents=True, exist_ok=True)

    def write(self, delivery: Delivery, *, at: datetime | None = None) -> None:
        """All tables of a delivery, then one manifest per system that sent any.

        `at`: delivered later than it was cut; the watermark stays that of the cut."""
        delivered = at or delivery.cut_at
        manifests: dict[str, list[Row]] = {}
        for (system, table), rows in sorted(delivery.tables.items()):
            written = self.put(delivery, system, table, rows, delivered)
            manifests.setdefault(system, []).append(
                self._manifest_row(written, rows, delivery, delivered)
            )
        for system, rows in sorted(manifests.items()):
            self.put(delivery, system, MANIFEST, rows, delivered)

    def put(
        self, delivery: Delivery, system: str, table: str, rows: list[Row], at: datetime
    ) -> Written:
        name = self.file_name(delivery, system, table, at=at)
        content = self._parquet(table, rows) if self.file_format == "parquet" else _csv(rows)
        (self.folder / name).write_bytes(content)
        checksum = hashlib.sha256(content).hexdigest()
        written = Written(delivery.company_id, system, table, name, len(rows), at, checksum)
        self.written.append(written)
        return written

    def file_name(
        self, delivery: Delivery, system: str, table: str, *, at: datetime | None = None
    ) -> str:
        stamped = file_stamp(at or delivery.cut_at)
        return f"{table}__{system}__{delivery.company_id}__{stamped}.{self.file_format}"

    def _parquet(self, table: str, rows: list[Row]) -> bytes:
        """Typed as the contract says; as text where a row holds what its type cannot."""
        text = pl.DataFrame(
            {name: [row.get(name) for row in rows] for name in _columns(_shapes(rows))}
        )
        typed = CONTRACTS[table].read_text(text)
        sound = not typed["_cast_reasons"].list.len().sum()
        given = [name for name in text.columns if name in typed.columns]
        buffer = io.BytesIO()
        (typed.select(given) if sound and len(given) == text.width else text).write_parquet(buffer)
        return buffer.getvalue()

    def _manifest_row(
        self, written: Written, rows: list[Row], delivery: Delivery, delivered: datetime
    ) -> Row:
        contract = CONTRACTS[written.table]
        first, last = delivery.sequences.get((written.system, written.table), ("", ""))
        return {
            "feed_name": written.table,
            "batch_id": written.file_name,
            "produced_at": stamp(delivered),
            "schema_version": "1",
            "row_count": str(len(rows)),
            "sum_qty": _total(rows, contract.control_qty()),
            "sum_amount": _total(rows, contract.control_amount()),
            "first_sequence": first,
            "last_sequence": last,
            "watermark_at": stamp(delivery.cut_at),
            "checksum": written.checksum,
            "sender": "norda",
            "is_test": "false",
        }


def _columns(shapes: Iterable[Iterable[str]]) -> list[str]:
    """All columns of some rows, in the order in which they appear."""
    return list(dict.fromkeys(column for shape in shapes for column in shape))


def _csv(rows: list[Row]) -> bytes:
    """Nearly all files hold rows of one shape, and are written without looking at each value."""
    text = io.StringIO(newline="")
    shapes = _shapes(rows)
    columns, table = _columns(shapes), csv.writer(text, lineterminator="\n")
    table.writerow(columns)
    if len(shapes) == 1:
        table.writerows(map(dict.values, rows))
    else:
        whole = tuple(columns)
        table.writerows(
            row.values() if tuple(row) == whole else [row.get(column, "") for column in columns]
            for row in rows
        )
    return text.getvalue().encode()


def _shapes(rows: Iterable[Row]) -> list[tuple[str, ...]]:
    """The different sequences of columns, in the order in which they appear."""
    return list(dict.fromkeys(map(tuple, rows)))


def _total(rows: Iterable[Row], column: str | None) -> str:
    given = [row[column] for row in rows if column and row.get(column)]
    return f"{sum(map(Decimal, given))}" if given else ""
