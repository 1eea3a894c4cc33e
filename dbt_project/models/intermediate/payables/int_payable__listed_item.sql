-- What the system's own list of open payables says at its last day, owed +. Some ledgers list what
-- is owed with the minus of a credit account: the invoices of the list say which sign is theirs.

with

companies as (

    select * from {{ ref('int_master__company') }}

),

listed as (

    select
        items.*,
        max(items.as_of_date) over (partition by items.company_id) as last_date,
        sum(case when items.document_type = 'invoice' then items.open_amount else 0 end)
            over (partition by items.company_id, items.as_of_date) as invoice_total
    from {{ ref('stg_gl__ap_open_item') }} as items
    inner join companies
        on
            items.company_id = companies.company_id
            and items.as_of_date <= companies.as_of_date

),

signed as (

    select
        listed.*,
        case when invoice_total < 0 then -1 else 1 end as sign
    from listed
    where as_of_date = last_date

)

select
    signed.company_id,
    signed.source_system,
    signed.open_item_id,
    signed.invoice_number,
    signed.document_type,
    coalesce(party_codes.party_id, signed.supplier_code) as party_id,
    signed.document_date,
    coalesce(signed.due_date, signed.document_date) as due_date,
    signed.as_of_date,
    coalesce(companies.currency, signed.currency) as currency,
    signed.currency as currency_doc,
    signed.original_amount * signed.sign as original_amount_doc,
    signed.open_amount * signed.sign as open_amount_doc,
    case
        when signed.currency = coalesce(companies.currency, signed.currency)
            then signed.original_amount * signed.sign
    end as original_amount,
    coalesce(
        signed.open_amount_company,
        case
            when signed.currency = coalesce(companies.currency, signed.currency)
                then signed.open_amount
        end
    ) * signed.sign as open_amount
from signed
inner join companies
    on signed.company_id = companies.company_id
left join {{ ref('int_master__party_code') }} as party_codes
    on
        signed.source_system = party_codes.source_system
        and signed.company_id = party_codes.company_id
        and signed.supplier_code = party_codes.party_code
        and party_codes.party_role = 'supplier'
