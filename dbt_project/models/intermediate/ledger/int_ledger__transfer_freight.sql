-- E41: what a transfer costs by the lane in force when it left - the truck and its pieces -, spread
-- over its lines by pieces. The posting profile says whether it is cost of the goods or expense.

with

sent as (      -- inside one company; a transfer of which one line was never scanned out left as a whole

    select
        company_id, transfer_id,
        min(coalesce(posting_date, event_date)) as sent_on,
        min(event_at) as sent_at
    from {{ ref('int_stock__move') }}
    where event_code = 'E38' and is_main and transfer_id is not null
    group by company_id, transfer_id

),

lines as (

    select
        transfers.company_id,
        transfers.transfer_id,
        transfers.item_id,
        transfers.transfer_line,
        transfers.from_location_id,
        transfers.to_location_id,
        coalesce(transfers.out_date, sent.sent_on) as ledger_date,
        coalesce(transfers.out_at, sent.sent_at) as sent_at,
        coalesce(nullif(transfers.out_qty, 0), transfers.qty_expected, 0) as qty
    from {{ ref('int_stock__transfer') }} as transfers
    inner join sent
        on
            transfers.company_id = sent.company_id
            and transfers.transfer_id = sent.transfer_id

),

lanes as (

    select * from {{ ref('int_policy__lane') }}

),

summed as (

    select
        lines.*,
        sum(qty) over (
            partition by company_id, transfer_id, ledger_date, from_location_id, to_location_id
        ) as whole_qty,
        sum(qty) over (
            partition by company_id, transfer_id, ledger_date, from_location_id, to_location_id
            order by length(transfer_line), transfer_line, item_id
            rows between unbounded preceding and current row
        ) as qty_upto
    from lines

),

priced as (

    select
        summed.*,
        profiles.transfer_cost,
        companies.currency_decimals,
        {{ minor_unit('coalesce(lanes.cost_per_shipment, 0)
            + coalesce(lanes.cost_per_unit, 0) * summed.whole_qty', 'companies.currency_decimals') }}
            as freight_amount
    from summed
    inner join lanes
        on
            summed.company_id = lanes.company_id
            and summed.from_location_id = lanes.from_location_id
            and summed.to_location_id = lanes.to_location_id
            and summed.ledger_date between lanes.valid_from and lanes.valid_to
    inner join {{ ref('int_ledger__booking') }} as profiles
        on
            summed.company_id = profiles.company_id
            and summed.ledger_date between profiles.valid_from and profiles.valid_to
    inner join {{ ref('int_master__company') }} as companies
        on summed.company_id = companies.company_id
    where summed.whole_qty > 0

)

select
    company_id,
    transfer_id,
    item_id,
    ledger_date,
    sent_at,
    from_location_id,
    to_location_id,
    transfer_cost,
    cast(
        {{ minor_unit('freight_amount * cast(qty_upto as decimal(18, 6))', 'currency_decimals',
            by='cast(whole_qty as decimal(18, 6))', from_scale=10) }}
        - {{ minor_unit('freight_amount * cast(qty_upto - qty as decimal(18, 6))', 'currency_decimals',
            by='cast(whole_qty as decimal(18, 6))', from_scale=10) }} as decimal(18, 4)
    ) as amount
from priced
