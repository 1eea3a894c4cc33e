"""Cost stories in a line: `d1 in 10@10 #a; d2 out 15; d3 landed 100 >a`.

in QTY@PRICE or QTY=TOTAL, out, ret (customer return), vret (vendor return), landed, variance, scrap,
countin, countout, reval, reverse (a receipt that never was), toin/toout (transfer), use/make (job).
`dN` is the day of January 2025 (the one before where it is left out), `#x` names an event, `>x`
links to one, `@L` is a place, `*X` a lot, `%J` a job, `~N` the day it became known, `!x` replaces
the version of x, `known=P` the cost of the item master.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import polars as pl

from pipelines.engines.costing import Valuation
from tests.unit.pipelines.engines.cost_story import Story, ending, figure

KINDS = {
    "in": "receipt", "out": "issue", "ret": "return_in", "vret": "return_out",
    "landed": "landed_cost", "variance": "invoice_variance", "scrap": "scrap",
    "countin": "count_in", "countout": "count_out", "reval": "revaluation",
    "reverse": "receipt_reversal", "toout": "transfer_out", "toin": "transfer_in",
    "use": "work_issue", "make": "work_receipt", "open": "opening",
}  # fmt: skip
AMOUNT_ONLY = ("landed", "variance", "reval")
START = date(2025, 1, 1)


def story(method: str, events: str, **policy: Any) -> Story:
    told = Story(method, policy=policy)
    day = START
    for number, words in enumerate(part.split() for part in events.split(";")):
        if words[0].startswith("d"):
            day = START + timedelta(days=int(words.pop(0)[1:]) - 1)
        _tell(told, f"e{number + 1}", words, day)
    return told


def _tell(told: Story, name: str, words: list[str], day: date) -> None:
    word, figure_, *marks = words
    given: dict[str, Any] = {"day": day}
    amount: Decimal | None = None
    if word in AMOUNT_ONLY:
        qty, amount = Decimal(0), Decimal(figure_)
    else:
        qty, amount = _pieces(figure_)
    replaced = ""
    for mark in marks:
        sign, rest = mark[0], mark[1:]
        if mark.startswith("known="):
            given["known_unit_cost"] = mark.removeprefix("known=")
        elif sign == "~":
            moment = START + timedelta(days=int(rest) - 1)
            given["known_at"] = datetime(moment.year, moment.month, moment.day, 20, tzinfo=UTC)
        elif sign == "!":
            replaced = rest
        elif sign == "#":
            name = rest
        else:
            given[{">": "linked_event_id", "@": "location_id", "*": "lot_number",
                   "%": "job_id", "$": "item_id"}[sign]] = rest  # fmt: skip
    if replaced:
        name, given["version_number"] = replaced, 2
        first = next(row for row in told.events if row["event_id"] == replaced)
        first["replaced_at"] = given["known_at"]
        given["event_at"] = first["event_at"]
    told.tell(KINDS[word], qty, amount, name=name, **given)


def _pieces(text: str) -> tuple[Decimal, Decimal | None]:
    if "@" in text:
        qty, price = text.split("@")
        return Decimal(qty), Decimal(qty) * Decimal(price)
    if "=" in text:
        qty, total = text.split("=")
        return Decimal(qty), Decimal(total)
    return Decimal(text), None


def expenses(valuation: Valuation, kinds: tuple[str, ...] = ("issue",)) -> list[str]:
    """What each issue cost in the end, true-ups included, in the order of the issues."""
    return [figure(amount) for _, amount in _by_issue(valuation, kinds)]


def _by_issue(valuation: Valuation, kinds: tuple[str, ...]) -> Iterator[tuple[str, Decimal]]:
    rows = valuation.entries.sort("entry_number")
    true_ups = rows.filter(pl.col("entry_kind") == "true_up")
    for event, amount in rows.filter(pl.col("entry_kind").is_in(kinds)).select(
        "event_id", "cogs_amount"
    ).iter_rows():  # fmt: skip
        later = true_ups.filter(pl.col("caused_by_event_id") == event)["cogs_amount"].sum()
        yield event, amount + (later or Decimal(0))


def answer(valuation: Valuation) -> tuple[list[str], str]:
    qty, worth = ending(valuation)
    return expenses(valuation), f"{qty} / {worth}"
