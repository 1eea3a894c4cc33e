"""kill -9 in the middle of a run: readers see the old version, the next run repairs.

That next run is also a second demo: all files came before, and no byte may differ.
"""

from __future__ import annotations

import hashlib
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

# Enough that a run has got going, and far from the end of what it does then.
FILES_READ, NODES_BUILT = 20, 150
LONGEST_SECONDS = 300
# Looking takes time from the run that is looked at, and a run reads some 30 files a second.
SECONDS_BETWEEN_LOOKS = 0.1


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
        time.sleep(SECONDS_BETWEEN_LOOKS)
    process.send_signal(signal.SIGKILL)
    return process.wait()


def contents(workspace: Path) -> dict[str, str]:
    """Hash of every published Parquet file and every file handed back."""
    current = workspace / "published" / "current"
    files = [*sorted(current.glob("*.parquet")), *sorted((workspace / "handback").glob("*.csv"))]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def emptied(demo: Path, workspace: Path) -> None:
    """A copy of the demo that has read nothing yet; what was handed back stays told."""
    shutil.copytree(
        demo,
        workspace,
        symlinks=True,
        ignore=lambda folder, _: (
            ["raw", "quarantine", "computed", "next", "published"] if Path(folder) == demo else []
        ),
    )
    for folder in ("raw", "quarantine", "computed", "next", "published"):
        (workspace / folder).mkdir()
    publish_an_older_version(demo / "published" / "current", workspace)


def test_killed_runs_show_no_reader_a_half_built_table_and_the_next_demo_changes_no_byte(
    demo_workspace: Path, tmp_path: Path
) -> None:
    workspace = tmp_path / "killed"
    emptied(demo_workspace, workspace)
    old_rows = total_rows(workspace)
    assert 0 < old_rows < total_rows(demo_workspace)

    lake, built = workspace / "raw", workspace / "next" / "dbt" / "run"
    read = []
    for while_reading_then_while_building in (
        lambda: files(lake, "*.parquet") >= FILES_READ,
        lambda: files(built, "*.sql") >= NODES_BUILT,
    ):
        assert kill_when(while_reading_then_while_building, workspace) == -signal.SIGKILL
        assert (version(workspace), total_rows(workspace)) == ("older", old_rows)
        read.append(files(lake, "*.parquet"))
    assert read[0] < read[1], "the first kill was to leave files unread"

    tieout("demo", "--workspace", workspace)
    assert version(workspace) != "older"
    assert contents(workspace) == contents(demo_workspace)
