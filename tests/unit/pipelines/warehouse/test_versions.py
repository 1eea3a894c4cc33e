"""Which rows hold: the latest version of each key, without the keys a tombstone took away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from models.contracts import CONTRACTS
from pipelines.warehouse.database import RunParameters, connect, prepare_database

DAY = datetime(2026, 1, 1, tzinfo=UTC)
RUN = RunParameters(as_of_at=DAY, watermark_at=DAY, policy_version="test")
TABLE = CONTRACTS["wms_shipment_line"]

version = st.fixed_dictionaries(
    {
        "shipment_line": st.sampled_from(["1", "2", "3"]),
        "updated": st.one_of(st.none(), st.integers(0, 3)),
        "delivered": st.integers(0, 3),
        "is_deleted": st.sampled_from([None, False, True]),
    }
)


def delivered_rows(versions: list[dict[str, object]]) -> pl.DataFrame:
    """Lake rows of shipment S1, one per version, each from a row of its own."""
    return pl.DataFrame(
        [
            {
                "shipment_id": "S1",
                "shipment_line": v["shipment_line"],
                "item_code": "A",
                "uom": "EA",
                "source_system": "wms",
                "company_id": "C",
                "source_updated_at": None
                if v["updated"] is None
                else DAY + timedelta(days=int(str(v["updated"]))),
                "is_deleted": v["is_deleted"],
                "_batch_id": f"b{v['delivered']}",
                "_delivered_at": DAY + timedelta(days=int(str(v["delivered"]))),
                "_batch_seq": int(str(v["delivered"])),
                "_source_file": "file.csv",
                "_row_number": number,
                "_row_hash": f"h{number}",
            }
            for number, v in enumerate(versions, start=2)
        ],
        schema_overrides={"source_updated_at": pl.Datetime("us", "UTC"), "is_deleted": pl.Boolean},
    )


def holding(folder: Path, frame: pl.DataFrame) -> list[str]:
    """Hashes of the rows that hold, as the build database says."""
    file = folder / "rows.parquet"
    types = TABLE.polars_types()
    missing = [pl.lit(None, dtype=types[name]).alias(name) for name in types if name not in frame]
    frame.with_columns(missing).write_parquet(file)
    database = folder / "build.duckdb"
    prepare_database(database, raw_files={"wms_shipment_line": [file]}, ingest_frames={}, run=RUN)
    with connect(database) as connection:
        rows = connection.sql(
            "select _row_hash from raw.wms_shipment_line where _row_hash not in"
            " (select _row_hash from ingest.outdated_row) order by 1"
        ).fetchall()
    return [row[0] for row in rows]


def latest(frame: pl.DataFrame) -> list[str]:
    """The same by hand: sort each key's versions, keep the last, drop it if it is a tombstone."""
    rows = frame.sort(
        pl.col("source_updated_at").is_not_null(),
        "source_updated_at",
        "_delivered_at",
        "_batch_seq",
        "_row_number",
    )
    last = rows.group_by("shipment_line", maintain_order=True).last()
    kept = last.filter(~pl.col("is_deleted").fill_null(False))
    return sorted(kept.get_column("_row_hash").to_list())


@settings(max_examples=15, deadline=None)
@given(st.lists(version, min_size=1, max_size=8))
def test_the_latest_version_of_each_key_holds_and_tombstones_take_it_away(
    tmp_path_factory: object, versions: list[dict[str, object]]
) -> None:
    folder = tmp_path_factory.mktemp("versions")  # type: ignore[attr-defined]
    frame = delivered_rows(versions)
    assert holding(folder, frame) == latest(frame)


def test_a_table_that_nobody_delivered_is_there_and_empty(tmp_path: Path) -> None:
    database = tmp_path / "build.duckdb"
    prepare_database(database, raw_files={}, ingest_frames={}, run=RUN)
    with duckdb.connect(str(database), read_only=True) as connection:
        for table, contract in CONTRACTS.items():
            answer = connection.sql(f"select * from raw.{table}")
            assert answer.columns[: len(contract.fields())] == [f.name for f in contract.fields()]
            assert answer.fetchall() == []
