"""The build database: views over the lake, tables about the feeds, room for the engines.

dbt knows only the schemas `raw`, `ingest`, `computed`, `worklog` and `kept` made here; where the
rows lie, and which batch has taken the place of which, stays on this side.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
import polars as pl

from models.contracts import COMPUTED, CONTRACTS, KEPT, WORKLOG
from models.contracts.kernel import Contract
from pipelines.warehouse.versions import note_outdated_rows

TRACE_COLUMNS = {
    "_batch_id": "VARCHAR",
    "_delivered_at": "TIMESTAMP WITH TIME ZONE",
    "_batch_seq": "BIGINT",
    "_source_file": "VARCHAR",
    "_row_number": "BIGINT",
    "_row_hash": "VARCHAR",
}
# A build lives from one run to the next and is opened by this program alone, so it may use the
# newest form of a file: its dictionaries halve the time it takes to write a large table.
STORAGE_FORM: dict[str, str | bool | int | float | list[str]] = {
    "storage_compatibility_version": "latest"
}


@dataclass(frozen=True, slots=True)
class RunParameters:
    """What a run was asked for; the only thing below the rim that knows a date of today's kind."""

    as_of_at: datetime
    watermark_at: datetime
    policy_version: str


def connect(path: Path, *, read_only: bool = False, settings: Mapping[str, str] | None = None):  # type: ignore[no-untyped-def]
    """Connection in UTC; the caller closes it."""
    form = {} if read_only else STORAGE_FORM
    connection = duckdb.connect(str(path), read_only=read_only, config=form)
    for name, value in {"TimeZone": "UTC", **(settings or {})}.items():
        connection.sql(f"set {name} = '{value}'")
    return connection


def prepare_database(
    path: Path,
    *,
    raw_files: Mapping[str, Sequence[Path]],
    ingest_frames: Mapping[str, pl.DataFrame],
    run: RunParameters,
    worklog_frames: Mapping[str, pl.DataFrame] | None = None,
    kept_files: Mapping[str, Sequence[Path]] | None = None,
) -> None:
    """Make an empty build database over the accepted files; an older one is removed first."""
    for leftover in (path, path.with_name(path.name + ".wal")):
        leftover.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    with connect(path) as connection:
        for schema in ("raw", "ingest", "computed", "worklog", "kept"):
            connection.sql(f"create schema {schema}")
        for table, contract in CONTRACTS.items():
            rows = lake_rows(contract, raw_files.get(table, ()))
            connection.sql(f"create or replace view raw.{table} as {rows}")
        for table, contract in COMPUTED.items():
            rows = _rows(contract_columns(contract), ())
            connection.sql(f"create or replace view computed.{table} as {rows}")
        for table, contract in KEPT.items():
            rows = _rows(contract_columns(contract), (kept_files or {}).get(table, ()))
            connection.sql(f"create or replace view kept.{table} as {rows}")
        parameters = pl.DataFrame(
            {
                "as_of_at": [run.as_of_at],
                "watermark_at": [run.watermark_at],
                "policy_version": [run.policy_version],
            }
        )
        noted = {
            table: pl.DataFrame(schema=contract.polars_types())
            for table, contract in WORKLOG.items()
        }
        for schema, frames in (
            ("ingest", {**ingest_frames, "run_parameter": parameters}),
            ("worklog", {**noted, **(worklog_frames or {})}),
        ):
            for table, frame in frames.items():
                connection.register("incoming", frame.to_arrow())
                connection.sql(f"create table {schema}.{table} as select * from incoming")
                connection.unregister("incoming")
        delivered = [CONTRACTS[table] for table in sorted(raw_files) if raw_files[table]]
        note_outdated_rows(connection, delivered)


def attach_computed(path: Path, files: Mapping[str, Sequence[Path]]) -> None:
    """Point the named `computed` views at what an engine wrote; other engines' views stay."""
    with connect(path) as connection:
        for table, written in files.items():
            columns = contract_columns(COMPUTED[table])
            rows = _rows(columns, written)
            connection.sql(f"create or replace view computed.{table} as {rows}")


def contract_columns(contract: type[Contract]) -> dict[str, str]:
    """Column -> DuckDB type of a contract, in contract order."""
    return {field.name: field.sql_type for field in contract.fields()}


def lake_rows(contract: type[Contract], files: Sequence[Path]) -> str:
    """SQL of all rows of a contract table in its files of the lake, with what says whence."""
    return _rows(contract_columns(contract) | TRACE_COLUMNS, files)


def _rows(columns: Mapping[str, str], files: Sequence[Path]) -> str:
    """SQL of the rows of Parquet files, or of none with the same columns and types."""
    if not files:
        casts = ", ".join(f'cast(null as {kind}) as "{column}"' for column, kind in columns.items())
        return f"select {casts} where false"
    listed = ", ".join("'" + str(file.resolve()).replace("'", "''") + "'" for file in files)
    casts = ", ".join(
        f'cast("{column}" as {kind}) as "{column}"' for column, kind in columns.items()
    )
    return f"select {casts} from read_parquet([{listed}], union_by_name = true)"
