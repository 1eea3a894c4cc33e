"""What the forecast engine says beside reorder points, held to a contract like any extract."""

import polars as pl

from models.contracts import column
from models.contracts.conditions import between, not_negative
from models.contracts.fields import KEY, OPTIONAL, REQUIRED
from models.contracts.kernel import Contract, rule


class ForecastQuantile(Contract):
    """One row per item, location, horizon and quantile: what the champion expects."""

    company_id = column.text(KEY, "legal entity")
    item_id = column.text(KEY, "gold item")
    location_id = column.text(KEY, "gold location")
    origin_date = column.date(KEY, "last day the forecaster knew")
    horizon_days = column.integer(KEY, "days ahead that are summed")
    quantile = column.price(KEY, "share of cases in which demand is not above, 0..1")
    forecast_qty = column.quantity(REQUIRED, "demand over the horizon at this quantile")
    forecast_mean = column.quantity(REQUIRED, "expected demand over the horizon")
    is_protection_interval = column.boolean(REQUIRED, "lead time and review of the line")
    segment = column.text(REQUIRED, "smooth, erratic, intermittent, lumpy or new")
    forecaster = column.text(REQUIRED, "champion of the line's segment")
    forecast_version = column.text(REQUIRED, "data and models behind the figure")

    @rule
    def quantile_lies_between_0_and_1(cls) -> pl.Expr:
        return between("quantile", 0, 1)

    @rule
    def demand_is_not_negative(cls) -> pl.Expr:
        return not_negative("forecast_qty", "forecast_mean", "horizon_days")


class ForecastAccuracy(Contract):
    """One row per segment, volume class, origin, horizon class and forecaster of the backtest."""

    company_id = column.text(KEY, "legal entity")
    segment = column.text(KEY, "smooth, erratic, intermittent, lumpy or new")
    volume = column.text(KEY, "low, middle or high third of the lines, all where they are few")
    origin_date = column.date(KEY, "end of the round; each line stood its own horizon before it")
    horizon_class = column.text(KEY, "length of the intervals that were forecast")
    forecaster = column.text(KEY, "what made the forecast")
    lines = column.integer(REQUIRED, "items at locations that were judged")
    demand_qty = column.quantity(REQUIRED, "what came, days without stock filled up")
    recorded_qty = column.quantity(REQUIRED, "what was recorded, days without stock as zero")
    forecast_qty = column.quantity(REQUIRED, "what was forecast")
    absolute_error_qty = column.quantity(REQUIRED, "sum of absolute misses of demand_qty")
    absolute_error_recorded_qty = column.quantity(REQUIRED, "the same against recorded_qty")
    bias_qty = column.quantity(REQUIRED, "forecast less what came")
    wape = column.price(OPTIONAL, "absolute_error_qty / demand_qty")
    wape_recorded = column.price(OPTIONAL, "absolute_error_recorded_qty / recorded_qty")
    bias = column.price(OPTIONAL, "bias_qty / demand_qty")
    pinball_q50 = column.quantity(REQUIRED, "mean quantile loss of the median")
    pinball_q90 = column.quantity(REQUIRED, "mean quantile loss of the 0.9 quantile")
    best_baseline = column.text(OPTIONAL, "baseline with the least quantile loss on these rows")
    loss_against_best_baseline = column.price(
        OPTIONAL, "quantile loss over that baseline's; < 1 wins"
    )
    is_baseline = column.boolean(REQUIRED, "a simple method that anybody could use")
    is_champion = column.boolean(REQUIRED, "goes out for this segment and volume")
    forecast_version = column.text(REQUIRED, "data and models behind the figure")

    @rule
    def errors_are_not_negative(cls) -> pl.Expr:
        return not_negative("lines", "absolute_error_qty", "pinball_q50", "pinball_q90")


class ForecastReason(Contract):
    """One row per item, location and step from the usual demand to what the gradient model expects."""

    company_id = column.text(KEY, "legal entity")
    item_id = column.text(KEY, "gold item")
    location_id = column.text(KEY, "gold location")
    step = column.integer(KEY, "0 is the start, then the inputs by weight, the rest last")
    origin_date = column.date(REQUIRED, "last day the forecaster knew")
    input = column.text(REQUIRED, "feature of the model")
    meaning = column.text(REQUIRED, "the same in words")
    input_reading = column.price(OPTIONAL, "what it was; none where nothing was known")
    factor = column.price(REQUIRED, "what the step multiplies the forecast by")
    qty_after = column.quantity(REQUIRED, "demand over the interval up to this step")
    horizon_days = column.integer(REQUIRED, "days of the interval")
    forecast_version = column.text(REQUIRED, "data and models behind the figure")

    @rule
    def factors_and_quantities_are_not_negative(cls) -> pl.Expr:
        return not_negative("step", "factor", "qty_after", "horizon_days")


class TransferPlan(Contract):
    """One row per item and lane on which goods should move, and what that is worth."""

    company_id = column.text(KEY, "legal entity")
    item_id = column.text(KEY, "gold item")
    from_location_id = column.text(KEY, "place that can spare it")
    to_location_id = column.text(KEY, "place that will need it")
    qty = column.quantity(REQUIRED, "to move, whole multiples of the item")
    saving_amount = column.amount(REQUIRED, "margin kept, markdown and purchase avoided")
    cost_amount = column.amount(REQUIRED, "freight and handling")
    benefit_amount = column.amount(REQUIRED, "saving less cost")
    surplus_qty = column.quantity(REQUIRED, "what the sender has above its own need")
    deficit_qty = column.quantity(REQUIRED, "what the receiver lacks")
    stockout_date = column.date(OPTIONAL, "when the receiver runs out without the transfer")
    latest_ship_date = column.date(REQUIRED, "when it has to leave to arrive in time")
    lead_time_days = column.price(REQUIRED, "days on the lane")
    reason = column.text(REQUIRED, "why, in a sentence")
    origin_date = column.date(REQUIRED, "last day of demand that was known")
    forecast_version = column.text(REQUIRED, "data and models behind the figure")

    @rule
    def a_transfer_moves_something_and_pays(cls) -> pl.Expr:
        return (pl.col("qty") > 0) & (pl.col("benefit_amount") > 0)


class FinancialPlan(Contract):
    """One row per item class, month and quantile of what the forecast means in money."""

    company_id = column.text(KEY, "legal entity")
    item_class = column.text(KEY, "category of the items, none where they have no category")
    period_start = column.date(KEY, "first day of the month, or the day after the origin")
    quantile = column.price(KEY, "share of cases in which the company's plan is not above")
    period_end = column.date(REQUIRED, "last day of the month")
    forecast_qty = column.quantity(REQUIRED, "units expected to be asked for")
    priced_qty = column.quantity(REQUIRED, "of these, units with a known price")
    costed_qty = column.quantity(REQUIRED, "of these, units with a known cost")
    revenue_amount = column.amount(REQUIRED, "units at their expected price")
    cogs_amount = column.amount(REQUIRED, "units at their unit cost")
    cash_in_amount = column.amount(OPTIONAL, "receipts from customers, as they pay; needs receipts")
    cash_out_amount = column.amount(OPTIONAL, "payments to suppliers for what has to be bought")
    forecast_version = column.text(REQUIRED, "data and models behind the figure")

    @rule
    def period_does_not_end_before_it_begins(cls) -> pl.Expr:
        return pl.col("period_start") <= pl.col("period_end")
