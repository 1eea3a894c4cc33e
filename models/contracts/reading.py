"""Delivered text into contract types, exactly, in whole columns.

The problem: ten million rows of text must become decimals without passing through a float, and
each value that does not fit must be named. The choice: one lazy pass computes all values and one
flag per column; sentences are only built for the rows that a flag marks. Only times are read ahead
of it, since a column of them has one of several formats. Polars rounds a decimal
that has more digits than its type holds, so that case is looked for in the text. Not handled here:
decimal commas, other date formats and signs after the number, which a mapping turns into ISO first.
"""

from dataclasses import dataclass
from operator import itemgetter

import polars as pl

from models.contracts.fields import Field, FieldType

CAST_REASONS = "_cast_reasons"

NUMBER = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"
TRUE_WORDS = ("true", "1", "yes")
FALSE_WORDS = ("false", "0", "no")
LOCAL_TIMES = ("%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M")
ZONED_TIMES = tuple(f"{pattern}%#z" for pattern in LOCAL_TIMES)
DECIMAL_TYPES = (FieldType.QTY, FieldType.AMT, FieldType.PRICE)


@dataclass(frozen=True, slots=True)
class Reading:
    """How one column is read: its value, whether reading failed, and the sentence if it did."""

    value: pl.Expr
    failed: pl.Expr
    reason: pl.Expr


def read_columns(frame: pl.DataFrame, fields: tuple[Field, ...], *, timezone: str) -> pl.DataFrame:
    """Typed contract columns in contract order, unknown columns behind, then `_cast_reasons`."""
    plain = _as_plain(frame, fields)
    plain = plain.with_columns(_times_of_text(plain, fields, timezone))
    readings = {field.name: _reading(field, plain.schema, timezone) for field in fields}
    names = list(readings)
    flags = [readings[name].failed.alias(f"{name} failed") for name in names]
    read = (
        plain.lazy()
        .select(
            *(readings[name].value.alias(name) for name in names),
            *(pl.col(name) for name in frame.columns if name not in (*names, CAST_REASONS)),
            pl.any_horizontal(flags).alias("failed"),
        )
        .collect()
    )
    failed = read["failed"]
    return read.drop("failed").with_columns(_reasons(plain, readings, failed))


def _reasons(plain: pl.DataFrame, readings: dict[str, Reading], failed: pl.Series) -> pl.Series:
    nothing = pl.Series(CAST_REASONS, [[]], dtype=pl.List(pl.String())).new_from_index(
        0, len(plain)
    )
    if not failed.any():
        return nothing
    sentences = [pl.when(reading.failed).then(reading.reason) for reading in readings.values()]
    said = plain.filter(failed).select(pl.concat_list(sentences).list.drop_nulls())
    return nothing.to_frame().with_columns(
        pl.when(failed)
        .then(said.to_series().gather(_positions(failed)))
        .otherwise(pl.col(CAST_REASONS))
        .alias(CAST_REASONS)
    )[CAST_REASONS]


def _positions(failed: pl.Series) -> pl.Series:
    """For each row the position of its sentences among those of the failed rows (0 elsewhere)."""
    return pl.select((failed.cum_sum().cast(pl.Int64) - 1).clip(lower_bound=0)).to_series()


def _as_plain(frame: pl.DataFrame, fields: tuple[Field, ...]) -> pl.DataFrame:
    """Contract columns as trimmed text, or as dates and times where they came as such."""
    columns = []
    for field in fields:
        if field.name not in frame.columns:
            columns.append(pl.lit(None, dtype=pl.String).alias(field.name))
            continue
        columns.append(_plain(field, frame.schema[field.name]).alias(field.name))
    plain = frame.with_columns(columns)
    texts = [field.name for field in fields if plain.schema[field.name] == pl.String]
    return plain.with_columns(pl.when(pl.col(name) != "").then(pl.col(name)) for name in texts)


def _plain(field: Field, dtype: pl.DataType) -> pl.Expr:
    column = pl.col(field.name)
    if dtype == field.polars_type and not isinstance(dtype, pl.String):
        return column
    if isinstance(dtype, pl.Date | pl.Datetime) and field.type in (FieldType.DATE, FieldType.TS):
        return column
    as_text = column.cast(pl.String)
    if dtype.is_float():
        as_text = as_text.str.strip_suffix(".0")
    return as_text.str.strip_chars()


def _reading(field: Field, schema: pl.Schema, timezone: str) -> Reading:
    column = pl.col(field.name)
    dtype = schema[field.name]
    if dtype == field.polars_type:
        return Reading(column, pl.lit(False), pl.lit(None, dtype=pl.String))
    if field.type in DECIMAL_TYPES:
        return _decimal(field)
    if field.type is FieldType.TS:
        return _timestamp(field, dtype, timezone)
    if field.type is FieldType.DATE:
        return _date(field, dtype)
    if field.type is FieldType.INT:
        return _integer(field)
    return _boolean(field)


def _decimal(field: Field) -> Reading:
    column, polars_type = pl.col(field.name), field.polars_type
    assert isinstance(polars_type, pl.Decimal)
    read = column.cast(polars_type, strict=False)
    too_fine = read.is_not_null() & _has_more_decimals(column, polars_type.scale)
    reason = (
        pl.when(too_fine)
        .then(pl.lit(f"{field.name} has more than {polars_type.scale} decimals"))
        .when(column.str.contains(NUMBER))
        .then(pl.lit(f"{field.name} is too large"))
        .otherwise(pl.lit(f"{field.name} is not a number"))
    )
    unread = column.is_not_null() & read.is_null()
    return Reading(pl.when(~too_fine).then(read), unread | too_fine, reason)


def _has_more_decimals(column: pl.Expr, scale: int) -> pl.Expr:
    """A significant digit behind the last that the type holds; an exponent moves the point."""
    fraction = column.str.extract(r"\.(\d*?)0*[eE]").str.len_chars().fill_null(0).cast(pl.Int64)
    exponent = column.str.extract(r"[eE]([+-]?\d+)$").cast(pl.Int64, strict=False)
    plain = column.str.contains(rf"\.\d{{{scale}}}\d*[1-9]")
    return pl.when(exponent.is_not_null()).then(fraction - exponent > scale).otherwise(plain)


def _integer(field: Field) -> Reading:
    column = pl.col(field.name)
    read = column.str.replace(r"\.0*$", "").cast(pl.Int64, strict=False)
    reason = (
        pl.when(column.str.contains(r"^[+-]?\d+(\.0*)?$"))
        .then(pl.lit(f"{field.name} is too large"))
        .otherwise(pl.lit(f"{field.name} is not a whole number"))
    )
    return Reading(read, column.is_not_null() & read.is_null(), reason)


def _boolean(field: Field) -> Reading:
    column = pl.col(field.name)
    word = column.str.to_lowercase()
    read = pl.when(word.is_in(TRUE_WORDS)).then(True).when(word.is_in(FALSE_WORDS)).then(False)
    return Reading(
        read, column.is_not_null() & read.is_null(), pl.lit(f"{field.name} is not true or false")
    )


def _date(field: Field, dtype: pl.DataType) -> Reading:
    column = pl.col(field.name)
    if isinstance(dtype, pl.Datetime):
        moment = column.dt.replace_time_zone(None)
    else:
        moment = column.str.replace(r"[ T]00:00(:00(\.0+)?)?$", " 00:00").str.to_datetime(
            "%Y-%m-%d %H:%M", strict=False, time_unit="us"
        )
    is_day = moment.dt.truncate("1d") == moment
    read: pl.Expr = pl.when(is_day).then(moment.dt.date())
    if not isinstance(dtype, pl.Datetime):
        read = pl.coalesce(column.str.to_date("%Y-%m-%d", strict=False), read)
    return Reading(
        read, column.is_not_null() & read.is_null(), pl.lit(f"{field.name} is not a date")
    )


def _timestamp(field: Field, dtype: pl.DataType, timezone: str) -> Reading:
    column = pl.col(field.name)
    if isinstance(dtype, pl.Datetime):
        micro = column.dt.cast_time_unit("us")
        has_zone = dtype.time_zone is not None
        read = micro.dt.convert_time_zone("UTC") if has_zone else _to_utc(micro, timezone)
    elif isinstance(dtype, pl.Date):
        read = _to_utc(_noon(column), timezone)
    else:
        read = pl.col(_read_name(field))
    sentence = f"{field.name} is not a time in {timezone}"
    return Reading(read, column.is_not_null() & read.is_null(), pl.lit(sentence))


def _read_name(field: Field) -> str:
    return f"{field.name} read"


def _times_of_text(
    plain: pl.DataFrame, fields: tuple[Field, ...], timezone: str
) -> list[pl.Series]:
    """Times are read ahead of the pass, because one format after the other is tried."""
    return [
        _times(plain[field.name], timezone).alias(_read_name(field))
        for field in fields
        if field.type is FieldType.TS and plain.schema[field.name] == pl.String
    ]


def _times(text: pl.Series, timezone: str) -> pl.Series:
    """Text into UTC times. The format of the first value is tried first: a column has one format
    nearly always, and each further format costs a pass over the column."""
    name = text.name
    formats = _time_formats(name, timezone)
    first = text.drop_nulls().head(1).to_frame()
    unread = first.select(read.null_count().alias(str(at)) for at, read in enumerate(formats)).row(
        0
    )
    formats = [read for _, read in sorted(zip(unread, formats, strict=True), key=itemgetter(0))]
    done = pl.Series(name, dtype=pl.Datetime("us", "UTC")).extend_constant(None, len(text))
    for read in formats:
        if done.null_count() == text.null_count():
            break
        done = text.to_frame().select(pl.coalesce(pl.lit(done), read).alias(name)).to_series()
    return done


def _time_formats(name: str, timezone: str) -> list[pl.Expr]:
    column = pl.col(name)
    local = [
        column.str.to_datetime(pattern, strict=False, time_unit="us") for pattern in LOCAL_TIMES
    ]
    zoned = [
        column.str.to_datetime(pattern, strict=False, time_unit="us", time_zone="UTC")
        for pattern in ZONED_TIMES
    ]
    days = _noon(column.str.to_date("%Y-%m-%d", strict=False))
    return [*(_to_utc(naive, timezone) for naive in (*local, days)), *zoned]


def _noon(day: pl.Expr) -> pl.Expr:
    return day.cast(pl.Datetime("us")) + pl.duration(hours=12)


def _to_utc(naive: pl.Expr, timezone: str) -> pl.Expr:
    zoned = naive.dt.replace_time_zone(timezone, ambiguous="earliest", non_existent="null")
    return zoned.dt.convert_time_zone("UTC")
