"""Which reader a file name asks for."""

from collections.abc import Iterator
from pathlib import Path

from pipelines.readers.delimited import DelimitedOptions, read_delimited
from pipelines.readers.excel import read_sheet
from pipelines.readers.parquet import read_parquet
from pipelines.readers.tabular import Block

DELIMITED_ENDINGS = (".csv", ".csv.gz", ".txt", ".txt.gz", ".tsv", ".tsv.gz", ".dat")
ENDINGS = (*DELIMITED_ENDINGS, ".parquet", ".xlsx")


def ending(file_name: str) -> str | None:
    """The ending that says how to read the file, or None where no reader knows it."""
    lower = file_name.lower()
    return next((known for known in ENDINGS if lower.endswith(known)), None)


def is_text(file_name: str) -> bool:
    """Whether its columns come as text, whatever they hold."""
    return ending(file_name) != ".parquet"


def read_blocks(
    path: Path, *, sheet: str | None = None, options: DelimitedOptions | None = None
) -> Iterator[Block]:
    kind = ending(path.name)
    if kind == ".parquet":
        yield from read_parquet(path)
    elif kind == ".xlsx":
        yield read_sheet(path, sheet)
    else:
        yield from read_delimited(path, options)
