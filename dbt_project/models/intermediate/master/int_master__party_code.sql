with

seen as (

    select * from {{ ref('int_master__party_code_seen') }}

),

xrefs as (

    select * from {{ ref('stg_master__party_xref') }}

),

parties as (

    select * from {{ ref('stg_master__party') }}

),

companies as (

    select company_id from {{ ref('int_master__company') }}
    union all
    select '*' as company_id

),

xref_ranked as (      -- the sending system's row first, then the company's own, then the newest

    select
        seen.source_system,
        seen.company_id,
        seen.party_code,
        seen.party_role,
        xrefs.party_id,
        row_number() over (
            partition by seen.source_system, seen.company_id, seen.party_code, seen.party_role
            order by
                case when xrefs.source_system = seen.source_system then 0 else 1 end asc,
                case when xrefs.company_id = seen.company_id then 0 else 1 end asc,
                xrefs.valid_from desc nulls last,
                xrefs.party_id asc
        ) as preference
    from seen
    inner join xrefs
        on
            seen.party_code = xrefs.party_code
            and seen.party_role = xrefs.party_role
            and xrefs.company_id in (seen.company_id, '*')

),

known as (

    select distinct
        companies.company_id,
        parties.party_code,
        parties.party_role
    from parties
    inner join companies
        on parties.company_id in (companies.company_id, '*')

)

select
    seen.source_system,
    seen.company_id,
    seen.party_code,
    seen.party_role,
    coalesce(xref_ranked.party_id, seen.party_code) as party_id,
    xref_ranked.party_id is not null or known.party_code is not null as is_resolved
from seen
left join xref_ranked
    on
        seen.source_system = xref_ranked.source_system
        and seen.company_id = xref_ranked.company_id
        and seen.party_code = xref_ranked.party_code
        and seen.party_role = xref_ranked.party_role
        and xref_ranked.preference = 1
left join known
    on
        seen.company_id = known.company_id
        and seen.party_code = known.party_code
        and seen.party_role = known.party_role
