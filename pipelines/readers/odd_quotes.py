"""Delimited text whose quotes break the rules (5" pipe): record by record, slowly, with raw text.

A quote inside a field that does not begin with one is a plain letter. A field that begins with a
quote and never closes it runs to the end of the file: such a file is refused by the caller.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Record:
    fields: list[str]
    raw_text: str


class _Remembered:
    """Lines of a text that remembers which ones the reader has taken since the last record."""

    def __init__(self, text: io.StringIO) -> None:
        self._text = text
        self.taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        for line in self._text:
            self.taken.append(line)
            yield line


def records(text: str, delimiter: str) -> Iterator[Record]:
    lines = _Remembered(io.StringIO(text, newline=""))
    previous_limit = csv.field_size_limit(len(text) + 1)
    try:
        for fields in csv.reader(lines, delimiter=delimiter):
            raw_text = "".join(lines.taken)
            lines.taken.clear()
            yield Record(fields, raw_text.rstrip("\r\n"))
    finally:
        csv.field_size_limit(previous_limit)


def ends_inside_quotes(record: Record, delimiter: str) -> bool:
    """Whether the text stopped before a quoted field was closed."""
    try:
        list(csv.reader(io.StringIO(record.raw_text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False
