"""A change of policy: what is there when another method begins goes on under it.

Each layer that is left is carried into the new regime on its first day, under its own name and in
its order; what the new method values differently is a revaluation of that day. A return of an
issue of an earlier regime is one without its issue: it comes in at current cost.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from pipelines.engines.costing import layout as at
from pipelines.engines.costing.batches import Posted
from pipelines.engines.costing.decimals import MONEY_DIGITS, PRICE_DIGITS, QTY_DIGITS, decimals
from pipelines.engines.costing.entries import entries_of, flags_of
from pipelines.engines.costing.left import layers_of

K = at.KIND_CODES
ITEM = ["unit", "company_id", "item_id"]
CARRIED = "carried|"


@dataclass(frozen=True, slots=True)
class Books:
    """Whole numbers still: entries, layers left, and what was odd."""

    entries: pl.DataFrame
    layers: pl.DataFrame
    flags: pl.DataFrame


def with_regimes(told: pl.DataFrame) -> pl.DataFrame:
    """Adds `regime`: how often method or pool of the item had changed by then."""
    place = [*ITEM, "policy_location"]
    spans = told.select(*place, "valid_from", "method", "pool_kind").unique().sort("valid_from")
    changed = (pl.col("method") != pl.col("method").shift(1).over(place)) | (
        pl.col("pool_kind") != pl.col("pool_kind").shift(1).over(place)
    )
    numbered = spans.with_columns(
        regime=changed.fill_null(False).cast(pl.Int32).cum_sum().over(place)
    )
    key = [*place, "valid_from"]
    return told.join(numbered.select(*key, "regime"), on=key, maintain_order="left")


def books_of(told: pl.DataFrame, post: Callable[[pl.DataFrame], Posted]) -> Books:
    """Posts regime after regime; most items have one, and everything is posted at once."""
    regimes = with_regimes(told)
    last = regimes["regime"].max() or 0
    assert isinstance(last, int)
    parts: list[Books] = []
    for regime in range(last + 1):
        rows = regimes.filter(pl.col("regime") == regime).drop("regime")
        if parts:
            rows = pl.concat([rows, _carried(parts[-1].layers, rows)])
        posted = post(rows)
        entries = entries_of(posted)
        parts.append(Books(_revalued(entries), layers_of(posted, entries), flags_of(posted)))
    return Books(
        entries=pl.concat([part.entries for part in parts]),
        layers=pl.concat(_last_of_each(parts)),
        flags=pl.concat([part.flags for part in parts]),
    )


def _last_of_each(parts: list[Books]) -> list[pl.DataFrame]:
    """Layers of a regime, without those that went on into the next one."""
    following = [*(part.entries.select(ITEM).unique() for part in parts[1:]), None]
    return [
        part.layers if later is None else part.layers.join(later, on=ITEM, how="anti")
        for part, later in zip(parts, following, strict=True)
    ]


def _carried(layers: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """What was left as events of the first day of the regime; what is owed is owed again."""
    template = rows.sort("valid_from", "policy_location").unique(
        ITEM, keep="first", maintain_order=True
    )
    left = layers.filter(pl.col("left") != 0).select(
        *ITEM, "left", "value", "received_at", carried_id="layer_id", was="pool_kind",
        was_scope="scope", carried_decimals="decimals",
    ).with_row_index("carried")  # fmt: skip
    found = left.join(template, on=ITEM, maintain_order="left")
    size = (10 ** (4 - found["carried_decimals"].to_numpy().astype("int64"))).astype("int64")
    is_owed = pl.col("left") < 0
    kind = pl.when(is_owed).then(K["issue"]).otherwise(K["carried_in"])
    nothing = pl.lit("")
    of_place = pl.when(pl.col("was") == "location").then("was_scope").otherwise("location_id")
    of_lot = pl.when(pl.col("was") == "lot").then("was_scope").otherwise("lot_number")
    return found.with_columns(
        decimals("qty_base", abs(found["left"].to_numpy()), QTY_DIGITS),
        decimals("amount", found["value"].to_numpy() * size, MONEY_DIGITS),
        decimals("known_unit_cost", _price_of(found), PRICE_DIGITS),
        kind=kind.cast(pl.Int8),
        event_kind=pl.lit("receipt"),
        posting_date="valid_from",
        valuation_day="valid_from",
        event_at=pl.coalesce("received_at", "event_at"),
        event_id=CARRIED + pl.col("carried").cast(pl.String),
        movement_id=pl.col("carried_id").fill_null(""),
        linked_event_id=nothing,
        job_id=nothing,
        location_id=of_place,
        lot_number=of_lot,
        is_on_the_way=pl.lit(False),
        is_shifted=pl.lit(False),
    ).select(rows.columns)  # fmt: skip


def _price_of(left: pl.DataFrame) -> at.Table:
    """What a piece is owed at, to eight decimals of the currency."""
    scale = pl.lit(10, pl.Int128).pow((14 - pl.col("carried_decimals")).cast(pl.UInt32))
    price = pl.col("value").cast(pl.Int128) * scale.cast(pl.Int128) // pl.col("left")
    return left.select(price.cast(pl.Int64).alias("price"))["price"].to_numpy()


def _revalued(entries: pl.DataFrame) -> pl.DataFrame:
    """A carried layer is no receipt: only what it is worth more or less is an entry."""
    is_carried = pl.col("event_id").str.starts_with(CARRIED)
    is_owed = pl.col("qty") < 0
    change = pl.when(is_owed).then(0).otherwise(pl.col("cogs"))
    return entries.with_columns(
        qty=pl.when(is_carried).then(0).otherwise("qty"),
        cost=pl.when(is_carried).then(-change).otherwise("cost"),
        cogs=pl.when(is_carried).then(change).otherwise("cogs"),
        entry_kind=pl.when(is_carried).then(pl.lit("revaluation")).otherwise("entry_kind"),
        event_id=pl.when(is_carried).then(pl.lit("")).otherwise("event_id"),
    )
