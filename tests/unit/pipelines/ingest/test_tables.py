"""What ingestion says of itself: watermarks and what they rest on, counts, rejected rows."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from models.contracts import INGEST
from pipelines.ingest import active_files, delivery_frame, rejected_frame, watermark_frame
from tests.small_site import CLOCK, LINES, SHIPMENTS, SmallSite, mapping

MAPPED = """
    source_system: old
    company_id: ACME
    sources: {ships: {files: "SHIPS*"}}
    tables:
      - table: wms_shipment
        from: ships
        columns: {shipment_id: NO, shipment_type: {constant: sale}, ship_from_location: {constant: DC1}, ship_confirm_at: AT, status: {constant: shipped}}
"""


def marks(site: SmallSite) -> list[tuple[object, ...]]:
    return site.watermarks().select("feed", "watermark_at", "basis", "rows").rows()


def test_frames_have_the_columns_of_their_contracts_even_when_nothing_came(tmp_path: Path) -> None:
    for name, frame in (
        ("feed_delivery", delivery_frame(tmp_path)),
        ("rejected_row", rejected_frame(tmp_path, tmp_path)),
        ("feed_watermark", watermark_frame(tmp_path)),
    ):
        assert dict(frame.schema) == INGEST[name].polars_types() and frame.is_empty()
    assert active_files(tmp_path / "none", "wms_shipment") == []


def test_frames_hold_to_their_contracts(site: SmallSite) -> None:
    site.put_table("wms_shipment", SHIPMENTS.replace("S2,sale", "S2,gift"))
    site.put_table("wms_shipment_line", LINES)
    site.run()
    for name, frame in (
        ("feed_delivery", site.deliveries()),
        ("rejected_row", site.rejected()),
        ("feed_watermark", site.watermarks()),
    ):
        assert len(frame) and INGEST[name].check(frame).rejected.is_empty(), name


def test_the_stamp_of_the_newest_file_is_the_watermark(site: SmallSite) -> None:
    site.put_table("wms_shipment", SHIPMENTS)
    site.put_table(
        "wms_shipment", SHIPMENTS + "    S3,sale,DC1,,planned\n", stamp="20260401T180000"
    )
    site.run()
    assert marks(site) == [("wms_shipment", datetime(2026, 4, 1, 18, tzinfo=UTC), "file_name", 3)]


def test_a_manifest_says_how_far_its_file_reaches(site: SmallSite) -> None:
    site.put_table("wms_shipment", SHIPMENTS)
    site.put_table(
        "control_feed_manifest",
        "feed_name,batch_id,produced_at,schema_version,row_count,watermark_at\n"
        "wms_shipment,20260331T180000,2026-03-31T18:00:00Z,1,2,2026-03-31T17:45:00Z",
    )
    site.run()
    assert marks(site)[1] == (
        "wms_shipment",
        datetime(2026, 3, 31, 17, 45, tzinfo=UTC),
        "manifest",
        2,
    )


def test_a_mapping_may_say_it(site: SmallSite) -> None:
    site.put("SHIPS.csv", "NO,AT\nS1,2026-03-30T10:00:00Z")
    site.run([mapping(MAPPED + "    watermark_at: 2026-03-31T12:00:00Z\n")])
    assert marks(site) == [("wms_shipment", datetime(2026, 3, 31, 12, tzinfo=UTC), "mapping", 1)]


def test_without_any_word_the_latest_event_says_it(site: SmallSite) -> None:
    site.put("SHIPS.csv", "NO,AT\nS1,2026-03-30T10:00:00Z\nS2,2026-03-29T10:00:00Z")
    report = site.run([mapping(MAPPED)])
    assert marks(site) == [
        ("wms_shipment", datetime(2026, 3, 30, 10, tzinfo=UTC), "latest_event", 2)
    ]
    assert report.deliveries[0].delivered_at == CLOCK


def test_each_company_in_a_file_has_its_own_watermark(site: SmallSite) -> None:
    text = "NO,AT,CO\nS1,2026-03-30T10:00:00Z,A\nS2,2026-03-31T10:00:00Z,B"
    site.put("SHIPS.csv", text)
    site.run([mapping(MAPPED.replace("columns: {", "columns: {company_id: CO, "))])
    found = site.watermarks().select("company_id", "watermark_at").rows()
    assert found == [
        ("A", datetime(2026, 3, 30, 10, tzinfo=UTC)),
        ("B", datetime(2026, 3, 31, 10, tzinfo=UTC)),
    ]


def test_a_source_row_that_makes_two_rows_is_read_as_two(site: SmallSite) -> None:
    text = MAPPED.replace(
        "columns: {shipment_id: NO",
        "steps: [{one_to_many: [{ID: \"NO || 'a'\"}, {ID: \"NO || 'b'\"}]}]\n        columns: {shipment_id: ID",
    )
    site.put("SHIPS.csv", "NO,AT\nS1,2026-03-30T10:00:00Z\nS2,x")
    report = site.run([mapping(text)])
    counts = report.deliveries[0].counts
    assert (counts.source_rows, counts.read, counts.accepted, counts.rejected) == (2, 4, 2, 2)
    assert site.rejected().select("row_number", "business_key").rows() == [(3, "S2a"), (3, "S2b")]


def test_a_grouped_entry_counts_its_groups(site: SmallSite) -> None:
    text = MAPPED.replace(
        "columns: {",
        "steps: [{where: \"NO <> 'S3'\"}, {group: {by: [NO], max: [AT]}}]\n        columns: {",
    )
    site.put(
        "SHIPS.csv",
        "NO,AT\nS1,2026-03-30T10:00:00Z\nS1,2026-03-31T10:00:00Z\nS3,2026-03-31T10:00:00Z",
    )
    counts = site.run([mapping(text)]).deliveries[0].counts
    assert (counts.source_rows, counts.read, counts.accepted, counts.filtered) == (3, 1, 1, 0)
    assert site.rows("wms_shipment").select(pl.col("ship_confirm_at").dt.day()).item() == 31
