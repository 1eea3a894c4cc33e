"""For each statement the project makes about a row: one row of which it holds, and ones that break it.

Cells are SQL; a column that is not named is empty. What the project states about keys, lists and
references needs no rows of its own: they follow from the arguments of the check.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

Row = Mapping[str, str]
TINY = "0.000001"


class Judged(NamedTuple):
    """A row that passes, and rows that must not."""

    holds: Row
    breaks: tuple[Row, ...]


def sums(parts: str, total: str, **given: str) -> Judged:
    """All parts and the total are 1 each but for the first, which makes up for them.

    A part too little, a part that is empty and a total that is empty each break the sum. A part
    written with a minus is taken away.
    """
    signed = parts.split()
    names = [part.lstrip("-") for part in signed]
    rest = sum(-1 if part.startswith("-") else 1 for part in signed[1:])
    row = {**dict.fromkeys([*names, total], "1"), names[0]: str(1 - rest), **given}
    short = [{**row, name: f"{row[name]} - 0.01"} for name in names]
    empty = [{**row, name: "null"} for name in (*names, total)]
    return Judged(row, (*short, *empty))


def states(holds: Row, *breaks: Row) -> Judged:
    """A row of which the statement holds; each break changes some of its cells."""
    return Judged(holds, tuple({**holds, **changed} for changed in breaks))


MOVE_TEXTS = """company_id move_id event_code movement_type item_id source_item_code lot_number
    serial_number from_state to_state source_system source_movement_id source_movement_line
    source_feed"""
MOVE: Row = {
    **dict.fromkeys(MOVE_TEXTS.split(), "'a'"),
    **dict.fromkeys(
        ("event_at", "known_at", "as_of_at", "watermark_at"), "'2026-03-31 12:00:00+00'"
    ),
    **dict.fromkeys(("event_date", "posting_date"), "'2026-03-31'"),
    "is_derived": "false",
    "qty_base": "1",
}

STATED = {
    "a_cost_event_has_no_sign": states(
        {"qty_base": "0"}, {"qty_base": f"-{TINY}"}, {"qty_base": "null"}
    ),
    "agrees_fct_margin_line_gross_margin_amount_cogs_amount__revenue_amount__"
    "cogs_amount_is_not_null_and_revenue_amount_is_not_null": states(
        {"gross_margin_amount": "3", "cogs_amount": "2", "revenue_amount": "5"},
        {"gross_margin_amount": "3.01"},
        {"gross_margin_amount": "null"},
    ),
    "agrees_mart_margin_bridge_from_margin_amount_volume_amount_mix_amount_price_amount_"
    "unit_cost_amount_landed_cost_amount_method_amount_fx_amount__to_margin_amount": sums(
        "from_margin_amount volume_amount mix_amount price_amount unit_cost_amount"
        " landed_cost_amount method_amount fx_amount",
        "to_margin_amount",
    ),
    "agrees_mart_margin_gross_margin_amount_cogs_amount_uncosted_revenue_amount__"
    "revenue_amount": sums(
        "gross_margin_amount cogs_amount uncosted_revenue_amount", "revenue_amount"
    ),
    "agrees_mart_position_restated_qty_known_now_qty_known_then__difference_qty": sums(
        "qty_known_now -qty_known_then", "difference_qty"
    ),
    "an_expected_line_has_an_amount": states(
        {"expected_amount": "-0.01"}, {"expected_amount": "0"}, {"expected_amount": "null"}
    ),
    "every_expected_journal_balances": sums("debit_amount", "credit_amount"),
    "fct_billing_match_has_a_quantity": states(
        {"matched_qty": TINY}, {"matched_qty": "0"}, {"matched_qty": "null"}
    ),
    "fct_demand_is_known_after_its_day_began": states(
        {"date": "'2026-03-31'", "known_at": "'2026-03-31 00:00:01+00'"},
        {"known_at": "'2026-03-30 23:59:59+00'"},
        {"known_at": "null"},
    ),
    "fct_demand_is_not_negative": states(
        {"demand_qty": "0", "shipped_qty": "0"},
        {"demand_qty": f"-{TINY}"},
        {"shipped_qty": f"-{TINY}"},
        {"demand_qty": "null"},
    ),
    "fct_exception_an_end_and_only_an_end_says_how": states(
        {"status": "'resolved'", "resolution": "'auto'"},
        {"resolution": "null"},
        {"status": "'open'"},
        {"status": "null"},
    ),
    "fct_exception_exposure_is_not_negative": states(
        {"exposure_amount": "0"}, {"exposure_amount": "-0.0001"}, {"exposure_amount": "null"}
    ),
    "fct_expected_billing_open_is_expected_less_actual": sums(
        "expected_qty -actual_qty -returned_qty", "open_qty", billing_state="'ready'"
    ),
    "fct_expected_billing_suppressed_lines_say_why": states(
        {"billing_state": "'suppressed'", "suppressed_reason": "'sample'"},
        {"suppressed_reason": "null"},
        {"billing_state": "null", "suppressed_reason": "null"},
    ),
    "fct_feed_delivery_accounts_for_every_row": states(
        {
            "status": "'loaded'",
            "rows_read": "10",
            "rows_accepted": "4",
            "rows_rejected": "3",
            "rows_repeated": "2",
            "rows_filtered": "1",
        },
        {"rows_accepted": "5"},
        {"rows_rejected": "2"},
        {"rows_repeated": "null"},
        {"rows_filtered": "0"},
        {"rows_read": "11"},
    ),
    "fct_gl_reconciling_item_explains_something": states(
        {"amount": "-0.01"}, {"amount": "0"}, {"amount": "null"}
    ),
    "fct_gl_tieout_a_missing_side_is_named": states(
        {"status": "'no_ledger'"}, {"status": "'explained'"}, {"status": "null"}
    ),
    "fct_gl_tieout_difference_is_actual_less_expected": states(
        {"actual_amount": "5", "expected_amount": "2", "difference_amount": "3"},
        {"difference_amount": "3.01"},
        {"difference_amount": "-3"},
        {"difference_amount": "null"},
    ),
    "fct_gl_tieout_parts_sum_to_the_difference": states(
        {"classified_amount": "4", "unexplained_amount": "1", "difference_amount": "5"},
        {"classified_amount": "3.99"},
        {"unexplained_amount": "null"},
    ),
    "fct_journal_match_shares_something": states(
        {"matched_amount": "-0.01"}, {"matched_amount": "0"}, {"matched_amount": "null"}
    ),
    "fct_readiness_check_only_a_failure_blocks": states(
        {"is_blocking": "true", "verdict": "'fail'"},
        {"verdict": "'pass'"},
        {"verdict": "null"},
        {"is_blocking": "null", "verdict": "'pass'"},
    ),
    "fct_receipt_accrual_difference_is_received_less_invoiced": sums(
        "received_amount -invoiced_amount", "difference_amount"
    ),
    "fct_stock_feed_check_difference_is_documents_less_movements": sums(
        "document_qty -movement_qty", "difference_qty"
    ),
    "stock_move_says_what_where_and_when": Judged(MOVE, tuple({**MOVE, k: "null"} for k in MOVE)),
    "stock_move_goes_somewhere": states(
        {
            "from_state": "'ON_HAND'",
            "to_state": "'ON_HAND'",
            "from_location_id": "'A'",
            "to_location_id": "'B'",
        },
        {"to_location_id": "'A'"},
        {"to_location_id": "null"},
    ),
    "stock_move_has_a_quantity": states(
        {"qty_base": TINY}, {"qty_base": "0"}, {"qty_base": "null"}
    ),
    "fct_stock_position_has_a_value": states({"value_amount": "0"}, {"value_amount": "null"}),
    "fct_stock_snapshot_check_difference_is_snapshot_less_ledger": sums(
        "snapshot_qty -ledger_qty", "difference_qty", check_status="'gap'"
    ),
    "holds_int_availability__channel_policy_shared_pct_0_and_protected_all_qty_0": states(
        {"shared_pct": "0", "protected_all_qty": "0"},
        {"shared_pct": "-1"},
        {"protected_all_qty": f"-{TINY}"},
        {"shared_pct": "null"},
    ),
    "holds_int_availability__inspection_lead_days_0_and_pass_share_between_0_and_1": states(
        {"lead_days": "0", "pass_share": "1"},
        {"lead_days": "-1"},
        {"pass_share": "1.01"},
        {"pass_share": "-0.01"},
        {"pass_share": "null"},
    ),
    "holds_int_availability__setting_horizon_days_0_and_late_arrival_days_0_and_"
    "trusted_late_days_0_and_surplus_cover_days_short_cover_days": states(
        {
            "horizon_days": "0",
            "late_arrival_days": "0",
            "trusted_late_days": "0",
            "surplus_cover_days": "2",
            "short_cover_days": "1",
        },
        {"horizon_days": "-1"},
        {"late_arrival_days": "-1"},
        {"trusted_late_days": "-1"},
        {"surplus_cover_days": "1"},
        {"short_cover_days": "null"},
    ),
    "int_stock__position_day_counts": states(
        {"qty_change": "0", "qty_base": "0", "valued_qty": "0"},
        {"qty_change": "null"},
        {"qty_base": "null"},
        {"valued_qty": "null"},
    ),
    "mart_advice_outcome_fill_rate_is_a_share": states(
        {"fill_rate": "1"}, {"fill_rate": "1.0001"}, {"fill_rate": "-0.0001"}
    ),
    "mart_advice_outcome_says_what_was_done": states(
        {"done": "'as_advised'"}, {"done": "'a word of no list'"}, {"done": "null"}
    ),
    "mart_exchange_curve_is_not_negative": states(
        {"lines_with_cost": "1", "safety_stock_value_amount": "0"},
        {"safety_stock_value_amount": "-0.01"},
        {"safety_stock_value_amount": "null"},
    ),
    "mart_forecast_drift_bias_is_forecast_less_demand": sums(
        "forecast_qty -demand_qty", "bias_qty"
    ),
    "mart_forecast_drift_signal_is_at_most_its_origins": states(
        {"tracking_signal": "-4", "origins": "4"},
        {"tracking_signal": "4.01"},
        {"tracking_signal": "-4.01"},
        {"origins": "null"},
    ),
    "mart_forecast_reason_is_not_negative": states(
        {"factor": "0", "qty_after": "0"},
        {"factor": "-0.01"},
        {"qty_after": f"-{TINY}"},
        {"factor": "null"},
    ),
    "mart_availability_looks_ahead": states(
        {
            "received": "1",
            "qc_release": "1",
            "inbound_confirmed": "1",
            "transfer_inbound": "1",
            "on_order_confirmed": "1",
            "open_demand_unreserved": "2",
            "net_ahead": "3",
        },
        {"net_ahead": f"3 + {TINY}"},
        {"open_demand_unreserved": "3"},
        {"net_ahead": "null"},
    ),
    "mart_availability_now_is_the_sum_of_its_parts": sums(
        "on_hand consigned_in -phantom -safety_buffer -protected", "available_now"
    ),
    "mart_availability_projected_is_the_sum_of_its_parts": sums(
        "on_hand consigned_in -phantom -safety_buffer net_ahead -protected_ahead",
        "available_projected",
    ),
    "mart_channel_feed_difference_is_shown_less_available": states(
        {"actual_available": "7", "expected_available": "-2", "difference": "7"},
        {"difference": "9"},
        {"expected_available": "1"},
        {"actual_available": "null"},
    ),
    "mart_credit_exposure_parts_sum_to_the_exposure": sums(
        "open_amount unbilled_amount ordered_amount", "exposure_amount"
    ),
    "mart_distortion_is_the_sum_of_its_parts": states(
        {
            "stockout_amount": "1",
            "overstock_amount": "2",
            "shrink_amount": "3",
            "total_amount": "6",
        },
        {"stockout_amount": "null"},
        {"overstock_amount": "2.01"},
        {"shrink_amount": "0"},
    ),
    "mart_event_rule_every_event_has_a_rule": states(
        {"is_covered": "true"}, {"is_covered": "false"}, {"is_covered": "null"}
    ),
    "mart_in_transit_difference_is_actual_less_expected": states(
        {"actual_amount": "5", "expected_amount": "2", "difference_amount": "3"},
        {"difference_amount": "3.01"},
        {"expected_amount": "null"},
        {"difference_amount": "null"},
    ),
    "mart_excess_stock_is_part_of_what_is_held": states(
        {"excess_qty": "5", "held_qty": "5", "is_obsolete": "false"},
        {"held_qty": "4"},
        {"excess_qty": "0"},
        {"held_qty": "null"},
    ),
    "mart_financial_plan_prices_no_more_than_it_forecasts": states(
        {"forecast_qty": "5", "priced_qty": f"5 + {TINY}", "costed_qty": "5"},
        {"priced_qty": f"5 + 2 * {TINY}"},
        {"costed_qty": "5.1"},
        {"costed_qty": "null"},
    ),
    "mart_forecast_accuracy_bias_is_forecast_less_demand": sums(
        "forecast_qty -demand_qty", "bias_qty"
    ),
    "mart_forecast_is_not_negative": states(
        {"forecast_qty": "0", "quantile": "0.5"},
        {"forecast_qty": f"-{TINY}"},
        {"quantile": "0"},
        {"quantile": "1"},
        {"forecast_qty": "null"},
    ),
    "mart_leakage_parts_sum_to_found": sums(
        "cleared_by_timing_amount recovered_amount written_off_amount dismissed_amount open_amount",
        "found_amount",
    ),
    "mart_ledger_agreement_difference_is_actual_less_expected": sums(
        "actual_amount -expected_amount", "difference_amount"
    ),
    "mart_proposed_journal_line_is_a_debit_or_a_credit": states(
        {"debit_amount": "1", "credit_amount": "0"},
        {"credit_amount": "1"},
        {"debit_amount": "0"},
        {"credit_amount": "null"},
    ),
    "mart_reorder_advises_whole_multiples": states(
        {"advised_reorder_point": "1", "advised_order_qty": "24", "order_multiple": "12"},
        {"advised_order_qty": "25"},
        {"advised_order_qty": "-12"},
        {"order_multiple": "null"},
    ),
    "mart_reorder_differs_from_its_advice_by_an_override_alone": states(
        {
            "is_overridden": "false",
            "reorder_point": "5",
            "advised_reorder_point": "5",
            "order_up_to": "9",
            "advised_order_up_to": "9",
            "order_qty": "4",
            "advised_order_qty": "4",
        },
        {"reorder_point": "6"},
        {"order_up_to": "null"},
        {"order_qty": "3"},
    ),
    "int_score__billing_line_dates_what_it_knows": states(
        {
            "is_late": "true",
            "late_known_date": "date '2026-01-01'",
            "is_proof_late": "null",
            "proof_known_date": "null",
        },
        {"late_known_date": "null"},
        {"is_late": "null"},
        {"is_proof_late": "false"},
        {"proof_known_date": "date '2026-01-01'"},
    ),
    "mart_billing_watch_scores_lie_between_0_and_1": states(
        {"score": "1"}, {"score": "1.00000001"}, {"score": "-0.00000001"}, {"score": "null"}
    ),
    "mart_dispute_category_says_how_sure_it_is": states(
        {"category": "'price'", "confidence": "0.9"}, {"confidence": "null"}
    ),
    "mart_match_precision_counts_within_what_was_asked": states(
        {"asked_count": "2", "suggested_count": "2", "right_count": "2"},
        {"right_count": "3"},
        {"asked_count": "1"},
        {"suggested_count": "null"},
    ),
    "mart_reorder_position_is_the_sum_of_its_parts": sums(
        "on_hand_qty reserved_qty dock_qty in_transit_qty on_order_qty open_demand_qty", "position"
    ),
    "mart_transfer_advice_benefit_is_saving_less_cost": sums(
        "saving_amount -cost_amount", "benefit_amount"
    ),
    "mart_transfer_advice_moves_what_can_be_spared": states(
        {"qty": "5", "surplus_qty": "5", "benefit_amount": "0.01"},
        {"surplus_qty": "4"},
        {"benefit_amount": "0"},
        {"qty": "0"},
        {"surplus_qty": "null"},
    ),
    "mart_view_bridge_steps_sum_to_the_numbers": sums("running_qty", "qty", step_kind="'number'"),
    "mart_view_bridge_values_sum_to_the_numbers": states(
        {
            "step_kind": "'number'",
            "unit_cost": "1",
            "running_value_amount": "5",
            "value_amount": "5",
        },
        {"running_value_amount": "5.01"},
        {"value_amount": "null"},
    ),
    "no_layer_has_less_than_nothing_left": states(
        {"qty_remaining": "0", "qty_received": "5", "layer_id": "'L'"},
        {"qty_remaining": f"-{TINY}"},
        {"qty_remaining": "null"},
    ),
}
