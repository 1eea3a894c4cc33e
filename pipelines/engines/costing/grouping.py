"""Which events must be told together: items that jobs turn into one another.

A pool needs only its own events, but a kit takes its cost from its components and a transfer from
the pool it leaves; so the unit of work is an item, or all items that share a job.
"""

from __future__ import annotations

import numpy as np
import polars as pl
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from pipelines.engines.costing.layout import KIND_CODES

JOBS = [KIND_CODES["work_issue"], KIND_CODES["work_receipt"]]
UNIT = ["unit", "company_id"]


def grouped(told: pl.DataFrame) -> pl.DataFrame:
    """Adds `group`, `item` and `pool_key`: whole numbers, the same for the same set of events."""
    items = told.select(*UNIT, "item_id").unique().sort(*UNIT, "item_id").with_row_index("item")
    pools = (
        told.select(*UNIT, "item_id", "scope").unique().sort(*UNIT, "item_id", "scope")
        .with_row_index("pool_key")
    )  # fmt: skip
    numbered = told.join(items, on=[*UNIT, "item_id"]).join(pools, on=[*UNIT, "item_id", "scope"])
    jobs = numbered.filter(pl.col("kind").is_in(JOBS), pl.col("job_id") != "")
    if jobs.is_empty():
        return numbered.with_columns(group=pl.col("item").cast(pl.Int32))
    joined = _components(jobs, items.height)
    group = pl.Series("group", joined, dtype=pl.Int32)
    return numbered.with_columns(group=group.gather(numbered["item"]))


def _components(jobs: pl.DataFrame, items: int) -> np.ndarray:
    """A number for each item; items of one job have the same, the smallest item of them all."""
    pairs = jobs.select(*UNIT, "job_id", "item").unique()
    first = pairs.group_by(*UNIT, "job_id").agg(pl.col("item").min().alias("other"))
    edges = pairs.join(first, on=[*UNIT, "job_id"])
    ends = edges["item"].to_numpy(), edges["other"].to_numpy()
    graph = coo_array((np.ones(len(edges), dtype=np.int8), ends), shape=(items, items))
    _, labels = connected_components(graph, directed=False)
    smallest = np.full(labels.max() + 1, items, dtype=np.int64)
    np.minimum.at(smallest, labels, np.arange(items))
    return smallest[labels].astype(np.int32)
