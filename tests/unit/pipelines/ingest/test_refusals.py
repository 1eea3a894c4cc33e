"""Files refused whole, rows rejected one by one, and totals held against the sender's manifest."""

from __future__ import annotations

import hashlib
from decimal import Decimal

import polars as pl
import pytest

from tests.small_site import (
    LINES,
    LINES_HEAD,
    SHIPMENT_HEAD,
    SHIPMENTS,
    SmallSite,
    counts,
    lines,
    mapping,
    only,
)

MANIFEST_HEAD = "feed_name,batch_id,produced_at,schema_version,row_count,sum_qty"
LINE_FILE = "wms_shipment_line__wms__ACME__20260331T180000.csv"


def manifest(site: SmallSite, *rows: str, head: str = MANIFEST_HEAD) -> None:
    site.put_table("control_feed_manifest", "\n".join([head, *rows]), stamp="20260331T190000")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (lines(LINES)[:-4], "the last line has no line end: 'S2,1,SKU-1,1'"),
        (lines(LINES)[:-4] + "\n", "the last record has 4 fields, expected 5"),
        (
            f'{LINES_HEAD}\nS1,1,"SKU-1,5,EA\n',
            "a quoted field is still open at the end of the file",
        ),
    ],
    ids=["no line end", "short record", "open quote"],
)
def test_a_cut_off_csv_is_refused_whole(site: SmallSite, content: str, problem: str) -> None:
    site.put_table("wms_shipment_line", content.encode())
    delivery = only(site.run())
    assert (delivery.status, counts(delivery)) == ("refused", {"read": 0})
    assert (
        "cut off" in delivery.message
        and problem in delivery.message
        and "Next: " in delivery.message
    )
    assert site.rows("wms_shipment_line").is_empty()


def test_a_cut_off_parquet_is_refused_whole(site: SmallSite) -> None:
    path = site.put("wms_shipment_line__wms__ACME__20260331T180000.parquet", b"")
    pl.read_csv(lines(LINES).encode(), infer_schema=False).write_parquet(path)
    path.write_bytes(path.read_bytes()[:-20])
    delivery = only(site.run())
    assert delivery.status == "refused" and "cut off or damaged" in delivery.message


def test_a_refused_file_stays_refused_and_changes_nothing(site: SmallSite) -> None:
    site.put_table("wms_shipment_line", b"shipment_id,shipment_line\nS1")
    site.run()
    again = site.run()
    assert again.deliveries == () and len(again.refused_files) == 1
    assert site.deliveries()["status"].to_list() == ["refused"]


def test_a_whole_file_after_a_cut_off_one_is_loaded(site: SmallSite) -> None:
    site.put_table("wms_shipment_line", lines(LINES)[:-4].encode())
    site.run()
    site.put_table("wms_shipment_line", LINES)
    assert counts(only(site.run())) == {"read": 3, "accepted": 3}


def test_a_missing_required_column_refuses_the_file(site: SmallSite) -> None:
    site.put_table("wms_shipment_line", "shipment_id,shipment_line,uom\nS1,1,EA")
    delivery = only(site.run())
    assert delivery.status == "refused"
    assert "'item_code'" in delivery.message and "'qty_shipped'" in delivery.message
    assert LINE_FILE in delivery.message


def test_rows_that_break_rules_go_to_quarantine_with_every_reason(site: SmallSite) -> None:
    site.put_table(
        "wms_shipment",
        f"""
        {SHIPMENT_HEAD}
        S1,sale,DC1,2026-03-30T10:00:00Z,shipped
        S2,gift,,not a time,shipped
        S3,sale,DC1,2026-03-30T10:00:00Z,shipped
        """,
    )
    delivery = only(site.run())
    assert counts(delivery) == {"read": 3, "accepted": 2, "rejected": 1}
    rejected = site.rejected()
    assert rejected.select("file_name", "row_number", "business_key", "shipment_id").row(0) == (
        "wms_shipment__wms__ACME__20260331T180000.csv",
        3,
        "S2",
        "S2",
    )
    reasons = rejected["reasons"][0].split("; ")
    assert "ship_from_location is given: got nothing" in reasons
    (kind,) = [reason for reason in reasons if reason.startswith("shipment_type is one of sale")]
    (time,) = [reason for reason in reasons if reason.startswith("ship_confirm_at is not a time")]
    assert kind.endswith(": got 'gift'") and time.endswith(": got 'not a time'")
    assert '"ship_confirm_at":"not a time"' in rejected["raw_text"][0]
    assert (
        "Accepted 2 of 3" in delivery.message
        and "Next: see quarantine/wms_shipment/" in delivery.message
    )
    for_people = site.quarantine / "wms_shipment" / f"{delivery.batch_id}.csv"
    assert "S2,gift" not in for_people.read_text() and "gift" in for_people.read_text()


def test_a_row_with_too_many_fields_is_rejected_with_its_raw_text(site: SmallSite) -> None:
    site.put_table(
        "wms_shipment_line", f"{LINES_HEAD}\nS1,1,SKU-1,5,EA,boo\nS1,2,SKU-1,5\nS2,1,SKU-1,5,EA"
    )
    delivery = only(site.run())
    assert counts(delivery) == {"read": 3, "accepted": 1, "rejected": 2}
    assert site.rejected().select("row_number", "reasons", "raw_text").rows() == [
        (2, "the row has 6 fields, the header 5", "S1,1,SKU-1,5,EA,boo"),
        (3, "the row has 4 fields, the header 5", "S1,2,SKU-1,5"),
    ]
    assert site.column("wms_shipment_line", "_row_number") == [4]


def test_totals_of_the_manifest_are_compared_and_stored(site: SmallSite) -> None:
    site.put_table("wms_shipment_line", LINES)
    manifest(site, f"wms_shipment_line,{LINE_FILE},2026-03-31T18:30:00Z,1,3,8.5")
    site.run()
    stored = site.deliveries().filter(feed="wms_shipment_line")
    assert stored["control_total_expected"].to_list() == [Decimal("8.5")]
    assert stored["control_total_actual"].to_list() == [Decimal("8.5")]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            f"wms_shipment_line,{LINE_FILE},2026-03-31T18:30:00Z,1,4,8.5",
            "rows: expected 4, got 3, difference -1",
        ),
        (
            f"wms_shipment_line,{LINE_FILE},2026-03-31T18:30:00Z,1,2,8.5",
            "rows: expected 2, got 3, difference 1",
        ),
        (
            f"wms_shipment_line,{LINE_FILE},2026-03-31T18:30:00Z,1,3,9",
            "sum_qty: expected 9, got 8.5, difference -0.5",
        ),
        ("wms_shipment_line,20260331T180000,2026-03-31T18:30:00Z,1,4,", "rows: expected 4"),
        ("wms_shipment_line,B7,2026-03-31T18:00:00Z,1,4,", "rows: expected 4"),
        ("wms_shipment_line,B7,2026-03-31T17:00:00Z,1,4,", "rows: expected 4"),
    ],
    ids=["fewer rows", "more rows", "other sum", "by stamp", "by time", "the only one"],
)
def test_a_file_that_is_not_what_its_manifest_says_is_refused(
    site: SmallSite, row: str, said: str
) -> None:
    site.put_table("wms_shipment_line", LINES)
    manifest(site, row)
    report = site.run()
    assert [d.status for d in report.deliveries] == ["loaded", "refused"]
    assert said in report.deliveries[1].message
    assert site.rows("wms_shipment_line").is_empty()


def test_a_manifest_finds_its_file_by_checksum(site: SmallSite) -> None:
    path = site.put_table("wms_shipment_line", LINES)
    head = f"{MANIFEST_HEAD},checksum"
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    manifest(site, f"wms_shipment_line,B1,2026-03-31T18:30:00Z,1,7,,{digest}", head=head)
    assert "rows: expected 7, got 3" in site.run().deliveries[1].message


def test_a_manifest_with_another_checksum_refuses_the_file_it_names(site: SmallSite) -> None:
    site.put_table("wms_shipment_line", LINES)
    head = f"{MANIFEST_HEAD},checksum"
    manifest(site, f"wms_shipment_line,{LINE_FILE},2026-03-31T18:30:00Z,1,3,,{'0' * 64}", head=head)
    assert "checksum: expected 000" in site.run().deliveries[1].message


def test_a_corrected_manifest_lets_the_file_in(site: SmallSite) -> None:
    site.put_table("wms_shipment_line", LINES)
    manifest(site, f"wms_shipment_line,{LINE_FILE},2026-03-31T18:30:00Z,1,4,")
    site.run()
    site.put_table(
        "control_feed_manifest",
        f"{MANIFEST_HEAD}\nwms_shipment_line,{LINE_FILE},2026-03-31T18:30:00Z,1,3,",
        stamp="20260401T190000",
    )
    site.run()
    loaded = site.deliveries().filter(feed="wms_shipment_line")
    assert loaded["status"].to_list() == ["loaded"]


def test_a_total_with_an_unreadable_quantity_is_noted_not_refused(site: SmallSite) -> None:
    site.put_table("wms_shipment_line", LINES.replace("2.5", "two"))
    manifest(site, f"wms_shipment_line,{LINE_FILE},2026-03-31T18:30:00Z,1,3,8.5")
    delivery = site.run().deliveries[1]
    assert counts(delivery) == {"read": 3, "accepted": 2, "rejected": 1}
    assert (
        "sum_qty cannot be confirmed: expected 8.5, read 6, 1 value could not be read"
        in delivery.message
    )


def test_two_files_of_a_feed_are_not_held_against_the_manifest_of_one(site: SmallSite) -> None:
    site.put_table("wms_shipment_line", LINES)
    site.put_table("wms_shipment_line", f"{LINES_HEAD}\nS9,1,SKU-1,1,EA", stamp="20260331T200000")
    manifest(site, f"wms_shipment_line,{LINE_FILE},2026-03-31T18:30:00Z,1,3,")
    assert [d.status for d in site.run().deliveries] == ["loaded", "loaded", "loaded"]


RAW_FEED = """
    source_system: wms
    company_id: ACME
    sources:
      picks: {files: "PICKS*", control: {qty: QTY}}
    tables:
      - table: wms_shipment_line
        from: picks
        columns: {shipment_id: SHIP, shipment_line: LINE, item_code: SKU, qty_shipped: QTY, uom: {constant: EA}}
      - table: wms_shipment
        from: picks
        steps: [{distinct: [SHIP]}]
        columns: {shipment_id: SHIP, shipment_type: {constant: sale}, ship_from_location: {constant: DC1}, status: {constant: shipped}}
"""
PICKS = "SHIP,LINE,SKU,QTY\nS1,1,A,2\nS1,2,B,3"


def test_a_manifest_of_a_raw_feed_refuses_every_table_of_the_file(site: SmallSite) -> None:
    site.put("PICKS_1.csv", PICKS)
    manifest(site, "picks,PICKS_1.csv,2026-03-31T18:30:00Z,1,2,6")
    report = site.run([mapping(RAW_FEED)])
    refused = [d for d in report.deliveries if d.status == "refused"]
    assert sorted(d.feed for d in refused) == ["wms_shipment", "wms_shipment_line"]
    assert all("sum_qty: expected 6, got 5, difference -1" in d.message for d in refused)


def test_the_manifest_dates_a_file_without_a_stamp(site: SmallSite) -> None:
    site.put("PICKS_1.csv", PICKS)
    manifest(site, "picks,PICKS_1.csv,2026-03-31T18:30:00Z,1,2,5")
    report = site.run([mapping(RAW_FEED)])
    assert {d.delivered_at.isoformat() for d in report.deliveries[1:]} == {
        "2026-03-31T18:30:00+00:00"
    }


def test_a_column_missing_for_one_table_refuses_the_whole_mapped_file(site: SmallSite) -> None:
    site.put("PICKS_1.csv", "SHIP,LINE,QTY\nS1,1,2")
    report = site.run([mapping(RAW_FEED)])
    assert {d.status for d in report.deliveries} == {"refused"} and len(report.deliveries) == 2
    assert "'SKU' (for wms_shipment_line.item_code)" in report.refused_files[0].message


def test_a_file_that_waits_for_the_one_it_joins_is_loaded_when_it_comes(site: SmallSite) -> None:
    text = (
        RAW_FEED.replace(
            "        columns: {shipment_id: SHIP, shipment_line",
            "        steps: [{join: {source: items, on: {SKU: CODE}, columns: [UNIT]}}]\n"
            "        columns: {shipment_id: SHIP, shipment_line",
        )
        .replace("control: {qty: QTY}}", 'control: {qty: QTY}}\n      items: {files: "ITEMS*"}')
        .replace("uom: {constant: EA}", "uom: UNIT")
    )
    site.mappings = [mapping(text)]
    site.put("PICKS_1.csv", PICKS)
    report = site.run()
    waiting = [d for d in report.deliveries if d.status == "refused"]
    assert [d.feed for d in waiting] == ["wms_shipment_line"]
    assert (
        "it joins items and no file of that source has come. Next: deliver ITEMS*"
        in waiting[0].message
    )
    site.put("ITEMS_1.csv", "CODE,UNIT\nA,EA\nB,BX")
    site.run()
    assert site.column("wms_shipment_line", "uom") == ["EA", "BX"]
    assert "refused" not in site.deliveries()["status"].to_list()


def test_shipments_without_problems_say_nothing(site: SmallSite) -> None:
    site.put_table("wms_shipment", SHIPMENTS)
    assert site.run().messages == ()
