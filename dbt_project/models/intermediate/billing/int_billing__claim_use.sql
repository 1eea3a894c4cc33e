{{ config(materialized='view') }}

with

used as (

    select
        company_id, source_system, invoice_id, invoice_line,
        sum(match_qty) as qty,
        sum(matched_amount) as amount,
        max(match_level) as weakest_level
    from {{ ref('int_billing__match') }}
    group by company_id, source_system, invoice_id, invoice_line

)

select
    claims.*,
    coalesce(used.qty, 0) as used_qty,
    coalesce(used.amount, 0) as used_amount,
    used.weakest_level,
    claims.match_qty - coalesce(used.qty, 0) as surplus_qty,
    -- where customer or item have a tolerance of their own; null follows the company
    coalesce(of_party.qty_abs, of_item.qty_abs) as own_qty_abs,
    coalesce(of_party.qty_pct, of_item.qty_pct) as own_qty_pct
from {{ ref('int_billing__claim') }} as claims
left join used
    on
        claims.company_id = used.company_id
        and claims.source_system = used.source_system
        and claims.invoice_id = used.invoice_id
        and claims.invoice_line = used.invoice_line
left join {{ ref('int_billing__narrow_tolerance') }} as of_party
    on
        claims.company_id = of_party.company_id
        and claims.party_id = of_party.subject_id
        and of_party.subject = 'party'
left join {{ ref('int_billing__narrow_tolerance') }} as of_item
    on
        claims.company_id = of_item.company_id
        and claims.item_id = of_item.subject_id
        and of_item.subject = 'item'
