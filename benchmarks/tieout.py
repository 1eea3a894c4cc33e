"""Expected against actual journal lines: matched, classified and tied out by the tables of dbt.

The unit U is DuckDB's own scan, sort and write to zstd Parquet of the same rows of both sides, on the
same machine in the same run. A document has four lines and a journal of eight holds two documents. One
document in a thousand each is missing, posted twice, late, on a wrong account or of a wrong amount, and
one is posted as a sum; afterwards just these have items, and nothing is left unexplained.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from benchmarks.measure import apart, line, measured

MEMORY = "4500MB"
TABLES = (
    "ledger_setting", "shared_role", "int_ledger__posting", "int_ledger__posting_key",
    "int_ledger__open_document", "int_ledger__document_posting", "int_ledger__landed_posting",
    "int_ledger__open_posting", "int_ledger__paired_posting", "int_ledger__rate_difference",
    "int_ledger__classed_posting", "int_ledger__open_match", "int_ledger__actual_movement", "int_ledger__opening",
    "int_ledger__expected_movement", "int_ledger__tie_line", "int_ledger__tie_balance",
    "int_ledger__lone_posting", "int_ledger__nearby_posting", "int_ledger__agreed_day",
    "int_ledger__uncapitalised_posting", "int_ledger__opening_entry",
    "int_ledger__stray_posting", "int_ledger__document_difference", "int_ledger__group_day",
    "int_ledger__silent_period", "int_ledger__open_day", "int_ledger__wrong_account",
    "int_ledger__open_entry", "int_ledger__leftover_entry", "int_ledger__leftover_item",
    "int_ledger__day_difference", "int_ledger__found_difference", "int_ledger__difference_line",
    "int_ledger__forced_journal", "int_ledger__problem", "int_ledger__reconciling_origin",
    "int_ledger__reconciling_item", "fct_journal_match", "fct_gl_reconciling_item", "fct_gl_tieout",
)  # fmt: skip
EXPECTED = """
    create table int_ledger__expected_line as
    select
        'BULK' as company_id, md5(cast(i // 4 as varchar)) as expected_journal_id,
        i % 4 + 1 as line, 'event' as line_purpose,
        cast(date '2025-01-02' + cast((i // 4) % 360 as integer) as date) as posting_date,
        cast(2025 as bigint) as fiscal_year,
        cast(extract(month from date '2025-01-02' + cast((i // 4) % 360 as integer)) as bigint)
            as fiscal_period,
        case i % 4 when 0 then 'COGS' when 1 then 'INV' when 2 then 'UNBILLED_AR' else 'REVENUE' end
            as account_role,
        case i % 4 when 0 then '5000' when 1 then '1200' when 2 then '1150' else '4000' end
            as account_code,
        'E19' as event_code, 'shipment' as source_doc_type, 'SH' || i // 4 as source_doc_id,
        '1' as source_doc_line, 'M' || i // 4 as movement_id, cast(null as varchar) as invoice_id,
        'IT' || hash(i // 4) % 20000 as item_id, 'MAIN' as location_id,
        cast((case when i % 2 = 0 then 1 else -1 end) * (100 + hash(i // 2) % 900000) / 100
            as decimal(18, 4)) as expected_amount,
        'EUR' as currency, cast(null as decimal(18, 4)) as amount_doc,
        cast(null as varchar) as currency_doc,
        cast(1 + hash(i // 4) % 9 as decimal(18, 6)) as qty
    from range({rows}) as numbers(i)
"""
ACTUAL = """
    create table int_ledger__journal_line as
    with told as (
        select
            *, cast(substr(source_doc_id, 3) as bigint) as document,
            cast(substr(source_doc_id, 3) as bigint) % 1000 as fate
        from int_ledger__expected_line
    ),
    entries as (
        select *, 'JE' || document // 2 as journal_id, document % 2 * 4 + line as place,
            source_doc_line as doc_line, 0 as months
        from told where fate not in (1, 5)
        union all
        select *, 'JE' || document // 2 || '-2', line, source_doc_line, 0 from told where fate = 2
        union all
        select *, 'JE' || document // 2, document % 2 * 4 + line, '', 0 from told where fate = 5
    )
    select
        company_id, 'erp' as source_system, '' as ledger, journal_id,
        cast(place as varchar) as journal_line,
        cast(case when fate = 3 then posting_date + interval 1 month else posting_date end as date)
            as posting_date,
        fiscal_year,
        case when fate = 3 then least(fiscal_period + 1, 12) else fiscal_period end as fiscal_period,
        case when fate = 4 and account_code = '5000' then '5310' else account_code end as account_code,
        account_role, account_code as tie_group,
        expected_amount + case when fate = 6 and line = 1 then 5 when fate = 6 and line = 2 then -5
            else 0 end as actual_amount,
        currency, amount_doc, currency_doc, qty as quantity, location_id,
        item_id as item_code, source_doc_type, source_doc_id, doc_line as source_doc_line,
        '' as text_reference, cast(null as varchar) as line_text, cast(null as varchar) as entered_by,
        cast(posting_date as timestamptz) as entered_at, false as is_manual, true as is_posted,
        cast(null as varchar) as reversal_of
    from entries
    order by hash(journal_id, place)
"""
SMALL = """
    create table int_ledger__account as select 'BULK' as company_id, account_code,
        account_name, account_type, account_role, account_code as tie_group, false as
        is_control, true as is_in_master from (values ('1200', 'Stock', 'asset', 'INV'),
        ('5000', 'Cost', 'expense', 'COGS'), ('1150', 'Unbilled', 'asset', 'UNBILLED_AR'),
        ('4000', 'Sales', 'revenue', 'REVENUE'), ('5310', 'Own use', 'expense', 'EXPENSE')) as
        accounts(account_code, account_name, account_type, account_role);
    create table int_ledger__currency_day (company_id varchar, from_currency varchar, date date,
        rate decimal(20, 8));
    create table int_ledger__located_account (company_id varchar, account_code varchar);
    create table int_master__company as select 'BULK' as company_id, 'EUR' as currency, 'UTC'
        as timezone, date '2025-12-31' as as_of_date;
    create table int_master__calendar_day as select 'BULK' as company_id, date,
        cast(extract(year from date) as bigint) as fiscal_year, cast(extract(month from date)
        as bigint) as fiscal_period, cast(date_trunc('month', date) as date) as
        period_start_date, last_day(date) as period_end_date, true as is_business_day from
        (select cast(date '2024-12-01' + cast(n as integer) as date) as date from range(500)
        as t(n));
    create table int_billing__business_day as select company_id, date, is_business_day,
        row_number() over (order by date) as day_number from int_master__calendar_day;
    create table int_ledger__period as select *, false as is_derived, fiscal_period as period_number
        from (select company_id, fiscal_year, fiscal_period, min(date) as start_date,
        max(date) as end_date from int_master__calendar_day where fiscal_year = 2025 group by all);
    create table int_ledger__balance_movement (company_id varchar, fiscal_year bigint,
        fiscal_period bigint, account_code varchar, currency varchar, location_id varchar,
        period_amount decimal(18, 4), balance_change decimal(18, 4));
    create table int_close__period (company_id varchar, fiscal_year bigint, fiscal_period
        bigint, is_closed integer, last_closed_at timestamptz);
    create table int_policy__posting_profile as select 'BULK' as company_id, 2 as
        posting_sla_days, date '1900-01-01' as valid_from, date '9999-12-31' as valid_to;
    create table int_purchasing__uncapitalised_receipt (company_id varchar, receipt_id
        varchar, receipt_line varchar, movement_id varchar, item_id varchar, amount
        decimal(18, 4));
    create table int_purchasing__supplier_line (company_id varchar, posting_date date,
        invoiced_amount decimal(18, 4), supplier_invoice_id varchar, item_id varchar);
    create table stg_wms__stock_movement (company_id varchar, movement_id varchar,
        accounting_status varchar);
    create table int_ledger__landed_cost (company_id varchar, event_id varchar, receipt_id
        varchar, supplier_invoice_id varchar, is_estimate boolean);
    create table stg_computed__cost_entry (company_id varchar, event_id varchar, posting_date
        date, is_policy_method boolean, entry_kind varchar);
    create table int_ledger__stop (company_id varchar, stopped_because varchar);
    create table int_control__run as select timestamptz '2025-12-31 23:00:00Z' as as_of_at,
        timestamptz '2025-12-31 23:00:00Z' as watermark_at;
    create table int_ledger__erp_balance (company_id varchar, fiscal_year bigint,
        fiscal_period bigint, account_code varchar, location_id varchar, erp_subledger_amount
        decimal(18, 4));
    create table int_billing__tolerance as select 'BULK' as company_id, cast(1 as decimal(18,
        4)) as gl_account, cast(1000 as decimal(18, 4)) as gl_materiality
"""


def run(*, rows: int | None, data: Path) -> list[dict[str, Any]]:
    """As many expected as actual lines, from the two tables of lines to the tie-out."""
    asked = rows or 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        apart(_generate, home, asked)
        unit = apart(_unit, home)
        tied = apart(_tie, home)
    return [
        line("matching, classes and tie-out", tied["seconds"], "s", rows=asked,
             peer=unit["seconds"], peer_name="U", target=4.0),
        line("the same in CPU seconds", tied["cpu"], "s", rows=asked,
             peer=unit["cpu"], peer_name="U", target=4.0),
        line("the same, peak memory", tied["peak"], "GB", rows=asked, target=6.0),
        line("documents with an item of their own", tied["problems"], "documents", rows=asked),
        line("unexplained", tied["unexplained"], "EUR", rows=asked, target=0.0),
    ]  # fmt: skip


def _generate(home: Path, rows: int) -> dict[str, float]:
    """Both sides as the tables before the matching have them."""
    from pipelines.warehouse.database import connect

    (home / "next").mkdir()
    settings = {"memory_limit": MEMORY, "threads": "2", "preserve_insertion_order": "false"}
    with connect(home / "next" / "warehouse.duckdb", settings=settings) as connection:
        connection.sql(f"set temp_directory = '{home}/spill'")
        for statement in (EXPECTED.format(rows=rows), ACTUAL, SMALL):
            connection.sql(statement)
    return {"rows": rows}


def _unit(home: Path) -> dict[str, float]:
    """U: scan, sort and write of both sides."""
    from pipelines.warehouse.database import connect

    def write() -> None:
        for table, order in (
            ("int_ledger__expected_line", "source_doc_id, line"),
            ("int_ledger__journal_line", "journal_id, journal_line"),
        ):
            connection.sql(
                f"copy (select * from {table} order by company_id, posting_date, {order})"
                f" to '{home}/unit.parquet' (format parquet, compression zstd)"
            )

    settings = {"memory_limit": MEMORY, "threads": "2", "preserve_insertion_order": "false"}
    with connect(home / "next" / "warehouse.duckdb", settings=settings) as connection:
        connection.sql(f"set temp_directory = '{home}/spill'")
        return measured(write)


def _tie(home: Path) -> dict[str, float]:
    """Every table from the lines to the tie-out by dbt, the manifest parsed before."""
    from pipelines.warehouse.database import connect
    from pipelines.warehouse.dbt_build import DbtBuild
    from pipelines.warehouse.project import manifest_object

    manifest_object()
    database = home / "next" / "warehouse.duckdb"
    build = DbtBuild(database, threads=2, memory_limit=MEMORY)
    made: list[Any] = []
    figures = measured(
        lambda: made.extend(
            build.build("--exclude-resource-type", "unit_test", "test", "--select", *TABLES)
        )
    )
    broken = [node.words for node in made if node.failed]
    assert not broken, broken
    with connect(database, read_only=True) as connection:
        row = connection.sql(
            "select (select count(*) from int_ledger__problem),"
            " (select coalesce(sum(abs(group_unexplained_amount)), 0) from fct_gl_tieout)"
        ).fetchone()
    assert row is not None
    return figures | {"problems": float(row[0]), "unexplained": float(row[1])}
