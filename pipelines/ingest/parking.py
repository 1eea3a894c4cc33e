"""Lines whose header has not come: set aside, and loaded when it comes.

A source may send lines without any header table, when a line carries all it needs. So a line is
parked only where its source system has delivered the header table at least once.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from models.contracts.kernel import REASONS, Contract
from pipelines.ingest.lake import MARKS
from pipelines.ingest.sql import scratch

SYSTEM = ["source_system", "company_id"]


def park(
    rows: pl.DataFrame, contract: type[Contract], header_files: Sequence[Path], sending: set[str]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows that may go in, and rows that wait, with the reason. `sending`: systems with headers."""
    header = contract.header()
    if header is None or rows.is_empty():
        return rows, _waiting(rows.clear(), contract)
    columns = header[1]
    names_header = pl.all_horizontal(
        (pl.col(name).is_not_null() & (pl.col(name) != "")) for name in columns
    )
    may_wait = names_header & pl.col("source_system").is_in(sorted(sending))
    if not rows.select(may_wait.any()).item():
        return rows, _waiting(rows.clear(), contract)
    present = headers_present(rows, columns, header_files)
    keys = [*SYSTEM, *columns]
    has_come = (
        rows.select(keys)
        .join(present.with_columns(has_come=True), on=keys, how="left", maintain_order="left")[
            "has_come"
        ]
        .fill_null(False)
    )
    waits = rows.select(may_wait.fill_null(False)).to_series() & ~has_come
    return rows.filter(~waits), _waiting(rows.filter(waits), contract)


def headers_present(
    rows: pl.DataFrame, columns: Sequence[str], header_files: Sequence[Path]
) -> pl.DataFrame:
    """Header keys among those that the rows name; a header of company * holds for every company."""
    keys = [*SYSTEM, *columns]
    wanted = rows.select(keys).unique()
    if not header_files:
        return wanted.clear()
    same = " and ".join(f'head."{name}" = line."{name}"' for name in ("source_system", *columns))
    with scratch() as connection:
        connection.register("wanted", wanted)
        picked = ", ".join(f'line."{name}"' for name in keys)
        return connection.sql(
            f"select distinct {picked} from wanted as line"
            " join read_parquet($files, union_by_name = true) as head"
            f" on {same} and head.company_id in (line.company_id, '*')",
            params={"files": [str(path) for path in header_files]},
        ).pl()


def typed_only(waiting: pl.DataFrame, contract: type[Contract]) -> pl.DataFrame:
    """What a parked row needs to be loaded later: its contract columns and its marks."""
    names = [
        *contract.polars_types(),
        *(name for name in MARKS if name in waiting.columns),
        "_file",
    ]
    return waiting.select(names)


def _waiting(rows: pl.DataFrame, contract: type[Contract]) -> pl.DataFrame:
    header = contract.header()
    if header is None:
        return rows.with_columns(pl.lit([], dtype=pl.List(pl.String)).alias(REASONS))
    table, columns = header
    key = pl.concat_str([pl.col(name) for name in columns], separator="|")
    sentence = pl.format("its header {} {} has not come", pl.lit(table), key)
    return rows.with_columns(pl.concat_list(sentence).cast(pl.List(pl.String)).alias(REASONS))
