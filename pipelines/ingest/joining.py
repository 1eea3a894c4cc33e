"""Columns of another source, joined on keys as trimmed text.

A source is often a full extract that comes again and again: for each key the latest delivered file
holds. A key that is twice in one file would double the rows of the driver, and refuses the batch.
"""

from dataclasses import replace

import polars as pl

from pipelines.ingest.expressions import ExpressionFails
from pipelines.ingest.mapping_keys import Join
from pipelines.ingest.steps import FILE, PLACE, Fetch, Stepped, apply_steps, with_columns_present
from pipelines.ingest.values import trimmed
from pipelines.ingest.wording import counted


def joined(state: Stepped, join: Join, fetch: Fetch) -> Stepped:
    ours, theirs = list(join.on), list(join.on.values())
    state = with_columns_present(state, set(ours), f"join with {join.source}")
    other = apply_steps(fetch(join.source), join.steps, fetch)
    if len(other.failed):
        raise ExpressionFails(f"join with {join.source}: {other.failed['reason'][0]}")
    wanted = _wanted(other.frame, join)
    other = with_columns_present(other, {*theirs, *wanted.values()}, f"join from {join.source}")
    state = replace(state, missing=(*state.missing, *other.missing))
    keys = [f"_key_{place}" for place in range(len(ours))]
    left = state.frame.with_columns(_keys(state.frame, ours, keys)).with_row_index("_left")
    right = _latest(other.frame.with_columns(_keys(other.frame, theirs, keys)), keys)
    if join.how in ("semi", "anti"):
        kept = left.join(right.select(keys), on=keys, how=join.how, maintain_order="left")
    else:
        if not join.many:
            _refuse_repeated(right, keys, theirs, join.source)
        _refuse_clash(state.frame, wanted, join.source)
        picked = right.select(
            *keys, *(pl.col(source).alias(name) for name, source in wanted.items())
        )
        kept = left.join(picked, on=keys, how=join.how, maintain_order="left_right")
    return _counted(state, kept.drop(keys))


def _counted(state: Stepped, kept: pl.DataFrame) -> Stepped:
    dropped = len(state.frame) - kept["_left"].n_unique()
    return replace(state, frame=kept.drop("_left"), filtered=state.filtered + dropped)


def _wanted(other: pl.DataFrame, join: Join) -> dict[str, str]:
    """New name -> column of the other source."""
    if join.how in ("semi", "anti"):
        return {}
    if join.columns is not None:
        return dict(join.columns)
    left_out = {*join.on.values(), *PLACE}
    return {name: name for name in other.columns if name not in left_out}


def _keys(frame: pl.DataFrame, columns: list[str], names: list[str]) -> list[pl.Expr]:
    return [
        trimmed(pl.col(column), frame.schema[column]).alias(name)
        for column, name in zip(columns, names, strict=True)
    ]


def _latest(right: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    """Per key the rows of the latest delivered file that has it."""
    if right.select(pl.col(FILE).n_unique()).item() <= 1:
        return right
    return right.filter(pl.col(FILE) == pl.col(FILE).max().over(keys))


def _refuse_repeated(right: pl.DataFrame, keys: list[str], names: list[str], source: str) -> None:
    complete = right.drop_nulls(keys)
    repeated = (
        complete.filter(pl.struct(keys).is_duplicated()).select(keys).unique(maintain_order=True)
    )
    if len(repeated):
        shown = ", ".join("/".join(row) for row in repeated.head(5).rows())
        raise ExpressionFails(
            f"join with {source}: {counted(len(repeated), 'key')} ({', '.join(names)}) more than once in one file, "
            f"e.g. {shown}; say many: true if every match shall make a row"
        )


def _refuse_clash(frame: pl.DataFrame, wanted: dict[str, str], source: str) -> None:
    clash = sorted(set(wanted) & set(frame.columns))
    if clash:
        raise ExpressionFails(
            f"join with {source}: {', '.join(clash)} is there already; give it another name: columns: {{new: theirs}}"
        )
