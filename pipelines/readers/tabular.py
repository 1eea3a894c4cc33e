"""What every reader gives back, and how a reader says no to a whole file."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

ROW_NUMBER = "_row_number"
BROKEN_SCHEMA = {ROW_NUMBER: pl.Int64, "raw_text": pl.String, "reason": pl.String}


class FileRefused(Exception):
    """A file that cannot be trusted as a whole: what is wrong, and what to do next."""

    def __init__(self, problem: str, next_step: str) -> None:
        super().__init__(f"{problem} Next: {next_step}")
        self.problem = problem
        self.next_step = next_step


class ColumnsMissing(FileRefused):
    """A file without columns that it must have."""

    def __init__(self, problem: str, next_step: str, columns: tuple[str, ...]) -> None:
        super().__init__(problem, next_step)
        self.columns = columns


@dataclass(frozen=True, slots=True)
class Block:
    """A run of records: those that fit the header, and those that do not, with their raw text."""

    frame: pl.DataFrame
    broken: pl.DataFrame

    @property
    def rows(self) -> int:
        return len(self.frame) + len(self.broken)


def no_broken_rows() -> pl.DataFrame:
    return pl.DataFrame(schema=BROKEN_SCHEMA)


def whole(blocks: Iterator[Block]) -> Block:
    """All blocks of a file as one."""
    parts = list(blocks)
    return Block(
        frame=pl.concat([part.frame for part in parts]),
        broken=pl.concat([part.broken for part in parts]),
    )


def checked_names(names: list[str], file_name: str) -> list[str]:
    """Column names trimmed; a name given twice refuses the file, an empty one gets its position."""
    trimmed = [name.strip() or f"column_{place}" for place, name in enumerate(names, start=1)]
    twice = sorted({name for name in trimmed if trimmed.count(name) > 1})
    if twice:
        raise FileRefused(
            f"{file_name}: the header names a column twice: {', '.join(twice)}.",
            "ask the sender for one name per column and deliver the file again.",
        )
    return trimmed
