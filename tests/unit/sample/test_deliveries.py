"""What the sample company delivers: same bytes, sound rows, files that go wrong as the key says."""

import csv
import filecmp
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from models.contracts import CONTRACTS
from pipelines.sample import RATES, SIZES, FaultRates, generate
from pipelines.sample.page import PAGE, Company, render

pytestmark = pytest.mark.xdist_group("sample")  # told once, not once per worker
MANIFEST = "control_feed_manifest"


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    out = tmp_path_factory.mktemp("sample")
    return out, generate(seed=42, out=out)


def first_weeks(**changes):
    """The company's first five weeks: enough to see how files are written."""
    small = SIZES["small"]
    companies = tuple(
        replace(
            parameters, last_day=date(2025, 2, 7), faults=changes.pop("faults", FaultRates.none())
        )
        for parameters in small.companies[:1]
    )
    return replace(small, companies=companies, cut_months=(1, 2), **changes)


def rows(company, pattern):
    found = []
    for path in sorted((company[0] / "landing").glob(pattern)):
        with path.open(encoding="utf-8", newline="") as file:
            found += list(csv.DictReader(file))
    return found


def key(company, name):
    with (company[0] / "key" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def planted(company, code=None):
    return [row for row in key(company, "planted.csv") if code in (None, row["code"])]


def same_bytes(one, other):
    for folder in ("landing", "key"):
        names = sorted(path.name for path in (one / folder).iterdir())
        if names != sorted(path.name for path in (other / folder).iterdir()):
            return False
        same, *_ = filecmp.cmpfiles(one / folder, other / folder, names, shallow=False)
        if sorted(same) != names:
            return False
    return True


def test_same_seed_writes_the_same_bytes(company, tmp_path):
    generate(seed=42, out=tmp_path)
    assert same_bytes(company[0], tmp_path)


def test_another_seed_tells_another_story(tmp_path):
    for seed in (42, 43):
        generate(seed=seed, out=tmp_path / str(seed), sample=first_weeks())
    assert not same_bytes(tmp_path / "42", tmp_path / "43")


def test_every_row_keeps_its_contract_but_those_planted_as_bad(company):
    rejected = Counter()
    for path in sorted((company[0] / "landing").glob("*.csv")):
        table, system, company_id, _ = path.name.split("__")
        contract = CONTRACTS[table]
        frame = pl.read_csv(path, infer_schema=False).with_columns(
            pl.lit(system).alias("source_system"), pl.lit(company_id).alias("company_id")
        )
        strange = set(frame.columns) - {field.name for field in contract.fields()}
        assert not strange or strange == {"house_bank"}, path.name
        read = contract.read_text(frame.drop(strange).with_row_index("row_number", offset=2))
        checked = contract.check(read)
        for row in checked.rejected.to_dicts():
            rejected[path.name, str(row["row_number"])] += 1
        assert not checked.accepted.select(contract.key()).is_duplicated().any(), path.name
    expected = Counter(
        (row["file_name"], row["row_number"]) for row in planted(company, "FEED_REJECT")
    )
    assert rejected == expected
    assert len(expected) == RATES["FEED_REJECT"] * len(SIZES["small"].companies)


def test_manifests_count_and_sum_what_is_in_the_files(company):
    for row in rows(company, f"{MANIFEST}__*"):
        content = rows(company, row["batch_id"])
        assert len(content) == int(row["row_count"])
        column = CONTRACTS[row["feed_name"]].control_amount()
        if row["sum_amount"]:
            given = (Decimal(line[column]) for line in content if line[column])
            assert sum(given) == Decimal(row["sum_amount"])


def test_the_key_lists_every_file_with_its_rows(company):
    landing = {path.name for path in (company[0] / "landing").iterdir()}
    notes = {row["file_name"]: row for row in key(company, "deliveries.csv")}
    assert set(notes) == landing
    for name, note in notes.items():
        assert len(rows(company, name)) == int(note["rows"])


def test_a_file_comes_twice_under_another_name(company):
    landing = company[0] / "landing"
    for twice in planted(company, "FEED_DUP"):
        first = twice["note"].removeprefix("same bytes as ")
        assert (landing / first).read_bytes() == (landing / twice["file_name"]).read_bytes()


def test_a_cut_off_file_is_part_of_one_that_comes_whole(tmp_path):
    generate(seed=42, out=tmp_path, sample=first_weeks(mishaps=("cut_off",)))
    notes = [row for row in key((tmp_path,), "deliveries.csv") if row["mishap"] == "cut_off"]
    assert notes
    for note in notes:
        broken = (tmp_path / "landing" / note["file_name"]).read_bytes()
        assert not broken.endswith(b"\n")
        whole = [path.read_bytes() for path in (tmp_path / "landing").glob(f"{note['feed']}__*")]
        assert any(content.startswith(broken) and content != broken for content in whole)


def test_a_late_file_says_up_to_when_it_knows(company):
    for late in planted(company, "FEED_LATE"):
        (line,) = [r for r in rows(company, f"{MANIFEST}__*") if r["batch_id"] == late["file_name"]]
        assert line["produced_at"] > line["watermark_at"]


def test_a_gap_is_one_number_that_no_movement_has(company):
    for one in SIZES["small"].companies:
        numbers = sorted(
            int(row["sequence_no"])
            for row in rows(company, f"wms_stock_movement__wms__{one.company_id}__*")
            if row["sequence_no"]
        )
        lost = set(range(numbers[0], numbers[-1] + 1)) - set(numbers)
        gaps = [r for r in planted(company, "FEED_GAP") if r["company_id"] == one.company_id]
        assert len(lost) == len(gaps) == RATES["FEED_GAP"]


def test_parquet_and_csv_hold_the_same_rows(tmp_path):
    for file_format in ("csv", "parquet"):
        generate(seed=42, out=tmp_path / file_format, sample=first_weeks(file_format=file_format))
    for path in sorted((tmp_path / "csv" / "landing").iterdir()):
        table = path.name.split("__")[0]
        if table == MANIFEST:
            continue
        written = pl.read_parquet(
            (tmp_path / "parquet" / "landing" / path.stem).with_suffix(".parquet")
        )
        typed = CONTRACTS[table].read_text(pl.read_csv(path, infer_schema=False))
        assert typed.select(written.columns).equals(written), path.name


def test_a_delivery_a_day_ends_in_the_same_rows_as_one_a_month(tmp_path):
    for daily in (False, True):
        generate(seed=42, out=tmp_path / str(daily), sample=first_weeks(daily=daily))
    last = [
        {
            (row["shipment_id"], row["shipment_line"]): row
            for row in rows((tmp_path / str(daily), None), "wms_shipment_line__*")
        }
        for daily in (False, True)
    ]
    assert last[0] == last[1] and last[0]


def test_faults_can_be_switched_off(tmp_path):
    made = generate(seed=42, out=tmp_path, sample=first_weeks())
    assert made.planted == ()


def test_one_fault_can_be_switched_on_alone(tmp_path):
    sample = first_weeks(faults=FaultRates.only(UNBILLED=0.05))
    made = generate(seed=42, out=tmp_path, sample=sample)
    assert {entry.code for entry in made.planted if not entry.root_code} == {"UNBILLED"}


def test_the_page_says_what_the_generator_writes(company):
    text = PAGE.read_text(encoding="utf-8")
    assert render(text, Company(company[0])) == text, "run python -m pipelines.sample.page"
