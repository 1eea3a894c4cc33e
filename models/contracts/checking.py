"""Parts good rows from bad and says in sentences what is wrong with a bad one."""

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from models.contracts.fields import Field, FieldType
from models.contracts.reading import CAST_REASONS

REASONS = "_reasons"
REASONS_TYPE = pl.List(pl.String())


@dataclass(frozen=True, slots=True)
class Checked:
    """The pair a check ends in. Columns unknown to the contract stay on both sides."""

    accepted: pl.DataFrame
    rejected: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Rule:
    """A sentence and whether it holds in a row; `column` is None where it spans several."""

    sentence: str
    holds: pl.Expr
    column: str | None


def part(frame: pl.DataFrame, rules: tuple[Rule, ...]) -> Checked:
    """Rows that hold every rule and were read whole, and the others with their reasons."""
    valid = pl.all_horizontal([rule.holds for rule in rules])
    if CAST_REASONS in frame.columns:
        valid = valid & (pl.col(CAST_REASONS).list.len() == 0)
    mask = frame.select(valid.fill_null(False).alias("valid"))["valid"]
    accepted = frame.filter(mask).drop(CAST_REASONS, strict=False)
    return Checked(accepted, _with_reasons(frame.filter(~mask), rules))


def column_rules(fields: tuple[Field, ...]) -> Iterable[Rule]:
    for field in fields:
        value = pl.col(field.name)
        if field.required:
            is_text = field.type in (FieldType.TEXT, FieldType.CODE)
            given = value.is_not_null() & (value != "") if is_text else value.is_not_null()
            yield Rule(f"{field.name} is given", given.fill_null(False), field.name)
        if field.values:
            allowed = (*field.values, "") if field.is_optional_key else field.values
            sentence = f"{field.name} is one of {', '.join(field.values)}"
            # A missing value is the business of "is given", so that it is reported once.
            missing = value.is_null() | (value == "") if field.required else value.is_null()
            yield Rule(sentence, missing | value.is_in(allowed), field.name)


def _with_reasons(frame: pl.DataFrame, rules: tuple[Rule, ...]) -> pl.DataFrame:
    if frame.is_empty():
        return frame.drop(CAST_REASONS, strict=False).with_columns(
            pl.lit(None, dtype=REASONS_TYPE).alias(REASONS)
        )
    has_casts = CAST_REASONS in frame.columns
    unread = pl.col(CAST_REASONS) if has_casts else pl.lit([], dtype=REASONS_TYPE)
    broken = [
        pl.when(~rule.holds & ~_is_unknown(rule, unread)).then(pl.lit(rule.sentence))
        for rule in rules
    ]
    reasons = pl.concat_list(unread, pl.concat_list(broken).list.drop_nulls())
    return frame.with_columns(reasons.alias(REASONS)).drop(CAST_REASONS, strict=False)


def _is_unknown(rule: Rule, unread: pl.Expr) -> pl.Expr:
    if rule.column is None:
        return unread.list.len() > 0
    return unread.list.eval(pl.element().str.starts_with(f"{rule.column} ")).list.any()
