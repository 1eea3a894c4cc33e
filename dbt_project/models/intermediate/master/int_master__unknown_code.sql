-- Codes that documents use and no master explains, with the one that people would read instead. A
-- company without any master of the kind is left out: nothing can be unknown where nothing is told.
-- A currency is explained by a rate into the company's own.

with

item_codes as (

    select * from {{ ref('int_master__item_code') }}

),

location_codes as (

    select * from {{ ref('int_master__location_code') }}

),

party_codes as (

    select * from {{ ref('int_master__party_code') }}

),

companies as (

    select * from {{ ref('int_master__company') }}

),

codes as (

    select
        'item' as code_kind, source_system, company_id, item_code as code, item_id as gold_id,
        is_resolved
    from item_codes
    union all
    select 'location', source_system, company_id, location_code, location_id, is_resolved
    from location_codes
    union all
    select party_role, source_system, company_id, party_code, party_id, is_resolved
    from party_codes
    union all
    select 'account', source_system, company_id, account_code, account_code, is_resolved
    from {{ ref('int_master__account_code') }}
    union all
    select 'currency', source_system, company_id, currency, currency, is_resolved
    from {{ ref('int_master__currency_code') }}
    union all
    select 'company', '', company_id, company_id, company_id, is_in_master
    from companies

),

known as (      -- every spelling that leads to a record, and the record's own name

    select code_kind, company_id, code, gold_id
    from codes
    where is_resolved
    union
    select code_kind, company_id, gold_id as code, gold_id
    from codes
    where is_resolved
    union
    select 'item' as code_kind, company_id, item_id as code, item_id as gold_id
    from {{ ref('int_master__item') }}

),

told as (

    select code_kind, company_id
    from known
    where code_kind <> 'company'
    group by code_kind, company_id
    union all
    select known.code_kind, companies.company_id
    from known
    cross join companies
    where known.code_kind = 'company'
    group by known.code_kind, companies.company_id

),

in_another_role as (      -- a forwarder that sends invoices is a party we know

    select company_id, code
    from known
    where code_kind in ('customer', 'supplier', 'carrier', 'intercompany', 'employee')
    group by company_id, code

),

unknown as (

    select
        codes.code_kind,
        codes.source_system,
        codes.company_id,
        codes.code,
        {{ plain_code('codes.code') }} as plain_code
    from codes
    inner join told
        on
            codes.code_kind = told.code_kind
            and codes.company_id = told.company_id
    left join in_another_role
        on
            codes.company_id = in_another_role.company_id
            and case
                when codes.code_kind in ('customer', 'supplier', 'carrier') then codes.code
            end = in_another_role.code
    where not codes.is_resolved and in_another_role.code is null

),

spelled as (

    select
        code_kind, company_id, gold_id, {{ plain_code('code') }} as plain_code, min(code) as code
    from known
    group by code_kind, company_id, gold_id, {{ plain_code('code') }}

)

select
    unknown.code_kind,
    unknown.source_system,
    unknown.company_id,
    unknown.code,
    min(spelled.gold_id) as likely_id,
    min(spelled.code) as likely_code,
    count(spelled.gold_id) as likely_ids
from unknown
left join spelled
    on
        unknown.code_kind = spelled.code_kind
        and unknown.company_id = spelled.company_id
        and nullif(unknown.plain_code, '') = spelled.plain_code
group by unknown.code_kind, unknown.source_system, unknown.company_id, unknown.code
