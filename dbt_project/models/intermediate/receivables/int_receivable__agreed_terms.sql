-- Whose terms hold for a document: its own, else those of the order it bills, else the customer's.

with

invoices as (

    select * from {{ ref('int_billing__invoice') }}

),

ordered as (

    select
        lines.company_id,
        lines.source_system,
        lines.invoice_id,
        min(orders.payment_terms_code) as terms_code
    from {{ ref('stg_billing__invoice_line') }} as lines
    inner join {{ ref('stg_billing__order_line') }} as orders
        on
            lines.company_id = orders.company_id
            and lines.order_id = orders.order_id
            and lines.order_line = orders.order_line
    where orders.payment_terms_code is not null
    group by lines.company_id, lines.source_system, lines.invoice_id

)

select
    invoices.company_id,
    invoices.source_system,
    invoices.invoice_id,
    coalesce(invoices.payment_terms_code, ordered.terms_code, parties.payment_terms_code)
        as terms_code,
    case
        when invoices.payment_terms_code is not null then 'invoice'
        when ordered.terms_code is not null then 'order'
        when parties.payment_terms_code is not null then 'customer'
    end as terms_origin
from invoices
left join ordered
    on
        invoices.company_id = ordered.company_id
        and invoices.source_system = ordered.source_system
        and invoices.invoice_id = ordered.invoice_id
left join {{ ref('int_master__party') }} as parties
    on
        invoices.company_id = parties.company_id
        and invoices.party_id = parties.party_id
        and parties.party_role = 'customer'
