"""The worklog only grows: whole after a kill, in order under many writers, sealed against others."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipelines.faults import DataFault
from pipelines.worklog.store import FILE_NAME, checked_rows, open_worklog, worklog_frame
from tests.conftest import ROOT

TABLE = "exception_event"
# Adds rows five at a time, without end, and says so after each five.
WRITER = """
import sys
from pathlib import Path
from pipelines.worklog.store import open_worklog
number = 0
with open_worklog(Path(sys.argv[1])) as worklog:
    while True:
        with worklog.adding():
            for part in range(5):
                row = {"exception_id": f"{sys.argv[2]}-{number}", "part": part}
                worklog.add("exception_event", [row])
        number += 1
        print(number, flush=True)
"""


def noted(name: str, action: str = "commented", **more: str) -> dict[str, str]:
    return {"exception_id": name, "company_id": "C", "action": action, **more}


def add(folder: Path, *rows: dict[str, str], request: str = "") -> int:
    with open_worklog(folder) as worklog, worklog.adding():
        return worklog.add(TABLE, rows, request=request)


def writer(folder: Path, name: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder), name],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )


def test_rows_come_back_in_order_with_their_numbers(tmp_path: Path) -> None:
    assert checked_rows(tmp_path, TABLE) == []
    add(tmp_path, noted("a", note="x"), noted("b"))
    add(tmp_path, noted("a", note="y"))
    rows = checked_rows(tmp_path, TABLE)
    assert [(row["seq"], row["exception_id"], row.get("note")) for row in rows] == [
        (1, "a", "x"),
        (2, "b", None),
        (3, "a", "y"),
    ]


def test_a_request_asked_again_adds_nothing_and_another_one_does(tmp_path: Path) -> None:
    rows = (noted("a", "detected"), noted("b", "gone"))
    assert add(tmp_path, *rows, request="r1") == 2
    assert add(tmp_path, *rows, noted("a", "reopened"), request="r1") == 1
    assert add(tmp_path, *rows, request="r") == 2, "r is no part of r1"
    assert add(tmp_path, noted("a"), noted("a")) == 2, "people may say the same thing twice"


def test_what_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyError), open_worklog(tmp_path) as worklog, worklog.adding():
        worklog.add(TABLE, [noted("a")])
        worklog.add(TABLE, [{"company_id": "C"}])
    assert checked_rows(tmp_path, TABLE) == []


@pytest.mark.parametrize("sql", [f"update {TABLE} set content = '{{}}'", f"delete from {TABLE}"])
def test_the_file_refuses_to_be_changed(tmp_path: Path, sql: str) -> None:
    add(tmp_path, noted("a"))
    with (
        sqlite3.connect(tmp_path / FILE_NAME) as connection,
        pytest.raises(sqlite3.IntegrityError, match="never"),
    ):
        connection.execute(sql)


@pytest.mark.parametrize(
    ("sql", "broken"),
    [
        ("update exception_event set content = replace(content, 'a', 'z') where seq = 2", 2),
        ("delete from exception_event where seq = 1", 1),
        ("update exception_event set seq = seq + 1 where seq = 3", 3),
    ],
)
def test_a_row_changed_with_another_tool_is_named(tmp_path: Path, sql: str, broken: int) -> None:
    add(tmp_path, noted("a"), noted("ba"), noted("c"))
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        for name in ("unchanged", "kept"):
            connection.execute(f"drop trigger {TABLE}_{name}")
        connection.execute(sql)
    with pytest.raises(DataFault, match=f"row {broken} of {TABLE} is not as it was written"):
        checked_rows(tmp_path, TABLE)


def test_killed_writers_leave_whole_transactions_and_one_order(tmp_path: Path) -> None:
    """Three write at once; each is killed in the middle of it. Nothing is torn, nothing is lost
    that a writer was told is written."""
    writers = {name: writer(tmp_path, name) for name in ("x", "y", "z")}
    told: dict[str, int] = {}
    for name, process in writers.items():
        assert process.stdout is not None
        told[name] = int(process.stdout.readline())
    time.sleep(0.3)
    for process in writers.values():
        process.send_signal(signal.SIGKILL)
    for name, process in writers.items():
        rest, _ = process.communicate()
        told[name] = max([told[name], *(int(line) for line in rest.split())])
    add(tmp_path, noted("after"))

    rows = checked_rows(tmp_path, TABLE)
    assert [row["seq"] for row in rows] == list(range(1, len(rows) + 1))
    groups = [rows[start : start + 5] for start in range(0, len(rows) - 1, 5)]
    for group in groups:
        assert len({row["exception_id"] for row in group}) == 1
        assert [row["part"] for row in group] == [0, 1, 2, 3, 4]
    for name, count in told.items():
        written = [group for group in groups if group[0]["exception_id"].startswith(f"{name}-")]
        assert len(written) >= count > 0


def test_the_frame_has_the_types_of_the_contract_and_older_rows_fit(tmp_path: Path) -> None:
    older = {"exception_id": "a", "company_id": "C", "action": "detected", "seq": 1}
    newer = older | {"exposure_amount": "1.2500", "noted_at": "2026-03-01T12:00:00+01:00"}
    frame = worklog_frame(TABLE, [older, newer])
    assert frame["exposure_amount"].to_list()[0] is None
    assert str(frame["exposure_amount"].to_list()[1]) == "1.2500"
    assert frame["noted_at"].to_list()[1].isoformat() == "2026-03-01T11:00:00+00:00"
