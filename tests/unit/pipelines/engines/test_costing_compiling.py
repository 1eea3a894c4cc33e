"""The kernel is made once: not anew for every constant, every buffer, every process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numba import njit, typeof

from pipelines.engines.costing.compiling import inner
from pipelines.engines.costing.kernel import lent_columns
from pipelines.engines.costing.layout import Events

ROOT = Path(__file__).resolve().parents[4]
USED = """
import sys, time
sys.path.insert(0, {root!r})
from pipelines.engines.costing import __main__ as ahead
from pipelines.engines.costing.kernel import kernel
ahead.main()
print(sum(kernel().stats.cache_hits.values()), sum(kernel().stats.cache_misses.values()))
"""


def test_a_constant_makes_no_function_of_its_own() -> None:
    @inner
    def plus(first: int, second: int) -> int:
        return first + second

    @njit
    def three_times(number: int) -> int:
        return plus(number, 1) + plus(number, 2) + plus(3, number)

    compiled: Any = plus
    assert three_times(1) == 9
    assert len(compiled.signatures) == 1


def test_own_columns_and_lent_ones_are_of_one_type_and_none_is_copied() -> None:
    own, lent = np.zeros(3, dtype=np.int64), np.zeros(3, dtype=np.int64)
    lent.flags.writeable = False
    for column in (own, lent):
        given = lent_columns(Events(*(column for _ in Events._fields)))  # type: ignore[arg-type]
        assert all(typeof(each) == typeof(lent) for each in given)
        assert all(np.shares_memory(each, column) for each in given)
    assert own.flags.writeable, "who lends a column may go on writing it"


def test_a_process_in_another_folder_finds_it_on_disk(tmp_path: Path) -> None:
    script = USED.format(root=str(ROOT))
    for _ in range(2):  # the first may be the one that puts it there
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True
        )
    assert done.stdout.split() == ["1", "0"]
