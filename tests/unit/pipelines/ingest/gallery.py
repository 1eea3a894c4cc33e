"""Cases of the error gallery: what is delivered, and with which mapping."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tests.small_site import LINES, LINES_HEAD, SHIPMENT_HEAD, SHIPMENTS, lines

LINE_FILE = "wms_shipment_line__wms__ACME__20260331T180000.csv"
SHIPMENT_FILE = "wms_shipment__wms__ACME__20260331T180000.csv"
MANIFEST_FILE = "control_feed_manifest__wms__ACME__20260331T190000.csv"
MANIFEST_HEAD = "feed_name,batch_id,produced_at,schema_version,row_count,sum_qty"
PICKS = "SHIP,LINE,SKU,QTY\nS1,1,A,2\nS1,2,B,3"
MAPPING = """
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
GROUPED = """
source_system: wms
company_id: ACME
sources:
  picks: {files: "PICKS*"}
tables:
  - table: wms_shipment_line
    from: picks
    steps:
      - group: {by: [SHIP, SKU], sum: [QTY], min: [LINE]}
    columns: {shipment_id: SHIP, shipment_line: LINE, item_code: SKU, qty_shipped: QTY, uom: {constant: EA}}
"""


@dataclass(frozen=True, slots=True)
class Case:
    """One message: the files, the mapping, and what became of it in a word."""

    title: str
    outcome: str
    files: Mapping[str, str | bytes]
    mapping: str | None = None
    subject_is_last: bool = False


def _manifest(row: str) -> str:
    return f"{MANIFEST_HEAD}\n{row}"


REFUSED, REJECTED, LOADED = "file refused whole", "rows in quarantine", "loaded, with a note"
CASES = (
    Case("A file without its last line end", REFUSED, {LINE_FILE: lines(LINES)[:-4].encode()}),
    Case(
        "A last record that is short", REFUSED, {LINE_FILE: f"{LINES_HEAD}\nS1,1,SKU-1,5,EA\nS1,2"}
    ),
    Case("A quote that is never closed", REFUSED, {LINE_FILE: f'{LINES_HEAD}\nS1,1,"SKU-1,5,EA'}),
    Case(
        "A Parquet file without its end",
        REFUSED,
        {LINE_FILE.replace(".csv", ".parquet"): b"PAR1 and then nothing"},
    ),
    Case("An empty file", REFUSED, {LINE_FILE: b""}),
    Case(
        "Text that is not UTF-8",
        REFUSED,
        {LINE_FILE: lines(LINES).replace("SKU-2", "SKÜ-2").encode("latin-1")},
    ),
    Case("A column name given twice", REFUSED, {LINE_FILE: "uom,qty_shipped,uom\nEA,1,EA"}),
    Case(
        "Required columns that are missing",
        REFUSED,
        {LINE_FILE: "shipment_id,shipment_line,uom\nS1,1,EA"},
    ),
    Case(
        "Fewer rows than the manifest says",
        REFUSED,
        {
            LINE_FILE: LINES,
            MANIFEST_FILE: _manifest(f"wms_shipment_line,{LINE_FILE},2026-03-31T18:30:00Z,1,4,8.5"),
        },
    ),
    Case(
        "Another total than the manifest says",
        REFUSED,
        {
            LINE_FILE: LINES,
            MANIFEST_FILE: _manifest(f"wms_shipment_line,{LINE_FILE},2026-03-31T18:30:00Z,1,3,9"),
        },
    ),
    Case(
        "Rows that break rules",
        REJECTED,
        {
            SHIPMENT_FILE: f"{SHIPMENT_HEAD}\nS1,sale,DC1,2026-03-30T10:00:00Z,shipped\n"
            "S2,gift,DC1,yesterday,shipped\nS3,sale,,2026-03-30T10:00:00Z,shipped"
        },
    ),
    Case(
        "Rows with too few or too many fields",
        REJECTED,
        {LINE_FILE: f"{LINES_HEAD}\nS1,1,SKU-1,5\nS1,2,SKU-1,5,EA,more\nS2,1,SKU-1,5,EA"},
    ),
    Case(
        "A line whose header has not come",
        REJECTED,
        {SHIPMENT_FILE: f"{SHIPMENT_HEAD}\nS1,sale,DC1,,planned", LINE_FILE: LINES},
        subject_is_last=True,
    ),
    Case(
        "A value that an expression of the mapping cannot take",
        REJECTED,
        {"PICKS_1.csv": PICKS.replace("B,3", "B,three")},
        mapping=GROUPED.replace(
            "group: {by: [SHIP, SKU], sum: [QTY], min: [LINE]}",
            'derive: {QTY: "cast(QTY as bigint)"}',
        ),
    ),
    Case(
        "The same bytes under another name",
        LOADED,
        {SHIPMENT_FILE: SHIPMENTS, SHIPMENT_FILE.replace("0331T", "0401T"): SHIPMENTS},
        subject_is_last=True,
    ),
    Case(
        "A column the contract does not know",
        LOADED,
        {LINE_FILE: f"{LINES_HEAD},colour\nS1,1,SKU-1,5,EA,red"},
    ),
    Case(
        "A total that cannot be confirmed",
        LOADED,
        {
            LINE_FILE: LINES.replace("2.5", "two"),
            MANIFEST_FILE: _manifest(f"wms_shipment_line,{LINE_FILE},2026-03-31T18:30:00Z,1,3,8.5"),
        },
    ),
    Case(
        "A file that waits for the one it joins",
        "file waits",
        {"PICKS_1.csv": PICKS},
        mapping=MAPPING,
    ),
    Case(
        "A key that is twice in a joined file",
        REFUSED,
        {"PICKS_1.csv": PICKS, "ITEMS_1.csv": "CODE,UNIT\nA,EA\nA,BX\nB,EA"},
        mapping=MAPPING,
    ),
    Case(
        "A sum over a text that is no number",
        REFUSED,
        {"PICKS_1.csv": PICKS.replace("B,3", "B,three")},
        mapping=GROUPED,
    ),
    Case(
        "A table name that is misspelt",
        "file not loaded",
        {"wms_shipmnt__wms__ACME__20260331T180000.csv": SHIPMENTS},
    ),
    Case("A kind of file that no reader knows", "file not loaded", {"scan.pdf": b"%PDF-1.7"}),
)

MAPPING_CASES = (
    (
        "A column that the table does not have",
        MAPPING.replace("shipment_line: LINE", "shipment_lin: LINE"),
    ),
    ("A key that does not exist", MAPPING.replace("from: picks", "form: picks")),
    ("A source that is not there", MAPPING.replace("source: items", "source: item")),
    (
        "An expression that is none",
        MAPPING.replace("qty_shipped: QTY", 'qty_shipped: {sql: "QTY *"}'),
    ),
    (
        "A value outside the closed list",
        MAPPING.replace("wms_shipment_line\n", "wms_shipment\n").replace(
            "{shipment_id: SHIP, shipment_line: LINE, item_code: SKU, qty_shipped: QTY, uom: UNIT}",
            "{shipment_id: SHIP, shipment_type: {constant: gift}, ship_from_location: SKU, status: {constant: shipped}}",
        ),
    ),
)
