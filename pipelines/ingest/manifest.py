"""The manifest of the lake: which batch is in force, what became of each delivered file.

One SQLite file; one transaction per batch is the moment at which the batch counts. Parquet files
are written and renamed before it, so a run that is killed leaves at most files that no batch names,
and these are removed or written again by the next run.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from pipelines.ingest.delivered import Inspected
from pipelines.ingest.manifest_rows import (
    FILE_NAME,
    SCHEMA,
    Batch,
    Part,
    Reach,
    as_decimal,
    as_text,
    batch_of,
    delivery_of,
    moment,
    written,
)
from pipelines.ingest.report import Delivery, OddColumns


class Manifest:
    """Reads and writes of the manifest; a write is one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @contextmanager
    def transaction(self) -> Iterator[None]:
        self._connection.execute("begin immediate")
        try:
            yield
        except BaseException:
            self._connection.execute("rollback")
            raise
        self._connection.execute("commit")

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[sqlite3.Row]:
        return self._connection.execute(sql, parameters).fetchall()

    def first_seen(self, name: str, file_hash: str) -> tuple[datetime, str] | None:
        found = self.rows(
            "select delivered_at, basis from file where name = ? and hash = ?", (name, file_hash)
        )
        return (moment(found[0]["delivered_at"]), found[0]["basis"]) if found else None

    def remember_file(self, name: str, file_hash: str, delivered_at: datetime, basis: str) -> None:
        self._connection.execute(
            "insert or ignore into file values (?, ?, ?, ?)",
            (name, file_hash, written(delivered_at), basis),
        )

    def inspections(self) -> dict[tuple[str, str], Inspected]:
        return {
            (row["file_hash"], row["opening"]): Inspected(
                row["rows"], as_decimal(row["qty"]), as_decimal(row["amount"])
            )
            for row in self.rows("select * from inspection")
        }

    def remember_inspection(self, file_hash: str, opening: str, found: Inspected) -> None:
        self._connection.execute(
            "insert or ignore into inspection values (?, ?, ?, ?, ?)",
            (file_hash, opening, found.rows, as_text(found.qty), as_text(found.amount)),
        )

    def known_files(self) -> list[tuple[str, str]]:
        return [
            (row["name"], row["hash"])
            for row in self.rows("select name, hash from file order by name, hash")
        ]

    def systems_sending(self, feed: str) -> set[str]:
        """Source systems that have ever delivered a table, or rows of it."""
        found = self.rows(
            "select source_system from delivery where feed = ? union select reach.source_system"
            " from reach join batch using (batch_id) where feed = ?",
            (feed, feed),
        )
        return {row["source_system"] for row in found}

    def replayed(self, batch_id: str) -> list[tuple[int, int, str]]:
        found = self.rows(
            "select file, row_number, key from replayed where batch_id = ?", (batch_id,)
        )
        return [(row["file"], row["row_number"], row["key"]) for row in found]

    def active_batch(self, batch_id: str) -> Batch | None:
        found = self.rows("select * from batch where batch_id = ? and is_active = 1", (batch_id,))
        return batch_of(found[0]) if found else None

    def active_batches(self, feed: str | None = None) -> list[Batch]:
        condition = "" if feed is None else " and feed = ?"
        parameters = () if feed is None else (feed,)
        return [
            batch_of(row)
            for row in self.rows(
                f"select * from batch where is_active = 1{condition} order by seq", parameters
            )
        ]

    def in_slot(self, slot: str) -> Batch | None:
        found = self.rows("select * from batch where slot = ? and is_active = 1", (slot,))
        return batch_of(found[0]) if found else None

    def next_seq(self) -> int:
        return int(self.rows("select coalesce(max(seq), 0) + 1 as seq from batch")[0]["seq"])

    def parts(self, feed: str) -> list[Part]:
        found = self.rows(
            "select part.* from part join batch using (batch_id) where feed = ? and is_active = 1 order by seq, part",
            (feed,),
        )
        return [Part(row["batch_id"], row["part"], row["path"], row["rows"]) for row in found]

    def parts_of(self, batch_id: str) -> list[Part]:
        found = self.rows("select * from part where batch_id = ? order by part", (batch_id,))
        return [Part(row["batch_id"], row["part"], row["path"], row["rows"]) for row in found]

    def changed_past(self, feed: str) -> set[str]:
        found = self.rows("select batch_id from changed_past where feed = ?", (feed,))
        return {row["batch_id"] for row in found}

    def tables_with_changed_past(self) -> set[str]:
        return {row["feed"] for row in self.rows("select distinct feed from changed_past")}

    def later_with_repeats(self, batch: Batch) -> list[str]:
        """Batches of the same table delivered after this one that left rows out as repeats."""
        found = self.rows(
            "select batch_id from batch join delivery using (batch_id, feed) where feed = ?"
            " and is_active = 1 and slot <> ? and status = 'loaded' and rows_repeated > 0"
            " and (batch.delivered_at, seq) > (?, ?)",
            (batch.feed, batch.slot, written(batch.delivered_at), batch.seq),
        )
        return [row["batch_id"] for row in found]

    def add_changed_past(self, feed: str, batch_ids: Sequence[str]) -> None:
        self._connection.executemany(
            "insert or ignore into changed_past values (?, ?)",
            [(feed, batch_id) for batch_id in batch_ids],
        )

    def forget_changed_past(self, batch_id: str) -> None:
        self._connection.execute("delete from changed_past where batch_id = ?", (batch_id,))

    def all_paths(self) -> set[str]:
        return {row["path"] for row in self.rows("select path from part")}

    def next_part(self, batch_id: str) -> int:
        return int(
            self.rows(
                "select coalesce(max(part), 0) + 1 as part from part where batch_id = ?",
                (batch_id,),
            )[0]["part"]
        )

    def delivery(self, feed: str, batch_id: str, file_name: str) -> Delivery | None:
        found = self.rows(
            "select * from delivery where feed = ? and batch_id = ? and file_name = ?",
            (feed, batch_id, file_name),
        )
        return delivery_of(found[0]) if found else None

    def loaded_delivery(self, batch_id: str) -> Delivery | None:
        found = self.rows(
            "select * from delivery where batch_id = ? and status = 'loaded'", (batch_id,)
        )
        return delivery_of(found[0]) if found else None

    def add_batch(self, batch: Batch, parts: Sequence[Part], reaches: Sequence[Reach]) -> None:
        """Put a batch in force instead of what holds its slot."""
        self.retire(
            [
                row["batch_id"]
                for row in self.rows(
                    "select batch_id from batch where slot = ? and is_active = 1 and batch_id <> ?",
                    (batch.slot, batch.batch_id),
                )
            ]
        )
        self._connection.execute(
            "insert or replace into batch values (?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?)",
            (
                batch.batch_id,
                batch.slot,
                batch.feed,
                batch.source_system,
                batch.company_id,
                batch.label,
                batch.seq,
                written(batch.delivered_at),
                written(batch.watermark_at),
                batch.watermark_basis,
                " ".join(batch.drivers),
            ),
        )
        for table in ("part", "reach", "replayed"):
            self._connection.execute(f"delete from {table} where batch_id = ?", (batch.batch_id,))
        self.add_parts(parts, batch.batch_id, reaches)

    def add_parts(self, parts: Sequence[Part], batch_id: str, reaches: Sequence[Reach]) -> None:
        self._connection.executemany(
            "insert into part values (?, ?, ?, ?)",
            [(part.batch_id, part.part, part.path, part.rows) for part in parts],
        )
        self._connection.executemany(
            "insert into reach values (?, ?, ?, ?, ?)",
            [
                (batch_id, r.source_system, r.company_id, r.rows, written(r.latest_event_at))
                for r in reaches
            ],
        )

    def retire(self, batch_ids: Sequence[str]) -> None:
        for batch_id in batch_ids:
            self._connection.execute(
                "update batch set is_active = 0 where batch_id = ?", (batch_id,)
            )
            self._connection.execute(
                "update delivery set status = 'superseded' where batch_id = ? and status <> 'refused'",
                (batch_id,),
            )

    def put_delivery(self, delivery: Delivery) -> None:
        counts, totals = delivery.counts, delivery.totals
        self._connection.execute(
            f"insert or replace into delivery values ({', '.join('?' * 17)})",
            (
                delivery.feed,
                delivery.source_system,
                delivery.company_id,
                delivery.label,
                delivery.batch_id,
                delivery.file_name,
                delivery.file_hash,
                written(delivery.delivered_at),
                counts.accepted,
                counts.rejected,
                counts.repeated,
                counts.filtered,
                counts.source_rows,
                as_text(totals.expected),
                as_text(totals.actual),
                delivery.status.value,
                delivery.message,
            ),
        )

    def put_odd_columns(self, delivery: Delivery, odd: Sequence[OddColumns]) -> None:
        """What is odd about the columns of a file now, instead of what was said of it before."""
        place = (delivery.feed, delivery.batch_id, delivery.file_name)
        self._connection.execute(
            "delete from odd_columns where feed = ? and batch_id = ? and file_name = ?", place
        )
        self._connection.executemany(
            "insert into odd_columns values (?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    delivery.feed,
                    delivery.source_system,
                    delivery.company_id,
                    delivery.batch_id,
                    delivery.file_name,
                    one.oddity,
                    ", ".join(one.columns),
                )
                for one in odd
                if one.columns
            ],
        )

    def forget_refusals(self, file_hash: str, feed: str, keep_batch: str) -> None:
        """A file that was refused and is now loaded is not refused any more."""
        self._connection.execute(
            "delete from delivery where file_hash = ? and feed = ? and status = 'refused' and batch_id <> ?",
            (file_hash, feed, keep_batch),
        )

    def add_replayed(self, batch_id: str, rows: Sequence[tuple[int, int, str]]) -> None:
        self._connection.executemany(
            "insert or ignore into replayed values (?, ?, ?, ?)", [(batch_id, *row) for row in rows]
        )


@contextmanager
def open_manifest(lake: Path) -> Iterator[Manifest]:
    lake.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(lake / FILE_NAME, isolation_level=None, timeout=60)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("pragma synchronous = full")
        connection.executescript(SCHEMA)
        yield Manifest(connection)
