"""A person at work on exceptions: what they see, as their role sees it, and what they do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipelines.faults import UsageFault
from pipelines.worklog.actions import Act, Person, note_of
from pipelines.worklog.standing import Standing, standings
from pipelines.worklog.store import open_worklog
from pipelines.workspace import Workspace
from reporting.access.roles import Role, Viewer
from reporting.published import NothingPublished, Published

SHORTEST_ID = 6


@dataclass(frozen=True, slots=True)
class Worked:
    """One exception: its published row, where it stands now, what was done to it."""

    row: dict[str, Any]
    standing: Standing
    history: tuple[dict[str, Any], ...] = ()


def person(workspace: Workspace, name: str) -> Person:
    """Who acts. Without users in the settings, whoever reaches the workspace is its operator."""
    users = workspace.settings.users
    if not users:
        return Person(name, Role.ADMIN)
    if name not in users:
        raise UsageFault(
            f"{name}: not among the users of {workspace.root / 'tieout.toml'}"
            f" ({', '.join(sorted(users))}). Say who you are with --user."
        )
    return Person(name, Role(users[name]))


def worklist(workspace: Workspace, who: Person) -> list[Worked]:
    """Exceptions that the person's role sees, the largest exposure first, resolved ones too."""
    with open_worklog(workspace.worklog) as worklog:
        noted = standings(worklog.rows("exception_event"))
    rows = _published(workspace, who).rows(
        "select * from fct_exception order by exposure_amount desc nulls last, exception_id"
    )
    return [Worked(row, _now(row, noted.get(row["exception_id"]))) for row in rows]


def one(workspace: Workspace, who: Person, named: str) -> Worked:
    """The exception of an id or of the beginning of one, with its history and what follows it."""
    row = _row(_published(workspace, who), named)
    with open_worklog(workspace.worklog) as worklog:
        history = worklog.rows("exception_event", subject=row["exception_id"])
    standing = standings(history).get(row["exception_id"])
    return Worked(row, _now(row, standing), tuple(history))


def followers(workspace: Workspace, who: Person, exception_id: str) -> list[dict[str, Any]]:
    """What follows from an exception, by code."""
    return _published(workspace, who).rows(
        "select code, count(*) as problems from fct_exception"
        " where root_exception_id = $root and status <> 'resolved' group by code order by code",
        {"root": exception_id},
    )


def do(workspace: Workspace, who: Person, named: str, act: Act, *, now: datetime) -> Worked:
    """Note one act; UsageFault where the person may not, or where it makes no sense.

    It is judged and written in one transaction, so of two people who resolve the same exception the
    second is told that it is resolved.
    """
    published = _published(workspace, who)
    row = _row(published, named)
    # the role may not see the amount; what is noted with the act is the amount all the same
    whole = _published(workspace, Person(who.name, Role.ADMIN)).one(
        "select * from fct_exception where exception_id = $id", {"id": row["exception_id"]}
    )
    with open_worklog(workspace.worklog) as worklog, worklog.adding():
        history = worklog.rows("exception_event", subject=row["exception_id"])
        standing = _now(row, standings(history).get(row["exception_id"]))
        note = note_of(who, act, whole, standing, noted_at=now, as_of_at=row["as_of_at"])
        worklog.add("exception_event", [note])
    return one(workspace, who, row["exception_id"])


def _now(row: dict[str, Any], noted: Standing | None) -> Standing:
    """Where it stands: as noted; where no run has noted it yet, as published."""
    if noted is not None:
        return noted
    return Standing(
        status=row["status"],
        resolution=row["resolution"] or "",
        assigned_to=row["assigned_to"] or "",
        is_found=row["is_found"],
        exposure_amount=row["exposure_amount"],
    )


def _published(workspace: Workspace, who: Person) -> Published:
    published = Published(workspace.published, Viewer(role=who.role))
    try:
        published.version()
    except NothingPublished as reason:
        raise UsageFault(str(reason)) from reason
    return published


def _row(published: Published, named: str) -> dict[str, Any]:
    if len(named) < SHORTEST_ID:
        raise UsageFault(f"{named}: give at least the first {SHORTEST_ID} letters of the id.")
    found = published.rows(
        "select * from fct_exception where starts_with(exception_id, $named)"
        " order by exception_id limit 6",
        {"named": named.lower()},
    )
    if not found:
        raise UsageFault(
            f"{named}: no exception that the role {published.viewer.role} sees has this id."
            " `tieout exceptions list` shows the ids."
        )
    if len(found) > 1:
        several = ", ".join(row["exception_id"][:12] for row in found)
        raise UsageFault(f"{named}: begins several ids ({several}). Give more of it.")
    return found[0]
