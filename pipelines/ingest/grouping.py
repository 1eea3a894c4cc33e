"""One row per group: sums in exact decimals, places of the first row kept."""

import polars as pl

from pipelines.ingest.expressions import ExpressionFails
from pipelines.ingest.mapping_keys import Group
from pipelines.ingest.values import SUM_DECIMAL, as_decimal, trimmed
from pipelines.ingest.wording import counted
from pipelines.readers.tabular import ROW_NUMBER

FILE = "_file"


def grouped(frame: pl.DataFrame, group: Group) -> pl.DataFrame:
    """Groups in order of their first row. An empty text counts as no value."""
    ordered = frame.sort(FILE, ROW_NUMBER)
    _refuse_unreadable(ordered, group)
    schema = frame.schema
    made = [
        *(_summed(source, schema).alias(name) for name, source in group.sum.items()),
        *(pl.col(source).min().alias(name) for name, source in group.min.items()),
        *(pl.col(source).max().alias(name) for name, source in group.max.items()),
        *(pl.col(source).first().alias(name) for name, source in group.first.items()),
        *(pl.col(source).last().alias(name) for name, source in group.last.items()),
        pl.col(FILE).first(),
        pl.col(ROW_NUMBER).first(),
    ]
    if group.count is not None:
        made.append(pl.len().cast(pl.Int64).alias(group.count))
    return ordered.group_by(group.by, maintain_order=True).agg(made)


def _summed(source: str, schema: pl.Schema) -> pl.Expr:
    # A sum over nothing is nothing, not zero: a missing amount stays a finding.
    value = _exact(source, schema)
    return pl.when(value.is_not_null().any()).then(value.sum())


def _exact(source: str, schema: pl.Schema) -> pl.Expr:
    return as_decimal(pl.col(source), schema[source], SUM_DECIMAL)


def _refuse_unreadable(frame: pl.DataFrame, group: Group) -> None:
    """A sum that leaves out what it cannot read would be a wrong figure that looks right."""
    problems = []
    for source in sorted(set(group.sum.values())):
        dtype = frame.schema[source]
        if not isinstance(dtype, pl.String):
            continue
        text = trimmed(pl.col(source), dtype)
        bad = frame.filter(text.is_not_null() & _exact(source, frame.schema).is_null())
        if len(bad):
            shown = ", ".join(
                f"row {row} {value!r}"
                for row, value in bad.select(ROW_NUMBER, source).head(5).rows()
            )
            problems.append(
                f"{counted(len(bad), 'value')} of {source} cannot be summed, not a number: {shown}"
            )
    if problems:
        raise ExpressionFails("; ".join(problems))
