"""Every event under every method that holds for it, and the pool it belongs to."""

from __future__ import annotations

import polars as pl

from pipelines.engines.costing.layout import KIND_CODES, METHOD_CODES, NEGATIVE_CODES

UNIT = ["company_id", "is_comparison", "method", "item_id"]
COST_ONLY = ("arrival", "landed_cost", "invoice_variance", "revaluation", "nrv", "price_correction")
TRANSFERS = ("transfer_in", "transfer_out")


def coded(policies: pl.DataFrame) -> pl.DataFrame:
    """Policy rows with codes in place of words. A comparison is a unit of its own method."""
    method = pl.col("costing_method").replace_strict(METHOD_CODES, return_dtype=pl.Int8)
    is_comparison = pl.col("is_comparison").fill_null(False)
    return policies.select(
        "company_id", "item_id", "policy_id", "valid_from", "valid_to",
        policy_location=pl.col("location_id").fill_null(""),
        is_comparison=is_comparison,
        unit=pl.when(is_comparison).then(method).otherwise(pl.lit(-1, pl.Int8)),
        method=method,
        pool_kind=pl.when(method == METHOD_CODES["specific"])
        .then(pl.lit("lot")).otherwise(pl.col("cost_pool")),
        is_daily=pl.col("average_period").fill_null("month") == "day",
        negative=pl.col("negative_stock").replace_strict(NEGATIVE_CODES, return_dtype=pl.Int8),
        is_corrected_forward=pl.col("backdating") == "correct_forward",
        is_late_restated=pl.col("late_cost") == "restate",
        is_late_expensed=pl.col("late_cost") == "expense",
        is_newest=pl.col("returned_layer") == "newest",
        is_separate=pl.col("rounding_residual") == "separate_entry",
        is_by_time=pl.col("same_day_order") == "by_time",
        decimals=pl.col("currency_decimals").cast(pl.Int8),
    )  # fmt: skip


def under_policies(events: pl.DataFrame, policies: pl.DataFrame) -> pl.DataFrame:
    """One row per event and unit (the posting method, or one comparison), with its policy row.

    A row for a location wins over the item's row for all locations. A transfer within one pool
    makes no entry and is left out (C5).
    """
    held = coded(policies)
    told = events.join(held, on=["company_id", "item_id"], how="inner").filter(
        pl.col("posting_date").is_between(pl.col("valid_from"), pl.col("valid_to")),
        (pl.col("policy_location") == "") | (pl.col("policy_location") == pl.col("location_id")),
    )
    if held["policy_location"].ne("").any():
        told = told.sort("policy_location", descending=True).unique(
            ["company_id", "event_id", "version_number", "unit"], keep="first"
        )
    scope = (
        pl.when(pl.col("pool_kind") == "location").then(pl.col("location_id"))
        .when(pl.col("pool_kind") == "lot").then(pl.col("lot_number"))
        .otherwise(pl.lit(""))
    )  # fmt: skip
    kind = pl.col("event_kind").replace_strict(KIND_CODES, return_dtype=pl.Int8)
    is_moot = pl.col("event_kind").is_in(TRANSFERS) & (pl.col("pool_kind") != "location")
    return told.with_columns(scope=scope, kind=kind, original_kind=kind.cast(pl.Int64)).filter(
        ~is_moot
    )
