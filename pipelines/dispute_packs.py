"""One JSON and one HTML page per open dispute: the whole context for whoever answers it.

Read from what is published, nothing else. A file that says the same is left untouched, and the
file of a dispute that is no longer open is taken away.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections import defaultdict
from html import escape
from pathlib import Path
from typing import Any

import duckdb

TABLES = ("mart_dispute_pack", "fct_dispute_event")
Row = dict[str, Any]
# What a page shows, in groups: title -> columns of mart_dispute_pack.
GROUPS = {
    "Dispute": (
        "reason_code", "owner_role", "disputed_amount_doc", "currency_doc", "free_text",
        "opened_at", "age_days", "party_id",
    ),
    "Invoice": (
        "invoice_number", "invoice_line", "invoice_date", "due_date", "invoice_amount_doc",
        "open_amount_doc", "actual_qty", "actual_unit_price_doc", "actual_amount_doc",
    ),
    "Price and quantity that should hold": (
        "expected_qty", "uom", "expected_unit_price_doc", "price_source", "price_difference_doc",
        "billing_rule_id", "billing_state",
    ),
    "Readiness to bill": (
        "readiness_passed_count", "readiness_failed_count", "first_failed_condition",
        "first_failed_evidence",
    ),
    "Order and shipment": (
        "order_id", "order_line", "item_id", "shipment_id", "shipment_line", "trigger_at",
    ),
    "Delivery": (
        "delivered_at", "pod_at", "pod_ref", "signed_by", "carrier_code", "short_qty",
        "damaged_qty",
    ),
    "Before": (
        "prior_count", "prior_accepted_count", "prior_same_reason_count",
        "prior_same_invoice_count", "credit_count", "credit_amount_doc",
    ),
}  # fmt: skip
EVENT = ("event_at", "event_kind", "document_id", "qty", "amount_doc", "detail")
LOOK = (
    "body{font:14px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;color:#222}"
    "table{border-collapse:collapse;width:100%;margin-bottom:1.5rem}"
    "td,th{border-bottom:1px solid #ddd;padding:.3rem .6rem;text-align:left;vertical-align:top}"
    "th{width:18rem;font-weight:600}"
)


def write_dispute_packs(current: Path, folder: Path) -> int:
    """Packs of the open disputes written into the folder; how many there are."""
    if not all((current / f"{table}.parquet").exists() for table in TABLES):
        return 0
    packs = _packs(current)
    folder.mkdir(parents=True, exist_ok=True)
    wanted: dict[str, str] = {}
    for pack in packs:
        name = _file_name(pack)
        wanted[f"{name}.json"] = json.dumps(pack, indent=1, ensure_ascii=False) + "\n"
        wanted[f"{name}.html"] = _page(pack)
    for path in folder.iterdir():
        if path.name not in wanted:
            path.unlink()
    for name, content in wanted.items():
        _write(folder / name, content)
    return len(packs)


def _packs(current: Path) -> list[Row]:
    """Open disputes with their story; every value as text, so that a decimal stays what it is."""
    with duckdb.connect() as connection:
        connection.sql("set TimeZone = 'UTC'")
        cases, events = (
            _rows(connection, current / f"{table}.parquet", where)
            for table, where in zip(TABLES, ("is_open", "true"), strict=True)
        )
    stories: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for event in events:
        stories[_key(event)].append({name: event[name] for name in EVENT})
    return [{**case, "timeline": stories[_key(case)]} for case in cases]


def _rows(connection: duckdb.DuckDBPyConnection, path: Path, where: str) -> list[Row]:
    columns = connection.sql(f"select * from read_parquet('{path}')").columns
    order = "company_id, source_system, dispute_id"
    order += ", position" if "position" in columns else ""
    texts = ", ".join(f'cast("{name}" as varchar) as "{name}"' for name in columns)
    found = connection.sql(
        f"select {texts} from (select * from read_parquet('{path}') where {where} order by {order})"
    )
    return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]


def _key(row: Row) -> tuple[str, str, str]:
    return row["company_id"], row["source_system"], row["dispute_id"]


def _file_name(pack: Row) -> str:
    """Company and dispute, safe as a file name; what had to be changed is told apart by its hash."""
    told = "-".join((pack["company_id"], pack["dispute_id"]))
    safe = re.sub(r"[^0-9A-Za-z._-]", "_", told)
    return safe if safe == told else f"{safe}-{hashlib.sha256(told.encode()).hexdigest()[:8]}"


def _page(pack: Row) -> str:
    title = f"Dispute {pack['dispute_id']} of {pack['company_id']}"
    parts = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        f"<title>{escape(title)}</title><style>{LOOK}</style></head><body>",
        f"<h1>{escape(title)}</h1>",
        f"<p>For {escape(pack['owner_role'])}. As of {escape(pack['as_of_at'])}.</p>",
    ]
    for heading, names in GROUPS.items():
        rows = [(name.replace("_", " "), pack[name]) for name in names if pack[name] is not None]
        cells = "".join(f"<tr><th>{escape(n)}</th><td>{escape(v)}</td></tr>" for n, v in rows)
        parts.append(
            f"<h2>{escape(heading)}</h2><table>{cells or '<tr><td>nothing</td></tr>'}</table>"
        )
    head = "".join(f"<th>{escape(name.replace('_', ' '))}</th>" for name in EVENT)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(event[name] or '')}</td>" for name in EVENT) + "</tr>"
        for event in pack["timeline"]
    )
    parts.append(f"<h2>Timeline</h2><table><tr>{head}</tr>{body}</table></body></html>\n")
    return "\n".join(parts)


def _write(path: Path, content: str) -> None:
    if path.exists() and path.read_text(encoding="utf-8") == content:
        return
    scratch = path.with_name(f".{path.name}")
    scratch.write_text(content, encoding="utf-8")
    os.replace(scratch, path)
