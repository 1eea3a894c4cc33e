-- Sales and the invoices of goods for them, day by day as a ledger sees them: what was billed before
-- control passed waits as a liability (E24) until it does; what is billed after clears what was
-- earned, at the rate at which the line was last earned (D.0: document currency first).

with

keys as (

    select * from {{ ref('int_ledger__sale_key') }}

),

sales as (

    select * from {{ ref('int_ledger__passed_sale') }}

),

stacked as (

    select
        sales.company_id, 'sale' as side, sales.expected_billing_id as subject_id, keys.sale_key,
        {{ local_date('sales.transferred_at', 'sales.timezone') }} as happened_on,
        0 as rank_in_day,
        coalesce(sales.ship_confirm_at, sales.transferred_at) as happened_at,
        sales.currency_rate as rate,
        companies.currency_decimals as decimals,
        {{ minor_unit('sales.amount_doc * sales.currency_rate', 'companies.currency_decimals') }} as amount,
        sales.amount_doc
    from sales
    inner join {{ ref('int_master__company') }} as companies
        on sales.company_id = companies.company_id
    inner join keys
        on
            keys.side = 'sale'
            and sales.company_id = keys.company_id
            and sales.expected_billing_id = keys.subject_id
    where sales.amount_doc <> 0
    union all
    select
        lines.company_id, 'invoice', keys.subject_id, keys.sale_key,
        coalesce({{ local_date('lines.created_at', 'companies.timezone') }}, lines.invoice_date),
        1,
        coalesce(lines.created_at, {{ midnight_utc('lines.invoice_date', 'companies.timezone') }}),
        lines.currency_rate,
        companies.currency_decimals,
        {{ minor_unit('lines.actual_amount_doc * lines.currency_rate', 'companies.currency_decimals') }},
        lines.actual_amount_doc
    from {{ ref('int_billing__invoice_line') }} as lines
    inner join {{ ref('int_master__company') }} as companies
        on lines.company_id = companies.company_id
    inner join keys
        on
            keys.side = 'invoice'
            and lines.company_id = keys.company_id
            and keys.subject_id
            = concat_ws('|', lines.source_system, lines.invoice_id, lines.invoice_line)
    where
        lines.line_kind = 'goods'
        and lines.invoice_type <> 'credit_memo'
        and lines.currency_rate is not null

),

in_turn as (

    select
        *,
        sum(case when side = 'sale' then 1 else 0 end) over (
            partition by company_id, sale_key
            order by happened_on, rank_in_day, happened_at, subject_id
            rows between unbounded preceding and current row
        ) as sales_so_far
    from stacked

),

deferred as (

    select company_id, sale_key, sum(amount) as amount
    from in_turn
    where side = 'invoice' and sales_so_far = 0 and sale_key is not null
    group by company_id, sale_key

),

summed as (

    select
        in_turn.*,
        greatest(coalesce(deferred.amount, 0), 0) as deferred_amount,
        earned.rate as earned_rate,
        sum(case when in_turn.side = 'sale' then in_turn.amount else 0 end) over (
            partition by in_turn.company_id, in_turn.sale_key
            order by
                in_turn.happened_on, in_turn.rank_in_day, in_turn.happened_at, in_turn.subject_id
            rows between unbounded preceding and current row
        ) as earned_upto
    from in_turn
    left join deferred
        on
            in_turn.company_id = deferred.company_id
            and in_turn.sale_key = deferred.sale_key
    left join in_turn as earned
        on
            earned.side = 'sale'
            and in_turn.company_id = earned.company_id
            and in_turn.sale_key = earned.sale_key
            and in_turn.sales_so_far = earned.sales_so_far

)

select
    company_id,
    side,
    subject_id,
    sale_key,
    happened_on,
    side = 'invoice' and (sales_so_far = 0 or sale_key is null) as is_early,
    amount,
    amount_doc,
    -- of a sale: what was billed before; of an invoice: what was earned, at the rate of then
    cast(
        case
            when side = 'sale'
                then least(deferred_amount, earned_upto) - least(deferred_amount, earned_upto - amount)
            when sales_so_far > 0 and sale_key is not null
                then {{ minor_unit('amount_doc * earned_rate', 'decimals') }}
            else amount
        end as decimal(18, 4)
    ) as settled_amount
from summed
