with

run as (

    select * from {{ ref('int_control__run') }}

),

orders as (

    select * from {{ ref('stg_billing__order_line') }}

)

select
    orders.company_id,
    party_codes.party_id,
    min(orders.order_id) as order_id,
    min(orders.credit_hold_at) as held_since_at
from orders
cross join run
inner join {{ ref('int_master__party_code') }} as party_codes
    on
        orders.source_system = party_codes.source_system
        and orders.company_id = party_codes.company_id
        and party_codes.party_code = coalesce(orders.bill_to_code, orders.customer_code)
        and party_codes.party_role = 'customer'
where
    orders.credit_status = 'hold'
    and orders.line_status not in ('draft', 'cancelled', 'closed')
    and orders.order_at <= run.as_of_at
    and coalesce(orders.credit_hold_at, orders.order_at) <= run.as_of_at
    and coalesce(orders.credit_release_at > run.as_of_at, true)
group by orders.company_id, party_codes.party_id
