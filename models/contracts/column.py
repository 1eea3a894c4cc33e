"""Constructors of contract columns: `qty = column.quantity(REQUIRED, "in + / out -")`.

The result is a dataframely column, so dataframely can filter, cast and sample with it; what we render
from it (dbt columns, pages, sample frames) is read back from its metadata as a `Field`. Used through
the module's name, because contracts have columns called amount, quantity and code.
"""

from collections.abc import Callable

import dataframely as dy
import polars as pl

from models.contracts.fields import (
    KEY,
    OPTIONAL,
    OPTIONAL_KEY,
    POLARS_TYPES,
    REQUIRED,
    FieldType,
    Need,
)


def _metadata(kind: FieldType, need: Need, values: tuple[str, ...] = ()) -> dict[str, object]:
    return {"type": kind, "need": need, "values": values}


def _is_nullable(need: Need) -> bool:
    return need in (OPTIONAL, OPTIONAL_KEY)


def _not_empty(column: pl.Expr) -> pl.Expr:
    """A key part of "" is a key part that nobody gave."""
    return column != ""


def text(need: Need, meaning: str) -> dy.Column:
    """Free text, codes of a source, document numbers."""
    return dy.String(
        nullable=_is_nullable(need),
        check={"given": _not_empty} if need in (KEY, REQUIRED) else None,
        metadata=_metadata(FieldType.TEXT, need),
        description=meaning,
    )


def _is_one_of(values: tuple[str, ...], need: Need) -> Callable[[pl.Expr], pl.Expr]:
    allowed = (*values, "") if need is OPTIONAL_KEY else values
    return lambda column: column.is_in(allowed)


def code(need: Need, values: tuple[str, ...], meaning: str) -> dy.Column:
    """A value of a closed list."""
    return dy.String(
        nullable=_is_nullable(need),
        check={"one_of": _is_one_of(values, need)},
        metadata=_metadata(FieldType.CODE, need, values),
        description=meaning,
    )


def integer(need: Need, meaning: str) -> dy.Column:
    return dy.Int64(
        nullable=_is_nullable(need),
        metadata=_metadata(FieldType.INT, need),
        description=meaning,
    )


def _decimal(kind: FieldType, need: Need, meaning: str) -> dy.Column:
    polars_type = POLARS_TYPES[kind]
    assert isinstance(polars_type, pl.Decimal)
    return dy.Decimal(
        polars_type.precision,
        polars_type.scale,
        nullable=_is_nullable(need),
        metadata=_metadata(kind, need),
        description=meaning,
    )


def quantity(need: Need, meaning: str) -> dy.Column:
    """A count or weight of goods, six decimals."""
    return _decimal(FieldType.QTY, need, meaning)


def amount(need: Need, meaning: str) -> dy.Column:
    """Money, four decimals."""
    return _decimal(FieldType.AMT, need, meaning)


def price(need: Need, meaning: str) -> dy.Column:
    """Money per unit, a rate or a share, eight decimals."""
    return _decimal(FieldType.PRICE, need, meaning)


def date(need: Need, meaning: str) -> dy.Column:
    return dy.Date(
        nullable=_is_nullable(need),
        metadata=_metadata(FieldType.DATE, need),
        description=meaning,
    )


def timestamp(need: Need, meaning: str) -> dy.Column:
    """A moment, kept as UTC."""
    return dy.Datetime(
        nullable=_is_nullable(need),
        time_zone="UTC",
        time_unit="us",
        metadata=_metadata(FieldType.TS, need),
        description=meaning,
    )


def boolean(need: Need, meaning: str) -> dy.Column:
    return dy.Bool(
        nullable=_is_nullable(need),
        metadata=_metadata(FieldType.BOOL, need),
        description=meaning,
    )
