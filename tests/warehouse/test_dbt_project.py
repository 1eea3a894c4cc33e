"""The dbt project by itself: a site that has sent nothing yet builds, and every test holds."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

from pipelines.warehouse.dbt_build import GOOD, DbtBuild
from tests.warehouse.project_sql import ProjectSql


def test_an_empty_site_builds_and_every_test_holds(project: ProjectSql) -> None:
    kinds = Counter(outcome.kind for outcome in project.outcomes)
    assert min(kinds["model"], kinds["test"], kinds["seed"]) > 20, kinds


def test_every_unit_test_holds(project: ProjectSql, tmp_path: Path) -> None:
    database = tmp_path / "next" / "warehouse.duckdb"
    database.parent.mkdir()
    shutil.copy(project.database, database)
    dbt = DbtBuild(database, threads=2, memory_limit="2GB")
    made = dbt.build("--select", "test_type:unit", verb="test")
    assert [outcome.words for outcome in made if outcome.status not in GOOD] == []
    assert len(made) > 20, "the project has hardly any unit test"
