"""What a person may do to an exception: who has the right, what an act needs, what it is then.

Pure: an act is judged from the exception as it stands and becomes one row of the worklog.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from models.vocabulary.codes import EXCEPTION_RESOLUTIONS
from models.vocabulary.exceptions import EXCEPTIONS
from pipelines.faults import UsageFault
from pipelines.worklog.standing import Standing
from reporting.access.roles import Role

# Whose exceptions a role works on. Admin works on all; auditors look and say, and change nothing.
WORKS_FOR: dict[Role, frozenset[str]] = {
    Role.SALES: frozenset({"customer service", "sales ops", "pricing"}),
    Role.WAREHOUSE: frozenset(
        {"warehouse", "inventory control", "logistics", "freight", "quality"}
    ),
    Role.PLANNING: frozenset({"planning"}),
    Role.FINANCE: frozenset(
        {"GL", "AP / GL", "finance", "billing", "credit", "tax", "pricing", "freight"}
    ),
    Role.AUDITOR: frozenset(),
    Role.ADMIN: frozenset({problem.owner_role for problem in EXCEPTIONS.values()}),
}
# To give up money is for those who answer for it.
MAY_WRITE_OFF = frozenset({Role.FINANCE, Role.ADMIN})
RESOLUTIONS = tuple(name for name in EXCEPTION_RESOLUTIONS if name != "no_longer_found")
SETTABLE = ("open", "waiting")


@dataclass(frozen=True, slots=True)
class Person:
    """Who acts, in which role."""

    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Act:
    """One thing a person wants done: assigned, commented, status or resolved."""

    action: str
    note: str = ""
    assigned_to: str = ""
    status: str = ""
    resolution: str = ""


def note_of(
    person: Person,
    act: Act,
    exception: Mapping[str, Any],
    standing: Standing,
    *,
    noted_at: datetime,
    as_of_at: datetime,
) -> dict[str, Any]:
    """The row to write; UsageFault saying what is wrong where the act is refused.

    exception: its published row; standing: where it stands by what is noted.
    """
    _refuse_without_right(person, act, exception)
    _refuse_without_sense(act, exception, standing)
    status = {"assigned": "assigned", "resolved": "resolved"}.get(act.action, act.status)
    if act.action == "assigned" and standing.status == "waiting":
        status = ""  # who waits goes on waiting, whoever it is
    row: dict[str, Any] = {
        "exception_id": exception["exception_id"],
        "company_id": exception["company_id"],
        "action": act.action,
        "noted_at": noted_at,
        "as_of_at": as_of_at,
        "actor": person.name,
        "role": str(person.role),
        "status": status,
        "assigned_to": act.assigned_to,
        "resolution": act.resolution,
        "note": act.note,
    }
    if act.action == "resolved":
        # a decision covers the amount it was taken on: more than that opens the problem again
        row["exposure_amount"] = Decimal(exception["exposure_amount"])
    return {name: value for name, value in row.items() if value not in ("", None)}


def _refuse_without_right(person: Person, act: Act, exception: Mapping[str, Any]) -> None:
    owner = exception["owner_role"]
    works = person.role is Role.ADMIN or owner in WORKS_FOR[person.role] or owner == person.role
    if act.action != "commented" and not works:
        able = [str(role) for role, owners in WORKS_FOR.items() if owner in owners]
        raise UsageFault(
            f"{_named(exception)} belongs to {owner}; the role {person.role} may look at it and"
            f" comment. Ask {' or '.join(able) or 'admin'}."
        )
    if act.resolution in ("written_off", "accepted") and person.role not in MAY_WRITE_OFF:
        raise UsageFault(
            f"{_named(exception)}: {act.resolution} gives up {exception['exposure_amount']}"
            f" {exception.get('currency') or ''}; that is for finance or admin, not for the role"
            f" {person.role}."
        )


def _refuse_without_sense(act: Act, exception: Mapping[str, Any], standing: Standing) -> None:
    ended = standing.status == "resolved"
    if act.action == "resolved" and act.resolution not in RESOLUTIONS:
        raise UsageFault(f"--as {act.resolution}: unknown. Known: {', '.join(RESOLUTIONS)}.")
    if act.action == "status" and act.status not in SETTABLE:
        raise UsageFault(
            f"--to {act.status}: a person sets {' or '.join(SETTABLE)}; `assign` and `resolve`"
            " set the others."
        )
    if act.action in ("resolved", "commented") and not act.note.strip():
        raise UsageFault(f"{_named(exception)}: say why, in words; the reason is kept.")
    if act.action == "assigned" and not act.assigned_to.strip():
        raise UsageFault(f"{_named(exception)}: say to whom.")
    if not ended or act.action == "commented":
        return
    if not standing.is_found:
        raise UsageFault(f"{_named(exception)} is gone: the data no longer shows it.")
    if act.action != "status":
        raise UsageFault(
            f"{_named(exception)} is resolved ({standing.resolution}) already."
            " `tieout exceptions status ID --to open` opens it again."
        )


def _named(exception: Mapping[str, Any]) -> str:
    return f"{exception['code']} {str(exception['exception_id'])[:8]}"
