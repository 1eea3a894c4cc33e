"""kill -9 in the middle of a run: readers see the old version, the next run repairs."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from tests.conftest import ROOT, tieout

pytestmark = pytest.mark.xdist_group("demo")

# Deliveries stamped before this one come first; the rest comes while runs are being killed.
LATER_FROM = "20251101"
# Seconds after which a run is killed: while reading, and while building and testing.
MOMENTS = (5.0, 12.0)


def version(workspace: Path) -> str:
    return os.readlink(workspace / "published" / "current")


def kill_after(seconds: float, workspace: Path) -> int:
    """Exit code of a run that is killed after some seconds, unless it was done before."""
    process = subprocess.Popen(
        [sys.executable, "-m", "pipelines.cli", "run", "--workspace", str(workspace)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    return process.wait()


def total_rows(workspace: Path) -> int:
    """Rows a reader counts in the published stock moves."""
    serve = workspace / "published" / "current" / "serve.duckdb"
    with duckdb.connect(str(serve), read_only=True) as connection:
        counted = connection.sql("select count(*) from fct_stock_move").fetchone()
        assert counted is not None
        return int(counted[0])


def deliver(story: Path, workspace: Path, *, before: str) -> None:
    for file in sorted(story.iterdir()):
        stamp = file.name.split("__")[-1]
        if stamp < before:
            shutil.copy(file, workspace / "landing" / file.name)


def test_a_killed_run_shows_no_reader_a_half_built_table_and_is_repaired(
    demo_workspace: Path, tmp_path: Path
) -> None:
    workspace = tmp_path / "killed"
    story = demo_workspace / "sample" / "landing"
    tieout("init", workspace)
    shutil.copy(demo_workspace / "tieout.toml", workspace / "tieout.toml")
    deliver(story, workspace, before=LATER_FROM)
    tieout("run", "--workspace", workspace)
    old_version, old_rows = version(workspace), total_rows(workspace)
    assert old_rows > 0

    deliver(story, workspace, before="9")
    killed = 0
    for seconds in MOMENTS:
        killed += kill_after(seconds, workspace) == -signal.SIGKILL
        if version(workspace) == old_version:
            assert total_rows(workspace) == old_rows
    assert killed >= 2, "no run lived long enough to be killed; move the moments"

    tieout("run", "--workspace", workspace)
    published = workspace / "published" / "current"
    assert version(workspace) != old_version
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
