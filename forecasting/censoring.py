"""Which days say nothing about demand: the shop was empty, and nobody could or did order.

A day without stock is missing, not zero, where customers who find nothing leave. Where orders are
taken all the same, the unfilled part included, such a day is known like any other, and leaving
out those without an order would keep the busy ones alone: on the sample company the mean came out
4 % too high. Which of the two a company is shows in its orders: on days without stock they come
about as often as on other days of the same lines, or they do not.
"""

from __future__ import annotations

import polars as pl

KEY = ("company_id", "item_id", "location_id")
SHARE_OF_USUAL, FEWEST_EXPECTED = 0.5, 5.0


def without_silent_days(known: pl.DataFrame) -> pl.DataFrame:
    """`known` with `qty` per day, null where the day says nothing.

    Takes is_censored and demand_qty; in_stock_share and demand_basis where they are told. A day
    that is censored stays so unless its company takes orders without stock; a day without stock
    that has an order is left out with the others where it does not.
    """
    censored = pl.col("is_censored").fill_null(False)
    qty = pl.col("demand_qty").cast(pl.Float64)
    if not {"in_stock_share", "demand_basis"} <= set(known.columns):
        return known.with_columns(pl.when(~censored).then(qty).alias("qty"))
    taking = _companies_that_take_orders(known)
    empty = censored | (pl.col("in_stock_share") == 0).fill_null(False)
    # what a source reports beside its own word that there was no stock stays censored
    by_orders = pl.col("demand_basis").fill_null("none") != "history"
    open_all_the_same = pl.col("company_id").is_in(taking) & by_orders
    return known.with_columns(pl.when(open_all_the_same | ~empty).then(qty).alias("qty"))


def _companies_that_take_orders(known: pl.DataFrame) -> list[str]:
    """Companies whose lines, on days without stock, are ordered at least half as often as usual."""
    empty = (pl.col("in_stock_share") == 0).fill_null(False)
    asked = (pl.col("demand_qty") != 0) & (pl.col("demand_basis") == "orders")
    per_line = known.group_by(KEY).agg(
        empty.sum().alias("empty_days"),
        (empty & asked).sum().alias("seen"),
        (asked & ~empty).sum().alias("asked_in_stock"),
        (~empty).sum().alias("days_in_stock"),
    )
    usual = pl.col("asked_in_stock") / pl.col("days_in_stock")
    per_company = (
        per_line.filter(pl.col("days_in_stock") > 0)
        .group_by("company_id")
        .agg((usual * pl.col("empty_days")).sum().alias("expected"), pl.col("seen").sum())
    )
    taking = per_company.filter(
        (pl.col("expected") >= FEWEST_EXPECTED)
        & (pl.col("seen") >= SHARE_OF_USUAL * pl.col("expected"))
    )
    return sorted(taking["company_id"].to_list())
