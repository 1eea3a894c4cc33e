"""Mapping files: what they may say, and the errors they get."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines.ingest import MappingError, declaration_frame, load_mapping
from pipelines.ingest.mapping_file import fingerprint, mapping_of
from tests.small_site import mapping

PAGE = Path(__file__).resolve().parents[4] / "docs" / "how-to" / "map-a-source.md"
SHIPPED = sorted((Path(__file__).resolve().parents[4] / "pipelines" / "mappings").glob("*/*.yaml"))
GOOD = """
    source_system: wms
    company_id: ACME
    sources:
      picks: {files: "PICKS*"}
    tables:
      - table: wms_shipment_line
        from: picks
        columns: {shipment_id: A, shipment_line: B, item_code: C, qty_shipped: D, uom: E}
"""


def test_the_example_of_the_page_is_a_mapping(tmp_path: Path) -> None:
    example = re.search(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert example is not None
    (tmp_path / "oldwms.yaml").write_text(example.group(1), encoding="utf-8")
    read = load_mapping(tmp_path / "oldwms.yaml")
    assert [entry.table for entry in read.tables] == ["wms_shipment", "wms_shipment_line"]
    assert read.watermark_at == datetime(2026, 3, 31, 23, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_mappings_are_read(path: Path) -> None:
    assert load_mapping(path).tables


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("shipment_id: A", "shipment: A", "columns.shipment: wms_shipment_line has no such column"),
        (
            "shipment_id: A, ",
            "",
            "wms_shipment_line needs shipment_id: say where from under columns",
        ),
        ("table: wms_shipment_line", "table: wms_line", "'wms_line' is no contract table"),
        ("from: picks", "from: pikcs", "reads source 'pikcs', which is not under sources"),
        (
            "uom: E",
            "uom: {column: E, constant: EA}",
            "expected exactly one of column, constant, sql, join; got column, constant",
        ),
        ("uom: E", "uom: {sql: 'A +'}", "is no SQL expression"),
        ("uom: E", "uom: {column: E, sgin: flip}", "sgin: Extra inputs are not permitted"),
        ("company_id: ACME", "company_id: ACME\n    timezone: Mars", "'Mars' is no time zone"),
        ("company_id: ACME", "company_id: ACME\n    watermark_at: soon", "expected an ISO time"),
        (
            "from: picks",
            "from: picks\n        steps: [{where: 'A = 1', derive: {X: A}}]",
            "a step is exactly one of",
        ),
        (
            "tables:\n",
            "tables:\n      - {table: wms_shipment_line, from: picks, columns: {shipment_id: A, shipment_line: B, item_code: C, qty_shipped: D, uom: E}}\n",
            "is fed twice from 'picks'",
        ),
    ],
)
def test_errors_name_the_file_the_key_and_the_rule(old: str, new: str, said: str) -> None:
    with pytest.raises(MappingError) as error:
        mapping(GOOD.replace(old, new))
    assert said in str(error.value)
    assert str(error.value).startswith("mapping.yaml: ") and "Next: correct these keys" in str(
        error.value
    )


def test_a_value_outside_the_closed_list_of_the_contract_is_an_error() -> None:
    text = """
        source_system: wms
        company_id: ACME
        sources: {h: {files: "H*"}}
        tables:
          - table: wms_shipment
            from: h
            columns:
              shipment_id: A
              shipment_type: {constant: gift}
              ship_from_location: B
              status: {column: C, values: {S: sent, P: planned}}
    """
    with pytest.raises(MappingError) as error:
        mapping(text)
    assert "columns.shipment_type: gift is not one of sale, transfer" in str(error.value)
    assert "columns.status: sent is not one of draft" in str(error.value)


def test_all_problems_are_said_at_once() -> None:
    with pytest.raises(MappingError) as error:
        mapping_of({"tables": [], "colour": 1}, "x.yaml")
    assert len(str(error.value).splitlines()) == 5


def test_words_of_a_mapping_stay_words(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    text = GOOD.replace("    ", "", 1).replace("\n    ", "\n")
    path.write_text(
        text.replace(
            "uom: E}", "uom: {column: E, values: {no: NO, 010: EA, 1.50: BX, 5: PAL, true: T}}}"
        )
    )
    column = load_mapping(path).tables[0].columns["uom"]
    assert column.values == {"no": "NO", "010": "EA", "1.50": "BX", "5": "PAL", "true": "T"}


def test_a_key_given_twice_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text("source_system: a\nsource_system: b\n")
    with pytest.raises(MappingError, match="'source_system' is given twice"):
        load_mapping(path)


def test_only_what_shapes_rows_changes_the_fingerprint() -> None:
    plain = mapping(GOOD)
    declared = mapping(GOOD + "\n    declarations: {stock_ledger: movements}\n")
    other_zone = mapping(
        GOOD.replace("company_id: ACME", "company_id: ACME\n    timezone: Europe/Berlin")
    )
    assert fingerprint(plain.tables[0], plain) == fingerprint(declared.tables[0], declared)
    assert fingerprint(plain.tables[0], plain) != fingerprint(other_zone.tables[0], other_zone)


def test_declarations_become_rows() -> None:
    listed = (
        GOOD
        + """
    declarations:
      - {declaration: stock_ledger, value: documents, location_code: DC1}
      - {declaration: stock_ledger, value: movements}
    """
    )
    assert declaration_frame([mapping(listed)]).rows() == [
        ("wms", "ACME", "DC1", "stock_ledger", "documents"),
        ("wms", "ACME", "", "stock_ledger", "movements"),
    ]
