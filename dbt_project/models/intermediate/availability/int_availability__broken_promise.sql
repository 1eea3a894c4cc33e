-- One promise, one problem: sold twice, sold before it came, or sold out of the safety stock.
with

double_commitments as (      -- of a kit, the part that is missing most; the line is named once

    select
        *,
        row_number() over (
            partition by source_system, company_id, order_id, order_line
            order by short_qty / wanted_qty desc, item_id
        ) as preference
    from {{ ref('int_availability__overcommitment') }}

),

holders as (      -- who has the pieces: the largest reservations at the place

    select
        company_id,
        item_id,
        location_id,
        order_id,
        row_number() over (
            partition by company_id, item_id, location_id
            order by sum(reserved_qty) desc, order_id
        ) as preference
    from {{ ref('int_availability__reservation') }}
    group by company_id, item_id, location_id, order_id

),

judged as (

    select promises.*
    from {{ ref('int_availability__promise_judged') }} as promises
    left join double_commitments      -- sold twice says it all: one problem, one exception
        on
            double_commitments.preference = 1
            and promises.source_system = double_commitments.source_system
            and promises.company_id = double_commitments.company_id
            and promises.order_id = double_commitments.order_id
            and promises.order_line = double_commitments.order_line
    where double_commitments.order_id is null

)

select
    'DOUBLE_COMMIT' as code,
    double_commitments.source_system,
    double_commitments.company_id,
    double_commitments.order_id,
    double_commitments.order_line,
    double_commitments.ordered_item_id as item_id,
    double_commitments.location_id,
    double_commitments.channel,
    double_commitments.customer_code,
    double_commitments.order_at,
    double_commitments.promised_date,
    double_commitments.net_amount,
    double_commitments.currency,
    double_commitments.wanted_qty as promised_qty,
    double_commitments.short_qty as broken_qty,
    cast(
        double_commitments.free_qty + double_commitments.reserved_by_all_qty as decimal(18, 6)
    ) as on_shelf_qty,
    cast(double_commitments.reserved_by_all_qty as decimal(18, 6)) as reserved_qty,
    cast(0 as decimal(18, 6)) as safety_buffer_qty,
    -- not the order itself, which may hold a part of what it was promised
    case
        when holders.order_id <> double_commitments.order_id then holders.order_id
        else next_holders.order_id
    end as other_order_id
from double_commitments
left join holders
    on
        double_commitments.company_id = holders.company_id
        and double_commitments.item_id = holders.item_id
        and double_commitments.location_id = holders.location_id
        and holders.preference = 1
left join holders as next_holders
    on
        double_commitments.company_id = next_holders.company_id
        and double_commitments.item_id = next_holders.item_id
        and double_commitments.location_id = next_holders.location_id
        and next_holders.preference = 2
where double_commitments.preference = 1

union all

select
    case when promise_basis = 'inbound' then 'PROMISE_ON_THEORETICAL' else 'BUFFER_BREACH' end
        as code,
    source_system,
    company_id,
    order_id,
    order_line,
    item_id,
    location_id,
    channel,
    customer_code,
    order_at,
    promised_date,
    net_amount,
    currency,
    qty_base as promised_qty,
    case when promise_basis = 'inbound' then theoretical_qty else buffer_qty end as broken_qty,
    free_qty as on_shelf_qty,
    cast(0 as decimal(18, 6)) as reserved_qty,
    cast(safety_buffer_qty as decimal(18, 6)) as safety_buffer_qty,
    cast(null as varchar) as other_order_id
from judged
where
    (promise_basis = 'inbound' and theoretical_qty > 0)
    or (promise_basis = 'on_hand' and buffer_qty > 0)
