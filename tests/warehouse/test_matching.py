"""Which invoice bills which goods: each story of matching_stories, and the published cases."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

CASES = Path(__file__).resolve().parents[2].parent / "shared" / "oracles" / "valuation.json"
Rows = list[tuple[object, ...]]


def billed(billing: duckdb.DuckDBPyConnection, story: str) -> Rows:
    """Shipment, invoice, level and quantity of every allocation."""
    return billing.sql(
        "select lines.shipment_id, matches.invoice_id, matches.match_level, matches.matched_qty"
        " from fct_billing_match as matches"
        " inner join fct_expected_billing as lines using (expected_billing_id)"
        f" where lines.company_id = '{story}' order by all"
    ).fetchall()


def waiting(billing: duckdb.DuckDBPyConnection, story: str) -> Rows:
    """Shipment and quantity of what no invoice answers."""
    return billing.sql(
        "select shipment_id, open_qty from fct_expected_billing"
        f" where company_id = '{story}' and open_qty <> 0 order by all"
    ).fetchall()


def found(billing: duckdb.DuckDBPyConnection, story: str) -> Rows:
    """What is wrong with the billing of a story; its goods were never received (NEG_STOCK)."""
    return billing.sql(
        "select code, coalesce(invoice_id, shipment_id), exposure_amount"
        f" from fct_exception where company_id = '{story}' and code <> 'NEG_STOCK' order by all"
    ).fetchall()


@pytest.fixture(scope="module")
def published() -> dict[str, str]:
    """What is expected of each published case."""
    if not CASES.is_file():
        pytest.skip(f"needs {CASES.parent.name}/{CASES.name} beside the project; it is absent")
    cases = json.loads(CASES.read_text(encoding="utf-8"))
    return {case["id"]: case["expected"] for case in cases}


def test_b16_parts_of_invoices_fall_to_shipments_to_the_cent(billing, published):
    """Told as running totals in cents, the differences are the amounts of the shipment lines."""
    assert "3.33, 10.00, 6.67 (sum 20.00); per shipment line 6.66, 3.34, 10.00" in published["B16"]
    parts = billing.sql(
        "select round(sum(actual_amount) over places, 2)"
        " - round(sum(actual_amount) over places - actual_amount, 2) from fct_expected_billing"
        " where company_id = 'B16' window places as (order by shipment_id) order by shipment_id"
    ).fetchall()
    assert [part for (part,) in parts] == [Decimal("6.66"), Decimal("3.34"), Decimal("10.00")]
    assert billed(billing, "B16") == [
        ("S1", "I1", "M2", 1),
        ("S1", "I2", "M2", 1),
        ("S2", "I2", "M2", 1),
        ("S3", "I2", "M2", 1),
        ("S3", "I3", "M2", 2),
    ]
    assert found(billing, "B16") == []


def test_b17_a_cent_between_order_and_invoices_is_nobodys_fault(billing, published):
    assert "= 19.99" in published["B17"]
    assert billing.sql(
        "select sum(expected_amount), sum(actual_amount), sum(open_qty), sum(open_amount)"
        " from fct_expected_billing where company_id = 'B17'"
    ).fetchone() == (20, Decimal("19.99"), 0, 0)
    assert found(billing, "B17") == []


def test_g07_an_invoice_before_the_delivery_is_answered_by_it(billing):
    assert billed(billing, "G07") == [("S1", "I1", "M2", 2)]
    assert found(billing, "G07") == []


def test_g08_packs_and_pieces_of_one_order_are_billed_alike(billing):
    assert billing.sql(
        "select shipment_id, expected_qty, uom, actual_qty, expected_amount, actual_amount"
        " from fct_expected_billing where company_id = 'G08' order by all"
    ).fetchall() == [("S1", 1, "PACK", 1, 90, 90), ("S2", 1, "PACK", 1, 90, 90)]
    assert found(billing, "G08") == []


def test_g10_what_came_back_unbilled_waits_for_no_invoice(billing, published):
    assert published["G10"].startswith("unbilled qty 0")
    assert waiting(billing, "G10") == []
    assert found(billing, "G10") == []


def test_g10_what_came_back_billed_waits_for_a_credit(billing, published):
    assert published["G10"].endswith("credit note due 10")
    assert waiting(billing, "G10BILLED") == []
    assert found(billing, "G10BILLED") == [("RETURN_NO_CREDIT", "S1", 50)]


def test_one_missing_invoice_of_an_order_line_leaves_its_neighbours_where_they_are(billing):
    """Billed the next business day; the goods of 9 March never were. Friday's invoice is Monday's."""
    assert billed(billing, "BYORDER") == [
        ("S1", "I1", "M2", 10),
        ("S3", "I3", "M2", 10),
        ("S4", "I4", "M2", 10),
        ("S5", "I5", "M2", 10),
    ]
    assert found(billing, "BYORDER") == [("UNBILLED", "S2", 50)]


def test_m3_one_missing_invoice_of_a_frame_order_leaves_its_neighbours_where_they_are(billing):
    assert billed(billing, "BYPO") == [
        ("S1", "I1", "M3", 10),
        ("S2", "I2", "M3", 10),
        ("S4", "I4", "M3", 10),
        ("S5", "I5", "M3", 10),
    ]
    assert found(billing, "BYPO") == [("UNBILLED", "S3", 50)]


def test_m3_an_invoice_without_a_reference_answers_goods_of_its_days_only(billing):
    """Two days before the goods and thirty after are inside; a day more on either side is not."""
    assert billed(billing, "WINDOW") == [("S1", "I1", "M3", 1), ("S3", "I3", "M3", 3)]
    assert found(billing, "WINDOW") == [
        ("BILLED_NOT_SHIPPED", "I2", 10),
        ("BILLED_NOT_SHIPPED", "I4", 20),
        ("INVOICE_WRONG_PERIOD", "I3", 15),  # the goods of February
        ("UNBILLED", "S2", 10),
        ("UNBILLED", "S4", 20),
    ]


def test_m4_a_collective_invoice_is_the_sum_of_what_left(billing):
    """The other invoice has the right sum and is another customer's."""
    assert billed(billing, "COLLECT") == [
        ("S1", "I1", "M4", 3),
        ("S2", "I1", "M4", 4),
        ("S3", "I1", "M4", 5),
    ]
    assert waiting(billing, "COLLECT") == [("S4", 6), ("S5", 7)]


def test_m4_one_delivery_may_be_billed_in_parts(billing):
    assert billed(billing, "PARTED") == [("S1", "I1", "M4", 60), ("S1", "I2", "M4", 40)]
    assert found(billing, "PARTED") == []


def test_m3_m4_an_order_or_a_shipment_without_a_line_names_its_goods(billing):
    assert billed(billing, "NAMED") == [
        ("S1", "I1", "M4", 4),
        ("S1", "I1", "M4", 6),
        ("S2", "I2", "M3", 10),
    ]
    assert found(billing, "NAMED") == []


def test_m5_what_names_another_order_or_quantity_is_suggested_and_stays_open(billing):
    assert billed(billing, "STRANGER") == []
    assert found(billing, "STRANGER") == [
        ("BILLED_NOT_SHIPPED", "I1", 25),
        ("BILLED_NOT_SHIPPED", "I2", 20),
        ("UNBILLED", "S1", 25),
        ("UNBILLED", "S2", 25),
    ]
    suggested = billing.sql(
        "select hints.invoice_id, lines.shipment_id, hints.suggestion_rank, hints.match_level,"
        " hints.score, hints.model_version, hints.inputs ->> 'qty'"
        " from fct_match_suggestion as hints"
        " inner join fct_expected_billing as lines using (expected_billing_id)"
        " where hints.company_id = 'STRANGER' order by all"
    ).fetchall()
    assert [row[:4] for row in suggested] == [
        ("I1", "S1", 1, "M5"),
        ("I1", "S2", 2, "M5"),
        ("I2", "S1", 2, "M5"),
        ("I2", "S2", 1, "M5"),
    ]
    assert all(0 < score <= 1 and version == "M5-1" for *_, score, version, _ in suggested)
    assert suggested[3][6] == "0.8000"


def test_capability_109_links_asked_with_hidden_keys_tell_the_precision_and_few_prove_nothing(
    billing,
):
    """What is asked are whole links by keys; no company of the stories has two hundred."""
    asked = billing.sql(
        "select company_id, asked_count from mart_match_precision where least_score = 0.5 order by all"
    ).fetchall()
    assert (
        asked
        == billing.sql(
            "with links as (select *, count(*) over (partition by expected_billing_id) as bills,"
            " count(*) over (partition by company_id, source_system, invoice_id, invoice_line) as goods"
            " from int_billing__match)"
            " select links.company_id, least(count(*), 500) from links inner join fct_invoice_line as lines"
            " using (company_id, source_system, invoice_id, invoice_line)"
            " where links.match_level in ('M1', 'M2') and bills = 1 and goods = 1"
            " and lines.unmatched_base_qty = 0 group by all order by all"
        ).fetchall()
    )
    told = billing.sql(
        "select sum(suggested_count), sum(right_count), bool_or(is_precise_enough)"
        " from mart_match_precision where least_score = 0.5"
    ).fetchone()
    assert told[0] > told[1] > 0, "some suggestions are right without keys, and some are not"
    assert told[2] is False, "nothing may be taken over unseen"


def test_no_suggestion_stands_among_the_matches(billing):
    assert billing.sql(
        "select count(*) from fct_billing_match where match_level not in ('M1', 'M2', 'M3', 'M4')"
    ).fetchone() == (0,)


def test_unmatched_invoice_lines_stay_in_sight(billing):
    assert billing.sql(
        "select invoice_id, matched_base_qty, unmatched_base_qty, match_level"
        " from fct_invoice_line where company_id = 'WINDOW' order by all"
    ).fetchall() == [
        ("I1", 1, 0, "M3"),
        ("I2", 0, 2, None),
        ("I3", 3, 0, "M3"),
        ("I4", 0, 4, None),
    ]


def test_ruling_d4_the_same_again_without_a_shipment_is_a_duplicate(billing):
    """P1 twice; P2 differs by a cent, an empty number equals nothing, P4 is 31 days apart."""
    assert found(billing, "TWINS") == [
        ("BILLED_NOT_SHIPPED", "I4", Decimal("30.01")),
        ("BILLED_NOT_SHIPPED", "I6", 35),
        ("BILLED_NOT_SHIPPED", "I8", 40),
        ("DUP_INVOICE", "I2", 25),
    ]


def test_of_an_invoice_credited_and_written_again_the_new_one_counts(billing):
    """S1: price mended. S2: the double was credited. S3, S4: an allowance takes nothing back."""
    assert billed(billing, "CREDITED") == [
        ("S1", "I1A", "M1", 10),
        ("S2", "I2", "M1", 10),
        ("S3", "I3", "M1", 10),
        ("S4", "I4", "M1", 10),
    ]
    assert found(billing, "CREDITED") == [("DUP_INVOICE", "I4A", 50)]


def test_kits_are_billed_as_their_parent_whether_the_warehouse_says_so_or_not(billing):
    assert billed(billing, "BUNDLE")[:2] == [("S1", "I1", "M2", 3), ("S2", "I2", "M3", 1)]


def test_kits_may_be_billed_by_their_parts_whether_parts_or_kits_left(billing):
    """Of 3 kits of 30.00 the parts for 60.00 stand for 2; S4 is billed at 28.00 a kit."""
    assert billed(billing, "BUNDLE")[2:] == [
        ("S3", "I3", "M2", 1),
        ("S3", "I3", "M2", 2),
        ("S4", "I4", "M2", Decimal("0.571429")),
        ("S4", "I4", "M2", Decimal("1.428571")),
    ]
    assert waiting(billing, "BUNDLE") == []
    assert {code for code, *_ in found(billing, "BUNDLE")} == {"UNDER_PRICED"}
    assert sum(amount for *_, amount in found(billing, "BUNDLE")) == 4


def test_capability_7_every_shipped_line_has_one_outcome(billing):
    assert billing.sql(
        "select billing_state, waits_for, count(*), count(distinct shipment_id)"
        " from fct_expected_billing where company_id = 'THOUSAND' group by all order by all"
    ).fetchall() == [("billed", None, 990, 990), ("ready", None, 10, 10)]
    assert len(found(billing, "THOUSAND")) == 10
    assert billing.sql(
        "select count(*) filter (where creation_mode = 'manual'), count(*)"
        " from fct_invoice_line where company_id = 'THOUSAND'"
    ).fetchone() == (99, 990)


def test_capability_19_a_standing_order_is_billed_as_delivered(billing):
    assert billing.sql(
        "select billing_rule_id, expected_qty, billing_state from fct_expected_billing"
        " where company_id = 'STANDING'"
    ).fetchall() == [("BR-DELIV", 48, "ready")]
    assert ("POD_SHORT", "S1", 4) in found(billing, "STANDING")


def test_capability_44_what_nobody_billed_in_time_is_listed_with_its_value(billing):
    """Twelve lines, two of them inside their grace."""
    assert billing.sql(
        "select count(*), sum(open_amount), min(shipment_id), max(shipment_id)"
        " from mart_unbilled where company_id = 'TWELVE'"
    ).fetchone() == (10, 100, "S10", "S19")
    assert {code for code, *_ in found(billing, "TWELVE")} == {"UNBILLED"}
    assert len(found(billing, "TWELVE")) == 10


def test_capability_45_billed_below_the_contract_names_the_price_that_holds(billing):
    assert billing.sql(
        "select found.code, found.exposure_amount, lines.price_id, lines.expected_unit_price"
        " from fct_exception as found inner join fct_expected_billing as lines"
        " using (company_id, order_id, order_line)"
        " where found.company_id = 'PRICED' and found.code <> 'NEG_STOCK'"
    ).fetchall() == [("UNDER_PRICED", 30, "CONTRACT", Decimal("9.8"))]


def test_capability_46_ordered_ten_shipped_eight_billed_ten(billing):
    """The whole invoice may be disputed, not the surplus alone."""
    exceptions = billing.sql(
        "select code, exposure_amount, evidence ->> 'surplus_qty', evidence ->> 'invoice_amount'"
        " from fct_exception where company_id = 'EIGHTTEN' and code = 'QTY_OVER_BILLED'"
    ).fetchall()
    assert exceptions == [("QTY_OVER_BILLED", 10, "2.000000", "57.0000")]


def test_no_allocation_gives_away_more_than_either_side_has(billing):
    assert billing.sql(
        "select company_id, invoice_id from fct_invoice_line where unmatched_base_qty < 0"
        " union all select company_id, expected_billing_id from fct_expected_billing"
        " where actual_qty > expected_qty"
    ).fetchall() == []  # fmt: skip
