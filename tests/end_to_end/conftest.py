"""Published answers of the two companies whose data nobody here wrote."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.end_to_end.published import Answers


@pytest.fixture(scope="session")
def aw(adventureworks_workspace: Path) -> Answers:
    """AdventureWorks, company AW."""
    return Answers(adventureworks_workspace, company="AW")


@pytest.fixture(scope="session")
def cronus(cronus_workspace: Path) -> Answers:
    """Business Central's CRONUS, company CRONUS."""
    return Answers(cronus_workspace, company="CRONUS")


@pytest.fixture(scope="session")
def aw_source(data_folder: Path) -> Callable[[str], list[tuple[Any, ...]]]:
    """Ask the delivered files of AdventureWorks, for what no table of ours carries."""
    database = duckdb.connect(config={"threads": 2})
    for system in ("adventureworks_oltp", "adventureworks_dw"):
        for file in (data_folder / system).glob("*.parquet"):
            database.sql(f"create view {file.stem} as select * from '{file}'")
    return lambda query: database.sql(query).fetchall()
