"""kill -9 in the middle of a run: readers see the old version, the next run repairs."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from tests.conftest import ROOT, tieout

# Deliveries stamped before this one come first; the rest comes while runs are being killed.
LATER_FROM = "20251101"
# Enough that a run has got going, and far from the end of what it does then.
FILES_READ, NODES_BUILT = 20, 150
LONGEST_SECONDS = 300


def deliver(story: Path, workspace: Path, *, before: str) -> None:
    for file in sorted(story.iterdir()):
        stamp = file.name.split("__")[-1]
        if stamp < before:
            shutil.copy(file, workspace / "landing" / file.name)


def publish_an_older_version(finished: Path, workspace: Path) -> None:
    """What readers had before: a version with fewer stock moves, laid as a run lays it."""
    home = workspace / "published" / "older"
    shutil.copytree(finished.resolve(), home)
    with duckdb.connect(str(home / "serve.duckdb")) as connection:
        connection.sql("delete from fct_stock_move where posting_date >= date '2025-11-01'")
    (workspace / "published" / "current").symlink_to("older")


def version(workspace: Path) -> str:
    return os.readlink(workspace / "published" / "current")


def total_rows(workspace: Path) -> int:
    """Rows a reader counts in the published stock moves."""
    serve = workspace / "published" / "current" / "serve.duckdb"
    with duckdb.connect(str(serve), read_only=True) as connection:
        counted = connection.sql("select count(*) from fct_stock_move").fetchone()
        assert counted is not None
        return int(counted[0])


def files(folder: Path, pattern: str) -> int:
    return sum(1 for _ in folder.rglob(pattern))


def kill_when(has_begun: Callable[[], bool], workspace: Path) -> int:
    """Exit code of a run that is killed once something has begun, unless it was done before."""
    process = subprocess.Popen(
        [sys.executable, "-m", "pipelines.cli", "run", "--workspace", str(workspace)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + LONGEST_SECONDS
    while time.monotonic() < deadline and process.poll() is None and not has_begun():
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    return process.wait()


def test_a_killed_run_shows_no_reader_a_half_built_table_and_is_repaired(
    demo_workspace: Path, tmp_path: Path
) -> None:
    workspace = tmp_path / "killed"
    story = demo_workspace / "sample" / "landing"
    tieout("init", workspace)
    shutil.copy(demo_workspace / "tieout.toml", workspace / "tieout.toml")
    deliver(story, workspace, before=LATER_FROM)
    tieout("ingest", "--workspace", workspace)
    publish_an_older_version(demo_workspace / "published" / "current", workspace)
    old_rows = total_rows(workspace)
    assert 0 < old_rows < total_rows(demo_workspace)

    deliver(story, workspace, before="9")
    lake, built = workspace / "raw", workspace / "next" / "dbt" / "run"
    enough = files(lake, "*.parquet") + FILES_READ
    for while_reading_then_while_building in (
        lambda: files(lake, "*.parquet") >= enough,
        lambda: files(built, "*.sql") >= NODES_BUILT,
    ):
        assert kill_when(while_reading_then_while_building, workspace) == -signal.SIGKILL
        assert (version(workspace), total_rows(workspace)) == ("older", old_rows)
    assert files(lake, "*.parquet") > enough, "the first kill was to leave files unread"

    tieout("run", "--workspace", workspace)
    published = workspace / "published" / "current"
    assert version(workspace) != "older"
    for file in sorted((demo_workspace / "published" / "current").glob("*.parquet")):
        differing = duckdb.sql(
            f"""
            (select * from read_parquet('{file}') except all
                select * from read_parquet('{published / file.name}'))
            union all
            (select * from read_parquet('{published / file.name}') except all
                select * from read_parquet('{file}'))
            """
        ).fetchall()
        assert differing == [], file.name
