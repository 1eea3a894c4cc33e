"""The row hash over whole columns. row_hash.py says what is computed and has it in plain Python."""

from __future__ import annotations

import numba
import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from pipelines.ingest.row_hash import FIRST, LENGTH, SECOND, seed_of

Words = npt.NDArray[np.uint64]

_FIRST, _SECOND, _LENGTH = np.uint64(FIRST), np.uint64(SECOND), np.uint64(LENGTH)
DIGITS = 16


def hashes_of_columns(frame: pl.DataFrame) -> pl.Series:
    totals = np.zeros(len(frame), dtype=np.uint64)
    for name in frame.columns:
        column = frame[name]
        if column.null_count() < len(column):
            _add(column, np.uint64(seed_of(name)), totals)
    return _as_text(totals)


def _add(column: pl.Series, seed: np.uint64, totals: Words) -> None:
    given = column.is_not_null().to_numpy()
    if isinstance(column.dtype, pl.String):
        offsets, data = _bytes_of(column)
        _add_texts(offsets, data, given, seed, totals)
    else:
        low, high = _words_of(column)
        _add_words(low, high, given, seed, totals)


def _bytes_of(column: pl.Series) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint8]]:
    array = column.rechunk().to_arrow(compat_level=pl.CompatLevel.oldest())
    assert pa.types.is_large_string(array.type), "polars text is large_string in Arrow"
    _, offsets, data = array.buffers()
    places = np.frombuffer(offsets, dtype=np.int64)[array.offset : array.offset + len(array) + 1]
    text = np.frombuffer(data, dtype=np.uint8) if data else np.zeros(0, dtype=np.uint8)
    return places, text


def _words_of(column: pl.Series) -> tuple[Words, Words]:
    """Low and high half of values as 128-bit integers."""
    if isinstance(column.dtype, pl.Decimal):
        array = column.rechunk().to_arrow(compat_level=pl.CompatLevel.oldest())
        halves = np.frombuffer(array.buffers()[1], dtype=np.uint64).reshape(-1, 2)
        own = halves[array.offset : array.offset + len(array)]
        return np.ascontiguousarray(own[:, 0]), np.ascontiguousarray(own[:, 1])
    integers = column.to_physical().cast(pl.Int64).fill_null(0).to_numpy()
    return integers.view(np.uint64), (integers >> 63).view(np.uint64)


def _as_text(totals: Words) -> pl.Series:
    digits = totals.astype(">u8").tobytes().hex().encode()
    offsets = np.arange(0, DIGITS * (len(totals) + 1), DIGITS, dtype=np.int64)
    array = pa.LargeStringArray.from_buffers(
        len(totals), pa.py_buffer(offsets), pa.py_buffer(digits)
    )
    made = pl.from_arrow(array)
    assert isinstance(made, pl.Series), "an array becomes a series"
    return made


@numba.njit(cache=True, inline="always")
def _mixed(word):  # type: ignore[no-untyped-def]
    word = (word ^ (word >> np.uint64(30))) * _FIRST
    word = (word ^ (word >> np.uint64(27))) * _SECOND
    return word ^ (word >> np.uint64(31))


@numba.njit(cache=True)
def _add_texts(offsets, data, given, seed, totals):  # type: ignore[no-untyped-def]
    for row in range(len(totals)):
        if not given[row]:
            continue
        place, end = offsets[row], offsets[row + 1]
        value = _mixed(seed ^ (np.uint64(end - place) * _LENGTH))
        while place < end:
            word = np.uint64(0)
            stop = min(place + 8, end)
            for at in range(place, stop):
                word |= np.uint64(data[at]) << np.uint64(8 * (at - place))
            value = _mixed(value ^ word)
            place = stop
        totals[row] += _mixed(value + seed)


@numba.njit(cache=True)
def _add_words(low, high, given, seed, totals):  # type: ignore[no-untyped-def]
    for row in range(len(totals)):
        if given[row]:
            totals[row] += _mixed(_mixed(_mixed(seed ^ low[row]) ^ high[row]) + seed)
