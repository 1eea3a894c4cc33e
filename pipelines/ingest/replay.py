"""Parked lines whose header has come are loaded: their counts move from rejected to accepted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from models.contracts import CONTRACTS
from pipelines.ingest.batch import reaches_of, write_part
from pipelines.ingest.lake_memory import LakeMemory
from pipelines.ingest.manifest import Manifest
from pipelines.ingest.manifest_rows import Batch, Part
from pipelines.ingest.quarantine import KEY, business_key, stored
from pipelines.ingest.repeats import UPDATED, is_repeat, key_hashes
from pipelines.ingest.steps import FILE
from pipelines.readers.tabular import ROW_NUMBER


def replay(table: str, manifest: Manifest, memory: LakeMemory, lake: Path, quarantine: Path) -> int:
    """Rows of a line table that are no longer parked; one transaction per batch."""
    header = CONTRACTS[table].header()
    if header is None:
        return 0
    headers = manifest.parts(header[0])
    replayed = 0
    for batch in manifest.active_batches(table):
        path = stored(quarantine, table, batch.batch_id).parked
        if path.exists():
            released = _released(path, batch, manifest, memory, headers)
            if len(released):
                _load(released, batch, manifest, memory, lake)
                replayed += len(released)
    return replayed


def _released(
    path: Path, batch: Batch, manifest: Manifest, memory: LakeMemory, headers: Sequence[Part]
) -> pl.DataFrame:
    contract = CONTRACTS[batch.feed]
    header = contract.header()
    assert header is not None, "only lines are parked"
    parked = pl.read_parquet(path)
    parked = parked.with_columns(business_key(parked, contract).alias(KEY))
    done = pl.DataFrame(
        manifest.replayed(batch.batch_id),
        schema={FILE: pl.Int64, ROW_NUMBER: pl.Int64, KEY: pl.String},
        orient="row",
    )
    waiting = parked.join(done, on=[FILE, ROW_NUMBER, KEY], how="anti", maintain_order="left")
    present = memory.headers(waiting, header[0], header[1], headers)
    keys = ["source_system", "company_id", *header[1]]
    return waiting.join(present, on=keys, how="semi", maintain_order="left")


def _load(
    released: pl.DataFrame, batch: Batch, manifest: Manifest, memory: LakeMemory, lake: Path
) -> None:
    contract = CONTRACTS[batch.feed]
    versions = released.select(
        hash="_row_hash", is_dated=pl.col(UPDATED).is_not_null()
    ).with_columns(key=key_hashes(released, contract))
    known = memory.versions(
        released, contract, manifest.parts(batch.feed), before=(batch.delivered_at, batch.seq)
    )
    repeated = is_repeat(versions, known)
    fresh = released.filter(~repeated).drop(FILE, KEY)
    part = manifest.next_part(batch.batch_id)
    parts = write_part([fresh], (batch.feed, batch.batch_id), lake, part=part)
    delivery = manifest.loaded_delivery(batch.batch_id)
    assert delivery is not None, "an active batch was delivered"
    counts = replace(
        delivery.counts,
        accepted=delivery.counts.accepted + len(fresh),
        rejected=delivery.counts.rejected - len(released),
        repeated=delivery.counts.repeated + int(repeated.sum()),
    )
    assert counts.read == delivery.counts.read, "a replay moves rows, it makes none"
    message = f"{delivery.message} Later {len(released)} parked rows were loaded, their header came.".strip()
    with manifest.transaction():
        manifest.add_parts(parts, batch.batch_id, reaches_of([fresh], contract))
        manifest.add_replayed(batch.batch_id, released.select(FILE, ROW_NUMBER, KEY).rows())
        manifest.put_delivery(replace(delivery, counts=counts, message=message))
