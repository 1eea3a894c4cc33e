{{ config(materialized='view') }}

-- standards as the engine reads them: a change of standard revalues what is there (ruling C13)
select
    company_id,
    item_id,
    valid_from,
    unit_cost
from {{ ref('int_valuation__known_cost') }}
where cost_type = 'standard'
