"""Columns that are not those agreed, and what a site has agreed: capabilities 59 and 69."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from models.contracts import INGEST
from pipelines.ingest import AgreementError, agreement_frames, odd_columns_frame
from tests.small_site import LINES, LINES_HEAD, SHIPMENTS, SmallSite, counts, mapping, only

COUNTED = """
    source_system: old
    company_id: ACME
    sources: {counts: {files: "COUNTS*"}}
    tables:
      - table: wms_count_line
        from: counts
        columns:
          count_id: NO
          count_line: {constant: "1"}
          count_type: {constant: cycle}
          count_at: {constant: "2026-03-30T10:00:00Z"}
          item_code: ART
          location_code: {constant: DC1}
          book_qty: {constant: "1"}
          counted_qty: QTY
          uom: {column: UNIT, values: {EA: EA, each: EA, PCE: EA}, others: refuse}
"""


def odd(site: SmallSite) -> list[tuple[str, str, str]]:
    return odd_columns_frame(site.lake).select("feed", "oddity", "odd_names").rows()


def test_capability_69_a_new_column_passes_with_notice_and_is_kept(site: SmallSite) -> None:
    site.put_table("wms_shipment", SHIPMENTS)
    site.put_table(
        "wms_shipment_line", LINES.replace("uom", "uom,house_bank").replace("EA", "EA,H")
    )
    report = site.run()
    assert odd(site) == [("wms_shipment_line", "unknown", "house_bank")]
    assert counts(report.deliveries[-1]) == {"read": 3, "accepted": 3}
    assert INGEST["odd_columns"].check(odd_columns_frame(site.lake)).rejected.is_empty()


def test_capability_69_a_removed_column_stops_the_file(site: SmallSite) -> None:
    site.put_table("wms_shipment_line", LINES.replace(",uom", "").replace(",EA", ""))
    report = site.run()
    assert only(report).status == "refused"
    assert odd(site) == [("wms_shipment_line", "missing", "uom")]


def test_a_column_that_a_mapping_needs_and_a_file_lacks_is_named(site: SmallSite) -> None:
    site.put("COUNTS.csv", "NO,ART,QTY\nC1,A,1")
    site.run([mapping(COUNTED)])
    assert odd(site) == [("wms_count_line", "missing", "UNIT")]


def test_a_column_of_which_no_value_can_be_read_has_changed_its_type(site: SmallSite) -> None:
    site.put_table("wms_shipment", SHIPMENTS)
    site.put_table("wms_shipment_line", f"{LINES_HEAD}\nS1,1,A,five,EA\nS1,2,A,six,EA")
    report = site.run()
    assert odd(site) == [("wms_shipment_line", "type", "qty_shipped")]
    assert "no value can be read as its type: qty_shipped" in report.deliveries[-1].message


@pytest.mark.parametrize("rows", ["S1,1,A,five,EA\nS1,2,A,6,EA", "S1,1,A,five,EA"])
def test_a_bad_value_among_good_ones_or_alone_is_no_other_type(site: SmallSite, rows: str) -> None:
    site.put_table("wms_shipment", SHIPMENTS)
    site.put_table("wms_shipment_line", f"{LINES_HEAD}\n{rows}")
    site.run()
    assert odd(site) == []


def test_capability_59_three_spellings_of_a_unit_become_one_and_a_fourth_is_refused(
    site: SmallSite,
) -> None:
    site.put("COUNTS.csv", "NO,ART,QTY,UNIT\nC1,A,1,EA\nC2,A,1,each\nC3,A,1,PCE\nC4,A,1,BX?")
    report = site.run([mapping(COUNTED)])
    assert site.column("wms_count_line", "uom") == ["EA", "EA", "EA"]
    assert counts(only(report)) == {"read": 4, "accepted": 3, "rejected": 1}
    (refused,) = site.rejected().select("row_number", "reasons", "raw_text").rows()
    assert refused[:2] == (5, "uom is a value that the mapping lists: got 'BX?'")
    assert '"UNIT":"BX?"' in refused[2]


def test_agreements_are_read_in_their_types(tmp_path: Path) -> None:
    (tmp_path / "feed_contract.csv").write_text(
        "feed,company_id,valid_from,latency_minutes\nwms_shipment,A,2026-01-01,60\n"
    )
    frames = agreement_frames(tmp_path)
    (row,) = frames["feed_contract"].to_dicts()
    assert (row["source_system"], row["valid_from"]) == ("*", date(2026, 1, 1))
    assert (row["latency_minutes"], row["cadence_minutes"]) == (60, None)
    assert frames["maintenance_window"].is_empty()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("feed,valid_from\nf,2026-01-01", "columns latency_minutes are missing"),
        ("feed,valid_from,latency_minutes\nf,soon,60", "row 2: 'valid_from is not a date'"),
        ("feed,valid_from,latency_minutes\nf,2026-01-01,an hour", "broken with 'an hour'"),
    ],
)
def test_an_agreement_nobody_can_read_stops_the_build(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "feed_contract.csv").write_text(text + "\n")
    with pytest.raises(AgreementError, match=r"policies/feed_contract\.csv") as raised:
        agreement_frames(tmp_path)
    assert said in str(raised.value) and "Next:" in str(raised.value)


def test_agreements_are_no_deliveries(site: SmallSite) -> None:
    folder = site.root / "policies"
    folder.mkdir(parents=True)
    (folder / "feed_contract.csv").write_text("feed,valid_from,latency_minutes\n")
    assert site.run().unknown_files == ()
