with

leftovers as (

    select * from {{ ref('int_ledger__leftover_entry') }}

),

companies as (

    select * from {{ ref('int_master__company') }}

),

working_days as (

    select * from {{ ref('int_billing__business_day') }}

),

profiles as (

    select * from {{ ref('int_policy__posting_profile') }}

),

supplier_lines as (      -- the one supplier line of that day and amount says what was bought

    select
        company_id,
        posting_date,
        invoiced_amount,
        min(supplier_invoice_id) as supplier_invoice_id,
        min(item_id) as item_id
    from {{ ref('int_purchasing__supplier_line') }}
    where invoiced_amount <> 0
    group by company_id, posting_date, invoiced_amount
    having count(*) = 1

)

select
    leftovers.company_id,
    leftovers.fiscal_year,
    leftovers.fiscal_period,
    leftovers.posting_date,
    leftovers.account_code,
    leftovers.tie_group,
    leftovers.location_id,
    leftovers.side,
    leftovers.difference_amount,
    case
        when leftovers.is_wrong_period then 'WRONG_PERIOD'
        when leftovers.document_kind = 'opening' then 'OPENING_DIFF'
        when leftovers.side = 'actual' and leftovers.is_manual then 'MANUAL_JOURNAL'
        when leftovers.side = 'actual' then 'MISSING_IN_SUBLEDGER'
        when today.day_number - posted.day_number <= coalesce(profiles.posting_sla_days, 1)
            then 'TIMING_UNPOSTED'
        else 'MISSING_IN_GL'
    end as item_class,
    -- one document that the ledger lacks is one problem, however many accounts it misses on
    case
        when leftovers.problem_kind is null
            then concat_ws('|', 'entry', leftovers.journal_id, leftovers.journal_line)
        else concat_ws('|', leftovers.problem_kind, leftovers.problem_id)
    end as problem_key,
    leftovers.source_system,
    leftovers.journal_id,
    leftovers.journal_line,
    leftovers.document_kind,
    leftovers.document_id,
    leftovers.document_line,
    leftovers.movement_id,
    case
        when leftovers.document_kind = 'supplier_invoice' then leftovers.document_id
        when leftovers.side = 'actual' then supplier_lines.supplier_invoice_id
    end as supplier_invoice_id,
    case when leftovers.side = 'actual' then supplier_lines.item_id end as item_id
from leftovers
inner join companies
    on leftovers.company_id = companies.company_id
left join working_days as posted
    on
        leftovers.company_id = posted.company_id
        and leftovers.posting_date = posted.date
left join working_days as today
    on
        leftovers.company_id = today.company_id
        and companies.as_of_date = today.date
left join profiles
    on
        leftovers.company_id = profiles.company_id
        and leftovers.posting_date between profiles.valid_from and profiles.valid_to
left join supplier_lines
    on
        leftovers.company_id = supplier_lines.company_id
        and leftovers.posting_date = supplier_lines.posting_date
        and leftovers.difference_amount = supplier_lines.invoiced_amount
