"""Control totals: what the sender's manifest says a file holds, against what was read of it.

A manifest row finds its file by checksum, else by the file name or the time in it, else by being
the only row for the only file of a feed. More or fewer rows, or other sums, refuse the whole file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import polars as pl

from pipelines.ingest.landing import Landed
from pipelines.ingest.report import Totals
from pipelines.ingest.wording import counted


@dataclass(frozen=True, slots=True)
class FeedManifest:
    """One row of control_feed_manifest."""

    feed_name: str
    source_system: str
    company_id: str
    batch_id: str
    produced_at: datetime
    row_count: int
    sum_qty: Decimal | None
    sum_amount: Decimal | None
    watermark_at: datetime | None
    checksum: str | None


@dataclass(frozen=True, slots=True)
class Measured:
    """What was read: rows, sums, and rows whose quantity or amount could not be read."""

    rows: int
    qty: Decimal | None = None
    amount: Decimal | None = None
    unreadable_qty: int = 0
    unreadable_amount: int = 0


@dataclass(frozen=True, slots=True)
class Compared:
    """Differences refuse the file; notes are said and do not."""

    differences: tuple[str, ...]
    notes: tuple[str, ...]
    totals: Totals


def manifests_of(frame: pl.DataFrame) -> list[FeedManifest]:
    """Rows of the newest version of each manifest, sandbox files left out."""
    newest = frame.filter(
        ~pl.col("is_test").fill_null(False) & ~pl.col("is_deleted").fill_null(False)
    ).sort("_delivered_at", "_batch_seq", "_row_number")
    key = ["source_system", "company_id", "feed_name", "batch_id"]
    kept = newest.unique(key, keep="last", maintain_order=True)
    names = [name for name in FeedManifest.__slots__]
    return [FeedManifest(**row) for row in kept.select(names).to_dicts()]


def manifest_for(
    file: Landed,
    *,
    names: Sequence[str],
    source_system: str,
    company_id: str,
    known: Sequence[FeedManifest],
    is_only_file: bool,
) -> FeedManifest | None:
    """The manifest row of a file; `names` are the table and the raw feed it may be written for."""
    candidates = [
        row
        for row in known
        if row.feed_name in names
        and row.source_system == source_system
        and row.company_id in (company_id, "*")
    ]
    by_checksum = [row for row in candidates if row.checksum and is_checksum(file, row.checksum)]
    by_name = [
        row
        for row in candidates
        if row.batch_id in (file.name, file.base_name, file.stem, file.stamp_text)
    ]
    by_time = [
        row for row in candidates if file.stamp is not None and row.produced_at == file.stamp
    ]
    alone = (
        candidates
        if is_only_file and len(candidates) == 1 and not _names_another(candidates[0], file)
        else []
    )
    for found in (by_checksum, by_name, by_time, alone):
        if found:
            return found[-1]
    return None


def is_checksum(file: Landed, checksum: str) -> bool:
    given = checksum.lower().removeprefix("sha256:").removeprefix("md5:")
    if len(given) == 32:
        with file.path.open("rb") as stream:
            return hashlib.file_digest(stream, "md5").hexdigest() == given
    return given == file.hash


def compare(manifest: FeedManifest, measured: Measured, file: Landed) -> Compared:
    """Every total that both sides have."""
    differences, notes = [], []
    if manifest.checksum and not is_checksum(file, manifest.checksum):
        differences.append(f"checksum: expected {manifest.checksum}, got {file.hash}")
    if manifest.row_count != measured.rows:
        differences.append(_difference("rows", Decimal(manifest.row_count), Decimal(measured.rows)))
    totals = Totals(Decimal(manifest.row_count), Decimal(measured.rows))
    for name, expected, actual, unreadable in (
        ("sum_qty", manifest.sum_qty, measured.qty, measured.unreadable_qty),
        ("sum_amount", manifest.sum_amount, measured.amount, measured.unreadable_amount),
    ):
        if expected is None:
            continue
        if actual is None:
            notes.append(
                f"{name} {_plain(expected)} of the manifest cannot be checked: no column of it is mapped"
            )
            continue
        totals = Totals(expected, actual)
        if expected != actual and unreadable:
            notes.append(
                f"{name} cannot be confirmed: expected {_plain(expected)}, read {_plain(actual)}, "
                f"{counted(unreadable, 'value')} could not be read"
            )
        elif expected != actual:
            differences.append(_difference(name, expected, actual))
    return Compared(tuple(differences), tuple(notes), totals)


def refusal(file_name: str, manifest: FeedManifest, differences: Sequence[str]) -> str:
    return (
        f"{file_name}: refused, it is not what its manifest {manifest.batch_id} says. {'; '.join(differences)}. "
        "Next: ask the sender for the whole file, or for a manifest that belongs to it."
    )


def _names_another(manifest: FeedManifest, file: Landed) -> bool:
    """A manifest that carries a checksum or a file name means that file and no other."""
    return "." in manifest.batch_id and manifest.batch_id not in (file.name, file.base_name)


def _difference(name: str, expected: Decimal, actual: Decimal) -> str:
    return f"{name}: expected {_plain(expected)}, got {_plain(actual)}, difference {_plain(actual - expected)}"


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
