"""`tieout exceptions list`: the worklist in the terminal."""

from __future__ import annotations

from pathlib import Path

from pipelines.commands.console import out, print_json, print_table
from pipelines.summary import published_rows
from pipelines.workspace import Workspace

COLUMNS = (
    "exception_id",
    "code",
    "severity",
    "exposure_amount",
    "currency",
    "owner_role",
    "age_hours",
    "business_key",
)
QUERY = f"""
    select {", ".join(COLUMNS)}, evidence
    from fct_exception
    where status <> 'resolved'
    order by exposure_amount desc, exception_id
"""


def list_command(
    root: Path, *, code: str | None, owner: str | None, limit: int, as_json: bool
) -> int:
    """Exit 0; the rows filtered by code and owner, largest exposure first."""
    workspace = Workspace(root.resolve()).require()
    rows = [
        row
        for row in published_rows(workspace.current, QUERY, "fct_exception")
        if code in (None, row["code"]) and owner in (None, row["owner_role"])
    ]
    shown = rows[: limit or None]
    if as_json:
        print_json(shown)
        return 0
    print_table("Exceptions", COLUMNS[1:], [[row[name] for name in COLUMNS[1:]] for row in shown])
    out.print(f"{len(shown):,} of {len(rows):,} shown; --limit 0 shows all, --json gives evidence")
    return 0
