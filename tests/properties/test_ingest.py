"""Whatever is delivered, in whatever order: every row is accounted for, and nothing depends on luck."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.small_site import LINES_HEAD, SHIPMENT_HEAD, SmallSite, mapping

COUNTS = ("rows_accepted", "rows_rejected", "rows_repeated", "rows_filtered")
QUICK = settings(
    max_examples=10, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)

shipments = st.sampled_from(["S1", "S2", "S3", ""])
line_rows = st.tuples(
    shipments,
    st.sampled_from("12"),
    st.sampled_from(["A", "B", ""]),
    st.sampled_from(["1", "2.5", "x", ""]),
).map(lambda parts: ",".join((*parts, "EA")))
odd_rows = st.sampled_from(["S1,1", "S1,1,A,1,EA,more", 'S1,1,"a,\nb",1,EA'])
line_files = st.lists(line_rows | odd_rows, min_size=1, max_size=8).map(
    # The last record must be whole, or the file counts as cut off.
    lambda rows: "\n".join([LINES_HEAD, *rows, "S1,2,A,1,EA"])
)
header_rows = st.tuples(st.sampled_from(["S1", "S2", "S3"]), st.sampled_from(["sale", "gift"])).map(
    lambda parts: f"{parts[0]},{parts[1]},DC1,2026-03-30T10:00:00Z,shipped"
)
header_files = st.lists(header_rows, min_size=1, max_size=3).map(
    lambda rows: "\n".join([SHIPMENT_HEAD, *rows])
)

MAPPED = """
    source_system: old
    company_id: ACME
    sources: {picks: {files: "PICKS*"}, units: {files: "UNITS*"}}
    tables:
      - table: wms_shipment_line
        from: picks
        steps:
          - where: "SKU <> 'A'"
          - one_to_many:
              - {PART: "'1'", when: "QTY <> '2.5'"}
              - {PART: "'2'", when: "SKU = 'B'"}
          - join: {source: units, on: [SKU], how: inner}
        columns:
          shipment_id: {join: [SHIP, LINE, PART], separator: "-"}
          shipment_line: LINE
          item_code: SKU
          qty_shipped: QTY
          uom: UNIT
      - table: wms_shipment
        from: picks
        steps:
          - group: {by: [SHIP], count: LINES}
        columns: {shipment_id: SHIP, shipment_type: {constant: sale}, ship_from_location: {constant: DC1}, status: {constant: shipped}}
"""


def delivered(files: list[str], headers: list[str], *, one_by_one: list[int]) -> SmallSite:
    """A site to which some files came one by one, with a run after each, and the rest at once."""
    site = SmallSite(Path(tempfile.mkdtemp()))
    named = [
        ("wms_shipment_line", f"202604{day + 1:02}T000000", text) for day, text in enumerate(files)
    ]
    named += [
        ("wms_shipment", f"202603{day + 1:02}T000000", text) for day, text in enumerate(headers)
    ]
    for index in one_by_one:
        table, stamp, text = named[index]
        site.put_table(table, text, stamp=stamp)
        site.run()
    for table, stamp, text in named:
        site.put_table(table, text, stamp=stamp)
    site.run()
    return site


def holds(site: SmallSite) -> list[tuple[object, ...]]:
    """The latest version of each line, as a reader of the lake sees it."""
    rows = site.rows("wms_shipment_line")
    if rows.is_empty():
        return []
    latest = rows.sort("_delivered_at", "_batch_seq", "_row_number").unique(
        ["source_system", "company_id", "shipment_id", "shipment_line"], keep="last"
    )
    names = [name for name in latest.columns if not name.startswith("_")]
    return sorted(latest.select(names).rows(), key=repr)


@QUICK
@given(
    files=st.lists(line_files, min_size=1, max_size=3), headers=st.lists(header_files, max_size=2)
)
def test_read_is_accepted_rejected_repeated_and_filtered(
    files: list[str], headers: list[str]
) -> None:
    site = delivered(files, headers, one_by_one=[])
    for row in site.deliveries().to_dicts():
        assert row["rows_read"] == sum(row[name] for name in COUNTS)
    assert site.deliveries()["rows_accepted"].sum() == len(site.rows("wms_shipment_line")) + len(
        site.rows("wms_shipment")
    )
    assert site.deliveries()["rows_rejected"].sum() == len(site.rejected())


@QUICK
@given(
    files=st.lists(
        line_files.map(lambda t: t.replace(LINES_HEAD, "SHIP,LINE,SKU,QTY,U")),
        min_size=1,
        max_size=2,
    )
)
def test_the_count_holds_through_filters_joins_and_groups(files: list[str]) -> None:
    site = SmallSite(Path(tempfile.mkdtemp()), [mapping(MAPPED)])
    site.put("UNITS.csv", "SKU,UNIT\nB,EA\nC,EA")
    for place, text in enumerate(files):
        site.put(f"PICKS_{place}.csv", text)
    report = site.run()
    assert all(delivery.status != "refused" for delivery in report.deliveries)
    for row in site.deliveries().to_dicts():
        assert row["rows_read"] == sum(row[name] for name in COUNTS)
    assert site.deliveries()["rows_rejected"].sum() == len(site.rejected())


@QUICK
@given(
    files=st.lists(line_files, min_size=1, max_size=3), headers=st.lists(header_files, max_size=2)
)
def test_a_second_run_changes_nothing(files: list[str], headers: list[str]) -> None:
    site = delivered(files, headers, one_by_one=[])
    before = (site.deliveries(), site.rejected(), site.rows("wms_shipment_line"))
    report = site.run()
    assert report.new_batch_ids == () and report.replayed_rows == 0
    after = (site.deliveries(), site.rejected(), site.rows("wms_shipment_line"))
    assert all(old.equals(new) for old, new in zip(before, after, strict=True))


@QUICK
@given(
    files=st.lists(line_files, min_size=2, max_size=4, unique=True),
    headers=st.lists(header_files, min_size=1, max_size=2, unique=True),
    seed=st.integers(0, 10_000),
)
def test_what_holds_does_not_depend_on_the_order_of_delivery(
    files: list[str], headers: list[str], seed: int
) -> None:
    """One run of everything, and many runs in any order, leave the same versions in force.

    The source is known to send headers from the start: before its first one, lines need none.
    """
    order = [*range(len(files)), *range(len(files) + 1, len(files) + len(headers))]
    random.Random(seed).shuffle(order)
    order.insert(0, len(files))
    at_once = delivered(files, headers, one_by_one=[])
    piece_by_piece = delivered(files, headers, one_by_one=order)
    assert holds(at_once) == holds(piece_by_piece)
    parked = pl.col("reasons").str.contains("has not come")
    assert (
        at_once.rejected().filter(~parked).height
        == piece_by_piece.rejected().filter(~parked).height
    )
