"""The compiled kernel, kept on disk under the hash of all sources that it is made of.

A function compiled by numba is kept by its own file alone: a change in a function it calls would
go unseen. So only the outermost is kept, and its key holds what it was compiled from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
from numba import njit

from pipelines.engines.costing.layout import Books, Events, Rows
from pipelines.engines.costing.posting import post

SOURCES = (
    "arithmetic", "compiling", "layout", "layers", "drawing", "returning", "asking", "arriving", "leaving",
    "revaluing", "plain", "posting",
)  # fmt: skip


def _compiled(sources: str) -> Callable[[Books, Events, Rows, int], int]:
    @njit(cache=True, nogil=True)
    def run(books: Books, events: Events, rows: Rows, start: int) -> int:
        assert len(sources) > 0
        return post(books, events, rows, start)

    return run


def lent_columns(events: Events) -> Events:
    """The same columns without a copy, as memory that is only read.

    Columns lent by Arrow or polars may not be written, which is another type to the compiler than
    columns of our own: every mixture of the two would be compiled anew.
    """
    lent = [np.ascontiguousarray(column).view() for column in events]
    for column in lent:
        column.flags.writeable = False
    return Events._make(lent)


@cache
def kernel() -> Callable[[Books, Events, Rows, int], int]:
    """(books, events, rows, first row) -> number of events, or the row that needs more room."""
    folder = Path(__file__).parent
    read = b"".join((folder / f"{name}.py").read_bytes() for name in SOURCES)
    return _compiled(hashlib.sha256(read).hexdigest())
