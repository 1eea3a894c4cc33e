"""What a forecast may know, and since when."""

import polars as pl

from models.contracts import column
from models.contracts.conditions import not_before, not_negative
from models.contracts.fields import KEY, OPTIONAL, OPTIONAL_KEY, REQUIRED
from models.contracts.kernel import Extract, rule


class DemandHistory(
    Extract, control_qty="qty_demanded", control_amount="net_revenue", event_time="demand_date"
):
    """One row per item, location, channel and day (or other period) of demand."""

    demand_date = column.date(KEY, "day (or period start)")
    item_code = column.text(KEY, "SKU")
    location_code = column.text(KEY, "demand location")
    channel = column.text(OPTIONAL_KEY, "channel")
    qty_demanded = column.quantity(REQUIRED, "ordered/requested")
    qty_fulfilled = column.quantity(OPTIONAL, "shipped")
    uom = column.text(REQUIRED, "unit")
    stockout_flag = column.boolean(OPTIONAL, "not available that day")
    net_revenue = column.amount(OPTIONAL, "revenue")
    currency = column.text(OPTIONAL, "ISO 4217")
    grain = column.code(OPTIONAL, ("day", "week", "month"), "length of the period; default day")


class DemandCalendarEvent(Extract):
    """One row per event that may move demand, with the day it became known."""

    event_id = column.text(KEY, "id")
    event_type = column.code(
        REQUIRED,
        (
            "promotion",
            "price_change",
            "holiday",
            "launch",
            "delist",
            "store_open",
            "store_close",
            "competitor_stockout",
            "other",
        ),
        "what kind of event",
    )
    start_date = column.date(REQUIRED, "start")
    end_date = column.date(REQUIRED, "end")
    known_from_date = column.date(REQUIRED, "when it became known (no look-ahead)")
    item_code = column.text(OPTIONAL, "scope")
    category = column.text(OPTIONAL, "scope")
    location_code = column.text(OPTIONAL, "scope")
    channel = column.text(OPTIONAL, "scope")
    customer_code = column.text(OPTIONAL, "scope")
    value = column.price(OPTIONAL, "discount %, new price, intensity")
    note = column.text(OPTIONAL, "text")

    @rule
    def event_ends_on_or_after_its_start(cls) -> pl.Expr:
        return not_before("end_date", "start_date")


class DemandSignal(Extract, event_time="available_from_at"):
    """One row per signal, date described, moment it could be known and scope."""

    signal_name = column.text(KEY, "temperature, precipitation, web_sessions, cpi, ...")
    signal_date = column.date(KEY, "date described")
    available_from_at = column.timestamp(KEY, "when the value could be known")
    is_forecast = column.boolean(REQUIRED, "forecast or actual")
    horizon_days = column.integer(OPTIONAL, "forecast horizon")
    location_code = column.text(OPTIONAL_KEY, "scope")
    item_code = column.text(OPTIONAL_KEY, "scope")
    value = column.price(REQUIRED, "value")
    unit = column.text(OPTIONAL, "unit")

    @rule
    def horizon_is_not_negative(cls) -> pl.Expr:
        return not_negative("horizon_days")


class DemandLeadTime(Extract, event_time="receipt_date"):
    """One row per lead time, observed or agreed."""

    lead_time_id = column.text(KEY, "id")
    supplier_code = column.text(OPTIONAL, "supplier")
    from_location_code = column.text(OPTIONAL, "lane")
    to_location_code = column.text(OPTIONAL, "lane")
    item_code = column.text(OPTIONAL, "item (null = all)")
    order_date = column.date(OPTIONAL, "observed")
    receipt_date = column.date(OPTIONAL, "observed")
    lead_time_days = column.price(REQUIRED, "observed or agreed")
    kind = column.code(REQUIRED, ("observed", "agreed"), "observed or agreed")
    freight_cost_per_unit = column.price(OPTIONAL, "lane cost")
    currency = column.text(OPTIONAL, "ISO 4217")

    @rule
    def lead_time_is_not_negative(cls) -> pl.Expr:
        return not_negative("lead_time_days")
