"""What each published table is about, so that a role can be given subjects, not table lists.

A table that is not listed here has no subject, and is shown to the roles that see everything and
to nobody else: forgetting a table hides it.
"""

from __future__ import annotations

from enum import StrEnum


class Subject(StrEnum):
    """What a table is about."""

    MASTER = "items, places, partners and the calendar"
    POLICY = "policies"
    STOCK = "stock"
    BILLING = "orders, billing and leakage"
    RECEIVABLES = "receivables"
    EXCEPTIONS = "exceptions"
    PLANNING = "demand and replenishment"
    PURCHASING = "purchasing and payables"
    COSTING = "cost and margin"
    LEDGER = "the ledger"
    HEALTH = "feeds and processes"
    CONTROL = "users and changes"


TABLES: dict[Subject, tuple[str, ...]] = {
    Subject.MASTER: ("dim_company", "dim_item", "dim_location", "dim_party", "dim_calendar"),
    Subject.POLICY: ("dim_policy",),
    Subject.STOCK: (
        "fct_stock_move",
        "fct_stock_move_version",
        "fct_stock_position",
        "fct_stock_position_daily",
        "fct_stock_snapshot_check",
        "fct_stock_feed_check",
        "mart_availability",
        "mart_channel_feed",
        "mart_blind_window",
        "mart_physical_stock",
        "mart_exception_stock",
        "mart_transfer_custody",
        "mart_count_accuracy",
        "mart_scan_coverage",
        "mart_position_restated",
        "mart_view_bridge",
    ),
    Subject.BILLING: (
        "fct_expected_billing",
        "fct_readiness_check",
        "fct_billing_match",
        "fct_invoice_line",
        "fct_match_suggestion",
        "mart_match_precision",
        "mart_billing_watch",
        "fct_open_order_line",
        "fct_billing_delay",
        "fct_invoice",
        "fct_kpi_invoicing",
        "fct_order_fill",
        "mart_unbilled",
        "mart_billing_backlog",
        "mart_leakage",
        "mart_fulfilment_advice",
        "mart_trace",
    ),
    Subject.RECEIVABLES: (
        "fct_ar_item",
        "fct_ar_balance",
        "fct_cash_receipt",
        "fct_open_item_check",
        "fct_cash_application",
        "mart_ar_aging",
        "mart_dunning",
        "mart_dispute_pack",
        "mart_dispute_category",
        "fct_dispute_event",
        "mart_credit_exposure",
        "mart_dso",
    ),
    Subject.EXCEPTIONS: (
        "fct_exception",
        "fct_exception_event",
        "mart_exception_cause",
        "mart_score_evaluation",
    ),
    Subject.PLANNING: (
        "fct_demand",
        "fct_kpi_service",
        "mart_forecast",
        "mart_forecast_accuracy",
        "mart_reorder",
        "mart_planning_override",
        "mart_advice_outcome",
        "mart_forecast_drift",
        "mart_forecast_reason",
        "mart_exchange_curve",
        "mart_distrust_buffer",
        "mart_transfer_advice",
        "mart_excess_stock",
        "mart_distortion",
    ),
    Subject.PURCHASING: (
        "fct_receipt_accrual",
        "mart_receipt_accrual",
        "mart_receipt_not_capitalised",
        "fct_ap_item",
    ),
    Subject.COSTING: (
        "fct_cost_entry",
        "fct_cost_layer",
        "fct_margin_line",
        "fct_kpi_stock",
        "fct_kpi_total",
        "mart_inventory_value",
        "mart_kpi",
        "mart_margin",
        "mart_margin_alert",
        "mart_margin_bridge",
        "mart_financial_plan",
        "mart_value_destroyer",
    ),
    Subject.LEDGER: (
        "dim_account",
        "fct_journal_line",
        "fct_expected_journal_line",
        "fct_journal_match",
        "fct_gl_tieout",
        "fct_gl_reconciling_item",
        "fct_account_certification",
        "fct_kpi_ledger",
        "mart_account_reconciliation",
        "mart_ledger_agreement",
        "mart_clearing_account",
        "mart_in_transit",
        "mart_intercompany_markup",
        "mart_proposed_journal",
        "mart_roll_forward",
        "mart_cutoff",
        "mart_close",
    ),
    Subject.HEALTH: (
        "fct_feed_delivery",
        "fct_process_event",
        "mart_feed_scoreboard",
        "mart_visibility_lag",
        "mart_process",
        "mart_maturity",
        "mart_coverage",
        "mart_scope_total",
        "mart_event_rule",
        "mart_handover_drift",
    ),
    Subject.CONTROL: ("mart_access_review", "mart_change_log"),
}

_SUBJECT_BY_TABLE = {table: subject for subject, tables in TABLES.items() for table in tables}


def subject_of(table: str) -> Subject | None:
    """The subject of a table; None when nobody has said what it is about."""
    return _SUBJECT_BY_TABLE.get(table)
