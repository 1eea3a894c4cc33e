"""Delimited text: every record accounted for, whatever the size of the blocks it is read in."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from pipelines.readers.delimited import DelimitedOptions, read_delimited
from pipelines.readers.tabular import ROW_NUMBER, Block, FileRefused, whole

BLOCKS = (7, 64, 32 * 1024 * 1024)


def read(tmp_path: Path, content: bytes, **options: object) -> Block:
    path = tmp_path / "feed.csv"
    path.write_bytes(content)
    return whole(read_delimited(path, DelimitedOptions(**options)))  # type: ignore[arg-type]


def rows(block: Block) -> list[tuple[object, ...]]:
    names = [name for name in block.frame.columns if name != ROW_NUMBER]
    return block.frame.select(ROW_NUMBER, *names).rows()


@pytest.mark.parametrize("size", BLOCKS)
@pytest.mark.parametrize(
    ("content", "expected", "broken"),
    [
        (b"a,b\n1,2\n3,4\n", [(2, "1", "2"), (3, "3", "4")], []),
        (b"a,b\r\n1,2\r\n3,4\r\n", [(2, "1", "2"), (3, "3", "4")], []),
        (b"\xef\xbb\xbfa;b\n1;2\n", [(2, "1", "2")], []),
        (b"a|b\n007|x,y\n", [(2, "007", "x,y")], []),
        (b"a\tb\n1\t2\n", [(2, "1", "2")], []),
        (b'a,b\n"x,\ny","say ""hi"""\n1,2\n', [(2, "x,\ny", 'say "hi"'), (3, "1", "2")], []),
        (b'a,b\n1,""\n,2\n', [(2, "1", None), (3, None, "2")], []),
        (b"a,b\n1,2\n\n3,4\n\n", [(2, "1", "2"), (4, "3", "4")], []),
        (b'a,b\n1,5" pipe\n2,4" pipe\n', [(2, "1", '5" pipe'), (3, "2", '4" pipe')], []),
        (b"a,b\n1\n2,3\n", [(3, "2", "3")], [(2, "1", "the row has 1 field, the header 2")]),
        (
            b"a,b\n1,2,3\n2,3\n",
            [(3, "2", "3")],
            [(2, "1,2,3", "the row has 3 fields, the header 2")],
        ),
        (b'a,b\n5" x\n2,3\n', [(3, "2", "3")], [(2, '5" x', "the row has 1 field, the header 2")]),
        (b"a,b\n", [], []),
        (b'"a\nb",c\n1,2\n', [(2, "1", "2")], []),
        (b"a\n1\n\n2\n", [(2, "1"), (4, "2")], []),
    ],
)
def test_records(
    tmp_path: Path, content: bytes, expected: list[object], broken: list[object], size: int
) -> None:
    block = read(tmp_path, content, block_bytes=size)
    assert rows(block) == expected
    assert block.broken.rows() == broken


@pytest.mark.parametrize("size", BLOCKS)
@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"a,b\n1,2\n3,4", "the last line has no line end: '3,4'"),
        (b"a,b\n1,2\n3", "the last line has no line end: '3'"),
        (b"a,b\n1,2\n3\n", "the last record has 1 field, expected 2"),
        (b"a,b\n1,2\n3\n\n", "the last record has 1 field, expected 2"),
        (b'a,b\n1,"2\n3,4\n', "a quoted field is still open"),
        (b'a,b\n1,5" pipe\n2,"open\n', "a quoted field is still open"),
        (b"", "the file is empty"),
        (b"a,b", "cut off in the header row"),
        (b"a,b,a\n1,2,3\n", "names a column twice: a"),
        (b"a,b\n1,\xff\n", "not UTF-8"),
    ],
)
def test_files_refused_whole(tmp_path: Path, content: bytes, problem: str, size: int) -> None:
    with pytest.raises(FileRefused) as refused:
        read(tmp_path, content, block_bytes=size)
    assert problem in str(refused.value) and "Next: " in str(refused.value)


def test_a_mapping_may_make_the_final_line_end_optional(tmp_path: Path) -> None:
    block = read(tmp_path, b"a,b\n1,2\n3,4", final_newline_optional=True)
    assert rows(block) == [(2, "1", "2"), (3, "3", "4")]
    with pytest.raises(FileRefused, match="the last record has 1 field"):
        read(tmp_path, b"a,b\n1,2\n3", final_newline_optional=True)


def test_other_encodings_are_read_when_named(tmp_path: Path) -> None:
    block = read(
        tmp_path, "a;b\nMüller;1,5\n".encode("cp1252"), encoding="windows-1252", block_bytes=3
    )
    assert rows(block) == [(2, "Müller", "1,5")]


def test_a_compressed_file_that_ends_early_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "feed.csv.gz"
    packed = gzip.compress(b"a,b\n" + b"1,2\n" * 1000)
    path.write_bytes(packed)
    assert whole(read_delimited(path)).rows == 1000
    path.write_bytes(packed[:-9])
    with pytest.raises(FileRefused, match="the compressed file ends early"):
        whole(read_delimited(path))


def test_a_large_file_is_read_in_blocks_of_whole_records(tmp_path: Path) -> None:
    path = tmp_path / "feed.csv"
    path.write_text("a,b\n" + "".join(f"{n},x{n}\n" for n in range(5000)))
    blocks = list(read_delimited(path, DelimitedOptions(block_bytes=4096)))
    assert len(blocks) > 10
    numbers = [n for block in blocks for n in block.frame[ROW_NUMBER]]
    assert numbers == list(range(2, 5002))
