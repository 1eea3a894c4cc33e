"""What one run of a workspace left behind, asked in SQL: published tables and the raw lake beside them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb


class Answers:
    """Published tables of a workspace by their names; raw tables as `raw_<table>`, as they came in."""

    def __init__(self, workspace: Path, *, company: str) -> None:
        self.workspace = workspace
        self.company = company
        self._database = duckdb.connect(config={"threads": 2})
        self._database.sql("set TimeZone = 'UTC'")
        current = workspace / "published" / "current"
        for file in sorted(current.glob("*.parquet")):
            self._database.sql(f"create view {file.stem} as select * from '{file}'")
        for folder in sorted(path for path in (workspace / "raw").iterdir() if path.is_dir()):
            if next(folder.glob("*.parquet"), None) is not None:
                self._database.sql(
                    f"create view raw_{folder.name} as select * from "
                    f"read_parquet('{folder}/*.parquet', union_by_name = true)"
                )

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """All rows of the query; `{company}` stands for the company asked about."""
        return self._database.sql(query.replace("{company}", self.company)).fetchall()

    def row(self, query: str) -> tuple[Any, ...]:
        """The only row of the query."""
        rows = self.rows(query)
        assert len(rows) == 1, rows[:5]
        return rows[0]

    def value(self, query: str) -> Any:
        """The only value of the query."""
        (value,) = self.row(query)
        return value

    def amount(self, query: str) -> Decimal:
        """The only value of the query, rounded once to cents."""
        value = self.value(query)
        assert isinstance(value, Decimal), f"not a decimal: {value!r}"
        return value.quantize(Decimal("0.01"))
