"""The answer key: what was planted, what only looks like it, and the truth behind the feeds.

One file per question, all companies in one; `company_id` comes first in every file.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, fields
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from pipelines.sample.faults.plan import KEYS, TRAP_KEYS, Planted
from pipelines.sample.happenings import MonthClosed
from pipelines.sample.parameters import Sample
from pipelines.sample.story.group_money import Markup
from pipelines.sample.story.life import Story
from pipelines.sample.truth.availability import available
from pipelines.sample.world.accounts import ROLE_OF_ACCOUNT
from pipelines.sample.world.calendar import month_close
from pipelines.sample.writers.files import Written
from pipelines.sample.writers.mishaps import DeliveryNote
from pipelines.sample.writers.texts import Row, day, money, stamp

TRUTHS: dict[str, tuple[str, ...]] = {
    "truth_stock": ("date", "location_id", "item_id", "stock_state", "qty"),
    "truth_move": (
        "event_code", "event_at", "item_id", "qty", "from_location_id", "from_state",
        "to_location_id", "to_state", "lot_number", "source_movement_id",
    ),
    "truth_availability": (
        "date", "location_id", "item_id", "available_now", "on_hand", "reserved", "protected",
    ),
    "truth_cost_entry": (
        "costing_method", "item_id", "movement_id", "entry_kind", "date", "qty", "cost_amount",
        "cogs_amount",
    ),
    "truth_cost_layer": (
        "costing_method", "item_id", "layer_id", "qty_remaining", "value_remaining",
    ),
    "truth_demand": ("date", "location_id", "item_id", "qty"),
    "truth_ledger": ("date", "account", "account_role", "closing_amount"),
    "truth_subledger": ("date", "account", "account_role", "expected_amount"),
    "truth_billing": (
        "shipment_id", "shipment_line", "order_id", "order_line", "billable_event_id",
        "line_kind", "qty", "amount", "billing_state",
    ),
    "truth_receivables": (
        "date", "invoice_id", "party_id", "due_date", "currency", "open_amount",
    ),
    "truth_journal": (
        "posting_date", "source_doc_type", "source_doc_id", "source_doc_line", "account_role",
        "account", "event_code", "amount", "item_id", "location_id",
    ),
}  # fmt: skip


MARKUP = ("company_id", "seller_id", "item_id", "date", "qty", "markup_amount", "currency")


def write_key(
    folder: Path,
    stories: Sequence[Story],
    of_files: Sequence[tuple[str, Planted]],
    notes: Sequence[DeliveryNote],
    markups: Iterable[Markup] = (),
) -> list[Planted]:
    """Writes key/*.csv and returns what was planted, sorted by code and keys."""
    folder.mkdir(parents=True, exist_ok=True)
    planted = [
        (story.parameters.company_id, p) for story in stories for p in story.company.faults.planted
    ]
    planted = sorted((*planted, *of_files), key=_order)
    _write(
        folder / "planted.csv",
        ("code", "company_id", *KEYS, "root_code", "exposure_amount", "note"),
        (
            {"code": p.code, "company_id": company_id, **p.keys, "root_code": p.root_code,
             "exposure_amount": "" if p.exposure is None else money(p.exposure), "note": p.note}
            for company_id, p in planted
        ),
    )  # fmt: skip
    traps = [
        {"company_id": story.parameters.company_id, "name": t.name, "why": t.why, **t.keys}
        for story in stories
        for t in story.company.faults.traps
    ]
    traps.sort(key=lambda row: tuple(row.get(name, "") for name in ("name", *TRAP_KEYS)))
    _write(folder / "traps.csv", ("company_id", "name", "why", *TRAP_KEYS), traps)
    _write(
        folder / "deliveries.csv",
        [column.name for column in fields(DeliveryNote)],
        ({name: str(value) for name, value in asdict(note).items()} for note in notes),
    )
    for name, columns in TRUTHS.items():
        _write(
            folder / f"{name}.csv",
            ("company_id", *columns),
            (
                {"company_id": story.parameters.company_id, **row}
                for story in stories
                for row in _truth(name, story)
            ),
        )
    _write(folder / "truth_intercompany.csv", MARKUP, _markups(markups))
    return [p for _, p in planted]


def write_facts(folder: Path, sample: Sample, seed: int, written: Sequence[Written]) -> None:
    """facts.csv: what was asked for, the moment the truth stands at, and rows by table."""
    last = max(parameters.last_day for parameters in sample.companies)
    zone = ZoneInfo(sample.companies[0].timezone)
    rows: dict[str, int] = {}
    for file in written:
        rows[f"rows of {file.table}"] = rows.get(f"rows of {file.table}", 0) + file.rows
    facts = {
        "size": sample.size,
        "seed": str(seed),
        "as_of": stamp(month_close(last, zone) - timedelta(seconds=1)),
        "companies": ";".join(parameters.company_id for parameters in sample.companies),
        "last_day": day(last),
        **{name: str(count) for name, count in sorted(rows.items())},
    }
    _write(
        folder / "facts.csv",
        ("name", "value"),
        ({"name": name, "value": value} for name, value in facts.items()),
    )


def _order(entry: tuple[str, Planted]) -> tuple[str, ...]:
    company_id, planted = entry
    return (planted.code, company_id, *(planted.keys.get(name, "") for name in KEYS))


def _truth(name: str, story: Story) -> Iterator[Row]:
    match name:
        case "truth_stock":
            yield from story.truth.stock()
        case "truth_move":
            yield from story.truth.move_rows()
        case "truth_availability":
            yield from available(story.company)
        case "truth_cost_entry":
            yield from story.truth.costs.entries()
        case "truth_cost_layer":
            yield from story.truth.costs.layers()
        case "truth_demand":
            for (when, place, item), qty in sorted(story.selling.demand.items()):
                yield {
                    "date": day(when), "location_id": place, "item_id": item, "qty": str(qty)
                }  # fmt: skip
        case "truth_ledger":
            yield from _balances(story.truth.closings)
        case "truth_subledger":
            yield from _should_be(story.truth.closings)
        case "truth_billing":
            yield from story.billing_truth.rows()
        case "truth_receivables":
            yield from _receivables(story.truth.closings, story.parameters.currency)
        case "truth_journal":
            yield from _journals(story)


def _markups(markups: Iterable[Markup]) -> Iterator[Row]:
    """What the group takes out of its stock: the gain of one company in what another holds."""
    for markup in markups:
        yield {
            "company_id": markup.buyer,
            "seller_id": markup.seller,
            "item_id": markup.item,
            "date": day(markup.day),
            "qty": str(markup.qty),
            "markup_amount": money(markup.amount),
            "currency": markup.currency,
        }


def _balances(closings: Iterable[MonthClosed]) -> Iterator[Row]:
    for closed in closings:
        for balance in closed.balances:
            yield {
                "date": day(closed.day),
                "account": balance.account,
                "account_role": balance.role,
                "closing_amount": money(balance.opening + balance.debit - balance.credit),
            }


def _should_be(closings: Iterable[MonthClosed]) -> Iterator[Row]:
    for closed in closings:
        for balance in closed.should_be:
            yield {
                "date": day(closed.day),
                "account": balance.account,
                "account_role": balance.role,
                "expected_amount": money(balance.opening + balance.debit - balance.credit),
            }


def _receivables(closings: Iterable[MonthClosed], currency: str) -> Iterator[Row]:
    for closed in closings:
        documents = (item for item in closed.receivables if item.kind != "cash")
        for item in sorted(documents, key=lambda entry: entry.document_id):
            yield {
                "date": day(closed.day),
                "invoice_id": item.document_id,
                "party_id": item.party,
                "due_date": day(item.due),
                "currency": item.currency or currency,
                "open_amount": money(item.open),
            }


def _journals(story: Story) -> Iterator[Row]:
    for journal in story.accounting.should_be:
        for entry in journal.entries:
            yield {
                "posting_date": day(journal.day),
                "source_doc_type": journal.doc_type,
                "source_doc_id": journal.doc_id,
                "source_doc_line": entry.doc_line,
                "account_role": ROLE_OF_ACCOUNT[entry.account],
                "account": entry.account,
                "event_code": entry.event,
                "amount": money(entry.amount),
                "item_id": entry.item,
                "location_id": entry.location,
            }


def _write(path: Path, header: Sequence[str], rows: Iterable[Row]) -> None:
    """Rows with all columns in the order of the header are written as they are."""
    columns = list(header)
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(columns)
        table.writerows(
            row.values() if list(row) == columns else [row.get(column, "") for column in columns]
            for row in rows
        )
