-- What finance's own inventory subledger says it holds, in our words. An account that the extract
-- names carries its role; without one nobody knows which accounts the extract speaks of.
with

companies as (

    select * from {{ ref('int_master__company') }}

),

told as (

    select
        lines.*,
        max(lines.as_of_date) over (
            partition by lines.company_id, lines.source_system
        ) as extract_date
    from {{ ref('stg_gl__inventory_subledger') }} as lines
    inner join companies
        on
            lines.company_id = companies.company_id
            and lines.as_of_date <= companies.as_of_date

)

select
    told.company_id,
    coalesce(item_codes.item_id, told.item_code) as item_id,
    coalesce(location_codes.location_id, told.location_code, '') as location_id,
    coalesce(accounts.account_role, '') as account_role,
    told.extract_date,
    told.as_of_date = told.extract_date as is_latest,
    -- the contract asks for the base unit; another one is turned into it where its ratio is known
    case
        when unit_factors.uom is null or told.uom = item_codes.base_uom then told.qty
        else {{ divide_exact(
            'told.qty * unit_factors.numerator', 'unit_factors.denominator', 6, by_scale=0
        ) }}
    end as qty_base,
    told.value as value_amount
from told
left join {{ ref('int_master__item_code') }} as item_codes
    on
        told.source_system = item_codes.source_system
        and told.company_id = item_codes.company_id
        and told.item_code = item_codes.item_code
left join {{ ref('int_master__location_code') }} as location_codes
    on
        told.source_system = location_codes.source_system
        and told.company_id = location_codes.company_id
        and told.location_code = location_codes.location_code
left join {{ ref('int_ledger__account') }} as accounts
    on
        told.company_id = accounts.company_id
        and told.account = accounts.account_code
left join {{ ref('int_master__unit_factor') }} as unit_factors
    on
        told.company_id = unit_factors.company_id
        and item_codes.item_id = unit_factors.item_id
        and told.uom = unit_factors.uom
        and told.as_of_date between unit_factors.valid_from and unit_factors.valid_to
