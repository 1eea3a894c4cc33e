with

run as (

    select * from {{ ref('int_control__run') }}

),

companies as (

    select * from {{ ref('int_master__company') }}

),

accruals as (

    select * from {{ ref('int_purchasing__accrual') }}

),

sided as (      -- ruling E15: the quantity says who owes, the amount only where quantities agree

    select
        accruals.*,
        companies.currency,
        received_amount - invoiced_amount as difference_amount,
        case
            when received_qty > invoiced_qty then 'received_not_invoiced'
            when received_qty < invoiced_qty then 'invoiced_not_received'
            when received_amount > invoiced_amount then 'received_not_invoiced'
            when received_amount < invoiced_amount then 'invoiced_not_received'
            else 'none'
        end as surplus_side,
        {{ days_between('accruals.last_movement_date', 'companies.as_of_date') }} as age_days
    from accruals
    inner join companies
        on accruals.company_id = companies.company_id

)

select
    sided.company_id,
    sided.purchase_order_id,
    sided.purchase_order_line,
    sided.receipt_id,
    sided.receipt_line,
    sided.party_id,
    sided.item_id,

    cast(sided.received_qty as decimal(18, 6)) as received_qty,
    cast(sided.invoiced_qty as decimal(18, 6)) as invoiced_qty,
    cast(sided.received_qty - sided.invoiced_qty as decimal(18, 6)) as difference_qty,
    cast(sided.received_amount as decimal(18, 4)) as received_amount,
    cast(sided.invoiced_amount as decimal(18, 4)) as invoiced_amount,
    cast(sided.difference_amount as decimal(18, 4)) as difference_amount,
    sided.currency,

    sided.surplus_side,
    case
        when sided.surplus_side = 'none' then 'none'
        when sided.invoiced_qty = 0 then 'invoice missing'
        when sided.received_qty = 0 then 'receipt missing'
        when sided.received_qty <> sided.invoiced_qty then 'quantity difference'
        else 'price difference'
    end as cause,
    sided.last_movement_date,
    cast(sided.age_days as bigint) as age_days,
    case
        when sided.age_days <= 30 then '0-30'
        when sided.age_days <= 60 then '31-60'
        when sided.age_days <= 90 then '61-90'
        when sided.age_days <= 180 then '91-180'
        else 'over 180'
    end as age_bucket,
    case
        when sided.surplus_side = 'none' then 'none'
        when sided.received_qty > sided.invoiced_qty then 'chase the invoice'
        when sided.received_qty < sided.invoiced_qty then 'chase the receipt'
        else 'settle the price difference'
    end as proposed_action,

    run.as_of_at,
    run.watermark_at
from sided
cross join run
