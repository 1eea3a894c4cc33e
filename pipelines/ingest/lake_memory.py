"""What the lake holds already, by key: versions of rows, and headers of lines.

A site that delivers every day has hundreds of small files per table, and opening all of them again
for each new file would grow with the square of the days. So keys are read once per run and kept;
a table too large for that is asked in DuckDB, file by file.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import polars as pl

from models.contracts.kernel import Contract
from pipelines.ingest.manifest_rows import Part
from pipelines.ingest.repeats import KNOWN_SCHEMA, UPDATED, key_hashes
from pipelines.ingest.sql import scratch

MOST_ROWS = 5_000_000
PATH = "_path"
ORDER = ["_delivered_at", "_batch_seq", "_row_number"]
SYSTEM = ["source_system", "company_id"]


class LakeMemory:
    """Keys of files of the lake; a file never changes, so what was read of it stays true."""

    def __init__(self, lake: Path, *, most_rows: int = MOST_ROWS) -> None:
        self._lake = lake
        self._most_rows = most_rows
        self._versions: dict[str, pl.DataFrame] = {}
        self._headers: dict[str, pl.DataFrame] = {}

    def versions(
        self,
        rows: pl.DataFrame,
        contract: type[Contract],
        parts: Sequence[Part],
        *,
        before: tuple[datetime, int],
    ) -> pl.DataFrame:
        """Versions of the keys among `rows`, up to a delivery time and batch number."""
        if not parts or rows.is_empty():
            return pl.DataFrame(schema=KNOWN_SCHEMA)
        if self._is_large(parts):
            found = self._versions_in_files(rows, contract, parts)
        else:
            wanted = key_hashes(rows, contract).unique().to_frame()
            found = self._remembered_versions(contract, parts).join(wanted, on="key", how="semi")
        at, seq = pl.col("_delivered_at"), pl.col("_batch_seq")
        earlier = (at < before[0]) | ((at == before[0]) & (seq <= before[1]))
        return (
            found.filter(earlier)
            .sort("key", *ORDER)
            .select(
                "key",
                "hash",
                is_latest=pl.int_range(pl.len(), 0, -1).over("key") == 1,
                is_dated="is_dated",
            )
        )

    def headers(
        self, rows: pl.DataFrame, table: str, columns: Sequence[str], parts: Sequence[Part]
    ) -> pl.DataFrame:
        """Header keys among those the rows name; a header of company * holds for every company."""
        keys = [*SYSTEM, *columns]
        wanted = rows.select(keys).unique()
        if not parts:
            return wanted.clear()
        if self._is_large(parts):
            found = self._headers_in_files(wanted, columns, parts)
        else:
            found = self._remembered_headers(table, columns, parts)
        own = wanted.join(found, on=keys, how="semi")
        shared = found.filter(pl.col("company_id") == "*").drop("company_id")
        return pl.concat(
            [own, wanted.join(shared, on=["source_system", *columns], how="semi")]
        ).unique()

    def _is_large(self, parts: Sequence[Part]) -> bool:
        return sum(part.rows for part in parts) > self._most_rows

    def _remembered_versions(self, contract: type[Contract], parts: Sequence[Part]) -> pl.DataFrame:
        table = contract.table()
        known = self._versions.get(table)
        read = set() if known is None else set(known[PATH].unique())
        fresh = [
            _version_rows(self._lake, part, contract) for part in parts if part.path not in read
        ]
        if fresh:
            known = pl.concat([*([] if known is None else [known]), *fresh])
            self._versions[table] = known
        assert known is not None, "there is at least one part"
        return known.filter(pl.col(PATH).is_in([part.path for part in parts]))

    def _remembered_headers(
        self, table: str, columns: Sequence[str], parts: Sequence[Part]
    ) -> pl.DataFrame:
        keys = [*SYSTEM, *columns]
        known = self._headers.get(table)
        read = set() if known is None else set(known[PATH].unique())
        fresh = [
            pl.read_parquet(self._lake / part.path, columns=keys)
            .select(keys)
            .with_columns(pl.lit(part.path).alias(PATH))
            for part in parts
            if part.path not in read
        ]
        if fresh:
            known = pl.concat([*([] if known is None else [known]), *fresh])
            self._headers[table] = known
        assert known is not None, "there is at least one part"
        return known.filter(pl.col(PATH).is_in([part.path for part in parts])).select(keys)

    def _versions_in_files(
        self, rows: pl.DataFrame, contract: type[Contract], parts: Sequence[Part]
    ) -> pl.DataFrame:
        names = contract.version_key()
        same = " and ".join(f'old."{name}" is not distinct from new."{name}"' for name in names)
        picked = ", ".join(f'old."{name}"' for name in names)
        with scratch() as connection:
            connection.register("wanted", rows.select(names).unique())
            found = connection.sql(
                f"select {picked}, old._row_hash as hash, old.{UPDATED} is not null as is_dated,"
                f" {', '.join(f'old.{name}' for name in ORDER)}"
                " from read_parquet($files, union_by_name = true) as old"
                f" semi join wanted as new on {same}",
                params={"files": self._paths(parts)},
            ).pl()
        return found.select("hash", "is_dated", *ORDER, key_hashes(found, contract))

    def _headers_in_files(
        self, wanted: pl.DataFrame, columns: Sequence[str], parts: Sequence[Part]
    ) -> pl.DataFrame:
        keys = ", ".join(f'head."{name}"' for name in (*SYSTEM, *columns))
        same = " and ".join(f'head."{name}" = line."{name}"' for name in columns)
        with scratch() as connection:
            connection.register("wanted", wanted)
            return connection.sql(
                f"select distinct {keys} from read_parquet($files, union_by_name = true) as head"
                f" semi join wanted as line on {same}",
                params={"files": self._paths(parts)},
            ).pl()

    def _paths(self, parts: Sequence[Part]) -> list[str]:
        return [str(self._lake / part.path) for part in parts]


def _version_rows(lake: Path, part: Part, contract: type[Contract]) -> pl.DataFrame:
    names = [*contract.version_key(), "_row_hash", UPDATED, *ORDER]
    rows = pl.read_parquet(lake / part.path, columns=names)
    return rows.select(
        key_hashes(rows, contract),
        hash="_row_hash",
        is_dated=pl.col(UPDATED).is_not_null(),
        **{name: pl.col(name) for name in ORDER},
    ).with_columns(pl.lit(part.path).alias(PATH))
