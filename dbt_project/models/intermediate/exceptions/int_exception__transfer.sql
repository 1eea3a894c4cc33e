-- Transfers that do not arrive, that happened in one place only, or of which another quantity came
-- (ruling B2). What a closed notice leaves behind is lost and no question any more (ruling B4).

with

run as (

    select * from {{ ref('int_control__run') }}

),

item_costs as (

    select * from {{ ref('int_valuation__unit_cost') }}

),

judged as (

    select
        transfers.*,
        item_costs.unit_cost,
        concat_ws('|', transfers.transfer_id, transfers.item_id) as business_key,
        case
            when out_qty = 0 and in_qty > 0 and is_sender_watched then 'XFER_ONE_SIDED'
            when out_qty = 0 and in_qty = 0 and has_papers and is_sender_watched
                then 'XFER_ONE_SIDED'
            when out_qty > 0 and in_qty = 0 and lost_qty < out_qty and not is_closed
                then case when overdue_at < run.as_of_at then 'XFER_STUCK' end
            when
                out_qty > 0 and in_qty > 0 and in_qty + lost_qty <> out_qty
                and (not is_closed or in_qty > out_qty)
                then 'XFER_QTY_DIFF'
        end as code,
        case
            when out_qty = 0 and in_qty > 0 then in_qty
            when out_qty = 0 then coalesce(qty_expected, 0)
            else abs(out_qty - in_qty - lost_qty)
        end as open_qty,
        coalesce(out_at, shipped_at, in_at, run.as_of_at) as began_at,
        run.as_of_at
    from {{ ref('int_stock__transfer') }} as transfers
    cross join run
    left join item_costs
        on
            transfers.company_id = item_costs.company_id
            and transfers.item_id = item_costs.item_id

),

problems as (

    select
        code,
        company_id, business_key, transfer_id, transfer_line, item_id, from_location_id,
        to_location_id, out_qty, in_qty, lost_qty, qty_expected, out_at, out_movement_id,
        lead_days, overdue_at, carrier_code, began_at,
        cast(null as varchar) as root_exception_id,
        to_location_id as place_id,
        coalesce(round(open_qty * unit_cost, 4), 0) as exposure_amount,
        case when unit_cost is null then 'no cost known' else 'open quantity at cost' end as basis
    from judged
    where code is not null
    union all
    -- what never left is still in the sender's book; what came twice is in the receiver's
    select
        'PHANTOM_STOCK',
        company_id, business_key, transfer_id, transfer_line, item_id, from_location_id,
        to_location_id, out_qty, in_qty, lost_qty, qty_expected, out_at, out_movement_id,
        lead_days, overdue_at, carrier_code, began_at,
        md5(concat_ws('|', code, company_id, business_key)),
        case when out_qty = 0 then from_location_id else to_location_id end,
        0,
        'counted in the root exception'
    from judged
    where
        (code = 'XFER_ONE_SIDED' and in_qty = 0)
        or (code = 'XFER_QTY_DIFF' and in_qty > out_qty)

)

select
    code,
    company_id,
    business_key,
    root_exception_id,
    cast(null as varchar) as party_id,
    item_id,
    place_id as location_id,
    case when code = 'XFER_STUCK' then out_movement_id end as movement_id,
    cast(null as varchar) as receipt_id,
    transfer_id,
    cast(null as varchar) as count_id,
    began_at as first_event_at,
    case when code = 'XFER_STUCK' then overdue_at else began_at end as detected_at,
    exposure_amount,
    basis as exposure_basis,
    case code
        when 'XFER_STUCK' then 'lead time of the lane'
        when 'XFER_ONE_SIDED' then 'both legs of a transfer'
        when 'XFER_QTY_DIFF' then 'what left is what came'
        else 'what is shipped is removed once and received once'
    end as rule_id,
    {{ json_text([
        ('transfer_line', 'transfer_line'),
        ('from_location', 'from_location_id'),
        ('to_location', 'to_location_id'),
        ('expected_qty', 'qty_expected'),
        ('out_qty', 'out_qty'),
        ('in_qty', 'in_qty'),
        ('lost_qty', 'lost_qty'),
        ('out_at', 'out_at'),
        ('lead_days', 'lead_days'),
        ('overdue_at', 'overdue_at'),
        ('carrier', 'carrier_code'),
    ]) }} as evidence
from problems
