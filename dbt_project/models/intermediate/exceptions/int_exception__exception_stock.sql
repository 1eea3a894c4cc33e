-- Stock that has waited past the limit of its state: one problem per lot and state, named after the
-- oldest piece that still waits. Damaged goods that were written down have been valued.

with

aged as (

    select
        waiting_lots.*,
        row_number() over (
            partition by company_id, item_id, location_id, lot_number, stock_state, owner_id
            order by entered_at, source_system, source_movement_id, source_movement_line
        ) as seniority
    from {{ ref('int_stock__waiting_lot') }} as waiting_lots
    where age_days > limit_days and not is_written_down

),

pools as (

    select
        code,
        company_id,
        item_id,
        location_id,
        lot_number,
        stock_state,
        owner_id,
        min(limit_days) as limit_days,
        min(next_action) as next_action,
        sum(qty_base) as qty_base,
        sum(value_amount) as value_amount,
        max(age_days) as age_days,
        min(entered_at) as entered_at,
        max(case when seniority = 1 then source_movement_id end) as movement_id,
        max(case when seniority = 1 then receipt_id end) as receipt_id,
        max(case when seniority = 1 then receipt_line end) as receipt_line,
        count(*) as arrivals
    from aged
    group by code, company_id, item_id, location_id, lot_number, stock_state, owner_id

),

priced as (      -- what the pieces would still bring, before what it costs to sell them

    select
        pools.*,
        prices.net_price,
        cast(round(pools.qty_base * prices.net_price, 4) as decimal(18, 4)) as nrv_amount
    from pools
    left join {{ ref('int_billing__recent_price') }} as prices
        on
            pools.company_id = prices.company_id
            and pools.item_id = prices.item_id

)

select
    code,
    company_id,
    concat_ws('|', stock_state, item_id, location_id, lot_number, owner_id) as business_key,
    cast(null as varchar) as root_exception_id,
    cast(null as varchar) as party_id,
    item_id,
    location_id,
    movement_id,
    receipt_id,
    cast(null as varchar) as transfer_id,
    cast(null as varchar) as count_id,
    entered_at as first_event_at,
    entered_at + (limit_days + 1) * interval 1 day as detected_at,
    coalesce(value_amount, 0) as exposure_amount,
    case
        when owner_id <> company_id then 'not ours'
        when value_amount is null then 'no cost known'
        else 'waiting quantity at cost'
    end as exposure_basis,
    'age limit of the state' as rule_id,
    {{ json_text([
        ('stock_state', 'stock_state'),
        ('lot', 'lot_number'),
        ('owner', 'owner_id'),
        ('qty', 'qty_base'),
        ('age_days', 'age_days'),
        ('limit_days', 'limit_days'),
        ('arrivals', 'arrivals'),
        ('receipt_line', 'receipt_line'),
        ('next_action', 'next_action'),
        ('recent_net_price', 'net_price'),
        ('nrv_estimate', 'nrv_amount'),
    ]) }} as evidence
from priced
