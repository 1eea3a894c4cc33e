-- What is still to come to a place, when it may be sold, and whether anybody may be promised it.
with

companies as (

    select * from {{ ref('int_master__company') }}

),

settings as (

    select * from {{ ref('int_availability__setting') }}

),

documents as (

    select * from {{ ref('int_availability__supply_document') }}

),

notices as (

    select
        company_id,
        max(case when side = 'announced' then order_id end) as order_id,
        max(case when side = 'announced' then order_line end) as order_line,
        inbound_id,
        inbound_line,
        item_id,
        location_id,
        max(expected_date) as expected_date,
        max(is_transfer) as is_transfer,
        sum(case when side = 'announced' then qty_base else -qty_base end) as open_qty
    from documents
    where inbound_id is not null
    group by company_id, inbound_id, inbound_line, item_id, location_id
    having sum(case when side = 'announced' then 1 else 0 end) > 0

),

orders as (      -- less what has come, and less what is announced and shown as such

    select
        stacked.company_id,
        stacked.order_id,
        stacked.order_line,
        stacked.item_id,
        max(stacked.location_id) as location_id,
        max(stacked.expected_date) as expected_date,
        max(stacked.is_confirmed) as is_confirmed,
        sum(stacked.qty) as open_qty
    from (
        select
            company_id, order_id, order_line, item_id,
            case when side = 'ordered' then location_id end as location_id,
            case when side = 'ordered' then expected_date end as expected_date,
            side = 'ordered' and is_confirmed as is_confirmed,
            case when side = 'ordered' then qty_base else -qty_base end as qty,
            case when side = 'ordered' then 1 else 0 end as ordered_lines
        from documents
        where side in ('ordered', 'received') and order_id is not null
        union all
        select
            company_id, order_id, order_line, item_id, null, null, false,
            -greatest(open_qty, 0), 0
        from notices
        where order_id is not null
    ) as stacked
    group by stacked.company_id, stacked.order_id, stacked.order_line, stacked.item_id
    having sum(stacked.ordered_lines) > 0

),

open_supply as (

    select
        company_id, item_id, location_id,
        case when is_transfer then 'transfer' else 'inbound' end as supply_kind,
        inbound_id as document_id, inbound_line as document_line, expected_date, open_qty
    from notices
    union all
    select
        company_id, item_id, location_id,
        case when is_confirmed then 'on_order' else 'unconfirmed' end as supply_kind,
        order_id as document_id, order_line as document_line, expected_date, open_qty
    from orders
    union all
    select
        company_id, item_id, location_id, 'transfer' as supply_kind,
        '' as document_id, '' as document_line,
        expected_date, open_qty
    from {{ ref('int_availability__unannounced_transfer') }}

)

select
    open_supply.company_id,
    open_supply.item_id,
    open_supply.location_id,
    open_supply.supply_kind,
    open_supply.document_id,
    open_supply.document_line,
    open_supply.expected_date,
    cast(open_supply.open_qty as decimal(18, 6)) as open_qty,
    cast(
        case
            when open_supply.expected_date > companies.as_of_date then open_supply.expected_date
            else companies.as_of_date + settings.late_arrival_days * interval 1 day
        end
        + case
            when open_supply.supply_kind = 'transfer' then 0 else coalesce(inspection.lead_days, 0)
        end * interval 1 day as date
    ) as available_date,
    -- without a date, without a word of the supplier or long overdue it is shown, not promised
    open_supply.supply_kind <> 'unconfirmed'
    and open_supply.expected_date is not null
    and {{ days_between('open_supply.expected_date', 'companies.as_of_date') }}
    <= settings.trusted_late_days as is_promisable
from open_supply
inner join companies
    on open_supply.company_id = companies.company_id
left join {{ ref('int_availability__inspection') }} as inspection
    on
        open_supply.company_id = inspection.company_id
        and open_supply.item_id = inspection.item_id
cross join settings
where open_supply.open_qty > 0
