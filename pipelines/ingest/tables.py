"""What ingestion says of itself, as tables: deliveries, rejected rows, watermarks, declarations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import polars as pl

from models.contracts import INGEST
from pipelines.ingest.manifest import Manifest, open_manifest
from pipelines.ingest.manifest_rows import FILE_NAME, delivery_of
from pipelines.ingest.mapping_file import Mapping
from pipelines.ingest.quarantine import KEY, stored
from pipelines.ingest.steps import FILE


def active_files(lake: Path, table: str) -> list[Path]:
    """Parquet files of the batches in force; columns are those of the contract and the marks."""
    if not (lake / FILE_NAME).exists():
        return []
    with open_manifest(lake) as manifest:
        return [lake / part.path for part in manifest.parts(table)]


def delivery_frame(lake: Path) -> pl.DataFrame:
    """One row per delivered file and contract table."""
    types = INGEST["feed_delivery"].polars_types()
    with open_manifest(lake) as manifest:
        found = manifest.rows(
            "select * from delivery order by feed, file_name, delivered_at, batch_id"
        )
        rows = [delivery_of(row) for row in found]
    return pl.DataFrame(
        [
            {
                "feed": row.feed,
                "source_system": row.source_system,
                "company_id": row.company_id,
                "batch_id": row.batch_id,
                "file_name": row.file_name,
                "file_hash": row.file_hash,
                "delivered_at": row.delivered_at,
                "due_at": None,
                "rows_read": row.counts.read,
                "rows_accepted": row.counts.accepted,
                "rows_rejected": row.counts.rejected,
                "rows_repeated": row.counts.repeated,
                "rows_filtered": row.counts.filtered,
                "control_total_expected": row.totals.expected,
                "control_total_actual": row.totals.actual,
                "status": row.status.value,
                "message": row.message or None,
            }
            for row in rows
        ],
        schema=types,
    )


def odd_columns_frame(lake: Path) -> pl.DataFrame:
    """One row per delivered file, contract table and way in which its columns are odd."""
    types = INGEST["odd_columns"].polars_types()
    with open_manifest(lake) as manifest:
        found = manifest.rows(
            "select * from odd_columns order by feed, file_name, oddity, batch_id"
        )
    return pl.DataFrame([tuple(row) for row in found], schema=types, orient="row")


def rejected_frame(lake: Path, quarantine: Path) -> pl.DataFrame:
    """One row per row in quarantine; those replayed since and those of batches replaced are out."""
    types = INGEST["rejected_row"].polars_types()
    frames = [pl.DataFrame(schema=types)]
    with open_manifest(lake) as manifest:
        for batch in manifest.active_batches():
            path = stored(quarantine, batch.feed, batch.batch_id).rows
            if path.exists():
                frames.append(_rejected_now(path, manifest, batch.batch_id))
    told = pl.concat(frames, how="diagonal").select(list(types))
    return told.sort("feed", "file_name", "row_number", KEY)


def watermark_frame(lake: Path) -> pl.DataFrame:
    """How far each feed of a company reaches: the latest of what its batches say."""
    types = INGEST["feed_watermark"].polars_types()
    best: dict[tuple[str, str, str], tuple[datetime | None, str]] = {}
    rows: dict[tuple[str, str, str], int] = defaultdict(int)
    with open_manifest(lake) as manifest:
        for batch in manifest.active_batches():
            reaches = manifest.rows(
                "select source_system, company_id, sum(rows) as rows, max(latest_event_at) as at"
                " from reach where batch_id = ? group by 1, 2",
                (batch.batch_id,),
            )
            systems = [(r["source_system"], r["company_id"], r["rows"], r["at"]) for r in reaches]
            for system, company, count, at in systems or [
                (batch.source_system, batch.company_id, 0, None)
            ]:
                key = (batch.feed, system, company)
                rows[key] += count
                mark = batch.watermark_at
                if batch.watermark_basis == "latest_event":
                    mark = datetime.fromisoformat(at) if at else None
                best[key] = max(
                    best.get(key, (None, "latest_event")),
                    (mark, batch.watermark_basis or ""),
                    key=_later,
                )
    return pl.DataFrame(
        [(*key, *best[key], rows[key]) for key in sorted(best)], schema=types, orient="row"
    )


def declaration_frame(mappings: Sequence[Mapping]) -> pl.DataFrame:
    """One row per statement of a mapping about its source."""
    types = INGEST["declaration"].polars_types()
    rows = [
        {
            "source_system": declared.source_system or mapping.source_system,
            "company_id": mapping.company_id,
            "location_code": declared.location_code,
            "declaration": declared.declaration,
            "value": declared.value,
        }
        for mapping in mappings
        for declared in mapping.declarations
    ]
    return pl.DataFrame(rows, schema=types).unique(maintain_order=True)


def _later(candidate: tuple[datetime | None, str]) -> tuple[bool, float]:
    at, _ = candidate
    return at is not None, at.timestamp() if at else 0.0


def _rejected_now(path: Path, manifest: Manifest, batch_id: str) -> pl.DataFrame:
    rejected = pl.read_parquet(path)
    done = pl.DataFrame(
        manifest.replayed(batch_id),
        schema={FILE: pl.Int64, "row_number": pl.Int64, KEY: pl.String},
        orient="row",
    ).with_columns(is_parked=pl.lit(True))
    return rejected.join(
        done, on=[FILE, "row_number", KEY, "is_parked"], how="anti", maintain_order="left"
    )
