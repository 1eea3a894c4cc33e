"""Rows are parted into accepted and rejected, and a rejected row knows every reason."""

from decimal import Decimal

import polars as pl
import pytest

from models.contracts import COMPUTED, CONTRACTS, HANDBACK, INGEST, KEPT, WORKLOG, column
from models.contracts.fields import KEY, OPTIONAL
from models.contracts.kernel import REASONS, Contract, Field, rule
from models.render.frames import sample_frame, sample_text

ALL = {**CONTRACTS, **INGEST, **COMPUTED, **WORKLOG, **KEPT, **HANDBACK}
SHIPMENT_LINE = CONTRACTS["wms_shipment_line"]
SNAPSHOT = CONTRACTS["wms_inventory_snapshot"]


def reasons_of(contract: type[Contract], frame: pl.DataFrame) -> list[list[str]]:
    return contract.check(frame).rejected[REASONS].to_list()


class Parcel(Contract):
    """One row per parcel."""

    parcel_id = column.text(KEY, "number")
    weight = column.quantity(OPTIONAL, "kilograms")

    @rule
    def weight_is_under_forty(cls) -> pl.Expr:
        return pl.col("weight") < 40


def test_a_rule_that_yields_null_has_not_held() -> None:
    frame = pl.DataFrame(
        {"parcel_id": ["a", "b", "c"], "weight": [Decimal(1), None, Decimal(40)]},
        schema=Parcel.polars_types(),
    )
    checked = Parcel.check(frame)
    assert checked.accepted["parcel_id"].to_list() == ["a"]
    assert checked.rejected[REASONS].to_list() == [["weight is under forty"]] * 2


@pytest.mark.parametrize("table", ALL)
def test_no_rule_of_any_contract_can_yield_null(table: str) -> None:
    contract = ALL[table]
    nothing = pl.DataFrame(
        {name: [None] for name in contract.polars_types()}, schema=contract.polars_types()
    )
    for known in contract.rules():
        assert nothing.select(known.holds).to_series().to_list() != [None], known.sentence


@pytest.mark.parametrize("table", ALL)
def test_a_required_column_must_be_given(table: str) -> None:
    contract = ALL[table]
    for field in contract.fields():
        frame = sample_frame(contract, 1, **{field.name: None})
        is_given = f"{field.name} is given"
        said = {reason for reasons in reasons_of(contract, frame) for reason in reasons}
        assert (is_given in said) == field.required, field.name


@pytest.mark.parametrize("table", ALL)
def test_a_closed_list_takes_its_values_and_no_other(table: str) -> None:
    contract = ALL[table]
    for field in contract.fields():
        for value in field.values:
            assert field.name not in _columns_in_reasons(contract, field, value)
        if field.values:
            frame = sample_frame(contract, 1, **{field.name: f"{field.values[0]}x"})
            expected = f"{field.name} is one of {', '.join(field.values)}"
            assert expected in reasons_of(contract, frame)[0]


def _columns_in_reasons(contract: type[Contract], field: Field, value: str) -> set[str]:
    checked = contract.check(sample_frame(contract, 1, **{field.name: value}))
    said = checked.rejected[REASONS].explode().drop_nulls()
    return {reason.split(" ")[0] for reason in said}


@pytest.mark.parametrize("table", ALL)
def test_dataframely_accepts_and_refuses_the_same_rows(table: str) -> None:
    contract = ALL[table]
    good = sample_frame(contract, 2)
    names = [field.name for field in contract.fields() if field.required]
    bad = [sample_frame(contract, 1, **{name: None}) for name in names]
    frame = pl.concat([good, *bad])
    accepted, failure = contract.filter(frame)
    checked = contract.check(frame)
    assert (len(accepted), len(failure)) == (checked.accepted.height, checked.rejected.height)


def test_an_empty_required_key_part_rejects_and_an_optional_one_becomes_empty_text() -> None:
    frame = sample_text(SNAPSHOT, 2).with_columns(
        pl.Series("item_code", ["I-1", ""]), pl.Series("bin_code", ["", "B-1"])
    )
    checked = SNAPSHOT.check(SNAPSHOT.read_text(frame))
    assert checked.accepted["bin_code"].to_list() == [""]
    assert checked.rejected[REASONS].to_list() == [["item_code is given"]]


def test_an_optional_key_part_of_a_closed_list_may_be_empty() -> None:
    contract = CONTRACTS["policy_replenishment"]
    checked = contract.check(sample_frame(contract, 1, abc_class=None))
    assert checked.accepted["abc_class"].to_list() == [""]


def test_what_could_not_be_read_is_the_reason_and_not_that_it_is_missing() -> None:
    frame = sample_text(SHIPMENT_LINE, 1, qty_shipped="many", uom="")
    read = SHIPMENT_LINE.read_text(frame)
    assert reasons_of(SHIPMENT_LINE, read) == [["qty_shipped is not a number", "uom is given"]]


def test_a_rule_across_columns_is_unknown_where_a_column_was_not_read() -> None:
    contract = CONTRACTS["wms_stock_movement"]
    read = contract.read_text(sample_text(contract, 1, qty="none"))
    assert reasons_of(contract, read) == [["qty is not a number"]]


def test_columns_outside_the_contract_stay_on_both_sides_in_order() -> None:
    frame = sample_frame(SHIPMENT_LINE, 3).with_columns(
        pl.Series("_row_number", [7, 8, 9]), pl.Series("uom", ["EA", None, "EA"])
    )
    checked = SHIPMENT_LINE.check(frame)
    assert checked.accepted["_row_number"].to_list() == [7, 9]
    assert checked.rejected["_row_number"].to_list() == [8]
    assert REASONS not in checked.accepted.columns
    assert checked.rejected.columns[-1] == REASONS


def test_missing_optional_columns_are_added_and_missing_required_ones_are_refused() -> None:
    frame = sample_frame(SHIPMENT_LINE, 1)
    accepted = SHIPMENT_LINE.check(frame.drop("lot_number")).accepted
    assert accepted.columns == list(SHIPMENT_LINE.polars_types())
    assert SHIPMENT_LINE.missing_columns(frame.drop("uom", "lot_number").columns) == ("uom",)
    with pytest.raises(ValueError, match="wms_shipment_line misses required columns: uom"):
        SHIPMENT_LINE.check(frame.drop("uom"))


def test_an_untyped_frame_is_our_mistake() -> None:
    with pytest.raises(TypeError, match="qty_shipped is String"):
        SHIPMENT_LINE.check(sample_text(SHIPMENT_LINE))


def test_accepted_and_rejected_are_all_rows() -> None:
    frame = sample_frame(SHIPMENT_LINE, 5).with_columns(
        pl.Series("uom", ["EA", None, "EA", None, "EA"])
    )
    checked = SHIPMENT_LINE.check(frame)
    assert (checked.accepted.height, checked.rejected.height) == (3, 2)
    assert SHIPMENT_LINE.check(frame.clear()).rejected.height == 0
