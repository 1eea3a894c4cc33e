"""What engines compute and hand back by the front door, as dbt source `computed`."""

import polars as pl

from models.contracts import column
from models.contracts.conditions import between, not_before, not_negative
from models.contracts.fields import KEY, OPTIONAL, REQUIRED
from models.contracts.kernel import Contract, rule
from models.vocabulary.codes import CASH_OUTCOMES, CASH_RULES, SERVICE_KINDS


class CashProposal(Contract):
    """One row per receipt and open part of an invoice that a rule puts together."""

    company_id = column.text(KEY, "legal entity")
    receipt_source_system = column.text(KEY, "which system sent the receipt")
    receipt_id = column.text(KEY, "payment")
    invoice_source_system = column.text(KEY, "which system sent the invoice")
    invoice_id = column.text(KEY, "invoice or credit")
    instalment = column.integer(KEY, "part of the invoice; 0 for the whole")
    rule_code = column.code(REQUIRED, CASH_RULES, "named, exact, one subset, or oldest first")
    currency = column.text(REQUIRED, "of the receipt and of the invoice")
    applied_amount = column.amount(REQUIRED, "of the money; credits with a minus")
    discount_amount = column.amount(REQUIRED, "cash discount inside the terms")
    deduction_amount = column.amount(REQUIRED, "short of the invoice, which stays open for it")
    deduction_reason = column.text(OPTIONAL, "why, as the payer says or as the figures show")
    write_off_amount = column.amount(REQUIRED, "within the tolerance; with a minus when paid over")

    @rule
    def deduction_has_its_reason(cls) -> pl.Expr:
        return (pl.col("deduction_amount") == 0) | pl.col("deduction_reason").is_not_null()

    @rule
    def discount_and_deduction_are_not_negative(cls) -> pl.Expr:
        return not_negative("discount_amount", "deduction_amount")


class CashVerdict(Contract):
    """One row per receipt with money that nobody had applied: what the rules make of it."""

    company_id = column.text(KEY, "legal entity")
    receipt_source_system = column.text(KEY, "which system sent the receipt")
    receipt_id = column.text(KEY, "payment")
    outcome = column.code(REQUIRED, CASH_OUTCOMES, "matched, or why not")
    unapplied_amount = column.amount(REQUIRED, "what the proposals leave of it")
    note = column.text(OPTIONAL, "why, in a sentence")


class Forecast(Contract):
    """One row per item, location, forecaster, origin date and horizon."""

    company_id = column.text(KEY, "legal entity")
    item_id = column.text(KEY, "gold item")
    location_id = column.text(KEY, "gold location")
    forecaster = column.text(KEY, "what made the forecast")
    origin_date = column.date(KEY, "last day the forecaster knew")
    horizon_days = column.integer(KEY, "length of the interval to be covered")
    forecast_mean = column.quantity(REQUIRED, "expected demand over the horizon")
    forecast_q50 = column.quantity(REQUIRED, "demand not exceeded in half of the cases")
    forecast_q90 = column.quantity(REQUIRED, "demand not exceeded in nine of ten cases")
    sigma = column.quantity(REQUIRED, "standard deviation of demand over the horizon")
    is_champion = column.boolean(REQUIRED, "the one that decides for this item and location")
    backtest_pinball = column.quantity(OPTIONAL, "mean quantile loss in the backtest")

    @rule
    def quantiles_do_not_cross(cls) -> pl.Expr:
        return pl.col("forecast_q50") <= pl.col("forecast_q90")

    @rule
    def deviation_and_horizon_are_not_negative(cls) -> pl.Expr:
        return not_negative("sigma", "horizon_days")


class Reorder(Contract):
    """One row per item and location: when to reorder and up to how much, and why, or why not.

    Without history or lead time the figures stay empty and the reason says what is missing.
    """

    company_id = column.text(KEY, "legal entity")
    item_id = column.text(KEY, "gold item")
    location_id = column.text(KEY, "gold location")
    reorder_point = column.quantity(OPTIONAL, "order when the position is at or below it")
    safety_stock = column.quantity(OPTIONAL, "part of it that covers uncertainty")
    order_up_to = column.quantity(OPTIONAL, "position after ordering")
    lead_time_days = column.price(OPTIONAL, "mean days from order to stock")
    lead_time_sd_days = column.price(OPTIONAL, "standard deviation of it")
    review_days = column.integer(REQUIRED, "days between two decisions")
    service_target = column.price(REQUIRED, "share, 0..1")
    service_kind = column.code(REQUIRED, SERVICE_KINDS, "what the target measures")
    holding_rate = column.price(OPTIONAL, "cost of holding, a year, as a share of unit cost")
    demand_mean_daily = column.quantity(OPTIONAL, "mean demand of a day")
    demand_sd_daily = column.quantity(OPTIONAL, "standard deviation of it")
    forecaster = column.text(OPTIONAL, "whose forecast it stands on")
    policy_id = column.text(REQUIRED, "policy row in force")
    policy_valid_from = column.date(REQUIRED, "since when")
    reason = column.text(REQUIRED, "how the figures came about, in a sentence")
    origin_date = column.date(REQUIRED, "last day of demand that was known")

    @rule
    def service_target_is_between_0_and_1(cls) -> pl.Expr:
        return between("service_target", 0, 1)

    @rule
    def order_up_to_is_not_below_the_reorder_point(cls) -> pl.Expr:
        return not_before("order_up_to", "reorder_point")

    @rule
    def figures_come_together_or_not_at_all(cls) -> pl.Expr:
        figures = ("reorder_point", "safety_stock", "order_up_to", "forecaster")
        given = [pl.col(name).is_not_null() for name in figures]
        return pl.all_horizontal(given) | ~pl.any_horizontal(given)

    @rule
    def days_and_stock_are_not_negative(cls) -> pl.Expr:
        return not_negative("reorder_point", "lead_time_days", "lead_time_sd_days", "review_days")
