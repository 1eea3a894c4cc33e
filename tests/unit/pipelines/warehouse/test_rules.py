"""Which codes the product can raise: read from the tables' own yml, and held against their SQL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from models.vocabulary import EXCEPTIONS
from pipelines.warehouse.project import manifest_document
from pipelines.warehouse.rules import STACK, codes_by_table, raised_codes


@pytest.fixture(scope="module")
def manifest() -> Mapping[str, Any]:
    return manifest_document()


def sql_behind(manifest: Mapping[str, Any], table: str) -> Iterator[str]:
    """SQL of a table and of every table that it reads, however far up."""
    waiting, seen = [f"model.tieout.{table}"], set()
    while waiting:
        name = waiting.pop()
        if name.startswith("model.") and name not in seen:
            seen.add(name)
            yield manifest["nodes"][name]["raw_code"]
            waiting += manifest["nodes"][name]["depends_on"]["nodes"]


def test_every_table_of_problems_names_the_codes_it_can_raise(manifest: Mapping[str, Any]) -> None:
    tables = codes_by_table(manifest)
    assert len(tables) >= 8
    assert [table for table, codes in tables.items() if not codes] == []


def test_every_named_code_is_a_known_one(manifest: Mapping[str, Any]) -> None:
    assert [code for code in raised_codes(manifest) if code not in EXCEPTIONS] == []


# The seed that says which code a stock in limbo raises, beside its age limit.
LIMBO = Path(__file__).parents[4] / "dbt_project" / "seeds" / "policies" / "exception_stock.csv"


def test_every_named_code_stands_in_the_sql_behind_its_table(manifest: Mapping[str, Any]) -> None:
    unfounded = []
    for table, codes in codes_by_table(manifest).items():
        sql = "\n".join(sql_behind(manifest, table))
        # the ledger's codes are put together: GL_ and the class of the reconciling item
        unfounded += [
            (table, code)
            for code in codes
            if f"'{code}'" not in sql
            and not ("exception_stock" in sql and code in LIMBO.read_text(encoding="utf-8"))
            and not (f"'{code.removeprefix('GL_')}'" in sql and "'GL_' ||" in sql)
        ]
    assert unfounded == []


def test_a_table_that_names_no_code_shows_as_empty() -> None:
    small = {
        "nodes": {
            STACK: {"depends_on": {"nodes": ["model.tieout.told", "model.tieout.silent"]}},
            "test.a": _accepted("model.tieout.told", "code", ["B", "A"]),
            "test.b": _accepted("model.tieout.told", "other", ["C"]),
            "test.c": _accepted("model.tieout.elsewhere", "code", ["D"]),
        }
    }
    assert codes_by_table(small) == {"told": ["A", "B"], "silent": []}
    assert raised_codes(small) == ["A", "B"]


def _accepted(table: str, column: str, values: list[str]) -> dict[str, Any]:
    return {
        "attached_node": table,
        "column_name": column,
        "test_metadata": {"name": "accepted_values", "kwargs": {"values": values}},
    }
