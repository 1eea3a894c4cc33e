-- Entries that settle taxes or what companies of a group owe each other. No extract tells of them but
-- the ledger, so the day is the ledger's; the amount is ours: it must be what the account had open at
-- the end of an earlier period - all of it, or all that the period before added. An entry of another
-- amount is no settlement and stays an entry that nobody answers.

with

roles as (

    select account_role, settlement from {{ ref('shared_role') }}
    where settlement <> ''

),

event_lines as (

    select * from {{ ref('int_ledger__event_line') }}
    where line_purpose = 'event'

),

journal_lines as (

    select * from {{ ref('int_ledger__journal_line') }}
    where is_posted and ledger = '' and not is_manual and actual_amount <> 0

),

entries as (      -- nothing but such accounts, and a document that we do not know

    select
        journal_lines.company_id,
        journal_lines.source_system,
        journal_lines.journal_id
    from journal_lines
    left join roles
        on journal_lines.account_role = roles.account_role
    left join (
        select company_id, source_doc_type, source_doc_id from event_lines
        group by company_id, source_doc_type, source_doc_id
    ) as known
        on
            journal_lines.company_id = known.company_id
            and journal_lines.source_doc_type = known.source_doc_type
            and journal_lines.source_doc_id = known.source_doc_id
    group by journal_lines.company_id, journal_lines.source_system, journal_lines.journal_id
    having
        count(roles.account_role) = count(*)
        and count(known.source_doc_id) = 0
        and min(coalesce(journal_lines.source_doc_id, '')) <> ''
        and max(case when roles.settlement = 'settled' then 1 else 0 end) = 1

),

lines as (

    select journal_lines.*, roles.settlement
    from journal_lines
    inner join entries using (company_id, source_system, journal_id)
    inner join roles using (account_role)

),

told as (

    select
        event_lines.company_id, event_lines.account_code,
        event_lines.fiscal_year * 100 + event_lines.fiscal_period as period_key,
        event_lines.expected_amount as moved_amount, 0 as settled_amount
    from event_lines
    inner join roles using (account_role)
    where roles.settlement = 'settled'
    union all
    select
        company_id, account_code, fiscal_year * 100 + fiscal_period, 0, actual_amount
    from lines
    where settlement = 'settled'
    union all
    select company_id, account_code, 0, balance_change - period_amount, 0
    from (
        select
            balances.*,
            row_number() over (
                partition by company_id, account_code, currency, location_id
                order by fiscal_year, fiscal_period
            ) as place
        from {{ ref('int_ledger__balance_movement') }} as balances
    ) as first_balances
    where place = 1

),

by_period as (

    select
        company_id, account_code, period_key,
        sum(moved_amount) as moved_amount, sum(settled_amount) as settled_amount
    from told
    group by company_id, account_code, period_key

),

running as (

    select
        by_period.*,
        lag(moved_amount) over account as before_amount,
        sum(moved_amount) over (
            partition by company_id, account_code
            order by period_key
            rows between unbounded preceding and 1 preceding
        ) as moved_before_amount,
        sum(settled_amount) over (
            partition by company_id, account_code
            order by period_key
            rows between unbounded preceding and current row
        ) as settled_so_far_amount
    from by_period
    window account as (partition by company_id, account_code order by period_key)

),

judged as (

    select
        lines.*,
        min(
            case
                when lines.settlement = 'means' then 1
                when running.moved_before_amount + running.settled_so_far_amount = 0 then 1
                when running.before_amount + running.settled_amount = 0 then 1
                else 0
            end
        ) over (partition by lines.company_id, lines.source_system, lines.journal_id) as is_settlement
    from lines
    left join running
        on
            lines.company_id = running.company_id
            and lines.account_code = running.account_code
            and lines.fiscal_year * 100 + lines.fiscal_period = running.period_key

)

select
    company_id, source_system, journal_id, journal_line, posting_date, fiscal_year, fiscal_period,
    account_role, account_code, coalesce(source_doc_type, '') as source_doc_type, source_doc_id,
    coalesce(source_doc_line, '') as source_doc_line, location_id, actual_amount, currency,
    amount_doc, currency_doc
from judged
where is_settlement = 1
