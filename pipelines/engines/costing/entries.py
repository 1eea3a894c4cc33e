"""The kernel's rows as tables: entries, flags, and the layers that are left."""

from __future__ import annotations

import numpy as np
import polars as pl

from models.vocabulary.codes import COST_FLAGS
from pipelines.engines.costing import layout as at
from pipelines.engines.costing.batches import Posted

K = at.KIND_CODES
ENTRY_KINDS = {
    "opening": "receipt", "receipt": "receipt", "receipt_reversal": "receipt",
    "work_receipt": "receipt", "receipt_more": "receipt", "return_in": "return_in",
    "landed_cost": "landed_cost", "invoice_variance": "invoice_variance", "count_in": "count_in",
    "transfer_in": "transfer_in", "transfer_out": "transfer_out", "issue": "issue",
    "work_issue": "issue", "return_out": "return_out", "scrap": "issue", "count_out": "count_out",
    "revaluation": "revaluation", "nrv": "revaluation", "standard_change": "revaluation",
    "price_correction": "true_up", "carried_in": "revaluation",
}  # fmt: skip
KIND_NAMES = {K[name]: entry for name, entry in ENTRY_KINDS.items()}
TAKES_AWAY = [
    K[name]
    for name in (
        "receipt_reversal", "transfer_out", "issue", "work_issue", "return_out", "scrap",
        "count_out",
    )
]  # fmt: skip
EXTRA_KINDS = {
    at.X_TRUE_UP: "true_up",
    at.X_ROUNDING: "rounding",
    at.X_LATE: "landed_cost",
}
FLAGS = {
    at.X_RETURN_UNLINKED: "RETURN_UNLINKED",
    at.X_SPECIFIC_MISSING: "SPECIFIC_ID_MISSING",
    at.X_REFUSED: "NEGATIVE_REFUSED",
    at.X_COST_UNLINKED: "COST_UNLINKED",
}
assert set(FLAGS.values()) < set(COST_FLAGS), "every flag is in the vocabulary"
OF_EVENT = [
    "company_id", "item_id", "unit", "method", "event_id", "movement_id", "movement_line",
    "event_code", "location_id", "lot_number", "policy_id", "decimals",
]  # fmt: skip


def extras_of(posted: Posted) -> pl.DataFrame:
    used = posted.books.extras[: posted.books.counters[at.C_EXTRAS]]
    names = ("row", "extra", "pool", "cause", "qty", "cost", "cogs")
    table = pl.DataFrame({name: used[:, place] for place, name in enumerate(names)})
    return table.with_columns(pl.col("row", "cause", "pool").cast(pl.UInt32, strict=False))


def entries_of(posted: Posted) -> pl.DataFrame:
    """Whole numbers still: cents and millionths, with what names each entry."""
    extras = extras_of(posted)
    kept = (
        extras.filter(pl.col("extra") == at.X_UNEXPLAINED)
        .group_by("row")
        .agg(pl.col("cogs").sum().alias("unexplained"))
    )
    rows = posted.rows
    main = pl.DataFrame(
        {
            "row": np.arange(len(rows.cost), dtype=np.uint32),
            "pool": rows.pool.astype(np.uint32),
            "cost": rows.cost,
            "cogs": rows.cogs,
            "layer": rows.layer,
        }
    ).filter(pl.Series(rows.is_written))
    stream = posted.stream
    sign = pl.when(pl.col("kind").is_in(TAKES_AWAY)).then(-1).otherwise(1)
    named = stream.select("row", "kind", "day", "span", "qty_base")
    main = (
        main.join(named, on="row", maintain_order="left")
        .join(kept, on="row", how="left", maintain_order="left")
        .with_columns(
            entry_kind=pl.col("kind").replace_strict(KIND_NAMES, return_dtype=pl.String),
            qty=sign * pl.col("qty_base").to_physical().cast(pl.Int64),
            cause=pl.lit(None, pl.UInt32),
            part=pl.lit(0, pl.UInt32),
            booked="day",
            unexplained=pl.col("unexplained").fill_null(0),
        )
    )
    beside = _beside(extras, named)
    return _named(pl.concat([main.select(beside.columns), beside]), posted)


def _beside(extras: pl.DataFrame, named: pl.DataFrame) -> pl.DataFrame:
    """True-ups and rounding. A residual cent is dated as its receipt, within the month."""
    causes = named.select(cause="row", cause_day="day")
    is_rounding = pl.col("extra") == at.X_ROUNDING
    with_days = (
        _true_ups_as_one(extras, named)
        .with_columns(part=pl.int_range(1, pl.len() + 1, dtype=pl.UInt32))
        .filter(pl.col("extra").is_in(list(EXTRA_KINDS)))
        .join(named, on="row", maintain_order="left")
        .join(causes, on="cause", how="left", maintain_order="left")
    )
    same_month = pl.col("cause_day").dt.truncate("1mo") == pl.col("day").dt.truncate("1mo")
    at_receipt = (is_rounding & same_month).fill_null(False)
    return with_days.select(
        "row", "pool", "cost", "cogs", "part", "qty",
        pl.lit(at.NONE, pl.Int32).alias("layer"),
        "cause",
        pl.col("extra").replace_strict(EXTRA_KINDS, return_dtype=pl.String).alias("entry_kind"),
        pl.lit(0, pl.Int64).alias("unexplained"),
        pl.when(pl.col("kind") == K["final"]).then("span")
        .when(at_receipt).then("cause_day").otherwise("day").alias("booked"),
    )  # fmt: skip


def _true_ups_as_one(extras: pl.DataFrame, named: pl.DataFrame) -> pl.DataFrame:
    """The parts of a transfer settle one after the other; an issue is trued up once."""
    carried = named.filter(pl.col("kind") == K["transfer_in"]).select("row")
    is_carried = (pl.col("extra") == at.X_TRUE_UP) & pl.col("row").is_in(carried["row"].implode())
    several = extras.filter(is_carried)
    if several.is_empty():
        return extras
    key = ["row", "extra", "pool", "cause", "qty"]
    summed = several.group_by(key, maintain_order=True).agg(pl.col("cost", "cogs").sum())
    kept = summed.filter(pl.col("cost") != 0).select(extras.columns)
    return pl.concat([extras.filter(~is_carried), kept]).sort("row", maintain_order=True)


def _named(entries: pl.DataFrame, posted: Posted) -> pl.DataFrame:
    stream = posted.stream
    events = stream.select(
        "row", *OF_EVENT, "group", "linked_event_id", "valuation_day", "is_shifted"
    )
    pools = posted.pools.select("pool", "scope", pool_scope="scope")
    causes = stream.select(cause="row", cause_event="event_id", cause_movement="movement_id")
    linked = stream.filter(pl.col("event_id") != "").select(
        "unit", "company_id", linked_event_id="event_id", linked_movement="movement_id"
    ).unique(["unit", "company_id", "linked_event_id"])  # fmt: skip
    books = posted.books
    layer_events = books.layers[: max(int(books.counters[at.C_LAYERS]), 1), at.L_EVENT]
    layer = entries["layer"].to_numpy()
    event_of_layer = np.where(layer >= 0, layer_events[np.maximum(layer, 0)], at.NONE)
    layers = stream.select(layer_row=pl.col("row").cast(pl.Int64), layer_id="movement_id")
    is_linked = pl.col("part") == 0
    return (
        entries.with_columns(layer_row=pl.Series(event_of_layer, dtype=pl.Int64))
        .join(events, on="row", maintain_order="left")
        .join(pools, on="pool", how="left", maintain_order="left")
        .join(causes, on="cause", how="left", maintain_order="left")
        .join(linked, on=["unit", "company_id", "linked_event_id"], how="left",
              maintain_order="left")
        .join(layers, on="layer_row", how="left", maintain_order="left")
        .with_columns(
            caused_by_event_id=pl.when(is_linked).then("linked_event_id").otherwise("cause_event"),
            caused_by_movement_id=pl.when(is_linked).then("linked_movement")
            .otherwise("cause_movement"),
        )
    )  # fmt: skip


def flags_of(posted: Posted) -> pl.DataFrame:
    extras = extras_of(posted).filter(pl.col("extra").is_in(list(FLAGS)))
    events = posted.stream.select("row", *OF_EVENT, "day")
    return (
        extras.join(events, on="row", maintain_order="left")
        .with_columns(code=pl.col("extra").replace_strict(FLAGS, return_dtype=pl.String))
        .unique(["unit", "company_id", "event_id", "code"], keep="first", maintain_order=True)
    )
