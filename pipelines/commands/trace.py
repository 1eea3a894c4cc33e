"""`tieout trace`: one order through the published tables."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from pipelines.commands.console import out, print_json, print_table
from pipelines.faults import UsageFault
from pipelines.summary import run_summary
from pipelines.trace import trace_order
from pipelines.workspace import Workspace

# Links that say by themselves that the order exists; a ledger row alone does not.
ORDER_LINKS = {"shipped", "expected billing", "invoiced"}


def trace_command(root: Path, *, order: str, as_json: bool) -> int:
    """Exit 0; 2 when no published table knows the order."""
    workspace = Workspace(root.resolve()).require()
    run_summary(workspace)  # says clearly when nothing is published yet
    order_id, _, order_line = order.partition("/")
    links = trace_order(workspace.current, order_id, order_line or None)
    if not any(link.rows for link in links if link.name in ORDER_LINKS):
        raise UsageFault(
            f"order {order}: no published table knows it. Orders are spelled as the source "
            "delivers them; `tieout exceptions list` shows some."
        )
    if as_json:
        print_json([asdict(link) for link in links])
        return 0
    for link in links:
        title = f"{link.number} {link.name}: {link.status}"
        if link.rows:
            print_table(title, list(link.rows[0]), [list(row.values()) for row in link.rows])
        else:
            out.print(title, style="bold")
    return 0
