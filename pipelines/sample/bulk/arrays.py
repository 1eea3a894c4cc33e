"""Words for columns of numbers, and how runs of equal keys are counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
# Columns of one table by name, all of one length; a column that is not there is empty.
Rows = Mapping[str, Array]

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")

ABSENT = -1
ABSENT_NUMBER = int(np.iinfo(np.int64).min)
LETTER = 10**12


def document(letter: str, numbers: Array) -> Array:
    """Document numbers with the letter of their series: ("S", 17) is written S000000017."""
    return ord(letter) * LETTER + numbers


def runs(keys: Array) -> tuple[Array, Array]:
    """Of keys that lie together: the position of each row's run, and its place in it from 0."""
    if not len(keys):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    begins = np.empty(len(keys), dtype=bool)
    begins[0] = True
    np.not_equal(keys[1:], keys[:-1], out=begins[1:])
    group = np.cumsum(begins) - 1
    starts = np.flatnonzero(begins)
    return group, np.arange(len(keys)) - starts[group]


def firsts(group: Array) -> Array:
    """Where each run begins, of positions that `runs` gave."""
    return np.searchsorted(group, np.arange(group[-1] + 1)) if len(group) else group


def summed(group: Array, values: Array) -> Array:
    """Sum of each run, in whole numbers."""
    return np.add.reduceat(values, firsts(group)) if len(group) else values


class Series:
    """The next numbers of each series of documents, from 1."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}

    def take(self, letter: str, count: int) -> Array:
        first = self._last.get(letter, 0) + 1
        self._last[letter] = first + count - 1
        return document(letter, np.arange(first, first + count, dtype=np.int64))


def joined(parts: Sequence[T]) -> T:
    """Records of columns, one behind the other."""
    first = parts[0]
    if len(parts) == 1:
        return first
    names = [field.name for field in fields(first)]
    return type(first)(*(np.concatenate([getattr(p, name) for p in parts]) for name in names))


def chosen(record: T, places: Array) -> T:
    """The rows of a record of columns at these places, or where a mask says so."""
    return type(record)(*(getattr(record, field.name)[places] for field in fields(record)))
