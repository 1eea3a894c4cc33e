"""The answer key of the bulk company: what was planted, and how large it is."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipelines.sample.bulk.arrays import LETTER
from pipelines.sample.bulk.codes import customer_code, item_code, money
from pipelines.sample.bulk.encoding import DOCUMENT_DIGITS
from pipelines.sample.bulk.faults import BulkPlanted
from pipelines.sample.bulk.story import BulkStory

PLANTED = (
    "code", "company_id", "order_id", "order_line", "shipment_id", "shipment_line", "invoice_id",
    "invoice_line", "receipt_id", "receipt_line", "movement_id", "transfer_id", "count_id",
    "purchase_order_id", "purchase_order_line", "journal_id", "journal_line", "item_id",
    "location_id", "party_id", "cash_receipt_id", "feed", "file_name", "row_number", "root_code",
    "exposure_amount", "note",
)  # fmt: skip
TRAPS = (
    "company_id", "name", "why", "order_id", "order_line", "shipment_id", "shipment_line",
    "invoice_id", "receipt_id", "movement_id",
)  # fmt: skip


def write_answers(folder: Path, story: BulkStory, facts: Iterable[tuple[str, str]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    planted = sorted(story.faults.planted, key=lambda one: (one.code, one.shipment, one.order_line))
    _write(folder / "planted.csv", PLANTED, (_planted(story, entry) for entry in planted))
    _write(folder / "traps.csv", TRAPS, ())
    _write(folder / "facts.csv", ("name", "value"), facts)


def _planted(story: BulkStory, entry: BulkPlanted) -> list[str]:
    company = story.company
    known = {
        "code": entry.code,
        "company_id": company.parameters.company_id,
        "order_id": _document(entry.order),
        "order_line": str(entry.order_line),
        "shipment_id": _document(entry.shipment),
        "shipment_line": str(entry.shipment_line),
        "invoice_id": _document(entry.invoice),
        "invoice_line": str(entry.invoice_line or ""),
        "item_id": item_code(int(company.cell_item[entry.cell])),
        "location_id": company.sites[int(company.cell_site[entry.cell])][0],
        "party_id": customer_code(entry.customer),
        "exposure_amount": money(entry.exposure),
        "note": entry.note,
    }
    return [known.get(column, "") for column in PLANTED]


def _document(number: int) -> str:
    letter, count = divmod(number, LETTER)
    return f"{chr(letter)}{count:0{DOCUMENT_DIGITS}d}" if number else ""


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(header)
        table.writerows(rows)
