"""The demo from an empty folder: what it says, hands back and answers."""

from __future__ import annotations

import json
import re
from pathlib import Path

import duckdb

from tests.conftest import ROOT, tieout


def rows(workspace: Path, query: str) -> list[tuple[object, ...]]:
    """Rows of a query over the published database."""
    serve = workspace / "published" / "current" / "serve.duckdb"
    with duckdb.connect(str(serve), read_only=True) as connection:
        return connection.sql(query).fetchall()


def test_it_says_what_was_loaded_rejected_found_and_where(demo_workspace: Path) -> None:
    printed = (demo_workspace / "demo.out").read_text(encoding="utf-8")
    for word in ("Loaded", "rejected", "Found", "TAX_BLOCK", "Where", "Next", "handback"):
        assert word in printed


def test_the_readme_shows_what_the_demo_prints(demo_workspace: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"```text\n(.*?)```", readme, re.DOTALL)
    assert shown is not None, "README shows no demo output"
    printed = (demo_workspace / "demo.out").read_text(encoding="utf-8")
    said = printed.replace(str(demo_workspace), "workspace").strip()
    assert shown.group(1).strip() == "\n".join(line.rstrip() for line in said.splitlines())


def test_read_is_accepted_plus_rejected_plus_repeated_plus_filtered(demo_workspace: Path) -> None:
    query = """
        select file_name, feed from fct_feed_delivery
        where status <> 'refused'
            and rows_read <> rows_accepted + rows_rejected + rows_repeated + rows_filtered
    """
    assert rows(demo_workspace, query) == []


def test_handed_back_files_have_rows_and_unique_keys(demo_workspace: Path) -> None:
    keys = {
        "exceptions": "exception_id",
        "ready_to_bill": "rtb_key",
        "proposed_journals": "proposal_key, line",
        "reorder_points": "company_id, item_id, location_id",
        "availability": "company_id, item_id, location_id, channel, date",
    }
    for name, key in keys.items():
        file = demo_workspace / "handback" / f"{name}.parquet"
        total, distinct = duckdb.sql(
            f"select count(*), count(distinct ({key})) from read_parquet('{file}')"
        ).fetchall()[0]
        assert total == distinct > 0, name


def test_every_command_that_reads_speaks_json(demo_workspace: Path) -> None:
    order = rows(demo_workspace, "select min(order_id) from mart_unbilled")[0][0]
    for arguments in (["status"], ["exceptions", "list"], ["trace", str(order)]):
        done = tieout(*arguments, "--workspace", demo_workspace, "--json")
        assert json.loads(done.stdout), arguments


def test_an_unknown_order_is_a_usage_fault(demo_workspace: Path) -> None:
    done = tieout("trace", "NO-SUCH", "--workspace", demo_workspace, check=False)
    assert done.returncode == 2
    assert "no published table knows it" in done.stderr


def test_a_folder_that_is_no_workspace_is_a_usage_fault(tmp_path: Path) -> None:
    done = tieout("run", "--workspace", tmp_path, check=False)
    assert done.returncode == 2
    assert "tieout init" in done.stderr


def test_an_empty_landing_is_not_ready(tmp_path: Path) -> None:
    tieout("init", tmp_path / "empty")
    done = tieout("run", "--workspace", tmp_path / "empty", check=False)
    assert done.returncode == 3
    assert "no rows have been accepted" in done.stderr


def test_a_setting_nobody_knows_is_named_with_the_known_ones(tmp_path: Path) -> None:
    tieout("init", tmp_path / "odd")
    (tmp_path / "odd" / "tieout.toml").write_text("as_off = 2025-01-01\n", encoding="utf-8")
    done = tieout("run", "--workspace", tmp_path / "odd", check=False)
    assert done.returncode == 2
    assert "as_off" in done.stderr
    assert "Known settings: as_of" in done.stderr
