"""The dbt project by itself: a site that has sent nothing yet builds, and every unit test holds."""

from __future__ import annotations

import re
from pathlib import Path

from tests.warehouse.small_warehouse import dbt, prepare


def test_an_empty_site_builds_and_every_unit_test_holds(tmp_path: Path) -> None:
    done = dbt(prepare(tmp_path, {}), "build", "--exclude-resource-type", "test")
    assert done.returncode == 0, done.stdout[-4000:]
    tested = re.search(r"(\d+) unit tests", done.stdout)
    assert tested is not None, "dbt ran no unit test"
    assert int(tested.group(1)) >= 20
