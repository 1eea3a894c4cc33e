with

promises as (

    select * from {{ ref('int_availability__broken_promise') }}

),

companies as (

    select * from {{ ref('int_master__company') }}

),

valued as (      -- documents at their open amount (ruling D23): the part of the line that is broken

    select
        promises.*,
        parties.party_id,
        expedited.last_ship_date,
        coalesce(expedited.express_shipments, 0) as express_shipments,
        coalesce(expedited.expedite_amount, 0) as expedite_amount,
        {{ divide_exact('promises.net_amount * promises.broken_qty', 'promises.promised_qty', 4) }}
        * case when promises.currency = companies.currency then 1 else rates.rate end
            as broken_amount
    from promises
    inner join companies
        on promises.company_id = companies.company_id
    left join {{ ref('int_master__party_code') }} as parties
        on
            promises.source_system = parties.source_system
            and promises.company_id = parties.company_id
            and promises.customer_code = parties.party_code
            and parties.party_role = 'customer'
    left join {{ ref('int_ledger__currency_day') }} as rates
        on
            promises.company_id = rates.company_id
            and promises.currency = rates.from_currency
            and {{ local_date('promises.order_at', 'companies.timezone') }} = rates.date
    left join {{ ref('int_availability__expedited_line') }} as expedited
        on
            promises.company_id = expedited.company_id
            and case when promises.code = 'PROMISE_ON_THEORETICAL' then promises.order_id end = expedited.order_id
            and promises.order_line = expedited.order_line

)

select
    code,
    company_id,
    concat_ws('|', source_system, order_id, order_line) as business_key,
    cast(null as varchar) as root_exception_id,
    party_id,
    item_id,
    location_id,
    order_id,
    order_line,
    cast(null as varchar) as shipment_id,
    cast(null as varchar) as shipment_line,
    cast(null as varchar) as invoice_id,
    cast(null as varchar) as invoice_line,
    cast(null as varchar) as journal_id,
    cast(null as varchar) as journal_line,
    cast(null as varchar) as movement_id,
    cast(null as varchar) as receipt_id,
    cast(null as varchar) as purchase_order_id,
    order_at as first_event_at,
    order_at as detected_at,
    cast(coalesce(broken_amount, 0) as decimal(18, 4)) as exposure_amount,
    case
        when broken_amount is null then 'no price or rate known'
        else 'broken part of the promise at the order price'
    end as exposure_basis,
    case code
        when 'DOUBLE_COMMIT' then 'promised from the shelf, first come first served'
        when 'BUFFER_BREACH' then 'the channel must leave the safety stock alone'
        else 'promised out of goods that had not come'
    end as rule_id,
    {{ json_text([
        ('broken_qty', 'broken_qty'),
        ('promised_qty', 'promised_qty'),
        ('on_shelf_qty', 'on_shelf_qty'),
        ('reserved_qty', 'reserved_qty'),
        ('safety_buffer_qty', 'safety_buffer_qty'),
        ('channel', 'channel'),
        ('other_order_id', 'other_order_id'),
        ('promised_date', 'promised_date'),
        ('last_ship_date', 'last_ship_date'),
        ('days_late', days_between('promised_date', 'last_ship_date')),
        ('express_shipments', 'express_shipments'),
        ('expedite_amount', 'expedite_amount'),
    ]) }} as evidence
from valued
