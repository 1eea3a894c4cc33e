-- What goods are worth that left a pool of costs, or wait outside one account: the value they left
-- with, until they arrive (rulings C5, C7). What comes out takes its pieces in the order in which they
-- went in; the parts of what went in add up to it to the smallest unit of money.

with

moves as (

    select * from {{ ref('int_stock__move') }}
    where is_main

),

move_values as (

    select company_id, move_id, cost_amount from {{ ref('int_valuation__move_value') }}

),

brought as (

    select company_id, event_id, cost_amount from {{ ref('int_valuation__arrival_cost') }}

),

waiting as (      -- + in, - out

    select
        company_id, move_id, item_id, qty_base, event_at, 'shipment' as place_kind,
        concat_ws('|', shipment_id, shipment_line) as place_key,
        case when to_state = 'IN_TRANSIT_OUT' then 1 else -1 end as direction
    from moves
    where 'IN_TRANSIT_OUT' in (from_state, to_state) and shipment_id is not null
    union all
    select
        company_id, move_id, item_id, qty_base, event_at, 'transfer', transfer_id,
        case when to_state = 'XFER_TRANSIT' then 1 else -1 end
    from moves
    where 'XFER_TRANSIT' in (from_state, to_state) and transfer_id is not null
    union all
    select
        company_id, move_id, item_id, qty_base, event_at, 'consignment',
        case when to_state = 'CONSIGN_OUT' then to_location_id else from_location_id end,
        case when to_state = 'CONSIGN_OUT' then 1 else -1 end
    from moves
    where 'CONSIGN_OUT' in (from_state, to_state)
    union all
    select
        company_id, move_id, item_id, qty_base, event_at, 'receipt',
        concat_ws('|', receipt_id, receipt_line),
        case when event_code in ('E04', 'E05') then 1 else -1 end
    from moves
    where event_code in ('E04', 'E05', 'E07', 'E08') and receipt_id is not null
    union all
    select
        company_id, move_id, item_id, qty_base, event_at, 'return',
        concat_ws('|', receipt_id, receipt_line),
        case when event_code = 'E29' then 1 else -1 end
    from moves
    where event_code in ('E29', 'E31', 'E32') and receipt_id is not null

),

ordered as (

    select
        waiting.*,
        coalesce(brought.cost_amount, move_values.cost_amount) as value_amount,
        sum(waiting.qty_base) over (
            partition by
                waiting.company_id, waiting.place_kind, waiting.place_key, waiting.item_id,
                waiting.direction
            order by waiting.event_at, waiting.move_id
            rows between unbounded preceding and current row
        ) as upto
    from waiting
    left join move_values
        on
            waiting.company_id = move_values.company_id
            and waiting.move_id = move_values.move_id
    left join brought
        on
            waiting.company_id = brought.company_id
            and case when waiting.place_kind = 'receipt' then waiting.move_id end = brought.event_id

),

met as (

    select
        taken.company_id,
        taken.move_id,
        taken.place_kind,
        put_in.value_amount,
        put_in.qty_base,
        greatest(taken.upto - taken.qty_base, put_in.upto - put_in.qty_base)
        - (put_in.upto - put_in.qty_base) as met_from,
        least(taken.upto, put_in.upto) - (put_in.upto - put_in.qty_base) as met_upto
    from ordered as taken
    inner join ordered as put_in
        on
            taken.direction = -1
            and put_in.direction = 1
            and taken.company_id = put_in.company_id
            and taken.place_kind = put_in.place_kind
            and taken.place_key = put_in.place_key
            and taken.item_id = put_in.item_id
            and taken.upto - taken.qty_base < put_in.upto
            and put_in.upto - put_in.qty_base < taken.upto

)

select
    met.company_id,
    met.move_id,
    min(met.place_kind) as place_kind,
    cast(sum(
        {{ minor_unit('met.value_amount * cast(met.met_upto as decimal(18, 6))', 'companies.currency_decimals',
            by='met.qty_base', from_scale=10) }}
        - {{ minor_unit('met.value_amount * cast(met.met_from as decimal(18, 6))', 'companies.currency_decimals',
            by='met.qty_base', from_scale=10) }}
    ) as decimal(18, 4)) as frozen_amount
from met
inner join {{ ref('int_master__company') }} as companies
    on met.company_id = companies.company_id
group by met.company_id, met.move_id
