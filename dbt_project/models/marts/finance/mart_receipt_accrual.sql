with

run as (

    select * from {{ ref('int_control__run') }}

),

accruals as (

    select * from {{ ref('fct_receipt_accrual') }}
    where surplus_side <> 'none'

),

uncapitalised as (

    select
        company_id,
        purchase_order_id,
        purchase_order_line,
        case when purchase_order_id = '' then receipt_id else '' end as receipt_id,
        case when purchase_order_id = '' then receipt_line else '' end as receipt_line,
        sum(amount) as amount
    from {{ ref('int_purchasing__uncapitalised_receipt') }}
    group by
        company_id, purchase_order_id, purchase_order_line,
        case when purchase_order_id = '' then receipt_id else '' end,
        case when purchase_order_id = '' then receipt_line else '' end

),

periods as (      -- the period that the run lies in

    select companies.company_id, companies.currency_decimals, calendar_days.period_end_date
    from {{ ref('int_master__company') }} as companies
    inner join {{ ref('int_master__calendar_day') }} as calendar_days
        on
            companies.company_id = calendar_days.company_id
            and companies.as_of_date = calendar_days.date

)

select
    accruals.company_id,
    accruals.purchase_order_id,
    accruals.purchase_order_line,
    accruals.receipt_id,
    accruals.receipt_line,
    accruals.party_id,
    parties.party_name,
    accruals.item_id,

    accruals.received_qty,
    accruals.returned_qty,
    accruals.invoiced_qty,
    accruals.difference_qty,
    accruals.received_amount,
    accruals.invoiced_amount,
    accruals.difference_amount,
    accruals.quantity_difference_amount,
    accruals.price_difference_amount,
    accruals.currency_difference_amount,
    accruals.currency,

    accruals.surplus_side,
    accruals.cause,
    accruals.last_movement_date,
    accruals.age_days,
    accruals.age_bucket,
    accruals.age_days > settings.value and accruals.difference_qty <> 0 as is_aged,
    accruals.proposed_action,
    cast(coalesce(uncapitalised.amount, 0) as decimal(18, 4)) as uncapitalised_amount,

    reclasses.debit_role as reclass_debit_role,
    reclasses.credit_role as reclass_credit_role,
    abs({{ minor_unit('accruals.difference_amount', 'periods.currency_decimals') }}) as reclass_amount,
    periods.period_end_date as reclass_date,
    periods.period_end_date + 1 as reversal_date,

    run.as_of_at,
    run.watermark_at
from accruals
cross join run
inner join {{ ref('accrual_setting') }} as settings
    on settings.setting = 'aged_days'
inner join {{ ref('accrual_reclass') }} as reclasses
    on accruals.surplus_side = reclasses.surplus_side
inner join periods
    on accruals.company_id = periods.company_id
left join uncapitalised
    on
        accruals.company_id = uncapitalised.company_id
        and accruals.purchase_order_id = uncapitalised.purchase_order_id
        and accruals.purchase_order_line = uncapitalised.purchase_order_line
        and accruals.receipt_id = uncapitalised.receipt_id
        and accruals.receipt_line = uncapitalised.receipt_line
left join {{ ref('int_master__party') }} as parties
    on
        accruals.company_id = parties.company_id
        and accruals.party_id = parties.party_id
        and parties.party_role = 'supplier'
