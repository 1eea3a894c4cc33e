"""A changed mapping or a new join file makes a batch again; the old one is kept on record."""

from __future__ import annotations

import polars as pl

from tests.small_site import SmallSite, mapping

TEXT = """
    source_system: wms
    company_id: ACME
    sources:
      picks: {files: "PICKS*"}
      items: {files: "ITEMS*"}
    tables:
      - table: wms_shipment_line
        from: picks
        steps:
          - join: {source: items, on: {SKU: CODE}, columns: [UNIT]}
        columns: {shipment_id: SHIP, shipment_line: LINE, item_code: SKU, qty_shipped: QTY, uom: UNIT}
"""
PICKS = "SHIP,LINE,SKU,QTY\nS1,1,A,2\nS1,2,B,3"


def statuses(site: SmallSite) -> list[str]:
    return sorted(site.deliveries()["status"].to_list())


def test_a_changed_mapping_makes_the_batch_again(site: SmallSite) -> None:
    site.put("PICKS_1.csv", PICKS)
    site.put("ITEMS_1.csv", "CODE,UNIT\nA,EA\nB,BX")
    site.run([mapping(TEXT)])
    changed = TEXT.replace("qty_shipped: QTY", "qty_shipped: {column: QTY, sign: flip}")
    site.run([mapping(changed)])
    assert statuses(site) == ["loaded", "superseded"]
    assert [int(qty) for qty in site.column("wms_shipment_line", "qty_shipped")] == [-2, -3]
    assert site.run([mapping(changed)]).deliveries == ()


def test_a_new_join_file_makes_the_batch_again_and_the_latest_key_holds(site: SmallSite) -> None:
    site.put("PICKS_1.csv", PICKS)
    site.put("ITEMS_20260101T000000.csv", "CODE,UNIT\nA,EA\nB,BX")
    site.run([mapping(TEXT)])
    site.put("ITEMS_20260201T000000.csv", "CODE,UNIT\nA,PAL\nC,EA")
    site.run([mapping(TEXT)])
    assert site.column("wms_shipment_line", "uom") == ["PAL", "BX"]
    assert statuses(site) == ["loaded", "superseded"]


def test_an_unchanged_mapping_with_other_comments_changes_nothing(site: SmallSite) -> None:
    site.put("PICKS_1.csv", PICKS)
    site.put("ITEMS_1.csv", "CODE,UNIT\nA,EA\nB,BX")
    site.run([mapping(TEXT)])
    assert site.run([mapping(TEXT + "\n    # a comment\n")]).deliveries == ()


def test_an_entry_taken_out_of_the_mapping_takes_its_rows_with_it(site: SmallSite) -> None:
    site.put("PICKS_1.csv", PICKS)
    site.put("ITEMS_1.csv", "CODE,UNIT\nA,EA\nB,BX")
    site.run([mapping(TEXT)])
    renamed = TEXT.replace("from: picks", "from: picks\n        name: renamed")
    site.run([mapping(renamed)])
    assert len(site.rows("wms_shipment_line")) == 2
    assert statuses(site) == ["loaded", "superseded"]


def test_a_file_taken_out_of_landing_leaves_its_rows(site: SmallSite) -> None:
    path = site.put("PICKS_1.csv", PICKS)
    site.put("ITEMS_1.csv", "CODE,UNIT\nA,EA\nB,BX")
    site.run([mapping(TEXT)])
    path.unlink()
    site.run([mapping(TEXT)])
    assert len(site.rows("wms_shipment_line")) == 2


def test_rows_repeated_from_a_batch_taken_back_come_back(site: SmallSite) -> None:
    """The canonical file brought nothing new while the mapped one held; then the mapping changed."""
    site.put("PICKS_20260301T000000.csv", PICKS)
    site.put("ITEMS_1.csv", "CODE,UNIT\nA,EA\nB,EA")
    site.put_table(
        "wms_shipment_line",
        "shipment_id,shipment_line,item_code,qty_shipped,uom\nS1,1,A,2,EA\nS1,2,B,3,EA",
    )
    site.run([mapping(TEXT)])
    assert len(site.rows("wms_shipment_line")) == 2
    only_a = TEXT.replace("        steps:\n", "        steps:\n          - where: \"SKU = 'A'\"\n")
    site.run([mapping(only_a)])
    found = site.rows("wms_shipment_line").select("shipment_line", "_source_file")
    assert sorted(found.rows()) == [
        ("1", "PICKS_20260301T000000.csv"),
        ("2", "wms_shipment_line__wms__ACME__20260331T180000.csv"),
    ]
    loaded = site.deliveries().filter(pl.col("status") == "loaded").sort("file_name")
    assert loaded.select("rows_read", "rows_accepted", "rows_repeated", "rows_filtered").rows() == [
        (2, 1, 0, 1),
        (2, 1, 1, 0),
    ]


def test_a_join_file_taken_out_of_landing_leaves_what_was_made_with_it(site: SmallSite) -> None:
    site.mappings = [mapping(TEXT)]
    site.put("PICKS_1.csv", PICKS)
    path = site.put("ITEMS_1.csv", "CODE,UNIT\nA,EA\nB,BX")
    site.run()
    path.unlink()
    site.put("PICKS_2.csv", PICKS.replace("S1", "S2"))
    report = site.run()
    assert [d.status for d in report.deliveries] == ["refused"]
    assert "Next: put ITEMS_1.csv back into landing" in report.deliveries[0].message
    assert site.column("wms_shipment_line", "uom") == ["EA", "BX"]
    site.put("ITEMS_1.csv", "CODE,UNIT\nA,EA\nB,BX")
    site.run()
    assert site.column("wms_shipment_line", "uom") == ["EA", "BX", "EA", "BX"]


def test_a_join_file_that_is_replaced_makes_the_batch_again(site: SmallSite) -> None:
    site.mappings = [mapping(TEXT)]
    site.put("PICKS_1.csv", PICKS)
    site.put("ITEMS_1.csv", "CODE,UNIT\nA,EA\nB,BX")
    site.run()
    site.put("ITEMS_1.csv", "CODE,UNIT\nA,PAL\nB,BX")
    site.run()
    assert site.column("wms_shipment_line", "uom") == ["PAL", "BX"]


ALL = """
    source_system: wms
    company_id: ACME
    sources:
      picks: {files: "PICKS*"}
    tables:
      - table: wms_shipment_line
        from: picks
        scope: all
        steps: [{number: {as: LINE_OF_ALL}}]
        columns: {shipment_id: SHIP, shipment_line: LINE_OF_ALL, item_code: SKU, qty_shipped: QTY, uom: {constant: EA}}
"""


def test_all_files_of_a_source_make_one_batch_that_the_next_file_replaces(site: SmallSite) -> None:
    site.mappings = [mapping(ALL)]
    site.put("PICKS_1.csv", PICKS)
    site.run()
    site.put("PICKS_2.csv", "SHIP,LINE,SKU,QTY\nS0,1,A,9")
    site.run()
    rows = site.rows("wms_shipment_line").select(
        "shipment_id", "shipment_line", "_source_file", "_row_number"
    )
    assert sorted(rows.rows()) == [
        ("S0", "2", "PICKS_2.csv", 2),
        ("S1", "1", "PICKS_1.csv", 2),
        ("S1", "3", "PICKS_1.csv", 3),
    ]
    assert statuses(site) == ["loaded", "superseded"]
    assert site.run().deliveries == ()


def test_a_mapping_that_cannot_be_computed_refuses_its_table_only(site: SmallSite) -> None:
    broken = TEXT.replace(
        "        steps:\n", '        steps:\n          - where: "QTY > 1"\n'
    ).replace(
        "tables:",
        """tables:
      - table: wms_shipment
        from: picks
        steps: [{distinct: [SHIP]}]
        columns: {shipment_id: SHIP, shipment_type: {constant: sale}, ship_from_location: {constant: DC1}, status: {constant: shipped}}""",
    )
    site.put("PICKS_1.csv", PICKS)
    site.put("ITEMS_1.csv", "CODE,UNIT\nA,EA\nB,BX")
    report = site.run([mapping(broken)])
    assert {d.feed: d.status.value for d in report.deliveries} == {
        "wms_shipment": "loaded",
        "wms_shipment_line": "refused",
    }
    assert "QTY > 1 cannot be computed" in report.deliveries[1].message


def test_a_union_maps_each_source_by_itself(site: SmallSite) -> None:
    union = (
        ALL.replace("scope: all", "scope: file")
        .replace("from: picks", "from: [picks, more]")
        .replace(
            'picks: {files: "PICKS*"}',
            'picks: {files: "PICKS*"}\n      more: {files: "MORE*", csv: {delimiter: "|"}}',
        )
    )
    site.put("PICKS_1.csv", PICKS)
    site.put("MORE_1.csv", "SHIP|LINE|SKU|QTY\nS7|1|A|2")
    site.run([mapping(union)])
    assert sorted(site.column("wms_shipment_line", "shipment_id")) == ["S1", "S1", "S7"]
    assert len(site.deliveries()) == 2
