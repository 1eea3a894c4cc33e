"""The bulk company: same bytes, nothing from nowhere, sound rows, a true key."""

import csv
import filecmp
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import polars as pl
import pytest

from models.contracts import CONTRACTS
from pipelines.ingest.landing import canonical_name, landed_files
from pipelines.sample.bulk import (
    BULK_SIZES,
    BulkParameters,
    BulkRates,
    BulkSupply,
    files,
    generate_bulk,
)

pytestmark = pytest.mark.xdist_group("bulk")  # told once, not once per worker

TINY = BulkParameters(
    size="tiny",
    items=150,
    locations=3,
    customers=60,
    suppliers=8,
    order_lines=3_500,
    months=3,
    faults=BulkRates(0.004, 0.004, 0.006, 0.006),
)


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    out = tmp_path_factory.mktemp("bulk")
    return out, generate_bulk(parameters=TINY, seed=42, out=out)


def table(company, name):
    return pl.concat(
        [pl.read_parquet(path) for path in sorted(company[0].glob(f"landing/{name}__*"))],
        how="diagonal",
    )


def key(company, name):
    with (company[0] / "key" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def contract_frame(path):
    name, system, company_id, _ = path.name.split("__")
    frame = (
        pl.read_parquet(path)
        if path.suffix == ".parquet"
        else pl.read_csv(path, infer_schema=False)
    )
    return CONTRACTS[name], frame.with_columns(
        source_system=pl.lit(system), company_id=pl.lit(company_id)
    )


def same_files(left, right):
    for folder in ("landing", "key"):
        names = sorted(path.name for path in (left / folder).iterdir())
        assert names == sorted(path.name for path in (right / folder).iterdir())
        same, *_ = filecmp.cmpfiles(left / folder, right / folder, names, shallow=False)
        if sorted(same) != names:
            return False
    return True


def test_same_seed_writes_the_same_bytes_and_another_seed_does_not(company, tmp_path):
    generate_bulk(parameters=TINY, seed=42, out=tmp_path / "again")
    generate_bulk(parameters=TINY, seed=43, out=tmp_path / "other")
    assert same_files(company[0], tmp_path / "again")
    assert not same_files(company[0], tmp_path / "other")


def test_names_are_canonical_and_every_row_keeps_its_contract(company):
    out, generated = company
    files = landed_files(out / "landing", out / "policies")
    assert len(files) == generated.files
    for file in files:
        named = canonical_name(file)
        assert named is not None and named.table in CONTRACTS, file.name
        contract, frame = contract_frame(file.path)
        assert set(frame.columns) <= set(contract.polars_types()), file.name
        # The file has the types of the contract already: reading changes none of them.
        for column, dtype in frame.schema.items():
            assert dtype == contract.polars_types()[column], f"{file.name} {column}"
        checked = contract.check(contract.read_text(frame))
        assert checked.rejected.is_empty(), checked.rejected
        assert not checked.accepted.select(contract.version_key()).is_duplicated().any(), file.name


def test_every_delivered_column_says_something(company):
    empty = []
    for name in company[1].rows_by_table:
        frame = table(company, name)
        empty += [f"{name}.{c}" for c in frame.columns if frame[c].null_count() == len(frame)]
    # A year without a price rise has no price that ends.
    assert empty == ["master_price.valid_to"]


def test_stock_comes_from_somewhere_and_is_never_negative(company):
    moves = table(company, "wms_stock_movement").sort("event_at", "movement_id")
    cells = ["location_code", "item_code"]
    running = moves.with_columns(held=pl.col("qty").cum_sum().over(cells))
    assert running["held"].min() >= 0
    assert set(moves["movement_type"]) == {
        "opening", "receipt", "ship", "transfer_out", "transfer_in", "count_adjust", "scrap",
    }  # fmt: skip
    assert moves["movement_id"].is_unique().all()
    closing = running.group_by(cells, maintain_order=True).agg(pl.col("held").last())
    truth = {}
    for row in key(company, "truth_stock"):
        if row["stock_state"] == "ON_HAND":
            truth[row["location_id"], row["item_id"]] = Decimal(row["qty"])
    assert {(place, item): held for place, item, held in closing.rows() if held} == {
        cell: qty for cell, qty in truth.items() if qty
    }


def test_daily_truth_follows_the_movements(company):
    moves = table(company, "wms_stock_movement")
    per_day = moves.group_by("location_code", "item_code", "posting_date").agg(pl.col("qty").sum())
    held = per_day.sort("posting_date").with_columns(
        held=pl.col("qty").cum_sum().over("location_code", "item_code")
    )
    said = {
        (row["location_id"], row["item_id"], row["date"]): Decimal(row["qty"])
        for row in key(company, "truth_stock")
        if row["stock_state"] == "ON_HAND"
    }
    changed = held.filter(pl.col("qty") != 0)
    columns = ("location_code", "item_code", "posting_date", "held")
    assert {(a, b, str(day)): qty for a, b, day, qty in changed.select(columns).rows()} == said


def test_transfers_arrive_as_they_left(company):
    moves = table(company, "wms_stock_movement")
    left = moves.filter(pl.col("movement_type") == "transfer_out")
    came = moves.filter(pl.col("movement_type") == "transfer_in")
    pairs = came.join(left, left_on="linked_movement_id", right_on="movement_id", suffix="_out")
    assert len(pairs) == len(came) > 0
    assert (pairs["qty"] == -pairs["qty_out"]).all()
    assert (pairs["location_code"] == pairs["counter_location_code_out"]).all()
    assert (pairs["event_at"] > pairs["event_at_out"]).all()
    on_the_way = -left["qty"].sum() - came["qty"].sum()
    last = {
        (row["location_id"], row["item_id"]): Decimal(row["qty"])
        for row in key(company, "truth_stock")
        if row["stock_state"] == "XFER_TRANSIT"
    }
    assert sum(last.values()) == on_the_way


def test_documents_and_movements_tell_the_same_story(company):
    moves = table(company, "wms_stock_movement")
    shipped = table(company, "wms_shipment_line")
    left = moves.filter(pl.col("movement_type") == "ship")
    joined = shipped.join(left, on=["shipment_id", "shipment_line"], suffix="_moved")
    assert len(joined) == len(shipped) == len(left)
    assert (joined["qty_shipped"] == -joined["qty"]).all()
    receipts = table(company, "wms_receipt_line")
    came = moves.filter(pl.col("movement_type") == "receipt")
    assert receipts["qty_received"].sum() == came["qty"].sum()
    ordered = table(company, "purchasing_order_line").unique(["po_id", "po_line"], keep="last")
    received = receipts.group_by("ref_order_id", "ref_order_line").agg(pl.col("qty_received").sum())
    both = ordered.join(
        received, left_on=["po_id", "po_line"], right_on=["ref_order_id", "ref_order_line"],
        how="left",
    ).with_columns(pl.col("qty_received").fill_null(0))  # fmt: skip
    full = both["qty_received"] == both["qty_ordered"]
    assert (full == (both["status"] == "received")).all()
    orders = table(company, "billing_order_line")
    kept = orders["qty_ordered"].sum() - orders["qty_cancelled"].sum()
    assert kept == shipped["qty_shipped"].sum()


def test_headers_are_the_sum_of_their_lines(company):
    lines = table(company, "billing_invoice_line")
    sums = lines.group_by("invoice_id").agg(pl.col("net_amount", "tax_amount").sum())
    joined = table(company, "billing_invoice").join(sums, on="invoice_id", suffix="_lines")
    assert len(joined) == len(table(company, "billing_invoice"))
    assert (joined["net_amount"] == joined["net_amount_lines"]).all()
    assert (joined["tax_amount"] == joined["tax_amount_lines"]).all()
    assert (joined["gross_amount"] == joined["net_amount"] + joined["tax_amount"]).all()


def test_manifests_count_and_sum_what_is_in_the_files(company):
    manifests = table(company, "control_feed_manifest")
    landed = {
        file.base_name: file
        for file in landed_files(company[0] / "landing", company[0] / "policies")
    }
    named = set(manifests["batch_id"])
    assert named == {name for name in landed if not name.startswith("control_feed_manifest__")}
    for row in manifests.to_dicts():
        file = landed[row["batch_id"]]
        frame = pl.read_parquet(file.path)
        assert (row["row_count"], row["checksum"]) == (len(frame), file.hash)
        assert row["watermark_at"] == file.stamp
        contract = CONTRACTS[row["feed_name"]]
        totals = {"sum_qty": contract.control_qty(), "sum_amount": contract.control_amount()}
        for total, column in totals.items():
            expected = frame[column].sum() if column in frame.columns else None
            assert row[total] == expected, f"{row['batch_id']} {total}"


def test_the_key_is_what_shipments_and_invoices_say(company):
    """The key found again from the delivered rows alone, by plain arithmetic."""
    prices = table(company, "billing_order_line").select("order_id", "order_line", "unit_price")
    billed = table(company, "billing_invoice_line").select(
        "shipment_id", "shipment_line", "qty_billed", "net_amount", billed_price="unit_price"
    )
    lines = (
        table(company, "wms_shipment_line")
        .join(prices, on=["order_id", "order_line"])
        .join(billed, on=["shipment_id", "shipment_line"], how="left")
    )
    found = set()
    for row in lines.to_dicts():
        names = row["order_id"], row["order_line"], row["shipment_id"], row["shipment_line"]
        owed = row["qty_shipped"] * row["unit_price"]
        if row["qty_billed"] is None:
            found.add(("UNBILLED", *names, owed))
        elif row["qty_billed"] < row["qty_shipped"]:
            found.add(("QTY_SHORT_BILLED", *names, owed - row["net_amount"]))
        elif row["billed_price"] != row["unit_price"]:
            found.add(("UNDER_PRICED", *names, owed - row["net_amount"]))
    planted = {
        (row["code"], row["order_id"], row["order_line"], row["shipment_id"],
         row["shipment_line"], Decimal(row["exposure_amount"]))
        for row in key(company, "planted")
    }  # fmt: skip
    assert found == planted
    assert len(planted) == len(company[1].planted)
    assert set(Counter(code for code, *_ in planted)) == {
        "QTY_SHORT_BILLED", "UNBILLED", "UNDER_PRICED",
    }  # fmt: skip


def test_faults_change_what_billing_did_and_nothing_that_happened(company, tmp_path):
    sound = replace(TINY, faults=BulkRates(0, 0, 0, 0))
    generated = generate_bulk(parameters=sound, seed=42, out=tmp_path)
    assert generated.planted == ()
    for name in ("wms_stock_movement", "wms_shipment_line", "billing_order_line"):
        assert table((tmp_path, generated), name).equals(table(company, name)), name


def test_csv_holds_the_same_rows(company, tmp_path):
    generated = generate_bulk(parameters=TINY, seed=42, out=tmp_path, file_format="csv")
    assert generated.rows_by_table == company[1].rows_by_table
    for path in sorted((tmp_path / "landing").glob("*.csv")):
        if path.name.startswith("control_feed_manifest__"):
            continue  # names and checksums of the files are others
        contract, texts = contract_frame(path)
        _, typed = contract_frame(company[0] / "landing" / f"{path.stem}.parquet")
        assert contract.read_text(texts).equals(contract.read_text(typed)), path.name


def test_movements_can_come_alone_with_their_masters(tmp_path):
    parameters = replace(TINY, feeds="movements", months=14, order_lines=6_000)
    generated = generate_bulk(parameters=parameters, seed=1, out=tmp_path)
    assert set(generated.rows_by_table) == {
        "control_feed_manifest", "demand_calendar_event", "master_company", "master_item",
        "master_location", "master_uom", "wms_stock_movement",
    }  # fmt: skip
    moves = table((tmp_path, generated), "wms_stock_movement")
    assert not {"shipment_id", "receipt_id", "ref_doc_id"} & set(moves.columns)
    last_day = {row["date"] for row in key((tmp_path, generated), "truth_stock")}
    assert last_day == {"2026-02-28"}


def test_goods_that_run_out_are_not_sold(tmp_path):
    starved = replace(TINY, supply=BulkSupply(opening_cover_days=0, order_cover_days=0))
    generated = generate_bulk(parameters=starved, seed=42, out=tmp_path)
    orders = table((tmp_path, generated), "billing_order_line")
    assert (orders["qty_cancelled"] > 0).sum() > len(orders) // 20
    assert ((orders["qty_cancelled"] == orders["qty_ordered"])
            == (orders["line_status"] == "cancelled")).all()  # fmt: skip
    moves = table((tmp_path, generated), "wms_stock_movement").sort("event_at", "movement_id")
    held = moves.select(pl.col("qty").cum_sum().over("location_code", "item_code"))
    assert held["qty"].min() >= 0


def test_what_sells_follows_rank_season_and_week(company):
    orders = table(company, "billing_order_line")
    lines = orders.group_by("item_code").len().sort("len", descending=True)["len"]
    assert lines.head(len(lines) // 5).sum() > 0.5 * lines.sum()
    assert not set(orders["order_at"].dt.weekday()) & {6, 7}
    quantities = orders["qty_ordered"].cast(pl.Float64)
    assert quantities.mean() > 1.3 * quantities.median()


def test_row_groups_do_not_change_the_rows(company, tmp_path, monkeypatch):
    monkeypatch.setattr(files, "ROWS_A_GROUP", 100)
    generated = generate_bulk(parameters=TINY, seed=42, out=tmp_path)
    for name in ("wms_stock_movement", "billing_invoice_line"):
        assert table((tmp_path, generated), name).equals(table(company, name))


def test_prices_of_orders_are_those_in_force(tmp_path):
    generated = generate_bulk(parameters=replace(TINY, months=8), seed=42, out=tmp_path)
    prices = table((tmp_path, generated), "master_price")
    orders = table((tmp_path, generated), "billing_order_line")
    joined = orders.join(prices, left_on="price_source", right_on="price_id", suffix="_listed")
    assert len(joined) == len(orders)
    assert (joined["unit_price"] == joined["unit_price_listed"]).all()
    assert (joined["item_code"] == joined["item_code_listed"]).all()
    assert (joined["requested_date"] >= joined["valid_from"]).all()
    assert (joined["requested_date"] <= joined["valid_to"]).drop_nulls().all()
    assert joined["valid_from"].n_unique() == 2
    assert (joined["net_amount"] == joined["qty_ordered"] * joined["unit_price"]).all()


def test_large_and_huge_ask_for_enough():
    assert BULK_SIZES["large"].order_lines * 0.95 > 10_000_000
    assert BULK_SIZES["huge"].feeds == "movements"
