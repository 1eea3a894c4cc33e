"""One direction of flow: imports between rooms, references between dbt layers."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipelines.warehouse.project import parse_project
from reporting.table_words import table_words

ROOT = Path(__file__).resolve().parents[2]
# layer -> what it may read; seeds are data and may be read by the layers that join words to codes
ALLOWED = {
    "staging": {"source"},
    "intermediate": {"staging", "intermediate", "seed"},
    "core": {"intermediate", "core", "seed"},
    "reader": {"intermediate", "core", "seed"},
}
READERS = {"sales", "warehouse", "finance", "planning", "control"}


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    return json.loads(parse_project().read_text(encoding="utf-8"))


def tables(manifest: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (n for n in manifest["nodes"].values() if n["resource_type"] == "model")


def layer(node: dict[str, Any]) -> str:
    """Layer of a node by the folder it lies in."""
    if node["resource_type"] == "model":
        folder = node["fqn"][1]
        if folder != "marts":
            return str(folder)
        return "core" if node["fqn"][2] == "core" else "reader"
    return str(node["resource_type"])


def test_rooms_import_in_one_direction() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_layers_read_downhill_only(manifest: dict[str, Any]) -> None:
    known = {**manifest["nodes"], **manifest["sources"]}
    uphill = [
        f"{node['name']} reads {known[other]['name']}"
        for node in tables(manifest)
        for other in node["depends_on"]["nodes"]
        if layer(known[other]) not in ALLOWED[layer(node)]
    ]
    assert uphill == []


def test_every_table_lies_in_a_known_layer(manifest: dict[str, Any]) -> None:
    unknown = [
        node["name"]
        for node in tables(manifest)
        if layer(node) not in ALLOWED or (layer(node) == "reader" and node["fqn"][2] not in READERS)
    ]
    assert unknown == []


def test_every_table_has_its_own_yml_beside_it(manifest: dict[str, Any]) -> None:
    wrong = [
        node["name"]
        for node in tables(manifest)
        if node["patch_path"] is None
        or Path(node["patch_path"].split("://")[1])
        != Path(node["original_file_path"]).with_suffix(".yml")
    ]
    assert wrong == []


def test_every_table_says_one_row_per(manifest: dict[str, Any]) -> None:
    silent = [n["name"] for n in tables(manifest) if not n["description"].startswith("One row per")]
    assert silent == []


def test_every_mart_has_an_enforced_contract_and_a_test_on_its_grain(
    manifest: dict[str, Any],
) -> None:
    marts = [n for n in tables(manifest) if layer(n) in {"core", "reader"}]
    assert marts, "the project has no marts"
    assert [n["name"] for n in marts if not n["contract"]["enforced"]] == []
    tested = {
        node["attached_node"]
        for node in manifest["nodes"].values()
        if node["resource_type"] == "test"
        and (node.get("test_metadata") or {}).get("name") in {"unique_grain", "unique"}
    }
    assert [n["name"] for n in marts if n["unique_id"] not in tested] == []


def test_every_published_table_has_words_for_those_who_look_at_it(
    manifest: dict[str, Any],
) -> None:
    marts = [n["name"] for n in tables(manifest) if layer(n) in {"core", "reader"}]
    assert [name for name in marts if not table_words(name).row.startswith("One row per")] == []


def test_every_published_row_names_its_company(manifest: dict[str, Any]) -> None:
    marts = [n for n in tables(manifest) if layer(n) in {"core", "reader"}]
    assert [n["name"] for n in marts if "company_id" not in n["columns"]] == []


OF_THE_RUN = (
    "run_query", "env_var", "var", "run_started_at", "invocation_id", "modules", "graph", "execute",
    "load_result", "flags", "builtins", "dbt_metadata_envs",
)  # fmt: skip


def test_no_statement_depends_on_the_run_so_that_it_can_be_kept(manifest: dict[str, Any]) -> None:
    """What dbt renders for one workspace holds for all, or pipelines/warehouse would mislead it."""
    texts = {node["name"]: node["raw_code"] for node in manifest["nodes"].values()}
    texts |= {
        macro["name"]: macro["macro_sql"]
        for macro in manifest["macros"].values()
        if macro["package_name"] == "tieout"
        # these make the table and name its schema, anew for every run
        and not macro["name"].startswith(("materialization_", "generate_schema_name"))
    }
    assert len(texts) > 500
    asked = re.compile(rf"\b({'|'.join(OF_THE_RUN)})\b|\b(adapter\.get|target\.)\w+")
    wrong = {
        name: found
        for name, text in texts.items()
        for jinja in re.findall(r"{[{%](.*?)[%}]}", text, re.DOTALL)
        if (found := asked.findall(jinja))
    }
    assert wrong == {}


def test_macros_are_few_and_short(manifest: dict[str, Any]) -> None:
    ours = [m for m in manifest["macros"].values() if m["package_name"] == "tieout"]
    told_apart = ("test_", "duckdb__", "spark__", "materialization_")
    assert len([m for m in ours if not m["name"].startswith(told_apart)]) < 15
    assert {m["name"] for m in ours if len(m["macro_sql"].splitlines()) > 30} == set()


DECIDED_BY_RULES = (
    "fct_readiness_check", "fct_expected_billing", "fct_billing_match", "fct_expected_journal_line",
    "fct_journal_match", "fct_gl_tieout", "mart_proposed_journal", "fct_cost_entry",
    "fct_cost_layer", "fct_receipt_accrual",
)  # fmt: skip
LEARNT = (
    "forecast", "forecast_quantile", "forecast_accuracy", "forecast_reason", "transfer_plan",
    "billing_watch", "dispute_category", "exception_worth", "score_evaluation",
)  # fmt: skip


def test_capability_111_no_score_is_read_where_rules_decide(manifest: dict[str, Any]) -> None:
    """Nothing learnt, and no suggestion, lies upstream of readiness, billing, journals or cost."""
    nodes = manifest["nodes"]
    name_of = {node["name"]: key for key, node in nodes.items() if key.startswith("model.")}
    learnt = {f"source.tieout.computed.{table}" for table in LEARNT}
    assert learnt <= set(manifest["sources"])
    forbidden = learnt | {name_of["fct_match_suggestion"], name_of["mart_match_precision"]}
    told = {}
    for table in DECIDED_BY_RULES:
        seen: set[str] = set()
        left = [name_of[table]]
        while left:
            key = left.pop()
            if key not in seen:
                seen.add(key)
                left += nodes.get(key, {}).get("depends_on", {}).get("nodes", [])
        if found := seen & forbidden:
            told[table] = sorted(found)
    assert told == {}
