"""From ordered rows to the kernel's whole numbers, through the kernel, and its rows back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from pipelines.engines.costing import layout as at
from pipelines.engines.costing.kernel import kernel, lent_columns

K = at.KIND_CODES
QTY_SCALE = 1_000_000
LATE = [K["landed_cost"], K["invoice_variance"], K["price_correction"], K["arrival"]]
ALWAYS_KEPT = [K["plan"], K["work_issue"]]
PLAIN = (at.FIFO, at.LIFO, at.MOVING_AVERAGE)
ROOM = 4096


@dataclass(frozen=True, slots=True)
class Batch:
    """Ordered rows, the state of their pools, and where each slot and pool stands."""

    stream: pl.DataFrame
    pools: pl.DataFrame
    books: at.Books
    events: at.Events


@dataclass(frozen=True, slots=True)
class Posted:
    """`rows` is aligned with the stream, `books` is the state after the last event."""

    stream: pl.DataFrame
    pools: pl.DataFrame
    books: at.Books
    rows: at.Rows


def post_batch(batch: Batch) -> Posted:
    """Runs the kernel; where a table is full it gets more room and the kernel goes on."""
    count = batch.stream.height
    rows = at.Rows(
        cost=np.zeros(count, dtype=np.int64),
        cogs=np.zeros(count, dtype=np.int64),
        pool=np.zeros(count, dtype=np.int32),
        layer=np.full(count, at.NONE, dtype=np.int32),
        is_written=np.zeros(count, dtype=np.bool_),
    )
    books, events, run, done = batch.books, lent_columns(batch.events), kernel(), 0
    while (done := run(books, events, rows, done)) < count:
        books = books._replace(
            layers=longer(books.layers), draws=longer(books.draws), extras=longer(books.extras)
        )
    return Posted(batch.stream, batch.pools, books, rows)


def longer(table: at.Table) -> at.Table:
    longer = np.empty((2 * len(table) + ROOM, table.shape[1]), dtype=np.int64)
    longer[: len(table)] = table
    return longer


def prepared(stream: pl.DataFrame) -> Batch:
    """Numbers pools, items, slots and jobs of ordered rows, each from nothing."""
    stream = stream.with_row_index("row")
    pools = _pools(stream)
    stream = stream.join(pools.select("pool_key", "pool"), on="pool_key", maintain_order="left")
    stream, slots = _with_slots(stream)
    stream, jobs, works = _with_jobs(stream, pools)
    return Batch(stream, pools, _books(stream, pools, slots, jobs, works), _events(stream))


def _pools(stream: pl.DataFrame) -> pl.DataFrame:
    """One row per pool, in order of items; a shadow behind them where late costs ask for it."""
    is_late = pl.col("kind").is_in(LATE)
    asked = pl.col("item").is_in(stream.filter(is_late)["item"].unique().implode())
    pools = (
        stream.select(
            "pool_key", "unit", "company_id", "item_id", "item", "scope", "method", "pool_kind",
            "negative", "is_late_expensed", "is_newest", "is_separate", "decimals", "policy_id",
        )
        .unique("pool_key", keep="first", maintain_order=True)
        .sort("item", "scope")
    )  # fmt: skip
    is_average = pl.col("method").is_in([at.MOVING_AVERAGE, at.PERIODIC_AVERAGE]) | (
        (pl.col("method") == at.SPECIFIC) & (pl.col("scope") == "")
    )
    pools = pools.with_row_index("pool").with_columns(is_average=is_average)
    return pools.with_columns(has_shadow=is_average & asked)


def _with_slots(stream: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """A slot for every event that another one refers to, or that waits for its final cost."""
    key = ["unit", "company_id", "event_id"]
    linked = stream.filter(pl.col("linked_event_id") != "").select(
        "unit", "company_id", event_id="linked_event_id"
    )
    waits = (pl.col("method") == at.PERIODIC_AVERAGE) & (pl.col("kind") != K["close_average"])
    waits = waits | ((pl.col("method") == at.LIFO_PERIODIC) & pl.col("kind").is_in(ALWAYS_KEPT))
    own = stream.filter(waits, pl.col("event_id") != "").select(key)
    named = pl.concat([linked, own]).unique(maintain_order=True).with_row_index("slot")
    named = named.with_columns(pl.col("slot").cast(pl.Int32))
    if named.is_empty():
        nothing = pl.lit(at.NONE, pl.Int32)
        return stream.with_columns(own=nothing, ref=nothing), 1
    refs = named.rename({"event_id": "linked_event_id", "slot": "ref"})
    found = stream.join(
        named.rename({"slot": "own"}), on=key, how="left", maintain_order="left"
    ).join(refs, on=["unit", "company_id", "linked_event_id"], how="left", maintain_order="left")
    return found.with_columns(pl.col("own", "ref").fill_null(at.NONE)), named.height


def _with_jobs(
    stream: pl.DataFrame, pools: pl.DataFrame
) -> tuple[pl.DataFrame, at.Table, at.Table]:
    key = ["unit", "company_id", "job_id"]
    named = stream.filter(pl.col("job_id") != "").select(key).unique(maintain_order=True)
    if named.is_empty():
        nothing = stream.with_columns(job=pl.lit(at.NONE, pl.Int32))
        return nothing, np.zeros((1, at.JOB_COLUMNS), np.int64), _table(1, at.WORK_COLUMNS)
    named = named.with_row_index("job").with_columns(pl.col("job").cast(pl.Int32))
    found = stream.join(named, on=key, how="left", maintain_order="left").with_columns(
        pl.col("job").fill_null(at.NONE)
    )
    receipts = found.filter(pl.col("kind") == K["work_receipt"]).sort("job", "row")
    works = _table(receipts.height + 1, at.WORK_COLUMNS)
    held = works[: receipts.height]
    held[:, at.W_EVENT] = receipts["row"].to_numpy()
    items = pools.select("item", number=pl.col("item").rank("dense").cast(pl.Int64) - 1).unique()
    numbers = receipts.join(items, on="item", maintain_order="left")["number"]
    held[:, at.W_ITEM] = numbers.to_numpy()
    held[:, at.W_QTY] = _scaled(receipts["qty_base"])
    held[:, at.W_KNOWN] = _scaled(receipts["known_unit_cost"])
    jobs = _table(named.height, at.JOB_COLUMNS)
    counts = np.bincount(receipts["job"].to_numpy(), minlength=named.height)
    jobs[:, at.J_END] = np.cumsum(counts)
    jobs[:, at.J_FIRST] = jobs[:, at.J_END] - counts
    return found, jobs, works


def _table(rows: int, columns: int) -> at.Table:
    return np.zeros((rows, columns), dtype=np.int64)


def _scaled(column: pl.Series) -> at.Table:
    """The whole number behind a decimal; what nobody gave is UNKNOWN."""
    return column.to_physical().cast(pl.Int64).fill_null(at.UNKNOWN).to_numpy()


def in_cents(amount: pl.Expr, decimals: pl.Expr) -> pl.Expr:
    """Four decimals to the smallest unit of the currency, halves away from zero."""
    size = pl.lit(10, pl.Int64).pow((4 - decimals).cast(pl.UInt32))
    whole = amount.to_physical().cast(pl.Int64)
    return whole.sign() * ((2 * whole.abs() + size) // (2 * size))


def _events(stream: pl.DataFrame) -> at.Events:
    amount = pl.when(pl.col("kind") == K["final"]).then("original_kind").otherwise(
        in_cents(pl.col("amount"), pl.col("decimals"))
    )  # fmt: skip
    return at.Events(
        kind=stream["kind"].to_numpy(),
        event=stream["row"].cast(pl.Int32).to_numpy(),
        pool=stream["pool"].cast(pl.Int32).to_numpy(),
        qty=_scaled(stream["qty_base"]),
        amount=stream.select(amount.fill_null(at.UNKNOWN))["original_kind"].to_numpy(),
        known=_scaled(stream["known_unit_cost"]),
        standard=_scaled(stream["standard_cost"]),
        own=stream["own"].to_numpy(),
        ref=stream["ref"].to_numpy(),
        job=stream["job"].to_numpy(),
        is_coming=stream["is_on_the_way"].to_numpy(),
    )


def _books(
    stream: pl.DataFrame, pools: pl.DataFrame, slots: int, jobs: at.Table, works: at.Table
) -> at.Books:
    count, shadows = pools.height, int(pools["has_shadow"].sum())
    kept = _table(count + shadows, at.POOL_COLUMNS)
    _describe_pools(kept, pools)
    items = _table(int(pools["item"].n_unique()), at.ITEM_COLUMNS)
    number = kept[:count, at.P_ITEM]
    items[:, at.I_FIRST_POOL] = np.searchsorted(number, np.arange(len(items)), side="left")
    items[:, at.I_END_POOL] = np.searchsorted(number, np.arange(len(items)), side="right")
    items[number, at.I_PRICE_SCALE] = 10 ** (14 - pools["decimals"].to_numpy().astype(np.int64))
    slot = _table(slots, at.SLOT_COLUMNS)
    slot[:, [at.S_POOL, at.S_LAYER, at.S_SHADOW_LAYER, at.S_FIRST, at.S_LAST]] = at.NONE
    slot[:, [at.S_SHADOW_FIRST, at.S_SHADOW_LAST, at.S_REF, at.S_STAMP, at.S_TARGET]] = at.NONE
    size = stream.height * (2 if shadows else 1) + ROOM
    return at.Books(
        pools=kept,
        layers=np.empty((size, at.LAYER_COLUMNS), dtype=np.int64),
        draws=np.empty((size, at.DRAW_COLUMNS), dtype=np.int64),
        slots=slot,
        items=items,
        jobs=jobs,
        works=works,
        extras=np.empty((stream.height + ROOM, at.EXTRA_COLUMNS), dtype=np.int64),
        counters=np.zeros(at.COUNTER_COLUMNS, dtype=np.int64),
        now=np.zeros(at.NOW_COLUMNS, dtype=np.int64),
    )


def _describe_pools(kept: at.Table, pools: pl.DataFrame) -> None:
    count = pools.height
    kept[:, [
        at.P_SHADOW, at.P_WHOLE, at.P_HEAD, at.P_TAIL, at.P_COMING, at.P_COMING_LAST,
        at.P_OWED, at.P_OWED_LAST, at.P_CONSUMED, at.P_STAMP,
    ]] = at.NONE  # fmt: skip
    own = kept[:count]
    own[:, at.P_METHOD] = pools["method"].to_numpy()
    own[:, at.P_ITEM] = np.unique(pools["item"].to_numpy(), return_inverse=True)[1]
    own[:, at.P_NEGATIVE] = pools["negative"].to_numpy()
    own[:, at.P_EXPENSE] = pools["is_late_expensed"].to_numpy()
    own[:, at.P_NEWEST] = pools["is_newest"].to_numpy()
    own[:, at.P_SEPARATE] = pools["is_separate"].to_numpy()
    own[:, at.P_FOLLOW] = (pools["pool_kind"] == "lot").to_numpy()
    own[:, at.P_HAS_LOT] = (pools["scope"] != "").to_numpy()
    own[:, at.P_AVERAGE] = pools["is_average"].to_numpy()
    own[:, at.P_IS_PLAIN] = (
        np.isin(own[:, at.P_METHOD], PLAIN) & (own[:, at.P_SEPARATE] == 0)
        & ~pools["has_shadow"].to_numpy()
    )  # fmt: skip
    shadowed: npt.NDArray[np.int64] = np.flatnonzero(pools["has_shadow"].to_numpy())
    shadows = kept[count:]
    own[shadowed, at.P_SHADOW] = count + np.arange(len(shadowed))
    shadows[:, at.P_METHOD] = at.FIFO
    shadows[:, at.P_ITEM] = own[shadowed, at.P_ITEM]
    shadows[:, at.P_IS_SHADOW] = 1
