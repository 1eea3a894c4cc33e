"""A warehouse of a few rows: tables written as text in a test, checked by their contract."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from models.contracts import CONTRACTS, INGEST
from pipelines.warehouse.database import RunParameters, prepare_database
from pipelines.workspace import Workspace

AS_OF = datetime(2026, 3, 31, 12, tzinfo=UTC)


def rows(text: str) -> list[dict[str, str | None]]:
    """Rows of a table written with `|` between cells; a cell with only `-` is empty."""
    cells = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    head, *body = cells
    return [
        {name: None if cell == "-" else cell for name, cell in zip(head, line, strict=True)}
        for line in body
    ]


def companies(stories: Iterable[str]) -> list[dict[str, str | None]]:
    """Rows of master_company: each story in a company of its own, with books in dollars."""
    return [
        {"company_id": story, "company_name": story, "currency": "USD", "timezone": "UTC"}
        for story in stories
    ]


def sent_and_billed(stories: Iterable[str]) -> list[tuple[str, str, datetime]]:
    """Watermarks of companies of which all that left and all that was billed has come."""
    return [
        (feed, story, AS_OF)
        for story in stories
        for feed in ("billing_invoice", "billing_invoice_line", "wms_shipment", "wms_shipment_line")
    ]


def lake_file(table: str, written: Iterable[Mapping[str, str | None]], folder: Path) -> Path:
    """Rows of one contract table as accepted batches; a row its contract refuses is our mistake.

    A cell `_delivered_at` says when the row came; without it, all came at AS_OF.
    """
    contract = CONTRACTS[table]
    listed = list(written)
    names = sorted({name for row in listed for name in row} - {"_delivered_at"})
    came = [row.get("_delivered_at") or AS_OF.isoformat() for row in listed]
    frame = pl.DataFrame(
        {name: [row.get(name) for row in listed] for name in names},
        schema=dict.fromkeys(names, pl.String),
    ).with_columns(source_system=pl.coalesce(pl.col("^source_system$"), pl.lit("wms")))
    checked = contract.check(contract.read_text(frame))
    assert checked.rejected.is_empty(), (table, checked.rejected["_reasons"].to_list())
    delivered = pl.Series(came, dtype=pl.String)
    accepted = checked.accepted.select(field.name for field in contract.fields()).with_columns(
        _batch_id=delivered,
        _delivered_at=delivered.str.to_datetime("%+", time_unit="us", time_zone="UTC"),
        _batch_seq=pl.lit(1, dtype=pl.Int64),
        _source_file=pl.lit(f"{table}.csv"),
        _row_number=pl.int_range(1, pl.len() + 1, dtype=pl.Int64),
        _row_hash=pl.int_range(1, pl.len() + 1).cast(pl.String),
    )
    path = folder / f"{table}.parquet"
    accepted.write_parquet(path)
    return path


def ingest_frame(table: str, written: Iterable[Mapping[str, str | None]]) -> pl.DataFrame:
    """Rows of a table about the feeds, in its types; a row that breaks its contract is our mistake."""
    contract = INGEST[table]
    listed = list(written)
    names = {name for row in listed for name in row}
    frame = pl.DataFrame(
        {name: [row.get(name) for row in listed] for name in names},
        schema=dict.fromkeys(names, pl.String),
    )
    checked = contract.check(contract.read_text(frame))
    assert checked.rejected.is_empty(), (table, checked.rejected["_reasons"].to_list())
    return checked.accepted.select(list(contract.polars_types()))


def prepare(
    home: Path,
    tables: Mapping[str, list[dict[str, str | None]]],
    declarations: list[dict[str, str | None]] | None = None,
    watermarks: Iterable[tuple[str, str, datetime]] = (),
    ingested: Mapping[str, Iterable[Mapping[str, str | None]]] | None = None,
) -> Path:
    """A build database over the rows, as a run would prepare it.

    watermarks: feed, company and how far the feed is complete. ingested: what ingestion says of
    itself, rows by table.
    """
    home.mkdir(parents=True, exist_ok=True)
    files = {name: [lake_file(name, written, home)] for name, written in tables.items()}
    said = {
        name: pl.DataFrame(schema=contract.polars_types())
        for name, contract in INGEST.items()
        if name not in ("run_parameter", "outdated_row", "row_version")
    }
    declared = pl.DataFrame(declarations or [], schema=said["declaration"].schema)
    reached = pl.DataFrame(
        [
            {
                "feed": feed,
                "source_system": "wms",
                "company_id": company,
                "watermark_at": until,
                "basis": "manifest",
                "rows": 1,
            }
            for feed, company, until in watermarks
        ],
        schema=said["feed_watermark"].schema,
    )
    database = Workspace(home).build_database
    told = {name: ingest_frame(name, written) for name, written in (ingested or {}).items()}
    prepare_database(
        database,
        raw_files=files,
        ingest_frames={**said, "declaration": declared, "feed_watermark": reached, **told},
        run=RunParameters(as_of_at=AS_OF, watermark_at=AS_OF, policy_version="test"),
    )
    return database
