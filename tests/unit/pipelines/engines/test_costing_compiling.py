"""The kernel is made once: not anew for every constant, every buffer, every process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numba import njit

from pipelines.engines.costing.compiling import inner
from pipelines.engines.costing.kernel import own_columns
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


def test_lent_columns_are_of_the_type_of_own_ones() -> None:
    lent = np.zeros(3, dtype=np.int64)
    lent.flags.writeable = False
    columns = own_columns(Events(*(lent for _ in Events._fields)))  # type: ignore[arg-type]
    assert all(column.flags.writeable for column in columns)


def test_a_process_in_another_folder_finds_it_on_disk(tmp_path: Path) -> None:
    script = USED.format(root=str(ROOT))
    for _ in range(2):  # the first may be the one that puts it there
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True
        )
    assert done.stdout.split() == ["1", "0"]
