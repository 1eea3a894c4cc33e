"""Measures of mart_kpi: published cases of kpi_stories, and each figure asked again."""

from __future__ import annotations

import duckdb

Rows = list[tuple[object, ...]]


def figure(billing: duckdb.DuckDBPyConnection, story: str, kpi: str) -> tuple[object, ...]:
    """Numerator, denominator, value and rows of a measure for the whole company in March."""
    (row,) = billing.sql(
        "select numerator, denominator, value, row_count from mart_kpi"
        f" where company_id = '{story}' and kpi_code = '{kpi}' and dimension = 'company'"
        " and period_start_date = '2026-03-01'"
    ).fetchall()
    return row


def test_capability_1_median_and_share_of_four_lines(billing):
    """2, 10, 30 and 120 hours: the middle lies between 10 and 30; nine of ten end with the last."""
    assert figure(billing, "CYCLE", "invoice_cycle_hours_median")[2:] == (20, 4)
    assert figure(billing, "CYCLE", "invoice_cycle_hours_p90")[2] == 120
    assert figure(billing, "CYCLE", "invoiced_within_24_hours") == (2, 4, 50, 4)
    assert billing.sql(
        "select shipment_id, calendar_hours from fct_billing_delay where company_id = 'CYCLE'"
        " order by calendar_hours"
    ).fetchall() == [("L2", 2), ("L10", 10), ("L30", 30), ("L120", 120)]


def test_capability_1_a_late_confirmation_explains_the_delay_of_its_line(billing):
    """Tuesday 10:00 to Monday 09:00."""
    assert billing.sql(
        "select shipment_id, calendar_hours, business_hours, is_late, delay_cause"
        " from fct_billing_delay where company_id = 'LATE' order by shipment_id"
    ).fetchall() == [
        ("SAID", 143, 95, True, "SHIP_CONF_MISSING"),
        ("TOLD", 143, 95, True, "BILLING_QUEUE"),
        ("UNSAID", 143, 95, True, "SHIP_CONF_MISSING"),
    ]
    assert figure(billing, "LATE", "invoiced_within_24_business_hours") == (0, 3, 0, 3)
    assert billing.sql(
        "select dimension_value, value, row_count from mart_kpi where company_id = 'LATE'"
        " and kpi_code = 'invoice_cycle_business_hours_median' and dimension = 'cause'"
        " order by dimension_value"
    ).fetchall() == [("BILLING_QUEUE", 95, 1), ("SHIP_CONF_MISSING", 95, 2)]


def test_capability_8_eight_of_two_hundred_invoices_are_wrong(billing):
    assert figure(billing, "RIGHT", "invoice_error") == (8, 200, 4, 200)
    assert billing.sql(
        "select error_reason, count(*) from fct_invoice where company_id = 'RIGHT'"
        " group by error_reason order by error_reason"
    ).fetchall() == [("credited", 6), ("dispute granted", 2), (None, 198)]
    # of 2, 4 and 9 days
    assert figure(billing, "RIGHT", "dispute_days_median")[2:] == (4, 3)


def test_capability_7_the_share_of_invoices_made_by_hand(billing):
    assert figure(billing, "THOUSAND", "manual_invoice") == (99, 990, 10, 990)


def test_a_measure_without_data_says_what_it_needs_and_is_not_zero(billing):
    assert billing.sql(
        "select numerator, value, null_reason from mart_kpi"
        " where company_id = 'CYCLE' and kpi_code = 'dispute_days_median'"
    ).fetchall() == [(None, None, "not available: needs billing_dispute")]


def test_every_figure_can_be_asked_again_by_the_question_beside_it(billing):
    asked = billing.sql(
        "select query, numerator, denominator from mart_kpi where numerator is not null"
    ).fetchall()
    tables = {row[0] for row in billing.sql("show tables").fetchall()}
    known = [row for row in asked if row[0].split(" from ")[-1].split()[0] in tables]
    assert len(known) > 100
    assert [row for row in known if billing.sql(row[0]).fetchone() != row[1:]] == []


def test_a_value_that_is_not_known_says_so(billing):
    assert billing.sql(
        "select numerator, denominator, value, null_reason from mart_kpi"
        " where company_id = 'UNPRICED' and kpi_code = 'unbilled' and dimension = 'company'"
    ).fetchall() == [(0, None, None, "not known: value that became billable")]
