"""The last step of a run: write a version beside the others, then turn one pointer.

Readers open only `published/current`. The version folder is complete before the pointer turns, so
a process killed at any moment leaves readers with the old version whole; what it left half done
has a name that starts with a dot and is cleared away by the next run.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipelines.warehouse.database import connect

PUBLISHED_PREFIXES = ("dim_", "fct_", "mart_")
# Written so that older DuckDB readers and BI tools of the 1.2 line can open it.
SERVE_STORAGE_VERSION = "v1.2.0"


def publish(
    database: Path,
    published: Path,
    *,
    version: str,
    run: dict[str, Any],
    keep: int,
    on_table: Callable[[str], None] | None = None,
) -> dict[str, int]:
    """Rows per table of the published version; turns the pointer as its last act.

    A version that stands already is not written again: same inputs, same tables.
    """
    clear_unfinished(published)
    home = published / version
    if not (home / "run.json").exists():
        scratch = published / f".building-{version}"
        scratch.mkdir(parents=True)
        rows = export_tables(database, scratch, on_table=on_table)
        (scratch / "run.json").write_text(
            json.dumps({**run, "version": version, "rows": rows}, indent=1, sort_keys=True),
            encoding="utf-8",
        )
        _sync_folder(scratch)
        os.rename(scratch, home)
    turn_pointer(published, version)
    drop_old_versions(published, keep=keep)
    counts: dict[str, int] = json.loads((home / "run.json").read_text(encoding="utf-8"))["rows"]
    return counts


def export_tables(
    database: Path, folder: Path, *, on_table: Callable[[str], None] | None = None
) -> dict[str, int]:
    """Write every promised table as Parquet and all of them as one `serve.duckdb`.

    Rows are ordered by all columns, so that equal content gives equal files.
    """
    rows: dict[str, int] = {}
    with connect(database, read_only=True) as source:
        tables = [
            name
            for (name,) in source.sql(
                "select table_name from information_schema.tables"
                " where table_schema = 'main' order by table_name"
            ).fetchall()
            if name.startswith(PUBLISHED_PREFIXES)
        ]
        for table in tables:
            file = folder / f"{table}.parquet"
            source.sql(
                f"copy (select * from main.{table} order by all) to '{file}'"
                " (format parquet, compression zstd)"
            )
            rows[table] = source.sql(f"select count(*) from main.{table}").fetchone()[0]
            if on_table is not None:
                on_table(table)
    with connect(Path(":memory:")) as target:
        serve = folder / "serve.duckdb"
        target.sql(f"attach '{serve}' as serve (storage_version '{SERVE_STORAGE_VERSION}')")
        for table in tables:
            target.sql(
                f"create table serve.main.{table} as"
                f" select * from read_parquet('{folder / table}.parquet')"
            )
        target.sql("detach serve")
    return rows


def turn_pointer(published: Path, version: str) -> None:
    """Make `current` point to `version` in one atomic step."""
    fresh = published / ".current-next"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(version, target_is_directory=True)
    os.replace(fresh, published / "current")


def clear_unfinished(published: Path) -> None:
    """Remove what a killed run left behind; readers never saw it."""
    published.mkdir(parents=True, exist_ok=True)
    for leftover in published.glob(".building-*"):
        shutil.rmtree(leftover)


def drop_old_versions(published: Path, *, keep: int) -> None:
    """Keep the newest `keep` versions, and always the one in use."""
    current = (published / "current").resolve()
    finished = [p for p in published.iterdir() if (p / "run.json").exists() and not p.is_symlink()]
    finished.sort(key=lambda path: (path / "run.json").stat().st_mtime_ns, reverse=True)
    for old in finished[keep:]:
        if old.resolve() != current:
            shutil.rmtree(old)


def _sync_folder(folder: Path) -> None:
    """Force the files to disk before the rename makes them findable."""
    for path in [*folder.iterdir(), folder]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
