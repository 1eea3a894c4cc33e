"""The dbt project by itself: an empty site builds, every test holds there, and each can fail."""

from __future__ import annotations

import shutil
from collections import Counter
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.warehouse import dbt_runners
from pipelines.warehouse.database import connect
from pipelines.warehouse.dbt_build import GOOD, DbtBuild, NodeOutcome
from pipelines.warehouse.project import manifest_document, manifest_object
from tests.warehouse.broken_rows import STATED
from tests.warehouse.broken_table import Check, Desk, trials
from tests.warehouse.project_sql import ProjectSql

# a second opinion on whole histories: random companies break it in test_costing_laws.py
TRIED_ELSEWHERE = {"fifo_costs_equal_the_sweep"}


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


def test_kept_statements_are_those_dbt_renders_and_a_check_says_what_dbts_own_says(
    project: ProjectSql, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = tmp_path / "next" / "warehouse.duckdb"
    database.parent.mkdir()
    shutil.copy(project.database, database)
    with connect(database) as connection:
        connection.sql("insert into main.accrual_reclass from main.accrual_reclass limit 1")
        connection.sql("create or replace table main.mart_event_rule as select false as is_covered")
    asked = [
        "--select",
        "fct_gl_tieout",
        "accrual_reclass",
        "mart_event_rule_every_event_has_a_rule",
    ]
    asked += ["--exclude-resource-type", "seed", "--exclude-resource-type", "unit_test"]
    dbt = DbtBuild(database, threads=2, memory_limit="2GB")
    ours = dbt.build(*asked)
    monkeypatch.setattr(dbt_runners, "with_kept", lambda kept: nullcontext())
    # rendering writes onto the node, so dbt is given nodes that nobody has touched
    manifest_object.cache_clear()
    theirs = dbt.build(*asked)
    assert untimed(ours) == untimed(theirs)
    assert {outcome.status for outcome in ours} == {"success", "pass", "warn", "fail"}


def untimed(outcomes: list[NodeOutcome]) -> dict[str, NodeOutcome]:
    return {outcome.unique_id: replace(outcome, seconds=0.0) for outcome in outcomes}


def test_every_check_fails_on_a_row_that_breaks_it_and_only_there(project: ProjectSql) -> None:
    checks = {check.name: check for check in map(_check, project.outcomes) if check is not None}
    stated = {name for name, check in checks.items() if check.kind in ("holds", "agrees")}
    assert stated == set(STATED), "broken_rows.py and the project name different statements"
    desk = Desk(str(project.database))
    wrong = [
        f"{name}: {'nothing found in' if trial.breaks else 'fires on'} {dict(trial.rows)}"
        for name, check in checks.items()
        for trial in trials(check, desk)
        if bool(desk.found(check, trial)) != trial.breaks
    ]
    assert wrong == []


def _check(outcome: NodeOutcome) -> Check | None:
    """The check behind an outcome; None for what is no check, or tried elsewhere."""
    if outcome.kind != "test" or outcome.name in TRIED_ELSEWHERE:
        return None
    node = manifest_document()["nodes"][outcome.unique_id]
    told = node["test_metadata"]
    table = node["attached_node"].rsplit(".", 1)[-1]
    return Check(outcome.name, told["name"], table, outcome.sql, told["kwargs"])
