-- Promises that are judged by what lay free when they were made: those that say they stand on goods
-- to come, and those of a channel that must leave the safety stock alone.
-- What lay free is all that was on the shelf or put aside, less all that was ordered before and had
-- not left; so it does not matter whether a place reserves.
with

run as (

    select * from {{ ref('int_control__run') }}

),

order_lines as (

    select * from {{ ref('stg_billing__order_line') }}

),

ordered as (

    select * from {{ ref('int_demand__ordered') }}
    where qty_base is not null

),

promised as (

    select
        order_lines.source_system,
        order_lines.company_id,
        order_lines.order_id,
        order_lines.order_line,
        order_lines.channel,
        order_lines.customer_code,
        order_lines.promise_basis,
        order_lines.promised_date,
        {{ order_amount('order_lines') }} as net_amount,
        order_lines.currency,
        ordered.item_id,
        ordered.location_id,
        ordered.qty_base,
        order_lines.order_at,
        case
            when not coalesce(own_policies.use_safety_buffer, policies.use_safety_buffer) then 0
            -- what operations keep; our own advice binds nobody before they follow it
            when safety_stocks.safety_stock_source = 'item master'
                then safety_stocks.safety_stock_qty
            else 0
        end as safety_buffer_qty
    from order_lines
    inner join run
        on order_lines.order_at <= run.as_of_at
    inner join ordered
        on
            order_lines.company_id = ordered.company_id
            and order_lines.order_id = ordered.order_id
            and order_lines.order_line = ordered.order_line
    left join {{ ref('int_availability__channel_policy') }} as policies
        on
            ordered.company_id = policies.company_id
            and ordered.location_id = policies.location_id
            and policies.channel = '*'
    left join {{ ref('int_availability__channel_policy') }} as own_policies
        on
            ordered.company_id = own_policies.company_id
            and ordered.location_id = own_policies.location_id
            and order_lines.channel = own_policies.channel
    left join {{ ref('int_availability__safety_stock') }} as safety_stocks
        on
            ordered.company_id = safety_stocks.company_id
            and ordered.item_id = safety_stocks.item_id
            and ordered.location_id = safety_stocks.location_id
    where order_lines.promise_basis in ('inbound', 'on_hand')

)

select * from promised
where promise_basis = 'inbound' or safety_buffer_qty > 0
