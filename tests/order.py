"""In which order the tests run, and which of them a worker keeps together.

A file goes to one worker, so that what its tests share is made once; files that share more say so
with `pytestmark = pytest.mark.xdist_group("name")`. What takes longest comes first, and what
everybody waits for comes before that: the last minutes then consist of small files. No file stands
right behind another that makes what both read: a worker that waits for the other does nothing.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from xdist.scheduler import LoadScopeScheduling

TESTS = Path(__file__).resolve().parent
LONGEST_FIRST = (
    "end_to_end/test_demo.py",
    "end_to_end/test_adventureworks.py",
    "end_to_end/test_kill.py",
    "end_to_end/test_business_central.py",
    "end_to_end/test_worklog.py",
    "warehouse/test_dbt_project.py",
    "browser",
    "warehouse",
    "unit/sample",
    "unit/expectations",
    "properties",
)


def place(test_file: Path) -> int:
    """Position of a file in the order; all that is short shares the last."""
    inside = test_file.resolve().relative_to(TESTS)
    for position, named in enumerate(LONGEST_FIRST):
        if inside.is_relative_to(named):
            return position
    return len(LONGEST_FIRST)


@cache
def kept_together(file_name: str) -> str:
    """Name that a file shares with those that go to the same worker.

    Read from its text: the plugin does not see the mark under the pytest we use.
    """
    text = (TESTS.parent / file_name).read_text(encoding="utf-8")
    marked = re.search(
        r"^pytestmark = .*pytest\.mark\.xdist_group\(\"(\w+)\"\)", text, re.MULTILINE
    )
    return marked[1] if marked else file_name


class ByFile(LoadScopeScheduling):
    """Hands out files instead of tests."""

    def _split_scope(self, nodeid: str) -> str:
        return kept_together(nodeid.split("::")[0])
