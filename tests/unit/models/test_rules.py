"""Every rule across columns fires where it should and not one step before."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from models.contracts import COMPUTED, CONTRACTS, COST_INPUT, HANDBACK, INGEST, KEPT, WORKLOG
from models.contracts.kernel import REASONS
from models.render.frames import Value, sample_frame

ALL = {**CONTRACTS, **INGEST, **COMPUTED, **COST_INPUT, **WORKLOG, **KEPT, **HANDBACK}
FIGURES = ("reorder_point", "safety_stock", "order_up_to", "forecaster")
HANDED = ("horizon_days", "review_days", "order_qty", "advised_order_qty")
STEPS = ("step", "factor", "qty_after", "horizon_days")
LEVELS = ("safety_stock", "reorder_point", "moq", "order_multiple")
DELIVERED = ("qty_delivered", "qty_short", "qty_damaged")
WORTH = ("recovered_share", "closed_count")
POLICIES = [table for table in CONTRACTS if table.startswith("policy_")]

Row = Mapping[str, Value]
Case = tuple[str, str, Row, Row]

NOON = datetime(2024, 1, 2, 12, tzinfo=UTC)
SECOND_BEFORE = datetime(2024, 1, 2, 11, 59, 59, tzinfo=UTC)
DAY, DAY_BEFORE = date(2024, 1, 2), date(2024, 1, 1)
LEAST = Decimal("0.0001")


def not_negative(table: str, sentence: str, *columns: str) -> list[Case]:
    least = {column: _step(table, column) for column in columns}
    return [
        (table, sentence, {column: -least[column]}, {column: least[column] * 0})
        for column in columns
    ]


def positive(table: str, sentence: str, column: str) -> Case:
    least = _step(table, column)
    return (table, sentence, {column: least * 0}, {column: least})


def just_over(column: str) -> tuple[Row, Row]:
    return {column: 1 + LEAST}, {column: Decimal(1)}


def _step(table: str, column: str) -> int | Decimal:
    return 1 if ALL[table].field(column).type == "int" else LEAST


# table, sentence, row that breaks it, row just inside
CASES: list[Case] = [
    (
        "wms_stock_movement",
        "quantity is not zero unless cost only",
        {"qty": Decimal(0), "movement_type": "receipt"},
        {"qty": Decimal(0), "movement_type": "cost_only"},
    ),
    (
        "wms_stock_movement",
        "negative quantity with both sides reverses a movement",
        {"qty": Decimal(-1), "reversal_of_movement_id": None},
        {"qty": Decimal(-1), "reversal_of_movement_id": "M-1"},
    ),
    (
        "wms_stock_movement",
        "negative quantity with both sides reverses a movement",
        {"qty": Decimal(-1), "reversal_of_movement_id": None},
        {"qty": Decimal(-1), "reversal_of_movement_id": None, "from_stock_status": None},
    ),
    *not_negative(
        "wms_allocation",
        "no quantity is negative",
        "qty_reserved",
        "qty_picked",
        "qty_packed",
        "qty_short",
    ),
    *not_negative(
        "wms_shipment", "carton count and weight are not negative", "carton_count", "gross_weight"
    ),
    *not_negative("wms_delivery_event", "no quantity is negative", *DELIVERED),
    *not_negative("wms_count_line", "counted quantity is not negative", "counted_qty"),
    positive("billing_order_line", "price basis quantity is positive", "price_basis_qty"),
    positive("billing_invoice", "exchange rate is positive", "fx_rate"),
    positive("billing_invoice_line", "price basis quantity is positive", "price_basis_qty"),
    positive("billing_invoice_instalment", "instalment counts from one", "instalment"),
    (
        "billing_dispute",
        "dispute closes after it opens",
        {"opened_at": NOON, "closed_at": SECOND_BEFORE},
        {"opened_at": NOON, "closed_at": NOON},
    ),
    positive("purchasing_order_line", "price basis quantity is positive", "price_basis_qty"),
    positive("purchasing_invoice", "exchange rate is positive", "fx_rate"),
    (
        "purchasing_landed_cost",
        "manual basis has a share",
        {"basis": "manual", "manual_share": None},
        {"basis": "manual", "manual_share": Decimal(0)},
    ),
    (
        "gl_journal_line",
        "amount is given in one currency",
        {"amount": None, "amount_txn": None},
        {"amount": None, "amount_txn": Decimal(0)},
    ),
    *not_negative("gl_journal_line", "fiscal period is not negative", "fiscal_period"),
    *not_negative("gl_balance", "fiscal period is not negative", "fiscal_period"),
    *not_negative("master_item", "replenishment figures are not negative", *LEVELS),
    *not_negative("master_item", "shelf life is not negative", "shelf_life_days"),
    positive("master_item_xref", "pack quantity is positive", "pack_qty"),
    positive("master_uom", "ratio is positive", "numerator"),
    positive("master_uom", "ratio is positive", "denominator"),
    *not_negative("master_party", "lead time is not negative", "lead_time_days"),
    positive("master_price", "price basis quantity is positive", "price_basis_qty"),
    *not_negative("master_price", "minimum quantity is not negative", "min_qty"),
    (
        "master_fiscal_period",
        "period ends on or after its start",
        {"start_date": DAY, "end_date": DAY_BEFORE},
        {"start_date": DAY, "end_date": DAY},
    ),
    (
        "master_bom",
        "quantity per parent is not zero",
        {"qty_per": Decimal(0)},
        {"qty_per": -LEAST},
    ),
    positive("master_fx_rate", "rate is positive", "rate"),
    (
        "demand_calendar_event",
        "event ends on or after its start",
        {"start_date": DAY, "end_date": DAY_BEFORE},
        {"start_date": DAY, "end_date": DAY},
    ),
    *not_negative("demand_signal", "horizon is not negative", "horizon_days"),
    *not_negative("demand_lead_time", "lead time is not negative", "lead_time_days"),
    *not_negative("control_feed_manifest", "row count is not negative", "row_count"),
    (
        "control_feed_manifest",
        "last sequence is not before the first",
        {"first_sequence": 5, "last_sequence": 4},
        {"first_sequence": 5, "last_sequence": 5},
    ),
    *(
        (
            table,
            "policy ends on or after its start",
            {"valid_from": DAY, "valid_to": DAY_BEFORE},
            {"valid_from": DAY, "valid_to": DAY},
        )
        for table in POLICIES
    ),
    *not_negative("policy_billing_rule", "hours are not negative", "due_hours", "grace_hours"),
    (
        "policy_charge",
        "charge that is not cost plus has an amount",
        {"basis": "per_unit", "amount": None},
        {"basis": "cost_plus", "amount": None},
    ),
    *not_negative("policy_posting_profile", "posting sla is not negative", "posting_sla_days"),
    *not_negative("policy_tolerance", "tolerance is not negative", "value"),
    *not_negative("policy_exception", "time limit is not negative", "sla_hours"),
    (
        "policy_exception",
        "switched off only with an approver",
        {"enabled": False, "approved_by": None},
        {"enabled": False, "approved_by": "controller"},
    ),
    ("policy_transition", "event code is known", {"event_code": "E60"}, {"event_code": "E59"}),
    *not_negative("policy_transition", "automatic limit is not negative", "max_auto_value"),
    *not_negative(
        "policy_channel",
        "share and protected quantity are not negative",
        "share_pct",
        "protected_qty",
    ),
    (
        "policy_replenishment",
        "service target is between 0 and 1",
        {"service_target": Decimal("1.0001")},
        {"service_target": Decimal(1)},
    ),
    (
        "policy_replenishment",
        "service target is between 0 and 1",
        {"service_target": -LEAST},
        {"service_target": Decimal(0)},
    ),
    *not_negative(
        "policy_replenishment",
        "days and rates are not negative",
        "review_days",
        "holding_rate",
        "max_cover_days",
    ),
    *not_negative(
        "policy_lane",
        "lead time and costs are not negative",
        "lead_time_days",
        "cost_per_unit",
        "cost_per_shipment",
    ),
    (
        "cash_proposal",
        "deduction has its reason",
        {"deduction_amount": LEAST, "deduction_reason": None},
        {"deduction_amount": Decimal(0), "deduction_reason": None},
    ),
    *not_negative(
        "cash_proposal",
        "discount and deduction are not negative",
        "discount_amount",
        "deduction_amount",
    ),
    *not_negative(
        "cash_applications",
        "discount and deduction are not negative",
        "discount_amount",
        "deduction_amount",
    ),
    (
        "forecast",
        "quantiles do not cross",
        {"forecast_q50": Decimal(2), "forecast_q90": Decimal("1.999999")},
        {"forecast_q50": Decimal(2), "forecast_q90": Decimal(2)},
    ),
    *not_negative("forecast", "deviation and horizon are not negative", "sigma", "horizon_days"),
    (
        "reorder",
        "service target is between 0 and 1",
        {"service_target": Decimal("1.0001")},
        {"service_target": Decimal(1)},
    ),
    (
        "reorder",
        "order up to is not below the reorder point",
        {"reorder_point": Decimal(2), "order_up_to": Decimal("1.999999")},
        {"reorder_point": Decimal(2), "order_up_to": Decimal(2)},
    ),
    *(
        ("reorder", "figures come together or not at all", {figure: None}, dict.fromkeys(FIGURES))
        for figure in FIGURES
    ),
    *not_negative(
        "reorder",
        "days and stock are not negative",
        "reorder_point",
        "lead_time_days",
        "lead_time_sd_days",
        "review_days",
    ),
    (
        "forecast_quantile",
        "quantile lies between 0 and 1",
        {"quantile": Decimal("1.0001")},
        {"quantile": Decimal(1)},
    ),
    *not_negative(
        "forecast_quantile",
        "demand is not negative",
        "forecast_qty",
        "forecast_mean",
        "horizon_days",
    ),
    *not_negative(
        "forecast_accuracy",
        "errors are not negative",
        "lines",
        "absolute_error_qty",
        "pinball_q50",
        "pinball_q90",
    ),
    *(
        (table, sentence, {figure: Decimal(0)}, {figure: LEAST})
        for table, sentence in (
            ("transfer_plan", "a transfer moves something and pays"),
            ("transfer_advice", "something moves and pays"),
        )
        for figure in ("qty", "benefit_amount")
    ),
    (
        "financial_plan",
        "period does not end before it begins",
        {"period_start": DAY, "period_end": DAY_BEFORE},
        {"period_start": DAY, "period_end": DAY},
    ),
    (
        "cost_entry",
        "what is restated belongs to an earlier day",
        {"is_backdated_closed": True, "valuation_date": DAY, "posting_date": DAY},
        {"is_backdated_closed": True, "valuation_date": DAY_BEFORE, "posting_date": DAY},
    ),
    *not_negative("cost_flag", "pieces are not negative", "qty_base"),
    (
        "cost_closed_period",
        "period does not end before it starts",
        {"start_date": DAY, "end_date": DAY_BEFORE},
        {"start_date": DAY, "end_date": DAY},
    ),
    *not_negative("cost_event", "pieces are not negative", "qty_base"),
    (
        "cost_event",
        "a version is not replaced before it is known",
        {"known_at": NOON, "replaced_at": SECOND_BEFORE},
        {"known_at": NOON, "replaced_at": NOON},
    ),
    (
        "proposed_journals",
        "line is a debit or a credit",
        {"debit": Decimal(5), "credit": Decimal(5)},
        {"debit": Decimal(0), "credit": Decimal(5)},
    ),
    (
        "proposed_journals",
        "line is a debit or a credit",
        {"debit": Decimal(0), "credit": Decimal(0)},
        {"debit": LEAST, "credit": Decimal(0)},
    ),
    (
        "proposed_journals",
        "debit and credit are not negative",
        {"debit": -LEAST},
        {"debit": LEAST},
    ),
    *not_negative("reorder_points", "order quantity is not negative", "order_qty"),
    *(
        (
            "exception_event",
            "what a run detects is described",
            {"action": action, missing: None},
            {"action": "assigned", missing: None},
        )
        for action in ("detected", "reopened")
        for missing in ("code", "business_key", "exposure_amount")
    ),
    (
        "exception_event",
        "an end says how",
        {"status": "resolved", "resolution": None},
        {"status": "waiting", "resolution": None},
    ),
    *not_negative("exception_event", "exposure is not negative", "exposure_amount"),
    (
        "handed_line",
        "a line does not correct itself",
        {"rtb_key": "k", "supersedes_key": "k"},
        {"rtb_key": "k", "supersedes_key": "earlier"},
    ),
    *not_negative("forecast_reason", "factors and quantities are not negative", *STEPS),
    *not_negative("handed_advice", "days and orders are not negative", *HANDED),
    (
        "reorder_points",
        "a figure that is not the advice names its override",
        {"rop": LEAST, "advised_rop": None, "override_ids": None},
        {"rop": LEAST, "advised_rop": None, "override_ids": "O-1"},
    ),
    *not_negative("availability", "nothing below zero is promised", "atp_now", "atp_projected"),
    *not_negative("score_evaluation", "counts are not negative", "judged_count"),
    *not_negative("exception_worth", "shares and counts are possible", *WORTH),
    ("exception_worth", "shares and counts are possible", *just_over("recovered_share")),
    *not_negative("billing_watch", "scores lie between 0 and 1", "score"),
    ("billing_watch", "scores lie between 0 and 1", *just_over("score")),
    (
        "dispute_category",
        "an answer says how sure it is",
        {"category": "price", "confidence": None},
        {"category": "unclassified", "confidence": None},
    ),
]


@pytest.mark.parametrize(
    ("table", "sentence", "breaking", "inside"),
    CASES,
    ids=[f"{case[0]}: {case[1]} {n}" for n, case in enumerate(CASES)],
)
def test_a_rule_fires_once_and_not_just_inside(
    table: str, sentence: str, breaking: Row, inside: Row
) -> None:
    contract = ALL[table]
    rejected = contract.check(sample_frame(contract, 1, **breaking)).rejected
    assert rejected[REASONS].to_list() == [[sentence]]
    assert contract.check(sample_frame(contract, 1, **inside)).accepted.height == 1


def test_every_rule_has_a_case() -> None:
    known = {
        (table, rule.sentence)
        for table, contract in ALL.items()
        for rule in contract.rules()
        if rule.column is None
    }
    assert known == {(table, sentence) for table, sentence, _, _ in CASES}
