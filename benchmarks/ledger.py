"""The stock ledger from movements: moves, positions, positions by day; and 10,000 new events on top.

The batch is 9,300 events of the last day, 500 of any day and 200 corrected ones, of which 20 are halves
of transfers and 20 are withdrawn. What it leaves is compared with a full build over all files.

The unit U is DuckDB's own scan, sort and write to zstd Parquet of the same rows, on the same machine
in the same run. Every measured part has a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.measure import apart, line, measured

TABLES = ("+int_stock__move", "+int_stock__position", "+int_stock__position_day")
NEW_EVENTS = 10_000
MEMORY = "4GB"
# A database file is named as its catalog is called in every statement, so two of them need folders.
BUILT, REBUILT = "built", "rebuilt"
CUT = datetime(2026, 1, 1, tzinfo=UTC)
BATCH = """
    copy (
        select * exclude (turn) replace (
            case when turn > 200 then concat('NEW', turn) else movement_id end as movement_id,
            case when turn > 200 then qty else qty * 2 end as qty,
            turn between 181 and 200 as is_deleted,
            case
                when turn > 700 then event_at + to_days(cast(date_diff(
                    'day', event_at, timestamptz '2025-12-31 00:00:00+00') as integer))
                else event_at
            end as event_at,
            'batch' as _batch_id, timestamptz '2026-01-01 00:00:00+00' as _delivered_at,
            'batch.parquet' as _source_file, turn as _row_number
        )
        from (
            select *, row_number() over (
                partition by movement_type like 'transfer%' order by hash(movement_id)
            ) + case when movement_type like 'transfer%' then 0 else 20 end as turn
            from read_parquet('{lake}/wms_stock_movement*.parquet')
            where movement_type in ('receipt', 'ship', 'scrap', 'transfer_out', 'transfer_in')
        )
        where turn <= case when movement_type like 'transfer%' then 20 else {events} end
    ) to '{batch}' (format parquet, compression zstd)
"""
# What the build keeps of the ledger as tables; moves are a view of these.
KEPT = (
    "int_stock__movement",
    "int_stock__linked_movement",
    "int_stock__owned_movement",
    "int_stock__position",
    "int_stock__position_day",
)
# Compared slice by slice, because a set of millions of wide rows does not fit into memory.
SLICES = 16
DIFFERING = """
    with ours as (from built.main.{table} where hash({key}) % {slices} = {slice}),
    rebuilt as (from rebuilt.main.{table} where hash({key}) % {slices} = {slice})
    select
        (select count(*) from ours),
        (select count(*) from (from ours except all from rebuilt))
        + (select count(*) from (from rebuilt except all from ours))
"""


def run(*, rows: int | None, data: Path) -> list[dict[str, Any]]:
    """Full build against U, then the batch: 9,300 events of the last day, 500 of any, 200 corrected."""
    asked = rows or 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        told = int(apart(_generate, home, asked)["rows"])
        unit = apart(_unit, home)
        built = apart(_build, home, BUILT)
        written = apart(_write_moves, home)
        batch = apart(_take_in, home)
        apart(_build, home, REBUILT)
        compared = apart(_compare, home)
    return [
        line("moves and positions, full build", built["seconds"], "s", rows=told,
             peer=unit["seconds"], peer_name="U", target=3.0),
        line("the same in CPU seconds", built["cpu"], "s", rows=told,
             peer=unit["cpu"], peer_name="U"),
        line("the same, peak memory", built["peak"], "GB", rows=told, target=6.0),
        line("moves written out as Parquet, CPU", written["cpu"], "s", rows=int(written["moves"]),
             peer=unit["cpu"], peer_name="U"),
        line("10,000 new events taken in", batch["seconds"], "s", rows=told, target=5.0),
        line("the same in CPU seconds", batch["cpu"], "s", rows=told),
        line("rows booked again", batch["booked"], "rows", rows=told),
        line("rows of the kept tables that differ from a full rebuild, both ways",
             compared["differing"], "rows", rows=int(compared["rows"]), target=0),
    ]  # fmt: skip


def _generate(home: Path, rows: int) -> dict[str, float]:
    """The bulk company's movements and masters, as ingestion lays them into the lake."""
    from models.contracts import CONTRACTS
    from pipelines.sample.bulk import BULK_SIZES, generate_bulk
    from pipelines.warehouse.database import connect

    size = replace(
        BULK_SIZES["large"],
        order_lines=int(rows * 0.955),
        items=max(200, rows // 500),
        feeds="movements",
    )
    made = generate_bulk(parameters=size, seed=42, out=home)
    (home / "lake").mkdir()
    with connect(Path(":memory:")) as connection:
        for file in sorted(made.landing.glob("*.parquet")):
            table, system, company, stamp = file.stem.split("__")
            contract = CONTRACTS[table]
            told = {row[0] for row in connection.sql(f"describe select * from '{file}'").fetchall()}
            given = {"source_system": f"'{system}'", "company_id": f"'{company}'"}
            columns = ", ".join(
                f"cast({f.name if f.name in told else given.get(f.name, 'null')} as {f.sql_type})"
                f' as "{f.name}"'
                for f in contract.fields()
            )
            delivered = datetime.strptime(stamp, "%Y%m%dT%H%M%S").isoformat()
            connection.sql(
                f"copy (select {columns}, '{stamp}' as _batch_id,"
                f" timestamptz '{delivered}Z' as _delivered_at, cast(1 as bigint) as _batch_seq,"
                f" '{file.name}' as _source_file, file_row_number + 1 as _row_number,"
                " cast(hash(file_row_number) as varchar) as _row_hash"
                f" from read_parquet('{file}', file_row_number = true))"
                f" to '{home}/lake/{file.name}' (format parquet, compression zstd)"
            )
        connection.sql(
            BATCH.format(lake=home / "lake", batch=home / "batch.parquet", events=NEW_EVENTS)
        )
    return {"rows": made.rows_by_table["wms_stock_movement"]}


def _unit(home: Path) -> dict[str, float]:
    """U: scan, sort and write of the movement rows."""
    from pipelines.warehouse.database import connect

    with connect(Path(":memory:"), settings={"memory_limit": MEMORY, "threads": "2"}) as connection:
        connection.sql(f"set temp_directory = '{home}/spill'")
        return measured(
            lambda: connection.sql(
                f"copy (select * from read_parquet('{home}/lake/wms_stock_movement*.parquet')"
                " order by company_id, item_code, location_code, event_at, movement_id)"
                f" to '{home}/unit.parquet' (format parquet, compression zstd)"
            )
        )


def _lake(home: Path) -> dict[str, list[Path]]:
    files: dict[str, list[Path]] = {}
    for file in sorted((home / "lake").glob("*.parquet")):
        files.setdefault(file.name.split("__")[0], []).append(file)
    return {table: found for table, found in files.items() if not table.startswith("control")}


def _build(home: Path, folder: str) -> dict[str, float]:
    """Every table up to moves and positions, in quantities, by dbt; the manifest parsed before."""
    import pickle

    import polars as pl

    from models.contracts import INGEST
    from pipelines.warehouse.database import RunParameters, prepare_database
    from pipelines.warehouse.dbt_build import DbtBuild
    from pipelines.warehouse.increment import statements
    from pipelines.warehouse.project import manifest_object

    ours = ("run_parameter", "outdated_row", "row_version")
    frames = {
        name: pl.DataFrame(schema=contract.polars_types())
        for name, contract in INGEST.items()
        if name not in ours
    }
    database, files = home / folder / "warehouse.duckdb", _lake(home)
    if folder == REBUILT:
        files["wms_stock_movement"].append(home / "batch.parquet")
    prepare_database(
        database,
        raw_files=files,
        ingest_frames=frames,
        run=RunParameters(as_of_at=CUT, watermark_at=CUT, policy_version="benchmark"),
    )
    manifest_object()
    build = DbtBuild(database, threads=2, memory_limit=MEMORY)
    made: list[Any] = []
    figures = measured(
        lambda: made.extend(
            build.build("--exclude-resource-type", "unit_test", "test", "--select", *TABLES)
        )
    )
    assert [node.words for node in made if node.failed] == [], "the build is whole"
    if folder == BUILT:
        (home / "statements.pickle").write_bytes(pickle.dumps(statements(made)))
    return figures


def _write_moves(home: Path) -> dict[str, float]:
    """Moves are a view of the ledger; what it takes to write them all, as publishing does."""
    from pipelines.warehouse.database import connect

    settings = {"memory_limit": MEMORY, "threads": "2", "preserve_insertion_order": "false"}
    with connect(home / BUILT / "warehouse.duckdb", settings=settings) as connection:
        connection.sql(f"set temp_directory = '{home}/spill'")
        figures = measured(
            lambda: connection.sql(
                f"copy int_stock__move to '{home}/moves.parquet' (format parquet, compression zstd)"
            )
        )
        told = connection.sql(f"select count(*) from '{home}/moves.parquet'").fetchone()
        return figures | {"moves": told[0]}


def _take_in(home: Path) -> dict[str, float]:
    """The batch, by the statements of the build, until it is on the disk."""
    import pickle

    from pipelines.warehouse.database import connect
    from pipelines.warehouse.increment import take_in

    nodes = pickle.loads((home / "statements.pickle").read_bytes())
    batch = home / "batch.parquet"
    files = [*_lake(home)["wms_stock_movement"], batch]
    settings = {"memory_limit": MEMORY, "threads": "2", "preserve_insertion_order": "false"}
    connection = connect(home / BUILT / "warehouse.duckdb", settings=settings)
    done: list[Any] = []

    def taken_in() -> None:
        done.append(take_in(connection, nodes, files=files, fresh=[batch]))
        connection.close()

    figures = measured(taken_in)
    return figures | {"booked": done[0].rows_read}


def _compare(home: Path) -> dict[str, float]:
    """Rows of the kept tables, and how many of them only one of the two ways gave."""
    from pipelines.warehouse.database import connect

    rows, differing = 0, 0
    with connect(Path(":memory:"), settings={"memory_limit": MEMORY, "threads": "2"}) as connection:
        connection.sql(f"set temp_directory = '{home}/spill'")
        for name in (BUILT, REBUILT):
            connection.sql(f"attach '{home}/{name}/warehouse.duckdb' as {name} (read_only)")
        for table in KEPT:
            key = "item_id" if "position" in table else "source_movement_id"
            for number in range(SLICES):
                found = connection.sql(
                    DIFFERING.format(table=table, key=key, slices=SLICES, slice=number)
                ).fetchone()
                rows, differing = rows + found[0], differing + found[1]
    return {"rows": rows, "differing": differing}
