"""A published version and an answer key of a few rows, written by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import duckdb

from pipelines.score.tables import TableScore, score_tables

# midnight in Berlin: the day of the run is the 31st there and the 30th in UTC a minute earlier
AS_OF = datetime(2025, 12, 31, 22, 59, 59, tzinfo=UTC)
COMPANIES = "select 'C' as company_id, 'Europe/Berlin' as timezone"


def publish(home: Path, **tables: str) -> Path:
    """Write each table as the Parquet answer of its query; returns the folder."""
    current = home / "current"
    current.mkdir(exist_ok=True)
    with duckdb.connect() as connection:
        for name, query in {"dim_company": COMPANIES, **tables}.items():
            connection.sql(f"copy ({query}) to '{current / name}.parquet' (format parquet)")
    return current


def tell(home: Path, **files: str) -> Path:
    """Write each file of the key; returns the folder."""
    key = home / "key"
    key.mkdir(exist_ok=True)
    for name, text in files.items():
        (key / f"{name}.csv").write_text(text.replace(" ", ""), encoding="utf-8")
    return key


def rows(columns: str, *values: str) -> str:
    """Query that gives rows of SQL values under names."""
    return f"select * from (values ({'), ('.join(values)})) as t({columns})"


def compared(home: Path, truth: str, table: str, as_of: datetime = AS_OF) -> list[TableScore]:
    """Lines of one truth file and one table."""
    lines = score_tables(home / "current", home / "key", as_of_at=as_of)
    return [line for line in lines if (line.truth, line.table) == (truth, table)]
