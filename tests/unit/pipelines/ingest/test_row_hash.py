"""The row hash: the same one by one and by columns, and the same tomorrow as today."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.ingest.row_hash import hashes_one_by_one, row_hashes
from pipelines.ingest.row_hash_kernel import hashes_of_columns

SCHEMA = {
    "text": pl.String(),
    "other": pl.String(),
    "qty": pl.Decimal(18, 6),
    "price": pl.Decimal(20, 8),
    "day": pl.Date(),
    "at": pl.Datetime("us", "UTC"),
    "count": pl.Int64(),
    "flag": pl.Boolean(),
}
ROWS = [
    (
        "a",
        "b",
        Decimal("1.5"),
        Decimal("-999999999999.12345678"),
        dt.date(2026, 3, 31),
        dt.datetime(1960, 1, 1, tzinfo=dt.UTC),
        -7,
        True,
    ),
    ("b", "a", Decimal("-1.5"), None, None, None, None, False),
    (None, "", None, None, None, None, None, None),
    ("a text longer than one word of eight bytes: grün", None, None, None, None, None, 0, None),
]
HASHES = ["f1400429b541f919", "4fd92d1a8986ae76", "d10a56620a6d9981", "8ec9461f3d7d7103"]
FRAME = pl.DataFrame(ROWS, schema=SCHEMA, orient="row")
values = st.tuples(
    st.none() | st.text(max_size=20),
    st.none() | st.text(max_size=3),
    st.none() | st.decimals(min_value=-(10**11), max_value=10**11, places=6),
    st.none() | st.decimals(min_value=-(10**11), max_value=10**11, places=8),
    st.none() | st.dates(),
    st.none() | st.datetimes(min_value=dt.datetime(1900, 1, 1), timezones=st.just(dt.UTC)),
    st.none() | st.integers(-(2**63), 2**63 - 1),
    st.none() | st.booleans(),
)


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.lists(values, min_size=1, max_size=5))
def test_one_by_one_and_by_columns_agree(rows: list[tuple[object, ...]]) -> None:
    frame = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    assert hashes_one_by_one(frame, len(frame)).to_list() == hashes_of_columns(frame).to_list()


def test_slices_and_chunks_hash_like_the_rows_they_hold() -> None:
    whole = hashes_of_columns(FRAME).to_list()
    assert hashes_of_columns(FRAME[1:3]).to_list() == whole[1:3]
    assert hashes_of_columns(pl.concat([FRAME[:2], FRAME[2:]], rechunk=False)).to_list() == whole


def test_hashes_are_those_of_last_year() -> None:
    """These digits stand in every lake. If this fails, every row delivered again counts as changed."""
    assert row_hashes(FRAME).to_list() == HASHES


def test_values_in_other_columns_are_other_rows() -> None:
    assert len(set(row_hashes(FRAME))) == len(FRAME)
    swapped = FRAME.rename({"text": "other", "other": "text"}).select(FRAME.columns)
    assert set(row_hashes(swapped)).isdisjoint(set(row_hashes(FRAME)))


def test_a_column_without_values_changes_nothing() -> None:
    grown = FRAME.with_columns(pl.lit(None, dtype=pl.String).alias("new_column"))
    assert row_hashes(grown).to_list() == row_hashes(FRAME).to_list()
