-- Who owes whom, why, for how long, and what is to be done about it.

with

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
            when abs(received_amount - invoiced_amount) <= policies.amount_tolerance then 'none'
            when received_amount > invoiced_amount then 'received_not_invoiced'
            else 'invoiced_not_received'
        end as surplus_side,
        {{ days_between('accruals.last_movement_date', 'companies.as_of_date') }} as age_days
    from accruals
    inner join companies
        on accruals.company_id = companies.company_id
    inner join {{ ref('int_cash__policy') }} as policies
        on accruals.company_id = policies.company_id

),

caused as (

    select
        sided.*,
        case
            when surplus_side = 'none' then 'none'
            when invoiced_qty = 0 and received_qty > 0 then 'invoice missing'
            when received_qty < invoiced_qty and coalesce(returned_qty, 0) >= invoiced_qty - received_qty
                then 'return not credited'
            when received_qty = 0 then 'receipt missing'
            when received_qty <> invoiced_qty then 'quantity difference'
            when
                abs(coalesce(currency_difference_amount, 0))
                > abs(coalesce(price_difference_amount, 0))
                then 'currency difference'
            else 'price difference'
        end as cause
    from sided

)

select
    caused.*,
    buckets.age_bucket,
    case cause
        when 'none' then 'none'
        when 'invoice missing' then 'chase the invoice'
        when 'receipt missing' then 'chase the receipt'
        when 'return not credited' then 'chase the credit'
        when 'currency difference' then 'post the currency difference'
        when 'price difference' then 'settle the price difference'
        else case
            when received_qty > invoiced_qty then 'chase the invoice'
            else 'chase the receipt'
        end
    end as proposed_action,
    cause in ('invoice missing', 'receipt missing', 'return not credited', 'quantity difference')
        as is_quantity_open
from caused
inner join {{ ref('age_bucket') }} as buckets
    on
        buckets.kind = 'accrual'
        and caused.age_days between buckets.from_days and buckets.to_days
