"""The contracts are the extract specification, column by column."""

import csv
from pathlib import Path

import pytest

from models.contracts import CONTRACTS
from models.contracts.kernel import COMMON
from models.vocabulary.exceptions import EXCEPTION_CODES

SPECIFICATION = Path(__file__).resolve().parents[3] / "shared" / "design" / "extracts.csv"

Row = dict[str, str]


@pytest.fixture(scope="module")
def specification() -> dict[str, list[Row]]:
    if not SPECIFICATION.is_file():
        pytest.skip("needs design/extracts.csv beside the project; it is absent")
    tables: dict[str, list[Row]] = {}
    with SPECIFICATION.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            tables.setdefault(row["table"], []).append(row)
    return tables


def _values(row: Row) -> tuple[str, ...]:
    if row["table"] == "policy_exception" and row["column"] == "code":
        return EXCEPTION_CODES
    return tuple(row["values"].split("|")) if row["values"] else ()


def test_the_tables_are_the_same(specification: dict[str, list[Row]]) -> None:
    assert set(CONTRACTS) == set(specification) - {"*"}


@pytest.mark.parametrize("table", CONTRACTS)
def test_the_columns_are_the_same(table: str, specification: dict[str, list[Row]]) -> None:
    expected = [
        (
            row["column"],
            row["type"],
            row["required"] == "required",
            row["in_primary_key"] == "yes",
            _values(row),
        )
        for row in (*specification[table], *specification["*"])
    ]
    actual = [
        (field.name, field.type.value, field.required, field.is_key, field.values)
        for field in CONTRACTS[table].fields()
    ]
    assert actual == expected


@pytest.mark.parametrize("table", CONTRACTS)
def test_a_meaning_given_in_the_specification_is_kept(
    table: str, specification: dict[str, list[Row]]
) -> None:
    for row in specification[table]:
        field = CONTRACTS[table].field(row["column"])
        if row["note"] and field.name not in COMMON:
            assert row["note"].strip() == field.meaning
