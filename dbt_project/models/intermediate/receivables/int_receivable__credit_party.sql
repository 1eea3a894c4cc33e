-- Who answers for a customer's debts: the payer of his master record, else he himself.

with

parties as (

    select * from {{ ref('int_master__party') }}
    where party_role = 'customer'

),

codes as (      -- one spelling, one payer: the first system by name speaks

    select company_id, party_code, min(party_id) as party_id
    from {{ ref('int_master__party_code') }}
    where party_role = 'customer'
    group by company_id, party_code

)

select
    parties.company_id,
    parties.party_id,
    coalesce(codes.party_id, parties.party_id) as credit_party_id
from parties
left join codes
    on
        parties.company_id = codes.company_id
        and parties.bill_to_code = codes.party_code
