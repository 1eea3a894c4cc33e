"""Which replenishment policy holds for an item at a location on a day."""

from __future__ import annotations

from datetime import date

import polars as pl

KEY = ("company_id", "item_id", "location_id")
SCOPE = ("item_id", "abc_class", "location_id")
TERMS = (
    "policy_id", "policy_valid_from", "service_target", "service_kind", "review_days",
    "holding_rate", "order_cost", "stockout_cost", "max_cover_days",
)  # fmt: skip


def policy_per_line(
    keys: pl.DataFrame, policies: pl.DataFrame, items: pl.DataFrame, *, as_of: date
) -> pl.DataFrame:
    """`keys` with the terms in force; lines without any policy are left out.

    A row of the company wins over a row for all (ruling A12), then the narrower scope wins:
    item before class before location; the latest beginning decides what is left.
    """
    in_force = policies.filter(
        (pl.col("valid_from") <= as_of) & (pl.col("valid_to").fill_null(as_of) >= as_of)
    ).select(
        pl.col("company_id").alias("policy_company_id"),
        *(pl.col(name).fill_null("").alias(f"policy_{name}") for name in SCOPE),
        *(_term(name, policies.columns) for name in TERMS),
    )
    lines = keys.select(KEY).join(_classes(items), on=("company_id", "item_id"), how="left")
    fits = [
        (pl.col(f"policy_{name}") == general) | (pl.col(f"policy_{name}") == pl.col(name))
        for name, general in (("company_id", "*"), *((name, "") for name in SCOPE))
    ]
    width = [
        pl.col("policy_company_id") == "*",
        *(pl.col(f"policy_{name}") == "" for name in SCOPE),
    ]
    return (
        # Policies are few, lines are many: every line meets the few that are in force.
        lines.join(in_force, how="cross")
        .filter(*fits)
        .sort(*KEY, *width, pl.col("policy_valid_from"), descending=[False] * 7 + [True])
        .unique(KEY, keep="first", maintain_order=True)
        .select(*KEY, *TERMS)
    )


def _term(name: str, columns: list[str]) -> pl.Expr:
    """Rows straight from the contract carry no id: their scope names them."""
    if name in columns:
        return pl.col(name)
    if name == "policy_id":
        return pl.concat_str([pl.col(part).fill_null("") for part in SCOPE], separator="|").alias(
            name
        )
    assert name == "policy_valid_from", name
    return pl.col("valid_from").alias(name)


def _classes(items: pl.DataFrame) -> pl.DataFrame:
    return items.select(
        "company_id", "item_id", pl.col("abc_class").cast(pl.String).fill_null("")
    ).unique(("company_id", "item_id"), keep="first", maintain_order=True)
