-- How each item is valued, as the costing engine reads it: the method that posts, the methods that
-- are only compared, and those that were contested. What is compared is compared from the beginning.
with

choices as (

    select chosen.*, companies.currency_decimals
    from {{ ref('int_valuation__policy_choice') }} as chosen
    inner join {{ ref('int_master__company') }} as companies using (company_id)

),

flagged as (

    select
        *,
        case
            when
                lag(concat_ws('|', policy_id, chosen_method)) over changes
                = concat_ws('|', policy_id, chosen_method)
                then 0
            else 1
        end as is_new
    from choices
    window changes as (
        partition by company_id, item_id, scope_location_id, compared_method order by begins_on
    )

),

numbered as (

    select
        *,
        sum(is_new) over (
            partition by company_id, item_id, scope_location_id, compared_method
            order by begins_on
            rows between unbounded preceding and current row
        ) as span
    from flagged

),

merged as (

    select
        company_id, item_id, scope_location_id as location_id, policy_id,
        chosen_method as costing_method, cost_pool, average_period, negative_stock, backdating,
        late_cost, returned_layer, rounding_residual, same_day_order, currency_decimals, is_comparison,
        min(begins_on) as valid_from,
        max(ends_on) as valid_to
    from numbered
    group by
        company_id, item_id, scope_location_id, policy_id, chosen_method, cost_pool,
        average_period, negative_stock, backdating, late_cost, returned_layer,
        rounding_residual, same_day_order, currency_decimals, is_comparison, span

),

first_days as (

    select company_id, min(posting_date) as first_date
    from {{ ref('int_valuation__cost_event') }}
    group by company_id

),

latest as (      -- what no event ever fell under is of no use to anybody

    select
        merged.*,
        row_number() over (
            partition by
                merged.company_id, merged.item_id, merged.location_id, merged.is_comparison,
                merged.costing_method
            order by merged.valid_from desc
        ) as newest,
        row_number() over (
            partition by merged.company_id, merged.item_id, merged.location_id, merged.is_comparison
            order by merged.valid_from desc
        ) as newest_of_all
    from merged
    left join first_days
        on merged.company_id = first_days.company_id
    where merged.valid_to >= coalesce(first_days.first_date, merged.valid_to)

),

posting as (

    select * from latest
    where not is_comparison

),

compared as (

    select * from latest
    where is_comparison and newest = 1
    union all
    select
        posting.company_id, posting.item_id, posting.location_id, contested.policy_id,
        contested.costing_method, posting.cost_pool, posting.average_period,
        posting.negative_stock, posting.backdating, posting.late_cost, posting.returned_layer,
        posting.rounding_residual, posting.same_day_order, posting.currency_decimals, true,
        posting.valid_from, posting.valid_to, 2, 2
    from {{ ref('int_valuation__contested_method') }} as contested
    inner join posting
        on
            contested.company_id = posting.company_id
            and contested.item_id = posting.item_id
            and posting.location_id = ''
            and posting.newest_of_all = 1

),

told as (      -- one comparison per method, and none with the method that posts all along

    select
        compared.*,
        row_number() over (
            partition by
                compared.company_id, compared.item_id, compared.location_id,
                compared.costing_method
            order by compared.newest, compared.policy_id
        ) as preference
    from compared
    left join posting
        on
            compared.company_id = posting.company_id
            and compared.item_id = posting.item_id
            and compared.location_id = posting.location_id
            and compared.costing_method = posting.costing_method
            and compared.cost_pool = posting.cost_pool
    where posting.company_id is null

)

select
    company_id, item_id, location_id, policy_id, costing_method, cost_pool, average_period,
    negative_stock, backdating, late_cost, returned_layer, rounding_residual, same_day_order,
    is_comparison, valid_from, valid_to, currency_decimals
from posting
union all
select
    company_id, item_id, location_id, policy_id, costing_method, cost_pool, average_period,
    negative_stock, backdating, late_cost, returned_layer, rounding_residual, same_day_order,
    is_comparison, date '1900-01-01', date '9999-12-31', currency_decimals
from told
where preference = 1
