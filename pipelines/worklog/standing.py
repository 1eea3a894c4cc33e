"""Where an exception stands by what is noted about it: a fold over its rows in their order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

Row = Mapping[str, Any]
NOTED_BY_A_RUN = ("detected", "changed", "gone", "reopened")


@dataclass(frozen=True, slots=True)
class Standing:
    """status: as the last row that gave one says. is_found: as the last run that noted it says."""

    status: str = "open"
    resolution: str = ""
    assigned_to: str = ""
    comment: str = ""
    is_found: bool = True
    exposure_amount: Decimal | None = None


def standings(rows: Iterable[Row]) -> dict[str, Standing]:
    """Exception -> where it stands; rows in the order of their numbers."""
    known: dict[str, Standing] = {}
    for row in rows:
        exception_id = row["exception_id"]
        known[exception_id] = after(known.get(exception_id, Standing()), row)
    return known


def after(before: Standing, row: Row) -> Standing:
    """Where an exception stands after one more row."""
    now = before
    if row["action"] in NOTED_BY_A_RUN:
        now = replace(now, is_found=row["action"] != "gone")
        if row.get("exposure_amount") is not None:
            now = replace(now, exposure_amount=Decimal(row["exposure_amount"]))
    if row.get("status"):
        now = replace(now, status=row["status"], resolution=row.get("resolution") or "")
    if row.get("assigned_to"):
        now = replace(now, assigned_to=row["assigned_to"])
    if row.get("note"):
        now = replace(now, comment=row["note"])
    return now
