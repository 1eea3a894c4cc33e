"""The one order that counts, whatever the order in which events came in (C2).

(day, priority, time, movement, event). What follows from something of the same day comes right
behind it: a transfer in behind its out leg, a kit behind its components, a return behind its
issue, and a late cost that restates behind its receipt, on the day of the receipt.
"""

from __future__ import annotations

import polars as pl

from pipelines.engines.costing.layout import KIND_CODES

K = KIND_CODES
PRIORITY = {
    "standard_change": 0,
    "carried_in": 0,
    "opening": 1,
    "receipt": 2,
    "receipt_more": 2,
    "arrival": 2,
    "receipt_reversal": 2,
    "work_receipt": 2,
    "return_in": 3,
    "landed_cost": 4,
    "invoice_variance": 4,
    "price_correction": 4,
    "count_in": 5,
    "transfer_in": 6,
    "transfer_out": 7,
    "issue": 8,
    "work_issue": 9,
    "return_out": 10,
    "scrap": 11,
    "count_out": 12,
    "revaluation": 13,
    "nrv": 13,
}
BY_CODE = {K[kind]: priority for kind, priority in PRIORITY.items()}
FIRST_OF_DAY = [K["standard_change"], K["carried_in"]]
FOLLOWERS = [K["transfer_in"], K["work_receipt"], K["return_in"]]
LED_BY = [K["transfer_out"], K["issue"], K["work_issue"]]
LATE = [K["landed_cost"], K["invoice_variance"]]

OWN = ["day", "priority", "at", "name", "event_id"]
LEAD = [f"lead_{name}" for name in OWN]
ORDER = ["group", "span", "stage", *LEAD, "is_follower", "item_id", *OWN]


def keyed(told: pl.DataFrame) -> pl.DataFrame:
    """Adds the key of each event, and that of the one it stands behind."""
    is_first = pl.col("kind").is_in(FIRST_OF_DAY)
    priority = pl.col("kind").replace_strict(BY_CODE, return_dtype=pl.Int8)
    own = told.with_columns(
        day=pl.col("posting_date"),
        priority=pl.when(pl.col("is_by_time") & ~is_first).then(pl.lit(1, pl.Int8))
        .otherwise(priority),
        at=pl.col("event_at"),
        name=pl.col("movement_id"),
    )  # fmt: skip
    leading = _behind_receipts(own).with_columns(
        *(pl.col(name).alias(lead) for name, lead in zip(OWN, LEAD, strict=True)),
        is_follower=pl.lit(False),
    )
    if not leading["kind"].is_in(FOLLOWERS).any():
        return leading
    return _behind_sources(leading)


def _behind_receipts(told: pl.DataFrame) -> pl.DataFrame:
    """A late cost that restates stands with its receipt, as if it had been known then."""
    restates = pl.col("kind").is_in(LATE) & pl.col("is_late_restated")
    if told.filter(restates).is_empty():
        return told
    key = ["company_id", "unit", "linked_event_id"]
    receipts = told.filter(~pl.col("kind").is_in(LATE)).select(
        "company_id", "unit", pl.col("event_id").alias("linked_event_id"),
        *(pl.col(name).alias(f"receipt_{name}") for name in OWN[:4]),
    ).unique(key)  # fmt: skip
    moved = told.join(receipts, on=key, how="left")
    has = restates & pl.col("receipt_day").is_not_null()
    behind = {"name": pl.col("receipt_name") + "\x00" + pl.col("name")}
    return moved.with_columns(
        pl.when(has).then(behind.get(name, pl.col(f"receipt_{name}"))).otherwise(name).alias(name)
        for name in OWN[:4]
    ).drop([f"receipt_{name}" for name in OWN[:4]])


def _behind_sources(told: pl.DataFrame) -> pl.DataFrame:
    is_job = pl.col("kind").is_in([K["work_issue"], K["work_receipt"]])
    source = ["company_id", "unit", "day", "follows"]
    leaders = (
        told.filter(pl.col("kind").is_in(LED_BY))
        .with_columns(follows=pl.when(is_job).then("job_id").otherwise("event_id"))
        .filter(pl.col("follows") != "")
        .sort(OWN)
        .unique(source, keep="last", maintain_order=True)
        .select(*source, *(pl.col(name).alias(f"of_{name}") for name in LEAD))
    )
    followed = pl.when(is_job).then("job_id").otherwise("linked_event_id")
    linked = told.with_columns(
        follows=pl.when(pl.col("kind").is_in(FOLLOWERS)).then(followed).otherwise(pl.lit(""))
    ).join(leaders, on=source, how="left")
    is_early = ~pl.col("is_by_time") | (pl.col("at") < pl.col("of_lead_at"))
    behind = pl.col("of_lead_day").is_not_null() & is_early
    return linked.with_columns(
        *(pl.when(behind).then(f"of_{name}").otherwise(name).alias(name) for name in LEAD),
        is_follower=behind,
    ).drop("follows", *(f"of_{name}" for name in LEAD))
