"""Tables of the manifest, and their rows as records."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from pipelines.ingest.report import Counts, Delivery, Status, Totals

FILE_NAME = "manifest.sqlite"
SCHEMA = """
create table if not exists file (
    name text not null, hash text not null, delivered_at text not null, basis text not null,
    primary key (name, hash)
);
create table if not exists batch (
    batch_id text primary key, slot text not null, feed text not null, source_system text not null,
    company_id text not null, label text not null, seq integer not null,
    is_active integer not null, delivered_at text not null, watermark_at text, watermark_basis text,
    drivers text not null
);
create index if not exists batch_of_feed on batch (feed, is_active);
create index if not exists batch_of_slot on batch (slot, is_active);
create table if not exists part (
    batch_id text not null, part integer not null, path text not null, rows integer not null,
    primary key (batch_id, part)
);
create table if not exists reach (
    batch_id text not null, source_system text not null, company_id text not null,
    rows integer not null, latest_event_at text
);
create table if not exists delivery (
    feed text not null, source_system text not null, company_id text not null, label text not null,
    batch_id text not null, file_name text not null, file_hash text not null,
    delivered_at text not null, rows_accepted integer not null, rows_rejected integer not null,
    rows_repeated integer not null, rows_filtered integer not null, source_rows integer not null,
    total_expected text, total_actual text, status text not null, message text not null,
    primary key (feed, batch_id, file_name)
);
create table if not exists odd_columns (
    feed text not null, source_system text not null, company_id text not null,
    batch_id text not null, file_name text not null, oddity text not null, columns text not null,
    primary key (feed, batch_id, file_name, oddity)
);
create table if not exists inspection (
    file_hash text not null, opening text not null, rows integer not null, qty text, amount text,
    primary key (file_hash, opening)
);
create table if not exists changed_past (
    feed text not null, batch_id text not null, primary key (feed, batch_id)
);
create table if not exists replayed (
    batch_id text not null, file integer not null, row_number integer not null, key text not null,
    primary key (batch_id, file, row_number, key)
);
"""


@dataclass(frozen=True, slots=True)
class Part:
    """One Parquet file of a batch, its path below the lake."""

    batch_id: str
    part: int
    path: str
    rows: int


@dataclass(frozen=True, slots=True)
class Reach:
    """How many rows of a company a batch holds, and the latest time in them."""

    source_system: str
    company_id: str
    rows: int
    latest_event_at: datetime | None


@dataclass(frozen=True, slots=True)
class Batch:
    batch_id: str
    slot: str
    feed: str
    source_system: str
    company_id: str
    label: str
    seq: int
    delivered_at: datetime
    drivers: tuple[str, ...]
    watermark_at: datetime | None = None
    watermark_basis: str | None = None


def delivery_of(row: sqlite3.Row) -> Delivery:
    return Delivery(
        feed=row["feed"],
        source_system=row["source_system"],
        company_id=row["company_id"],
        label=row["label"],
        batch_id=row["batch_id"],
        file_name=row["file_name"],
        file_hash=row["file_hash"],
        delivered_at=moment(row["delivered_at"]),
        counts=Counts(
            row["rows_accepted"],
            row["rows_rejected"],
            row["rows_repeated"],
            row["rows_filtered"],
            row["source_rows"],
        ),
        totals=Totals(as_decimal(row["total_expected"]), as_decimal(row["total_actual"])),
        status=Status(row["status"]),
        message=row["message"],
    )


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def written(value: datetime | None) -> str | None:
    """Times as text of one length, so that they sort as they should."""
    return None if value is None else value.astimezone(UTC).isoformat(timespec="microseconds")


def batch_of(row: sqlite3.Row) -> Batch:
    return Batch(
        batch_id=row["batch_id"],
        slot=row["slot"],
        feed=row["feed"],
        source_system=row["source_system"],
        company_id=row["company_id"],
        label=row["label"],
        seq=row["seq"],
        delivered_at=moment(row["delivered_at"]),
        drivers=tuple(row["drivers"].split()),
        watermark_at=moment(row["watermark_at"]) if row["watermark_at"] else None,
        watermark_basis=row["watermark_basis"],
    )


def as_decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def as_text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
