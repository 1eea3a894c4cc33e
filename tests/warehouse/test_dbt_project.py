"""The dbt project by itself: a site that has sent nothing yet builds, and every test holds."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from pipelines.warehouse.dbt_build import GOOD
from tests.warehouse.small_warehouse import outcomes, prepare


def test_an_empty_site_builds_and_every_test_and_unit_test_holds(tmp_path: Path) -> None:
    made = outcomes(prepare(tmp_path, {}))
    assert [outcome.words for outcome in made if outcome.status not in GOOD] == []
    kinds = Counter(outcome.kind for outcome in made)
    assert kinds["unit_test"] > 20, "the project has hardly any unit test"
    assert min(kinds["model"], kinds["test"], kinds["seed"]) > 20, kinds
