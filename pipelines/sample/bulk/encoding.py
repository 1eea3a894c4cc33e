"""Numbers of the story as columns of the contract: exact decimals, UTC times, codes, documents.

Every encoding builds Arrow buffers straight from whole numbers, so that forty million rows need
neither a Python object each nor a float. `absent` is the number that stands for an empty value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

import numpy as np
import pyarrow as pa

from pipelines.sample.bulk.arrays import ABSENT, ABSENT_NUMBER, LETTER, Array

DOCUMENT_DIGITS = 9
GROUP = 1000


class Encoding(Protocol):
    absent: ClassVar[int]

    def encode(self, values: Array) -> pa.Array: ...


@dataclass(frozen=True, slots=True)
class Scaled:
    """Whole numbers in units of 10^-`given` as DECIMAL(precision, scale)."""

    precision: int
    scale: int
    given: int
    absent: ClassVar[int] = ABSENT_NUMBER

    def encode(self, values: Array) -> pa.Array:
        there = values != self.absent
        scaled = np.where(there, values, 0).astype(np.int64) * 10 ** (self.scale - self.given)
        words = np.empty((len(values), 2), dtype=np.int64)
        words[:, 0] = scaled
        words[:, 1] = scaled >> 63  # the sign fills the upper half of 128 bits
        return _from_buffers(pa.decimal128(self.precision, self.scale), there, words)


@dataclass(frozen=True, slots=True)
class Word:
    """Positions in a list of words."""

    words: tuple[str, ...]
    absent: ClassVar[int] = ABSENT

    def encode(self, values: Array) -> pa.Array:
        places = pa.array(values.astype(np.int32), mask=values < 0)
        return pa.DictionaryArray.from_arrays(places, pa.array(self.words, pa.string()))


@dataclass(frozen=True, slots=True)
class Document:
    """A letter and nine digits."""

    absent: ClassVar[int] = ABSENT

    def encode(self, values: Array) -> pa.Array:
        there = values >= 0
        letter, number = np.divmod(np.where(there, values, 0), LETTER)
        width = 1 + DOCUMENT_DIGITS
        text = np.empty((len(values), width), dtype=np.uint8)
        text[:, 0] = letter
        number = number.astype(np.int32)
        for end in range(width, 1, -3):
            number, group = np.divmod(number, GROUP)
            text[:, end - 3 : end] = _DIGITS[group]
        offsets = np.arange(len(values) + 1, dtype=np.int32) * width
        return pa.StringArray.from_buffers(
            len(values), pa.py_buffer(offsets), pa.py_buffer(text), _valid(there)
        )


@dataclass(frozen=True, slots=True)
class Day:
    """Days since 1970."""

    absent: ClassVar[int] = ABSENT

    def encode(self, values: Array) -> pa.Array:
        return _from_buffers(pa.date32(), values >= 0, values.astype(np.int32))


@dataclass(frozen=True, slots=True)
class Moment:
    """Seconds since 1970, in UTC."""

    absent: ClassVar[int] = ABSENT

    def encode(self, values: Array) -> pa.Array:
        micro = values.astype(np.int64) * 1_000_000
        return _from_buffers(pa.timestamp("us", "UTC"), values >= 0, micro)


@dataclass(frozen=True, slots=True)
class Always:
    """The same in every row."""

    value: str | bool
    absent: ClassVar[int] = ABSENT

    def encode(self, values: Array) -> pa.Array:
        if isinstance(self.value, bool):
            return pa.repeat(pa.scalar(self.value), len(values))
        places = pa.array(np.zeros(len(values), dtype=np.int32))
        return pa.DictionaryArray.from_arrays(places, pa.array([self.value], pa.string()))


def words(values: Sequence[str]) -> Word:
    return Word(tuple(values))


_DIGITS = np.array([[*f"{number:03d}".encode()] for number in range(GROUP)], dtype=np.uint8)


def _valid(there: Array) -> pa.Buffer | None:
    return None if there.all() else pa.py_buffer(np.packbits(there, bitorder="little"))


def _from_buffers(kind: pa.DataType, there: Array, values: Array) -> pa.Array:
    content = pa.py_buffer(np.ascontiguousarray(values))
    return pa.Array.from_buffers(kind, len(there), [_valid(there), content])
