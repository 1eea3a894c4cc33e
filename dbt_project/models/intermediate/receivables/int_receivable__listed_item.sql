-- What the system's own list of open receivables says, at every day for which it sent one.

with

companies as (

    select * from {{ ref('int_master__company') }}

),

open_items as (

    select
        items.*,
        max(items.as_of_date) over (partition by items.company_id) as last_date
    from {{ ref('stg_gl__ar_open_item') }} as items
    inner join companies
        on
            items.company_id = companies.company_id
            and items.as_of_date <= companies.as_of_date

)

select
    open_items.company_id,
    open_items.source_system,
    open_items.open_item_id,
    open_items.invoice_number,
    open_items.document_type,
    coalesce(party_codes.party_id, open_items.customer_code) as party_id,
    open_items.document_date,
    coalesce(open_items.due_date, open_items.document_date) as due_date,
    open_items.as_of_date,
    open_items.as_of_date = open_items.last_date as is_last_list,
    coalesce(companies.currency, open_items.currency) as company_currency,
    open_items.currency,
    open_items.original_amount as original_amount_doc,
    open_items.open_amount as open_amount_doc,
    case
        when open_items.currency = coalesce(companies.currency, open_items.currency)
            then open_items.original_amount
    end as original_amount,
    coalesce(
        open_items.open_amount_company,
        case
            when open_items.currency = coalesce(companies.currency, open_items.currency)
                then open_items.open_amount
        end
    ) as open_amount,
    open_items.dunning_level,
    open_items.last_dunning_date,
    coalesce(open_items.dispute_flag, false) as is_disputed
from open_items
inner join companies
    on open_items.company_id = companies.company_id
left join {{ ref('int_master__party_code') }} as party_codes
    on
        open_items.source_system = party_codes.source_system
        and open_items.company_id = party_codes.company_id
        and open_items.customer_code = party_codes.party_code
        and party_codes.party_role = 'customer'
