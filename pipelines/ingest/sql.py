"""DuckDB in memory for what it says better than frames: hashes, and joins with files of the lake."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import duckdb


@contextmanager
def scratch() -> Iterator[duckdb.DuckDBPyConnection]:
    """A session of its own; opening a database anew for every small file would cost more."""
    session = _database().cursor()
    try:
        yield session
    finally:
        session.close()


@cache
def _database() -> duckdb.DuckDBPyConnection:
    database = duckdb.connect(config={"threads": 2})
    database.execute("set global TimeZone = 'UTC'")
    return database
