-- What is told of each link of an order line, however many documents tell it, and the exception
-- that says that it is wrong.
with

documents as (

    select * from {{ ref('int_control__trace_document') }}

),

problems as (

    select * from {{ ref('int_control__trace_problem') }}

),

facts as (

    select
        company_id, order_id, order_line, 1 as link_number,
        concat_ws('/', order_id, order_line) as link_id, line_status as detail,
        cast(null as varchar) as location_id, coalesce(confirmed_at, order_at) as link_at,
        cast(null as date) as link_date, qty_ordered - coalesce(qty_cancelled, 0) as qty,
        net_amount as amount, currency, cast(null as decimal(18, 4)) as cost_amount,
        _source_file, _row_number, cast(null as varchar) as code, cast(null as varchar) as exception_id,
        cast(null as varchar) as verdict
    from {{ ref('stg_billing__order_line') }}
    union all
    select
        company_id, order_id, order_line, 2, cast(promised_date as varchar), promise_basis, null,
        coalesce(confirmed_at, order_at), promised_date, qty_ordered - coalesce(qty_cancelled, 0),
        null, null, null, _source_file, _row_number, null, null, null
    from {{ ref('stg_billing__order_line') }}
    where promised_date is not null
    union all
    select
        company_id, order_id, order_line, link_number, link_id, detail, location_id,
        link_at, cast(link_at as date), qty, null, null, null, _source_file, _row_number, null, null, null
    from {{ ref('int_control__trace_goods') }}
    union all
    select
        company_id, order_id, order_line, link_number, link_id, detail, null,
        link_at, link_date, qty, amount, currency, cost_amount, _source_file, _row_number, null, null, null
    from {{ ref('int_control__trace_money') }}
    union all
    select
        company_id, order_id, coalesce(order_line, ''), link_number, null, null, null,
        null, null, null, null, null, null, null, null, code, exception_id, verdict
    from problems
    where order_id is not null
    union all
    select
        problems.company_id, documents.order_id, documents.order_line, problems.link_number, null, null, null,
        null, null, null, null, null, null, null, null, problems.code, problems.exception_id, problems.verdict
    from problems
    inner join documents
        on
            problems.company_id = documents.company_id
            and documents.document_kind = case
                when problems.document_kind = 'invoice' then 'invoice'
                when problems.movement_id is not null then 'movement'
                else 'shipment'
            end
            and documents.document_id = case
                when problems.document_kind = 'invoice' then problems.invoice_id
                else coalesce(problems.movement_id, problems.shipment_id)
            end
    where
        problems.order_id is null
        and (
            problems.movement_id is not null
            or documents.document_line = coalesce(
                case when problems.document_kind = 'invoice' then problems.invoice_line end,
                problems.shipment_line, documents.document_line
            )
        )

),

located as (

    select
        *,
        case
            when _source_file is not null
                then concat_ws('#', _source_file, cast(_row_number as varchar))
        end as source_row
    from facts

)

select
    company_id,
    order_id,
    coalesce(order_line, '') as order_line,      -- a document may name its order alone
    link_number,
    count(distinct link_id) as document_count,
    min(link_id) as first_document_id,
    max(link_id) as last_document_id,
    max(detail) as detail,
    max(location_id) as location_id,

    cast(sum(qty) as decimal(18, 6)) as qty,
    cast(sum(amount) as decimal(18, 4)) as amount,
    max(currency) as currency,
    cast(sum(cost_amount) as decimal(18, 4)) as cost_amount,

    min(link_at) as first_at,
    max(link_at) as last_at,
    max(link_date) as link_date,
    min(source_row) as source_row,
    count(distinct source_row) as source_row_count,

    min(code) as exception_code,
    min(exception_id) as exception_id,
    min(verdict) as verdict,
    max(
        case when link_number = 6 and detail in ('E19', 'E20', 'E26', 'E38', 'E42', 'E43', 'E54') then 1 else 0 end
    ) as has_left_shelf,
    max(
        case
            when link_number = 6 and detail in ('E19', 'E26', 'E44', 'E47', 'E54') then 1
            when link_number = 7 and detail = 'E21' then 1
            else 0
        end
    ) as is_sold,
    max(case when link_number = 6 and detail = 'E47' then 1 else 0 end) as is_sent_by_supplier
from located
group by company_id, order_id, coalesce(order_line, ''), link_number
