-- Each link of an order line: told, missing where what came before calls for it, in disagreement
-- where an exception says so, or not applicable, with the reason.
with

run as (

    select * from {{ ref('int_control__run') }}

),

called_for as (

    select * from {{ ref('int_control__trace_call') }}

),

told as (

    select * from {{ ref('int_control__trace_link') }}

),

certified as (

    select
        company_id, fiscal_year, fiscal_period,
        count(*) as account_count,
        sum(case when certification_status in ('certified', 'certified automatically') then 1 else 0 end)
            as certified_count
    from {{ ref('fct_account_certification') }}
    where
        account_role in ('AR', 'REVENUE', 'COGS', 'INV', 'UNBILLED_AR')
        and certification_status <> 'not available'
    group by company_id, fiscal_year, fiscal_period

),

judged as (

    select
        called_for.*,
        told.document_count, told.first_document_id, told.last_document_id, told.detail,
        told.qty, told.amount, told.currency, told.cost_amount, told.first_at, told.last_at,
        told.link_date, told.source_row, told.source_row_count, told.exception_code, told.exception_id,
        told.verdict,
        case
            when told.verdict is not null then 'exception'
            when told.detail = 'suppressed' then 'suppressed'
            when told.document_count > 0 then 'told'
            when not called_for.is_called_for then 'not yet'
            when called_for.link_number = 16 and certified.account_count = certified.certified_count
                then 'told'
            when called_for.link_number = 16 and certified.account_count is not null then 'missing'
            when not called_for.is_told_of then 'nobody tells'
            when called_for.is_ledger_behind then 'ledger behind'
            else 'missing'
        end as finding
    from called_for
    left join told
        on
            called_for.company_id = told.company_id
            and called_for.order_id = told.order_id
            and called_for.order_line = told.order_line
            and called_for.link_number = told.link_number
    left join certified
        on
            called_for.company_id = certified.company_id
            and called_for.fiscal_year = certified.fiscal_year
            and case when called_for.link_number = 16 then called_for.fiscal_period end = certified.fiscal_period

)

select
    judged.company_id,
    judged.order_id,
    judged.order_line,
    cast(judged.link_number as integer) as link_number,
    judged.link_name,
    judged.item_id,

    case
        when judged.finding = 'exception' then judged.verdict
        when judged.finding = 'told' then 'OK'
        when judged.finding = 'missing' then 'MISSING'
        else 'NA'
    end as status,
    case judged.finding
        when 'exception' then judged.exception_code
        when 'suppressed' then 'nothing is to be billed'
        when 'not yet' then 'nothing before it calls for it yet'
        when 'nobody tells' then concat('not available: needs ', judged.needs)
        when 'ledger behind' then 'the ledger has not come so far'
        when 'missing' then concat('no ', judged.link_name)
    end as reason,
    coalesce(judged.document_count, 0) as document_count,
    case
        when judged.link_number = 16 then concat_ws('-', judged.fiscal_year, judged.fiscal_period)
        else judged.first_document_id
    end as first_document_id,
    judged.last_document_id,
    judged.detail,
    judged.first_at,
    judged.last_at,
    judged.link_date,

    judged.qty,
    judged.amount,
    judged.currency,
    judged.cost_amount,

    judged.source_row,
    coalesce(judged.source_row_count, 0) as source_row_count,
    judged.exception_id,
    run.as_of_at,
    run.watermark_at
from judged
cross join run
