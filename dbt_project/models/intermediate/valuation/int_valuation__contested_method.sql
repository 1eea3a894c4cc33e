-- Two methods that somebody decided for one item on one date (domain B.1): two decisions of equal
-- rank, one for the item against its own master row, or one for a place whose cost is shared with
-- others (ruling C16); or the ledger's own subledger values the item another way than was decided
-- (capability 52). A master row may override what was decided for many (ruling C15). The method that
-- did not win is valued beside the other, so that the difference has a figure.
with

decided as (

    select
        *,
        coalesce(item_id, '') as for_item,
        coalesce(valuation_class, '') as for_class,
        coalesce(location_id, '') as for_location
    from {{ ref('stg_policy__valuation') }}
    where not coalesce(is_comparison, false)

),

items as (

    select company_id, item_id, cost_method, coalesce(valuation_class, '') as valuation_class
    from {{ ref('int_master__item') }}

),

companies as (

    select * from {{ ref('int_master__company') }}

),

choices as (

    select * from {{ ref('int_valuation__policy_choice') }}
    where not is_comparison

),

in_ledger as (      -- how the ledger said last that it values an item

    select
        lines.company_id, item_codes.item_id, lines.cost_method, lines.as_of_date,
        max(lines.as_of_date) over (partition by lines.company_id, item_codes.item_id) as last_date
    from {{ ref('stg_gl__inventory_subledger') }} as lines
    inner join {{ ref('int_master__item_code') }} as item_codes
        on
            lines.source_system = item_codes.source_system
            and lines.company_id = item_codes.company_id
            and lines.item_code = item_codes.item_code
    inner join companies
        on
            lines.company_id = companies.company_id
            and lines.as_of_date <= companies.as_of_date
    where lines.cost_method is not null

),

rivals as (

    select
        winners.company_id, winners.for_item, winners.for_class, winners.for_location,
        losers.policy_id, losers.costing_method,
        'two decisions on one date' as reason,
        greatest(winners.valid_from, losers.valid_from) as conflict_from
    from decided as winners
    inner join decided as losers
        on
            winners.company_id = losers.company_id
            and winners.for_item = losers.for_item
            and winners.for_class = losers.for_class
            and winners.for_location = losers.for_location
            and winners.costing_method <> losers.costing_method
            and (
                (
                    winners.valid_from = losers.valid_from
                    and concat_ws('/', winners.source_system, winners.policy_id)
                    < concat_ws('/', losers.source_system, losers.policy_id)
                )
                or (winners.valid_from > losers.valid_from and winners.valid_from <= losers.valid_to)
            )
    union all
    select
        company_id, for_item, for_class, for_location, policy_id, costing_method,
        'a place of a shared pool', valid_from
    from decided
    where for_location <> '' and cost_pool = 'company'

),

of_items as (

    select
        items.company_id, items.item_id, rivals.policy_id, rivals.costing_method, rivals.reason,
        rivals.conflict_from
    from rivals
    inner join items
        on
            rivals.company_id in (items.company_id, '*')
            and rivals.for_item in ('', items.item_id)
            and rivals.for_class in ('', items.valuation_class)
    union all
    select
        company_id, item_id, policy_id, cost_method, 'the item master says another method', begins_on
    from choices
    where scope_location_id = '' and is_of_item and cost_method <> costing_method
    union all
    select
        in_ledger.company_id, in_ledger.item_id, choices.policy_id, in_ledger.cost_method,
        'the ledger values it by another method', in_ledger.as_of_date
    from in_ledger
    inner join choices
        on
            in_ledger.company_id = choices.company_id
            and in_ledger.item_id = choices.item_id
            and choices.scope_location_id = ''
            and in_ledger.as_of_date between choices.begins_on and choices.ends_on
            -- what nobody at the site decided contradicts nobody
            and (choices.origin = 'site' or choices.cost_method = choices.chosen_method)
    left join choices as agreeing
        on
            in_ledger.company_id = agreeing.company_id
            and in_ledger.item_id = agreeing.item_id
            and in_ledger.cost_method = agreeing.chosen_method
            and in_ledger.as_of_date between agreeing.begins_on and agreeing.ends_on
    where in_ledger.as_of_date = in_ledger.last_date and agreeing.item_id is null

),

ranked as (

    select
        of_items.*,
        row_number() over (
            partition by of_items.company_id, of_items.item_id, of_items.costing_method
            order by of_items.conflict_from, of_items.policy_id
        ) as preference
    from of_items
    inner join companies
        on
            of_items.company_id = companies.company_id
            and of_items.conflict_from <= companies.as_of_date

)

select company_id, item_id, costing_method, policy_id, reason, conflict_from
from ranked
where preference = 1
