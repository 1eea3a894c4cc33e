"""What a site may send and seldom does, told by odd_stories: nothing breaks, and nothing is invented."""

from __future__ import annotations

from datetime import UTC, datetime

import duckdb

Rows = list[tuple[object, ...]]


def told(billing: duckdb.DuckDBPyConnection, story: str, columns: str) -> Rows:
    return billing.sql(
        f"select {columns} from fct_expected_billing where company_id = '{story}' order by all"
    ).fetchall()


def found(billing: duckdb.DuckDBPyConnection, story: str) -> Rows:
    """What is wrong; the goods of the stories were never received (NEG_STOCK)."""
    return billing.sql(
        f"select code, exposure_amount from fct_exception where company_id = '{story}'"
        " and code <> 'NEG_STOCK' order by all"
    ).fetchall()


def test_without_any_price_quantities_are_compared_and_prices_are_not(billing):
    assert told(billing, "UNPRICED", "billing_state, actual_qty, match_level") == [
        ("billed", 10, "M4")
    ]
    assert found(billing, "UNPRICED") == []


def test_an_invoice_of_a_site_that_sends_no_shipments_is_not_billed_without_goods(billing):
    assert found(billing, "ALONE") == []


def test_a_credit_for_a_return_that_names_no_invoice_wants_its_return(billing):
    assert found(billing, "ORPHAN") == [("CREDIT_NO_RETURN", 25)]


def test_an_invoice_in_a_currency_without_a_rate_bills_its_goods_and_has_no_amount(billing):
    assert told(billing, "MIXED", "billing_state, actual_qty") == [("billed", 10)]
    assert billing.sql(
        "select actual_amount_doc, actual_amount from fct_invoice_line where company_id = 'MIXED'"
    ).fetchall() == [(40, None)]


def test_a_line_of_no_pieces_owes_nothing(billing):
    assert told(billing, "NOTHING", "billing_state, suppressed_reason, open_qty") == [
        ("suppressed", "nothing_left", 0)
    ]
    assert "UNBILLED" not in {code for code, _ in found(billing, "NOTHING")}


def test_a_discount_on_a_line_of_its_own_is_part_of_the_price(billing):
    assert found(billing, "REBATE") == []


def test_a_negative_amount_on_an_ordinary_invoice_is_a_finding_and_no_crash(billing):
    assert "SIGN_ODD" in {code for code, _ in found(billing, "NEGATIVE")}


def test_one_invoice_for_three_months_bills_each_and_is_late_for_the_first_two(billing):
    assert told(billing, "MONTHS", "shipment_id, billing_state, actual_qty") == [
        ("S1", "billed", 10),
        ("S2", "billed", 10),
        ("S3", "billed", 10),
    ]
    assert {code for code, _ in found(billing, "MONTHS")} == {"INVOICE_WRONG_PERIOD"}


def test_a_return_booked_before_its_goods_left_still_wants_its_credit(billing):
    assert told(billing, "EARLYBACK", "billing_state, actual_qty") == [("billed", 10)]
    assert found(billing, "EARLYBACK") == [("RETURN_NO_CREDIT", 50)]


def test_a_price_with_tax_in_it_is_compared_without(billing):
    assert found(billing, "INCLUSIVE") == []


def test_a_rule_holds_for_what_left_while_it_was_in_force(billing):
    assert told(billing, "TWORULES", "shipment_id, billing_rule_id, billing_state, trigger_at") == [
        ("S1", "BR-OLD", "billed", datetime(2026, 3, 6, 12, tzinfo=UTC)),
        ("S2", "BR-NEW", "ready", datetime(2026, 3, 16, 12, tzinfo=UTC)),
    ]


def test_one_invoice_does_not_bill_its_second_order_out_of_its_surplus(billing):
    """Ten on the line of the first order of five: five too many there, five open at the second."""
    assert told(billing, "OWNLINE", "order_id, actual_qty, open_qty") == [
        ("O1", 5, 0),
        ("O2", 0, 5),
    ]
    assert found(billing, "OWNLINE") == [("QTY_OVER_BILLED", 25), ("UNBILLED", 25)]
