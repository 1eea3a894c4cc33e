"""Lines ready to be billed, handed over once: a file of this run, and a batch that stays.

A line has one key for what it says. The worklog knows every key ever handed over, and a line under
the same key is not handed over again, whatever run finds it ready; what changed goes out under a
new key that names the one it takes the place of. The same request asked again gives the same files.

A batch counts from the moment at which the worklog has its keys. Its folder is written beside
before and moved into place after; a process killed in between leaves a folder that the next run
moves (when its keys are noted) or clears away (when they are not).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.billing_drafts import drafts
from pipelines.worklog.noting import looks_back
from pipelines.worklog.store import Worklog, open_worklog

READY = "ready_to_bill"
TABLE = "handed_line"
PENDING = ".pending-"
# Money is billed in the currency of the customer. A line that was handed over and is not to be
# billed any more is taken back by a line of quantity zero.
QUERY = """
    with lines as (

        select
            *,
            billing_state = 'suppressed' as is_taken_back
        from fct_expected_billing
        where
            (billing_state = 'ready' and open_amount_doc is not null)
            or (billing_state = 'suppressed' and handed_qty > 0)

    )

    select
        case
            when lines.handed_key is null then lines.content_key
            else md5(concat_ws('|', lines.content_key, lines.handed_key))
        end as rtb_key,
        lines.handed_key as supersedes_key,
        lines.company_id,
        lines.party_id as bill_to_code,
        lines.customer_po,
        lines.order_id, lines.order_line, lines.shipment_id, lines.shipment_line,
        lines.billable_event_id,
        coalesce(lines.billing_rule_id, 'taken back') as trigger_rule,
        coalesce(lines.trigger_at, lines.as_of_at) as trigger_at,
        coalesce(lines.due_by_at, lines.as_of_at) as due_by_at,
        lines.line_kind as line_type,
        lines.item_id as item_code,
        items.item_name as description,
        case when lines.is_taken_back then 0 else lines.open_qty end as qty,
        lines.uom,
        lines.expected_unit_price_doc as unit_price,
        case when lines.is_taken_back then 0 else lines.open_amount_doc end as net_amount,
        lines.currency_doc as currency,
        parties.payment_terms_code as terms,
        lines.price_source,
        concat_ws('|', lines.company_id, lines.party_id, lines.invoice_group, lines.currency_doc)
            as group_key,
        lines.as_of_at as created_at,
        lines.expected_billing_id,
        lines.content_key
    from lines
    left join dim_item as items
        on lines.company_id = items.company_id and lines.item_id = items.item_id
    left join (
        select company_id, party_id, min(payment_terms_code) as payment_terms_code
        from dim_party
        where party_role = 'customer'
        group by company_id, party_id
    ) as parties
        on lines.company_id = parties.company_id and lines.party_id = parties.party_id
    order by lines.expected_billing_id
"""
# The company stands among the parties under its own id.
PARTIES = """
    select
        company_id, party_id as code, min(party_name) as name, min(country) as country
    from dim_party
    where party_role = 'customer'
    group by company_id, party_id
    union all
    select company_id, company_id, company_name, country
    from dim_company
"""
TABLES = ("fct_expected_billing", "dim_item", "dim_party", "dim_company")


@dataclass(frozen=True, slots=True)
class Handover:
    """What a run hands over: the lines, and the names of the parties on them."""

    lines: pl.DataFrame
    parties: Mapping[tuple[str, str], Mapping[str, Any]]
    request: str
    as_of_at: datetime

    @property
    def batch(self) -> str:
        """Name of the batch, the same whenever the request is asked."""
        return f"{self.as_of_at:%Y%m%dT%H%M%S}-{self.request[:8]}"


def hand_over(handover: Handover, worklog_folder: Path, batches: Path, *, now: datetime) -> bool:
    """Write the batch and note its keys; whether there is anything to hand over.

    A run that looks back, to a moment before a later batch, hands nothing over: what was ready then
    has been handed over or billed since.
    """
    batches.mkdir(parents=True, exist_ok=True)
    with open_worklog(worklog_folder) as worklog:
        noted = worklog.rows(TABLE)
        finish_batches(batches, {row["batch"] for row in noted})
        others = [row for row in noted if row["request"] != handover.request]
        if looks_back(others, handover.as_of_at):
            return False
        if handover.lines.is_empty():
            return True
        home = batches / handover.batch
        if not home.exists():
            _write_batch(batches / f"{PENDING}{handover.batch}", handover)
        _note_keys(worklog, handover, now)
    finish_batches(batches, {handover.batch})
    return True


def finish_batches(batches: Path, noted: set[str]) -> None:
    """Move what is noted into place, clear away what is not: what a killed run left behind."""
    for pending in sorted(batches.glob(f"{PENDING}*")):
        batch = pending.name.removeprefix(PENDING)
        if batch in noted and not (batches / batch).exists():
            os.rename(pending, batches / batch)
        else:
            shutil.rmtree(pending)


def _write_batch(folder: Path, handover: Handover) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    lines = handover.lines.drop("expected_billing_id", "content_key")
    lines.write_csv(folder / "lines.csv")
    lines.write_parquet(folder / "lines.parquet", compression="zstd", statistics=False)
    for name, content in drafts(lines.to_dicts(), handover.parties, handover.batch).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="")
    for path in [*folder.rglob("*"), folder]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _note_keys(worklog: Worklog, handover: Handover, now: datetime) -> None:
    with worklog.adding():
        used = {row["rtb_key"] for row in worklog.rows(TABLE) if row["request"] != handover.request}
        rows = [
            {
                "rtb_key": line["rtb_key"],
                "content_key": line["content_key"],
                "expected_billing_id": line["expected_billing_id"],
                "company_id": line["company_id"],
                "handed_at": now,
                "as_of_at": handover.as_of_at,
                "batch": handover.batch,
                "qty": line["qty"],
                "net_amount_doc": line["net_amount"],
                "supersedes_key": line["supersedes_key"],
            }
            for line in handover.lines.to_dicts()
        ]
        again = sorted(used & {row["rtb_key"] for row in rows})
        assert not again, f"handed over before under the same key: {again[:5]}"
        worklog.add(TABLE, rows, request=handover.request)
