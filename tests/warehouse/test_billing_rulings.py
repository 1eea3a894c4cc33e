"""Shipped against billed: each story of billing_stories told to its end, ruling by ruling."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import duckdb

from tests.warehouse.billing_stories import STORIES

Rows = list[tuple[object, ...]]


def lines(billing: duckdb.DuckDBPyConnection, story: str, columns: str) -> Rows:
    return billing.sql(
        f"select {columns} from fct_expected_billing where company_id = '{story}'"
        " order by shipment_id, shipment_line"
    ).fetchall()


def found(billing: duckdb.DuckDBPyConnection, story: str) -> Rows:
    """What is wrong with the billing of a story; its goods were never received and its transfer
    never arrives, which is told as NEG_STOCK and XFER_STUCK and is no matter of billing."""
    return billing.sql(
        "select code, coalesce(invoice_id, shipment_id), exposure_amount from fct_exception"
        f" where company_id = '{story}' and code not in ('NEG_STOCK', 'XFER_STUCK')"
        " order by all"
    ).fetchall()


def test_a22_d12_due_and_grace_run_in_business_time(billing):
    assert lines(billing, "CLOCK", "shipment_id, due_by_at, grace_until_at, is_overdue") == [
        (
            "FRIDAY",
            datetime(2026, 3, 9, 12, tzinfo=UTC),
            datetime(2026, 3, 10, 12, tzinfo=UTC),
            True,
        ),
        (
            "INGRACE",
            datetime(2026, 3, 30, 12, tzinfo=UTC),
            datetime(2026, 3, 31, 12, tzinfo=UTC),
            False,
        ),
        (
            "JUSTDUE",
            datetime(2026, 3, 30, 11, 59, 59, tzinfo=UTC),
            datetime(2026, 3, 31, 11, 59, 59, tzinfo=UTC),
            True,
        ),
    ]
    assert found(billing, "CLOCK") == [("UNBILLED", "FRIDAY", 50), ("UNBILLED", "JUSTDUE", 50)]


def test_a21_without_an_invoice_feed_nothing_is_called_unbilled(billing):
    assert lines(billing, "SILENT", "billing_state, open_qty") == [("unknown_waiting_for_data", 5)]
    assert found(billing, "SILENT") == []


def test_a7_a_reversed_shipment_owes_nothing(billing):
    assert lines(billing, "BACK", "shipment_id, billing_state, expected_qty, actual_qty") == [
        ("S1", "billed", 5, 5),
        ("S2", "suppressed", 0, 0),
        ("S3", "suppressed", 0, 0),
    ]
    assert found(billing, "BACK") == []


def test_d0_billing_ahead_that_policy_allows_is_no_finding_within_its_time(billing):
    assert found(billing, "AHEAD") == [
        ("BILLED_NOT_SHIPPED", "I2", 25),
        ("BILLED_NOT_SHIPPED", "I3", 25),
    ]


def test_d1_the_price_is_that_of_the_day_the_order_was_confirmed(billing):
    assert lines(billing, "PRICES", "order_id, price_source, expected_unit_price") == [
        ("LIST", "list", 10),
        ("CONTRACT", "contract", 4),
        ("CHANGED", "contract", 5),
        ("UNLISTED", "order_price", 7),
    ]


def test_d6_a_price_off_by_more_than_the_tolerance_is_under_or_over(billing):
    # 7.01 against 7.00 is one cent: inside the larger of 0.5 per cent and one cent
    assert found(billing, "PRICES") == [("UNDER_PRICED", "I1", 2)]


def test_d2_d3_d20_one_finding_per_problem(billing):
    assert found(billing, "TWICE") == [("DUP_INVOICE", "I2", 25)]
    assert found(billing, "LARGE") == [
        ("QTY_OVER_BILLED", "I1", 15),
        ("QTY_SHORT_BILLED", "I1", 10),
    ]


def test_c6_a_cancelled_and_renewed_invoice_bills_once(billing):
    assert lines(billing, "AGAIN", "billing_state, actual_qty, actual_amount") == [
        ("billed", 5, 25)
    ]
    assert found(billing, "AGAIN") == []
    assert billing.sql(
        "select sum(actual_amount), count(*) from fct_invoice_line where company_id = 'AGAIN'"
    ).fetchone() == (25, 3)


def test_c6_an_invoice_credited_in_full_and_billed_anew_bills_once(billing):
    assert lines(billing, "REBILL", "billing_state, actual_qty, actual_amount") == [
        ("billed", 5, 25)
    ]
    assert found(billing, "REBILL") == []


def test_d13_a_weekly_customer_is_due_on_the_invoice_day_if_that_is_later(billing):
    assert lines(billing, "WEEKLY", "shipment_id, due_by_at, is_overdue") == [
        ("MONDAY", datetime(2026, 3, 28, tzinfo=UTC), True),
        ("ONFRIDAY", datetime(2026, 3, 30, 12, tzinfo=UTC), False),
    ]


def test_d14_a_delivery_rule_bills_what_was_accepted_and_waits_for_it(billing):
    assert lines(
        billing, "POD", "shipment_id, billing_rule_id, billing_state, expected_qty, actual_qty"
    ) == [
        ("ROAD", "BR-DELIV", "not_triggered", 5, 0),
        ("THERE", "BR-DELIV", "billed", 4, 4),
    ]
    # no promise is known, so two days after the goods left somebody should have signed
    assert found(billing, "POD") == [("POD_MISSING", "ROAD", 25), ("POD_SHORT", "THERE", 5)]


def test_d15_quantities_are_in_the_unit_of_the_order_and_kits_are_their_parent(billing):
    assert lines(billing, "UNITS", "expected_qty, uom, actual_qty, expected_amount") == [
        (24, "EA", 24, 120)
    ]
    assert lines(billing, "KIT", "shipment_line, item_id, expected_qty, actual_qty") == [
        ("1", "BOX", 3, 3)
    ]
    assert found(billing, "UNITS") == found(billing, "KIT") == []


def test_d21_any_one_sign_of_a_gift_suppresses(billing):
    assert lines(
        billing, "GIFTS", "shipment_id, billing_state, suppressed_reason, expected_qty"
    ) == [
        ("BYLINE", "suppressed", "no_charge_flag", 0),
        ("BYORDER", "suppressed", "sample", 0),
        ("BYSHIPMENT", "suppressed", "sample", 0),
        ("MOVED", "suppressed", "transfer", 0),
    ]
    assert found(billing, "GIFTS") == []


def test_a_document_rate_is_no_price_difference(billing):
    assert found(billing, "EURO") == []
    assert billing.sql(
        "select actual_amount, currency, actual_amount_doc, currency_doc from fct_invoice_line"
        " where company_id = 'EURO'"
    ).fetchone() == (60, "USD", 50, "EUR")
    assert lines(billing, "EURO", "expected_amount, expected_amount_doc") == [
        (Decimal("55.0000"), Decimal("50.0000"))
    ]


def test_drafts_and_plans_take_no_part(billing):
    assert billing.sql(
        "select count(*) from fct_invoice_line where invoice_id = 'DRAFT'"
    ).fetchone() == (0,)
    assert billing.sql(
        "select count(*) from fct_expected_billing where shipment_id = 'PLANNED'"
    ).fetchone() == (0,)


def test_only_overdue_lines_stand_in_the_list_of_the_unbilled(billing):
    assert billing.sql(
        "select company_id, shipment_id, open_qty, open_amount, cause from mart_unbilled"
        f" where company_id in {tuple(STORIES)} order by all"
    ).fetchall() == [
        ("CLOCK", "FRIDAY", 10, 50, "whole order not billed"),
        ("CLOCK", "JUSTDUE", 10, 50, "whole order not billed"),
        ("LARGE", "S2", 2, 10, "part of the quantity not billed"),
        ("WEEKLY", "MONDAY", 5, 25, "whole order not billed"),
    ]
