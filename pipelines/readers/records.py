"""Where the records of delimited text begin and end, and which have too few or too many fields.

Polars fills a record that is too short with nulls and does not say so, so the fields are counted
here, on whole byte arrays. A quote opens a field only behind a delimiter or a line end and closes
it only before one (RFC 4180); bytes that break this are reported as odd, and are not judged here.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

QUOTE, NEWLINE, RETURN = 34, 10, 13

Positions = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Records:
    """The whole records of a byte string. `ends[i]` is the place of the line end of record i."""

    starts: Positions
    ends: Positions
    field_counts: Positions
    has_odd_quotes: bool

    @property
    def consumed(self) -> int:
        return int(self.ends[-1]) + 1 if len(self.ends) else 0

    def up_to(self, count: int) -> "Records":
        return Records(
            self.starts[:count], self.ends[:count], self.field_counts[:count], self.has_odd_quotes
        )


def scan(data: bytes, delimiter: str) -> Records:
    buffer = np.frombuffer(data, dtype=np.uint8)
    newline, separator = buffer == NEWLINE, buffer == ord(delimiter)
    is_odd = False
    if b'"' in data:
        quote = buffer == QUOTE
        inside = np.logical_xor.accumulate(quote)
        is_odd = _has_odd_quotes(buffer, quote, inside, ord(delimiter))
        outside = ~inside
        newline &= outside
        separator &= outside
    ends = np.flatnonzero(newline)
    starts = np.concatenate([np.zeros(1, dtype=np.int64), ends[:-1] + 1])[: len(ends)]
    return Records(starts, ends, _field_counts(np.flatnonzero(separator), ends), is_odd)


def is_blank(data: bytes, records: Records) -> npt.NDArray[np.bool_]:
    """Records that are an empty line."""
    length = records.ends - records.starts
    first = np.frombuffer(data, dtype=np.uint8)[records.starts]
    return (length == 0) | ((length == 1) & (first == RETURN))


def _field_counts(separators: Positions, ends: Positions) -> Positions:
    if not len(ends):
        return ends
    # The ordinary file: every record has equally many fields, seen without counting one by one.
    per_record, rest = divmod(int(np.searchsorted(separators, ends[-1])), len(ends))
    if rest == 0:
        if per_record == 0:
            return np.ones(len(ends), dtype=np.int64)
        grid = separators[: per_record * len(ends)].reshape(len(ends), per_record)
        if (grid[:, -1] < ends).all() and (grid[1:, 0] > ends[:-1]).all():
            return np.full(len(ends), per_record + 1, dtype=np.int64)
    return np.diff(np.searchsorted(separators, ends), prepend=0) + 1


def _has_odd_quotes(
    buffer: npt.NDArray[np.uint8],
    quote: npt.NDArray[np.bool_],
    inside: npt.NDArray[np.bool_],
    delimiter: int,
) -> bool:
    places = np.flatnonzero(quote)
    opens = inside[places]
    opening, closing = places[opens], places[~opens]
    before = buffer[opening[opening > 0] - 1]
    after = buffer[closing[closing < len(buffer) - 1] + 1]
    may_open = np.isin(before, [delimiter, NEWLINE, QUOTE])
    may_close = np.isin(after, [delimiter, NEWLINE, RETURN, QUOTE])
    return not (may_open.all() and may_close.all())
