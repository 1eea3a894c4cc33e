"""Our way of making tables keeps what dbt's own promises: contracts hold, and again is the same."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
from dbt.cli.main import dbtRunner

from pipelines.warehouse.dbt_build import release_database
from pipelines.warehouse.project import dbt_flags

MACROS = Path(__file__).resolve().parents[3] / "dbt_project" / "macros" / "engines"
COLUMNS = [
    {"name": "thing", "data_type": "varchar", "constraints": [{"type": "not_null"}]},
    {"name": "amount", "data_type": "decimal(18, 4)"},
]
TABLES = {
    "held": "select cast(1 as decimal(18, 4)) as amount, 'a' as thing",
    "of_another_type": "select 'a' as thing, cast(1 as double) as amount",
    "without_a_column": "select 'a' as thing",
    "view_of_another_type": (
        "{{ config(materialized='view') }} select 'a' as thing, cast(1 as double) as amount"
    ),
    "with_a_null": "select cast(null as varchar) as thing, cast(1 as decimal(18, 4)) as amount",
}


def project(home: Path) -> Path:
    """A project of tables and a view under one contract and a view without, with the macro under test."""
    files = {
        "dbt_project.yml": {
            "name": "small",
            "profile": "small",
            "macro-paths": [str(MACROS)],
            "models": {"small": {"+materialized": "table"}},
        },
        "profiles.yml": {
            "small": {
                "target": "build",
                "outputs": {
                    "build": {"type": "duckdb", "path": str(home / "w.duckdb"), "threads": 1}
                },
            }
        },
        "models/contracts.yml": {
            "models": [
                {"name": name, "config": {"contract": {"enforced": True}}, "columns": COLUMNS}
                for name in TABLES
            ]
        },
    }
    queries = TABLES | {"seen": "{{ config(materialized='view') }} select * from {{ ref('held') }}"}
    (home / "models").mkdir(parents=True)
    for name, content in files.items():
        (home / name).write_text(json.dumps(content), encoding="utf-8")  # JSON is YAML
    for name, query in queries.items():
        (home / "models" / f"{name}.sql").write_text(query, encoding="utf-8")
    return home


def outcomes(home: Path) -> dict[str, tuple[str, str]]:
    """Status and message of each table after one run."""
    done = dbtRunner().invoke(["run", *dbt_flags(home, home / "target")])
    release_database()
    return {row.node.name: (str(row.status), str(row.message)) for row in done.result}


def test_contracts_stop_what_they_forbid_and_a_second_run_replaces(tmp_path: Path) -> None:
    home = project(tmp_path / "small")
    for _ in range(2):
        said = outcomes(home)
        assert {name for name, (status, _) in said.items() if status == "success"} == {
            "held",
            "seen",
        }
        assert "data type mismatch" in said["of_another_type"][1]
        assert "data type mismatch" in said["view_of_another_type"][1]
        assert "missing in definition" in said["without_a_column"][1]
        assert "NOT NULL constraint failed" in said["with_a_null"][1]
    with duckdb.connect(str(home / "w.duckdb"), read_only=True) as connection:
        assert connection.sql("select thing, amount from seen").fetchall() == [("a", 1)]
        assert connection.sql("describe held").fetchall()[1][1] == "DECIMAL(18,4)"
