"""SQL expressions of a mapping: parsed once, evaluated over frames, with the rows that break them.

An expression such as `cast("No." as bigint)` fails on the first value that is no number, and polars
then gives up the whole column. One bad value must cost one row, so a failing evaluation is repeated
on halves until the rows are found. More than a hundred of them is a mistake in the mapping.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

MOST_BAD_ROWS = 100


class ExpressionFails(Exception):
    """An expression that cannot be computed for a whole file."""


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A frame with the computed columns, and the rows that could not be computed with the reason."""

    frame: pl.DataFrame
    failed: pl.DataFrame


def parsed(expression: str) -> pl.Expr:
    """The expression as polars has it; ValueError with the parser's words if it is none."""
    try:
        made = pl.sql_expr(expression)
    except (pl.exceptions.PolarsError, TypeError) as error:
        detail = _first_line(error)
        said = "" if detail.startswith("unable to parse") else f": {detail}"
        raise ValueError(f"{expression!r} is no SQL expression{said}") from error
    return made


def columns_of(expression: str) -> set[str]:
    return set(parsed(expression).meta.root_names())


def evaluate(frame: pl.DataFrame, expressions: Mapping[str, str]) -> Evaluated:
    """Each expression as a column of its name; all see the columns the frame came with."""
    made = {name: parsed(text) for name, text in expressions.items()}
    try:
        return Evaluated(_computed(frame, made), frame.clear())
    except pl.exceptions.ColumnNotFoundError:
        raise
    except pl.exceptions.PolarsError as error:
        bad = _bad_rows(frame, made, expressions, error)
    good = frame.filter(~pl.int_range(pl.len()).is_in(list(bad)))
    reasons = pl.Series("_failure", list(bad.values()), dtype=pl.String)
    failed = frame[sorted(bad)].with_columns(reasons) if bad else frame.clear()
    return Evaluated(_computed(good, made), failed)


def _computed(frame: pl.DataFrame, made: Mapping[str, pl.Expr]) -> pl.DataFrame:
    return frame.with_columns(expression.alias(name) for name, expression in made.items())


def _bad_rows(
    frame: pl.DataFrame,
    made: Mapping[str, pl.Expr],
    texts: Mapping[str, str],
    error: pl.exceptions.PolarsError,
) -> dict[int, str]:
    """Place of each failing row and its reason, found by halving."""
    bad: dict[int, str] = {}
    for name, expression in made.items():
        if not _works(frame.clear(), expression):
            raise ExpressionFails(
                f"{texts[name]} cannot be computed: {_first_line(error)}"
            ) from error
        spans = [(0, len(frame))]
        while spans:
            start, stop = spans.pop()
            if start == stop or _works(frame[start:stop], expression):
                continue
            if stop - start == 1:
                bad.setdefault(
                    start,
                    f"{texts[name]} cannot be computed: {_values(frame[start:stop], expression)}",
                )
                if len(bad) > MOST_BAD_ROWS:
                    raise ExpressionFails(
                        f"{texts[name]} cannot be computed for more than {MOST_BAD_ROWS} rows: {_first_line(error)}"
                    ) from error
                continue
            middle = (start + stop) // 2
            spans += [(middle, stop), (start, middle)]
    if not bad:
        raise ExpressionFails(
            f"{'; '.join(texts.values())} cannot be computed: {_first_line(error)}"
        ) from error
    return dict(sorted(bad.items()))


def _works(frame: pl.DataFrame, expression: pl.Expr) -> bool:
    try:
        frame.select(expression)
    except pl.exceptions.PolarsError:
        return False
    return True


def _values(row: pl.DataFrame, expression: pl.Expr) -> str:
    names = sorted(set(expression.meta.root_names()))
    return ", ".join(f"{name} = {row[name][0]!r}" for name in names)


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0]
