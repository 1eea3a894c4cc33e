-- Which combinations of place, category and kind of order belong to a pilot. What is not known of a
-- figure ('*') lets it be taken in and never leaves it out.
with

facts as (

    select company_id, location_id, category, order_type
    from {{ ref('int_control__maturity_fact') }}
    group by company_id, location_id, category, order_type

),

rules as (

    select * from {{ ref('int_control__scope_rule') }}

),

judged as (

    select
        facts.company_id,
        facts.location_id,
        facts.category,
        facts.order_type,
        rules.scope,
        max(case when rules.has_includes then 1 else 0 end) as has_includes,
        max(
            case
                when
                    rules.include
                    and (rules.location_id in ('', facts.location_id) or facts.location_id = '*')
                    and (rules.category in ('', facts.category) or facts.category = '*')
                    and (rules.order_type in ('', facts.order_type) or facts.order_type = '*')
                    then 1
                else 0
            end
        ) as is_included,
        max(
            case
                when
                    not rules.include
                    and rules.location_id in ('', facts.location_id)
                    and rules.category in ('', facts.category)
                    and rules.order_type in ('', facts.order_type)
                    then 1
                else 0
            end
        ) as is_excluded
    from facts
    inner join rules
        on facts.company_id = rules.company_id
    group by
        facts.company_id, facts.location_id, facts.category, facts.order_type, rules.scope

)

select company_id, scope, location_id, category, order_type
from judged
where is_excluded = 0 and (is_included = 1 or has_includes = 0)
union all
select company_id, '' as scope, location_id, category, order_type
from facts
