"""The two frames this room gives back: columns in order, rounded once, sorted by their keys."""

from __future__ import annotations

import polars as pl

QTY, PRICE = pl.Decimal(18, 6), pl.Decimal(20, 8)

FORECAST: dict[str, pl.DataType | type[pl.DataType]] = {
    "company_id": pl.String,
    "item_id": pl.String,
    "location_id": pl.String,
    "forecaster": pl.String,
    "origin_date": pl.Date,
    "horizon_days": pl.Int64,
    "forecast_mean": QTY,
    "forecast_q50": QTY,
    "forecast_q90": QTY,
    "sigma": QTY,
    "is_champion": pl.Boolean,
    "backtest_pinball": QTY,
}
REORDER: dict[str, pl.DataType | type[pl.DataType]] = {
    "company_id": pl.String,
    "item_id": pl.String,
    "location_id": pl.String,
    "reorder_point": QTY,
    "safety_stock": QTY,
    "order_up_to": QTY,
    "lead_time_days": PRICE,
    "lead_time_sd_days": PRICE,
    "review_days": pl.Int64,
    "service_target": PRICE,
    "service_kind": pl.String,
    "demand_mean_daily": QTY,
    "demand_sd_daily": QTY,
    "forecaster": pl.String,
    "policy_id": pl.String,
    "policy_valid_from": pl.Date,
    "reason": pl.String,
    "origin_date": pl.Date,
}
KEYS = ("company_id", "item_id", "location_id", "forecaster", "origin_date", "horizon_days")


def shaped(frame: pl.DataFrame, schema: dict[str, pl.DataType | type[pl.DataType]]) -> pl.DataFrame:
    """Statistics were floats up to here; decimals leave."""
    if frame.width == 0:
        return pl.DataFrame(schema=schema)
    columns = [
        _decimal(name, kind) if isinstance(kind, pl.Decimal) else pl.col(name).cast(kind)
        for name, kind in schema.items()
    ]
    return frame.select(columns).sort([name for name in KEYS if name in schema])


def _decimal(name: str, kind: pl.Decimal) -> pl.Expr:
    number = pl.col(name).cast(pl.Float64).fill_nan(None)
    return number.round(kind.scale).cast(kind).alias(name)
