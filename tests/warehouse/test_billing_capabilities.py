"""What billing promises its users, capability by capability, told by readiness_stories."""

from __future__ import annotations

from datetime import UTC, datetime

import duckdb

Rows = list[tuple[object, ...]]


def told(billing: duckdb.DuckDBPyConnection, story: str, columns: str) -> Rows:
    return billing.sql(
        f"select {columns} from fct_expected_billing where company_id = '{story}' order by all"
    ).fetchall()


def found(billing: duckdb.DuckDBPyConnection, story: str) -> Rows:
    """What is wrong with the billing of a story: its goods were never received (NEG_STOCK)."""
    return billing.sql(
        "select code, coalesce(shipment_id, order_id), exposure_amount, owner_role"
        f" from fct_exception where company_id = '{story}' and code <> 'NEG_STOCK' order by all"
    ).fetchall()


def test_capability_16_packed_and_picked_up_is_missed_before_any_billing_data(billing):
    assert found(billing, "SILENTLY") == [("SHIP_CONF_MISSING", "S2", 25, "warehouse")]
    assert told(billing, "SILENTLY", "shipment_id, billing_state, waits_for") == [
        ("S1", "billed", None),
        ("S2", "not_triggered", "no ship confirmation"),
    ]


def test_capability_17_18_parts_are_billed_as_they_leave_by_their_rules(billing):
    assert told(billing, "PARTS", "shipment_id, billing_rule_id, expected_qty, due_by_at") == [
        ("S1", "BR-PARTIAL", 60, datetime(2026, 3, 5, 12, tzinfo=UTC)),
        ("S2", "BR-BACKORDER", 40, datetime(2026, 3, 9, 12, tzinfo=UTC)),
    ]


def test_capability_18_who_takes_no_part_invoices_waits_and_is_told_why(billing):
    assert told(billing, "WHOLE", "shipment_id, billing_state, waits_for, due_by_at") == [
        ("S1", "not_triggered", "order not complete", None)
    ]
    assert found(billing, "WHOLE") == []


def test_capability_20_consigned_goods_are_billed_when_they_are_used(billing):
    assert told(
        billing,
        "USED",
        "trigger_kind, billing_rule_id, trigger_event_code, billing_state, expected_qty, due_by_at",
    ) == [
        ("consumption", "BR-CONSIGN", "E44", "ready", 15, datetime(2026, 3, 22, 12, tzinfo=UTC)),
        ("shipment", "BR-CONSIGN", "E43", "not_triggered", 100, None),
    ]


def test_capability_22_an_order_edited_after_shipping_is_shown_and_not_followed(billing):
    assert told(billing, "EDITED", "expected_qty, billing_state") == [(10, "billed")]
    assert found(billing, "EDITED") == [("ORDER_CHANGED_AFTER_SHIP", "S1", 10, "customer service")]


def test_capability_47_charges_that_no_invoice_carries_are_both_missed(billing):
    """D10: of S2 nothing is billed, so its freight is part of UNBILLED; S3 pays its own carrier."""
    assert found(billing, "EXTRA") == [
        ("MISSED_CHARGE", "S1", 18.5, "billing"),
        ("MISSED_CHARGE", "S1", 45, "billing"),
        ("UNBILLED", "S2", 95, "billing"),
    ]


def test_capability_100_103_106_every_condition_has_its_queue_and_the_rest_is_ready(billing):
    assert found(billing, "CHECKS") == [
        ("CREDIT_HOLD", "HELD", 50, "credit"),
        ("CUST_COMPLIANCE", "S2", 50, "customer service"),
        ("PRICE_VARIANCE", "S3", 105, "pricing"),
        ("TAX_BLOCK", "S1", 50, "tax"),
        ("UNBILLED", "S4", 50, "billing"),
        ("UNBILLED", "S5", 50, "billing"),
    ]
    assert told(billing, "CHECKS", "shipment_id, billing_state, blocked_by") == [
        ("S1", "blocked", "RC5"),
        ("S2", "blocked", "RC9"),
        ("S3", "blocked", "RC4"),
        ("S4", "ready", None),
        ("S5", "ready", None),
    ]


def test_capability_103_every_line_has_thirteen_verdicts(billing):
    assert billing.sql(
        "select min(checks), max(checks), count(*) > 30 from ("
        " select expected_billing_id, count(*) as checks from fct_readiness_check group by 1)"
    ).fetchone() == (13, 13, True)


def test_capability_119_an_override_in_force_lets_a_line_pass_and_erases_no_failure(billing):
    """One has ended and one was never approved: they change nothing."""
    assert billing.sql(
        "select lines.order_id, checks.condition_code, checks.verdict, checks.is_blocking,"
        " checks.override_approved_by from fct_readiness_check as checks"
        " inner join fct_expected_billing as lines using (expected_billing_id)"
        " where lines.company_id = 'CHECKS' and checks.verdict = 'fail'"
        " and checks.condition_code in ('RC5', 'RC9') order by all"
    ).fetchall() == [
        ("LET", "RC5", "fail", False, "controller"),
        ("NUMBER", "RC9", "fail", True, None),
        ("TAX", "RC5", "fail", True, None),
    ]
