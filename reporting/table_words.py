"""What tables are called on a page, what one of their rows is, and which columns come first."""

from __future__ import annotations

import re

from reporting.billing_words import BILLING
from reporting.money_words import MONEY
from reporting.stock_words import STOCK
from reporting.wording import TableWords, sentence

TABLES: dict[str, TableWords] = {
    **BILLING,
    **MONEY,
    **STOCK,
    "fct_stock_position": TableWords(
        "Stock by state",
        "One row per item, place, lot, state and owner with a quantity",
        (
            "company_id",
            "item_id",
            "location_id",
            "lot_number",
            "stock_state",
            "qty_base",
            "value_amount",
            "account_role",
            "owner_id",
        ),
        largest=("value_amount", "qty_base"),
    ),
    "fct_gl_tieout": TableWords(
        "Ledger against subledger",
        "One row per company, period, account and currency seen on either side",
        (
            "company_id",
            "fiscal_year",
            "fiscal_period",
            "account_code",
            "account_role",
            "currency",
            "expected_amount",
            "erp_subledger_amount",
            "actual_amount",
            "difference_amount",
            "classified_amount",
            "unexplained_amount",
            "status",
        ),
        largest=("fiscal_year", "fiscal_period"),
    ),
    "fct_feed_delivery": TableWords(
        "Deliveries of the feeds",
        "One row per file and table delivered",
        (
            "company_id",
            "feed",
            "source_system",
            "status",
            "file_name",
            "delivered_at",
            "due_at",
            "rows_read",
            "rows_accepted",
            "rows_rejected",
            "rows_repeated",
            "rows_filtered",
            "control_total_expected",
            "control_total_actual",
            "message",
        ),
        largest=("rows_rejected", "delivered_at"),
    ),
    "mart_reorder": TableWords(
        "What to reorder",
        "One row per item and place",
        (
            "company_id",
            "item_id",
            "item_name",
            "location_id",
            "order_qty",
            "base_uom",
            "position",
            "reorder_point",
            "safety_stock",
            "order_up_to",
            "reason",
        ),
        largest=("order_qty",),
    ),
    "mart_planning_override": TableWords(
        "What planners said instead",
        "One row per version of an override of a reorder figure",
        (
            "company_id",
            "item_id",
            "location_id",
            "figure",
            "override_qty",
            "advised_qty",
            "difference_qty",
            "standing",
            "user_id",
            "reason",
            "approved_by",
            "valid_from",
            "expires_at",
        ),
        largest=("delivered_at",),
    ),
    "mart_advice_outcome": TableWords(
        "What was advised and what was done",
        "One row per item, place and day of advice",
        (
            "company_id",
            "item_id",
            "item_name",
            "location_id",
            "advised_on",
            "order_qty",
            "ordered_qty",
            "base_uom",
            "done",
            "forecast_mean",
            "demand_qty",
            "fill_rate",
            "out_of_stock_days",
            "excess_qty",
        ),
        largest=("advised_on",),
    ),
    "mart_forecast_reason": TableWords(
        "Why this forecast",
        "One row per item, place and step from usual demand to the forecast",
        (
            "company_id",
            "item_id",
            "item_name",
            "location_id",
            "step",
            "meaning",
            "input_reading",
            "factor",
            "qty_after",
            "base_uom",
            "horizon_days",
        ),
    ),
    "mart_financial_plan": TableWords(
        "The plan in money",
        "One row per company, item class, month and share of cases",
        (
            "company_id",
            "item_class",
            "period_start_date",
            "period_end_date",
            "quantile",
            "forecast_qty",
            "priced_qty",
            "costed_qty",
            "revenue",
            "cogs",
            "cash_in",
            "cash_out",
            "currency",
        ),
    ),
    "mart_exchange_curve": TableWords(
        "Service against stock", "One row per company and share of service"
    ),
    "mart_forecast_drift": TableWords(
        "Forecasts that lean to one side",
        "One row per segment and forecaster",
        (
            "company_id",
            "basis",
            "segment",
            "volume",
            "forecaster",
            "finding",
            "bias",
            "tracking_signal",
            "wape",
            "origins",
            "demand_qty",
            "forecast_qty",
        ),
        largest=("demand_qty",),
    ),
    "mart_view_bridge": TableWords(
        "Sales, Warehouse and Finance numbers",
        "One row per item, place and step between the three",
        (
            "company_id",
            "item_id",
            "location_id",
            "step",
            "qty",
            "value_amount",
            "running_qty",
            "running_value_amount",
            "finance_basis",
            "meaning",
        ),
    ),
    "mart_distrust_buffer": TableWords(
        "Stock kept out of distrust",
        "One row per item and place: what inaccurate and late figures cost",
        largest=("distrust_buffer_qty",),
    ),
    "mart_receipt_not_capitalised": TableWords(
        "Received and not in the ledger",
        "One row per receipt line, with the accrual it needs",
        largest=("amount",),
    ),
    "mart_handover_drift": TableWords(
        "From reservation to invoice",
        "One row per order line and handover, with what is open in between",
        largest=("open_qty",),
    ),
    "mart_coverage": TableWords("What feeds which place", "One row per place and module"),
    "mart_maturity": TableWords("How far we can be believed", "One row per gate and pilot"),
    "mart_scope_total": TableWords("Totals of the pilots", "One row per pilot and billing rule"),
    "mart_event_rule": TableWords(
        "What finance makes of what happens", "One row per kind of event, with and without a rule"
    ),
    "mart_trace": TableWords(
        "An order line from order to close", "One row per order line and link"
    ),
    "mart_leakage": TableWords("Leakage by month", "One row per category and month"),
    "fct_receipt_accrual": TableWords(
        "Received against invoiced", "One row per purchase order line"
    ),
    "fct_ar_item": TableWords("Receivables", "One row per open customer document"),
    "fct_ar_balance": TableWords(
        "Receivables at the end of periods", "One row per open customer document and day"
    ),
    "fct_cash_application": TableWords(
        "What payments settle", "One row per application of a payment to an invoice"
    ),
    "fct_cash_receipt": TableWords("Payments received", "One row per payment of a customer"),
    "mart_ar_aging": TableWords(
        "How old receivables are",
        "One row per customer and bucket of age",
        ("company_id", "party_name", "age_bucket", "open_amount", "open_amount_by_invoice_date"),
        largest=("open_amount",),
    ),
    "mart_dunning": TableWords(
        "Whom to remind",
        "One row per open customer invoice and level",
        (
            "company_id",
            "party_name",
            "invoice_number",
            "dunning_level",
            "level_name",
            "days_late",
            "dunned_amount",
            "currency",
            "skip_reason",
        ),
        largest=("dunning_level", "dunned_amount"),
    ),
    "fct_ap_item": TableWords("Payables", "One row per open supplier document"),
    "fct_open_item_check": TableWords(
        "Open items against the ledger's own list", "One row per document open on either side"
    ),
    "fct_open_order_line": TableWords(
        "Ordered, not shipped or billed", "One row per order line with something open"
    ),
    "mart_credit_exposure": TableWords("What customers stand for", "One row per customer who pays"),
    "mart_dispute_pack": TableWords("Disputes with their context", "One row per dispute"),
    "fct_dispute_event": TableWords("Stories of disputes", "One row per event of a dispute"),
    "mart_cutoff": TableWords(
        "Goods and entries in different periods", "One row per entry of a shipment or receipt"
    ),
    "mart_receipt_accrual": TableWords(
        "Received against invoiced: what to do",
        "One row per purchase order line that differs",
        (
            "company_id",
            "purchase_order_id",
            "purchase_order_line",
            "party_name",
            "cause",
            "difference_qty",
            "difference_amount",
            "currency",
            "age_bucket",
            "is_aged",
            "proposed_action",
        ),
        largest=("age_days",),
    ),
    "mart_account_reconciliation": TableWords(
        "Reconciliation of accounts", "One row per account and period"
    ),
    "fct_account_certification": TableWords(
        "Who signed for accounts", "One row per account and period"
    ),
    "mart_close": TableWords(
        "Close of periods",
        "One row per task of a close",
        (
            "company_id",
            "fiscal_year",
            "fiscal_period",
            "task_kind",
            "task_code",
            "status",
            "closed_at",
            "days_to_close",
            "prior_days_to_close",
            "is_last",
        ),
        largest=("fiscal_year", "fiscal_period"),
    ),
    "mart_dso": TableWords("Days sales outstanding", "One row per company and day"),
    "fct_journal_line": TableWords("Journal lines", "One row per line of a journal"),
    "mart_feed_scoreboard": TableWords("How the feeds deliver", "One row per feed"),
    "mart_visibility_lag": TableWords(
        "How late events are seen", "One row per feed, place, kind of event and step"
    ),
    "fct_billing_match": TableWords(
        "What was matched", "One row per share of an invoice line that bills an expected line"
    ),
    "fct_match_suggestion": TableWords(
        "What may belong together", "One row per unanswered invoice line and goods it may be for"
    ),
    "mart_match_precision": TableWords(
        "How often a suggestion is right", "One row per least score, on links that keys prove"
    ),
    "mart_billing_watch": TableWords(
        "Worth a look before billing",
        "One row per line not in the queue yet and thing looked at on it",
    ),
    "mart_dispute_category": TableWords(
        "What disputes may be about", "One row per open dispute that names no reason"
    ),
    "mart_score_evaluation": TableWords(
        "How good the learnt orders are",
        "One row per task, group and measure, the rules' order beside it",
    ),
    "fct_demand": TableWords(
        "Demand",
        "One row per item, place and day",
        (
            "company_id",
            "date",
            "item_id",
            "location_id",
            "demand_qty",
            "shipped_qty",
            "promo",
            "in_stock_share",
            "is_censored",
            "demand_basis",
            "price",
        ),
        largest=("date", "demand_qty"),
    ),
    "fct_gl_reconciling_item": TableWords(
        "What explains differences", "One row per item that explains part of a difference"
    ),
    "fct_stock_position_daily": TableWords(
        "Stock by day",
        "One row per item, place, state and day on which it changed",
        (
            "company_id",
            "date",
            "item_id",
            "location_id",
            "stock_state",
            "qty_change",
            "qty_base",
        ),
        largest=("date",),
    ),
    "fct_stock_snapshot_check": TableWords(
        "Stock against snapshots", "One row per line of a stock snapshot"
    ),
    "fct_stock_feed_check": TableWords(
        "Movements against documents", "One row per company, place and period"
    ),
    "dim_account": TableWords("Accounts", "One row per account"),
    "dim_calendar": TableWords("Calendar", "One row per company and day"),
    "dim_company": TableWords("Companies", "One row per legal entity"),
    "dim_policy": TableWords("Policies in force", "One row per policy row"),
    "dim_item": TableWords("Items", "One row per item"),
    "dim_location": TableWords("Places", "One row per place"),
    "dim_party": TableWords("Customers and suppliers", "One row per partner"),
}


def table_words(table: str) -> TableWords:
    """The words for a table; by rule where nobody has chosen better ones."""
    if table in TABLES:
        return TABLES[table]
    return TableWords(title=sentence(re.sub(r"^(fct|mart|dim)_", "", table)), row="")
