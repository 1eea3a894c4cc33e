"""Each key of a column by itself: what the contract gets to read."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from models.contracts import CONTRACTS
from pipelines.ingest.columns import mapped_columns
from pipelines.ingest.mapping_file import Entry
from pipelines.ingest.mapping_keys import Csv
from pipelines.ingest.steps import Stepped, no_failures

COLUMNS = {
    "shipment_id": "id",
    "shipment_type": {"constant": "sale"},
    "ship_from_location": "id",
    "status": {"constant": "shipped"},
}
TYPES = {field.name: field.type for field in CONTRACTS["wms_shipment"].fields()}


def read(
    name: str,
    column: Any,
    values: list[Any],
    *,
    csv: Csv | None = None,
    timezone: str = "UTC",
    **others: list[Any],
) -> list[Any]:
    """Values of one contract column after mapping and reading."""
    entry = Entry.model_validate(
        {"table": "wms_shipment", "from": "s", "columns": {**COLUMNS, name: column}}
    )
    frame = pl.DataFrame({"id": [f"S{n}" for n in range(len(values))], "x": values, **others})
    placed = frame.with_columns(
        pl.lit(0).alias("_file"), pl.int_range(2, pl.len() + 2).alias("_row_number")
    )
    mapped = mapped_columns(Stepped(placed, 0, no_failures()), entry, TYPES, csv)
    assert mapped.missing == ()
    typed = CONTRACTS["wms_shipment"].read_text(mapped.frame, timezone=timezone)
    return [
        value if reasons == [] else reasons[0]
        for value, reasons in typed.select(name, "_cast_reasons").rows()
    ]


@pytest.mark.parametrize(
    ("column", "values", "expected"),
    [
        ("x", [" a ", "", None], ["a", None, None]),
        ("x", [5.0, 5.5, None], ["5", "5.5", None]),
        ("x", [7, 8, None], ["7", "8", None]),
        ("x", [dt.date(2026, 3, 1)], ["2026-03-01"]),
        ("x", [True, False], ["true", "false"]),
        ({"constant": "EA"}, ["a", None], ["EA", "EA"]),
        ({"sql": "x || '-' || id"}, ["a", None], ["a-S0", None]),
        ({"join": ["x", "id"], "separator": "/"}, ["a", None], ["a/S0", "/S1"]),
        (
            {"column": "x", "values": {"A": "one", "5": "five"}},
            ["A", " A", "5", "z", None],
            ["one", "one", "five", "z", None],
        ),
        ({"column": "x", "values": {"5": "five"}}, [5, 6], ["five", "6"]),
        (
            {"column": "x", "values": {"A": "one"}, "default": "other"},
            ["A", "z", None],
            ["one", "other", None],
        ),
        ({"column": "x", "values": {"": "none"}}, ["A", " ", None], ["A", "none", "none"]),
        ({"column": "x", "values": {"true": "yes"}}, [True, False], ["yes", "false"]),
        ({"column": "x", "if_empty": "MAIN"}, ["DC1", " ", None], ["DC1", "MAIN", "MAIN"]),
    ],
)
def test_text(column: Any, values: list[Any], expected: list[Any]) -> None:
    assert read("carrier_code", column, values) == expected


@pytest.mark.parametrize(
    ("column", "values", "expected"),
    [
        ("x", ["1.5", "x"], [Decimal("1.5"), "gross_weight is not a number"]),
        ("x", [3578.27, 0.1 + 0.2], [Decimal("3578.27"), "gross_weight has more than 6 decimals"]),
        (
            {"column": "x", "round": 2},
            [0.1 + 0.2, 2.675, -2.675],
            [Decimal("0.3"), Decimal("2.68"), Decimal("-2.68")],
        ),
        (
            {"column": "x", "round": 2},
            ["1.005", "x", None],
            [Decimal("1.01"), "gross_weight is not a number", None],
        ),
        (
            {"column": "x", "sign": "flip"},
            ["5", "-5", "+5", "0", "x", None],
            [
                Decimal(-5),
                Decimal(5),
                Decimal(-5),
                Decimal(0),
                "gross_weight is not a number",
                None,
            ],
        ),
        ({"column": "x", "sign": "flip"}, [1, 255], [Decimal(-1), Decimal(-255)]),
        ({"column": "x", "sign": "flip"}, [1.5, -2.5], [Decimal("-1.5"), Decimal("2.5")]),
        ({"column": "x", "sign": "absolute"}, ["5", "-5"], [Decimal(5), Decimal(5)]),
        (
            {"column": "x", "sign": {"negative_when": "id = 'S1'"}},
            ["5", "5", "-5"],
            [Decimal(5), Decimal(-5), Decimal(5)],
        ),
        ({"column": "x", "if_empty": "0"}, ["5", ""], [Decimal(5), Decimal(0)]),
    ],
)
def test_numbers(column: Any, values: list[Any], expected: list[Any]) -> None:
    assert read("gross_weight", column, values) == expected


def test_unsigned_numbers_do_not_wrap_around() -> None:
    frame = [pl.Series([1, 255], dtype=pl.UInt8)]
    assert read("gross_weight", {"column": "x", "sign": "flip"}, frame[0].to_list()) == [
        Decimal(-1),
        Decimal(-255),
    ]


def test_decimal_commas_are_turned_only_where_a_number_is_wanted() -> None:
    csv = Csv(decimal=",", thousands=".")
    assert read("gross_weight", "x", ["1.234,5"], csv=csv) == [Decimal("1234.5")]
    assert read("carrier_code", "x", ["1.234,5"], csv=csv) == ["1.234,5"]


NOON = dt.datetime(2026, 3, 31, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("column", "values", "expected"),
    [
        (
            "x",
            ["2026-03-31", "2026-03-31T12:00:00Z", "31.03.2026"],
            [NOON, NOON, "ship_confirm_at is not a time in UTC"],
        ),
        (
            {"column": "x", "format": "%d.%m.%Y"},
            ["31.03.2026", "2026-03-31"],
            [NOON, "ship_confirm_at is not a time in UTC"],
        ),
        (
            {"column": "x", "format": ["%d.%m.%Y", "%Y%m%d"]},
            ["31.03.2026", "20260331"],
            [NOON, NOON],
        ),
        ({"column": "x", "format": "%Y%m%d"}, [20260331], [NOON]),
        ({"column": "x", "format": "%d/%m/%Y %H:%M"}, ["31/03/2026 12:00"], [NOON]),
        ({"column": "x", "format": "%Y-%m-%d %H:%M %z"}, ["2026-03-31 14:00 +0200"], [NOON]),
        (
            {"column": "x", "no_date": ["1900-01-01", "0000-00-00"]},
            ["1900-01-01", "0000-00-00", "2026-03-31"],
            [None, None, NOON],
        ),
        (
            {"column": "x", "no_date": "1900-01-01"},
            [dt.datetime(1900, 1, 1), dt.datetime(2026, 3, 31, 12)],
            [None, NOON],
        ),
        (
            {"column": "x", "date_only": True},
            [dt.datetime(2026, 3, 31, 0, 0), dt.datetime(2026, 3, 31, 17, 30)],
            [NOON, NOON],
        ),
        (
            {"column": "x", "date_only": True},
            ["2026-03-31 00:00:00", "2026-03-31T17:30:00"],
            [NOON, NOON],
        ),
        (
            {"column": "x", "shift_days": -31},
            ["2026-05-01", "2026-05-01 12:00:00", "x"],
            [NOON, NOON, "ship_confirm_at is not a time in UTC"],
        ),
        ({"column": "x", "shift_days": -31, "date_only": True}, [dt.datetime(2026, 5, 1)], [NOON]),
        ({"column": "x", "shift_days": 1, "format": "%d.%m.%Y"}, ["30.03.2026"], [NOON]),
    ],
)
def test_times(column: Any, values: list[Any], expected: list[Any]) -> None:
    assert read("ship_confirm_at", column, values) == expected


def test_a_day_is_noon_in_the_zone_of_the_site() -> None:
    assert read("ship_confirm_at", "x", ["2026-03-31"], timezone="America/Chicago") == [
        dt.datetime(2026, 3, 31, 17, tzinfo=dt.UTC)
    ]


def test_a_missing_source_column_is_noted_with_the_contract_column() -> None:
    entry = Entry.model_validate(
        {"table": "wms_shipment", "from": "s", "columns": {**COLUMNS, "carrier_code": "carrier"}}
    )
    frame = pl.DataFrame({"id": ["S1"], "_file": [0], "_row_number": [2]})
    mapped = mapped_columns(Stepped(frame, 0, no_failures()), entry, TYPES, None)
    assert mapped.missing == (("carrier", "wms_shipment.carrier_code"),)
