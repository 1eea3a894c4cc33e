"""Each kind of expectation seen firing, and seen holding just inside, by Great Expectations itself."""

from datetime import UTC, datetime
from decimal import Decimal

import polars as pl
import pytest

from expectations.runner import validate_batches
from models.contracts import CONTRACTS
from models.render.frames import sample_frame

pytestmark = pytest.mark.xdist_group("great_expectations")  # one import of it, not one per worker


def shipments(rows_by_month: list[int], **columns: object) -> pl.DataFrame:
    """Shipments of consecutive months; a column given as a list is dealt out over the rows."""
    total = sum(rows_by_month)
    frame = sample_frame(CONTRACTS["wms_shipment"], total, shipment_type="sale", status="shipped")
    months = [
        datetime(2025, month, 5, tzinfo=UTC)
        for month, count in enumerate(rows_by_month, start=1)
        for _ in range(count)
    ]
    return frame.with_columns(
        pl.Series("ship_confirm_at", months, pl.Datetime("us", "UTC")),
        *(pl.Series(name, values) for name, values in columns.items()),
    )


def broken(batches: dict[str, pl.DataFrame], tmp_path) -> set[str]:
    verdicts = validate_batches(batches, docs_dir=tmp_path)
    return {f"{v.feed}: {v.expectation}" for v in verdicts if not v.success}


def receipts(rows: int, **columns: object) -> pl.DataFrame:
    at = datetime(2025, 3, 5, tzinfo=UTC)
    frame = sample_frame(
        CONTRACTS["wms_receipt_line"], rows, receipt_type="po", received_at=at, putaway_at=at
    )
    return frame.with_columns(*(pl.Series(name, value) for name, value in columns.items()))


def test_expectations_hold_just_inside_and_fire_just_outside(tmp_path):
    inside = {
        "wms_shipment": shipments(
            [50, 100, 400, 50], status=["cancelled"] * 50 + ["shipped"] * 550
        ).with_columns(
            status=pl.when(pl.int_range(600).is_between(50, 64))
            .then(pl.lit("cancelled"))
            .otherwise(pl.lit("shipped"))
        ),
        "wms_receipt_line": receipts(
            100,
            qty_received=[Decimal(1_000_000)] * 100,
            putaway_at=[datetime(2025, 3, 4, tzinfo=UTC)] * 2
            + [datetime(2025, 3, 5, tzinfo=UTC)] * 98,
        ).with_columns(pl.col("qty_received").cast(pl.Decimal(18, 6))),
        "wms_stock_movement": sample_frame(CONTRACTS["wms_stock_movement"], 4).with_columns(
            movement_type=pl.Series(["receipt", "ship", "pick", "pack"])
        ),
    }
    assert broken(inside, tmp_path) == set()
    outside = {
        "wms_shipment": shipments([50, 100, 401, 50]).with_columns(
            status=pl.when(pl.int_range(601).is_between(50, 65))
            .then(pl.lit("cancelled"))
            .otherwise(pl.lit("teleported"))
        ),
        "wms_receipt_line": receipts(
            100,
            qty_received=[Decimal(1_000_001)] * 100,
            receipt_id=[None] * 1 + ["R"] * 99,
            putaway_at=[datetime(2025, 3, 4, tzinfo=UTC)] * 3
            + [datetime(2025, 3, 5, tzinfo=UTC)] * 97,
        ).with_columns(pl.col("qty_received").cast(pl.Decimal(18, 6))),
        "wms_stock_movement": sample_frame(CONTRACTS["wms_stock_movement"], 4).with_columns(
            movement_type=pl.Series(["receipt", "receipt", "pick", "pack"])
        ),
    }
    assert broken(outside, tmp_path) == {
        "wms_shipment: status is one of draft, planned, packed, shipped, delivered, cancelled",
        "wms_shipment: rows per month of ship_confirm_at are 0.25 to 4 times the months before",
        "wms_shipment: 0 to 15 % of a month's rows have status cancelled",
        "wms_receipt_line: receipt_id is given",
        "wms_receipt_line: qty_received lies between -1,000,000 and 1,000,000",
        "wms_receipt_line: putaway_at is not before received_at in 98.0% of the rows",
        "wms_stock_movement: movement_type holds receipt, ship at least once",
    }


def test_a_message_says_what_came_why_it_matters_and_what_to_do(tmp_path):
    at = datetime(2025, 3, 5, tzinfo=UTC)
    frame = sample_frame(CONTRACTS["wms_count_line"], 3, count_at=at).with_columns(
        counted_qty=pl.Series([Decimal(-2), Decimal(4), Decimal(5)]).cast(pl.Decimal(18, 6))
    )
    verdicts = validate_batches({"wms_count_line": frame}, docs_dir=tmp_path)
    (verdict,) = [verdict for verdict in verdicts if not verdict.success]
    assert verdict.message == (
        "wms_count_line: 'counted_qty lies between 0 and 1,000,000' is broken: 1 of 3 rows differ, "
        "such as -2 (nobody counts less than nothing). "
        "Next: look at the batch in the data docs, then ask the sender."
    )
    assert (verdict.severity, verdict.origin) == ("warning", "written")
    assert (tmp_path / "wms_count_line.html").is_file()


def test_a_month_that_differs_is_named(tmp_path):
    verdicts = validate_batches({"wms_shipment": shipments([50, 100, 450, 50])}, docs_dir=tmp_path)
    (verdict,) = [verdict for verdict in verdicts if not verdict.success]
    assert "1 of 2 months differ, such as 2025-03: 4.5 (a half delivered" in verdict.message


def test_a_column_that_a_source_never_fills_is_not_judged(tmp_path):
    frame = shipments([50, 50, 50]).with_columns(
        pl.lit(None, pl.Datetime("us", "UTC")).alias("ship_confirm_at")
    )
    verdicts = validate_batches({"wms_shipment": frame}, docs_dir=tmp_path)
    assert not any("month" in verdict.expectation for verdict in verdicts)
    assert all(verdict.success for verdict in verdicts)


def test_feeds_without_a_suite_and_empty_batches_are_passed_over(tmp_path):
    empty = sample_frame(CONTRACTS["wms_shipment"], 1).clear()
    batches = {"wms_shipment": empty, "master_bom": sample_frame(CONTRACTS["master_bom"], 1)}
    assert validate_batches(batches, docs_dir=tmp_path / "docs") == []
    assert not (tmp_path / "docs").exists()
