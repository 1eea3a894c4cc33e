"""A site of a few files: landing in, ingestion, and what came of it."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from pipelines.ingest import (
    Delivery,
    IngestReport,
    Mapping,
    active_files,
    delivery_frame,
    ingest_workspace,
    rejected_frame,
    watermark_frame,
)
from pipelines.ingest.mapping_file import mapping_of
from pipelines.ingest.mapping_loader import MappingYaml

CLOCK = datetime(2026, 4, 1, 6, 0, tzinfo=UTC)
STAMP = "20260331T180000"


def lines(text: str) -> str:
    """Text of a test as the lines of a file."""
    return textwrap.dedent(text).strip("\n") + "\n"


def mapping(text: str) -> Mapping:
    import yaml

    return mapping_of(yaml.load(textwrap.dedent(text), Loader=MappingYaml), "mapping.yaml")


@dataclass
class SmallSite:
    root: Path
    mappings: list[Mapping] = field(default_factory=list)

    @property
    def lake(self) -> Path:
        return self.root / "raw"

    @property
    def quarantine(self) -> Path:
        return self.root / "quarantine"

    def put(self, name: str, content: str | bytes) -> Path:
        """Deliver a file; text is taken line by line as it stands in the test."""
        path = self.root / "landing" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else lines(content).encode())
        return path

    def put_table(
        self, table: str, content: str | bytes, *, stamp: str = STAMP, company: str = "ACME"
    ) -> Path:
        return self.put(f"{table}__wms__{company}__{stamp}.csv", content)

    def run(
        self, mappings: Sequence[Mapping] | None = None, *, clock: datetime = CLOCK
    ) -> IngestReport:
        return ingest_workspace(
            landing=self.root / "landing",
            policies=self.root / "policies",
            mappings=self.mappings if mappings is None else mappings,
            lake=self.lake,
            quarantine=self.quarantine,
            delivered_clock=clock,
        )

    def rows(self, table: str) -> pl.DataFrame:
        """What is in force of a table, in a fixed order."""
        paths = active_files(self.lake, table)
        if not paths:
            return pl.DataFrame()
        frame = pl.concat([pl.read_parquet(path) for path in paths], how="diagonal")
        return frame.sort("_delivered_at", "_batch_seq", "_source_file", "_row_number", "_row_hash")

    def column(self, table: str, name: str) -> list[object]:
        frame = self.rows(table)
        return frame[name].to_list() if name in frame.columns else []

    def deliveries(self) -> pl.DataFrame:
        return delivery_frame(self.lake)

    def rejected(self) -> pl.DataFrame:
        return rejected_frame(self.lake, self.quarantine)

    def watermarks(self) -> pl.DataFrame:
        return watermark_frame(self.lake)


def counts(delivery: Delivery) -> dict[str, int]:
    """Counts that are not zero."""
    names = ("accepted", "rejected", "repeated", "filtered")
    found = {name: getattr(delivery.counts, name) for name in names}
    return {"read": delivery.counts.read, **{name: count for name, count in found.items() if count}}


def only(report: IngestReport) -> Delivery:
    assert len(report.deliveries) == 1, [d.message for d in report.deliveries]
    return report.deliveries[0]


SHIPMENT_HEAD = "shipment_id,shipment_type,ship_from_location,ship_confirm_at,status"
SHIPMENTS = f"""
    {SHIPMENT_HEAD}
    S1,sale,DC1,2026-03-30T10:00:00Z,shipped
    S2,sale,DC1,2026-03-31T11:30:00Z,shipped
"""
LINES_HEAD = "shipment_id,shipment_line,item_code,qty_shipped,uom"
LINES = f"""
    {LINES_HEAD}
    S1,1,SKU-1,5,EA
    S1,2,SKU-2,2.5,EA
    S2,1,SKU-1,1,EA
"""
