"""What a run advised and handed over, kept outside the build so that later runs can hold it to account."""

import polars as pl

from models.contracts import column
from models.contracts.conditions import not_negative
from models.contracts.fields import KEY, OPTIONAL, REQUIRED
from models.contracts.kernel import Contract, rule


class HandedAdvice(Contract):
    """One row per item, location and run that handed over when and how much to order there."""

    company_id = column.text(KEY, "legal entity")
    item_id = column.text(KEY, "gold item")
    location_id = column.text(KEY, "gold location")
    as_of_at = column.timestamp(KEY, "moment of the figures it was given with")
    request = column.text(KEY, "the run that gave it")
    handed_at = column.timestamp(REQUIRED, "when it was handed over")
    policy_version = column.text(REQUIRED, "policies in force")
    forecast_version = column.text(OPTIONAL, "data and models behind it")
    forecaster = column.text(OPTIONAL, "whose forecast it stood on")
    segment = column.text(OPTIONAL, "smooth, erratic, intermittent, lumpy or new")
    reorder_point = column.quantity(OPTIONAL, "as handed over")
    order_up_to = column.quantity(OPTIONAL, "as handed over")
    order_qty = column.quantity(OPTIONAL, "to order then, as handed over")
    advised_order_qty = column.quantity(OPTIONAL, "what the advice alone would have ordered")
    override_ids = column.text(OPTIONAL, "overrides of planners in force then")
    position_qty = column.quantity(REQUIRED, "on hand, on the way and on order, less reserved")
    forecast_mean = column.quantity(OPTIONAL, "demand expected over the horizon")
    horizon_days = column.integer(OPTIONAL, "days that an order of then had to last")
    review_days = column.integer(REQUIRED, "days until the next decision")
    service_target = column.price(REQUIRED, "share, 0..1")

    @rule
    def days_and_orders_are_not_negative(cls) -> pl.Expr:
        return not_negative("horizon_days", "review_days", "order_qty", "advised_order_qty")
