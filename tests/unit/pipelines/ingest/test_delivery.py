"""Files with canonical names: loaded once, versions kept, repeats counted."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from models.contracts import CONTRACTS
from tests.small_site import (
    LINES,
    LINES_HEAD,
    SHIPMENT_HEAD,
    SHIPMENTS,
    SmallSite,
    counts,
    lines,
    only,
)


def test_rows_arrive_typed_with_file_row_and_hash(site: SmallSite) -> None:
    site.put_table("wms_shipment_line", LINES)
    report = site.run()
    assert counts(only(report)) == {"read": 3, "accepted": 3}
    rows = site.rows("wms_shipment_line")
    assert rows["qty_shipped"].to_list() == [Decimal(5), Decimal("2.5"), Decimal(1)]
    assert rows["_row_number"].to_list() == [2, 3, 4]
    assert rows["_source_file"].unique().to_list() == [
        "wms_shipment_line__wms__ACME__20260331T180000.csv"
    ]
    assert rows["_delivered_at"].unique().to_list() == [datetime(2026, 3, 31, 18, tzinfo=UTC)]
    assert rows["_row_hash"].n_unique() == 3
    names = [field.name for field in CONTRACTS["wms_shipment_line"].fields()]
    assert rows.columns[: len(names)] == names
    assert rows.select("source_system", "company_id").unique().rows() == [("wms", "ACME")]


def test_a_second_run_does_nothing(site: SmallSite) -> None:
    site.put_table("wms_shipment", SHIPMENTS)
    site.put_table("wms_shipment_line", LINES)
    site.run()
    before = {path: path.stat().st_mtime_ns for path in site.lake.rglob("*.parquet")}
    again = site.run(clock=datetime(2026, 5, 1, tzinfo=UTC))
    assert (again.deliveries, again.new_batch_ids, again.unchanged) == ((), (), 2)
    assert {path: path.stat().st_mtime_ns for path in site.lake.rglob("*.parquet")} == before


def test_the_same_bytes_under_another_name_load_once(site: SmallSite) -> None:
    site.put_table("wms_shipment", SHIPMENTS)
    site.run()
    site.put_table("wms_shipment", SHIPMENTS, stamp="20260401T050000")
    report = site.run()
    assert only(report).status == "repeated"
    assert counts(only(report)) == {"read": 2, "repeated": 2}
    assert "the same bytes as wms_shipment__wms__ACME__20260331T180000.csv" in only(report).message
    assert len(site.rows("wms_shipment")) == 2
    assert site.run().deliveries == ()


def test_the_same_bytes_in_one_run_load_once(site: SmallSite) -> None:
    site.put_table("wms_shipment", SHIPMENTS)
    site.put_table("wms_shipment", SHIPMENTS, stamp="20260401T050000")
    report = site.run()
    assert [(d.status, counts(d)) for d in report.deliveries] == [
        ("loaded", {"read": 2, "accepted": 2}),
        ("repeated", {"read": 2, "repeated": 2}),
    ]


def test_the_same_bytes_of_two_companies_are_two_deliveries(site: SmallSite) -> None:
    site.put_table("wms_shipment", SHIPMENTS, company="ACME")
    site.put_table("wms_shipment", SHIPMENTS, company="BETA")
    assert [d.status for d in site.run().deliveries] == ["loaded", "loaded"]
    assert sorted(set(site.column("wms_shipment", "company_id"))) == ["ACME", "BETA"]


def test_a_changed_row_is_a_new_version_and_an_unchanged_one_a_repeat(site: SmallSite) -> None:
    site.put_table("wms_shipment_line", LINES)
    site.run()
    site.put_table(
        "wms_shipment_line", LINES.replace("S1,1,SKU-1,5", "S1,1,SKU-1,6"), stamp="20260401T180000"
    )
    report = site.run()
    assert counts(only(report)) == {"read": 3, "accepted": 1, "repeated": 2}
    first = site.rows("wms_shipment_line").filter(shipment_id="S1", shipment_line="1")
    assert first["qty_shipped"].to_list() == [Decimal(5), Decimal(6)]


def test_going_back_to_an_old_value_is_a_third_version(site: SmallSite) -> None:
    """The rest of the file differs, so that it is not the first file delivered again."""
    for day, qty in ((1, 5), (2, 6), (3, 5)):
        text = f"{LINES_HEAD}\nS1,1,SKU-1,{qty},EA\nS{day + 1},1,SKU-1,1,EA"
        site.put_table("wms_shipment_line", text, stamp=f"2026040{day}T180000")
    site.run()
    versions = site.rows("wms_shipment_line").filter(shipment_id="S1")["qty_shipped"].to_list()
    assert versions == [Decimal(5), Decimal(6), Decimal(5)]


def test_a_row_repeated_within_a_file_is_counted_once(site: SmallSite) -> None:
    site.put_table(
        "wms_shipment_line", f"{LINES_HEAD}\nS1,1,SKU-1,5,EA\nS1,1,SKU-1,5,EA\nS1,1,SKU-1,6,EA"
    )
    assert counts(only(site.run())) == {"read": 3, "accepted": 2, "repeated": 1}


def test_versions_dated_by_the_source_repeat_whatever_came_between(site: SmallSite) -> None:
    head = f"{LINES_HEAD},source_updated_at"
    old, new = "S1,1,SKU-1,5,EA,2026-03-01T00:00:00Z", "S1,1,SKU-1,6,EA,2026-03-02T00:00:00Z"
    site.put_table("wms_shipment_line", f"{head}\n{old}", stamp="20260401T000000")
    site.put_table("wms_shipment_line", f"{head}\n{new}", stamp="20260402T000000")
    site.put_table("wms_shipment_line", f"{head}\n{old}\n{new}", stamp="20260403T000000")
    report = site.run()
    assert counts(report.deliveries[-1]) == {"read": 2, "repeated": 2}


def test_a_late_file_between_two_equal_ones_brings_the_later_row_back(site: SmallSite) -> None:
    site.put_table("wms_shipment_line", f"{LINES_HEAD}\nS1,1,SKU-1,5,EA", stamp="20260401T000000")
    site.put_table(
        "wms_shipment_line",
        f"{LINES_HEAD}\nS1,1,SKU-1,5,EA\nS2,1,SKU-1,1,EA",
        stamp="20260403T000000",
    )
    site.run()
    site.put_table("wms_shipment_line", f"{LINES_HEAD}\nS1,1,SKU-1,6,EA", stamp="20260402T000000")
    site.run()
    versions = site.rows("wms_shipment_line").filter(shipment_id="S1")
    assert versions["qty_shipped"].to_list() == [Decimal(5), Decimal(6), Decimal(5)]
    third = site.deliveries().filter(pl.col("file_name").str.contains("0403T"))
    assert third.select("rows_read", "rows_accepted", "rows_repeated").row(0) == (2, 2, 0)
    assert site.run().deliveries == ()


def test_a_tombstone_is_a_version_like_any_other(site: SmallSite) -> None:
    site.put_table("wms_shipment_line", LINES)
    site.run()
    site.put_table(
        "wms_shipment_line",
        f"{LINES_HEAD},is_deleted\nS1,1,SKU-1,5,EA,true",
        stamp="20260401T180000",
    )
    assert counts(only(site.run())) == {"read": 1, "accepted": 1}
    assert site.rows("wms_shipment_line").filter(shipment_id="S1", shipment_line="1")[
        "is_deleted"
    ].to_list() == [None, True]


def test_a_later_validity_of_master_data_is_another_row(site: SmallSite) -> None:
    """A11: it is a new period, so the row with the earlier validity is no old version of it."""
    head = "location_code,location_id,location_name,location_type,timezone,valid_from"
    text = f"""
        {head}
        DC1,L1,Old name,warehouse,UTC,2024-01-01
        DC1,L1,New name,warehouse,UTC,2026-01-01
    """
    site.put_table("master_location", text)
    site.run()
    more = text + "    DC2,L2,Other,warehouse,UTC,2026-01-01\n"
    site.put_table("master_location", more, stamp="20260401T180000")
    assert counts(only(site.run())) == {"read": 3, "accepted": 1, "repeated": 2}


def test_a_company_column_wins_over_the_name_of_the_file(site: SmallSite) -> None:
    site.put_table(
        "wms_shipment_line",
        f"{LINES_HEAD},company_id\nS1,1,SKU-1,5,EA,BETA\nS2,1,SKU-1,5,EA,",
        company="all",
    )
    site.run()
    assert site.column("wms_shipment_line", "company_id") == ["BETA", "*"]


def test_an_unknown_column_is_reported_and_kept(site: SmallSite) -> None:
    site.put_table("wms_shipment_line", f"{LINES_HEAD},colour\nS1,1,SKU-1,5,EA,red")
    report = site.run()
    assert "unknown columns kept beside the contract: colour" in only(report).message
    assert site.column("wms_shipment_line", "_unknown_columns") == ['{"colour":"red"}']


def test_a_gzipped_file_counts_like_a_plain_one(site: SmallSite) -> None:
    site.put(
        "wms_shipment_line__wms__ACME__20260331T180000.csv.gz", gzip.compress(lines(LINES).encode())
    )
    assert counts(only(site.run())) == {"read": 3, "accepted": 3}


def test_a_workbook_holds_one_table_per_sheet(site: SmallSite) -> None:
    path = site.root / "landing" / "extract__wms__ACME__20260331T180000.xlsx"
    path.parent.mkdir(parents=True)
    _workbook(path, {"wms_shipment": SHIPMENTS, "wms_shipment_line": LINES, "notes": "a\nb"})
    report = site.run()
    assert {d.feed: counts(d) for d in report.deliveries} == {
        "wms_shipment": {"read": 2, "accepted": 2},
        "wms_shipment_line": {"read": 3, "accepted": 3},
    }
    assert site.rows("wms_shipment_line")["_row_number"].to_list() == [2, 3, 4]


def test_parquet_and_csv_of_the_same_rows_have_the_same_hashes(site: SmallSite) -> None:
    site.put_table("wms_shipment_line", LINES)
    text = pl.read_csv(lines(LINES).encode(), infer_schema=False)
    typed = text.with_columns(pl.col("qty_shipped").cast(pl.Float64))
    typed.write_parquet(
        site.root / "landing" / "wms_shipment_line__wms__ACME__20260401T180000.parquet"
    )
    report = site.run()
    assert counts(report.deliveries[1]) == {"read": 3, "repeated": 3}


def test_a_file_nothing_takes_is_reported_with_the_next_step(site: SmallSite) -> None:
    site.put("wms_shipmnt__wms__ACME__20260331T180000.csv", SHIPMENTS)
    site.put("scan.pdf", b"%PDF")
    site.put("wms_shipment__wms__ACME__20260229T180000.csv", SHIPMENTS)
    report = site.run()
    assert [problem.file_name for problem in report.unknown_files] == [
        "scan.pdf",
        "wms_shipment__wms__ACME__20260229T180000.csv",
        "wms_shipmnt__wms__ACME__20260331T180000.csv",
    ]
    assert "'20260229T180000' is no time" in report.unknown_files[1].message
    assert "did you mean 'wms_shipment'?" in report.unknown_files[2].message
    assert all("Next: " in problem.message for problem in report.unknown_files)


def test_unfinished_and_hidden_files_are_left_alone(site: SmallSite) -> None:
    site.put("wms_shipment__wms__ACME__20260331T180000.csv.part", SHIPMENTS)
    site.put(".wms_shipment__wms__ACME__20260331T180000.csv", SHIPMENTS)
    report = site.run()
    assert (report.deliveries, report.unknown_files) == ((), ())


def test_policies_are_loaded_from_their_folder(site: SmallSite) -> None:
    policies = site.root / "policies"
    policies.mkdir()
    (policies / "wms_shipment__site__ACME__20260101T000000.csv").write_text(lines(SHIPMENTS))
    assert only(site.run()).file_name == "policies/wms_shipment__site__ACME__20260101T000000.csv"


def test_deliveries_stamped_after_the_clock_are_loaded(site: SmallSite) -> None:
    """E25: as-of filters rows later on, never files."""
    site.put_table("wms_shipment", SHIPMENTS, stamp="20991231T000000")
    assert only(site.run()).status == "loaded"


@pytest.mark.parametrize("stamp", ["20260331T180000", "20260331t180000"])
def test_the_stamp_in_the_name_is_the_delivery_time(site: SmallSite, stamp: str) -> None:
    site.put_table("wms_shipment", f"{SHIPMENT_HEAD}\nS1,sale,DC1,,planned", stamp=stamp)
    assert only(site.run()).delivered_at == datetime(2026, 3, 31, 18, tzinfo=UTC)


def _workbook(path: Path, sheets: dict[str, str]) -> None:
    with xlsxwriter.Workbook(path) as workbook:
        for name, text in sheets.items():
            sheet = workbook.add_worksheet(name)
            for place, line in enumerate(lines(text).splitlines()):
                sheet.write_row(place, 0, line.split(","))
