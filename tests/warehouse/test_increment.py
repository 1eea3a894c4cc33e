"""A batch taken into a finished build gives what a full build gives, row by row."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

import duckdb
import pytest

from pipelines.warehouse.database import connect
from pipelines.warehouse.increment import FullBuildNeeded, Statement, statements, take_in
from pipelines.workspace import Workspace
from tests.warehouse.project_sql import ProjectSql
from tests.warehouse.small_warehouse import lake_file, prepare

COMPARED = (
    "int_stock__move",
    "int_stock__position",
    "int_stock__position_day",
    "int_stock__movement",
    "int_stock__owned_movement",
    "int_stock__linked_movement",
)
Row = dict[str, str | None]
KINDS = {
    "receipt": (1, None, None),
    "ship": (-1, None, None),
    "adjust": (-1, None, None),
    "transfer_out": (-1, None, None),
    "transfer_in": (1, None, None),
    "hold": (1, "quarantine", "available"),
    "reversal": (1, None, None),
}


def movement(random: Random, number: int, known: list[Row], delivered: str) -> Row:
    """A movement of some kind on some day; it may take back or be linked to one before it."""
    kind = random.choice(sorted(KINDS))
    sign, status, from_status = KINDS[kind]
    day, qty = random.randint(1, 28), sign * random.randint(1, 9)
    month = 4 if random.random() < 0.1 else 3  # some lie behind as-of until they are corrected
    row: Row = {
        "company_id": "A",
        "movement_id": f"M{number}",
        "movement_line": "1",
        "movement_type": "ship" if kind == "reversal" else kind,
        "event_at": f"2026-{month:02d}-{day:02d} {random.randint(6, 20):02d}:00",
        "item_code": random.choice("XYZ"),
        "qty": str(qty),
        "uom": "EA",
        "location_code": random.choice("PQ"),
        "stock_status": status,
        "from_stock_status": from_status,
        "lot_number": random.choice(("L1", None)),
        "owner_party_code": "S" if random.random() < 0.2 else None,
        "source_updated_at": random.choice((None, "2026-03-20 12:00")),
        "unit_cost": str(random.randint(1, 5)) if kind == "receipt" else None,
        "_delivered_at": delivered,
    }
    if kind == "receipt" and random.random() < 0.5:
        order = {"X": "P1", "Y": "P2", "Z": "P3"}[str(row["item_code"])]
        row |= {"ref_doc_type": "PO", "ref_doc_id": order, "ref_doc_line": "1"}
    if kind == "reversal" and known:
        row["reversal_of_movement_id"] = random.choice(known)["movement_id"]
    elif kind.startswith("transfer") and known:
        row["linked_movement_id"] = random.choice(known)["movement_id"]
    return row


def batch(random: Random, known: list[Row], number: int) -> list[Row]:
    """New movements, some of long ago, some corrected, withdrawn, told once more or told late."""
    delivered = f"2026-03-29T{number:02d}:00:00+00:00"
    fresh = [movement(random, number * 1000 + at, known, delivered) for at in range(6)]
    told: list[Row] = []
    for row in random.sample(known, 3):
        told.append({**row, "qty": str(int(str(row["qty"])) * 2), "_delivered_at": delivered})
    withdrawn, repeated, moved, late, late_withdrawn = random.sample(known, 5)
    told.append({**withdrawn, "is_deleted": "true", "_delivered_at": delivered})
    told.append({**repeated, "_delivered_at": delivered})
    told.append({**moved, "item_code": "X", "event_at": "2026-03-01 06:00"})
    told[-1]["_delivered_at"] = delivered
    before = {"source_updated_at": "2026-03-10 12:00", "_delivered_at": delivered}
    told.append({**late, "qty": str(int(str(late["qty"])) * 3), **before})
    told.append({**late_withdrawn, "is_deleted": "true", **before})
    unique = {row["movement_id"]: row for row in told}
    return fresh + list(unique.values())


def masters() -> dict[str, list[Row]]:
    return {
        # what receipts draw from, and what of it will no longer come, is told by documents
        "purchasing_order_line": [
            {
                "company_id": "A",
                "po_id": f"P{number}",
                "po_line": "1",
                "po_type": "standard",
                "supplier_code": "S",
                "order_date": "2026-03-01",
                "item_code": item,
                "qty_ordered": "12",
                "uom": "EA",
                "unit_price": str(number),
                "currency": "USD",
                "to_location_code": "P",
                "status": "closed" if number == 2 else "open",
            }
            for number, item in enumerate("XYZ", start=1)
        ],
        "master_company": [
            {"company_id": "A", "company_name": "A", "currency": "USD", "timezone": "UTC"}
        ],
        "master_item": [
            {
                "company_id": "*",
                "item_id": item,
                "description": item,
                "item_type": "stock",
                "base_uom": "EA",
                "status": "active",
            }
            for item in "XYZ"
        ],
        "master_location": [
            {
                "company_id": "*",
                "location_code": place,
                "location_id": place,
                "location_name": place,
                "location_type": "warehouse",
                "timezone": "UTC",
            }
            for place in "PQN"
        ],
    }


Built = tuple[Path, Mapping[str, Statement], list[Row]]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory, project: ProjectSql) -> Built:
    """A build of sixty movements, and the statements that made it."""
    random, known = Random(7), list[Row]()
    for number in range(60):
        known.append(movement(random, number, known, "2026-03-28T00:00:00+00:00"))
    for number, (item, place) in enumerate((i, p) for i in "XYZ" for p in "PQ"):
        known.append(
            {
                **movement(random, 900 + number, [], "2026-03-28T00:00:00+00:00"),
                "movement_type": "opening",
                "item_code": item,
                "location_code": place,
                "qty": "50",
                "stock_status": None,
                "from_stock_status": None,
            }
        )
    wanted = project.with_all_before(
        ("int_stock__move", "int_stock__position", "int_stock__position_day")
    )
    nodes = statements(made for made in project.outcomes if made.unique_id in wanted)
    home = tmp_path_factory.mktemp("base")
    full_build(project, nodes, home, known).close()
    return Workspace(home).build_database, nodes, known


def full_build(
    project: ProjectSql, nodes: Mapping[str, Statement], home: Path, rows: list[Row]
) -> duckdb.DuckDBPyConnection:
    """All rows at once, by the statements of a build from the first to the last."""
    connection = connect(prepare(home, {**masters(), "wms_stock_movement": rows}))
    project.sow(connection)
    for name, statement in nodes.items():
        kind = "table" if statement.is_table else "view"
        connection.sql(f"create {kind} main.{name} as {statement.text}")
    return connection


def rows_of(connection: duckdb.DuckDBPyConnection, table: str) -> list[tuple[object, ...]]:
    # a batch counts its rows from one, so the number of a row in its file tells the two apart
    kept = "columns(name -> name <> '_row_number')"
    return connection.sql(f"select {kept} from warehouse.main.{table} order by all").fetchall()


def incremented(built: Built, home: Path, batches: list[list[Row]]) -> duckdb.DuckDBPyConnection:
    """A copy of the base build, with each batch taken in after the other."""
    database, nodes, _ = built
    home.mkdir(parents=True)
    copy = Path(shutil.copy(database, home / "warehouse.duckdb"))
    files = [database.parents[1] / "wms_stock_movement.parquet"]
    connection = connect(copy)
    for number, rows in enumerate(batches):
        folder = home / f"batch {number}"
        folder.mkdir()
        fresh = lake_file("wms_stock_movement", rows, folder)
        files.append(fresh)
        take_in(connection, nodes, files=files, fresh=[fresh])
    return connection


@pytest.mark.parametrize("seed", range(6))
def test_batches_taken_in_one_by_one_are_a_full_build_row_by_row(
    base: Built, project: ProjectSql, tmp_path: Path, seed: int
) -> None:
    random, told = Random(seed), list(base[2])
    batches = []
    for number in range(1, 4):
        latest = list({row["movement_id"]: row for row in told}.values())
        batches.append(batch(random, latest, number))
        told += batches[-1]
    with (
        incremented(base, tmp_path / "increment", batches) as ours,
        full_build(project, base[1], tmp_path / "full", told) as full,
    ):
        told_by_documents = "select count(*) from int_stock__move where source_feed = 'document'"
        assert full.sql(told_by_documents).fetchone() > (3,)
        for table in COMPARED:
            assert rows_of(ours, table) == rows_of(full, table), table


REFUSED: dict[str, Callable[[Row], Row]] = {
    "item": lambda row: {**row, "item_code": "NEW"},
    "place": lambda row: {**row, "location_code": "NEW"},
    "consigned": lambda row: {**row, "stock_status": "consigned"},
}


@pytest.mark.parametrize("what", sorted(REFUSED))
def test_a_batch_that_reaches_further_is_refused_and_changes_nothing(
    base: Built, tmp_path: Path, what: str
) -> None:
    row = movement(Random(1), 5000, [], "2026-03-29T00:00:00+00:00")
    row |= {"event_at": "2026-03-29 06:00"}
    with connect(base[0], read_only=True) as built:
        before = rows_of(built, "int_stock__move")
    with pytest.raises(FullBuildNeeded, match=what):
        incremented(base, tmp_path / "refused", [[REFUSED[what](row)]])
    with connect(tmp_path / "refused" / "warehouse.duckdb", read_only=True) as after:
        assert rows_of(after, "int_stock__move") == before


def test_a_place_whose_last_movement_is_taken_back_is_refused(base: Built, tmp_path: Path) -> None:
    delivered = {"_delivered_at": "2026-03-29T00:00:00+00:00", "source_updated_at": None}
    told = [
        {**row, "is_deleted": "true", **delivered}
        for row in base[2]
        if row["location_code"] == "Q" and row["source_updated_at"] is None
    ]
    told += [
        {**row, "location_code": "P", **delivered, "source_updated_at": "2026-03-21 12:00"}
        for row in base[2]
        if row["location_code"] == "Q" and row["source_updated_at"] is not None
    ]
    with pytest.raises(FullBuildNeeded, match="the last movement of this place was taken back: Q"):
        incremented(base, tmp_path / "refused", [told])
    # one that stays is enough
    incremented(base, tmp_path / "taken in", [told[1:]]).close()
