-- Whose money it is: the customer on the receipt; else the one customer who has paid from the same
-- account before; else the one customer of that name. What two customers fit is nobody's.

with

receipts as (

    select
        receipts.*,
        party_codes.party_id
    from {{ ref('stg_billing__cash_receipt') }} as receipts
    left join {{ ref('int_master__party_code') }} as party_codes
        on
            receipts.source_system = party_codes.source_system
            and receipts.company_id = party_codes.company_id
            and receipts.customer_code = party_codes.party_code
            and party_codes.party_role = 'customer'

),

accounts as (

    select company_id, payer_account, min(party_id) as party_id
    from receipts
    where payer_account is not null and party_id is not null
    group by company_id, payer_account
    having count(distinct party_id) = 1

),

names as (

    select company_id, upper(trim(party_name)) as payer_name, min(party_id) as party_id
    from {{ ref('int_master__party') }}
    where party_role = 'customer' and party_name is not null
    group by company_id, upper(trim(party_name))
    having count(distinct party_id) = 1

)

select
    receipts.company_id,
    receipts.source_system,
    receipts.cash_receipt_id,
    coalesce(receipts.party_id, accounts.party_id, names.party_id) as party_id,
    case
        when receipts.party_id is not null then 'customer on the receipt'
        when accounts.party_id is not null then 'account of the payer'
        when names.party_id is not null then 'name of the payer'
        else 'unknown'
    end as payer_basis
from receipts
left join accounts
    on
        receipts.company_id = accounts.company_id
        and receipts.payer_account = accounts.payer_account
left join names
    on
        receipts.company_id = names.company_id
        and upper(trim(receipts.payer_name)) = names.payer_name
