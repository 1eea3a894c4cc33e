"""Conditions that several contracts state about their columns. An optional column may be missing."""

import polars as pl


def not_negative(*names: str) -> pl.Expr:
    return pl.all_horizontal([pl.col(name).is_null() | (pl.col(name) >= 0) for name in names])


def positive(name: str) -> pl.Expr:
    return pl.col(name).is_null() | (pl.col(name) > 0)


def not_before(later: str, earlier: str) -> pl.Expr:
    """Holds too where one of the two is open."""
    open_end = pl.col(later).is_null() | pl.col(earlier).is_null()
    return open_end | (pl.col(later) >= pl.col(earlier))


def between(name: str, low: int, high: int) -> pl.Expr:
    return pl.col(name).is_null() | pl.col(name).is_between(low, high)
