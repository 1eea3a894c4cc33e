"""New events on a long history: forward from a checkpoint, and backdated into the open month.

The history is valued once; what it held at the start of the open month and at its end lies in the
database, one row per open layer. Ten thousand events come in, of as many items as there are.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from pipelines.engines.costing.checkpoint import Checkpoint
from pipelines.engines.costing.streaming import Ledger, costs_of

NEW, BATCH = 10_000, 1_000_000
OPEN_FROM = "date '2022-01-01' + 970"
COLUMNS = "movement_id as name, item, kind, qty, amount"
EVENTS = """
    create or replace table new_events as
    select
        1000000000 + place as movement_id,
        (hash(place * 101) % {items})::bigint as item,
        {day} as posting_date,
        case when place % 3 = 0 then 1 else 11 end::tinyint as kind,
        timestamp '2022-01-01' + to_seconds(place::bigint) as event_at,
        ((1 + hash(place * 3) % 100) * 1000000)::bigint as qty,
        (100 + hash(place * 5) % 100000)::bigint as amount
    from range({count}) as places (place)
"""


def measured(
    connection: duckdb.DuckDBPyConnection, source: Path, in_order: str, rows: int
) -> list[dict[str, Any]]:
    """Seconds of both kinds of increment on a history of so many rows."""
    items = max(100, rows // 1000)
    _keep(connection, "at_the_end", _checkpoint(connection, f"from '{source}' {in_order}"))
    before = f"from '{source}' where posting_date < {OPEN_FROM} {in_order}"
    _keep(connection, "at_the_start", _checkpoint(connection, before))
    connection.sql(
        f"create or replace table open_month as from '{source}' where posting_date >= {OPEN_FROM}"
    )
    made = EVENTS.format(items=items, count=NEW, day="date '2022-01-01' + 1000")
    connection.sql(made)
    forward = _timed(lambda: _posted(connection, "at_the_end", "from new_events", in_order))
    made = EVENTS.format(items=items, count=NEW, day=f"{OPEN_FROM} + (place % 30)::int")
    connection.sql(made)
    again = "from (from open_month semi join new_events using (item) union all from new_events)"
    backdated = _timed(lambda: _posted(connection, "at_the_start", again, in_order))
    return [
        _line("10,000 forward events", rows, forward, 0.5),
        _line("10,000 events backdated into the open month", rows, backdated, 10),
    ]


def _checkpoint(connection: duckdb.DuckDBPyConnection, rows: str) -> Checkpoint:
    ledger = Ledger("fifo", makes_checkpoint=True)
    reader = connection.sql(f"select item, kind, qty, amount {rows}").to_arrow_reader(BATCH)
    for batch in reader:
        if batch.num_rows:
            ledger.post(*(batch.column(name).to_numpy() for name in range(4)))
    return ledger.checkpoint()


def _keep(connection: duckdb.DuckDBPyConnection, name: str, checkpoint: Checkpoint) -> None:
    held = checkpoint.to_arrow().append_column(
        "place", pa.array(np.arange(len(checkpoint.item), dtype=np.int64))
    )
    connection.register("held", held)
    connection.sql(f"create or replace table {name} as from held")
    connection.unregister("held")


def _posted(
    connection: duckdb.DuckDBPyConnection, checkpoint: str, rows: str, in_order: str
) -> None:
    """Reads what the items of new events held, values them, and writes what their rows cost."""
    held = connection.sql(
        f"select item, sort, qty, value from {checkpoint} semi join new_events using (item)"
        " order by place"
    ).to_arrow_table()
    read = connection.sql(f"select {COLUMNS} {rows} {in_order}").to_arrow_table()
    ledger = Ledger("fifo", Checkpoint.of_arrow(held))
    costs = pa.Table.from_batches(costs_of(read.combine_chunks().to_batches(), "fifo", ledger))
    connection.register("costs", costs)
    connection.sql("create or replace table cost_of_row as from costs")
    connection.unregister("costs")


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    work()  # the first time reads the code
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def _line(measure: str, rows: int, spent: tuple[float, float], target: float) -> dict[str, Any]:
    wall, cpu = spent
    return {
        "measure": f"{measure}, CPU", "rows": rows, "ours": round(cpu, 3), "unit": "s",
        "wall": round(wall, 3), "peer": None, "peer_name": None, "ratio": None, "target": target,
        "met": cpu <= target,
    }  # fmt: skip
