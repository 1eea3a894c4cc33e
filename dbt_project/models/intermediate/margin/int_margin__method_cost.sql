-- What the goods that each item gave to customers in a period cost by every method: the entries of the
-- same issues, posted or only compared (capability 89).
select
    entries.company_id,
    days.fiscal_year,
    days.fiscal_period,
    entries.item_id,
    entries.costing_method,
    cast(sum(-entries.cost_amount) as decimal(18, 4)) as cost_amount,
    count(case when entries.is_policy_method then 1 end) as posted_entries
from {{ ref('stg_computed__cost_entry') }} as entries
inner join {{ ref('int_valuation__pool_movement') }} as moved
    on
        entries.company_id = moved.company_id
        and entries.event_id = moved.event_id
inner join {{ ref('int_master__calendar_day') }} as days
    on
        entries.company_id = days.company_id
        and moved.posting_date = days.date
where entries.entry_kind = 'issue' and moved.event_kind = 'issue'
group by
    entries.company_id, days.fiscal_year, days.fiscal_period, entries.item_id, entries.costing_method
