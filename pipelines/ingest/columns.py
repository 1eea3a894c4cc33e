"""Columns of a contract table out of the columns of a source, as the mapping entry says.

What comes out is still text where the source has text: the contract reads it into types and names
what it cannot read. A text that does not have the format its mapping names must not be read in some
other way by chance, so it is marked and fails there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from models.contracts.kernel import FieldType
from pipelines.ingest.mapping_file import Entry
from pipelines.ingest.mapping_keys import Column, Csv, Sign
from pipelines.ingest.steps import PLACE, Stepped, computed, with_columns_present
from pipelines.ingest.values import WIDE_DECIMAL, as_decimal, as_text, is_number, trimmed

NUMBERS = (FieldType.INT, FieldType.QTY, FieldType.AMT, FieldType.PRICE)
DAY = r"^\d{4}-\d\d-\d\d"
NOT_IN_FORMAT = "not in the format of the mapping: "


@dataclass(frozen=True, slots=True)
class Value:
    """An expression and the type it has."""

    expression: pl.Expr
    dtype: pl.DataType

    @property
    def text(self) -> pl.Expr:
        return as_text(self.expression, self.dtype)

    def as_text(self, expression: pl.Expr) -> Value:
        return Value(expression, pl.String())


def mapped_columns(
    state: Stepped, entry: Entry, types: dict[str, FieldType], csv: Csv | None
) -> Stepped:
    """The contract columns of an entry, `_file` and `_row_number`; `csv` only for text sources."""
    state = _without_others(_with_expressions(state, entry), entry)
    schema = state.frame.schema
    made = []
    for name, column in entry.columns.items():
        value = _origin(name, column, schema)
        if csv is not None and column.column is not None and types[name] in NUMBERS:
            value = _with_decimal_point(value, csv)
        made.append(_shaped(value, column, name, types[name]).alias(name))
    return replace(state, frame=state.frame.select(*made, *PLACE))


def _without_others(state: Stepped, entry: Entry) -> Stepped:
    """Rows with a value that a column refuses, because its mapping does not list it, leave."""
    for name, column in entry.columns.items():
        if column.others == "pass":
            continue
        value = _origin(name, column, state.frame.schema)
        text = trimmed(value.expression, value.dtype)
        known = [spelling.strip() for spelling in column.values]
        is_other = (~text.is_in(known)).fill_null(False)
        reason = pl.format("{} is a value that the mapping lists: got '{}'", pl.lit(name), text)
        refused = state.frame.filter(is_other).select(*PLACE, reason=reason)
        state = replace(
            state,
            frame=state.frame.filter(~is_other),
            failed=pl.concat([state.failed, refused]),
        )
    return state


def _with_expressions(state: Stepped, entry: Entry) -> Stepped:
    """Everything that is SQL, computed beside the source columns; missing columns noted."""
    for name, column in entry.columns.items():
        used = {column.column} if column.column is not None else set(column.join or ())
        state = with_columns_present(state, used, f"{entry.table}.{name}")
        if column.sql is not None:
            state = computed(state, {_sql_name(name): column.sql}, f"{entry.table}.{name}")
        if isinstance(column.sign, Sign):
            condition = {_sign_name(name): column.sign.negative_when}
            state = computed(state, condition, f"{entry.table}.{name}")
    return state


def _sql_name(name: str) -> str:
    return f"_sql {name}"


def _sign_name(name: str) -> str:
    return f"_sign {name}"


def _origin(name: str, column: Column, schema: pl.Schema) -> Value:
    if column.constant is not None:
        return Value(pl.lit(column.constant, dtype=pl.String), pl.String())
    if column.join is not None:
        parts = [trimmed(pl.col(part), schema[part]).fill_null("") for part in column.join]
        any_given = pl.any_horizontal(part != "" for part in parts)
        glued = pl.concat_str(parts, separator=column.separator)
        return Value(pl.when(any_given).then(glued), pl.String())
    source = _sql_name(name) if column.sql is not None else column.column
    assert source is not None
    dtype = schema[source]
    if isinstance(dtype, pl.Null):
        return Value(pl.col(source).cast(pl.String), pl.String())
    if isinstance(dtype, pl.Binary) or dtype.is_nested():
        return Value(as_text(pl.col(source), dtype), pl.String())
    return Value(pl.col(source), dtype)


def _with_decimal_point(value: Value, csv: Csv) -> Value:
    if not isinstance(value.dtype, pl.String):
        return value
    text = value.expression
    if csv.thousands:
        text = text.str.replace_all(csv.thousands, "", literal=True)
    if csv.decimal != ".":
        text = text.str.replace(csv.decimal, ".", literal=True)
    return value.as_text(text)


def _shaped(value: Value, column: Column, name: str, kind: FieldType) -> pl.Expr:
    """The keys of a column in the order the documentation gives."""
    if column.no_date:
        value = Value(_without(value, column.no_date), value.dtype)
    if column.values or column.default is not None:
        value = _translated(value, column)
    if column.format:
        value = _formatted(value, column.format)
    if column.date_only:
        value = _day_of(value)
    if column.shift_days:
        value = _shifted(value, column.shift_days)
    if column.sign is not None:
        value = _signed(value, column.sign, name)
    if column.round is not None:
        value = _rounded(value, column.round)
    if column.if_empty is not None:
        given = trimmed(value.expression, value.dtype)
        value = value.as_text(pl.coalesce(given, pl.lit(column.if_empty)))
    is_textual = kind in (FieldType.TEXT, FieldType.CODE)
    return value.text if is_textual else value.expression


def _without(value: Value, nothing: list[str]) -> pl.Expr:
    text = value.text.str.strip_chars()
    return pl.when(~text.is_in(nothing).fill_null(False)).then(value.expression)


def _translated(value: Value, column: Column) -> Value:
    text = trimmed(value.expression, value.dtype)
    known = {spelling.strip(): meant for spelling, meant in column.values.items()}
    if column.default is None:
        others = text
    else:
        others = pl.when(text.is_not_null()).then(pl.lit(column.default))
    if not known:
        return value.as_text(others)
    # An empty text among the values says what an empty cell means.
    empty = known.get("")
    looked_up = text.replace_strict(known, default=None, return_dtype=pl.String)
    found = pl.coalesce(looked_up, others)
    return value.as_text(found if empty is None else pl.coalesce(found, pl.lit(empty)))


def _formatted(value: Value, formats: list[str]) -> Value:
    if value.dtype.is_temporal():
        return value
    text = trimmed(value.expression, value.dtype)
    read = [_iso(text, pattern) for pattern in formats]
    return value.as_text(pl.coalesce(*read, pl.lit(NOT_IN_FORMAT) + text))


def _iso(text: pl.Expr, pattern: str) -> pl.Expr:
    has_time = any(mark in pattern for mark in ("%H", "%I", "%T", "%R", "%s", "%X"))
    if not has_time:
        return text.str.to_date(pattern, strict=False).dt.to_string("%Y-%m-%d")
    if "%z" in pattern or "%:z" in pattern or "%#z" in pattern:
        moment = text.str.to_datetime(pattern, strict=False, time_unit="us", time_zone="UTC")
        return moment.dt.replace_time_zone(None).dt.to_string("%Y-%m-%d %H:%M:%S%.6f") + "+00:00"
    moment = text.str.to_datetime(pattern, strict=False, time_unit="us")
    return moment.dt.to_string("%Y-%m-%d %H:%M:%S%.6f")


def _day_of(value: Value) -> Value:
    if isinstance(value.dtype, pl.Datetime):
        return Value(value.expression.dt.date(), pl.Date())
    if isinstance(value.dtype, pl.Date):
        return value
    text = value.text.str.strip_chars()
    is_day = text.str.contains(DAY + r"([ T]|$)")
    return value.as_text(pl.when(is_day).then(text.str.slice(0, 10)).otherwise(text))


def _shifted(value: Value, days: int) -> Value:
    if value.dtype.is_temporal():
        return Value(value.expression.dt.offset_by(f"{days}d"), value.dtype)
    text = value.text.str.strip_chars()
    day = text.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
    moved = day.dt.offset_by(f"{days}d").dt.to_string("%Y-%m-%d") + text.str.slice(10)
    return value.as_text(pl.coalesce(moved, text))


def _signed(value: Value, sign: str | Sign, name: str) -> Value:
    value = _widened(value)
    if isinstance(sign, Sign):
        plain = _absolute(value)
        is_negative = pl.col(_sign_name(name)).fill_null(False)
        return Value(
            pl.when(is_negative).then(_flipped(plain)).otherwise(plain.expression), value.dtype
        )
    return _absolute(value) if sign == "absolute" else Value(_flipped(value), value.dtype)


def _widened(value: Value) -> Value:
    """Unsigned and short integers would wrap around when their sign is turned."""
    if value.dtype.is_integer():
        return Value(value.expression.cast(pl.Int64), pl.Int64())
    return value if is_number(value.dtype) else value.as_text(value.text.str.strip_chars())


def _absolute(value: Value) -> Value:
    if is_number(value.dtype):
        return Value(value.expression.abs(), value.dtype)
    return value.as_text(value.expression.str.strip_prefix("-").str.strip_prefix("+"))


def _flipped(value: Value) -> pl.Expr:
    """The other sign; a text that is no number stays as it came, so that it is reported so."""
    if is_number(value.dtype):
        return -value.expression
    text = value.expression
    is_negative = text.str.starts_with("-")
    turned = pl.when(is_negative).then(text.str.strip_prefix("-"))
    positive = pl.when(text.str.contains(r"^[+.\d]")).then(pl.lit("-") + text.str.strip_prefix("+"))
    return turned.otherwise(positive.otherwise(text))


def _rounded(value: Value, decimals: int) -> Value:
    if value.dtype.is_integer():
        return value
    exact = as_decimal(value.expression, value.dtype, WIDE_DECIMAL)
    rounded = exact.round(decimals, mode="half_away_from_zero").cast(pl.String)
    return value.as_text(pl.coalesce(rounded, value.text))
