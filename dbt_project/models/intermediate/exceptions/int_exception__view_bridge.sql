-- Pieces between our books and finance's that no step of the bridge explains.
with

run as (

    select * from {{ ref('int_control__run') }}

),

unexplained as (

    select * from {{ ref('int_bridge__running') }}
    where step = 'unexplained' and qty <> 0

),

companies as (

    select * from {{ ref('int_master__company') }}

)

select
    'GL_UNEXPLAINED' as code,
    unexplained.company_id,
    concat_ws('|', 'bridge', unexplained.item_id, unexplained.location_id) as business_key,
    cast(null as varchar) as root_exception_id,
    cast(null as varchar) as party_id,
    unexplained.item_id,
    nullif(unexplained.location_id, '') as location_id,
    cast(null as varchar) as movement_id,
    cast(null as varchar) as receipt_id,
    cast(null as varchar) as transfer_id,
    cast(null as varchar) as count_id,
    least(
        run.as_of_at,
        coalesce(
            {{ midnight_utc('unexplained.extract_date', 'companies.timezone') }}, run.as_of_at
        )
    ) as first_event_at,
    run.as_of_at as detected_at,
    coalesce(cast(round(abs(unexplained.qty * unexplained.unit_cost), 4) as decimal(18, 4)), 0)
        as exposure_amount,
    case
        when unexplained.unit_cost is null then 'no cost known'
        else 'unexplained quantity at cost'
    end as exposure_basis,
    'Sales, Warehouse and Finance numbers bridge' as rule_id,
    {{ json_text([
        ('qty', 'unexplained.qty'),
        ('finance_qty', 'unexplained.running_qty'),
        ('finance_as_of_date', 'unexplained.extract_date'),
    ]) }} as evidence
from unexplained
inner join companies
    on unexplained.company_id = companies.company_id
cross join run
