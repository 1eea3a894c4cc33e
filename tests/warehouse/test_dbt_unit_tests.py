"""Every dbt unit test holds, on tables that are there and empty."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from dbt.cli.main import dbtRunner

from models.contracts import COMPUTED, INGEST
from pipelines.warehouse.database import RunParameters, contract_columns, prepare_database
from pipelines.warehouse.dbt_build import DbtBuild
from pipelines.warehouse.project import PROJECT_DIR, dbt_flags, manifest_object

DAY = datetime(2026, 1, 1, tzinfo=UTC)


def empty_frames() -> dict[str, object]:
    """The tables about the feeds, typed and without rows."""
    import polars as pl

    return {
        table: pl.DataFrame(schema=contract.polars_types())
        for table, contract in INGEST.items()
        if table not in {"run_parameter", "outdated_row"}
    }


def test_unit_tests_of_the_tables_hold(tmp_path: Path) -> None:
    database = tmp_path / "warehouse.duckdb"
    run = RunParameters(as_of_at=DAY, watermark_at=DAY, policy_version="test")
    prepare_database(database, raw_files={}, ingest_frames=empty_frames(), run=run)
    assert all(contract_columns(contract) for contract in COMPUTED.values())

    built = DbtBuild(database, threads=2, memory_limit="2GB").run("build", [])
    assert [outcome.words for outcome in built if outcome.failed] == []

    os.environ["TIEOUT_BUILD_DB"] = str(database)
    arguments = ["test", "--select", "test_type:unit", *dbt_flags(PROJECT_DIR, tmp_path / "dbt")]
    outcome = dbtRunner(manifest=manifest_object()).invoke(arguments)
    results = list(outcome.result)
    assert len(results) > 20, "the project has hardly any unit test"
    assert {r.node.name: r.message for r in results if str(r.status) != "pass"} == {}
