"""What the sample company delivers: same bytes, sound rows, a true key."""

import csv
import filecmp
from collections import Counter
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from models.contracts import CONTRACTS
from pipelines.sample import FaultRates, Parameters, generate

pytestmark = pytest.mark.xdist_group("sample")  # told once, not once per worker


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    out = tmp_path_factory.mktemp("sample")
    return out, generate(seed=42, out=out)


def rows(company, pattern):
    out, _ = company
    found = []
    for path in sorted((out / "landing").glob(pattern)):
        with path.open(encoding="utf-8", newline="") as file:
            found += list(csv.DictReader(file))
    return found


def planted(company, code=None):
    with (company[0] / "key" / "planted.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if code in (None, row["code"])]


def test_same_seed_writes_the_same_bytes(company, tmp_path):
    generate(seed=42, out=tmp_path)
    for folder in ("landing", "key"):
        names = sorted(path.name for path in (company[0] / folder).iterdir())
        assert names == sorted(path.name for path in (tmp_path / folder).iterdir())
        same, *_ = filecmp.cmpfiles(company[0] / folder, tmp_path / folder, names, shallow=False)
        assert sorted(same) == names


def test_another_seed_tells_another_story(company, tmp_path):
    generate(seed=43, out=tmp_path)
    name = "billing_order_line__erp__NORDA__20250930T220000.csv"
    assert (tmp_path / "landing" / name).read_bytes() != (
        company[0] / "landing" / name
    ).read_bytes()


def test_every_row_keeps_its_contract_but_those_planted_as_bad(company):
    rejected = Counter()
    for path in sorted((company[0] / "landing").glob("*.csv")):
        table, system, company_id, _ = path.name.split("__")
        contract = CONTRACTS[table]
        frame = pl.read_csv(path, infer_schema=False).with_columns(
            pl.lit(system).alias("source_system"), pl.lit(company_id).alias("company_id")
        )
        assert set(frame.columns) <= {field.name for field in contract.fields()}, path.name
        checked = contract.check(contract.read_text(frame.with_row_index("row_number", offset=2)))
        for row in checked.rejected.to_dicts():
            rejected[path.name, str(row["row_number"])] += 1
        assert not checked.accepted.select(contract.key()).is_duplicated().any(), path.name
    expected = Counter(
        (row["file_name"], row["row_number"]) for row in planted(company, "FEED_REJECT")
    )
    assert rejected == expected
    assert len(expected) == Parameters().faults.bad_rows


def test_manifests_count_and_sum_what_is_in_the_files(company):
    for row in rows(company, "control_feed_manifest__*"):
        with (company[0] / "landing" / row["batch_id"]).open(encoding="utf-8", newline="") as file:
            content = list(csv.DictReader(file))
        assert len(content) == int(row["row_count"])
        column = CONTRACTS[row["feed_name"]].control_amount()
        if row["sum_amount"]:
            given = (Decimal(line[column]) for line in content if line[column])
            assert sum(given) == Decimal(row["sum_amount"])


def test_a_file_comes_twice_under_another_name(company):
    landing = company[0] / "landing"
    (twice,) = planted(company, "FEED_DUP")
    first = twice["note"].removeprefix("same bytes as ")
    assert (landing / first).read_bytes() == (landing / twice["file_name"]).read_bytes()


def test_the_key_is_what_shipments_and_invoices_say(company):
    """The key found again from the delivered rows alone, by plain arithmetic."""
    price = {
        (row["order_id"], row["order_line"]): Decimal(row["unit_price"])
        for row in rows(company, "billing_order_line__*")
    }
    billed = {}
    for row in rows(company, "billing_invoice_line__*"):
        billed.setdefault((row["shipment_id"], row["shipment_line"]), []).append(row)
    unlinked = {(row["order_id"], row["order_line"]) for row in billed.get(("", ""), [])}
    waiting = {
        (row["shipment_id"], row["shipment_line"])
        for row in csv.DictReader((company[0] / "key" / "traps.csv").open(encoding="utf-8"))
    }
    found = {}
    lines = {
        (r["shipment_id"], r["shipment_line"]): r for r in rows(company, "wms_shipment_line__*")
    }
    for key, line in lines.items():
        order = (line["order_id"], line["order_line"])
        if key in waiting or order in unlinked:
            continue
        qty, agreed = Decimal(line["qty_shipped"]), price[order]
        if key not in billed:
            found["UNBILLED", *key] = qty * agreed
            continue
        (invoiced,) = billed[key]
        differs = Decimal(invoiced["qty_billed"]) - qty
        if differs:
            code = "QTY_OVER_BILLED" if differs > 0 else "QTY_SHORT_BILLED"
            found[code, *key] = abs(differs) * agreed
        elif Decimal(invoiced["unit_price"]) != agreed:
            found["UNDER_PRICED", *key] = (agreed - Decimal(invoiced["unit_price"])) * qty
    assert found == {
        (row["code"], row["shipment_id"], row["shipment_line"]): Decimal(row["exposure_amount"])
        for row in planted(company)
        if row["shipment_id"]
    }


def test_what_is_billed_without_shipment_was_cancelled_and_is_in_the_key(company):
    shipped = {(r["order_id"], r["order_line"]) for r in rows(company, "wms_shipment_line__*")}
    found = {
        (row["invoice_id"], row["invoice_line"]): Decimal(row["net_amount"])
        for row in rows(company, "billing_invoice_line__*")
        if (row["order_id"], row["order_line"]) not in shipped
    }
    assert found == {
        (row["invoice_id"], row["invoice_line"]): Decimal(row["exposure_amount"])
        for row in planted(company, "BILLED_NOT_SHIPPED")
    }


def test_every_fault_code_is_planted(company):
    codes = {row["code"] for row in planted(company)}
    assert codes == {
        "UNBILLED", "UNDER_PRICED", "QTY_SHORT_BILLED", "QTY_OVER_BILLED", "BILLED_NOT_SHIPPED",
        "RECEIPT_NOT_CAPITALISED", "FEED_REJECT", "FEED_DUP",
    }  # fmt: skip


def test_faults_can_be_switched_off(tmp_path):
    made = generate(seed=42, out=tmp_path, parameters=Parameters(faults=FaultRates.none()))
    assert made.planted == ()


def test_it_is_about_as_large_as_the_page_says(company):
    lines = {(r["order_id"], r["order_line"]) for r in rows(company, "billing_order_line__*")}
    assert 2300 <= len(lines) <= 2800
    assert company[1].files < 130


def test_the_page_states_what_is_planted(company):
    page = (Path(__file__).parents[3] / "docs" / "sample-company.md").read_text("utf-8")
    section = page.split("## What is planted")[1].split("\n\n")[1]
    stated = {}
    for line in section.splitlines()[2:]:
        code, times, exposure, _ = (part.strip() for part in line.strip("|").split("|"))
        stated[code] = (int(times), exposure.replace(",", ""))
    counted = Counter(row["code"] for row in planted(company))
    exposure = Counter()
    for row in planted(company):
        exposure[row["code"]] += Decimal(row["exposure_amount"] or 0)
    assert stated == {
        code: (times, str(exposure[code]) if exposure[code] else "")
        for code, times in counted.items()
    }
