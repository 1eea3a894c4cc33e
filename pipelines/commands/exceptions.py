"""`tieout exceptions ...`: the worklist in the terminal, and what is done about it."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipelines.commands.console import out, print_json, print_table, words
from pipelines.faults import UsageFault
from pipelines.worklog.actions import Act
from pipelines.worklog.people import Worked, do, followers, one, person, worklist
from pipelines.workspace import Workspace

COLUMNS = (
    "id",
    "code",
    "severity",
    "status",
    "exposure_amount",
    "currency",
    "owner_role",
    "assigned_to",
    "age_hours",
    "escalation",
    "business_key",
)
HISTORY = ("noted_at", "actor", "role", "action", "status", "assigned_to", "resolution", "note")
EXPORT_KINDS = ("csv", "json")


def list_command(
    root: Path,
    *,
    user: str,
    keep: dict[str, str | None],
    closed: bool,
    limit: int,
    as_json: bool,
) -> int:
    """Exit 0; the exceptions that the role sees, largest exposure first."""
    workspace = Workspace(root.resolve()).require()
    rows = _kept(workspace, user, keep, closed=closed)
    shown = rows[: limit or None]
    if as_json:
        print_json(shown)
        return 0
    print_table("Exceptions", COLUMNS, [[row[name] for name in COLUMNS] for row in shown])
    out.print(
        f"{len(shown):,} of {len(rows):,} shown; --limit 0 shows all;"
        " `tieout exceptions show ID` gives evidence and history"
    )
    return 0


def show_command(root: Path, *, user: str, named: str, as_json: bool) -> int:
    """Exit 0; one exception with its evidence, its history and what follows from it."""
    workspace = Workspace(root.resolve()).require()
    who = person(workspace, user)
    worked = one(workspace, who, named)
    follow = followers(workspace, who, worked.row["exception_id"])
    if as_json:
        print_json({**_row(worked), "history": worked.history, "followed_by": follow})
        return 0
    given = {name: value for name, value in _row(worked).items() if value not in (None, "")}
    evidence = given.pop("evidence", None)
    print_table("Exception", ("what", "is"), [[name, words(v)] for name, v in given.items()])
    if evidence:
        found = json.loads(evidence)
        print_table("Evidence", ("figure", "is"), [[k, v] for k, v in found.items()])
    _print_history(worked)
    if follow:
        print_table(
            "Follows from it", ("code", "problems"), [[f["code"], f["problems"]] for f in follow]
        )
    return 0


def act_command(root: Path, *, user: str, named: str, act: Act, as_json: bool) -> int:
    """Exit 0 when it is written down; 2 where the person may not or it makes no sense."""
    workspace = Workspace(root.resolve()).require()
    worked = do(workspace, person(workspace, user), named, act, now=workspace.now())
    if as_json:
        print_json({**_row(worked), "history": worked.history})
        return 0
    row = _row(worked)
    given = f", with {row['assigned_to']}" if row["assigned_to"] else ""
    out.print(
        f"{row['code']} {row['id']}: {row['status']}{given}."
        " Noted; dashboard and reports show it from the next run on."
    )
    return 0


def export_command(
    root: Path, *, user: str, keep: dict[str, str | None], closed: bool, to: Path
) -> int:
    """Exit 0; the same rows as the list, whole, as CSV or JSON."""
    workspace = Workspace(root.resolve()).require()
    kind = to.suffix.removeprefix(".")
    if kind not in EXPORT_KINDS:
        raise UsageFault(f"{to}: the name has to end in .{' or .'.join(EXPORT_KINDS)}.")
    rows = _kept(workspace, user, keep, closed=closed)
    with to.open("w", encoding="utf-8", newline="") as file:
        if kind == "json":
            json.dump(rows, file, default=str, indent=1)
        elif rows:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    sys.stderr.write(f"{len(rows):,} exceptions written to {to}\n")
    return 0


def _kept(
    workspace: Workspace, user: str, keep: dict[str, str | None], *, closed: bool
) -> list[dict[str, Any]]:
    rows = [_row(worked) for worked in worklist(workspace, person(workspace, user))]
    return [
        row
        for row in rows
        if (closed or row["status"] != "resolved" or keep.get("status") == "resolved")
        and all(value in (None, row[name]) for name, value in keep.items())
    ]


def _row(worked: Worked) -> dict[str, Any]:
    """The published row, with where it stands now in place of where it stood then."""
    row, standing = worked.row, worked.standing
    now = {
        "status": standing.status,
        "resolution": standing.resolution or None,
        "assigned_to": standing.assigned_to or None,
        "last_note": standing.comment or None,
    }
    return {"id": row["exception_id"][:8], **row, **now}


def _print_history(worked: Worked) -> None:
    lines: Sequence[Sequence[Any]] = [
        [str(row.get(name) or "")[: 16 if name == "noted_at" else None] for name in HISTORY]
        for row in worked.history
    ]
    print_table("History", HISTORY, lines or [["", *[""] * (len(HISTORY) - 2), "nothing noted"]])
