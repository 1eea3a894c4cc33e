"""The matching engine: payments and open items in, proposals out, by the front door of `computed`."""

from collections.abc import Iterator
from typing import Any

from dagster import MaterializeResult, multi_asset

from pipelines.computed import CASH_TABLES, compute_cash
from pipelines.defs.engines import engine_specs, told
from pipelines.defs.resources import WorkspaceResource

SPECS = engine_specs(("cash_proposal", "cash_verdict"), CASH_TABLES)


@multi_asset(name="matching", specs=SPECS)
def computed_cash(tieout: WorkspaceResource) -> Iterator[MaterializeResult[Any]]:
    """Propose which open items the payments settle that nobody has applied."""
    yield from told(compute_cash(tieout.workspace))
