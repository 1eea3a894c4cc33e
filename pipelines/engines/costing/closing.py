"""Closed periods: what was posted stays; what became known later is posted in the next open one.

The books of a closed period are those that could be made with what was known when it was closed.
So an item with events that became known after the closing of their period is valued once for every
such moment, and what the later books say differently of earlier periods is a row of the first day
after them: dated there, belonging to its own day. Sums by posting date are the books as posted,
sums by valuation date the books restated.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from functools import partial

import polars as pl

from models.contracts import COMPUTED
from pipelines.engines.costing.layout import LIFO_PERIODIC

COMPANY = "company_id"
NAMED = ["unit", "company_id", "item_id", "pool_scope", "event_id", "entry_kind"]
KEY = [*NAMED, "caused_by_event_id", "belongs"]
FIGURES = ["qty", "cost", "cogs", "unexplained"]
HASHED = ["item_id", "cost_pool_id", "event_id", "entry_kind", "caused_by_event_id",
          "posting_date", "valuation_date", "qty_base", "cost_amount", "cogs_amount",
          "unexplained_amount"]  # fmt: skip

Closing = tuple[date, date, datetime]  # first day, last day, when it was closed
Books = Callable[[pl.DataFrame, datetime | None], pl.DataFrame]


def closings(periods: pl.DataFrame, *, yearly: bool) -> pl.DataFrame:
    """company_id, start, end, closed_at of closed periods, or of years that are closed whole."""
    spans = periods
    if yearly:
        spans = periods.group_by(COMPANY, "fiscal_year").agg(
            pl.col("start_date").min(), pl.col("end_date").max(),
            pl.when(pl.col("closed_at").is_not_null().all())
            .then(pl.col("closed_at").max()).alias("closed_at"),
        )  # fmt: skip
    held = spans.filter(pl.col("closed_at").is_not_null())
    return held.select(COMPANY, "start_date", "end_date", "closed_at").sort("end_date")


def late_rows(told: pl.DataFrame, periods: pl.DataFrame) -> pl.DataFrame:
    """Versions that became known, or were withdrawn, after the period of their day was closed."""
    parts = []
    for yearly in (False, True):
        is_yearly = pl.col("method") == LIFO_PERIODIC
        rows = told.filter(is_yearly if yearly else ~is_yearly)
        held = closings(periods, yearly=yearly)
        if rows.is_empty() or held.is_empty():
            continue
        dated = rows.sort("posting_date").join_asof(
            held, left_on="posting_date", right_on="start_date", by=COMPANY,
            check_sortedness=False,
        )  # fmt: skip
        inside = pl.col("posting_date") <= pl.col("end_date")
        came = pl.col("known_at") > pl.col("closed_at")
        went = pl.col("replaced_at") > pl.col("closed_at")
        is_late = (~pl.col("is_corrected_forward") & (came | went) & inside).fill_null(False)
        parts.append(dated.filter(is_late).select(*told.columns, "closed_at"))
    if not parts:
        return told.clear().with_columns(closed_at=pl.lit(None, told.schema["known_at"]))
    return pl.concat(parts)


def as_posted(
    told: pl.DataFrame, entries: pl.DataFrame, periods: pl.DataFrame, books: Books
) -> pl.DataFrame:
    """Entries with those of late items told as they were posted, period after period."""
    entries = entries.with_columns(
        belongs=pl.when("is_shifted").then("valuation_day").otherwise("booked"),
        is_delta=pl.lit(False),
    )
    late = late_rows(told, periods)
    if late.is_empty():
        return entries
    touched = late.select("unit", COMPANY, "group", "method").unique()
    parts = [entries.join(touched, on=["unit", COMPANY, "group"], how="anti")]
    for (company, is_yearly), units in touched.group_by(
        COMPANY, pl.col("method") == LIFO_PERIODIC, maintain_order=True
    ):
        of_units = told.join(units, on=["unit", COMPANY, "group"], how="semi")
        now = entries.join(units, on=["unit", COMPANY, "group"], how="semi")
        held = closings(periods, yearly=bool(is_yearly)).filter(pl.col(COMPANY) == company)
        spans = list(held.drop(COMPANY).iter_rows())
        parts.append(_chain(spans, now, partial(books, of_units)))
    return pl.concat(parts)


def _chain(
    spans: Iterable[Closing], now: pl.DataFrame, told_at: Callable[[datetime], pl.DataFrame]
) -> pl.DataFrame:
    """Period after period: its own entries, and what it learned of those before it."""
    posted: list[pl.DataFrame] = []
    start = date.min
    for _, end, closed_at in spans:
        known = told_at(closed_at).with_columns(
            belongs=pl.when("is_shifted").then("valuation_day").otherwise("booked"),
            is_delta=pl.lit(False),
        )
        posted += _step(posted, known.filter(pl.col("booked") <= end), start)
        start = end + timedelta(days=1)
    posted += _step(posted, now, start)
    return pl.concat(posted) if posted else now


def _step(posted: list[pl.DataFrame], known: pl.DataFrame, start: date) -> list[pl.DataFrame]:
    own = known.filter(pl.col("booked") >= start)
    if start == date.min:
        return [own]
    before = known.filter(pl.col("booked") < start)
    said = pl.concat(posted) if posted else before.clear()
    minus = said.with_columns(-pl.col(name) for name in FIGURES)
    rest = [name for name in before.columns if name not in KEY and name not in FIGURES]
    deltas = (
        pl.concat([before, minus])
        .group_by(KEY, maintain_order=True)
        .agg(*(pl.col(name).first() for name in rest), *(pl.col(name).sum() for name in FIGURES))
        .filter(pl.any_horizontal(pl.col(name) != 0 for name in FIGURES))
        .with_columns(booked=pl.lit(start), is_delta=pl.lit(True))
        .select(before.columns)
    )
    return [deltas, own]


def closed_period_table(entries: pl.DataFrame, periods: pl.DataFrame) -> pl.DataFrame:
    """One row per closed period and method: totals of what was posted, and a hash of it."""
    contract = COMPUTED["cost_closed_period"]
    held = periods.filter(pl.col("closed_at").is_not_null())
    unit = [COMPANY, "costing_method", "is_policy_method"]
    if held.is_empty() or entries.is_empty():
        return pl.DataFrame(schema=contract.polars_types())
    dated = (
        entries.sort("posting_date")
        .join_asof(
            held.sort("start_date"), left_on="posting_date", right_on="start_date", by=COMPANY,
            check_sortedness=False,
        )
        .filter(pl.col("posting_date") <= pl.col("end_date"))
    )  # fmt: skip
    rows = []
    key = [*unit, "fiscal_year", "fiscal_period", "start_date", "end_date", "closed_at"]
    for values, group in dated.group_by(key, maintain_order=True):
        text = group.select(HASHED).sort(HASHED).write_csv()
        rows.append(
            {
                **dict(zip(key, values, strict=True)),
                "entry_count": group.height,
                "cost_amount": group["cost_amount"].sum(),
                "cogs_amount": group["cogs_amount"].sum(),
                "closed_period_hash": hashlib.sha256(text.encode()).hexdigest(),
            }
        )
    types = contract.polars_types()
    made = pl.DataFrame(rows, schema_overrides=types) if rows else pl.DataFrame(schema=types)
    return made.select(pl.col(name).cast(kind) for name, kind in types.items()).sort(
        list(contract.key())
    )
