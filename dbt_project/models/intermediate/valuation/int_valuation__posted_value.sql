-- What the costing engine says of each value event under the method that posts: what it changed in
-- stock by itself; corrections that other events caused stand under their own.
select
    company_id,
    event_id,
    min(item_id) as item_id,
    cast(sum(qty_base) as decimal(18, 6)) as qty_base,
    cast(sum(cost_amount) as decimal(18, 4)) as cost_amount,
    cast(sum(cogs_amount) as decimal(18, 4)) as cogs_amount
from {{ ref('stg_computed__cost_entry') }}
where is_policy_method and event_id <> '' and entry_kind not in ('true_up', 'rounding')
group by company_id, event_id
