"""Standard cost of an event's day, and the events by which a new standard changes what is there."""

from __future__ import annotations

from datetime import date

import polars as pl

from pipelines.engines.costing.layout import KIND_CODES, STANDARD

PRICE = pl.Decimal(20, 8)
CHANGE = "standard_change"


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


def changes(events: pl.DataFrame, standards: pl.DataFrame, last_day: date) -> pl.DataFrame:
    """Events: one per place and lot of an item and standard that takes effect after its first event.

    Nobody delivered them, so they have no versions: each is known from the start of its day.
    """
    key = ["company_id", "item_id"]
    if events.is_empty() or standards.is_empty():
        return events.clear()
    places = events.group_by(*key, "location_id", "lot_number").agg(
        first_day=pl.col("posting_date").min(), known_unit_cost=pl.col("known_unit_cost").first()
    )
    places = places.with_columns(first_day=pl.col("first_day").min().over(key))
    held = standards.select(*key, posting_date="valid_from")
    dated = places.join(held, on=key).filter(
        pl.col("posting_date") > pl.col("first_day"), pl.col("posting_date") <= last_day
    )
    start = pl.col("posting_date").cast(pl.Datetime("us", "UTC"))
    nothing = pl.lit("")
    made = dated.with_columns(
        event_id=pl.format("{}|{}|{}|{}", "item_id", "location_id", "lot_number", "posting_date"),
        event_kind=pl.lit(CHANGE),
        version_number=pl.lit(1),
        event_at=start,
        known_at=start,
        qty_base=pl.lit(0),
        is_on_the_way=pl.lit(False),
        movement_id=nothing, movement_line=nothing, linked_event_id=nothing, job_id=nothing,
    )  # fmt: skip
    missing = [name for name in events.columns if name not in made.columns]
    return made.with_columns(pl.lit(None).alias(name) for name in missing).select(
        pl.col(name).cast(events.schema[name]) for name in events.columns
    )


def one_per_pool(told: pl.DataFrame) -> pl.DataFrame:
    """A new standard changes each pool that is kept at standard once, and no other."""
    is_change = pl.col("kind") == KIND_CODES[CHANGE]
    made = told.filter(is_change, pl.col("method") == STANDARD)
    pool = ["unit", "company_id", "item_id", "scope", "posting_date"]
    once = made.sort("location_id", "lot_number").unique(pool, keep="first", maintain_order=True)
    lot = pl.when(pl.col("pool_kind") == "lot").then("lot_number").otherwise(pl.lit(""))
    nameless = once.with_columns(event_id=pl.lit(""), lot_number=lot)
    return pl.concat([told.filter(~is_change), nameless])
