"""Compiles the kernel ahead, so that the first run finds it on disk."""

from __future__ import annotations

import sys

import numpy as np

from pipelines.engines.costing.streaming import Ledger


def main() -> None:
    print("costing engine: compiling, once, about half a minute", file=sys.stderr, flush=True)
    one_row = np.zeros(1, dtype=np.int64)
    Ledger("fifo").post(one_row, one_row.astype(np.int8), one_row, one_row)


if __name__ == "__main__":
    main()
