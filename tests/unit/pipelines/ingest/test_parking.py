"""Lines before their header: parked, counted as rejected, loaded when the header comes."""

from __future__ import annotations

import polars as pl

from tests.small_site import LINES, LINES_HEAD, SHIPMENT_HEAD, SHIPMENTS, SmallSite, counts, only

FIRST = f"{SHIPMENT_HEAD}\nS1,sale,DC1,2026-03-30T10:00:00Z,shipped"
SECOND = f"{SHIPMENT_HEAD}\nS2,sale,DC1,2026-03-30T10:00:00Z,shipped"


def line_counts(site: SmallSite) -> tuple[int, ...]:
    found = site.deliveries().filter(feed="wms_shipment_line")
    return found.select("rows_read", "rows_accepted", "rows_rejected", "rows_repeated").row(0)


def test_a_line_without_header_is_parked_with_that_reason(site: SmallSite) -> None:
    site.put_table("wms_shipment", FIRST)
    site.put_table("wms_shipment_line", LINES)
    report = site.run()
    assert counts(report.deliveries[1]) == {"read": 3, "accepted": 2, "rejected": 1}
    assert site.rejected().select(
        "row_number", "business_key", "reasons", "shipment_line"
    ).rows() == [(4, "S2|1", "its header wms_shipment S2 has not come", "1")]


def test_parked_lines_are_loaded_when_the_header_comes(site: SmallSite) -> None:
    site.put_table("wms_shipment", FIRST)
    site.put_table("wms_shipment_line", LINES)
    site.run()
    site.put_table("wms_shipment", SECOND, stamp="20260401T180000")
    report = site.run()
    assert report.replayed_rows == 1
    assert line_counts(site) == (3, 3, 0, 0)
    assert site.rejected().is_empty()
    assert sorted(site.column("wms_shipment_line", "shipment_id")) == ["S1", "S1", "S2"]
    assert site.run().replayed_rows == 0 and line_counts(site) == (3, 3, 0, 0)


def test_headers_go_before_lines_whatever_their_names(site: SmallSite) -> None:
    site.put_table("wms_shipment_line", LINES, stamp="20260101T000000")
    site.put_table("wms_shipment", SHIPMENTS, stamp="20260331T235959")
    assert all(d.counts.rejected == 0 for d in site.run().deliveries)


def test_what_no_money_settles_waits_for_no_payment(site: SmallSite) -> None:
    site.put_table(
        "billing_cash_receipt",
        "cash_receipt_id,receipt_date,amount,currency\nP1,2026-03-30,10,EUR",
    )
    site.put_table(
        "billing_cash_application",
        "cash_receipt_id,application_line,source_kind,settled_by,amount_applied\n"
        "P1,1,applied,cash,10\nP2,1,applied,cash,10\nP3,1,applied,,10\n"
        "C1,1,applied,credit_memo,10\nW1,1,applied,write_off,10",
    )
    report = site.run()
    assert counts(report.deliveries[1]) == {"read": 5, "accepted": 3, "rejected": 2}
    assert sorted(site.rejected()["business_key"]) == ["P2|1", "P3|1"]


def test_a_source_that_never_sends_headers_needs_none(site: SmallSite) -> None:
    site.put_table("wms_shipment_line", LINES)
    assert counts(only(site.run())) == {"read": 3, "accepted": 3}


def test_lines_of_a_rejected_header_are_parked(site: SmallSite) -> None:
    site.put_table("wms_shipment", f"{SHIPMENT_HEAD}\nS1,gift,DC1,,shipped")
    site.put_table("wms_shipment_line", f"{LINES_HEAD}\nS1,1,SKU-1,5,EA")
    site.run()
    assert (
        site.rejected()["reasons"].str.contains("its header wms_shipment S1 has not come").sum()
        == 1
    )
    site.put_table("wms_shipment", FIRST, stamp="20260401T180000")
    site.run()
    assert line_counts(site) == (1, 1, 0, 0)


def test_versions_of_a_parked_line_keep_their_order(site: SmallSite) -> None:
    site.put_table("wms_shipment", FIRST)
    for day, qty in ((1, 5), (2, 6), (3, 6)):
        text = f"{LINES_HEAD}\nS2,1,SKU-1,{qty},EA\nS1,{day},SKU-1,1,EA"
        site.put_table("wms_shipment_line", text, stamp=f"2026040{day}T000000")
    site.run()
    site.put_table("wms_shipment", SECOND, stamp="20260405T180000")
    assert site.run().replayed_rows == 3
    versions = site.rows("wms_shipment_line").filter(shipment_id="S2")["qty_shipped"].to_list()
    assert [int(version) for version in versions] == [5, 6]
    totals = (
        site.deliveries()
        .filter(feed="wms_shipment_line")
        .select(pl.sum("rows_accepted", "rows_repeated", "rows_rejected"))
    )
    assert totals.row(0) == (5, 1, 0)
