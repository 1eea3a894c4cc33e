"""Our own answers are held to a contract like anybody's extract before they leave or come back."""

from __future__ import annotations

import polars as pl

from models.contracts.kernel import REASONS, Contract


def held_to(contract: type[Contract], frame: pl.DataFrame) -> pl.DataFrame:
    """The frame in the contract's types and order of columns.

    A row that breaks the contract is our mistake, not the world's: the step stops.
    """
    types = contract.polars_types()
    known = [name for name in frame.columns if name in types]
    checked = contract.check(frame.select(pl.col(name).cast(types[name]) for name in known))
    broken = checked.rejected.get_column(REASONS).to_list()[:5]
    assert checked.rejected.is_empty(), f"{contract.table()}: {checked.rejected.height}: {broken}"
    return checked.accepted
