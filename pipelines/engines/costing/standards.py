"""Standard cost of an event's day, and the events by which a new standard changes what is there."""

from __future__ import annotations

from datetime import date

import polars as pl

from pipelines.engines.costing.layout import KIND_CODES, STANDARD

PRICE = pl.Decimal(20, 8)


def at_standard(told: pl.DataFrame, standards: pl.DataFrame) -> pl.DataFrame:
    """Adds `standard_cost`; an item that has none stands at its last known cost."""
    key = ["company_id", "item_id"]
    if not (told["method"] == STANDARD).any() or standards.is_empty():
        return told.with_columns(standard_cost=pl.col("known_unit_cost"))
    held = standards.select(*key, "valid_from", standard_cost="unit_cost").sort("valid_from")
    found = told.sort("day").join_asof(
        held, left_on="day", right_on="valid_from", by=key, check_sortedness=False
    )
    known = pl.coalesce("standard_cost", "known_unit_cost", pl.lit(0, PRICE))
    return found.with_columns(standard_cost=known).select(*told.columns, "standard_cost")


def changes(told: pl.DataFrame, standards: pl.DataFrame, last_day: date) -> pl.DataFrame:
    """One row per pool and standard that takes effect after the first event of its item."""
    key = ["company_id", "item_id"]
    of_standard = told.filter(pl.col("method") == STANDARD)
    if of_standard.is_empty() or standards.is_empty():
        return told.clear()
    pools = of_standard.with_columns(
        first_day=pl.col("posting_date").min().over("unit", *key)
    ).unique(["unit", *key, "scope"], keep="any")
    held = standards.select(*key, since="valid_from", changed_to="unit_cost")
    dated = pools.join(held, on=key).filter(
        pl.col("since") > pl.col("first_day"), pl.col("since") <= last_day
    )
    nothing = pl.lit("")
    return dated.with_columns(
        kind=pl.lit(KIND_CODES["standard_change"], pl.Int8),
        posting_date=pl.col("since"),
        valuation_day=pl.col("since"),
        event_at=pl.col("since").cast(told.schema["event_at"]),
        event_id=nothing, movement_id=nothing, movement_line=nothing,
        linked_event_id=nothing, job_id=nothing, lot_number=nothing,
        event_code=pl.lit(None, pl.String),
        qty_base=pl.lit(0).cast(told.schema["qty_base"]),
        amount=pl.lit(None, told.schema["amount"]),
    ).select(told.columns)  # fmt: skip
