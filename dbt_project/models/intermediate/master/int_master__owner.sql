-- Whom a code means that stands as owner of goods. A company may call itself by its own name or by the
-- code under which others know it: goods that it owns are its own, however the row says so.

with

companies as (

    select * from {{ ref('int_master__company') }}

),

own_codes as (

    select company_id, company_id as party_code from companies
    union
    select company_id, intercompany_party_code from companies
    where intercompany_party_code <> ''

),

parties as (

    select
        company_id,
        party_code,
        min(party_id) as party_id,
        max(case when party_role = 'supplier' then 1 else 0 end) = 1 as is_supplier
    from {{ ref('int_master__party_code') }}
    group by company_id, party_code

)

select
    company_id,
    party_code,
    company_id as owner_id,
    false as is_supplier
from own_codes
union all
select
    parties.company_id,
    parties.party_code,
    parties.party_id,
    parties.is_supplier
from parties
left join own_codes
    on
        parties.company_id = own_codes.company_id
        and parties.party_code = own_codes.party_code
where own_codes.party_code is null
