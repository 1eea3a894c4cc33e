"""Rows left out as repeats, looked at again when the past of their table has changed.

A row is left out because an earlier version says the same. If a file comes late and puts another
version in between (A, then B by delivery time, then A again), or if the earlier batch is taken back,
the row left out is a version after all. Its batch is made again and the rows that are now missing
are added to it. What is to be looked at stands in the manifest, so that no kill can lose it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import polars as pl

from pipelines.ingest.batch import Made, Surroundings, accepted_rows, make, reaches_of, write_part
from pipelines.ingest.delivered import DeliveredFiles
from pipelines.ingest.manifest import Manifest
from pipelines.ingest.manifest_rows import Batch
from pipelines.ingest.work import Work

IDENTITY = ["_source_file", "_row_number", "_row_hash"]


def note_changed_past(manifest: Manifest, batch: Batch) -> None:
    """Within the transaction that adds or takes back a batch: later repeats may hold no more."""
    later = manifest.later_with_repeats(batch)
    if later:
        manifest.add_changed_past(batch.feed, later)


def to_revisit(
    manifest: Manifest, table: str, works: Mapping[str, Work]
) -> list[tuple[Batch, Work]]:
    """Batches to look at again, as far as their files are still there."""
    noted = manifest.changed_past(table)
    active = [batch for batch in manifest.active_batches(table) if batch.batch_id in noted]
    ordered = sorted(active, key=lambda batch: (batch.delivered_at, batch.seq))
    return [(batch, works[batch.batch_id]) for batch in ordered if batch.batch_id in works]


def revisit(
    batch: Batch,
    work: Work,
    manifest: Manifest,
    files: DeliveredFiles,
    around: Surroundings,
    lake: Path,
) -> int:
    """Rows added to a batch because they repeat nothing any more."""
    made = make(work, files, around, seq=batch.seq)
    missing = _missing(made, [lake / part.path for part in manifest.parts_of(batch.batch_id)])
    delivery = manifest.loaded_delivery(batch.batch_id)
    assert delivery is not None, "an active batch was delivered"
    counts = replace(
        delivery.counts,
        accepted=delivery.counts.accepted + len(missing),
        repeated=delivery.counts.repeated - len(missing),
    )
    assert counts.repeated >= 0, "only rows that were left out are added"
    part = manifest.next_part(batch.batch_id)
    parts = write_part([missing], (batch.feed, batch.batch_id), lake, part=part)
    with manifest.transaction():
        manifest.add_parts(parts, batch.batch_id, reaches_of([missing], work.feed.contract))
        manifest.put_delivery(replace(delivery, counts=counts))
        manifest.forget_changed_past(batch.batch_id)
    return len(missing)


def _missing(made: Made, own: list[Path]) -> pl.DataFrame:
    rows = accepted_rows(made)
    for path in own:
        stored = pl.read_parquet(path, columns=IDENTITY)
        rows = rows.join(stored, on=IDENTITY, how="anti", maintain_order="left")
    return rows
