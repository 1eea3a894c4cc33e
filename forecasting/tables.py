"""The frames this room gives back: columns in order, rounded once, sorted by their keys."""

from __future__ import annotations

import polars as pl

Schema = dict[str, pl.DataType | type[pl.DataType]]
QTY, PRICE, MONEY = pl.Decimal(18, 6), pl.Decimal(20, 8), pl.Decimal(18, 4)

FORECAST: Schema = {
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
REORDER: Schema = {
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
    "holding_rate": PRICE,
    "demand_mean_daily": QTY,
    "demand_sd_daily": QTY,
    "forecaster": pl.String,
    "policy_id": pl.String,
    "policy_valid_from": pl.Date,
    "reason": pl.String,
    "origin_date": pl.Date,
}
FORECAST_QUANTILE: Schema = {
    "company_id": pl.String,
    "item_id": pl.String,
    "location_id": pl.String,
    "origin_date": pl.Date,
    "horizon_days": pl.Int64,
    "quantile": PRICE,
    "forecast_qty": QTY,
    "forecast_mean": QTY,
    "is_protection_interval": pl.Boolean,
    "segment": pl.String,
    "forecaster": pl.String,
    "forecast_version": pl.String,
}
FORECAST_ACCURACY: Schema = {
    "company_id": pl.String,
    "segment": pl.String,
    "volume": pl.String,
    "origin_date": pl.Date,
    "horizon_class": pl.String,
    "forecaster": pl.String,
    "lines": pl.Int64,
    "demand_qty": QTY,
    "recorded_qty": QTY,
    "forecast_qty": QTY,
    "absolute_error_qty": QTY,
    "absolute_error_recorded_qty": QTY,
    "bias_qty": QTY,
    "wape": PRICE,
    "wape_recorded": PRICE,
    "bias": PRICE,
    "pinball_q50": QTY,
    "pinball_q90": QTY,
    "best_baseline": pl.String,
    "loss_against_best_baseline": PRICE,
    "is_baseline": pl.Boolean,
    "is_champion": pl.Boolean,
    "forecast_version": pl.String,
}
FORECAST_REASON: Schema = {
    "company_id": pl.String,
    "item_id": pl.String,
    "location_id": pl.String,
    "step": pl.Int64,
    "origin_date": pl.Date,
    "input": pl.String,
    "meaning": pl.String,
    "input_reading": PRICE,
    "factor": PRICE,
    "qty_after": QTY,
    "horizon_days": pl.Int64,
    "forecast_version": pl.String,
}
TRANSFER_PLAN: Schema = {
    "company_id": pl.String,
    "item_id": pl.String,
    "from_location_id": pl.String,
    "to_location_id": pl.String,
    "qty": QTY,
    "saving_amount": MONEY,
    "cost_amount": MONEY,
    "benefit_amount": MONEY,
    "surplus_qty": QTY,
    "deficit_qty": QTY,
    "stockout_date": pl.Date,
    "latest_ship_date": pl.Date,
    "lead_time_days": PRICE,
    "reason": pl.String,
    "origin_date": pl.Date,
    "forecast_version": pl.String,
}
FINANCIAL_PLAN: Schema = {
    "company_id": pl.String,
    "item_class": pl.String,
    "period_start": pl.Date,
    "quantile": PRICE,
    "period_end": pl.Date,
    "forecast_qty": QTY,
    "priced_qty": QTY,
    "costed_qty": QTY,
    "revenue_amount": MONEY,
    "cogs_amount": MONEY,
    "cash_in_amount": MONEY,
    "cash_out_amount": MONEY,
    "forecast_version": pl.String,
}
KEYS = (
    "company_id", "item_id", "location_id", "segment", "volume", "forecaster", "origin_date",
    "horizon_days", "horizon_class", "from_location_id", "to_location_id", "item_class",
    "period_start", "quantile", "step",
)  # fmt: skip


def shaped(frame: pl.DataFrame, schema: Schema) -> pl.DataFrame:
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
