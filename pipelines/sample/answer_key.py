"""The answer key: what was planted, what only looks like it, and the truth behind the feeds."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from pathlib import Path

from pipelines.sample.faults import Planted, Trap
from pipelines.sample.ledger import ACCOUNT_OF_ROLE
from pipelines.sample.month_end import MonthClosed
from pipelines.sample.story import Story
from pipelines.sample.writers.blemishes import Spoilt
from pipelines.sample.writers.texts import day, money

PLANTED_KEYS = tuple(f.name for f in fields(Planted) if f.name not in ("code", "exposure", "note"))


def rejected(spoilt: Spoilt, file_name: str) -> Planted:
    return Planted(
        "FEED_REJECT", None, spoilt.what, feed=spoilt.table, file_name=file_name,
        row_number=str(spoilt.row_number),
    )  # fmt: skip


def repeated(table: str, first: str, again: str) -> Planted:
    return Planted("FEED_DUP", None, f"same bytes as {first}", feed=table, file_name=again)


def write_key(
    folder: Path, story: Story, closings: Sequence[MonthClosed], of_files: Sequence[Planted]
) -> list[Planted]:
    """Writes key/*.csv and returns what was planted, sorted by code and keys."""
    folder.mkdir(parents=True, exist_ok=True)
    company_id = story.parameters.company_id
    planted = sorted(
        (*story.faults.planted, *of_files),
        key=lambda entry: (entry.code, *(getattr(entry, key) for key in PLANTED_KEYS)),
    )
    _write(
        folder / "planted.csv",
        ("code", "company_id", *PLANTED_KEYS, "exposure_amount", "note"),
        ((p.code, company_id, *(getattr(p, k) for k in PLANTED_KEYS), _exposure(p), p.note)
         for p in planted),
    )  # fmt: skip
    traps = sorted(story.faults.traps, key=lambda trap: tuple(asdict(trap).values()))
    names = [f.name for f in fields(Trap)]
    _write(
        folder / "traps.csv",
        ("company_id", *names),
        ((company_id, *(getattr(trap, name) for name in names)) for trap in traps),
    )
    _write_truth(folder, story, closings)
    return planted


def _exposure(entry: Planted) -> str:
    return "" if entry.exposure is None else money(entry.exposure)


def _write_truth(folder: Path, story: Story, closings: Sequence[MonthClosed]) -> None:
    company_id = story.parameters.company_id
    _write(
        folder / "truth_stock.csv",
        ("company_id", "date", "location_id", "item_id", "stock_status", "qty"),
        ((company_id, day(c.day), s.location, s.item, s.status, str(s.qty))
         for c in closings for s in c.levels),
    )  # fmt: skip
    _write(
        folder / "truth_demand.csv",
        ("company_id", "date", "location_id", "item_id", "qty"),
        ((company_id, day(when), place, item, str(qty))
         for (when, place, item), qty in sorted(story.selling.demand.items())),
    )  # fmt: skip
    _write(
        folder / "truth_ledger.csv",
        ("company_id", "date", "account", "account_role", "closing_amount"),
        ((company_id, day(c.day), ACCOUNT_OF_ROLE[b.role], b.role,
          money(b.opening + b.debit - b.credit))
         for c in closings for b in c.balances),
    )  # fmt: skip
    _write(
        folder / "truth_receivables.csv",
        ("company_id", "date", "invoice_id", "customer_code", "due_date", "open_amount"),
        ((company_id, day(c.day), i.document_id, i.party, day(i.due), money(i.open))
         for c in closings for i in sorted(c.receivables, key=lambda item: item.document_id)),
    )  # fmt: skip


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(header)
        table.writerows(rows)
