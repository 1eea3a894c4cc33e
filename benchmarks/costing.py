"""Cost of every movement: three perpetual methods, against sorting alone and against three peers.

U is DuckDB's scan, sort and compressed write of the same rows in the same run. Ours is the same
scan and sort, the kernel, and the write of every row's cost. Movements: a thousand rows per item, a
third of them receipts, days of three years. Wall seconds, and CPU seconds of both sides beside them,
because they say more on a machine that is shared.
"""

from __future__ import annotations

import json
import math
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

from benchmarks import costing_increment
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
        results, spent = _rebuilds(connection, place, count)
        _, before = _rebuilds(connection, place, count // 10)
        exponent = math.log10(spent / before)
        results.append(
            _line("fifo: exponent of growth, CPU", count, exponent, "", target=1.05, at_most=True)
        )
        source = place / f"{count}.parquet"
        results += _kernel(connection, source)
        results += costing_increment.measured(connection, source, IN_ORDER, count)
        results += _peers(connection, source)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    results.append(_line("peak memory", count, peak, "GB", target=6, at_most=True))
    return results


def _rebuilds(
    connection: duckdb.DuckDBPyConnection, place: Path, count: int
) -> tuple[list[dict[str, Any]], float]:
    """Every method over so many rows in units of U, and the CPU seconds of the first of them."""
    source = place / f"{count}.parquet"
    made = MOVEMENTS.format(rows=count, items=max(100, count // 1000))
    connection.sql(f"copy ({made}) to '{source}' (format parquet, compression zstd)")
    unit, unit_cpu = _seconds(lambda: _sorted(connection, source, place / "sorted.parquet"))
    results = [
        _line("scan, sort and write: U", count, unit, "s"),
        _line("scan, sort and write: U, CPU", count, unit_cpu, "s"),
    ]
    spent = []
    for method in METHODS:
        wall, cpu = _seconds(lambda chosen=method: _rebuilt(connection, source, place, chosen))
        spent.append(cpu)
        target = TARGET_U.get(count)
        results += [
            _line(f"{method}: full rebuild", count, wall, "s"),
            _line(f"{method}: full rebuild, CPU", count, cpu, "s"),
            _line(f"{method}: in U", count, wall / unit, "U", target=target, at_most=True),
            _line(f"{method}: in U, CPU", count, cpu / unit_cpu, "U", target=target, at_most=True),
        ]
    return results, spent[0]


def _connection(folder: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.sql("set memory_limit = '3GB'")
    connection.sql(f"set temp_directory = '{folder / 'spill'}'")
    connection.sql("set preserve_insertion_order = false")
    return connection


def _warm() -> None:
    one = np.ones(2, dtype=np.int64)
    columns = pa.RecordBatch.from_arrays(
        [pa.array(one), pa.array(one), pa.array([1, 11], pa.int8()), pa.array(one), pa.array(one)],
        ["name", "item", "kind", "qty", "amount"],
    )
    list(costs_of([columns], "fifo"))


def _seconds(work: Callable[[], object]) -> tuple[float, float]:
    """Wall and CPU seconds of a piece of work, all threads together."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def _least(work: Callable[[], object], times: int = 5) -> float:
    """CPU seconds of the quickest of some goes: others on the machine only ever make one slower."""
    return min(_seconds(work)[1] for _ in range(times))


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
        ledger = Ledger(method)
        ledger.post(*columns)
        speed = len(columns[0]) / _least(lambda posted=ledger: posted.post(*columns)) / 1e6
        results.append(_line(f"{method}: kernel", BATCH, speed, "M rows/s/core", target=30))
    return results


def _peers(connection: duckdb.DuckDBPyConnection, source: Path) -> list[dict[str, Any]]:
    columns = _columns(connection, source, PEER_ROWS)
    ours = _least(lambda: Ledger("fifo").post(*columns))
    loop = _least(lambda: _ledger_loop(*columns))
    groups = _least(lambda: _pandas_groups(*columns))
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
    """CPU seconds of its process; nothing where beancount is not installed."""
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
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, str(BOOKS)], check=False, input=told, capture_output=True, text=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent if done.returncode == 0 else None


def _against(name: str, rows: int, ours: float, peer: float, target: float) -> dict[str, Any]:
    ratio = peer / ours
    return {
        "measure": f"against {name}, CPU", "rows": rows, "ours": round(ours, 4), "unit": "s",
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
