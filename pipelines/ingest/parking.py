"""Lines whose header has not come: set aside, and loaded when it comes.

A source may send lines without any header table, when a line carries all it needs. So a line is
parked only where its source system has delivered the header table at least once.
"""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from models.contracts.kernel import REASONS, Contract
from pipelines.ingest.lake import MARKS

SYSTEM = ["source_system", "company_id"]
HeaderLookup = Callable[[pl.DataFrame], pl.DataFrame]  # line rows -> header keys that have come


def park(
    rows: pl.DataFrame, contract: type[Contract], present: HeaderLookup, sending: frozenset[str]
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
    headless = contract.headless()
    if headless is not None:
        may_wait &= ~pl.col(headless[0]).is_in(headless[1]).fill_null(False)
    if not rows.select(may_wait.any()).item():
        return rows, _waiting(rows.clear(), contract)
    keys = [*SYSTEM, *columns]
    has_come = (
        rows.select(keys)
        .join(
            present(rows).with_columns(has_come=True), on=keys, how="left", maintain_order="left"
        )["has_come"]
        .fill_null(False)
    )
    waits = rows.select(may_wait.fill_null(False)).to_series() & ~has_come
    return rows.filter(~waits), _waiting(rows.filter(waits), contract)


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
