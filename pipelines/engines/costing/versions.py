"""What was known when: the events of a day in the past, and corrections where books go forward.

Under `restate` an event counts on its own day however late it became known, and only its latest
version counts. Under `correct_forward` the books keep what they said: an event that is dated
before others which were known earlier is booked on the day it became known, and a changed version
is a correction on that day (A17, C10): more or fewer pieces of the receipt, a true-up of its price,
a further issue, pieces that come back.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import polars as pl

from pipelines.engines.costing.layout import KIND_CODES

K = KIND_CODES
UNIT_ITEM = ["unit", "company_id", "item_id"]
EVENT = ["unit", "company_id", "event_id"]
COMES_IN = ("opening", "receipt", "work_receipt", "count_in")
GOES_OUT = ("issue", "scrap", "count_out", "return_out", "work_issue")
# what takes back pieces that did not move: a transfer is none of expense, there or back
BACK = dict.fromkeys(GOES_OUT, "return_in") | {
    "transfer_out": "transfer_in", "transfer_in": "transfer_out",
}  # fmt: skip
COST_ONLY = ("arrival", "landed_cost", "invoice_variance", "revaluation", "nrv")
FOURTH = Decimal("0.0001")

Row = dict[str, Any]


def known(told: pl.DataFrame, moment: datetime | None = None) -> pl.DataFrame:
    """Events as one knew them at a moment, or as they are known now."""
    if moment is None:
        there = told.with_columns(left=pl.col("replaced_at"))
    else:
        moment_of = pl.lit(moment, told.schema["known_at"])
        there = told.filter(pl.col("known_at") <= moment_of).with_columns(
            left=pl.when(pl.col("replaced_at") <= moment_of).then("replaced_at")
        )
    has_versions = pl.col("is_corrected_forward") & (pl.col("kind") != K["standard_change"])
    restated = there.filter(~has_versions, pl.col("left").is_null())
    forward = there.filter(has_versions)
    if forward.is_empty():
        return restated.drop("left")
    return pl.concat([restated, _forward(forward)]).drop("left")


def _forward(told: pl.DataFrame) -> pl.DataFrame:
    first = told.sort("version_number").unique(EVENT, keep="first", maintain_order=True)
    shifted = _shifted(first)
    changed = told.filter(
        (pl.len().over(EVENT) > 1) | pl.col("left").is_not_null()
    ).sort(*EVENT, "version_number")  # fmt: skip
    if changed.is_empty():
        return shifted
    rows = [row for group in changed.partition_by(EVENT, maintain_order=True)
            for row in _corrections(group.to_dicts())]  # fmt: skip
    return pl.concat([shifted, pl.DataFrame(rows, schema=told.schema, orient="row")])


def _shifted(first: pl.DataFrame) -> pl.DataFrame:
    """Movements that became known after later ones are booked on the day they became known."""
    moves = first.filter(~pl.col("event_kind").is_in(COST_ONLY))
    latest = (
        moves.group_by(*UNIT_ITEM, "known_at")
        .agg(pl.col("posting_date").max().alias("latest"))
        .sort("known_at")
        .with_columns(pl.col("latest").cum_max().shift(1).over(UNIT_ITEM, order_by="known_at"))
    )
    known_day = pl.col("known_at").dt.date()
    is_late = (
        (pl.col("latest") > pl.col("posting_date"))
        & (known_day > pl.col("posting_date"))
        & ~pl.col("event_kind").is_in(COST_ONLY)
    ).fill_null(False)
    return (
        first.join(latest, on=[*UNIT_ITEM, "known_at"], how="left", maintain_order="left")
        .with_columns(
            posting_date=pl.when(is_late).then(known_day).otherwise("posting_date"),
            is_shifted=is_late,
        )
        .drop("latest")
    )


def _corrections(versions: list[Row]) -> Iterator[Row]:
    for before, after in zip(versions, [*versions[1:], None], strict=True):
        if after is not None:
            yield from _changed(before, after)
        elif before["left"] is not None:  # withdrawn, and nothing in its place
            yield from _changed(before, None)


def _changed(before: Row, after: Row | None) -> Iterator[Row]:
    moment = before["left"] if after is None else after["known_at"]
    number = before["version_number"] + 1 if after is None else after["version_number"]
    same = ("event_kind", "item_id", "location_id", "lot_number")
    if after is not None and any(before[name] != after[name] for name in same):
        yield from _changed({**before, "left": moment}, None)
        link = after["linked_event_id"]
        if before["event_kind"] == after["event_kind"] == "transfer_in":
            link = f"{before['event_id']}#{number}"  # what did not arrive there goes on from there
        yield _dated(after, moment, event_id=f"{after['event_id']}#{number}+", linked_event_id=link)
        return
    held, told = before["qty_base"], Decimal(0) if after is None else after["qty_base"]
    paid = before["amount"]
    says = (after["amount"] if told else Decimal(0)) if after is not None else Decimal(0)
    name = f"{before['event_id']}#{number}"
    if before["event_kind"] in COST_ONLY:
        if (says or 0) != (paid or 0):
            yield _dated(before, moment, event_id=name, amount=(says or 0) - (paid or 0))
        return
    if before["event_kind"] in COMES_IN:
        yield from _receipt_changed(before, moment, name, (held, paid), (told, says))
    elif told > held:
        yield _dated(before, moment, event_id=name, qty_base=told - held)
    elif told < held:
        back = BACK.get(before["event_kind"], "issue")
        yield _dated(
            before, moment, back, event_id=name, qty_base=held - told, amount=None,
            linked_event_id="" if back in ("issue", "transfer_out") else before["event_id"],
        )  # fmt: skip


def _receipt_changed(
    before: Row,
    moment: datetime,
    name: str,
    was: tuple[Decimal, Decimal | None],
    now: tuple[Decimal, Decimal | None],
) -> Iterator[Row]:
    """Pieces first, at the price they have; then the price of those that were there."""
    (held, paid), (told, says) = was, now
    link = {"linked_event_id": before["event_id"], "job_id": ""}
    moved = Decimal(0)
    if told > held:
        moved = _part(says or Decimal(0), told - held, told)
        more = _dated(
            before, moment, "receipt_more", event_id=name, qty_base=told - held, amount=moved
        )
        yield {**more, **link}
    elif told < held:
        moved = -_part(paid or Decimal(0), held - told, held)
        fewer = _dated(
            before, moment, "receipt_reversal", event_id=name, qty_base=held - told, amount=None
        )
        yield {**fewer, **link}
    rest = (says or Decimal(0)) - (paid or Decimal(0)) - moved
    if rest and paid is not None:
        price = _dated(
            before, moment, "price_correction", event_id=f"{name}=", qty_base=Decimal(0),
            amount=rest,
        )  # fmt: skip
        yield {**price, **link}


def _part(amount: Decimal, qty: Decimal, of: Decimal) -> Decimal:
    return (amount * qty / of).quantize(FOURTH, ROUND_HALF_UP)


def _dated(row: Row, moment: datetime, kind: str | None = None, **given: Any) -> Row:
    """The row of a correction: booked when it became known, belonging to the day of its event."""
    kind = kind or row["event_kind"]
    day = max(moment.date(), row["valuation_day"])
    return {
        **row, "event_kind": kind, "kind": K[kind], "original_kind": K[kind],
        "posting_date": day, "event_at": moment, "known_at": moment, "left": None,
        "is_shifted": day > row["valuation_day"], **given,
    }  # fmt: skip
