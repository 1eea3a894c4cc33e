"""Small frames in the shape of the tables that the forecast reads."""

from datetime import date, timedelta
from decimal import Decimal

import polars as pl

FIRST = date(2024, 1, 1)
POLICY_TYPES = {
    "valid_to": pl.Date, "order_cost": pl.Float64, "stockout_cost": pl.Float64,
    "holding_rate": pl.Float64, "max_cover_days": pl.Int64, "service_target": pl.Float64,
}  # fmt: skip


def demand(series: dict[tuple[str, str], list[int | None]]) -> pl.DataFrame:
    """One line per (item, location); None is a day without stock."""
    rows = [
        {
            "company_id": "X",
            "item_id": item,
            "location_id": location,
            "date": FIRST + timedelta(days=day),
            "demand_qty": Decimal(qty or 0),
            "is_censored": qty is None,
        }
        for (item, location), quantities in series.items()
        for day, qty in enumerate(quantities)
    ]
    return pl.DataFrame(rows, schema_overrides={"demand_qty": pl.Decimal(18, 6)})


def lead_times(*rows: tuple[str, str, str, float]) -> pl.DataFrame:
    """Rows of kind, item, location, days."""
    return pl.DataFrame(
        [
            {
                "company_id": "X", "kind": kind, "item_code": item, "to_location_code": place,
                "lead_time_days": days, "receipt_date": FIRST if kind == "observed" else None,
            }
            for kind, item, place, days in rows
        ],
        schema={
            "company_id": pl.String, "kind": pl.String, "item_code": pl.String,
            "to_location_code": pl.String, "lead_time_days": pl.Float64, "receipt_date": pl.Date,
        },
    )  # fmt: skip


def policies(*rows: dict[str, object]) -> pl.DataFrame:
    usual = {
        "company_id": "*", "item_id": "", "abc_class": "", "location_id": "",
        "service_target": 0.95, "service_kind": "cycle_service", "review_days": 7,
        "holding_rate": 0.25, "order_cost": None, "stockout_cost": None, "max_cover_days": None,
        "valid_from": date(1900, 1, 1), "valid_to": None,
    }  # fmt: skip
    return pl.DataFrame([{**usual, **row} for row in rows or ({},)], schema_overrides=POLICY_TYPES)


def items(*codes: str, **columns: object) -> pl.DataFrame:
    return pl.DataFrame(
        [{"company_id": "X", "item_id": code, "abc_class": "A", **columns} for code in codes]
    )
