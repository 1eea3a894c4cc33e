"""How feeds keep what was agreed, and what follows when they do not."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from tests.warehouse import feed_stories
from tests.warehouse.small_warehouse import prepare


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory, built):
    home = tmp_path_factory.mktemp("feeds")
    database = prepare(home, feed_stories.tables(), ingested=feed_stories.ingested())
    with built(database, "fct_exception", "mart_feed_scoreboard", "fct_feed_delivery") as tables:
        yield tables


def found(warehouse, company, *codes):
    """Code, evidence, exposure and root of what was found, by first event."""
    listed = warehouse.sql(
        "select code, evidence, exposure_amount, root_exception_id, exception_id, owner_role,"
        " item_id, count_id, transfer_id from fct_exception"
        f" where company_id = '{company}' order by first_event_at, code, business_key"
    )
    names = listed.columns
    told = [dict(zip(names, row, strict=True)) for row in listed.fetchall()]
    return [
        {**row, "evidence": json.loads(row["evidence"])} for row in told if row["code"] in codes
    ]


def test_capability_57_a_delivery_at_95_minutes_breaks_a_contract_of_60(warehouse):
    (late,) = found(warehouse, "LATE", "FEED_LATE")
    said = late["evidence"]
    assert late["owner_role"] == "IT / vendor"
    assert (said["feed"], said["file"], said["owner"]) == (
        "wms_shipment",
        "ships.csv",
        "carrier desk",
    )
    assert (said["late_minutes"], said["agreed_minutes"]) == ("35", "60")


def test_capability_69_a_late_delivery_in_an_agreed_pause_counts_as_on_time(warehouse):
    score = warehouse.sql(
        "select deliveries, deliveries_due, deliveries_on_time, deliveries_late, on_time_pct"
        " from mart_feed_scoreboard where company_id = 'SCORED' and feed = 'billing_invoice'"
    ).fetchone()
    assert score == (20, 20, 19, 1, Decimal("95.0000"))
    late = found(warehouse, "SCORED", "FEED_LATE")
    files = [problem["evidence"]["file"] for problem in late]
    assert files == ["day05.csv", None], "the late one, and the one that is waited for since"


def test_capability_117_twice_the_agreed_time_is_told_to_the_council(warehouse):
    (silent,) = found(warehouse, "SILENT", "FEED_LATE")
    assert silent["evidence"]["file"] is None
    assert silent["evidence"]["escalate_to"] == "owner and council"
    (late,) = found(warehouse, "LATE", "FEED_LATE")
    assert late["evidence"]["escalate_to"] == "owner"


def test_a_feed_that_agreed_on_nothing_is_never_late(warehouse):
    assert found(warehouse, "FREE", "FEED_LATE") == []
    score = warehouse.sql(
        "select deliveries_due, on_time_pct from mart_feed_scoreboard where company_id = 'FREE'"
    ).fetchone()
    assert score == (0, None)


def test_capability_99_what_a_lost_file_would_have_told_hangs_under_it(warehouse):
    (root,) = found(warehouse, "LOST", "FEED_GAP")
    stuck = found(warehouse, "LOST", "XFER_STUCK")
    under = [problem for problem in stuck if problem["root_exception_id"] == root["exception_id"]]
    assert root["evidence"]["file"] == "second.csv"
    assert [problem["transfer_id"] for problem in under] == ["T1", "T2", "T3"]
    assert [problem["exposure_amount"] for problem in under] == [0, 0, 0]
    assert root["exposure_amount"] == 70, "35 pieces at 2.00"
    (alone,) = [problem for problem in stuck if problem not in under]
    assert (alone["transfer_id"], alone["root_exception_id"], alone["exposure_amount"]) == (
        "T4", None, 2,
    )  # fmt: skip


def test_capability_5_two_spellings_and_two_units_of_an_item_are_shown_and_never_taken(warehouse):
    spelled, *attributes = found(warehouse, "TWINS", "XREF_MISMATCH")
    assert attributes == []
    assert (spelled["count_id"], spelled["item_id"]) == ("C1", "AB01")
    assert (spelled["evidence"]["code"], spelled["evidence"]["rows"]) == ("AB-01", "2")
    said = {
        (problem["item_id"], problem["count_id"]): problem["evidence"]
        for problem in found(warehouse, "TWINS", "UOM_CONFLICT")
    }
    assert said["AB01", None]["one_value"] == "EA" and said["AB01", None]["other_value"] == "CS"
    assert said["AB01", "C3"]["uom"] == "BX"
    assert said["PACKED", None]["other_ratio"] == "12 EA = 1 CS"
    assert len(said) == 3


def test_capability_71_a_pack_size_rewritten_without_approval_is_told_and_both_are_kept(warehouse):
    (alert,) = found(warehouse, "RESIZED", "UOM_CONFLICT")
    assert alert["item_id"] == "CASED"
    assert alert["evidence"]["ratio_before"] == "12 EA = 1 CS"
    assert alert["evidence"]["ratio_after"] == "10 EA = 1 CS"
    kept = warehouse.sql(
        "select numerator from stg_master__uom_version where item_id = 'CASED' order by 1"
    ).fetchall()
    assert kept == [(10,), (12,)]
