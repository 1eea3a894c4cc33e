"""Copies of records with some values changed: `dataclasses.replace` for stories of many records."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

Record = TypeVar("Record", bound=Hashable)


def altered(record: Record, **values: Any) -> Record:
    """The record with other `values`; all its fields must be arguments by position."""
    kind: Hashable = type(record)
    read, places = _shape(kind)
    arguments = list(read(record))
    for name, value in values.items():
        arguments[places[name]] = value
    return type(record)(*arguments)


@cache
def _shape(kind: Any) -> tuple[Callable[[Any], tuple[Any, ...]], dict[str, int]]:
    """What reads all fields of a kind at once, and where each stands among the arguments."""
    names = [field.name for field in fields(kind)]
    return attrgetter(*names), {name: place for place, name in enumerate(names)}
