"""Steps of a mapping entry over a frame, with every row that falls out accounted for.

Rows carry `_file` (which delivered file, in order of delivery) and `_row_number` all the way, so
that a row that is rejected later can be shown as it was delivered. Rows that `where`, a join or
`when` drop are counted as filtered; `group` and `distinct` make new rows, and the count starts anew.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import polars as pl

from pipelines.ingest.expressions import ExpressionFails, columns_of, evaluate
from pipelines.ingest.mapping_keys import Group, Number, Step
from pipelines.readers.tabular import ROW_NUMBER

FILE = "_file"
PLACE = (FILE, ROW_NUMBER)
FAILED_SCHEMA = {FILE: pl.Int64, ROW_NUMBER: pl.Int64, "reason": pl.String}


Missing = tuple[str, str]  # a column, and what needs it


@dataclass(frozen=True, slots=True)
class Stepped:
    """Rows so far, how many were filtered out, and those that an expression could not take."""

    frame: pl.DataFrame
    filtered: int
    failed: pl.DataFrame
    missing: tuple[Missing, ...] = ()


Fetch = Callable[[str], pl.DataFrame]


def no_failures() -> pl.DataFrame:
    return pl.DataFrame(schema=FAILED_SCHEMA)


def apply_steps(frame: pl.DataFrame, steps: list[Step], fetch: Fetch) -> Stepped:
    state = Stepped(frame, 0, no_failures())
    for step in steps:
        state = _applied(state, step, fetch)
    return state


def is_row_by_row(steps: list[Step]) -> bool:
    """Whether the steps may be done on a part of a file at a time."""
    return all(
        step.group is None and step.distinct is None and step.number is None for step in steps
    )


def with_columns_present(state: Stepped, names: set[str], purpose: str) -> Stepped:
    """Columns that are missing are noted with what needs them, and stand in as nulls."""
    missing = sorted(names - set(state.frame.columns))
    if not missing:
        return state
    frame = state.frame.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in missing)
    notes = tuple((name, purpose) for name in missing)
    return replace(state, frame=frame, missing=(*state.missing, *notes))


def computed(state: Stepped, expressions: dict[str, str], purpose: str) -> Stepped:
    """Expressions as columns; rows that cannot be computed leave as failed."""
    needed = (
        set().union(*(columns_of(text) for text in expressions.values())) if expressions else set()
    )
    state = with_columns_present(state, needed, purpose)
    if state.missing:
        # The file will be refused; stand-ins have no type that every expression could take.
        nothing = [pl.lit(None).alias(name) for name in expressions]
        return replace(state, frame=state.frame.with_columns(nothing))
    done = evaluate(state.frame, expressions)
    failed = (
        done.failed.select(*PLACE, reason=pl.col("_failure")) if len(done.failed) else no_failures()
    )
    return replace(state, frame=done.frame, failed=pl.concat([state.failed, failed]))


def _applied(state: Stepped, step: Step, fetch: Fetch) -> Stepped:
    if step.where is not None:
        return _where(state, step.where, "where")
    if step.derive is not None:
        return computed(state, step.derive, "derive")
    if step.join is not None:
        from pipelines.ingest.joining import joined

        return joined(state, step.join, fetch)
    if step.group is not None:
        return _grouped(state, step.group)
    if step.one_to_many is not None:
        return _one_to_many(state, step.one_to_many)
    if step.number is not None:
        return _numbered(state, step.number)
    assert step.distinct is not None
    return _distinct(state, step.distinct)


def _where(state: Stepped, condition: str, purpose: str) -> Stepped:
    done = computed(state, {"_keep": condition}, purpose)
    if done.frame.schema["_keep"] not in (pl.Boolean(), pl.Null()):
        raise ExpressionFails(f"{condition} is not true or false")
    kept = done.frame.filter(pl.col("_keep").fill_null(False).cast(pl.Boolean))
    dropped = len(done.frame) - len(kept)
    return replace(done, frame=kept.drop("_keep"), filtered=done.filtered + dropped)


def _grouped(state: Stepped, group: Group) -> Stepped:
    from pipelines.ingest.grouping import grouped

    wanted = {*group.by}
    for part in (group.sum, group.min, group.max, group.first, group.last):
        wanted |= set(part.values())
    state = with_columns_present(state, wanted, "group")
    return replace(state, frame=grouped(state.frame, group), filtered=0)


def _distinct(state: Stepped, columns: str | list[str]) -> Stepped:
    if columns == "all":
        names = [name for name in state.frame.columns if name not in PLACE]
    else:
        names = list(columns)
    state = with_columns_present(state, set(names), "distinct")
    kept = state.frame.unique(subset=names, keep="first", maintain_order=True)
    return replace(state, frame=kept, filtered=0)


def _one_to_many(state: Stepped, branches: list[dict[str, str]]) -> Stepped:
    state = replace(state, frame=state.frame.with_row_index("_from"))
    made, failed, missing = [], [state.failed], list(state.missing)
    for place, branch in enumerate(branches):
        values = {name: text for name, text in branch.items() if name != "when"}
        part = replace(state, failed=no_failures())
        if "when" in branch:
            part = _where(part, branch["when"], "one_to_many")
        part = computed(part, values, "one_to_many")
        made.append(part.frame.with_columns(pl.lit(place).alias("_branch")))
        failed.append(part.failed)
        missing += part.missing
    rows = pl.concat(made, how="diagonal_relaxed").sort("_from", "_branch")
    made_none = len(state.frame) - rows["_from"].n_unique()
    new_failures = pl.concat([pl.DataFrame(schema=FAILED_SCHEMA), *failed[1:]])
    only_failed = new_failures.select(PLACE).unique().join(rows.select(PLACE), on=PLACE, how="anti")
    return Stepped(
        frame=rows.drop("_from", "_branch"),
        filtered=state.filtered + made_none - len(only_failed),
        failed=pl.concat(failed).unique(subset=[*PLACE, "reason"], maintain_order=True),
        missing=tuple(dict.fromkeys(missing)),
    )


def _numbered(state: Stepped, number: Number) -> Stepped:
    ordered = [name.removeprefix("-") for name in number.order]
    state = with_columns_present(state, {*number.by, *ordered}, "number")
    frame = state.frame.with_row_index("_at")
    if ordered:
        keys = [(name.removeprefix("-"), name.startswith("-")) for name in number.order]
    else:
        # By content, so that the same rows get the same numbers however they are delivered.
        sortable = (name for name, dtype in state.frame.schema.items() if not dtype.is_nested())
        keys = [(name, False) for name in sorted(sortable) if name not in PLACE]
    keys += [(FILE, False), (ROW_NUMBER, False)]
    counted = frame.sort(
        [name for name, _ in keys], descending=[down for _, down in keys], nulls_last=False
    )
    place = pl.int_range(1, pl.len() + 1, dtype=pl.Int64)
    counted = counted.with_columns(
        (place.over(number.by) if number.by else place).alias(number.as_)
    )
    return replace(state, frame=counted.sort("_at").drop("_at"))
