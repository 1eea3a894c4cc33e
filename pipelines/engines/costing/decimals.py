"""Whole numbers to decimals, without a detour over text or floats."""

from __future__ import annotations

import numpy as np
import polars as pl
import pyarrow as pa

from pipelines.engines.costing.layout import Table

MONEY_DIGITS, QTY_DIGITS, PRICE_DIGITS = (18, 4), (18, 6), (20, 8)


def decimals(name: str, units: Table, digits: tuple[int, int]) -> pl.Series:
    """Units of the last decimal place as a column of decimals: a word, and a word of sign."""
    words = np.empty((len(units), 2), dtype=np.int64)
    words[:, 0] = units
    words[:, 1] = units >> 63
    array = pa.Array.from_buffers(
        pa.decimal128(*digits), len(units), [None, pa.py_buffer(words.tobytes())]
    )
    return pl.Series(name, array, dtype=pl.Decimal(*digits))
