"""Stories of the shipped mappings on a handful of rows, for machines without the real data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pipelines.ingest import active_files, delivery_frame, ingest_workspace, load_mapping

MAPPINGS = Path(__file__).resolve().parents[2] / "pipelines" / "mappings"
CLOCK = datetime(2030, 1, 1, tzinfo=UTC)
Row = dict[str, Any]
Read = Callable[..., pl.DataFrame]


def ingested(home: Path, example: str, files: dict[str, list[Row]]) -> Read:
    """Deliver these rows as Parquet files and read contract tables back."""
    landing, lake = home / "landing", home / "raw"
    landing.mkdir(parents=True)
    for name, rows in files.items():
        pl.DataFrame(rows, infer_schema_length=None).write_parquet(landing / f"{name}.parquet")
    ingest_workspace(
        landing=landing,
        policies=MAPPINGS / example / "policies",
        mappings=[load_mapping(path) for path in sorted((MAPPINGS / example).glob("*.yaml"))],
        lake=lake,
        quarantine=home / "quarantine",
        delivered_clock=CLOCK,
    )
    delivered = delivery_frame(lake)
    assert delivered["rows_rejected"].sum() == 0, delivered

    # a story brings only the columns it is about, so tables it is not about are refused
    def read(table: str, *columns: str) -> pl.DataFrame:
        assert active_files(lake, table), delivered.filter(feed=table)["message"].to_list()
        frame = pl.concat([pl.read_parquet(path) for path in active_files(lake, table)])
        return frame.select(columns).sort(columns)

    return read


# ---- AdventureWorks


def sold(line: int, product: int, *, total: float) -> Row:
    return {
        "sales_order_id": 43659,
        "sales_order_detail_id": line,
        "customer_id": 29825,
        "product_id": product,
        "date_id": datetime(2022, 5, 30),
        "order_quantity": 1,
        "unit_price": 130.475,
        "unit_price_discount": 0.15,
        "line_total": total,
        "order_status": 5,
        "is_online_order": False,
        "ship_date": datetime(2022, 6, 6),
        "due_date": datetime(2022, 6, 11),
    }


def product_day(day: date, units_in: int, units_out: int, balance: int) -> Row:
    return {
        "ProductKey": 310,
        "DateKey": int(day.strftime("%Y%m%d")),
        "MovementDate": day,
        "UnitCost": Decimal("12.5000"),
        "UnitsIn": units_in,
        "UnitsOut": units_out,
        "UnitsBalance": balance,
    }


@pytest.fixture(scope="module")
def adventureworks(tmp_path_factory: pytest.TempPathFactory) -> Read:
    store = {"StoreID": 1046, "TerritoryID": 5}
    return ingested(
        tmp_path_factory.mktemp("adventureworks"),
        "adventureworks",
        {
            "salesorder_lines_with_header": [
                sold(9, 776, total=114.16624999999999),
                sold(4, 777, total=2024.994),
            ],
            "product": [
                {"ProductID": 776, "ProductNumber": "BK-M82B-42"},
                {"ProductID": 777, "ProductNumber": "BK-M82B-44"},
            ],
            "customer": [
                {"CustomerID": 29825, "PersonID": 1045, "AccountNumber": "AW00029825", **store},
                {"CustomerID": 594, "PersonID": None, "AccountNumber": "AW00000594", **store},
            ],
            "salesterritory": [{"TerritoryID": 5, "CountryRegionCode": "US"}],
            "FactProductInventory": [
                product_day(date(2010, 12, 28), 0, 0, 10),
                product_day(date(2010, 12, 29), 3, 5, 8),
                product_day(date(2010, 12, 30), 0, 0, 8),
            ],
        },
    )


def test_an_amount_that_lost_its_last_digit_to_a_float_is_rounded_as_it_was_meant(
    adventureworks: Read,
) -> None:
    lines = adventureworks("billing_order_line", "order_line", "item_code", "net_amount")
    assert lines.rows() == [
        ("1", "BK-M82B-44", Decimal("2024.9940")),
        ("2", "BK-M82B-42", Decimal("114.1663")),
    ]


def test_a_percentage_keeps_no_noise_of_the_float(adventureworks: Read) -> None:
    assert set(adventureworks("billing_order_line", "discount_pct").to_series()) == {Decimal(15)}


def test_operations_dates_are_brought_back_by_4170_days(adventureworks: Read) -> None:
    assert adventureworks("wms_shipment", "shipment_id", "ship_confirm_at").rows() == [
        ("SO43659", datetime(2011, 1, 5, 12, tzinfo=UTC))
    ]
    orders = adventureworks("billing_order_line", "order_at").to_series()
    assert set(orders) == {datetime(2010, 12, 29, 12, tzinfo=UTC)}


def test_who_orders_for_a_store_is_the_store(adventureworks: Read) -> None:
    assert adventureworks("master_party_xref", "party_code", "party_id").rows() == [
        ("AW00029825", "AW00000594")
    ]


def test_a_day_with_both_directions_is_two_movements_and_the_first_day_an_opening(
    adventureworks: Read,
) -> None:
    moves = adventureworks("wms_stock_movement", "posting_date", "movement_type", "qty")
    assert moves.rows() == [
        (date(2010, 12, 28), "opening", 10),
        (date(2010, 12, 29), "receipt", 3),
        (date(2010, 12, 29), "ship", -5),
    ]


def test_every_daily_balance_is_a_snapshot_also_on_days_without_movement(
    adventureworks: Read,
) -> None:
    assert adventureworks("wms_inventory_snapshot", "qty").to_series().to_list() == [8, 8, 10]


def test_pre_billing_is_a_policy_row_of_the_company(adventureworks: Read) -> None:
    assert adventureworks(
        "policy_billing_rule", "company_id", "billing_rule_id", "trigger", "due_hours"
    ).rows() == [("AW", "BR-PREBILL", "calendar", 240)]


# ---- Business Central


def entry(number: int, kind: str, item: str, qty: float, **others: Any) -> Row:
    return {
        "Source No. (Customer)": "",
        "Source No. (Vendor)": "20000" if kind == "Purchase" else "",
        "Entry No.": number,
        "Entry Type": kind,
        "Posting Date": datetime(2024, 3, 1),
        "Item No.": item,
        "Location Code": "",
        "Serial No.": "",
        "Expiration Date": None,
        "Lot No.": "",
        "Qty.": qty,
        "Cost Amt. (Actual)": 0.0,
        "Document No.": "107001",
        "Unit of Measure Code": "PCS",
        "invoicedQuantity": qty,
        **others,
    }


def order_line(line: int, item: str, waiting: float, cost: float) -> Row:
    return {
        "documentNo": "106024",
        "Document Type": "Order",
        "buyFromVendorNo": "20000",
        "Order Date": datetime(2024, 3, 1),
        "Type": "Item",
        "Purchase Line No.": line,
        "itemNo": item,
        "locationCode": "",
        "quantityBase": 50.0,
        "outstandingQtyBase": 0.0,
        "amount": cost * 50,
        "unitCostLCY": cost,
        "Expected Receipt Date": datetime(2024, 3, 2),
        "qtyRcdNotInvdBase": waiting,
        "qtyReceivedBase": 50.0,
    }


@pytest.fixture(scope="module")
def business_central(tmp_path_factory: pytest.TempPathFactory) -> Read:
    moved = {"Document No.": "108001", "Posting Date": datetime(2026, 4, 1)}
    return ingested(
        tmp_path_factory.mktemp("business_central"),
        "business_central",
        {
            "inventory__item_ledger_entries": [
                entry(42, "Purchase", "WRB-1000", 50.0, invoicedQuantity=0.0),
                entry(
                    307, "Purchase", "1896-S", 2.0, **{"Cost Amt. (Actual)": 1561.4, "Qty.": 2.0}
                ),
                entry(
                    308,
                    "Transfer",
                    "1968-S",
                    -1.0,
                    **moved,
                    **{"Location Code": "MAIN", "Cost Amt. (Actual)": -148.1},
                ),
                entry(
                    309,
                    "Transfer",
                    "1968-S",
                    1.0,
                    **moved,
                    **{"Location Code": "WEST", "Cost Amt. (Actual)": 148.1},
                ),
            ],
            "inventory__item": [
                {"Item No.": item, "Item Inventory Posting Group": "RESALE"}
                for item in ("WRB-1000", "1896-S", "1968-S")
            ],
            "purchase__purchase_lines": [
                order_line(10000, "WRB-1000", 50.0, 100.0),
                order_line(20000, "1896-S", 0.0, 780.7),
            ],
        },
    )


def test_what_was_never_invoiced_has_no_cost_rather_than_a_cost_of_zero(
    business_central: Read,
) -> None:
    assert business_central("wms_stock_movement", "movement_id", "ext_cost").rows() == [
        ("307", Decimal("1561.4000")),
        ("308", Decimal("-148.1000")),
        ("309", Decimal("148.1000")),
        ("42", None),
    ]


def test_both_legs_of_a_transfer_name_each_other(business_central: Read) -> None:
    legs = business_central(
        "wms_stock_movement",
        "movement_type",
        "location_code",
        "counter_location_code",
        "linked_movement_id",
    ).filter(pl.col("movement_type").str.starts_with("transfer"))
    assert legs.rows() == [
        ("transfer_in", "WEST", "MAIN", "308"),
        ("transfer_out", "MAIN", "WEST", "309"),
    ]


def test_a_receipt_finds_its_order_while_it_waits_for_the_invoice_and_takes_its_cost(
    business_central: Read,
) -> None:
    assert business_central(
        "wms_receipt_line", "receipt_line", "ref_order_id", "ref_order_line", "unit_cost"
    ).rows() == [
        ("307", None, None, Decimal("780.7")),
        ("42", "106024", "10000", Decimal(100)),
    ]


def test_a_blank_location_is_the_companys_own(business_central: Read) -> None:
    places = set(business_central("wms_stock_movement", "location_code").to_series())
    assert places == {"CRONUS", "MAIN", "WEST"}
