"""Rendered text says where it comes from and holds what the contract holds."""

import csv
import io

import yaml

from models.contracts import CONTRACTS
from models.render import rendered_files

FILES = rendered_files()
STAGING = "dbt_project/models/staging"


def test_the_first_line_says_where_to_edit() -> None:
    for path, text in FILES.items():
        first = text.splitlines()[0]
        if not path.endswith(".csv"):
            assert "rendered from models/" in first and "edit there" in first, path


def test_every_table_has_a_source_a_staging_table_and_a_page() -> None:
    sources = yaml.safe_load(FILES[f"{STAGING}/_sources.yml"])["sources"]
    raw = next(source for source in sources if source["name"] == "raw")
    assert [table["name"] for table in raw["tables"]] == list(CONTRACTS)
    for table, contract in CONTRACTS.items():
        name = f"stg_{contract.group()}__{table.removeprefix(contract.group() + '_')}"
        page = yaml.safe_load(FILES[f"{STAGING}/{contract.group()}/{name}.yml"])["models"][0]
        names = [column["name"] for column in page["columns"]]
        assert names[: len(contract.fields())] == [field.name for field in contract.fields()]
        assert names[len(contract.fields()) :] == [
            "_batch_id",
            "_delivered_at",
            "_source_file",
            "_row_number",
        ]
        assert page["description"].startswith("One row per ")
        assert f"docs/tables/{table}.md" in FILES


def test_a_later_period_of_master_data_is_no_overwrite() -> None:
    assert CONTRACTS["master_item"].version_key()[-1] == "valid_from"
    assert CONTRACTS["master_price"].version_key()[-1] == "valid_from"
    assert CONTRACTS["master_bom"].version_key().count("valid_from") == 1
    assert CONTRACTS["wms_shipment"].version_key() == CONTRACTS["wms_shipment"].key()


def test_a_seed_has_a_type_for_every_column() -> None:
    for path, text in FILES.items():
        if path.endswith(".csv"):
            seed = yaml.safe_load(FILES[path.replace(".csv", ".yml")])["seeds"][0]
            head, *rows = csv.reader(io.StringIO(text))
            assert list(seed["config"]["column_types"]) == head
            assert {len(row) for row in rows} == {len(head)}, path
