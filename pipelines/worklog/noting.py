"""What a run adds to the worklog: the difference between what it published and what is noted.

The warehouse decides how an exception stands after a run, from the worklog and the data; here that
is only written down. A run that looks back, to a moment before the latest one noted, adds nothing:
what it finds is history, and history is noted already.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from models.contracts import WORKLOG
from pipelines.worklog.standing import NOTED_BY_A_RUN, Standing, standings

Row = Mapping[str, Any]
RUN = "run"
# How an exception stood: every column of it that the worklog keeps and a person does not give.
GIVEN = {
    "seq",
    "exception_id",
    "company_id",
    "action",
    "noted_at",
    "as_of_at",
    "actor",
    "role",
    "status",
    "assigned_to",
    "resolution",
    "note",
}
DESCRIBED = tuple(
    field.name for field in WORKLOG["exception_event"].fields() if field.name not in GIVEN
)


def looks_back(noted_by_runs: Iterable[Row], as_of_at: datetime) -> bool:
    """Whether a run has noted a later moment than this one."""
    return any(datetime.fromisoformat(row["as_of_at"]) > as_of_at for row in noted_by_runs)


def to_note(
    published: Sequence[Row], noted: Sequence[Row], *, as_of_at: datetime, noted_at: datetime
) -> list[dict[str, Any]]:
    """Rows that a run adds for the exceptions it published, in the order of their ids."""
    if looks_back((row for row in noted if row["action"] in NOTED_BY_A_RUN), as_of_at):
        return []
    known = standings(noted)
    rows = []
    seen = set()
    for row in sorted(published, key=lambda one: str(one["exception_id"])):
        seen.add(row["exception_id"])
        action = _action(row, known.get(row["exception_id"]))
        if action:
            rows.append(_note(row, action, known.get(row["exception_id"])))
    company = {row["exception_id"]: row["company_id"] for row in noted}
    switched_off = sorted(id_ for id_, one in known.items() if one.is_found and id_ not in seen)
    rows += [
        _note({"exception_id": id_, "company_id": company[id_]}, "gone", known[id_])
        for id_ in switched_off
    ]
    return [{**row, "noted_at": noted_at, "as_of_at": as_of_at, "actor": RUN} for row in rows]


def _action(row: Row, standing: Standing | None) -> str:
    """What happened to an exception since it was last noted; nothing: ""."""
    if not row["is_found"]:
        return "gone" if standing is not None and standing.is_found else ""
    if standing is None:
        return "detected"
    if not standing.is_found or (row["status"] == "reopened" and standing.status != "reopened"):
        return "reopened"
    if standing.exposure_amount != Decimal(row["exposure_amount"]):
        return "changed"
    return ""


def _note(row: Row, action: str, standing: Standing | None) -> dict[str, Any]:
    note = {"exception_id": row["exception_id"], "company_id": row["company_id"], "action": action}
    if action == "gone":
        # what a person ended stays ended in that person's words
        if standing is None or standing.status != "resolved":
            note |= {"status": "resolved", "resolution": "no_longer_found"}
        return note
    described = {name: row[name] for name in DESCRIBED if row.get(name) is not None}
    status = {"detected": "open", "reopened": "reopened"}.get(action)
    return {**note, **described, **({"status": status} if status else {})}
