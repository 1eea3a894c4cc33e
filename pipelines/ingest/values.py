"""Small expressions over one value, whatever type it came in."""

import polars as pl

# Twenty digits before the point and eighteen behind: wider than any contract type.
WIDE_DECIMAL = pl.Decimal(38, 18)
# Sums keep fewer decimals, so that a long column cannot overflow.
SUM_DECIMAL = pl.Decimal(38, 12)


def as_text(expression: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """The value as a person would write it: 5.0 is 5, a day is ISO, true is true."""
    if isinstance(dtype, pl.String):
        return expression
    if isinstance(dtype, pl.Binary):
        return expression.bin.encode("hex")
    if dtype.is_nested():
        return pl.lit(None, dtype=pl.String)
    text = expression.cast(pl.String)
    if dtype.is_float():
        return text.str.strip_suffix(".0")
    if isinstance(dtype, pl.Datetime):
        return text.str.replace(r"\.0+$", "").str.replace(r" 00:00:00$", "")
    return text


def trimmed(expression: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """Trimmed text, nothing where it is empty."""
    text = as_text(expression, dtype).str.strip_chars()
    return pl.when(text != "").then(text)


def as_decimal(expression: pl.Expr, dtype: pl.DataType, target: pl.Decimal) -> pl.Expr:
    """The value as a decimal; a float by its shortest spelling, an unreadable text as null."""
    if dtype.is_float() or isinstance(dtype, pl.String):
        return expression.cast(pl.String).str.strip_chars().cast(target, strict=False)
    return expression.cast(target)


def is_number(dtype: pl.DataType) -> bool:
    return dtype.is_numeric() and not dtype.is_nested()
