-- Which links of an order's chain each exception speaks of. What the ledger lacks or has wrong of a
-- shipment can be its revenue, its cost or its stock: the accounts of the finding say which.
with

entries as (

    select
        items.exception_id,
        max(case when trace_role.link_number = 11 then 1 else 0 end) as is_revenue,
        max(case when trace_role.link_number = 12 then 1 else 0 end) as is_cost,
        max(case when trace_role.link_number = 13 then 1 else 0 end) as is_stock
    from {{ ref('int_ledger__reconciling_item') }} as items
    left join {{ ref('trace_role') }} as trace_role
        on items.account_role = trace_role.account_role
    where items.exception_id is not null
    group by items.exception_id

)

select
    findings.*,
    trace_problem.link_number,
    trace_problem.verdict,
    case
        when trace_problem.link_number = 11 and findings.invoice_id is null and entries.is_revenue = 1
            then 'goods'
        else coalesce(trace_problem.document_kind, 'order')
    end as document_kind
from {{ ref('int_exception__finding') }} as findings
inner join {{ ref('trace_problem') }} as trace_problem
    on findings.code = trace_problem.code
left join entries
    on findings.exception_id = entries.exception_id
where
    coalesce(trace_problem.document_kind, 'order') <> 'goods'
    or case trace_problem.link_number
        when 12 then coalesce(entries.is_cost, 1)
        when 13 then coalesce(entries.is_stock, 1)
        else 1
    end = 1
