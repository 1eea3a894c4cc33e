"""Cost of every movement: three perpetual methods, against sorting alone and against three peers.

U is DuckDB's scan, sort and compressed write of the same rows in the same run. Ours is the same
scan and sort, the kernel, and the write of every row's cost. Movements: a thousand rows per item, a
third of them receipts, days of three years.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.engines.costing.streaming import Ledger, costs_of

METHODS = ("fifo", "lifo", "moving_average")
BATCH, PEER_ROWS, BEANCOUNT_ROWS = 1_000_000, 1_000_000, 20_000
TARGET_U = {10_000_000: 2.0, 100_000_000: 1.25}
IN_ORDER = "order by item, posting_date, case kind when 1 then 1 else 8 end, event_at, movement_id"
MOVEMENTS = """
    select
        place as movement_id,
        (hash(place * 7) % {items})::bigint as item,
        date '2022-01-01' + (hash(place * 13) % 1000)::int as posting_date,
        case when hash(place * 31) % 100 < 35 then 1 else 11 end::tinyint as kind,
        timestamp '2022-01-01' + to_seconds((hash(place * 17) % 86400000)::bigint) as event_at,
        ((1 + hash(place * 3) % 100) * 1000000
            * case when hash(place * 31) % 100 < 35 then 3 else 1 end)::bigint as qty,
        (100 + hash(place * 5) % 100000)::bigint as amount
    from range({rows}) as places (place)
"""
BOOKS = Path(__file__).parent.parent / "tests" / "properties" / "beancount_books.py"


def run(*, rows: int | None, data: Path) -> list[dict[str, Any]]:
    """Ten million movements unless told otherwise; peers on what they can do in minutes."""
    count = rows or 10_000_000
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        place = Path(folder)
        _warm()
        connection = _connection(place)
        source = place / "movements.parquet"
        made = MOVEMENTS.format(rows=count, items=max(100, count // 1000))
        connection.sql(f"copy ({made}) to '{source}' (format parquet, compression zstd)")
        unit = _seconds(lambda: _sorted(connection, source, place / "sorted.parquet"))
        results = [_line("scan, sort and write: U", count, unit, "s")]
        for method in METHODS:
            spent = _seconds(lambda chosen=method: _rebuilt(connection, source, place, chosen))
            target = TARGET_U.get(count)
            results.append(_line(f"{method}: full rebuild", count, spent, "s"))
            results.append(
                _line(f"{method}: in U", count, spent / unit, "U", target=target, at_most=True)
            )
        results += _kernel(connection, source)
        results += _peers(connection, source)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    results.append(_line("peak memory", count, peak, "GB", target=6, at_most=True))
    return results


def _connection(folder: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.sql("set memory_limit = '3GB'")
    connection.sql(f"set temp_directory = '{folder / 'spill'}'")
    connection.sql("set preserve_insertion_order = false")
    return connection


def _warm() -> None:
    one = np.ones(2, dtype=np.int64)
    Ledger("fifo").post(one, np.array([1, 11], dtype=np.int8), one, one)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _sorted(connection: duckdb.DuckDBPyConnection, source: Path, target: Path) -> None:
    connection.sql(
        f"copy (from '{source}' {IN_ORDER}) to '{target}' (format parquet, compression zstd)"
    )


def _batches(connection: duckdb.DuckDBPyConnection, source: Path) -> Iterator[pa.RecordBatch]:
    asked = f"select movement_id as name, item, kind, qty, amount from '{source}' {IN_ORDER}"
    yield from connection.sql(asked).to_arrow_reader(BATCH)


def _rebuilt(
    connection: duckdb.DuckDBPyConnection, source: Path, folder: Path, method: str
) -> None:
    """Writes behind the kernel, in a thread of its own."""
    schema = pa.schema([("name", pa.int64()), ("cost", pa.int64()), ("cogs", pa.int64())])
    target = folder / f"{method}.parquet"
    with (
        pq.ParquetWriter(target, schema, compression="zstd") as writer,
        ThreadPoolExecutor(1) as behind,
    ):
        waiting: Any = None
        for costs in costs_of(_batches(connection, source), method):
            if waiting is not None:
                waiting.result()
            waiting = behind.submit(writer.write_batch, costs)
        if waiting is not None:
            waiting.result()
    target.unlink()


def _columns(connection: duckdb.DuckDBPyConnection, source: Path, rows: int) -> list[np.ndarray]:
    asked = f"select item, kind, qty, amount from '{source}' {IN_ORDER} limit {rows}"
    table = connection.sql(asked).to_arrow_table()
    return [table.column(name).to_numpy() for name in ("item", "kind", "qty", "amount")]


def _kernel(connection: duckdb.DuckDBPyConnection, source: Path) -> list[dict[str, Any]]:
    columns = _columns(connection, source, BATCH)
    results = []
    for method in METHODS:
        Ledger(method).post(*columns)
        start = time.process_time()
        Ledger(method).post(*columns)
        speed = len(columns[0]) / (time.process_time() - start) / 1e6
        results.append(_line(f"{method}: kernel", BATCH, speed, "M rows/s/core", target=30))
    return results


def _peers(connection: duckdb.DuckDBPyConnection, source: Path) -> list[dict[str, Any]]:
    columns = _columns(connection, source, PEER_ROWS)
    ours = _seconds(lambda: Ledger("fifo").post(*columns))
    loop = _seconds(lambda: _ledger_loop(*columns))
    groups = _seconds(lambda: _pandas_groups(*columns))
    results = [
        _against("a ledger loop in Python", PEER_ROWS, ours, loop, 20),
        _against("a pandas group loop", PEER_ROWS, ours, groups, 8),
    ]
    booked = _beancount()
    if booked is not None:
        share = ours * BEANCOUNT_ROWS / PEER_ROWS
        results.append(_against("beancount booking", BEANCOUNT_ROWS, share, booked, 200))
    return results


def _ledger_loop(
    item: np.ndarray, kind: np.ndarray, qty: np.ndarray, amount: np.ndarray
) -> list[int]:
    """First in, first out as one writes it down: a deque of layers, a row at a time."""
    layers: dict[int, deque[list[int]]] = {}
    costs = []
    for of_item, of_kind, pieces, paid in zip(
        item.tolist(), kind.tolist(), qty.tolist(), amount.tolist(), strict=True
    ):
        held = layers.setdefault(of_item, deque())
        costs.append(_one_row(held, of_kind, pieces, paid))
    return costs


def _one_row(held: deque[list[int]], kind: int, pieces: int, paid: int) -> int:
    if kind == 1:
        held.append([pieces, paid])
        return paid
    cost = 0
    while pieces and held:
        left, value = held[0]
        part = min(left, pieces)
        share = value if part == left else (2 * value * part + left) // (2 * left)
        cost, pieces = cost + share, pieces - part
        if part == left:
            held.popleft()
        else:
            held[0] = [left - part, value - share]
    return -cost


def _pandas_groups(
    item: np.ndarray, kind: np.ndarray, qty: np.ndarray, amount: np.ndarray
) -> list[int]:
    import pandas as pd

    frame = pd.DataFrame({"item": item, "kind": kind, "qty": qty, "amount": amount})
    costs: list[int] = []
    for _, group in frame.groupby("item", sort=False):
        held: deque[list[int]] = deque()
        for row in group.itertuples(index=False):
            costs.append(_one_row(held, int(row.kind), int(row.qty), int(row.amount)))
    return costs


def _beancount() -> float | None:
    """Seconds of booking alone; nothing where beancount is not installed."""
    trades = [
        [
            place // 200,
            place % 200,
            3 if place % 2 == 0 else -2,
            100 + place if place % 2 == 0 else None,
        ]
        for place in range(BEANCOUNT_ROWS)
    ]
    told = json.dumps({"method": "FIFO", "trades": trades})
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, str(BOOKS)], check=False, input=told, capture_output=True, text=True
    )
    return time.perf_counter() - start if done.returncode == 0 else None


def _against(name: str, rows: int, ours: float, peer: float, target: float) -> dict[str, Any]:
    ratio = peer / ours
    return {
        "measure": f"against {name}", "rows": rows, "ours": round(ours, 4), "unit": "s",
        "peer": round(peer, 3), "peer_name": name, "ratio": round(ratio, 1), "target": target,
        "met": ratio >= target,
    }  # fmt: skip


def _line(
    measure: str, rows: int, ours: float, unit: str, *, target: float | None = None,
    at_most: bool = False,
) -> dict[str, Any]:  # fmt: skip
    met = None if target is None else (ours <= target if at_most else ours >= target)
    return {
        "measure": measure, "rows": rows, "ours": round(ours, 3), "unit": unit, "peer": None,
        "peer_name": None, "ratio": None, "target": target, "met": met,
    }  # fmt: skip
