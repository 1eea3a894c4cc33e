"""Deliveries as CSV files with a manifest beside them: counts, control totals, watermark, hash."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from models.contracts import CONTRACTS
from pipelines.sample.writers.canonical import Delivery
from pipelines.sample.writers.texts import Row, file_stamp, stamp

MANIFEST = "control_feed_manifest"


@dataclass(frozen=True, slots=True)
class Written:
    system: str
    table: str
    file_name: str
    rows: int


class DeliveryFiles:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.written: list[Written] = []
        folder.mkdir(parents=True, exist_ok=True)

    def write(self, delivery: Delivery) -> list[Written]:
        """All files of a delivery, then one manifest per system that sent any."""
        written: list[Written] = []
        manifests: dict[str, list[Row]] = {}
        for (system, table), rows in sorted(delivery.tables.items()):
            name = self.file_name(delivery, system, table)
            checksum = self._write_csv(name, rows)
            written.append(Written(system, table, name, len(rows)))
            manifests.setdefault(system, []).append(
                self._manifest_row(table, name, rows, checksum, delivery.cut_at)
            )
        for system, rows in sorted(manifests.items()):
            name = self.file_name(delivery, system, MANIFEST)
            self._write_csv(name, rows)
            written.append(Written(system, MANIFEST, name, len(rows)))
        self.written.extend(written)
        return written

    def repeat(self, delivery: Delivery, system: str, table: str) -> tuple[str, str]:
        """The same bytes once more, two days later and under another name."""
        later = delivery.cut_at + timedelta(days=2, hours=6)
        first = self.file_name(delivery, system, table)
        again = self.file_name(delivery, system, table, at=later)
        (self.folder / again).write_bytes((self.folder / first).read_bytes())
        return first, again

    def file_name(
        self, delivery: Delivery, system: str, table: str, *, at: datetime | None = None
    ) -> str:
        stamped = file_stamp(at or delivery.cut_at)
        return f"{table}__{system}__{delivery.company_id}__{stamped}.csv"

    def _write_csv(self, name: str, rows: list[Row]) -> str:
        columns: dict[str, None] = {}
        for row in rows:
            columns.update(dict.fromkeys(row))
        text = io.StringIO(newline="")
        table = csv.DictWriter(text, list(columns), restval="", lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
        content = text.getvalue().encode()
        (self.folder / name).write_bytes(content)
        return hashlib.sha256(content).hexdigest()

    def _manifest_row(
        self, table: str, name: str, rows: list[Row], checksum: str, cut_at: datetime
    ) -> Row:
        contract = CONTRACTS[table]
        return {
            "feed_name": table,
            "batch_id": name,
            "produced_at": stamp(cut_at),
            "schema_version": "1",
            "row_count": str(len(rows)),
            "sum_qty": _total(rows, contract.control_qty()),
            "sum_amount": _total(rows, contract.control_amount()),
            "watermark_at": stamp(cut_at),
            "checksum": checksum,
            "sender": "norda",
            "is_test": "false",
        }


def _total(rows: Iterable[Row], column: str | None) -> str:
    given = [row[column] for row in rows if column and row.get(column)]
    return f"{sum(map(Decimal, given))}" if given else ""
