-- Which decision is nearest to an item, and to an item at a place that has a decision of its own:
-- that of the item, of its class, of the company (ruling C15); what a place decides must be a pool of
-- its own (ruling C16). Methods that are only compared compete with their like (ruling C14).
with

settings as (

    select
        *,
        case when is_comparison then costing_method else '' end as compared_method
    from {{ ref('int_policy__valuation') }}
    where location_id = '' or cost_pool <> 'company'

),

items as (

    select company_id, item_id, cost_method, coalesce(valuation_class, '') as valuation_class
    from {{ ref('int_master__item') }}

),

boundaries as (

    select company_id, compared_method, valid_from as begins_on from settings
    union
    select company_id, compared_method, cast(valid_to + interval 1 day as date)
    from settings
    where valid_to < date '9999-12-31'

),

segments as (

    select
        company_id,
        compared_method,
        begins_on,
        coalesce(
            cast(
                lead(begins_on) over (partition by company_id, compared_method order by begins_on)
                - interval 1 day as date
            ),
            date '9999-12-31'
        ) as ends_on
    from boundaries

),

scopes as (

    select company_id, item_id, cost_method, valuation_class, '' as location_id from items
    union
    select
        items.company_id, items.item_id, items.cost_method, items.valuation_class,
        settings.location_id
    from items
    inner join settings
        on
            items.company_id = settings.company_id
            and settings.location_id <> ''
            and settings.item_id in ('', items.item_id)
            and settings.valuation_class in ('', items.valuation_class)

),

ranked as (

    select
        scopes.company_id,
        scopes.item_id,
        scopes.location_id as scope_location_id,
        scopes.cost_method,
        segments.begins_on,
        segments.ends_on,
        settings.policy_id, settings.location_id, settings.costing_method, settings.cost_pool,
        settings.average_period, settings.negative_stock, settings.backdating, settings.late_cost,
        settings.returned_layer, settings.rounding_residual, settings.same_day_order,
        settings.is_comparison, settings.compared_method, settings.origin,
        settings.item_id <> '' as is_of_item,
        row_number() over (
            partition by
                scopes.company_id, scopes.item_id, scopes.location_id, segments.compared_method,
                segments.begins_on
            order by
                case
                    when settings.item_id <> '' then 1 when settings.valuation_class <> '' then 2
                    else 3
                end,
                case when settings.location_id = '' then 1 else 0 end,
                settings.policy_valid_from desc,
                settings.policy_id asc
        ) as preference
    from scopes
    inner join segments
        on scopes.company_id = segments.company_id
    inner join settings
        on
            scopes.company_id = settings.company_id
            and segments.compared_method = settings.compared_method
            and settings.item_id in ('', scopes.item_id)
            and settings.valuation_class in ('', scopes.valuation_class)
            and settings.location_id in ('', scopes.location_id)
            and segments.begins_on between settings.valid_from and settings.valid_to

)

select
    *,
    -- the master's own method stands between the decision for the item and those for many
    case
        when is_comparison or is_of_item then costing_method
        else coalesce(cost_method, costing_method)
    end as chosen_method
from ranked
where preference = 1 and scope_location_id = location_id
