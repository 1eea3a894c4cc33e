"""Files for the systems that act on our answers; read from what is published, nothing else.

Each file is the whole current answer, every row under a key that stays the same while the answer
does: a reader that remembers keys does nothing twice. Lines to be billed are the exception: each
goes out once. Files are written beside and moved whole.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
import polars as pl

from models.contracts import HANDBACK
from pipelines.answers import held_to
from pipelines.dispute_packs import write_dispute_packs
from pipelines.journal_layouts import LAYOUTS
from pipelines.ready_to_bill import PARTIES, READY, Handover, hand_over
from pipelines.ready_to_bill import QUERY as READY_QUERY
from pipelines.ready_to_bill import TABLES as READY_TABLES
from pipelines.worklog.rounds import published_run
from pipelines.workspace import Workspace

QUERIES = {
    "exceptions": """
        select
            exception_id, code, severity, status, root_exception_id, business_key, company_id,
            party_id as customer_code, item_id, location_id, order_id, order_line,
            shipment_id, shipment_line, invoice_id, invoice_line, journal_id, journal_line,
            detected_at, first_event_at, age_hours, sla_due_at, escalation, owner_role, assigned_to,
            exposure_amount, currency, exposure_basis, evidence as evidence_json, rule_id,
            policy_version as config_version, priority_score,
            priority_model_version as model_version
        from fct_exception
        where status <> 'resolved'
        order by exception_id
    """,
    "proposed_journals": """
        select
            proposal_key, line, company_id, posting_date, fiscal_year, fiscal_period,
            account_code as account, account_role, debit_amount as debit, credit_amount as credit,
            currency, cast(null as varchar) as cost_center,
            nullif(location_id, '') as location_id, cast(null as varchar) as item_id,
            cast(null as varchar) as party_code,
            concat_ws(' ', item_class, source_doc_type, source_doc_id) as text,
            item_class as reason_class, exception_ids, reverse_on,
            case when is_in_closed_period then 'proposed, period closed' else 'proposed' end
                as status,
            'tieout' as prepared_by, cast(null as varchar) as approved_by
        from mart_proposed_journal
        order by company_id, posting_date, proposal_key, line
    """,
    "reorder_points": """
        select
            company_id, item_id, location_id, reorder_point as rop, safety_stock, order_qty,
            advised_reorder_point as advised_rop, advised_safety_stock, advised_order_qty,
            override_ids, override_reason, override_expires_at, position, forecast_mean, forecast_q50, forecast_q90, lead_time_days, service_target,
            policy_version, reason
        from mart_reorder
        where reorder_point is not null
        order by company_id, item_id, location_id
    """,
    "transfer_advice": """
        select
            company_id, item_id, from_location_id, to_location_id, qty, benefit_amount,
            cost_amount, saving_amount, latest_ship_date, stockout_date, policy_version,
            forecast_version, reason
        from mart_transfer_advice
        order by company_id, item_id, from_location_id, to_location_id
    """,
    "availability": """
        select
            company_id, item_id, location_id, channel, date,
            greatest(available_now, 0) as atp_now,
            greatest(available_projected, 0) as atp_projected,
            on_hand, reserved + picked as reserved, qc_hold,
            inbound_confirmed + transfer_inbound + on_order_confirmed as inbound_confirmed,
            safety_buffer, as_of_at, watermark_at as data_watermark_at
        from mart_availability
        order by company_id, item_id, location_id, channel, date
    """,
    "cash_applications": """
        select
            company_id, receipt_id, invoice_id, min(invoice_number) as invoice_number,
            min(party_id) as customer_code, min(rule) as rule_code, min(value_date) as value_date,
            min(currency_doc) as currency, sum(applied_amount_doc) as applied_amount,
            sum(discount_amount_doc) as discount_amount,
            sum(deduction_amount_doc) as deduction_amount,
            min(deduction_reason) as deduction_reason,
            sum(write_off_amount_doc) as write_off_amount, min(as_of_at) as as_of_at
        from fct_cash_application
        where origin = 'proposed'
        group by company_id, receipt_id, invoice_id
        order by company_id, receipt_id, invoice_id
    """,
    "dunning": """
        select
            company_id, invoice_id, instalment, dunning_level, level_name, invoice_number,
            payer_party_id as customer_code, due_date, days_late, level_reached_on as level_date,
            currency_doc as currency, dunned_amount_doc as amount, as_of_at
        from mart_dunning
        where is_new_level
        order by company_id, invoice_id, instalment
    """,
    "dispute_packs": """
        select
            company_id, dispute_id, owner_role, reason_code, party_id as customer_code,
            invoice_id, invoice_line, order_id, order_line, shipment_id, shipment_line,
            disputed_amount_doc as amount, currency_doc as currency, opened_at, pod_ref,
            price_source, as_of_at
        from mart_dispute_pack
        where is_open
        order by company_id, dispute_id
    """,
}
TABLE_OF = {
    "exceptions": "fct_exception",
    "proposed_journals": "mart_proposed_journal",
    "reorder_points": "mart_reorder",
    "transfer_advice": "mart_transfer_advice",
    "availability": "mart_availability",
    "cash_applications": "fct_cash_application",
    "dunning": "mart_dunning",
    "dispute_packs": "mart_dispute_pack",
}


@dataclass(frozen=True, slots=True)
class Handed:
    """One file handed back."""

    name: str
    rows: int
    path: Path
    is_new: bool


def hand_back(workspace: Workspace, *, now: datetime) -> list[Handed]:
    """Write every file whose tables are published; CSV for people, Parquet for systems.

    A dispute also gets a folder entry of its own: JSON and a page with its whole context.
    """
    current, handback = workspace.current, workspace.handback
    handed = []
    for name, query in QUERIES.items():
        if (current / f"{TABLE_OF[name]}.parquet").exists():
            frame = _held(name, _asked(current, query, (TABLE_OF[name],)))
            handed.append(_written(handback, name, frame))
            if name == "proposed_journals":
                for system, layout in LAYOUTS.items():
                    content = layout(frame).write_csv().encode()
                    _replace_if_other(handback / f"{name}_{system}.csv", content)
    write_dispute_packs(current, handback / "dispute_packs")
    if all((current / f"{table}.parquet").exists() for table in READY_TABLES):
        handed += _hand_ready(workspace, now)
    return handed


def _hand_ready(workspace: Workspace, now: datetime) -> list[Handed]:
    """The lines to bill, each key once; a run that looks back leaves the file as it is."""
    current, run = workspace.current, published_run(workspace)
    asked = _asked(current, READY_QUERY, READY_TABLES)
    keys = asked.select("rtb_key", "expected_billing_id", "content_key")
    lines = _held(READY, asked)
    named = _asked(current, PARTIES, READY_TABLES).to_dicts()
    handover = Handover(
        lines=lines.join(keys, on="rtb_key", maintain_order="left"),
        parties={(row["company_id"], row["code"]): row for row in named},
        request=run["request"],
        as_of_at=datetime.fromisoformat(run["as_of_at"]),
    )
    if not hand_over(handover, workspace.worklog, workspace.handback / READY, now=now):
        return []
    return [_written(workspace.handback, READY, lines)]


def _asked(current: Path, query: str, tables: tuple[str, ...]) -> pl.DataFrame:
    """Answer of a query over published tables, decimals as decimals."""
    with duckdb.connect() as connection:
        connection.sql("set TimeZone = 'UTC'")
        for table in tables:
            file = current / f"{table}.parquet"
            connection.sql(f"create view {table} as select * from read_parquet('{file}')")
        return connection.sql(query).pl()


def _held(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Rows of one file, held to its contract: a broken row is our mistake and stops the step."""
    accepted = held_to(HANDBACK[name], frame)
    return accepted.select([column for column in frame.columns if column in accepted.columns])


def _written(handback: Path, name: str, frame: pl.DataFrame) -> Handed:
    path = handback / f"{name}.csv"
    is_new = _replace_if_other(path, frame.write_csv().encode())
    scratch = handback / f".{name}.parquet"
    frame.write_parquet(scratch, compression="zstd", statistics=False)
    os.replace(scratch, handback / f"{name}.parquet")
    return Handed(name, frame.height, path, is_new)


def _replace_if_other(path: Path, content: bytes) -> bool:
    """True when the file changed; an unchanged answer leaves the file untouched."""
    if path.exists() and path.read_bytes() == content:
        return False
    scratch = path.with_name(f".{path.name}")
    scratch.write_bytes(content)
    os.replace(scratch, path)
    return True
