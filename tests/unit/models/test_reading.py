"""Text becomes exact types, or a sentence that says why it does not."""

from datetime import UTC, date, datetime
from decimal import Decimal

import polars as pl
import pytest

from models.contracts import CONTRACTS
from models.contracts.kernel import CAST_REASONS, Contract
from models.render.frames import sample_frame, sample_text

INVOICE_LINE = CONTRACTS["billing_invoice_line"]
SHIPMENT = CONTRACTS["wms_shipment"]
JOURNAL = CONTRACTS["gl_journal_line"]


def read_one(contract: type[Contract], column: str, value: object, timezone: str = "UTC") -> tuple:
    frame = sample_text(contract).with_columns(pl.Series(column, [value]))
    read = contract.read_text(frame, timezone=timezone)
    return read[column][0], read[CAST_REASONS][0].to_list()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.50", "1.5000"),
        ("+1", "1"),
        ("-1", "-1"),
        (".5", "0.5"),
        ("1.", "1"),
        ("1e3", "1000"),
        ("1.5E-2", "0.015"),
        ("00012.5", "12.5"),
        (" 7 ", "7"),
        ("1.23450000000", "1.2345"),
        ("99999999999999.9999", "99999999999999.9999"),
        ("-0.0001", "-0.0001"),
    ],
)
def test_a_number_is_read_exactly(text: str, number: str) -> None:
    assert read_one(INVOICE_LINE, "net_amount", text) == (Decimal(number), [])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1.23456", "net_amount has more than 4 decimals"),
        ("0.00001", "net_amount has more than 4 decimals"),
        ("1.00004999", "net_amount has more than 4 decimals"),
        ("1e-5", "net_amount has more than 4 decimals"),
        ("1.5e-4", "net_amount has more than 4 decimals"),
        ("100000000000000", "net_amount is too large"),
        ("1e40", "net_amount is too large"),
        ("1,5", "net_amount is not a number"),
        ("1.234,50", "net_amount is not a number"),
        ("1_000", "net_amount is not a number"),
        ("1 000", "net_amount is not a number"),
        ("5-", "net_amount is not a number"),
        ("NaN", "net_amount is not a number"),
        ("inf", "net_amount is not a number"),
        (".", "net_amount is not a number"),
        ("n/a", "net_amount is not a number"),
    ],
)
def test_what_is_no_number_of_the_type_is_named(text: str, reason: str) -> None:
    assert read_one(INVOICE_LINE, "net_amount", text) == (None, [reason])


def test_the_edge_of_decimals_is_the_last_that_counts() -> None:
    assert read_one(INVOICE_LINE, "qty_billed", "1.0000010")[1] == []
    assert read_one(INVOICE_LINE, "qty_billed", "1.0000011")[1] == [
        "qty_billed has more than 6 decimals"
    ]
    assert read_one(INVOICE_LINE, "unit_price", "0.00000001") == (Decimal("0.00000001"), [])


def test_a_float_goes_through_its_shortest_text() -> None:
    assert read_one(INVOICE_LINE, "net_amount", 0.1) == (Decimal("0.1"), [])
    assert read_one(INVOICE_LINE, "unit_price", 1e-7) == (Decimal("0.0000001"), [])
    assert read_one(INVOICE_LINE, "net_amount", 0.1 + 0.2)[1] == [
        "net_amount has more than 4 decimals"
    ]
    assert read_one(INVOICE_LINE, "net_amount", float("nan"))[1] == ["net_amount is not a number"]


def test_a_wider_decimal_keeps_its_digits_or_is_named() -> None:
    assert read_one(INVOICE_LINE, "net_amount", Decimal("12.500000")) == (Decimal("12.5"), [])
    assert read_one(INVOICE_LINE, "net_amount", Decimal("12.500001"))[1] == [
        "net_amount has more than 4 decimals"
    ]


def test_a_spreadsheet_number_in_a_code_column_is_its_code() -> None:
    assert read_one(INVOICE_LINE, "invoice_id", 1001.0)[0] == "1001"
    assert read_one(INVOICE_LINE, "invoice_id", 1001)[0] == "1001"
    assert read_one(INVOICE_LINE, "invoice_id", date(2024, 5, 1))[0] == "2024-05-01"


@pytest.mark.parametrize(
    ("text", "number"), [("7", 7), ("-7", -7), ("+7", 7), ("7.0", 7), ("7.00", 7)]
)
def test_a_whole_number_is_read(text: str, number: int) -> None:
    assert read_one(JOURNAL, "fiscal_period", text) == (number, [])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("7.5", "fiscal_period is not a whole number"),
        ("May", "fiscal_period is not a whole number"),
        ("99999999999999999999", "fiscal_period is too large"),
    ],
)
def test_what_is_no_whole_number_is_named(text: str, reason: str) -> None:
    assert read_one(JOURNAL, "fiscal_period", text) == (None, [reason])


@pytest.mark.parametrize(
    ("text", "truth"),
    [("true", True), ("TRUE", True), ("1", True), ("Yes", True), ("false", False), ("0", False)],
)
def test_truth_is_read(text: str, truth: bool) -> None:
    assert read_one(JOURNAL, "is_manual", text) == (truth, [])


def test_what_is_neither_true_nor_false_is_named() -> None:
    assert read_one(JOURNAL, "is_manual", "maybe") == (None, ["is_manual is not true or false"])


@pytest.mark.parametrize(
    "text", ["2024-05-01", "2024-05-01 00:00:00", "2024-05-01T00:00:00.000", "2024-05-01T00:00"]
)
def test_a_day_is_read(text: str) -> None:
    assert read_one(JOURNAL, "posting_date", text) == (date(2024, 5, 1), [])


@pytest.mark.parametrize("text", ["2024-13-01", "01/05/2024", "2024-05-01 09:30:00", "20240501"])
def test_what_is_no_day_is_named(text: str) -> None:
    assert read_one(JOURNAL, "posting_date", text) == (None, ["posting_date is not a date"])


def test_a_typed_moment_is_a_day_only_at_midnight() -> None:
    assert read_one(JOURNAL, "posting_date", datetime(2024, 5, 1))[0] == date(2024, 5, 1)
    assert read_one(JOURNAL, "posting_date", datetime(2024, 5, 1, 9))[1] == [
        "posting_date is not a date"
    ]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-07-01 10:00:00", datetime(2024, 7, 1, 8, tzinfo=UTC)),
        ("2024-07-01T10:00:00", datetime(2024, 7, 1, 8, tzinfo=UTC)),
        ("2024-07-01T10:00", datetime(2024, 7, 1, 8, tzinfo=UTC)),
        ("2024-07-01T10:00:00.250", datetime(2024, 7, 1, 8, 0, 0, 250000, tzinfo=UTC)),
        ("2024-07-01T10:00:00Z", datetime(2024, 7, 1, 10, tzinfo=UTC)),
        ("2024-07-01T10:00:00-04:00", datetime(2024, 7, 1, 14, tzinfo=UTC)),
        ("2024-07-01 10:00:00+0200", datetime(2024, 7, 1, 8, tzinfo=UTC)),
        ("2024-07-01", datetime(2024, 7, 1, 10, tzinfo=UTC)),
        # Clocks go back at 03:00: the earlier of the two 02:30 is taken.
        ("2024-10-27 02:30:00", datetime(2024, 10, 27, 0, 30, tzinfo=UTC)),
    ],
)
def test_a_time_without_zone_is_local_and_a_day_is_noon(text: str, moment: datetime) -> None:
    assert read_one(SHIPMENT, "ship_confirm_at", text, "Europe/Berlin") == (moment, [])


@pytest.mark.parametrize("text", ["2024-03-31 02:30:00", "yesterday", "2024-07-01 25:00:00"])
def test_a_time_that_never_was_is_named(text: str) -> None:
    reason = "ship_confirm_at is not a time in Europe/Berlin"
    assert read_one(SHIPMENT, "ship_confirm_at", text, "Europe/Berlin") == (None, [reason])


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        (datetime(2024, 7, 1, 10), datetime(2024, 7, 1, 8, tzinfo=UTC)),
        (datetime(2024, 7, 1, 10, tzinfo=UTC), datetime(2024, 7, 1, 10, tzinfo=UTC)),
        (date(2024, 7, 1), datetime(2024, 7, 1, 10, tzinfo=UTC)),
    ],
)
def test_a_typed_time_is_read_like_text(value: object, moment: datetime) -> None:
    assert read_one(SHIPMENT, "ship_confirm_at", value, "Europe/Berlin") == (moment, [])


def test_formats_may_differ_from_row_to_row() -> None:
    texts = ["2024-07-01", "2024-07-01T10:00:00Z", "soon", None, "2024-07-01 10:00:00"]
    frame = sample_text(SHIPMENT, 5).with_columns(pl.Series("ship_confirm_at", texts))
    read = SHIPMENT.read_text(frame)
    assert read["ship_confirm_at"].dt.hour().to_list() == [12, 10, None, None, 10]
    assert [len(reasons) for reasons in read[CAST_REASONS]] == [0, 0, 1, 0, 0]


def test_text_is_trimmed_and_empty_is_null() -> None:
    assert read_one(INVOICE_LINE, "description", "  a  b ")[0] == "a  b"
    assert read_one(INVOICE_LINE, "description", "   ") == (None, [])
    assert read_one(INVOICE_LINE, "net_amount", "") == (None, [])


def test_every_fault_of_a_row_is_named_and_rows_keep_their_place() -> None:
    frame = sample_text(INVOICE_LINE, 3).with_columns(
        pl.Series("qty_billed", ["1", "one", "1"]),
        pl.Series("net_amount", ["1", "1.23456", "1"]),
        pl.Series("_row_number", [1, 2, 3]),
    )
    read = INVOICE_LINE.read_text(frame)
    assert read["_row_number"].to_list() == [1, 2, 3]
    assert read[CAST_REASONS].to_list() == [
        [],
        ["qty_billed is not a number", "net_amount has more than 4 decimals"],
        [],
    ]


def test_missing_columns_come_as_null_of_their_type_and_unknown_ones_stay() -> None:
    frame = sample_text(INVOICE_LINE).drop("lot_number").with_columns(colour=pl.lit("red"))
    read = INVOICE_LINE.read_text(frame)
    assert list(read.schema) == [*INVOICE_LINE.polars_types(), "colour", CAST_REASONS]
    assert read["lot_number"].to_list() == [None]


@pytest.mark.parametrize("table", CONTRACTS)
def test_text_of_a_typed_frame_reads_back_as_the_same_frame(table: str) -> None:
    contract = CONTRACTS[table]
    read = contract.read_text(sample_text(contract, 3)).drop(CAST_REASONS)
    assert read.equals(sample_frame(contract, 3))


def test_an_empty_file_has_types() -> None:
    read = SHIPMENT.read_text(sample_text(SHIPMENT).clear())
    assert dict(read.drop(CAST_REASONS).schema) == SHIPMENT.polars_types()
