"""What people do outlives a rebuild, and what went out to be billed does not go out again."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.faults import UsageFault
from pipelines.handback import hand_back
from pipelines.publish import publish
from pipelines.warehouse.database import connect
from pipelines.warehouse.dbt_build import GOOD, DbtBuild
from pipelines.worklog.rounds import note_run, noted_before, published_run, worklog_frames
from pipelines.worklog.store import checked_rows, open_worklog
from pipelines.workspace import Workspace

USERS = '\nusers = { anna = "finance", olaf = "auditor", wim = "warehouse" }\n'
GONE = "0" * 32
# What stands on the worklog and is read below.
REBUILT = (
    "int_exception__event",
    "int_exception__lifecycle",
    "int_exception__standing",
    "int_exception__deadline",
    "fct_exception",
    "fct_exception_event",
    "int_billing__afterwards",
    "fct_expected_billing",
    "mart_leakage",
)


@dataclass(frozen=True)
class Site:
    """A site after its first run, a day of work, and a second run on the same data and later code."""

    workspace: Workspace
    assigned: str
    written_off: str
    amount: Decimal

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        serve = self.workspace.current / "serve.duckdb"
        with duckdb.connect(str(serve), read_only=True) as connection:
            return connection.sql(query).fetchall()

    def one(self, exception_id: str, columns: str) -> tuple[Any, ...]:
        query = f"select {columns} from fct_exception where exception_id = '{exception_id}'"
        return self.rows(query)[0]


def act(workspace: Workspace, *arguments: str, user: str = "anna") -> Any:
    """Answer of `tieout exceptions ...`; what it refuses is raised."""
    options = ["--workspace", str(workspace.root), "--user", user]
    done = CliRunner().invoke(app, ["exceptions", *arguments, *options])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def copied(demo: Path, home: Path) -> Workspace:
    """What this test needs of the demo: what is published, noted, handed over and built."""
    for folder in ("published", "worklog", "handback"):
        shutil.copytree(demo / folder, home / folder, symlinks=True)
    (home / "next").mkdir()
    for file in ("next/warehouse.duckdb", "next/run.json"):
        shutil.copy(demo / file, home / file)
    settings = (demo / "tieout.toml").read_text(encoding="utf-8")
    (home / "tieout.toml").write_text(settings + USERS, encoding="utf-8")
    return Workspace(home).require()


def run_again(workspace: Workspace, request: str) -> None:
    """The part of a run that stands on the worklog, as the request of another day."""
    frames = worklog_frames(noted_before(workspace, request))
    with connect(workspace.build_database) as connection:
        for table, frame in frames.items():
            connection.register("incoming", frame.to_arrow())
            connection.sql(f"create or replace table worklog.{table} as select * from incoming")
            connection.unregister("incoming")
    build = DbtBuild(workspace.build_database, threads=2, memory_limit="2GB")
    broken = [outcome.words for outcome in build.run(REBUILT) if outcome.status not in GOOD]
    assert broken == []
    run = {**published_run(workspace), "request": request}
    publish(workspace.build_database, workspace.published, version=request, run=run, keep=9)
    note_run(workspace, now=workspace.now())
    hand_back(workspace, now=workspace.now())


@pytest.fixture(scope="module")
def site(demo_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    workspace = copied(demo_workspace, tmp_path_factory.mktemp("worked"))
    found = json.loads(act(workspace, "list", "--code", "UNBILLED", "--json").stdout)
    assigned, written_off = found[0], found[1]
    act(workspace, "assign", assigned["id"], "--to", "ben", "--note", "the large one")
    act(workspace, "comment", assigned["id"], "seen in the audit", user="olaf")
    reason = ("--as", "written_off", "--reason", "customer has gone")
    act(workspace, "resolve", written_off["id"], *reason)
    # what an earlier run found and this data does not show
    gone = {**checked_rows(workspace.worklog, "exception_event")[0], "exception_id": GONE}
    with open_worklog(workspace.worklog) as worklog, worklog.adding():
        worklog.add("exception_event", [gone | {"business_key": "gone"}], request="earlier")
    run_again(workspace, "another-day")
    yield Site(
        workspace,
        assigned["exception_id"],
        written_off["exception_id"],
        Decimal(written_off["exposure_amount"]),
    )


def test_the_first_run_notes_what_it_found(demo_workspace: Path) -> None:
    noted = checked_rows(demo_workspace / "worklog", "exception_event")
    published = pl.read_parquet(demo_workspace / "published/current/fct_exception.parquet")
    assert {row["action"] for row in noted} == {"detected"}
    assert {row["exception_id"] for row in noted} == set(published["exception_id"])
    assert set(published["status"]) == {"open"}


def test_assignment_comment_and_end_outlive_a_rebuild(site: Site) -> None:
    assert site.one(site.assigned, "status, assigned_to, last_note, comment_count, is_found") == (
        "assigned", "ben", "seen in the audit", 1, True,
    )  # fmt: skip
    assert site.one(site.written_off, "status, resolution, status_by, last_note, escalation") == (
        "resolved", "written_off", "anna", "customer has gone", "none",
    )  # fmt: skip


def test_the_history_says_who_did_what_in_which_role(site: Site) -> None:
    told = site.rows(
        "select actor, role, action, status, note from fct_exception_event"
        f" where exception_id = '{site.assigned}' order by seq"
    )
    assert told == [
        ("run", None, "detected", "open", None),
        ("anna", "finance", "assigned", "assigned", "the large one"),
        ("olaf", "auditor", "commented", None, "seen in the audit"),
    ]


def test_what_is_no_longer_found_is_resolved_and_stays_to_be_seen(site: Site) -> None:
    assert site.one(GONE, "status, resolution, is_found") == ("resolved", "no_longer_found", False)
    noted = checked_rows(site.workspace.worklog, "exception_event")
    assert [row["action"] for row in noted if row["exception_id"] == GONE] == ["detected", "gone"]


def test_capability_48_what_is_written_off_is_told_apart_from_what_is_open(site: Site) -> None:
    found = site.rows(
        "select sum(written_off_amount), sum(found_amount - cleared_by_timing_amount"
        " - recovered_amount - written_off_amount - dismissed_amount - open_amount)"
        " from mart_leakage where leakage_category = 'L1'"
    )
    assert found == [(site.amount, 0)]


def test_the_worklist_holds_what_is_open_and_the_handback_too(site: Site) -> None:
    listed = json.loads(act(site.workspace, "list", "--limit", "0", "--json").stdout)
    ids = {row["exception_id"] for row in listed}
    assert site.assigned in ids and not {site.written_off, GONE} & ids
    handed = pl.read_csv(site.workspace.handback / "exceptions.csv", infer_schema=False)
    assert site.assigned in handed["exception_id"] and GONE not in handed["exception_id"]
    closed = act(site.workspace, "list", "--closed", "--limit", "0", "--json").stdout
    assert {site.written_off, GONE} <= {row["exception_id"] for row in json.loads(closed)}


def test_show_and_export_say_the_whole_of_it(site: Site, tmp_path: Path) -> None:
    shown = act(site.workspace, "show", site.assigned[:8]).stdout
    for words in ("assigned", "ben", "seen in the audit", "expected_qty", "History"):
        assert words in shown
    target = tmp_path / "mine.csv"
    act(site.workspace, "export", str(target), "--assigned-to", "ben")
    assert pl.read_csv(target, infer_schema=False)["exception_id"].to_list() == [site.assigned]
    with pytest.raises(UsageFault, match=r"\.csv or \.json"):
        act(site.workspace, "export", str(tmp_path / "mine.txt"))


@pytest.mark.parametrize(
    ("user", "arguments", "said"),
    [
        ("wim", ("resolve", "{assigned}", "--as", "fixed", "--reason", "x"), "belongs to billing"),
        ("olaf", ("assign", "{assigned}", "--to", "olaf"), "the role auditor may look at it"),
        ("anna", ("resolve", "{written_off}", "--as", "fixed", "--reason", "x"), "already"),
        ("anna", ("comment", "{gone}", " "), "say why"),
        ("anna", ("show", "ffffffffffff"), "no exception"),
        ("anna", ("show", "0"), "at least the first 6"),
        ("nobody", ("list",), "not among the users"),
    ],
)
def test_a_refusal_names_the_reason(
    site: Site, user: str, arguments: tuple[str, ...], said: str
) -> None:
    names = {"assigned": site.assigned, "written_off": site.written_off, "gone": GONE}
    before = len(checked_rows(site.workspace.worklog, "exception_event"))
    with pytest.raises(UsageFault, match=said):
        act(site.workspace, *(part.format(**names) for part in arguments), user=user)
    assert len(checked_rows(site.workspace.worklog, "exception_event")) == before


def test_a_role_sees_only_its_part_of_the_worklist(site: Site) -> None:
    def codes(user: str) -> set[str]:
        listed = act(site.workspace, "list", "--limit", "0", "--json", user=user).stdout
        return {row["code"] for row in json.loads(listed)}

    assert "GL_MISSING_IN_GL" in codes("anna") and "GL_MISSING_IN_GL" not in codes("wim")


def test_capability_15_what_is_ready_went_out_in_the_same_run(demo_workspace: Path) -> None:
    published = pl.read_parquet(demo_workspace / "published/current/fct_expected_billing.parquet")
    ready = published.filter(pl.col("billing_state") == "ready")
    lines = pl.read_parquet(demo_workspace / "handback/ready_to_bill.parquet")
    assert 0 < ready.height == lines.height
    assert set(lines["rtb_key"]) == set(ready["content_key"])
    assert lines["qty"].sum() == ready["open_qty"].sum()
    (batch,) = (demo_workspace / "handback/ready_to_bill").iterdir()
    assert len(list((batch / "ubl").iterdir())) == lines["group_key"].n_unique()


def test_a_key_goes_out_once_whatever_run_finds_the_line_ready(site: Site) -> None:
    handed = {row["rtb_key"] for row in checked_rows(site.workspace.worklog, "handed_line")}
    states = site.rows(
        "select billing_state, count(*), count(distinct handed_key) from fct_expected_billing"
        " where billing_state in ('ready', 'exported') group by billing_state"
    )
    assert states == [("exported", len(handed), len(handed))]
    again = pl.read_parquet(site.workspace.handback / "ready_to_bill.parquet")
    assert again.is_empty()
    assert len(list((site.workspace.handback / "ready_to_bill").iterdir())) == 1


def test_billed_lines_are_disputed_or_paid_as_their_invoices_are(site: Site) -> None:
    states = dict(
        site.rows("select billing_state, count(*) from fct_expected_billing group by billing_state")
    )
    assert states["paid"] > states["billed"] > 0 and states["disputed"] > 0
