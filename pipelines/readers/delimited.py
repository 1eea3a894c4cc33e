"""Delimited text in blocks of whole records: every column as text, every record accounted for.

A record with fewer or more fields than the header is set aside with its raw text. A file whose last
record is short, whose last quote is never closed, or whose last line has no end was cut off on its
way and is refused whole, because nobody knows what is missing.
"""

import codecs
import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
import polars as pl

from pipelines.readers import odd_quotes
from pipelines.readers.records import Records, is_blank, scan
from pipelines.readers.tabular import (
    BROKEN_SCHEMA,
    ROW_NUMBER,
    Block,
    FileRefused,
    checked_names,
    no_broken_rows,
)

BLOCK_BYTES = 32 * 1024 * 1024
DELIMITERS = (",", ";", "|", "\t")
DELIVER_AGAIN = "ask the sender to deliver the file again."


@dataclass(frozen=True, slots=True)
class DelimitedOptions:
    delimiter: str | None = None
    encoding: str = "utf-8"
    final_newline_optional: bool = False
    block_bytes: int = BLOCK_BYTES


def read_delimited(path: Path, options: DelimitedOptions | None = None) -> Iterator[Block]:
    """Blocks in the order of the file; at least one, so that the header is always seen."""
    options = options or DelimitedOptions()
    try:
        with _open(path) as stream:
            yield from _blocks(stream, path.name, options)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise FileRefused(
            f"{path.name}: cut off, the compressed file ends early.", DELIVER_AGAIN
        ) from error


def _open(path: Path) -> BinaryIO:
    return gzip.open(path, "rb") if path.name.lower().endswith(".gz") else path.open("rb")  # type: ignore[return-value]


def _blocks(stream: BinaryIO, name: str, options: DelimitedOptions) -> Iterator[Block]:
    source = _Source(stream, name, options)
    header = source.read_header()
    delimiter = options.delimiter or _sniff(header)
    columns = checked_names(
        next(csv.reader(io.StringIO(header, newline=""), delimiter=delimiter)), name
    )
    shape = _Shape(name, delimiter, columns)
    row_number, seen = 2, False
    while True:
        data, is_last = source.read_block()
        records = scan(data, delimiter)
        if records.has_odd_quotes:
            yield from _read_oddly(data + source.rest(), shape, row_number)
            return
        if is_last and records.consumed < len(data):
            raise FileRefused(_cut_off(data[records.consumed :], name), DELIVER_AGAIN)
        if is_last:
            _refuse_short_last_record(data, records, shape)
        else:
            # The last record seen so far may be the last of the file, and is then judged as such.
            records = records.up_to(_last_filled(data, records))
            source.put_back(data[records.consumed :])
        if len(records.ends) or (is_last and not seen):
            yield _block(data, records, shape, row_number)
            row_number, seen = row_number + len(records.ends), True
        if is_last:
            return


@dataclass(frozen=True, slots=True)
class _Shape:
    name: str
    delimiter: str
    columns: list[str]


class _Source:
    """Bytes of a file as UTF-8, read in blocks; what is left of a block goes before the next."""

    def __init__(self, stream: BinaryIO, name: str, options: DelimitedOptions) -> None:
        self._stream = stream
        self._name = name
        self._options = options
        self._left = b""
        self._first = True
        is_utf8 = codecs.lookup(options.encoding).name == "utf-8"
        self._decode = None if is_utf8 else codecs.getincrementaldecoder(options.encoding)()

    def read_header(self) -> str:
        data = self._more()
        end = _header_end(data)
        while end < 0 and (fresh := self._more()):
            data += fresh
            end = _header_end(data)
        if not data.strip():
            raise FileRefused(
                f"{self._name}: the file is empty, expected a header row.", DELIVER_AGAIN
            )
        header = data if end < 0 else data[: end + 1]
        self._left = data[len(header) :]
        if end < 0 and not self._options.final_newline_optional:
            raise FileRefused(f"{self._name}: cut off in the header row.", DELIVER_AGAIN)
        try:
            return header.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise not_utf8(self._name) from error

    def read_block(self) -> tuple[bytes, bool]:
        """The next bytes and whether they are the last. A record longer than a block grows it."""
        data = self._left
        fresh = self._more(max(len(data), self._options.block_bytes))
        data += fresh
        is_last = not fresh
        if is_last and data and not data.endswith(b"\n") and self._options.final_newline_optional:
            data += b"\n"
        self._left = b""
        return data, is_last

    def put_back(self, data: bytes) -> None:
        self._left = data

    def rest(self) -> bytes:
        parts = []
        while part := self._more():
            parts.append(part)
        text = b"".join(parts)
        needs_end = self._options.final_newline_optional and text and not text.endswith(b"\n")
        return text + b"\n" if needs_end else text

    def _more(self, size: int | None = None) -> bytes:
        fresh = self._stream.read(size or self._options.block_bytes)
        if self._decode is not None:
            fresh = self._decode.decode(fresh, final=not fresh).encode("utf-8")
        if self._first:
            self._first = False
            fresh = fresh.removeprefix(codecs.BOM_UTF8)
        return fresh


def not_utf8(name: str) -> FileRefused:
    return FileRefused(
        f"{name}: the text is not UTF-8.",
        "ask the sender for UTF-8, or name the encoding in the mapping (csv: {encoding: windows-1252}).",
    )


def _sniff(header: str) -> str:
    unquoted = "".join(header.split('"')[::2])
    counts = {delimiter: unquoted.count(delimiter) for delimiter in DELIMITERS}
    return max(DELIMITERS, key=lambda delimiter: counts[delimiter])


def _cut_off(tail: bytes, name: str) -> str:
    if tail.count(b'"') % 2:
        return f"{name}: cut off, a quoted field is still open at the end of the file."
    shown = tail.decode("utf-8", errors="replace")[-60:]
    return f"{name}: cut off, the last line has no line end: {shown!r}."


def _header_end(data: bytes) -> int:
    """The line end behind the header; one inside a quoted column name does not count."""
    end = data.find(b"\n")
    while end >= 0 and data.count(b'"', 0, end) % 2:
        end = data.find(b"\n", end + 1)
    return end


def _last_filled(data: bytes, records: Records) -> int:
    """The place of the last record that is not an empty line, 0 where there is none."""
    if not len(records.ends):
        return 0
    filled = np.flatnonzero(~is_blank(data, records))
    return int(filled[-1]) if len(filled) else 0


def _refuse_short_last_record(data: bytes, records: Records, shape: _Shape) -> None:
    last = _last_filled(data, records)
    if not len(records.ends) or is_blank(data, records)[last]:
        return
    fields = int(records.field_counts[last])
    if fields < len(shape.columns):
        raise FileRefused(_short_last(shape, fields), DELIVER_AGAIN)


def _short_last(shape: _Shape, fields: int) -> str:
    return (
        f"{shape.name}: cut off, the last record has {_fields(fields)}, "
        f"expected {len(shape.columns)}."
    )


def _block(data: bytes, records: Records, shape: _Shape, row_number: int) -> Block:
    fits = records.field_counts == len(shape.columns)
    blank = is_blank(data, records) if len(records.ends) else np.zeros(0, dtype=bool)
    good = fits & ~blank
    text = data[: records.consumed] if good.all() else b"".join(_runs(data, records, good))
    frame = _parse(text, shape, row_number + np.flatnonzero(good))
    broken = np.flatnonzero(~fits & ~blank)
    return Block(frame, _broken(data, records, broken, shape, row_number))


def _runs(data: bytes, records: Records, good: np.ndarray) -> Iterator[bytes]:
    """The bytes of the good records, in as few pieces as there are gaps."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], good, [False]]).astype(np.int8)))
    for first, behind in edges.reshape(-1, 2):
        yield data[int(records.starts[first]) : int(records.ends[behind - 1]) + 1]


def _parse(text: bytes, shape: _Shape, row_numbers: np.ndarray) -> pl.DataFrame:
    schema = dict.fromkeys(shape.columns, pl.String())
    if not text:
        frame = pl.DataFrame(schema=schema)
    else:
        try:
            frame = pl.read_csv(
                text, has_header=False, schema=schema, separator=shape.delimiter, quote_char='"'
            )
        except pl.exceptions.ComputeError as error:
            if "utf-8" in str(error):
                raise not_utf8(shape.name) from error
            raise
    if b'""' in text:
        # Exporters that quote everything write "" for a cell that is empty.
        frame = frame.with_columns(pl.when(pl.all() != "").then(pl.all()).name.keep())
    assert len(frame) == len(row_numbers), "records and parsed rows must agree"
    return frame.with_columns(pl.Series(ROW_NUMBER, row_numbers, dtype=pl.Int64))


def _broken(
    data: bytes, records: Records, places: np.ndarray, shape: _Shape, row_number: int
) -> pl.DataFrame:
    if not len(places):
        return no_broken_rows()
    rows = [
        {
            ROW_NUMBER: row_number + int(place),
            "raw_text": data[int(records.starts[place]) : int(records.ends[place])]
            .decode("utf-8", errors="replace")
            .rstrip("\r"),
            "reason": _field_reason(int(records.field_counts[place]), shape),
        }
        for place in places
    ]
    return pl.DataFrame(rows, schema=BROKEN_SCHEMA)


def _fields(count: int) -> str:
    return "1 field" if count == 1 else f"{count} fields"


def _field_reason(fields: int, shape: _Shape) -> str:
    return f"the row has {_fields(fields)}, the header {len(shape.columns)}"


def _read_oddly(data: bytes, shape: _Shape, row_number: int) -> Iterator[Block]:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise not_utf8(shape.name) from error
    rows, numbers, broken = [], [], []
    last = None
    for number, record in enumerate(odd_quotes.records(text, shape.delimiter), start=row_number):
        if not record.fields:
            continue
        last = record
        if len(record.fields) == len(shape.columns):
            rows.append(record.fields)
            numbers.append(number)
        else:
            reason = _field_reason(len(record.fields), shape)
            broken.append({ROW_NUMBER: number, "raw_text": record.raw_text, "reason": reason})
    if last is not None and odd_quotes.ends_inside_quotes(last, shape.delimiter):
        raise FileRefused(_cut_off(b'"', shape.name), DELIVER_AGAIN)
    if not text.endswith("\n"):
        raise FileRefused(_cut_off(data[-60:].replace(b'"', b""), shape.name), DELIVER_AGAIN)
    if last is not None and len(last.fields) < len(shape.columns):
        raise FileRefused(_short_last(shape, len(last.fields)), DELIVER_AGAIN)
    frame = pl.DataFrame(rows, schema=dict.fromkeys(shape.columns, pl.String()), orient="row")
    filled = frame.with_columns(pl.when(pl.all() != "").then(pl.all()).name.keep())
    yield Block(
        filled.with_columns(pl.Series(ROW_NUMBER, numbers, dtype=pl.Int64)),
        pl.DataFrame(broken, schema=BROKEN_SCHEMA),
    )
