"""The engine's whole numbers as the tables of the contract."""

from __future__ import annotations

import numpy as np
import polars as pl

from models.contracts import COMPUTED
from pipelines.engines.costing import layout as at
from pipelines.engines.costing.decimals import MONEY_DIGITS, PRICE_DIGITS, QTY_DIGITS, decimals

METHOD_NAMES = dict(enumerate(at.METHODS))
ITEM = ["company_id", "unit", "item_id"]
POSTS = -1  # the unit of the method that posts; the others are comparisons


def entry_table(entries: pl.DataFrame) -> pl.DataFrame:
    ordered = entries.sort("booked", "is_delta", "row", "part").with_columns(
        entry_number=pl.int_range(1, pl.len() + 1, dtype=pl.Int64).over(ITEM)
    )
    table = _labelled(ordered).with_columns(
        pieces("qty_base", "qty", ordered),
        money("cost_amount", "cost", ordered),
        money("cogs_amount", "cogs", ordered),
        money("unexplained_amount", "unexplained", ordered),
        unit_cost("unit_cost", "cost", "qty", ordered),
        posting_date="booked",
        valuation_date="belongs",
        is_backdated_closed="is_delta",
    )
    return _as_contract("cost_entry", table)


def layer_table(layers: pl.DataFrame) -> pl.DataFrame:
    table = _labelled(layers).with_columns(
        pieces("qty_received", "received", layers),
        pieces("qty_remaining", "left", layers),
        money("value_remaining", "value", layers),
        unit_cost("unit_cost", "value", "left", layers),
        layer_id=pl.col("layer_id").fill_null(""),
    )
    return _as_contract("cost_layer", table)


def flag_table(flags: pl.DataFrame, late: pl.DataFrame) -> pl.DataFrame:
    """What the kernel found odd, and events that were dated into a closed period."""
    table = _labelled(flags).with_columns(
        pieces("qty_base", "qty", flags), money("amount", "cost", flags), posting_date="day"
    )
    backdated = _labelled(
        late.unique(["unit", "company_id", "event_id"], keep="last")
    ).with_columns(code=pl.lit("BACKDATED_CLOSED"), amount=pl.col("amount").fill_null(0))
    return pl.concat([_as_contract("cost_flag", table), _as_contract("cost_flag", backdated)]).sort(
        list(COMPUTED["cost_flag"].key())
    )


def _labelled(table: pl.DataFrame) -> pl.DataFrame:
    named = table.with_columns(
        costing_method=pl.col("method").replace_strict(METHOD_NAMES, return_dtype=pl.String),
        is_policy_method=pl.col("unit") == POSTS,
    )
    if "scope" not in named.columns:
        return named
    return named.with_columns(
        cost_pool_id=pl.when(pl.col("scope") == "").then(pl.lit("*")).otherwise("scope")
    )


def _as_contract(name: str, table: pl.DataFrame) -> pl.DataFrame:
    types = COMPUTED[name].polars_types()
    key = list(COMPUTED[name].key())
    return table.select(pl.col(column).cast(kind) for column, kind in types.items()).sort(key)


def money(name: str, units: str, table: pl.DataFrame) -> pl.Series:
    """Cents of each row's currency as four decimals."""
    size = 10 ** (4 - table["decimals"].to_numpy().astype(np.int64))
    return decimals(name, table[units].to_numpy() * size, MONEY_DIGITS)


def pieces(name: str, units: str, table: pl.DataFrame) -> pl.Series:
    return decimals(name, table[units].to_numpy(), QTY_DIGITS)


def unit_cost(name: str, cost: str, qty: str, table: pl.DataFrame) -> pl.Series:
    """Value per piece to eight decimals; for people to read, nothing is reckoned from it."""
    scale = pl.lit(10, pl.Int128).pow((14 - pl.col("decimals")).cast(pl.UInt32)).cast(pl.Int128)
    value = pl.col(cost).abs().cast(pl.Int128) * scale
    held = pl.col(qty).abs().cast(pl.Int128)
    units = (2 * value + held) // (2 * held)
    exact = table.select(pl.when(pl.col(qty) != 0).then(units.cast(pl.Int64)).alias(name))[name]
    price = decimals(name, exact.fill_null(0).to_numpy(), PRICE_DIGITS)
    return pl.select(pl.when(exact.is_not_null()).then(price).alias(name))[name]
