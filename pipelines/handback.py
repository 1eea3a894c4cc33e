"""Files for the systems that act on our answers; read from what is published, nothing else.

Each file is the whole current answer, every row under a key that stays the same while the answer
does: a reader that remembers keys does nothing twice. Files are written beside and moved whole.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from models.contracts import HANDBACK
from pipelines.answers import held_to
from pipelines.dispute_packs import write_dispute_packs

QUERIES = {
    "exceptions": """
        select
            exception_id, code, severity, status, root_exception_id, business_key, company_id,
            party_id as customer_code, item_id, location_id, order_id, order_line,
            shipment_id, shipment_line, invoice_id, invoice_line, journal_id, journal_line,
            detected_at, first_event_at, age_hours, sla_due_at, owner_role,
            exposure_amount, currency, exposure_basis, evidence as evidence_json, rule_id,
            policy_version as config_version, priority_score,
            priority_model_version as model_version
        from fct_exception
        where status <> 'resolved'
        order by exception_id
    """,
    "ready_to_bill": """
        select
            md5(concat_ws('|', company_id, trigger_event_code, expected_billing_id,
                cast(open_qty as varchar), cast(expected_unit_price as varchar))) as rtb_key,
            cast(null as varchar) as supersedes_key, company_id, party_id as bill_to_code,
            order_id, order_line, shipment_id, shipment_line, billable_event_id,
            billing_rule_id as trigger_rule, trigger_at, due_by_at, line_kind as line_type,
            item_id as item_code, open_qty as qty, uom, expected_unit_price as unit_price,
            open_amount as net_amount, currency, price_source, invoice_group as group_key,
            as_of_at as created_at
        from fct_expected_billing
        where billing_state = 'ready' and open_amount is not null  -- without a price nothing can be billed
        order by expected_billing_id
    """,
    "reorder_points": """
        select
            company_id, item_id, location_id, reorder_point as rop, safety_stock, order_qty,
            position, forecast_mean, forecast_q50, forecast_q90, lead_time_days, service_target,
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
    "ready_to_bill": "fct_expected_billing",
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


def hand_back(current: Path, handback: Path) -> list[Handed]:
    """Write every file whose table is published; CSV for people, Parquet for systems.

    A dispute also gets a folder entry of its own: JSON and a page with its whole context.
    """
    handed = []
    for name, query in QUERIES.items():
        table = current / f"{TABLE_OF[name]}.parquet"
        if not table.exists():
            continue
        frame = _answer(table, query, TABLE_OF[name], name)
        path = handback / f"{name}.csv"
        is_new = _replace_if_other(path, frame.write_csv().encode())
        scratch = handback / f".{name}.parquet"
        frame.write_parquet(scratch, compression="zstd", statistics=False)
        os.replace(scratch, handback / f"{name}.parquet")
        handed.append(Handed(name, frame.height, path, is_new))
    write_dispute_packs(current, handback / "dispute_packs")
    return handed


def _answer(table: Path, query: str, view: str, name: str) -> pl.DataFrame:
    """Rows of one file, held to its contract: a broken row is our mistake and stops the step."""
    with duckdb.connect() as connection:
        connection.sql("set TimeZone = 'UTC'")
        connection.sql(f"create view {view} as select * from read_parquet('{table}')")
        frame = connection.sql(query).pl()
    contract = HANDBACK[name]
    accepted = held_to(contract, frame)
    return accepted.select([column for column in frame.columns if column in accepted.columns])


def _replace_if_other(path: Path, content: bytes) -> bool:
    """True when the file changed; an unchanged answer leaves the file untouched."""
    if path.exists() and path.read_bytes() == content:
        return False
    scratch = path.with_name(f".{path.name}")
    scratch.write_bytes(content)
    os.replace(scratch, path)
    return True
