-- Where the Finance number of a place comes from: the subledger, wherever it has ever named the
-- place; one figure for all the places that it does not name; or nothing but our own ledger.
with

spoken_of as (

    select
        company_id,
        location_id,
        min(extract_date) as extract_date
    from {{ ref('int_bridge__subledger_line') }}
    group by company_id, location_id

),

places as (

    select company_id, location_id
    from {{ ref('int_stock__leg') }}
    group by company_id, location_id

)

select
    places.company_id,
    places.location_id,
    case
        when named.company_id is not null then 'subledger'
        when totals.company_id is not null then 'subledger total'
        else 'own ledger'
    end as finance_basis,
    coalesce(named.extract_date, totals.extract_date) as extract_date
from places
left join spoken_of as named
    on
        places.company_id = named.company_id
        and places.location_id = named.location_id
left join spoken_of as totals
    on
        places.company_id = totals.company_id
        and totals.location_id = ''
